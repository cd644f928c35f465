"""Sameness of propositions, and what a list of facts supplies: what is stated there, and signs that shapes show."""

from __future__ import annotations

from collections.abc import Callable

from .evaluate import compare
from .normal import Normalizer, equal
from .polynomials import with_few_atoms
from .terms import OO, RELATIONS, TRUE, Term, alpha, free_vars, mul, num, sub, substitute, symbols


def same(p: Term, q: Term) -> bool:
    """Return whether two propositions differ only in the names of bound variables and in normal forms of numbers."""
    if alpha(p) == alpha(q):
        return True
    if p[0] != q[0]:
        return False
    if p[0] in RELATIONS:
        return same_number(p[1], q[1]) and same_number(p[2], q[2])
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
            same_number(substitute(a, {v: fresh}) if inside else a, substitute(b, {w: fresh}) if inside else b)
            for a, b, inside in zip(p[2:], q[2:], _scopes(p), strict=True)
        )
    if p[0] == "L2":
        return bool(p[1] == q[1]) and same_number(p[2], q[2])
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
    return same_number(left, right) or (p[0] in ("eq", "ne") and same_number(left, mul(num(-1), right)))


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


def same_number(a: Term, b: Term) -> bool:
    if a == b:
        return True
    if a[0] in ("oo", "-oo") or b[0] in ("oo", "-oo"):
        return False
    return equal(a, b)


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


@with_few_atoms
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


def drop(hyps: frozenset[Term], local: list[Term]) -> frozenset[Term]:
    """Return the hypotheses other than the local ones."""
    return frozenset(h for h in hyps if not any(same(h, q) for q in local))


def range_facts(v: Term, lo: Term, hi: Term) -> list[Term]:
    facts: list[Term] = []
    if lo not in (OO, ("-oo",)):
        facts += [("le", lo, v), ("lt", lo, v)]
    if hi not in (OO, ("-oo",)):
        facts += [("le", v, hi), ("lt", v, hi)]
    return facts


def closed_range(v: Term, lo: Term, hi: Term) -> list[Term]:
    return [("le", *(lo, v)), ("le", *(v, hi))]


def integrable(t: Term, facts: list[Term]) -> bool:
    if supplied(("Integrable", *t[1:]), facts):
        return True
    bounded = OO not in t[2:4] and ("-oo",) not in t[2:4]
    return bounded and supplied(("le", t[2], t[3]), facts) and supplied(("Cont", *t[1:]), facts)
