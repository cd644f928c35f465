"""Statements, derivations and verdicts: plain data, replayed from the start whenever a verdict is asked for.

A verdict is never read from an object or a file: :func:`replay` recomputes every step.  A derivation proves its
statement when the last step's sequent is the statement (matched structurally, its hypotheses among the stated ones),
every listed step was used on the way, and no step failed.  A process remembers the inferences that it has checked, by
everything that the rule is told, so that what a claim and its mutants share is checked once, and an oracle is asked the
same question once; failures are not kept, and the oracle stays listed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .arith import Undecided
from .axioms import AXIOMS, Axiom
from .evaluate import decide
from .moments import GAUSSIAN
from .parsing import Signature
from .polynomials import TooLarge, with_few_atoms
from .printing import show
from .rules import RULES
from .rules_logic import check_kind
from .sequents import Rejected, Sequent, Step, require
from .supply import restates, same
from .terms import (
    FUNCTIONS,
    KernelError,
    Malformed,
    Term,
    check,
    free_vars,
    rebuild,
    split,
    substitute,
    subterms,
    symbols,
)


@lru_cache(maxsize=1000)
def _signature(declare: str, let: tuple[tuple[str, str], ...] = ()) -> Signature:
    """Return how texts are read where `declare` ("i,k:Z d:N") and the abbreviations are in force."""
    kinds = {}
    for item in declare.split():
        names, _, kind = item.partition(":")
        kinds.update(dict.fromkeys(names.split(","), kind))
    return Signature(kinds, dict(let))


@dataclass(frozen=True)
class Statement:
    """What is claimed: declared kinds, abbreviations, named hypotheses and a goal, all as text.

    `inhabited` gives values at which all hypotheses hold (so that the statement is not vacuous): variables and symbols
    to texts.  Hypotheses that no evaluation decides are proved by the steps in `inhabited_steps`.
    """

    goal: str
    hyps: Mapping[str, str] = field(default_factory=dict)
    declare: str = ""
    let: Mapping[str, str] = field(default_factory=dict)
    inhabited: Mapping[str, str] = field(default_factory=dict)
    inhabited_steps: Sequence[Mapping[str, Any]] = ()

    def signature(self) -> Signature:
        """Return how the statement's texts are read."""
        return _signature(self.declare, tuple(self.let.items()))


@dataclass(frozen=True)
class Decided:
    """One replayed step: what it proved or why it failed, under which hypotheses, and what it rests on."""

    id: str
    rule: str
    result: str  # "proved" | "failed"
    reason: str
    concl: str
    conditions: tuple[str, ...]
    mathematical: bool  # a failure for a mathematical reason, not a misspelt text or a limit of the machine


@dataclass(frozen=True)
class Outcome:
    """The result of a replay."""

    proved: bool
    reason: str
    failed_step: str | None
    mathematical: bool
    steps: tuple[Decided, ...]
    axioms: tuple[str, ...]
    oracles: tuple[str, ...]
    claims: tuple[str, ...]
    unused_hyps: tuple[str, ...]


Library = Callable[[str], Sequent | None]
_NO_CLAIMS: Library = lambda _: None  # noqa: E731
_RESERVED = {"id", "rule", "goal", "uses", "prose", "kind", "tex", "kinds", "exists"}


def axiom_sequent(axiom: Axiom) -> tuple[Sequent, Signature]:
    """Return an axiom as a sequent whose variables and symbols are schematic."""
    signature = _signature(axiom.declare)
    concl = signature.parse_prop(axiom.concl)
    for h in reversed(axiom.hyps):
        concl = ("imp", signature.parse_prop(h), concl)
    return Sequent(frozenset(), concl, axioms=frozenset({axiom.name})), signature


def closed(statement: Statement) -> Term:
    """Return the statement as one proposition: hypotheses imply goal (variables and symbols are free, that is, any)."""
    signature = statement.signature()
    concl = signature.parse_prop(statement.goal)
    for h in reversed(list(statement.hyps.values())):
        concl = ("imp", signature.parse_prop(h), concl)
    return concl


def replay(statement: Statement, steps: Sequence[Mapping[str, Any]], library: Library = _NO_CLAIMS) -> Outcome:
    """Decide every step anew and return whether they prove the statement."""
    decided: list[Decided] = []
    table: dict[str, Sequent] = {}
    parents: dict[str, list[str]] = {}

    def fail(reason: str, step: str | None, mathematical: bool) -> Outcome:
        return Outcome(False, reason, step, mathematical, tuple(decided), (), (), (), ())

    try:
        signature = statement.signature()
        hyps = {name: signature.parse_prop(text) for name, text in statement.hyps.items()}
        goal = signature.parse_prop(statement.goal)
        steps = [_data(raw) for raw in steps]  # a copy: what is decided cannot be edited meanwhile
    except KernelError as err:
        return fail(f"the statement cannot be read: {err}", None, False)
    if not steps:
        return fail("there is no derivation", None, False)
    for name, h in hyps.items():
        table[name] = Sequent(frozenset({h}), h)
    for raw in steps:
        sid = str(raw.get("id"))
        conditions: list[Term] = []
        try:
            if sid in table:
                raise Malformed(f"two steps are called {sid}")
            sequent, conditions = _decide_step(raw, signature, table, library)
        except KernelError as err:
            mathematical = isinstance(err, Rejected) or (isinstance(err, Undecided) and err.model is not None)
            mathematical = mathematical or not isinstance(err, Malformed | TooLarge | Undecided)
            told = f" (a model: {err.model})" if isinstance(err, Undecided) and err.model else ""
            decided.append(
                Decided(sid, str(raw.get("rule")), "failed", f"{err}{told}", str(raw.get("goal")), (), mathematical)
            )
            return fail(f"step {sid}: {err}", sid, mathematical)
        table[sid] = sequent
        parents[sid] = raw.get("uses", [])
        shown = tuple(show(c) for c in conditions)
        decided.append(Decided(sid, str(raw["rule"]), "proved", "", show(sequent.concl), shown, True))
    last = str(steps[-1]["id"])
    final = table[last]
    try:
        require(same(final.concl, goal), "the last step does not prove the goal")
        for h in final.hyps:
            require(
                any(same(h, g) for g in hyps.values()), f"the last step assumes {show(h)}, which is not a hypothesis"
            )
        used = _ancestors(last, parents)
        idle = [str(s["id"]) for s in steps if str(s["id"]) not in used]
        require(not idle, f"these steps are listed but not used: {', '.join(idle)}")
        given = {*hyps, *(str(s["id"]) for s in steps if s["rule"] == "assume")}
        stating = [s for s in steps if _is_axiom(s) and restates(goal, table[str(s["id"])].concl)]
        bare = any(_follows_from(given, s, signature, table) for s in stating)
        require(not bare, "the goal is an instance of an axiom, not a derivation")
        require(not _is_axiom_conclusion(goal), "the goal is the conclusion of an axiom, not a derivation")
    except KernelError as err:
        return fail(str(err), last, True)
    unused = tuple(name for name, h in hyps.items() if not any(same(h, g) for g in final.hyps))
    return Outcome(
        True, "", None, True, tuple(decided), tuple(sorted(final.axioms)), tuple(sorted(final.oracles)),
        tuple(sorted(final.claims)), unused,
    )  # fmt: skip


def _data(raw: Any) -> Any:
    """Return a copy of plain data: texts, integers, lists and mappings; nothing else belongs to a step."""
    if raw is None or isinstance(raw, str | int):
        return raw
    if isinstance(raw, list | tuple):
        return [_data(r) for r in raw]
    if isinstance(raw, Mapping):
        return {str(k): _data(v) for k, v in raw.items()}
    raise Malformed(f"{raw!r} is neither text, integer, list nor mapping")


def _is_axiom(raw: Mapping[str, Any]) -> bool:
    return raw["rule"] == "apply" and str(raw["uses"][0]).startswith("axiom:")


def _follows_from(given: set[str], raw: Mapping[str, Any], signature: Signature, table: Mapping[str, Sequent]) -> bool:
    """Return whether the instance of an axiom needs nothing but what is given: hypotheses and assumptions."""
    uses = [raw["uses"][0], *(u for u in raw["uses"][1:] if u in given)]
    try:
        _decide_step({**raw, "uses": uses}, signature, table, _NO_CLAIMS)
    except KernelError:
        return False
    return True


def _is_axiom_conclusion(goal: Term) -> bool:
    """Return whether the goal is, word for word, what some axiom concludes."""
    for axiom in AXIOMS.values():
        concl = axiom_sequent(axiom)[0].concl
        while concl[0] == "imp":
            concl = concl[2]
        if same(concl, goal):
            return True
    return False


def _decide_step(
    raw: Mapping[str, Any], signature: Signature, table: Mapping[str, Sequent], library: Library
) -> tuple[Sequent, list[Term]]:
    try:
        return _apply_rule(raw, signature, table, library)
    except RecursionError as err:
        raise TooLarge("a term of this step nests too deeply, or a claim uses itself") from err
    except KeyError as err:
        raise Malformed(f"nothing in the step is called {err}") from err
    except (TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as err:
        raise Malformed(f"the data of the step: {type(err).__name__}: {err}") from err


def _named(table: Mapping[str, Any], name: Any, what: str) -> Any:
    try:
        return table[name]
    except KeyError:
        raise Malformed(f"there is no {what} called {name}") from None


def _apply_rule(
    raw: Mapping[str, Any], signature: Signature, table: Mapping[str, Sequent], library: Library
) -> tuple[Sequent, list[Term]]:
    rule, uses = raw.get("rule"), raw.get("uses", [])
    if not isinstance(uses, list):
        raise Malformed(f"uses is a list of names, not {uses!r}")
    goal = signature.parse_prop(raw["goal"])
    if rule == "assume":
        if uses:
            raise Malformed("an assumption uses nothing")
        return Sequent(frozenset({goal}), goal), []
    _named(RULES, rule, "rule")
    params = {k: v for k, v in raw.items() if k not in _RESERVED or (k == "kind" and rule == "sums")}
    premises: list[Sequent] = []
    for i, name in enumerate(uses):
        if name.startswith("axiom:"):
            axiom = _named(AXIOMS, name[6:], "axiom")
            sequent, _ = axiom_sequent(axiom)
            entrance = "introduce" if axiom.exists else "apply"
            if (rule, i) != (entrance, 0):
                raise Malformed(f"the axiom {name[6:]} is used through {entrance}, as its first premise")
            params["exists"] = axiom.exists
        elif name.startswith("claim:"):
            found = library(name[6:])
            if not isinstance(found, Sequent):
                raise Rejected(f"the claim {name[6:]} is not proved")
            sequent = found
        else:
            sequent = _named(table, name, "earlier step or hypothesis")
        if i == 0:
            params["kinds"] = {v[1]: v[2] for h in (sequent.concl, *sequent.hyps) for v in free_vars(h)}
        premises.append(sequent)
    hyps, conditions, oracles = _infer(str(rule), goal, tuple(premises), json.dumps(params), signature, tuple(uses))
    return Sequent(
        hyps, goal,
        frozenset().union(*(p.axioms for p in premises)),
        oracles.union(*(p.oracles for p in premises)),
        frozenset(n[6:] for n in uses if n.startswith("claim:")).union(*(p.claims for p in premises)),
    ), list(conditions)  # fmt: skip


@lru_cache(maxsize=50_000)
@with_few_atoms
def _infer(
    rule: str, goal: Term, premises: tuple[Sequent, ...], params: str, signature: Signature, labels: tuple[str, ...]
) -> tuple[frozenset[Term], tuple[Term, ...], frozenset[str]]:
    step = Step(goal, list(premises), json.loads(params), signature, list(labels))
    hyps = RULES[rule](step)
    return hyps, tuple(step.conditions), frozenset(step.oracles)


def _ancestors(last: str, parents: Mapping[str, list[str]]) -> set[str]:
    seen, todo = set(), [last]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo.extend(parents.get(name, ()))
    return seen


# --- witnesses ------------------------------------------------------------------------------------------------------


def instance(p: Term, signature: Signature, values: Mapping[str, str]) -> Term:
    """Return `p` with the written values put for variables ("x") and symbols ("b(i,k)")."""
    variables: dict[Term, Term] = {}
    functions: dict[str, Any] = {}
    for head, text in values.items():
        call = signature.parse_node_text(head)
        if call[0] == "var":
            variables[call] = signature.parse_term(text)
            check_kind(call, variables[call], [])
            continue
        schema = call[0] == "fn" and call[1] not in FUNCTIONS and all(a[0] == "var" for a in call[2:])
        require(schema, f"{head} is neither a variable nor a symbol with variables")
        functions[call[1]] = (call[2:], signature.parse_term(text))
    random = {name for s in subterms(p) if s[0] in ("E", "L2") for name in s[1]}
    q = _realised(p, functions)
    q = substitute(q, variables, {name: f for name, f in functions.items() if name not in random})
    check(q)
    return q


def _realised(t: Term, functions: Mapping[str, Any]) -> Term:
    """Return `t` with expectations over given random symbols as expectations over the normals that these are made of.

    A statement about any random variables holds in particular for functions of z(1), z(2), ...
    """
    outside, inside = split(t)
    out, ins = (tuple(_realised(s, functions) for s in part) for part in (outside, inside))
    if t[0] in ("E", "L2") and all(name in functions for name in t[1]):
        require(not symbols(ins[0]) & set(GAUSSIAN), "z occurs beside what is made of it: its law is not chosen")
        return (t[0], GAUSSIAN, substitute(ins[0], {}, {name: functions[name] for name in t[1]}))
    return rebuild(t, out, ins) if out or ins else t


def holds_at(statement: Statement, values: Mapping[str, str], steps: Sequence[Mapping[str, Any]] = ()) -> str:
    """Return "" if all hypotheses hold at the written values, else which one is false or undecided."""
    signature = statement.signature()
    for name, text in statement.hyps.items():
        p = instance(signature.parse_prop(text), signature, values)
        answer = decide(p)
        if answer is True:
            continue
        proof = [_data(s) for s in steps if s.get("for") == name]
        if answer is False or not proof:
            return f"the hypothesis {name} is {'not decided' if answer is None else 'false'} at the witness: {show(p)}"
        table: dict[str, Sequent] = {}
        for raw in proof:
            table[str(raw["id"])], _ = _decide_step(
                {k: v for k, v in raw.items() if k != "for"}, signature, table, _NO_CLAIMS
            )
        last = table[str(proof[-1]["id"])]
        if last.hyps or not same(last.concl, p):
            return f"the hypothesis {name} is not proved at the witness: {show(p)}"
    return ""


def inhabited(statement: Statement) -> str:
    """Return "" if the statement's hypotheses are shown to hold together somewhere, else why not."""
    if not statement.hyps:
        return ""
    try:
        return holds_at(statement, statement.inhabited, statement.inhabited_steps)
    except KernelError as err:
        return f"the witness of the hypotheses: {err}"


def refuted_by(
    statement: Statement, values: Mapping[str, str], steps: Sequence[Mapping[str, Any]] = ()
) -> tuple[bool, str]:
    """Return whether the values make every hypothesis true and the goal false, both decided exactly or by balls."""
    try:
        trouble = holds_at(statement, values, steps)
        if trouble:
            return False, trouble
        signature = statement.signature()
        goal = signature.parse_prop(statement.goal)
        while goal[0] in ("all", "imp"):  # a universal goal is refuted at the values given for its variables
            if goal[0] == "all" and goal[1][1] in values:
                goal = goal[2]
                continue
            if goal[0] == "imp" and decide(instance(goal[1], signature, values)) is True:
                goal = goal[2]
                continue
            break
        p = instance(goal, signature, values)
        answer = decide(p)
    except KernelError as err:
        return False, str(err)
    if answer is False:
        return True, show(p)
    return False, f"the goal is {'true' if answer else 'not decided'} at the witness: {show(p)}"
