"""What one activation loses: alpha as a correlation, as a distortion, and for the ReLU."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step

DECLARE = "k,m:Z l,d:N"
LET = {
    "c(l)": "E[z](sigma(z(1))*He(l, z(1)))/sqrt(fact(l))",
    "energy": "E[z](sigma(z(1))*sigma(z(1)))",
    "first": "E[z](z(1)*sigma(z(1)))",
}
_Z = [
    step("z_l2", "apply", "L2[z](z(1))", "axiom:gaussian-square-integrable", put={"k": "1"}),
    step("z_var", "apply", "E[z](z(1)*z(1)) == delta(1, 1)", "axiom:gaussian-covariance", put={"k": "1", "l": "1"}),
]


def build_correlation(power: str = "2") -> Proof:
    """Return the derivation of 1 + alpha = sum_l (c_l/c_1)^2 = E sigma^2/c_1^2, the inverse squared correlation.

    Parseval's identity, as Mehler's formula at equal directions. Derived in this project.

    Arguments:
        power: knob of the mutant, the power of c_1 on the right.

    Returns:
        The derivation.

    Example:
        >>> build_correlation().statement.goal
        'Series(l, 0, (c(l)/c1)**2) == energy/c1**2'
    """
    goal = f"Series(l, 0, (c(l)/c1)**2) == energy/c1**{power}"
    steps = [
        step(
            "parseval",
            "apply",
            "energy == Series(l, 0, E[z](sigma(z(1))*He(l, z(1)))*E[z](sigma(z(1))*He(l, z(1)))"
            "/fact(l)*Sum(k, 1, 1, 1)**l)",
            "axiom:hermite-expansion",
            "square_integrable",
            symbols={"s(x)": "sigma(x)", "t(x)": "sigma(x)", "u(k)": "1", "v(k)": "1"},
            put={"d": "1"},
        ),
        step("goal", "identity", goal, "parseval", "nonzero", combine={"parseval": "-1/c1**2"}),
    ]
    hyps = {"square_integrable": "L2[z](sigma(z(1)))", "nonzero": "c1 != 0"}
    example = {"sigma(x)": "x**3 - x", "c1": "2"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=LET, inhabited=example), steps)


def build_excess(sign: str = "-") -> Proof:
    """Return the derivation of E sigma^2 - c_1^2 = E (sigma(z) - c_1 z)^2 >= 0: alpha >= 0, and 0 for linear ones only.

    Arguments:
        sign: knob of the mutant, the sign of c_1^2.

    Returns:
        The derivation.

    Example:
        >>> build_excess().statement.goal
        'energy - first**2 == E[z]((sigma(z(1)) - c1*z(1))**2) and first**2 <= energy'
    """
    square = "E[z]((sigma(z(1)) - c1*z(1))**2)"
    equation, inequality = f"energy {sign} first**2 == {square}", "first**2 <= energy"
    steps = [
        *_Z,
        step(
            "expand", "linear", f"{square} == energy - 2*c1*first + c1**2*E[z](z(1)*z(1))", "square_integrable", "z_l2"
        ),
        step(
            "excess",
            "identity",
            equation,
            "expand",
            "z_var",
            "coefficient",
            combine={"expand": "-1", "z_var": "-c1**2", "coefficient": "-(c1 - first)"},
            prose="The part of the activation that no multiple of z explains.",
        ),
        step("square", "sign", "0 <= (sigma(z(1)) - c1*z(1))**2"),
        step("mean", "monotone", f"0 <= {square}", "square"),
        step("cauchy", "certificate", inequality, "mean", "excess", terms=[["mean"]], combine={"excess": "1"}),
        step("goal", "arithmetic", f"{equation} and {inequality}", "excess", "cauchy"),
    ]
    hyps = {"square_integrable": "L2[z](sigma(z(1)))", "coefficient": "c1 == first"}
    example = {"sigma(x)": "x**3 - x", "c1": "2"}
    return Proof(Statement(f"{equation} and {inequality}", hyps, declare=DECLARE, let=LET, inhabited=example), steps)


def build_quantiser(value: str = "D/(1 - D)") -> Proof:
    """Return the derivation of alpha = D/(1 - D) for a quantiser whose values are its cells' means, D its distortion.

    For such a quantiser E z sigma(z) = E sigma(z)^2, so that D = E (z - sigma(z))^2 = 1 - E sigma(z)^2.

    Arguments:
        value: knob of the mutant, the value of alpha.

    Returns:
        The derivation.

    Example:
        >>> build_quantiser().statement.goal
        'energy/first**2 - 1 == D/(1 - D)'
    """
    goal = f"energy/first**2 - 1 == {value}"
    square = "E[z]((z(1) - sigma(z(1)))**2)"
    steps = [
        *_Z,
        step("expand", "linear", f"{square} == E[z](z(1)*z(1)) - 2*first + energy", "square_integrable", "z_l2"),
        step(
            "rest",
            "identity",
            "1 - D == energy",
            "distortion",
            "expand",
            "z_var",
            "means",
            combine={"distortion": "-1", "expand": "-1", "z_var": "-1", "means": "2"},
            prose="What the quantiser keeps of the variance.",
        ),
        step("known", "identity", "D == 1 - energy", "rest", combine={"rest": "-1"}),
        step("first", "arithmetic", "first != 0", "means", "nonzero"),
        step("kept", "arithmetic", "1 - D != 0", "rest", "nonzero"),
        step("goal", "identity", goal, "known", "means", "nonzero", "first", "kept"),
    ]
    hyps = {
        "square_integrable": "L2[z](sigma(z(1)))",
        "means": "first == energy",
        "nonzero": "energy != 0",
        "distortion": f"D == {square}",
    }
    example = {"sigma(x)": "2/sqrt(2*pi)*abs(x)/x", "D": "1 - 2/pi"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=LET, inhabited=example), steps)


def build_relu(energy: str = "1/2") -> Proof:
    """Return the derivation of c_0 = 1/sqrt(2 pi), c_1 = 1/2 and E sigma^2 = 1/2 for the ReLU.

    Arguments:
        energy: knob of the mutant, the value of E sigma^2.

    Returns:
        The derivation.

    Example:
        >>> build_relu().statement.goal.count("and")
        2
    """
    zero = "E[z](relu(z(1))) == 1/sqrt(2*pi)"
    one = "E[z](z(1)*relu(z(1))) == 1/2"
    two = f"E[z](relu(z(1))**2) == {energy}"
    steps = [
        step("x_positive", "assume", "0 < x"),
        step("right_x", "arithmetic", "relu(x) == x", "x_positive"),
        step("right_pos", "discharge", "Imp(0 < x, relu(x) == x)", "right_x"),
        step("right", "generalize", "All(x, Imp(0 < x, relu(x) == x))", "right_pos"),
        step("left_x", "arithmetic", "relu(-x) == 0", "x_positive"),
        step("left_pos", "discharge", "Imp(0 < x, relu(-x) == 0)", "left_x"),
        step("left", "generalize", "All(x, Imp(0 < x, relu(-x) == 0))", "left_pos"),
        step("he_1", "apply", "Integrable(x, 0, oo, x*exp(-x**2/2))", "axiom:hermite-integrable", put={"n": "1"}),
        step("none", "linear", "Integrable(x, 0, oo, 0*exp(-x**2/2))"),
        step(
            "density",
            "apply",
            "E[z](relu(z(1))) == Int(x, 0, oo, (x + 0)*exp(-x**2/2))/sqrt(2*pi)",
            "axiom:gaussian-density",
            "right",
            "left",
            "he_1",
            "none",
            symbols={"s(x)": "relu(x)", "p(x)": "x", "q(x)": "0"},
        ),
        step("slope", "derivative", "HasDeriv(x, -exp(-x**2/2), x*exp(-x**2/2))"),
        step("decay", "limit", "Lim(x, -exp(-x**2/2), 0)"),
        step(
            "integral",
            "fundamental-theorem",
            "Int(x, 0, oo, x*exp(-x**2/2)) == 1",
            "slope",
            "decay",
            "he_1",
            F="-exp(-x**2/2)",
        ),
        step("zero", "identity", zero, "density", "integral", combine={"density": "1", "integral": "1/sqrt(2*pi)"}),
        # relu(z) z = (z^2 + |z| z)/2, and |z| z is odd
        *_Z,
        step("split_x", "arithmetic", "relu(x) == (x + abs(x))/2"),
        step("odd_x", "identity", "-x*abs(-x) == -(x*abs(x))"),
        step("odd_pos", "discharge", "Imp(0 < x, -x*abs(-x) == -(x*abs(x)))", "odd_x"),
        step("odd", "generalize", "All(x, Imp(0 < x, -x*abs(-x) == -(x*abs(x))))", "odd_pos"),
        step("mean", "apply", "E[z](z(1)*abs(z(1))) == 0", "axiom:odd-mean", "odd", symbols={"s(x)": "x*abs(x)"}),
        step("split", "apply", "relu(z(1)) == (z(1) + abs(z(1)))/2", "split_x", put={"x": "z(1)"}),
        step("product", "identity", "z(1)*relu(z(1)) == z(1)*z(1)/2 + z(1)*abs(z(1))/2", "split"),
        step("moment", "congruence", "E[z](z(1)*relu(z(1))) == E[z](z(1)*z(1)/2 + z(1)*abs(z(1))/2)", "product"),
        step("abs_l2_x", "apply", "L2[z](abs(z(1)))", "axiom:modulus-square-integrable", "z_l2", symbols={"s(x)": "x"}),
        step(
            "parts",
            "linear",
            "E[z](z(1)*z(1)/2 + z(1)*abs(z(1))/2) == E[z](z(1)*z(1))/2 + E[z](z(1)*abs(z(1)))/2",
            "z_l2",
            "abs_l2_x",
        ),
        step(
            "one",
            "identity",
            one,
            "moment",
            "parts",
            "z_var",
            "mean",
            combine={"moment": "1", "parts": "1", "z_var": "1/2", "mean": "1/2"},
        ),
        step("two", "identity", two, "one"),
        step("goal", "arithmetic", f"{zero} and {one} and {two}", "zero", "one", "two"),
    ]
    return Proof(Statement(f"{zero} and {one} and {two}", declare=DECLARE), steps)
