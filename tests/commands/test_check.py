"""`check`, `list`, `show` and `report`: the record's shape, what a difference does, and every refusal in one line."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from lemmata.claims import runner
from lemmata.claims.register import register
from lemmata.reports import figure_data
from lemmata.reports.commands import checking, main

CLAIM_KEYS = {
    "id", "paper", "relation", "locator", "kind", "verdict", "expected", "fully_proved", "axioms", "oracles", "uses",
    "mutants", "evidence", "seconds", "statement", "hypotheses", "steps", "witness", "reason",
}  # fmt: skip
SUMMARY_KEYS = {"by_verdict", "unexpected", "not_run", "versions", "seed", "commit", "seconds"}
STEP_KEYS = {"id", "kind", "tex", "prose", "uses", "conditions", "decided_by", "result"}
VERDICTS = {"proved", "enclosed", "supported", "refuted", "undecided", "not run"}
USERS_CLAIMS = Path(__file__).resolve().parents[1] / "claims" / "user_claims.py"


@pytest.fixture(scope="module")
def names() -> list[str]:
    """One claim of each slice, mean field and autoencoder: the first that is expected to be proved."""
    claims = register().values()
    return [
        next(claim.id for claim in claims if claim.id.startswith(slice) and claim.expected == "proved")
        for slice in ("mf.", "ae.")
    ]


@pytest.fixture(scope="module")
def record(names: list[str]) -> dict[str, Any]:
    """The record of a check of those claims."""
    made: dict[str, Any] = runner.run_check(names, paper=None, full=False, jobs=1, claims_file=None, progress=None)
    return made


def _without_timings(record: dict[str, Any]) -> dict[str, Any]:
    copy = deepcopy(record)
    for key in ("seconds", "commit", "versions"):
        copy["summary"].pop(key)
    for claim in copy["claims"]:
        claim.pop("seconds")
    return copy


def test_the_record_has_the_documented_shape(run: Callable[..., Any], names: list[str]) -> None:
    ending = run("check", *names, "--json", "-")
    assert (ending.status, ending.err) == (0, "")
    record = json.loads(ending.out)
    assert record["summary"].keys() >= SUMMARY_KEYS
    assert {claim["id"] for claim in record["claims"]} == set(names)
    for claim in record["claims"]:
        assert claim.keys() >= CLAIM_KEYS
        assert claim["verdict"] in VERDICTS
        assert claim["steps"]
        assert all(step.keys() >= STEP_KEYS for step in claim["steps"])
        assert claim["mutants"]


def test_text_names_every_claim_with_sign_and_word(run: Callable[..., Any], names: list[str], tmp_path: Path) -> None:
    ending = run("check", *names, "--json", "check.json")
    assert ending.status == 0
    lines = ending.out.splitlines()
    assert lines[0].split() == ["id", "paper", "verdict", "expected", "seconds"]
    for name in names:
        assert any(line.startswith(name) and "✓ proved" in line for line in lines)
    assert "every verdict run is the expected one" in lines[-1]
    assert json.loads((tmp_path / "check.json").read_text("utf-8"))["summary"]["unexpected"] == []


def test_the_number_of_processes_changes_nothing_but_times(run: Callable[..., Any], names: list[str]) -> None:
    one, two = (json.loads(run("check", *names, "--jobs", jobs, "--json", "-").out) for jobs in ("1", "2"))
    assert _without_timings(one) == _without_timings(two)


def _spoilt(record: dict[str, Any], verdict: str) -> dict[str, Any]:
    copy = deepcopy(record)
    claim = copy["claims"][0]
    claim["verdict"] = verdict
    claim["reason"] = "spoilt by a test"
    counts: dict[str, int] = {}
    for row in copy["claims"]:
        counts[row["verdict"]] = counts.get(row["verdict"], 0) + 1
    copy["summary"]["by_verdict"] = counts
    copy["summary"]["unexpected"] = [] if verdict == "not run" else [claim["id"]]
    copy["summary"]["not_run"] = [claim["id"]] if verdict == "not run" else []
    return copy


@pytest.mark.parametrize(("verdict", "status"), [("undecided", 1), ("refuted", 1), ("enclosed", 1), ("not run", 0)])
def test_a_verdict_other_than_the_expected_one_is_named(
    record: dict[str, Any],
    verdict: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spoilt = _spoilt(record, verdict)
    monkeypatch.setattr(runner, "run_check", lambda *arguments, **options: spoilt)
    name = spoilt["claims"][0]["id"]
    assert main.main(["check", name]) == status
    out = capsys.readouterr().out
    if status:
        assert f"unexpected: {name} is {verdict}, expected proved" in out
        assert "every verdict run is the expected one" not in out
    else:
        assert f"not run (left to `lemmata check --full`): {name}" in out


def test_a_mutant_that_passes_is_not_as_expected(
    record: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = deepcopy(record)
    spoilt["claims"][0]["mutants"][0]["rejected"] = False
    monkeypatch.setattr(runner, "run_check", lambda *arguments, **options: spoilt)
    assert main.main(["check", spoilt["claims"][0]["id"]]) == 1
    assert spoilt["claims"][0]["mutants"][0]["id"] in capsys.readouterr().out


def test_list_has_every_claim_and_narrows_to_a_paper(inside: Callable[..., Any]) -> None:
    claims = register().values()
    lines = inside("list").out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [claim.id for claim in claims]
    for paper in sorted({claim.paper for claim in claims}):
        narrowed = inside("list", "--paper", paper).out.splitlines()
        assert [line.split()[0] for line in narrowed[1:]] == [claim.id for claim in claims if claim.paper == paper]


def test_show_tells_all_there_is(run: Callable[..., Any], record: dict[str, Any]) -> None:
    for claim in record["claims"]:
        ending = run("show", claim["id"])
        assert (ending.status, ending.err) == (0, "")
        for heading in ("Statement", "Hypotheses", "Derivation", "Axioms", "Mutants", "Uses", "Used by"):
            assert f"\n{heading}\n" in ending.out
        for step in claim["steps"]:
            assert f"{step['id']} ({step['kind']}" in ending.out
        for mutant in claim["mutants"]:
            assert mutant["id"] in ending.out
        for axiom in claim["axioms"]:
            assert axiom in ending.out


def test_every_kind_of_claim_can_be_shown(inside: Callable[..., Any]) -> None:
    """One of each expected verdict, the first in the register, long ones without their simulation."""
    first = {claim.expected: claim for claim in reversed(register().values())}
    for verdict, claim in first.items():
        out = inside("show", claim.id).out
        assert out.startswith(f"{claim.id}: ")
        assert (verdict if not claim.slow else "not run") in out.splitlines()[2]
        assert ("\nWitness\n" in out) is (verdict == "refuted")


@pytest.mark.parametrize("command", ["check", "show"])
def test_an_unknown_claim_names_those_near_it(refused: Callable[..., str], command: str, names: list[str]) -> None:
    assert names[0] in refused(command, names[0][:-1])
    assert "lemmata list" in refused(command, "zzz-nothing-like-it-zzz")
    assert "''" in refused(command, "")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("check", "--paper", "nature"), "nature"),
        (("list", "--paper", "nature"), "nature"),
        (("check", "--claims", "none.py"), "none.py"),
        (("check", "--claims", "."), "no such file"),
        (("report", "--from", "none.json"), "none.json"),
        (("report", "--from", "."), "'.'"),
    ],
)
def test_refusals(refused: Callable[..., str], arguments: tuple[str, ...], reason: str) -> None:
    assert reason in refused(*arguments)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "line 1"),
        (b"{", "line 1"),
        (b"[]", "object"),
        (b"{}", "claims"),
        (b'{"claims": 3, "summary": {}}', "claims"),
        (b'{"claims": [{"id": "a"}], "summary": {}}', "verdict"),
        (b'{"claims": [{"id": "a", "verdict": "true", "expected": "proved"}], "summary": {}}', "'true'"),
        (b'{"claims": [], "summary": NaN}', "NaN"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_records_that_cannot_be_reported(
    refused: Callable[..., str], tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "check.json").write_bytes(content)
    assert reason in refused("report", "--from", "check.json", "--out", "site")
    assert reason in refused("report", "--from", "-", "--out", "site", stdin=content)


def test_a_report_goes_into_a_folder(refused: Callable[..., str], tmp_path: Path, record: dict[str, Any]) -> None:
    (tmp_path / "check.json").write_text(json.dumps(record), "utf-8")
    (tmp_path / "site").write_text("not a folder")
    assert "site" in refused("report", "--from", "check.json", "--out", "site")


def test_the_report_is_written_and_is_the_same_every_time(
    run: Callable[..., Any], tmp_path: Path, record: dict[str, Any]
) -> None:
    (tmp_path / "check.json").write_text(json.dumps({**record, "figures": {}}), "utf-8")
    contents = []
    for name in ("first", "second"):
        ending = run("report", "--from", "check.json", "--out", name)
        assert (ending.status, ending.err) == (0, "")
        assert f"report: {Path(name, 'index.html')}" in ending.out
        files = sorted(path for path in (tmp_path / name).rglob("*") if path.is_file())
        contents.append({str(path.relative_to(tmp_path / name)): path.read_bytes() for path in files})
    assert contents[0] == contents[1]
    assert any(name.endswith(".html") for name in contents[0])


def test_figures_are_computed_from_the_runs_seed_where_the_record_has_none(
    inside: Callable[..., Any], tmp_path: Path, record: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = []

    def compute(seed: int) -> dict[str, Any]:
        seeds.append(seed)
        return {}

    monkeypatch.setattr(figure_data, "figure_data", compute)
    seeded = {**record, "summary": {**record["summary"], "seed": 7}}
    (tmp_path / "check.json").write_text(json.dumps(seeded), "utf-8")
    assert inside("report", "--from", "check.json", "--out", "site").status == 0
    assert seeds == [7]


def test_an_edited_record_does_not_pass(run: Callable[..., Any], tmp_path: Path, record: dict[str, Any]) -> None:
    """Turning a difference into an agreement in the rows alone leaves the summary against them."""
    edited = _spoilt(record, "undecided")
    edited["claims"][0]["verdict"] = "proved"
    (tmp_path / "check.json").write_text(json.dumps({**edited, "figures": {}}), "utf-8")
    ending = run("report", "--from", "check.json", "--out", "site")
    assert ending.status == 1
    assert "the record contradicts itself" in ending.out


@pytest.mark.parametrize("after", [1.5, 3.0])
def test_an_interrupted_check_says_so_and_writes_nothing(after: float, tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "lemmata"
    process = subprocess.Popen(
        [str(program), "check", "--json", "check.json", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        start_new_session=True,
    )
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)  # what a terminal does: the whole group gets it
    asked = time.perf_counter()
    out, err = process.communicate(timeout=60)
    assert time.perf_counter() - asked < 10  # no claim that had begun is waited for
    assert process.returncode == 130, (out, err)
    assert err.strip() == "lemmata: interrupted"
    assert list(tmp_path.iterdir()) == []


class Deaf:
    """Is interrupted while it is destroyed, where what a handler raises is lost."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        for _ in range(1000):  # the handler runs between two of these
            pass


def test_an_interruption_that_is_lost_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", lost.append)
    before = signal.getsignal(signal.SIGALRM)

    def long_work() -> None:
        with checking._interruption_reaches_workers():
            Deaf()
            assert [info.exc_type for info in lost] == [KeyboardInterrupt]
            time.sleep(20)

    with pytest.raises(KeyboardInterrupt):
        long_work()
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_claims_of_the_users_own(run: Callable[..., Any]) -> None:
    ending = run("check", "--claims", str(USERS_CLAIMS), "--json", "-")
    record = json.loads(ending.out)
    verdicts = {claim["id"]: claim["verdict"] for claim in record["claims"]}
    assert verdicts == {"user.square": "proved", "user.root": "refuted", "user.wrong": "undecided"}
    assert ending.status == 0


def test_a_claim_of_the_users_own_is_shown_with_its_witness(inside: Callable[..., Any]) -> None:
    ending = inside("show", "--claims", str(USERS_CLAIMS), "user.root")
    assert ending.status == 0
    assert "✗ refuted (expected: refuted)" in ending.out
    assert "At $x = -1$ it says" in ending.out
    assert inside("show", "--claims", "none.py", "user.root").status == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "CLAIMS"),
        (b"CLAIMS = (1,)", "int"),
        (b"CLAIMS = (", "SyntaxError"),
        (b"1 / 0", "ZeroDivisionError"),
        (b"\x00\xff", "claims.py"),
        (b"raise RuntimeError('first line\\nsecond line')", "first line second line"),
    ],
)
def test_files_of_claims_that_cannot_be_used(
    refused: Callable[..., str], tmp_path: Path, content: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (tmp_path / "claims.py").write_bytes(content)
    assert reason in refused("check", "--claims", "claims.py", "--json", "check.json")
