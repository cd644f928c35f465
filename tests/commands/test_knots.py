"""`lemmata knots`: from a table of points to knots, JSON and a picture; and every refusal in one line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

POINTS = "x,y\n-2,1\n-1,0\n0,0.5\n1,-0.25\n2,1\n"
KEYS = {
    "lam", "beta", "selection", "knots", "affine", "units", "bends", "fitted", "objective", "gap", "relative_gap",
    "face_dimension", "stop", "certified", "certificate",
}  # fmt: skip


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


def test_a_certificate_that_cannot_be_given(run: Callable[..., Any], points: Path, tmp_path: Path) -> None:
    ending = run("knots", points.name, "--lam", "0.05", "--certify", "--digits", "10", "--json", "fit.json")
    assert ending.status == 3
    assert ending.err.count("\n") == 1
    assert "certify" in ending.err
    assert _strict((tmp_path / "fit.json").read_text("utf-8"))["certified"] is False


def test_the_same_command_gives_the_same_bytes(run: Callable[..., Any], points: Path) -> None:
    first, second = (run("knots", points.name, "--lam", "0.05", "--beta", "50", "--json", "-") for _ in range(2))
    assert first == second
