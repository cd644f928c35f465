"""More units than coordinates: the bound is not attained."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, coefficients, odd_form
from .setting import EXAMPLE, HYPS


def build_never(active: str = "c(2*q + 3) != 0") -> Proof:
    """Return the derivation: a code with the risk 1 - r/(r + alpha) has as many units as coordinates.

    So for n > d no encoder and decoder attain the bound, if the odd activation is not linear. Equality in the bound is
    equality in degree 1 with d, in degree 2q + 3 with n, and in the parabola in tau. Derived in this project.

    Arguments:
        active: knob of the mutant, the hypothesis that some higher coefficient is not 0.

    Returns:
        The derivation.

    Example:
        >>> build_never().statement.hyps["tight"]
        'risk == 1 - r/(r + alpha)'
    """
    let = {
        **BOUND_LET,
        "linear": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)))",
        "Q(p)": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*p + 3)))",
        "slope": "(1/d + a/n)",
    }
    trace_hyps = ("dimension", "units", "unit", "weights", "summable")
    steps = [
        *coefficients(),
        *odd_form(),
        step("risk", "apply", "risk == 1 + (form - 2*trace)/d", "claim:ae.risk", *HYPS),
        step(
            "trace_form",
            "apply",
            "trace**2*slope <= odd_form",
            "claim:ae.trace-gt1",
            *trace_hyps,
            symbols={"w(p)": "w(p)"},
        ),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "units", terms=[["c:1", "units"], ["c:1"]]),
        step("slope", "sign", "0 < slope", "a", "d_positive", "n_positive"),
        step("sum", "sign", "0 < r + a", "a", "d_positive", "n_positive"),
        step("sum_alpha", "certificate", "0 < r + alpha", "sum", "alpha", terms=[["sum"]], combine={"alpha": "1"}),
        step(
            "value",
            "identity",
            "r/(r + alpha) == 1/(d*slope)",
            "alpha",
            "sum",
            "sum_alpha",
            "slope",
            "d_positive",
            "n_positive",
            combine={"alpha": "-r/((r + a)*(r + alpha))"},
        ),
        step(
            "square",
            "certificate",
            "(trace - 1/slope)**2 <= 0",
            "trace_form",
            "risk",
            "odd_form",
            "tight",
            "value",
            "slope",
            "d_positive",
            "n_positive",
            times="slope",
            terms=[["trace_form"]],
            combine={"risk": "d", "odd_form": "1", "tight": "-d", "value": "d"},
        ),
        step("flat", "assume", "x**2 <= 0"),
        step("flat_0", "arithmetic", "x == 0", "flat"),
        step("zero", "discharge", "Imp(x**2 <= 0, x == 0)", "flat_0"),
        step(
            "at_best",
            "apply",
            "trace - 1/slope == 0",
            "zero",
            "square",
            put={"x": "trace - 1/slope"},
            prose="Equality in the parabola.",
        ),
        step(
            "equal",
            "identity",
            "odd_form == trace**2*slope",
            "risk",
            "odd_form",
            "tight",
            "value",
            "at_best",
            "slope",
            "d_positive",
            "n_positive",
            combine={
                "risk": "-d",
                "odd_form": "-1",
                "tight": "d",
                "value": "-d",
                "at_best": "2 - slope*(trace + 1/slope)",
            },
        ),
        step("positive_q", "sign", "0 < w(q)", "active", "nonzero"),
        step(
            "linear_equal",
            "apply",
            "linear == trace**2/d",
            "claim:ae.trace-equality-gt1",
            *trace_hyps,
            "equal",
            "positive_q",
            symbols={"w(p)": "w(p)"},
        ),
        step(
            "cubic_equal",
            "apply",
            "Q(q) == trace**2/n",
            "claim:ae.trace-equality-gt1",
            *trace_hyps,
            "equal",
            "positive_q",
            symbols={"w(p)": "w(p)"},
            prose="Equality in the degrees 1 and 2q + 3.",
        ),
        step("value_positive", "sign", "0 < 1/slope", "slope"),
        step(
            "tau_positive",
            "certificate",
            "0 < trace",
            "at_best",
            "value_positive",
            terms=[["value_positive"]],
            combine={"at_best": "1"},
        ),
        step("tau", "sign", "trace != 0", "tau_positive"),
        step("order", "sign", "1 <= q + 1"),
        step(
            "goal",
            "apply",
            "n == d",
            "claim:ae.incompatible",
            "dimension",
            "units",
            "unit",
            "linear_equal",
            "cubic_equal",
            "tau",
            "order",
            put={"h": "q + 1"},
            prose="The two equalities are compatible for n = d only.",
        ),
    ]
    hyps = {**BOUND_HYPS, "tight": "risk == 1 - r/(r + alpha)", "active": active}
    example = {**EXAMPLE, "A(k,i)": f"({EXAMPLE['b(i,k)']})/7", "q": "0"}
    declare = "i,j,k,m,e,g:Z n,d,l,p,q:N"
    return Proof(Statement("n == d", hyps, declare=declare, let=let, inhabited=example), steps)
