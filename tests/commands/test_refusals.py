"""Bad input to the installed program, one case of each sort: exit status 2, one line, no traceback, nothing written."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lemmata.claims.register import register


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with usable and unusable files."""
    (tmp_path / "good.csv").write_text("x,y\n0,0\n1,1\n2,0\n")
    (tmp_path / "nan.csv").write_text("x,y\n0,0\n1,nan\n")
    (tmp_path / "short.csv").write_text("x\n0\n1\n")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)))
    (tmp_path / "folder").mkdir()
    (tmp_path / "good.json").write_text('{"claims": [], "summary": {}}')
    return tmp_path


@pytest.mark.parametrize("refused", ["run"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("knots none.csv --lam 0.1 --json fit.json", "none.csv"),
        ("knots folder --lam 0.1 --json fit.json", "folder"),
        ("knots binary.csv --lam 0.1 --json fit.json", "binary.csv"),
        ("knots nan.csv --lam 0.1 --json fit.json", "nan"),
        ("knots short.csv --lam 0.1 --plot fit.svg", "y"),
        ("knots good.csv --lam 0 --json fit.json", "0"),
        ("knots good.csv --lam 0.1 --beta -1 --json fit.json", "-1"),
        ("knots good.csv --lam 0.1 --json folder", "folder"),
        ("knots good.csv --lam 0.1 --json none/fit.json", "none/fit.json"),
        ("knots good.csv --lam 0.1 --json good.csv/fit.json", "good.csv"),
        ("knots good.csv --lam 0.1 --plot fit.txt", "fit.txt"),
        ("knots good.csv --lam x", "'x'"),
        ("check no-such-claim --json check.json", "no-such-claim"),
        ("check --paper no-such-paper", "no-such-paper"),
        ("check --json none/check.json", "none/check.json"),
        ("check --claims binary.csv", "binary.csv"),
        ("show no-such-claim", "no-such-claim"),
        ("report --from none.json --out site", "none.json"),
        ("report --from binary.csv --out site", "binary.csv"),
        ("report --from good.csv --out site", "good.csv"),
        ("report --from good.json --out good.csv", "good.csv"),
        ("report --from good.json --out good.csv/site", "good.csv"),
        ("bound --activation relu --rate 1 --json bound.json", "odd"),
        ("bound --activation sign --rate 0 --json bound.json", "0"),
        ("bound --activation sign --n 1 --covariance binary.csv", "binary.csv"),
        ("unknown", "unknown"),
        ("list --unknown", "--unknown"),
    ],
)
def test_bad_input_is_refused(refused: Callable[..., str], folder: Path, arguments: str, reason: str) -> None:
    assert reason in refused(*arguments.split())


@pytest.mark.parametrize("refused", ["run"], indirect=True)
def test_a_part_of_a_name_lists_the_claims_near_it(refused: Callable[..., str]) -> None:
    name = next(iter(register()))
    assert name in refused("show", name[:-1])
