"""Why the activation must be odd: the bound without that hypothesis, and codes that lie below it."""

from __future__ import annotations

from collections.abc import Mapping

from ..kernel.derivation import Statement
from .bound import BOUND_HYPS, BOUND_LET, DECLARE
from .setting import EXAMPLE

#: relu(x) - relu(-x) = x: two opposite rows in one dimension reconstruct the data; the raw decoder is (1, -1).
RELU = {
    "n": "2",
    "d": "1",
    "sigma(x)": "relu(x)",
    "c1": "1/2",
    "b(i,k)": "delta(k, 1)*(1 - 2*delta(i, 2))",
    "A(k,i)": "(1 - 2*delta(i, 2))/2",
}

#: sigma = h_1 + sqrt(2) h_2 and two rows that are almost opposite; the normalised decoder is B^T/2.
EVEN_PART = {
    "n": "2",
    "d": "2",
    "sigma(x)": "x + x**2 - 1",
    "c1": "1",
    "b(i,k)": "delta(k, 1)*(1 - 81/41*delta(i, 2)) + 9/41*delta(k, 2)*delta(i, 2)",
    "A(k,i)": "delta(k, 1)*(1 - 81/41*delta(i, 2))/2 + 9/82*delta(k, 2)*delta(i, 2)",
}


def without_oddness() -> Statement:
    """Return the statement of the lower bound for every activation, odd or not (which is false).

    Returns:
        The statement R >= 1 - r/(max(r, 1) + alpha) without the hypothesis that the activation is odd.

    Example:
        >>> "odd" in without_oddness().hyps
        False
    """
    hyps = {k: v for k, v in BOUND_HYPS.items() if k != "odd"}
    return Statement("1 - r/(max(r, 1) + alpha) <= risk", hyps, declare=DECLARE, let=BOUND_LET, inhabited=EXAMPLE)


def with_oddness() -> Statement:
    """Return the lower bound with its hypothesis that the activation is odd.

    Returns:
        The statement.

    Example:
        >>> with_oddness().hyps["odd"]
        'All(x, Imp(0 < x, sigma(-x) == -sigma(x)))'
    """
    return Statement("1 - r/(max(r, 1) + alpha) <= risk", BOUND_HYPS, declare=DECLARE, let=BOUND_LET, inhabited=EXAMPLE)


def odd_neighbour(witness: Mapping[str, str]) -> dict[str, str]:
    """Return the witness with the odd activation x^3 - 2x in place of its own.

    Arguments:
        witness: values of the statement's variables and symbols.

    Returns:
        The values with another activation.

    Example:
        >>> odd_neighbour(RELU)["sigma(x)"]
        'x**3 - 2*x'
    """
    return {**witness, "sigma(x)": "x**3 - 2*x", "c1": "1"}
