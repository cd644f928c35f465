"""Corrected forms of formulas that are false as printed in JMLR 23(130), Sections 4, 5 and Appendix A."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step

#: (5.19), with its two derivatives: the cluster polynomial of slope a and intercept b.
POLYNOMIAL = {
    "P(x)": "(1-a**2)*x**2+2*a*b*x+1-b**2",
    "dP(x)": "(2*(1-a**2)*x+2*a*b)",
    "ddP": "(2*(1-a**2))",
}


def build_second_order(factor: str = "1/2") -> Proof:
    """Derive (5.21) in the convex case with alpha_2 = P''/2, alpha_1 = |P'(c)|, alpha_0 = P(c); P'' is printed.

    Arguments:
        factor: the factor of P''; 1/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.21) and p. 54, corrected).

    Example:
        >>> build_second_order().statement.hyps
        {'side': '0 <= dP(c)*(x-c)'}
    """
    bound = f"{factor}*ddP*(x-c)**2+abs(dP(c))*abs(x-c)+P(c) <= P(x)"
    statement = Statement(
        goal=f"HasDeriv(x,P(x),dP(x)) and HasDeriv(x,dP(x),ddP) and {bound}",
        hyps={"side": "0 <= dP(c)*(x-c)"}, let=POLYNOMIAL,
        inhabited={"a": "0", "b": "0", "c": "0", "x": "1"},
    )  # fmt: skip
    steps = [
        step("first", "derivative", "HasDeriv(x,P(x),dP(x))"),
        step("second", "derivative", "HasDeriv(x,dP(x),ddP)"),
        step("same-lemma", "arithmetic", "Imp(0 <= u*v, abs(u)*abs(v) == u*v)"),
        step("same", "apply", "abs(dP(c))*abs(x-c) == dP(c)*(x-c)", "same-lemma", "side",
             put={"u": "dP(c)", "v": "x-c"}),
        step("taylor", "identity", "P(x) == ddP/2*(x-c)**2+dP(c)*(x-c)+P(c)"),
        step("equal", "identity", f"{factor}*ddP*(x-c)**2+abs(dP(c))*abs(x-c)+P(c) == P(x)", "same", "taylor",
             combine={"same": "1", "taylor": "-1"}),
        step("bound", "arithmetic", bound, "equal"),
        step("goal", "arithmetic", statement.goal, "first", "second", "bound"),
    ]  # fmt: skip
    return Proof(statement, steps)


#: The truncation v^m of p. 8 and the feature of two weight vectors; cap is the truncated activation.
LIPSCHITZ = {"cut(v)": "max(-m,min(m,v))", "distance": "sqrt((w-v)**2+(b-z)**2)"}


def build_lipschitz(constant: str = "sqrt(1+x**2)") -> Proof:
    """Derive p. 51: (w, b) -> cap(w^m x + b) has Lipschitz constant sqrt(1 + x^2); max(|x|, 1) is printed.

    cap is any function of Lipschitz constant 1, such as the truncated ReLU.

    Arguments:
        constant: the Lipschitz constant.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 51, corrected).

    Example:
        >>> build_lipschitz().statement.hyps["m"]
        '0 <= m'
    """
    statement = Statement(
        goal=f"abs(cap(cut(w)*x+b)-cap(cut(v)*x+z)) <= {constant}*distance",
        hyps={"cap": "All(p,All(q,abs(cap(p)-cap(q)) <= abs(p-q)))", "m": "0 <= m"},
        let=LIPSCHITZ,
        inhabited={"cap(p)": "0", "m": "1"},
        inhabited_steps=lipschitz_steps("0"),
    )  # fmt: skip
    step_in = "(cut(w)-cut(v))*x+(b-z)"
    steps = [
        step("outer", "apply", "abs(cap(cut(w)*x+b)-cap(cut(v)*x+z)) <= abs((cut(w)*x+b)-(cut(v)*x+z))", "cap",
             at={"p": "cut(w)*x+b", "q": "cut(v)*x+z"}),
        step("cut", "arithmetic", "(cut(w)-cut(v))**2 <= (w-v)**2", "m", prose="Truncation does not lengthen."),
        step("schwarz", "arithmetic", "(d*x+h)**2 <= (1+x**2)*(d**2+h**2)"),
        step("inner", "apply", f"({step_in})**2 <= (1+x**2)*((cut(w)-cut(v))**2+(b-z)**2)", "schwarz",
             put={"d": "cut(w)-cut(v)", "h": "b-z"}),
        step("more", "sign", "0 <= 1+x**2"),
        step("longer", "certificate", "(1+x**2)*((cut(w)-cut(v))**2+(b-z)**2) <= (1+x**2)*((w-v)**2+(b-z)**2)",
             "cut", "more", terms=[["more", "cut"]]),
        step("squares", "arithmetic", "Imp(p**2 <= A*D, p0 == p, 0 <= A, 0 <= D, 0 <= R, R**2 == A, 0 <= S, S**2 == D,"
             " abs(p0) <= R*S)"),
        step("square", "assume", "U <= V"),
        step("square-2", "assume", "V <= W"),
        step("chain", "arithmetic", "U <= W", "square", "square-2"),
        step("total", "apply", f"({step_in})**2 <= (1+x**2)*((w-v)**2+(b-z)**2)", "chain", "inner", "longer",
             put={"U": f"({step_in})**2", "V": "(1+x**2)*((cut(w)-cut(v))**2+(b-z)**2)",
                  "W": "(1+x**2)*((w-v)**2+(b-z)**2)"}),
        step("shape", "identity", f"(cut(w)*x+b)-(cut(v)*x+z) == {step_in}"),
        step("D", "sign", "0 <= (w-v)**2+(b-z)**2"),
        step("R", "sign", "0 <= sqrt(1+x**2)"),
        step("R2", "identity", "sqrt(1+x**2)**2 == 1+x**2", "more"),
        step("S", "sign", "0 <= distance"),
        step("S2", "arithmetic", "distance**2 == (w-v)**2+(b-z)**2", "D"),
        step("bounded", "apply", f"abs((cut(w)*x+b)-(cut(v)*x+z)) <= {constant}*distance", "squares", "total", "shape",
             "more", "D", "R", "R2", "S", "S2",
             put={"p": step_in, "p0": "(cut(w)*x+b)-(cut(v)*x+z)", "A": "1+x**2", "D": "(w-v)**2+(b-z)**2",
                  "R": "sqrt(1+x**2)", "S": "distance"}),
        step("goal", "apply", statement.goal, "chain", "outer", "bounded",
             put={"U": "abs(cap(cut(w)*x+b)-cap(cut(v)*x+z))", "V": "abs((cut(w)*x+b)-(cut(v)*x+z))",
                  "W": f"{constant}*distance"}),
    ]  # fmt: skip
    return Proof(statement, steps)


def lipschitz_steps(cap: str) -> list[dict[str, object]]:
    """Return steps that prove at a witness that cap has Lipschitz constant 1.

    Arguments:
        cap: the text of cap in the variable p.

    Returns:
        The steps for the hypothesis "cap".

    Example:
        >>> lipschitz_steps("relu(p)")[0]["goal"]
        'abs(relu(p)-(relu(q))) <= abs(p-q)'
    """
    body = f"abs({cap}-({cap.replace('p)', 'q)')})) <= abs(p-q)"
    return [
        {"for": "cap", **step("body", "arithmetic", body)},
        {"for": "cap", **step("all", "generalize", f"All(p,All(q,{body}))", "body")},
    ]


def build_width(longest: str = "K2") -> Proof:
    """Derive p. 23: w(z) = z1/|v-| + z2/|v+| >= (z1 + z2)/K2 when both norms are at most K2; <= is printed.

    Arguments:
        longest: the bound on the first norm; K2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 23, corrected).

    Example:
        >>> build_width().statement.goal
        '(z1+z2)/K2 <= z1/n1+z2/n2'
    """
    statement = Statement(
        goal="(z1+z2)/K2 <= z1/n1+z2/n2",
        hyps={"n1": f"1 <= n1 and n1 <= {longest}", "n2": "1 <= n2 and n2 <= K2", "z1": "0 < z1", "z2": "0 < z2"},
        inhabited={"n1": "sqrt(2)", "n2": "sqrt(2)", "K2": "2", "z1": "1", "z2": "1"},
    )
    steps = [
        *[
            line
            for n, z in (("n1", "z1"), ("n2", "z2"))
            for line in (
                step(f"{n}-positive", "arithmetic", f"0 < {n}", n),
                step(f"{n}-room", "arithmetic", f"0 <= K2-{n}", n),
                step(f"{n}-K2", "arithmetic", "0 < K2", f"{n}-positive", f"{n}-room"),
                step(f"{n}-part", "certificate", f"{z}/K2 <= {z}/{n}", f"{n}-positive", f"{n}-room", f"{n}-K2", z,
                     times=f"K2*{n}", terms=[[f"{n}-room", z]]),
            )
        ],
        step("goal", "certificate", statement.goal, "n1-part", "n2-part", terms=[["n1-part"], ["n2-part"]]),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_no_offset(root: str = "0") -> Proof:
    """Derive that no gamma_2 > 0 serves in (4.8) when a segment outside the cluster set ends in a root x_c.

    The polynomial is f(x) = 1 + x^2 - (A x - B)^2 of (4.3).  It vanishes at x_c and is positive on the half-open
    segment from x_c to x_c + d inside [s, e], so that x_c is the critical point of every x there (Definition 4.1).
    A bound gamma_1 (x - x_c)^2 + gamma_2 <= f(x) on that segment leaves gamma_2 <= 0 as x tends to x_c, whatever
    gamma_1.

    Arguments:
        root: the value of f at the critical point; 0 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (4.8) and Lemma 5.5, which ask gamma_2 > 0).

    Example:
        >>> build_no_offset().statement.goal
        'g2 <= 0'
    """
    f = "(1+({0})**2-(A*({0})-B)**2)".format
    statement = Statement(
        goal="g2 <= 0",
        hyps={
            "root": f"{f('c')} == {root}",
            "outside": f"All(t, Imp(0<t, t<=1, s<=c+t*d and c+t*d<=e and 0<{f('c+t*d')}))",
            "bound": f"All(x, Imp(s<=x, x<=e, 0<{f('x')}, g1*(x-c)**2+g2 <= {f('x')}))",
        },
        inhabited={"A": "0", "B": "1", "c": "0", "d": "1", "s": "0", "e": "1", "g1": "1", "g2": "0"},
        inhabited_steps=no_offset_steps("0", "1"),
    )
    slope, bend = "(2*c-2*A*(A*c-B))*d", "(1-A**2-g1)*d**2"
    size = "(g2+2*(abs(U)+abs(V)))"
    at = {"U": slope, "V": bend}
    near = f"(g2/(g2+2*(abs({slope})+abs({bend}))))"
    put = {"G": "g2", "T": near, **at}
    steps = [
        step("positive", "assume", "0 < g2", prose="Suppose gamma_2 > 0 and come close to the root."),
        step("size", "sign", f"0 < {size}", "positive"),
        step("rest", "sign", "0 <= abs(U)+abs(V)"),
        step("T0", "sign", f"0 < g2/{size}", "positive", "size"),
        step("T1", "certificate", f"g2/{size} <= 1", "rest", "size", terms=[["c:2", "rest"]], times=size),
        step("T", "identity", f"g2/{size}*{size} == g2", "size"),
        step("near-0", "apply", f"0 < {near}", "T0", put=at),
        step("near-1", "apply", f"{near} <= 1", "T1", put=at),
        step("near", "apply", f"{near}*(g2+2*(abs({slope})+abs({bend}))) == g2", "T", put=at),
        *[
            step(f"there-{n}", "apply", text, "outside", "near-0", "near-1", at={"t": near})
            for n, text in enumerate((f"s<=c+{near}*d", f"c+{near}*d<=e", f"0<{f(f'c+{near}*d')}"))
        ],
        step("below", "apply", f"g1*(c+{near}*d-c)**2+g2 <= {f(f'c+{near}*d')}", "bound", "there-0", "there-1",
             "there-2", at={"x": f"c+{near}*d"}),
        step("taylor", "identity", f"{f('c+T*d')}-g1*(c+T*d-c)**2 == T*({slope})+T**2*({bend})", "root",
             combine={"root": "1"}, prose="Expand about the root."),
        step("taylor-near", "apply", f"{f(f'c+{near}*d')}-g1*(c+{near}*d-c)**2 == {near}*({slope})+{near}**2*({bend})",
             "taylor", put={"T": near}),
        step("low", "assume", "0 < T"),
        step("high", "assume", "T <= 1"),
        step("first", "arithmetic", "T*U <= T*abs(U)", "low"),
        step("shrink", "arithmetic", "T**2 <= T", "low", "high"),
        step("second", "arithmetic", "T**2*V <= T*abs(V)", "low", "shrink"),
        step("product", "assume", "T*(G+2*(abs(U)+abs(V))) == G"),
        step("under", "assume", "P+G <= F"),
        step("expanded", "assume", "F-P == T*U+T**2*V"),
        step("twice", "arithmetic", "T*G+G <= 0", "first", "second", "product", "under", "expanded"),
        step("lemma", "arithmetic", "G <= 0", "low", "twice"),
        step("absurd", "apply", "g2 <= 0", "lemma", "near-0", "near-1", "near", "below", "taylor-near",
             put={**put, "P": f"g1*(c+{near}*d-c)**2", "F": f(f"c+{near}*d")}),
        step("if", "discharge", "Imp(0 < g2, g2 <= 0)", "absurd"),
        step("goal", "arithmetic", "g2 <= 0", "if"),
    ]  # fmt: skip
    return Proof(statement, steps)


def no_offset_steps(rest: str, height: str) -> list[dict[str, object]]:
    """Return steps that prove at a witness with A = 0, c = 0, d = 1, s = 0, e = 1 what is asked on the segment.

    Arguments:
        rest: the value of gamma_2; that of gamma_1 is 1.
        height: the value of B.

    Returns:
        The steps for the hypotheses "outside" and "bound".

    Example:
        >>> no_offset_steps("0", "1")[0]["goal"]
        '0<t'
    """
    f = ("(1+({0})**2-(0*({0})-" + height + ")**2)").format
    inside = f"0<=0+t*1 and 0+t*1<=1 and 0<{f('0+t*1')}"
    below = f"1*(x-0)**2+{rest} <= {f('x')}"
    return [
        {"for": name, **line}
        for name, lines in (
            ("outside", (
                step("low", "assume", "0<t"),
                step("high", "assume", "t<=1"),
                step("body", "arithmetic", inside, "low", "high"),
                step("given", "discharge", f"Imp(0<t, t<=1, {inside})", "body"),
                step("all", "generalize", f"All(t, Imp(0<t, t<=1, {inside}))", "given"),
            )),
            ("bound", (
                step("body", "arithmetic", below),
                step("given", "discharge", f"Imp(0<=x, x<=1, 0<{f('x')}, {below})", "body"),
                step("all", "generalize", f"All(x, Imp(0<=x, x<=1, 0<{f('x')}, {below}))", "given"),
            )),
        )
        for line in lines
    ]  # fmt: skip


#: Any finite atomic measure: (A.2) at zero temperature, one data point or more.
PENALTY = {
    "risk": "Sum(i,1,M,(Sum(k,1,K,p(k)*a(k)*relu(w(k)*x(i)+b(k)))-y(i))**2)/M",
    "moment": "Sum(k,1,K,p(k)*(a(k)**2+w(k)**2+b(k)**2))",
    "F": "risk/2+lam/2*moment",
}


def build_half_risk(risk: str = "1/2") -> Proof:
    """Derive (A.2) at zero temperature with R/2, for every finite atomic measure; R is printed.

    Arguments:
        risk: the factor of R; 1/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.2), corrected).

    Example:
        >>> build_half_risk().statement.goal
        '1/2*risk+lam/4*moment <= F'
    """
    statement = Statement(
        goal=f"{risk}*risk+lam/4*moment <= F",
        hyps={"masses": "All(k,Imp(1<=k,k<=K, 0<=p(k)))", "lam": "0 <= lam"},
        declare="i,k:Z M,K:N",
        let=PENALTY,
        inhabited={"K": "1", "p(k)": "1", "lam": "1"},
    )
    square = "p(k)*(a(k)**2+w(k)**2+b(k)**2)"
    steps = [
        step("from", "assume", "1<=k"),
        step("to", "assume", "k<=K"),
        step("mass", "apply", "0<=p(k)", "masses", "from", "to", at={"k": "k"}),
        step("atom", "sign", f"0 <= {square}", "mass"),
        step("moment", "monotone", "0 <= moment", "atom"),
        step("goal", "certificate", statement.goal, "lam", "moment", terms=[["c:1/4", "lam", "moment"]]),
    ]
    return Proof(statement, steps)


#: One data point (0, 1): the balanced atom a = b = s, w = 0, and any finite atomic measure.
ONE_POINT = {
    "s": "sqrt(1-lam)",
    "risk": "(s*relu(s)-1)**2",
    "moment": "(s**2+s**2)",
    "F": "(risk/2+lam/2*moment)",
    "f": "Sum(k,1,K,p(k)*a(k)*relu(w(k)*0+b(k)))",
    "any": "((f-1)**2/2+lam/2*Sum(k,1,K,p(k)*(a(k)**2+w(k)**2+b(k)**2)))",
}


def build_whole_risk(low: str = "1/2") -> Proof:
    """Derive that (A.2) with R instead of R/2 fails at a minimiser, at zero temperature.

    On the one data point (0, 1) the atom a = b = sqrt(1 - lambda), w = 0 minimises F among all finite atomic measures,
    and F < R + (lambda/4) M there for 1/2 < lambda < 1: at lambda = 3/4 it is 15/32 < 21/32.

    Arguments:
        low: what lambda exceeds in the hypothesis; 1/2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.2), where R is printed); it uses mf.cs-f0.

    Example:
        >>> build_whole_risk().statement.goal
        'F <= any and F < risk+lam/4*moment'
    """
    statement = Statement(
        goal="F <= any and F < risk+lam/4*moment",
        hyps={"lam": f"{low} < lam and lam < 1", "masses": "All(k,Imp(1<=k,k<=K, 0<=p(k)))"},
        declare="k:Z K:N", let=ONE_POINT, inhabited={"lam": "3/4", "K": "1", "p(k)": "1"},
    )  # fmt: skip
    steps = [
        step("positive", "arithmetic", "0 <= lam", "lam"),
        step("rest", "arithmetic", "0 < 1-lam", "lam"),
        step("s", "sign", "0 < s", "rest"),
        step("s2", "identity", "s**2 == 1-lam", "rest"),
        step("active", "arithmetic", "relu(s) == s", "s"),
        step("risk", "identity", "risk == lam**2", "active", "s2"),
        step("moment", "identity", "moment == 2*(1-lam)", "s2"),
        step("value", "identity", "F == lam-lam**2/2", "risk", "moment", combine={"risk": "1/2", "moment": "lam/2"}),
        step("cauchy", "apply", "2*abs(f) <= Sum(k,1,K,p(k)*(a(k)**2+w(k)**2+b(k)**2))", "claim:mf.cs-f0", "masses"),
        step("penalty", "certificate", "(f-1)**2/2+lam*abs(f) <= any", "positive", "cauchy",
             terms=[["c:1/2", "positive", "cauchy"]]),
        step("least", "arithmetic", "Imp(0 <= l, l-l**2/2 <= (u-1)**2/2+l*abs(u))"),
        step("below", "apply", "lam-lam**2/2 <= (f-1)**2/2+lam*abs(f)", "least", "positive",
             put={"l": "lam", "u": "f"}, prose="A parabola plus lambda |u| is least at u = 1 - lambda."),
        step("minimal", "arithmetic", "F <= any", "value", "below", "penalty"),
        step("exceeds", "arithmetic", "F < risk+lam/4*moment", "value", "risk", "moment", "lam"),
        step("goal", "arithmetic", statement.goal, "minimal", "exceeds"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_tangent(sign: str = "+") -> Proof:
    """Derive that f_n(x) = y(t) + y'(t)(x - t) reproduces an affine predictor, as (5.34) needs; the sign - is printed.

    Arguments:
        sign: the sign of the slope's term; + in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 30, corrected).

    Example:
        >>> build_tangent().statement.goal
        'HasDeriv(x,y(x),v) and y(x) == y(t)+v*(x-t)'
    """
    statement = Statement(goal=f"HasDeriv(x,y(x),v) and y(x) == y(t){sign}v*(x-t)", let={"y(x)": "u+v*x"})
    steps = [
        step("slope", "derivative", "HasDeriv(x,y(x),v)"),
        step("line", "identity", f"y(x) == y(t){sign}v*(x-t)"),
        step("goal", "arithmetic", statement.goal, "slope", "line"),
    ]
    return Proof(statement, steps)
