"""`lemmata bound`: known values of the bound, and every refusal in one line."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

KEYS = {
    "activation", "n", "d", "rate", "alpha", "alpha_enclosure", "bound", "bound_enclosure", "sharp_bound", "shannon",
}  # fmt: skip


@pytest.mark.parametrize(
    ("activation", "alpha"),
    [
        ("sign", math.pi / 2 - 1),  # f = arcsin
        ("identity", 0.0),
        ("x", 0.0),
        ("x**3", 6 / 9),  # x³ = 3 h_1 + √6 h_3
        ("sin(2*x)", (1 - math.exp(-8)) / 2 / (4 * math.exp(-4)) - 1),  # E sin² = (1 − e^{−2·4})/2, c_1 = 2e^{−2}
        ("erf", math.asin(2 / 3) / (2 / 3) - 1),  # E erf(x)erf(y) = (2/π) arcsin(2ρ/3)
    ],
)
@pytest.mark.parametrize("rate", ["0.5", "1", "2"])
def test_known_activations(inside: Callable[..., Any], activation: str, alpha: float, rate: str) -> None:
    ending = inside("bound", "--activation", activation, "--rate", rate, "--json", "-")
    assert (ending.status, ending.err) == (0, "")
    record = json.loads(ending.out)
    assert record.keys() >= KEYS
    assert record["alpha"] == pytest.approx(alpha, abs=1e-10)
    r = float(rate)
    assert record["bound"] == pytest.approx(1 - r / (max(r, 1) + alpha), abs=1e-10)
    for key in ("alpha", "bound"):
        low, high = (float(end) for end in record[f"{key}_enclosure"])
        assert low <= record[key] <= high
        assert high - low < 1e-9
    assert (record["n"], record["d"]) == (None, None)


def test_the_sign_code_never_beats_shannon(inside: Callable[..., Any]) -> None:
    record = json.loads(inside("bound", "--activation", "sign", "--n", "8", "--d", "4", "--json", "-").out)
    assert (record["n"], record["d"], record["rate"]) == (8, 4, 2.0)
    assert record["shannon"] == pytest.approx(2**-4)
    assert record["shannon"] <= record["bound"] <= record["sharp_bound"]


def test_text_and_json_say_the_same(run: Callable[..., Any], tmp_path: Path) -> None:
    told = run("bound", "--activation", "tanh", "--n", "3", "--d", "6", "--json", "bound.json")
    record = json.loads((tmp_path / "bound.json").read_text("utf-8"))
    assert told.status == 0
    assert f"{record['bound']:.12g}" in told.out
    assert f"{record['alpha']:.12g}" in told.out


def test_variances_and_the_matrix_with_them_on_the_diagonal_agree(inside: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "row.csv").write_text("4,1,0.25\n")
    (tmp_path / "column.csv").write_text("4\n1\n0.25\n")
    (tmp_path / "matrix.csv").write_text("4,0,0\n0,1,0\n0,0,0.25\n")
    bounds = []
    for name in ("row.csv", "column.csv", "matrix.csv"):
        ending = inside("bound", "--activation", "sign", "--n", "2", "--covariance", name, "--json", "-")
        assert ending.status == 0, ending.err
        bounds.append(json.loads(ending.out)["bound"])
    assert bounds[0] == bounds[1] == pytest.approx(bounds[2], rel=1e-12)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--activation", "relu", "--rate", "1"), "odd"),
        (("--activation", "exp(x)", "--rate", "1"), "odd"),
        (("--activation", "x**2", "--rate", "1"), "odd"),
        (("--activation", "x**3-3*x", "--rate", "1"), "c_1"),
        (("--activation", "3", "--rate", "1"), "3"),
        (("--activation", "sin(y)", "--rate", "1"), "y"),
        (("--activation", "__import__('os')", "--rate", "1"), "__import__"),
        (("--activation", "", "--rate", "1"), ""),
        (("--activation", "quantizer:3", "--rate", "1"), "3"),
        (("--activation", "exp(x**4)*x", "--rate", "1"), "square"),
        (("--activation", "sign"), "rate"),
        (("--activation", "sign", "--rate", "0"), "0"),
        (("--activation", "sign", "--rate", "-1"), "-1"),
        (("--activation", "sign", "--rate", "nan"), "nan"),
        (("--activation", "sign", "--rate", "inf"), "inf"),
        (("--activation", "sign", "--n", "3"), "d"),
        (("--activation", "sign", "--d", "3"), "n"),
        (("--activation", "sign", "--rate", "1", "--n", "3", "--d", "4"), "rate"),
        (("--activation", "sign", "--n", "3", "--covariance", "none.csv"), "none.csv"),
    ],
)
def test_refusals(refused: Callable[..., str], arguments: tuple[str, ...], reason: str) -> None:
    assert reason in refused("bound", *arguments, "--json", "bound.json")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", ""),
        (b"1,-1\n", "-1"),
        (b"1,0\n", "0"),
        (b"1,nan\n", "nan"),
        (b"1,2\n3\n", ""),
        (b"1,2\n3,4\n", "symmetric"),
        (b"1,2\n2,1\n", "semidefinite"),
        (b"1,2,3\n4,5,6\n", ""),
        (b"\xff\xfe\x00", ""),
    ],
)
def test_covariances_that_cannot_be_used(
    refused: Callable[..., str], tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "c.csv").write_bytes(content)
    line = refused("bound", "--activation", "sign", "--n", "1", "--covariance", "c.csv", "--json", "bound.json")
    assert reason in line


def test_a_rate_that_gives_no_whole_code_length(refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("4,1,0.25\n")
    line = refused("bound", "--activation", "sign", "--rate", "0.5", "--covariance", "c.csv")
    assert "0.5" in line
