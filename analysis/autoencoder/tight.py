"""Best decoders from the normal equations, and the exact risk of equiangular tight frames."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .decoder import build_best_decoder
from .series import ODD
from .setting import DECLARE, EXAMPLE, HYPS, LET

_KE = "1 <= k, k <= d, 1 <= e, e <= n"
NORMAL = f"All(k, All(e, Imp({_KE}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))))"
_SETTING = ("dimension", "unit", "square_integrable", "coefficient", "nonzero")


def build_normal(factor: str = "1") -> Proof:
    """Return the derivation: a decoder S with S f(G) = B^T is best, and its risk is 1 - Tr[BS]/d.

    f(G) need not be invertible, nor the activation odd. As for `ae.best-dec` the square is completed; only the normal
    equations are used. Derived in this project.

    Arguments:
        factor: knob of the mutant, a factor of Tr[BS].

    Returns:
        The derivation.

    Example:
        >>> build_normal().statement.goal
        'least <= risk and best_risk == least'
    """
    best = build_best_decoder()
    let = {k: v for k, v in best.statement.let.items() if k != "S(k,i)"}
    let = {**let, "best_trace": "Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))"}
    let["least"] = f"1 - {factor}*Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d"
    without = ("e_lo", "e_hi", "j_lo", "j_hi", "inverse_ej", "inverse_b", "inverse_sum", "picked")
    steps: list[dict[str, Any]] = []
    for s in best.steps:
        if s["id"] == "normal":
            steps += [
                *(
                    step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
                    for v, top in (("k", "d"), ("e", "n"))
                    for end in ("lo", "hi")
                ),
                step(
                    "normal",
                    "apply",
                    "Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k)",
                    "equations",
                    "k_lo",
                    "k_hi",
                    "e_lo",
                    "e_hi",
                    at={"k": "k", "e": "e"},
                    prose="The normal equations.",
                ),
            ]
        elif s["id"] not in without:
            steps.append(dict(s))
    hyps = {**HYPS, "equations": NORMAL}
    example = {**EXAMPLE, "S(k,i)": "delta(k, i)/7"}
    return Proof(Statement(best.statement.goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


#: n unit rows in R^d, all at the angle of the cosine +-gamma, with B^T B = (n/d) I.
FRAME = {
    "equiangular": "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, "
    "(1 - delta(i, j))*(G(i, j) - gamma)*(G(i, j) + gamma) == 0)))",
    "tight": "All(k, All(m, Imp(1 <= k, k <= d, 1 <= m, m <= d, Sum(i, 1, n, b(i, k)*b(i, m)) == n/d*delta(k, m))))",
}


def build_linear_gram(value: str = "(x + y*n/d)") -> Proof:
    """Return the derivation: if f(G) = x I + y G and B^T B = (n/d) I, the best decoder is B^T/(x + y n/d).

    Its risk is 1 - (n/d)/(x + y n/d). Derived in this project.

    Arguments:
        value: knob of the mutant, the eigenvalue of f(G) on the range of B.

    Returns:
        The derivation.

    Example:
        >>> build_linear_gram().statement.goal.startswith("1 - n/d/(x + y*n/d) <= risk")
        True
    """
    let = {
        **LET,
        "S(k,i)": f"b(i, k)/{value}",
        "best_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(u(i))))**2))/d",
    }
    least = f"1 - n/d/{value}"
    goal = f"{least} <= risk and best_risk == {least}"
    steps = [
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
            for v, top in (("i", "n"), ("k", "d"), ("e", "n"), ("m", "d"))
            for end in ("lo", "hi")
        ),
        step(
            "entry",
            "apply",
            "F(i, e) == x*delta(i, e) + y*G(i, e)",
            "linear",
            "i_lo",
            "i_hi",
            "e_lo",
            "e_hi",
            at={"i": "i", "j": "e"},
        ),
        step(
            "entry_b",
            "identity",
            "b(i, k)*F(i, e) == b(i, k)*(x*delta(i, e) + y*G(i, e))",
            "entry",
            combine={"entry": "b(i, k)"},
        ),
        step(
            "entries",
            "congruence",
            "Sum(i, 1, n, b(i, k)*F(i, e)) == Sum(i, 1, n, b(i, k)*(x*delta(i, e) + y*G(i, e)))",
            "entry_b",
        ),
        step(
            "pick",
            "sums",
            "Sum(i, 1, n, delta(i, e)*b(i, k)) == b(e, k)",
            "e_lo",
            "e_hi",
            kind="delta",
            index="e",
            rest="b(i, k)",
        ),
        step(
            "tight_km",
            "apply",
            "Sum(i, 1, n, b(i, k)*b(i, m)) == n/d*delta(k, m)",
            "tight",
            "k_lo",
            "k_hi",
            "m_lo",
            "m_hi",
            at={"k": "k", "m": "m"},
        ),
        step(
            "tight_b",
            "identity",
            "b(e, m)*Sum(i, 1, n, b(i, k)*b(i, m)) == n/d*delta(k, m)*b(e, m)",
            "tight_km",
            combine={"tight_km": "b(e, m)"},
        ),
        step(
            "tight_m",
            "congruence",
            "Sum(m, 1, d, b(e, m)*Sum(i, 1, n, b(i, k)*b(i, m))) == Sum(m, 1, d, n/d*delta(k, m)*b(e, m))",
            "tight_b",
        ),
        step(
            "pick_k",
            "sums",
            "Sum(m, 1, d, delta(k, m)*b(e, m)) == b(e, k)",
            "k_lo",
            "k_hi",
            kind="delta",
            index="k",
            rest="b(e, m)",
        ),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step(
            "normal",
            "identity",
            "Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k)",
            "entries",
            "pick",
            "tight_m",
            "pick_k",
            "value",
            "d_positive",
            combine={
                "entries": f"1/{value}",
                "pick": f"x/{value}",
                "tight_m": f"y/{value}",
                "pick_k": f"y*n/d/{value}",
            },
            prose="B^T f(G) = (x + y n/d) B^T.",
        ),
        step("normal_if", "discharge", f"Imp({_KE}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))", "normal"),
        step(
            "equations",
            "generalize",
            f"All(k, All(e, Imp({_KE}, Sum(i, 1, n, S(k, i)*F(i, e)) == b(e, k))))",
            "normal_if",
        ),
        step(
            "best",
            "apply",
            "1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d <= risk and "
            "best_risk == 1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d",
            "claim:ae.normal-equations",
            *_SETTING,
            "equations",
            symbols={"S(k,i)": "S(k, i)"},
        ),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("rows", "congruence", "Sum(i, 1, n, G(i, i)) == Sum(i, 1, n, 1)", "row"),
        step(
            "gain",
            "identity",
            f"1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d == {least}",
            "rows",
            "value",
            "d_positive",
            combine={"rows": f"-1/(d*{value})"},
        ),
        step("low", "sign", "1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d <= risk", "best"),
        step("attained", "sign", "best_risk == 1 - Sum(i, 1, n, Sum(k, 1, d, S(k, i)*b(i, k)))/d", "best"),
        step("low_value", "certificate", f"{least} <= risk", "low", "gain", terms=[["low"]], combine={"gain": "1"}),
        step(
            "attained_value",
            "identity",
            f"best_risk == {least}",
            "attained",
            "gain",
            combine={"attained": "1", "gain": "1"},
        ),
        step("goal", "sign", goal, "low_value", "attained_value"),
    ]
    hyps = {
        **HYPS,
        "tight": FRAME["tight"],
        "linear": "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, F(i, j) == x*delta(i, j) + y*G(i, j))))",
        "value": f"{value} != 0",
    }
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**EXAMPLE, "x": "6", "y": "1"}), steps)


def frame_entries() -> list[dict[str, Any]]:
    """Return the steps to F_ij = (f_1 - f_gamma/gamma) delta_ij + f_gamma/gamma G_ij ("linear") for i, j up to n.

    F_ij is f_1 on the diagonal, and an odd function of G_ij = +-gamma off it.
    """
    of = "Series(l, 0, (c(l)/c1)**2*{}**l)"
    odd = "Series(p, 0, (c(2*p + 1)/c1)**2*{}**(2*p + 1))"
    at = {"t": of.format("t"), "g": of.format("gamma"), "m": of.format("(-gamma)"), "1": of.format("1")}
    given = ("square_integrable", "coefficient", "nonzero", "odd")
    rule = "y*gamma == (f1*gamma - fg)*D + fg*t"
    return [
        # f is odd
        step("g_below", "arithmetic", "-1 <= gamma", "gamma"),
        step("m_below", "certificate", "-1 <= -gamma", "gamma_high", terms=[["gamma_high"]]),
        step("m_above", "arithmetic", "-gamma <= 1", "gamma"),
        step(
            "f_g",
            "apply",
            f"{at['g']} == {odd.format('gamma')}",
            "claim:ae.odd-series",
            *given,
            "g_below",
            "gamma_high",
            put={"t": "gamma"},
        ),
        step(
            "f_m",
            "apply",
            f"{at['m']} == {odd.format('(-gamma)')}",
            "claim:ae.odd-series",
            *given,
            "m_below",
            "m_above",
            put={"t": "-gamma"},
        ),
        step("flip_0", "identity", "(-gamma)**(2*0 + 1) == -(gamma**(2*0 + 1))"),
        step("flip_p", "assume", "(-gamma)**(2*p + 1) == -(gamma**(2*p + 1))"),
        step(
            "flip_next",
            "identity",
            "(-gamma)**(2*(p + 1) + 1) == -(gamma**(2*(p + 1) + 1))",
            "flip_p",
            combine={"flip_p": "gamma**2"},
        ),
        step(
            "flip", "induction", "(-gamma)**(2*p + 1) == -(gamma**(2*p + 1))", "flip_0", "flip_next", on="p", base="0"
        ),
        step(
            "flip_term",
            "identity",
            "(c(2*p + 1)/c1)**2*(-gamma)**(2*p + 1) == -(c(2*p + 1)/c1)**2*gamma**(2*p + 1)",
            "flip",
            combine={"flip": "(c(2*p + 1)/c1)**2"},
        ),
        step(
            "flip_series",
            "congruence",
            f"{odd.format('(-gamma)')} == Series(p, 0, -(c(2*p + 1)/c1)**2*gamma**(2*p + 1))",
            "flip_term",
        ),
        step(
            "minus",
            "identity",
            f"{at['m']} == -{at['g']}",
            "f_m",
            "flip_series",
            "f_g",
            combine={"f_m": "1", "flip_series": "1", "f_g": "1"},
            prose="f is odd.",
        ),
        # values of f at gamma, -gamma, 1
        *(
            entry
            for name, value in (("g", "gamma"), ("m", "-gamma"), ("1", "1"))
            for entry in (
                step(f"t_{name}", "assume", f"t == {value}"),
                step(f"power_{name}_0", "identity", f"t**0 == ({value})**0"),
                step(f"power_{name}_l", "assume", f"t**l == ({value})**l"),
                step(
                    f"power_{name}_next",
                    "identity",
                    f"t**(l + 1) == ({value})**(l + 1)",
                    f"power_{name}_l",
                    f"t_{name}",
                    combine={f"power_{name}_l": "t", f"t_{name}": f"({value})**l"},
                ),
                step(
                    f"power_{name}",
                    "induction",
                    f"t**l == ({value})**l",
                    f"power_{name}_0",
                    f"power_{name}_next",
                    on="l",
                    base="0",
                ),
                step(
                    f"term_{name}",
                    "identity",
                    f"(c(l)/c1)**2*t**l == (c(l)/c1)**2*({value})**l",
                    f"power_{name}",
                    combine={f"power_{name}": "(c(l)/c1)**2"},
                ),
                step(f"series_{name}", "congruence", f"{at['t']} == {at[name]}", f"term_{name}"),
            )
        ),
        step(
            "at_g",
            "identity",
            f"{at['t']}*gamma == fg*t",
            "series_g",
            "t_g",
            "at_gamma",
            combine={"series_g": "gamma", "t_g": f"-{at['g']}", "at_gamma": "-t"},
        ),
        step("if_g", "discharge", f"Imp(t == gamma, {at['t']}*gamma == fg*t)", "at_g"),
        step(
            "at_m",
            "identity",
            f"{at['t']}*gamma == fg*t",
            "series_m",
            "minus",
            "t_m",
            "at_gamma",
            combine={"series_m": "gamma", "minus": "gamma", "t_m": f"-{at['g']}", "at_gamma": "-t"},
        ),
        step("if_m", "discharge", f"Imp(t == -gamma, {at['t']}*gamma == fg*t)", "at_m"),
        step("if_1", "discharge", f"Imp(t == 1, {at['t']} == {at['1']})", "series_1"),
        step("G_g", "apply", "Imp(G(i, j) == gamma, F(i, j)*gamma == fg*G(i, j))", "if_g", put={"t": "G(i, j)"}),
        step("G_m", "apply", "Imp(G(i, j) == -gamma, F(i, j)*gamma == fg*G(i, j))", "if_m", put={"t": "G(i, j)"}),
        step("row_j", "apply", "G(j, j) == 1", "unit", at={"i": "j"}),
        step("F_jj", "apply", f"F(j, j) == {at['1']}", "if_1", "row_j", put={"t": "G(j, j)"}),
        # the diagonal, by picking one index in two ways
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= n")
            for v in ("i", "j")
            for end in ("lo", "hi")
        ),
        *(
            entry
            for name, X in (("G", "G({}, j)"), ("F", "F({}, j)"))
            for entry in (
                step(
                    f"pick_{name}i",
                    "sums",
                    f"Sum(m, 1, n, delta(m, i)*(delta(m, j)*{X.format('m')})) == delta(i, j)*{X.format('i')}",
                    "i_lo",
                    "i_hi",
                    kind="delta",
                    index="i",
                    rest=f"delta(m, j)*{X.format('m')}",
                ),
                step(
                    f"pick_{name}j",
                    "sums",
                    f"Sum(m, 1, n, delta(m, j)*(delta(m, i)*{X.format('m')})) == delta(j, i)*{X.format('j')}",
                    "j_lo",
                    "j_hi",
                    kind="delta",
                    index="j",
                    rest=f"delta(m, i)*{X.format('m')}",
                ),
            )
        ),
        step(
            "D_G",
            "identity",
            "delta(i, j)*G(i, j) == delta(i, j)",
            "pick_Gi",
            "pick_Gj",
            "row_j",
            combine={"pick_Gi": "-1", "pick_Gj": "1", "row_j": "delta(i, j)"},
        ),
        step(
            "D_F",
            "identity",
            "delta(i, j)*F(i, j) == delta(i, j)*f1",
            "pick_Fi",
            "pick_Fj",
            "F_jj",
            "one",
            combine={"pick_Fi": "-1", "pick_Fj": "1", "F_jj": "delta(i, j)", "one": "-delta(i, j)"},
        ),
        step("D_D", "identity", "delta(i, j)*(1 - delta(i, j)) == 0"),
        step(
            "angle",
            "apply",
            "(1 - delta(i, j))*(G(i, j) - gamma)*(G(i, j) + gamma) == 0",
            "equiangular",
            "i_lo",
            "i_hi",
            "j_lo",
            "j_hi",
            at={"i": "i", "j": "j"},
        ),
        # both cases in one, for any numbers
        *(
            step(f"n{q}", "assume", text)
            for q, text in enumerate(
                (
                    "D*(1 - D) == 0",
                    "D*t == D",
                    "D*y == D*f1",
                    "(1 - D)*(t - gamma)*(t + gamma) == 0",
                    "Imp(t == gamma, y*gamma == fg*t)",
                    "Imp(t == -gamma, y*gamma == fg*t)",
                )
            )
        ),
        step("cases", "arithmetic", rule, "n0", "n1", "n2", "n3", "n4", "n5"),
        step(
            "case_if",
            "discharge",
            "Imp(D*(1 - D) == 0, D*t == D, D*y == D*f1, (1 - D)*(t - gamma)*(t + gamma) == 0, "
            f"Imp(t == gamma, y*gamma == fg*t), Imp(t == -gamma, y*gamma == fg*t), {rule})",
            "cases",
        ),
        step(
            "entry_gamma",
            "apply",
            "F(i, j)*gamma == (f1*gamma - fg)*delta(i, j) + fg*G(i, j)",
            "case_if",
            "D_D",
            "D_G",
            "D_F",
            "angle",
            "G_g",
            "G_m",
            put={"D": "delta(i, j)", "t": "G(i, j)", "y": "F(i, j)"},
        ),
        step(
            "entry_ij",
            "identity",
            "F(i, j) == (f1 - fg/gamma)*delta(i, j) + fg/gamma*G(i, j)",
            "entry_gamma",
            "gamma",
            combine={"entry_gamma": "1/gamma"},
            prose="f(G) is a combination of I and G.",
        ),
        step(
            "entry_if",
            "discharge",
            "Imp(1 <= i, i <= n, 1 <= j, j <= n, F(i, j) == (f1 - fg/gamma)*delta(i, j) + fg/gamma*G(i, j))",
            "entry_ij",
        ),
        step(
            "linear",
            "generalize",
            "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, "
            "F(i, j) == (f1 - fg/gamma)*delta(i, j) + fg/gamma*G(i, j))))",
            "entry_if",
        ),
    ]


def build_frame_risk(slope: str = "fg/gamma") -> Proof:
    """Return the derivation of the least risk 1 - r/(f(1) + (r - 1) f(gamma)/gamma) of an equiangular tight frame.

    n unit rows with G_ij = +-gamma off the diagonal and B^T B = r I, r = n/d, for every odd activation; a multiple of
    B^T attains it. Derived in this project.

    Arguments:
        slope: knob of the mutant, the factor of r - 1.

    Returns:
        The derivation.

    Example:
        >>> build_frame_risk().statement.hyps["gamma"]
        '0 < gamma'
    """
    let = {
        **LET,
        "divisor": f"f1 + (n/d - 1)*{slope}",
        "S(k,i)": "b(i, k)/divisor",
        "best_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(u(i))))**2))/d",
    }
    goal = "1 - n/d/(divisor) <= risk and best_risk == 1 - n/d/(divisor)"
    x, y = "(f1 - fg/gamma)", "fg/gamma"
    steps = [
        *frame_entries(),
        step("same", "identity", f"{x} + {y}*n/d == divisor"),
        step("value", "arithmetic", f"{x} + {y}*n/d != 0", "divisor", "same"),
        step(
            "goal", "apply", goal, "claim:ae.linear-gram", *_SETTING, "tight", "linear", "value", put={"x": x, "y": y}
        ),
    ]
    hyps = {
        **HYPS,
        "odd": ODD,
        "gamma": "0 < gamma",
        "gamma_high": "gamma <= 1",
        **FRAME,
        "one": "f1 == Series(l, 0, (c(l)/c1)**2*1**l)",
        "at_gamma": "fg == Series(l, 0, (c(l)/c1)**2*gamma**l)",
        "divisor": "divisor != 0",
    }
    example = {**EXAMPLE, "n": "2", "d": "1", "b(i,k)": "delta(k, 1)", "gamma": "1", "f1": "7", "fg": "7"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)
