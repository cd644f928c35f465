"""Two degrees of the bound determine its minimisers."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .powers import EXAMPLE, UNIT
from .series import entries_at_most_one


def _vanishes(
    name: str, entry: str, total: str, index: str = "k", lo: str = "c_lo", hi: str = "c_hi"
) -> list[dict[str, Any]]:
    """Return the steps from "total": sum over c of entry(c)^2 <= 0 to entry(index) == 0, called `name`."""
    at = entry.replace("(c)", f"({index})")
    square = f"({entry})**2"
    return [
        step(f"{name}_off", "arithmetic", f"0 <= 1 - delta(c, {index})"),
        step(
            f"{name}_term",
            "certificate",
            f"0 <= (1 - delta(c, {index}))*{square}",
            f"{name}_off",
            terms=[[f"{name}_off", f"sq:{entry}"]],
        ),
        step(f"{name}_terms", "monotone", f"0 <= Sum(c, 1, d, (1 - delta(c, {index}))*{square})", f"{name}_term"),
        step(
            f"{name}_pick",
            "sums",
            f"Sum(c, 1, d, delta(c, {index})*{square}) == ({at})**2",
            lo,
            hi,
            kind="delta",
            index=index,
            rest=square,
        ),
        step(
            f"{name}_small",
            "certificate",
            f"({at})**2 <= 0",
            f"{name}_terms",
            f"{name}_pick",
            total,
            terms=[[f"{name}_terms"], [total]],
            combine={f"{name}_pick": "1"},
        ),
        step(name, "apply", f"{at} == 0", "zero", f"{name}_small", put={"x": at}),
    ]


def build_rigidity(order: str = "1 <= h") -> Proof:
    """Return the derivation: stationarity in degrees 1 and 2h + 1 >= 3 forces orthogonal rows and A = t B^T.

    sum_i G_ie a_i = t b_e, sum_i G_ie^(2h+1) a_i = t b_e, Tr[BA] = n t and t != 0. With K = BA the first gives
    (K - tI) G = 0, hence (K - tI) B = 0 and (K - tI) K = 0: I - K/t is idempotent with trace 0, so K = tI. Then the
    second reads G^(2h+1) = G entrywise, so that every entry is 0 or +-1; and +-1 off the diagonal contradicts K = tI.
    Derived in this project.

    Arguments:
        order: knob of the mutant, the hypothesis on h.

    Returns:
        The derivation.

    Example:
        >>> build_rigidity().statement.goal
        '(1 - delta(g, e))*G(g, e) == 0 and A(k, e) == t*b(e, k)'
    """
    let = {
        "G(i,j)": "Sum(c, 1, d, b(i, c)*b(j, c))",
        "trace": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*b(i, k)))",
        "K(i,j)": "Sum(c, 1, d, b(i, c)*A(c, j))",
        "T(i,j)": "Sum(c, 1, d, b(i, c)*A(c, j)) - t*delta(i, j)",
        "y(c)": "Sum(i, 1, n, T(g, i)*b(i, c))",
        "v(c)": "G(g, e)*(b(g, c) - G(g, e)*b(e, c))",
    }
    ranges = {
        "k_lo": "1 <= k",
        "k_hi": "k <= d",
        "e_lo": "1 <= e",
        "e_hi": "e <= n",
        "g_lo": "1 <= g",
        "g_hi": "g <= n",
    }
    power = "G(i, e)**(2*h + 1)"
    goal = "(1 - delta(g, e))*G(g, e) == 0 and A(k, e) == t*b(e, k)"
    steps = [
        step("flat", "assume", "x**2 <= 0"),
        step("flat_0", "arithmetic", "x == 0", "flat"),
        step("zero", "discharge", "Imp(x**2 <= 0, x == 0)", "flat_0"),
        step("c_lo", "assume", "1 <= c"),
        step("c_hi", "assume", "c <= d"),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("j_lo", "assume", "1 <= j"),
        step("j_hi", "assume", "j <= n"),
        # (K - tI) G = 0
        step(
            "linear_c",
            "apply",
            "Sum(i, 1, n, G(i, e)*A(c, i)) == t*b(e, c)",
            "linear",
            "c_lo",
            "c_hi",
            "e_lo",
            "e_hi",
            at={"c": "c", "e": "e"},
        ),
        step(
            "linear_b",
            "identity",
            "b(g, c)*Sum(i, 1, n, G(i, e)*A(c, i)) == t*b(g, c)*b(e, c)",
            "linear_c",
            combine={"linear_c": "b(g, c)"},
        ),
        step(
            "linear_sum",
            "congruence",
            "Sum(c, 1, d, b(g, c)*Sum(i, 1, n, G(i, e)*A(c, i))) == Sum(c, 1, d, t*b(g, c)*b(e, c))",
            "linear_b",
        ),
        step(
            "row_g",
            "sums",
            "Sum(i, 1, n, delta(i, g)*G(i, e)) == G(g, e)",
            "g_lo",
            "g_hi",
            kind="delta",
            index="g",
            rest="G(i, e)",
        ),
        step(
            "null_G",
            "identity",
            "Sum(i, 1, n, T(g, i)*G(i, e)) == 0",
            "linear_sum",
            "row_g",
            combine={"linear_sum": "1", "row_g": "-t"},
            prose="(K - tI) G = 0.",
        ),
        # (K - tI) B = 0
        step(
            "null_T", "identity", "T(g, e)*Sum(i, 1, n, T(g, i)*G(i, e)) == 0", "null_G", combine={"null_G": "T(g, e)"}
        ),
        step(
            "null_sum", "congruence", "Sum(e, 1, n, T(g, e)*Sum(i, 1, n, T(g, i)*G(i, e))) == Sum(e, 1, n, 0)", "null_T"
        ),
        step("y_square", "certificate", "Sum(c, 1, d, y(c)**2) <= 0", "null_sum", terms=[], combine={"null_sum": "-1"}),
        *_vanishes("y_k", "y(c)", "y_square", lo="k_lo", hi="k_hi"),
        step("y_c", "apply", "y(c) == 0", "y_k", "c_lo", "c_hi", put={"k": "c"}, prose="(K - tI) B = 0."),
        # I - K/t is idempotent with trace 0
        step("y_A", "identity", "y(c)*A(c, e) == 0", "y_c", combine={"y_c": "A(c, e)"}),
        step("y_sum", "congruence", "Sum(c, 1, d, y(c)*A(c, e)) == Sum(c, 1, d, 0)", "y_A"),
        step(
            "column_e",
            "sums",
            "Sum(i, 1, n, delta(i, e)*T(g, i)) == T(g, e)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="T(g, i)",
        ),
        step(
            "square",
            "identity",
            "Sum(k, 1, n, (-T(g, k)/t)*(-T(k, e)/t)) == -T(g, e)/t",
            "y_sum",
            "column_e",
            "nonzero",
            combine={"y_sum": "1/t**2", "column_e": "-1/t"},
            prose="(K - tI) K = 0, so I - K/t is idempotent.",
        ),
        step(
            "square_ij",
            "apply",
            "Sum(k, 1, n, (-T(i, k)/t)*(-T(k, j)/t)) == -T(i, j)/t",
            "square",
            "i_lo",
            "i_hi",
            "j_lo",
            "j_hi",
            put={"g": "i", "e": "j"},
        ),
        step(
            "square_if",
            "discharge",
            "Imp(1 <= i, i <= n, 1 <= j, j <= n, Sum(k, 1, n, (-T(i, k)/t)*(-T(k, j)/t)) == -T(i, j)/t)",
            "square_ij",
        ),
        step(
            "squares",
            "generalize",
            "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, "
            "Sum(k, 1, n, (-T(i, k)/t)*(-T(k, j)/t)) == -T(i, j)/t)))",
            "square_if",
        ),
        step("trace_0", "identity", "Sum(i, 1, n, -T(i, i)/t) == 0", "trace", "nonzero", combine={"trace": "-1/t"}),
        step(
            "idempotent",
            "apply",
            "-T(g, e)/t == 0",
            "axiom:idempotent-trace",
            "squares",
            "trace_0",
            "g_lo",
            "g_hi",
            "e_lo",
            "e_hi",
            symbols={"M(i,j)": "-T(i, j)/t"},
            at={"i": "g", "j": "e"},
        ),
        step(
            "K",
            "identity",
            "K(g, e) == t*delta(g, e)",
            "idempotent",
            "nonzero",
            combine={"idempotent": "-t"},
            prose="So BA = tI.",
        ),
        # G^(2h+1) = G
        step(
            "cubic_c",
            "apply",
            f"Sum(i, 1, n, {power}*A(c, i)) == t*b(e, c)",
            "cubic",
            "c_lo",
            "c_hi",
            "e_lo",
            "e_hi",
            at={"c": "c", "e": "e"},
        ),
        step(
            "cubic_b",
            "identity",
            f"b(g, c)*Sum(i, 1, n, {power}*A(c, i)) == t*b(g, c)*b(e, c)",
            "cubic_c",
            combine={"cubic_c": "b(g, c)"},
        ),
        step(
            "cubic_sum",
            "congruence",
            f"Sum(c, 1, d, b(g, c)*Sum(i, 1, n, {power}*A(c, i))) == Sum(c, 1, d, t*b(g, c)*b(e, c))",
            "cubic_b",
        ),
        step("K_i", "apply", "K(g, i) == t*delta(g, i)", "K", "i_lo", "i_hi", put={"e": "i"}),
        step("K_P", "identity", f"K(g, i)*{power} == t*delta(g, i)*{power}", "K_i", combine={"K_i": power}),
        step("K_sum", "congruence", f"Sum(i, 1, n, K(g, i)*{power}) == Sum(i, 1, n, t*delta(g, i)*{power})", "K_P"),
        step(
            "K_pick",
            "sums",
            f"Sum(i, 1, n, delta(g, i)*{power}) == G(g, e)**(2*h + 1)",
            "g_lo",
            "g_hi",
            kind="delta",
            index="g",
            rest=power,
        ),
        step(
            "power_G",
            "identity",
            "G(g, e)**(2*h + 1) == G(g, e)",
            "cubic_sum",
            "K_sum",
            "K_pick",
            "nonzero",
            combine={"cubic_sum": "1/t", "K_sum": "-1/t", "K_pick": "-1"},
            prose="G^(2h+1) = G, entry by entry.",
        ),
        # so every entry is 0 or +-1
        *(s for s in entries_at_most_one() if not str(s["id"]).startswith("power")),
        step("at_most", "certificate", "G(i, j)**2 <= 1", "above", "below", terms=[["above", "below"]]),
        step("entry", "apply", "G(g, e)**2 <= 1", "at_most", put={"i": "g", "j": "e"}),
        step("decay_1", "sign", "(G(g, e)**1)**2 <= G(g, e)**2"),
        step("decay_h", "assume", "(G(g, e)**h)**2 <= G(g, e)**2"),
        step(
            "decay_next",
            "certificate",
            "(G(g, e)**(h + 1))**2 <= G(g, e)**2",
            "decay_h",
            "entry",
            terms=[["sq:G(g, e)", "entry"], ["sq:G(g, e)", "decay_h"]],
        ),
        step("decay", "induction", "(G(g, e)**h)**2 <= G(g, e)**2", "decay_1", "decay_next", on="h", base="1"),
        step(
            "fourth",
            "certificate",
            "G(g, e)**2 <= G(g, e)**4",
            "decay",
            "power_G",
            terms=[["sq:G(g, e)", "decay"]],
            combine={"power_G": "G(g, e)"},
        ),
        step("row_gg", "apply", "Sum(m, 1, d, b(g, m)**2) == 1", "unit", at={"i": "g"}),
        step("row_ee", "apply", "Sum(m, 1, d, b(e, m)**2) == 1", "unit", at={"i": "e"}),
        step(
            "v_square",
            "certificate",
            "Sum(c, 1, d, v(c)**2) <= 0",
            "fourth",
            "row_gg",
            "row_ee",
            terms=[["fourth"]],
            combine={"row_gg": "-G(g, e)**2", "row_ee": "-G(g, e)**4"},
        ),
        *_vanishes("v_k", "v(c)", "v_square", lo="k_lo", hi="k_hi"),
        step(
            "v_c",
            "apply",
            "v(c) == 0",
            "v_k",
            "c_lo",
            "c_hi",
            put={"k": "c"},
            prose="Where an entry is not 0 the two rows are equal or opposite.",
        ),
        # which K = tI forbids off the diagonal
        step("v_A", "identity", "v(c)*A(c, g) == 0", "v_c", combine={"v_c": "A(c, g)"}),
        step("v_sum", "congruence", "Sum(c, 1, d, v(c)*A(c, g)) == Sum(c, 1, d, 0)", "v_A"),
        step("K_gg", "apply", "K(g, g) == t*delta(g, g)", "K", "g_lo", "g_hi", put={"e": "g"}),
        step(
            "K_eg", "apply", "K(e, g) == t*delta(e, g)", "K", "g_lo", "g_hi", "e_lo", "e_hi", put={"e": "g", "g": "e"}
        ),
        step(
            "orthogonal",
            "identity",
            "(1 - delta(g, e))*G(g, e) == 0",
            "v_sum",
            "K_gg",
            "K_eg",
            "nonzero",
            combine={
                "v_sum": "(1 - delta(g, e))/t",
                "K_gg": "-(1 - delta(g, e))*G(g, e)/t",
                "K_eg": "(1 - delta(g, e))*G(g, e)**2/t",
            },
            prose="Different rows are orthogonal.",
        ),
        # the decoder
        step(
            "linear_k",
            "apply",
            "Sum(i, 1, n, G(i, e)*A(k, i)) == t*b(e, k)",
            "linear",
            "k_lo",
            "k_hi",
            "e_lo",
            "e_hi",
            at={"c": "k", "e": "e"},
        ),
        step("off_i", "apply", "(1 - delta(i, e))*G(i, e) == 0", "orthogonal", "i_lo", "i_hi", put={"g": "i"}),
        step("off_A", "identity", "(1 - delta(i, e))*G(i, e)*A(k, i) == 0", "off_i", combine={"off_i": "A(k, i)"}),
        step("off", "congruence", "Sum(i, 1, n, (1 - delta(i, e))*G(i, e)*A(k, i)) == Sum(i, 1, n, 0)", "off_A"),
        step(
            "on",
            "sums",
            "Sum(i, 1, n, delta(i, e)*(G(i, e)*A(k, i))) == G(e, e)*A(k, e)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="G(i, e)*A(k, i)",
        ),
        step(
            "decoder",
            "identity",
            "A(k, e) == t*b(e, k)",
            "linear_k",
            "off",
            "on",
            "row_ee",
            combine={"linear_k": "1", "off": "-1", "on": "-1", "row_ee": "-A(k, e)"},
            prose="A = t B^T.",
        ),
        step("goal", "arithmetic", goal, "orthogonal", "decoder"),
    ]
    hyps = {
        "unit": UNIT,
        "linear": "All(c, All(e, Imp(1 <= c, c <= d, 1 <= e, e <= n, Sum(i, 1, n, G(i, e)*A(c, i)) == t*b(e, c))))",
        "cubic": f"All(c, All(e, Imp(1 <= c, c <= d, 1 <= e, e <= n, Sum(i, 1, n, {power}*A(c, i)) == t*b(e, c))))",
        "trace": "trace == n*t",
        "nonzero": "t != 0",
        "order": order,
        **ranges,
    }
    example = {**EXAMPLE, "h": "1", "A(k,i)": "3*" + f"({EXAMPLE['b(i,k)']})", "t": "3", "k": "1", "e": "1", "g": "2"}
    return Proof(Statement(goal, hyps, declare="i,j,k,c,e,g,m:Z n,d,h:N", let=let, inhabited=example), steps)
