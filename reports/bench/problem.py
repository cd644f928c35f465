"""The problem that all contestants solve, and the one way in which all their answers are judged.

Data: x uniform on (−2, 2), y = sin 3x + 0.1 ε with ε standard normal. The ridge penalty λ = 0.003 and the temperature
β⁻¹ = 0.01 are those of Figure 8 in JMLR 23(130); β = ∞ is its noiseless case.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .errors import BenchmarkError

Array = NDArray[np.float64]

_ROWS = 4096  # rows evaluated at once, so that judging takes little memory


@dataclass(frozen=True)
class Setting:
    """A name for a penalty and a temperature."""

    name: str
    lam: float
    beta: float


SETTINGS = {
    "limit": Setting("limit", 0.003, math.inf),
    "noisy": Setting("noisy", 0.003, 100.0),
}
"""`limit`: β = ∞. `noisy`: the temperature of the paper's noisy training."""


@dataclass(frozen=True)
class Problem:
    """Data (M,), setting, a seed for contestants that draw random numbers, options by name, and who hears of progress.

    told: called with the fraction of its work, of equal parts, that a contestant has done.
    """

    x: Array
    y: Array
    setting: Setting
    seed: int = 0
    options: Mapping[str, float] = field(default_factory=dict)
    told: Callable[[float], None] = lambda fraction: None


@dataclass(frozen=True)
class Network:
    """A finite network f(x) = Σ c_k (w_k x + b_k)₊ with w, b, c of shape (K,)."""

    w: Array
    b: Array
    c: Array


@dataclass(frozen=True)
class Answer:
    """What a contestant returns.

    network: the function found, where it is a finite network; fitted: its values at the data (M,), taken from the
    network unless given; averaged: values averaged over training, for comparison (M,); detail: what else is worth
    recording, numbers and words by name.
    """

    network: Network | None = None
    fitted: Array | None = None
    averaged: Array | None = None
    detail: Mapping[str, float | str | bool | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """fitted: values at the data (M,); objective: ½R + λ Σ|c| or None; rms_to_data: √R."""

    fitted: Array
    objective: float | None
    rms_to_data: float


def make_data(points: int, seed: int) -> tuple[Array, Array]:
    """Draw the benchmark's data: inputs and targets, each (points,), the same for the same arguments.

    >>> x, y = make_data(100, 0)
    >>> x.shape, bool(np.all(np.abs(x) < 2)), bool(np.std(y - np.sin(3 * x)) < 0.15)
    ((100,), True, True)
    """
    rng = np.random.default_rng([seed, points])
    x = rng.uniform(-2.0, 2.0, points)
    return x, np.sin(3.0 * x) + 0.1 * rng.standard_normal(points)


def network_values(network: Network, x: Array) -> Array:
    """f(x) for x of shape (M,), in blocks of rows.

    >>> network = Network(w=np.array([1.0, -1.0]), b=np.zeros(2), c=np.array([2.0, 3.0]))
    >>> network_values(network, np.array([1.0, -1.0])).tolist()
    [2.0, 3.0]
    """
    used = network.c != 0
    w, b, c = network.w[used], network.b[used], network.c[used]
    values = np.empty(len(x))
    for start in range(0, len(x), _ROWS):
        block = x[start : start + _ROWS, None]
        values[start : start + _ROWS] = np.maximum(block * w + b, 0.0) @ c
    return values


def judge(answer: Answer, problem: Problem) -> Verdict:
    """Evaluate an answer, whoever gave it, by one rule.

    The objective at β = ∞ is ½R + λ Σ |c_k| √(w_k² + b_k²), R = (1/M) Σ (f(x_i) − y_i)²: for a trained network
    (c = a/N) it is at most its own penalised loss, since |a| |(w, b)| ≤ ½(a² + w² + b²). It is None at finite β, where
    a finite network has no free energy, and for answers that are no network.

    Args: answer; problem: what it answers.
    Returns: a `Verdict`.
    Raises: BenchmarkError for an answer without values at the data.
    Source: derived in this project.

    >>> problem = Problem(np.array([1.0]), np.array([3.0]), SETTINGS["limit"])
    >>> answer = Answer(Network(np.array([1.0]), np.array([0.0]), np.array([2.0])))
    >>> round(judge(answer, problem).objective, 9)  # ½ (2 − 3)² + 0.003·2
    0.506
    """
    network, fitted, objective = answer.network, answer.fitted, None
    values = network_values(network, problem.x) if network is not None else None
    if fitted is None:
        fitted = values
    if fitted is None or fitted.shape != problem.y.shape:
        raise BenchmarkError("an answer has no values at the data; allowed is a network, or one value for each point")
    if network is not None and values is not None and math.isinf(problem.setting.beta):
        penalty = float(np.sum(np.abs(network.c) * np.hypot(network.w, network.b)))
        objective = 0.5 * float(np.mean((values - problem.y) ** 2)) + problem.setting.lam * penalty
    return Verdict(fitted, objective, math.sqrt(float(np.mean((fitted - problem.y) ** 2))))


def live_grid(x: Array, size: int) -> tuple[Array, Array]:
    """Unit directions (w, b), each (size,), equally spaced over the part of the circle where some datum sees the unit.

    >>> w, b = live_grid(np.array([0.0]), 3)  # from the direction (1, 0), round by (0, 1), to (−1, 0), ends excluded
    >>> b.round(3).tolist()
    [0.707, 1.0, 0.707]
    """
    low, high = -math.atan(float(np.max(x))), math.pi - math.atan(float(np.min(x)))
    angle = np.linspace(low, high, size + 2)[1:-1]
    return np.cos(angle), np.sin(angle)
