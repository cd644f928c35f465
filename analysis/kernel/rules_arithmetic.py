"""Rules about numbers: identities, real arithmetic, signs, certificates of inequalities, and enclosures."""

from __future__ import annotations

from . import arith
from .evaluate import compare
from .normal import Normalizer
from .printing import show
from .sequents import Rejected, Step, premises, require
from .supply import supplied
from .terms import Term, mul, num, sub


def rewriting(step: Step) -> Normalizer:
    """Return normal forms that know the premises' signs, and equations that are not in `combine` as rewrites."""
    normal = Normalizer(step.facts())
    for label, f in step.by_label().items():
        if f[0] == "eq" and label not in step.params.get("combine", {}):
            normal.add_rewrite(f[1], f[2])
    return normal


def combined(step: Step, difference: Term) -> Term:
    """Return the difference less the written multiples of equations among the premises (parameter combine)."""
    known = step.by_label()
    for label, multiplier in step.params.get("combine", {}).items():
        equation = known[label]
        require(equation[0] == "eq", f"{label} is not an equation")
        factor = step.signature.parse_term(multiplier)
        difference = sub(difference, mul(factor, sub(equation[1], equation[2])))
    return difference


def identity(step: Step) -> frozenset[Term]:
    """l == r by exact arithmetic of quotients; premises give signs, replacements (rewrite) and multiples (combine)."""
    require(step.goal[0] == "eq", "an identity is an equation")
    normal = rewriting(step)
    n, _ = normal.frac(combined(step, sub(step.goal[1], step.goal[2])))
    if n != 0:
        unknown = ", ".join(show(c) for c in normal.undischarged[:3])
        raise Rejected(
            f"the two sides differ by {show(normal.term(n))[:300]}" + (f"; not known: {unknown}" if unknown else "")
        )
    step.conditions.extend(dict.fromkeys(normal.discharged))
    return step.hyps()


def arithmetic(step: Step) -> frozenset[Term]:
    """The goal follows from the premises in real arithmetic and propositional logic (oracle: z3)."""
    if supplied(step.goal, step.facts()):  # no oracle is needed where the premises show it
        return step.hyps()
    arith.entails(step.facts(), step.goal)
    step.oracles.add(arith.ORACLE)
    return step.hyps()


def sign(step: Step) -> frozenset[Term]:
    """What the premises state, or a comparison that their signs and the shape of the difference show; no oracle."""
    require(supplied(step.goal, step.facts()), "the sign is not evident")
    return step.hyps()


def certificate(step: Step) -> frozenset[Term]:
    """a <= b (or a < b) because b - a is written as a sum of products of squares and of premises known to be >= 0.

    `terms` lists products: each is a list of labels of premises (0 <= t, or l <= r meaning r - l) and of squared texts
    "sq: ..." and of factors "c: ..." whose sign is known.  For a strict goal one term must be a product of strict ones.
    `times` (optional) is a quantity known to be positive with which b - a is multiplied.  Equations among the premises
    whose left side is an atom or a power of one are used as replacements, those in `combine` with the written multiple.
    """
    require(step.goal[0] in ("le", "lt"), "a certificate proves a <= b or a < b")
    normal, known = rewriting(step), step.by_label()
    total: Term = num(0)
    strict = False
    for written in step.params["terms"]:
        factors: list[Term] = []
        positive = True
        for item in written:
            if item.startswith("sq:"):
                s = step.signature.parse_term(item[3:])
                factors.append(("pow", s, num(2)))
                positive &= normal.known_nonzero(normal.frac(s)[0])
            elif item.startswith("c:"):
                c = step.signature.parse_term(item[2:])
                n, d = normal.frac(c)
                require(normal.known_nonnegative(n * d), f"{item[2:]} is not known to be >= 0")
                factors.append(c)
                positive &= normal.known_positive(n * d)
            else:
                fact = known[item]
                require(fact[0] in ("le", "lt"), f"{item} is not an inequality")
                factors.append(sub(fact[2], fact[1]))
                positive &= fact[0] == "lt"
        strict |= positive
        total = ("add", total, mul(num(1), *factors))
    times = step.term("times") if "times" in step.params else num(1)
    n, d = normal.frac(times)
    require(normal.known_positive(n * d), "the multiplier is not known to be positive")
    difference = combined(step, mul(times, sub(step.goal[2], step.goal[1])))
    rest, _ = normal.frac(sub(difference, total))
    require(rest == 0, f"the certificate leaves {show(normal.term(rest))[:300]}")
    require(step.goal[0] == "le" or strict, "the certificate does not show that the inequality is strict")
    return step.hyps()


def enclosure(step: Step) -> frozenset[Term]:
    """A closed comparison between numbers, decided by rigorous balls."""
    premises(step, 0)
    answer = compare(*step.goal)
    require(answer is True, "the comparison is false" if answer is False else "the balls overlap: not decided")
    return frozenset()
