"""`lemmata new-claim` and `lemmata doctor`."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lemmata.reports.commands import doctor


def test_a_new_file_of_claims_passes_as_it_is(inside: Callable[..., Any], tmp_path: Path) -> None:
    assert inside("new-claim", "ridge_claims.py").status == 0
    ending = inside("check", "--claims", "ridge_claims.py", "--jobs", "1", "--json", "-")
    assert ending.status == 0, ending.err
    found = {claim["id"]: claim["verdict"] for claim in json.loads(ending.out)["claims"]}
    assert found == {
        "ridge.means": "proved", "ridge.weighted": "proved", "ridge.root": "refuted", "ridge.mean": "supported",
    }  # fmt: skip


def test_nothing_is_overwritten(inside: Callable[..., Any], tmp_path: Path) -> None:
    kept = tmp_path / "a_claims.py"
    kept.write_text("mine", "utf-8")
    for name, reason in (("a_claims.py", "exists"), ("notes.txt", "Python file"), ("no/a.py", "does not exist")):
        ending = inside("new-claim", name)
        assert (ending.status, ending.out) == (2, "")
        assert reason in ending.err
    assert kept.read_text("utf-8") == "mine"


def test_the_doctor_finds_this_installation_whole(inside: Callable[..., Any]) -> None:
    ending = inside("doctor", "--json", "-")
    found = json.loads(ending.out)
    assert (ending.status, found["well"]) == (0, True)
    states = {finding["name"]: finding["state"] for finding in found["findings"]}
    assert {states[name] for name in ("python", "numpy", "python-flint", "kernel", "fit")} == {"ok"}


@pytest.mark.parametrize(
    ("requirement", "state"),
    [("numpy>=2.0", "ok"), ("numpy>=999.1", "too old"), ("no-such-package>=1", "missing"),
     ('no-such-package>=1; extra == "bench"', "absent"), ('numpy>=999; extra == "bench"', "too old")],
)  # fmt: skip
def test_what_is_missing_or_too_old_is_told_apart_from_what_is_optional(requirement: str, state: str) -> None:
    found = doctor._package(requirement)
    assert found is not None
    assert found.state == state


def test_a_broken_kernel_is_noticed(inside: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise RuntimeError("1 == 2 is proved")

    monkeypatch.setattr(doctor, "_kernel", broken)
    ending = inside("doctor")
    assert ending.status == 1
    assert "1 == 2 is proved" in ending.out
    assert "to mend: kernel" in ending.out
