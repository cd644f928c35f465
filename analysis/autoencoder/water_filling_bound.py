"""The water-filling bound for a general covariance: every odd activation, encoder, decoder, n and d."""

from __future__ import annotations

import re

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, odd_form, second_moment, weights
from .series import interchange
from .setting import EXAMPLE, HYPS, LET

_DECLARE = "i,j,k,m,c,h:Z n,d,l,p:N"


def build_weighted_series(gain: str = "a") -> Proof:
    """Return the derivation of the bound on Tr[A^T A f(G)] by a test matrix for each of the two kinds of degrees.

    f(t) = t + sum_p w_p t^(2p+3), a = sum_p w_p. The linear degree is tested with g, every other with the same weights
    v_c, v_c^2 <= u: 2 sum_c (g_c + a v_c) N_cc <= Tr[A^T A f(G)] + sum_c x_c + y (n - sum_c t_c) + a n u. That all
    higher degrees share one test matrix is what operator convexity would give. Derived in this project.

    Arguments:
        gain: knob of the mutant, what the higher degrees contribute.

    Returns:
        The derivation.

    Example:
        >>> build_weighted_series().statement.goal.startswith("2*")
        True
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
        "a": "Series(p, 0, w(p))",
        "f(i,j)": "G(i, j) + Series(p, 0, w(p)*G(i, j)**(2*p + 3))",
        "Q(p)": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*p + 3)))",
        "linear": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)))",
        "higher": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*Series(p, 0, w(p)*G(i, j)**(2*p + 3))))",
        "size(p)": "w(p)*(G(i, j)**p)**2",
        "first": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*g(k)*b(i, k)))",
        "rest": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*v(k)*b(i, k)))",
        "slack": "Sum(c, 1, d, x(c)) + y*(n - Sum(c, 1, d, t(c)))",
    }
    goal = f"2*first + 2*{gain}*rest <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j))) + slack + {gain}*n*u"
    steps = [
        step("first", "apply", "2*first <= linear + slack", "claim:ae.wf-linear", "level", "kept", "covered"),
        *interchange(),
        step(
            "degree",
            "apply",
            "2*rest <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*(p + 1) + 1))) + n*u",
            "claim:ae.wf-power",
            "unit",
            "tests",
            "top",
            symbols={"w(c)": "v(c)"},
            put={"h": "p + 1", "y": "u"},
            prose="Every odd degree from 3 on.",
        ),
        step("degree_w", "certificate", "w(p)*(2*rest - n*u) <= w(p)*Q(p)", "w_p", "degree", terms=[["w_p", "degree"]]),
        step("constants", "linear", "Summable(p, 0, w(p)*(2*rest - n*u))", "summable"),
        step(
            "sum",
            "monotone",
            "Series(p, 0, w(p)*(2*rest - n*u)) <= Series(p, 0, w(p)*Q(p))",
            "degree_w",
            "constants",
            "forms",
        ),
        step("total", "linear", "Series(p, 0, w(p)*(2*rest - n*u)) == a*(2*rest - n*u)", "summable"),
        step(
            "bound",
            "certificate",
            goal,
            "sum",
            "swap",
            "total",
            "first",
            terms=[["sum"], ["first"]],
            combine={"swap": "-1", "total": "1"},
        ),
    ]
    hyps = {
        "unit": HYPS["unit"],
        "weights": "All(p, 0 <= w(p))",
        "summable": "Summable(p, 0, w(p))",
        "level": "0 <= y",
        "kept": "All(c, Imp(1 <= c, c <= d, y*t(c) <= x(c)))",
        "covered": "All(c, Imp(1 <= c, c <= d, g(c)**2 <= x(c) + y*(1 - t(c))))",
        "tests": "All(c, Imp(1 <= c, c <= d, v(c)**2 <= u))",
        "top": "0 <= u",
    }
    example = {
        **{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")},
        "w(p)": "delta(p, 0)",
        "g(c)": "1",
        "x(c)": "1",
        "y": "0",
        "t(c)": "1",
        "v(c)": "1",
        "u": "1",
    }
    return Proof(Statement(goal, hyps, declare=_DECLARE, let=let, inhabited=example), steps)


def _at_c(text: str) -> str:
    """Return a statement on one direction's numbers for the direction c."""
    names = {"al": "alpha", "S": "s(h)", "X": "D(h)", "T": "t(h)"}
    return re.sub(r"\b(al|S|X|T)\b", lambda found: names[found[0]], text)


def build_water_filling(gain: str = "1") -> Proof:
    """Return the derivation of E|x - x_hat|^2 >= Tr D^2 - sum_c D_c^2 s_c/(alpha + s_c) for water-filling shares s.

    Shares are s_c >= 0 with sum s_c = n that are stationary: with a level o and a set of directions (t_c = 1) outside
    of which s_c = 0, D_c = o (alpha + s_c) inside and D_c <= alpha o + e outside, where e >= 0 is at most o s_c inside
    and 0 unless the set has n elements: these are the maximum's conditions under the limit of min(n, d) directions.
    The linear degree is tested with g = D - alpha w, every higher one with w = min(o, D_c/alpha). Every odd activation
    that is not linear, every A, B, n and d. Derived in this project.

    Arguments:
        gain: knob of the mutant, the factor of what is gained.

    Returns:
        The derivation.

    Example:
        >>> build_water_filling().statement.goal
        'variances - 1*gained <= E[z](square)'
    """
    let = {
        **BOUND_LET,
        "square": "Sum(k, 1, d, (D(k)*z(k) - Sum(i, 1, n, A(k, i)/c1*sigma(u(i))))**2)",
        "variances": "Sum(k, 1, d, D(k)**2)",
        "gained": "Sum(h, 1, d, D(h)**2*s(h)/(alpha + s(h)))",
        "crossed": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*D(k)*b(i, k)))",
        "v(h)": "min(o, D(h)/alpha)",
        "g(h)": "(D(h) - alpha*min(o, D(h)/alpha))",
        "first": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*(D(k) - alpha*min(o, D(k)/alpha))*b(i, k)))",
        "rest": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*min(o, D(k)/alpha)*b(i, k)))",
        "slack": "Sum(h, 1, d, o**2*s(h)**2) + e**2*(n - Sum(h, 1, d, t(h)))",
        "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
    }
    goal = f"variances - {gain}*gained <= E[z](square)"
    case = "T == 1 and X == o*(al + S) and e <= o*S or T == 0 and S == 0 and X <= al*o + e"
    parts = (
        "e**2*T <= o**2*S**2",
        "(X - al*min(o, X/al))**2 <= o**2*S**2 + e**2*(1 - T)",
        "min(o, X/al)**2 <= o**2",
        "X**2*S/(al + S) == o**2*S*(al + S)",
    )
    one = " and ".join(parts)
    case_c, one_c = _at_c(case), _at_c(one)
    texts = [_at_c(part) for part in parts]
    steps = [
        step(
            "risk",
            "apply",
            "E[z](square) == variances - 2*crossed + form",
            "claim:ae.risk-cov",
            "unit",
            "square_integrable",
            "coefficient",
            "nonzero",
            symbols={"s(k)": "D(k)"},
        ),
        *weights(),
        *second_moment(),
        *odd_form(),
        # one direction, as real numbers: X = D_c, S = s_c, T = t_c, al = alpha
        step("pos", "assume", "0 < al"),
        step("S", "assume", "0 <= S"),
        step("X", "assume", "0 <= X"),
        step("case", "assume", case),
        step("v_most", "arithmetic", "min(o, X/al) <= o"),
        step("v_low", "arithmetic", "0 <= min(o, X/al)", "X", "level", "pos"),
        step(
            "v_square",
            "certificate",
            "min(o, X/al)**2 <= o**2",
            "v_low",
            "v_most",
            "level",
            terms=[["v_most", "level"], ["v_most", "v_low"]],
        ),
        step("v_case", "arithmetic", "min(o, X/al) == o and al*o <= X or al*min(o, X/al) == X and X <= al*o", "pos"),
        step("inside", "assume", "T == 1 and X == o*(al + S) and e <= o*S"),
        step("product", "certificate", "0 <= o*S", "level", "S", terms=[["level", "S"]]),
        step("over", "arithmetic", "al*o <= X", "inside", "product"),
        step("v_in", "arithmetic", "X - al*min(o, X/al) == o*S", "v_case", "over", "inside"),
        step("kept_in", "arithmetic", "e**2 <= (o*S)**2", "inside", "edge", "product"),
        step("one_in", "arithmetic", f"{one}", "inside", "kept_in", "v_in", "pos", "S", "v_square"),
        step("if_in", "discharge", f"Imp(T == 1 and X == o*(al + S) and e <= o*S, {one})", "one_in"),
        step("outside", "assume", "T == 0 and S == 0 and X <= al*o + e"),
        step(
            "v_out", "arithmetic", "0 <= X - al*min(o, X/al) and X - al*min(o, X/al) <= e", "v_case", "outside", "edge"
        ),
        step("square_out", "arithmetic", "(X - al*min(o, X/al))**2 <= e**2", "v_out"),
        step("one_out", "arithmetic", f"{one}", "outside", "square_out", "v_square"),
        step("if_out", "discharge", f"Imp(T == 0 and S == 0 and X <= al*o + e, {one})", "one_out"),
        step("one", "arithmetic", one, "case", "if_in", "if_out"),
        step("h_lo", "assume", "1 <= h"),
        step("h_hi", "assume", "h <= d"),
        step("s_c", "apply", "0 <= s(h)", "shares", at={"h": "h"}),
        step("D_c", "apply", "0 <= D(h)", "deviations", at={"h": "h"}),
        step("t_c", "apply", case_c, "stationary", "h_lo", "h_hi", at={"h": "h"}),
        step(
            "one_c",
            "apply",
            one_c,
            "one",
            "curved",
            "s_c",
            "D_c",
            "t_c",
            put={"al": "alpha", "S": "s(h)", "X": "D(h)", "T": "t(h)"},
        ),
        *(
            step(f"{name}_c", "sign", part, "one_c")
            for name, part in (("kept", texts[0]), ("covered", texts[1]), ("tests", texts[2]), ("worth", texts[3]))
        ),
        *(
            part
            for name, text in (("kept", texts[0]), ("covered", texts[1]), ("tests", texts[2]))
            for part in (
                step(f"{name}_if", "discharge", f"Imp(1 <= h, h <= d, {text})", f"{name}_c"),
                step(name, "generalize", f"All(h, Imp(1 <= h, h <= d, {text}))", f"{name}_if"),
            )
        ),
        step("worth", "congruence", "gained == Sum(h, 1, d, o**2*s(h)*(alpha + s(h)))", "worth_c"),
        # all degrees
        step("edge_square", "sign", "0 <= e**2"),
        step("top", "sign", "0 <= o**2"),
        step(
            "series",
            "apply",
            "2*first + 2*a*rest <= odd_form + slack + a*n*o**2",
            "claim:ae.wf-series",
            "unit",
            "weights",
            "summable",
            "edge_square",
            "kept",
            "covered",
            "tests",
            "top",
            symbols={"w(p)": "w(p)", "g(h)": "g(h)", "x(h)": "o**2*s(h)**2", "v(h)": "v(h)"},
            put={"y": "e**2", "u": "o**2"},
        ),
        step(
            "goal",
            "certificate",
            goal,
            "series",
            "risk",
            "odd_form",
            "alpha",
            "worth",
            "rank",
            "total",
            terms=[["series"]],
            combine={
                "risk": "1",
                "odd_form": "1",
                "worth": "1",
                "rank": "-e",
                "total": "alpha*o**2",
                "alpha": "n*o**2 - 2*rest",
            },
        ),
    ]
    hyps = {
        **{k: v for k, v in BOUND_HYPS.items() if k not in ("dimension", "units")},
        "curved": "0 < alpha",
        "deviations": "All(h, 0 <= D(h))",
        "level": "0 <= o",
        "edge": "0 <= e",
        "shares": "All(h, 0 <= s(h))",
        "total": "Sum(h, 1, d, s(h)) == n",
        "stationary": f"All(h, Imp(1 <= h, h <= d, {case_c}))",
        "rank": "e*(n - Sum(h, 1, d, t(h))) == 0",
    }
    example = {**EXAMPLE, "D(h)": "7", "s(h)": "1", "t(h)": "1", "o": "1", "e": "0"}
    return Proof(Statement(goal, hyps, declare=_DECLARE, let=let, inhabited=example), steps)
