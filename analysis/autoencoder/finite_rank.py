"""Polynomial activations: f(G) has the rank of finitely many functions on the circle, however many rows there are."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

_DECLARE = "i,j,k,r,s:Z l,n,N:N"
_LET = {"Y(s,j)": "Sum(k, 1, n, X(s, k)*F(k, j))"}
_ORTHONORMAL = "All(s, All(r, Imp(1 <= s, s <= l, 1 <= r, r <= l, Sum(j, 1, n, Y(s, j)*Y(r, j)) == delta(s, r))))"


def _ranges(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= {top}")
        for v, top in pairs
        for end in ("lo", "hi")
    ]


def build_factor_rank(width: str = "N") -> Proof:
    """Return the derivation of l <= N for l orthonormal rows of X F, where F_ij = sum over s <= N of phi_s(i) psi_s(j).

    The rows of X F lie in the span of the N arrays psi_s, so that Bessel's inequality (`ae.M-rank`) counts them: the
    rank of a sum of N matrices of rank one is at most N. Derived in this project.

    Arguments:
        width: knob of the mutant, the bound.

    Returns:
        The derivation.

    Example:
        >>> build_factor_rank().statement.goal
        'l <= N'
    """
    coefficient = "Sum(k, 1, n, X(s, k)*phi(i, k))"
    let = {**_LET, "Z(s,j)": f"Sum(i, 1, N, {coefficient}*psi(i, j))"}
    entry, factored = "X(s, k)*F(k, j)", "X(s, k)*Sum(i, 1, N, phi(i, k)*psi(i, j))"
    spanned = "Sum(j, 1, n, Z(s, j)*Z(r, j)) == delta(s, r)"
    local = ("s_lo", "s_hi", "r_lo", "r_hi")
    steps = [
        *_ranges(("k", "n"), ("j", "n"), ("s", "l"), ("r", "l")),
        step(
            "factor_kj",
            "apply",
            "F(k, j) == Sum(i, 1, N, phi(i, k)*psi(i, j))",
            *("factor", "k_lo", "k_hi", "j_lo", "j_hi"),
            at={"i": "k", "j": "j"},
        ),
        step("entry", "identity", f"{entry} == {factored}", "factor_kj", combine={"factor_kj": "X(s, k)"}),
        step("entries", "congruence", f"Sum(k, 1, n, {entry}) == Sum(k, 1, n, {factored})", "entry"),
        step(
            "row",
            "identity",
            "Y(s, j) == Z(s, j)",
            "entries",
            combine={"entries": "1"},
            prose="A row of X F is a combination of the N arrays.",
        ),
        step("row_r", "apply", "Y(r, j) == Z(r, j)", "row", "j_lo", "j_hi", put={"s": "r"}),
        step(
            "products_j",
            "identity",
            "Z(s, j)*Z(r, j) == Y(s, j)*Y(r, j)",
            *("row", "row_r"),
            combine={"row": "-Z(r, j)", "row_r": "-Y(s, j)"},
        ),
        step("products", "congruence", "Sum(j, 1, n, Z(s, j)*Z(r, j)) == Sum(j, 1, n, Y(s, j)*Y(r, j))", "products_j"),
        step(
            "known",
            "apply",
            "Sum(j, 1, n, Y(s, j)*Y(r, j)) == delta(s, r)",
            *("orthonormal", *local),
            at={"s": "s", "r": "r"},
        ),
        step("inner", "identity", spanned, "products", "known", combine={"products": "1", "known": "1"}),
        step("inner_if", "discharge", f"Imp(1 <= s, s <= l, 1 <= r, r <= l, {spanned})", "inner"),
        step("family", "generalize", f"All(s, All(r, Imp(1 <= s, s <= l, 1 <= r, r <= l, {spanned})))", "inner_if"),
        step(
            "goal",
            "apply",
            f"l <= {width}",
            *("claim:ae.M-rank", "family"),
            symbols={"b(i,c)": "psi(i, c)", "k(i,p)": "1", "x(s,i)": coefficient},
            put={"n": "N", "d": "n", "N": "1"},
            prose="They are orthonormal and lie in the span of N arrays.",
        ),
    ]
    hyps = {
        "factor": "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, F(i, j) == Sum(s, 1, N, phi(s, i)*psi(s, j)))))",
        "orthonormal": _ORTHONORMAL,
    }
    example = {
        "n": "2",
        "N": "1",
        "l": "1",
        "F(i,j)": "i*j",
        "phi(s,i)": "i",
        "psi(s,j)": "j",
        "X(s,k)": "delta(k, 1)/sqrt(5)",
    }
    return Proof(Statement(f"l <= {width}", hyps, declare=_DECLARE, let=let, inhabited=example), steps)


def _waves(degree: int) -> tuple[str, str]:
    """Return the cosine and the sine of the degree's multiple of an angle, in its cosine b(v, 1) and sine b(v, 2)."""
    cosine = {1: "{0}", 3: "(4*{0}**3 - 3*{0})", 5: "(16*{0}**5 - 20*{0}**3 + 5*{0})"}[degree].format
    sign = "-" if degree == 3 else ""
    return cosine("b({v}, 1)"), sign + cosine("b({v}, 2)")


#: f(t) = a_1 t + a_3 t^3 + a_5 t^5 in multiples of the angle: the weights of cos(x), cos(3 x), cos(5 x) for t = cos(x).
_WEIGHTS = {1: "(a(1) + 3*a(3)/4 + 5*a(5)/8)", 3: "(a(3)/4 + 5*a(5)/16)", 5: "a(5)/16"}


def _arrays(degrees: tuple[int, ...]) -> tuple[str, str]:
    """Return phi(s, i) and psi(s, i): two waves for each degree, with its weight in phi."""
    waves = [(degree, wave) for degree in degrees for wave in _waves(degree)]
    plain = [f"delta(s, {k})*({wave.format(v='i')})" for k, (_, wave) in enumerate(waves, 1)]
    weighted = [f"{_WEIGHTS[degree]}*{term}" for (degree, _), term in zip(waves, plain, strict=True)]
    return " + ".join(weighted), " + ".join(plain)


def build_plane_rank(cubic: str = "4", quintic: str = "6") -> Proof:
    """Return the derivation: for unit rows in the plane f(G) has rank at most 4 for a cubic f, 6 for one of degree 5.

    f(t) = a_1 t + a_3 t^3 + a_5 t^5, and t = cos(x - y) for two rows at the angles x and y: f(t) is a combination of
    cos(m (x - y)) = cos(m x) cos(m y) + sin(m x) sin(m y) with m = 1, 3, 5. The rank counts orthonormal rows of X f(G).
    Derived in this project.

    Arguments:
        cubic: knob of the mutant, the bound for a_5 = 0.
        quintic: knob of the mutant, the bound.

    Returns:
        The derivation.

    Example:
        >>> build_plane_rank().statement.goal
        'l <= 6 and Imp(a(5) == 0, l <= 4)'
    """
    let = {
        "g(i,j)": "b(i, 1)*b(j, 1) + b(i, 2)*b(j, 2)",
        "F(i,j)": "a(1)*g(i, j) + a(3)*g(i, j)**3 + a(5)*g(i, j)**5",
        **_LET,
    }
    steps = [
        *_ranges(("i", "n"), ("j", "n")),
        *(step(f"unit_{v}", "apply", f"b({v}, 1)**2 + b({v}, 2)**2 == 1", "unit", f"{v}_lo", f"{v}_hi", at={"i": v})
          for v in "ij"),
        *(step(f"sine_{v}", "identity", f"b({v}, 2)**2 == 1 - b({v}, 1)**2", f"unit_{v}", combine={f"unit_{v}": "1"})
          for v in "ij"),
        step("lower", "assume", "a(5) == 0"),
    ]  # fmt: skip
    for name, degrees, used, bound in (("all", (1, 3, 5), (), quintic), ("low", (1, 3), ("lower",), cubic)):
        phi, psi = _arrays(degrees)
        entry = f"F(i, j) == Sum(s, 1, {2 * len(degrees)}, ({phi})*({psi.replace('(i,', '(j,')}))"
        ranged = f"Imp(1 <= i, i <= n, 1 <= j, j <= n, {entry})"
        steps += [
            step(f"{name}_entry", "identity", entry, "sine_i", "sine_j", *used,
                 prose="The cosine of a multiple of the difference of two angles has two terms."),
            step(f"{name}_if", "discharge", ranged, f"{name}_entry"),
            step(f"{name}_factor", "generalize", f"All(i, All(j, {ranged}))", f"{name}_if"),
            step(f"{name}_rank", "apply", f"l <= {bound}", "claim:ae.factor-rank", f"{name}_factor", "orthonormal",
                 symbols={"F(i,j)": "F(i, j)", "phi(s,i)": phi, "psi(s,i)": psi},
                 put={"N": f"{2 * len(degrees)}"}),
        ]  # fmt: skip
    goal = f"l <= {quintic} and Imp(a(5) == 0, l <= {cubic})"
    steps += [
        step("if_lower", "discharge", f"Imp(a(5) == 0, l <= {cubic})", "low_rank"),
        step("goal", "arithmetic", goal, "all_rank", "if_lower"),
    ]
    hyps = {
        "unit": "All(i, Imp(1 <= i, i <= n, b(i, 1)**2 + b(i, 2)**2 == 1))",
        "orthonormal": _ORTHONORMAL,
    }
    example = {"n": "1", "l": "1", "a(m)": "1", "b(i,k)": "delta(k, 1)", "X(s,k)": "1/3"}
    return Proof(Statement(goal, hyps, declare=_DECLARE, let=let, inhabited=example), steps)
