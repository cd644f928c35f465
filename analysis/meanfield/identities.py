"""Identities of Sections 3 and 5 of JMLR 23(130): rescaled risk, soft-plus, changes of variables, integrals, noise."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


def build_rescaled(scale: str = "M") -> Proof:
    """Return the proof that the risk is M sum_i R_i^2 with R_i = (f(x_i) - y_i)/M (JMLR 23(130), p. 10).

    Arguments:
        scale: what stands before the sum.

    Example:
        >>> build_rescaled().statement.hyps["M"]
        '1 <= M'
    """
    goal = f"1/M*Sum(i, 1, M, (f(i) - y(i))**2) == ({scale})*Sum(i, 1, M, ((f(i) - y(i))/M)**2)"
    steps = [
        step("M>0", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("term", "identity", "((f(i) - y(i))/M)**2 == (f(i) - y(i))**2*(1/M)**2", "M>0"),
        step(
            "sum", "congruence", "Sum(i, 1, M, ((f(i) - y(i))/M)**2) == Sum(i, 1, M, (f(i) - y(i))**2*(1/M)**2)", "term"
        ),
        step("end", "identity", goal, "sum", "M>0", combine={"sum": f"-({scale})"}),
    ]
    return Proof(Statement(goal, {"M": "1 <= M"}, "i:Z M:N", inhabited={"M": "1"}), steps)


def build_kernel_mass(loss: str = "2*exp(-T)", mass: str = "1") -> Proof:
    """Return the proof that the mass of e^y/(1 + e^y)^2 on [-T, T] lies between 1 - 2 e^-T and 1 (p. 20: mass 1).

    Arguments:
        loss: how much of the mass may lie outside.
        mass: the whole mass.

    Example:
        >>> build_kernel_mass().statement.hyps
        {'T': '0 <= T'}
    """
    integral = "Int(y,-T,T,exp(y)/(1 + exp(y))**2)"
    lower, upper = f"{mass} - {loss} <= {integral}", f"{integral} <= {mass}"
    goal = f"{lower} and {upper}"
    steps = [
        step("d", "derivative", "HasDeriv(y, -1/(1 + exp(y)), exp(y)/(1 + exp(y))**2)"),
        step("CF", "continuous", "Cont(y,-T,T,-1/(1 + exp(y)))"),
        step("Cf", "continuous", "Cont(y,-T,T,exp(y)/(1 + exp(y))**2)"),
        step("order", "arithmetic", "-T <= T", "T"),
        step("mass", "fundamental-theorem", f"{integral} == 1/(1 + exp(-T)) - 1/(1 + exp(T))", "d", "CF", "Cf", "order",
             F="-1/(1 + exp(y))"),
        step("value", "identity", f"{integral} == 1 - 2/(1 + exp(T))", "mass", combine={"mass": "1"}),
        step("over", "sign", "0 <= 2/(1 + exp(T))"),
        step("e", "sign", "0 <= exp(-T)"),
        step("under", "certificate", "2/(1 + exp(T)) <= 2*exp(-T)", "e", terms=[["c:2", "e"]], times="1 + exp(T)"),
        step("lower", "certificate", lower, "value", "under", terms=[["under"]], combine={"value": "1"}),
        step("upper", "certificate", upper, "value", "over", terms=[["over"]], combine={"value": "-1"}),
        step("end", "arithmetic", goal, "lower", "upper"),
    ]  # fmt: skip
    return Proof(Statement(goal, {"T": "0 <= T"}, inhabited={"T": "1"}), steps)


def build_softplus(power: str = "2") -> Proof:
    """Return the proof of the second derivative of the soft-plus unit (p. 19): w^2 tau e^(tau u)/(1 + e^(tau u))^2.

    Arguments:
        power: the power in the denominator.

    Example:
        >>> build_softplus().statement.hyps
        {'tau': 'tau != 0'}
    """
    e = "exp(tau*(w*x + b))"
    first, second = f"w*{e}/(1 + {e})", f"w**2*tau*{e}/(1 + {e})**{power}"
    goal = f"HasDeriv(x, log(1 + {e})/tau, {first}) and HasDeriv(x, {first}, {second})"
    steps = [
        step("first", "derivative", f"HasDeriv(x, log(1 + {e})/tau, {first})", "tau"),
        step("second", "derivative", f"HasDeriv(x, {first}, {second})"),
        step("end", "arithmetic", goal, "first", "second"),
    ]
    return Proof(Statement(goal, {"tau": "tau != 0"}, inhabited={"tau": "1"}), steps)


def build_exponent(square: str = "1 + x**2") -> Proof:
    """Return the proof of (5.13): on the line b = -w x the Gibbs exponent of the active units is a quadratic form.

    With c = (1/lambda) sum_i R_i (x_i - x) over the units i > j; the map (a, w, x) to (a, w, -w x) has Jacobian |w|.

    Arguments:
        square: factor of w^2.

    Example:
        >>> build_exponent().statement.hyps
        {'lam': '0 < lam'}
    """
    c = "(1/lam*Sum(i, j+1, M, R(i)*(x(i) - x)))"
    energy = "Sum(i, j+1, M, R(i)*(a*(w*x(i) - w*x))) + lam/2*(a**2 + w**2 + (-w*x)**2)"
    goal = f"-beta*({energy}) == -beta*lam/2*(2*a*w*{c} + a**2 + w**2*({square})) and HasDeriv(x, -w*x, -w)"
    steps = [
        step("exponent", "identity", goal.split(" and ")[0], "lam"),
        step("jacobian", "derivative", "HasDeriv(x, -w*x, -w)"),
        step("end", "arithmetic", goal, "exponent", "jacobian"),
    ]
    return Proof(Statement(goal, {"lam": "0 < lam"}, "i,j:Z M:N", inhabited={"lam": "1"}), steps)


def build_eigen(four: str = "4", sign: str = "-") -> Proof:
    """Return the proof of the eigenvalues and eigenvectors in Lemma 5.3 (p. 23) of the matrix [[1, c], [c, 1 + x^2]].

    Arguments:
        four: factor of c^2 under the root.
        sign: sign of the root in the smaller eigenvalue.

    Example:
        >>> build_eigen().statement.hyps
        {'c': 'c != 0'}
    """
    root = f"sqrt({four}*c**2 + x**4)"
    low, high = f"((2 + x**2 {sign} {root})/2)", f"((2 + x**2 + {root})/2)"
    v, u = f"(-(x**2 + {root})/(2*c))", f"(-(x**2 - {root})/(2*c))"

    def eigen(vector: str, value: str) -> list[str]:
        return [f"{vector} + c == {value}*{vector}", f"c*{vector} + (1 + x**2) == {value}"]

    parts = [*eigen(v, low), *eigen(u, high), f"{v}*{u} + 1 == 0"]
    goal = " and ".join(parts)
    steps = [
        step("t", "sign", f"0 <= {four}*c**2 + x**4"),
        *[step(f"part{k}", "identity", text, "c", "t") for k, text in enumerate(parts)],
        step("end", "arithmetic", goal, *[f"part{k}" for k in range(len(parts))]),
    ]
    return Proof(Statement(goal, {"c": "c != 0"}, inhabited={"c": "1"}), steps)


def build_cluster_form(cross: str = "+") -> Proof:
    """Return the proof of (5.19): 1 + x^2 - (B - A x)^2 = (1 - A^2) x^2 + 2 A B x + 1 - B^2.

    Arguments:
        cross: sign of the linear term.

    Example:
        >>> len(build_cluster_form().steps)
        1
    """
    goal = f"1 + x**2 - (B - A*x)**2 == (1 - A**2)*x**2 {cross} 2*A*B*x + 1 - B**2"
    return Proof(Statement(goal), [step("expand", "identity", goal)])


def build_square(sign: str = "-") -> Proof:
    """Return the proof of (5.26): the exponent of (5.24) by completing the square in a.

    Arguments:
        sign: sign inside the square.

    Example:
        >>> len(build_square().steps)
        1
    """
    left = "-2*a*v*c + a**2 + w**2 + v**2*x**2"
    goal = f"{left} == (a {sign} c*v)**2 + w**2 + v**2*(x**2 - c**2)"
    return Proof(Statement(goal), [step("expand", "identity", goal)])


LAST = "Int(w,-oo,oo,(abs(w)*sqrt((1 + x**2)/k) + 1/k)*w**2*exp(-k*C*w**2/2))"


def build_last_integral(second: str = "8*sqrt(2*pi)") -> Proof:
    """Return the proof of the last integral on p. 28 with the constant 8 sqrt(2 pi) in its second term.

    Arguments:
        second: the constant of the second term; 2 sqrt(2 pi) is printed.

    Example:
        >>> build_last_integral().statement.hyps
        {'k': '0 < k', 'C': '0 < C'}
    """
    e = "exp(-k*C*w**2/2)"
    goal = f"2*sqrt(2*pi)*{LAST} == 4*pi/k*1/sqrt(k*C)**3 + {second}*sqrt((1 + x**2)/k)/(k*C)**2"
    primitive = f"-(w**2/(k*C) + 2/(k*C)**2)*{e}"
    even, cube_x = f"abs(w)**3*{e}", "abs(x)**3*exp(-k*C*x**2/2)"
    steps = [
        step("kC", "sign", "0 < k*C", "k", "C"),
        step("w", "assume", "0 <= w"),
        step("abs", "arithmetic", "abs(w) == w", "w"),
        step("cube>", "sign", f"0 <= {even}", "w"),
        step("d", "derivative", f"HasDeriv(w, {primitive}, {even})", "k", "C", "abs"),
        step("lim", "limit", f"Lim(w, {primitive}, 0)", "kC", "k", "C"),
        step("half", "fundamental-theorem", f"Int(w,0,oo,{even}) == 2/(k*C)**2", "d", "lim", "cube>", "k", "C",
             F=primitive),
        step("Ihalf", "fundamental-theorem", f"Integrable(w,0,oo,{even})", "d", "lim", "cube>", F=primitive),
        step("even", "identity", f"abs(-w)**3*exp(-k*C*(-w)**2/2) == {even}"),
        step("even.", "generalize", f"All(w, abs(-w)**3*exp(-k*C*(-w)**2/2) == {even})", "even"),
        step("whole", "apply", f"Int(w,-oo,oo,{even}) == 2*Int(w,0,oo,{even})", "axiom:even-integrand", "even.",
             symbols={"f(x)": cube_x}, prose="The integral over the line, not over the half-line, of w^3: a factor 2."),
        step("I3", "apply", f"Integrable(w,-oo,oo,{even})", "axiom:even-integrable", "even.", "Ihalf",
             symbols={"f(x)": cube_x}),
        step("I2", "apply", f"Integrable(w,-oo,oo,w**2*{e})", "axiom:gaussian-integrable", "kC", put={"c": "k*C",
             "p": "2"}),
        step("second", "apply", f"Int(w,-oo,oo,w**2*{e}) == sqrt(2*pi/(k*C))/(k*C)", "axiom:gaussian-second-moment",
             "kC",
             put={"c": "k*C"}),
        step("apart", "linear",
             f"{LAST} == sqrt((1 + x**2)/k)*Int(w,-oo,oo,{even}) + 1/k*Int(w,-oo,oo,w**2*{e})", "I3", "I2"),
        step("root'", "arithmetic", "sqrt(2*pi/(k*C)) == sqrt(2*pi)/sqrt(k*C)", "kC"),
        step("rkC", "sign", "0 < sqrt(k*C)", "kC"),
        step("end", "identity", goal, "apart", "whole", "half", "second", "root'", "rkC", "kC", "k", "C",
             combine={"apart": "2*sqrt(2*pi)"}),
    ]  # fmt: skip
    return Proof(Statement(goal, {"k": "0 < k", "C": "0 < C"}, inhabited={"k": "1", "C": "1"}), steps)


def build_noise(noise: str = "4*s/beta") -> Proof:
    """Return the proof that noise of variance 4 s/beta a step makes (3.3) sample the Gibbs law (3.6).

    Without data the update (3.3) is theta -> (1 - 2 s lambda) theta + noise, so a stationary variance v satisfies
    v = (1 - 2 s lambda)^2 v + noise; the Gibbs law exp(-beta lambda theta^2/2) has variance 1/(beta lambda), which
    v (1 - s lambda) must equal for small steps s.  The variance 2 s/beta is printed.

    Arguments:
        noise: variance of the noise a step.

    Example:
        >>> build_noise().statement.goal
        'v*(1 - s*lam) == 1/(beta*lam)'
    """
    goal = "v*(1 - s*lam) == 1/(beta*lam)"
    hyps = {
        "s": "0 < s",
        "lam": "0 < lam",
        "beta": "0 < beta",
        "stationary": f"v == (1 - 2*s*lam)**2*v + {noise}",
    }
    steps = [
        step("end", "identity", goal, "stationary", "s", "lam", "beta", combine={"stationary": "1/(4*s*lam)"}),
    ]
    return Proof(Statement(goal, hyps, inhabited={"s": "1/4", "lam": "1", "beta": "1", "v": "4/3"}), steps)
