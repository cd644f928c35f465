"""Where the risk of tied codes is stationary: independent rows have to be orthonormal."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .flow import DECLARE, FLOW_EXAMPLE, FLOW_HYPS, FLOW_LET, IN_RANGE, RANGE, USED
from .setting import HYPS, LET

_SLOPE = "(2*p + 4)*w(p)*{t}**(2*p + 3)".format


def build_tied_critical(off: str = "delta(i, j)") -> Proof:
    """Return the derivation: linearly independent unit rows at which the tied flow stands still are orthonormal.

    h(t) = t f(t) with f(t) = t + sum_p w_p t^(2p + 3), w_p >= 0. Where no row moves, the derivative of log det G is 0;
    it is 2 kappa times sum_{i != j} G_ij h'(G_ij) (`ae.tied-logdet`), which is at least 2 |G - I|^2 (`ae.tied-ge`). So
    among independent rows (n <= d) the risk of tied codes has no stationary point but its minimisers. Derived in this
    project.

    Arguments:
        off: knob of the mutant, what the Gram matrix is.

    Returns:
        The derivation.

    Example:
        >>> build_tied_critical().statement.goal
        'Imp(1 <= i, i <= n, 1 <= j, j <= n, G(i, j) == delta(i, j))'
    """
    slope = f"(2*x + Series(p, 0, {_SLOPE(t='x')}))"
    let = {
        "G(i,j)": LET["G(i,j)"],
        "h(x)": slope,
        "K(i,j)": "-(1 - delta(i, j))*h(G(i, j))",
        **FLOW_LET,
        "higher(i,j)": "(1 - delta(i, j))*(2*p + 4)*w(p)*G(i, j)**(2*p + 4)",
        "entry(i,j)": "(1 - delta(i, j))*2*G(i, j)**2 + Series(p, 0, higher(i, j))",
        "pull(i,j)": "(1 - delta(i, j))*G(i, j)*h(G(i, j))",
        "square(i,j)": "(G(i, j) - delta(i, j))**2",
    }

    def both(body: str) -> str:
        return f"Sum(i, 1, n, Sum(j, 1, n, {body}))"

    goal = f"Imp({RANGE}, G(i, j) == {off})"
    same = "pull(i, j) == entry(i, j)"
    s = _SLOPE(t="G(i, j)")
    scale = "(1 - delta(i, j))*G(i, j)"
    steps = [
        *IN_RANGE,
        # nothing moves, and so log det G does not
        step("c_lo", "assume", "1 <= c"),
        step("c_hi", "assume", "c <= d"),
        *(step(f"still_{v}", "apply", f"v({v}, c) == 0", "critical", f"{v}_lo", f"{v}_hi", "c_lo", "c_hi",
               at={"i": v, "c": "c"}) for v in "ij"),
        step("rate_c", "identity", "v(i, c)*b(j, c) + b(i, c)*v(j, c) == 0", "still_i", "still_j",
             combine={"still_i": "b(j, c)", "still_j": "b(i, c)"}),
        step("rate", "congruence", "dG(i, j) == Sum(c, 1, d, 0)", "rate_c"),
        step("rate_Y", "identity", "Y(i, j)*dG(i, j) == 0", "rate", combine={"rate": "Y(i, j)"}),
        step("rate_j", "congruence", "Sum(j, 1, n, Y(i, j)*dG(i, j)) == Sum(j, 1, n, 0)", "rate_Y"),
        step("rate_ij", "congruence", "log_rate == Sum(i, 1, n, Sum(j, 1, n, 0))", "rate_j"),
        step("log_det", "apply", f"log_rate == 2*kappa*{both('pull(i, j)')}", "claim:ae.tied-logdet", "unit",
             *FLOW_HYPS, symbols={"h(x)": slope}),
        step("none", "identity", f"{both('pull(i, j)')} == 0", "log_det", "rate_ij", "kappa",
             combine={"log_det": "-1/(2*kappa)", "rate_ij": "1/(2*kappa)"}),
        # the pull of a pair of rows, written degree by degree
        step("equal", "assume", "i == j"),
        step("one", "arithmetic", "delta(i, j) == 1", "equal"),
        step("no_term", "identity", "higher(i, j) == 0", "one",
             combine={"one": "-(2*p + 4)*w(p)*G(i, j)**(2*p + 4)"}),
        step("no_terms", "congruence", "Series(p, 0, higher(i, j)) == Series(p, 0, 0)", "no_term"),
        step("same_equal", "identity", same, "one", "no_terms",
             combine={"no_terms": "-1", "one": "-(G(i, j)*h(G(i, j)) - 2*G(i, j)**2)"}),
        step("if_equal", "discharge", f"Imp(i == j, {same})", "same_equal"),
        step("other", "assume", "i != j"),
        step("slopes_ij", "apply", f"Summable(p, 0, {s})", "slopes", *USED, "other", at={"i": "i", "j": "j"}),
        step("t_sum", "assume", "Summable(p, 0, s(p))"),
        step("t_out", "linear", "Series(p, 0, t*s(p)) == t*Series(p, 0, s(p))", "t_sum"),
        step("t_if", "discharge", "Imp(Summable(p, 0, s(p)), Series(p, 0, t*s(p)) == t*Series(p, 0, s(p)))", "t_out"),
        step("out", "apply", f"Series(p, 0, {scale}*({s})) == {scale}*Series(p, 0, {s})", "t_if", "slopes_ij",
             put={"t": scale}, symbols={"s(p)": s}),
        step("power_t", "identity", "t*t**(2*p + 3) == t**(2*p + 4)"),
        step("power", "apply", "G(i, j)*G(i, j)**(2*p + 3) == G(i, j)**(2*p + 4)", "power_t", put={"t": "G(i, j)"}),
        step("term", "identity", f"{scale}*({s}) == higher(i, j)", "power",
             combine={"power": "(1 - delta(i, j))*(2*p + 4)*w(p)"}),
        step("terms", "congruence", f"Series(p, 0, {scale}*({s})) == Series(p, 0, higher(i, j))", "term"),
        step("same_other", "identity", same, "out", "terms", combine={"out": "-1", "terms": "1"}),
        step("if_other", "discharge", f"Imp(i != j, {same})", "same_other"),
        step("same", "arithmetic", same, "if_equal", "if_other"),
        step("same_j", "congruence", "Sum(j, 1, n, pull(i, j)) == Sum(j, 1, n, entry(i, j))", "same"),
        step("same_ij", "congruence", f"{both('pull(i, j)')} == {both('entry(i, j)')}", "same_j"),
        # and so the distance from the identity is 0
        step("growth", "apply", f"2*{both('square(i, j)')} <= {both('entry(i, j)')}", "claim:ae.tied-ge", "unit",
             "weights", "summable"),
        step("small", "certificate", f"{both('square(i, j)')} <= 0", "growth", "same_ij", "none",
             terms=[["c:1/2", "growth"]], combine={"same_ij": "1/2", "none": "-1/2"}),
        step("positive", "sign", "0 <= square(i, j)"),
        step("row_sign", "monotone", "0 <= Sum(j, 1, n, square(i, j))", "positive"),
        step("others", "arithmetic", "0 <= 1 - delta(i, e)"),
        step("share", "certificate", "delta(i, e)*Sum(j, 1, n, square(i, j)) <= Sum(j, 1, n, square(i, j))", "others",
             "row_sign", terms=[["others", "row_sign"]]),
        step("shares", "monotone",
             f"Sum(i, 1, n, delta(i, e)*Sum(j, 1, n, square(i, j))) <= {both('square(i, j)')}", "share"),
        *(step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= n")
          for v in "em" for end in ("lo", "hi")),
        step("pick_row", "sums",
             "Sum(i, 1, n, delta(i, e)*Sum(j, 1, n, square(i, j))) == Sum(j, 1, n, square(e, j))", "e_lo", "e_hi",
             kind="delta", index="e", rest="Sum(j, 1, n, square(i, j))"),
        step("row_e", "certificate", "Sum(j, 1, n, square(e, j)) <= 0", "shares", "pick_row", "small",
             terms=[["shares"], ["small"]], combine={"pick_row": "1"}),
        step("positive_e", "sign", "0 <= square(e, j)"),
        step("others_m", "arithmetic", "0 <= 1 - delta(j, m)"),
        step("share_m", "certificate", "delta(j, m)*square(e, j) <= square(e, j)", "others_m", "positive_e",
             terms=[["others_m", "positive_e"]]),
        step("shares_m", "monotone", "Sum(j, 1, n, delta(j, m)*square(e, j)) <= Sum(j, 1, n, square(e, j))", "share_m"),
        step("pick_m", "sums", "Sum(j, 1, n, delta(j, m)*square(e, j)) == square(e, m)", "m_lo", "m_hi", kind="delta",
             index="m", rest="square(e, j)"),
        step("entry_em", "certificate", "square(e, m) <= 0", "shares_m", "pick_m", "row_e",
             terms=[["shares_m"], ["row_e"]], combine={"pick_m": "1"}),
        step("x_square", "assume", "(x - y)**2 <= 0"),
        step("x_is", "arithmetic", "x == y", "x_square"),
        step("x_if", "discharge", "Imp((x - y)**2 <= 0, x == y)", "x_is"),
        step("gram_em", "apply", "G(e, m) == delta(e, m)", "x_if", "entry_em",
             put={"x": "G(e, m)", "y": "delta(e, m)"}),
        step("gram_if", "discharge", "Imp(1 <= e, e <= n, 1 <= m, m <= n, G(e, m) == delta(e, m))", "gram_em"),
        step("goal", "apply", goal, "gram_if", put={"e": "i", "m": "j"}),
    ]  # fmt: skip
    hyps = {
        "unit": HYPS["unit"],
        **FLOW_HYPS,
        "weights": "All(p, 0 <= w(p))",
        "summable": f"All(i, All(j, Imp({RANGE}, Summable(p, 0, higher(i, j)))))",
        "slopes": f"All(i, All(j, Imp({RANGE}, i != j, Summable(p, 0, {s}))))",
        "kappa": "kappa != 0",
        "critical": "All(i, All(c, Imp(1 <= i, i <= n, 1 <= c, c <= d, v(i, c) == 0)))",
    }
    example = {**FLOW_EXAMPLE, "w(p)": "delta(p, 0)", "kappa": "1"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


#: Two copies of a basis of the plane: no row moves, but they depend on each other.
COPIES = {
    "n": "4",
    "d": "2",
    "b(i,k)": "delta(k, 1)*(delta(i, 1) + delta(i, 3)) + delta(k, 2)*(1 - delta(i, 1) - delta(i, 3))",
    "w(p)": "delta(p, 0)",
    "kappa": "1",
    "i": "1",
    "j": "3",
}


def copies_steps() -> list[dict[str, Any]]:
    """Return the steps that show the rows of :data:`COPIES` to be unit vectors."""
    row = f"Sum(m, 1, 2, ({COPIES['b(i,k)'].replace('(k', '(m')})**2) == 1"
    steps = (step("row", "arithmetic", row), step("rows", "generalize", f"All(i, {row})", "row"))
    return [{"for": "unit", **s} for s in steps]
