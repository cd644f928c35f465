"""Steps of logic, read anew: what is discharged or generalised, the cases of an induction, and existence."""

from __future__ import annotations

from ...analysis.kernel.axioms import AXIOMS
from ...analysis.kernel.terms import Term, free_vars, num, substitute, subterms, symbols
from .steps import (
    Known,
    Question,
    Reading,
    Step,
    Unread,
    arbitrary,
    both_ways,
    demand,
    natural,
    whole,
    without,
)


def _premises(step: Step, count: int) -> tuple[Known, ...]:
    demand(len(step.premises) == count, f"{count} premises are needed")
    return tuple(step.premises)


def _depth(p: Term, op: str) -> int:
    return 1 + _depth(p[2], op) if p[0] == op else 0


def discharge(step: Step) -> Reading:
    """An implication whose end is what the premise states; its antecedents are no longer assumed."""
    (premise,) = _premises(step, 1)
    end, given = step.goal, []
    for _ in range(_depth(step.goal, "imp") - _depth(premise.states, "imp")):
        given.append(end[1])
        end = end[2]
    return Reading(without(premise.rests, given), both_ways("end", premise.states, end, counts=True))


def generalize(step: Step) -> Reading:
    """A statement for all values whose body is what the premise states of a value of which nothing is assumed."""
    (premise,) = _premises(step, 1)
    body = step.goal
    for _ in range(_depth(step.goal, "all") - _depth(premise.states, "all")):
        arbitrary(body[1], premise.rests)
        body = body[2]
    return Reading(premise.rests, both_ways("body", premise.states, body, counts=True))


def witness(step: Step) -> Reading:
    """An existence, from what the premise states of the written value."""
    (premise,) = _premises(step, 1)
    demand(step.goal[0] == "ex", "an existence is needed")
    _, v, body = step.goal
    value = step.term("value")
    demand(v[2] == "R" or (whole if v[2] == "Z" else natural)(value), f"{v[1]} does not stand for this value")
    return Reading(premise.rests, both_ways("instance", premise.states, substitute(body, {v: value})))


def induction(step: Step) -> Reading:
    """A statement of all integers from the base on, from that of the base and the step to the next integer."""
    first, second = _premises(step, 2)
    k, base = step.signature.variable(str(step.raw["on"])), step.term("base")
    demand(
        k[2] in ("Z", "N") and (natural if k[2] == "N" else whole)(base), "the base is no integer of the index's kind"
    )
    demand(k not in free_vars(base), "the base moves with the index")
    following = substitute(step.goal, {k: ("add", k, num(1))})
    start: Term = ("le", base, k)
    hyps = without(second.rests, [step.goal, start])
    arbitrary(k, hyps)
    rests = hyps | first.rests | (frozenset() if k[2] == "N" and base == num(0) else {start})
    at_base = substitute(step.goal, {k: base})
    return Reading(rests, (*both_ways("base", first.states, at_base), *both_ways("step", second.states, following)))


def obtain(step: Step) -> Reading:
    """What follows from a statement about some value, where it says nothing of the value."""
    some, use = _premises(step, 2)
    demand(some.states[0] == "ex", "the first premise is no existence")
    _, v, body = some.states
    hyps = without(use.rests, [body])
    arbitrary(v, [*hyps, step.goal])
    return Reading(hyps | some.rests, both_ways("goal", use.states, step.goal))


def introduce(step: Step, instance: Term) -> Reading:
    """What follows from an axiom's statement about things that exist, where it says nothing of them."""
    demand(bool(step.premises), "a premise is needed")
    use, *others = step.premises
    facts = tuple(p.states for p in others)
    names = set(AXIOMS[str(step.raw["uses"][0])[6:]].exists)
    needed = []
    while instance[0] == "imp":
        needed.append(instance[1])
        instance = instance[2]
    hyps = without(use.rests, [instance])
    if any(names & _names(p) for p in (*hyps, *needed, step.goal)):
        raise Unread("what exists is spoken of outside of what is said of it")
    questions = tuple(Question(f"condition-{k}", facts, p) for k, p in enumerate(needed))
    return Reading(hyps.union(*(p.rests for p in others)), (*both_ways("goal", use.states, step.goal), *questions))


def _names(t: Term) -> set[str]:
    """Return the names of free variables and of functions, random ones among them."""
    random = {name for s in subterms(t) if s[0] in ("E", "L2") for name in s[1]}
    return {v[1] for v in free_vars(t)} | symbols(t) | random
