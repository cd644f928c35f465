"""The derivations of the integrals: replayed, held against quadrature, and bound to the fast forms of numerics."""

import math
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lemmata.analysis.kernel.derivation import inhabited, instance, replay
from lemmata.analysis.kernel.evaluate import ball, decide
from lemmata.analysis.kernel.parsing import Signature
from lemmata.analysis.kernel.terms import num, substitute
from lemmata.analysis.meanfield import arc, dual, free_energy, gibbs, identities, moment_bound, predictor, sharper
from lemmata.numerics.meanfield.arcs import arc_integral, predictor_curvature

# --- arcs: one formula, three branches, and the fast form

rationals = st.fractions(-1, 1, max_denominator=1000)


def right_side(proof, values):
    statement = proof.statement
    signature = statement.signature()
    return instance(signature.parse_prop(statement.goal), signature, values)[2]


def branch(values):
    """Return the builder whose hypotheses hold at the values, or None."""
    for build in (arc.build_above, arc.build_below):
        statement = build().statement
        signature = statement.signature()
        if all(decide(instance(signature.parse_prop(h), signature, values)) for h in statement.hyps.values()):
            return build
    return None


@given(
    delta=st.fractions(Fraction(1, 50), Fraction(31, 10), max_denominator=100),
    a=rationals, b=st.fractions(-3, 3, max_denominator=100), lam=st.fractions(Fraction(1, 5), 4, max_denominator=50),
)  # fmt: skip
def test_the_arc_integral_is_the_fast_form(delta, a, b, lam):
    a, b = a * lam, b * lam
    values = {"Delta": str(delta), "A": str(a), "B": str(b), "lam": str(lam)}
    build = branch(values)
    assume(build is not None)
    exact = ball(right_side(build(), values), 256)
    g2 = ball(Signature().parse(f"({a})*cos({delta}) + ({b})*sin({delta})"))
    room = 1 - max(abs(float(a)), abs(float(g2))) / float(lam)
    assume(room > 1e-6 and float(delta) < 3.1)
    # the end value and the angle are rounded to doubles: their error grows with 1/room and with 1/sin(Delta)
    tolerance = 1e-14 / room / math.sin(float(delta)) ** 2
    fast = arc_integral(float(delta), float(a), float(g2), float(lam))
    assert abs(fast / float(exact.mid()) - 1) < tolerance


def test_the_three_branches_of_the_arc_meet():
    flat = {"lam": "5", "A": "3", "B": "4", "Delta": "1/4"}
    middle = float(ball(right_side(arc.build_flat(), flat)).mid())
    for b, build in (("39999999/10000000", arc.build_above), ("40000001/10000000", arc.build_below)):
        value = float(ball(right_side(build(), {**flat, "B": b}), 512).mid())
        assert abs(value / middle - 1) < 1e-6


# --- the curvature: the proved formula and the fast form

weights = st.fractions(Fraction(-1, 8), Fraction(1, 8), max_denominator=200)
places = st.fractions(-5, 5, max_denominator=50)


def curvature_of_the_proof(xs, rs, lam, beta, zs, s):
    """Evaluate the stated second derivative, with a number in place of the integral Zs."""
    statement = sharper.build_second_derivative().statement
    signature = statement.signature()
    stated = signature.parse_prop(statement.goal)[2]
    term = substitute(stated[4], {stated[1]: num(s)})
    table = {
        "M": str(len(xs)), "lam": str(lam), "beta": str(beta),
        "x(i)": " + ".join(f"delta(i,{k})*({x})" for k, x in enumerate(xs, 1)),
        "r(i)": " + ".join(f"delta(i,{k})*({r})" for k, r in enumerate(rs, 1)),
    }  # fmt: skip
    kinds = Signature({"i": "Z", "M": "N"})
    return float(ball(without_circle(instance(term, kinds, table), num(zs))).mid())


def without_circle(t, value):
    if t[0] == "int":
        return value
    return tuple(without_circle(s, value) if isinstance(s, tuple) else s for s in t)


@given(
    data=st.lists(st.tuples(places, weights), min_size=1, max_size=4), s=places,
    zs=st.fractions(Fraction(1, 10), 100, max_denominator=50),
    beta=st.fractions(Fraction(1, 50), 1000, max_denominator=50),
)  # fmt: skip
def test_the_curvature_is_the_fast_form(data, s, zs, beta):
    xs, rs = [x for x, _ in data], [r for _, r in data]
    lam = Fraction(4)
    p = sum((r * max(0, x - s) for x, r in data), Fraction(0))
    q = sum((r * max(0, s - x) for x, r in data), Fraction(0))
    assume(max(abs(p), abs(q)) ** 2 < lam**2 * (1 + s**2) * Fraction(99, 100))
    slow = curvature_of_the_proof(xs, rs, lam, beta, zs, s)
    fast = predictor_curvature(float(s), float(p), float(q), float(lam), float(beta), float(zs))
    # Where P = Q = 0 the proof's expression, evaluated to some 38 digits, is not exactly 0.
    assert abs(fast - slow) <= 1e-11 * (abs(slow) + float(abs(p) + abs(q)) / float(beta * zs)) + 1e-30


# --- the reduction to the circle, by quadrature over the weights themselves


def plane(body, kinks):
    """Integrate over the plane of (w, b) by Gauss's rule, split at b = -w t for the kinks t."""
    nodes, shares = np.polynomial.legendre.leggauss(60)
    total = 0.0
    for low, high in ((-9.0, 0.0), (0.0, 9.0)):
        for w, share in zip((high - low) / 2 * nodes + (high + low) / 2, (high - low) / 2 * shares, strict=True):
            ends = sorted([-9.0, 9.0, *(min(9.0, max(-9.0, -w * t)) for t in kinks)])
            for left, right in pairwise(ends):
                b = (right - left) / 2 * nodes + (right + left) / 2
                total += share * (right - left) / 2 * float(shares @ body(w, b))
    return total


def test_partition_function_and_moment_by_quadrature_over_the_weights():
    """Z and the mean of a (w s + b)_+ by quadrature over (w, b), the integral over a done, against the circle."""
    beta, lam, x, r, s = 1.0, 2.0, 1.0, 0.8, 0.5
    root = math.sqrt(2 * math.pi / (beta * lam))

    def side(w, b):
        return r * np.maximum(0.0, w * x + b)

    def weight(w, b):
        return root * np.exp(beta * side(w, b) ** 2 / (2 * lam) - beta * lam * (w * w + b * b) / 2)

    def g(phi):
        return r * max(0, x * mpmath.cos(phi) + mpmath.sin(phi))

    angles = {(turn - math.atan(t)) % (2 * math.pi) for t in (x, s) for turn in (0.0, math.pi)}
    ends = sorted({0.0, 2 * math.pi} | angles)
    zs = mpmath.quad(lambda phi: 1 / (lam**2 - g(phi) ** 2), ends)
    fs = mpmath.quad(
        lambda phi: g(phi) * max(0, s * mpmath.cos(phi) + mpmath.sin(phi)) / (lam**2 - g(phi) ** 2) ** 2, ends
    )
    z = plane(weight, (x, s))
    moment = plane(lambda w, b: -side(w, b) / lam * np.maximum(0.0, w * s + b) * weight(w, b), (x, s))
    assert abs(z / (root * lam / beta * zs) - 1) < 1e-10
    assert abs(moment / (-root * 2 * lam / beta**2 * fs) - 1) < 1e-10


# --- derivations stay general, and dropping a hypothesis stops them

BUILDERS = {
    "partition": gibbs.build_partition, "moment": predictor.build_moment, "lower": gibbs.build_lower,
    "divergent": gibbs.build_divergent, "weak": free_energy.build_weak_duality, "equality": free_energy.build_equality,
    "moments": moment_bound.build_moment_bound, "tangent": dual.build_tangent, "above": arc.build_above,
    "below": arc.build_below, "flat": arc.build_flat, "last": identities.build_last_integral,
}  # fmt: skip


@pytest.mark.parametrize("name", BUILDERS)
def test_every_hypothesis_is_needed(name):
    proof = BUILDERS[name]()
    whole = replay(proof.statement, proof.steps)
    assert whole.proved
    assert not whole.unused_hyps
    assert not inhabited(proof.statement)
    finite = [h for h in proof.statement.hyps if h[-1:].isdigit() and h[0] in "ABCKG"]  # one of these stands for all
    for dropped in proof.statement.hyps.keys() - set(finite[1:]):
        hyps = {k: v for k, v in proof.statement.hyps.items() if k != dropped}
        fewer = type(proof.statement)(proof.statement.goal, hyps, proof.statement.declare, proof.statement.let)
        steps = [{**s, "uses": [u for u in s.get("uses", ()) if u != dropped]} for s in proof.steps]
        assert not replay(fewer, steps).proved, dropped


# --- witnesses: improper integrals in closed form, kinked integrands in balls


@given(
    rate=st.fractions(Fraction(1, 4), 4, max_denominator=8), slope=st.fractions(-2, 2, max_denominator=8),
    power=st.integers(0, 5),
)  # fmt: skip
def test_gaussian_moments_in_closed_form(rate, slope, power):
    value = ball(Signature().parse(f"Int(x,-oo,oo,x**{power}*exp(-({rate})*x**2 + ({slope})*x + 1))"))
    exact = mpmath.quad(
        lambda x: x**power * mpmath.exp(-mpmath.mpf(rate.numerator) / rate.denominator * x * x + float(slope) * x + 1),
        [-30, float(slope / rate) / 2, 30],
    )
    assert abs(float(value.mid()) - float(exact)) < 1e-9 * (1 + abs(float(exact)))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Int(x,-oo,oo,relu(x)*exp(-x**2))", 0.5),
        ("Int(x,-oo,oo,abs(x)**3*exp(-x**2/2))", 4.0),
        ("Int(x,0,oo,x**3*exp(-x**2/2))", 2.0),
        ("Int(w,-oo,oo,Int(b,-oo,oo,relu(b)*exp(-(w**2 + b**2)/2)))", math.sqrt(2 * math.pi)),
    ],
)
def test_improper_integrals_with_kinks(text, value):
    assert abs(float(ball(Signature().parse(text)).mid()) - value) < 1e-12


@pytest.mark.parametrize("text", ["exp(x**2)", "1", "exp(-x)", "exp(-x**2)/x", "x"])
def test_what_does_not_converge_has_no_value(text):
    assert decide(Signature().parse(f"Int(x,-oo,oo,{text}) == 0")) is None
    assert decide(Signature().parse(f"Integrable(x,-oo,oo,{text})")) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("Int(x,0,2*pi,relu(sin(x)))", 2.0), ("Int(x,-1,2,abs(x))", 2.5), ("Int(x,2,-1,abs(x))", -2.5)],
)
def test_kinked_integrands_are_enclosed(text, value):
    enclosure = ball(Signature().parse(text))
    assert enclosure.contains(value)
    assert float(enclosure.rad()) < 1e-2
