"""One point of the sweep over sparse sources: known one-bit codes and a trained one beside the Gaussian bound."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..activations import activation
from ..autoencoder.bounds import lower_bound
from ..autoencoder.minimizer import minimizer
from ..autoencoder.rows import descend_on_rows, fitted_decoder
from ..autoencoder.sparse import SparseSource, best_dither, identity_risk
from ..autoencoder.sparse_codes import cascade

Array = NDArray[np.float64]

_BLOCK = 8  # coordinates that a cascade takes together


def known_risks(source: SparseSource, n: int, d: int) -> dict[str, float | None]:
    """Risks of the codes that are known at rate 1, used on min(n, d) coordinates, the others left at their mean 0.

    A code of risk R on m of d coordinates has the risk 1 − (1 − R) m/d. The cascade works in blocks of eight, and what
    is left of m is coded by the identity; None for laws of which its mean moduli are not known. The dithered identity
    is that of many dimensions.

    Returns: "identity", "dithered", "cascade". Source: claims ae.sp-id, ae.sp-dither and ae.sp-cascade.

    >>> risks = known_risks(SparseSource(0.25), 8, 16)  # the identity at rate 1 has the risk 1 − p
    >>> risks["identity"]
    0.875
    """
    used = min(n, d)
    blocks = used - used % _BLOCK
    plain = identity_risk(source)
    found: dict[str, float | None] = {
        "identity": 1.0 - (1.0 - plain) * used / d,
        "dithered": 1.0 - (1.0 - best_dither(source).risk) * used / d,
        "cascade": None,
    }
    if source.law in ("rademacher", "gaussian"):
        saved = blocks * (1.0 - cascade(_BLOCK, source).risk(source)) if blocks else 0.0
        found["cascade"] = 1.0 - (saved + (used - blocks) * (1.0 - plain)) / d
    return found


def trained_code(source: SparseSource, n: int, d: int, steps: int, samples: int, seed: int) -> tuple[Array, float]:
    """The encoder (n×d) trained on samples of the source, and its risk on fresh samples, relative to their power.

    Straight-through descent from the optimal code of the Gaussian, and the decoder of least squares.

    >>> encoder, risk = trained_code(SparseSource(1.0), 4, 4, 0, 4000, 0)
    >>> encoder.shape, 0.0 < risk < 1.0
    ((4, 4), True)
    """
    sigma, generator = activation("sign"), np.random.default_rng(seed)
    known, fresh = (source.sample(samples, d, generator) for _ in range(2))
    C = minimizer(n, d, sigma, seed=seed)[1]
    C = descend_on_rows(known, C, sigma, steps, generator)
    A = fitted_decoder(sigma(known @ C.T), known)
    return C, float(np.mean((fresh - sigma(fresh @ C.T) @ A.T) ** 2) / np.mean(fresh**2))


def run_sparse(values: Mapping[str, Any], n: int) -> dict[str, float | int | str | None]:
    """The results of the task `sparse` at its parameters and n units.

    advantage: Gaussian bound minus the least risk of the known codes, above 0 where sparsity can be used.
    """
    source, d = SparseSource(values["p"], values["law"]), int(values["d"])
    bound, known = lower_bound("sign", n=n, d=d), known_risks(source, n, d)
    best, name = min((risk, name) for name, risk in known.items() if risk is not None)
    steps = int(values["steps"])
    trained = trained_code(source, n, d, steps, int(values["samples"]), int(values["seed"]))[1] if steps else None
    return {"n": n, "bound": bound, **known, "best": best, "code": name, "advantage": bound - best, "trained": trained}
