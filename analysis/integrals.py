"""Integrals of continuous functions over bounded intervals, from their antiderivatives."""

from __future__ import annotations

from typing import Any

from .proof import step


def integral(
    name: str, v: str, lo: str, hi: str, primitive: str, integrand: str, value: str, order: str, *uses: str
) -> list[dict[str, Any]]:
    """Return the steps to the integral of a continuous function.

    Arguments:
        name: of the last step; the continuity of the integrand is called name_continuous.
        v: the variable.
        lo: the lower end.
        hi: the upper end.
        primitive: the antiderivative.
        integrand: the function.
        value: of the integral.
        order: the step that says lo <= hi.
        uses: steps that the derivative and the continuity need.

    Returns:
        The steps.

    Example:
        >>> [s["rule"] for s in integral("area", "u", "0", "x", "u**2/2", "u", "x**2/2", "x_lo")]
        ['derivative', 'continuous', 'continuous', 'fundamental-theorem']
    """
    return [
        step(f"{name}_slope", "derivative", f"HasDeriv({v}, {primitive}, {integrand})", *uses),
        step(f"{name}_primitive", "continuous", f"Cont({v}, {lo}, {hi}, {primitive})", *uses),
        step(f"{name}_continuous", "continuous", f"Cont({v}, {lo}, {hi}, {integrand})", *uses),
        step(
            name,
            "fundamental-theorem",
            f"Int({v}, {lo}, {hi}, {integrand}) == {value}",
            f"{name}_slope",
            f"{name}_primitive",
            f"{name}_continuous",
            order,
            *uses,
            F=primitive,
        ),
    ]
