"""Networks of finite width, trained with noise, come to the exact limit; the printed noise does not."""

from __future__ import annotations

import importlib.util
import math
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lemmata.numerics.meanfield import (
    MeanFieldInputError,
    TrainedNetwork,
    fit_wide_relu,
    simulate_langevin,
    train_noisy_sgd,
)
from lemmata.numerics.meanfield.array_backend import Precision, array_backend
from lemmata.numerics.meanfield.network import BinnedInputs, network_values

Array = NDArray[np.float64]
X, Y = [-2.0, -1.0, 0.0, 1.0, 2.0], [1.0, 0.0, 0.5, -0.25, 1.0]
EPS = float(np.finfo(np.float64).eps)
TRAINERS: list[Callable[..., TrainedNetwork]] = [simulate_langevin, train_noisy_sgd]
needs_torch = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")


def dense_values(theta: Array, x: Array) -> Array:
    """(1/N) Σ a (w x + b)₊ with all N×M hidden values, theta (3, N)."""
    return np.asarray(theta[0] @ np.maximum(theta[1][:, None] * x + theta[2][:, None], 0.0) / theta.shape[1])


def dense_gradient(theta: Array, x: Array, r: Array) -> Array:
    """∇ Σ r_i a (w x_i + b)₊ in (a, w, b) with all N×M terms (3, N)."""
    before = theta[1][:, None] * x + theta[2][:, None]
    active = np.where(before > 0, r, 0.0)
    return np.stack([(before * active).sum(axis=1), theta[0] * (active @ x), theta[0] * active.sum(axis=1)])


def dense_langevin(x: Array, y: Array, lam: float, beta: float, n: int, steps: int, step: float, seed: int) -> Array:
    """Weights (N, 3) of the Euler scheme, all rows, with N×M terms."""
    rng = np.random.default_rng(seed)
    theta = rng.standard_normal((n, 3)).T
    for _ in range(steps):
        r = (dense_values(theta, x) - y) / len(x)
        theta = theta - step * (dense_gradient(theta, x, r) + lam * theta)
        if beta < math.inf:
            theta = theta + math.sqrt(2 * step / beta) * rng.standard_normal((n, 3)).T
    return theta.T


def dense_sgd(x: Array, y: Array, lam: float, beta: float, n: int, steps: int, step: float, seed: int) -> Array:
    """Weights (N, 3) of (3.3) with its noise corrected, the row drawn by its share of the interval [0, 1)."""
    rng = np.random.default_rng(seed)
    theta = rng.standard_normal((n, 3)).T
    for _ in range(steps):
        row = int(rng.random() * len(x))
        r = dense_values(theta, x[row : row + 1]) - y[row]
        theta = theta - 2 * step * (dense_gradient(theta, x[row : row + 1], r) + lam * theta)
        if beta < math.inf:
            theta = theta + math.sqrt(4 * step / beta) * rng.standard_normal((n, 3)).T
    return theta.T


def numbers(largest: float) -> st.SearchStrategy[float]:
    """Zeros of both signs, subnormal, tiny, plain and huge numbers."""
    plain = st.sampled_from([0.0, -0.0, 1.0, -1.0, 2.0, -3.0, 0.1, 5e-324, -5e-324, 1e-200, 1e8, 1e8 + 1e-8])
    return plain | st.floats(-largest, largest) | st.floats(-10.0, 10.0)


@st.composite
def inputs_and_neurons(draw: st.DrawFn) -> tuple[Array, Array, Array]:
    """Distinct ascending inputs, near one another or far apart, a weight for each, and neurons with knots at some."""
    x = np.unique(np.array(draw(st.lists(numbers(1e60), min_size=1, max_size=8))) + 0.0)
    if draw(st.booleans()):  # neighbours in floating point
        x = np.unique(np.concatenate([x, np.nextafter(x, np.inf)]))
    r = np.array(draw(st.lists(st.floats(-1e3, 1e3), min_size=len(x), max_size=len(x))))
    neurons = []
    for _ in range(draw(st.integers(1, 8))):
        a, w, b = draw(numbers(1e3)), draw(numbers(1e60)), draw(numbers(1e60))
        if draw(st.booleans()):
            b = -w * x[draw(st.integers(0, len(x) - 1))]  # a knot at an input, up to rounding
        neurons.append((a, w, b))
    return x, r, np.array(neurons).T.copy()


@given(inputs_and_neurons())
@settings(max_examples=200)
def test_bins_and_prefix_sums_are_the_dense_network_to_rounding(case: tuple[Array, Array, Array]) -> None:
    """The same neurons are active as in the dense sums, and all sums agree up to rounding of their own terms."""
    x, r, theta = case
    inputs = BinnedInputs(x, array_backend())
    with np.errstate(all="ignore"):
        values, blocks = network_values(theta, inputs)
        (active,) = blocks
        a, w, b = theta
        gradient = np.stack(inputs.gradient(active, inputs.pull(r), a, w))
        before = w[:, None] * x + b[:, None]
    counted = np.where(active.bin < len(x), len(x) - active.bin, active.bin - len(x))
    assert counted.tolist() == (before > 0).sum(axis=1).tolist()
    rounding = 8 * (len(x) + theta.shape[1]) * EPS
    size = np.abs(w)[:, None] * np.abs(x) + 2 * np.abs(b)[:, None]  # of the terms of one hidden value
    pulled = np.abs(r) * (before > 0)
    bound = np.stack([(pulled * size).sum(axis=1), np.abs(a) * (pulled @ np.abs(x)), np.abs(a) * pulled.sum(axis=1)])
    # Of each product half a smallest number may be lost, which gaps between inputs and weights then multiply.
    large = (1 + np.max(np.abs(x))) * (1 + float(np.max(np.abs(theta)))) * (1 + float(np.max(np.abs(r))))
    tiny = (len(x) + theta.shape[1]) * 5e-324 * large
    error = np.abs(values - dense_values(theta, x))
    assert np.all(error <= rounding * (np.abs(a) @ (size * (before > 0))) / theta.shape[1] + tiny)
    assert np.all(np.abs(gradient - dense_gradient(theta, x, r)) <= rounding * bound + tiny)


@pytest.mark.parametrize("backend", ["numpy", pytest.param("torch", marks=needs_torch)])
def test_a_unit_on_its_knot_is_inactive_and_constant_units_are_active_everywhere(backend: str) -> None:
    arrays = array_backend(backend)
    inputs = BinnedInputs(np.array([-1.0, 0.0, 3.0]), arrays)
    w = arrays.weights(np.array([1.0, -1.0, 0.0, -0.0, 0.0, -0.0, 5e-324, 1.0, -1.0, math.nan]))
    b = arrays.weights(np.array([0.0, 0.0, 1.0, 1.0, -1.0, 0.0, 2.0, -3.0, -1.0, 1.0]))
    with np.errstate(all="ignore"):
        found = inputs.locate(w, b)
    # Bins: active from input j on; 3: nowhere; 3 + j: active at the first j inputs.
    assert found.bin.tolist() == [2, 4, 0, 0, 3, 3, 0, 3, 3, 3]
    slopes = inputs.gradient(found, inputs.pull(arrays.sums(np.ones(3))), 1.0 + 0.0 * b, w)[2]
    assert slopes.tolist() == [1, 1, 3, 3, 0, 0, 3, 0, 0, 0]


@pytest.mark.parametrize("backend", ["numpy", pytest.param("torch", marks=needs_torch)])
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_bins_that_rounding_carries_past_many_inputs_are_found_by_halving(backend: str, precision: Precision) -> None:
    """Weights of a few smallest numbers, whose w x + b is one number over thousands of inputs, and merged inputs."""
    arrays = array_backend(backend, precision=precision)
    x = np.linspace(-3.0, 5.0, 5000)
    far = np.unique(1e30 + 1e16 * x)
    smallest = np.finfo(precision).smallest_subnormal
    w, b = (part.ravel() * smallest for part in np.mgrid[-4:5, -9:10].astype(precision))
    for inputs, slope, bias in ((x, w, b), (far, np.sign(w), -1e30 * np.sign(w))):
        with np.errstate(all="ignore"):
            active = (slope[:, None] * inputs.astype(precision) + bias[:, None] > 0).sum(axis=1)
            found = BinnedInputs(inputs, arrays).locate(arrays.weights(slope), arrays.weights(bias))
        place, size = arrays.numpy(found.bin), len(inputs)
        assert np.where(place < size, size - place, place - size).tolist() == active.tolist()


def test_shrunken_weights_cost_no_search_over_all_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large λ without noise brings weights below the smallest normal number, where bins are off by many inputs."""
    x = np.linspace(-1.0, 1.0, 3000)
    taken, take = [], np.take
    monkeypatch.setattr(np, "take", lambda *parts: taken.append(len(parts[1])) or take(*parts))
    inputs, rng = BinnedInputs(x, array_backend()), np.random.default_rng(0)
    with np.errstate(all="ignore"):
        inputs.locate(*(rng.integers(-4, 5, (2, 100)) * 5e-324))
    assert 12 <= len(taken) <= 24  # 4 corrections of two, 12 halvings, the value; one by one: over a thousand


@given(
    st.lists(st.tuples(st.floats(-3, 3) | st.sampled_from([0.0, 1.0]), st.floats(-2, 2)), min_size=1, max_size=12),
    st.floats(0, 1),
    st.floats(0.5, 100) | st.just(math.inf),
    st.sampled_from([0.0, -7.0, 1000.0]),
    st.integers(0, 99),
)
@settings(max_examples=40)
def test_the_path_is_that_of_the_dense_sums(
    rows: list[tuple[float, float]], lam: float, beta: float, offset: float, seed: int
) -> None:
    """Rows unsorted, tied, shifted: steps small enough that rounding does not grow along the path."""
    x, y = np.array([row[0] for row in rows]) + offset, np.array([row[1] for row in rows])
    step = 0.02 / (1 + offset**2)
    for train, dense in ((simulate_langevin, dense_langevin), (train_noisy_sgd, dense_sgd)):
        found = train(x, y, lam=lam, beta=beta, neurons=7, steps=12, step=step, seed=seed)
        reference = dense(x, y, lam, beta, 7, 12, step, seed)
        scale = (1 + abs(offset)) * (1 + float(np.max(np.abs(reference))))
        assert np.max(np.abs(found.weights - reference)) <= 1e-12 * scale
        assert np.max(np.abs(found.fitted - dense_values(reference.T, x))) <= 1e-12 * scale**2


def test_langevin_comes_to_the_exact_predictor() -> None:
    """1000 neurons averaged over 2000 correlated snapshots, step 0.1: error about 2e-3, bias of the step included."""
    exact = fit_wide_relu(X, Y, lam=0.05, beta=100.0)
    found = simulate_langevin(X, Y, lam=0.05, beta=100.0, neurons=1000, steps=4000, step=0.1, seed=1)
    assert found.stop == "steps"
    assert np.max(np.abs(found.mean_fitted - exact.fitted)) < 6e-3
    assert np.max(np.abs(found.fitted - exact.fitted)) < 5e-2
    assert found.predict(X) == pytest.approx(found.fitted, rel=1e-12)
    other = fit_wide_relu(X, Y, lam=0.05, beta=200.0)  # what noise of half the variance would come to
    assert np.max(np.abs(other.fitted - exact.fitted)) > 1.2e-2


def test_noisy_sgd_comes_to_the_exact_law() -> None:
    """Second moments of 2000 trained neurons against those of the exact sampler; a factor 2 in β would be 40 % off."""
    exact = fit_wide_relu(X, Y, lam=0.05, beta=30.0)
    found = train_noisy_sgd(X, Y, lam=0.05, beta=30.0, neurons=2000, steps=20000, step=0.01, seed=2)
    assert np.max(np.abs(found.mean_fitted - exact.fitted)) < 3e-2
    moments = np.mean(exact.sample(200_000, 1) ** 2, axis=0)
    assert np.mean(found.weights**2, axis=0) == pytest.approx(moments, rel=0.1)
    hotter = fit_wide_relu(X, Y, lam=0.05, beta=60.0)
    assert np.max(np.abs(np.mean(hotter.sample(200_000, 1) ** 2, axis=0) / moments - 1)) > 0.2


def test_stationary_variance_without_data() -> None:
    """With y = 0 at x = 0 and few correlations the weights w are Ornstein–Uhlenbeck: variance 1/(βλ) at small steps."""
    found = train_noisy_sgd([0.0], [0.0], lam=0.5, beta=4.0, neurons=20000, steps=400, step=0.02, seed=3)
    w = found.weights[:, 1]
    # w feels no datum at x = 0: w ← (1 − 2λs)w + √(4s/β) g has variance (4s/β)/(1 − (1 − 2λs)²).
    variance = (4 * 0.02 / 4.0) / (1 - (1 - 2 * 0.5 * 0.02) ** 2)
    assert np.var(w) == pytest.approx(variance, rel=4.5 * math.sqrt(2 / 20000))
    assert variance == pytest.approx(1 / (4.0 * 0.5), rel=0.02)


def test_gradient_descent_without_noise_descends() -> None:
    found = simulate_langevin(X, Y, lam=0.01, beta=math.inf, neurons=200, steps=2000, step=0.05, seed=0)
    exact = fit_wide_relu(X, Y, lam=0.01)
    objective = found.history.loss + found.history.penalty
    assert np.all(np.diff(objective) <= 0)
    assert objective[-1] < 0.5 * objective[0]
    assert objective[-1] >= exact.objective - 1e-12  # no network is below the minimum


def test_history_is_loss_and_penalty_of_the_weights() -> None:
    found = simulate_langevin(X, Y, lam=0.3, beta=10.0, neurons=50, steps=25, step=0.05, seed=0, history_every=10)
    assert found.history.step.tolist() == [0, 10, 20, 25]
    assert found.history.penalty[-1] == pytest.approx(0.15 * np.mean(np.sum(found.weights**2, axis=1)), rel=1e-12)
    assert found.history.loss[-1] == pytest.approx(0.5 * np.mean((found.fitted - Y) ** 2), rel=1e-12)
    begin = np.random.default_rng(0).standard_normal((50, 3))
    assert found.history.penalty[0] == pytest.approx(0.15 * np.mean(np.sum(begin**2, axis=1)), rel=1e-12)


@pytest.mark.parametrize("train", TRAINERS)
def test_weights_of_rows_are_repeated_rows(train: Callable[..., TrainedNetwork]) -> None:
    """Weight 2 is the row twice, weight 0 no row; the last two rows share an input."""
    x, y, weight = [0.0, 1.0, 2.0, 2.0], [1.0, 9.0, -1.0, 1.0], [2.0, 0.0, 1.0, 1.0]
    options = {"lam": 0.1, "beta": 50.0, "neurons": 20, "steps": 30, "step": 0.02, "seed": 4}
    weighted = train(x, y, sample_weight=weight, **options)
    repeated = train([0.0, 0.0, 2.0, 2.0], [1.0, 1.0, -1.0, 1.0], **options)
    assert weighted.weights == pytest.approx(repeated.weights, abs=1e-12)
    huge = train(x, y, sample_weight=np.multiply(weight, 5e307), **options)  # whose sum leaves double precision
    assert huge.weights == pytest.approx(weighted.weights, abs=1e-12)
    assert weighted.fitted[[0, 2, 3]] == pytest.approx(repeated.fitted[[0, 2, 3]], abs=1e-12)


def test_the_same_seed_gives_the_same_network() -> None:
    first, second, third = (
        train_noisy_sgd(X, Y, lam=0.1, beta=10.0, neurons=5, steps=20, step=0.01, seed=seed) for seed in (1, 1, 2)
    )
    passed = train_noisy_sgd(X, Y, lam=0.1, beta=10.0, neurons=5, steps=20, step=0.01, seed=np.random.default_rng(1))
    assert np.array_equal(first.weights, second.weights)
    assert np.array_equal(first.weights, passed.weights)
    assert not np.array_equal(first.weights, third.weights)
    assert (first.seed, passed.seed) == (1, None)


class _Killed(Exception):
    pass


def same(first: TrainedNetwork, second: TrainedNetwork) -> bool:
    """Whether two networks are the same to the byte, histories and averages included."""
    pairs = [
        (first.weights, second.weights),
        (first.fitted, second.fitted),
        (first.mean_fitted, second.mean_fitted),
        (first.history.step, second.history.step),
        (first.history.loss, second.history.loss),
        (first.history.penalty, second.history.penalty),
    ]
    return all(a.tobytes() == b.tobytes() for a, b in pairs)


@given(
    st.sampled_from(TRAINERS),
    st.integers(1, 40),
    st.integers(1, 15),
    st.sampled_from(["float64", "float32"]),
    st.sampled_from([np.random.PCG64, np.random.MT19937, np.random.Philox]),
)
@settings(max_examples=12)
def test_a_killed_run_resumes_to_the_same_bytes(
    train: Callable[..., TrainedNetwork], killed: int, every: int, precision: str, generator: type
) -> None:
    options = {"lam": 0.1, "beta": 20.0, "neurons": 30, "steps": 40, "step": 0.02, "precision": precision}
    whole = train(X, Y, seed=np.random.Generator(generator(5)), **options)

    def kill(taken: int, steps: int) -> None:
        if taken == killed:
            raise _Killed

    with tempfile.TemporaryDirectory() as folder:
        kept = {"checkpoint": Path(folder) / "run.npz", "checkpoint_every": every}
        with pytest.raises(_Killed):
            train(X, Y, seed=np.random.Generator(generator(5)), progress=kill, **kept, **options)
        # A generator in another state is put back into the stored one where there is a stored one.
        seed = np.random.Generator(generator(6 if killed >= every or killed == 40 else 5))
        steps: list[int] = []
        resumed = train(X, Y, seed=seed, progress=lambda taken, _: steps.append(taken), **kept, **options)
        assert same(whole, resumed)
        stored = 40 if killed == 40 else killed - killed % every
        assert steps == list(range(stored + 1, 41))
        assert same(whole, train(X, Y, seed=seed, **kept, **options))  # finished: nothing is left to do


def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.npz"
    options = {"lam": 0.1, "beta": 20.0, "neurons": 3, "steps": 4, "step": 0.02, "checkpoint": path}
    simulate_langevin(X, Y, **options)  # type: ignore[arg-type]
    content = path.read_bytes()
    for change in ({"lam": 0.2}, {"steps": 5}, {"seed": 1}, {"precision": "float32"}):
        with pytest.raises(MeanFieldInputError, match="other arguments"):
            simulate_langevin(X, Y, **{**options, **change})  # type: ignore[arg-type]
    with pytest.raises(MeanFieldInputError, match="other arguments"):
        train_noisy_sgd(X, Y, **options)  # type: ignore[arg-type]
    assert path.read_bytes() == content
    path.write_text("x,y\n")
    with pytest.raises(MeanFieldInputError, match="holds no state"):
        simulate_langevin(X, Y, **options)  # type: ignore[arg-type]
    entry = content.rfind(b"PK\x01\x02")  # of the archive's directory: version needed, flags, compression
    for place, byte in ((6, 0xFF), (8, 0x01), (8, 0x20), (10, 0xFF)):
        path.write_bytes(content[: entry + place] + bytes([byte]) + content[entry + place + 1 :])
        with pytest.raises(MeanFieldInputError, match="holds no state"):
            simulate_langevin(X, Y, **options)  # type: ignore[arg-type]
    path.write_bytes(content.replace(b"total.npy", b"totem.npy"))
    with pytest.raises(MeanFieldInputError, match="holds no state"):
        simulate_langevin(X, Y, **options)  # type: ignore[arg-type]
    with path.open("wb") as file:
        np.save(file, np.ones(3))
    with pytest.raises(MeanFieldInputError, match="holds no state"):
        simulate_langevin(X, Y, **options)  # type: ignore[arg-type]
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(MeanFieldInputError, match="holds no state"):
        simulate_langevin(X, Y, **options)  # type: ignore[arg-type]


def test_a_write_that_fails_leaves_the_last_checkpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.npz"
    options = {"lam": 0.1, "beta": 20.0, "neurons": 9, "steps": 20, "step": 0.02}
    whole = simulate_langevin(X, Y, **options)  # type: ignore[arg-type]
    write, calls = np.savez, []

    def broken(file: IO[bytes], **content: object) -> None:
        calls.append(content)
        if len(calls) == 3:
            file.write(b"half of a file")
            raise OSError("no space left on device")
        write(file, **content)  # type: ignore[arg-type]

    monkeypatch.setattr(np, "savez", broken)
    with pytest.raises(OSError, match="no space"):
        simulate_langevin(X, Y, checkpoint=path, checkpoint_every=4, **options)  # type: ignore[arg-type]
    steps: list[int] = []
    resumed = simulate_langevin(
        X, Y, checkpoint=path, checkpoint_every=4, progress=lambda taken, _: steps.append(taken), **options  # type: ignore[arg-type]
    )  # fmt: skip
    assert steps[0] == 9
    assert same(whole, resumed)


def test_divergence_is_said() -> None:
    for precision in ("float64", "float32"):
        for train in TRAINERS:
            found = train(X, Y, lam=0.1, beta=10.0, neurons=5, steps=500, step=50.0, seed=0, precision=precision)
            assert found.stop == "diverged"
            assert found.steps < 500


def test_single_precision_stays_near_double_along_a_short_path() -> None:
    options = {"lam": 0.1, "beta": math.inf, "neurons": 200, "steps": 50, "step": 0.02, "seed": 0}
    double, single = (simulate_langevin(X, Y, precision=p, **options) for p in ("float64", "float32"))  # type: ignore[arg-type]
    assert np.array_equal(single.weights, single.weights.astype(np.float32))
    assert 0 < np.max(np.abs(single.weights - double.weights)) < 1e-5
    sizes = np.mean(np.sum(single.weights**2, axis=1))  # summed in double precision whatever that of the weights
    assert single.history.penalty[-1] == pytest.approx(0.05 * sizes, rel=2e-8)


def test_many_neurons_are_one_network_whatever_the_blocks() -> None:
    """More neurons than one block holds, against the dense sums of a step."""
    n, x, y = 40_000, np.array(X), np.array(Y)
    found = simulate_langevin(X, Y, lam=0.1, beta=5.0, neurons=n, steps=2, step=0.05, seed=6)
    assert np.max(np.abs(found.weights - dense_langevin(x, y, 0.1, 5.0, n, 2, 0.05, 6))) < 1e-13
    assert np.max(np.abs(found.fitted - dense_values(found.weights.T, x))) < 1e-13


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lam": -0.1}, "lam is -0.1"), ({"lam": math.inf}, "lam is inf"), ({"lam": "a"}, "lam is 'a'"),
        ({"beta": -1.0}, "beta is -1"), ({"step": math.inf}, "step is inf"),
        ({"neurons": 0}, "neurons is 0"), ({"steps": 0}, "steps is 0"), ({"spread": math.nan}, "spread is nan"),
        ({"neurons": 2.5}, "neurons is 2.5"), ({"steps": True}, "steps is True"), ({"seed": -1}, "seed is -1"),
        ({"sample_weight": [1.0, -1.0]}, "-1"), ({"backend": "jax"}, "backend is 'jax'"),
        ({"device": "cuda"}, "device is 'cuda'"), ({"precision": "float16"}, "precision is 'float16'"),
        ({"noise": "device"}, "needs backend='torch'"), ({"noise": "none"}, "noise is 'none'"),
        ({"history_every": 0}, "history_every is 0"), ({"checkpoint_every": 0}, "checkpoint_every is 0"),
        ({"checkpoint": "no/such/folder/run.npz"}, "a folder that exists"), ({"checkpoint": 5}, "checkpoint is 5"),
        ({"lam": "0.1"}, "lam is '0.1'"), ({"beta": True}, "beta is True"), ({"progress": 3}, "progress is 3"),
        ({"neurons": 10**30}, "have an address"),
    ],
)  # fmt: skip
def test_refusals(change: dict[str, object], message: str) -> None:
    arguments: dict[str, object] = {"lam": 0.1, "beta": 10.0, "neurons": 5, "steps": 5, "step": 0.1}
    with pytest.raises(MeanFieldInputError, match=message):
        simulate_langevin([0.0, 1.0], [0.0, 1.0], **{**arguments, **change})  # type: ignore[arg-type]


@pytest.mark.parametrize("x", ["a", [[1.0, 2.0], [3.0]], 1j, [math.inf]])
def test_points_that_are_no_finite_numbers_are_refused(x: object) -> None:
    found = simulate_langevin(X, Y, lam=0.1, beta=10.0, neurons=5, steps=1, step=0.1)
    with pytest.raises(MeanFieldInputError, match=r"^x "):
        found.predict(x)  # type: ignore[arg-type]


@pytest.mark.parametrize("train", TRAINERS)
def test_the_mean_is_over_the_second_half_of_the_steps(train: Callable[..., TrainedNetwork]) -> None:
    """f after each of steps 4, 5, 6, from runs that end there: the same seed takes the same path."""
    options = {"lam": 0.1, "beta": 10.0, "neurons": 20, "step": 0.05, "seed": 2}
    path = [train(X, Y, steps=n, **options).fitted for n in range(1, 7)]
    for steps, later in ((6, path[3:]), (5, path[2:5]), (1, path[:1])):
        assert train(X, Y, steps=steps, **options).mean_fitted == pytest.approx(np.mean(later, axis=0), rel=1e-13)
    lost = train(X, Y, steps=100, **{**options, "step": 1e100})
    assert lost.stop == "diverged"
    assert np.all(np.isnan(lost.mean_fitted))


def test_a_missing_torch_is_said_with_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)  # import then fails, installed or not
    with pytest.raises(MeanFieldInputError, match=r"lemmata\[torch\]"):
        array_backend("torch")


@needs_torch
def test_a_device_that_torch_lacks_is_refused() -> None:
    with pytest.raises(MeanFieldInputError, match="device is 'nowhere'"):
        array_backend("torch", "nowhere")


@needs_torch
@pytest.mark.parametrize("train", TRAINERS)
def test_torch_takes_the_path_of_numpy(train: Callable[..., TrainedNetwork]) -> None:
    """One seed, one path up to rounding; constant units and tied inputs among the rows; resumed to the same bytes."""
    x, y = [*X, 1.0, 1000.0], [*Y, 0.5, 0.0]
    options = {"lam": 0.1, "beta": 20.0, "neurons": 400, "steps": 30, "step": 1e-6, "seed": 3}
    host, device = train(x, y, **options), train(x, y, backend="torch", **options)
    assert device.weights == pytest.approx(host.weights, rel=1e-11, abs=1e-11)
    assert device.mean_fitted == pytest.approx(host.mean_fitted, rel=1e-11, abs=1e-11)
    assert device.history.loss == pytest.approx(host.history.loss, rel=1e-11)


@needs_torch
@pytest.mark.parametrize("train", TRAINERS)
@pytest.mark.parametrize("noise", ["host", "device"])
def test_torch_resumes_to_the_same_bytes(noise: str, train: Callable[..., TrainedNetwork], tmp_path: Path) -> None:
    """With the noise of the device the rows still come from the host's generator: both are put back."""
    options = {"lam": 0.1, "beta": 20.0, "neurons": 30, "steps": 20, "step": 0.02, "backend": "torch", "noise": noise}
    whole = train(X, Y, **options)

    def kill(taken: int, steps: int) -> None:
        if taken == 13:
            raise _Killed

    kept = {"checkpoint": tmp_path / "run.npz", "checkpoint_every": 5}
    with pytest.raises(_Killed):
        train(X, Y, progress=kill, **kept, **options)
    assert same(whole, train(X, Y, **kept, **options))


@needs_torch
def test_noise_of_the_device_has_the_same_law() -> None:
    found = train_noisy_sgd(
        [0.0], [0.0], lam=0.5, beta=4.0, neurons=20000, steps=400, step=0.02, seed=3, backend="torch", noise="device"
    )
    variance = (4 * 0.02 / 4.0) / (1 - (1 - 2 * 0.5 * 0.02) ** 2)
    assert np.var(found.weights[:, 1]) == pytest.approx(variance, rel=4.5 * math.sqrt(2 / 20000))


def test_no_penalty_and_no_noise_is_plain_gradient_descent() -> None:
    """λ = 0, β = ∞: gradient descent on the loss alone, which a wide network drives to zero."""
    for train in TRAINERS:
        found = train(X, Y, lam=0.0, beta=math.inf, neurons=200, steps=4000, step=0.05, seed=0)
        assert found.history.loss[-1] < 0.05 * found.history.loss[0]
        assert not np.any(found.history.penalty)
