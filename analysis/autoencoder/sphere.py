"""What no number of units recovers: a lower bound on the risk that depends on the dimension alone."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET
from .bound import DECLARE as _DECLARE
from .degrees import DEGREES
from .setting import EXAMPLE, HYPS, LET

#: mu_h is the mean of t^(2h + 2) for a coordinate t of a uniform unit vector of R^d: (2h + 1)!!/(d (d + 2)...(d + 2h)).
MOMENTS = {"start": "mu(0) == 1/d", "moments": "All(l, mu(l + 1) == mu(l)*(2*l + 3)/(d + 2*l + 2))"}
#: On the line t = 1 or -1.
LINE = {**EXAMPLE, "n": "1", "d": "1", "b(i,k)": "delta(k, 1)", "mu(h)": "1"}


def build_sphere_term(gain: str = "mu(h)") -> Proof:
    """Return the derivation of mu_h Tr[BA]^2 <= Tr[A^T A G^(2h+1)] for any number of unit rows.

    With symmetric tensors k_i = b_i^(2h+1) and the rotation-invariant T_c, 0 <= sum_c |sum_i A_ci k_i - t T_c|^2 =
    Tr[A^T A G^(2h+1)] - 2 t Tr[BA] + t^2/mu_h. Derived in this project.

    Arguments:
        gain: knob of the mutant, the moment.

    Returns:
        The derivation.

    Example:
        >>> build_sphere_term().statement.goal
        'trace**2*mu(h) <= Q(h)'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "trace": LET["trace"],
        "AA(i,j)": BOUND_LET["AA(i,j)"],
        "Q(h)": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*h + 1)))",
        "kk(i,j)": "Sum(p, 1, N, k(i, p)*k(j, p))",
        "Tk(c,i)": "Sum(p, 1, N, T(c, p)*k(i, p))",
        "gap(c,p)": "(Sum(i, 1, n, A(c, i)*k(i, p)) - t*T(c, p))**2",
    }
    goal = f"trace**2*{gain} <= Q(h)"
    every = "2*t*trace - t**2/mu(h) <= Q(h)"
    steps = [
        step("powers", "assume", "All(i, All(j, kk(i, j) == G(i, j)**(2*h + 1)))"),
        step("values", "assume", "All(i, All(c, Imp(1 <= c, c <= d, Tk(c, i) == b(i, c)*G(i, i)**h)))"),
        step("lengths", "assume", "Sum(c, 1, d, Sum(p, 1, N, T(c, p)**2)) == 1/mu(h)"),
        step("power", "apply", "kk(i, j) == G(i, j)**(2*h + 1)", "powers", at={"i": "i", "j": "j"}),
        step(
            "entry",
            "identity",
            "AA(i, j)*kk(i, j) == AA(i, j)*G(i, j)**(2*h + 1)",
            "power",
            combine={"power": "AA(i, j)"},
        ),
        step(
            "entry_j",
            "congruence",
            "Sum(j, 1, n, AA(i, j)*kk(i, j)) == Sum(j, 1, n, AA(i, j)*G(i, j)**(2*h + 1))",
            "entry",
        ),
        step("norm", "congruence", "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*kk(i, j))) == Q(h)", "entry_j"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("one_h", "assume", "G(i, i)**h == 1"),
        step("one_next", "identity", "G(i, i)**(h + 1) == 1", "one_h", "row", combine={"one_h": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**h == 1", "one_0", "one_next", on="h", base="0"),
        step("c_lo", "assume", "1 <= c"),
        step("c_hi", "assume", "c <= d"),
        step("value", "apply", "Tk(c, i) == b(i, c)*G(i, i)**h", "values", "c_lo", "c_hi", at={"i": "i", "c": "c"}),
        step(
            "cross_ci",
            "identity",
            "A(c, i)*Tk(c, i) == A(c, i)*b(i, c)",
            "value",
            "one",
            combine={"value": "A(c, i)", "one": "A(c, i)*b(i, c)"},
        ),
        step("cross_c", "congruence", "Sum(i, 1, n, A(c, i)*Tk(c, i)) == Sum(i, 1, n, A(c, i)*b(i, c))", "cross_ci"),
        step(
            "cross",
            "congruence",
            "Sum(c, 1, d, Sum(i, 1, n, A(c, i)*Tk(c, i))) == Sum(c, 1, d, Sum(i, 1, n, A(c, i)*b(i, c)))",
            "cross_c",
        ),
        step("square", "sign", "0 <= gap(c, p)"),
        step("square_p", "monotone", "0 <= Sum(p, 1, N, gap(c, p))", "square"),
        step("squares", "monotone", "0 <= Sum(c, 1, d, Sum(p, 1, N, gap(c, p)))", "square_p"),
        step(
            "expand",
            "identity",
            "Sum(c, 1, d, Sum(p, 1, N, gap(c, p))) == Q(h) - 2*t*trace + t**2/mu(h)",
            "norm",
            "cross",
            "lengths",
            combine={"norm": "1", "cross": "-2*t", "lengths": "t**2"},
        ),
        step(
            "with_tensors",
            "certificate",
            every,
            "squares",
            "expand",
            terms=[["squares"]],
            combine={"expand": "-1"},
            prose="The square of the distance from t times the invariant tensors.",
        ),
        step(
            "for_every_t", "introduce", every, "axiom:invariant-tensor", "with_tensors", "dimension", "start", "moments"
        ),
        *moment_signs("h"),
        step(
            "best_t",
            "apply",
            "2*(trace*mu(h))*trace - (trace*mu(h))**2/mu(h) <= Q(h)",
            "for_every_t",
            put={"t": "trace*mu(h)"},
        ),
        step(
            "goal", "certificate", goal, "best_t", "mu_positive", terms=[["best_t"]], prose="The best t is mu_h Tr[BA]."
        ),
    ]
    hyps = {"dimension": "1 <= d", "unit": HYPS["unit"], **MOMENTS}
    return Proof(
        Statement(goal, hyps, declare="i,j,k,m,c,p:Z n,d,h,l,N:N", let=let, inhabited={**LINE, "h": "1"}),
        steps,
    )


def moment_signs(h: str) -> list[dict[str, Any]]:
    """Return the steps to 0 < mu(h) ("mu_positive") by induction."""
    return [
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("ratio", "certificate", f"0 < d + 2*{h} + 2", "d_positive", terms=[["d_positive"], [f"c:2*{h} + 2"]]),
        step("mu_0", "certificate", "0 < mu(0)", "start", "d_positive", terms=[["c:1/d"]], combine={"start": "1"}),
        step("mu_l", "assume", f"0 < mu({h})"),
        step("next", "apply", f"mu({h} + 1) == mu({h})*(2*{h} + 3)/(d + 2*{h} + 2)", "moments", at={"l": h}),
        step(
            "mu_next",
            "certificate",
            f"0 < mu({h} + 1)",
            "next",
            "mu_l",
            "ratio",
            times=f"d + 2*{h} + 2",
            terms=[["mu_l", f"c:2*{h} + 3"]],
            combine={"next": f"d + 2*{h} + 2"},
        ),
        step("mu_positive", "induction", f"0 < mu({h})", "mu_0", "mu_next", on=h, base="0"),
    ]


def moment_bounds(h: str) -> list[dict[str, Any]]:
    """Return the steps of :func:`moment_signs` and those to mu(h) <= 1 ("mu_high"), by induction too."""
    return [
        *moment_signs(h),
        step(
            "mu_high_0",
            "certificate",
            "mu(0) <= 1",
            "start",
            "dimension",
            "d_positive",
            times="d",
            terms=[["dimension"]],
            combine={"start": "-d"},
        ),
        step("mu_high_l", "assume", f"mu({h}) <= 1"),
        step(
            "mu_high_next",
            "certificate",
            f"mu({h} + 1) <= 1",
            "next",
            "mu_positive",
            "mu_high_l",
            "ratio",
            "dimension",
            times=f"d + 2*{h} + 2",
            terms=[["mu_high_l", f"c:2*{h} + 3"], ["dimension"]],
            combine={"next": f"-(d + 2*{h} + 2)"},
        ),
        step("mu_high", "induction", f"mu({h}) <= 1", "mu_high_0", "mu_high_next", on=h, base="0"),
    ]


def build_bound_sphere(factor: str = "1") -> Proof:
    """Return the derivation of R >= 1 - 1/(d mu), mu = E[t f(t)], for every n.

    t is a coordinate of a uniform unit vector of R^d. The bound does not depend on n: no number of units, with any
    decoder, gets below it. Derived in this project.

    Arguments:
        factor: knob of the mutant, a factor of the gain.

    Returns:
        The derivation.

    Example:
        >>> build_bound_sphere().statement.goal
        '1 - 1/(d*(mu(0) + Series(p, 0, w(p)*mu(p + 1)))) <= risk'
    """
    goal = f"1 - {factor}/(d*(mu(0) + Series(p, 0, w(p)*mu(p + 1)))) <= risk"
    setting = ("dimension", "unit", "square_integrable", "coefficient", "nonzero", "odd")
    steps = [
        *moment_bounds("p"),
        step("low", "apply", "0 < mu(p + 1)", "mu_positive", put={"p": "p + 1"}),
        step("low_p", "certificate", "0 <= mu(p + 1)", "low", terms=[["low"]]),
        step("lows", "generalize", "All(p, 0 <= mu(p + 1))", "low_p"),
        step("high_p", "apply", "mu(p + 1) <= 1", "mu_high", put={"p": "p + 1"}),
        step("highs", "generalize", "All(p, mu(p + 1) <= 1)", "high_p"),
        step(
            "first",
            "apply",
            "trace**2*mu(0) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*0 + 1)))",
            "claim:ae.sphere-term",
            "dimension",
            "unit",
            "start",
            "moments",
            put={"h": "0"},
        ),
        step(
            "degree",
            "apply",
            "trace**2*mu(p + 1) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*(p + 1) + 1)))",
            "claim:ae.sphere-term",
            "dimension",
            "unit",
            "start",
            "moments",
            put={"h": "p + 1"},
            prose="Every degree against the invariant tensors.",
        ),
        step("degree_p", "certificate", "trace**2*mu(p + 1) <= Q(p)", "degree", terms=[["degree"]]),
        step("degrees", "generalize", "All(p, trace**2*mu(p + 1) <= Q(p))", "degree_p"),
        step("first_1", "certificate", "trace**2*mu(0) <= linear", "first", terms=[["first"]]),
        step(
            "bound",
            "apply",
            "1 - 1/(d*(mu(0) + Series(p, 0, w(p)*mu(p + 1)))) <= risk",
            "claim:ae.bound-degrees",
            *setting,
            "mu_0",
            "lows",
            "highs",
            "first_1",
            "degrees",
            put={"v": "mu(0)"},
            symbols={"g(p)": "mu(p + 1)"},
        ),
        step("goal", "sign", goal, "bound"),
    ]
    hyps = {k: v for k, v in BOUND_HYPS.items() if k != "units"} | MOMENTS
    return Proof(
        Statement(goal, hyps, declare=_DECLARE, let={**BOUND_LET, **DEGREES}, inhabited=LINE),
        steps,
    )


def build_bound_combined(last: str = "(n - 1)") -> Proof:
    """Return the derivation of the combination of `ae.bound-etf` and `ae.bound-sphere`, degree by degree, for n >= d.

    R >= 1 - 1/(d s) with s = 1/d + sum_p (c_{2p+3}/c_1)^2 max(1/n + 0^p (r - 1)^2/(n (n - 1)), mu_{p+1}): each degree
    with the larger of what the number of units and what the dimension allow. Derived in this project.

    Arguments:
        last: knob of the mutant, the divisor n - 1.

    Returns:
        The derivation.

    Example:
        >>> "max" in build_bound_combined().statement.goal
        True
    """
    more = f"(n/d - 1)**2/(n*{last})"
    rank = f"(1/n + {more}*0**p)"
    gain = f"max({rank}, mu(p + 1))"
    first, following = rank.replace("0**p", "0**0"), rank.replace("0**p", "0**(p + 1)")
    goal = f"1 - 1/(d*(1/d + Series(p, 0, w(p)*{gain}))) <= risk"
    setting = ("dimension", "unit", "square_integrable", "coefficient", "nonzero", "odd")
    steps = [
        *moment_bounds("p"),
        step("units", "certificate", "1 <= n", "two", terms=[["c:1", "two"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "two", terms=[["c:1", "two"], ["c:2"]]),
        step("last", "certificate", f"0 < {last}", "two", terms=[["c:1", "two"], ["c:1"]]),
        step(
            "cubic",
            "apply",
            f"trace**2*(1/n + {more}) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**3))",
            "claim:ae.cubic-term",
            "dimension",
            "two",
            "wide",
            "unit",
        ),
        step("rank_0", "certificate", f"trace**2*{first} <= Q(0)", "cubic", terms=[["cubic"]]),
        step(
            "higher",
            "apply",
            "trace**2/n <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*(p + 2) + 1)))",
            "claim:ae.cs-rank",
            "units",
            "unit",
            put={"h": "p + 2"},
        ),
        step("rank_next", "certificate", f"trace**2*{following} <= Q(p + 1)", "higher", terms=[["higher"]]),
        step(
            "by_rank",
            "induction",
            f"trace**2*{rank} <= Q(p)",
            "rank_0",
            "rank_next",
            on="p",
            base="0",
            prose="What the number of units allows.",
        ),
        step(
            "sphere",
            "apply",
            "trace**2*mu(p + 1) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*(p + 1) + 1)))",
            "claim:ae.sphere-term",
            "dimension",
            "unit",
            "start",
            "moments",
            put={"h": "p + 1"},
        ),
        step(
            "by_sphere",
            "certificate",
            "trace**2*mu(p + 1) <= Q(p)",
            "sphere",
            terms=[["sphere"]],
            prose="What the dimension allows.",
        ),
        # the larger of two lower bounds, for any numbers
        step("left", "assume", "t*x <= y"),
        step("right", "assume", "t*z <= y"),
        step("either", "arithmetic", "t*max(x, z) <= y", "left", "right"),
        step("either_if", "discharge", "Imp(t*x <= y, t*z <= y, t*max(x, z) <= y)", "either"),
        step(
            "degree",
            "apply",
            f"trace**2*{gain} <= Q(p)",
            "either_if",
            "by_rank",
            "by_sphere",
            put={"t": "trace**2", "x": rank, "z": "mu(p + 1)", "y": "Q(p)"},
        ),
        step("degrees", "generalize", f"All(p, trace**2*{gain} <= Q(p))", "degree"),
        step("z_low", "assume", "0 <= z"),
        step("max_low", "arithmetic", "0 <= max(x, z)", "z_low"),
        step("max_low_if", "discharge", "Imp(0 <= z, 0 <= max(x, z))", "max_low"),
        step("mu_next_positive", "apply", "0 < mu(p + 1)", "mu_positive", put={"p": "p + 1"}),
        step("mu_next_sign", "certificate", "0 <= mu(p + 1)", "mu_next_positive", terms=[["mu_next_positive"]]),
        step("gain", "apply", f"0 <= {gain}", "max_low_if", "mu_next_sign", put={"x": rank, "z": "mu(p + 1)"}),
        step("gains", "generalize", f"All(p, 0 <= {gain})", "gain"),
        step(
            "high_0",
            "certificate",
            f"{first} <= 1",
            "dimension",
            "wide",
            "two",
            "last",
            "n_positive",
            "d_positive",
            times=f"n*{last}*d**2",
            terms=[["wide", "dimension", "c:n"], ["dimension", "last", "c:n*d"]],
        ),
        step("high_next", "certificate", f"{following} <= 1", "units", "n_positive", times="n", terms=[["units"]]),
        step("rank_high", "induction", f"{rank} <= 1", "high_0", "high_next", on="p", base="0"),
        step("mu_next_high", "apply", "mu(p + 1) <= 1", "mu_high", put={"p": "p + 1"}),
        step("x_high", "assume", "x <= 1"),
        step("z_high", "assume", "z <= 1"),
        step("max_high", "arithmetic", "max(x, z) <= 1", "x_high", "z_high"),
        step("max_high_if", "discharge", "Imp(x <= 1, z <= 1, max(x, z) <= 1)", "max_high"),
        step(
            "high",
            "apply",
            f"{gain} <= 1",
            "max_high_if",
            "rank_high",
            "mu_next_high",
            put={"x": rank, "z": "mu(p + 1)"},
        ),
        step("highs", "generalize", f"All(p, {gain} <= 1)", "high"),
        step("linear", "apply", "trace**2/d <= linear", "claim:ae.cs-dim", "dimension"),
        step("first", "certificate", "trace**2*(1/d) <= linear", "linear", terms=[["linear"]]),
        step("v_positive", "sign", "0 < 1/d", "d_positive"),
        step(
            "goal",
            "apply",
            goal,
            "claim:ae.bound-degrees",
            *setting,
            "v_positive",
            "gains",
            "highs",
            "first",
            "degrees",
            put={"v": "1/d"},
            symbols={"g(p)": gain},
        ),
    ]
    hyps = {k: v for k, v in BOUND_HYPS.items() if k != "units"} | {"two": "2 <= n", "wide": "d <= n"} | MOMENTS
    example = {**LINE, "n": "2"}
    return Proof(Statement(goal, hyps, declare=_DECLARE, let={**BOUND_LET, **DEGREES}, inhabited=example), steps)
