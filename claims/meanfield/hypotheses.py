"""Each hypothesis earns its place: what goes wrong with a main theorem when one of its hypotheses is weakened.

A mutant here is the theorem with one hypothesis replaced by a weaker one.  Its witness meets the weaker hypothesis and
all others and contradicts the theorem, and the derivation fails at the step that used what is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...analysis.meanfield import hypotheses as at
from ...analysis.meanfield.minimiser_knots import MINIMAL
from ...analysis.meanfield.optimality import ONE_POINT
from ..claim import Mutant

_CIRCLE = "v**2+z**2==1"
_TWICE_DUAL = f"All(v,All(z,Imp({_CIRCLE}, abs(Sum(i,1,M,r(i)*u(i,v,z))) <= 2*lam)))"
_TWICE = f"All(v,All(z,Imp({_CIRCLE}, abs(g(v,z)) <= 2*lam)))"
_OPPOSING = "All(k,Imp(1<=k,k<=K, c(k)*g(w(k),b(k)) <= 0))"
_ANYWHERE = "All(i,Imp(1<=i,i<=M, x(i)<=e or e<=x(i)))"


def _without(
    name: str, weaker: str, witness: Mapping[str, str], *steps: Sequence[Mapping[str, Any]], prose: str
) -> Mutant:
    """The mutant in which the hypothesis `name` is only the weaker one."""
    flat = tuple(line for part in steps for line in part)
    return Mutant(f"weak-{name}", "hypothesis", {}, witness, flat, prose, {name: weaker})


def _longer(name: str, w: str, b: str, count: str) -> str:
    return f"All(k,Imp(1<=k,k<={count}, 1<={w}(k)**2+{b}(k)**2))"


_UNIT = {"M": "1", "K": "1", "x(i)": "0", "lam": "1", "w(k)": "0", "b(k)": "1"}
_NONE = {"M": "1", "K": "0", "x(i)": "0", "y(i)": "2", "lam": "1"}
_RIVAL = {"L": "1", "p(k)": "0", "q(k)": "1", "d(k)": "1"}
_LOOSE = {**ONE_POINT, "c(k)": "3/2"}
_AFTER = {"lam": "0", "s": "0", "e": "1", "M": "1", "x(i)": "0", "r(i)": "0"}
_PEAKS = ("-4/3", "-3/4", "3/4", "4/3")
_FOUR = dict(zip(("t1", "t2", "t3", "t4"), _PEAKS, strict=True))
_THREE = dict(zip(("t1", "t2", "t3"), _PEAKS, strict=False))
_EARLY = {"t1": "1/5", "t2": "2/5", "t3": "3/5"}


def _side_mutants(places: Mapping[str, str], early: Mapping[str, str]) -> tuple[Mutant, ...]:
    """The hypotheses of the statements about contacts of both sides."""
    return (
        _without("lam", "0 <= lam", {**_AFTER, **early}, at.flat_at_zero("right"), at.flat_at_zero("left"),
                 prose="without a penalty every point is a contact"),
        _without("gap", _ANYWHERE, at.PEAKS.values(**places), at.PEAKS.under("right", "1"),
                 at.PEAKS.under("left", "-1"), prose="data between the ends make four contacts"),
        _without("right", "All(t,Imp(s<=t,t<=e, side(1,t)**2 <= 4*roof(t)))", at.ABOVE.values(**places),
                 at.ABOVE.under("right", "1", "4*"), at.ABOVE.under("left", "-1"), prose="P may be above the roof"),
        _without("left", "All(t,Imp(s<=t,t<=e, side(-1,t)**2 <= 4*roof(t)))", at.ABOVE_LEFT.values(**places),
                 at.ABOVE_LEFT.under("right", "1"), at.ABOVE_LEFT.under("left", "-1", "4*"),
                 prose="Q may be above the roof"),
    )  # fmt: skip


_LEVEL = {"beta": "1", "k": "4*pi", "fit": "0", "data": "0", "risk": "0", "lam": "1", "m2": "0"}
_BOX = {"m": "2", "z1": "1", "z2": "1", "k1": "1", "k2": "1", "p": "1", "q": "1"}
_COORDINATES = {"K2": "2", "z1": "1", "z2": "1"}
_SIZE = {"K1": "1", "beta": "0", "K2": "0"}
_ONE = {"beta": "1", "lam": "2", "M": "1", "x(i)": "0", "r(i)": "1", "s": "-1"}
_KINK = {
    "K": "2", "p(k)": "1/2", "a(k)": "1", "w(k)": "2/5*delta(k,1)-2/5*delta(k,2)", "b(k)": "0", "m": "1/5", "n": "0",
    "Y": "2", "lam": "1",
}  # fmt: skip
_NULL = {"K": "1", "a(k)": "0", "w(k)": "0", "b(k)": "0", "m": "0", "n": "0", "X": "10", "Y": "2", "lam": "1"}
_NEURON = {
    "M": "1", "K": "1", "x(i)": "0", "y(i)": "1", "lam": "1", "w(k)": "0", "b(k)": "1", "R(k)": "1", "a(k)": "1",
    "p(k)": "1",
}  # fmt: skip
_CLOSING = {"no-unit-helps": 4, "no-weight-helps": 3}  # closing brackets after the right side of J <= ...
_KINKS = {"s": "0", "e": "1", "k1": "1", "k2": "2", "k3": "3", "k4": "4"}
_NO_UNIT, _NO_WEIGHT = (f"{MINIMAL[name][:-end]}+100{MINIMAL[name][-end:]}" for name, end in _CLOSING.items())


#: By claim: its mutants with a weaker hypothesis.
WEAKER: dict[str, tuple[Mutant, ...]] = {
    "mf.weak-duality": (
        _without("feasible", _TWICE_DUAL, {**_UNIT, "y(i)": "-3", "r(i)": "2", "c(k)": "-2"},
                 at.feasible("abs(2*relu(z)) <= 2*1"), prose="a dual point up to twice too large"),
        _without("directions", _longer("directions", "w", "b", "K"),
                 {**_UNIT, "b(k)": "2", "y(i)": "-3", "r(i)": "1", "c(k)": "-3/2"},
                 at.feasible("abs(relu(z)) <= 1"), prose="units longer than 1 are cheaper"),
    ),
    "mf.optimality-bound": (
        _without("minimal", f"All(v,All(z,Imp({_CIRCLE}, All(eps, Imp(0<=eps, J <= "
                 "Sum(i,1,M,(f(i)+eps*u(i,v,z)-y(i))**2)/(2*M)+lam*(cost+abs(eps)))))))",
                 {"M": "1", "K": "0", "x(i)": "0", "y(i)": "-2", "lam": "1", "v": "0", "z": "1"},
                 at.for_all("minimal", "2 <= (eps*relu(z)+2)**2/2+abs(eps)",
                            [("v", ""), ("z", _CIRCLE), ("eps", "0<=eps")]),
                 prose="only units of positive weight are tried"),
    ),
    "mf.optimality-contact": (
        _without("minimal", "All(l,Imp(1<=l,l<=K, All(eps, Imp(0<=eps, J <= "
                 "Sum(i,1,M,(Sum(k,1,K,(c(k)+eps*delta(k,l))*u(i,w(k),b(k)))-y(i))**2)/(2*M)"
                 "+lam*(Sum(k,1,K,abs(c(k)+eps*delta(k,l))))))))",
                 {**_LOOSE, "l": "1"},
                 at.for_all("minimal", "13/8 <= (3/2+eps*delta(1,l)-2)**2/2+abs(3/2+eps*delta(1,l))",
                            [("l", "1<=l,l<=1"), ("eps", "0<=eps")]),
                 prose="weights are only raised"),
    ),
    "mf.optimality-support": (
        _without("feasible", _TWICE_DUAL, {**ONE_POINT, "r(i)": "-2", "l": "1"},
                 at.feasible("abs(-2*relu(z)) <= 2*1"), prose="a dual point up to twice too large"),
        _without("directions", _longer("directions", "w", "b", "K"),
                 {**ONE_POINT, "b(k)": "2", "c(k)": "1/2", "r(i)": "-1", "l": "1"},
                 at.feasible("abs(-relu(z)) <= 1"), prose="units longer than 1"),
        _without("tight", "J <= -M*Sum(i,1,M,r(i)**2)/2-Sum(i,1,M,r(i)*y(i))+1",
                 {**_UNIT, "y(i)": "1", "c(k)": "1/2", "r(i)": "0", "l": "1"},
                 at.feasible("abs(0) <= 1"), prose="a duality gap of up to 1"),
    ),
    "mf.optimality-sufficient": (
        _without("feasible", _TWICE, {**_NONE, **_RIVAL}, at.feasible("abs(-2*relu(z)) <= 2*1"),
                 prose="a correlation up to twice the penalty"),
        _without("contacts", _OPPOSING, {**_LOOSE, **_RIVAL}, at.feasible("abs(-1/2*relu(z)) <= 1"),
                 prose="g opposes the weight, with any value"),
        _without("rivals", _longer("rivals", "p", "q", "L"), {**ONE_POINT, **_RIVAL, "q(k)": "2", "d(k)": "1/2"},
                 at.feasible("abs(-relu(z)) <= 1"), prose="the rival may use longer units"),
    ),
    "mf.fitted-values-unique": (
        _without("feasible", _TWICE, {**_NONE, **_RIVAL, "j": "1"}, at.feasible("abs(-2*relu(z)) <= 2*1"),
                 prose="a correlation up to twice the penalty"),
        _without("contacts", _OPPOSING, {**_LOOSE, **_RIVAL, "j": "1"}, at.feasible("abs(-1/2*relu(z)) <= 1"),
                 prose="g opposes the weight, with any value"),
        _without("rivals", _longer("rivals", "p", "q", "L"),
                 {**ONE_POINT, **_RIVAL, "q(k)": "2", "d(k)": "3/4", "j": "1"},
                 at.feasible("abs(-relu(z)) <= 1"), prose="the rival may use longer units"),
    ),
    "mf.side-linear": (
        _without("gap", _ANYWHERE, {"s": "0", "e": "1", "M": "1", "x(i)": "1/2", "r(i)": "1", "o": "1", "t": "1/2"},
                 prose="a datum between the ends"),
    ),
    "mf.knots-two-contacts": (
        _without("lam", "0 <= lam", {**_AFTER, "o": "1", "p": "1/4", "q": "1/2"}, at.flat_at_zero("under"),
                 prose="without a penalty every point is a contact"),
        _without("gap", _ANYWHERE, at.PEAKS.values(o="1", p="-3/4", q="3/4"), at.PEAKS.under("under", "1"),
                 prose="data between the ends"),
        _without("under", "All(t,Imp(s<=t,t<=e, side(o,t)**2 <= 4*roof(t)))",
                 at.ABOVE.values(o="1", p="-3/4", q="3/4"), at.ABOVE.under("under", "1", "4*"),
                 prose="the side may be above the roof"),
    ),
    "mf.knots-at-most-three": _side_mutants(_FOUR, {**_EARLY, "t4": "4/5"}),
    "mf.knots-three": _side_mutants(_THREE, _EARLY),
    "mf.three-knots-length": (
        _without("gap", _ANYWHERE, at.SHORT_PEAK.values(q="0"), at.SHORT_PEAK.under("left", "-1"),
                 prose="data between the ends"),
        _without("left", "All(t,Imp(s<=t,t<=e, side(-1,t)**2 <= 4*roof(t)))", at.SHORT_ABOVE.values(q="0"),
                 at.SHORT_ABOVE.under("left", "-1", "4*"), prose="Q may be above the roof"),
        _without("constant", "abs(Sum(i,1,M,r(i))) <= 3*lam", at.SHORT_STEEP.values(q="0"),
                 at.SHORT_STEEP.under("left", "-1"), prose="the constant unit may be three times too large"),
        _without("inside", "s <= q and q < e", at.SHORT_ENDS.values(q="-5/12"), at.SHORT_ENDS.under("left", "-1"),
                 prose="the third contact may be an end"),
        _without("ends", "side(1,s)**2==roof(s) and side(1,e)**2==roof(e)", at.SHORT_EVEN.values(q="0"),
                 at.SHORT_EVEN.under("left", "-1"), prose="the ends may have one sign"),
        _without("contact", "side(-1,q)**2<=roof(q)", at.SHORT_APART.values(q="0"),
                 at.SHORT_APART.under("left", "-1"), prose="no third contact"),
    ),
    "mf.minimiser-knots": (
        _without("lam", "0 <= lam", at.FREE.values(**_KINKS), at.FREE.no_unit_helps(), at.FREE.no_weight_helps(),
                 prose="without a penalty every network that meets the data is a minimiser"),
        _without("directions", _longer("directions", "w", "b", "K"), at.LONG.values(**_KINKS),
                 at.LONG.no_unit_helps(), at.LONG.no_weight_helps(), prose="units longer than 1"),
        _without("no-unit-helps", _NO_UNIT, at.STUCK.values(**{**_KINKS, "s": "-4/3", "e": "4/3"}),
                 at.STUCK.no_unit_helps("+100"), at.STUCK.no_weight_helps(), prose="a new unit may lower J by 100"),
        _without("no-weight-helps", _NO_WEIGHT, at.BENDS.values(**_KINKS), at.BENDS.no_unit_helps(),
                 at.BENDS.no_weight_helps("+100"), prose="a change of weights may lower J by 100"),
    ),
    "mf.lemma-5.2.corrected": (
        _without("beta", "0 <= beta", {**_LEVEL, "beta": "0", "F": "0", "logZ": "1"}, prose="infinite temperature"),
        _without("fit", "-1 <= fit", {**_LEVEL, "fit": "-1", "F": "0", "logZ": "1"}, prose="a negative sum of squares"),
        _without("moment", "-1 <= risk/2+lam/4*m2", {**_LEVEL, "risk": "-2", "F": "-1", "logZ": "1"},
                 prose="a negative risk"),
        _without("gibbs", "-logZ/beta-fit+data <= F", {**_LEVEL, "F": "0", "logZ": "1"},
                 prose="a law other than the Gibbs law, whose free energy is larger"),
        _without("bound", "risk/2+lam/4*m2-3/2*log(4*pi/k)/beta-1 <= F", {**_LEVEL, "F": "-1", "logZ": "1"},
                 prose="a bound on the entropy that is worse by 1"),
    ),
    "mf.lemma-5.3-norm": (
        _without("cluster", "0 <= c**2", {"x": "1", "c": "1/10"}, prose="off the cluster set"),
    ),
    "mf.lemma-5.3-c1.corrected": (
        _without("cluster", "x**2-c**2 <= 0", {"x": "0", "c": "1/2"}, prose="off the cluster set"),
    ),
    "mf.lemma-5.3-box": (
        _without("z1", "0 < z1 and z1 <= m", {**_BOX, "z1": "2"}, prose="a longer box"),
        _without("z2", "0 < z2 and z2 <= m", {**_BOX, "z2": "2"}, prose="a longer box"),
        _without("k1", "0 < k1 and k1 <= 2", {**_BOX, "k1": "2"}, prose="a first eigenvector shorter than 1"),
        _without("k2", "0 < k2 and k2 <= 2", {**_BOX, "k2": "2"}, prose="a second eigenvector shorter than 1"),
        _without("p", "abs(p) <= 2", {**_BOX, "p": "2"}, prose="a coordinate beyond a unit vector"),
        _without("q", "abs(q) <= 2", {**_BOX, "q": "2"}, prose="a coordinate beyond a unit vector"),
    ),
    "mf.lemma-5.3-w.corrected": (
        _without("n2", "1 <= n2", {**_COORDINATES, "n1": "2", "n2": "3"}, prose="a longer eigenvector"),
        _without("z1", "-1 <= z1", {**_COORDINATES, "n1": "1", "n2": "2", "z1": "-1"}, prose="a negative coordinate"),
        _without("z2", "-1 <= z2", {**_COORDINATES, "n1": "2", "n2": "1", "z2": "-1"}, prose="a negative coordinate"),
    ),
    "mf.eq-5.16": (
        _without("k", "0 <= k", {"m": "1", "k": "0"}, prose="a flat density"),
    ),
    "mf.thm-1-measure": (
        _without("K1", "-1 <= K1", {**_SIZE, "K1": "-1", "m": "2", "size": "-1/4"}, prose="a negative constant"),
        _without("m", "0 < m", {**_SIZE, "m": "1/2", "size": "4"}, prose="a truncation below exp(beta K_2)"),
        _without("size", "size <= 2*K1*exp(beta*K2)/m**2", {**_SIZE, "m": "3/2", "size": "8/9"},
                 prose="twice the bound of Lemma 5.3"),
    ),
    "mf.curvature-bound": (
        _without("beta", "beta != 0", {**_ONE, "beta": "-1"}, prose="a negative temperature"),
        _without("lam", "lam != 0", {**_ONE, "lam": "-2"}, prose="a negative penalty"),
    ),
    "mf.eq-6.6": (
        _without("linear", "All(q,Imp(0<=q,q<=X, f(q)==m*q+n))", {**_KINK, "X": "10"},
                 at.for_all("linear", "1/2*relu(2/5*q)+1/2*relu(-2/5*q) == 1/5*q", [("q", "0<=q,q<=10")]),
                 prose="linear from 0 to the right datum only, like f*"),
        _without("X", "X != 0", {**_KINK, "X": "-10"},
                 at.for_all("linear", "1/2*relu(2/5*q)+1/2*relu(-2/5*q) == 1/5*q", [("q", "-(-10)<=q,q<=-10")]),
                 prose="data in the other order, with no point between"),
        _without("masses", "All(k,Imp(1<=k,k<=K, -1<=p(k)))", {**_NULL, "p(k)": "-1", "a(k)": "2"},
                 at.for_all("linear", "0 == 0", [("q", "-10<=q,q<=10")]), prose="negative masses"),
        _without("lam", "0 <= lam and lam <= 1", {**_NULL, "p(k)": "1", "a(k)": "2", "b(k)": "1", "n": "2", "lam": "0"},
                 at.for_all("linear", "2 == 2", [("q", "-10<=q,q<=10")]),
                 prose="no penalty: the constant network is free"),
        _without("Y", "0 < Y", {**_NULL, "p(k)": "1", "a(k)": "1/2", "b(k)": "1/2", "n": "1/4", "Y": "1/4"},
                 at.for_all("linear", "1/4 == 1/4", [("q", "-10<=q,q<=10")]), prose="lower data"),
    ),
    "mf.eq-A.2.corrected": (
        _without("masses", "All(k,Imp(1<=k,k<=K, -1<=p(k)))",
                 {"M": "1", "x(i)": "0", "y(i)": "0", "K": "1", "lam": "1", "p(k)": "-1", "a(k)": "1", "w(k)": "0",
                  "b(k)": "0"}, prose="negative masses"),
        _without("lam", "-1 <= lam",
                 {"M": "1", "x(i)": "0", "y(i)": "0", "K": "1", "lam": "-1", "p(k)": "1", "a(k)": "1", "w(k)": "0",
                  "b(k)": "0"}, prose="a negative penalty"),
    ),
    "mf.balance": (
        _without("directions", "All(k,Imp(1<=k,k<=K, 0<=w(k)**2+b(k)**2))", {**_NEURON, "b(k)": "1/2"},
                 prose="directions shorter than 1"),
        _without("radii", "All(k,Imp(1<=k,k<=K, -1<=R(k)))", {**_NEURON, "y(i)": "0", "R(k)": "-1"},
                 prose="a negative length turns the unit off"),
        _without("masses", "All(k,Imp(1<=k,k<=K, -1<=p(k)))", {**_NEURON, "p(k)": "-1"}, prose="negative masses"),
        _without("lam", "-1 <= lam", {**_NEURON, "a(k)": "2", "lam": "-1"}, prose="a negative penalty"),
    ),
}  # fmt: skip
