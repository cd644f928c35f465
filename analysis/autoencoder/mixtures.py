"""Scale mixtures of Gaussians: the sign does not see the scale, and the whole limit is corrected by one number."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .sparse import SGN, SGN_STEPS


def build_mixture(scale: str = "e") -> Proof:
    """Return the derivation of R_x(eA, B) = 1 - e^2 (1 - R_y(A, B)) for x = t y, t > 0 independent of y, e = E t.

    Signs of x are signs of y, so that the code s is the same; E x_k s_i = e E y_k s_i by independence, E t^2 = 1 and
    unit variances give x unit variances. This holds at every decoder A, so that a bound b on R_y becomes the bound
    1 - e^2 (1 - b) on R_x. Derived in this project.

    Arguments:
        scale: knob of the mutant, the factor of the decoder.

    Returns:
        The derivation.

    Example:
        >>> build_mixture().statement.goal.split(" and ")[0]
        'risk_x == 1 - e**2*(1 - risk_y)'
    """
    let = {
        "code(k)": "Sum(i, 1, n, A(k, i)*s(i))",
        "risk_x": f"E[x, y, s](Sum(k, 1, d, (x(k) - {scale}*code(k))**2))/d",
        "risk_y": "E[x, y, s](Sum(k, 1, d, (y(k) - code(k))**2))/d",
        "cross_x": "Sum(k, 1, d, Sum(i, 1, n, A(k, i)*E[x, y, s](x(k)*s(i))))",
        "cross_y": "Sum(k, 1, d, Sum(i, 1, n, A(k, i)*E[x, y, s](y(k)*s(i))))",
        "energy": "Sum(k, 1, d, Sum(i, 1, n, Sum(j, 1, n, A(k, i)*A(k, j)*E[x, y, s](s(i)*s(j)))))",
    }
    risk = "risk_x == 1 - e**2*(1 - risk_y)"
    bound = "Imp(g <= risk_y, 1 - e**2*(1 - g) <= risk_x)"
    signs = "Imp(0 < t, sgn(t*u) == sgn(u))"
    goal = f"{risk} and {bound} and {signs}"
    steps = [
        step(
            "expand_x",
            "linear",
            "E[x, y, s](Sum(k, 1, d, (x(k) - "
            f"{scale}*code(k))**2)) == Sum(k, 1, d, E[x, y, s](x(k)*x(k))) - 2*{scale}*cross_x + {scale}**2*energy",
            "x_l2",
            "s_l2",
        ),
        step(
            "expand_y",
            "linear",
            "E[x, y, s](Sum(k, 1, d, (y(k) - code(k))**2)) == Sum(k, 1, d, E[x, y, s](y(k)*y(k))) - 2*cross_y + energy",
            "y_l2",
            "s_l2",
        ),
        step("unit_x", "apply", "E[x, y, s](x(k)*x(k)) == 1", "variance_x", at={"k": "k"}),
        step("unit_y", "apply", "E[x, y, s](y(k)*y(k)) == 1", "variance_y", at={"k": "k"}),
        step("units_x", "congruence", "Sum(k, 1, d, E[x, y, s](x(k)*x(k))) == Sum(k, 1, d, 1)", "unit_x"),
        step("units_y", "congruence", "Sum(k, 1, d, E[x, y, s](y(k)*y(k))) == Sum(k, 1, d, 1)", "unit_y"),
        step(
            "cross", "apply", "E[x, y, s](x(k)*s(i)) == e*E[x, y, s](y(k)*s(i))", "independent", at={"k": "k", "i": "i"}
        ),
        step(
            "cross_A",
            "identity",
            "A(k, i)*E[x, y, s](x(k)*s(i)) == A(k, i)*e*E[x, y, s](y(k)*s(i))",
            "cross",
            combine={"cross": "A(k, i)"},
        ),
        step(
            "cross_i",
            "congruence",
            "Sum(i, 1, n, A(k, i)*E[x, y, s](x(k)*s(i))) == Sum(i, 1, n, A(k, i)*e*E[x, y, s](y(k)*s(i)))",
            "cross_A",
        ),
        step(
            "crosses",
            "congruence",
            "cross_x == Sum(k, 1, d, Sum(i, 1, n, A(k, i)*e*E[x, y, s](y(k)*s(i))))",
            "cross_i",
            prose="What code and data have in common shrinks by e.",
        ),
        step(
            "risk",
            "identity",
            risk,
            "expand_x",
            "expand_y",
            "units_x",
            "units_y",
            "crosses",
            "positive",
            combine={
                "expand_x": "1/d",
                "expand_y": "-e**2/d",
                "units_x": "1/d",
                "units_y": "-e**2/d",
                "crosses": f"-2*{scale}/d",
            },
        ),
        step("above", "assume", "g <= risk_y"),
        step(
            "corrected",
            "certificate",
            "1 - e**2*(1 - g) <= risk_x",
            "above",
            "risk",
            terms=[["above", "sq:e"]],
            combine={"risk": "1"},
        ),
        step("bound", "discharge", bound, "corrected"),
        # signs
        step("t", "assume", "0 < t"),
        step("u_right", "assume", "0 < u"),
        step("tu_right", "arithmetic", "0 < t*u", "t", "u_right"),
        step("s_right", "apply", "sgn(t*u) == 1", "right", "tu_right", at={"x": "t*u"}),
        step("s_right_u", "apply", "sgn(u) == 1", "right", "u_right", at={"x": "u"}),
        step("same_right", "identity", "sgn(t*u) == sgn(u)", "s_right", "s_right_u"),
        step("if_right", "discharge", "Imp(0 < u, sgn(t*u) == sgn(u))", "same_right"),
        step("u_left", "assume", "u < 0"),
        step("tu_left", "arithmetic", "t*u < 0", "t", "u_left"),
        step("s_left", "apply", "sgn(t*u) == -1", "left", "tu_left", at={"x": "t*u"}),
        step("s_left_u", "apply", "sgn(u) == -1", "left", "u_left", at={"x": "u"}),
        step("same_left", "identity", "sgn(t*u) == sgn(u)", "s_left", "s_left_u"),
        step("if_left", "discharge", "Imp(u < 0, sgn(t*u) == sgn(u))", "same_left"),
        step("u_zero", "assume", "u == 0"),
        step("same_zero", "identity", "sgn(t*u) == sgn(u)", "u_zero"),
        step("if_zero", "discharge", "Imp(u == 0, sgn(t*u) == sgn(u))", "same_zero"),
        step("same", "arithmetic", "sgn(t*u) == sgn(u)", "if_right", "if_left", "if_zero"),
        step("signs", "discharge", signs, "same", prose="The sign does not see the scale; for t = 0 it would."),
        step("goal", "sign", goal, "risk", "bound", "signs"),
    ]
    hyps = {
        **SGN,
        "positive": "0 < d",
        "x_l2": "All(k, L2[x, y, s](x(k)))",
        "y_l2": "All(k, L2[x, y, s](y(k)))",
        "s_l2": "All(i, L2[x, y, s](s(i)))",
        "variance_x": "All(k, E[x, y, s](x(k)*x(k)) == 1)",
        "variance_y": "All(k, E[x, y, s](y(k)*y(k)) == 1)",
        "independent": "All(k, All(i, E[x, y, s](x(k)*s(i)) == e*E[x, y, s](y(k)*s(i))))",
    }
    return Proof(
        Statement(goal, hyps, declare="i,j,k:Z n,d:N", let=let, inhabited=MIXTURE_EXAMPLE, inhabited_steps=SGN_STEPS),
        steps,
    )


#: The scale 1, and the code of signs.
MIXTURE_EXAMPLE = {
    "n": "1",
    "d": "1",
    "e": "1",
    "x(k)": "z(k)",
    "y(k)": "z(k)",
    "s(i)": "abs(z(i))/z(i)",
    "A(k,i)": "1",
    "sgn(x)": "abs(x)/x",
    "g": "0",
    "t": "1",
    "u": "1",
}


def build_scale(power: str = "1") -> Proof:
    """Return the derivation of e = E|<q, x>|/sqrt(2/pi) for x = t y with Gaussian y, for every unit vector q.

    |<q, t y>| = t |<q, y>| for t >= 0, E|<q, x>| = e E|<q, y>| by independence, and <q, y> is standard normal: its mean
    modulus is sqrt(2/pi). Derived in this project.

    Arguments:
        power: knob of the mutant, the power of e.

    Returns:
        The derivation.

    Example:
        >>> build_scale().statement.goal.split(" and ")[0]
        'e**1 == modulus/sqrt(2/pi)'
    """
    along = "Sum(k, 1, d, q(k)*z(k))"
    value, homogeneous = f"e**{power} == modulus/sqrt(2/pi)", "Imp(0 <= t, abs(t*u) == t*abs(u))"
    goal = f"{value} and {homogeneous}"
    steps = [
        step(
            "first",
            "apply",
            "E[z](z(1)*sgn(z(1))) == sqrt(2/pi)",
            "claim:ae.c1-sign",
            "right",
            "left",
            symbols={"sigma(x)": "sgn(x)"},
        ),
        step("x_right", "assume", "0 < x"),
        step("sgn_right", "apply", "sgn(x) == 1", "right", "x_right", at={"x": "x"}),
        step("abs_right", "arithmetic", "x*sgn(x) == abs(x)", "sgn_right", "x_right"),
        step("if_right", "discharge", "Imp(0 < x, x*sgn(x) == abs(x))", "abs_right"),
        step("x_left", "assume", "x < 0"),
        step("sgn_left", "apply", "sgn(x) == -1", "left", "x_left", at={"x": "x"}),
        step("abs_left", "arithmetic", "x*sgn(x) == abs(x)", "sgn_left", "x_left"),
        step("if_left", "discharge", "Imp(x < 0, x*sgn(x) == abs(x))", "abs_left"),
        step("modulus_x", "arithmetic", "x*sgn(x) == abs(x)", "if_right", "if_left"),
        step("modulus_z", "apply", "z(1)*sgn(z(1)) == abs(z(1))", "modulus_x", put={"x": "z(1)"}),
        step("size", "congruence", "E[z](z(1)*sgn(z(1))) == E[z](abs(z(1)))", "modulus_z"),
        step(
            "turn",
            "apply",
            f"E[z](abs({along})) == E[z](abs(z(1)))",
            "axiom:gaussian-rotation",
            "unit",
            symbols={"f(x,y)": "abs(x)", "u(k)": "q(k)", "v(k)": "q(k)"},
            put={"r": "1"},
        ),
        step(
            "mean",
            "identity",
            "modulus == e*sqrt(2/pi)",
            "independent",
            "turn",
            "first",
            "size",
            combine={"independent": "1", "turn": "e", "first": "e", "size": "-e"},
        ),
        step("root", "enclosure", "0 < sqrt(2/pi)"),
        step("value", "identity", value, "mean", "root", combine={"mean": "-1/sqrt(2/pi)"}),
        step("t", "assume", "0 <= t"),
        step("scaled", "arithmetic", "abs(t*u) == t*abs(u)", "t"),
        step("homogeneous", "discharge", homogeneous, "scaled"),
        step("goal", "sign", goal, "value", "homogeneous"),
    ]
    hyps = {
        **SGN,
        "unit": "Sum(k, 1, d, q(k)**2) == 1",
        "independent": f"modulus == e*E[z](abs({along}))",
    }
    example = {"d": "1", "q(k)": "1", "e": "1/2", "modulus": "1/sqrt(2*pi)", "sgn(x)": "abs(x)/x", "t": "1", "u": "1"}
    return Proof(Statement(goal, hyps, declare="k:Z d:N", inhabited=example, inhabited_steps=SGN_STEPS), steps)


def build_scale_at_most_one(spread: str = "1") -> Proof:
    """Return the derivation of 1 - e^2 = E (t - e)^2 >= 0 for E t^2 = 1, e = E t, and of what the bound then becomes.

    So e^2 <= 1, with equality only where the scale does not vary, and b <= 1 - e^2 (1 - b) for every b <= 1: no scale
    mixture lies below the Gaussian's bound. Derived in this project.

    Arguments:
        spread: knob of the mutant, the factor of E (t - e)^2.

    Returns:
        The derivation.

    Example:
        >>> build_scale_at_most_one().statement.goal.split(" and ")[1]
        'e**2 <= 1'
    """
    variance = "E[t]((t(1) - e)**2)"
    value = f"1 - e**2 == {spread}*{variance}"
    constant = f"Imp(e**2 == 1, {variance} == 0)"
    bound = "Imp(g <= 1, g <= 1 - e**2*(1 - g))"
    goal = f"{value} and e**2 <= 1 and {constant} and {bound}"
    steps = [
        step("expand", "linear", f"{variance} == E[t](t(1)*t(1)) - 2*e*E[t](t(1)) + e**2", "t_l2"),
        step(
            "value", "identity", value, "expand", "unit", "mean", combine={"expand": "-1", "unit": "-1", "mean": "2*e"}
        ),
        step("square", "sign", "0 <= (t(1) - e)**2"),
        step("mean_square", "monotone", f"0 <= {variance}", "square"),
        step(
            "most", "certificate", "e**2 <= 1", "mean_square", "value", terms=[["mean_square"]], combine={"value": "1"}
        ),
        step("constant", "arithmetic", constant, "value"),
        step("below", "assume", "g <= 1"),
        step("higher", "certificate", "g <= 1 - e**2*(1 - g)", "below", "most", terms=[["below", "most"]]),
        step("bound", "discharge", bound, "higher"),
        step("goal", "sign", goal, "value", "most", "constant", "bound"),
    ]
    hyps = {"t_l2": "L2[t](t(1))", "unit": "E[t](t(1)*t(1)) == 1", "mean": "E[t](t(1)) == e"}
    example = {"t(k)": "abs(z(k))", "e": "2/sqrt(2*pi)", "g": "0"}
    return Proof(Statement(goal, hyps, inhabited=example), steps)
