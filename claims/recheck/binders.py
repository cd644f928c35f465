"""Steps under a sum, series, integral or expectation, read anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, product

from ...analysis.kernel.terms import MINUS_OO, OO, Term, free_vars, num, split, sub, substitute, subterms, symbols
from .shapes import named, polynomial, shape
from .steps import Known, Question, Reading, Step, arbitrary, demand, natural, same, whole, without

_MAX_INSTANCES = 400


# --- the same binder on both sides


def congruence(step: Step) -> Reading:
    """Two sums, series, integrals or expectations are equal because what stands under them is."""
    demand(step.goal[0] == "eq" and bool(step.premises) and step.premises[0].states[0] == "eq", "an equation is needed")
    _, left, right = step.goal
    if left[0] == "E" and right[0] == "E":
        demand(left[1] == right[1], "the expectations are over different symbols")
        premise = step.premises[0]
        _no_outcome(premise, left[1])
        return Reading(step.rests(), (_bodies(premise, left[2], right[2]),))
    return _carried(step, left, right)


def monotone(step: Step) -> Reading:
    """An inequality of sums, series or integrals that holds under them; also 0 <= E(X) for X >= 0."""
    demand(step.goal[0] == "le" and bool(step.premises) and step.premises[0].states[0] == "le", "a <= b is needed")
    _, left, right = step.goal
    if left == num(0) and right[0] == "E":
        premise = step.premises[0]
        _no_outcome(premise, right[1])
        return Reading(step.rests(), (_bodies(premise, num(0), right[2]),))
    if left == num(0):
        left = (*right[:-1], num(0))
    if right == num(0):
        right = (*left[:-1], num(0))
    reading = _carried(step, left, right, ordered=True)
    facts = tuple(p.states for p in step.premises[1:])
    sides = [t for t in (left, right) if t[0] in ("series", "int") and t[-1] != num(0)]
    met = [Question(f"converges-{k}", facts, converges(t)) for k, t in enumerate(sides)]
    return Reading(reading.rests, (*reading.questions, *met))


def _bodies(premise: Known, left: Term, right: Term) -> Question:
    return same("bodies", (premise.states[1], left), (premise.states[2], right))


def _no_outcome(premise: Known, names: Iterable[str]) -> None:
    spoken = any(_at_one_outcome(h, frozenset(names)) for h in premise.rests)
    demand(not spoken, "an assumption speaks of one outcome only")


def _at_one_outcome(t: Term, names: frozenset[str]) -> bool:
    """Return whether one of the random symbols occurs outside of the expectations over it."""
    if t[0] in ("E", "L2"):
        names -= set(t[1])
    outside, inside = split(t)
    return (t[0] == "fn" and t[1] in names) or any(_at_one_outcome(s, names) for s in (*outside, *inside))


def _unbounded(t: Term) -> bool:
    return OO in t[2:4] or MINUS_OO in t[2:4]


def _carried(step: Step, left: Term, right: Term, ordered: bool = False) -> Reading:
    """A relation that the first premise states for the bound variable's range, carried under the binder.

    The ends of an integral have to be in order where `ordered` says so, or where the premise rests on the range.
    """
    premise, *others = step.premises
    demand(left[0] == right[0] and left[0] in ("sum", "series", "int"), "the sides are not under the same binder")
    v, ends, other_ends = left[1], left[2:-1], right[2:-1]
    arbitrary(v, [right])
    body = substitute(right[-1], {right[1]: v})
    for a, b in zip(ends, other_ends, strict=True):
        demand(a == b or not {a, b} & {OO, MINUS_OO}, "the ranges differ")
    ranges = [(a, b) for a, b in zip(ends, other_ends, strict=True) if a not in (OO, MINUS_OO)]
    given = _range(v, left)
    hyps = without(premise.rests, given)
    arbitrary(v, hyps)
    questions = [_bodies(premise, left[-1], body), same("range", *ranges)]
    if left[0] == "int" and (ordered or hyps != premise.rests) and not _unbounded(left):
        questions.append(Question("order", tuple(p.states for p in others), ("le", left[2], left[3])))
    return Reading(hyps.union(*(p.rests for p in others)), tuple(questions))


def _range(v: Term, t: Term) -> list[Term]:
    """Return what holds of the variable of a sum, series or integral (of an integral, but for its ends)."""
    relations = ("le", "lt") if t[0] == "int" else ("le",)
    lower = [] if t[2] == MINUS_OO else [(r, t[2], v) for r in relations]
    upper = [] if t[0] == "series" or t[3] == OO else [(r, v, t[3]) for r in relations]
    return [*lower, *upper]


def converges(t: Term) -> Term:
    """Return that a series or an integral converges absolutely, as an integral of something continuous does."""
    if t[0] == "series":
        return ("Summable", *t[1:])
    stated: Term = ("Integrable", *t[1:])
    return stated if _unbounded(t) else ("or", stated, ("and", ("le", t[2], t[3]), ("Cont", *t[1:])))


# --- finite sums


def sums(step: Step) -> Reading:
    """A term of a sum or series split off, an empty sum, or a sum with a delta."""
    demand(step.goal[0] == "eq", "an equation is needed")
    kind, facts, t = str(step.raw.get("kind")), step.facts(), step.goal[1]
    demand(t[0] == ("series" if kind == "series-first" else "sum"), "the left side is no such sum")
    v, lo, body = t[1], t[2], t[-1]
    demand(whole(lo) and (t[0] == "series" or whole(t[3])), "the ends are not known to be integers")
    conditions: list[Term] = []
    extra: list[Question] = []
    if kind == "series-first":
        expected: Term = ("add", substitute(body, {v: lo}), ("series", v, ("add", lo, num(1)), body))
        conditions = [("Summable", *t[1:])]
    elif kind == "last":
        expected = ("add", ("sum", v, lo, sub(t[3], num(1)), body), substitute(body, {v: t[3]}))
        conditions = [("le", lo, t[3])]
    elif kind == "first":
        expected = ("add", substitute(body, {v: lo}), ("sum", v, ("add", lo, num(1)), t[3], body))
        conditions = [("le", lo, t[3])]
    elif kind == "empty":
        expected, conditions = num(0), [("lt", t[3], lo)]
    else:
        demand(kind == "delta", f"the kind {kind} is not known")
        j, rest = step.term("index"), step.term("rest")
        demand(whole(j) and v not in free_vars(j), "the index is no integer of its own")
        expected, conditions = substitute(rest, {v: j}), [("le", lo, j), ("le", j, t[3])]
        extra = [same("summand", (body, ("mul", ("fn", "delta", v, j), rest)))]
    met = [Question(f"range-{k}", facts, p) for k, p in enumerate(conditions)]
    return Reading(step.rests(), (*met, *extra, same("right", (expected, step.goal[2]))))


# --- linearity


def linear(step: Step) -> Reading:
    """A series, integral or expectation as the sum of its parts, each of which converges."""
    facts, goal = step.facts(), step.goal
    binders = {"Summable": "series", "Integrable": "int"}
    t = (binders[goal[0]], *goal[1:]) if goal[0] in binders else goal[1]
    demand(t[0] in ("series", "int", "E") and goal[0] in (*binders, "eq"), "no series, integral or expectation")
    total: list[Term] = [num(0)]
    needed: list[Term] = []
    for m, c in polynomial(named(t[-1])).items():
        fixed, ranges, moving = _unfolded([a for a, e in m for _ in range(e)], _moves(t))
        inner: Term = ("mul", num(1), *moving)
        if t[0] == "E":
            demand(len(moving) <= 2, "a product of more than two random factors")
            needed += [("L2", t[1], a) for a in moving]
            part = ("E", t[1], inner) if moving else num(1)
        else:
            part = (*t[:-1], inner)
            needed.append(converges(part))
        part = ("mul", num(c), *fixed, part)
        for v, lo, hi in reversed(ranges):
            part = ("sum", v, lo, hi, part)
        total.append(part)
    questions = [
        Question(f"converges-{k}", (*facts, *_instances(p, facts)), p) for k, p in enumerate(dict.fromkeys(needed))
    ]
    balance = sub(("add", *total), goal[2]) if goal[0] == "eq" else None
    return Reading(step.rests(), tuple(questions), facts, balance)


def _moves(t: Term) -> Callable[[Term], bool]:
    """Return the test whether a term is not the same for every value, or outcome, of what `t` runs over."""
    return (lambda a: bool(symbols(a) & set(t[1]))) if t[0] == "E" else (lambda a: t[1] in free_vars(a))


def _unfolded(
    work: list[Term], moves: Callable[[Term], bool]
) -> tuple[list[Term], list[tuple[Term, Term, Term]], list[Term]]:
    """Return fixed factors, indices with their ranges, and moving factors: the product is the sum over the indices."""
    fixed: list[Term] = []
    moving: list[Term] = []
    ranges: list[tuple[Term, Term, Term]] = []
    while work:
        a, *work = work
        parts = polynomial(a[4]) if a[0] == "sum" else {}
        if not moves(a):
            fixed.append(a)
        elif a[0] == "sum" and not (moves(a[2]) or moves(a[3])) and list(parts.values()) == [1]:
            own: Term = ("var", f"!{len(ranges)}", "Z")
            ranges.append((own, a[2], a[3]))
            work += [substitute(b, {a[1]: own}) for m in parts for b, e in m for _ in range(e)]
        else:
            moving.append(a)
    return fixed, ranges, moving


def _instances(p: Term, facts: Sequence[Term]) -> Iterator[Term]:
    """Yield what facts for all values say at the variables and arguments of `p`, where it is `p` or a part of it."""
    wanted = {shape(q) for q in (p, *subterms(p)) if q[0] in ("Summable", "Integrable", "Cont", "L2")}
    arguments = [a for s in subterms(p) if s[0] == "fn" for a in s[2:]]
    values = list(dict.fromkeys([*sorted(free_vars(p), key=repr), *arguments]))
    for f in facts:
        bound: list[Term] = []
        while f[0] == "all":
            bound.append(f[1])
            f = f[2]
        if not bound or f[0] not in {q[0] for q in wanted}:
            continue
        fitting = [[t for t in values if _fits(v, t, p)] for v in bound]
        for choice in islice(product(*fitting), _MAX_INSTANCES):
            instance = substitute(f, dict(zip(bound, choice, strict=True)))
            if shape(instance) in wanted:
                yield instance


def _fits(v: Term, t: Term, p: Term) -> bool:
    """Return whether a variable may stand for a value: of its kind, and the same for every outcome."""
    if p[0] == "L2" and symbols(t) & set(p[1]):
        return False
    return v[2] == "R" or (whole(t) if v[2] == "Z" else natural(t))
