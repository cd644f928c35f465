"""Where the noiseless theorems end: dual points and networks at which one hypothesis fails and the theorem with it.

Each is exact.  A dual point is a table of data and residuals on an interval from s to e; what its sides do there is
written beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..proof import step
from .three_attained import table

_CIRCLE = "v**2+z**2==1"
Line = dict[str, object]


@dataclass(frozen=True)
class DualPoint:
    """Data x, residuals r of the dual point and the interval from s to e, all as exact texts; lambda = 1."""

    x: Sequence[str]
    r: Sequence[str]
    s: str
    e: str

    def values(self, **more: str) -> dict[str, str]:
        """Return the values of the statement's variables, with more of them.

        Example:
            >>> PEAKS.values(t1="0")["M"]
            '7'
        """
        tables = {"x(i)": table("i", self.x), "r(i)": table("i", self.r)}
        return {"lam": "1", "s": self.s, "e": self.e, "M": str(len(self.x)), **tables, **more}

    def under(self, hypothesis: str, o: str, factor: str = "") -> list[Line]:
        """Return steps that prove that a side is under a multiple of the roof on the interval.

        Arguments:
            hypothesis: the name of the hypothesis that they prove.
            o: 1 for units facing right, -1 for left.
            factor: what stands before the roof, such as "4*".

        Returns:
            The steps.

        Example:
            >>> PEAKS.under("right", "1")[-1]["for"]
            'right'
        """
        side = "+".join(f"({r})*relu({o}*(({x})-t))" for x, r in zip(self.x, self.r, strict=True))
        body = f"({side})**2 <= {factor}(1+t**2)"
        within = f"{self.s}<=t,t<={self.e}"
        return [
            {"for": hypothesis, **line}
            for line in (
                step("after", "assume", f"{self.s}<=t"),
                step("before", "assume", f"t<={self.e}"),
                step("body", "arithmetic", body, "after", "before"),
                step("given", "discharge", f"Imp({within}, {body})", "body"),
                step("all", "generalize", f"All(t,Imp({within}, {body}))", "given"),
            )
        ]


#: Data between the ends: both sides are the same and touch the roof at -4/3, -3/4, 3/4 and 4/3.
PEAKS = DualPoint(("-4", "-3", "-1", "0", "1", "3", "4"), ("3", "-19/5", "1/5", "6/5", "1/5", "-19/5", "3"), "-2", "2")
#: P = 5/4 on the interval, above the roof between its contacts at -3/4 and 3/4; Q = 5t/4, with contacts at the ends.
ABOVE = DualPoint(("-3", "-2", "2", "3"), ("-5/2", "15/4", "-5/4", "5/4"), "-4/3", "4/3")
#: The same from right to left: Q = 5/4 and P = -5t/4.
ABOVE_LEFT = DualPoint(("-3", "-2", "2", "3"), ("5/4", "-5/4", "15/4", "-5/2"), "-4/3", "4/3")
#: A short interval: P falls from the roof to its opposite.  Data between: P = Q, with a contact at 0.
SHORT_PEAK = DualPoint(
    ("-2", "-1", "-1/5", "0", "1", "2"), ("17/13", "-22/13", "5/13", "-5", "9", "-4"), "-5/12", "5/12"
)
#: P = -13t/5 and Q = 1 - 13t/5, above the roof left of its contact at 0.
SHORT_ABOVE = DualPoint(("-2", "-1", "1", "2"), ("18/5", "-31/5", "26/5", "-13/5"), "-5/12", "5/12")
#: P = -13t/5 and Q = 1: the sum of the residuals is 13/5.
SHORT_STEEP = DualPoint(("-2", "-1", "1", "2"), ("1", "-1", "26/5", "-13/5"), "-5/12", "5/12")
#: P = Q = -13t/5: the contacts of Q are the ends too.
SHORT_ENDS = DualPoint(("-2", "-1", "1", "2"), ("13/5", "-26/5", "26/5", "-13/5"), "-5/12", "5/12")
#: P = 13/12, of one sign at both ends, and Q = 1 with a contact at 0.
SHORT_EVEN = DualPoint(("-2", "-1", "1", "2"), ("1", "-1", "-13/12", "13/12"), "-5/12", "5/12")
#: P = -13t/5 and Q = -8t/5, without a contact.
SHORT_APART = DualPoint(("-2", "-1", "1", "2"), ("8/5", "-16/5", "26/5", "-13/5"), "-5/12", "5/12")


def flat_at_zero(hypothesis: str) -> list[Line]:
    """Return steps that prove, without penalty and with residuals 0, that a side is under the roof: both are 0.

    Arguments:
        hypothesis: the name of the hypothesis that they prove.

    Returns:
        The steps.

    Example:
        >>> flat_at_zero("right")[0]["goal"]
        '0 <= 0'
    """
    return [
        {"for": hypothesis, **line}
        for line in (
            step("body", "arithmetic", "0 <= 0"),
            step("given", "discharge", "Imp(0<=t,t<=1, 0 <= 0)", "body"),
            step("all", "generalize", "All(t,Imp(0<=t,t<=1, 0 <= 0))", "given"),
        )
    ]


def feasible(body: str) -> list[Line]:
    """Return steps that prove the hypothesis "feasible" at a witness.

    Arguments:
        body: the bound at the witness, in v and z.

    Returns:
        The steps.

    Example:
        >>> feasible("abs(0) <= 1")[0]["for"]
        'feasible'
    """
    return [
        {"for": "feasible", **line}
        for line in (
            step("direction", "assume", _CIRCLE),
            step("body", "arithmetic", body, "direction"),
            step("given", "discharge", f"Imp({_CIRCLE}, {body})", "body"),
            step("all", "generalize", f"All(v,All(z,Imp({_CIRCLE}, {body})))", "given"),
        )
    ]


def for_all(hypothesis: str, body: str, binders: Sequence[tuple[str, str]], steps: Sequence[Line] = ()) -> list[Line]:
    """Return steps that prove a proposition under quantifiers and premises, from the inside out.

    Arguments:
        hypothesis: the name of the hypothesis that they prove.
        body: the innermost proposition, decided by arithmetic from the premises.
        binders: pairs of a variable and a premise about it, the outermost first; an empty premise for none.
        steps: what proves the body, with the id "body", where arithmetic alone does not.

    Returns:
        The steps.

    Example:
        >>> for_all("h", "0 <= abs(q)", [("q", "0<=q")])[-1]["goal"]
        'All(q,Imp(0<=q, 0 <= abs(q)))'
    """
    premises = [(n, p) for n, (_, premise) in enumerate(binders) for p in premise.split(",") if p]
    lines = [step(f"p{k}", "assume", p) for k, (_, p) in enumerate(premises)]
    lines += steps or [step("body", "arithmetic", body, *[f"p{k}" for k in range(len(premises))])]
    last, told = "body", body
    for n, (variable, premise) in reversed(list(enumerate(binders))):
        if premise:
            told = f"Imp({premise}, {told})"
            lines.append(step(f"given{n}", "discharge", told, last))
            last = f"given{n}"
        told = f"All({variable},{told})"
        lines.append(step(f"all{n}", "generalize", told, last))
        last = f"all{n}"
    return [{"for": hypothesis, **line} for line in lines]


@dataclass(frozen=True)
class Network:
    """Data (x, y) and a network of units (w, b) with weights c, as exact texts, with the penalty lambda."""

    x: Sequence[str]
    y: Sequence[str]
    units: Sequence[tuple[str, str]]
    c: Sequence[str]
    lam: str = "1"

    def _features(self, x: str) -> list[Fraction]:
        return [max(Fraction(0), Fraction(w) * Fraction(x) + Fraction(b)) for w, b in self.units]

    def _misfit(self) -> list[Fraction]:
        """f(x_i) - y_i."""
        return [
            sum((Fraction(c) * u for c, u in zip(self.c, self._features(x), strict=True)), -Fraction(y))
            for x, y in zip(self.x, self.y, strict=True)
        ]

    def _cost(self) -> Fraction:
        return sum((abs(Fraction(c)) for c in self.c), Fraction(0))

    def _least(self) -> Fraction:
        """The objective J."""
        misfit = sum((m * m for m in self._misfit()), Fraction(0))
        return misfit / (2 * len(self.x)) + Fraction(self.lam) * self._cost()

    def values(self, **more: str) -> dict[str, str]:
        """Return the values of the statement's variables, with more of them.

        Example:
            >>> BENDS.values(lam="0")["K"]
            '4'
        """
        return {
            "lam": self.lam, "M": str(len(self.x)), "K": str(len(self.c)), "x(i)": table("i", self.x),
            "y(i)": table("i", self.y), "c(k)": table("k", self.c), "w(k)": table("k", [w for w, _ in self.units]),
            "b(k)": table("k", [b for _, b in self.units]), **more,
        }  # fmt: skip

    def no_unit_helps(self, slack: str = "") -> list[Line]:
        """Return steps that prove that no added unit lowers the objective by more than the slack.

        Arguments:
            slack: what is added to the right side, such as "+100"; nothing in a minimiser.

        Returns:
            The steps for the hypothesis "no-unit-helps".

        Example:
            >>> BENDS.no_unit_helps()[-1]["for"]
            'no-unit-helps'
        """
        features = [f"relu(v*({x})+z)" for x in self.x]
        misfit = self._misfit()
        squares = "+".join(f"({m}+eps*{u})**2" for m, u in zip(misfit, features, strict=True))
        moved = f"({squares})/{2 * len(self.x)}+({self.lam})*({self._cost()}+abs(eps)){slack}"
        body = f"{self._least()} <= {moved}"
        binders = [("v", ""), ("z", _CIRCLE), ("eps", "")]
        if not slack:
            return for_all("no-unit-helps", body, binders)
        real = {"S": squares, "A": "abs(eps)"}
        lemma = f"Imp(0<=S, 0<=A, {self._least()} <= S/{2 * len(self.x)}+({self.lam})*({self._cost()}+A){slack})"
        return for_all("no-unit-helps", body, binders, [
            step("squares", "sign", f"0 <= {squares}"),
            step("weight", "sign", "0 <= abs(eps)"),
            step("lemma", "arithmetic", lemma),
            step("body", "apply", body, "lemma", "squares", "weight", put=real),
        ])  # fmt: skip

    def no_weight_helps(self, slack: str = "") -> list[Line]:
        """Return steps that prove that no change of one weight lowers the objective by more than the slack.

        Arguments:
            slack: what is added to the right side, such as "+100"; nothing in a minimiser.

        Returns:
            The steps for the hypothesis "no-weight-helps".

        Example:
            >>> BENDS.no_weight_helps()[-1]["for"]
            'no-weight-helps'
        """
        weights = [f"({c}+eps*delta({k},l))" for k, c in enumerate(self.c, 1)]
        fitted = [
            "+".join(f"{c}*({u})" for c, u in zip(weights, self._features(x), strict=True)) for x in self.x
        ]  # fmt: skip
        squares = "+".join(f"({f}-({y}))**2" for f, y in zip(fitted, self.y, strict=True))
        cost = "+".join(f"abs({c})" for c in weights)
        moved = f"({squares})/{2 * len(self.x)}+({self.lam})*({cost}){slack}"
        binders = [("l", f"1<=l,l<={len(self.c)}"), ("eps", "")]
        return for_all("no-weight-helps", f"{self._least()} <= {moved}", binders)


_BENT = (("24/25", "-7/25"), ("12/13", "-5/13"), ("15/17", "-8/17"), ("4/5", "-3/5"))
#: Two data points, met exactly, and four units with kinks between them.
BENDS = Network(("0", "1"), ("0", "4"), _BENT, ("25/17", "13/7", "17/7", "5"))
#: The same without a penalty.
FREE = Network(("0", "1"), ("0", "4"), _BENT, ("25/17", "13/7", "17/7", "5"), "0")
#: Two data points, and four units longer than 1, each with the value 2 at the second.
LONG = Network(("0", "1"), ("0", "5"), (("5/2", "-1/2"), ("3", "-1"), ("4", "-2"), ("8", "-6")), ("1/2",) * 4)
#: The residuals of ABOVE, and units at its four contacts: no change of these helps, a new one does.
STUCK = Network(
    ABOVE.x, ("22/3", "-53/3", "1", "-11"), (("-3/5", "-4/5"), ("4/5", "3/5"), ("4/5", "-3/5"), ("-3/5", "4/5")),
    ("5/3", "-5/4", "-5/4", "-5/3"),
)  # fmt: skip
#: The residuals of PEAKS, and units facing right at its four contacts: a minimiser, with data between its kinks.
BROKEN = Network(
    PEAKS.x, ("-21", "133/5", "-26/15", "-629/60", "-86/15", "73/5", "-37"),
    (("3/5", "4/5"), ("4/5", "3/5"), ("4/5", "-3/5"), ("3/5", "-4/5")), ("-5/3", "-5/4", "-5/4", "-5/3"),
)  # fmt: skip
