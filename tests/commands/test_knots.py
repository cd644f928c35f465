"""`lemmata knots`: from a table of points to knots, JSON and a picture; and every refusal in one line."""

import json
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from lemmata.numerics.meanfield import WideReluFit
from lemmata.numerics.meanfield.certificate import Certificate, UndecidedContact

POINTS = "x,y\n-2,1\n-1,0\n0,0.5\n1,-0.25\n2,1\n"
KEYS = {
    "lam", "beta", "selection", "knots", "affine", "units", "bends", "fitted", "objective", "gap", "relative_gap",
    "face_dimension", "stop", "certified", "certificate",
}  # fmt: skip
CERTIFICATE = {"phase", "knots", "knot_count", "optimal", "unique", "objective", "fitted", "undecided"}
PROGRAM = Path(sys.executable).parent / "lemmata"


@pytest.fixture
def points(tmp_path: Path) -> Path:
    """Five points that an affine function does not fit."""
    place = tmp_path / "points.csv"
    place.write_text(POINTS, "utf-8")
    return place


def _strict(text: str) -> Any:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is not strict JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"x,y\n", "row"),
        (b"x,z\n1,2\n", "y"),
        (b"1,2\n3,4\n", "x"),
        (b"x,y\n1,nan\n2,3\n", "line 2"),
        (b"x,y\n1,inf\n2,3\n", "line 2"),
        (b"x,y\n1,2\n2,three\n", "line 3"),
        (b"x,y\n1,2\n2\n", "line 3"),
        (b"x,y\n1,\n2,3\n", "line 2"),
        (b"x,y,weight\n1,2,-1\n2,3,1\n", "line 2"),
        (b"x,y,weight\n1,2,0\n2,3,0\n", "weight"),
        (b"x,x,y\n1,2,3\n", "x"),
        (b"\x00\x01\x02\xff\xfe", "UTF-8"),
        (b"x,y\n1,2\n\xff,3\n", "UTF-8"),
        ("x,y\n1,2\n".encode("utf-16"), "UTF-8"),
    ],
)
def test_data_that_cannot_be_used(refused: Callable[..., str], tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "data.csv").write_bytes(content)
    outputs = ("--json", "fit.json", "--plot", "fit.svg")
    assert reason.lower() in refused("knots", "data.csv", "--lam", "0.1", *outputs).lower()
    assert reason.lower() in refused("knots", "-", "--lam", "0.1", *outputs, stdin=content).lower()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--lam", "0"), "0"),
        (("--lam", "-1"), "-1"),
        (("--lam", "nan"), "nan"),
        (("--lam", "inf"), "inf"),
        (("--lam", "0.1", "--beta", "0"), "0"),
        (("--lam", "0.1", "--beta", "-1"), "-1"),
        (("--lam", "0.1", "--beta", "nan"), "nan"),
        (("--lam", "0.1", "--selection", "best"), "best"),
    ],
)
def test_options_out_of_range(
    refused: Callable[..., str], points: Path, arguments: tuple[str, ...], reason: str
) -> None:
    assert reason in refused("knots", points.name, *arguments, "--json", "fit.json", "--plot", "fit.svg")


def test_a_file_that_is_not_there_or_no_file(refused: Callable[..., str], tmp_path: Path) -> None:
    assert "none.csv" in refused("knots", "none.csv", "--lam", "0.1", "--json", "fit.json")
    (tmp_path / "folder.csv").mkdir()
    assert "folder.csv" in refused("knots", "folder.csv", "--lam", "0.1", "--json", "fit.json")


@pytest.mark.parametrize("beta", ["inf", "100"])
def test_json_has_every_key_and_is_strict(run: Callable[..., Any], points: Path, beta: str) -> None:
    ending = run("knots", points.name, "--lam", "0.05", "--beta", beta, "--json", "-")
    assert (ending.status, ending.err) == (0, "")
    record = _strict(ending.out)
    assert record.keys() >= KEYS
    assert record["beta"] == ("inf" if beta == "inf" else 100.0)
    assert len(record["fitted"]) == 5
    assert record["certified"] is None
    if beta == "inf":
        assert record["knots"]
    else:
        assert (record["knots"], record["units"], record["affine"]) == ([], None, None)


def test_file_pipe_and_text_say_the_same(run: Callable[..., Any], points: Path, tmp_path: Path) -> None:
    told = run("knots", points.name, "--lam", "0.05", "--json", "fit.json")
    piped = run("knots", "-", "--lam", "0.05", "--json", "-", stdin=points.read_bytes())
    assert (told.status, piped.status) == (0, 0)
    assert (tmp_path / "fit.json").read_text("utf-8") == piped.out
    record = _strict(piped.out)
    for knot in record["knots"]:
        assert f"{knot['location']:.12g}" in told.out
    assert f"{record['objective']:.15g}" in told.out


def test_the_same_data_in_another_dress(run: Callable[..., Any], points: Path) -> None:
    """A byte-order mark, comments, blank lines, column order and rows with weight 0 change nothing but a note."""
    plain = _strict(run("knots", points.name, "--lam", "0.05", "--json", "-").out)
    dressed = "\ufeff# measured in May\n\nweight,y,note,x\n1,1,a,-2\n1,0,b,-1\n\n1,0.5,c,0\n1,-0.25,d,1\n1,1,e,2\n"
    ending = run("knots", "-", "--lam", "0.05", "--json", "-", stdin=dressed.encode())
    assert ending.status == 0
    record = _strict(ending.out)
    assert record["objective"] == pytest.approx(plain["objective"], rel=1e-12)
    assert [knot["location"] for knot in record["knots"]] == pytest.approx(
        [knot["location"] for knot in plain["knots"]], abs=1e-9
    )
    assert ending.err.startswith("note: ")
    assert "note" in ending.err.removeprefix("note: ")


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
def test_a_picture_is_the_same_every_time(run: Callable[..., Any], points: Path, tmp_path: Path, suffix: str) -> None:
    for name in ("first", "second"):
        assert run("knots", points.name, "--lam", "0.05", "--plot", name + suffix).status == 0
    first, second = ((tmp_path / (name + suffix)).read_bytes() for name in ("first", "second"))
    assert first == second
    start = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}[suffix]
    assert first.startswith(start)


def _inside(pair: list[str], value: Fraction) -> bool:
    return Fraction(pair[0]) <= value <= Fraction(pair[1])


def test_a_certificate_that_is_given(inside: Callable[..., Any], tmp_path: Path) -> None:
    """Section 6 of the first paper: y = 2 at x = −10 and 10, whose knots at λ = 1/100 are −1/10 and 1/10 exactly."""
    (tmp_path / "two.csv").write_text("x,y\n-10,2\n10,2\n", "utf-8")
    plain = inside("knots", "two.csv", "--lam", "0.01", "--plot", "plain.svg")
    arguments = ("--certify", "--digits", "10", "--plot", "proved.svg", "--json", "fit.json")
    ending = inside("knots", "two.csv", "--lam", "0.01", *arguments)
    assert (ending.status, ending.err) == (0, "")
    assert "PROVED" in ending.out
    assert "PROVED" not in plain.out
    record = _strict((tmp_path / "fit.json").read_text("utf-8"))
    certificate = record["certificate"]
    assert record["certified"] is True
    assert certificate.keys() >= CERTIFICATE
    assert (certificate["knot_count"], certificate["optimal"], certificate["unique"]) == (2, True, True)
    assert (certificate["phase"], certificate["undecided"]) == ("unbalanced", [])
    assert [knot["side"] for knot in certificate["knots"]] == ["right", "left"]
    for knot, place in zip(certificate["knots"], (Fraction(-1, 10), Fraction(1, 10)), strict=True):
        assert _inside(knot["location"], place)
        low, high = (Fraction(end) for end in knot["location"])
        assert high - low <= Fraction(1, 10**9)
    for pair, value in zip(certificate["fitted"], record["fitted"], strict=True):
        low, high = (float(end) for end in pair)
        assert low - 1e-12 <= value <= high + 1e-12
        assert high - low <= 1e-9
    # What is proved is drawn filled, with a line that says so.
    pictures = [(tmp_path / name).read_bytes() for name in ("plain.svg", "proved.svg")]
    assert pictures[0] != pictures[1]


def test_a_proof_is_about_the_decimals_as_written(inside: Callable[..., Any], tmp_path: Path) -> None:
    """One row y = 1 at x = 0 with λ = 0.1 costs λ²/2 + λ(1 − λ) = 0.095; with the double next to 0.1 it would not."""
    (tmp_path / "one.csv").write_text("x,y\n0,1\n", "utf-8")
    ending = inside("knots", "one.csv", "--lam", "0.1", "--certify", "--digits", "30", "--json", "-")
    assert ending.status == 0
    pair = _strict(ending.out)["certificate"]["objective"]
    double = Fraction(0.1)
    assert _inside(pair, Fraction("0.095"))
    assert not _inside(pair, double**2 / 2 + double * (1 - double))


def test_a_certificate_at_finite_temperature(inside: Callable[..., Any], points: Path) -> None:
    ending = inside("knots", points.name, "--lam", "0.05", "--beta", "100", "--certify", "--digits", "8", "--json", "-")
    assert (ending.status, ending.err) == (0, "")
    record = _strict(ending.out)
    certificate = record["certificate"]
    assert record["certified"] is True
    assert (certificate["knots"], certificate["knot_count"]) == ([], None)
    assert len(certificate["fitted"]) == 5
    for pair, value in zip(certificate["fitted"], record["fitted"], strict=True):
        assert float(pair[0]) - 1e-12 <= value <= float(pair[1]) + 1e-12
        assert float(pair[1]) - float(pair[0]) <= 1e-7


def test_a_certificate_that_cannot_be_given(
    inside: Callable[..., Any], points: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contacts = (UndecidedContact(0.75, "left", "it touches without crossing"), UndecidedContact(None, None, "b"))
    nothing = Certificate(False, None, (), None, False, None, None, (), contacts, 10)
    monkeypatch.setattr(WideReluFit, "certify", lambda self, digits, *, exact: nothing)
    ending = inside("knots", points.name, "--lam", "0.05", "--certify", "--json", "fit.json", "--plot", "fit.svg")
    assert ending.status == 3
    assert ending.err == "lemmata: --certify: not proved: at x = 0.75, left: it touches without crossing; b\n"
    assert "PROVED" not in ending.out
    record = _strict((tmp_path / "fit.json").read_text("utf-8"))
    assert record["certified"] is False
    assert [contact["location"] for contact in record["certificate"]["undecided"]] == [0.75, None]
    assert (tmp_path / "fit.svg").exists()


def test_a_name_that_is_empty(refused: Callable[..., str], points: Path) -> None:
    assert "the data: ''" in refused("knots", "", "--lam", "0.1")
    assert "--json: ''" in refused("knots", points.name, "--lam", "0.1", "--json", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_behind_standard_output_is_no_defect(points: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [str(PROGRAM), "knots", str(points), "--lam", "0.1"], stdout=full, stderr=subprocess.PIPE, timeout=60
        )
    assert done.returncode == 2
    assert done.stderr == b"lemmata: no space left on device\n"


def test_the_same_command_gives_the_same_bytes(run: Callable[..., Any], points: Path) -> None:
    first, second = (run("knots", points.name, "--lam", "0.05", "--beta", "50", "--json", "-") for _ in range(2))
    assert first == second
