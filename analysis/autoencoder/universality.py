"""Universality with a rate: independent coordinates of any law, coded by signs of orthonormal rows.

The coordinates are x_k = f_k(z_k) with independent standard normals z_k, which is any law for each of them. The
abstract of ICML 2023 says that the limits seen with Gaussian data are universal; for spread rows this is a theorem.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .orthogonal_codes import code_energy, pair_in_range
from .sparse import SGN, SGN_STEPS, sign_modulus

#: One Gaussian coordinate, coded by |x|/x.
UNIVERSAL_EXAMPLE = {
    "n": "1",
    "d": "1",
    "b(i,k)": "1",
    "f(k,x)": "x",
    "sgn(x)": "abs(x)/x",
    "h": "1",
    "rho": "2",
}
#: That |x|/x is a sign, and the third moment of a normal below 2.
UNIVERSAL_STEPS = (
    *SGN_STEPS,
    {"for": "moment", **step("m0", "enclosure", "E[z](abs(z(k))**3) <= 2")},
    {"for": "moment", **step("m1", "generalize", "All(k, E[z](abs(z(k))**3) <= 2)", "m0")},
)
_TENTH, _TENTH_BOUND = "E[z](abs(z(k)/10)**3)", "All(k, E[z](abs(z(k)/10)**3) <= 1/100)"
#: Data of a hundredth of the variance: the third moment below 1/100, and |10x|/(10x) as the sign.
SMALL_EXAMPLE = {**UNIVERSAL_EXAMPLE, "f(k,x)": "x/10", "sgn(x)": "abs(10*x)/(10*x)", "rho": "1/100"}
SMALL_STEPS = (
    {"for": "moment", **step("m0", "arithmetic", "abs(x/10)**3 == (abs(x)/10)**3")},
    {"for": "moment", **step("m1", "apply", "abs(z(k)/10)**3 == (abs(z(k))/10)**3", "m0", put={"x": "z(k)"})},
    {"for": "moment", **step("m2", "congruence", f"{_TENTH} == E[z]((abs(z(k))/10)**3)", "m1")},
    {"for": "moment", **step("m3", "enclosure", "E[z]((abs(z(k))/10)**3) <= 1/100")},
    {"for": "moment", **step("m4", "arithmetic", f"{_TENTH} <= 1/100", "m2", "m3")},
    {"for": "moment", **step("m5", "generalize", _TENTH_BOUND, "m4")},
    {"for": "right", **step("p0", "assume", "0 < x")},
    {"for": "right", **step("p1", "arithmetic", "abs(10*x) == 10*x", "p0")},
    {"for": "right", **step("p2", "identity", "abs(10*x)/(10*x) == 1", "p1", "p0", combine={"p1": "1/(10*x)"})},
    {"for": "right", **step("p3", "discharge", "Imp(0 < x, abs(10*x)/(10*x) == 1)", "p2")},
    {"for": "right", **step("p4", "generalize", "All(x, Imp(0 < x, abs(10*x)/(10*x) == 1))", "p3")},
    {"for": "left", **step("n0", "assume", "x < 0")},
    {"for": "left", **step("n1", "arithmetic", "abs(10*x) == -10*x", "n0")},
    {"for": "left", **step("n2", "identity", "abs(10*x)/(10*x) == -1", "n1", "n0", combine={"n1": "1/(10*x)"})},
    {"for": "left", **step("n3", "discharge", "Imp(x < 0, abs(10*x)/(10*x) == -1)", "n2")},
    {"for": "left", **step("n4", "generalize", "All(x, Imp(x < 0, abs(10*x)/(10*x) == -1))", "n3")},
)
_LET = {
    "c": "sqrt(2/pi)",
    "X(k)": "f(k, z(k))",
    "u(i)": "Sum(k, 1, d, b(i, k)*X(k))",
    "s(i)": "sgn(u(i))",
    "square": "Sum(k, 1, d, (X(k) - c*Sum(i, 1, n, b(i, k)*s(i)))**2)",
    "risk": "E[z](square)/d",
    "gram(i,j)": "Sum(k, 1, d, b(i, k)*b(j, k))",
    "third(k)": "E[z](abs(X(k))**3)",
}
_HYPS = {
    "positive": "0 < d",
    "orthonormal": "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, gram(i, j) == delta(i, j))))",
    "spread": "All(i, All(k, Imp(1 <= i, i <= n, 1 <= k, k <= d, abs(b(i, k)) <= h)))",
    "centred": "All(k, E[z](X(k)) == 0)",
    "variance": "All(k, E[z](X(k)*X(k)) == 1)",
    "x_l2": "All(k, L2[z](X(k)))",
    "x_l4": "All(k, L2[z](X(k)**2))",
    "moment": "All(k, third(k) <= rho)",
    "s_l2": "All(i, L2[z](s(i)))",
    "bits": "All(i, Imp(1 <= i, i <= n, E[z](s(i)*s(i)) == 1))",
    **SGN,
}


def build_universal_code(factor: str = "2*c*n/d") -> Proof:
    """Return the derivation: the Gaussian risk 1 - 2r/pi, up to (2 sqrt(2/pi) r) h rho, for every law of coordinates.

    Rows b_i orthonormal with entries at most h in modulus, code s_i = sgn(b_i . x), decoder sqrt(2/pi) B^T, the best
    one for Gaussian data: untrained. The coordinates are independent, centred, of unit variance, with third absolute
    moments at most rho. With E x_k s_i summed to E|b_i . x|, R = 1 - 2 c/d sum_i E|b_i . x| + c^2 n/d, c^2 = 2/pi, and
    the mean central limit theorem puts each E|b_i . x| within h rho of c. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor of h rho.

    Returns:
        The derivation.

    Example:
        >>> build_universal_code().statement.goal
        'abs(risk - (1 - 2*n/(pi*d))) <= 2*c*n/d*(h*rho)'
    """
    goal = f"abs(risk - (1 - 2*n/(pi*d))) <= {factor}*(h*rho)"
    coded = "Sum(i, 1, n, Sum(j, 1, n, gram(i, j)*E[z](s(i)*s(j))))"
    steps = [
        step(
            "expand",
            "linear",
            f"E[z](square) == Sum(k, 1, d, E[z](X(k)*X(k))) - 2*c*Sum(i, 1, n, Sum(k, 1, d, b(i, k)*E[z](X(k)*s(i)))) "
            f"+ c**2*{coded}",
            "x_l2",
            "s_l2",
        ),
        step("one", "apply", "E[z](X(k)*X(k)) == 1", "variance", at={"k": "k"}),
        step("data", "congruence", "Sum(k, 1, d, E[z](X(k)*X(k))) == Sum(k, 1, d, 1)", "one"),
        # B B^T = I leaves the squares of the code
        *pair_in_range("n"),
        *code_energy("gram(i, j)", "E[z]", "n", "orthonormal", "i_lo", "i_hi"),
        # the cross terms are mean moduli
        step("back", "linear", "E[z](u(i)*s(i)) == Sum(k, 1, d, b(i, k)*E[z](X(k)*s(i)))", "x_l2", "s_l2"),
        *sign_modulus(),
        step("modulus_u", "apply", "u(i)*s(i) == abs(u(i))", "modulus_x", put={"x": "u(i)"}),
        step("modulus", "congruence", "E[z](u(i)*s(i)) == E[z](abs(u(i)))", "modulus_u"),
        step(
            "cross_i",
            "identity",
            "Sum(k, 1, d, b(i, k)*E[z](X(k)*s(i))) == E[z](abs(u(i)))",
            "back",
            "modulus",
            combine={"back": "-1", "modulus": "1"},
        ),
        step(
            "cross",
            "congruence",
            "Sum(i, 1, n, Sum(k, 1, d, b(i, k)*E[z](X(k)*s(i)))) == Sum(i, 1, n, E[z](abs(u(i))))",
            "cross_i",
        ),
        # each mean modulus is nearly that of a normal
        step("unit", "apply", "gram(i, i) == delta(i, i)", "orthonormal", "i_lo", "i_hi", at={"i": "i", "j": "i"}),
        step("length", "identity", "Sum(k, 1, d, b(i, k)**2) == 1", "unit", combine={"unit": "1"}),
        step(
            "near",
            "apply",
            "abs(E[z](abs(u(i))) - c) <= Sum(k, 1, d, abs(b(i, k))**3*third(k))",
            "axiom:mean-central-limit",
            "length",
            "centred",
            "variance",
            "x_l4",
            symbols={"u(k)": "b(i, k)", "f(k,x)": "f(k, x)"},
            prose="The mean central limit theorem for b_i . x.",
        ),
        step("k_lo", "assume", "1 <= k"),
        step("k_hi", "assume", "k <= d"),
        step(
            "entry_b", "apply", "abs(b(i, k)) <= h", "spread", "i_lo", "i_hi", "k_lo", "k_hi", at={"i": "i", "k": "k"}
        ),
        step("cube_sign", "sign", "0 <= abs(X(k))**3"),
        step("third_sign", "monotone", "0 <= third(k)", "cube_sign"),
        step("third", "apply", "third(k) <= rho", "moment", at={"k": "k"}),
        step("rho", "arithmetic", "0 <= rho", "third_sign", "third"),
        step("modulus_b", "sign", "0 <= abs(b(i, k))"),
        step("square_b", "arithmetic", "abs(b(i, k))**2 == b(i, k)**2"),
        step(
            "term",
            "certificate",
            "abs(b(i, k))**3*third(k) <= h*rho*b(i, k)**2",
            "entry_b",
            "third",
            "rho",
            "modulus_b",
            "square_b",
            terms=[["sq:b(i, k)", "entry_b", "rho"], ["sq:b(i, k)", "modulus_b", "third"]],
            combine={"square_b": "-abs(b(i, k))*third(k)"},
            prose="|b|^3 <= h b^2.",
        ),
        step(
            "terms",
            "monotone",
            "Sum(k, 1, d, abs(b(i, k))**3*third(k)) <= Sum(k, 1, d, h*rho*b(i, k)**2)",
            "term",
        ),
        step("total", "identity", "Sum(k, 1, d, h*rho*b(i, k)**2) == h*rho", "length", combine={"length": "h*rho"}),
        step("distance", "arithmetic", "abs(E[z](abs(u(i))) - c) <= h*rho", "near", "terms", "total"),
        step("above_i", "arithmetic", "E[z](abs(u(i))) <= c + h*rho", "distance"),
        step("below_i", "arithmetic", "c - h*rho <= E[z](abs(u(i)))", "distance"),
        step("above", "monotone", "Sum(i, 1, n, E[z](abs(u(i)))) <= Sum(i, 1, n, c + h*rho)", "above_i"),
        step("below", "monotone", "Sum(i, 1, n, c - h*rho) <= Sum(i, 1, n, E[z](abs(u(i))))", "below_i"),
        step("above_n", "identity", "Sum(i, 1, n, c + h*rho) == n*(c + h*rho)"),
        step("below_n", "identity", "Sum(i, 1, n, c - h*rho) == n*(c - h*rho)"),
        # the parabola of the decoder's multiple
        step("two_pi", "sign", "0 < 2/pi"),
        step("root", "arithmetic", "c*c == 2/pi", "two_pi"),
        step(
            "value",
            "identity",
            "risk - (1 - 2*n/(pi*d)) == 2*c/d*(n*c - Sum(i, 1, n, E[z](abs(u(i)))))",
            "expand",
            "data",
            "coded",
            "cross",
            "root",
            "positive",
            combine={
                "expand": "1/d",
                "data": "1/d",
                "coded": "c**2/d",
                "cross": "-2*c/d",
                "root": "-n/d",
            },
        ),
        step("c_sign", "sign", "0 <= 2*c/d", "positive"),
        step(
            "high",
            "certificate",
            f"risk - (1 - 2*n/(pi*d)) <= {factor}*(h*rho)",
            "value",
            "below",
            "below_n",
            "c_sign",
            terms=[["c_sign", "below"]],
            combine={"value": "-1", "below_n": "2*c/d"},
        ),
        step(
            "low",
            "certificate",
            f"-({factor}*(h*rho)) <= risk - (1 - 2*n/(pi*d))",
            "value",
            "above",
            "above_n",
            "c_sign",
            terms=[["c_sign", "above"]],
            combine={"value": "1", "above_n": "-2*c/d"},
        ),
        step("goal", "arithmetic", goal, "high", "low"),
    ]
    return Proof(
        Statement(
            goal,
            _HYPS,
            declare="i,j,k:Z d,n:N",
            let=_LET,
            inhabited=UNIVERSAL_EXAMPLE,
            inhabited_steps=UNIVERSAL_STEPS,
        ),
        steps,
    )


def build_universality(shift: str = "pi/2 - 1") -> Proof:
    """Return the derivation: up to rate 1, spread rows take independent coordinates of any law to the Gaussian limit.

    With entries h so small that 2 sqrt(2/pi) r h rho <= eps, the untrained code that is best for Gaussian data has, on
    all such data, a risk within eps of the Gaussian limit 1 - r/(max(r, 1) + pi/2 - 1). What the abstract of ICML 2023
    says of universality, as a theorem with a rate; derived in this project.

    Arguments:
        shift: knob of the mutant, alpha of the sign.

    Returns:
        The derivation.

    Example:
        >>> build_universality().statement.goal
        'Imp(n <= d, abs(risk - (1 - r/(max(r, 1) + pi/2 - 1))) <= eps)'
    """
    goal = f"Imp(n <= d, abs(risk - (1 - r/(max(r, 1) + {shift}))) <= eps)"
    steps = [
        step("near", "apply", "abs(risk - (1 - 2*n/(pi*d))) <= 2*c*n/d*(h*rho)", "claim:ae.univ-rate", *_HYPS),
        step("low_rate", "assume", "n <= d"),
        step("x_low", "assume", "x <= y"),
        step("y", "assume", "0 < y"),
        step("ratio_y", "arithmetic", "x/y <= 1", "x_low", "y"),
        step("ratio", "apply", "n/d <= 1", "ratio_y", "low_rate", "positive", put={"x": "n", "y": "d"}),
        step("largest", "arithmetic", "max(r, 1) == 1", "ratio"),
        step("divisor", "arithmetic", "0 < max(r, 1) + pi/2 - 1", "largest"),
        step(
            "limit",
            "identity",
            f"1 - r/(max(r, 1) + {shift}) == 1 - 2*n/(pi*d)",
            "largest",
            "divisor",
            "positive",
            combine={"largest": "2*n/(pi*d*(max(r, 1) + pi/2 - 1))"},
            prose="The Gaussian limit up to rate 1.",
        ),
        step("within", "arithmetic", f"abs(risk - (1 - r/(max(r, 1) + {shift}))) <= eps", "near", "limit", "close"),
        step("goal", "discharge", goal, "within"),
    ]
    hyps = {**_HYPS, "close": "2*c*n/d*(h*rho) <= eps"}
    return Proof(
        Statement(
            goal,
            hyps,
            declare="i,j,k:Z d,n:N",
            let={**_LET, "r": "(n/d)"},
            inhabited={**UNIVERSAL_EXAMPLE, "eps": "4"},
            inhabited_steps=UNIVERSAL_STEPS,
        ),
        steps,
    )
