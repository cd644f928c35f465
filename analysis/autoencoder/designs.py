"""Spherical designs: codes that come as close as one likes to what the dimension alone allows."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, DECLARE, odd_form, weights
from .series import entry_series
from .setting import EXAMPLE, HYPS, LET
from .sphere import LINE, MOMENTS, moment_bounds


def build_split(top: str = "L - 1") -> Proof:
    """Return the derivation: an absolutely convergent series is the sum of its first L terms and of the others.

    Derived in this project.

    Arguments:
        top: knob of the mutant, the last of the first terms.

    Returns:
        The derivation.

    Example:
        >>> build_split().statement.goal.split(" and ")[1]
        'Series(p, 0, s(p)) == Sum(q, 0, L - 1, s(q)) + Series(p, 0, s(p + L))'
    """

    def value(L: str) -> str:
        return f"Series(p, 0, s(p)) == Sum(q, 0, {top.replace('L', L)}, s(q)) + Series(p, 0, s(p + {L}))"

    def split(L: str) -> str:
        return f"Summable(p, 0, s(p + {L})) and {value(L)}"

    rest = {"s(p)": "s(p + L)"}
    steps = [
        step("base", "arithmetic", split("0"), "summable"),
        step("so_far", "assume", split("L")),
        step("converges", "sign", "Summable(p, 0, s(p + L))", "so_far"),
        step("value", "sign", value("L"), "so_far"),
        step("rest", "apply", "Summable(p, 0, s(p + (L + 1)))", "axiom:rest-summable", "converges", symbols=rest),
        step("first", "apply",
             "Series(p, 0, s(p + L)) == s(0 + L) + Series(p, 0, s(p + (L + 1)))",
             "axiom:first-term", "converges", symbols=rest),
        step("L_lo", "sign", "0 <= L"),
        step("last", "sums", "Sum(q, 0, L, s(q)) == Sum(q, 0, L - 1, s(q)) + s(L)", "L_lo", kind="last"),
        step("following", "identity", value("(L + 1)"), "value", "first", "last",
             combine={"value": "1", "first": "1", "last": "-1"}),
        step("next", "sign", split("(L + 1)"), "rest", "following"),
        step("goal", "induction", split("L"), "base", "next", on="L", base="0"),
    ]  # fmt: skip
    hyps = {"summable": "Summable(p, 0, s(p))"}
    return Proof(Statement(split("L"), hyps, declare="q:Z p,L:N", inhabited={"s(p)": "delta(p, 2)"}), steps)


#: Two orthogonal lines in the plane, which have the moments of the circle up to the order 2.
TWO_LINES = {
    "n": "2",
    "d": "2",
    "b(i,k)": EXAMPLE["b(i,k)"],
    "mu(h)": "fact(2*h + 2)/(4**(h + 1)*fact(h + 1)**2)",
    "L": "0",
}


def two_lines_steps() -> list[dict[str, Any]]:
    """Return the steps that show the moments and the design of :data:`TWO_LINES`."""

    def mu(h: str) -> str:
        return f"fact(2*{h} + 2)/(4**({h} + 1)*fact({h} + 1)**2)"

    row = EXAMPLE["b(i,k)"]
    entry = f"Sum(k, 1, 2, ({row})*({row.replace('(i', '(j')}))"
    ratio = f"{mu('(l + 1)')} == {mu('l')}*(2*l + 3)/(2 + 2*l + 2)"

    def design(h: str) -> str:
        return f"Sum(i, 1, 2, Sum(j, 1, 2, ({entry})**(2*{h} + 2))) == 2**2*({mu(h)})"

    found = [
        *(step(f"factorial_{k}", "apply", f"fact({n} + 1) == ({n} + 1)*fact({n})", "axiom:factorial", put={"n": n})
          for k, n in enumerate(("2*l + 2", "2*l + 3", "l + 1"))),
        step("ratio", "identity", ratio, "factorial_0", "factorial_1", "factorial_2"),
        step("ratios", "generalize", f"All(l, {ratio})", "ratio"),
        step("second", "identity", design("0")),
        step("base", "discharge", f"Imp(0 <= 0, {design('0')})", "second"),
        step("beyond", "assume", "h + 1 <= 0"),
        step("nothing", "arithmetic", design("(h + 1)"), "beyond"),
        step("next", "discharge", f"Imp(h + 1 <= 0, {design('(h + 1)')})", "nothing"),
        step("moment", "induction", f"Imp(h <= 0, {design('h')})", "base", "next", on="h", base="0"),
        step("moments_2", "generalize", f"All(h, Imp(h <= 0, {design('h')}))", "moment"),
    ]  # fmt: skip
    return [{"for": "moments" if k < 5 else "design", **s} for k, s in enumerate(found)]


#: The mean of G_ij f(G_ij) over all pairs of rows; the risk of the decoder beta B^T.
FORM = "Sum(i, 1, n, Sum(j, 1, n, G(i, j)*F(i, j)))"
TIED = {
    "energy": f"{FORM}/n**2",
    "tied_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, beta*b(i, k)/c1*sigma(u(i))))**2))/d",
}
BEST = "beta*(n*energy) == 1"


def build_tied_best(gain: str = "1") -> Proof:
    """Return the derivation of R = 1 - 1/(d s) for the decoder B^T/(n s), s = sum_ij G_ij f(G_ij)/n^2.

    It is the best of the tied decoders beta B^T, for which the risk is a parabola in beta (`ae.tied-risk`). Derived in
    this project.

    Arguments:
        gain: knob of the mutant, the numerator of 1/(d s).

    Returns:
        The derivation.

    Example:
        >>> build_tied_best().statement.goal
        'tied_risk == 1 - 1/(d*energy)'
    """
    goal = f"tied_risk == 1 - {gain}/(d*energy)"
    steps = [
        step("risk", "apply", f"tied_risk == 1 - 2*beta*n/d + beta**2/d*{FORM}", "claim:ae.tied-risk", *HYPS),
        step("n", "certificate", "0 < n", "units", terms=[["units"], ["c:1"]]),
        step("d", "certificate", "0 < d", "dimension", terms=[["dimension"], ["c:1"]]),
        # for any number s
        step("s_best", "assume", "beta*(n*s) == 1"),
        step("s", "arithmetic", "s != 0", "s_best"),
        step("inverse", "identity", "1/s == beta*n", "s_best", "s", combine={"s_best": "-1/s"}),
        step("inverse_if", "discharge", "Imp(beta*(n*s) == 1, 1/s == beta*n)", "inverse"),
        step("scale", "apply", "1/energy == beta*n", "inverse_if", "best", put={"s": "energy"}),
        step("whole", "identity", f"{FORM} == n**2*energy", "n"),
        step("goal", "identity", goal, "risk", "whole", "best", "scale", "d",
             combine={"risk": "1", "whole": "beta**2/d", "best": "beta*n/d", "scale": "1/d"}),
    ]  # fmt: skip
    hyps = {**HYPS, "units": "1 <= n", "best": BEST}
    example = {**EXAMPLE, "beta": "2/14"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let={**LET, **TIED}, inhabited=example), steps)


_LIMIT = "(mu(0) + Series(p, 0, w(p)*mu(p + 1)))"
_TAIL = "Series(p, 0, w(p + L))"
PAIRS = "Sum(i, 1, n, Sum(j, 1, n, G(i, j)*f(i, j)))"
#: Rows whose pairs have the even moments of independent uniform directions up to the order 2L + 2.
_DESIGN = "All(h, Imp(h <= L, Sum(i, 1, n, Sum(j, 1, n, G(i, j)**(2*h + 2))) == n**2*mu(h)))"
_DECLARE = DECLARE.replace("m,e:Z", "m,e,q:Z").replace("l,p:N", "l,p,h,L:N")


def _moment_series() -> list[dict[str, Any]]:
    """Return the steps to sum_p w_p mu_{p+1} converging ("limit_sum") and to the signs of the moments ("low")."""
    return [
        *moment_bounds("p"),
        step("low_next", "apply", "0 < mu(p + 1)", "mu_positive", put={"p": "p + 1"}),
        step("low", "certificate", "0 <= mu(p + 1)", "low_next", terms=[["low_next"]]),
        step("high", "apply", "mu(p + 1) <= 1", "mu_high", put={"p": "p + 1"}),
        step("mean_low", "certificate", "-w(p) <= w(p)*mu(p + 1)", "w_p", "low", terms=[["w_p"], ["w_p", "low"]]),
        step("mean_high", "certificate", "w(p)*mu(p + 1) <= w(p)", "w_p", "high", terms=[["w_p", "high"]]),
        step("means_low", "generalize", "All(p, -w(p) <= w(p)*mu(p + 1))", "mean_low"),
        step("means_high", "generalize", "All(p, w(p)*mu(p + 1) <= w(p))", "mean_high"),
        step("limit_sum", "apply", "Summable(p, 0, w(p)*mu(p + 1))", "axiom:comparison-test", "summable", "means_low",
             "means_high", symbols={"s(p)": "w(p)*mu(p + 1)", "t(p)": "w(p)"}),
    ]  # fmt: skip


def build_design_pairs(tail: str = "Series(p, 0, w(p + L))") -> Proof:
    """Return the derivation of 1/d <= s <= mu + tail for a spherical design of strength 2L + 2, s = mean of G f(G).

    f(t) = t + sum over p >= 0 of w_p t^(2p + 3) with w_p >= 0 summable. The degrees up to 2L + 1 have the moments mu_h
    of the sphere, the others at most 1; mu = mu_0 + sum_p w_p mu_{p+1}, and the tail sums w_p from p = L on. Derived
    in this project.

    Arguments:
        tail: knob of the mutant, what is added to mu.

    Returns:
        The derivation.

    Example:
        >>> build_design_pairs().statement.goal.startswith("n**2/d <= Sum(i, 1, n, Sum(j, 1, n, G(i, j)*f(i, j)))")
        True
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "f(i,j)": BOUND_LET["f(i,j)"],
        "size(p)": "w(p)*(G(i, j)**p)**2",
        "Q(p)": "Sum(i, 1, n, Sum(j, 1, n, G(i, j)*G(i, j)**(2*p + 3)))",
        "linear": "Sum(i, 1, n, Sum(j, 1, n, G(i, j)*G(i, j)))",
    }
    higher = "Sum(i, 1, n, Sum(j, 1, n, G(i, j)*Series(p, 0, w(p)*G(i, j)**(2*p + 3))))"
    square = "G(i, j)*G(i, j)**(2*p + 3)"
    first_Q, first_mu = "Sum(q, 0, L - 1, w(q)*Q(q))", "Sum(q, 0, L - 1, w(q)*mu(q + 1))"
    other_Q, other_mu = "Series(p, 0, w(p + L)*Q(p + L))", "Series(p, 0, w(p + L)*mu(p + L + 1))"
    goal = f"n**2/d <= {PAIRS} and {PAIRS} <= n**2*({_LIMIT} + {tail})"

    def split(name: str, term: str, others: str, value: str, source: str) -> list[dict[str, Any]]:
        whole = f"Summable(p, 0, {others}) and Series(p, 0, {term}) == {value} + Series(p, 0, {others})"
        return [
            step(f"split_{name}", "apply", whole, "claim:ae.series-split", source, symbols={"s(p)": term}),
            *(step(f"{end}_{name}", "sign", part, f"split_{name}")
              for end, part in zip(("others", "value"), whole.split(" and "), strict=True)),
        ]  # fmt: skip

    steps = [
        *entry_series(),
        *_moment_series(),
        step("forms", "linear", "Summable(p, 0, w(p)*Q(p))", "sizes"),
        step("swap", "linear", f"Series(p, 0, w(p)*Q(p)) == {higher}", "sizes"),
        step("whole", "identity", f"{PAIRS} == linear + Series(p, 0, w(p)*Q(p))", "swap", combine={"swap": "-1"}),
        # no moment is larger than 1, and none is negative
        step("power_2", "apply", "(G(i, j)**(p + 2))**2 <= 1", "power", put={"l": "p + 2"}),
        step("pair_high", "certificate", f"{square} <= 1", "power_2", terms=[["power_2"]]),
        step("pair_high_j", "monotone", f"Sum(j, 1, n, {square}) <= Sum(j, 1, n, 1)", "pair_high"),
        step("pair_high_i", "monotone", "Q(p) <= Sum(i, 1, n, Sum(j, 1, n, 1))", "pair_high_j"),
        step("n_lo", "sign", "0 <= n"),
        step("most", "certificate", "Q(p) <= n**2", "pair_high_i", "n_lo", terms=[["pair_high_i"]]),
        step("pair_low", "certificate", f"0 <= {square}", terms=[["sq:G(i, j)**(p + 2)"]]),
        step("pair_low_j", "monotone", f"0 <= Sum(j, 1, n, {square})", "pair_low"),
        step("least", "monotone", "0 <= Q(p)", "pair_low_j"),
        step("term_low", "certificate", "0 <= w(p)*Q(p)", "w_p", "least", terms=[["w_p", "least"]]),
        step("terms_low", "monotone", "0 <= Series(p, 0, w(p)*Q(p))", "term_low", "forms"),
        # the first L degrees and the others
        *split("Q", "w(p)*Q(p)", "w(p + L)*Q(p + L)", first_Q, "forms"),
        *split("mu", "w(p)*mu(p + 1)", "w(p + L)*mu(p + L + 1)", first_mu, "limit_sum"),
        *split("w", "w(p)", "w(p + L)", "Sum(q, 0, L - 1, w(q))", "summable")[:2],
        step("zero", "sign", "0 <= L"),
        step("first", "apply", "Sum(i, 1, n, Sum(j, 1, n, G(i, j)**(2*0 + 2))) == n**2*mu(0)", "design", "zero",
             at={"h": "0"}),
        step("q_lo", "assume", "0 <= q"),
        step("q_hi", "assume", "q <= L - 1"),
        step("q_next", "certificate", "q + 1 <= L", "q_hi", terms=[["q_hi"]]),
        step("degree", "apply", "Sum(i, 1, n, Sum(j, 1, n, G(i, j)**(2*(q + 1) + 2))) == n**2*mu(q + 1)", "design",
             "q_lo", "q_next", at={"h": "q + 1"}),
        step("power_t", "identity", "t*t**(2*p + 3) == t**(2*(p + 1) + 2)"),
        step("power_q", "apply", "G(i, j)*G(i, j)**(2*q + 3) == G(i, j)**(2*(q + 1) + 2)", "power_t",
             "q_lo", put={"t": "G(i, j)", "p": "q"}),
        step("power_qj", "congruence",
             "Sum(j, 1, n, G(i, j)*G(i, j)**(2*q + 3)) == Sum(j, 1, n, G(i, j)**(2*(q + 1) + 2))", "power_q"),
        step("power_qij", "congruence", "Q(q) == Sum(i, 1, n, Sum(j, 1, n, G(i, j)**(2*(q + 1) + 2)))", "power_qj"),
        step("degree_q", "identity", "w(q)*Q(q) == n**2*(w(q)*mu(q + 1))", "power_qij", "degree",
             combine={"power_qij": "w(q)", "degree": "w(q)"}),
        step("degrees", "congruence", f"{first_Q} == Sum(q, 0, L - 1, n**2*(w(q)*mu(q + 1)))", "degree_q"),
        step("w_L", "apply", "0 <= w(p + L)", "weights", at={"p": "p + L"}),
        step("most_L", "apply", "Q(p + L) <= n**2", "most", put={"p": "p + L"}),
        step("other", "certificate", "w(p + L)*Q(p + L) <= n**2*w(p + L)", "w_L", "most_L", terms=[["w_L", "most_L"]]),
        step("scaled", "linear", "Summable(p, 0, n**2*w(p + L))", "others_w"),
        step("rest", "monotone", f"{other_Q} <= Series(p, 0, n**2*w(p + L))", "other", "others_Q", "scaled"),
        step("rest_out", "linear", f"Series(p, 0, n**2*w(p + L)) == n**2*{_TAIL}", "others_w"),
        step("low_L", "apply", "0 <= mu(p + L + 1)", "low", put={"p": "p + L"}),
        step("mean_L", "certificate", "0 <= w(p + L)*mu(p + L + 1)", "w_L", "low_L", terms=[["w_L", "low_L"]]),
        step("means_L", "monotone", f"0 <= {other_mu}", "mean_L", "others_mu"),
        step("pairs_hi", "certificate", f"{PAIRS} <= n**2*({_LIMIT} + {tail})", "rest", "means_L", "whole", "first",
             "value_Q", "value_mu", "degrees", "rest_out", terms=[["rest"], ["c:n**2", "means_L"]],
             combine={"whole": "-1", "first": "-1", "value_Q": "-1", "degrees": "-1", "rest_out": "-1",
                      "value_mu": "n**2"}),
        step("pairs_lo", "certificate", f"n**2/d <= {PAIRS}", "terms_low", "whole", "first", "start",
             terms=[["terms_low"]], combine={"whole": "1", "first": "1", "start": "n**2"}),
        step("goal", "sign", goal, "pairs_lo", "pairs_hi"),
    ]  # fmt: skip
    hyps = {
        "dimension": "1 <= d",
        "unit": HYPS["unit"],
        **MOMENTS,
        "weights": "All(p, 0 <= w(p))",
        "summable": "Summable(p, 0, w(p))",
        "design": _DESIGN,
    }
    example = {**{k: LINE[k] for k in ("n", "d", "b(i,k)", "mu(h)")}, "w(p)": "delta(p, 0)", "L": "3"}
    return Proof(Statement(goal, hyps, declare=_DECLARE, let=let, inhabited=example), steps)


_WIDTH_LET = {k: v for k, v in BOUND_LET.items() if k not in ("AA(i,j)", "form", "odd_form", "alpha", "a")} | TIED
_WIDTH_HYPS = {**BOUND_HYPS, **MOMENTS, "best": BEST, "design": _DESIGN}
_WIDTH_EXAMPLE = {**LINE, "sigma(x)": "x**3 - 2*x", "c1": "1", "L": "3", "beta": "1/7"}
_SETTING = ("dimension", "unit", "square_integrable", "coefficient", "nonzero", "odd", "start", "moments")


def all_pairs() -> list[dict[str, Any]]:
    """Return the steps of the odd series up to the sum of G_ij f(G_ij) with f written out ("all_pairs")."""
    return [
        *(s for s in odd_form() if not str(s["id"]).startswith("odd_") or s["id"] in ("odd_all", "odd_rest", "odd_ij")),
        step("pair", "identity", "G(i, j)*F(i, j) == G(i, j)*f(i, j)", "odd_ij", combine={"odd_ij": "G(i, j)"}),
        step("pair_j", "congruence", "Sum(j, 1, n, G(i, j)*F(i, j)) == Sum(j, 1, n, G(i, j)*f(i, j))", "pair"),
        step("all_pairs", "congruence", f"{FORM} == {PAIRS}", "pair_j"),
    ]


def build_width(tail: str = "Series(p, 0, w(p + L))") -> Proof:
    """Return the derivation: a spherical design of strength 2L + 2 is close to what no number of units gets below.

    1 - 1/(d mu) <= R for every code (`ae.bound-sphere`), and R <= 1 - 1/(d (mu + tail)) for the decoder B^T/(n s) of a
    design, where the tail sums (c_{2p+3}/c_1)^2 from p = L on and vanishes as L grows. Designs of every strength exist
    in every dimension (P. D. Seymour and T. Zaslavsky, Adv. Math. 52 (1984)), so that for fixed d the least risk tends
    to 1 - 1/(d mu) as the number of units grows. Derived in this project.

    Arguments:
        tail: knob of the mutant, what is added to mu.

    Returns:
        The derivation.

    Example:
        >>> build_width().statement.goal.split(" and ")[1]
        'tied_risk <= 1 - 1/(d*((mu(0) + Series(p, 0, w(p)*mu(p + 1))) + Series(p, 0, w(p + L))))'
    """
    below, above = f"1 - 1/(d*{_LIMIT}) <= risk", f"tied_risk <= 1 - 1/(d*({_LIMIT} + {tail}))"
    steps = [
        *weights(),
        step("floor", "apply", below, "claim:ae.bound-sphere", *_SETTING),
        step("pairs", "apply", f"n**2/d <= {PAIRS} and {PAIRS} <= n**2*({_LIMIT} + {_TAIL})",
             "claim:ae.design-pairs", "dimension", "unit", "start", "moments", "weights", "summable", "design",
             symbols={"w(p)": "w(p)"}),
        step("pairs_lo", "sign", f"n**2/d <= {PAIRS}", "pairs"),
        step("pairs_hi", "sign", f"{PAIRS} <= n**2*({_LIMIT} + {_TAIL})", "pairs"),
        *all_pairs(),
        step("tied", "apply", "tied_risk == 1 - 1/(d*energy)", "claim:ae.tied-best", *HYPS, "units", "best"),
        # for any numbers s and t
        step("n", "certificate", "0 < n", "units", terms=[["units"], ["c:1"]]),
        step("d", "certificate", "0 < d", "dimension", terms=[["dimension"], ["c:1"]]),
        step("form_lo", "assume", "n**2/d <= x"),
        step("form_hi", "assume", "x <= n**2*y"),
        step("x", "certificate", "0 < x", "form_lo", "n", "d", terms=[["form_lo"], ["c:n**2/d"]]),
        step("y", "certificate", "0 < y", "form_hi", "x", "n", times="n**2", terms=[["form_hi"], ["x"]]),
        step("gain", "certificate", "1 - 1/(d*(x/n**2)) <= 1 - 1/(d*y)", "form_hi", "x", "y", "n", "d", times="d*x*y",
             terms=[["form_hi"]]),
        step("gain_if", "discharge", "Imp(n**2/d <= x, x <= n**2*y, 1 - 1/(d*(x/n**2)) <= 1 - 1/(d*y))", "gain"),
        step("form_lo_is", "certificate", f"n**2/d <= {FORM}", "pairs_lo", "all_pairs", terms=[["pairs_lo"]],
             combine={"all_pairs": "1"}),
        step("form_hi_is", "certificate", f"{FORM} <= n**2*({_LIMIT} + {tail})", "pairs_hi", "all_pairs",
             terms=[["pairs_hi"]], combine={"all_pairs": "-1"}),
        step("most", "apply", f"1 - 1/(d*energy) <= 1 - 1/(d*({_LIMIT} + {tail}))", "gain_if", "form_lo_is",
             "form_hi_is", put={"x": FORM, "y": f"{_LIMIT} + {tail}"}),
        step("ceiling", "certificate", above, "most", "tied", terms=[["most"]], combine={"tied": "-1"}),
        step("goal", "sign", f"{below} and {above}", "floor", "ceiling"),
    ]  # fmt: skip
    statement = Statement(
        f"{below} and {above}", _WIDTH_HYPS, declare=_DECLARE, let=_WIDTH_LET, inhabited=_WIDTH_EXAMPLE
    )
    return Proof(statement, steps)


def build_design(first: str = "L") -> Proof:
    """Return the derivation: a spherical design of strength 2L + 2 is optimal among all codes if f has degree 2L + 1.

    Its risk is 1 - 1/(d mu), below which no code with any number of units gets (`ae.bound-sphere`). Derived in this
    project.

    Arguments:
        first: knob of the mutant, the first p for which (c_{2p+3}/c_1)^2 vanishes.

    Returns:
        The derivation.

    Example:
        >>> build_design().statement.goal.split(" and ")[1]
        'tied_risk == 1 - 1/(d*(mu(0) + Series(p, 0, w(p)*mu(p + 1))))'
    """
    value = f"1 - 1/(d*{_LIMIT})"
    goal = f"{value} <= risk and tied_risk == {value}"
    both = f"{value} <= risk and tied_risk <= 1 - 1/(d*({_LIMIT} + {_TAIL}))"
    steps = [
        step("width", "apply", both, "claim:ae.inf-width", *_WIDTH_HYPS),
        step("floor", "sign", f"{value} <= risk", "width"),
        step("ceiling", "sign", f"tied_risk <= 1 - 1/(d*({_LIMIT} + {_TAIL}))", "width"),
        step("tied_floor", "apply", f"{value} <= tied_risk", "claim:ae.bound-sphere", *_SETTING,
             symbols={"A(k,i)": "beta*b(i, k)"}),
        step("y", "assume", "y == x"),
        step("same_y", "arithmetic", "1 - 1/(d*y) == 1 - 1/(d*x)", "y"),
        step("same_if", "discharge", "Imp(y == x, 1 - 1/(d*y) == 1 - 1/(d*x))", "same_y"),
        step("sum", "identity", f"{_LIMIT} + {_TAIL} == {_LIMIT}", "polynomial", combine={"polynomial": "1"}),
        step("same", "apply", f"1 - 1/(d*({_LIMIT} + {_TAIL})) == {value}", "same_if", "sum",
             put={"x": _LIMIT, "y": f"{_LIMIT} + {_TAIL}"}),
        step("high", "certificate", f"tied_risk <= {value}", "ceiling", "same", terms=[["ceiling"]],
             combine={"same": "-1"}),
        step("x_lo", "assume", "y <= x"),
        step("x_hi", "assume", "x <= y"),
        step("x_is", "arithmetic", "x == y", "x_lo", "x_hi"),
        step("x_if", "discharge", "Imp(y <= x, x <= y, x == y)", "x_is"),
        step("attained", "apply", f"tied_risk == {value}", "x_if", "tied_floor", "high",
             put={"x": "tied_risk", "y": value}),
        step("goal", "sign", goal, "floor", "attained"),
    ]  # fmt: skip
    hyps = {**_WIDTH_HYPS, "polynomial": f"Series(p, 0, w(p + {first})) == 0"}
    return Proof(Statement(goal, hyps, declare=_DECLARE, let=_WIDTH_LET, inhabited=_WIDTH_EXAMPLE), steps)
