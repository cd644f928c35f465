"""Finite sums of products in one order of their bound indices.

Nested sums become one product over several indices, a delta between two of them is summed out, the product falls into
connected parts, and in each part the indices take the order that makes its text smallest, so that Tr[AB] = Tr[BA],
transposition and renaming are equalities.  `plain` is the normal form of a term without any facts.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations, product
from typing import Any

from .polynomials import Factors, TooLarge, key
from .terms import TERM_BINDERS, Term, alpha, free_vars, mul, natural_term, num, split, substitute, subterms, var

_ONE = num(1)
Ranges = list[tuple[Term, Term, Term]]  # bound indices with their first and last values
Plain = Callable[[Term], Term]


def bound_name(t: Term) -> Term:
    """Return the variable that the normal form of `t` binds: the first @k that is not free inside `t`."""
    taken = {w[1] for s in split(t)[1] for w in free_vars(s) if w != t[1]}
    k = 0
    while f"@{k}" in taken:
        k += 1
    return ("var", f"@{k}", t[1][2])


def unique(*ts: Term) -> Term:
    """Return an integer variable that occurs in none of the terms, bound or free."""
    taken = {s[1] for t in ts for s in subterms(t) if s[0] == "var"}
    taken |= {s[1][1] for t in ts for s in subterms(t) if s[0] in TERM_BINDERS}
    k = 0
    while f"#{k}" in taken:
        k += 1
    return var(f"#{k}", "Z")


def sum_of_product(
    c: Fraction, factors: Factors, ranges: Ranges, plain: Plain
) -> tuple[Fraction, list[tuple[Term, bool]]]:
    work = [a for a, e in factors for _ in range(e)]
    flat: list[Term] = []
    while work:  # nested sums over the bound indices become further indices of the same product
        a = work.pop()
        if a[0] == "sum" and any(r[0] in free_vars(a) for r in ranges):
            w = unique(a, *(x for r in ranges for x in r), *flat, *work)
            ranges = [*ranges, (w, a[2], a[3])]
            body = substitute(a[4], {a[1]: w})
            work.extend(body[1:] if body[0] == "mul" else (body,))
        elif a[0] == "pow" and a[2][0] == "num":
            work.extend([a[1]] * int(a[2][1]))
        elif a[0] == "num":
            c *= a[1]
        elif a[0] == "mul":
            work.extend(a[1:])
        else:
            flat.append(a)
    ranges, flat = _contract(ranges, flat, plain)
    outside, components = _components(ranges, flat)
    done = [(a, False) for a in outside]
    for rs, fs in components:
        count = _count(*rs[0]) if not fs and len(rs) == 1 else None
        done.append((_ordered(rs, fs or [_ONE], plain), True) if count is None else (count, False))
    return c, done


def _contract(ranges: Ranges, flat: list[Term], plain: Plain) -> tuple[Ranges, list[Term]]:
    """Sum out delta(i, j) where i and j are bound over the same range."""
    for a in flat:
        if a[0] == "fn" and a[1] == "delta":
            by_var = {r[0]: r for r in ranges}
            p, q = a[2], a[3]
            if p in by_var and q in by_var and by_var[p][1:] == by_var[q][1:]:
                rest = list(flat)
                rest.remove(a)
                keep = [(w, substitute(lo, {p: q}), substitute(hi, {p: q})) for w, lo, hi in ranges if w != p]
                done: list[Term] = []
                for s in rest:
                    s = plain(substitute(s, {p: q}))
                    done.extend(s[1:] if s[0] == "mul" else (s,))
                return _contract(keep, done, plain)
    return ranges, flat


def _components(ranges: Ranges, flat: list[Term]) -> tuple[list[Term], list[tuple[Any, Any]]]:
    """Split a summed product into factors without bound indices and connected parts."""
    bound = [r[0] for r in ranges]
    group = {v: i for i, v in enumerate(bound)}

    def join(vs: list[Term]) -> None:
        for v in vs[1:]:
            old, new = group[v], group[vs[0]]
            for w in bound:
                if group[w] == old:
                    group[w] = new

    used = [(a, [v for v in bound if v in free_vars(a)]) for a in flat]
    for _, vs in used:
        join(vs)
    for v, lo, hi in ranges:  # a range that depends on another index ties the two together
        join([v, *(w for w in bound if w in free_vars(lo) | free_vars(hi))])
    outside = [a for a, vs in used if not vs]
    parts = []
    for g in sorted(set(group.values())):
        rs = [r for r in ranges if group[r[0]] == g]
        parts.append((rs, [a for a, vs in used if vs and group[vs[0]] == g]))
    return outside, parts


def _count(v: Term, lo: Term, hi: Term) -> Term | None:
    """Return the number of integers from lo to hi where the shape shows it."""
    if lo == num(1) and natural_term(hi):
        return hi
    if lo == num(0) and natural_term(hi):
        return ("add", hi, num(1))
    return None


def _ordered(ranges: Ranges, factors: list[Term], plain: Plain) -> Term:
    """Return the nested sum whose bound indices stand in the order that makes its text smallest."""
    groups: dict[str, Ranges] = {}
    mark = var("%", "Z")
    blank = {r[0]: var("%%", "Z") for r in ranges}
    taken = {w[1] for t in (*factors, *(b for r in ranges for b in r[1:])) for w in free_vars(t)}
    free = [f"${i}" for i in range(len(ranges) + len(taken)) if f"${i}" not in taken]  # no free variable is captured
    for r in ranges:  # only indices that look alike need be tried in both orders
        shape = sorted(key(alpha(substitute(f, {**blank, r[0]: mark}))) for f in factors if r[0] in free_vars(f))
        groups.setdefault(key((substitute(r[1], blank), substitute(r[2], blank))) + repr(shape), []).append(r)
    forms: dict[str, Term] = {}
    ordered_groups = [groups[k] for k in sorted(groups)]
    total = 1
    for g in ordered_groups:
        for k in range(2, len(g) + 1):
            total *= k
    if total > 5040:
        raise TooLarge("too many interchangeable summation indices")
    for choice in product(*(permutations(g) for g in ordered_groups)):
        order = _innermost_first([r for g in choice for r in g])
        names = {r[0]: var(free[i], "Z") for i, r in enumerate(order)}
        renamed = sorted((plain(substitute(f, names)) for f in factors), key=key)
        rs = [(names[v], substitute(lo, names), substitute(hi, names)) for v, lo, hi in order]
        body: Term = mul(*_powers(renamed))
        for v, lo, hi in rs:
            body = ("sum", v, lo, hi, body)
        forms[key((tuple(rs), tuple(renamed)))] = body
    return forms[min(forms)]


def _innermost_first(ranges: Ranges) -> Ranges:
    """Return the ranges in the given order, except that an index comes after the indices whose ranges depend on it."""
    left, done = list(ranges), []
    while left:
        # there is one: the ranges come from nested sums, none of which sees an index inside it
        r = next(r for r in left if not any(r[0] in free_vars(s[1]) | free_vars(s[2]) for s in left))
        left.remove(r)
        done.append(r)
    return done


def _powers(factors: list[Term]) -> list[Term]:
    out: list[Term] = []
    for f in dict.fromkeys(factors):
        k = factors.count(f)
        out.append(f if k == 1 else ("pow", f, num(k)))
    return out
