"""The rules of inference: each takes proved sequents and a stated goal, and either accepts the goal or raises.

A sequent is a set of hypotheses and a conclusion; its free variables and symbols stand for anything of their kind.
Rules never guess: what is to be proved is written in the step, and a rule only checks that it follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from . import arith, calculus
from .evaluate import compare
from .normal import Normalizer, reciprocals
from .terms import (
    FUNCTIONS,
    OO,
    RELATIONS,
    TRUE,
    KernelError,
    Malformed,
    Signature,
    Term,
    alpha,
    check,
    free_vars,
    integer_term,
    mul,
    natural_term,
    num,
    split,
    sub,
    substitute,
    subterms,
    symbols,
)  # fmt: skip


class Rejected(KernelError):
    """The rule does not allow the step; the message is the mathematical reason."""


@dataclass(frozen=True)
class Sequent:
    """Hypotheses, conclusion, and what the proof so far was given (axioms) or told (oracles, other claims)."""

    hyps: frozenset[Term]
    concl: Term
    axioms: frozenset[str] = frozenset()
    oracles: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()


@dataclass
class Step:
    """What a rule sees: the goal, the premises in the order listed, the parameters, and how to read text."""

    goal: Term
    premises: list[Sequent]
    params: Mapping[str, Any]
    signature: Signature
    labels: list[str] = field(default_factory=list)
    oracles: set[str] = field(default_factory=set)
    conditions: list[Term] = field(default_factory=list)

    def facts(self) -> list[Term]:
        """Return the conclusions of the premises."""
        return [p.concl for p in self.premises]

    def hyps(self) -> frozenset[Term]:
        """Return the hypotheses of all premises together."""
        return frozenset().union(*(p.hyps for p in self.premises))

    def by_label(self) -> dict[str, Term]:
        """Return the conclusions of the premises by the names under which the step uses them."""
        return {k: p.concl for k, p in zip(self.labels, self.premises, strict=True)}

    def term(self, name: str) -> Term:
        """Return a parameter that is a number."""
        return self.signature.parse_term(self.params[name])


def _require(condition: bool, reason: str) -> None:
    if not condition:
        raise Rejected(reason)


# --- sameness of propositions, and what a list of facts supplies


def same(p: Term, q: Term) -> bool:
    """Return whether two propositions differ only in the names of bound variables and in normal forms of numbers."""
    if alpha(p) == alpha(q):
        return True
    if p[0] != q[0]:
        return False
    if p[0] in RELATIONS:
        return _same_number(p[1], q[1]) and _same_number(p[2], q[2])
    if p[0] in ("and", "or", "not", "imp"):
        return len(p) == len(q) and all(same(a, b) for a, b in zip(p[1:], q[1:], strict=True))
    if p[0] in ("all", "ex"):
        v, w = p[1], q[1]
        if v[2] != w[2]:
            return False
        taken = {x[1] for x in free_vars(p) | free_vars(q)} | {v[1], w[1]}
        fresh = ("var", _unused(taken), v[2])
        return same(substitute(p[2], {v: fresh}), substitute(q[2], {w: fresh}))
    if p[0] in ("HasDeriv", "Cont", "Integrable", "Summable", "Lim"):
        v, w = p[1], q[1]
        taken = {x[1] for x in free_vars(p) | free_vars(q)} | {v[1], w[1]}
        fresh = ("var", _unused(taken), v[2])
        return v[2] == w[2] and all(
            _same_number(substitute(a, {v: fresh}) if inside else a, substitute(b, {w: fresh}) if inside else b)
            for a, b, inside in zip(p[2:], q[2:], _scopes(p), strict=True)
        )
    if p[0] == "L2":
        return bool(p[1] == q[1]) and _same_number(p[2], q[2])
    return False


def restates(p: Term, q: Term) -> bool:
    """Return whether p says what q says: the same, or the same equation or inequality with terms moved across."""
    while p[0] in ("imp", "all"):
        p = p[2]
    while q[0] in ("imp", "all"):
        q = q[2]
    if same(p, q):
        return True
    if p[0] != q[0] or p[0] not in RELATIONS:
        return False
    left, right = sub(p[2], p[1]), sub(q[2], q[1])
    return _same_number(left, right) or (p[0] in ("eq", "ne") and _same_number(left, mul(num(-1), right)))


def _scopes(p: Term) -> list[bool]:
    return {
        "HasDeriv": [False, True, True], "Cont": [False, False, True], "Integrable": [False, False, True],
        "Summable": [False, True], "Lim": [True, False],
    }[p[0]]  # fmt: skip


def _unused(taken: set[str]) -> str:
    k = 0
    while f"~{k}" in taken:
        k += 1
    return f"~{k}"


def _same_number(a: Term, b: Term) -> bool:
    if a == b:
        return True
    if a[0] in ("oo", "-oo") or b[0] in ("oo", "-oo"):
        return False
    return Normalizer().equal(a, b)


def _signed(t: Term, normal: Normalizer, strict: bool) -> bool:
    """Return whether t >= 0 (or t > 0) because it is a product or sum of such terms, or an even power."""
    if t[0] == "mul":
        return all(_signed(s, normal, strict) for s in t[1:])
    if t[0] == "add":
        return all(_signed(s, normal, False) for s in t[1:]) and (
            not strict or any(_signed(s, normal, True) for s in t[1:])
        )
    if t[0] == "pow" and t[2][0] == "num" and t[2][1] % 2 == 0:
        return not strict or normal.known_nonzero(normal.frac(t[1])[0])
    n, d = normal.frac(t)
    return normal.known_positive(n * d) if strict else normal.known_nonnegative(n * d)


def supplied(p: Term, facts: list[Term]) -> bool:
    """Return whether a fact states p, or p is a conjunction of such, or its shape or the facts' signs show it."""
    if p == TRUE or any(same(p, c) for f in facts for c in (f, *_parts(f))):
        return True
    if p[0] == "and":
        return all(supplied(q, facts) for q in p[1:])
    if p[0] == "or" and any(supplied(q, facts) for q in p[1:]):
        return True
    if p[0] in RELATIONS:
        if not free_vars(p) and not symbols(p) and compare(p[0], p[1], p[2]) is True:
            return True
        normal = Normalizer(facts)
        n, d = normal.frac(sub(p[2], p[1]))
        signed = n * d
        shown: dict[str, Callable[[], bool]] = {
            "eq": lambda: bool(n == 0),
            "le": lambda: normal.known_nonnegative(signed) or (p[1] == num(0) and _signed(p[2], normal, False)),
            "lt": lambda: normal.known_positive(signed) or (p[1] == num(0) and _signed(p[2], normal, True)),
            "ne": lambda: normal.known_nonzero(n),
        }
        return shown[p[0]]()
    if p[0] == "imp":
        return supplied(p[2], [*facts, p[1]])
    if p[0] == "all":
        v = p[1]
        if any(v in free_vars(f) for f in facts):
            facts = [f for f in facts if v not in free_vars(f)]
        return supplied(p[2], facts)
    return False


def _parts(p: Term) -> list[Term]:
    """Return the parts of a conjunction, however deep."""
    return [r for q in p[1:] for r in (q, *_parts(q))] if p[0] == "and" else []


def _drop(hyps: frozenset[Term], local: list[Term]) -> frozenset[Term]:
    """Return the hypotheses other than the local ones."""
    return frozenset(h for h in hyps if not any(same(h, q) for q in local))


def _not_free(v: Term, hyps: frozenset[Term]) -> None:
    _require(all(v not in free_vars(h) for h in hyps), f"{v[1]} is not arbitrary: a hypothesis speaks of it")


def _range_facts(v: Term, lo: Term, hi: Term) -> list[Term]:
    facts: list[Term] = []
    if lo not in (OO, ("-oo",)):
        facts += [("le", lo, v), ("lt", lo, v)]
    if hi not in (OO, ("-oo",)):
        facts += [("le", v, hi), ("lt", v, hi)]
    return facts


def _closed_range(v: Term, lo: Term, hi: Term) -> list[Term]:
    return [("le", *(lo, v)), ("le", *(v, hi))]


def _premises(step: Step, count: int) -> list[Sequent]:
    """Return the premises; one more than the rule has would be a step that nothing consumes."""
    _require(len(step.premises) == count, f"the rule has {count} premises, not {len(step.premises)}")
    return step.premises


def _rewriting(step: Step) -> Normalizer:
    """Return normal forms that know the premises' signs, and equations that are not in `combine` as rewrites."""
    normal = Normalizer(step.facts())
    for label, f in step.by_label().items():
        if f[0] == "eq" and label not in step.params.get("combine", {}):
            normal.add_rewrite(f[1], f[2])
    return normal


def _combined(step: Step, difference: Term) -> Term:
    """Return the difference less the written multiples of equations among the premises (parameter combine)."""
    known = step.by_label()
    for label, multiplier in step.params.get("combine", {}).items():
        equation = known[label]
        _require(equation[0] == "eq", f"{label} is not an equation")
        factor = step.signature.parse_term(multiplier)
        difference = sub(difference, mul(factor, sub(equation[1], equation[2])))
    return difference


# --- the rules


def identity(step: Step) -> frozenset[Term]:
    """l == r by exact arithmetic of quotients; premises give signs, replacements (rewrite) and multiples (combine)."""
    _require(step.goal[0] == "eq", "an identity is an equation")
    normal = _rewriting(step)
    n, _ = normal.frac(_combined(step, sub(step.goal[1], step.goal[2])))
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
    _require(supplied(step.goal, step.facts()), "the sign is not evident")
    return step.hyps()


def certificate(step: Step) -> frozenset[Term]:
    """a <= b (or a < b) because b - a is written as a sum of products of squares and of premises known to be >= 0.

    `terms` lists products: each is a list of labels of premises (0 <= t, or l <= r meaning r - l) and of squared texts
    "sq: ..." and of factors "c: ..." whose sign is known.  For a strict goal one term must be a product of strict ones.
    `times` (optional) is a quantity known to be positive with which b - a is multiplied.  Equations among the premises
    whose left side is an atom or a power of one are used as replacements, those in `combine` with the written multiple.
    """
    _require(step.goal[0] in ("le", "lt"), "a certificate proves a <= b or a < b")
    normal, known = _rewriting(step), step.by_label()
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
                _require(normal.known_nonnegative(n * d), f"{item[2:]} is not known to be >= 0")
                factors.append(c)
                positive &= normal.known_positive(n * d)
            else:
                fact = known[item]
                _require(fact[0] in ("le", "lt"), f"{item} is not an inequality")
                factors.append(sub(fact[2], fact[1]))
                positive &= fact[0] == "lt"
        strict |= positive
        total = ("add", total, mul(num(1), *factors))
    times = step.term("times") if "times" in step.params else num(1)
    n, d = normal.frac(times)
    _require(normal.known_positive(n * d), "the multiplier is not known to be positive")
    difference = _combined(step, mul(times, sub(step.goal[2], step.goal[1])))
    rest, _ = normal.frac(sub(difference, total))
    _require(rest == 0, f"the certificate leaves {show(normal.term(rest))[:300]}")
    _require(step.goal[0] == "le" or strict, "the certificate does not show that the inequality is strict")
    return step.hyps()


def discharge(step: Step) -> frozenset[Term]:
    """From H, P |- Q conclude H |- Imp(P, Q)."""
    (premise,) = _premises(step, 1)
    hyps, goal = premise.hyps, step.goal
    local: list[Term] = []
    while not same(goal, premise.concl):
        _require(goal[0] == "imp", "the premise's conclusion is not at the end of the implication")
        local.extend((goal[1], *(goal[1][1:] if goal[1][0] == "and" else ())))
        goal = goal[2]
    return _drop(hyps, local)


def generalize(step: Step) -> frozenset[Term]:
    """From H |- P, where H does not speak of v, conclude H |- All(v, P)."""
    (premise,) = _premises(step, 1)
    goal, bound = step.goal, []
    while goal[0] == "all" and not same(goal, premise.concl):
        bound.append(goal[1])
        goal = goal[2]
    _require(same(goal, premise.concl), "the premise is not the body of the quantified statement")
    for v in bound:
        _not_free(v, premise.hyps)
    return premise.hyps


def apply(step: Step) -> frozenset[Term]:
    """Instantiate the first premise (parameters: put for free variables, at for All, symbols for functions) and cut.

    Its antecedents and hypotheses that further premises state disappear; other hypotheses stay.
    """
    first, *others = step.premises
    facts = [p.concl for p in others]
    variables, functions = _instantiation(step, facts)
    concl = substitute(first.concl, variables, functions)
    hyps = frozenset(substitute(h, variables, functions) for h in first.hyps)
    for p in (concl, *hyps):
        check(p)
    at = {name: step.signature.parse_term(text) for name, text in step.params.get("at", {}).items()}
    while not same(concl, step.goal):
        if concl[0] == "all":
            _check_kind(concl[1], at[concl[1][1]], facts)
            concl = substitute(concl[2], {concl[1]: at[concl[1][1]]})
        elif concl[0] == "imp":
            _require(supplied(concl[1], facts), f"not supplied: {show(concl[1])}")
            concl = concl[2]
        elif concl[0] == "and" and any(same(c, step.goal) for c in concl[1:]):
            concl = step.goal
        else:
            raise Rejected(f"the instance reads {show(concl)[:400]}")
    kept = frozenset(h for h in hyps if not supplied(h, facts))
    return kept.union(*(p.hyps for p in others))


def _instantiation(step: Step, facts: list[Term]) -> tuple[dict[Term, Term], dict[str, Any]]:
    variables: dict[Term, Term] = {}
    own: Mapping[str, str] = step.params.get("kinds", {})
    for name, text in step.params.get("put", {}).items():
        v = ("var", name, own.get(name, step.signature.kinds.get(name, "R")))
        variables[v] = step.signature.parse_term(text)
        _check_kind(v, variables[v], facts)
    functions: dict[str, Any] = {}
    for head, text in step.params.get("symbols", {}).items():
        call = step.signature.parse_node_text(head)  # the axiom's own symbol, whatever it abbreviates here
        schema = call[0] == "fn" and call[1] not in FUNCTIONS and all(a[0] == "var" for a in call[2:])
        _require(schema and len(set(call[2:])) == len(call[2:]), f"{head} is not a symbol with variables")
        functions[call[1]] = (call[2:], step.signature.parse_term(text))
    return variables, functions


def _check_kind(v: Term, t: Term, facts: list[Term]) -> None:
    if v[2] == "Z":
        _require(integer_term(t), f"{v[1]} stands for integers, not for {show(t)}")
    if v[2] == "N":
        whole = natural_term(t) or (integer_term(t) and supplied(("le", num(0), t), facts))
        _require(whole, f"{v[1]} stands for integers >= 0, not for {show(t)}")


def introduce(step: Step) -> frozenset[Term]:
    """From an axiom "there are p, q, ... with C" and C, H |- Q, where neither H nor Q speaks of p, q, ..., conclude Q.

    The first premise is the axiom (parameters: put and symbols, as in apply; what exists keeps its name), the second
    the sequent whose hypotheses C (or its conjuncts) disappear, the others supply the axiom's hypotheses.
    """
    first, use, *others = step.premises
    facts = [p.concl for p in others]
    names = set(step.params["exists"])
    variables, functions = _instantiation(step, facts)
    put = [*variables.values(), *(body for _, body in functions.values())]
    _require(not any(_speaks(t, names) for t in put), "what exists occurs in what the axiom is applied to")
    _require(not names & ({v[1] for v in variables} | set(functions)), "what exists cannot be chosen")
    concl = substitute(first.concl, variables, functions)
    while concl[0] == "imp":
        _require(not _speaks(concl[1], names), "what exists occurs in a hypothesis of the axiom")
        _require(supplied(concl[1], facts), f"not supplied: {show(concl[1])}")
        concl = concl[2]
    given = list(concl[1:]) if concl[0] == "and" else [concl]
    hyps = _drop(use.hyps, given)
    _require(not any(_speaks(h, names) for h in hyps | {step.goal}), "what exists occurs outside of what is told of it")
    _require(same(step.goal, use.concl), "the goal is not what the second premise proves")
    return hyps.union(*(p.hyps for p in others))


def _speaks(t: Term, names: set[str]) -> bool:
    """Return whether a free variable or a symbol of one of these names occurs in t."""
    random = {name for s in subterms(t) if s[0] in ("E", "L2") for name in s[1]}
    return bool(names & ({v[1] for v in free_vars(t)} | symbols(t) | random))


def induction(step: Step) -> frozenset[Term]:
    """From P[base] and P[k], base <= k |- P[k+1] conclude base <= k |- P[k] (parameters: on, base)."""
    first, second = _premises(step, 2)
    k, base = step.signature.variable(step.params["on"]), step.term("base")
    whole = {"Z": integer_term(base), "N": natural_term(base), "R": False}
    _require(whole[k[2]], "induction runs over integers of the index's kind")
    _require(k not in free_vars(base), "the base moves with the index")
    _require(same(first.concl, substitute(step.goal, {k: base})), "the first premise is not the base case")
    following = substitute(step.goal, {k: ("add", k, num(1))})
    _require(same(second.concl, following), "the second premise is not the step from k to k + 1")
    hyps = _drop(second.hyps, [step.goal, ("le", base, k)])
    _not_free(k, hyps)
    start: frozenset[Term] = frozenset()
    if not (k[2] == "N" and base == num(0)):
        start = frozenset({("le", base, k)})
    return hyps | first.hyps | start


def witness(step: Step) -> frozenset[Term]:
    """From P[t] conclude Ex(v, P) (parameter: value)."""
    (premise,) = _premises(step, 1)
    _require(step.goal[0] == "ex", "an instance shows an existence")
    t = step.term("value")
    _check_kind(step.goal[1], t, [])
    instance = substitute(step.goal[2], {step.goal[1]: t})
    _require(same(instance, premise.concl), "the premise is not the instance")
    return premise.hyps


def obtain(step: Step) -> frozenset[Term]:
    """From Ex(v, P) and P, H |- Q, where neither H nor Q speaks of v, conclude Q."""
    some, use = _premises(step, 2)
    _require(some.concl[0] == "ex", "the first premise is an existence")
    v = some.concl[1]
    hyps = _drop(use.hyps, [some.concl[2]])
    _not_free(v, hyps | {step.goal})
    _require(same(step.goal, use.concl), "the goal is not what the second premise proves")
    return hyps | some.hyps


def congruence(step: Step) -> frozenset[Term]:
    """From l == r for every value of the bound variable in its range conclude it of sums, series, integrals, E."""
    left, right = step.goal[1], step.goal[2]
    _require(step.goal[0] == "eq", "one equation is carried under one binder")
    premise, *others = step.premises
    _require(premise.concl[0] == "eq", "the premise is not an equation")
    if left[0] == "E" and right[0] == "E" and left[1] == right[1]:
        _require(_same_number(left[2], premise.concl[1]) and _same_number(right[2], premise.concl[2]), "bodies differ")
        for h in premise.hyps:
            _require(not _random_symbols(h, set(left[1])), "a hypothesis speaks of one outcome only")
        return step.hyps()
    hyps = _under_binder(left, right, premise, [p.concl for p in others])
    return hyps.union(*(p.hyps for p in others))


def _random_symbols(t: Term, names: set[str]) -> bool:
    """Return whether a random symbol occurs outside expectations, that is, as the value at one outcome."""
    if t[0] in ("E", "L2"):
        names = names - set(t[1])
    if t[0] == "fn" and t[1] in names:
        return True
    outside, inside = split(t)
    return any(_random_symbols(s, names) for s in (*outside, *inside))


def _under_binder(left: Term, right: Term, premise: Sequent, facts: list[Term]) -> frozenset[Term]:
    """Return the hypotheses left when a relation proved for the bound variable's range is carried under the binder."""
    _require(
        left[0] == right[0] and left[0] in ("sum", "series", "int"), "the two sides are not the same kind of binder"
    )
    v = left[1]
    bounds = slice(2, -1)
    _require(all(_same_number(a, b) for a, b in zip(left[bounds], right[bounds], strict=True)), "the ranges differ")
    _require(v not in free_vars(right), "the bound variable occurs free on the other side")
    body = substitute(right[-1], {right[1]: v})
    _require(_same_number(left[-1], premise.concl[1]), f"the left body is not {show(premise.concl[1])[:200]}")
    _require(_same_number(body, premise.concl[2]), f"the right body is not {show(premise.concl[2])[:200]}")
    lo, hi = left[2], (left[3] if left[0] != "series" else OO)
    local = _range_facts(v, lo, hi) if left[0] == "int" else [f for f in _range_facts(v, lo, hi) if f[0] == "le"]
    hyps = _drop(premise.hyps, local)
    _not_free(v, hyps)
    if left[0] == "int" and len(hyps) < len(premise.hyps) and hi != OO and lo != ("-oo",):
        _require(supplied(("le", lo, hi), facts), "the ends of the integral are not in order")
    return hyps


def monotone(step: Step) -> frozenset[Term]:
    """From l <= r on the range conclude the same of finite sums, and of absolutely convergent series and integrals.

    From 0 <= X conclude 0 <= E(X).
    """
    _require(step.goal[0] == "le", "a monotone step proves an inequality")
    premise, *others = step.premises
    facts = [p.concl for p in others]
    _require(premise.concl[0] == "le", "the premise is not an inequality")
    left, right = step.goal[1], step.goal[2]
    if left == num(0) and right[0] == "E":  # also where the expectation does not exist and counts as 0
        _require(same(premise.concl, ("le", num(0), right[2])), "the premise is not the sign of the random variable")
        outcome = any(_random_symbols(h, set(right[1])) for h in premise.hyps)
        _require(not outcome, "a hypothesis speaks of one outcome only")
        return step.hyps()
    if left == num(0):
        left = (*right[:-1], num(0))
    if right == num(0):
        right = (*left[:-1], num(0))
    hyps = _under_binder(left, right, premise, facts)
    for side in (left, right):
        if side[0] == "series" and side[-1] != num(0):
            p = ("Summable", side[1], side[2], side[3])
            _require(supplied(p, facts), f"not supplied: {show(p)}")
        if side[0] == "int" and side[-1] != num(0):
            _require(_integrable(side, facts), f"the integrand {show(side[-1])[:200]} is not known to be integrable")
    if left[0] == "int" and OO not in left[2:4] and ("-oo",) not in left[2:4]:
        _require(supplied(("le", left[2], left[3]), facts), "the ends of the integral are not in order")
    return hyps.union(*(p.hyps for p in others))


def _integrable(t: Term, facts: list[Term]) -> bool:
    if supplied(("Integrable", *t[1:]), facts):
        return True
    bounded = OO not in t[2:4] and ("-oo",) not in t[2:4]
    return bounded and supplied(("le", t[2], t[3]), facts) and supplied(("Cont", *t[1:]), facts)


def sums(step: Step) -> frozenset[Term]:
    """The last or first term of a sum split off, an empty sum, a sum with delta, the first term of a series."""
    _require(step.goal[0] == "eq", "the rule proves an equation")
    t, facts = step.goal[1], step.facts()
    kind = step.params["kind"]
    wanted = "series" if kind == "series-first" else "sum"
    _require(t[0] == wanted, f"the left side is not a {wanted}")
    if kind == "series-first":
        _require(integer_term(t[2]), "the series does not start at an integer")
        _require(supplied(("Summable", *t[1:]), facts), "the series is not known to converge absolutely")
        after: Term = ("add", substitute(t[3], {t[1]: t[2]}), ("series", t[1], ("add", t[2], num(1)), t[3]))
        _require(_same_number(after, step.goal[2]), "the right side is not first term plus rest")
        return step.hyps()
    v, lo, hi, body = t[1:]
    if kind == "last":
        _require(supplied(("le", lo, hi), facts), "the range may be empty")
        expected: Term = ("add", ("sum", v, lo, sub(hi, num(1)), body), substitute(body, {v: hi}))
    elif kind == "first":
        _require(supplied(("le", lo, hi), facts), "the range may be empty")
        expected = ("add", ("sum", v, ("add", lo, num(1)), hi, body), substitute(body, {v: lo}))
    elif kind == "empty":
        _require(supplied(("lt", hi, lo), facts), "the range is not known to be empty")
        expected = num(0)
    elif kind == "delta":
        j = step.term("index")
        _require(integer_term(j) and v not in free_vars(j), "the index is not an integer of its own")
        _require(
            supplied(("le", lo, j), facts) and supplied(("le", j, hi), facts), "the index may lie outside the range"
        )
        rest = step.term("rest")
        _require(_same_number(body, mul(("fn", "delta", v, j), rest)), "the summand is not delta times the rest")
        expected = substitute(rest, {v: j})
    else:
        raise Malformed(f"unknown kind of sum step: {kind}")
    # integer ends: lo <= hi over the reals and over the integers agree only for integers
    _require(integer_term(lo) and integer_term(hi), "the ends of the range are not integers")
    _require(_same_number(expected, step.goal[2]), f"the right side is not {show(expected)[:300]}")
    return step.hyps()


def linear(step: Step) -> frozenset[Term]:
    """A series, integral or expectation of a sum is the sum of the parts, each of which converges absolutely.

    The goal may also be that a series or an integral of such a sum converges absolutely.
    """
    if step.goal[0] in ("Summable", "Integrable"):
        _expand_binder(("series" if step.goal[0] == "Summable" else "int", *step.goal[1:]), step.facts())
        return step.hyps()
    _require(step.goal[0] == "eq", "the rule proves an equation")
    t, facts = step.goal[1], step.facts()
    expanded = _expand_expectation(t, step) if t[0] == "E" else _expand_binder(t, facts)
    n, _ = Normalizer(facts).frac(sub(expanded, step.goal[2]))
    _require(n == 0, f"the parts add up to {show(Normalizer().canonical(expanded))[:600]}")
    return step.hyps()


def _expand_binder(t: Term, facts: list[Term]) -> Term:
    normal = Normalizer()
    n, d = normal.frac(t[-1])
    scale, divisors = reciprocals(normal, d)
    total: list[Term] = [num(0)]
    for c, factors in normal.monomials(n):
        fixed, ranges, inner = _unfold([*factors, *divisors], lambda a: t[1] in free_vars(a))
        part = (*t[:-1], mul(num(1), *inner))
        needed = {"series": "Summable", "int": "Integrable"}[t[0]]
        known = _instance_supplied((needed, *part[1:]), facts) or (t[0] == "int" and _integrable(part, facts))
        _require(known, f"not known to converge absolutely: {show(part)[:200]}")
        total.append(_summed(ranges, mul(num(c * scale), *fixed, part)))
    return ("add", *total)


def _unfold(
    factors: list[tuple[Term, int]], moves: Callable[[Term], bool]
) -> tuple[list[Term], list[Term], list[Term]]:
    """Split a product into fixed factors, the ranges of its finite sums and moving factors without such sums.

    The product is the sum over the ranges of all factors together.  A sum whose range moves stays one factor.
    """
    fixed: list[Term] = []
    ranges: list[Term] = []
    moving: list[Term] = []
    work = [a for a, e in factors for _ in range(e)]
    while work:
        a = work.pop(0)
        if not moves(a):
            fixed.append(a)
        elif a[0] == "sum" and not moves(a[2]) and not moves(a[3]):
            fresh = ("var", f"!{len(ranges)}", "Z")
            ranges.append((fresh, a[2], a[3]))
            body = substitute(a[4], {a[1]: fresh})
            work = [*(body[1:] if body[0] == "mul" else (body,)), *work]
        elif a[0] == "pow" and a[2][0] == "num" and a[2][1] > 0:
            work = [a[1]] * int(a[2][1]) + work
        elif a[0] == "mul":
            work = [*a[1:], *work]
        else:
            moving.append(a)
    return fixed, ranges, moving


def _summed(ranges: list[Term], t: Term) -> Term:
    for v, lo, hi in reversed(ranges):
        t = ("sum", v, lo, hi, t)
    return t


def _instance_supplied(p: Term, facts: list[Term]) -> bool:
    """Return whether a fact states p, or a fact All(i, ...) of integers has p as its instance at integer variables."""
    if supplied(p, facts):
        return True
    candidates = sorted((w for w in free_vars(p) if w[2] in "ZN"), key=str)
    for f in facts:
        bound, body = [], f
        while body[0] == "all" and body[1][2] == "Z":
            bound.append(body[1])
            body = body[2]
        if bound and body[0] == p[0]:
            for choice in product(candidates, repeat=len(bound)):
                if same(p, substitute(body, dict(zip(bound, choice, strict=True)))):
                    return True
    return False


def _expand_expectation(t: Term, step: Step) -> Term:
    names = set(t[1])
    square_integrable = [f for f in step.facts() if f[0] == "all" or f[0] == "L2"]
    normal = Normalizer()
    n, d = normal.frac(t[2])
    _require(d == 1, "the body has a denominator")
    total: list[Term] = [num(0)]
    for c, factors in normal.monomials(n):
        fixed, ranges, leaves = _unfold(factors, lambda a: bool(symbols(a) & names))
        for a in leaves:
            _require(_matches_l2(a, t[1], square_integrable), f"not known to be square integrable: {show(a)[:200]}")
        _require(len(leaves) <= 2, "a product of more than two square-integrable variables")
        part: Term = mul(num(c), *fixed, ("E", t[1], mul(num(1), *leaves))) if leaves else mul(num(c), *fixed)
        total.append(_summed(ranges, part))
    return ("add", *total)


def _matches_l2(a: Term, names: tuple[str, ...], facts: list[Term]) -> bool:
    """Return whether some fact All(i, ..., L2(X)) has `a` as an instance at integer indices."""
    for f in facts:
        bound, body = [], f
        while body[0] == "all":
            bound.append(body[1])
            body = body[2]
        if body[0] != "L2" or body[1] != names or body[2][0] != "fn" or a[0] != "fn" or body[2][:2] != a[:2]:
            continue
        candidates = sorted((w for w in free_vars(a) if w[2] in "ZN"), key=str)
        direct = [x for x in a[2:] if integer_term(x)]
        choices = [[*direct, *candidates] if v[2] in "ZN" else list(a[2:]) for v in bound]
        for choice in product(*choices):
            if any(symbols(c) & set(names) for c in choice):
                continue  # a fact for every number says nothing of a random variable in its place
            if all(v[2] == "R" or (v[2] == "Z" and integer_term(c)) for v, c in zip(bound, choice, strict=True)):
                instance = substitute(body[2], dict(zip(bound, choice, strict=True)))
                if _same_number(instance, a):
                    return True
    return False


def _fixed(step: Step) -> frozenset[Term]:
    """Return the variables of which the premises hold for one value only, since their hypotheses speak of it."""
    return frozenset().union(*(free_vars(h) for h in step.hyps()))


def derivative(step: Step) -> frozenset[Term]:
    """HasDeriv(x, F, f) from the table, its conditions supplied by the premises; combine as in identity."""
    goal = step.goal
    _require(goal[0] == "HasDeriv", "the rule proves HasDeriv(x, F, f)")
    v, point, inner, stated = goal[1:]
    _require(point[0] == "var", "a derivative is taken at a variable point")
    _require(v == point or point not in free_vars(inner) | free_vars(stated), "the point occurs in the function")
    inner, stated = substitute(inner, {v: point}), substitute(stated, {v: point})
    facts = step.facts()
    found, conditions = calculus.derivative(inner, point, facts, _fixed(step))
    for c in conditions:
        _require(supplied(c, facts), f"not supplied: {show(c)}")
    step.conditions.extend(conditions)
    n, _ = _rewriting(step).frac(_combined(step, sub(found, stated)))
    _require(n == 0, f"the derivative is {show(Normalizer(facts).canonical(found))[:400]}")
    return step.hyps()


def continuous(step: Step) -> frozenset[Term]:
    """Cont(x, a, b, F) from the table, its conditions supplied by premises that hold for a <= x <= b."""
    goal = step.goal
    _require(goal[0] == "Cont", "the rule proves Cont(x, a, b, F)")
    v, a, b, inner = goal[1:]
    _require(v not in free_vars(a) | free_vars(b), "the variable occurs in the ends of its interval")
    facts = [p for p in step.facts() if p[0] != "Cont" or (_same_number(p[2], a) and _same_number(p[3], b))]
    conditions = calculus.continuity(inner, v, facts, _fixed(step))
    for c in conditions:
        _require(supplied(c, facts), f"not supplied: {show(c)}")
    step.conditions.extend(conditions)
    hyps = _drop(step.hyps(), _closed_range(v, a, b))
    _not_free(v, hyps)
    return hyps


def limit(step: Step) -> frozenset[Term]:
    """Lim(x, F, L): the limit of F as x -> +infinity, from a table."""
    goal = step.goal
    _require(goal[0] == "Lim", "the rule proves Lim(x, F, L)")
    _not_free(goal[1], step.hyps())
    found = calculus.limit(goal[2], goal[1], step.facts())
    n, _ = Normalizer(step.facts()).frac(sub(found, goal[3]))
    _require(n == 0, f"the limit is {show(Normalizer(step.facts()).canonical(found))[:300]}")
    return step.hyps()


def fundamental_theorem(step: Step) -> frozenset[Term]:
    """Int(x, a, b, f) == F(b) - F(a) from HasDeriv on (a, b), continuity of F and f on [a, b], and a <= b.

    With b = oo: from HasDeriv for every x >= a, the limit of F, and one sign of f there or its integrability.
    Parameter: F.  The goal may also be the integrability of such an f.
    """
    goal = step.goal
    integral = goal[1] if goal[0] == "eq" else ("int", *goal[1:])
    _require(goal[0] in ("eq", "Integrable"), "the rule proves the value or the convergence of an integral")
    v, a, b, f = integral[1:]
    _require(v not in free_vars(a) | free_vars(b), "the variable occurs in the ends of its interval")
    primitive = step.term("F")
    derivatives = [p for p in step.premises if p.concl[0] == "HasDeriv"]
    _require(len(derivatives) == 1, "one premise is the derivative of the antiderivative")
    rule = derivatives[0]
    _require(same(rule.concl, ("HasDeriv", v, v, primitive, f)), "the premise is not the derivative that is needed")
    others = [p for p in step.premises if p is not rule]
    facts = [p.concl for p in others]
    if b == OO:
        _require(a != ("-oo",), "the lower end is not a number")
        local: list[Term] = [("le", a, v)]
        limits = [p[3] for p in facts if p[0] == "Lim" and same(p, ("Lim", v, primitive, p[3]))]
        _require(len(limits) == 1, "one premise is the limit of the antiderivative")
        signs = [("le", num(0), f), ("lt", num(0), f), ("le", f, num(0)), ("lt", f, num(0))]
        signed = [p for p in others if any(same(p.concl, q) for q in signs)]
        known = bool(signed) or _integrable(integral, facts)
        _require(known, "one premise is the sign of the integrand, or its integrability")
        top = limits[0]
    else:
        local, signed = [("lt", a, v), ("lt", v, b), ("le", a, v), ("le", v, b)], []
        _require(supplied(("le", a, b), facts), "the ends of the integral are not in order")
        _require(supplied(("Cont", v, a, b, primitive), facts), "the antiderivative is not known to be continuous")
        _require(_integrable(integral, facts), "the integrand is not known to be continuous")
        top = substitute(primitive, {v: b})
    hyps = _drop(rule.hyps, local)
    _not_free(v, hyps)
    rest: frozenset[Term] = frozenset()
    for p in others:  # what is assumed of v in (a, b) may be dropped only where it is said of every such v
        rest |= _drop(p.hyps, local) if p in signed else p.hyps
    _not_free(v, rest)
    if goal[0] == "eq":
        normal = Normalizer(p for p in facts if v not in free_vars(p))  # the others hold on the interval only
        n, _ = normal.frac(sub(sub(top, substitute(primitive, {v: a})), goal[2]))
        _require(n == 0, f"the integral is {show(normal.canonical(sub(top, substitute(primitive, {v: a}))))[:300]}")
    return hyps | rest


def enclosure(step: Step) -> frozenset[Term]:
    """A closed comparison between numbers, decided by rigorous balls."""
    _premises(step, 0)
    answer = compare(*step.goal)
    _require(answer is True, "the comparison is false" if answer is False else "the balls overlap: not decided")
    return frozenset()


RULES: dict[str, Callable[[Step], frozenset[Term]]] = {
    "identity": identity, "arithmetic": arithmetic, "sign": sign, "certificate": certificate, "discharge": discharge,
    "generalize": generalize, "apply": apply, "introduce": introduce, "induction": induction, "witness": witness,
    "obtain": obtain,
    "congruence": congruence, "monotone": monotone, "sums": sums, "linear": linear, "derivative": derivative,
    "continuous": continuous, "limit": limit, "fundamental-theorem": fundamental_theorem, "enclosure": enclosure,
}  # fmt: skip


_WORDS = {"eq": "==", "le": "<=", "lt": "<", "ne": "!=", "add": " + ", "mul": "*", "and": " and ", "or": " or "}


def show(t: Term) -> str:
    """Return a term as text, in the language that the parser reads."""
    op = t[0]
    if op == "num":
        return str(t[1])
    if op == "var":
        return str(t[1])
    if op in RELATIONS:
        return f"{show(t[1])} {_WORDS[op]} {show(t[2])}"
    if op in ("add", "mul", "and", "or"):
        simple = ("num", "var", "fn", "pow", "inv")
        return _WORDS[op].join(show(s) if s[0] in simple else f"({show(s)})" for s in t[1:])
    if op == "pow":
        return f"({show(t[1])})**({show(t[2])})"
    if op == "inv":
        return f"1/({show(t[1])})"
    if op == "fn":
        return f"{t[1]}({', '.join(show(s) for s in t[2:])})" if len(t) > 2 else str(t[1])
    if op == "not":
        return f"not ({show(t[1])})"
    if op in ("E", "L2"):
        return f"{op}[{', '.join(t[1])}]({show(t[2])})"
    if op in ("oo", "-oo", "true", "false"):
        return {"true": "True", "false": "False"}.get(op, str(op))
    name = {"imp": "Imp", "all": "All", "ex": "Ex", "sum": "Sum", "series": "Series", "int": "Int"}.get(op, str(op))
    args = (t[1], *t[3:]) if op == "HasDeriv" and t[1] == t[2] else t[1:]
    return f"{name}({', '.join(show(s) for s in args)})"
