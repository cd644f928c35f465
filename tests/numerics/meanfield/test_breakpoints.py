"""Breakpoints of the path in λ: between them the knots stay what they are, at them they change as is said."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from lemmata.numerics.meanfield import WideReluPath, fit_wide_relu, wide_relu_path

Array = NDArray[np.float64]


def _cells(x: Array, path: WideReluPath, lam: float) -> list[tuple[int, int]]:
    """Knots of a fit as (index of their interval or datum, sign), to be compared along the path."""
    inputs = np.unique(x)
    found = []
    for knot in path.at(lam).knots:
        low = int(np.searchsorted(inputs, knot.location))
        at = low < len(inputs) and inputs[low] == knot.location
        found.append((2 * low if at else 2 * low - 1, int(np.sign(knot.slope_change))))
    # A unit common to all data whose slope changes its sign takes its knot from one outside of the data to the other.
    return sorted((-1 if cell == 2 * len(inputs) - 1 else cell, sign) for cell, sign in found)


def _random(seed: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    size, offset = int(rng.integers(2, 20)), float(rng.choice([0.0, 1.0, 10.0, 1000.0]))
    x = offset + rng.standard_normal(size)
    if seed % 5 == 0:
        x = np.round(x)
    y = np.sin(3 * x) + rng.standard_normal(size) + rng.choice([0.0, 3.0])
    if seed % 7 == 0:
        return np.concatenate([x, -x]), np.concatenate([y, y])
    return x, y


@pytest.mark.parametrize("seed", [0, 1, 3, 4, 5, 7, 9])
def test_the_knots_change_at_the_breakpoints_only(seed: int) -> None:
    """Separate fits just above, in the middle of and just below each gap between breakpoints have the same knots."""
    x, y = _random(seed)
    path = wide_relu_path(x, y, n_lams=2, ratio=1e-2)
    assert path.unresolved == ()
    points = path.breakpoints
    assert points[0].lam == pytest.approx(path.lam_max, rel=1e-14)
    assert max(point.error / point.lam for point in points) < 1e-9
    changed = 0
    for k, (high, low) in enumerate(pairwise([*(point.lam for point in points), float(path.lams[-1])])):
        assert high >= low
        if high / low < 1 + 1e-7:
            continue
        inside = [_cells(x, path, low * (high / low) ** share) for share in (0.01, 0.5, 0.99)]
        assert inside[0] == inside[1] == inside[2]
        assert len(inside[0]) == points[k].knots_below
        changed += 1
    assert changed >= 1


@pytest.fixture(scope="module")
def sine() -> tuple[Array, Array, WideReluPath]:
    """Noisy values of a sine, and their path over three decades."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-1, 1, 20)
    y = np.sin(3 * x) + 0.1 * rng.standard_normal(20)
    return x, y, wide_relu_path(x, y, n_lams=2)


def test_what_happens_at_a_breakpoint(sine: tuple[Array, Array, WideReluPath]) -> None:
    x, y, path = sine
    inputs = np.sort(x)
    kinds = set()
    for point in path.breakpoints:
        below = [knot.location for knot in fit_wide_relu(x, y, lam=point.lam * (1 - 1e-7)).knots]
        above = [knot.location for knot in fit_wide_relu(x, y, lam=point.lam * (1 + 1e-7)).knots]
        assert (len(above), len(below)) == (point.knots_above, point.knots_below)
        for event in point.events:
            kinds.add(event.kind)
            if event.location is None:
                continue
            if event.datum is not None:
                assert event.location == pytest.approx(inputs[event.datum], abs=1e-12)
            here = {
                "reaches": (False, True), "departs": (True, False), "enters": (False, True), "leaves": (True, False),
            }.get(event.kind)  # fmt: skip
            if here is not None and event.datum is not None:  # a knot exactly on the datum above and below
                assert (event.location in above, event.location in below) == here
    assert {"enters", "reaches", "departs", "merges", "balances"} <= kinds
    assert sum(point.knots_below - point.knots_above for point in path.breakpoints) == path.knot_count[-1]


def test_the_phase_balances_where_the_residuals_lose_mean_and_slope(sine: tuple[Array, Array, WideReluPath]) -> None:
    x, y, path = sine
    (lam,) = [point.lam for point in path.breakpoints for event in point.events if event.kind == "balances"]
    for factor, balanced in ((1 + 1e-4, False), (1 - 1e-4, True)):
        r = path.at(lam * factor).fitted - y
        assert (max(abs(np.mean(r)), abs(np.mean(r * x))) < 1e-13) == balanced


def test_the_first_knots_of_two_points_enter_together() -> None:
    (point,) = wide_relu_path([-10.0, 10.0], [2.0, 2.0], n_lams=2).breakpoints
    assert point.lam == pytest.approx(np.sqrt(101), rel=1e-15)
    assert sorted(event.location for event in point.events if event.location) == pytest.approx([-0.1, 0.1], rel=1e-6)
    assert (point.knots_above, point.knots_below) == (0, 2)


def test_a_constant_has_no_breakpoint() -> None:
    path = wide_relu_path([-1.0, 1.0], [1.0, 1.0], n_lams=3)
    assert (path.breakpoints, path.unresolved, path.lam_max) == ((), (), 1.0)


def test_no_breakpoint_above_the_largest_penalty() -> None:
    path = wide_relu_path([0.0, 1.0, 3.0], [1.0, -1.0, 2.0], lams=[100.0, 50.0])
    assert (path.breakpoints, path.knot_count.tolist()) == ((), [0, 0])
    path = wide_relu_path([0.0, 1.0], [0.0, 0.0], lams=[1.0])
    assert path.breakpoints == ()


def test_a_knot_that_takes_over_from_one_next_to_it_enters_before_the_other_leaves() -> None:
    """Two knots 8e-4 apart share a bend while λ falls by 2.3e-5 of itself: the fit does not jump from one to the other.

    Their weights are known to 1e-8 only, as rounding moves them; the λ at which either is 0 is far better known.
    """
    rng = np.random.default_rng(0)
    rng.uniform(-2, 2, 30), rng.standard_normal(30)
    x = rng.uniform(-2, 2, 200)
    y = np.sin(3 * x) + 0.1 * rng.standard_normal(200)
    path = wide_relu_path(x, y, lams=[0.2225])
    assert path.unresolved == ()
    enters, leaves = path.breakpoints[2:]
    assert [event.kind for point in (enters, leaves) for event in point.events] == ["enters", "leaves"]
    assert max(enters.error, leaves.error) < 1e-11
    (new,), (old,) = enters.events, leaves.events
    assert new.location is not None
    assert old.location is not None
    change = []
    for share in (0.01, 0.5, 0.99):
        knots = fit_wide_relu(x, y, lam=enters.lam + share * (leaves.lam - enters.lam)).knots
        assert len(knots) == enters.knots_below == leaves.knots_above == 3
        assert knots[0].location == pytest.approx(new.location, abs=1e-6)
        assert knots[1].location == pytest.approx(old.location, abs=1e-6)
        change.append((knots[0].slope_change, knots[1].slope_change))
    total = sum(change[1])
    # One grows from 0 as the other falls to 0, in proportion to the way.
    assert np.array(change) / total == pytest.approx(np.array([[0.01, 0.99], [0.5, 0.5], [0.99, 0.01]]), abs=1e-3)


def test_a_path_to_penalties_below_the_rounding_of_the_targets_ends_there() -> None:
    path = wide_relu_path([0.0, 1.0, 3.0], [1.0, -1.0, 2.0], n_lams=2, ratio=1e-40)
    assert len(path.breakpoints) == 5
    assert max(point.error for point in path.breakpoints) < 1e-12
    assert path.unresolved == ((path.lams[-1], pytest.approx(1e-14 * path.lam_max)),)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_knot_from_outside_reaches_the_last_datum_as_it_does_the_first(sign: float) -> None:
    """Left of the data and right of them is one cell of the circle, beside both ends."""
    rng = np.random.default_rng(173)
    x, y = sign * rng.standard_normal(5), 3.0 + rng.standard_normal(5)
    path = wide_relu_path(x, y, n_lams=2, ratio=1e-2)
    datum = 4 if sign > 0 else 0
    ((lam, event),) = [
        (point.lam, event) for point in path.breakpoints for event in point.events if event.datum == datum
    ]
    end = sign * float(np.max(sign * x))
    assert (event.kind, event.location) == ("reaches", end)
    outside = [sign * (knot.location - end) for knot in path.at(lam * (1 + 1e-3)).knots]
    assert 0 < max(outside) < 1e-2
    assert end in [knot.location for knot in path.at(lam * (1 - 1e-3)).knots]
