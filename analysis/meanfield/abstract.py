"""The abstract of JMLR 23(130), sentence by sentence: each from the claims that carry it."""

from __future__ import annotations

import re

from ..kernel.derivation import Statement
from ..proof import Proof, step
from . import gibbs_minimum, section_4, theorem_2, theorem_2_gibbs, three_attained, two_point
from .chaos import build_empirical_limit
from .gibbs import DECLARE, HYPS, INHABITED, Steps
from .rate import SECOND
from .sharper import LET as SHARPER

_MAP = theorem_2_gibbs.MAP
_WIDE = "2*K*exp(2*K*T)*sqrt(max(1/N,eta))*(sqrt(1+log(N*max(T/eta,1)))+z)"
_ORIGINAL = "K*exp(K*T)*sqrt(max(1/N,eta))*(sqrt(3+log(N*max(T/eta,1)))+z)"


def build_main_result(total: str = "eps+late+wide") -> Proof:
    """Derive the main result: N neurons trained by noisy SGD are near a piecewise linear map with three knots.

    The distance is at most eps (cold enough), plus the flow's distance from its limit at the time T, plus (4.12).

    Arguments:
        total: the bound of the whole error.

    Returns:
        The statement and its derivation (JMLR 23(130), abstract); it uses mf.thm-informal and mf.cor-4.3.

    Example:
        >>> build_main_result().statement.hyps["flow"]
        'abs(fit(t)-flow) <= late'
    """
    informal = theorem_2_gibbs.build_informal().statement
    width = {"N": "1 <= N", "T": "0 <= T", "z": "0 <= z", "K": "0 <= K"}
    statement = Statement(
        f"abs({_MAP}-net) <= {total}",
        {**informal.hyps, **width, "flow": "abs(fit(t)-flow) <= late", "theorem": f"abs(flow-net) <= {_ORIGINAL}"},
        DECLARE,
        {**theorem_2_gibbs.LET, "wide": _WIDE},
        {**informal.inhabited, "N": "1", "T": "0", "z": "0", "K": "1", "eta": "1", "flow": "0", "net": "0",
         "late": "0"},
        informal.inhabited_steps,
    )  # fmt: skip
    steps = [
        step("cold-limit", "apply", f"abs(fit(t)-{_MAP}) <= eps", "claim:mf.thm-informal", *informal.hyps,
             prose="The Gibbs predictor is nearly piecewise linear."),
        step("turn", "arithmetic", "Imp(abs(p0-p1) <= w, abs(p1-p0) <= w)"),
        step("near", "apply", f"abs({_MAP}-fit(t)) <= eps", "turn", "cold-limit",
             put={"p0": "fit(t)", "p1": _MAP, "w": "eps"}),
        step("sum", "apply", f"abs({_MAP}-net) <= eps+late+wide", "claim:mf.cor-4.3", *width, "near", "flow",
             "theorem",
             put={"t": "T", "eps": "eta", "limit": _MAP, "gibbs": "fit(t)", "near": "eps"},
             prose="The trained network is near the Gibbs predictor."),
        step("goal", "certificate", statement.goal, "sum", terms=[["sum"]]),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_flow(scale: str = "sqrt(delta)") -> Proof:
    """Derive that SGD is captured by the flow as the number of neurons grows: its error vanishes.

    Arguments:
        scale: how delta enters.

    Returns:
        The statement and its derivation (JMLR 23(130), abstract); it uses mf.rho-hat-limit.

    Example:
        >>> build_flow().statement.goal
        'err <= C*(sqrt(D+1)+sqrt(2))*sqrt(delta)'
    """
    limit = build_empirical_limit().statement
    statement = Statement(f"err <= C*(sqrt(D+1)+sqrt(2))*{scale}", limit.hyps, inhabited=limit.inhabited)
    steps = [
        step("limit", "apply", limit.goal, "claim:mf.rho-hat-limit", *limit.hyps),
        step("goal", "arithmetic", statement.goal, "limit"),
    ]
    return Proof(statement, steps)


def build_unique_gibbs(half: str = "1/(2*M)") -> Proof:
    """Derive that the Gibbs law of its own residuals minimises the free energy, and what minimises it fits the same.

    Arguments:
        half: the factor of the squared distance of the fitted values.

    Returns:
        The statement and its derivation (JMLR 23(130), abstract); it uses mf.eq-3.6 and mf.eq-3.5-min.

    Example:
        >>> build_unique_gibbs().statement.goal[-38:]
        'All(j, Imp(1<=j, j<=M, f(j) == h(j))))'
    """
    unique = gibbs_minimum.build_unique().statement
    hyps = {name: text for name, text in unique.hyps.items() if name != "rival"}
    least = f"Fq+{half}*Sum(i,1,M,(f(i)-h(i))**2) <= F"
    same = f"Imp(F <= Fq, {unique.goal})"
    statement = Statement(f"{least} and {same}", hyps, unique.declare, unique.let, unique.inhabited)
    steps = [
        step("least", "apply", "Fq+1/(2*M)*Sum(i,1,M,(f(i)-h(i))**2) <= F", "claim:mf.eq-3.6", *hyps),
        step("least'", "certificate", least, "least", terms=[["least"]]),
        step("rival", "assume", "F <= Fq"),
        step("unique", "apply", unique.goal, "claim:mf.eq-3.5-min", *hyps, "rival"),
        step("same", "discharge", same, "unique"),
        step("goal", "sign", statement.goal, "least'", "same"),
    ]
    return Proof(statement, steps)


def build_vanishing_curvature(square: str = "delta**2") -> Proof:
    """Derive that the second derivative vanishes except at a few places.

    Where both cluster polynomials are at least delta it is at most eps, once beta lambda is large enough; where one is
    at most delta there are at most three intervals, and an interval where one is between 0 and delta is short.

    Arguments:
        square: how delta enters the condition on the temperature.

    Returns:
        The statement and its derivation (JMLR 23(130), abstract); it uses mf.thm-1-rate, mf.three-intervals-level
        and mf.cluster-width.

    Example:
        >>> build_vanishing_curvature().statement.hyps["cold"]
        '2*L <= eps*(pi*beta*lam*delta**2)'
    """
    intervals = section_4.build_three_intervals(level="delta").statement.goal
    intervals = re.sub(r"\b([fg])\((t\d)\)", r"(1+\2**2-(A\1+B\1*\2)**2-delta)", intervals)
    width = theorem_2.build_width().statement
    poly = {v: f"((1-a**2)*{v}**2+2*a*b*{v}+1-b**2)" for v in ("u", "v", "((u+v)/2)")}
    short = {
        name: re.sub(r"P\((\(u\+v\)/2|u|v)\)", lambda m: poly[m[1] if len(m[1]) == 1 else f"({m[1]})"], text)
        for name, text in width.hyps.items()
    }
    narrow = f"Imp({', '.join(short.values())}, {width.goal})"
    size = f"abs({SECOND})"
    near = {
        "L": "0 <= L and 1 + s**2 <= L**2", "delta": "0 < delta", "up": "delta <= 1 + s**2 - P**2/lam**2",
        "down": "delta <= 1 + s**2 - Q**2/lam**2",
    }  # fmt: skip
    statement = Statement(
        f"{size} <= eps and {intervals} and {narrow}",
        {**HYPS, **near, "cold": f"2*L <= eps*(pi*beta*lam*{square})"}, DECLARE, SHARPER,
        {**INHABITED, "L": "1", "s": "0", "delta": "1", "eps": "1"},
    )  # fmt: skip
    sharp = "2*L/(pi*beta*lam*delta**2)"
    printed = "2*L*(lam+1)**3/(pi*beta*(lam*sqrt(sqrt(lam))**3)*delta**2)"
    slopes = "HasDeriv(s, f, -(2/beta)/Zs*U) and HasDeriv(s, -(2/beta)/Zs*U, -(2/beta)/Zs*(P/dP**2 + Q/dQ**2))"
    steps: Steps = [
        step("k0", "sign", "0 <= lam+1", "lam"),
        step("k4", "certificate", "lam <= (lam+1)**4", "lam",
             terms=[["c:1"], ["c:3", "lam"], ["c:6", "sq:lam"], ["c:4", "sq:lam", "lam"], ["sq:lam**2"]]),
        step("rate", "apply", f"{slopes} and {size} <= {sharp} and {size} <= {printed}", "claim:mf.thm-1-rate", *HYPS,
             *near, "k0", "k4", put={"C": "delta", "k": "lam+1"}),
        step("sharp", "arithmetic", f"{size} <= {sharp}", "rate"),
        step("small", "certificate", f"{sharp} <= eps", "cold", "beta", "lam", "delta",
             times="pi*beta*lam*delta**2", terms=[["cold"]]),
        step("first", "certificate", f"{size} <= eps", "sharp", "small", terms=[["sharp"], ["small"]]),
        step("second", "apply", intervals, "claim:mf.three-intervals-level", put={"d": "delta"}),
        step("third", "apply", narrow, "claim:mf.cluster-width"),
        step("goal", "sign", statement.goal, "first", "second", "third"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_off_the_data(second: str = "kink(2)") -> Proof:
    """Derive that knots lie off the data: on the data of Section 6 both knots of a minimiser are inside, none at 0.

    Arguments:
        second: the second knot.

    Returns:
        The statement and its derivation (JMLR 23(130), abstract); it uses mf.sec6-min.

    Example:
        >>> build_off_the_data().statement.hyps["lam"]
        '0 < lam and lam**2 < 101'
    """
    case = two_point.build_paper_case().statement
    inside = f"x(1) < kink(1) and kink(1) < 0 and 0 < {second} and {second} < x(2)"
    value = "4*lam/sqrt(101)-2*lam**2/101"
    statement = Statement(f"J == {value} and {value} <= Jd and {inside}", case.hyps, case.declare, case.let,
                          case.inhabited)  # fmt: skip
    parts = case.goal.split(" and ")
    steps = [
        step("whole", "apply", case.goal, "claim:mf.sec6-min", *case.hyps),
        *[step(f"part{n}", "arithmetic", parts[n], "whole") for n in (0, 1, 3, 4)],
        step("left", "arithmetic", "-10 < kink(1) and kink(1) < 0", "part3"),
        step("right", "arithmetic", f"0 < {second} and {second} < 10", "part4"),
        step("goal", "sign", statement.goal, "part0", "part1", "left", "right"),
    ]
    return Proof(statement, steps)


def build_tight(last: str = "kink(3)<=x(3)") -> Proof:
    """Derive that the bound of three knots is tight: a minimiser has three in a closed interval between two data.

    Arguments:
        last: where the last knot lies.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 41, which leaves it open); it uses mf.three-attained.

    Example:
        >>> build_tight().statement.goal[:20]
        'J == 21997/36000 and'
    """
    attained = three_attained.build_three_attained().statement
    parts = attained.goal.split(" and ")
    knots = f"x(2)<=kink(1) and kink(1)<kink(2) and kink(2)<kink(3) and {last}"
    statement = Statement(
        f"{parts[0]} and {parts[1].strip()} and {knots} and c(1)!=0 and c(2)!=0 and c(3)!=0", attained.hyps,
        attained.declare, attained.let, attained.inhabited, attained.inhabited_steps,
    )  # fmt: skip
    steps = [
        step("whole", "apply", attained.goal, "claim:mf.three-attained", *attained.hyps),
        *[step(f"part{n}", "arithmetic", part.strip(), "whole") for n, part in enumerate(parts)],
        step("knots", "arithmetic", knots, *(f"part{n}" for n in range(2, len(parts)))),
        *[step(f"c{k}", "enclosure", f"c({k})!=0") for k in (1, 2, 3)],
        step("goal", "sign", statement.goal, "part0", "part1", "knots", "c1", "c2", "c3"),
    ]
    return Proof(statement, steps)
