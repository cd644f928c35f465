"""The lower bound on the risk: every odd activation, encoder, decoder, number of units and dimension."""

from __future__ import annotations

from typing import Any

from ..gaussian.sign import EXAMPLE as SIGN_EXAMPLE
from ..gaussian.sign import EXAMPLE_STEPS, SIGN, sign_setting
from ..kernel.derivation import Statement
from ..proof import Proof, step
from .series import ODD, entries_at_most_one
from .setting import EXAMPLE, HYPS, LET

DECLARE = "i,j,k,m,e:Z n,d,l,p:N"
BOUND_LET = {
    **LET,
    "alpha": "E[z](sigma(z(1))**2)/c1**2 - 1",
    "w(p)": "(c(2*p + 3)/c1)**2",
    "a": "Series(p, 0, w(p))",
    "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
    "f(i,j)": "G(i, j) + Series(p, 0, w(p)*G(i, j)**(2*p + 3))",
    "form": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*F(i, j)))",
    "odd_form": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j)))",
}
BOUND_HYPS = {**HYPS, "odd": ODD, "units": "1 <= n"}
_ODD = ("square_integrable", "coefficient", "nonzero", "odd")


def weights() -> list[dict[str, Any]]:
    """Return the steps to sum w_p finite ("summable") and w_p >= 0 ("weights")."""
    return [
        step(
            "bessel",
            "apply",
            "Summable(l, 0, E[z](sigma(z(1))*He(l, z(1)))**2/fact(l))",
            "axiom:hermite-bessel",
            "square_integrable",
            symbols={"s(x)": "sigma(x)"},
            prose="The squared coefficients are summable.",
        ),
        step(
            "bessel_odd",
            "apply",
            "Summable(l, 0, E[z](sigma(z(1))*He(2*l + 1, z(1)))**2/fact(2*l + 1))",
            "axiom:odd-terms-summable",
            "bessel",
            symbols={"s(l)": "E[z](sigma(z(1))*He(l, z(1)))**2/fact(l)"},
        ),
        step(
            "bessel_rest",
            "apply",
            "Summable(l, 0, E[z](sigma(z(1))*He(2*(l + 1) + 1, z(1)))**2/fact(2*(l + 1) + 1))",
            "axiom:rest-summable",
            "bessel_odd",
            symbols={"s(l)": "E[z](sigma(z(1))*He(2*l + 1, z(1)))**2/fact(2*l + 1)"},
        ),
        step("summable", "linear", "Summable(p, 0, w(p))", "bessel_rest"),
        step("weight", "sign", "0 <= w(p)"),
        step("weights", "generalize", "All(p, 0 <= w(p))", "weight"),
    ]


def coefficients() -> list[dict[str, Any]]:
    """Return the steps of :func:`weights`, the value a >= 0 of the sum, and alpha = a ("alpha")."""
    return [*weights(), step("a", "sign", "0 <= a"), *second_moment()]


def second_moment() -> list[dict[str, Any]]:
    """Return the steps to alpha = a ("alpha"), where 1 + alpha = E sigma^2/c_1^2 and a is the sum of the w_p."""
    return [
        step(
            "expansion",
            "apply",
            "E[z](sigma(z(1))*sigma(z(1))) == Series(l, 0, E[z](sigma(z(1))*He(l, z(1)))"
            "*E[z](sigma(z(1))*He(l, z(1)))/fact(l)*Sum(k, 1, 1, 1)**l)",
            "axiom:hermite-expansion",
            "square_integrable",
            symbols={"s(x)": "sigma(x)", "t(x)": "sigma(x)", "u(k)": "1", "v(k)": "1"},
            put={"d": "1"},
        ),
        step("one_below", "sign", "-1 <= 1"),
        step("one_above", "sign", "1 <= 1"),
        step(
            "at_one",
            "apply",
            "Series(p, 0, (c(2*p + 1)/c1)**2*1**(2*p + 1)) == 1 + Series(p, 0, w(p)*1**(2*p + 3))",
            "claim:ae.odd-series",
            *_ODD,
            "one_below",
            "one_above",
            put={"t": "1"},
            prose="The series of an odd activation at t = 1.",
        ),
        step(
            "at_one_all",
            "apply",
            "Series(l, 0, (c(l)/c1)**2*1**l) == Series(p, 0, (c(2*p + 1)/c1)**2*1**(2*p + 1))",
            "claim:ae.odd-series",
            *_ODD,
            "one_below",
            "one_above",
            put={"t": "1"},
        ),
        step(
            "alpha",
            "identity",
            "alpha == a",
            "expansion",
            "at_one_all",
            "at_one",
            "nonzero",
            combine={"expansion": "1/c1**2", "at_one_all": "1", "at_one": "1"},
            prose="So 1 + alpha = f(1) = E sigma^2/c_1^2.",
        ),
    ]


def odd_form() -> list[dict[str, Any]]:
    """Return the steps that put the series of an odd activation into the trace form ("odd_form")."""
    return [
        *(s for s in entries_at_most_one() if not str(s["id"]).startswith("power")),
        step(
            "odd_all",
            "apply",
            "F(i, j) == Series(p, 0, (c(2*p + 1)/c1)**2*G(i, j)**(2*p + 1))",
            "claim:ae.odd-series",
            *_ODD,
            "below",
            "above",
            put={"t": "G(i, j)"},
        ),
        step(
            "odd_rest",
            "apply",
            "Series(p, 0, (c(2*p + 1)/c1)**2*G(i, j)**(2*p + 1)) == f(i, j)",
            "claim:ae.odd-series",
            *_ODD,
            "below",
            "above",
            put={"t": "G(i, j)"},
        ),
        step(
            "odd_ij", "identity", "F(i, j) == f(i, j)", "odd_all", "odd_rest", combine={"odd_all": "1", "odd_rest": "1"}
        ),
        step("odd_A", "identity", "AA(i, j)*F(i, j) == AA(i, j)*f(i, j)", "odd_ij", combine={"odd_ij": "AA(i, j)"}),
        step("odd_j", "congruence", "Sum(j, 1, n, AA(i, j)*F(i, j)) == Sum(j, 1, n, AA(i, j)*f(i, j))", "odd_A"),
        step("odd_form", "congruence", "form == odd_form", "odd_j"),
    ]


def build_bound(case: str = "le1", gain: str = "1") -> Proof:
    """Return the derivation of R >= 1 - r/(1 + alpha) ("le1") or R >= 1 - r/(r + alpha) ("gt1"), r = n/d.

    R is the risk itself, alpha = E sigma^2/c_1^2 - 1; for every odd square-integrable activation with c_1 != 0, every
    encoder with unit rows, every decoder, n and d. The first is the larger for n <= d, the second for n >= d. The risk
    is 1 + (Tr[A^T A f(G)] - 2 tau)/d with tau = Tr[BA], the trace form is at least tau^2 (1/N + alpha/n), N = n or d,
    and the parabola in tau is at least its minimum. The claim is the abstract's of ICML 2023; derived in this project.

    Arguments:
        case: "le1" or "gt1".
        gain: knob of the mutant, a factor of r.

    Returns:
        The derivation.

    Example:
        >>> build_bound().statement.goal
        '1 - 1*r/(1 + alpha) <= risk'
    """
    unit, width, trace_bound = ("1", "n", "claim:ae.trace-le1") if case == "le1" else ("r", "d", "claim:ae.trace-gt1")
    goal = f"1 - {gain}*r/({unit} + alpha) <= risk"
    slope = f"(1/{width} + a/n)"
    needed = (
        ("units", "unit", "weights", "summable")
        if case == "le1"
        else ("dimension", "units", "unit", "weights", "summable")
    )
    steps = [
        *coefficients(),
        *odd_form(),
        step(
            "risk",
            "apply",
            "risk == 1 + (form - 2*trace)/d",
            "claim:ae.risk",
            *(h for h in HYPS),
            prose="The risk as Gaussian moments.",
        ),
        step(
            "trace_form",
            "apply",
            f"trace**2*{slope} <= odd_form",
            trace_bound,
            *needed,
            symbols={"w(p)": "w(p)"},
            prose="The degrees of the trace form.",
        ),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "units", terms=[["c:1", "units"], ["c:1"]]),
        step("slope", "sign", f"0 < {slope}", "a", "d_positive", "n_positive"),
        step(
            "minimum",
            "certificate",
            f"1 - {gain}/(d*{slope}) <= risk",
            "trace_form",
            "risk",
            "odd_form",
            "slope",
            "d_positive",
            "n_positive",
            times="d",
            terms=[["trace_form"], ["slope", f"sq:trace - 1/{slope}"]],
            combine={"risk": "d", "odd_form": "1"},
            prose="The parabola in tau is at least its minimum.",
        ),
        step("sum", "sign", f"0 < {unit} + a", "a", "d_positive", "n_positive"),
        step(
            "sum_alpha", "certificate", f"0 < {unit} + alpha", "sum", "alpha", terms=[["sum"]], combine={"alpha": "1"}
        ),
        step(
            "value",
            "identity",
            f"r/({unit} + alpha) == 1/(d*{slope})",
            "alpha",
            "sum",
            "sum_alpha",
            "slope",
            "d_positive",
            "n_positive",
            combine={"alpha": f"-r/(({unit} + a)*({unit} + alpha))"},
        ),
        step("bound", "certificate", goal, "minimum", "value", terms=[["minimum"]], combine={"value": gain}),
    ]
    return Proof(Statement(goal, BOUND_HYPS, declare=DECLARE, let=BOUND_LET, inhabited=EXAMPLE), steps)


def build_both(width: str = "max(r, 1)") -> Proof:
    """Return the derivation of R >= 1 - r/(max(r, 1) + alpha): both cases of the bound in one.

    Arguments:
        width: knob of the mutant, what stands for max(r, 1).

    Returns:
        The derivation.

    Example:
        >>> build_both().statement.goal
        '1 - r/(max(r, 1) + alpha) <= risk'
    """
    goal = f"1 - r/({width} + alpha) <= risk"
    low, high = "1 - r/(1 + alpha) <= risk", "1 - r/(r + alpha) <= risk"
    steps = [
        step("narrow", "apply", low, "claim:ae.bound-le1", *BOUND_HYPS),
        step("wide", "apply", high, "claim:ae.bound-gt1", *BOUND_HYPS),
        step("bound", "arithmetic", goal, "narrow", "wide", prose="max(r, 1) is one of the two."),
    ]
    return Proof(Statement(goal, BOUND_HYPS, declare=DECLARE, let=BOUND_LET, inhabited=EXAMPLE), steps)


def build_sign_bound(shift: str = "pi/2 - 1") -> Proof:
    """Return the derivation of R >= 1 - r/(max(r, 1) + pi/2 - 1) for the sign: 1 - 2r/pi up to rate 1.

    The general bound with alpha = f(1) - 1 = arcsin(1) - 1. The sign's value at 0 is anything. The claim is the
    abstract's of ICML 2023; derived in this project.

    Arguments:
        shift: knob of the mutant, the value of alpha.

    Returns:
        The derivation.

    Example:
        >>> build_sign_bound().statement.goal
        '1 - r/(max(r, 1) + pi/2 - 1) <= risk'
    """
    goal = f"1 - r/(max(r, 1) + {shift}) <= risk"
    signs = ("positive", "negative")
    steps = [
        *sign_setting(),
        step(
            "general",
            "apply",
            "1 - r/(max(r, 1) + alpha) <= risk",
            "claim:ae.bound",
            *BOUND_HYPS,
            prose="The bound for odd activations.",
        ),
        step("below", "sign", "-1 <= 1"),
        step("above", "sign", "1 <= 1"),
        step(
            "series",
            "apply",
            "Series(l, 0, (c(l)/c1)**2*1**l) == asin(1)",
            "claim:ae.f-sign",
            *signs,
            "coefficient",
            "below",
            "above",
            put={"t": "1"},
        ),
        step("quarter", "apply", "asin(1) == pi/2", "axiom:arcsine-at-one"),
        step(
            "expansion",
            "apply",
            "E[z](sigma(z(1))*sigma(z(1))) == Series(l, 0, E[z](sigma(z(1))*He(l, z(1)))"
            "*E[z](sigma(z(1))*He(l, z(1)))/fact(l)*Sum(k, 1, 1, 1)**l)",
            "axiom:hermite-expansion",
            "square_integrable",
            symbols={"s(x)": "sigma(x)", "t(x)": "sigma(x)", "u(k)": "1", "v(k)": "1"},
            put={"d": "1"},
        ),
        step(
            "alpha",
            "identity",
            f"alpha == {shift}",
            "expansion",
            "series",
            "quarter",
            "nonzero",
            combine={"expansion": "1/c1**2", "series": "1", "quarter": "1"},
            prose="alpha = f(1) - 1 = arcsin(1) - 1.",
        ),
        step("sum", "arithmetic", f"0 < max(r, 1) + {shift}"),
        step(
            "sum_alpha", "certificate", "0 < max(r, 1) + alpha", "sum", "alpha", terms=[["sum"]], combine={"alpha": "1"}
        ),
        step(
            "value",
            "identity",
            f"r/(max(r, 1) + alpha) == r/(max(r, 1) + {shift})",
            "alpha",
            "sum",
            "sum_alpha",
            combine={"alpha": f"-r/((max(r, 1) + alpha)*(max(r, 1) + {shift}))"},
        ),
        step("bound", "certificate", goal, "general", "value", terms=[["general"]], combine={"value": "-1"}),
    ]
    hyps = {k: BOUND_HYPS[k] for k in ("dimension", "units", "unit", "coefficient")} | SIGN
    example = {**EXAMPLE, **SIGN_EXAMPLE, "c1": "2/sqrt(2*pi)"}
    return Proof(
        Statement(goal, hyps, declare=DECLARE, let=BOUND_LET, inhabited=example, inhabited_steps=EXAMPLE_STEPS), steps
    )
