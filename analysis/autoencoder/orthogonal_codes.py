"""Codes decoded by an orthogonal matrix: the squares of the code are all that is left of its energy."""

from __future__ import annotations

from typing import Any

from ..proof import step

#: Steps that say that i and j lie in the range of `pair_in_range`.
IN_RANGE = ("i_lo", "i_hi", "j_lo", "j_hi")


def pair_in_range(size: str) -> list[dict[str, Any]]:
    """Return the assumptions that 1 <= i, j <= size, named as in `IN_RANGE`."""
    bounds = ("1 <= i", f"i <= {size}", "1 <= j", f"j <= {size}")
    return [step(name, "assume", bound) for name, bound in zip(IN_RANGE, bounds, strict=True)]


def code_energy(gram: str, law: str, size: str, orthogonal: str, *bit_uses: str) -> list[dict[str, Any]]:
    """Return the steps to sum_ij g_ij E s_i s_j = size ("coded"), where g is the identity and E s_i^2 = 1.

    They come after those of `pair_in_range`.

    Arguments:
        gram: the text of g_ij.
        law: the expectation, as in "E[x, s]".
        size: the number of units.
        orthogonal: the hypothesis that g is the identity on the range.
        bit_uses: what the hypothesis `bits` needs beside i.

    Returns:
        The steps.

    Example:
        >>> code_energy("g(i, j)", "E[x, s]", "d", "orthogonal")[-1]["goal"]
        'Sum(i, 1, d, Sum(j, 1, d, g(i, j)*E[x, s](s(i)*s(j)))) == Sum(i, 1, d, 1)'
    """
    product, square = f"{law}(s(i)*s(j))", f"{law}(s(i)*s(i))"
    row, picked = f"Sum(j, 1, {size}, {gram}*{product})", f"Sum(j, 1, {size}, delta(i, j)*{product})"
    return [
        step("entry", "apply", f"{gram} == delta(i, j)", orthogonal, *IN_RANGE, at={"i": "i", "j": "j"}),
        step("entry_s", "identity", f"{gram}*{product} == delta(i, j)*{product}", "entry", combine={"entry": product}),
        step("row", "congruence", f"{row} == {picked}", "entry_s"),
        step("pick", "sums", f"{picked} == {square}", "i_lo", "i_hi", kind="delta", index="i", rest=product),
        step("bit", "apply", f"{square} == 1", "bits", *bit_uses, at={"i": "i"}),
        step("row_1", "identity", f"{row} == 1", "row", "pick", "bit", combine={"row": "1", "pick": "1", "bit": "1"}),
        step(
            "coded",
            "congruence",
            f"Sum(i, 1, {size}, {row}) == Sum(i, 1, {size}, 1)",
            "row_1",
            prose="Orthogonality leaves the squares of the code.",
        ),
    ]
