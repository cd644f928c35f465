"""Section 6 of JMLR 23(130): a network that is linear between the two data points does not minimise (6.1)."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step

DECLARE = "j,k,l:Z K:N"

#: The two atoms of (6.3), a, w, b with s = sqrt(2 Y/X) and mass 1/2 each, and what (6.1) is made of.
TWO_ATOMS = {
    "s": "sqrt(2*Y/X)",
    "a(j)": "s",
    "w(j)": "(2*j-3)*s",
    "b(j)": "0",
    "f(q)": "Sum(j,1,2,1/2*a(j)*relu(w(j)*q+b(j)))",
    "risk": "((f(-X)-Y)**2+(f(X)-Y)**2)/2",
    "moment": "Sum(j,1,2,1/2*(a(j)**2+w(j)**2+b(j)**2))",
    "F": "risk/2+lam/2*moment",
}
_DATA = {"X": "0 < X", "Y": "0 < Y"}
_PAPER = {"X": "10", "Y": "2", "lam": "1"}

#: Any finite atomic measure: K atoms of mass p(k) >= 0; its function, its risk on (6.2) and its second moment.
NETWORK = {
    "f(q)": "Sum(k,1,K,p(k)*a(k)*relu(w(k)*q+b(k)))",
    "risk": "((f(-X)-Y)**2+(f(X)-Y)**2)/2",
    "moment": "Sum(k,1,K,p(k)*(a(k)**2+w(k)**2+b(k)**2))",
    "F": "risk/2+lam/2*moment",
    "e1": "(f(-X)-Y)",
    "e2": "(f(X)-Y)",
}
_MASSES = {"masses": "All(k,Imp(1<=k,k<=K, 0<=p(k)))"}
_LINEAR = {"linear": "All(q,Imp(-X<=q,q<=X, f(q)==m*q+n))", "X": "0 < X"}
#: The zero network is linear.
ZERO = {
    "K": "1",
    "p(k)": "1",
    "a(k)": "0",
    "w(k)": "0",
    "b(k)": "1",
    "m": "0",
    "n": "0",
    "X": "10",
    "Y": "2",
    "lam": "1",
}
ZERO_STEPS = [
    {"for": "linear", **step("zero", "identity", "0 == 0*q+0")},
    {"for": "linear", **step("given", "discharge", "Imp(-10<=q,q<=10, 0 == 0*q+0)", "zero")},
    {"for": "linear", **step("all", "generalize", "All(q,Imp(-10<=q,q<=10, 0 == 0*q+0))", "given")},
]


def _root() -> list[dict[str, object]]:
    return [
        step("ratio", "sign", "0 < 2*Y/X", "X", "Y"),
        step("s2", "arithmetic", "s**2 == 2*Y/X", "ratio"),
    ]


def build_interpolant(scale: str = "1") -> Proof:
    """Derive (6.3): the two atoms realise (Y/X)|x|, so their risk is zero.

    Arguments:
        scale: a factor of |x|; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.3)).

    Example:
        >>> build_interpolant().statement.hyps
        {'X': '0 < X', 'Y': '0 < Y'}
    """
    statement = Statement(
        goal=f"f(q) == {scale}*Y/X*abs(q) and risk == 0", hyps=_DATA, declare=DECLARE, let=TWO_ATOMS, inhabited=_PAPER
    )
    steps = [
        *_root(),
        step("s", "sign", "0 < s", "ratio"),
        step("h", "assume", "0 < h"),
        step("either", "arithmetic", "relu(h*q)+relu(-h*q) == h*abs(q)", "h"),
        step("sides", "apply", "relu(s*q)+relu(-s*q) == s*abs(q)", "either", "s", put={"h": "s"}),
        step("shape", "identity", f"f(q) == {scale}*Y/X*abs(q)", "sides", "s2", "X",
             combine={"sides": "s/2", "s2": "abs(q)/2"}),
        step("size", "arithmetic", "abs(X) == X", "X"),
        step("right", "apply", f"f(X) == {scale}*Y/X*abs(X)", "shape", "X", "Y", put={"q": "X"}),
        step("left", "apply", f"f(-X) == {scale}*Y/X*abs(-X)", "shape", "X", "Y", put={"q": "-X"}),
        step("hit-right", "identity", "f(X)-Y == 0", "size", "right", "X", combine={"right": "1"}),
        step("hit-left", "identity", "f(-X)-Y == 0", "size", "left", "X", combine={"left": "1"}),
        step("risk", "identity", "risk == 0", "hit-right", "hit-left",
             combine={"hit-right": "(f(X)-Y)/2", "hit-left": "(f(-X)-Y)/2"}),
        step("goal", "arithmetic", statement.goal, "shape", "risk"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_moment(value: str = "4*Y/X") -> Proof:
    """Derive the second moment of (6.3), 4 Y/X: 4/5 on the paper's data, where 2/5 is printed.

    Arguments:
        value: the second moment.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 34, corrected).

    Example:
        >>> build_moment().statement.goal
        'moment == 4*Y/X and Imp(X==10,Y==2, moment == 4/5)'
    """
    statement = Statement(
        goal=f"moment == {value} and Imp(X==10,Y==2, moment == 4/5)",
        hyps=_DATA, declare=DECLARE, let=TWO_ATOMS, inhabited=_PAPER,
    )  # fmt: skip
    steps = [
        *_root(),
        step("general", "identity", f"moment == {value}", "s2", "X", combine={"s2": "2"}),
        step("ten", "assume", "X==10"),
        step("two", "assume", "Y==2"),
        step("ratio-value", "arithmetic", "4*Y/X == 4/5", "ten", "two"),
        step("paper", "identity", "moment == 4/5", "general", "ratio-value",
             combine={"general": "1", "ratio-value": "1"}),
        step("case", "discharge", "Imp(X==10,Y==2, moment == 4/5)", "paper"),
        step("goal", "arithmetic", statement.goal, "general", "case"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_free_energy(value: str = "2*lam*Y/X") -> Proof:
    """Derive (6.4): the free energy of the two atoms is 2 lambda Y/X, that is 2 lambda/5, where lambda/5 is printed.

    Arguments:
        value: the free energy.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.4), corrected); it uses mf.eq-6.3 and
        mf.M-rho-star.corrected.

    Example:
        >>> build_free_energy().statement.goal
        'F == 2*lam*Y/X and Imp(X==10,Y==2, F == 2*lam/5)'
    """
    statement = Statement(
        goal=f"F == {value} and Imp(X==10,Y==2, F == 2*lam/5)",
        hyps=_DATA, declare=DECLARE, let=TWO_ATOMS, inhabited=_PAPER,
    )  # fmt: skip
    steps = [
        step("risk", "apply", "risk == 0", "claim:mf.eq-6.3", "X", "Y"),
        step("moment", "apply", "moment == 4*Y/X", "claim:mf.M-rho-star.corrected", "X", "Y"),
        step("general", "identity", f"F == {value}", "risk", "moment", combine={"risk": "1/2", "moment": "lam/2"}),
        step("ten", "assume", "X==10"),
        step("two", "assume", "Y==2"),
        step("ratio-value", "arithmetic", "2*lam*Y/X == 2*lam/5", "ten", "two"),
        step("paper", "identity", "F == 2*lam/5", "general", "ratio-value",
             combine={"general": "1", "ratio-value": "1"}),
        step("case", "discharge", "Imp(X==10,Y==2, F == 2*lam/5)", "paper"),
        step("goal", "arithmetic", statement.goal, "general", "case"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_middle(sign: str = "+") -> Proof:
    """Derive (6.7): a network linear between the data has f(0) = Y + (e1 + e2)/2, which is also its sum of p a (b)_+.

    Arguments:
        sign: the sign between e1 and e2; + in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.7)).

    Example:
        >>> build_middle().statement.goal
        'f(0) == Y+(e1+e2)/2 and f(0) == Sum(k,1,K,p(k)*a(k)*relu(b(k)))'
    """
    statement = Statement(
        goal=f"f(0) == Y+(e1{sign}e2)/2 and f(0) == Sum(k,1,K,p(k)*a(k)*relu(b(k)))",
        hyps=_LINEAR, declare=DECLARE, let=NETWORK, inhabited=ZERO, inhabited_steps=ZERO_STEPS,
    )  # fmt: skip
    steps = [
        step("left-low", "arithmetic", "-X<=-X"),
        step("left-high", "arithmetic", "-X<=X", "X"),
        step("right-high", "arithmetic", "X<=X"),
        step("zero-low", "arithmetic", "-X<=0", "X"),
        step("zero-high", "arithmetic", "0<=X", "X"),
        step("left", "apply", "f(-X) == m*(-X)+n", "linear", "left-low", "left-high", at={"q": "-X"}),
        step("right", "apply", "f(X) == m*X+n", "linear", "left-high", "right-high", at={"q": "X"}),
        step("zero", "apply", "f(0) == m*0+n", "linear", "zero-low", "zero-high", at={"q": "0"}),
        step("mean", "identity", f"f(0) == Y+(e1{sign}e2)/2", "left", "right", "zero",
             combine={"left": "-1/2", "right": "-1/2", "zero": "1"}),
        step("bias", "identity", "f(0) == Sum(k,1,K,p(k)*a(k)*relu(b(k)))"),
        step("goal", "arithmetic", statement.goal, "mean", "bias"),
    ]  # fmt: skip
    return Proof(statement, steps)


def _middle() -> list[dict[str, object]]:
    return [step("middle", "apply", "f(0) == Y+(e1+e2)/2", "claim:mf.eq-6.7", "linear", "X")]


def _moment_sign() -> list[dict[str, object]]:
    square = "p(k)*(a(k)**2+w(k)**2+b(k)**2)"
    return [
        step("from", "assume", "1<=k"),
        step("to", "assume", "k<=K"),
        step("mass", "apply", "0<=p(k)", "masses", "from", "to", at={"k": "k"}),
        step("atom", "sign", f"0 <= {square}", "mass"),
        step("moment", "monotone", "0 <= moment", "atom"),
    ]


def build_zero_middle(bound: str = "Y**2/2") -> Proof:
    """Derive (6.8): a network linear between the data with f(0) = 0 has F >= R/2 >= Y^2/2, which is 2 on (6.2).

    Arguments:
        bound: the lower bound.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.8)); it uses mf.eq-6.7.

    Example:
        >>> build_zero_middle().statement.goal
        'risk/2 <= F and Y**2/2 <= risk/2'
    """
    statement = Statement(
        goal=f"risk/2 <= F and {bound} <= risk/2",
        hyps={**_LINEAR, **_MASSES, "lam": "0 <= lam", "zero": "f(0) == 0"},
        declare=DECLARE, let=NETWORK, inhabited=ZERO, inhabited_steps=ZERO_STEPS,
    )  # fmt: skip
    steps = [
        *_middle(),
        *_moment_sign(),
        step("penalty", "certificate", "risk/2 <= F", "lam", "moment", terms=[["c:1/2", "lam", "moment"]]),
        step("sum", "arithmetic", "e1+e2 == -2*Y", "middle", "zero"),
        step("squares", "arithmetic", "Imp(u+v == -2*Y, Y**2/2 <= (u**2+v**2)/4)",
             prose="The mean square is at least the square of the mean."),
        step("risk", "apply", "Y**2/2 <= (e1**2+e2**2)/4", "squares", "sum", put={"u": "e1", "v": "e2"}),
        step("half", "identity", "risk/2 == (e1**2+e2**2)/4"),
        step("goal", "arithmetic", statement.goal, "penalty", "risk", "half"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_cauchy_schwarz(factor: str = "2") -> Proof:
    """Derive p. 35: |f(0)|^2 <= E a^2 E (b)_+^2 and M >= 2 |f(0)|, for every finite atomic measure.

    Arguments:
        factor: the factor of |f(0)|; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 35).

    Example:
        >>> build_cauchy_schwarz().statement.hyps
        {'masses': 'All(k,Imp(1<=k,k<=K, 0<=p(k)))'}
    """
    aa, bb = "Sum(k,1,K,p(k)*a(k)**2)", "Sum(k,1,K,p(k)*relu(b(k))**2)"
    statement = Statement(
        goal=f"f(0)**2 <= {aa}*{bb} and {factor}*abs(f(0)) <= moment",
        hyps=_MASSES, declare=DECLARE, let=NETWORK, inhabited=ZERO,
    )  # fmt: skip
    cross = "p(k)*p(l)*(a(k)*relu(b(l))-a(l)*relu(b(k)))**2"
    steps = [
        step("from", "assume", "1<=k"),
        step("to", "assume", "k<=K"),
        step("mass", "apply", "0<=p(k)", "masses", "from", "to", at={"k": "k"}),
        step("from-l", "assume", "1<=l"),
        step("to-l", "assume", "l<=K"),
        step("mass-l", "apply", "0<=p(l)", "masses", "from-l", "to-l", at={"k": "l"}),
        step("pair", "certificate", f"0 <= {cross}", "mass", "mass-l",
             terms=[["mass", "mass-l", "sq:a(k)*relu(b(l))-a(l)*relu(b(k))"]]),
        step("row", "monotone", f"0 <= Sum(l,1,K,{cross})", "pair"),
        step("square", "monotone", f"0 <= Sum(k,1,K,Sum(l,1,K,{cross}))", "row", prose="Lagrange's identity."),
        step("schwarz", "certificate", f"f(0)**2 <= {aa}*{bb}", "square", terms=[["c:1/2", "square"]]),
        step("product", "arithmetic", "2*(u*relu(v)) <= u**2+w0**2+v**2 and -2*(u*relu(v)) <= u**2+w0**2+v**2"),
        *[
            line
            for name, o in (("plus", "2"), ("minus", "-2"))
            for line in (
                step(f"{name}-one", "apply", f"{o}*(a(k)*relu(b(k))) <= a(k)**2+w(k)**2+b(k)**2", "product",
                     put={"u": "a(k)", "v": "b(k)", "w0": "w(k)"}),
                step(f"{name}-mass", "certificate",
                     f"{o}*(p(k)*a(k)*relu(b(k))) <= p(k)*(a(k)**2+w(k)**2+b(k)**2)", "mass", f"{name}-one",
                     terms=[["mass", f"{name}-one"]]),
                step(f"{name}-all", "monotone", f"Sum(k,1,K,{o}*(p(k)*a(k)*relu(b(k)))) <= moment", f"{name}-mass"),
                step(f"{name}", "certificate", f"{o}*f(0) <= moment", f"{name}-all", terms=[[f"{name}-all"]]),
            )
        ],
        step("size", "arithmetic", "Imp(2*u <= v, -2*u <= v, 2*abs(u) <= v)"),
        step("bound", "apply", f"{factor}*abs(f(0)) <= moment", "size", "plus", "minus",
             put={"u": "f(0)", "v": "moment"}),
        step("goal", "arithmetic", statement.goal, "schwarz", "bound"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_linear_bound(square: str = "e**2/2") -> Proof:
    """Derive (6.9): a network linear between the data has F >= e^2/2 + lambda |Y + e| with e = (e1 + e2)/2.

    Arguments:
        square: the first term of the bound.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.9)); it uses mf.eq-6.7 and mf.cs-f0.

    Example:
        >>> build_linear_bound().statement.goal
        'e**2/2+lam*abs(Y+e) <= F'
    """
    statement = Statement(
        goal=f"{square}+lam*abs(Y+e) <= F",
        hyps={**_LINEAR, **_MASSES, "lam": "0 <= lam"},
        declare=DECLARE, let={**NETWORK, "e": "((e1+e2)/2)"}, inhabited=ZERO, inhabited_steps=ZERO_STEPS,
    )  # fmt: skip
    steps = [
        *_middle(),
        step("moment", "apply", "2*abs(f(0)) <= moment", "claim:mf.cs-f0", "masses"),
        step("same", "arithmetic", "abs(f(0)) == abs(Y+e)", "middle"),
        step("penalty", "certificate", "lam*abs(f(0)) <= lam/2*moment", "lam", "moment",
             terms=[["c:1/2", "lam", "moment"]]),
        step("squares", "arithmetic", f"{square.replace('e', '((u+v)/2)')} <= (u**2+v**2)/4"),
        step("risk", "apply", f"{square} <= (e1**2+e2**2)/4", "squares", put={"u": "e1", "v": "e2"}),
        step("half", "identity", "F == (e1**2+e2**2)/4+lam/2*moment"),
        step("goal", "arithmetic", statement.goal, "risk", "half", "penalty", "same"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_minimum(top: str = "2") -> Proof:
    """Derive p. 35: for 0 <= lambda <= 2, min over e of e^2/2 + lambda |2 + e| is 2 lambda - lambda^2/2, at -lambda.

    Arguments:
        top: the largest penalty in the hypothesis; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 35).

    Example:
        >>> build_minimum().statement.hyps
        {'lam': '0 <= lam and lam <= 2'}
    """
    statement = Statement(
        goal="2*lam-lam**2/2 <= e**2/2+lam*abs(2+e) and 2*lam-lam**2/2 == (-lam)**2/2+lam*abs(2+(-lam))",
        hyps={"lam": f"0 <= lam and lam <= {top}"}, inhabited={"lam": "1"},
    )  # fmt: skip
    steps = [
        step("low", "arithmetic", "0 <= lam", "lam"),
        step("high", "arithmetic", "0 <= 2-lam", "lam"),
        step("above", "arithmetic", "0 <= abs(2+e)-(2+e)"),
        step("least", "certificate", "2*lam-lam**2/2 <= e**2/2+lam*abs(2+e)", "low", "above",
             terms=[["c:1/2", "sq:e+lam"], ["low", "above"]], prose="A square and a sign."),
        step("inside", "arithmetic", "abs(2+(-lam)) == 2-lam", "high"),
        step("value", "identity", "2*lam-lam**2/2 == (-lam)**2/2+lam*abs(2+(-lam))", "inside"),
        step("goal", "arithmetic", statement.goal, "least", "value"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_chain(limit: str = "1") -> Proof:
    """Derive the chain of (6.10): 2 lambda - lambda^2/2 >= 3 lambda/2 >= 2 lambda/5 for 0 <= lambda <= 1.

    Arguments:
        limit: the largest penalty in the hypothesis; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.10), corrected: lambda >= 1 is printed).

    Example:
        >>> build_chain().statement.hyps
        {'lam': '0 <= lam and lam <= 1'}
    """
    statement = Statement(
        goal="3*lam/2 <= 2*lam-lam**2/2 and 2*lam/5 <= 3*lam/2",
        hyps={"lam": f"0 <= lam and lam <= {limit}"}, inhabited={"lam": "1/2"},
    )  # fmt: skip
    steps = [
        step("low", "arithmetic", "0 <= lam", "lam"),
        step("high", "arithmetic", "0 <= 1-lam", "lam"),
        step("first", "certificate", "3*lam/2 <= 2*lam-lam**2/2", "low", "high", terms=[["c:1/2", "low", "high"]]),
        step("second", "certificate", "2*lam/5 <= 3*lam/2", "low", terms=[["c:11/10", "low"]]),
        step("goal", "arithmetic", statement.goal, "first", "second"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_not_linear(limit: str = "1") -> Proof:
    """Derive (6.6), (6.10): for 0 < lambda <= 1 every network linear between the data has F >= 3 lambda/2 > F(rho*).

    Arguments:
        limit: the largest penalty in the hypothesis; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.10), corrected: lambda <= 1, F(rho*) = 2 lambda/5); it uses
        mf.eq-6.9 and mf.6.9-min.

    Example:
        >>> build_not_linear().statement.goal
        '3*lam/2 <= F and 2*lam/5 < F'
    """
    statement = Statement(
        goal="3*lam/2 <= F and 2*lam/5 < F",
        hyps={**_LINEAR, **_MASSES, "lam": f"0 < lam and lam <= {limit}", "Y": "Y == 2"},
        declare=DECLARE, let={**NETWORK, "e": "((e1+e2)/2)"}, inhabited=ZERO, inhabited_steps=ZERO_STEPS,
    )  # fmt: skip
    steps = [
        step("positive", "arithmetic", "0 <= lam", "lam"),
        step("small", "arithmetic", "0 <= lam and lam <= 2", "lam"),
        step("bound", "apply", "e**2/2+lam*abs(Y+e) <= F", "claim:mf.eq-6.9", "linear", "X", "masses", "positive"),
        step("least", "apply", "2*lam-lam**2/2 <= e**2/2+lam*abs(2+e)", "claim:mf.6.9-min", "small", put={"e": "e"}),
        step("shift", "assume", "U == 2"),
        step("same-lemma", "arithmetic", "abs(U+v) == abs(2+v)", "shift"),
        step("same", "apply", "abs(Y+e) == abs(2+e)", "same-lemma", "Y", put={"U": "Y", "v": "e"}),
        step("enough", "arithmetic", "3*lam/2 <= 2*lam-lam**2/2", "lam"),
        step("goal", "arithmetic", statement.goal, "bound", "least", "same", "enough", "lam"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_low_temperature(cut: str = "8") -> Proof:
    """Derive (6.18): R/2 + (lambda/4) M >= lambda - lambda^2/8 >= 7 lambda/8 > 2 lambda/5 > lambda/5 on (6.2).

    It holds for every finite atomic measure whose network is linear between the data, and 0 < lambda <= 1: (6.9) with
    lambda/2 for lambda.  The paper ends with lambda/5; 2 lambda/5 is F(rho*), see mf.eq-6.4.corrected.

    Arguments:
        cut: the denominator of lambda^2; 8 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.18), with 2 lambda/5 added); it uses mf.eq-6.9 and
        mf.6.9-min.

    Example:
        >>> build_low_temperature().statement.goal[:43]
        'lam-lam**2/8 <= risk/2+lam/4*moment and 7*l'
    """
    tail = f"7*lam/8 <= lam-lam**2/{cut} and 2*lam/5 < 7*lam/8 and lam/5 < 2*lam/5"
    statement = Statement(
        goal=f"lam-lam**2/{cut} <= risk/2+lam/4*moment and {tail}",
        hyps={**_LINEAR, **_MASSES, "lam": "0 < lam and lam <= 1", "Y": "Y == 2"},
        declare=DECLARE, let={**NETWORK, "e": "((e1+e2)/2)"}, inhabited=ZERO, inhabited_steps=ZERO_STEPS,
    )  # fmt: skip
    steps = [
        step("half", "arithmetic", "0 <= lam/2", "lam"),
        step("small", "arithmetic", "0 <= lam/2 and lam/2 <= 2", "lam"),
        step("bound", "apply", "e**2/2+lam/2*abs(Y+e) <= risk/2+lam/2/2*moment", "claim:mf.eq-6.9", "linear", "X",
             "masses", "half", put={"lam": "lam/2"}, prose="(6.9) with half of the penalty."),
        step("least", "apply", "2*(lam/2)-(lam/2)**2/2 <= e**2/2+lam/2*abs(2+e)", "claim:mf.6.9-min", "small",
             put={"lam": "lam/2", "e": "e"}),
        step("shift", "assume", "U == 2"),
        step("same-lemma", "arithmetic", "abs(U+v) == abs(2+v)", "shift"),
        step("same", "apply", "abs(Y+e) == abs(2+e)", "same-lemma", "Y", put={"U": "Y", "v": "e"}),
        step("same-", "arithmetic", "abs(2+e) == abs(Y+e)", "same"),
        step("first", "identity", f"2*(lam/2)-(lam/2)**2/2 == lam-lam**2/{cut}"),
        step("chain", "arithmetic", "Imp(P == Q, P <= B+h*A, A == C, B+h*C <= D, Q <= D)"),
        step("linear-bound", "apply", f"lam-lam**2/{cut} <= risk/2+lam/2/2*moment", "chain", "first", "least",
             "same-", "bound",
             put={"P": "2*(lam/2)-(lam/2)**2/2", "Q": f"lam-lam**2/{cut}", "B": "e**2/2", "h": "lam/2",
                  "A": "abs(2+e)", "C": "abs(Y+e)", "D": "risk/2+lam/2/2*moment"}),
        step("low", "arithmetic", "0 < lam", "lam"),
        step("high", "arithmetic", "0 <= 1-lam", "lam"),
        step("second", "certificate", f"7*lam/8 <= lam-lam**2/{cut}", "low", "high", terms=[["c:1/8", "low", "high"]]),
        step("goal", "arithmetic", statement.goal, "linear-bound", "second", "low"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_tail(constant: str = "11/2") -> Proof:
    """Derive p. 37: |a w||x| + |a b| <= C (a^2 + b^2 + w^2) for |x| <= 10 with C = 11/2.

    Arguments:
        constant: the constant C.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.16)).

    Example:
        >>> build_tail().statement.hyps
        {'x': 'abs(x) <= 10'}
    """
    statement = Statement(
        goal=f"abs(a*w)*abs(x)+abs(a*b) <= {constant}*(a**2+b**2+w**2)", hyps={"x": "abs(x) <= 10"},
        inhabited={"x": "0"},
    )  # fmt: skip
    steps = [
        step("range", "sign", "0 <= 10-abs(x)", "x"),
        step("size", "sign", "0 <= abs(a*w)"),
        step("wider", "certificate", "abs(a*w)*abs(x) <= 10*abs(a*w)", "range", "size", terms=[["range", "size"]]),
        step("square-lemma", "arithmetic",
             "(10*abs(u)+abs(v))**2 <= 101*(u**2+v**2)"),
        step("square", "apply", "(10*abs(a*w)+abs(a*b))**2 <= 101*((a*w)**2+(a*b)**2)", "square-lemma",
             put={"u": "a*w", "v": "a*b"}),
        step("mean", "arithmetic", "Imp(0<=A, 0<=B, 101*(A*B) <= 101/4*(A+B)**2)"),
        step("A", "sign", "0 <= a**2"),
        step("B", "sign", "0 <= w**2+b**2"),
        step("half", "apply", "101*(a**2*(w**2+b**2)) <= 101/4*(a**2+(w**2+b**2))**2", "mean", "A", "B",
             put={"A": "a**2", "B": "w**2+b**2"}),
        step("root-lemma", "arithmetic", f"Imp(h**2 <= 101/4*n**2, 0 <= n, h <= {constant}*n)"),
        step("norm", "sign", "0 <= a**2+b**2+w**2"),
        step("combined", "arithmetic", "(10*abs(a*w)+abs(a*b))**2 <= 101/4*(a**2+b**2+w**2)**2", "square", "half"),
        step("root", "apply", f"10*abs(a*w)+abs(a*b) <= {constant}*(a**2+b**2+w**2)", "root-lemma", "combined", "norm",
             put={"h": "10*abs(a*w)+abs(a*b)", "n": "a**2+b**2+w**2"}),
        step("goal", "arithmetic", statement.goal, "wider", "root"),
    ]  # fmt: skip
    return Proof(statement, steps)
