"""One-bit codes of sparse data at rate 1 that can be used: orthogonal B, decoder cBᵀ.

The identity, the dithered identity aI + √(1 − a²) Q with Q orthogonal and antisymmetric, and the cascade Σ a_k P_k of
anticommuting signed permutations (Hurwitz and Radon). All three are exactly orthogonal (claims ae.sp-dither,
ae.sp-cascade), so that the risk of the best c is 1 − T² with T the mean of E|b_i·x| over the rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..given import shown
from .arguments import whole
from .minimizer import haar_matrix
from .sparse import SparseSource, cascade_coefficients, row_moduli

Array = NDArray[np.float64]
Signs = NDArray[np.int8]

MOST_TERMS = 8  # the identity and seven anticommuting signed permutations of eight coordinates
_ORTHOGONAL = 1e-9


@dataclass(frozen=True, eq=False)
class OrthogonalCode:
    """x ↦ s = sign(Bx), s ↦ cBᵀs, with sign(0) = +1.

    Attributes: B (d×d), orthogonal; scale, c. Raises: ValueError where B is not orthogonal.

    >>> code = OrthogonalCode(np.eye(2), 0.5)
    >>> code.decode(code.encode([[3.0, -1.0]])).tolist()
    [[0.5, -0.5]]
    """

    B: Array
    scale: float

    def __post_init__(self) -> None:
        """Checks BBᵀ = I."""
        B = np.asarray(self.B, dtype=np.float64)
        if B.ndim != 2 or B.shape[0] != B.shape[1] or not B.size:
            raise ValueError(f"B of shape {B.shape}: it must be a square matrix, not empty")
        error = float(np.max(np.abs(B @ B.T - np.eye(B.shape[0]))))
        if not error <= _ORTHOGONAL:
            raise ValueError(f"B is not orthogonal: an entry of BBᵀ − I is {error:g}")
        object.__setattr__(self, "B", B)

    @property
    def dimension(self) -> int:
        """d."""
        return int(self.B.shape[0])

    def encode(self, x: ArrayLike) -> Signs:
        """The bits of each row of x (N×d), +1 or −1.

        >>> OrthogonalCode(np.eye(1), 1.0).encode([[0.0]]).tolist()
        [[1]]
        """
        rows = self._rows(x, "x")
        return np.where(rows @ self.B.T >= 0.0, 1, -1).astype(np.int8)

    def decode(self, signs: ArrayLike) -> Array:
        """cBᵀs for each row s of the bits (N×d).

        >>> OrthogonalCode(np.eye(1), 0.25).decode([[-1]]).tolist()
        [[-0.25]]
        """
        return np.asarray(self.scale * self._rows(signs, "signs") @ self.B)

    def _rows(self, value: ArrayLike, name: str) -> Array:
        rows = np.asarray(value, dtype=np.float64)
        if rows.ndim != 2 or rows.shape[1] != self.dimension:
            raise ValueError(f"{name} of shape {rows.shape}: it must have {self.dimension} columns")
        return rows

    def risk(self, source: SparseSource) -> float:
        """E|x − x̂|²/d = 1 − 2cT + c², exactly, whatever the sign of 0.

        >>> round(OrthogonalCode(np.eye(2), 0.5).risk(SparseSource(0.25)), 12)
        0.75
        """
        mean = float(np.mean(row_moduli(self.B, source)))
        return 1.0 - 2.0 * self.scale * mean + self.scale**2


def _best(B: Array, source: SparseSource) -> OrthogonalCode:
    return OrthogonalCode(B, float(np.mean(row_moduli(B, source))))


def quarter_turns(d: int, generator: np.random.Generator | None = None) -> Array:
    """An orthogonal antisymmetric d×d matrix: quarter turns of pairs of coordinates, conjugated by a Haar matrix.

    Arguments: d, even; generator, of the Haar matrix (None: the turns of neighbouring coordinates themselves).
    Raises: ValueError for odd d, where no such matrix exists.

    >>> quarter_turns(2).tolist()
    [[0.0, 1.0], [-1.0, 0.0]]
    """
    d = whole("d", d)
    if d % 2:
        raise ValueError(f"d = {d}: an orthogonal antisymmetric matrix has an even dimension")
    turns = np.kron(np.eye(d // 2), np.array([[0.0, 1.0], [-1.0, 0.0]]))
    if generator is None:
        return np.asarray(turns)
    basis = haar_matrix(d, generator)
    return np.asarray(basis @ turns @ basis.T)


def dithered_identity(a: float, Q: ArrayLike) -> Array:
    """B = aI + √(1 − a²) Q.

    Arguments: a, 0 ≤ a ≤ 1; Q, orthogonal and antisymmetric. Raises: ValueError.

    >>> dithered_identity(0.6, quarter_turns(2)).round(12).tolist()
    [[0.6, 0.8], [-0.8, 0.6]]
    """
    Q = np.asarray(Q, dtype=np.float64)
    if not 0.0 <= a <= 1.0:
        raise ValueError(f"a = {shown(a)}: it must be a number from 0 to 1")
    if Q.ndim != 2 or Q.shape[0] != Q.shape[1] or not np.allclose(Q, -Q.T, rtol=0.0, atol=_ORTHOGONAL):
        raise ValueError("Q is not an antisymmetric square matrix")
    B = a * np.eye(Q.shape[0]) + np.sqrt(1.0 - a * a) * Q
    return np.asarray(B)


def anticommuting(d: int, terms: int) -> list[Array]:
    """The identity and terms − 1 pairwise anticommuting antisymmetric signed permutations of d coordinates.

    Left multiplication by the units of the complex numbers, quaternions and octonions, block by block: at most 2, 4, 8
    terms where d is a multiple of 2, 4, 8 (Hurwitz and Radon; more terms need larger blocks).

    Arguments: d; terms, from 1 to 8. Raises: ValueError where d allows no so many.

    >>> P = anticommuting(4, 4)
    >>> bool(np.all(P[1] @ P[2] + P[2] @ P[1] == 0))
    True
    """
    d, terms = whole("d", d), whole("terms", terms, most=MOST_TERMS)
    block = 1
    while block < terms:
        block *= 2
    if d % block:
        raise ValueError(f"d = {d}: {terms} anticommuting terms need a multiple of {block}")
    units = [_left_multiplication(block, k) for k in range(terms)]
    return [np.asarray(np.kron(np.eye(d // block), unit), dtype=np.float64) for unit in units]


def _product(x: Array, y: Array) -> Array:
    """The product of the algebra that doubling makes of the reals (Cayley and Dickson)."""
    if x.size == 1:
        return np.asarray(x * y)
    h = x.size // 2
    a, b, c, d = x[:h], x[h:], y[:h], y[h:]
    return np.concatenate([_product(a, c) - _product(_conjugate(d), b), _product(d, a) + _product(b, _conjugate(c))])


def _conjugate(x: Array) -> Array:
    result = -x
    result[0] = x[0]
    return result


def _left_multiplication(size: int, k: int) -> Array:
    unit = np.zeros(size)
    unit[k] = 1.0
    return np.stack([_product(unit, column) for column in np.eye(size)], axis=1)


def cascade(d: int, source: SparseSource, terms: int = MOST_TERMS) -> OrthogonalCode:
    """The cascade Σ a_k P_k with a_k ∝ (1 − p)^k and its best scale.

    For sparse signs and p ≥ 1/2 its risk exceeds 1 − 1/(2 − p), that of the identity with sign(0) = +1 and a decoder
    bias, by (1 − p)^(2·terms)/(2 − p) only (claim ae.sp-cascade-value).

    Arguments: d, a multiple of the block of `terms`; source; terms, from 1 to 8. Raises: ValueError.

    >>> round(cascade(8, SparseSource(0.6)).risk(SparseSource(0.6)), 6)
    0.285715
    """
    coefficients = cascade_coefficients(source.p, whole("terms", terms, most=MOST_TERMS))
    B = sum((a * P for a, P in zip(coefficients, anticommuting(d, terms), strict=True)), np.zeros((d, d)))
    return _best(np.asarray(B), source)


def identity_code(d: int, source: SparseSource) -> OrthogonalCode:
    """The identity with its best scale √p m.

    >>> identity_code(2, SparseSource(0.25)).scale
    0.5
    """
    d = whole("d", d)
    return OrthogonalCode(np.eye(d), float(np.sqrt(source.p)) * source.mean_modulus_of_z)
