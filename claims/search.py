"""Values at which a statement is false, or true: proposed at random here, decided by the kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random

from ..analysis.kernel.derivation import Statement, closed, holds_at, instance, refuted_by
from ..analysis.kernel.evaluate import exact
from ..analysis.kernel.moments import GAUSSIAN
from ..analysis.kernel.parsing import Signature
from ..analysis.kernel.terms import FUNCTIONS, KernelError, Term, free_vars, subterms
from .claim import Refutation

TRIES = 400
_SMALL = ("1", "0", "-1", "2", "1/2", "-2", "3", "-1/2")
_NATURAL = ("1", "2", "0", "3", "4")
_INTEGER = ("1", "0", "2", "-1", "3", "-2")


def _unknowns(statement: Statement) -> tuple[list[Term], list[tuple[str, int]]]:
    """The statement's variables, those of its leading "for all" included, and its symbols with their arities."""
    whole = closed(statement)
    variables = dict.fromkeys(sorted(free_vars(whole), key=str))
    goal = statement.signature().parse_prop(statement.goal)
    while goal[0] in ("all", "imp"):
        if goal[0] == "all":
            variables[goal[1]] = None
        goal = goal[2]
    random = {name for t in subterms(whole) if t[0] in ("E", "L2") for name in t[1]} | set(GAUSSIAN)
    arities = {
        t[1]: len(t) - 2
        for t in subterms(whole)
        if t[0] == "fn" and t[1] not in FUNCTIONS and t[1] not in random and len(t) > 2
    }
    return list(variables), sorted(arities.items())


def _number(kind: str, rng: Random, wide: bool) -> str:
    if kind == "N":
        return rng.choice(_NATURAL)
    if kind == "Z":
        return rng.choice(_INTEGER)
    if not wide:
        return rng.choice(_SMALL)
    return str(Fraction(rng.randint(-400, 400), rng.choice((1, 3, 7, 10, 40))))


def _function(name: str, arity: int, rng: Random, wide: bool) -> tuple[str, str]:
    """A symbol as an affine function of its arguments: its head and its body."""
    arguments = [f"u_{k}" for k in range(1, arity + 1)]
    body = " + ".join([f"({_number('R', rng, wide)})", *(f"({_number('R', rng, wide)})*{u}" for u in arguments)])
    return f"{name}({', '.join(arguments)})", body


def _settle(statement: Statement, signature: Signature, values: dict[str, str]) -> None:
    """Give a variable that a hypothesis equates with a number that value, so that equations can be met at all."""
    for text in statement.hyps.values():
        p = signature.parse_prop(text)
        for variable, other in ((p[1], p[2]), (p[2], p[1])) if p[0] == "eq" else ():
            if variable[0] == "var" and variable not in free_vars(other):
                value = exact(instance(("eq", other, other), signature, values)[1])
                if value is not None:
                    values[variable[1]] = str(value)
                break


def _proposals(statement: Statement, seed: int, tries: int) -> Iterator[dict[str, str]]:
    signature, rng = statement.signature(), Random(seed)
    variables, functions = _unknowns(statement)
    for attempt in range(tries if variables or functions else 1):
        wide = attempt % 3 == 2
        values = {v[1]: _number(v[2], rng, wide) for v in variables}
        values |= dict(_function(name, arity, rng, wide) for name, arity in functions)
        try:
            _settle(statement, signature, values)
        except KernelError:
            continue
        yield values


def _found(
    statement: Statement, good: Callable[[dict[str, str]], bool], seed: int, tries: int
) -> dict[str, str] | None:
    try:
        return next((values for values in _proposals(statement, seed, tries) if good(values)), None)
    except KernelError:  # a statement that cannot be read has no instances
        return None


def find_witness(statement: Statement, *, seed: int = 0, tries: int = TRIES) -> dict[str, str] | None:
    """Return values at which the hypotheses hold and the goal fails, or None if none was found.

    Small numbers are tried, every third time rational ones up to 400; symbols become affine functions. What is returned
    was decided by the kernel; that nothing is found says nothing.

    Arguments:
        statement: what may be false.
        seed: of the proposals.
        tries: how many.

    Returns:
        Values by variable or symbol, as `Refutation` takes them, or None.

    Example:
        >>> find_witness(Statement("sqrt(x**2) == x"))
        {'x': '-359/7'}
        >>> find_witness(Statement("0 <= x**2")) is None
        True
    """
    return _found(statement, lambda values: refuted_by(statement, values)[0], seed, tries)


def find_instance(statement: Statement, *, seed: int = 0, tries: int = TRIES) -> dict[str, str] | None:
    """Return values at which all hypotheses hold, or None if none was found.

    Arguments:
        statement: whose hypotheses are to hold.
        seed: of the proposals.
        tries: how many.

    Returns:
        Values by variable or symbol, as `Statement.inhabited` takes them, or None.

    Example:
        >>> find_instance(Statement("0 < y", {"y": "y == x + 1", "x": "0 < x"}))
        {'x': '3', 'y': '4'}
    """

    def holds(values: dict[str, str]) -> bool:
        try:
            return holds_at(statement, values) == ""
        except KernelError:
            return False

    return _found(statement, holds, seed, tries)


def refutation_at(statement: Statement, values: Mapping[str, str]) -> Refutation:
    """Return the refutation of a statement at the given values, with the controls that must survive the same check.

    The controls are the denied statement at the same values, and the statement itself at others where it holds.

    Arguments:
        statement: what is false.
        values: where.

    Returns:
        What `Claim.refutation` builds.

    Example:
        >>> [name for name, _, _ in refutation_at(Statement("sqrt(x**2) == x"), {"x": "-1"}).controls]
        ['denied', 'elsewhere']
    """
    denied = replace(statement, goal=f"not ({statement.goal})")
    controls = [("denied", denied, dict(values))]
    elsewhere = find_witness(denied)
    if elsewhere is not None:
        controls.append(("elsewhere", statement, elsewhere))
    return Refutation(statement, dict(values), controls)
