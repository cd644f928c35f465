"""The water-filling bound for a general covariance: every odd activation, encoder, decoder, n and d."""

from __future__ import annotations

import re
from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, odd_form, second_moment, weights
from .series import interchange
from .setting import EXAMPLE, HYPS, LET

_DECLARE = "i,j,k,m,c,h:Z n,d,l,p:N"
#: Two equal units on the line, where the bound with the larger noise is attained: beta = 12, D = beta + 2.
COPIES = {"n": "2", "d": "1", "b(i,k)": "delta(k, 1)", "beta": "12", "D(h)": "14", "s(h)": "2", "y": "1", "H": "1"}


def build_weighted_series(noise: str = "(a + w(0)*(gain - 1))") -> Proof:
    """Return the derivation of the bound on Tr[A^T A f(G)] by a test matrix for each of the two kinds of degrees.

    f(t) = t + sum_p w_p t^(2p+3), a = sum_p w_p. The linear degree is tested with g, every other with the same weights
    v_c, v_c^2 <= u, and where the cubic one gains a factor, 2 gain sum_c v_c N_cc <= Tr[A^T A G^(3)] + gain n u, it
    counts as much more: with b = a + w_0 (gain - 1), 2 sum_c (g_c + b v_c) N_cc <= Tr[A^T A f(G)] + sum_c x_c +
    y (n - sum_c t_c) + b n u. That all higher degrees share one test matrix is what operator convexity would give.
    Derived in this project.

    Arguments:
        noise: knob of the mutant, what the higher degrees contribute.

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
    goal = f"2*first + 2*{noise}*rest <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j))) + slack + {noise}*n*u"
    part, more = "(2*rest - n*u)", "(gain - 1)*(2*rest - n*u)"
    each = f"({part} + {more}*0**p)"
    steps = [
        step("first", "apply", "2*first <= linear + slack", "claim:ae.wf-linear", "level", "kept", "covered"),
        *interchange(),
        step("degree_0", "certificate", f"{each.replace('0**p', '0**0')} <= Q(0)", "third", terms=[["third"]]),
        step(
            "degree",
            "apply",
            "2*rest <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*(p + 2) + 1))) + n*u",
            "claim:ae.wf-power",
            "unit",
            "tests",
            "top",
            symbols={"w(c)": "v(c)"},
            put={"h": "p + 2", "y": "u"},
            prose="Every odd degree from 5 on.",
        ),
        step(
            "degree_next",
            "certificate",
            f"{each.replace('0**p', '0**(p + 1)')} <= Q(p + 1)",
            "degree",
            terms=[["degree"]],
        ),
        step("degrees", "induction", f"{each} <= Q(p)", "degree_0", "degree_next", on="p", base="0"),
        step("degree_w", "certificate", f"w(p)*{each} <= w(p)*Q(p)", "w_p", "degrees", terms=[["w_p", "degrees"]]),
        *(
            step(
                name,
                "apply",
                text,
                "claim:ae.one-gain",
                "weights",
                "summable",
                put={"x": part, "y": more},
                symbols={"w(p)": "w(p)"},
            )
            for name, text in (
                ("constants", f"Summable(p, 0, w(p)*{each})"),
                ("total", f"Series(p, 0, w(p)*{each}) == {part}*a + {more}*w(0)"),
            )
        ),
        step(
            "sum",
            "monotone",
            f"Series(p, 0, w(p)*{each}) <= Series(p, 0, w(p)*Q(p))",
            "degree_w",
            "constants",
            "forms",
        ),
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
        "third": "2*gain*rest <= Q(0) + gain*n*u",
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
        "gain": "1",
        "A(k,i)": "0",
    }
    return Proof(Statement(goal, hyps, declare=_DECLARE, let=let, inhabited=example), steps)


def _at_c(text: str, noise: str) -> str:
    """Return a statement on one direction's numbers for the direction h."""
    names = {"al": noise, "S": "s(h)", "X": "D(h)", "T": "t(h)"}
    return re.sub(r"\b(al|S|X|T)\b", lambda found: names[found[0]], text)


def _noise_bound(
    noise: str, factor: str, third: list[dict[str, Any]], goal: str, hyps: dict[str, str], example: dict[str, str]
) -> Proof:
    """Return the derivation of the water-filling bound with the noise alpha + w_0 (factor - 1) in place of alpha.

    The linear degree is tested with g = D - noise v, every higher one with v = min(o, D_c/noise).

    Arguments:
        noise: a name for the noise, "alpha" where the factor is 1.
        factor: what the cubic degree counts more.
        third: steps from "tests", v_c^2 <= o^2, and "top", 0 <= o^2, to 2 factor sum_c v_c N_cc <= Q(0) + factor n o^2
            ("third"), and to noise = alpha + w_0 (factor - 1) ("noise").
        goal: what is derived; "variances - gained <= E[z](square)" is the bound.
        hyps: further hypotheses.
        example: values at which all hypotheses hold, beyond those of the setting.
    """
    let = {
        **BOUND_LET,
        "square": "Sum(k, 1, d, (D(k)*z(k) - Sum(i, 1, n, A(k, i)/c1*sigma(u(i))))**2)",
        "variances": "Sum(k, 1, d, D(k)**2)",
        "gained": f"Sum(h, 1, d, D(h)**2*s(h)/({noise} + s(h)))",
        "crossed": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*D(k)*b(i, k)))",
        "v(h)": f"min(o, D(h)/{noise})",
        "g(h)": f"(D(h) - {noise}*min(o, D(h)/{noise}))",
        "first": f"Sum(i, 1, n, Sum(k, 1, d, A(k, i)*(D(k) - {noise}*min(o, D(k)/{noise}))*b(i, k)))",
        "rest": f"Sum(i, 1, n, Sum(k, 1, d, A(k, i)*min(o, D(k)/{noise})*b(i, k)))",
        "cubic": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**3))",
        "squares": f"Sum(h, 1, d, min(o, D(h)/{noise})**2)",
        "slack": "Sum(h, 1, d, o**2*s(h)**2) + e**2*(n - Sum(h, 1, d, t(h)))",
        "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
    }
    bound = "variances - gained <= E[z](square)"
    case = "T == 1 and X == o*(al + S) and e <= o*S or T == 0 and S == 0 and X <= al*o + e"
    parts = (
        "e**2*T <= o**2*S**2",
        "(X - al*min(o, X/al))**2 <= o**2*S**2 + e**2*(1 - T)",
        "min(o, X/al)**2 <= o**2",
        "X**2*S/(al + S) == o**2*S*(al + S)",
    )
    one = " and ".join(parts)
    case_c, one_c = _at_c(case, noise), _at_c(one, noise)
    texts = [_at_c(part, noise) for part in parts]
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
            put={"al": noise, "S": "s(h)", "X": "D(h)", "T": "t(h)"},
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
        step("worth", "congruence", f"gained == Sum(h, 1, d, o**2*s(h)*({noise} + s(h)))", "worth_c"),
        # all degrees
        step("edge_square", "sign", "0 <= e**2"),
        step("top", "sign", "0 <= o**2"),
        *third,
        step(
            "series",
            "apply",
            f"2*first + 2*(a + w(0)*({factor} - 1))*rest <= odd_form + slack + (a + w(0)*({factor} - 1))*n*o**2",
            "claim:ae.wf-series",
            "unit",
            "weights",
            "summable",
            "edge_square",
            "kept",
            "covered",
            "tests",
            "top",
            "third",
            symbols={"w(p)": "w(p)", "g(h)": "g(h)", "x(h)": "o**2*s(h)**2", "v(h)": "v(h)"},
            put={"y": "e**2", "u": "o**2", "gain": factor},
        ),
        step(
            "bound",
            "certificate",
            bound,
            "series",
            "risk",
            "odd_form",
            "alpha",
            "noise",
            "worth",
            "rank",
            "total",
            terms=[["series"]],
            combine={
                "risk": "1",
                "odd_form": "1",
                "worth": "1",
                "rank": "-e",
                "total": f"{noise}*o**2",
                "alpha": "n*o**2 - 2*rest",
                "noise": "n*o**2 - 2*rest",
            },
        ),
        step("goal", "certificate", goal, "bound", terms=[["bound"]]),
    ]
    stated = {
        **{k: v for k, v in BOUND_HYPS.items() if k not in ("dimension", "units")},
        "curved": f"0 < {noise}",
        "deviations": "All(h, 0 <= D(h))",
        "level": "0 <= o",
        "edge": "0 <= e",
        "shares": "All(h, 0 <= s(h))",
        "total": "Sum(h, 1, d, s(h)) == n",
        "stationary": f"All(h, Imp(1 <= h, h <= d, {case_c}))",
        "rank": "e*(n - Sum(h, 1, d, t(h))) == 0",
        **hyps,
    }
    values = {**EXAMPLE, "t(h)": "1", "o": "1", "e": "0", **example}
    return Proof(Statement(goal, stated, declare=_DECLARE, let=let, inhabited=values), steps)


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
    third = [
        step(
            "power",
            "apply",
            "2*rest <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*1 + 1))) + n*o**2",
            "claim:ae.wf-power",
            "unit",
            "tests",
            "top",
            symbols={"w(h)": "v(h)"},
            put={"h": "1", "y": "o**2"},
        ),
        step("third", "certificate", "2*1*rest <= cubic + 1*n*o**2", "power", terms=[["power"]]),
        step("noise", "identity", "alpha == alpha + w(0)*(1 - 1)"),
    ]
    return _noise_bound(
        "alpha", "1", third, f"variances - {gain}*gained <= E[z](square)", {}, {"D(h)": "7", "s(h)": "1"}
    )


def build_sharper_water_filling(gain: str = "1 + (n*o**2 - H)**2/(n*o**2*y*squares - H**2)") -> Proof:
    """Return the derivation of the water-filling bound with a larger noise than alpha, for every covariance.

    beta = alpha + (c_3/c_1)^2 (n o^2 - H)^2/(n o^2 y m - H^2) with m = sum_c v_c^2, v_c = min(o, D_c/beta), H^2 at
    least y sum_c v_c^4, and y = d or y = n (`ae.wf-third`); s are the shares of water-filling with beta in place of
    alpha. The least H is below n o^2 for n > d, so that beta > alpha where c_3 is not 0; D = I gives `ae.bound-etf`.
    Derived in this project.

    Arguments:
        gain: knob of the mutant, the factor of the cubic degree.

    Returns:
        The derivation.

    Example:
        >>> build_sharper_water_filling().statement.goal
        'variances - gained <= E[z](square)'
    """
    third = [
        step(
            "third",
            "apply",
            f"2*({gain})*rest <= cubic + ({gain})*n*o**2",
            "claim:ae.wf-third",
            "unit",
            "tests",
            "top",
            "ends",
            "positive",
            "height",
            "fourth",
            "narrow",
            "wide",
            "gap",
            symbols={"w(h)": "v(h)"},
            put={"x": "o**2", "h": "H"},
            prose="The cubic degree against two test tensors.",
        ),
    ]
    hyps = {
        "ends": "y == d or y == n",
        "positive": "0 < y",
        "height": "0 < H",
        "fourth": "y*Sum(h, 1, d, min(o, D(h)/beta)**4) <= H**2",
        "narrow": "H <= n*o**2",
        "wide": "H <= y*squares",
        "gap": "0 < n*o**2*y*squares - H**2",
        "noise": f"beta == alpha + w(0)*(({gain}) - 1)",
    }
    return _noise_bound("beta", f"({gain})", third, "variances - gained <= E[z](square)", hyps, COPIES)
