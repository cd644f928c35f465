"""What is refused, in one message that names the value, and what the JSON record holds."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from lemmata.numerics.meanfield import MeanFieldInputError, Stop, fit_wide_relu, two_point_solution

GOOD: dict[str, Any] = {"x": [0.0, 1.0], "y": [1.0, 2.0], "lam": 0.1}
KEYS = [
    "lam", "beta", "selection", "knots", "affine", "units", "bends", "fitted", "objective", "gap", "relative_gap",
    "face_dimension", "selection_undecided", "sparsest", "stop", "certified", "certificate",
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": [], "y": []}, "x is empty"),
        ({"x": [0.0, math.nan]}, r"x\[1\] is nan"),
        ({"y": [math.inf, 1.0]}, r"y\[0\] is inf"),
        ({"y": [1.0]}, "y has 1 values but x has 2"),
        ({"x": [[0.0], [1.0]]}, r"x has shape \(2, 1\)"),
        ({"x": ["a", "b"]}, "x must be numbers"),
        ({"lam": 0.0}, "lam is 0.0"),
        ({"lam": -2.0}, "lam is -2.0"),
        ({"lam": math.nan}, "lam is nan"),
        ({"lam": math.inf}, "lam is inf"),
        ({"lam": "much"}, "lam is 'much'"),
        ({"lam": "0.1"}, "lam is '0.1'"),
        ({"lam": True}, "lam is True"),
        ({"lam": 10**400}, "a positive number is needed"),
        ({"x": ["0", "1"]}, "x must be numbers: it holds text"),
        ({"x": [1j, 2.0]}, "complex"),
        ({"y": np.ma.array([1.0, 2.0], mask=[False, True])}, "masked"),
        ({"selection": np.array(["limit", "vertex"])}, "'limit' and 'vertex' are allowed"),
        ({"lam": 1e-300, "y": [1e9, 0.0]}, "lam is 1e-300, too small"),
        ({"beta": 0.0}, "beta is 0.0"),
        ({"beta": -1.0}, "beta is -1.0"),
        ({"beta": math.nan}, "beta is nan"),
        ({"beta": 1e300, "lam": 1e3}, "outside double precision"),
        ({"sample_weight": [1.0]}, "sample_weight has 1 values"),
        ({"sample_weight": [1.0, -0.5]}, r"sample_weight\[1\] is -0.5"),
        ({"sample_weight": [1.0, math.nan]}, r"sample_weight\[1\] is nan"),
        ({"sample_weight": [0.0, 0.0]}, "all zero"),
        ({"selection": "sparsest"}, "selection is 'sparsest'"),
    ],
)
def test_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(MeanFieldInputError, match=message):
        fit_wide_relu(**{**GOOD, **change})


@pytest.mark.parametrize("beta", [math.inf, 50.0])
def test_points_to_predict_must_be_finite(beta: float) -> None:
    fit = fit_wide_relu(**GOOD, beta=beta)
    with pytest.raises(MeanFieldInputError, match="finite"):
        fit.predict([0.0, math.nan])
    assert fit.predict(0.5).shape == ()
    assert fit.predict([[0.5, 1.0, 2.0]]).shape == (1, 3)
    assert fit.predict([]).shape == (0,)


def test_two_point_refusals() -> None:
    for arguments in ((0.0, 1.0, 1.0), (1.0, 1.0, -1.0), (math.inf, 1.0, 1.0)):
        with pytest.raises(MeanFieldInputError, match="positive"):
            two_point_solution(*arguments)


@pytest.mark.parametrize("beta", [math.inf, 50.0])
def test_json_record(beta: float) -> None:
    fit = fit_wide_relu([2.0, -1.0, 0.0, 1.0], [1.0, 0.0, 0.5, -0.25], lam=0.02, beta=beta, sample_weight=[1, 2, 0, 1])
    record = fit.as_json()
    assert list(record) == KEYS
    text = json.dumps(record, allow_nan=False)
    assert json.loads(text) == record
    assert len(record["fitted"]) == 4
    assert (record["certified"], record["certificate"], record["sparsest"]) == (None, None, None)
    assert (record["stop"], fit.stop) == ("converged", Stop.CONVERGED)
    assert record["beta"] == ("inf" if math.isinf(beta) else 50.0)
    if math.isinf(beta):
        assert set(record["knots"][0]) == {"location", "side", "slope_change"}
        assert set(record["units"][0]) == {"phi", "c"}
        assert set(record["affine"]) == {"x0", "value", "slope"}
        assert record["bends"] == []
    else:
        assert set(record["bends"][0]) == {"location", "width", "slope_change"}
        assert (record["knots"], record["units"], record["affine"]) == ([], None, None)
    assert json.dumps(fit_wide_relu([2.0, -1.0, 0.0, 1.0], [1.0, 0.0, 0.5, -0.25], lam=0.02, beta=beta,
                                    sample_weight=[1, 2, 0, 1]).as_json()) == text  # fmt: skip


def test_relative_gap_is_zero_where_everything_vanishes() -> None:
    fit = fit_wide_relu([1.0, 2.0], [0.0, 0.0], lam=0.1)
    assert (fit.objective, fit.gap, fit.relative_gap, fit.knots, fit.units) == (0.0, 0.0, 0.0, (), ())


def test_integers_and_lists_are_numbers() -> None:
    assert fit_wide_relu(np.array([1, 2, 3]), (4, 5, 6), lam=1).objective > 0


def test_a_penalty_far_above_the_largest_gives_the_mean_square():
    """The objective of f = 0 is ½ mean y², also where λ² is beyond every double."""
    for lam in (1e3, 1e160, 1e300):
        fit = fit_wide_relu([0.0, 1.0, 2.0], [1.0, 2.0, 4.0], lam=lam)
        assert (fit.objective, fit.gap, fit.knots) == (3.5, 0.0, ())


def test_a_penalty_that_doubles_cannot_split_is_refused():
    """Sums in two doubles split their factors, which the largest doubles do not survive."""
    with pytest.raises(MeanFieldInputError, match=r"lam is 1e\+308; positive numbers up to 1e\+300 are allowed"):
        fit_wide_relu([0.0, 1.0], [1.0, 2.0], lam=1e308)
