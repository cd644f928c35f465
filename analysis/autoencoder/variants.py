"""The risk with a general covariance, with a decoder bias, and for orthogonal one-bit codes of any isotropic data."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .orthogonal_codes import code_energy, pair_in_range
from .risk import SQUARE_INTEGRABLE, code_moments
from .series import ODD
from .setting import DECLARE, EXAMPLE, HYPS, LET

#: Signs of the coordinates themselves.
ORTHOGONAL_EXAMPLE = {"d": "2", "O(k,i)": "delta(k, i)", "x(k)": "z(k)", "s(i)": "abs(z(i))/z(i)"}


def build_covariance(factor: str = "2") -> Proof:
    """Return the derivation of E|x - x_hat|^2 = Tr D^2 - 2 Tr[C D A] + Tr[A^T A F] for x = D z, D = diag(s_k).

    The rows of C = BD are the unit vectors b_i, so that F is built from C C^T. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor of Tr[C D A].

    Returns:
        The derivation.

    Example:
        >>> build_covariance().statement.goal.startswith("E[z](square) == ")
        True
    """
    let = {
        **LET,
        "square": "Sum(k, 1, d, (s(k)*z(k) - Sum(i, 1, n, A(k, i)/c1*sigma(u(i))))**2)",
        "crossed": "Sum(k, 1, d, Sum(i, 1, n, A(k, i)/c1*s(k)*E[z](z(k)*sigma(u(i)))))",
        "coded_ij": "A(k, i)*A(k, j)/c1**2*E[z](sigma(u(i))*sigma(u(j)))",
        "coded": "Sum(k, 1, d, Sum(i, 1, n, Sum(j, 1, n, A(k, i)*A(k, j)/c1**2*E[z](sigma(u(i))*sigma(u(j))))))",
        "form": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*F(i, j)))",
        "variances": "Sum(k, 1, d, s(k)**2)",
    }
    goal = f"E[z](square) == variances - {factor}*Sum(i, 1, n, Sum(k, 1, d, A(k, i)*s(k)*b(i, k))) + form"
    steps = [
        *SQUARE_INTEGRABLE,
        step(
            "expand",
            "linear",
            "E[z](square) == Sum(k, 1, d, s(k)**2*E[z](z(k)*z(k))) - 2*crossed + coded",
            "code_l2",
            "data_l2",
            prose="Expand the square; the expectation is linear.",
        ),
        step("unit_variance", "apply", "E[z](z(k)*z(k)) == delta(k, k)", "axiom:gaussian-covariance", put={"l": "k"}),
        step("variance", "identity", "s(k)**2*E[z](z(k)*z(k)) == s(k)**2", "unit_variance"),
        step("total", "congruence", "Sum(k, 1, d, s(k)**2*E[z](z(k)*z(k))) == variances", "variance"),
        *code_moments(),
        step(
            "cross_A", "identity", "A(k, i)/c1*s(k)*E[z](z(k)*sigma(u(i))) == A(k, i)*s(k)*b(i, k)", "cross", "nonzero"
        ),
        step(
            "cross_i",
            "congruence",
            "Sum(i, 1, n, A(k, i)/c1*s(k)*E[z](z(k)*sigma(u(i)))) == Sum(i, 1, n, A(k, i)*s(k)*b(i, k))",
            "cross_A",
        ),
        step("cross_k", "congruence", "crossed == Sum(k, 1, d, Sum(i, 1, n, A(k, i)*s(k)*b(i, k)))", "cross_i"),
        step("gram_A", "identity", "coded_ij == A(k, i)*A(k, j)*F(i, j)", "gram", "nonzero"),
        step("gram_j", "congruence", "Sum(j, 1, n, coded_ij) == Sum(j, 1, n, A(k, i)*A(k, j)*F(i, j))", "gram_A"),
        step(
            "gram_i",
            "congruence",
            "Sum(i, 1, n, Sum(j, 1, n, coded_ij)) == Sum(i, 1, n, Sum(j, 1, n, A(k, i)*A(k, j)*F(i, j)))",
            "gram_j",
        ),
        step(
            "gram_k",
            "congruence",
            "coded == Sum(k, 1, d, Sum(i, 1, n, Sum(j, 1, n, A(k, i)*A(k, j)*F(i, j))))",
            "gram_i",
        ),
        step(
            "goal",
            "identity",
            goal,
            "expand",
            "total",
            "cross_k",
            "gram_k",
            combine={"expand": "1", "total": "1", "cross_k": "-2", "gram_k": "1"},
        ),
    ]
    hyps = {k: v for k, v in HYPS.items() if k != "dimension"}
    example = {**EXAMPLE, "s(k)": "k"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_decoder_bias(gain: str = "+") -> Proof:
    """Return the derivation of E|x - x_hat - v|^2 = E|x - x_hat|^2 + |v|^2: with odd activations no bias v helps.

    Data and code have mean 0. Derived in this project.

    Arguments:
        gain: knob of the mutant, the sign of |v|^2.

    Returns:
        The derivation.

    Example:
        >>> build_decoder_bias().statement.goal
        'E[z](biased) == E[z](square) + Sum(k, 1, d, v(k)**2)'
    """
    let = {
        **LET,
        "square": "Sum(k, 1, d, (z(k) - Sum(i, 1, n, A(k, i)*sigma(u(i))))**2)",
        "biased": "Sum(k, 1, d, (z(k) - Sum(i, 1, n, A(k, i)*sigma(u(i))) - v(k))**2)",
        "second": "Sum(k, 1, d, E[z](z(k)*z(k))) - 2*Sum(k, 1, d, Sum(i, 1, n, A(k, i)*E[z](z(k)*sigma(u(i)))))"
        " + Sum(k, 1, d, Sum(i, 1, n, Sum(j, 1, n, A(k, i)*A(k, j)*E[z](sigma(u(i))*sigma(u(j))))))",
        "mean_z": "Sum(k, 1, d, v(k)*E[z](z(k)))",
        "mean_c": "Sum(k, 1, d, Sum(i, 1, n, v(k)*A(k, i)*E[z](sigma(u(i)))))",
    }
    goal = f"E[z](biased) == E[z](square) {gain} Sum(k, 1, d, v(k)**2)"
    steps = [
        *SQUARE_INTEGRABLE,
        step(
            "with",
            "linear",
            "E[z](biased) == second - 2*mean_z + 2*mean_c + Sum(k, 1, d, v(k)**2)",
            "code_l2",
            "data_l2",
        ),
        step("without", "linear", "E[z](square) == second", "code_l2", "data_l2"),
        step("zero", "apply", "E[z](z(k)) == 0", "axiom:gaussian-mean"),
        step("zero_v", "identity", "v(k)*E[z](z(k)) == 0", "zero"),
        step("data", "congruence", "mean_z == Sum(k, 1, d, 0)", "zero_v", prose="The data have mean 0."),
        step(
            "turn",
            "apply",
            "E[z](sigma(u(i))) == E[z](sigma(z(1)))",
            "axiom:gaussian-rotation",
            "row",
            symbols={"f(x,y)": "sigma(x)", "u(k)": "b(i, k)", "v(k)": "b(i, k)"},
            put={"r": "1"},
        ),
        step("odd_mean", "apply", "E[z](sigma(z(1))) == 0", "axiom:odd-mean", "odd", symbols={"s(x)": "sigma(x)"}),
        step("code_i", "identity", "v(k)*A(k, i)*E[z](sigma(u(i))) == 0", "turn", "odd_mean"),
        step("code_k", "congruence", "Sum(i, 1, n, v(k)*A(k, i)*E[z](sigma(u(i)))) == Sum(i, 1, n, 0)", "code_i"),
        step("code", "congruence", "mean_c == Sum(k, 1, d, Sum(i, 1, n, 0))", "code_k", prose="So has the code."),
        step(
            "goal",
            "identity",
            goal,
            "with",
            "without",
            "data",
            "code",
            combine={"with": "1", "without": "-1", "data": "-2", "code": "2"},
        ),
    ]
    hyps = {"unit": HYPS["unit"], "square_integrable": HYPS["square_integrable"], "odd": ODD}
    example = {k: v for k, v in EXAMPLE.items() if k != "c1"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited={**example, "v(k)": "k"}), steps)


def build_orthogonal_code(factor: str = "2") -> Proof:
    """Return the derivation of R = 1 - 2 c T + c^2 for A = cO, O orthogonal, and a code with E s_i^2 = 1.

    Any isotropic data x and any square-integrable code s of x, T = (1/d) E x^T O s; the best c is T, with risk 1 - T^2.
    No cross terms of the code appear, because O^T O = I. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor of c T.

    Returns:
        The derivation.

    Example:
        >>> build_orthogonal_code().statement.goal
        'risk == 1 - 2*c*T + c**2'
    """
    let = {
        "square": "Sum(k, 1, d, (x(k) - c*Sum(i, 1, d, O(k, i)*s(i)))**2)",
        "risk": "E[x, s](square)/d",
        "T": "Sum(k, 1, d, Sum(i, 1, d, O(k, i)*E[x, s](x(k)*s(i))))/d",
        "coded": "Sum(i, 1, d, Sum(j, 1, d, Sum(k, 1, d, O(k, i)*O(k, j))*E[x, s](s(i)*s(j))))",
    }
    goal = f"risk == 1 - {factor}*c*T + c**2"
    steps = [
        step(
            "expand",
            "linear",
            "E[x, s](square) == Sum(k, 1, d, E[x, s](x(k)*x(k))) - 2*c*d*T + c**2*coded",
            "x_l2",
            "s_l2",
            "positive",
        ),
        step("variance", "apply", "E[x, s](x(k)*x(k)) == 1", "isotropic", at={"k": "k"}),
        step("variances", "congruence", "Sum(k, 1, d, E[x, s](x(k)*x(k))) == Sum(k, 1, d, 1)", "variance"),
        *pair_in_range("d"),
        *code_energy("Sum(k, 1, d, O(k, i)*O(k, j))", "E[x, s]", "d", "orthogonal"),
        step(
            "goal",
            "identity",
            goal,
            "expand",
            "variances",
            "coded",
            "positive",
            combine={"expand": "1/d", "variances": "1/d", "coded": "c**2/d"},
        ),
    ]
    hyps = {
        "positive": "0 < d",
        "orthogonal": "All(i, All(j, Imp(1 <= i, i <= d, 1 <= j, j <= d, "
        "Sum(k, 1, d, O(k, i)*O(k, j)) == delta(i, j))))",
        "x_l2": "All(k, L2[x, s](x(k)))",
        "s_l2": "All(i, L2[x, s](s(i)))",
        "isotropic": "All(k, E[x, s](x(k)*x(k)) == 1)",
        "bits": "All(i, E[x, s](s(i)*s(i)) == 1)",
    }
    return Proof(Statement(goal, hyps, declare="i,j,k:Z d:N", let=let, inhabited=ORTHOGONAL_EXAMPLE), steps)
