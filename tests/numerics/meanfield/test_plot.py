"""The picture of a fit: what is drawn where, read back from the axes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from lemmata.numerics.estimators import WideReLURegressor
from lemmata.numerics.meanfield import MeanFieldInputError, fit_wide_relu
from lemmata.numerics.meanfield.plot import plot_fit

X = np.array([-10 / 3, -4 / 3, 4 / 3, 10 / 3])
Y = np.array([-871 / 300, -7 / 300, -7 / 2, -7 / 3])
KNOTS = [(-4 / 3, ">"), (-3 / 4, "<"), (4 / 3, ">")]  # of the planted problem at λ = 1/10


def _record(**changes: Any) -> dict[str, Any]:
    """A certificate's record: two of the three knots proved."""
    knots = [
        {"location": [str(t - 1e-6), str(t + 1e-6)], "side": side, "slope_change": ["1", "1"], "at_data_point": None}
        for t, side in ((-4 / 3, "right"), (-3 / 4, "left"))
    ]
    plain = {
        "phase": "unbalanced", "knots": knots, "knot_count": 2, "optimal": True, "unique": True,
        "objective": ["0.60", "0.62"], "fitted": [["1", "1.5"]], "undecided": [],
    }  # fmt: skip
    return {**plain, **changes}


def _marks(axes: Any) -> list[tuple[float, float, str, str]]:
    """Location, height, marker and fill of every knot drawn."""
    return [
        (x, y, line.get_marker(), line.get_markerfacecolor())
        for line in axes.lines
        if line.get_marker() in ("<", ">", "D")
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def _labels(axes: Any) -> list[str]:
    return list(axes.get_legend_handles_labels()[1])


def test_knots_stand_on_the_curve_and_their_shape_tells_the_side() -> None:
    fit = fit_wide_relu(X, Y, lam=0.1)
    axes = Figure().add_subplot()
    assert plot_fit(axes, fit) is axes
    marks = sorted(_marks(axes))
    assert [(mark[0], mark[2]) for mark in marks] == [(pytest.approx(t), marker) for t, marker in KNOTS]
    assert [mark[1] for mark in marks] == pytest.approx(fit.predict([mark[0] for mark in marks]).tolist())
    (curve,) = (line for line in axes.lines if line.get_label() == "fit")
    assert curve.get_ydata() == pytest.approx(fit.predict(curve.get_xdata()))
    for mark in marks:
        assert mark[0] in curve.get_xdata()  # the corner is drawn, not cut
    points = axes.collections[0].get_offsets()
    assert np.array_equal(points, np.column_stack([X, Y]))


def test_an_estimator_is_drawn_in_the_users_units() -> None:
    x = 1e4 + 5.0 * X
    model = WideReLURegressor(lam=0.1).fit(x.reshape(-1, 1), Y)
    for axes in (plot_fit(Figure().add_subplot(), model), model.plot(Figure().add_subplot(), x.reshape(-1, 1), Y)):
        assert sorted(mark[0] for mark in _marks(axes)) == pytest.approx(model.knots_.tolist(), rel=1e-12)
        assert np.asarray(axes.collections[0].get_offsets())[:, 0] == pytest.approx(x)
        (curve,) = (line for line in axes.lines if line.get_label() == "fit")
        assert curve.get_ydata() == pytest.approx(model.predict(curve.get_xdata().reshape(-1, 1)))


def test_proved_knots_are_filled_and_the_others_open() -> None:
    fit = fit_wide_relu(X, Y, lam=0.1)
    axes = plot_fit(Figure().add_subplot(), fit, certificate=_record())
    assert [mark[3] == "white" for mark in sorted(_marks(axes))] == [False, False, True]
    assert axes.get_title(loc="left") == "proved: 2 knots, optimal, unique, objective 0.61 ± 0.01"
    spans = sorted(patch.get_extents().transformed(axes.transData.inverted()).x0 for patch in axes.patches)
    assert spans == pytest.approx([-4 / 3, -3 / 4], abs=1e-5)


def test_what_is_not_proved_is_not_filled() -> None:
    undecided = [{"location": 0.75, "side": "left", "reason": "-"}, {"location": None, "side": None, "reason": "-"}]
    record = _record(optimal=False, undecided=undecided)
    axes = plot_fit(Figure().add_subplot(), fit_wide_relu(X, Y, lam=0.1), certificate=record)
    assert {mark[3] for mark in _marks(axes)} == {"white"}
    assert axes.get_title(loc="left") == "not proved: 2 contacts undecided"
    assert [line.get_xdata()[0] for line in axes.lines if line.get_label() == "undecided"] == [0.75]


def test_bends_at_finite_temperature_have_bars_as_wide_as_they_are() -> None:
    fit = fit_wide_relu(X, Y, lam=0.1, beta=1e3)
    record = _record(knots=[], knot_count=None, objective=["0.6125", "0.6126"], fitted=[["1", "1.125"], ["2", "2"]])
    axes = plot_fit(Figure().add_subplot(), fit, certificate=record)
    assert _marks(axes) == []
    (bars,) = axes.containers
    segments = bars[2][0].get_segments()
    assert len(segments) == len(fit.bends) > 0
    for segment, bend in zip(segments, fit.bends, strict=True):
        assert segment[1][0] - segment[0][0] == pytest.approx(bend.width, rel=1e-6)
    assert axes.get_title(loc="left") == "proved: optimal, unique, fitted values known to 0.1"


def test_a_knot_far_outside_is_counted_and_does_not_squeeze_the_data() -> None:
    fit = fit_wide_relu([3.0, 3.5, 4.0], [1.0, 1.25, 1.5], lam=0.01)
    assert min(knot.location for knot in fit.knots) < 2.0
    axes = plot_fit(Figure().add_subplot(), fit)
    assert axes.get_xlim()[0] > 2.0
    assert any(label.endswith("more outside this range") for label in _labels(axes))


def test_weights_are_areas_and_many_points_are_an_image() -> None:
    axes = plot_fit(Figure().add_subplot(), fit_wide_relu(X, Y, lam=0.1), X, Y, [1.0, 2.0, 4.0, 0.0])
    sizes = axes.collections[0].get_sizes()
    assert (sizes / sizes[2]).tolist() == [0.25, 0.5, 1.0, 0.0]
    assert not axes.collections[0].get_rasterized()
    x = np.linspace(0.0, 1.0, 3000)
    many = plot_fit(Figure().add_subplot(), fit_wide_relu(x, x, lam=0.1), legend=False)
    assert many.collections[0].get_rasterized()
    assert many.get_legend() is None


def test_the_legend_hides_no_knot() -> None:
    x = np.linspace(-3.0, 3.0, 200)
    fit = fit_wide_relu(x, np.sin(3.0 * x), lam=1e-3)
    figure = Figure(figsize=(7.0, 4.0))
    FigureCanvasAgg(figure)
    axes = plot_fit(figure.add_subplot(), fit)
    figure.canvas.draw()
    box = axes.get_legend().get_window_extent()
    marks = axes.transData.transform([mark[:2] for mark in _marks(axes)])
    assert len(marks) > 4
    assert np.max(marks[:, 1]) < box.y0


def test_a_certificate_of_another_fit_is_refused() -> None:
    """A picture that calls three open knots "proved: 1 knot" would be a lie; the other fit differs by 1 % in λ."""
    rows = X.reshape(-1, 1)
    for beta in (math.inf, 1e3):
        own, other = (WideReLURegressor(lam=lam, beta=beta).fit(rows, Y) for lam in (0.1, 0.101))
        for fit in (own, own.fit_):
            axes = Figure().add_subplot()
            with pytest.raises(MeanFieldInputError, match="certificate is of another fit"):
                plot_fit(axes, fit, certificate=other.certify(3 if math.isinf(beta) else 6))
            assert not axes.lines
        axes = own.plot(Figure().add_subplot(), certificate=own.certify(2))  # few digits are no other fit
        assert axes.get_title(loc="left").startswith("proved")


def test_what_cannot_be_drawn_is_named() -> None:
    axes, model = Figure().add_subplot(), WideReLURegressor(lam=0.1).fit(X.reshape(-1, 1), Y)
    with pytest.raises(MeanFieldInputError, match="sample_weight is given without x and y"):
        model.plot(axes, sample_weight=np.ones(4))
    with pytest.raises(MeanFieldInputError, match="X has 2 features"):
        model.plot(axes, np.column_stack([X, X]), np.concatenate([Y, Y]))
    for fit in (WideReLURegressor(), None):
        with pytest.raises(MeanFieldInputError, match=r"fit is of type (WideReLURegressor|NoneType)"):
            plot_fit(axes, fit)  # type: ignore[arg-type]
    assert not axes.lines


def test_one_point_and_equal_points() -> None:
    for x, y in (([0.0], [1.0]), ([7.0, 7.0], [1.0, 2.0])):
        low, high = plot_fit(Figure().add_subplot(), fit_wide_relu(x, y, lam=0.1)).get_xlim()
        assert low < x[0] < high


@pytest.mark.parametrize(
    ("x", "y", "problem"),
    [
        (X, None, "y is missing"),
        (None, Y, "x is missing"),
        (X, Y[:2], "y has 2 values"),
        (X, [1.0, 2.0, math.nan, 0.0], r"y\[2\] is nan"),
        (1e120 * X, Y, "x holds -3.33333e"),
    ],
)
def test_rows_that_cannot_be_drawn_are_named(x: Any, y: Any, problem: str) -> None:
    axes = Figure().add_subplot()
    with pytest.raises(MeanFieldInputError, match=problem):
        plot_fit(axes, fit_wide_relu(X, Y, lam=0.1), x, y)
    assert not axes.lines
    assert not axes.collections
