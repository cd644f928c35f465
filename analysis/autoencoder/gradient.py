"""The gradient of the reduced risk, why the diagonal plays no role, and one step of gradient descent near the limit."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import EXAMPLE, LET

DECLARE = "i,j,k,m,e,c:Z n,d:N"
_RANGE = "1 <= i, i <= n, 1 <= j, j <= n"
_MOTION = {"G(i,j)": LET["G(i,j)"], "dG(i,j)": "Sum(c, 1, d, v(i, c)*b(j, c) + b(i, c)*v(j, c))"}
_ROWS = {k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}


def build_gradient(factor: str = "2") -> Proof:
    """Return the derivation of d Tr[G X] = 2 sum_ik ((X - (X G X) o f'(G)) B)_ik db_ik for X = F^-1, F = f(G).

    The diagonal of f' counts as 0: that of G stays 1. X is symmetric, written Y + Y^T, and inverts F; dX follows from
    the product rule dF X + F dX = 0. The risk with the best decoder is 1 - Tr[G X]/d. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor 2.

    Returns:
        The derivation.

    Example:
        >>> build_gradient().statement.goal
        'motion == 2*Sum(i, 1, n, Sum(c, 1, d, Sum(j, 1, n, K(i, j)*b(j, c))*v(i, c)))'
    """
    let = {
        **_MOTION,
        "X(i,j)": "Y(i, j) + Y(j, i)",
        "dF(i,j)": "(1 - delta(i, j))*s(G(i, j))*dG(i, j)",
        "XGX(i,j)": "Sum(m, 1, n, Sum(e, 1, n, X(i, m)*G(m, e)*X(e, j)))",
        "K(i,j)": "X(i, j) - (1 - delta(i, j))*XGX(i, j)*s(G(i, j))",
        "XdFX(i,j)": "Sum(m, 1, n, Sum(e, 1, n, X(i, m)*dF(m, e)*X(e, j)))",
        "motion": "Sum(i, 1, n, Sum(j, 1, n, dG(i, j)*X(j, i) + G(i, j)*dX(j, i)))",
    }
    goal = f"motion == {factor}*Sum(i, 1, n, Sum(c, 1, d, Sum(j, 1, n, K(i, j)*b(j, c))*v(i, c)))"
    rule = "Sum(m, 1, n, dF(i, m)*X(m, j) + F(i, m)*dX(m, j))"
    steps = [
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("j_lo", "assume", "1 <= j"),
        step("j_hi", "assume", "j <= n"),
        step("e_lo", "assume", "1 <= e"),
        step("e_hi", "assume", "e <= n"),
        step("m_lo", "assume", "1 <= m"),
        step("m_hi", "assume", "m <= n"),
        step(
            "product_ej",
            "apply",
            rule.replace("(i, m)", "(e, m)") + " == 0",
            "product",
            *("e_lo", "e_hi", "j_lo", "j_hi"),
            at={"i": "e", "j": "j"},
        ),
        step(
            "product_X",
            "identity",
            f"X(i, e)*{rule.replace('(i, m)', '(e, m)')} == 0",
            "product_ej",
            combine={"product_ej": "X(i, e)"},
        ),
        step(
            "products",
            "congruence",
            f"Sum(e, 1, n, X(i, e)*{rule.replace('(i, m)', '(e, m)')}) == Sum(e, 1, n, 0)",
            "product_X",
        ),
        step(
            "inverse_im",
            "apply",
            "Sum(e, 1, n, X(i, e)*F(e, m)) == delta(i, m)",
            "inverse",
            *("i_lo", "i_hi", "m_lo", "m_hi"),
            at={"i": "i", "j": "m"},
        ),
        step(
            "inverse_dX",
            "identity",
            "Sum(e, 1, n, X(i, e)*F(e, m))*dX(m, j) == delta(i, m)*dX(m, j)",
            "inverse_im",
            combine={"inverse_im": "dX(m, j)"},
        ),
        step(
            "inverses",
            "congruence",
            "Sum(m, 1, n, Sum(e, 1, n, X(i, e)*F(e, m))*dX(m, j)) == Sum(m, 1, n, delta(i, m)*dX(m, j))",
            "inverse_dX",
        ),
        step(
            "pick",
            "sums",
            "Sum(m, 1, n, delta(i, m)*dX(m, j)) == dX(i, j)",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest="dX(m, j)",
        ),
        step(
            "dX_value",
            "identity",
            "dX(i, j) == -XdFX(i, j)",
            "products",
            "inverses",
            "pick",
            combine={"products": "1", "inverses": "-1", "pick": "-1"},
            prose="The differential of the inverse is -X dF X.",
        ),
        step(
            "dX_G", "identity", "G(j, i)*dX(i, j) == -G(j, i)*XdFX(i, j)", "dX_value", combine={"dX_value": "G(j, i)"}
        ),
        step("dX_j", "congruence", "Sum(j, 1, n, G(j, i)*dX(i, j)) == Sum(j, 1, n, -G(j, i)*XdFX(i, j))", "dX_G"),
        step(
            "dX_i",
            "congruence",
            "Sum(i, 1, n, Sum(j, 1, n, G(j, i)*dX(i, j))) == Sum(i, 1, n, Sum(j, 1, n, -G(j, i)*XdFX(i, j)))",
            "dX_j",
        ),
        step(
            "goal",
            "identity",
            goal,
            "dX_i",
            combine={"dX_i": "1"},
            prose="G and X are symmetric, so both halves of dG contribute the same.",
        ),
    ]
    hyps = {
        "inverse": f"All(i, All(j, Imp({_RANGE}, Sum(e, 1, n, X(i, e)*F(e, j)) == delta(i, j))))",
        "product": f"All(i, All(j, Imp({_RANGE}, {rule} == 0)))",
    }
    example = {**_ROWS, "F(i,j)": "delta(i, j)", "Y(i,j)": "delta(i, j)/2", "v(i,c)": "0", "s(x)": "1", "dX(i,j)": "0"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_no_diagonal(tangent: str = "0") -> Proof:
    """Return the derivation of sum_ij Y_ij f'(G_ij) dG_ij = sum_{i != j} if b_i.db_i = 0.

    b_i.db_i = 0 makes dG_ii = 0, so that the slope f'(1), infinite for the arcsine, plays no role. Derived in this
    project.

    Arguments:
        tangent: knob of the mutant, the value of b_i.db_i.

    Returns:
        The derivation.

    Example:
        >>> build_no_diagonal().statement.hyps["tangent"]
        'All(i, Sum(c, 1, d, b(i, c)*v(i, c)) == 0)'
    """
    whole, off = (
        f"Sum(i, 1, n, Sum(j, 1, n, {mask}Y(i, j)*s(G(i, j))*dG(i, j)))" for mask in ("", "(1 - delta(i, j))*")
    )
    goal = f"{whole} == {off}"
    entry = "Y(i, j)*s(G(i, j))*dG(i, j)"
    steps = [
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("tangent_i", "apply", f"Sum(c, 1, d, b(i, c)*v(i, c)) == {tangent}", "tangent", at={"i": "i"}),
        step(
            "pick",
            "sums",
            f"Sum(j, 1, n, delta(i, j)*({entry})) == Y(i, i)*s(G(i, i))*dG(i, i)",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest=entry,
        ),
        step(
            "diagonal",
            "identity",
            f"Sum(j, 1, n, delta(i, j)*({entry})) == 0",
            "pick",
            "tangent_i",
            combine={"pick": "1", "tangent_i": "2*Y(i, i)*s(G(i, i))"},
            prose="The diagonal of dG is 2 b_i.db_i = 0.",
        ),
        step(
            "diagonals",
            "congruence",
            f"Sum(i, 1, n, Sum(j, 1, n, delta(i, j)*({entry}))) == Sum(i, 1, n, 0)",
            "diagonal",
        ),
        step("goal", "identity", goal, "diagonals", combine={"diagonals": "1"}),
    ]
    hyps = {"tangent": f"All(i, Sum(c, 1, d, b(i, c)*v(i, c)) == {tangent})"}
    example = {**_ROWS, "v(i,c)": "0"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=_MOTION, inhabited=example), steps)


def build_second_order(power: str = "2") -> Proof:
    """Return the derivation of 1 - |v|^2/2 <= 1/|b + v| <= 1, |b + v|^2 = 1 + |v|^2, for |b| = 1 and b.v = 0.

    So to bring a row back to length 1 after a step along the sphere changes it in second order only. Derived in this
    project.

    Arguments:
        power: knob of the mutant, the divisor of |v|^2.

    Returns:
        The derivation.

    Example:
        >>> [s["id"] for s in build_second_order().steps][-1]
        'goal'
    """
    whole = "Sum(c, 1, d, (b(c) + v(c))**2)"
    length = f"sqrt({whole})"
    square = "Sum(c, 1, d, v(c)**2)"
    one, two, three = (
        f"{whole} == 1 + {square}",
        f"1 - {square}/{power} <= 1/{length}",
        f"1/{length} <= 1",
    )
    steps = [
        step("one", "identity", one, "unit", "tangent", combine={"unit": "1", "tangent": "2"}),
        step("part", "sign", "0 <= v(c)**2"),
        step("size", "monotone", f"0 <= {square}", "part"),
        step("x_sign", "assume", "0 <= x"),
        step("y_is", "assume", "y == 1 + x"),
        step("y_sign", "certificate", "0 < y", "x_sign", "y_is", terms=[["x_sign"], ["c:1"]], combine={"y_is": "1"}),
        step("root", "arithmetic", "1 <= sqrt(y)", "x_sign", "y_is"),
        step(
            "below_x",
            "certificate",
            f"1 - x/{power} <= 1/sqrt(y)",
            *("root", "y_is", "y_sign"),
            times="sqrt(y)",
            terms=[["c:1/2*sqrt(y) + 1", "sq:sqrt(y) - 1"]],
            combine={"y_is": "-1/2*sqrt(y)"},
        ),
        step("above_x", "certificate", "1/sqrt(y) <= 1", "root", "y_sign", times="sqrt(y)", terms=[["root"]]),
        step("below_if", "discharge", f"Imp(0 <= x, y == 1 + x, 1 - x/{power} <= 1/sqrt(y))", "below_x"),
        step("above_if", "discharge", "Imp(0 <= x, y == 1 + x, 1/sqrt(y) <= 1)", "above_x"),
        step("two", "apply", two, "below_if", "size", "one", put={"x": square, "y": whole}),
        step("three", "apply", three, "above_if", "size", "one", put={"x": square, "y": whole}),
        step("goal", "sign", f"{one} and {two} and {three}", "one", "two", "three"),
    ]
    hyps = {"unit": "Sum(c, 1, d, b(c)**2) == 1", "tangent": "Sum(c, 1, d, b(c)*v(c)) == 0"}
    example = {"d": "2", "b(c)": "delta(c, 1)", "v(c)": "delta(c, 2)"}
    return Proof(Statement(f"{one} and {two} and {three}", hyps, declare="c:Z d:N", inhabited=example), steps)


def build_linear_step(rate: str = "8") -> Proof:
    """Return the derivation of one step of gradient descent on the risk with the best decoder, near orthonormal rows.

    With G = I + S, S small with a zero diagonal, and an eigenvalue s of S: the term (1 + s)/(f_1 + s) of Tr[G F^-1],
    F = f_1 I + S to first order, has the second-order term -c s^2, c = alpha/f_1^3, f_1 = 1 + alpha; the gradient of c
    S^2 is 4 c S B, and the step B -> (I - 4 c eta S) B multiplies s by 1 - 8 c eta to first order. Both remainders are
    exact. Derived in this project.

    Arguments:
        rate: knob of the mutant, the factor 8.

    Returns:
        The derivation.

    Example:
        >>> build_linear_step().statement.goal.count("==")
        2
    """
    cost = "(1 + s)/(f + s) == 1/f + (f - 1)*s/f**2 - (f - 1)/f**3*s**2 + (f - 1)*s**3/(f**3*(f + s))"
    c = "(f - 1)/f**3"
    moved = f"(1 - 4*{c}*eta*s)**2*(1 + s)"
    rest = f"s**2*(-8*{c}*eta + 16*({c}*eta)**2*(1 + s))"
    after = f"{moved} == 1 + (1 - {rate}*{c}*eta)*s + {rest}"
    steps = [
        step("cost", "identity", cost, "f_sign", "small"),
        step("after", "identity", after, "f_sign"),
        step("goal", "sign", f"{cost} and {after}", "cost", "after"),
    ]
    hyps = {"f_sign": "0 < f", "small": "f + s != 0"}
    return Proof(Statement(f"{cost} and {after}", hyps, inhabited={"f": "3/2", "s": "1/10", "eta": "1"}), steps)
