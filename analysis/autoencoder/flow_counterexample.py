"""The flow with the best decoder may make the Gram determinant fall: a false statement and exact values against it."""

from __future__ import annotations

from fractions import Fraction

from ..kernel.derivation import Statement

DECLARE = "i,j,m,e:Z"
_RANGE = "1 <= i, i <= 3, 1 <= j, j <= 3"
_DET = "1 + 2*G(1, 2)*G(1, 3)*G(2, 3) - G(1, 2)**2 - G(1, 3)**2 - G(2, 3)**2"


def growing(driver: str = "best") -> Statement:
    """Return the statement that log det G grows along a flow of three unit rows for f(t) = t + a t^9, a >= 0.

    G is a positive definite Gram matrix and X inverts f(G). For the flow with the best decoder ("best") the growth is
    Theta of `ae.flow-dlog`, and the statement is false; for the tied flow ("tied") it is the sum of `ae.tied-logdet`.

    Arguments:
        driver: "best" or "tied".

    Returns:
        The statement.

    Example:
        >>> growing().goal
        '0 <= theta'
    """
    entry = "(XGX(i, j)*(1 + 9*a*G(i, j)**8) - X(i, j))" if driver == "best" else "(2*G(i, j) + 10*a*G(i, j)**9)"
    let = {
        "F(i,j)": "G(i, j) + a*G(i, j)**9",
        "XGX(i,j)": "Sum(m, 1, 3, Sum(e, 1, 3, X(i, m)*G(m, e)*X(e, j)))",
        "theta": f"Sum(i, 1, 3, Sum(j, 1, 3, (1 - delta(i, j))*G(i, j)*{entry}))",
    }
    hyps = {
        "coefficient": "0 <= a",
        "unit": "All(i, Imp(1 <= i, i <= 3, G(i, i) == 1))",
        "symmetric": f"All(i, All(j, Imp({_RANGE}, G(i, j) == G(j, i))))",
        "minor": "0 < 1 - G(1, 2)**2",
        "determinant": f"0 < {_DET}",
        "inverse": f"All(i, All(j, Imp({_RANGE}, Sum(m, 1, 3, F(i, m)*X(m, j)) == delta(i, j))))",
    }
    return Statement("0 <= theta", hyps, declare=DECLARE, let=let, inhabited=three_rows("1/2", "1/3", "1/4", "1"))


def three_rows(first: str, second: str, third: str, a: str) -> dict[str, str]:
    """Return values of the statement: G_12, G_13, G_23 as given, and X the exact inverse of f(G).

    Arguments:
        first, second, third: G_12, G_13 and G_23, rational numbers as texts.
        a: the coefficient of t^9.

    Returns:
        The values by the symbols' heads.

    Example:
        >>> three_rows("0", "0", "0", "1")["X(i,j)"].count("1/2")
        3
    """
    pairs = {(1, 2): Fraction(first), (1, 3): Fraction(second), (2, 3): Fraction(third)}
    gram = [[Fraction(1) if i == j else pairs[min(i, j), max(i, j)] for j in (1, 2, 3)] for i in (1, 2, 3)]
    inverse = _inverse([[t + Fraction(a) * t**9 for t in row] for row in gram])
    return {"a": a, "G(i,j)": _written(gram), "X(i,j)": _written(inverse)}


def _inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """Return the inverse of a 3 x 3 matrix by its cofactors."""
    minor = [
        [
            matrix[(i + 1) % 3][(j + 1) % 3] * matrix[(i + 2) % 3][(j + 2) % 3]
            - matrix[(i + 1) % 3][(j + 2) % 3] * matrix[(i + 2) % 3][(j + 1) % 3]
            for j in range(3)
        ]
        for i in range(3)
    ]
    determinant = sum(matrix[0][j] * minor[0][j] for j in range(3))
    return [[minor[j][i] / determinant for j in range(3)] for i in range(3)]


def _written(matrix: list[list[Fraction]]) -> str:
    return " + ".join(
        f"({matrix[i][j]})*delta(i, {i + 1})*delta(j, {j + 1})" for i in range(3) for j in range(3) if matrix[i][j]
    )
