"""A claim in a few lines: derivation, values of the hypotheses and wrong versions are found where they are not given.

Everything found here is only proposed: the kernel replays the derivation and decides every witness when the claim is
checked, as it does for the project's own claims.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

from ..analysis.kernel.derivation import Outcome, Statement, replay
from ..analysis.kernel.terms import KernelError
from ..analysis.proof import Proof, step
from .claim import BadClaim, Claim, Evidence, Mutant, Refutation, Text
from .search import find_instance, find_witness, refutation_at

Steps = Sequence[Mapping[str, Any]]
_GOAL = "GOAL"
_MUTANTS = 3
_MIRROR: Mapping[type[ast.cmpop], str] = {ast.LtE: "<=", ast.Lt: "<", ast.Eq: "==", ast.NotEq: "!="}


# --- derivations


def _opened(goal: str) -> tuple[str, Steps, list[tuple[str, str]]]:
    """The core of a goal under "for all" and "implies", with its assumptions and the rules that close it again."""
    assumptions: list[Mapping[str, Any]] = []
    closing: list[tuple[str, str]] = []
    tree = ast.parse(goal, mode="eval").body
    while isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and tree.func.id in ("All", "Imp"):
        closing.insert(0, ("generalize" if tree.func.id == "All" else "discharge", ast.unparse(tree)))
        *given, tree = tree.args
        if closing[0][0] == "discharge":
            first = len(assumptions) + 1
            assumptions += [step(f"assume-{first + k}", "assume", ast.unparse(p)) for k, p in enumerate(given)]
    return ast.unparse(tree) if closing else goal, assumptions, closing


def _attempts(statement: Statement) -> list[Steps]:
    """Derivations by one rule, from the strongest evidence to the weakest."""
    core, assumptions, closing = _opened(statement.goal)
    names = [*statement.hyps, *(str(a["id"]) for a in assumptions)]
    closed = [
        step(f"close-{k + 1}", rule, text, f"close-{k}" if k else "goal") for k, (rule, text) in enumerate(closing)
    ]
    return [
        [*assumptions, step("goal", rule, core, *uses), *closed]
        for rule, uses in (
            ("enclosure", []), ("identity", names), ("sign", names), ("derivative", names), ("arithmetic", names)
        )
    ]  # fmt: skip


def _combined(statement: Statement) -> Steps | None:
    """The goal as a combination of the hypotheses that are equations, with multipliers that SymPy proposes."""
    equations = {name: text for name, text in statement.hyps.items() if _relation(text) == "=="}
    from ..analysis.finder import multipliers  # with SymPy, which most claims do not need

    try:
        combine = multipliers(statement.goal, equations) if equations and _relation(statement.goal) == "==" else None
    except KernelError:
        return None
    return [step("goal", "identity", statement.goal, *combine, combine=combine)] if combine else None


def _derive(statement: Statement) -> Steps:
    """A derivation that the kernel accepts, or else one that fails for a mathematical reason where there is one."""
    best: tuple[Steps, Outcome] | None = None
    try:
        attempts = _attempts(statement)
    except (SyntaxError, RecursionError):
        return [step("goal", "arithmetic", statement.goal, *statement.hyps)]  # whose replay says what cannot be read
    for steps in attempts:
        outcome = replay(statement, steps)
        if outcome.proved:
            return steps
        if best is None or (outcome.mathematical and not best[1].mathematical):
            best = steps, outcome
    assert best is not None
    return _combined(statement) or best[0]


def _with_goal(steps: Steps, written: str, goal: str) -> Steps:
    """The user's steps with the statement's goal where GOAL, or the goal as it was written, stands."""
    return [{**raw, "goal": goal} if raw.get("goal") in (_GOAL, written) else raw for raw in steps]


# --- wrong versions


def _comparison(text: str) -> tuple[ast.expr, ast.Compare] | None:
    """The parsed text and its innermost last comparison: what it concludes, under any "for all" and "implies"."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
    found = tree
    while isinstance(found, ast.Call) and isinstance(found.func, ast.Name) and found.func.id in ("All", "Imp"):
        found = found.args[-1]
    if isinstance(found, ast.BoolOp):
        found = found.values[-1]
    return (tree, found) if isinstance(found, ast.Compare) and len(found.ops) == 1 else None


def _relation(text: str) -> str:
    found = _comparison(text)
    return _MIRROR.get(type(found[1].ops[0]), "") if found is not None and found[0] is found[1] else ""


def _wrong_goals(goal: str) -> list[tuple[str, str, str, str]]:
    """Wrong versions of the goal: name, kind, text, and what is wrong with it."""
    found = _comparison(goal)
    if found is None:
        return []
    tree, comparison = found
    left, right = ast.unparse(comparison.left), ast.unparse(comparison.comparators[0])
    word = _MIRROR.get(type(comparison.ops[0]), "")
    versions = {
        "==": [
            ("doubled", "constant", f"{left} == 2*({right})", "the right side is doubled"),
            ("sign", "sign", f"{left} == -({right})", "the right side has the other sign"),
            ("shifted", "constant", f"{left} == {right} + 1", "one is added"),
        ],
        "<=": [
            ("swapped", "swap", f"{right} <= {left}", "the sides are swapped"),
            ("strict", "strictness", f"{left} < {right}", "equality is excluded"),
            ("sharper", "constant", f"({left}) + 1 <= {right}", "one is added to the smaller side"),
        ],
        "<": [
            ("swapped", "swap", f"{right} < {left}", "the sides are swapped"),
            ("sharper", "constant", f"({left}) + 1 < {right}", "one is added to the smaller side"),
        ],
        "!=": [("equal", "swap", f"{left} == {right}", "the sides are equal")],
    }.get(word, [])
    whole = ast.unparse(tree)
    inner = ast.unparse(comparison)
    return [(name, kind, whole.replace(inner, text), prose) for name, kind, text, prose in versions]


def _weaker(hypothesis: str) -> str | None:
    """A hypothesis that says less: equality allowed, or a unit of slack, or nothing at all."""
    found = _comparison(hypothesis)
    if found is None or found[0] is not found[1]:
        return None
    left, right = ast.unparse(found[1].left), ast.unparse(found[1].comparators[0])
    word = _MIRROR.get(type(found[1].ops[0]), "")
    return {"<": f"{left} <= {right}", "<=": f"{left} <= {right} + 1", "!=": f"{left} == {left}"}.get(word)


def _wrong_versions(statement: Statement) -> list[Mutant]:
    """At most three wrong versions of a statement, each with values at which the kernel finds it false."""
    changes: list[tuple[str, str, dict[str, Any], str]] = [
        (name, kind, {"goal": text}, prose) for name, kind, text, prose in _wrong_goals(statement.goal)
    ]
    for name, text in statement.hyps.items():
        weaker = _weaker(text)
        if weaker is not None:
            changes.append(
                (f"without-{name}", "hypothesis", {"hyps": {**statement.hyps, name: weaker}}, f"only {weaker} is given")
            )
    mutants: list[Mutant] = []
    for name, kind, change, prose in changes:
        if len(mutants) == _MUTANTS:
            break
        wrong = replace(statement, **change)
        witness = find_witness(wrong)
        if witness is not None:
            # A statement without variables is false wherever one looks.
            mutants.append(Mutant(name, kind, change, witness or {"x": "0"}, prose=prose))
    return mutants


# --- measured claims


def _other(value: Any) -> Any:
    """A number that is not this one: doubled, or one where it is zero."""
    return 2 * value if value else type(value)(1)


def _wrong_numbers(check: Callable[..., list[Evidence]]) -> list[Mutant]:
    """One wrong version for each keyword of the check that defaults to a number."""
    knobs = {
        name: p.default
        for name, p in inspect.signature(check).parameters.items()
        if isinstance(p.default, (int, float, Fraction)) and not isinstance(p.default, bool) and name != "seed"
    }
    return [
        Mutant(name.replace("_", "-"), "constant", {name: _other(value)}, prose=f"{name} is {_other(value)}")
        for name, value in knobs.items()
    ]


def measured(name: str, value: float, *, near: float, within: float, why: str, seed: int | None = None) -> Evidence:
    """Return one measured number with what it should be.

    Arguments:
        name: what was measured.
        value: the measurement.
        near: what the claim says.
        within: the largest difference allowed.
        why: the reason for that tolerance.
        seed: of the random numbers, if any.

    Returns:
        The evidence, passed where |value - near| <= within.

    Example:
        >>> measured("sum of the first ten squares", 385.0, near=385.0, within=0.0, why="exact").passed
        True
    """
    return Evidence(name, f"{value:.6g}", abs(value - near) <= within, (f"{near - within:.6g}", f"{near + within:.6g}"),
                    f"{within:.3g}", why, seed)  # fmt: skip


# --- the claim


@dataclass(frozen=True)
class _Builder:
    """Statement and derivation, or those of a wrong version of the statement."""

    statement: Statement
    steps: Steps | None

    def __call__(self, goal: str | None = None, hyps: Mapping[str, str] | None = None) -> Proof:
        statement = replace(
            self.statement,
            goal=self.statement.goal if goal is None else goal,
            hyps=self.statement.hyps if hyps is None else hyps,
        )
        if self.steps is None:
            return Proof(statement, _derive(statement))
        return Proof(statement, _with_goal(self.steps, self.statement.goal, statement.goal))


def _kind(goal: str) -> str:
    return {"==": "identity", "<=": "inequality", "<": "inequality", "!=": "inequality"}.get(
        _relation(goal), "identity"
    )


def state(
    id: str,
    goal: str | None = None,
    *,
    given: Mapping[str, str] | None = None,
    steps: Steps | None = None,
    check: Callable[..., list[Evidence]] | None = None,
    false_at: Mapping[str, str] | None = None,
    example: Mapping[str, str] | None = None,
    declare: str = "",
    let: Mapping[str, str] | None = None,
    mutants: Sequence[Mutant] | None = None,
    says: str = "",
    title: str = "",
    paper: str = "my notes",
    locator: str = "",
    expected: str | None = None,
    slow: bool = False,
) -> Claim:
    """Return a claim from as little as its id and what it says.

    Without `steps` the kernel's rules are tried on the goal in one step; without `mutants` wrong versions are made (a
    doubled side, another sign, swapped sides, a weaker hypothesis) and kept where values show them false; without
    `example` values at which the hypotheses hold are looked for.

    Arguments:
        id: a name for the claim, e.g. "notes.ridge".
        goal: the statement in the kernel's language; not needed where `check` measures it.
        given: its hypotheses by name.
        steps: its derivation; "GOAL" as the goal of a step stands for the statement's.
        check: a function that measures the claim and returns `measured(...)` numbers; each keyword of it that defaults
            to a number is changed in turn, and the check must then fail.
        false_at: values at which the statement is false, for one that is to be refuted.
        example: values at which the hypotheses hold.
        declare: kinds of names, e.g. "i:Z n:N".
        let: abbreviations.
        mutants: wrong versions of your own.
        says: the statement in words.
        title: a few words.
        paper: where it comes from.
        locator: the place there.
        expected: the verdict to compare with; "refuted" with `false_at`, "supported" with `check` alone, else "proved".
        slow: run only by `check --full`.

    Returns:
        The claim, for the tuple CLAIMS of a file.

    Raises:
        BadClaim: where there is nothing to check, or no wrong version could be found.

    Example:
        >>> claim = state("notes.amgm", "2*a*b <= a**2 + b**2")
        >>> [m.id for m in claim.mutants]
        ['swapped', 'strict', 'sharper']
        >>> state("notes.none")
        Traceback (most recent call last):
        ...
        lemmata.claims.claim.BadClaim: notes.none: give a goal, or a check that measures it
    """
    if goal is None and check is None:
        raise BadClaim(f"{id}: give a goal, or a check that measures it")
    statement = None if goal is None else Statement(goal, given or {}, declare, let or {}, example or {})
    try:
        if statement is not None and statement.hyps and not statement.inhabited:
            statement = replace(statement, inhabited=find_instance(statement) or {})
        proposed = _wrong_versions(statement) if statement is not None and mutants is None and false_at is None else []
    except RecursionError:
        raise BadClaim(f"{id}: its goal or its hypotheses nest too deep") from None
    refutation: Callable[[], Refutation] | None = None
    if false_at is not None:
        if statement is None:
            raise BadClaim(f"{id}: false_at needs the goal that is false there")
        refutation = partial(refutation_at, statement, dict(false_at))
    wrong = list(mutants or ())
    if mutants is None and refutation is None:
        wrong = proposed
        wrong += _wrong_numbers(check) if check is not None else []
        if not wrong:
            raise BadClaim(
                f"{id}: no wrong version of it could be shown false by trying values; give mutants=[Mutant(...)] with "
                "a change of goal or hyps and a witness, or, for a check, keywords that default to numbers"
            )
    derived = statement is not None and refutation is None
    return Claim(
        id=id, title=title or id, paper=paper, relation="as-claimed", locator=locator,
        kind="empirical" if goal is None else "counterexample" if refutation else _kind(goal),
        expected=expected or ("refuted" if refutation else "supported" if goal is None else "proved"),
        statement=Text(says or goal or title or id), hypotheses=tuple(Text(text) for text in (given or {}).values()),
        proof=_Builder(statement, steps) if derived and statement is not None else None,
        evidence=check, refutation=refutation, mutants=tuple(wrong), slow=slow,
    )  # fmt: skip
