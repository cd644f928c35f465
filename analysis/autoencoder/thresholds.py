"""Thresholds of three and four levels, the least gap at finite dimension, and the sphere's floor against the rate."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_LET, coefficients
from .series import ODD
from .setting import DECLARE, HYPS


def _upper(t: str) -> str:
    return f"(1 - erf(({t})/sqrt(2)))"  # twice the probability beyond t


def _density(t: str) -> str:
    return f"(2*exp(-({t})**2/2)/sqrt(2*pi))"  # twice the density at t


def build_lloyd_values(low: str = "61200/100000", high: str = "61201/100000") -> Proof:
    """Return the derivation of where the stationarity of Lloyd and Max's quantisers with 3 and 4 levels changes sign.

    A threshold t is half-way between the values beside it, which are cell means. With three levels 0 and the mean v
    beyond t, 2 t = v = phi(t)/(1 - Phi(t)): between 0.61200 and 0.61201. With four levels the means below and beyond t
    add up to 2 t: between 0.98159 and 0.98160. By interval arithmetic. S. P. Lloyd, IEEE Trans. Inf. Theory 28 (1982),
    for the conditions.

    Arguments:
        low: knob of the mutant, the lower end for three levels.
        high: knob of the mutant, the upper end for three levels.

    Returns:
        The derivation.

    Example:
        >>> len(build_lloyd_values().steps)
        5
    """

    def beyond(t: str) -> str:
        return f"{_density(t)}/{_upper(t)}"

    def below(t: str) -> str:
        return f"({_density('0')} - {_density(t)})/(1 - {_upper(t)})"

    three = [f"2*({low}) < {beyond(low)}", f"{beyond(high)} < 2*({high})"]
    a, b = "98159/100000", "98160/100000"
    four = [f"2*({a}) < {beyond(a)} + {below(a)}", f"{beyond(b)} + {below(b)} < 2*({b})"]
    steps = [step(f"sign_{k}", "enclosure", text) for k, text in enumerate([*three, *four])]
    goal = " and ".join([*three, *four])
    steps.append(step("goal", "sign", goal, *(f"sign_{k}" for k in range(4))))
    return Proof(Statement(goal), steps)


def build_floor_law(count: str = "n") -> Proof:
    """Return the derivation: d times the gap to the bound is at least q (r - 1)^2/((r + alpha)(r + alpha + e)), n > d.

    q = (c_3/c_1)^2 and e = q (r - 1)^2/(n - 1), which tends to 0 as d grows at a given rate: the lower limit of d times
    the gap is at least q (r - 1)^2/(r + alpha)^2, for every encoder, decoder and odd activation. From the sharper bound
    at finite dimension. Derived in this project.

    Arguments:
        count: knob of the mutant, what multiplies (r - 1)^2 over the number of units.

    Returns:
        The derivation.

    Example:
        >>> build_floor_law().statement.goal.startswith("w(0)*(r - 1)**2*n/n <= ")
        True
    """
    let = {**BOUND_LET, "e_": "w(0)*(r - 1)**2/(n - 1)"}
    goal = f"w(0)*(r - 1)**2*{count}/n <= d*(risk - (1 - r/(r + alpha)))*(r + alpha)*(r + alpha + e_)"
    hyps = {
        **{k: HYPS[k] for k in ("dimension", "unit", "square_integrable", "coefficient", "nonzero")},
        "odd": ODD,
        "two": "2 <= n",
        "wide": "d <= n",
    }
    steps = [
        *(s for s in coefficients() if s["id"] not in ("bessel", "bessel_odd", "bessel_rest", "summable")),
        step("bound", "apply", "1 - r/(r + alpha + e_) <= risk", "claim:ae.bound-etf", *hyps),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "two", terms=[["c:1", "two"], ["c:2"]]),
        step("last", "certificate", "0 < n - 1", "two", terms=[["c:1", "two"], ["c:1"]]),
        step("r_positive", "sign", "0 < n/d", "n_positive", "d_positive"),
        step("weight_0", "apply", "0 <= w(0)", "weights", at={"p": "0"}),
        step("excess", "certificate", "0 <= e_", "weight_0", "last", terms=[["weight_0", "sq:r - 1", "c:1/(n - 1)"]]),
        step(
            "narrow",
            "certificate",
            "0 < r + alpha",
            "r_positive",
            "a",
            "alpha",
            terms=[["r_positive"], ["a"]],
            combine={"alpha": "1"},
        ),
        step("wider", "certificate", "0 < r + alpha + e_", "narrow", "excess", terms=[["narrow"], ["excess"]]),
        step(
            "goal",
            "certificate",
            goal,
            "bound",
            "narrow",
            "wider",
            "d_positive",
            "n_positive",
            "last",
            "excess",
            terms=[["c:d", "narrow", "wider", "bound"], ["excess"]],
            prose="The difference is d (r + alpha)(r + alpha + e) times the sharper bound's, and e.",
        ),
    ]
    example = {"n": "2", "d": "1", "b(i,k)": "delta(k, 1)", "sigma(x)": "x**3 - 2*x", "c1": "1", "A(k,i)": "1/14"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_units(units: str = "alpha*d*(1 - F)/F") -> Proof:
    """Return the derivation: a floor F exceeds the rate bound iff n > alpha d (1 - F)/F; for the sign from 5, 10 units.

    The floor of the sphere, 1 - pi/4 in the plane and 1 - 8/(3 pi) in space, is above the sign's rate bound from n = 5
    and n = 10 on, not before: the rate bound tends to 0 with n, the risk does not. Derived in this project.

    Arguments:
        units: knob of the mutant, the number of units.

    Returns:
        The derivation.

    Example:
        >>> build_units().statement.goal.count("Imp")
        2
    """
    bound = "(1 - n/d/(n/d + alpha))"
    above = f"Imp({units} < n, {bound} < F)"
    below = f"Imp({bound} < F, {units} < n)"
    sign = "(1 - {0}/{1}/({0}/{1} + pi/2 - 1))"
    plane = f"{sign.format(5, 2)} < 1 - pi/4 and 1 - pi/4 < {sign.format(4, 2)}"
    space = f"{sign.format(10, 3)} < 1 - 8/(3*pi) and 1 - 8/(3*pi) < {sign.format(9, 3)}"
    goal = f"{above} and {below} and {plane} and {space}"
    steps = [
        step(
            "sum",
            "certificate",
            "0 < n + alpha*d",
            "units",
            "curved",
            "dimension",
            terms=[["units"], ["curved", "dimension"]],
        ),
        step("value", "identity", f"{bound} == alpha*d/(n + alpha*d)", "sum", "dimension"),
        step("above", "arithmetic", above, "value", "sum", "floor"),
        step("below", "arithmetic", below, "value", "sum", "floor"),
        *(step(f"size_{k}", "enclosure", text) for k, text in enumerate(f"{plane} and {space}".split(" and "))),
        step("goal", "sign", goal, "above", "below", *(f"size_{k}" for k in range(4))),
    ]
    hyps = {"dimension": "0 < d", "units": "0 < n", "curved": "0 < alpha", "floor": "0 < F"}
    example = {"d": "2", "n": "5", "alpha": "1/2", "F": "1/5"}
    return Proof(Statement(goal, hyps, declare="n,d:N", inhabited=example), steps)
