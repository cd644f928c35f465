"""Orthogonal one-bit codes of sparse data that use several coordinates a row: dithers and cascades."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .orthogonal_codes import IN_RANGE, code_energy, pair_in_range

#: Data and code: square integrable, with unit mean squares.
_MOMENTS = {
    "x_l2": "All(k, L2[x, s](x(k)))",
    "s_l2": "All(i, L2[x, s](s(i)))",
    "isotropic": "All(k, E[x, s](x(k)*x(k)) == 1)",
    "bits": "All(i, E[x, s](s(i)*s(i)) == 1)",
}
#: The rotation by a right angle in the plane, signs of normal coordinates.
DITHER_EXAMPLE = {
    "d": "2",
    "a": "3/5",
    "t": "4/5",
    "Q(i,k)": "delta(i, 1)*delta(k, 2) - delta(i, 2)*delta(k, 1)",
    "x(k)": "z(k)",
    "s(i)": "abs(z(i))/z(i)",
    "u": "1",
    "w": "0",
}
#: Identity and rotation: two anticommuting terms.
CASCADE_EXAMPLE = {
    "d": "2",
    "K": "1",
    "a(k)": "3/5*delta(k, 0) + 4/5*delta(k, 1)",
    "c": "1",
    "x(k)": "z(k)",
    "s(i)": "abs(z(i))/z(i)",
    "P(k,i,e)": "delta(k, 0)*delta(i, e) + delta(k, 1)*(delta(i, 1)*delta(e, 2) - delta(i, 2)*delta(e, 1))",
}


def build_dither(sign: str = "-") -> Proof:
    """Return the derivation of the risk of the dithered identity B = aI + tQ with decoder uI + wQ^T, at every d.

    Q is orthogonal and antisymmetric, a^2 + t^2 = 1, so that B is orthogonal; the data have unit variances and the code
    s, signs of Bx or any other, unit mean squares. With U = (1/d) E x^T s and W = (1/d) E s^T Q x the risk is
    (u - U)^2 + (w - W)^2 + 1 - U^2 - W^2: no error term, no limit. Derived in this project.

    Arguments:
        sign: knob of the mutant, the sign in Q = -Q^T.

    Returns:
        The derivation.

    Example:
        >>> build_dither().statement.goal.split(" and ")[0]
        'risk == (u - U)**2 + (w - W)**2 + 1 - U**2 - W**2'
    """
    let = {
        "square": "Sum(k, 1, d, (x(k) - u*s(k) - w*Sum(i, 1, d, Q(i, k)*s(i)))**2)",
        "risk": "E[x, s](square)/d",
        "U": "Sum(k, 1, d, E[x, s](x(k)*s(k)))/d",
        "W": "Sum(k, 1, d, Sum(i, 1, d, Q(i, k)*E[x, s](x(k)*s(i))))/d",
        "mixed": "Sum(i, 1, d, Sum(k, 1, d, Q(i, k)*E[x, s](s(i)*s(k))))",
        "coded": "Sum(i, 1, d, Sum(j, 1, d, Sum(k, 1, d, Q(i, k)*Q(j, k))*E[x, s](s(i)*s(j))))",
        "B(i,k)": "a*delta(i, k) + t*Q(i, k)",
    }
    risk = "risk == (u - U)**2 + (w - W)**2 + 1 - U**2 - W**2"
    ranged = "Imp(1 <= i, i <= d, 1 <= j, j <= d, {})"
    gram = "Sum(k, 1, d, B(i, k)*B(j, k)) == delta(i, j)"
    rows = f"All(i, All(j, {ranged.format(gram)}))"
    goal = f"{risk} and {rows}"
    steps = [
        step("variance", "apply", "E[x, s](x(k)*x(k)) == 1", "isotropic", at={"k": "k"}),
        step("variances", "congruence", "Sum(k, 1, d, E[x, s](x(k)*x(k))) == Sum(k, 1, d, 1)", "variance"),
        step("bit_k", "apply", "E[x, s](s(k)*s(k)) == 1", "bits", at={"i": "k"}),
        step("bits_k", "congruence", "Sum(k, 1, d, E[x, s](s(k)*s(k))) == Sum(k, 1, d, 1)", "bit_k"),
        step("turn", "apply", f"Q(i, k) == {sign}Q(k, i)", "antisymmetric", at={"i": "i", "k": "k"}),
        step("even", "assume", "All(i, All(k, H(i, k) == H(k, i)))"),
        step("even_ik", "apply", "H(i, k) == H(k, i)", "even", at={"i": "i", "k": "k"}),
        step(
            "turn_s",
            "identity",
            f"Q(i, k)*H(i, k) == {sign}Q(k, i)*H(k, i)",
            "turn",
            "even_ik",
            combine={"turn": "H(i, k)", "even_ik": f"{sign}Q(k, i)"},
        ),
        step("turn_i", "congruence", f"Sum(k, 1, d, Q(i, k)*H(i, k)) == Sum(k, 1, d, {sign}Q(k, i)*H(k, i))", "turn_s"),
        step(
            "turn_k",
            "congruence",
            f"Sum(i, 1, d, Sum(k, 1, d, Q(i, k)*H(i, k))) == Sum(i, 1, d, Sum(k, 1, d, {sign}Q(k, i)*H(k, i)))",
            "turn_i",
        ),
        step(
            "even_sum",
            "identity",
            "Sum(i, 1, d, Sum(k, 1, d, Q(i, k)*H(i, k))) == 0",
            "turn_k",
            combine={"turn_k": "1/2"},
        ),
        step("product", "identity", "E[x, s](s(i)*s(k)) == E[x, s](s(k)*s(i))"),
        step("product_k", "generalize", "All(i, All(k, E[x, s](s(i)*s(k)) == E[x, s](s(k)*s(i))))", "product"),
        step(
            "mixed",
            "apply",
            "Sum(i, 1, d, Sum(k, 1, d, Q(i, k)*E[x, s](s(i)*s(k)))) == 0",
            "even_sum",
            "product_k",
            symbols={"H(i,k)": "E[x, s](s(i)*s(k))"},
            prose="What u and w have in common cancels, because Q is antisymmetric.",
        ),
        *pair_in_range("d"),
        *code_energy("Sum(k, 1, d, Q(i, k)*Q(j, k))", "E[x, s]", "d", "orthogonal"),
        step(
            "expand",
            "linear",
            "E[x, s](square) == Sum(k, 1, d, E[x, s](x(k)*x(k))) - 2*u*d*U - 2*w*d*W"
            " + u**2*Sum(k, 1, d, E[x, s](s(k)*s(k))) + 2*u*w*mixed + w**2*coded",
            "x_l2",
            "s_l2",
            "positive",
        ),
        step(
            "risk",
            "identity",
            risk,
            "expand",
            "variances",
            "bits_k",
            "mixed",
            "coded",
            "positive",
            combine={"expand": "1/d", "variances": "1/d", "bits_k": "u**2/d", "mixed": "2*u*w/d", "coded": "w**2/d"},
        ),
        # the rows
        step(
            "d_ii",
            "sums",
            "Sum(k, 1, d, delta(i, k)*delta(j, k)) == delta(j, i)",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest="delta(j, k)",
        ),
        step(
            "d_ij",
            "sums",
            "Sum(k, 1, d, delta(i, k)*Q(j, k)) == Q(j, i)",
            "i_lo",
            "i_hi",
            kind="delta",
            index="i",
            rest="Q(j, k)",
        ),
        step(
            "d_ji",
            "sums",
            "Sum(k, 1, d, delta(j, k)*Q(i, k)) == Q(i, j)",
            "j_lo",
            "j_hi",
            kind="delta",
            index="j",
            rest="Q(i, k)",
        ),
        step("turn_j", "apply", f"Q(i, j) == {sign}Q(j, i)", "antisymmetric", at={"i": "i", "k": "j"}),
        step(
            "gram",
            "identity",
            gram,
            "d_ii",
            "d_ij",
            "d_ji",
            "entry",
            "turn_j",
            "circle",
            combine={
                "d_ii": "a**2",
                "d_ij": "a*t",
                "d_ji": "a*t",
                "entry": "t**2",
                "turn_j": "a*t",
                "circle": "delta(i, j)",
            },
        ),
        step("gram_if", "discharge", ranged.format(gram), "gram"),
        step("rows", "generalize", rows, "gram_if"),
        step("goal", "sign", goal, "risk", "rows"),
    ]
    hyps = {
        "positive": "0 < d",
        "circle": "a**2 + t**2 == 1",
        "antisymmetric": f"All(i, All(k, Q(i, k) == {sign}Q(k, i)))",
        "orthogonal": "All(i, All(j, Imp(1 <= i, i <= d, 1 <= j, j <= d, "
        "Sum(k, 1, d, Q(i, k)*Q(j, k)) == delta(i, j))))",
        **_MOMENTS,
    }
    return Proof(Statement(goal, hyps, declare="i,j,k:Z d:N", let=let, inhabited=DITHER_EXAMPLE), steps)


def build_cascade(twice: str = "2") -> Proof:
    """Return the derivation of the risk of B = sum_k a_k P_k for anticommuting P_k, |a| = 1, with decoder cB^T.

    P_0 = I and pairwise anticommuting antisymmetric signed permutations P_1, ..., P_K (Hurwitz-Radon: K = 7 for d a
    multiple of 8) have P_k P_l^T + P_l P_k^T = 2 delta_kl I. Hence BB^T = I exactly and, for any data with unit
    variances and any code with unit mean squares, the risk is 1 - 2cT + c^2, T = (1/d) E s^T B x: at s = sign(Bx) it is
    (1/d) E |Bx|_1. Derived in this project.

    Arguments:
        twice: knob of the mutant, the factor of delta_kl.

    Returns:
        The derivation.

    Example:
        >>> build_cascade().statement.goal.split(" and ")[1]
        'risk == 1 - 2*c*T + c**2'
    """
    let = {
        "B(i,e)": "Sum(k, 0, K, a(k)*P(k, i, e))",
        "PP(k,l)": "Sum(e, 1, d, P(k, i, e)*P(l, j, e))",
        "square": "Sum(k, 1, d, (x(k) - c*Sum(i, 1, d, B(i, k)*s(i)))**2)",
        "risk": "E[x, s](square)/d",
        "T": "Sum(k, 1, d, Sum(i, 1, d, B(i, k)*E[x, s](x(k)*s(i))))/d",
    }
    ranged = "Imp(1 <= i, i <= d, 1 <= j, j <= d, {})"
    gram = "Sum(k, 1, d, B(i, k)*B(j, k)) == delta(i, j)"
    rows = f"All(i, All(j, {ranged.format(gram)}))"
    risk = "risk == 1 - 2*c*T + c**2"
    goal = f"{rows} and {risk}"
    anti = f"PP(k, l) + PP(l, k) == {twice}*delta(k, l)*delta(i, j)"
    steps = [
        *pair_in_range("d"),
        step("k_lo", "assume", "0 <= k"),
        step("k_hi", "assume", "k <= K"),
        step("l_lo", "assume", "0 <= l"),
        step("l_hi", "assume", "l <= K"),
        step(
            "pair",
            "apply",
            anti,
            "anticommuting",
            "k_lo",
            "k_hi",
            "l_lo",
            "l_hi",
            *IN_RANGE,
            at={"k": "k", "l": "l", "i": "i", "j": "j"},
        ),
        step(
            "pair_a",
            "identity",
            "a(k)*a(l)*(PP(k, l) + PP(l, k)) == 2*delta(k, l)*a(k)*a(l)*delta(i, j)",
            "pair",
            combine={"pair": "a(k)*a(l)"},
        ),
        step(
            "pair_l",
            "congruence",
            "Sum(l, 0, K, a(k)*a(l)*(PP(k, l) + PP(l, k))) == Sum(l, 0, K, 2*delta(k, l)*a(k)*a(l)*delta(i, j))",
            "pair_a",
        ),
        step(
            "pick",
            "sums",
            "Sum(l, 0, K, 2*delta(k, l)*a(k)*a(l)*delta(i, j)) == 2*a(k)*a(k)*delta(i, j)",
            "k_lo",
            "k_hi",
            kind="delta",
            index="k",
            rest="2*a(k)*a(l)*delta(i, j)",
        ),
        step(
            "row",
            "identity",
            "Sum(l, 0, K, a(k)*a(l)*(PP(k, l) + PP(l, k))) == 2*a(k)**2*delta(i, j)",
            "pair_l",
            "pick",
            combine={"pair_l": "1", "pick": "1"},
        ),
        step(
            "all",
            "congruence",
            "Sum(k, 0, K, Sum(l, 0, K, a(k)*a(l)*(PP(k, l) + PP(l, k)))) == Sum(k, 0, K, 2*a(k)**2*delta(i, j))",
            "row",
        ),
        step(
            "gram",
            "identity",
            gram,
            "all",
            "unit",
            combine={"all": "1/2", "unit": "delta(i, j)"},
            prose="The products of different terms cancel in pairs.",
        ),
        step("gram_if", "discharge", ranged.format(gram), "gram"),
        step("rows", "generalize", rows, "gram_if"),
        step(
            "risk",
            "apply",
            risk,
            "claim:ae.sp-orth",
            "positive",
            "rows",
            *_MOMENTS,
            symbols={"O(k,i)": "Sum(l, 0, K, a(l)*P(l, i, k))"},
        ),
        step("goal", "sign", goal, "rows", "risk"),
    ]
    hyps = {
        "positive": "0 < d",
        "unit": "Sum(k, 0, K, a(k)**2) == 1",
        "anticommuting": "All(k, All(l, All(i, All(j, Imp(0 <= k, k <= K, 0 <= l, l <= K, 1 <= i, i <= d, 1 <= j, "
        f"j <= d, {anti})))))",
        **_MOMENTS,
    }
    return Proof(Statement(goal, hyps, declare="i,j,k,l,e:Z d,K:N", let=let, inhabited=CASCADE_EXAMPLE), steps)


def build_cascade_value(power: str = "2") -> Proof:
    """Return the derivation of what the cascade with a_k proportional to q^k, q = 1 - p, reaches for p >= 1/2.

    Every coefficient is at least the sum of the later ones, so that the sign of a row is that of its first non-zero
    coordinate: adding a rest |w| <= y to the coordinate +-y leaves E|y +- w| = y. The mean modulus then is
    sqrt(p) m sum_k a_k q^k, whose square is m^2 (1 - q^(2K+2))/(2 - p): the risk exceeds that of the identity with
    sign(0) = +1 and a decoder bias, 1 - m^2/(2 - p), by m^2 q^(2K+2)/(2 - p). Derived in this project.

    Arguments:
        power: knob of the mutant, the power of the mean modulus.

    Returns:
        The derivation.

    Example:
        >>> build_cascade_value().statement.goal.split(" and ")[0]
        'Sum(l, k + 1, k + K, q**l) <= q**k'
    """
    later = "Sum(l, k + 1, k + K, q**l) <= q**k"
    first = "Imp(-y <= w, Imp(w <= y, (abs(y + w) + abs(y - w))/2 == y))"
    value = f"1 - mean**{power} == 1 - m**2/(2 - p) + m**2*q**(2*K + 2)/(2 - p)"
    goal = f"{later} and {first} and {value}"
    let = {
        "p": "(1 - q)",
        "norm": "Sum(k, 0, K, (q**k)**2)",
        "mean": "sqrt(1 - q)*m*Sum(k, 0, K, q**k*q**k)/sqrt(Sum(k, 0, K, (q**k)**2))",
    }
    tail = "(1 - q)*Sum(l, k + 1, k + K, q**l) == q*q**k - q*q**k*q**K"
    geometric = "(1 - q**2)*norm == 1 - q**(2*K + 2)"
    steps = [
        # the later coefficients
        step("no_step", "sign", "k + 0 < k + 1"),
        step("none", "sums", "Sum(l, k + 1, k + 0, q**l) == 0", "no_step", kind="empty"),
        step(
            "tail_0",
            "identity",
            "(1 - q)*Sum(l, k + 1, k + 0, q**l) == q*q**k - q*q**k*q**0",
            "none",
            combine={"none": "1 - q"},
        ),
        step("tail_K", "assume", tail),
        step("order", "sign", "k + 1 <= k + (K + 1)"),
        step(
            "last",
            "sums",
            "Sum(l, k + 1, k + (K + 1), q**l) == Sum(l, k + 1, k + (K + 1) - 1, q**l) + q**(k + (K + 1))",
            "order",
            kind="last",
        ),
        step(
            "tail_next",
            "identity",
            "(1 - q)*Sum(l, k + 1, k + (K + 1), q**l) == q*q**k - q*q**k*q**(K + 1)",
            "tail_K",
            "last",
            combine={"tail_K": "1", "last": "1 - q"},
        ),
        step("tail", "induction", tail, "tail_0", "tail_next", on="K", base="0"),
        step("power_0", "sign", "0 <= q**0"),
        step("power_l", "assume", "0 <= q**l"),
        step("power_next", "certificate", "0 <= q**(l + 1)", "power_l", "low", terms=[["power_l", "low"]]),
        step("power", "induction", "0 <= q**l", "power_0", "power_next", on="l", base="0"),
        step("power_k", "apply", "0 <= q**k", "power", put={"l": "k"}),
        step("power_K", "apply", "0 <= q**K", "power", put={"l": "K"}),
        step("p_positive", "arithmetic", "0 < 1 - q", "half"),
        step(
            "later",
            "certificate",
            later,
            "tail",
            "power_k",
            "power_K",
            "half",
            "low",
            "p_positive",
            times="1 - q",
            terms=[["c:2", "power_k", "half"], ["low", "power_k", "power_K"]],
            combine={"tail": "-1"},
            prose="A geometric sum: at most q/p <= 1 times the coefficient itself.",
        ),
        # the first non-zero coordinate decides
        step("w_lo", "assume", "-y <= w"),
        step("w_hi", "assume", "w <= y"),
        step("fold", "arithmetic", "(abs(y + w) + abs(y - w))/2 == y", "w_lo", "w_hi"),
        step("first", "discharge", first, "fold"),
        # the value
        step("g_0", "identity", "(1 - q**2)*Sum(k, 0, 0, (q**k)**2) == 1 - q**(2*0 + 2)"),
        step("g_K", "assume", geometric),
        step("g_order", "sign", "0 <= K + 1"),
        step(
            "g_last",
            "sums",
            "Sum(k, 0, K + 1, (q**k)**2) == Sum(k, 0, K + 1 - 1, (q**k)**2) + (q**(K + 1))**2",
            "g_order",
            kind="last",
        ),
        step(
            "g_next",
            "identity",
            "(1 - q**2)*Sum(k, 0, K + 1, (q**k)**2) == 1 - q**(2*(K + 1) + 2)",
            "g_K",
            "g_last",
            combine={"g_K": "1", "g_last": "1 - q**2"},
        ),
        step("geometric", "induction", geometric, "g_0", "g_next", on="K", base="0"),
        step("start", "sign", "0 <= K"),
        step("norm_first", "sums", "norm == Sum(k, 0 + 1, K, (q**k)**2) + (q**0)**2", "start", kind="first"),
        step("rest_k", "sign", "0 <= (q**k)**2"),
        step("rest", "monotone", "0 <= Sum(k, 0 + 1, K, (q**k)**2)", "rest_k"),
        step(
            "norm",
            "certificate",
            "0 < norm",
            "norm_first",
            "rest",
            terms=[["rest"], ["c:1"]],
            combine={"norm_first": "1"},
        ),
        step("square", "identity", "mean**2 == (1 - q)*m**2*norm", "norm", "p_positive"),
        step("two", "arithmetic", "0 < 1 + q", "low"),
        step(
            "value",
            "identity",
            value,
            "square",
            "geometric",
            "two",
            combine={"square": "-1", "geometric": "-m**2/(1 + q)"},
        ),
        step("goal", "sign", goal, "later", "first", "value"),
    ]
    hyps = {"low": "0 <= q", "half": "q <= 1/2"}
    example = {"q": "1/2", "K": "1", "k": "0", "m": "1", "y": "1", "w": "0"}
    return Proof(Statement(goal, hyps, declare="k,l,K:N", let=let, inhabited=example), steps)
