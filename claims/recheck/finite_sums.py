"""Finite sums of products: nested ones as one sum over several indices, in parts that share no index.

A sum over i of a(i) times a sum over j of b(j) c(i) is the double sum of a(i) c(i) b(j), and falls into the product of
the sum of a c and the sum of b.  In each part the indices get the names and the order that make its text smallest, so
that exchanged sums and renamed indices are told equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count, permutations

from ...analysis.kernel.terms import Term, binder, free_vars, num, split, substitute

Range = tuple[Term, Term, Term]
Powers = dict[Term, int]
_MAX_ORDERED = 4  # indices whose orders are all tried


def flattened(index: Range, powers: Powers, parts: Callable[[Term], Powers | None]) -> tuple[list[Range], list[Term]]:
    """Return indices and factors of a sum of a product of powers, sums among the factors taken apart.

    Arguments:
        index: the sum's own index with its ends.
        powers: the product under the sum.
        parts: the powers whose product a term is, or None where it is no such product.

    Returns:
        The indices with their ends, outer ones first, and the factors, each as often as its power says.
    """
    unused = _unused([*powers, *index])
    ranges, factors = [index], []
    work = [a for a, e in powers.items() for _ in range(e)]
    while work:
        a = work.pop(0)
        moves = a[0] == "sum" and any(r[0] in free_vars(a) for r in ranges)
        own = next(unused)
        inside = parts(substitute(a[4], {a[1]: own})) if moves else None
        if inside is None:
            factors.append(a)
        else:
            ranges.append((own, a[2], a[3]))
            work += [b for b, e in inside.items() for _ in range(e)]
    return ranges, factors


@lru_cache(maxsize=200_000)
def _variables(t: Term) -> frozenset[Term]:
    """Return the variables in a term, free and bound."""
    outside, inside = split(t)
    own = t if t[0] == "var" else binder(t)
    return frozenset([own] if own is not None else []).union(*(_variables(s) for s in (*outside, *inside)))


def _unused(terms: Sequence[Term]) -> Iterator[Term]:
    """Yield integer variables that occur in none of the terms."""
    taken = {v[1] for t in terms for v in _variables(t)}
    return (("var", f"#{k}", "Z") for k in count() if f"#{k}" not in taken)


def connected(ranges: Sequence[Range], factors: Sequence[Term]) -> Iterator[tuple[list[Range], list[Term]]]:
    """Yield the parts of a summed product that share no index; first the factors that no index moves.

    >>> i, j, n = ("var", "i", "Z"), ("var", "j", "Z"), ("var", "n", "N")
    >>> a, b, c = ("fn", "a", i), ("fn", "b", j), ("fn", "c")
    >>> parts = connected([(i, num(1), n), (j, num(1), n)], [a, b, c])
    >>> [(len(r), f) for r, f in parts] == [(0, [c]), (1, [a]), (1, [b])]
    True
    """
    indices = {r[0] for r in ranges}
    together = [{r[0]} | ((free_vars(r[1]) | free_vars(r[2])) & indices) for r in ranges]
    together += [set(free_vars(a) & indices) for a in factors]
    groups: list[set[Term]] = []
    for linked in together:
        met = [g for g in groups if g & linked]
        groups = [g for g in groups if not g & linked] + ([linked.union(*met)] if linked else [])
    yield [], [a for a in factors if not free_vars(a) & indices]
    for group in groups:
        yield [r for r in ranges if r[0] in group], [a for a in factors if free_vars(a) & group]


def ordered(ranges: Sequence[Range], factors: Sequence[Term], shape: Callable[[Term], Term]) -> Term:
    """Return one nested sum of a product, the same for every order and naming of its indices.

    Arguments:
        ranges: the indices, those on which the ends of others depend before these.
        factors: what is multiplied.
        shape: a function that writes equal terms alike.

    Returns:
        The sum; with more indices than are tried in all orders, in the order given.
    """
    indices = {r[0] for r in ranges}
    parts = [*factors, *(end for r in ranges for end in r[1:])]
    taken = {v[1] for t in parts for v in _variables(t) - indices}
    names = [name for name in (f"&{k}" for k in range(len(ranges) + len(taken))) if name not in taken]
    orders = permutations(ranges) if len(ranges) <= _MAX_ORDERED else [tuple(ranges)]
    return min((_nested(order, factors, names, shape) for order in orders if _nests(order)), key=repr)


def _nests(order: Sequence[Range]) -> bool:
    """Return whether the ends of each range depend on indices before it only."""
    return not any(later[0] in free_vars(r[1]) | free_vars(r[2]) for k, r in enumerate(order) for later in order[k:])


def _nested(
    order: Sequence[Range], factors: Sequence[Term], names: Sequence[str], shape: Callable[[Term], Term]
) -> Term:
    own = {r[0]: ("var", name, "Z") for r, name in zip(order, names, strict=False)}
    body = shape(("mul", num(1), *(substitute(a, own) for a in factors)))
    for v, lo, hi in reversed(order):
        body = ("sum", own[v], shape(substitute(lo, own)), shape(substitute(hi, own)), body)
    return body
