"""What is measured: one gradient, training to the bound, and the gap of Haar codes; from the same start for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.linalg
from numpy.typing import NDArray

from ....numerics.activations import Activation, activation
from ....numerics.autoencoder.bounds import lower_bound
from ....numerics.autoencoder.descent import gradient_descent_with
from ....numerics.autoencoder.journal import Journal, Problem, State
from ....numerics.autoencoder.minimizer import normalised_rows
from ....numerics.autoencoder.objective import Evaluation, best_decoder_gain, project
from ....numerics.autoencoder.source import isotropic
from ....numerics.autoencoder.tensors import NUMPY

Array = NDArray[np.float64]

STEPS = 20  # of training, more than it needs to reach the bound


@dataclass(frozen=True)
class Setting:
    """rate: n/d; largest: the largest d measured; text: what is done, for people."""

    rate: float
    largest: int
    text: str


SETTINGS = {
    "step": Setting(2.0, 2000, "one gradient of the risk with the best decoder, n = 2d"),
    "train": Setting(0.5, 1000, "descent from a Gaussian start to the bound, n = d/2"),
    "haar": Setting(1.5, 4096, "the gap of a Haar code with its best decoder, n = 3d/2"),
}


@dataclass(frozen=True, eq=False)
class Found:
    """values: what contestants are compared in; detail: numbers and words by name."""

    values: Array
    detail: Mapping[str, float | str] = field(default_factory=dict)


def start(setting: str, d: int, seed: int) -> Array:
    """C (n×d): unit rows, Gaussian, or the first d columns of an n×n Haar matrix with rows normalised.

    >>> start("step", 3, 0).shape
    (6, 3)
    """
    rng = np.random.default_rng([seed, d])
    rows = rng.standard_normal((round(SETTINGS[setting].rate * d), d))
    # Q of a thin factorisation spans what the first d columns of a Haar matrix span; their signs are immaterial here.
    return normalised_rows(np.linalg.qr(rows)[0] if setting == "haar" else rows)


def _problem(C: Array, sigma: Activation) -> Problem:
    n, d = C.shape
    return Problem(sigma, isotropic(d), np.ones(d), lower_bound(sigma, n=n, d=d), STEPS, NUMPY)


def _trained(C: Array, objective: Callable[..., Evaluation]) -> Found:
    problem = _problem(C, activation("sign"))
    state = gradient_descent_with(objective, problem, State(C), Journal(None, 1, None, NUMPY))
    gap = problem.risk(state.gain) - problem.bound
    return Found(np.array(state.history), {"gap": gap, "iterations": state.taken, "stop": state.stop})


def ours(setting: str, C: Array) -> Found:
    """This project's code.

    >>> ours("train", start("train", 20, 0)).detail["stop"]
    'bound'
    """
    sigma, (n, d) = activation("sign"), C.shape
    if setting == "step":
        return Found(best_decoder_gain(C, np.ones(d), sigma).gradient)
    if setting == "train":
        return _trained(C, best_decoder_gain)
    problem = _problem(C, sigma)
    gap = problem.risk(best_decoder_gain(C, problem.variances, sigma).gain) - problem.bound
    r, alpha, cubic = n / d, sigma.alpha, float(sigma.series(3)[3])
    law = 2.0 * alpha * (r - 1.0) / (r + alpha) ** 3 + 3.0 * cubic * (r - 1.0) ** 2 / (r + alpha) ** 2
    return Found(np.array([d * gap]), {"d_gap": d * gap, "law": law})


def _autograd_gain(C: Array, variances: Array, sigma: Activation, arrays: object = None) -> Evaluation:
    """Tr[G F⁻¹] by PyTorch, and its gradient by automatic differentiation."""
    import torch

    rows = torch.from_numpy(np.ascontiguousarray(C)).requires_grad_()
    eye = torch.eye(C.shape[0], dtype=torch.float64)
    # The diagonal, where arcsin′ is infinite, is kept out of the graph: it does not move on unit rows.
    F = torch.asin((rows @ rows.T) * (1.0 - eye)) + sigma.f_of_one * eye
    gain = torch.sum(rows * torch.cholesky_solve(rows, torch.linalg.cholesky(F)))

    def gradient() -> Any:
        gain.backward()
        assert rows.grad is not None
        return project(C, rows.grad.numpy())

    return Evaluation(float(gain.detach()), gradient)


def autograd(setting: str, C: Array) -> Found:
    """The same formula and the same descent, differentiated by PyTorch."""
    if setting == "step":
        return Found(_autograd_gain(C, np.ones(C.shape[1]), activation("sign")).gradient)
    return _trained(C, _autograd_gain)


def products(setting: str, C: Array) -> Found:
    """The matrix products of a gradient, one Cholesky factorisation and its solves alone, on matrices without meaning.

    >>> products("step", start("step", 4, 0)).values.shape
    (8, 4)
    """
    G = C @ C.T
    G.flat[:: G.shape[0] + 1] += G.shape[0]
    factor = scipy.linalg.lapack.dpotrf(G.T, lower=0, clean=0, overwrite_a=1)[0]
    S = scipy.linalg.lapack.dpotrs(factor, C, lower=0)[0]
    return Found((S @ S.T) @ C)
