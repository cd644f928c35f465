"""The derivations on knots, optimality and the two-point problem: they hold, and nothing weaker passes for them."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemmata.analysis.kernel.derivation import inhabited, refuted_by, replay
from lemmata.analysis.meanfield import (
    balance,
    knots,
    minimiser_knots,
    optimality,
    section_6,
    three_attained,
    two_point,
)
from lemmata.analysis.proof import Proof
from lemmata.claims.claim import Claim
from lemmata.claims.meanfield import errata, section_4
from lemmata.claims.meanfield import knots as knot_claims
from lemmata.claims.meanfield import section_6 as section_6_claims
from lemmata.claims.verdict import Library

_ALL: dict[str, Claim] = {
    c.id: c for module in (knot_claims, section_4, section_6_claims, errata) for c in module.CLAIMS
}


@pytest.mark.parametrize("counterpart", [(n, c.counterpart) for n, c in _ALL.items() if c.counterpart])
def test_errata_come_in_pairs(counterpart: tuple[str, str]) -> None:
    name, other = counterpart
    assert _ALL[other].counterpart == name
    assert {_ALL[name].expected, _ALL[other].expected} == {"refuted", "proved"}


@pytest.mark.parametrize(
    ("build", "claim"),
    [
        (optimality.build_sufficient, "mf.weak-duality"),
        (knots.build_at_most_three, "mf.knots-two-contacts"),
        (two_point.build_pair, "mf.two-point-lower"),
    ],
)
def test_a_derivation_falls_with_the_claim_it_uses(build: Callable[[], Proof], claim: str) -> None:
    without = Library({n: c for n, c in _ALL.items() if n != claim})
    proof = build()
    outcome = replay(proof.statement, proof.steps, without)
    assert not outcome.proved
    assert claim in outcome.reason


def test_every_statement_is_inhabited() -> None:
    for build in (balance.build_reduction, minimiser_knots.build_minimiser_knots, section_6.build_not_linear):
        assert inhabited(build().statement) == ""


def test_the_exact_instance_refutes_neither_the_theorem_nor_its_neighbour() -> None:
    proof = three_attained.build_three_attained()
    values = {"L": "1", "p(k)": "1", "q(k)": "0", "d(k)": "0"}
    assert not refuted_by(proof.statement, values)[0]


# --- the statements against numbers that come from elsewhere


def _correlation(x: np.ndarray, r: np.ndarray, phi: np.ndarray) -> np.ndarray:
    return np.maximum(np.outer(np.cos(phi), x) + np.sin(phi)[:, None], 0.0) @ r


_POINTS = st.lists(st.tuples(st.floats(-20, 20), st.floats(-3, 3)), min_size=1, max_size=7)


@given(_POINTS, st.floats(-1.5, 4.6))
def test_the_two_sides_in_the_kink(points: list[tuple[float, float]], phi: float) -> None:
    if abs(math.cos(phi)) < 1e-3:
        return
    x, r = np.array(points).T
    t = -math.tan(phi)
    side = np.maximum(math.copysign(1.0, math.cos(phi)) * (x - t), 0.0) @ r
    scale = np.abs(r) @ (1.0 + np.abs(x)) + 1.0
    assert _correlation(x, r, np.array([phi]))[0] == pytest.approx(side / math.hypot(1.0, t), abs=1e-12 * scale)


@given(
    st.lists(st.tuples(st.floats(-10, 10), st.floats(-5, 5)), min_size=1, max_size=6),
    st.lists(st.tuples(st.floats(-5, 5), st.floats(0, 6.3)), max_size=6),
    st.lists(st.floats(-2, 2), min_size=6, max_size=6),
    st.floats(0.01, 3.0),
)
def test_weak_duality_with_its_gap(
    data: list[tuple[float, float]], units: list[tuple[float, float]], dual: list[float], lam: float
) -> None:
    x, y = np.array(data).T
    m = len(x)
    r = np.array(dual[:m])
    turn = np.linspace(0.0, 2.0 * np.pi, 20_001)
    # between the grid's directions the correlation moves by at most its Lipschitz constant times the spacing
    slack = np.abs(r) @ np.hypot(1.0, x) * (turn[1] - turn[0])
    size = np.max(np.abs(_correlation(x, r, turn))) + slack
    r = r * (lam / size if size > lam else 1.0)
    c, phi = np.array(units).T if units else np.zeros((2, 0))
    f = np.maximum(np.outer(x, np.cos(phi)) + np.sin(phi), 0.0) @ c
    primal = np.sum((f - y) ** 2) / (2 * m) + lam * np.sum(np.abs(c))
    value = -m / 2 * r @ r - r @ y + np.sum((f - y - m * r) ** 2) / (2 * m)
    assert value <= primal + 1e-9 * (1.0 + abs(primal) + abs(value))


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.floats(0, 6.2832), st.floats(-2, 2))
def test_no_single_unit_beats_the_two_point_minimum(X: float, Y: float, lam: float, phi: float, share: float) -> None:
    kap = min(1.0, 2.0 / math.hypot(1.0, X))
    p = max(Y - lam * kap, 0.0)
    least = (Y - p) ** 2 / 2 + lam * kap * p
    c = share * Y
    f = [c * max(s * X * math.cos(phi) + math.sin(phi), 0.0) for s in (-1, 1)]
    cost = sum((v - Y) ** 2 for v in f) / 4 + lam * abs(c)
    assert least <= cost * (1 + 1e-12)
