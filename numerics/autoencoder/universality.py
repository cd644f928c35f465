"""The Gaussian-optimal code tried on real images: where it reaches the Gaussian bound, and where not, and why.

The images are whitened on a training part. If they behave like a scale mixture x = s·z, z ~ N(0, I), E s² = 1, a sign
code, to which s is invisible, meets codes as of z and targets shrunk by e = E s on average: with the decoder A that is
best for z its risk is 1 − (2e − 1)(1 − R), with eA, the best for x, 1 − e²(1 − R), R the risk for z (derived in this
project). For every unit vector q, e = E|⟨q, x⟩|/√(2/π).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..activations import Activation, activation
from ..given import shown
from .arguments import whole
from .bounds import lower_bound
from .minimizer import minimizer, normalised_rows
from .rows import descend_on_rows, fitted_decoder
from .whitening import fit_whitening

Array = NDArray[np.float64]

RATES = (0.25, 0.5, 0.75, 1.0)
PATCHES = ("raw", "no-dc", "normalised")
_DROPPED = 1e-2  # of the mean eigenvalue
_HELD_OUT = 0.25
_DIRECTIONS = 2000
_SIDE = 8
_FLAT = 1.0  # grey values: patches of less contrast have none to normalise


@dataclass(frozen=True)
class Loss:
    """|x − x̂|²/|x|², means over the images that set whitening and decoder (known), and over the others (held_out)."""

    known: float
    held_out: float


@dataclass(frozen=True)
class UniversalityRow:
    """One rate: the bound for Gaussian x, the bounds for a scale mixture, and what codes of n units lose.

    corrected_bound: 1 − e²(1 − bound), and untrained_prediction: 1 − (2e − 1)(1 − bound), for codes of two letters,
    which ignore the scale; else None. untrained: the code of `minimizer`, decoder and all; rescaled: its decoder times
    e, None where corrected_bound is; refitted: its decoder fitted to the images; trained: encoder and decoder fitted,
    None without training.
    """

    n: int
    rate: float
    bound: float
    corrected_bound: float | None
    untrained_prediction: float | None
    untrained: Loss
    rescaled: Loss | None
    refitted: Loss
    trained: Loss | None


@dataclass(frozen=True)
class UniversalityResult:
    """dimension: directions kept by whitening; known, held_out: numbers of images; scale: e; seed; rows by rate."""

    activation: str
    dimension: int
    known: int
    held_out: int
    scale: float
    seed: int
    rows: tuple[UniversalityRow, ...]


def scale_mixture_bound(bound: float, scale: float) -> float:
    """1 − e²(1 − bound): the bound of a sign code for x = s·z with E s² = 1, E s = e (derived in this project).

    >>> scale_mixture_bound(0.5, 1.0)
    0.5
    """
    return 1.0 - scale**2 * (1.0 - bound)


def mixture_scale(x: Array, generator: np.random.Generator) -> float:
    """e = E|⟨q, x⟩|/√(2/π) over random unit vectors q and the rows of x.

    >>> rng = np.random.default_rng(0)
    >>> bool(abs(mixture_scale(rng.standard_normal((4000, 20)), rng) - 1) < 0.01)
    True
    """
    q = normalised_rows(generator.standard_normal((_DIRECTIONS, x.shape[1])))
    return float(np.mean(np.abs(x @ q.T)) / np.sqrt(2.0 / np.pi))


@dataclass(frozen=True, eq=False)
class _Images:
    """Whitened images, known and held out."""

    known: Array
    held_out: Array

    def loss(self, sigma: Activation, A: Array, B: Array) -> Loss:
        """Of one code; relative, since held-out images have a little more power than those that set the whitening."""
        found = [float(np.mean((x - sigma(x @ B.T) @ A.T) ** 2) / np.mean(x**2)) for x in (self.known, self.held_out)]
        return Loss(*found)


def _row(sigma: Activation, rate: float, images: _Images, scale: float, steps: int, seed: int) -> UniversalityRow:
    d = images.known.shape[1]
    n = max(round(rate * d), 1)
    A, B = minimizer(n, d, sigma, seed=seed)
    bound, mixture = lower_bound(sigma, n=n, d=d), sigma.letters == 2
    trained = None
    if steps:
        C = descend_on_rows(images.known, B, sigma, steps, np.random.default_rng(seed))
        trained = images.loss(sigma, fitted_decoder(sigma(images.known @ C.T), images.known), C)
    return UniversalityRow(
        n=n,
        rate=n / d,
        bound=bound,
        corrected_bound=scale_mixture_bound(bound, scale) if mixture else None,
        untrained_prediction=1.0 - (2.0 * scale - 1.0) * (1.0 - bound) if mixture else None,
        untrained=images.loss(sigma, A, B),
        rescaled=images.loss(sigma, scale * A, B) if mixture else None,
        refitted=images.loss(sigma, fitted_decoder(sigma(images.known @ B.T), images.known), B),
        trained=trained,
    )


def universality_experiment(
    images: ArrayLike,
    activation_: str | Activation = "sign",
    *,
    rates: tuple[float, ...] = RATES,
    training_steps: int = 0,
    seed: int = 0,
) -> UniversalityResult:
    """Encodes images, whitened on three quarters of them, by Gaussian-optimal codes at several rates.

    Eigenvalues below 1e-2 of their mean are dropped; rows are Haar distributed (rows along the axes are far from
    Gaussian). A quarter of the images is held out.

    Arguments: images (N×p), a row each; activation_, odd; rates n/d; training_steps of straight-through descent on the
    known images, from the Gaussian code; seed, of the split, the codes and the batches. Returns: UniversalityResult.
    Raises: ValueError naming the value and what is allowed.

    >>> x = np.random.default_rng(0).standard_normal((4000, 10))
    >>> row = universality_experiment(x, rates=(1.0,)).rows[0]
    >>> abs(row.untrained.held_out - row.bound) < 0.02
    True
    """
    bad = [rate for rate in rates if not 0.0 < rate <= 16.0]
    if bad or not rates:
        raise ValueError(f"rates = {rates}: at least one, each in (0, 16]")
    steps, seed = whole("training_steps", training_steps, least=0), whole("seed", seed, least=0)
    x = np.asarray(images, dtype=np.float64)
    if x.ndim != 2 or x.shape[0] < 8 or not np.all(np.isfinite(x)):
        raise ValueError(f"images of shape {x.shape}: they must be rows of finite numbers, eight or more")
    sigma = activation(activation_, need_odd=True)
    generator = np.random.default_rng(seed)
    order = generator.permutation(x.shape[0])
    cut = round(x.shape[0] * (1.0 - _HELD_OUT))
    white = fit_whitening(x[order[:cut]], _DROPPED)
    split = _Images(white.apply(x[order[:cut]]), white.apply(x[order[cut:]]))
    scale = mixture_scale(split.known, generator)
    return UniversalityResult(
        activation=sigma.name,
        dimension=split.known.shape[1],
        known=split.known.shape[0],
        held_out=split.held_out.shape[0],
        scale=scale,
        seed=seed,
        rows=tuple(_row(sigma, rate, split, scale, steps, seed) for rate in rates),
    )


def digit_images() -> Array:
    """Scikit-learn's 1797 handwritten digits (1797×64), grey values from 0 to 16.

    >>> digit_images().shape
    (1797, 64)
    """
    from sklearn.datasets import load_digits  # it takes longer to load than most of what is here

    data: Any = load_digits()
    return np.asarray(data.data, dtype=np.float64)


def photo_patches(kind: str = "raw") -> Array:
    """Patches of 8×8 grey values from scikit-learn's two sample photographs, side by side without overlap.

    Arguments: kind, "raw"; "no-dc", each without its mean; "normalised", that divided by its standard deviation, where
    flat patches, of a standard deviation below one grey value, are left out. Returns: (N×64). Raises: ValueError.

    >>> photo_patches().shape, photo_patches("normalised").shape
    ((8480, 64), (6248, 64))
    """
    if kind not in PATCHES:
        raise ValueError(f"kind = {shown(kind)}: allowed are {', '.join(PATCHES)}")
    from sklearn.datasets import load_sample_images

    data: Any = load_sample_images()
    found = []
    for image in data.images:
        grey = np.asarray(image, dtype=np.float64).mean(axis=2)
        height, width = (size // _SIDE for size in grey.shape)
        blocks = grey[: height * _SIDE, : width * _SIDE].reshape(height, _SIDE, width, _SIDE)
        found.append(blocks.swapaxes(1, 2).reshape(-1, _SIDE * _SIDE))
    patches: Array = np.concatenate(found)
    if kind == "raw":
        return patches
    patches = patches - patches.mean(axis=1, keepdims=True)
    if kind == "no-dc":
        return patches
    contrast = np.asarray(patches.std(axis=1, keepdims=True))
    kept = contrast[:, 0] >= _FLAT
    return np.asarray(patches[kept] / contrast[kept], dtype=np.float64)
