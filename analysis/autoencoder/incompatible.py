"""Equality in degree 1 and in a higher degree exclude each other unless n = d."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .powers import EXAMPLE, UNIT
from .tensor_equality import no_slope


def build_incompatible(nonzero: str = "trace != 0") -> Proof:
    """Return the derivation: equality in degree 1 with d and in degree 2h + 1 >= 3 with n, tau != 0, forces n = d.

    Degree 1 gives AB = nu I with nu = tau/d, so that sum_ij K_ij G_ij = nu n for K = BA. Degree 2h + 1 gives
    K'V = mu V with K' = K o G^(h), V = G^(h+1), mu = tau/n; then I - K'/mu is idempotent with trace 0, so that K' is
    mu I and sum_ij K_ij G_ij = mu n. Derived in this project.

    Arguments:
        nonzero: knob of the mutant, the hypothesis on tau.

    Returns:
        The derivation.

    Example:
        >>> build_incompatible().statement.goal
        'n == d'
    """
    let = {
        "G(i,j)": "Sum(c, 1, d, b(i, c)*b(j, c))",
        "trace": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*b(i, k)))",
        "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
        "K(i,j)": "Sum(c, 1, d, b(i, c)*A(c, j))",
        "H(i,j)": "Sum(c, 1, d, b(i, c)*A(c, j))*G(i, j)**h",
        "mu": "trace/n",
        "T(i,j)": "H(i, j) - mu*delta(i, j)",
        "KG": "Sum(i, 1, n, Sum(j, 1, n, K(i, j)*G(i, j)))",
        "B2(k,e)": "Sum(i, 1, n, b(i, k)*b(i, e))",
        "off(k,e)": "Sum(i, 1, n, A(k, i)*b(i, e)) - trace/d*delta(k, e)",
        "B4": "Sum(k, 1, d, Sum(e, 1, d, B2(k, e)**2))",
        "X(c,i)": "T(g, i)*b(i, c) + a*Z(i)*A(c, i)",
        "TTV": "Sum(i, 1, n, Sum(e, 1, n, T(g, i)*T(g, e)*G(i, e)**(h + 1)))",
        "TZ": "Sum(i, 1, n, Sum(e, 1, n, T(g, i)*Z(e)*H(i, e)))",
        "ZZ": "Sum(i, 1, n, Sum(e, 1, n, Z(i)*Z(e)*AA(i, e)*G(i, e)**h))",
    }
    power = "Imp(y*x**h == 0, y*x == 0)"
    steps = [
        *no_slope(),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "units", terms=[["c:1", "units"], ["c:1"]]),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("rows", "congruence", "Sum(i, 1, n, G(i, i)) == Sum(i, 1, n, 1)", "row"),
        # degree 1: AB = (tau/d) I
        step("plane_ke", "sign", "0 <= (off(k, e) + a*B2(k, e))**2"),
        step("plane_k", "monotone", "0 <= Sum(e, 1, d, (off(k, e) + a*B2(k, e))**2)", "plane_ke"),
        step("plane", "monotone", "0 <= Sum(k, 1, d, Sum(e, 1, d, (off(k, e) + a*B2(k, e))**2))", "plane_k"),
        step(
            "plane_a",
            "certificate",
            "0 <= 2*a*(KG - trace*n/d) + a**2*B4",
            "plane",
            "linear",
            "rows",
            "d_positive",
            terms=[["plane"]],
            combine={"linear": "-1", "rows": "2*a*trace/d"},
        ),
        step("plane_all", "generalize", "All(a, 0 <= 2*a*(KG - trace*n/d) + a**2*B4)", "plane_a"),
        step("B4_ke", "sign", "0 <= B2(k, e)**2"),
        step("B4_k", "monotone", "0 <= Sum(e, 1, d, B2(k, e)**2)", "B4_ke"),
        step("B4", "monotone", "0 <= B4", "B4_k"),
        step(
            "by_plane",
            "apply",
            "KG - trace*n/d == 0",
            "no_slope",
            "plane_all",
            "B4",
            put={"x": "KG - trace*n/d", "y": "B4"},
            prose="AB = (tau/d) I, so sum K o G = tau n/d.",
        ),
        # degree 2h + 1: T V = 0
        step("c_lo", "assume", "1 <= c"),
        step("c_hi", "assume", "c <= d"),
        step("e_lo", "assume", "1 <= e"),
        step("e_hi", "assume", "e <= n"),
        step("g_lo", "assume", "1 <= g"),
        step("g_hi", "assume", "g <= n"),
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("j_lo", "assume", "1 <= j"),
        step("j_hi", "assume", "j <= n"),
        step(
            "tensor_c",
            "apply",
            "Sum(i, 1, n, G(i, e)**(h + 1)*G(i, g)**h*A(c, i)) == mu*G(e, g)**h*b(e, c)",
            "claim:ae.tensor-equality",
            "units",
            "unit",
            "cubic",
            "c_lo",
            "c_hi",
            "e_lo",
            "e_hi",
            "g_lo",
            "g_hi",
            put={"k": "c"},
        ),
        step(
            "tensor_b",
            "identity",
            "b(g, c)*Sum(i, 1, n, G(i, e)**(h + 1)*G(i, g)**h*A(c, i)) == mu*G(e, g)**h*b(e, c)*b(g, c)",
            "tensor_c",
            combine={"tensor_c": "b(g, c)"},
        ),
        step(
            "tensor_sum",
            "congruence",
            "Sum(c, 1, d, b(g, c)*Sum(i, 1, n, G(i, e)**(h + 1)*G(i, g)**h*A(c, i))) == "
            "Sum(c, 1, d, mu*G(e, g)**h*b(e, c)*b(g, c))",
            "tensor_b",
        ),
        step(
            "pick_g",
            "sums",
            "Sum(i, 1, n, delta(g, i)*G(i, e)**(h + 1)) == G(g, e)**(h + 1)",
            "g_lo",
            "g_hi",
            kind="delta",
            index="g",
            rest="G(i, e)**(h + 1)",
        ),
        step(
            "TV",
            "identity",
            "Sum(i, 1, n, T(g, i)*G(i, e)**(h + 1)) == 0",
            "tensor_sum",
            "pick_g",
            combine={"tensor_sum": "1", "pick_g": "-mu"},
            prose="(K' - mu I) V = 0.",
        ),
        step(
            "TV_T", "identity", "T(g, e)*Sum(i, 1, n, T(g, i)*G(i, e)**(h + 1)) == 0", "TV", combine={"TV": "T(g, e)"}
        ),
        step(
            "TTV",
            "congruence",
            "Sum(e, 1, n, T(g, e)*Sum(i, 1, n, T(g, i)*G(i, e)**(h + 1))) == Sum(e, 1, n, 0)",
            "TV_T",
        ),
        # hence T K' = 0: the tensors sum_i T_gi b_i x k_i vanish
        step(
            "tensors",
            "apply",
            "0 <= Sum(c, 1, d, Sum(i, 1, n, Sum(j, 1, n, X(c, i)*X(c, j)*G(i, j)**h)))",
            "claim:ae.gram-positive",
            symbols={"X(c,i)": "X(c, i)"},
        ),
        step(
            "tensors_a",
            "certificate",
            "0 <= 2*a*TZ + a**2*ZZ",
            "tensors",
            "TTV",
            terms=[["tensors"]],
            combine={"TTV": "-1"},
        ),
        step("tensors_all", "generalize", "All(a, 0 <= 2*a*TZ + a**2*ZZ)", "tensors_a"),
        step(
            "ZZ_form",
            "apply",
            "0 <= Sum(c, 1, d, Sum(i, 1, n, Sum(j, 1, n, (Z(i)*A(c, i))*(Z(j)*A(c, j))*G(i, j)**h)))",
            "claim:ae.gram-positive",
            symbols={"X(c,i)": "Z(i)*A(c, i)"},
        ),
        step("ZZ", "certificate", "0 <= ZZ", "ZZ_form", terms=[["ZZ_form"]]),
        step("TZ", "apply", "TZ == 0", "no_slope", "tensors_all", "ZZ", put={"x": "TZ", "y": "ZZ"}),
        step(
            "TH_sum",
            "apply",
            "Sum(i, 1, n, Sum(e, 1, n, T(g, i)*delta(e, j)*H(i, e))) == 0",
            "TZ",
            symbols={"Z(e)": "delta(e, j)"},
        ),
        step(
            "TH_pick",
            "sums",
            "Sum(e, 1, n, delta(e, j)*(T(g, i)*H(i, e))) == T(g, i)*H(i, j)",
            "j_lo",
            "j_hi",
            kind="delta",
            index="j",
            rest="T(g, i)*H(i, e)",
        ),
        step(
            "TH_picked",
            "congruence",
            "Sum(i, 1, n, Sum(e, 1, n, delta(e, j)*(T(g, i)*H(i, e)))) == Sum(i, 1, n, T(g, i)*H(i, j))",
            "TH_pick",
        ),
        step(
            "T_pick",
            "sums",
            "Sum(i, 1, n, delta(i, j)*T(g, i)) == T(g, j)",
            "j_lo",
            "j_hi",
            kind="delta",
            index="j",
            rest="T(g, i)",
        ),
        step(
            "square",
            "identity",
            "Sum(k, 1, n, (-T(g, k)/mu)*(-T(k, j)/mu)) == -T(g, j)/mu",
            "TH_sum",
            "TH_picked",
            "T_pick",
            "nonzero",
            "n_positive",
            combine={"TH_sum": "1/mu**2", "TH_picked": "-1/mu**2", "T_pick": "-1/mu"},
            prose="I - K'/mu is idempotent ...",
        ),
        step(
            "square_ij",
            "apply",
            "Sum(k, 1, n, (-T(i, k)/mu)*(-T(k, j)/mu)) == -T(i, j)/mu",
            "square",
            "i_lo",
            "i_hi",
            "j_lo",
            "j_hi",
            put={"g": "i"},
        ),
        step(
            "square_if",
            "discharge",
            "Imp(1 <= i, i <= n, 1 <= j, j <= n, Sum(k, 1, n, (-T(i, k)/mu)*(-T(k, j)/mu)) == -T(i, j)/mu)",
            "square_ij",
        ),
        step(
            "squares",
            "generalize",
            "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, "
            "Sum(k, 1, n, (-T(i, k)/mu)*(-T(k, j)/mu)) == -T(i, j)/mu)))",
            "square_if",
        ),
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("one_h", "assume", "G(i, i)**h == 1"),
        step("one_next", "identity", "G(i, i)**(h + 1) == 1", "one_h", "row", combine={"one_h": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**h == 1", "one_0", "one_next", on="h", base="0"),
        step("trace_i", "identity", "H(i, i) == K(i, i)", "one", combine={"one": "K(i, i)"}),
        step("traces", "congruence", "Sum(i, 1, n, H(i, i)) == Sum(i, 1, n, K(i, i))", "trace_i"),
        step(
            "trace_0",
            "identity",
            "Sum(i, 1, n, -T(i, i)/mu) == 0",
            "traces",
            "nonzero",
            "n_positive",
            combine={"traces": "-1/mu"},
            prose="... with trace 0, ...",
        ),
        step(
            "idempotent",
            "apply",
            "-T(i, j)/mu == 0",
            "axiom:idempotent-trace",
            "squares",
            "trace_0",
            "i_lo",
            "i_hi",
            "j_lo",
            "j_hi",
            symbols={"M(i,j)": "-T(i, j)/mu"},
            at={"i": "i", "j": "j"},
        ),
        step(
            "H",
            "identity",
            "H(i, j) == mu*delta(i, j)",
            "idempotent",
            "nonzero",
            "n_positive",
            combine={"idempotent": "-mu"},
            prose="... so K' = mu I.",
        ),
        # off the diagonal K o G vanishes as well
        step("start_if", "assume", "y*x**1 == 0"),
        step("start_x", "identity", "y*x == 0", "start_if", combine={"start_if": "1"}),
        step("start_y", "discharge", "Imp(y*x**1 == 0, y*x == 0)", "start_x"),
        step("start", "generalize", "All(y, Imp(y*x**1 == 0, y*x == 0))", "start_y"),
        step("shorter", "assume", f"All(y, {power})"),
        step("longer_if", "assume", "y*x**(h + 1) == 0"),
        step("longer_x", "identity", "(y*x)*x**h == 0", "longer_if", combine={"longer_if": "1"}),
        step("longer_xx", "apply", "(y*x)*x == 0", "shorter", "longer_x", at={"y": "y*x"}),
        step("longer", "arithmetic", "y*x == 0", "longer_xx"),
        step("next_y", "discharge", "Imp(y*x**(h + 1) == 0, y*x == 0)", "longer"),
        step("next", "generalize", "All(y, Imp(y*x**(h + 1) == 0, y*x == 0))", "next_y"),
        step("powers", "induction", f"All(y, {power})", "start", "next", on="h", base="1"),
        step("off_H", "identity", "((1 - delta(i, j))*K(i, j))*G(i, j)**h == 0", "H", combine={"H": "1 - delta(i, j)"}),
        step("powers_G", "apply", "All(y, Imp(y*G(i, j)**h == 0, y*G(i, j) == 0))", "powers", put={"x": "G(i, j)"}),
        step(
            "off_G",
            "apply",
            "((1 - delta(i, j))*K(i, j))*G(i, j) == 0",
            "powers_G",
            "off_H",
            at={"y": "(1 - delta(i, j))*K(i, j)"},
        ),
        step("off_j", "congruence", "Sum(j, 1, n, ((1 - delta(i, j))*K(i, j))*G(i, j)) == Sum(j, 1, n, 0)", "off_G"),
        step(
            "off",
            "congruence",
            "Sum(i, 1, n, Sum(j, 1, n, ((1 - delta(i, j))*K(i, j))*G(i, j))) == Sum(i, 1, n, Sum(j, 1, n, 0))",
            "off_j",
        ),
        step("diagonal_i", "identity", "K(i, i)*G(i, i) == K(i, i)", "row", combine={"row": "K(i, i)"}),
        step("diagonal", "congruence", "Sum(i, 1, n, K(i, i)*G(i, i)) == Sum(i, 1, n, K(i, i))", "diagonal_i"),
        step(
            "by_tensors",
            "identity",
            "KG == trace",
            "off",
            "diagonal",
            combine={"off": "1", "diagonal": "1"},
            prose="So sum K o G = mu n = tau.",
        ),
        step(
            "compare",
            "identity",
            "trace*(n - d) == 0",
            "by_plane",
            "by_tensors",
            "d_positive",
            combine={"by_plane": "-d", "by_tensors": "d"},
        ),
        step("product", "assume", "x*y == 0"),
        step("factor", "assume", "x != 0"),
        step("other", "arithmetic", "y == 0", "product", "factor"),
        step("cancel", "discharge", "Imp(x*y == 0, x != 0, y == 0)", "other"),
        step("difference", "apply", "n - d == 0", "cancel", "compare", "nonzero", put={"x": "trace", "y": "n - d"}),
        step("goal", "identity", "n == d", "difference", combine={"difference": "1"}),
    ]
    hyps = {
        "dimension": "1 <= d",
        "units": "1 <= n",
        "unit": UNIT,
        "linear": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j))) == trace**2/d",
        "cubic": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*h + 1))) == trace**2/n",
        "nonzero": nonzero,
        "order": "1 <= h",
    }
    example = {**EXAMPLE, "h": "1", "A(k,i)": "delta(k, i)"}
    return Proof(Statement("n == d", hyps, declare="i,j,k,m,e,g,c:Z n,d,h:N", let=let, inhabited=example), steps)
