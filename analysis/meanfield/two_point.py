"""The two-point problem of Section 6, solved for every penalty and every data set (-X, Y), (X, Y).

With S = sqrt(1 + X^2) a unit of output at both points costs kap = min(1, 2/S): the constant unit costs 1, the pair of
units with kinks at -1/X and 1/X costs 2/S.  The minimum of the noiseless objective is (Y - p)^2/2 + lambda kap p at the
fitted value p = (Y - lambda kap)_+.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .noiseless import DECLARE, LET, network, objective

_CIRCLE = "v**2+z**2==1"
_DIRECTIONS = {"directions": "All(k,Imp(1<=k,k<=K, w(k)**2+b(k)**2==1))"}
_BASE = {
    "x(i)": "X*(2*i-3)",
    "y(i)": "Y",
    **{name: text.replace("M", "2") for name, text in LET.items() if name != "g(v,z)"},
    "S": "sqrt(1+X**2)",
}
_VALUE = {"kap": "min(1,2/S)", "p": "relu(Y-lam*kap)", "least": "(Y-p)**2/2+lam*kap*p"}
_POINT = {"lam": "1/10", "X": "2", "Y": "2", "K": "1", "w(k)": "1", "b(k)": "0", "c(k)": "0"}


def _feasible() -> list[dict[str, object]]:
    """Return steps: the dual point r = (-rho, -rho), rho = (Y - p)/2, satisfies |g| <= lambda on the whole circle."""
    rho = "((Y-p)/2)"
    return [
        step("one-plus", "sign", "0 < 1+X**2"),
        step("S", "sign", "0 < S", "one-plus"),
        step("S2", "identity", "S**2 == 1+X**2", "one-plus"),
        step("cheap", "arithmetic", "kap <= 1"),
        step("two", "identity", "2/S*S == 2", "S"),
        step("pair", "arithmetic", "kap*S <= 2", "S", "two"),
        step("ratio", "sign", "0 < 2/S", "S"),
        step("cost", "arithmetic", "0 < kap", "ratio"),
        step("saving", "arithmetic", f"0 <= {rho}", "cost", "lam", "Y", prose="p is at most Y."),
        step("at-most", "arithmetic", f"2*{rho} <= lam*kap", "cost", "lam", "Y"),
        step("circle", "assume", _CIRCLE),
        step("right", "arithmetic", "(v*X+z)**2 <= 1+X**2", "circle", prose="Cauchy-Schwarz."),
        step("left", "arithmetic", "(-v*X+z)**2 <= 1+X**2", "circle"),
        step("right-S", "arithmetic", "v*X+z <= S", "right", "S2", "S"),
        step("left-S", "arithmetic", "-v*X+z <= S", "left", "S2", "S"),
        step("height", "arithmetic", "z <= 1", "circle"),
        step("H1", "assume", "A <= T"),
        step("H2", "assume", "B <= T"),
        step("H3", "assume", "A+B <= 2"),
        step("k1", "assume", "k0 <= 1"),
        step("k2", "assume", "k0*T <= 2"),
        step("k3", "assume", "0 < k0"),
        step("sum", "arithmetic", "k0*(relu(A)+relu(B)) <= 2", "H1", "H2", "H3", "k1", "k2", "k3",
             prose="Both features active: at most 2; one active: at most S."),
        step("sum-height", "arithmetic", "(v*X+z)+(-v*X+z) <= 2", "height"),
        step("features", "apply", "kap*(relu(v*X+z)+relu(-v*X+z)) <= 2", "sum", "right-S", "left-S", "sum-height",
             "cheap", "pair", "cost", put={"A": "v*X+z", "B": "-v*X+z", "T": "S", "k0": "kap"}),
        step("h", "assume", "k0*H <= 2"),
        step("h0", "assume", "0 <= H"),
        step("q0", "assume", "0 <= q"),
        step("q1", "assume", "2*q <= lam*k0"),
        step("scale", "arithmetic", "abs(-q*H) <= lam", "h", "h0", "q0", "q1", "lam"),
        step("H", "sign", "0 <= relu(v*X+z)+relu(-v*X+z)"),
        step("bounded", "apply", f"abs(-{rho}*(relu(v*X+z)+relu(-v*X+z))) <= lam", "scale", "features", "H", "saving",
             "at-most", "lam", put={"k0": "kap", "H": "relu(v*X+z)+relu(-v*X+z)", "q": rho}),
        step("if-circle", "discharge", f"Imp({_CIRCLE}, abs(-{rho}*(relu(v*X+z)+relu(-v*X+z))) <= lam)", "bounded"),
        step("feasible", "generalize", f"All(v,All(z,Imp({_CIRCLE}, abs(Sum(i,1,2,-{rho}*u(i,v,z))) <= lam)))",
             "if-circle"),
    ]  # fmt: skip


_RHO = "((Y-p)/2)"
_DUAL = f"-2*Sum(i,1,2,(-{_RHO})**2)/2-Sum(i,1,2,-{_RHO}*y(i))"


def _dual_value() -> list[dict[str, object]]:
    return [
        step("either", "arithmetic", "p*(Y-lam*kap-p) == 0", prose="Either p = 0 or p = Y - lambda kap."),
        step("dual", "identity", f"{_DUAL} == least", "either", combine={"either": "1"}),
    ]


def build_lower(share: str = "2") -> Proof:
    """Derive J >= (Y - p)^2/2 + lambda kap p for every finite atomic measure, by the dual point r = -(Y - p)/2.

    Arguments:
        share: the numerator of the pair's cost share/S; 2 in the true statement.

    Returns:
        The statement and its derivation (derived in this project for Section 6 of JMLR 23(130)); it uses
        mf.weak-duality.

    Example:
        >>> build_lower().statement.goal
        'least <= J'
    """
    statement = Statement(
        goal="least <= J",
        hyps={"lam": "0 < lam", "Y": "0 < Y", **_DIRECTIONS},
        declare=DECLARE,
        let={**_BASE, **_VALUE, "kap": f"min(1,{share}/S)"},
        inhabited=_POINT,
    )
    square = f"Sum(i,1,2,(f(i)-y(i)-2*(-{_RHO}))**2)"
    steps = [
        *_feasible(),
        step("duality", "apply", f"{_DUAL}+{square}/(2*2) <= J", "claim:mf.weak-duality", "feasible", "directions",
             put={"M": "2"}, symbols={"x(i)": "X*(2*i-3)", "y(i)": "Y", "r(i)": f"-{_RHO}"}),
        step("term", "certificate", f"0 <= (f(i)-y(i)-2*(-{_RHO}))**2", terms=[[f"sq:f(i)-y(i)-2*(-{_RHO})"]]),
        step("square", "monotone", f"0 <= {square}", "term"),
        *_dual_value(),
        step("goal", "arithmetic", "least <= J", "duality", "square", "dual"),
    ]  # fmt: skip
    return Proof(statement, steps)


_RIVAL = {"rivals": "All(k,Imp(1<=k,k<=L, s(k)**2+t(k)**2==1))"}
_JD = objective(network("d", "s", "t", "L"), "Sum(k,1,L,abs(d(k)))").replace("M", "2")


def _rival() -> list[dict[str, object]]:
    return [
        step("lower", "apply", "least <= Jd", "claim:mf.two-point-lower", "lam", "Y", "rivals", put={"K": "L"},
             symbols={"c(k)": "d(k)", "w(k)": "s(k)", "b(k)": "t(k)"}),
    ]  # fmt: skip


def _root() -> list[dict[str, object]]:
    return [
        step("one-plus", "sign", "0 < 1+X**2"),
        step("S", "sign", "0 < S", "one-plus"),
        step("S2", "identity", "S**2 == 1+X**2", "one-plus"),
    ]


def _attained(units: dict[str, str], count: str, regime: str, extra: list[str], point: dict[str, str]) -> Statement:
    """Return the statement that the named units have the least objective, and what else is said of them."""
    let = {name: text.replace("K", count) for name, text in _BASE.items()}
    order = ("x(i)", "y(i)", "S")
    return Statement(
        goal=" and ".join(["J == least", "least <= Jd", *extra]),
        hyps={"lam": "0 < lam", "Y": "0 < Y", "regime": regime, **_RIVAL},
        declare=DECLARE,
        let={
            **{name: let[name] for name in order}, **_VALUE, **units,
            **{name: text for name, text in let.items() if name not in order},
            "Jd": _JD, "kink(k)": "(-b(k)/w(k))", "out(q)": f"Sum(k,1,{count},c(k)*relu(w(k)*q+b(k)))",
        },
        inhabited={"lam": "1/10", "Y": "2", "L": "1", "s(k)": "1", "t(k)": "0", "d(k)": "0", **point},
    )  # fmt: skip


def build_pair(side: str = "<=") -> Proof:
    """Derive that for X >= sqrt(3) two units with kinks at -1/X and 1/X, facing each other, attain the minimum.

    Arguments:
        side: how 3 compares with X^2 in the hypothesis; <= in the true statement.

    Returns:
        The statement and its derivation (derived in this project for Section 6 of JMLR 23(130)); it uses
        mf.two-point-lower.

    Example:
        >>> build_pair().statement.hyps["regime"]
        '0 < X and 3 <= X**2'
    """
    units = {"c(k)": "p/S", "w(k)": "(3-2*k)*X/S", "b(k)": "1/S"}
    flat = "All(q,Imp(-1/X<=q,q<=1/X, out(q)==2*p/S**2))"
    regime = f"0 < X and 3 {side} X**2"
    statement = _attained(units, "2", regime, ["kink(1)==-1/X", "kink(2)==1/X", flat], {"X": "2"})
    steps = [
        *_rival(),
        step("X", "arithmetic", "0 < X", "regime"),
        step("three", "arithmetic", f"3 {side} X**2", "regime"),
        *_root(),
        step("inverse", "identity", "1/S*S == 1", "S"),
        step("wide", "arithmetic", "2 <= S", "S", "S2", "three"),
        step("far", "arithmetic", "1/S*(1-X**2) <= 0", "inverse", "S", "three"),
        step("inactive", "arithmetic", "relu(X/S*(-X)+1/S) == 0", "far"),
        step("near", "sign", "0 <= (1+X**2)/S", "S"),
        step("active", "arithmetic", "relu(X/S*X+1/S) == (1+X**2)/S", "near"),
        step("nonnegative", "sign", "0 <= p/S", "S"),
        step("weight", "arithmetic", "abs(p/S) == p/S", "nonnegative"),
        step("two", "identity", "2/S*S == 2", "S"),
        step("cost", "arithmetic", "kap == 2/S", "wide", "two", "S"),
        step("reduced", "identity", "J == (p/S*((1+X**2)/S)-Y)**2/2+2*lam*(p/S)", "inactive", "active", "weight"),
        step("value", "identity", "J == (Y-p)**2/2+lam*(2/S)*p", "reduced", "S2", "S",
             combine={"reduced": "1"}),
        step("minimum", "identity", "J == least", "cost", "value", "S", combine={"value": "1"}),
        step("kink-1", "identity", "kink(1) == -1/X", "S", "X"),
        step("kink-2", "identity", "kink(2) == 1/X", "S", "X"),
        step("from", "assume", "-1/X<=q"),
        step("to", "assume", "q<=1/X"),
        step("unit", "identity", "1/X*X == 1", "X"),
        step("upper", "arithmetic", "0 <= X*q+1", "from", "unit", "X"),
        step("under", "arithmetic", "0 <= 1-X*q", "to", "unit", "X"),
        step("up", "sign", "0 <= (X*q+1)/S", "upper", "S"),
        step("down", "sign", "0 <= (1-X*q)/S", "under", "S"),
        step("right", "arithmetic", "relu(X/S*q+1/S) == (X*q+1)/S", "up"),
        step("left", "arithmetic", "relu(-X/S*q+1/S) == (1-X*q)/S", "down"),
        step("level", "identity", "out(q) == 2*p/S**2", "right", "left"),
        step("if-inside", "discharge", "Imp(-1/X<=q,q<=1/X, out(q)==2*p/S**2)", "level"),
        step("flat", "generalize", flat, "if-inside"),
        step("goal", "arithmetic", statement.goal, "minimum", "lower", "kink-1", "kink-2", "flat"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_constant(side: str = "<=") -> Proof:
    """Derive that for X <= sqrt(3) the constant unit alone attains the minimum: no knot.

    Arguments:
        side: how X^2 compares with 3 in the hypothesis; <= in the true statement.

    Returns:
        The statement and its derivation (derived in this project for Section 6 of JMLR 23(130)); it uses
        mf.two-point-lower.

    Example:
        >>> build_constant().statement.hyps["regime"]
        'X**2 <= 3'
    """
    units = {"c(k)": "p", "w(k)": "0", "b(k)": "1"}
    statement = _attained(units, "1", f"X**2 {side} 3", [], {"X": "1"})
    steps = [
        *_rival(),
        *_root(),
        step("two", "identity", "2/S*S == 2", "S"),
        step("narrow", "arithmetic", "S <= 2", "S", "S2", "regime"),
        step("cost", "arithmetic", "kap == 1", "narrow", "two", "S"),
        step("weight", "arithmetic", "abs(p) == p"),
        step("reduced", "identity", "J == (Y-p)**2/2+lam*p", "weight"),
        step("minimum", "arithmetic", "J == least", "reduced", "cost"),
        step("goal", "arithmetic", statement.goal, "minimum", "lower"),
    ]
    return Proof(statement, steps)


def build_face(side: str = "==") -> Proof:
    """Derive that at X = sqrt(3) every mixture of the pair and the constant unit attains the minimum.

    The pair gets the share a in [0, 1] of the output p; f(0) = p (1 - a/2) tells the mixtures apart, so the minimiser
    is not unique when p > 0.

    Arguments:
        side: how X^2 compares with 3 in the hypothesis; == in the true statement.

    Returns:
        The statement and its derivation (derived in this project for Section 6 of JMLR 23(130)); it uses
        mf.two-point-lower.

    Example:
        >>> build_face().statement.hyps["regime"]
        'X**2 == 3'
    """
    units = {
        "c(k)": "(p*(a/2*(delta(k,1)+delta(k,2))+(1-a)*delta(k,3)))",
        "w(k)": "(X/2*(delta(k,1)-delta(k,2)))",
        "b(k)": "(1/2*(delta(k,1)+delta(k,2))+delta(k,3))",
    }
    base = _attained(units, "3", f"X**2 {side} 3", ["out(0) == p*(1-a/2)"], {"X": "sqrt(3)", "a": "1/3"})
    statement = Statement(
        goal=base.goal,
        hyps={**base.hyps, "share": "0 <= a", "rest": "a <= 1"},
        declare=base.declare,
        let=base.let,
        inhabited=base.inhabited,
    )
    steps = [
        *_rival(),
        *_root(),
        step("two", "identity", "2/S*S == 2", "S"),
        step("half", "arithmetic", "S == 2", "S", "S2", "regime"),
        step("cost", "arithmetic", "kap == 1", "half", "two"),
        step("pair-share", "sign", "0 <= p*(a/2)", "share"),
        step("pair-weight", "arithmetic", "abs(p*(a/2)) == p*(a/2)", "pair-share"),
        step("left-over", "arithmetic", "0 <= 1-a", "rest"),
        step("constant-share", "sign", "0 <= p*(1-a)", "left-over"),
        step("constant-weight", "arithmetic", "abs(p*(1-a)) == p*(1-a)", "constant-share"),
        step("reduced", "identity", "J == (Y-p)**2/2+lam*p", "regime", "pair-weight", "constant-weight"),
        step("minimum", "arithmetic", "J == least", "reduced", "cost"),
        step("middle", "identity", "out(0) == p*(1-a/2)"),
        step("goal", "arithmetic", statement.goal, "minimum", "lower", "middle"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_paper_case(value: str = "4*lam/sqrt(101)-2*lam**2/101") -> Proof:
    """Derive the minimum of (6.1) on the data (-10, 2), (10, 2), and that it is below 2 lambda/5.

    Arguments:
        value: the minimum in the conclusion.

    Returns:
        The statement and its derivation (derived in this project for Section 6 of JMLR 23(130)); it uses
        mf.two-point-pair.

    Example:
        >>> build_paper_case().statement.hyps["lam"]
        '0 < lam and lam**2 < 101'
    """
    units = {"c(k)": "p/S", "w(k)": "(3-2*k)*X/S", "b(k)": "1/S"}
    pair = _attained(units, "2", "0<X", [], {})
    let = {"X": "10", "Y": "2", **pair.let}
    knots = "kink(1)==-1/10 and kink(2)==1/10"
    statement = Statement(
        goal=f"J == {value} and {value} <= Jd and {value} < 2*lam/5 and {knots}",
        hyps={"lam": "0 < lam and lam**2 < 101", **_RIVAL},
        declare=DECLARE,
        let=let,
        inhabited={"lam": "1", "L": "1", "s(k)": "1", "t(k)": "0", "d(k)": "0"},
    )
    steps = [
        step("positive", "arithmetic", "0 < lam", "lam"),
        step("data", "sign", "0 < 2"),
        step("regime", "arithmetic", "0 < 10 and 3 <= 10**2"),
        *[
            step(name, "apply", text, "claim:mf.two-point-pair", "positive", "data", "regime", "rivals",
                 put={"X": "10", "Y": "2"})
            for name, text in (
                ("attained", "J == least"), ("lower", "least <= Jd"), ("left", "kink(1)==-1/10"),
                ("right", "kink(2)==1/10"),
            )
        ],
        step("root", "enclosure", "10 < sqrt(101)"),
        step("two", "identity", "2/sqrt(101)*sqrt(101) == 2"),
        step("cost", "arithmetic", "kap == 2/sqrt(101)", "root", "two"),
        step("below", "arithmetic", "lam*(2/sqrt(101)) < 2", "lam", "root", "two"),
        step("output", "arithmetic", "p == 2-lam*(2/sqrt(101))", "cost", "below"),
        step("value", "identity", f"least == {value}", "cost", "output"),
        step("smaller", "arithmetic", "4*lam/sqrt(101) < 2*lam/5", "root", "two", "positive"),
        step("minimum", "identity", f"J == {value}", "attained", "value", combine={"attained": "1", "value": "1"}),
        step("chain", "arithmetic", "Imp(U == V, U <= W, V <= W)"),
        step("below-all", "apply", f"{value} <= Jd", "chain", "value", "lower",
             put={"U": "least", "V": value, "W": "Jd"}),
        step("lower-order", "sign", "0 <= 2*lam**2/101"),
        step("under", "certificate", f"{value} < 2*lam/5", "smaller", "lower-order",
             terms=[["smaller"], ["lower-order"]]),
        step("goal", "arithmetic", statement.goal, "minimum", "below-all", "under", "left", "right"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_only_pair(third: str = "3") -> Proof:
    """Derive that for X > sqrt(3), p > 0 every unit of every minimiser has its kink at -1/X or 1/X.

    Arguments:
        third: what X^2 exceeds in the hypothesis; 3 in the true statement.

    Returns:
        The statement and its derivation (derived in this project for Section 6 of JMLR 23(130)); it uses
        mf.optimality-support.

    Example:
        >>> build_only_pair().statement.hyps["wide"]
        '3 < X**2'
    """
    here = "b(l)==1/S and (w(l)==X/S or w(l)==-X/S)"
    g = f"Sum(i,1,2,-{_RHO}*u(i,w(l),b(l)))"
    statement = Statement(
        goal=f"All(l,Imp(1<=l,l<=K,c(l)!=0, {here}))",
        hyps={
            "lam": "0 < lam", "Y": "0 < Y", "wide": f"{third} < X**2", "small": "lam*kap < Y", **_DIRECTIONS,
            "minimal": "J <= least",
        },
        declare=DECLARE,
        let={**_BASE, **_VALUE},
        inhabited={
            "lam": "1", "X": "12/5", "Y": "2", "K": "2", "w(k)": "(3-2*k)*12/13", "b(k)": "5/13", "c(k)": "80/169",
        },
    )  # fmt: skip
    steps = [
        *_feasible(),
        *_dual_value(),
        step("tight", "arithmetic", f"J <= {_DUAL}", "minimal", "dual"),
        step("contacts", "apply", f"All(l,Imp(1<=l,l<=K, c(l)*{g} == -lam*abs(c(l))))", "claim:mf.optimality-support",
             "feasible", "directions", "tight", put={"M": "2"},
             symbols={"x(i)": "X*(2*i-3)", "y(i)": "Y", "r(i)": f"-{_RHO}"}),
        step("first", "assume", "1<=l"),
        step("last", "assume", "l<=K"),
        step("weight", "assume", "c(l)!=0"),
        step("contact", "apply", f"c(l)*{g} == -lam*abs(c(l))", "contacts", "first", "last", at={"l": "l"}),
        step("direction", "apply", "w(l)**2+b(l)**2==1", "directions", "first", "last", at={"k": "l"}),
        step("beyond", "arithmetic", "2 < S", "wide", "S2", "S"),
        step("pair-cost", "arithmetic", "kap == 2/S", "beyond", "two", "S"),
        step("rho", "arithmetic", f"{_RHO} == lam/S", "pair-cost", "small"),
        step("C", "assume", "C != 0"),
        step("CG", "assume", "C*(-q*H) == -lam*abs(C)"),
        step("q", "assume", "q*T == lam"),
        step("Hp", "assume", "0 <= H"),
        step("T", "assume", "0 < T"),
        step("height-lemma", "arithmetic", "H == T", "C", "CG", "q", "Hp", "T", "lam"),
        step("rho-S", "identity", f"{_RHO}*S == lam", "rho", "S", combine={"rho": "S"}),
        step("positive", "sign", "0 <= relu(w(l)*X+b(l))+relu(-w(l)*X+b(l))"),
        step("full", "apply", "relu(w(l)*X+b(l))+relu(-w(l)*X+b(l)) == S", "height-lemma", "weight", "contact", "rho-S",
             "positive", "S", "lam",
             put={"C": "c(l)", "q": _RHO, "H": "relu(w(l)*X+b(l))+relu(-w(l)*X+b(l))", "T": "S"}),
        step("one", "arithmetic", "w(l)*X+b(l) == S or -w(l)*X+b(l) == S", "full", "direction", "beyond",
             prose="Both features together reach at most 2, so one of them is zero."),
        step("end", "assume", "v*X+z == S"),
        step("end-line", "arithmetic", "(v-X*z)**2 == 0", "end", "circle", "S2"),
        step("end-ratio", "arithmetic", "v == X*z", "end-line"),
        step("end-z", "arithmetic", "z*S == 1", "end-ratio", "end", "S2", "S"),
        step("S-inverse", "identity", "S*(1/S) == 1", "S"),
        step("end-at", "arithmetic", "z == 1/S and v == X/S", "end-z", "end-ratio", "S-inverse", "S"),
        step("if-end", "discharge", "Imp(v**2+z**2==1, v*X+z == S, z == 1/S and v == X/S)", "end-at"),
        step("plus", "apply", "Imp(w(l)*X+b(l) == S, b(l) == 1/S and w(l) == X/S)", "if-end", "direction",
             put={"v": "w(l)", "z": "b(l)"}),
        step("mirrored", "arithmetic", "(-w(l))**2+b(l)**2==1", "direction"),
        step("minus", "apply", "Imp(-w(l)*X+b(l) == S, b(l) == 1/S and -w(l) == X/S)", "if-end", "mirrored",
             put={"v": "-w(l)", "z": "b(l)"}),
        step("here", "arithmetic", here, "one", "plus", "minus"),
        step("given", "discharge", f"Imp(1<=l,l<=K,c(l)!=0, {here})", "here"),
        step("goal", "generalize", statement.goal, "given"),
    ]  # fmt: skip
    return Proof(statement, steps)
