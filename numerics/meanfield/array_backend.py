"""Where the arrays of a simulation live: numpy, or PyTorch on a CPU or an accelerator, behind functions both share."""

from __future__ import annotations

import importlib
import json
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from ..given import shown
from .errors import MeanFieldInputError

BackendName = Literal["numpy", "torch"]
Precision = Literal["float64", "float32"]
NoiseSource = Literal["host", "device"]
Tensor = Any  # a numpy array or a torch tensor

_BACKENDS, _PRECISIONS, _SOURCES = ("numpy", "torch"), ("float64", "float32"), ("host", "device")
_CACHED = 1 << 14  # neurons whose temporaries stay in a CPU's cache
_RESIDENT = 1 << 24  # neurons that an accelerator takes at once


def _chosen(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise MeanFieldInputError(f"{name} is {shown(value)}; {' and '.join(map(repr, allowed))} are allowed")


@dataclass(frozen=True)
class ArrayBackend:
    """A namespace of functions with numpy's names, where its arrays live, and in which precision the weights are kept.

    xp: numpy or torch, of which only functions with one meaning in both are used; device: None for numpy; precision: of
    the weights and of what is formed per neuron; sums over neurons and everything per datum are float64.
    """

    xp: Any
    device: Any
    precision: Precision

    @property
    def block(self) -> int:
        """How many neurons to treat at once."""
        return _CACHED if self.device is None or self.device.type == "cpu" else _RESIDENT

    def weights(self, values: NDArray[Any]) -> Tensor:
        """Move numbers to the device in the precision of the weights."""
        return self._moved(np.asarray(values, dtype=self.precision))

    def sums(self, values: NDArray[Any]) -> Tensor:
        """Move numbers to the device in float64."""
        return self._moved(np.asarray(values, dtype=np.float64))

    def _moved(self, values: NDArray[Any]) -> Tensor:
        return values if self.device is None else self.xp.asarray(values, device=self.device)

    def narrow(self, values: Tensor) -> Tensor:
        """The same numbers in the precision of the weights."""
        return self._cast(values, self.precision)

    def widen(self, values: Tensor) -> Tensor:
        """The same numbers in float64."""
        return self._cast(values, "float64")

    def _cast(self, values: Tensor, precision: str) -> Tensor:
        dtype = getattr(self.xp, precision)
        return values.astype(dtype, copy=False) if self.device is None else values.to(dtype)

    def places(self, ascending: Tensor, keys: Tensor) -> Tensor:
        """How many of the ascending numbers are at most each key (n,); keys that are nan are beyond all."""
        if self.device is not None:
            return self.xp.searchsorted(ascending, keys, side="right")
        order = np.argsort(keys)  # searches for keys in order are several times faster, which more than pays the sort
        found = np.empty(len(keys), dtype=np.intp)
        found[order] = np.searchsorted(ascending, keys[order], side="right")
        return found

    def numpy(self, values: Tensor) -> NDArray[Any]:
        """The same numbers as a numpy array."""
        return np.asarray(values if self.device is None else values.cpu().numpy())


def array_backend(backend: str = "numpy", device: str | None = None, precision: str = "float64") -> ArrayBackend:
    """Choose numpy, or PyTorch on a device.

    Args: backend: "numpy" or "torch"; device: as PyTorch names it, None for its CPU; precision: "float64" or "float32".
    Raises: MeanFieldInputError for other names, a device that numpy or PyTorch does not have, or PyTorch not installed.

    >>> array_backend().weights(np.ones(2)).dtype.name
    'float64'
    """
    _chosen("backend", backend, _BACKENDS)
    _chosen("precision", precision, _PRECISIONS)
    exact: Precision = "float64" if precision == "float64" else "float32"
    if backend == "numpy":
        if device is not None:
            raise MeanFieldInputError(
                f"device is {shown(device)}; numpy has none: only None is allowed, or backend='torch'"
            )
        return ArrayBackend(np, None, exact)
    try:
        torch = importlib.import_module("torch")
    except ImportError:
        raise MeanFieldInputError(
            "backend is 'torch', but PyTorch is not installed; install the extra: pip install 'lemmata[torch]'"
        ) from None
    try:
        place = torch.device("cpu" if device is None else device)
        torch.zeros(1, dtype=torch.float64, device=place)
    except (RuntimeError, AssertionError, TypeError, ValueError) as error:
        reason = str(error).strip().splitlines()[0]
        raise MeanFieldInputError(f"device is {shown(device)}, which PyTorch cannot use here: {reason}") from None
    return ArrayBackend(torch, place, exact)


class Noise(Protocol):
    """Standard normal numbers for the weights, with a state that can be stored and restored."""

    def draw(self, neurons: int) -> Tensor:
        """The next numbers for so many neurons, shape (3, neurons)."""

    def state(self) -> str:
        """Everything that decides the numbers to come, as text."""

    def restore(self, state: str) -> None:
        """Continue from a stored state."""


def generator_state(rng: np.random.Generator) -> str:
    """The state of a numpy generator as text."""
    return json.dumps(rng.bit_generator.state, default=lambda part: part.tolist())


def restore_generator(rng: np.random.Generator, state: str) -> None:
    """Continue a numpy generator from a stored state."""
    rng.bit_generator.state = json.loads(state)


@dataclass(frozen=True)
class HostNoise:
    """Numbers from a numpy generator, moved to the device: one seed gives one path on every device, up to rounding."""

    arrays: ArrayBackend
    rng: np.random.Generator

    def draw(self, neurons: int) -> Tensor:
        """The next numbers (3, neurons), neuron after neuron."""
        kind = np.float64 if self.arrays.precision == "float64" else np.float32
        return self.arrays.weights(self.rng.standard_normal((neurons, 3), dtype=kind)).T

    def state(self) -> str:
        """The generator's state."""
        return generator_state(self.rng)

    def restore(self, state: str) -> None:
        """Continue the generator."""
        restore_generator(self.rng, state)


class DeviceNoise:
    """Numbers from PyTorch's own generator on the device, which is seeded from the numpy generator."""

    def __init__(self, arrays: ArrayBackend, rng: np.random.Generator) -> None:
        self._arrays = arrays
        self._generator = arrays.xp.Generator(device=arrays.device)
        self._generator.manual_seed(int(rng.integers(1 << 62)))

    def draw(self, neurons: int) -> Tensor:
        """The next numbers (3, neurons)."""
        arrays = self._arrays
        dtype = getattr(arrays.xp, arrays.precision)
        return arrays.xp.randn(3, neurons, generator=self._generator, dtype=dtype, device=arrays.device)

    def state(self) -> str:
        """The generator's state."""
        return bytes(self._generator.get_state().numpy()).hex()

    def restore(self, state: str) -> None:
        """Continue the generator."""
        stored = np.frombuffer(bytes.fromhex(state), dtype=np.uint8).copy()
        self._generator.set_state(self._arrays.xp.asarray(stored))


def noise_source(source: str, arrays: ArrayBackend, rng: np.random.Generator) -> Noise:
    """Draw the noise from the numpy generator ("host"), or on the device ("device", PyTorch only)."""
    _chosen("noise", source, _SOURCES)
    if source == "host":
        return HostNoise(arrays, rng)
    if arrays.device is None:
        raise MeanFieldInputError("noise is 'device', which needs backend='torch'; with numpy 'host' is allowed")
    return DeviceNoise(arrays, rng)
