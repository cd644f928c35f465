"""A network of N neurons at M inputs in O(N log M + M): each neuron is put in a bin by its knot, sums go over the bins.

In ascending order of the inputs the neuron (a, w, b) is active, w x + b > 0, at all from some place on (w > 0), or at
all up to some place (w < 0): rounding keeps this true, since x ↦ fl(fl(w x) + b) is monotone. So all that the data see
of a neuron is its bin, its value h at the nearest active input and its slope w, and no N×M array is formed.

Everything is measured from the nearest active input. No sum holds a term larger than an active neuron's value at an
input, so that an offset of the inputs costs no digits beyond those lost in w x + b itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .array_backend import ArrayBackend, Tensor

Array = NDArray[np.float64]

_CORRECTIONS = 4  # of a bin by one input, before it is found by halving


@dataclass(frozen=True)
class Active:
    """A block of neurons at the data: bin, and value at the nearest active input, each (n,)."""

    bin: Tensor
    value: Tensor


@dataclass(frozen=True)
class Pull:
    """Per bin sums over the inputs that its neurons see: Σ r, Σ r (x − nearest), Σ r x, each (2M + 1,)."""

    total: Tensor
    arm: Tensor
    moment: Tensor


class BinnedInputs:
    """Distinct inputs x₀ < … < x_{M−1}, and the bins of neurons between them.

    Bin j < M: active exactly at x_j, …, x_{M−1}. Bin M: active nowhere. Bin M + j, 1 ≤ j ≤ M: active exactly at x_0, …,
    x_{j−1}. Constant units, w = 0, are in bin 0 or M.

    >>> from lemmata.numerics.meanfield.array_backend import array_backend
    >>> inputs = BinnedInputs(np.array([0.0, 2.0, 5.0]), array_backend())
    >>> inputs.locate(np.array([1.0, -1.0, 1.0]), np.array([-1.0, 4.0, -9.0])).bin.tolist()
    [1, 5, 3]
    """

    def __init__(self, x: Array, arrays: ArrayBackend) -> None:
        size = len(x)
        nearest = np.concatenate([x, [0.0], x])
        self.arrays = arrays
        self.size = size
        self.bins = 2 * size + 1
        self._gap = arrays.sums(np.diff(x))
        self._zero = arrays.sums(np.zeros(1))
        self._x = arrays.weights(x)
        self._exact = arrays.sums(x)
        self._nearest = arrays.weights(nearest)
        # Beyond the ends of the bins there is no input, and no comparison with nan holds.
        self._padded = arrays.weights(np.concatenate([[np.nan], nearest, [np.nan]]))

    def locate(self, w: Tensor, b: Tensor) -> Active:
        """Put neurons in bins: a search for the knot −b/w, corrected until w x + b > 0 itself agrees."""
        xp, size = self.arrays.xp, self.size
        found = self.arrays.places(self._x, -b / (w + 0.0))  # −0 becomes 0, whose knot is −∞ where b > 0
        left = w < 0
        found = xp.where(left, found + size, found)
        onward = xp.where(left, -1, 1)  # towards fewer active inputs
        for _ in range(_CORRECTIONS):
            value = w * xp.take(self._nearest, found) + b
            over = (found != size) & ~(value > 0)  # the relu's derivative at 0 is 0
            under = w * xp.take(self._padded, found - onward + 1) + b > 0
            if not bool(xp.any(over | under)):
                return Active(found, value)
            found = found + xp.where(over, onward, xp.where(under, -onward, 0))
        found = self._halved(w, b)
        return Active(found, w * xp.take(self._nearest, found) + b)

    def _halved(self, w: Tensor, b: Tensor) -> Tensor:
        """Bins by halving on w x + b > 0 alone, where rounding carries the knot past many inputs.

        It does so where weights are below the smallest normal number, to which they shrink under a large λ without
        noise, and where inputs coincide in the precision of the weights. Active at x_k differs from w < 0 from some k
        on; the bin is that k, beyond M for w < 0.
        """
        xp, size = self.arrays.xp, self.size
        left = w < 0
        low = xp.where(left, 0, 0)
        high = low + size
        for _ in range(size.bit_length()):
            middle = (low + high) // 2
            passed = (w * xp.take(self._x, xp.clip(middle, 0, size - 1)) + b > 0) != left
            low, high = xp.where(passed | (low >= high), low, middle + 1), xp.where(passed, middle, high)
        return xp.where(left, low + size, low)

    def collect(self, active: Active, a: Tensor, w: Tensor) -> tuple[Tensor, Tensor]:
        """Per bin Σ a h and Σ a w, (2M + 1,) each."""
        xp, wide = self.arrays.xp, self.arrays.widen
        return (
            xp.bincount(active.bin, wide(a * active.value), self.bins),
            xp.bincount(active.bin, wide(a * w), self.bins),
        )

    def values(self, entering: Tensor, bending: Tensor) -> Tensor:
        """Σ a (w x_i + b)₊ at the inputs (M,) from what `collect` sums.

        From left to right the right-facing part changes by its slope so far times the gap, and by what newly active
        neurons have at this input: F_i = F_{i−1} + S_{i−1}(x_i − x_{i−1}) + E_i, S_i = S_{i−1} + A_i; the left-facing
        part the same from right to left.
        """
        xp, size = self.arrays.xp, self.size

        def swept(entry: Tensor, slope: Tensor, gap: Tensor) -> Tensor:
            return xp.cumsum(entry + xp.concat([self._zero, xp.cumsum(slope, 0)[:-1] * gap]), 0)

        right = swept(entering[:size], bending[:size], self._gap)
        back = (0,)
        left = swept(xp.flip(entering[size + 1 :], back), xp.flip(bending[size + 1 :], back), -xp.flip(self._gap, back))
        return right + xp.flip(left, back)

    def pull(self, r: Tensor) -> Pull:
        """Sums of r (M,), one weight an input, over the inputs at which the neurons of each bin are active."""
        xp, back = self.arrays.xp, (0,)

        def from_end(terms: Tensor) -> Tensor:
            return xp.flip(xp.cumsum(xp.flip(terms, back), 0), back)

        ahead, behind, weighted = from_end(r), xp.cumsum(r, 0), r * self._exact
        # Σ_{i ≥ j} r_i (x_i − x_j) = Σ_{i > j} (x_i − x_{i−1}) Σ_{k ≥ i} r_k, and its mirror image.
        far = xp.concat([from_end(ahead[1:] * self._gap), self._zero])
        near = xp.concat([self._zero, -xp.cumsum(behind[:-1] * self._gap, 0)])
        total = xp.concat([ahead, self._zero, behind])
        arm = xp.concat([far, self._zero, near])
        moment = xp.concat([from_end(weighted), self._zero, xp.cumsum(weighted, 0)])
        narrow = self.arrays.narrow
        return Pull(narrow(total), narrow(arm), narrow(moment))

    def gradient(self, active: Active, pull: Pull, a: Tensor, w: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Derivatives of Σ_i r_i a (w x_i + b)₊ in a, w and b, (n,) each."""
        take, place = self.arrays.xp.take, active.bin
        total = take(pull.total, place)
        return (
            w * take(pull.arm, place) + active.value * total,
            a * take(pull.moment, place),
            a * total,
        )


def network_values(theta: Tensor, inputs: BinnedInputs) -> tuple[Tensor, list[Active]]:
    """f(x_i) = (1/N) Σ a_j (w_j x_i + b_j)₊ at the inputs (M,) of weights (3, N), and the blocks of neurons at them.

    >>> from lemmata.numerics.meanfield.array_backend import array_backend
    >>> inputs = BinnedInputs(np.array([0.0, 2.0]), array_backend())
    >>> network_values(np.array([[2.0, 1.0], [1.0, -1.0], [0.0, 1.0]]), inputs)[0].tolist()
    [0.5, 2.0]
    """
    neurons, block = theta.shape[1], max(inputs.arrays.block, inputs.bins)
    entering, bending = inputs.arrays.sums(np.zeros(inputs.bins)), inputs.arrays.sums(np.zeros(inputs.bins))
    blocks = []
    for start in range(0, neurons, block):
        a, w, b = theta[:, start : start + block]
        active = inputs.locate(w, b)
        entry, slope = inputs.collect(active, a, w)
        entering, bending = entering + entry, bending + slope
        blocks.append(active)
    return inputs.values(entering, bending) / neurons, blocks
