"""Tight frames of small inner products: codes that come as close to the rate bound as one likes."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, DECLARE, coefficients
from .definite import APART
from .designs import BEST, FORM, PAIRS, TIED, all_pairs
from .series import entry_series
from .setting import EXAMPLE, HYPS, LET
from .tight import FRAME

_SUM = "Series(p, 0, w(p))"


def build_tight_pairs(off: str = "(1 + a*g**2)") -> Proof:
    """Return the derivation of n^2/d <= sum_ij G_ij f(G_ij) <= n (1 + a) + n (n/d - 1)(1 + a g^2) for tight frames.

    |G_ij| <= g off the diagonal, and f(t) = t + sum over p >= 0 of w_p t^(2p + 3) with w_p >= 0 and the sum a. Tight
    frames have sum_ij G_ij^2 = n^2/d. Derived in this project.

    Arguments:
        off: knob of the mutant, the factor of the pairs of different rows.

    Returns:
        The derivation.

    Example:
        >>> build_tight_pairs().statement.goal.endswith("n*(1 + a) + n*(n/d - 1)*(1 + a*g**2)")
        True
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "f(i,j)": BOUND_LET["f(i,j)"],
        "a": _SUM,
        "size(p)": "w(p)*(G(i, j)**p)**2",
    }
    other = "(1 - delta(i, j))"
    low, high = f"n**2/d <= {PAIRS}", f"{PAIRS} <= n*(1 + a) + n*(n/d - 1)*{off}"
    goal = f"{low} and {high}"
    term, most = f"{other}*(w(p)*(G(i, j)*G(i, j)**(2*p + 3)))", f"{other}*G(i, j)**2*g**2*w(p)"
    frame = "Sum(i, 1, n, b(i, k)*b(i, m))"
    bounds = ("i_lo", "i_hi", "j_lo", "j_hi")
    steps = [
        *entry_series()[:-1],
        *(step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= n")
          for v in ("i", "j") for end in ("lo", "hi")),
        # a pair of different rows
        step("apart_ij", "apply", f"{other}*G(i, j)**2 <= g**2", "apart", *bounds, at={"i": "i", "j": "j"}),
        step("other", "arithmetic", f"0 <= {other}"),
        step("idem", "arithmetic", f"{other}*{other} == {other}"),
        step("term", "certificate", f"{term} <= {most}", "apart_ij", "other", "idem", "w_p", "power_p",
             terms=[["w_p", "sq:G(i, j)", "sq:G(i, j)**p", "other", "apart_ij"],
                    ["w_p", "other", "sq:G(i, j)", "sq:g", "power_p"]],
             combine={"idem": "w(p)*G(i, j)**4*(G(i, j)**p)**2"}),
        step("term_sum", "linear", f"Summable(p, 0, {term})", "sizes_ij"),
        step("most_sum", "linear", f"Summable(p, 0, {most})", "summable"),
        step("pair", "monotone", f"Series(p, 0, {term}) <= Series(p, 0, {most})", "term", "term_sum", "most_sum"),
        step("term_out", "linear",
             f"Series(p, 0, {term}) == {other}*G(i, j)*Series(p, 0, w(p)*G(i, j)**(2*p + 3))", "sizes_ij"),
        step("most_out", "linear", f"Series(p, 0, {most}) == {other}*G(i, j)**2*g**2*a", "summable"),
        step("pair_ij", "certificate", f"{other}*(G(i, j)*f(i, j)) <= {other}*G(i, j)**2*(1 + a*g**2)", "pair",
             "term_out", "most_out", terms=[["pair"]], combine={"term_out": "1", "most_out": "-1"}),
        step("pair_j", "monotone",
             f"Sum(j, 1, n, {other}*(G(i, j)*f(i, j))) <= Sum(j, 1, n, {other}*G(i, j)**2*(1 + a*g**2))", "pair_ij"),
        step("pairs", "monotone",
             f"Sum(i, 1, n, Sum(j, 1, n, {other}*(G(i, j)*f(i, j)))) <= "
             f"Sum(i, 1, n, Sum(j, 1, n, {other}*G(i, j)**2*(1 + a*g**2)))", "pair_j"),
        # a row with itself
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("one_l", "assume", "G(i, i)**l == 1"),
        step("one_next", "identity", "G(i, i)**(l + 1) == 1", "one_l", "row", combine={"one_l": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**l == 1", "one_0", "one_next", on="l", base="0"),
        step("one_p", "apply", "G(i, i)**(2*p + 3) == 1", "one", put={"l": "2*p + 3"}),
        step("same_p", "identity", "w(p)*G(i, i)**(2*p + 3) == w(p)", "one_p", combine={"one_p": "w(p)"}),
        step("same", "congruence", "Series(p, 0, w(p)*G(i, i)**(2*p + 3)) == a", "same_p"),
        step("pick", "sums", "Sum(j, 1, n, delta(i, j)*(G(i, j)*f(i, j))) == G(i, i)*f(i, i)", "i_lo", "i_hi",
             kind="delta", index="i", rest="G(i, j)*f(i, j)"),
        step("picked", "identity", "Sum(j, 1, n, delta(i, j)*(G(i, j)*f(i, j))) == 1 + a", "pick", "row", "same",
             combine={"pick": "1", "same": "G(i, i)", "row": "G(i, i) + 1 + a"}),
        step("diagonal", "congruence",
             "Sum(i, 1, n, Sum(j, 1, n, delta(i, j)*(G(i, j)*f(i, j)))) == Sum(i, 1, n, 1 + a)", "picked"),
        step("pick_2", "sums", "Sum(j, 1, n, delta(i, j)*G(i, j)**2) == G(i, i)**2", "i_lo", "i_hi", kind="delta",
             index="i", rest="G(i, j)**2"),
        step("picked_2", "identity", "Sum(j, 1, n, delta(i, j)*G(i, j)**2) == 1", "pick_2", "row",
             combine={"pick_2": "1", "row": "G(i, i) + 1"}),
        step("diagonal_2", "congruence", "Sum(i, 1, n, Sum(j, 1, n, delta(i, j)*G(i, j)**2)) == Sum(i, 1, n, 1)",
             "picked_2"),
        # the frame
        *(step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= d")
          for v in ("k", "m") for end in ("lo", "hi")),
        step("tight_km", "apply", f"{frame} == n/d*delta(k, m)", "tight", "k_lo", "k_hi", "m_lo", "m_hi",
             at={"k": "k", "m": "m"}),
        step("square", "identity", f"{frame}*{frame} == n**2/d**2*delta(k, m)*delta(k, m)", "tight_km",
             combine={"tight_km": f"{frame} + n/d*delta(k, m)"}),
        step("square_m", "congruence",
             f"Sum(m, 1, d, {frame}*{frame}) == Sum(m, 1, d, n**2/d**2*delta(k, m)*delta(k, m))", "square"),
        step("pick_m", "sums", "Sum(m, 1, d, delta(k, m)*delta(k, m)) == delta(k, k)", "k_lo", "k_hi", kind="delta",
             index="k", rest="delta(k, m)"),
        step("row_k", "identity", f"Sum(m, 1, d, {frame}*{frame}) == n**2/d**2", "square_m", "pick_m",
             combine={"square_m": "1", "pick_m": "n**2/d**2"}),
        step("frames", "congruence", f"Sum(k, 1, d, Sum(m, 1, d, {frame}*{frame})) == Sum(k, 1, d, n**2/d**2)",
             "row_k"),
        step("d", "certificate", "0 < d", "dimension", terms=[["dimension"], ["c:1"]]),
        step("second", "identity", "Sum(i, 1, n, Sum(j, 1, n, G(i, j)**2)) == n**2/d", "frames", "d",
             combine={"frames": "1"}, prose="|B^T B|^2 = n^2/d."),
        step("even", "certificate", "0 <= w(p)*(G(i, j)*G(i, j)**(2*p + 3))", "w_p",
             terms=[["w_p", "sq:G(i, j)**(p + 2)"]]),
        step("even_sum", "linear", "Summable(p, 0, w(p)*(G(i, j)*G(i, j)**(2*p + 3)))", "sizes_ij"),
        step("evens", "monotone", "0 <= Series(p, 0, w(p)*(G(i, j)*G(i, j)**(2*p + 3)))", "even", "even_sum"),
        step("even_out", "linear",
             "Series(p, 0, w(p)*(G(i, j)*G(i, j)**(2*p + 3))) == G(i, j)*Series(p, 0, w(p)*G(i, j)**(2*p + 3))",
             "sizes_ij"),
        step("least", "certificate", "G(i, j)**2 <= G(i, j)*f(i, j)", "evens", "even_out", terms=[["evens"]],
             combine={"even_out": "1"}),
        step("least_j", "monotone", "Sum(j, 1, n, G(i, j)**2) <= Sum(j, 1, n, G(i, j)*f(i, j))", "least"),
        step("least_i", "monotone", f"Sum(i, 1, n, Sum(j, 1, n, G(i, j)**2)) <= {PAIRS}", "least_j"),
        step("low", "certificate", low, "least_i", "second", terms=[["least_i"]], combine={"second": "1"}),
        step("high", "certificate", high, "pairs", "diagonal", "diagonal_2", "second", "d", terms=[["pairs"]],
             combine={"diagonal": "-1", "diagonal_2": "1 + a*g**2", "second": "-(1 + a*g**2)"}),
        step("goal", "sign", goal, "low", "high"),
    ]  # fmt: skip
    hyps = {
        "dimension": "1 <= d",
        "unit": HYPS["unit"],
        "weights": "All(p, 0 <= w(p))",
        "summable": "Summable(p, 0, w(p))",
        "tight": FRAME["tight"],
        "apart": APART["apart"],
    }
    example = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "w(p)": "delta(p, 0)", "g": "0"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_attained(excess: str = "(r - 1)*alpha*g**2") -> Proof:
    """Return the derivation of 1 - r/(r + alpha) <= R <= 1 - r/(r + alpha + (r - 1) alpha g^2) for tight frames.

    r >= 1, |G_ij| <= g off the diagonal, and the decoder B^T/(n s), s = sum_ij G_ij f(G_ij)/n^2; any odd activation. So
    the rate bound is the limit of the least risk along any tight frames of a fixed rate whose inner products vanish, as
    those of Haar frames made tight, of mutually unbiased bases (g^2 = 1/d) and of equiangular frames (g^2 = (r - 1)/(n
    - 1)) do. Derived in this project.

    Arguments:
        excess: knob of the mutant, what is added to r + alpha.

    Returns:
        The derivation.

    Example:
        >>> build_attained().statement.goal
        '1 - r/(r + alpha) <= risk and tied_risk <= 1 - r/(r + alpha + (r - 1)*alpha*g**2)'
    """
    above = f"tied_risk <= 1 - r/(r + alpha + {excess})"
    goal = f"1 - r/(r + alpha) <= risk and {above}"
    high = "n*(1 + a) + n*(n/d - 1)*(1 + a*g**2)"
    given = ("n**2/d <= x", "0 <= v", "x <= n*(1 + v) + n*(n/d - 1)*(1 + v*h)", "0 <= h", "d <= n")
    divisor = f"(n/d + v + {excess.replace('r', 'n/d').replace('alpha', 'v').replace('g**2', 'h')})"
    value = f"1 - 1/(d*(x/n**2)) <= 1 - n/d/{divisor}"
    steps = [
        *coefficients(),
        step("floor", "apply", "1 - r/(r + alpha) <= risk", "claim:ae.bound-gt1", *BOUND_HYPS),
        step("pairs", "apply", f"n**2/d <= {PAIRS} and {PAIRS} <= {high}", "claim:ae.tight-pairs", "dimension", "unit",
             "weights", "summable", "tight", "apart", symbols={"w(p)": "w(p)"}),
        step("pairs_lo", "sign", f"n**2/d <= {PAIRS}", "pairs"),
        step("pairs_hi", "sign", f"{PAIRS} <= {high}", "pairs"),
        *all_pairs(),
        step("form_lo", "certificate", f"n**2/d <= {FORM}", "pairs_lo", "all_pairs", terms=[["pairs_lo"]],
             combine={"all_pairs": "1"}),
        step("form_hi", "certificate", f"{FORM} <= n*(1 + alpha) + n*(n/d - 1)*(1 + alpha*g**2)", "pairs_hi",
             "all_pairs", "alpha", terms=[["pairs_hi"]],
             combine={"all_pairs": "-1", "alpha": "n + n*(n/d - 1)*g**2"}),
        step("tied", "apply", "tied_risk == 1 - 1/(d*energy)", "claim:ae.tied-best", *HYPS, "units", "best"),
        # for any numbers
        *(step(f"given_{k}", "assume", text) for k, text in enumerate(given)),
        step("n", "certificate", "0 < n", "units", terms=[["units"], ["c:1"]]),
        step("d", "certificate", "0 < d", "dimension", terms=[["dimension"], ["c:1"]]),
        step("x", "certificate", "0 < x", "given_0", "n", "d", terms=[["given_0"], ["c:n**2/d"]]),
        step("y", "certificate", "0 < n/d + v + (n/d - 1)*v*h", "given_1", "given_3", "given_4", "n", "d", times="d",
             terms=[["n"], ["c:d", "given_1"], ["given_4", "given_1", "given_3"]]),
        step("value", "certificate", value, "given_2", "x", "y", "n", "d", times="d*x*(n/d + v + (n/d - 1)*v*h)/n",
             terms=[["given_2"]]),
        step("value_if", "discharge", f"Imp({', '.join(given)}, {value})", "value"),
        step("h", "sign", "0 <= g**2"),
        step("alpha_lo", "certificate", "0 <= alpha", "a", "alpha", terms=[["a"]], combine={"alpha": "1"}),
        step("most", "apply", f"1 - 1/(d*energy) <= 1 - r/(r + alpha + {excess})", "value_if", "form_lo", "alpha_lo",
             "form_hi", "h", "wide", put={"x": FORM, "v": "alpha", "h": "g**2"}),
        step("ceiling", "certificate", above, "most", "tied", terms=[["most"]], combine={"tied": "-1"}),
        step("goal", "sign", goal, "floor", "ceiling"),
    ]  # fmt: skip
    let = {k: v for k, v in BOUND_LET.items() if k not in ("AA(i,j)", "form", "odd_form")} | TIED
    hyps = {**BOUND_HYPS, "wide": "d <= n", "tight": FRAME["tight"], "apart": APART["apart"], "best": BEST}
    example = {**EXAMPLE, "g": "0", "beta": "1/7"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)
