"""The Gaussian-optimal code tried on real images: scikit-learn's handwritten digits.

The images are whitened on a training part. A code that is optimal for Gaussian data, untrained, is applied to held-out
images. Where the data behave like a scale mixture x = s·z, a sign code has risk 1 − e²(1 − Gaussian risk), with
e = E|⟨q, x⟩|/√(2/π) over random unit vectors q (derived in this project); the bound so corrected stands beside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import sklearn.datasets
from numpy.typing import NDArray

from ..activations import Activation, activation
from .bounds import lower_bound
from .minimizer import minimizer, normalised_rows

Array = NDArray[np.float64]

RATES = (0.25, 0.5, 0.75, 1.0)
_DROPPED = 1e-2  # of the mean eigenvalue
_HELD_OUT = 0.25
_DIRECTIONS = 2000


@dataclass(frozen=True)
class DigitsRow:
    """One rate: the bound, the bound corrected for scale mixtures, and the risks measured, each relative to the power.

    corrected_bound: for codes of two letters only, which ignore the scale; else None. untrained: the code of
    `minimizer`, decoder and all, on held-out images; untrained_training: the same on the images that set the whitening;
    refitted: the same B with a decoder fitted on the training part, on held-out images.
    """

    n: int
    rate: float
    bound: float
    corrected_bound: float | None
    untrained: float
    untrained_training: float
    refitted: float


@dataclass(frozen=True)
class DigitsResult:
    """dimension: directions kept by whitening; scale: e; held_out_power: E|x|²/d held out (1 on the training part)."""

    activation: str
    dimension: int
    training_images: int
    held_out_images: int
    scale: float
    held_out_power: float
    seed: int
    rows: tuple[DigitsRow, ...]


def scale_mixture_bound(bound: float, scale: float) -> float:
    """1 − e²(1 − bound): the bound of a sign code for x = s·z with E s² = 1, E s = e (derived in this project).

    >>> scale_mixture_bound(0.5, 1.0)
    0.5
    """
    return 1.0 - scale**2 * (1.0 - bound)


def _whitened(images: Array, generator: np.random.Generator) -> tuple[Array, Array]:
    """Training and held-out images in the coordinates in which the training part has covariance I."""
    order = generator.permutation(images.shape[0])
    cut = round(images.shape[0] * (1.0 - _HELD_OUT))
    training, held_out = images[order[:cut]], images[order[cut:]]
    mean = training.mean(axis=0)
    eigenvalues, vectors = np.linalg.eigh(np.cov(training.T, bias=True))
    kept = eigenvalues >= _DROPPED * np.mean(eigenvalues)
    basis = vectors[:, kept] / np.sqrt(eigenvalues[kept])
    return (training - mean) @ basis, (held_out - mean) @ basis


def mixture_scale(x: Array, generator: np.random.Generator) -> float:
    """e = E|⟨q, x⟩|/√(2/π) over random unit vectors q and the rows of x.

    >>> rng = np.random.default_rng(0)
    >>> bool(abs(mixture_scale(rng.standard_normal((4000, 20)), rng) - 1) < 0.01)
    True
    """
    q = normalised_rows(generator.standard_normal((_DIRECTIONS, x.shape[1])))
    return float(np.mean(np.abs(x @ q.T)) / np.sqrt(2.0 / np.pi))


def _relative_loss(x: Array, codes: Array, A: Array) -> float:
    """|x − Aσ|²/|x|², means over the images: held-out images have a little more power than those that set the scale."""
    return float(np.mean((x - codes @ A.T) ** 2) / np.mean(x**2))


def _row(sigma: Activation, rate: float, training: Array, held_out: Array, scale: float, seed: int) -> DigitsRow:
    d = training.shape[1]
    n = max(round(rate * d), 1)
    A, B = minimizer(n, d, sigma, seed=seed)
    codes = sigma(training @ B.T)
    fitted = np.asarray(np.linalg.lstsq(codes, training, rcond=None)[0].T, dtype=np.float64)
    unseen = sigma(held_out @ B.T)
    bound = lower_bound(sigma, n=n, d=d)
    return DigitsRow(
        n=n,
        rate=n / d,
        bound=bound,
        corrected_bound=scale_mixture_bound(bound, scale) if sigma.letters == 2 else None,
        untrained=_relative_loss(held_out, unseen, A),
        untrained_training=_relative_loss(training, codes, A),
        refitted=_relative_loss(held_out, unseen, fitted),
    )


def digits_experiment(
    activation_: str | Activation = "sign", *, rates: tuple[float, ...] = RATES, seed: int = 0
) -> DigitsResult:
    """Encodes held-out digits, whitened on the others, by Gaussian-optimal codes at several rates.

    Eigenvalues below 1e-2 of their mean are dropped; rows are Haar distributed (rows along the axes are far from
    Gaussian). A quarter of the 1797 images is held out.

    Arguments: activation_, odd; rates n/d; seed, of the split and the codes. Returns: DigitsResult.

    >>> result = digits_experiment(rates=(1.0,))
    >>> result.rows[0].bound < result.rows[0].untrained < 1.0
    True
    """
    bad = [rate for rate in rates if not 0.0 < rate <= 16.0]
    if bad or not rates:
        raise ValueError(f"rates = {rates}: at least one, each in (0, 16]")
    sigma = activation(activation_, need_odd=True)
    generator = np.random.default_rng(seed)
    data: Any = sklearn.datasets.load_digits()
    training, held_out = _whitened(np.asarray(data.data, dtype=np.float64), generator)
    scale = mixture_scale(training, generator)
    return DigitsResult(
        activation=sigma.name,
        dimension=training.shape[1],
        training_images=training.shape[0],
        held_out_images=held_out.shape[0],
        scale=scale,
        held_out_power=float(np.mean(held_out**2)),
        seed=seed,
        rows=tuple(_row(sigma, rate, training, held_out, scale, seed) for rate in rates),
    )
