"""The long jobs of the pages, as functions of plain values that a process of their own can run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any


def prove(x: Sequence[float], y: Sequence[float], weight: Sequence[float], lam: float, beta: float, which: Any) -> str:
    """The enclosures that are proved about a fit of these doubles, in sentences.

    >>> prove([-2.0, 2.0], [2.0, 2.0], [1.0, 1.0], 0.125, math.inf, "limit").splitlines()[0]
    'Proved: the only minimiser has exactly 2 knots.'
    """
    from ...numerics.meanfield import fit_wide_relu

    certificate = fit_wide_relu(x, y, lam=lam, beta=beta, sample_weight=weight, selection=which).certify(12)
    record = certificate.as_json()
    if not certificate.certified:
        reasons = [entry["reason"] for entry in record["undecided"]] or ["double precision does not suffice"]
        return f"Not proved: {'; '.join(dict.fromkeys(reasons))}."
    lines = [f"objective in [{', '.join(record['objective'])}]"]
    if math.isfinite(beta):
        return "\n".join(["Proved: the minimum of the free energy is enclosed.", *lines])
    count = record["knot_count"]
    known = f"exactly {count} {'knot' if count == 1 else 'knots'}"
    only = "the only" if record["unique"] else "a"
    for knot in record["knots"]:
        low, high = knot["location"]
        lines.append(f"knot in [{low}, {high}], slope change in [{', '.join(knot['slope_change'])}]")
    return "\n".join([f"Proved: {only} minimiser has {known}.", *lines])


def train_code(n: int, d: int, activation: str) -> tuple[int, int, str, float, float]:
    """n, d, the activation, the risk of a code trained from seed 0 and its gap to the bound.

    >>> n, d, name, risk, gap = train_code(2, 4, "sign")
    >>> round(risk, 4), abs(gap) < 1e-9
    (0.6817, True)
    """
    from ...numerics.autoencoder import train

    result = train(n, d, activation, seed=0)
    return n, d, activation, result.risk, result.gap
