"""The numbers that the figures of a report show, computed once by the run and carried in its record.

Everything is rounded to ten digits, so that the last bits of a machine's arithmetic do not change the record.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..numerics.autoencoder import lower_bound, train
from ..numerics.autoencoder.bounds import shannon_bound

_DIGITS = 10
_DIMENSION = 32
_WIDEST = 3  # times the dimension
_TRAINED = (4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 64, 80, 96)


def _rounded(values: ArrayLike) -> list[float]:
    return [float(f"{v:.{_DIGITS}g}") for v in np.asarray(values, dtype=np.float64)]


def _rate(seed: int) -> dict[str, Any]:
    """Risk against rate for the sign: the bound 1 − r/(max(r, 1) + α), training on the exact risk, and Shannon's."""
    d = _DIMENSION
    widths = range(1, _WIDEST * d + 1)
    rates = [n / d for n in widths]
    results = [train(n, d, "sign", method="gd", seed=seed) for n in _TRAINED]
    return {
        "kind": "rate",
        "title": "Risk against rate for the sign",
        "activation": "sign",
        "caption": rf"Codes $\hat x = A\,\mathrm{{sign}}(Bx)$ of $x \sim N(0, I_{{{d}}})$ with $n$ units,"
        r" rate $r = n/d$. Line: no $A$, $B$ is below it; its corner is at $r = 1$. Circles: gradient descent on the"
        r" rows of $B$ with the optimal decoder, exact risk. Dashed: what any code of as many bits could"
        r" reach, $2^{-2r}$.",
        "seed": seed,
        "bound": {"rate": _rounded(rates), "risk": _rounded([lower_bound("sign", n=n, d=d) for n in widths])},
        "shannon": {"rate": _rounded(rates), "risk": _rounded([shannon_bound(r, 2) for r in rates])},
        "training": {"rate": _rounded([n / d for n in _TRAINED]), "risk": _rounded([r.risk for r in results])},
        "training_label": f"trained, d = {d}",
    }
