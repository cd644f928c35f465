"""Orthonormal rows attain the lower bound."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, coefficients, odd_form
from .setting import DECLARE, EXAMPLE, HYPS, LET

ORTHONORMAL = "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, G(i, j) == delta(i, j))))"


def build_attained(scale: str = "1") -> Proof:
    """Return the derivation of R = 1 - r/(1 + alpha) for orthonormal rows and A = g B^T, g = 1/(1 + alpha).

    Orthonormal rows exist for n <= d; there this is the lower bound for odd activations, so the bound is attained. The
    value holds for every activation: the entries of F off the diagonal meet A^T A = g^2 I. Derived in this project.

    Arguments:
        scale: knob of the mutant, the value of g (1 + alpha).

    Returns:
        The derivation.

    Example:
        >>> build_attained().statement.goal
        'risk == 1 - n/d/(1 + alpha)'
    """
    let = {
        "A(k,i)": "g*b(i, k)",
        **LET,
        "alpha": "E[z](sigma(z(1))**2)/c1**2 - 1",
        "form": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*F(i, j)))",
        "term(i)": "Sum(j, 1, n, G(i, j)*F(i, j))",
        "sum_c": "Series(l, 0, (c(l)/c1)**2)",
    }
    goal = "risk == 1 - n/d/(1 + alpha)"
    steps = [
        step(
            "risk", "apply", "risk == 1 + (form - 2*trace)/d", "claim:ae.risk", *HYPS, symbols={"A(k,i)": "g*b(i, k)"}
        ),
        # the diagonal of F
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_l", "assume", "G(i, i)**l == 1"),
        step("one_next", "identity", "G(i, i)**(l + 1) == 1", "one_l", "row", combine={"one_l": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**l == 1", "one_0", "one_next", on="l", base="0"),
        step(
            "diagonal_l", "identity", "(c(l)/c1)**2*G(i, i)**l == (c(l)/c1)**2", "one", combine={"one": "(c(l)/c1)**2"}
        ),
        step("diagonal", "congruence", "F(i, i) == sum_c", "diagonal_l"),
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
            "energy",
            "identity",
            "F(i, i) == 1 + alpha",
            "diagonal",
            "expansion",
            "nonzero",
            combine={"diagonal": "1", "expansion": "-1/c1**2"},
            prose="The diagonal of F is E sigma^2/c_1^2.",
        ),
        # the trace form and the trace
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("j_lo", "assume", "1 <= j"),
        step("j_hi", "assume", "j <= n"),
        step(
            "entry",
            "apply",
            "G(i, j) == delta(i, j)",
            "orthonormal",
            "i_lo",
            "i_hi",
            "j_lo",
            "j_hi",
            at={"i": "i", "j": "j"},
        ),
        step("entry_F", "identity", "G(i, j)*F(i, j) == delta(i, j)*F(i, j)", "entry", combine={"entry": "F(i, j)"}),
        step("row_F", "congruence", "term(i) == Sum(j, 1, n, delta(i, j)*F(i, j))", "entry_F"),
        step(
            "picked",
            "sums",
            "Sum(j, 1, n, delta(i, j)*F(i, j)) == F(i, i)",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest="F(i, j)",
        ),
        step(
            "row_sum",
            "identity",
            "term(i) == 1 + alpha",
            "row_F",
            "picked",
            "energy",
            combine={"row_F": "1", "picked": "1", "energy": "1"},
            prose="Only the diagonal of F meets the orthonormal rows.",
        ),
        step("rows", "congruence", "Sum(i, 1, n, term(i)) == Sum(i, 1, n, 1 + alpha)", "row_sum"),
        step("traces", "congruence", "Sum(i, 1, n, G(i, i)) == Sum(i, 1, n, 1)", "row"),
        step("positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step(
            "value",
            "identity",
            "risk == 1 + (g**2*n*(1 + alpha) - 2*g*n)/d",
            "risk",
            "rows",
            "traces",
            "positive",
            combine={"risk": "1", "rows": "g**2/d", "traces": "-2*g/d"},
        ),
        step(
            "sum",
            "arithmetic",
            "1 + alpha != 0",
            "scale",
        ),
        step(
            "gain",
            "identity",
            "g == 1/(1 + alpha)",
            "scale",
            "sum",
            combine={"scale": "1/(1 + alpha)"},
        ),
        step(
            "goal",
            "identity",
            goal,
            "value",
            "gain",
            "scale",
            "sum",
            "positive",
            combine={"value": "1", "scale": "g*n/d", "gain": "-n/d"},
            prose="The best multiple of B^T.",
        ),
    ]
    hyps = {**HYPS, "orthonormal": ORTHONORMAL, "scale": f"g*(1 + alpha) == {scale}"}
    example = {k: v for k, v in EXAMPLE.items() if k != "A(k,i)"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**example, "g": "1/7"}), steps)


def build_only_minimisers(active: str = "c(2*q + 3) != 0") -> Proof:
    """Return the derivation: a code with the risk 1 - r/(1 + alpha) has orthogonal rows and A = B^T/(1 + alpha).

    For odd activations that are not linear (some c_{2q+3} is not 0). Equality in the bound is equality in the degrees
    1 and 2q + 3 and in the parabola in tau; stationarity of both degrees then forces the minimiser. Rows are unit
    vectors, so that n <= d follows. The claim is the abstract's of ICML 2023; derived in this project.

    Arguments:
        active: knob of the mutant, the hypothesis that some higher coefficient is not 0.

    Returns:
        The derivation.

    Example:
        >>> build_only_minimisers().statement.goal
        '(1 - delta(g, e))*G(g, e) == 0 and A(k, e) == b(e, k)/(1 + alpha)'
    """
    let = {
        **BOUND_LET,
        "level": "trace**2/n",
        "linear": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)))",
        "Q(p)": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)**(2*p + 3)))",
        "best": "n/(1 + a)",
    }
    goal = "(1 - delta(g, e))*G(g, e) == 0 and A(k, e) == b(e, k)/(1 + alpha)"
    ranges = {
        "k_lo": "1 <= k",
        "k_hi": "k <= d",
        "e_lo": "1 <= e",
        "e_hi": "e <= n",
        "g_lo": "1 <= g",
        "g_hi": "g <= n",
    }
    trace_hyps = ("units", "unit", "weights", "summable")

    def stationary(name: str, order: str, power: str) -> list[dict[str, Any]]:
        one = f"Sum(i, 1, n, G(i, e)**({power})*A(m, i)) == trace/n*b(e, m)"
        return [
            step(
                f"{name}_k",
                "apply",
                one.replace("A(m", "A(k").replace("b(e, m)", "b(e, k)"),
                "claim:ae.cs-equality",
                "units",
                "unit",
                f"{name}_equal",
                "k_lo",
                "k_hi",
                "e_lo",
                "e_hi",
                put={"h": order},
            ),
            step(f"{name}_m", "apply", one, f"{name}_k", "m_lo", "m_hi", put={"k": "m"}),
            step(f"{name}_if", "discharge", f"Imp(1 <= m, m <= d, 1 <= e, e <= n, {one})", f"{name}_m"),
            step(name, "generalize", f"All(m, All(e, Imp(1 <= m, m <= d, 1 <= e, e <= n, {one})))", f"{name}_if"),
        ]

    steps = [
        *coefficients(),
        *odd_form(),
        step("m_lo", "assume", "1 <= m"),
        step("m_hi", "assume", "m <= d"),
        step("risk", "apply", "risk == 1 + (form - 2*trace)/d", "claim:ae.risk", *HYPS),
        step(
            "trace_form",
            "apply",
            "trace**2*(1/n + a/n) <= odd_form",
            "claim:ae.trace-le1",
            *trace_hyps,
            symbols={"w(p)": "w(p)"},
        ),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "units", terms=[["c:1", "units"], ["c:1"]]),
        step("f_one", "sign", "0 < 1 + a", "a"),
        step("f_alpha", "certificate", "0 < 1 + alpha", "f_one", "alpha", terms=[["f_one"]], combine={"alpha": "1"}),
        step(
            "value",
            "identity",
            "r/(1 + alpha) == r/(1 + a)",
            "alpha",
            "f_one",
            "f_alpha",
            "d_positive",
            combine={"alpha": "-r/((1 + a)*(1 + alpha))"},
        ),
        # the parabola in tau is at its minimum
        step(
            "square",
            "certificate",
            "(trace - best)**2 <= 0",
            "trace_form",
            "risk",
            "odd_form",
            "tight",
            "value",
            "f_one",
            "d_positive",
            "n_positive",
            times="(1 + a)/n",
            terms=[["trace_form"]],
            combine={"risk": "d", "odd_form": "1", "tight": "-d", "value": "d"},
        ),
        step("flat", "assume", "x**2 <= 0"),
        step("flat_0", "arithmetic", "x == 0", "flat"),
        step("zero", "discharge", "Imp(x**2 <= 0, x == 0)", "flat_0"),
        step(
            "at_best",
            "apply",
            "trace - best == 0",
            "zero",
            "square",
            put={"x": "trace - best"},
            prose="Equality in the parabola: tau = n/(1 + alpha).",
        ),
        # equality in every degree that occurs
        step(
            "equal",
            "identity",
            "odd_form == trace**2*(1/n + a/n)",
            "risk",
            "odd_form",
            "tight",
            "value",
            "at_best",
            "f_one",
            "d_positive",
            "n_positive",
            combine={
                "risk": "-d",
                "odd_form": "-1",
                "tight": "d",
                "value": "-d",
                "at_best": "2 - (1 + a)/n*(trace + best)",
            },
        ),
        step("positive_q", "sign", "0 < w(q)", "active", "nonzero"),
        step(
            "linear_equal",
            "apply",
            "linear == level",
            "claim:ae.trace-equality",
            *trace_hyps,
            "equal",
            "positive_q",
            symbols={"w(p)": "w(p)"},
        ),
        step(
            "cubic_equal",
            "apply",
            "Q(q) == level",
            "claim:ae.trace-equality",
            *trace_hyps,
            "equal",
            "positive_q",
            symbols={"w(p)": "w(p)"},
            prose="Equality in the degrees 1 and 2q + 3.",
        ),
        *stationary("linear", "0", "2*0 + 1"),
        *stationary("cubic", "q + 1", "2*(q + 1) + 1"),
        step("t", "identity", "trace/n == 1/(1 + a)", "at_best", "n_positive", "f_one", combine={"at_best": "1/n"}),
        step("t_value", "sign", "0 < 1/(1 + a)", "f_one"),
        step("t_positive", "certificate", "0 < trace/n", "t", "t_value", terms=[["t_value"]], combine={"t": "1"}),
        step("t_nonzero", "sign", "trace/n != 0", "t_positive"),
        step("total", "identity", "trace == n*(trace/n)", "n_positive"),
        step("order", "sign", "1 <= q + 1"),
        step(
            "orthogonal",
            "apply",
            "(1 - delta(g, e))*G(g, e) == 0",
            "claim:ae.rigidity",
            "unit",
            "linear",
            "cubic",
            "total",
            "t_nonzero",
            "order",
            *ranges,
            put={"t": "trace/n", "h": "q + 1"},
            prose="So the rows are orthogonal ...",
        ),
        step(
            "decoder",
            "apply",
            "A(k, e) == trace/n*b(e, k)",
            "claim:ae.rigidity",
            "unit",
            "linear",
            "cubic",
            "total",
            "t_nonzero",
            "order",
            *ranges,
            put={"t": "trace/n", "h": "q + 1"},
        ),
        step(
            "decoder_a",
            "identity",
            "A(k, e) == b(e, k)/(1 + alpha)",
            "decoder",
            "t",
            "alpha",
            "f_one",
            "f_alpha",
            combine={"decoder": "1", "t": "b(e, k)", "alpha": "b(e, k)/((1 + a)*(1 + alpha))"},
            prose="... and the decoder is the transpose, scaled.",
        ),
        step("goal", "arithmetic", goal, "orthogonal", "decoder_a"),
    ]
    hyps = {**BOUND_HYPS, "tight": "risk == 1 - r/(1 + alpha)", "active": active, **ranges}
    example = {**EXAMPLE, "A(k,i)": f"({EXAMPLE['b(i,k)']})/7", "q": "0", "k": "1", "e": "1", "g": "2"}
    declare = "i,j,k,m,e,g:Z n,d,l,p,q:N"
    return Proof(Statement(goal, hyps, declare=declare, let=let, inhabited=example), steps)
