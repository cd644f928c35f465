"""What `bound` reports: keys, nulls, enclosures, and the reader of covariance files."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.numerics.autoencoder import CovarianceFileError, bound_summary, lower_bound, read_covariance, sharp_bound
from lemmata.numerics.autoencoder.source import enclosed_variances, make_source

KEYS = "activation n d rate alpha alpha_enclosure bound bound_enclosure sharp_bound shannon"


def test_keys_and_nulls_for_a_rate() -> None:
    record = bound_summary("sign", rate="0.5").as_json()
    assert " ".join(record) == KEYS
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert (record["n"], record["d"], record["sharp_bound"]) == (None, None, None)
    assert record["shannon"] == 0.5
    assert record["bound"] == pytest.approx(1 - 1 / math.pi, rel=1e-15)
    assert bound_summary("tanh", rate=1).shannon is None
    assert bound_summary("2*sign(x)", rate=1).shannon == 0.25
    assert bound_summary("quantizer:4", rate=1).shannon == 1 / 16
    assert bound_summary("sign(x-1)+sign(x+1)", rate=1).shannon == pytest.approx(1 / 9)


def test_sizes() -> None:
    summary = bound_summary("sign", n=6, d=3)
    assert (summary.n, summary.d, summary.rate) == (6, 3, 2.0)
    assert summary.sharp_bound == pytest.approx(sharp_bound("sign", n=6, d=3), rel=1e-15)
    below = bound_summary("tanh", n=3, d=6)
    assert below.sharp_bound is not None
    assert below.sharp_bound >= below.bound


@settings(deadline=None, max_examples=60)
@given(st.fractions(Fraction(1, 50), 50, max_denominator=50), st.sampled_from(["sign", "erf", "x**3"]))
def test_enclosure_of_the_rate_bound(rate: Fraction, text: str) -> None:
    summary = bound_summary(text, rate=rate)
    with mpmath.workdps(40):
        alpha = {"sign": mpmath.pi / 2 - 1, "erf": 1.5 * mpmath.asin(mpmath.mpf(2) / 3) - 1, "x**3": mpmath.mpf(2) / 3}
        r = mpmath.mpf(rate.numerator) / rate.denominator
        exact = 1 - r / (max(r, 1) + alpha[text])
        low, high = summary.bound_enclosure
        assert mpmath.mpf(low) - mpmath.mpf("1e-35") <= exact <= mpmath.mpf(high) + mpmath.mpf("1e-35")
        assert Decimal(high) - Decimal(low) < Decimal("1e-17")
        assert abs(summary.bound - exact) < 1e-15


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.integers(1, 8))
def test_enclosure_of_water_filling(variances: list[int], n: int) -> None:
    summary = bound_summary("sign", n=n, covariance=np.array(variances, dtype=float))
    d = len(variances)
    with mpmath.workdps(40):
        alpha, top = mpmath.pi / 2 - 1, sorted(variances, reverse=True)[: min(n, d)]
        roots = [mpmath.sqrt(v) for v in top]
        # The number of active directions by brute force: the best feasible one.
        gains = []
        for k in range(1, len(top) + 1):
            w = (n + k * alpha) / sum(roots[:k])
            if all(root * w - alpha >= 0 for root in roots[:k]):
                gains.append(sum(v * (1 - alpha / (root * w)) for v, root in zip(top[:k], roots, strict=False)))
        exact = (sum(variances) - max(gains)) / d
        low, high = summary.bound_enclosure
        slack = mpmath.mpf("1e-30") * sum(variances)
        assert mpmath.mpf(low) - slack <= exact <= mpmath.mpf(high) + slack
    assert summary.sharp_bound is not None
    assert summary.sharp_bound >= summary.bound
    assert summary.bound == pytest.approx(lower_bound("sign", n=n, d=d, covariance=np.array(variances, dtype=float)))


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 5), st.integers(1, 5))
def test_eigenvalue_enclosures(seed: int, d: int, rank: int) -> None:
    root = np.random.default_rng(seed).integers(-3, 4, (d, rank)).astype(float)
    matrix = root @ root.T
    if not np.any(matrix):
        return
    balls = enclosed_variances(make_source(matrix))
    with mpmath.workdps(40):
        exact = sorted(mpmath.re(v) for v in mpmath.eigsy(mpmath.matrix(matrix.tolist()), eigvals_only=True))[::-1]
        for ball, value in zip(balls, exact, strict=True):
            assert float(ball.rad()) < 1e-11 * max(float(exact[0]), 1.0)
            assert abs(mpmath.mpf(ball.mid().str(40, radius=False)) - value) <= float(ball.rad()) + 1e-25


def test_rate_and_covariance_need_a_whole_number_of_units() -> None:
    summary = bound_summary("sign", rate="1.5", covariance=[4.0, 1.0])
    assert (summary.n, summary.d) == (3, 2)
    with pytest.raises(ValueError, match=r"rate·d = 0\.6 is not whole"):
        bound_summary("sign", rate="0.3", covariance=[4.0, 1.0])
    assert bound_summary("sign", rate=0.1, covariance=np.ones(10)).n == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({}, "give a rate"),
        ({"n": 3}, "give a rate"),
        ({"rate": 1, "n": 3}, "not both"),
        ({"rate": 1, "d": 3}, "not both"),
        ({"rate": 0}, "rate = 0"),
        ({"rate": -1}, "rate = -1"),
        ({"rate": "abc"}, "rate = 'abc'"),
        ({"rate": float("nan")}, "rate = nan"),
        ({"rate": float("inf")}, "rate = inf"),
        ({"rate": "1e99"}, "between"),
        ({"n": 0, "d": 3}, "n = 0"),
        ({"n": 3, "d": 0}, "d = 0"),
        ({"n": 3, "d": 2, "covariance": [1.0]}, "dimension 1"),
        ({"covariance": [1.0, 2.0]}, "give a rate"),
        ({"n": 1, "covariance": [1.0, -2.0]}, "variance 2 is -2"),
        ({"n": 1, "covariance": [[1.0, 0.0]]}, r"shape \(1, 2\)"),
    ],
)
def test_bad_input_is_named(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        bound_summary("sign", **arguments)  # type: ignore[arg-type]


def _write(folder: Path, text: str | bytes) -> Path:
    path = folder / "covariance.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(
    ("text", "variances"),
    [
        ("1,4,9\n", [9, 4, 1]),
        ("1\n4\n9\n", [9, 4, 1]),
        ("\ufeff# a comment\n\n 1 , 4.0 ,9e0\n", [9, 4, 1]),
        ("2.5", [2.5]),
        ("2 1\n1 2\n", [3, 1]),
        ("2,1\r\n1,2\r\n", [3, 1]),
        ("1,1\n1,1\n", [2, 0]),
    ],
)
def test_covariance_files(tmp_path: Path, text: str, variances: list[float]) -> None:
    np.testing.assert_allclose(read_covariance(_write(tmp_path, text)).variances, variances, atol=1e-12)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no numbers"),
        ("# only a comment\n", "no numbers"),
        ("1,4,x\n", r"line 1, column 5: 'x' is not a decimal number"),
        ("1,,2\n", r"line 1, column 3: 'an empty field'"),
        ("1,nan\n", "'nan' is not a decimal number"),
        ("1,inf\n", "'inf' is not a decimal number"),
        ("1,-4\n", "line 1, column 3: variance -4 must be positive"),
        ("1\n0\n", "line 2, column 1: variance 0 must be positive"),
        ("1,2\n3,4,5\n", "line 2"),
        ("1,2,3\n4,5,6\n", "square matrix"),
        ("2,1\n\n# c\n1.5,2\n", r"line 4, column 1: 1\.5 differs from its mirror 1 \(line 1, column 3\)"),
        ("1,2\n2,1\n", "not positive semidefinite"),
        ("-1,0\n0,1\n", "line 1, column 1: variance -1 is negative"),
        ("0,0\n0,0\n", "not positive semidefinite and non-zero"),
        (b"\xff\xfe1", "not UTF-8"),
        ("1e999\n", "too large"),
        ("0x10\n", "not a decimal number"),
    ],
)
def test_bad_covariance_files(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(CovarianceFileError, match=message) as problem:
        read_covariance(_write(tmp_path, text))
    assert "covariance.csv" in str(problem.value)
    assert "\n" not in str(problem.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CovarianceFileError, match=r"none\.csv: it cannot be read"):
        read_covariance(tmp_path / "none.csv")


def test_decimals_are_kept_exactly(tmp_path: Path) -> None:
    source = read_covariance(_write(tmp_path, "0.1, 0.2\n"))
    assert source.exact == ((Fraction(1, 10), Fraction(1, 5)),)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="0123456789.,-+e \n#x", max_size=40))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = _write(tmp_path_factory.mktemp("covariance"), text)
    try:
        source = read_covariance(path)
    except CovarianceFileError:
        return
    assert np.all(source.variances >= 0)


def test_matrices_written_by_numpy_are_read(tmp_path: Path) -> None:
    uneven = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        d = int(rng.integers(2, 12))
        q = np.linalg.qr(rng.standard_normal((d, d)))[0]
        spectrum = np.sort(np.exp(rng.uniform(-4.0, 4.0, d)))[::-1]
        matrix = (q * spectrum) @ q.T
        uneven += not np.array_equal(matrix, matrix.T)
        path = tmp_path / f"matrix{seed}.csv"
        np.savetxt(path, matrix, delimiter="," if seed % 2 else " ")
        source = read_covariance(path)
        np.testing.assert_allclose(source.variances, spectrum, rtol=1e-12, atol=1e-13 * spectrum[0])
        assert all(source.exact[i][j] == source.exact[j][i] for i in range(d) for j in range(d))
        balls = enclosed_variances(source)
        assert all(abs(float(b.mid()) - v) < 1e-12 * spectrum[0] for b, v in zip(balls, spectrum, strict=True))
    assert uneven >= 5  # otherwise rounding was not put to the test


@pytest.mark.parametrize(("factor", "read"), [(1 + 1e-13, True), (1 + 1e-11, False)])
def test_asymmetry_is_relative_to_the_largest_entry(tmp_path: Path, factor: float, read: bool) -> None:
    other = 3e8 * factor
    path = _write(tmp_path, f"3e8 3e8\n{other!r} 4e8\n")
    if read:
        assert read_covariance(path).exact[0][1] == (Fraction(300000000) + Fraction(repr(other))) / 2
        return
    with pytest.raises(CovarianceFileError, match=f"{other!r} differs from its mirror 3e8"):
        read_covariance(path)
    with pytest.raises(ValueError, match=f"is 300000000.0 but entry .* is {other!r}"):
        make_source([[3e8, 3e8], [other, 4e8]])


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 60), st.integers(1, 20))
def test_a_quotient_in_doubles_is_that_quotient(n: int, d: int) -> None:
    summary = bound_summary("sign", rate=n / d, covariance=np.ones(d))
    assert summary == bound_summary("sign", n=n, covariance=np.ones(d))
    assert summary == bound_summary("sign", rate=Fraction(n, d), covariance=np.ones(d))
    assert summary == bound_summary("sign", rate=f"{n}/{d}", covariance=np.ones(d))


def test_a_rate_that_is_no_quotient_points_to_n() -> None:
    for rate in (0.66666, 1e-9):
        with pytest.raises(ValueError, match="give --n"):
            bound_summary("sign", rate=rate, covariance=np.ones(3))


def test_numbers_of_numpy() -> None:
    plain = bound_summary("sign", n=2, d=4)
    assert bound_summary("sign", n=np.int64(2), d=np.int32(4)) == plain  # type: ignore[arg-type]
    assert json.dumps(bound_summary("sign", n=np.int64(2), d=np.int32(4)).as_json())  # type: ignore[arg-type]
    for rate in (np.float64(0.1), np.float32(0.1), Fraction(1, 10)):
        assert bound_summary("sign", rate=rate) == bound_summary("sign", rate=0.1)  # type: ignore[arg-type]
    assert bound_summary("sign", rate=np.int64(2)) == bound_summary("sign", rate=2)  # type: ignore[arg-type]


@pytest.mark.parametrize("rate", [True, np.True_, 1j, None, [1.0], "1e99999999999", "1/0", np.float64("nan")])
def test_rates_that_are_no_numbers(rate: object) -> None:
    with pytest.raises(ValueError, match="rate"):
        bound_summary("sign", rate=rate)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [True, np.True_, 1.5, np.float64(2.0), "3"])
def test_counts_that_are_no_counts(value: object) -> None:
    with pytest.raises(ValueError, match="n = "):
        bound_summary("sign", n=value, d=3)  # type: ignore[arg-type]
