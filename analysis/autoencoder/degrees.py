"""From lower bounds on the single degrees to a lower bound on the risk, and its instances."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, DECLARE, coefficients, odd_form, weights
from .series import entry_series
from .setting import EXAMPLE, HYPS, LET

_SUM = "(v + Series(p, 0, w(p)*g(p)))"
_HIGHER = "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*Series(p, 0, w(p)*G(i, j)**(2*p + 3))))"
DEGREES = {
    "Q(p)": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*p + 3)))",
    "linear": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)))",
}
#: Lower bounds on the degrees of the trace form, for one encoder and decoder.
DEGREE_HYPS = {
    "gains": "All(p, 0 <= g(p))",
    "gains_high": "All(p, g(p) <= 1)",
    "first": "trace**2*v <= linear",
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
    """Return the derivation of tau^2 (v + sum_p w_p g_p) <= Tr[A^T A f(G)] from bounds on the degrees.

    f(t) = t + sum over p >= 0 of w_p t^(2p + 3) with w_p >= 0 summable; v tau^2 <= Tr[A^T A G] and
    g_p tau^2 <= Tr[A^T A G^(2p + 3)] with 0 <= g_p <= 1, tau = Tr[BA]. Derived in this project.

    Arguments:
        gain: knob of the mutant, what the degree 2p + 3 contributes.

    Returns:
        The derivation.

    Example:
        >>> build_trace_degrees().statement.goal
        'trace**2*(v + Series(p, 0, w(p)*g(p))) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j)))'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "trace": LET["trace"],
        "AA(i,j)": BOUND_LET["AA(i,j)"],
        "f(i,j)": BOUND_LET["f(i,j)"],
        "size(p)": "w(p)*(G(i, j)**p)**2",
        **DEGREES,
    }
    goal = f"trace**2*(v + Series(p, 0, {gain})) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j)))"
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
    example = {**EXAMPLE, "w(p)": "delta(p, 0)", "A(k,i)": "0", "v": "1", "g(p)": "0"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_degrees(factor: str = "1") -> Proof:
    """Return the derivation of R >= 1 - 1/(d (v + sum_p w_p g_p)) from bounds on the degrees.

    R is the risk itself for an odd activation with w_p = (c_{2p+3}/c_1)^2; the hypotheses are those of
    :func:`build_trace_degrees`, with v > 0. Derived in this project.

    Arguments:
        factor: knob of the mutant, a factor of the gain.

    Returns:
        The derivation.

    Example:
        >>> build_degrees().statement.goal
        '1 - 1/(d*(v + Series(p, 0, w(p)*g(p)))) <= risk'
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
    hyps = {**BOUND_HYPS, "positive": "0 < v", **DEGREE_HYPS}
    hyps.pop("units")
    example = {**EXAMPLE, "A(k,i)": "0", "v": "1", "g(p)": "0"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let={**BOUND_LET, **DEGREES}, inhabited=example), steps)


def build_one_more(value: str = "w(0)") -> Proof:
    """Return the derivation of sum_p w_p (x + y 0^p) = x sum_p w_p + y w_0: the first degree has a gain of its own.

    The series converges absolutely.

    Arguments:
        value: knob of the mutant, the weight of the first degree.

    Returns:
        The derivation.

    Example:
        >>> build_one_more().statement.goal.split(" and ")[1]
        'Series(p, 0, w(p)*(x + y*0**p)) == x*Series(p, 0, w(p)) + y*w(0)'
    """
    value = f"Series(p, 0, w(p)*(x + y*0**p)) == x*Series(p, 0, w(p)) + y*{value}"
    converges = "Summable(p, 0, w(p)*(x + y*0**p))"
    first = "Series(p, 0, w(p)*0**p)"
    steps = [
        step("w_p", "apply", "0 <= w(p)", "weights", at={"p": "p"}),
        step("start", "certificate", "0**0 <= 1", terms=[]),
        step("following", "certificate", "0**(p + 1) <= 1", terms=[["c:1"]]),
        step("zero_power", "induction", "0**p <= 1", "start", "following", on="p", base="0"),
        step("sign_0", "sign", "0 <= 0**0"),
        step("sign_next", "sign", "0 <= 0**(p + 1)"),
        step("zero_sign", "induction", "0 <= 0**p", "sign_0", "sign_next", on="p", base="0"),
        step("low", "certificate", "-w(p) <= w(p)*0**p", "w_p", "zero_sign", terms=[["w_p"], ["w_p", "zero_sign"]]),
        step("high", "certificate", "w(p)*0**p <= w(p)", "w_p", "zero_power", terms=[["w_p", "zero_power"]]),
        step("lows", "generalize", "All(p, -w(p) <= w(p)*0**p)", "low"),
        step("highs", "generalize", "All(p, w(p)*0**p <= w(p))", "high"),
        step(
            "first_sum",
            "apply",
            "Summable(p, 0, w(p)*0**p)",
            "axiom:comparison-test",
            "summable",
            "lows",
            "highs",
            symbols={"s(p)": "w(p)*0**p", "t(p)": "w(p)"},
        ),
        step(
            "split",
            "linear",
            f"Series(p, 0, w(p)*(x + y*0**p)) == x*Series(p, 0, w(p)) + y*{first}",
            "summable",
            "first_sum",
        ),
        step(
            "first",
            "apply",
            f"{first} == w(0)*0**0 + Series(p, 0, w(p + 1)*0**(p + 1))",
            "axiom:first-term",
            "first_sum",
            symbols={"s(p)": "w(p)*0**p"},
        ),
        step("converges", "linear", converges, "summable", "first_sum"),
        step("value", "identity", value, "split", "first", combine={"split": "1", "first": "y"}),
        step("goal", "sign", f"{converges} and {value}", "converges", "value"),
    ]
    hyps = {"weights": "All(p, 0 <= w(p))", "summable": "Summable(p, 0, w(p))"}
    return Proof(Statement(f"{converges} and {value}", hyps, declare="p:N", inhabited={"w(p)": "delta(p, 0)"}), steps)


def build_bound_etf(last: str = "(n - 1)", wide: str = "d <= n") -> Proof:
    """Return the derivation of R >= 1 - r/(r + alpha + (c_3/c_1)^2 (r - 1)^2/(n - 1)) for n >= d, r = n/d.

    For every odd activation, encoder with unit rows and decoder. The cubic degree gains (r - 1)^2/(n - 1) beyond the
    rank (`ae.cubic-term`), all other degrees are as in `ae.bound-gt1`; equiangular tight frames attain it for cubic
    activations. Sharper than the limit of ICML 2023 at every finite d < n; derived in this project.

    Arguments:
        last: knob of the mutant, the divisor n - 1.
        wide: knob of the mutant, the hypothesis on n and d.

    Returns:
        The derivation.

    Example:
        >>> build_bound_etf().statement.goal
        '1 - r/(r + alpha + w(0)*(r - 1)**2/(n - 1)) <= risk'
    """
    goal = f"1 - r/(r + alpha + w(0)*(r - 1)**2/{last}) <= risk"
    more = f"(n/d - 1)**2/(n*{last})"
    gain = f"(1/n + {more}*0**p)"
    total = f"(r + {{}} + z*(r - 1)**2/{last})"
    steps = [
        *coefficients(),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("units", "certificate", "1 <= n", "two", terms=[["c:1", "two"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "two", terms=[["c:1", "two"], ["c:2"]]),
        step("last", "certificate", f"0 < {last}", "two", terms=[["c:1", "two"], ["c:1"]]),
        step("more", "sign", f"0 <= {more}", "n_positive", "last"),
        step("first", "apply", "trace**2/d <= linear", "claim:ae.cs-dim", "dimension"),
        step("first_e", "certificate", "trace**2*(1/d) <= linear", "first", terms=[["first"]]),
        step(
            "cubic",
            "apply",
            f"trace**2*(1/n + {more}) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**3))",
            "claim:ae.cubic-term",
            *("dimension", "two", "wide", "unit"),
            prose="The cubic degree, with its gain beyond the rank.",
        ),
        step("cubic_0", "certificate", f"trace**2*{gain.replace('0**p', '0**0')} <= Q(0)", "cubic", terms=[["cubic"]]),
        step(
            "higher",
            "apply",
            "trace**2/n <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*(p + 2) + 1)))",
            "claim:ae.cs-rank",
            "units",
            "unit",
            put={"h": "p + 2"},
            prose="The higher degrees, by the rank.",
        ),
        step(
            "higher_p",
            "certificate",
            f"trace**2*{gain.replace('0**p', '0**(p + 1)')} <= Q(p + 1)",
            "higher",
            terms=[["higher"]],
        ),
        step("degree", "induction", f"trace**2*{gain} <= Q(p)", "cubic_0", "higher_p", on="p", base="0"),
        step("degrees", "generalize", f"All(p, trace**2*{gain} <= Q(p))", "degree"),
        # the gains lie between 0 and 1
        step(
            "gain_0",
            "certificate",
            f"0 <= {gain.replace('0**p', '0**0')}",
            "more",
            "n_positive",
            terms=[["more"], ["c:1/n"]],
        ),
        step("gain_next", "sign", f"0 <= {gain.replace('0**p', '0**(p + 1)')}", "n_positive"),
        step("gain", "induction", f"0 <= {gain}", "gain_0", "gain_next", on="p", base="0"),
        step("gains", "generalize", f"All(p, 0 <= {gain})", "gain"),
        step(
            "high_0",
            "certificate",
            f"{gain.replace('0**p', '0**0')} <= 1",
            *("dimension", "wide", "two", "last", "n_positive", "d_positive"),
            times=f"n*{last}*d**2",
            terms=[["wide", "dimension", "c:n"], ["dimension", "last", "c:n*d"]],
        ),
        step(
            "high_next",
            "certificate",
            f"{gain.replace('0**p', '0**(p + 1)')} <= 1",
            "units",
            "n_positive",
            times="n",
            terms=[["units"]],
        ),
        step("high", "induction", f"{gain} <= 1", "high_0", "high_next", on="p", base="0"),
        step("highs", "generalize", f"All(p, {gain} <= 1)", "high"),
        step("e_positive", "sign", "0 < 1/d", "d_positive"),
        step(
            "degrees_bound",
            "apply",
            f"1 - 1/(d*(1/d + Series(p, 0, w(p)*{gain}))) <= risk",
            "claim:ae.bound-degrees",
            *("dimension", "unit", "square_integrable", "coefficient", "nonzero", "odd"),
            *("e_positive", "gains", "highs", "first_e", "degrees"),
            put={"v": "1/d"},
            symbols={"g(p)": gain},
        ),
        step(
            "series",
            "apply",
            f"Series(p, 0, w(p)*{gain}) == 1/n*a + {more}*w(0)",
            "claim:ae.one-gain",
            "weights",
            "summable",
            put={"x": "1/n", "y": more},
            symbols={"w(p)": "w(p)"},
        ),
        step("w_0", "apply", "0 <= w(0)", "weights", at={"p": "0"}),
        # the value, first for any numbers
        step("x_sign", "assume", "0 <= x"),
        step("z_sign", "assume", "0 <= z"),
        step("t_is", "assume", "t == x"),
        step("y_is", "assume", f"y == 1/n*x + {more}*z"),
        step(
            "slope",
            "certificate",
            "0 < 1/d + y",
            *("x_sign", "z_sign", "more", "y_is", "d_positive", "n_positive"),
            terms=[["c:1/d"], ["x_sign", "c:1/n"], ["more", "z_sign"]],
            combine={"y_is": "1"},
        ),
        step(
            "total",
            "certificate",
            f"0 < {total.format('t')}",
            *("x_sign", "z_sign", "t_is", "d_positive", "n_positive", "last"),
            terms=[["c:r"], ["x_sign"], ["z_sign", "sq:r - 1", f"c:1/{last}"]],
            combine={"t_is": "1"},
        ),
        step(
            "value_x",
            "identity",
            f"r/{total.format('t')} == 1/(d*(1/d + y))",
            *("t_is", "y_is", "slope", "total", "d_positive", "n_positive", "last"),
        ),
        step(
            "values",
            "discharge",
            f"Imp(0 <= x, 0 <= z, t == x, y == 1/n*x + {more}*z, r/{total.format('t')} == 1/(d*(1/d + y)))",
            "value_x",
        ),
        step(
            "value",
            "apply",
            f"r/{total.format('alpha').replace('z', 'w(0)')} == 1/(d*(1/d + Series(p, 0, w(p)*{gain})))",
            *("values", "a", "w_0", "alpha", "series"),
            put={"x": "a", "z": "w(0)", "t": "alpha", "y": f"Series(p, 0, w(p)*{gain})"},
        ),
        step("goal", "certificate", goal, "degrees_bound", "value", terms=[["degrees_bound"]], combine={"value": "1"}),
    ]
    hyps = {**BOUND_HYPS, "two": "2 <= n", "wide": wide}
    hyps.pop("units")
    let = {**BOUND_LET, **DEGREES}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=EXAMPLE), steps)
