"""Figures 1, 6b, 7 and 8: the curves that the paper draws against exact limits, and training as it describes it."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from ...numerics.meanfield import TrainedNetwork, WideReluFit, fit_wide_relu
from ...numerics.meanfield.paper_figures import Panel, panel, train_panel
from ..claim import Claim, Evidence, Mutant, Text

Array = NDArray[np.float64]

_NO_PENALTY = 1e-6  # stands for λ → 0⁺
_LINE = 0.012  # width of the line in the panels of Figure 8, in units of their axes
_NEAR = 0.1  # of a datum, within which a drawn knot counts as at it
_TURN = 0.2  # change of slope from which a corner of a drawn curve counts as a knot


@cache
def _limit(name: str, lam: float | None = None) -> WideReluFit:
    of = panel(name)
    return fit_wide_relu(of.x, of.y, lam=(of.lam or _NO_PENALTY) if lam is None else lam)


def _grid(of: Panel) -> Array:
    return np.linspace(of.low, of.high, 1001)


def _drawn(of: Panel) -> Array:
    return np.interp(_grid(of), *of.drawn)


def _distance(name: str, values: Array) -> float:
    return float(np.max(np.abs(_drawn(panel(name)) - values)))


def _drawn_knots(of: Panel) -> list[float]:
    """Places of the drawn curve's corners: those within a hundredth of the range together count as one."""
    x, f = of.drawn
    turn = np.diff(np.diff(f) / np.diff(x))
    groups: list[list[int]] = []
    for k in range(len(turn)):
        if groups and x[k + 1] - x[groups[-1][-1] + 1] < 0.01 * (of.high - of.low):
            groups[-1].append(k)
        else:
            groups.append([k])
    return [
        float(np.average(x[np.array(g) + 1], weights=np.abs(turn[g]) + 1e-12))
        for g in groups
        if abs(float(np.sum(turn[g]))) > _TURN
    ]


def _off_data(of: Panel) -> list[float]:
    return [t for t in _drawn_knots(of) if min(abs(t - x) for x in of.x) > _NEAR]


def _listed(values: list[float]) -> str:
    return ", ".join(f"{v:.3g}" for v in values) or "none"


def _knots_off_data(name: str, between: tuple[tuple[float, float], ...], expected: bool) -> Evidence:
    found = _off_data(panel(name))
    inside = all(any(a < t < b for t in found) for a, b in between)
    return Evidence(f"drawn knots away from the data, Figure {name}", _listed(found), inside is expected,
                    tolerance=f"{_NEAR:g}", reason="corners of the vector graphic further off than this")  # fmt: skip


def _apart(name: str, other: str, values: Array, least: float, expected: bool = True) -> Evidence:
    found = _distance(name, values)
    return Evidence(f"largest distance of Figure {name} as drawn from {other}", f"{found:.3g}",
                    (found > least) is expected, tolerance=f"{least:g}", reason="over five line widths")  # fmt: skip


def _reference(name: str) -> Array:
    return _limit(name).predict(_grid(panel(name)))


def figure_1(off_data: bool = True, apart: bool = True) -> list[Evidence]:
    """Read the knots of Figure 1a and 1b, and compare 1a with the limit of a vanishing penalty."""
    knots = [k.location for k in _limit("1a").knots]
    return [
        _knots_off_data("1a", ((-4.0, 0.0), (0.0, 4.0)), off_data),
        _knots_off_data("1b", ((4.0, 5.0), (6.0, 7.0)), off_data),
        _apart("1a", f"the limit λ → 0⁺, knots {_listed(knots)}", _reference("1a"), 1.0, apart),
    ]


def figure_6b(nearer: str = "limit") -> list[Evidence]:
    """Compare Figure 6b with f* of the paper and with the limit of a vanishing penalty."""
    of = panel("6b")
    star = _distance("6b", 0.2 * np.abs(_grid(of)))
    limit = _distance("6b", _reference("6b"))
    at_zero = float(np.interp(0.0, *of.drawn))
    return [
        Evidence("value drawn at 0, where f* is 0", f"{at_zero:.3g}", at_zero > 0.05, tolerance="0.05",
                 reason="three widths of the line drawn"),
        Evidence("largest distances from f* and from the limit λ → 0⁺", f"{star:.3g}, {limit:.3g}",
                 (limit < star) is (nearer == "limit") and max(star, limit) < 0.1, tolerance="0.1",
                 reason="the limit has two knots, at -1/10 and 1/10 (mf.sec6-min)"),
    ]  # fmt: skip


def figure_7(off_data: bool = True, apart: bool = True) -> list[Evidence]:
    """Read the knots of Figure 7c, and compare it with the limit of a vanishing penalty."""
    knots = [k.location for k in _limit("7c").knots]
    return [
        _knots_off_data("7c", ((4.0, 5.0), (6.0, 7.0)), off_data),
        _apart("7c", f"the limit λ → 0⁺, knots {_listed(knots)}", _reference("7c"), 0.25, apart),
    ]


def figure_8a(temperature: float = 0.01) -> list[Evidence]:
    """Hold the settings of Figure 8a against assumption A1."""
    rate = panel("8a").lam / temperature
    return [
        Evidence("β λ, which A1 wants at least 1", f"{rate:.3g}", rate < 1.0, tolerance="1",
                 reason="A1 asks for β ≥ 1/λ"),
    ]  # fmt: skip


def figure_8c(lam: float | None = None) -> list[Evidence]:
    """Compare Figure 8c with the exact limit at its penalty."""
    fit = _limit("8c", lam)
    found = _distance("8c", fit.predict(_grid(panel("8c"))))
    knots = [k.location for k in fit.knots]
    return [
        Evidence("largest distance of Figure 8c as drawn from the exact limit", f"{found:.3g}", found < _LINE,
                 tolerance=f"{_LINE:g}", reason=f"the width of the line drawn; the limit's knots are {_listed(knots)}"),
    ]  # fmt: skip


@cache
def _trained(name: str, neurons: int) -> TrainedNetwork:
    return train_panel(panel(name), neurons=neurons)


def wider(name: str = "8c") -> list[Evidence]:
    """Train the panel with 500 and with 2000 neurons and compare their averages over the second half at the data."""
    narrow, wide = (_trained(name, n).mean_fitted for n in (500, 2000))
    found = float(np.max(np.abs(narrow - wide)))
    return [
        Evidence(f"distance of the averages of 500 and 2000 neurons, Figure {name}", f"{found:.2g}", found < _LINE,
                 tolerance=f"{_LINE:g}", reason="the width of the line drawn; measured 0.0009", seed=0),
    ]  # fmt: skip


_CURVES = Text("The curves are the vector graphics of the article, read in the units of their axes.")
_ONLY_DATA = Mutant("knots-at-data", "control", {"off_data": False},
                    prose="knots at data points only; read from the drawing, without chance")  # fmt: skip
_IS_LIMIT = Mutant("is-the-limit", "control", {"apart": False},
                   prose="the limit of a vanishing penalty; read from the drawing, without chance")  # fmt: skip

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.fig-1",
        title="knots between the data in Figure 1",
        paper="jmlr", relation="as-claimed", locator="Figure 1, p. 3", kind="empirical", expected="supported",
        statement=Text(
            "The curves (a) and (b) have knots away from the data; (a), drawn for λ = 0, is not the limit λ → 0⁺."
        ),
        hypotheses=(_CURVES,),
        evidence=figure_1,
        mutants=(_ONLY_DATA, _IS_LIMIT),
    ),
    Claim(
        id="mf.fig-6b",
        title="Figure 6b, f* and the minimiser",
        paper="jmlr", relation="as-claimed", locator="Figure 6b, p. 33", kind="empirical", expected="supported",
        statement=Text(
            "The curve drawn for λ = 0 lies within 0.1 of f* but misses its corner, and is nearer to the limit λ → 0⁺."
        ),
        hypotheses=(_CURVES,),
        evidence=figure_6b,
        mutants=(Mutant("f-star-nearer", "swap", {"nearer": "star"},
                        prose="f* is the nearer one; read from the drawing, without chance"),),
    ),
    Claim(
        id="mf.fig-7",
        title="knots between the data in Figure 7",
        paper="jmlr", relation="as-claimed", locator="Figure 7c, p. 37", kind="empirical", expected="supported",
        statement=Text(
            "The curve (c), drawn for λ = 0, has knots inside [4, 5] and [6, 7], and is not the limit λ → 0⁺."
        ),
        hypotheses=(_CURVES,),
        evidence=figure_7,
        mutants=(_ONLY_DATA, _IS_LIMIT),
    ),
    Claim(
        id="mf.fig-8a-A1",
        title="Figure 8a is outside assumption A1",
        paper="jmlr", relation="as-claimed", locator="Figure 8a, p. 39; A1, p. 13", kind="empirical",
        expected="supported",
        statement=Text("At β = 100 and λ = 0.003 the product βλ is 0.3, where A1 asks for 1.", r"\beta\lambda=0.3<1"),
        evidence=figure_8a,
        mutants=(Mutant("colder", "constant", {"temperature": 0.001}, prose="at β = 1000 it is inside"),),
    ),
    Claim(
        id="mf.fig-8c",
        title="Figure 8c is the exact limit",
        paper="own", relation="new", locator="Figure 8c, p. 39", kind="empirical", expected="supported",
        statement=Text("The curve drawn for λ = 0.003 without noise is the exact limit, to the width of its line."),
        hypotheses=(_CURVES,),
        evidence=figure_8c,
        mutants=(
            Mutant("penalty", "constant", {"lam": 0.01}, prose="the limit at λ = 0.01, 0.16 away"),
            Mutant("no-penalty", "constant", {"lam": 1e-6}, prose="the limit λ → 0⁺, 0.2 away"),
        ),
    ),
    Claim(
        id="mf.sec7-N",
        title="wider networks give the same plot",
        paper="jmlr", relation="as-claimed", locator="Section 7, p. 38", kind="empirical", expected="supported",
        statement=Text(
            "Trained with 500 and with 2000 neurons, Figure 8c is the same to the width of its line, once the noise of"
            " one-row steps is averaged out."
        ),
        hypotheses=(Text("50 000 epochs, s = 1/500 for both, initial weights N(0, 1), seed 0."),),
        evidence=wider,
        mutants=(
            Mutant("no-penalty", "hypothesis", {"name": "7c"},
                   prose="Figure 7c, without a penalty, where training ends at different networks"),
        ),
        slow=True,
        reason="a long simulation; run with --full",
    ),
)  # fmt: skip
