"""Slips of notation in Section 5 of JMLR 23(130), each as a statement that what is meant proves."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import DECLARE, HYPS, INHABITED, LET

#: The smaller eigenvalue of the matrix [[1, c], [c, 1 + x^2]] of p. 23.
LEAST_EIGENVALUE = "((2+x**2-sqrt(4*c**2+x**4))/2)"


def build_cluster_sign(sign: str = "f <= 0") -> Proof:
    """Derive p. 22 corrected: the form of (5.13) has a non-positive eigenvalue exactly where f <= 0; >= 0 is printed.

    Here f = 1 + x^2 - c^2, and the eigenvalue is (2 + x^2 - sqrt(4 c^2 + x^4))/2.

    Arguments:
        sign: what is said of f; f <= 0 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 22, corrected).

    Example:
        >>> build_cluster_sign().statement.hyps
        {}
    """
    text = sign.replace("f", "1+x**2-c**2")
    goal = f"Imp({LEAST_EIGENVALUE} <= 0, {text}) and Imp({text}, {LEAST_EIGENVALUE} <= 0)"
    steps = [
        step("inside", "sign", "0 <= 4*c**2+x**4"),
        step("root", "sign", "0 <= sqrt(4*c**2+x**4)"),
        step("square", "identity", "sqrt(4*c**2+x**4)**2 == 4*c**2+(x**2)**2", "inside"),
        step("x2", "sign", "0 <= x**2"),
        step("lemma", "arithmetic",
             "Imp(0 <= s, s**2 == 4*d+p**2, 0 <= p, Imp((2+p-s)/2 <= 0, 1+p-d <= 0)"
             " and Imp(1+p-d <= 0, (2+p-s)/2 <= 0))"),
        step("both", "apply",
             f"Imp({LEAST_EIGENVALUE} <= 0, 1+x**2-c**2 <= 0) and Imp(1+x**2-c**2 <= 0, {LEAST_EIGENVALUE} <= 0)",
             "lemma", "root", "square", "x2", put={"s": "sqrt(4*c**2+x**4)", "d": "c**2", "p": "x**2"}),
        step("goal", "arithmetic", goal, "both"),
    ]  # fmt: skip
    return Proof(Statement(goal), steps)


#: The lower bound (4.8) at distance d of the critical point.
QUADRATIC = "(g1*d**2+g2)"
COEFFICIENTS = {"g1": "0 <= g1", "g2": "0 <= g2", "eps": "0 < eps"}


def build_coefficients(one: str = "g1") -> Proof:
    """Derive p. 25 with {gamma_i} for {K_i}: gamma_1 d^2 + gamma_2 >= eps min(d^2, 1) if a gamma is at least eps.

    So the bounds (4.8) come close to 0 only near the critical point.

    Arguments:
        one: what is at least eps unless gamma_2 is; g1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 25, corrected).

    Example:
        >>> build_coefficients().statement.hyps["either"]
        'eps <= g1 or eps <= g2'
    """
    goal = f"eps*min(d**2, 1) <= {QUADRATIC}"
    hyps = {**COEFFICIENTS, "either": f"eps <= {one} or eps <= g2"}
    steps = [
        step("lemma", "arithmetic",
             f"Imp(0 <= g1, 0 <= g2, 0 < eps, eps <= {one} or eps <= g2, 0 <= s, eps*min(s, 1) <= g1*s+g2)"),
        step("square", "sign", "0 <= d**2"),
        step("goal", "apply", goal, "lemma", *hyps, "square", put={"s": "d**2"}),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, inhabited={"g1": "1", "g2": "0", "eps": "1", one: "1"}), steps)


def build_pair(radius: str = "1") -> Proof:
    """Derive p. 25 with "pair" for "interval": the polynomial (5.19) is positive on the line if a^2 + b^2 < 1.

    So pairs with a >= b, which no interval (a, b) is, belong to the set U of (5.20) too.

    Arguments:
        radius: the bound on a^2 + b^2; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 25, corrected).

    Example:
        >>> build_pair().statement.hyps
        {'disc': 'a**2+b**2 < 1'}
    """
    goal = "0 < (1-a**2)*x**2+2*a*b*x+1-b**2"
    statement = Statement(goal, {"disc": f"a**2+b**2 < {radius}"}, inhabited={"a": "1/2", "b": "0"})
    steps = [
        step("room", "arithmetic", "0 < 1-(a**2+b**2)", "disc"),
        step("roof", "sign", "0 < 1+x**2"),
        step("goal", "certificate", goal, "room", "roof", terms=[["room", "roof"], ["sq:a+b*x"]],
             prose="Cauchy-Schwarz: (a x - b)^2 + (a + b x)^2 = (a^2 + b^2)(1 + x^2)."),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_cold_partition(large: str = "K") -> Proof:
    """Derive p. 26 corrected: Z does not decay as beta -> 0 but exceeds every K^3, for all data and residuals.

    Z >= sqrt(2 pi/(beta lambda))^3 (Lemma 5.6 at m = infinity), which decreases in beta; its decay is one as beta
    tends to infinity.

    Arguments:
        large: the root of Z that a small beta guarantees; K in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 26, corrected); it uses mf.lemma-5.6.

    Example:
        >>> build_cold_partition().statement.hyps["warm"]
        'beta*lam*K**2 <= 2*pi'
    """
    z = "Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,density(a,w,b))))"
    root = "sqrt(2*pi/(beta*lam))"
    goal = f"({large})**3 <= {z}"
    hyps = {**HYPS, "K": "0 < K", "warm": "beta*lam*K**2 <= 2*pi"}
    steps = [
        step("Z", "apply", f"{root}**3 <= {z}", "claim:mf.lemma-5.6", *HYPS),
        step("k", "sign", "0 < beta*lam", "beta", "lam"),
        step("square", "certificate", "K**2 <= 2*pi/(beta*lam)", "warm", "k", "beta", "lam", terms=[["warm"]],
             times="beta*lam"),
        step("lemma", "arithmetic", "Imp(0 < K, K**2 <= q, K <= sqrt(q))"),
        step("below", "apply", f"K <= {root}", "lemma", "K", "square", put={"q": "2*pi/(beta*lam)"}),
        step("cube-lemma", "arithmetic", "Imp(0 < K, K <= s, K**3 <= s**3)"),
        step("cube", "apply", f"K**3 <= {root}**3", "cube-lemma", "K", "below", put={"s": root}),
        step("chain", "arithmetic", "Imp(u <= v, v <= t, u <= t)"),
        step("goal", "apply", goal, "chain", "cube", "Z", put={"u": "K**3", "v": f"{root}**3", "t": z}),
    ]  # fmt: skip
    let = {name: LET[name] for name in ("S(w,b)", "g(phi)", "density(a,w,b)")}
    return Proof(Statement(goal, hyps, DECLARE, let, {**INHABITED, "K": "1"}), steps)


def build_offset(distance: str = "delta <= d") -> Proof:
    """Derive p. 30 with gamma_2 >= 0: away from the critical point, or with gamma_2 >= eps, (4.8) is >= eps delta^2.

    Arguments:
        distance: what holds unless gamma_2 is at least eps; delta <= d in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 30, corrected).

    Example:
        >>> build_offset().statement.goal
        'eps*delta**2 <= (g1*d**2+g2)'
    """
    goal = f"eps*delta**2 <= {QUADRATIC}"
    hyps = {
        **COEFFICIENTS, "either": "eps <= g1 or eps <= g2", "delta": "0 < delta and delta <= 1",
        "away": f"eps <= g2 or {distance}",
    }  # fmt: skip
    return Proof(
        Statement(goal, hyps, inhabited={"g1": "1", "g2": "0", "eps": "1", "delta": "1", "d": "1"}),
        [
            step("squares", "arithmetic", "Imp(0 < delta and delta <= 1, delta <= d, delta**2 <= d**2)"),
            step("small", "arithmetic", "0 < delta**2 and delta**2 <= 1", "delta"),
            step("lemma", "arithmetic",
                 "Imp(0 <= g1, 0 <= g2, 0 < eps, eps <= g1 or eps <= g2, 0 < t and t <= 1, eps <= g2 or t <= s,"
                 " 0 <= s, eps*t <= g1*s+g2)"),
            step("square", "sign", "0 <= d**2"),
            step("away'", "arithmetic", "eps <= g2 or delta**2 <= d**2", "away", "delta", "squares"),
            step("goal", "apply", goal, "lemma", "g1", "g2", "eps", "either", "small", "away'", "square",
                 put={"t": "delta**2", "s": "d**2"}),
        ],
    )  # fmt: skip
