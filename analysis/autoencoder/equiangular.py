"""The exact risk of equiangular tight frames."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .series import ODD
from .setting import DECLARE, EXAMPLE, HYPS, LET
from .tight import FRAME, SETTING


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
        step("goal", "apply", goal, "claim:ae.linear-gram", *SETTING, "tight", "linear", "value", put={"x": x, "y": y}),
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
