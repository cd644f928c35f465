"""The rate of universality against exact enumeration: two-point laws, Hadamard rows."""

import itertools
import math

import numpy as np
import pytest
from scipy.linalg import hadamard


def _enumerated_risk(rows: np.ndarray, p: float) -> tuple[float, float]:
    """Return the risk of the untrained code and the third moment for centred coordinates with two values."""
    high, low = math.sqrt((1 - p) / p), -math.sqrt(p / (1 - p))
    d = rows.shape[1]
    c = math.sqrt(2 / math.pi)
    risk = 0.0
    for bits in itertools.product((True, False), repeat=d):
        x = np.where(bits, high, low)
        weight = p ** sum(bits) * (1 - p) ** (d - sum(bits))
        code = np.where(rows @ x >= 0, 1.0, -1.0)
        risk += weight * float(np.sum((x - c * rows.T @ code) ** 2)) / d
    return risk, p * high**3 - (1 - p) * low**3


@pytest.mark.parametrize("p", [0.5, 0.3])
@pytest.mark.parametrize("d", [1, 2, 4, 8])
def test_the_rate_holds_for_every_number_of_rows(d: int, p: float) -> None:
    matrix = hadamard(d) / math.sqrt(d)
    for n in range(1, d + 1):
        risk, third = _enumerated_risk(matrix[:n], p)
        rate = n / d
        distance = abs(risk - (1 - 2 * rate / math.pi))
        assert distance <= 2 * math.sqrt(2 / math.pi) * rate * third / math.sqrt(d)


def test_the_bound_is_within_a_factor_of_five_for_one_bit() -> None:
    risk, third = _enumerated_risk(np.eye(1), 0.5)
    assert third == 1
    assert abs(risk - (1 - 2 / math.pi)) > 0.2 * 2 * math.sqrt(2 / math.pi)
