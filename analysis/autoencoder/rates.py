"""The bound as a function of the rate, and against Shannon's distortion-rate function."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


def _bound(r: str, alpha: str) -> str:
    return f"(1 - {r}/(max({r}, 1) + {alpha}))"


def build_monotone(order: str = "r1 <= r2") -> Proof:
    """Return the derivation: the bound falls in the rate, rises in alpha and lies in (0, 1] for r > 0 and alpha > 0.

    Arguments:
        order: knob of the mutant, the order of the rates.

    Returns:
        The derivation.

    Example:
        >>> len(build_monotone().steps)
        4
    """
    low, high = _bound("r2", "alpha"), _bound("r1", "alpha")
    falls, rises = f"{low} <= {high}", f"{high} <= {_bound('r1', 'beta')}"
    inside = f"0 < {high} and {high} <= 1"
    steps = [
        step("falls", "arithmetic", falls, "order", "rate", "rate2", "alpha"),
        step("rises", "arithmetic", rises, "rate", "alpha", "alphas"),
        step("inside", "arithmetic", inside, "rate", "alpha"),
        step("goal", "arithmetic", f"{falls} and {rises} and {inside}", "falls", "rises", "inside"),
    ]
    hyps = {"rate": "0 < r1", "rate2": "0 < r2", "order": order, "alpha": "0 < alpha", "alphas": "alpha <= beta"}
    example = {"r1": "1", "r2": "1", "alpha": "1/2", "beta": "1"}
    return Proof(Statement(f"{falls} and {rises} and {inside}", hyps, inhabited=example), steps)


def build_shannon(bits: str = "2") -> Proof:
    """Return the derivation of 2^(-2r) < 1 - r/(max(r, 1) + pi/2 - 1) for r > 0: the sign's limit against Shannon's.

    r bits per coordinate allow a distortion 2^(-2r) = exp(-2 r log 2). Up to rate 1 this lies below its chord
    1 - 3r/4, and 3/4 > 2/pi; beyond, 4^r = 4 exp((r - 1) log 4) >= 4 (1 + (r - 1) log 4) > 1 + r/alpha. From
    exp(t) >= 1 + t. C. E. Shannon, IRE Nat. Conv. Rec. 7 (1959), gives the distortion-rate function.

    Arguments:
        bits: knob of the mutant, the exponent's factor.

    Returns:
        The derivation.

    Example:
        >>> build_shannon().statement.goal
        'exp(-2*r*log(2)) < 1 - r/(max(r, 1) + pi/2 - 1)'
    """
    c = f"{bits}*log(2)"
    goal = f"exp(-{bits}*r*log(2)) < 1 - r/(max(r, 1) + pi/2 - 1)"
    steps = [
        step("two_positive", "sign", "0 < 2"),
        step("two", "apply", "exp(log(2)) == 2", "axiom:logarithm", "two_positive", put={"t": "2"}),
        step(
            "quarter",
            "identity",
            f"exp(-{c}) == 1/4",
            "two",
            combine={"two": f"-exp(-{c})*(exp(log(2)) + 2)/4"},
            prose="exp(-2 log 2) = 1/4.",
        ),
        step("log_low", "enclosure", f"1 < {c}"),
        # chord on [0, 1]: exp(-c r) (1 + c r) <= 1 and exp(-c r) (1 + c r - c) <= exp(-c)
        step("tangent", "arithmetic", "1 + t <= exp(t)", prose="The exponential lies above its tangent."),
        step("at_0", "apply", f"1 + {c}*r <= exp({c}*r)", "tangent", put={"t": f"{c}*r"}),
        step("at_1", "apply", f"1 + ({c}*r - {c}) <= exp({c}*r - {c})", "tangent", put={"t": f"{c}*r - {c}"}),
        step("e", "sign", f"0 < exp(-{c}*r)"),
        step("left", "certificate", f"exp(-{c}*r)*(1 + {c}*r) <= 1", "at_0", "e", terms=[["e", "at_0"]]),
        step("right", "certificate", f"exp(-{c}*r)*(1 + {c}*r - {c}) <= exp(-{c})", "at_1", "e", terms=[["e", "at_1"]]),
        step("flat", "assume", "r <= 1"),
        step(
            "chord",
            "certificate",
            f"exp(-{c}*r) <= (1 - r) + r*exp(-{c})",
            "left",
            "right",
            "rate",
            "flat",
            terms=[["flat", "left"], ["rate", "right"]],
            prose="Below the chord on [0, 1].",
        ),
        step("narrow", "arithmetic", goal, "chord", "quarter", "rate", "flat"),
        step("narrow_if", "discharge", f"Imp(r <= 1, {goal})", "narrow"),
        # beyond rate 1
        step("steep", "assume", "1 < r"),
        step("growth", "apply", f"1 + {c}*(r - 1) <= exp({c}*(r - 1))", "tangent", put={"t": f"{c}*(r - 1)"}),
        step(
            "scaled",
            "certificate",
            f"exp(-{c}*r)*(1 + {c}*(r - 1)) <= exp(-{c})",
            "growth",
            "e",
            terms=[["e", "growth"]],
        ),
        step("wide", "arithmetic", goal, "scaled", "quarter", "log_low", "steep", "e"),
        step("wide_if", "discharge", f"Imp(1 < r, {goal})", "wide"),
        step("goal", "arithmetic", goal, "narrow_if", "wide_if"),
    ]
    return Proof(Statement(goal, {"rate": "0 < r"}, inhabited={"r": "1"}), steps)
