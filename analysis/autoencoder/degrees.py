"""From lower bounds on the single degrees to a lower bound on the risk, and its instances."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, DECLARE, odd_form, weights
from .series import entry_series
from .setting import EXAMPLE, HYPS, LET

_SUM = "(e + Series(p, 0, w(p)*g(p)))"
_HIGHER = "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*Series(p, 0, w(p)*G(i, j)**(2*p + 3))))"
_DEGREES = {
    "Q(p)": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*p + 3)))",
    "linear": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)))",
}
#: Lower bounds on the degrees of the trace form, for one encoder and decoder.
DEGREE_HYPS = {
    "gains": "All(p, 0 <= g(p))",
    "gains_high": "All(p, g(p) <= 1)",
    "first": "trace**2*e <= linear",
    "degrees": "All(p, trace**2*g(p) <= Q(p))",
}


def _gain_series() -> list[dict[str, Any]]:
    """Return the steps to sum_p w_p g_p converging ("gains_sum") and being >= 0 ("gain") for 0 <= g_p <= 1."""
    return [
        step("w_p", "apply", "0 <= w(p)", "weights", at={"p": "p"}),
        step("gain_p", "apply", "0 <= g(p)", "gains", at={"p": "p"}),
        step("gain_high", "apply", "g(p) <= 1", "gains_high", at={"p": "p"}),
        step("gain_low", "certificate", "-w(p) <= w(p)*g(p)", "w_p", "gain_p", terms=[["w_p"], ["w_p", "gain_p"]]),
        step("gain_up", "certificate", "w(p)*g(p) <= w(p)", "w_p", "gain_high", terms=[["w_p", "gain_high"]]),
        step("gains_from", "generalize", "All(p, -w(p) <= w(p)*g(p))", "gain_low"),
        step("gains_to", "generalize", "All(p, w(p)*g(p) <= w(p))", "gain_up"),
        step(
            "gains_sum",
            "apply",
            "Summable(p, 0, w(p)*g(p))",
            "axiom:comparison-test",
            "summable",
            "gains_from",
            "gains_to",
            symbols={"s(p)": "w(p)*g(p)", "t(p)": "w(p)"},
        ),
    ]


def build_trace_degrees(gain: str = "w(p)*g(p)") -> Proof:
    """Return the derivation of tau^2 (e + sum_p w_p g_p) <= Tr[A^T A f(G)] from bounds on the degrees.

    f(t) = t + sum over p >= 0 of w_p t^(2p + 3) with w_p >= 0 summable; e tau^2 <= Tr[A^T A G] and
    g_p tau^2 <= Tr[A^T A G^(2p + 3)] with 0 <= g_p <= 1, tau = Tr[BA]. Derived in this project.

    Arguments:
        gain: knob of the mutant, what the degree 2p + 3 contributes.

    Returns:
        The derivation.

    Example:
        >>> build_trace_degrees().statement.goal
        'trace**2*(e + Series(p, 0, w(p)*g(p))) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j)))'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "trace": LET["trace"],
        "AA(i,j)": BOUND_LET["AA(i,j)"],
        "f(i,j)": BOUND_LET["f(i,j)"],
        "size(p)": "w(p)*(G(i, j)**p)**2",
        **_DEGREES,
    }
    goal = f"trace**2*(e + Series(p, 0, {gain})) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j)))"
    steps = [
        *entry_series(),
        *_gain_series()[1:],
        step("forms", "linear", "Summable(p, 0, w(p)*Q(p))", "sizes"),
        step("swap", "linear", f"Series(p, 0, w(p)*Q(p)) == {_HIGHER}", "sizes"),
        step("degree", "apply", "trace**2*g(p) <= Q(p)", "degrees", at={"p": "p"}),
        step("weighted", "certificate", "w(p)*g(p)*trace**2 <= w(p)*Q(p)", "w_p", "degree", terms=[["w_p", "degree"]]),
        step("scaled", "linear", "Summable(p, 0, w(p)*g(p)*trace**2)", "gains_sum"),
        step("factor", "linear", "Series(p, 0, w(p)*g(p)*trace**2) == trace**2*Series(p, 0, w(p)*g(p))", "gains_sum"),
        step(
            "sum",
            "monotone",
            "Series(p, 0, w(p)*g(p)*trace**2) <= Series(p, 0, w(p)*Q(p))",
            "weighted",
            "scaled",
            "forms",
            prose="Sum over the degrees.",
        ),
        step(
            "goal",
            "certificate",
            goal,
            *("sum", "swap", "factor", "first"),
            terms=[["sum"], ["first"]],
            combine={"swap": "-1", "factor": "1"},
        ),
    ]
    hyps = {
        "unit": HYPS["unit"],
        "weights": "All(p, 0 <= w(p))",
        "summable": "Summable(p, 0, w(p))",
        **DEGREE_HYPS,
    }
    example = {**EXAMPLE, "w(p)": "delta(p, 0)", "A(k,i)": "0", "e": "1", "g(p)": "0"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_degrees(factor: str = "1") -> Proof:
    """Return the derivation of R >= 1 - 1/(d (e + sum_p w_p g_p)) from bounds on the degrees.

    R is the risk itself for an odd activation with w_p = (c_{2p+3}/c_1)^2; the hypotheses are those of
    :func:`build_trace_degrees`, with e > 0. Derived in this project.

    Arguments:
        factor: knob of the mutant, a factor of the gain.

    Returns:
        The derivation.

    Example:
        >>> build_degrees().statement.goal
        '1 - 1/(d*(e + Series(p, 0, w(p)*g(p)))) <= risk'
    """
    goal = f"1 - {factor}/(d*{_SUM}) <= risk"
    steps = [
        *weights(),
        *odd_form(),
        step(
            "trace_form",
            "apply",
            f"trace**2*{_SUM} <= odd_form",
            "claim:ae.trace-degrees",
            *("unit", "weights", "summable", *DEGREE_HYPS),
            symbols={"w(p)": "w(p)"},
            prose="The degrees of the trace form.",
        ),
        *_gain_series(),
        step("gain_sign", "certificate", "0 <= w(p)*g(p)", "w_p", "gain_p", terms=[["w_p", "gain_p"]]),
        step("gain", "monotone", "0 <= Series(p, 0, w(p)*g(p))", "gain_sign", "gains_sum"),
        step("risk", "apply", "risk == 1 + (form - 2*trace)/d", "claim:ae.risk", *HYPS, prose="The risk."),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("slope", "certificate", f"0 < {_SUM}", "gain", "positive", terms=[["gain"], ["positive"]]),
        step(
            "goal",
            "certificate",
            goal,
            *("trace_form", "risk", "odd_form", "slope", "d_positive"),
            times="d",
            terms=[["trace_form"], ["slope", f"sq:trace - 1/{_SUM}"]],
            combine={"risk": "d", "odd_form": "1"},
            prose="The parabola in tau is at least its minimum.",
        ),
    ]
    hyps = {**BOUND_HYPS, "positive": "0 < e", **DEGREE_HYPS}
    hyps.pop("units")
    example = {**EXAMPLE, "A(k,i)": "0", "e": "1", "g(p)": "0"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let={**BOUND_LET, **_DEGREES}, inhabited=example), steps)
