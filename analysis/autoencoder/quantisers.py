"""Quantisers as activations: which values lose least, the bound at rate 1, two levels against three and against all."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .activation import _Z, DECLARE, LET


def build_lloyd(factor: str = "1") -> Proof:
    """Return the derivation of 1 + alpha >= 1/(1 - D) for every code of given cells, D the distortion of cell means.

    A variable with mean square 1 falls into cell k with probability p_k and has the mean m_k there, so that cell means
    as values leave D = 1 - sum p m^2. Any other values v have E x s = sum p m v and E s^2 = sum p v^2, and
    1 + alpha = E s^2/(E x s)^2; Cauchy-Schwarz gives the bound. For given values u <= w a point left of their middle is
    nearer to u: the best thresholds are midpoints. S. P. Lloyd, IEEE Trans. Inf. Theory 28 (1982), for the two
    conditions; derived in this project.

    Arguments:
        factor: knob of the mutant, a factor of 1/(1 - D).

    Returns:
        The derivation.

    Example:
        >>> build_lloyd().statement.goal.split(" and ")[0]
        '1*1/(1 - D) <= energy/T**2'
    """
    let = {
        "kept": "Sum(k, 1, n, p(k)*m(k)**2)",
        "D": "1 - Sum(k, 1, n, p(k)*m(k)**2)",
        "T": "Sum(k, 1, n, p(k)*m(k)*v(k))",
        "energy": "Sum(k, 1, n, p(k)*v(k)**2)",
    }
    values = f"{factor}*1/(1 - D) <= energy/T**2"
    middle = "Imp(u <= w, Imp(x <= (u + w)/2, (x - u)**2 <= (x - w)**2))"
    goal = f"{values} and {middle}"
    steps = [
        step("p_k", "apply", "0 <= p(k)", "probabilities", at={"k": "k"}),
        step("square", "certificate", "0 <= p(k)*(v(k) - t*m(k))**2", "p_k", terms=[["p_k", "sq:v(k) - t*m(k)"]]),
        step("squares", "monotone", "0 <= Sum(k, 1, n, p(k)*(v(k) - t*m(k))**2)", "square"),
        step("parabola", "certificate", "0 <= energy - 2*t*T + t**2*kept", "squares", terms=[["squares"]]),
        step(
            "at_big",
            "apply",
            "0 <= energy - 2*((energy + 1)/(2*T))*T + ((energy + 1)/(2*T))**2*kept",
            "parabola",
            put={"t": "(energy + 1)/(2*T)"},
        ),
        step("big", "certificate", "1 <= ((energy + 1)/(2*T))**2*kept", "at_big", "correlated", terms=[["at_big"]]),
        step("kept_k", "certificate", "0 <= p(k)*m(k)**2", "p_k", terms=[["p_k", "sq:m(k)"]]),
        step("kept", "monotone", "0 <= kept", "kept_k"),
        step("kept_positive", "arithmetic", "0 < kept", "kept", "big", prose="Otherwise nothing would correlate."),
        step("best", "apply", "0 <= energy - 2*(T/kept)*T + (T/kept)**2*kept", "parabola", put={"t": "T/kept"}),
        step("T_square", "arithmetic", "0 < T**2", "correlated"),
        step(
            "values",
            "certificate",
            values,
            "best",
            "kept_positive",
            "T_square",
            "correlated",
            times="T**2",
            terms=[["best"]],
            prose="Cauchy-Schwarz.",
        ),
        step("order", "assume", "u <= w"),
        step("left", "assume", "x <= (u + w)/2"),
        step("nearer", "certificate", "(x - u)**2 <= (x - w)**2", "order", "left", terms=[["c:2", "order", "left"]]),
        step("middle", "discharge", middle, "nearer"),
        step("goal", "sign", goal, "values", "middle"),
    ]
    hyps = {"probabilities": "All(k, 0 <= p(k))", "correlated": "T != 0"}
    example = {"n": "2", "p(k)": "1/2", "m(k)": "2*k - 3", "v(k)": "2*k - 3", "u": "0", "w": "1", "x": "0"}
    return Proof(Statement(goal, hyps, declare="k:Z n:N", let=let, inhabited=example), steps)


def build_rate_one(value: str = "D") -> Proof:
    """Return the derivation: at rate 1 the bound is the distortion D of the quantiser whose values are cell means.

    alpha = D/(1 - D), and 1 - 1/(max(1, 1) + alpha) = D. Derived in this project.

    Arguments:
        value: knob of the mutant, the value of the bound.

    Returns:
        The derivation.

    Example:
        >>> build_rate_one().statement.goal
        '1 - 1/(max(1, 1) + (energy/first**2 - 1)) == D'
    """
    goal = f"1 - 1/(max(1, 1) + (energy/first**2 - 1)) == {value}"
    hyps = {
        "square_integrable": "L2[z](sigma(z(1)))",
        "means": "first == energy",
        "nonzero": "energy != 0",
        "distortion": "D == E[z]((z(1) - sigma(z(1)))**2)",
    }
    steps = [
        step("alpha", "apply", "energy/first**2 - 1 == D/(1 - D)", "claim:ae.he-quant", *hyps),
        *_Z,
        step(
            "expand",
            "linear",
            "E[z]((z(1) - sigma(z(1)))**2) == E[z](z(1)*z(1)) - 2*first + energy",
            "square_integrable",
            "z_l2",
        ),
        step(
            "kept",
            "identity",
            "1 - D == energy",
            "distortion",
            "expand",
            "z_var",
            "means",
            combine={"distortion": "-1", "expand": "-1", "z_var": "-1", "means": "2"},
        ),
        step("kept_nonzero", "arithmetic", "1 - D != 0", "kept", "nonzero"),
        step(
            "sum",
            "identity",
            "max(1, 1) + (energy/first**2 - 1) == 1/(1 - D)",
            "alpha",
            "kept_nonzero",
            combine={"alpha": "1"},
        ),
        step("goal", "arithmetic", goal, "sum", "kept_nonzero"),
    ]
    example = {"sigma(x)": "2/sqrt(2*pi)*abs(x)/x", "D": "1 - 2/pi"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=LET, inhabited=example), steps)


def build_levels(three: str = "1") -> Proof:
    """Return the derivation: alpha is least, 0, for the identity; it is pi/2 - 1 for two levels, less for three.

    Three levels -v, 0, v with thresholds -t, t have E z s = 2 v phi(t) and E s^2 = v^2 (1 - erf(t/sqrt 2)), whatever v:
    1 + alpha = (pi/2) exp(t^2) (1 - erf(t/sqrt 2)), which is pi/2 at t = 0, that is, for two levels. By the density,
    E z s = 2 v Int_t^oo x phi = 2 v phi(t). Derived in this project.

    Arguments:
        three: knob of the mutant, a factor of the three-level value.

    Returns:
        The derivation.

    Example:
        >>> build_levels().statement.goal.split(" and ")[0]
        'E[z](z(1)*z(1))/E[z](z(1)*z(1))**2 - 1 == 0'
    """
    linear = "E[z](z(1)*z(1))/E[z](z(1)*z(1))**2 - 1 == 0"
    mean = "All(t, Imp(0 <= t, 2*v*Int(x, t, oo, x*exp(-x**2/2))/sqrt(2*pi) == 2*v*exp(-t**2/2)/sqrt(2*pi)))"
    excess = "v**2*(1 - erf(t/sqrt(2)))/(2*v*exp(-t**2/2)/sqrt(2*pi))**2"
    value = f"{excess} == pi/2*exp(t**2)*(1 - erf(t/sqrt(2)))"
    at = "(pi/2*exp((153/250)**2)*(1 - erf((153/250)/sqrt(2))) - 1)"
    fewer = f"{three}*{at} < pi/2 - 1 and pi/2*exp(0**2)*(1 - erf(0/sqrt(2))) - 1 == pi/2 - 1"
    goal = f"{linear} and {mean} and {value} and {fewer}"
    steps = [
        step("z_var", "apply", "E[z](z(1)*z(1)) == delta(1, 1)", "axiom:gaussian-covariance", put={"k": "1", "l": "1"}),
        step("unit", "identity", "E[z](z(1)*z(1)) == 1", "z_var"),
        step("unit_nonzero", "arithmetic", "E[z](z(1)*z(1)) != 0", "unit"),
        step("linear", "identity", linear, "unit", "unit_nonzero"),
        step("slope", "derivative", "HasDeriv(x, -exp(-x**2/2), x*exp(-x**2/2))"),
        step("decay", "limit", "Lim(x, -exp(-x**2/2), 0)"),
        step("t", "assume", "0 <= t"),
        step("x", "assume", "t <= x"),
        step("x_sign", "arithmetic", "0 <= x", "t", "x"),
        step("tail", "sign", "0 <= x*exp(-x**2/2)", "x_sign"),
        step(
            "integral",
            "fundamental-theorem",
            "Int(x, t, oo, x*exp(-x**2/2)) == exp(-t**2/2)",
            "slope",
            "decay",
            "tail",
            F="-exp(-x**2/2)",
        ),
        step(
            "mean_t",
            "identity",
            "2*v*Int(x, t, oo, x*exp(-x**2/2))/sqrt(2*pi) == 2*v*exp(-t**2/2)/sqrt(2*pi)",
            "integral",
            combine={"integral": "2*v/sqrt(2*pi)"},
        ),
        step("mean_if", "discharge", f"{mean[7:-1]}", "mean_t"),
        step("mean", "generalize", mean, "mean_if"),
        step("value", "identity", value, "v"),
        step("three", "enclosure", f"{three}*{at} < pi/2 - 1"),
        step("two", "identity", "pi/2*exp(0**2)*(1 - erf(0/sqrt(2))) - 1 == pi/2 - 1"),
        step("goal", "sign", goal, "linear", "mean", "value", "three", "two"),
    ]
    return Proof(Statement(goal, {"v": "v != 0"}, declare="k,l:Z", inhabited={"v": "1"}), steps)
