"""Guesses where a fit's contacts are dependent: the subsets of them whose features are independent."""

from __future__ import annotations

from itertools import combinations, islice

import numpy as np
from numpy.typing import NDArray

from .active_contacts import Guess
from .exact_problem import ExactProblem, nearest

Array = NDArray[np.float64]

_DEPENDENT = 1e-9  # singular value of the unit columns, relative to the largest, below which a guess is worth trying
_MOST = 40  # subsets that are tried
_LOOKED_AT = 400  # subsets that are looked at, among more contacts than a small face has


def _features(problem: ExactProblem, guess: Guess) -> Array:
    """The contacts' units at the data, each of length 1: (M, K)."""
    x = np.array([nearest(v) for v in problem.x])
    columns = np.zeros((problem.size, len(guess.contacts)))
    for k, (contact, (p, q)) in enumerate(zip(guess.contacts, guess.vectors, strict=True)):
        seen = slice(contact.start, contact.stop)
        columns[seen, k] = float(p) * x[seen] + float(q)
    length = np.linalg.norm(columns, axis=0)
    return np.asarray(columns / np.where(length > 0, length, 1.0))


def independent_guesses(problem: ExactProblem, guess: Guess) -> list[Guess]:
    """The largest subsets of dependent contacts with independent features, no more than 40; none where all are.

    In doubles several contacts may look alike where exact numbers prefer one set of them: each is only a guess, which
    the proof confirms or refuses.
    """
    count = len(guess.contacts)
    if count == 0:
        return []
    columns = _features(problem, guess)
    values = np.linalg.svd(np.linalg.qr(columns, mode="r"), compute_uv=False)
    rank = int(np.sum(values > _DEPENDENT * values[0]))
    if rank == count:
        return []
    found: list[Guess] = []
    for chosen in islice(combinations(range(count), rank), _LOOKED_AT):
        values = np.linalg.svd(np.linalg.qr(columns[:, list(chosen)], mode="r"), compute_uv=False)
        if values[-1] > _DEPENDENT * values[0]:
            contacts, vectors = [guess.contacts[k] for k in chosen], [guess.vectors[k] for k in chosen]
            found.append(Guess(tuple(contacts), tuple(vectors)))
        if len(found) == _MOST:
            break
    return found
