"""Training that is watched, interrupted, resumed, and moved to another backend: the same path each time."""

from __future__ import annotations

import importlib.util
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from lemmata.numerics.autoencoder import TrainResult, activation, train
from lemmata.numerics.autoencoder.minimizer import normalised_rows
from lemmata.numerics.autoencoder.objective import best_decoder_gain

needs_torch = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
LIMITS = {"gd": 12, "tied": 12, "sgd": 40, "lbfgs": 600}


class Stopped(Exception):
    """What a progress function raises here."""


def _bytes(result: TrainResult) -> tuple[bytes, bytes, tuple[float, ...], int]:
    return result.A.tobytes(), result.B.tobytes(), result.history, result.restart


@pytest.mark.parametrize("method", list(LIMITS))
def test_an_interrupted_run_takes_the_path_of_one_in_a_piece(method: str, tmp_path: Path) -> None:
    options = {"method": method, "restarts": 2, "seed": 4, "max_iterations": LIMITS[method], "covariance": [3.0, 2, 1]}
    whole = train(5, 3, "sign", **options)  # type: ignore[arg-type]
    place = tmp_path / "state"
    for last in (1, 7, LIMITS[method] + 3):

        def stop(done: int, most: int, last: int = last) -> None:
            assert most == 2 * LIMITS[method]
            if done >= last:
                raise Stopped

        with pytest.raises(Stopped):
            train(5, 3, "sign", **options, checkpoint=place, progress=stop)  # type: ignore[arg-type]
    resumed = train(5, 3, "sign", **options, checkpoint=place)  # type: ignore[arg-type]
    assert _bytes(resumed) == _bytes(whole)
    again = train(5, 3, "sign", **options, checkpoint=place, progress=stop)  # type: ignore[arg-type]
    assert _bytes(again) == _bytes(whole)  # nothing is left to do, nothing is told
    assert list(tmp_path.iterdir()) == [place]


def test_states_are_written_on_the_way(tmp_path: Path) -> None:
    seen = []

    def look(done: int, most: int) -> None:
        seen.append((done, (tmp_path / "state").exists()))

    train(7, 5, "sign", max_iterations=6, checkpoint=tmp_path / "state", checkpoint_every=3, progress=look)
    assert seen == [(1, False), (2, False), (3, True), (4, True), (5, True), (6, True)]


def test_what_cannot_be_resumed_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "state"
    train(3, 4, "sign", checkpoint=place, max_iterations=2)
    before = place.read_bytes()
    with pytest.raises(ValueError, match="other arguments"):
        train(3, 4, "sign", checkpoint=place, max_iterations=2, seed=1)
    with pytest.raises(ValueError, match="a folder that exists"):
        train(3, 4, "sign", checkpoint=tmp_path / "nowhere" / "state")
    with pytest.raises(ValueError, match="name of a file"):
        train(3, 4, "sign", checkpoint=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="progress = 3"):
        train(3, 4, "sign", progress=3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="checkpoint_every = 0"):
        train(3, 4, "sign", checkpoint=place, checkpoint_every=0)
    with pytest.raises(ValueError, match="backend is 'jax'"):
        train(3, 4, "sign", backend="jax")
    place.write_bytes(b"nothing")
    with pytest.raises(ValueError, match="holds no state"):
        train(3, 4, "sign", checkpoint=place)
    assert before


def test_a_gradient_holds_two_matrices_of_n_by_n() -> None:
    n, k = 600, 60
    C = normalised_rows(np.random.default_rng(0).standard_normal((n, k)))
    sigma = activation("sign")
    best_decoder_gain(C, np.ones(k), sigma)
    tracemalloc.start()
    try:
        best_decoder_gain(C, np.ones(k), sigma).gradient.sum()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Two of n×n; beyond them a handful of n×k, which are a tenth of it each, and blocks of 2^16 entries.
    assert peak < 8 * (2 * n * n + 6 * n * k + 5 * 2**16)


@needs_torch
@pytest.mark.parametrize("text", ["sign", "x**3", "tanh"])
@pytest.mark.parametrize("method", ["gd", "lbfgs", "tied", "sgd"])
def test_torch_takes_the_path_of_numpy(method: str, text: str, tmp_path: Path) -> None:
    for n, d in ((3, 5), (6, 4)):
        host = train(n, d, text, method=method, max_iterations=40)
        moved = train(n, d, text, method=method, max_iterations=40, backend="torch", checkpoint=tmp_path / f"{n}")
        assert abs(host.risk - moved.risk) < 1e-10
        np.testing.assert_allclose(moved.B, host.B, atol=1e-5)
        again = train(n, d, text, method=method, max_iterations=40, backend="torch", checkpoint=tmp_path / f"{n}")
        assert again.B.tobytes() == moved.B.tobytes()


@needs_torch
def test_singular_moments_on_torch() -> None:
    host, moved = (train(7, 2, "x**3", seed=0, backend=name) for name in ("numpy", "torch"))
    assert abs(host.risk - moved.risk) < 1e-12
