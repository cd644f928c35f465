"""ReLU codes: pairs of opposite units reproduce their coordinates, single units lose a fixed share."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


def build_relu_pairs(share: str = "1") -> Proof:
    """Return the derivation of the risk (1 - K/d) (1 - 1/(1 + alpha)) of n = d + K ReLU units, K of them in pairs.

    K coordinates have units with rows e_k and -e_k, and relu(x) - relu(-x) = x; each of the others has one unit with a
    decoder bias, a (relu(z) - 1/sqrt(2 pi)), whose best factor is 1/(2 V), V = 1/2 - 1/(2 pi) the variance of relu(z)
    and 1/2 its covariance with z: 1 + alpha = 4 V = 2 - 2/pi. At K = d, that is n = 2d, the risk is 0. Derived in this
    project.

    Arguments:
        share: knob of the mutant, the factor of K/d.

    Returns:
        The derivation.

    Example:
        >>> build_relu_pairs().statement.goal
        '(K*paired + (d - K)*best)/d == (1 - 1*K/d)*(1 - 1/(2 - 2/pi))'
    """
    let = {
        "paired": "E[z]((z(1) - (relu(z(1)) - relu(-z(1))))**2)",
        "single(a,h)": "E[z]((z(1) - a*(relu(z(1)) - h))**2)",
        "half": "(z(1) + abs(z(1)))/2",
        "best": "single(pi/(pi - 1), 1/sqrt(2*pi))",
    }
    goal = f"(K*paired + (d - K)*best)/d == (1 - {share}*K/d)*(1 - 1/(2 - 2/pi))"
    zero, one = "E[z](relu(z(1))) == 1/sqrt(2*pi)", "E[z](z(1)*relu(z(1))) == 1/2"
    zz, za, mod = "E[z](z(1)*z(1))", "E[z](z(1)*abs(z(1)))", "E[z](abs(z(1)))"
    value = "single(a, h) == 1 - a + a**2*(1/2 - 2*h/sqrt(2*pi) + h**2)"
    steps = [
        step("fold", "arithmetic", "relu(x) - relu(-x) == x"),
        step("fold_z", "apply", "relu(z(1)) - relu(-z(1)) == z(1)", "fold", put={"x": "z(1)"}),
        step(
            "nothing",
            "identity",
            "(z(1) - (relu(z(1)) - relu(-z(1))))**2 == 0",
            "fold_z",
            combine={"fold_z": "-(2*z(1) - (relu(z(1)) - relu(-z(1))) - z(1))"},
        ),
        step("paired_E", "congruence", "paired == E[z](0)", "nothing"),
        step("paired", "identity", "paired == 0", "paired_E", combine={"paired_E": "1"}),
        step("mean", "apply", zero, "claim:ae.relu-non"),
        step("cross", "apply", one, "claim:ae.relu-non"),
        step("z_l2", "apply", "L2[z](z(1))", "axiom:gaussian-square-integrable", put={"k": "1"}),
        step("z_mean", "apply", "E[z](z(1)) == 0", "axiom:gaussian-mean", put={"k": "1"}),
        step("z_var", "apply", f"{zz} == delta(1, 1)", "axiom:gaussian-covariance", put={"k": "1", "l": "1"}),
        step("abs_l2", "apply", "L2[z](abs(z(1)))", "axiom:modulus-square-integrable", "z_l2", symbols={"s(x)": "x"}),
        step("split_x", "arithmetic", "relu(x) == (x + abs(x))/2"),
        step("split", "apply", "relu(z(1)) == half", "split_x", put={"x": "z(1)"}),
        step("mean_E", "congruence", "E[z](relu(z(1))) == E[z](half)", "split"),
        step("mean_parts", "linear", f"E[z](half) == E[z](z(1))/2 + {mod}/2", "z_l2", "abs_l2"),
        step(
            "modulus",
            "identity",
            f"{mod} == 2/sqrt(2*pi)",
            "mean",
            "mean_E",
            "mean_parts",
            "z_mean",
            combine={"mean": "2", "mean_E": "-2", "mean_parts": "-2", "z_mean": "-1"},
        ),
        step("cross_z", "identity", "z(1)*relu(z(1)) == z(1)*half", "split"),
        step("cross_E", "congruence", "E[z](z(1)*relu(z(1))) == E[z](z(1)*half)", "cross_z"),
        step("cross_parts", "linear", f"E[z](z(1)*half) == {zz}/2 + {za}/2", "z_l2", "abs_l2"),
        step(
            "odd",
            "identity",
            f"{za} == 0",
            "cross",
            "cross_E",
            "cross_parts",
            "z_var",
            combine={"cross": "2", "cross_E": "-2", "cross_parts": "-2", "z_var": "-1"},
        ),
        step("error_x", "identity", "(z(1) - a*(relu(z(1)) - h))**2 == (z(1) - a*(half - h))**2", "split"),
        step("error_E", "congruence", "single(a, h) == E[z]((z(1) - a*(half - h))**2)", "error_x"),
        step(
            "parts",
            "linear",
            f"E[z]((z(1) - a*(half - h))**2) == (1 - a/2)**2*{zz} - (1 - a/2)*a*{za} + a**2/4*{zz} "
            f"+ 2*(1 - a/2)*a*h*E[z](z(1)) - a**2*h*{mod} + a**2*h**2",
            "z_l2",
            "abs_l2",
        ),
        step(
            "value",
            "identity",
            value,
            "error_E",
            "parts",
            "z_var",
            "odd",
            "z_mean",
            "modulus",
            combine={
                "error_E": "1",
                "parts": "1",
                "z_var": "(1 - a/2)**2 + a**2/4",
                "odd": "-(1 - a/2)*a",
                "z_mean": "2*(1 - a/2)*a*h",
                "modulus": "-a**2*h",
            },
        ),
        step(
            "at_best",
            "apply",
            "best == 1 - pi/(pi - 1) + (pi/(pi - 1))**2*(1/2 - 2*(1/sqrt(2*pi))/sqrt(2*pi) + (1/sqrt(2*pi))**2)",
            "value",
            put={"a": "pi/(pi - 1)", "h": "1/sqrt(2*pi)"},
        ),
        step("pi", "enclosure", "0 < pi - 1"),
        step("best", "identity", "best == 1 - 1/(2 - 2/pi)", "at_best", "pi", combine={"at_best": "1"}),
        step("goal", "identity", goal, "paired", "best", "wide", combine={"paired": "K/d", "best": "(d - K)/d"}),
    ]
    return Proof(Statement(goal, {"wide": "0 < d"}, declare="d,K:N", let=let, inhabited={"d": "2", "K": "1"}), steps)
