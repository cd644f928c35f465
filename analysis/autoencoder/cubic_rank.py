"""Odd cubic activations in any dimension: f(G) is singular for more rows than cubic forms have coefficients."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

_DECLARE = "i,j,k,m,c,e,g,p,q,r:Z n,d:N"
_INVERSE = "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, Sum(k, 1, n, F(i, k)*X(k, j)) == delta(i, j))))"
_DIMENSION = "d*(d + 1)*(d + 2)"


def _over(indices: str, body: str) -> str:
    """Return the sum of `body` over the indices: i, j, k, m run to n, the others to d."""
    for v in reversed(indices):
        body = f"Sum({v}, 1, {'n' if v in 'ijkm' else 'd'}, {body})"
    return body


def _carried(name: str, left: str, right: str, indices: str) -> list[dict[str, Any]]:
    """Return the steps that carry the equation `name` of the two bodies under the sums over the indices."""
    steps: list[dict[str, Any]] = []
    for m in range(len(indices) - 1, -1, -1):
        sides = " == ".join(_over(indices[m:], side) for side in (left, right))
        steps.append(step(f"{name}_{indices[m]}", "congruence", sides, steps[-1]["id"] if steps else name))
    return steps


def build_symmetric_count(bound: str = _DIMENSION) -> Proof:
    """Return the derivation of n <= d (d + 1)(d + 2)/6 for n symmetric tensors of order 3 with invertible Gram matrix.

    P = sum_ij X_ij T_i T_j^T projects on their span, X the inverse of their Gram matrix F, and S, the mean of the six
    permutations of the three factors, on the symmetric tensors. 0 <= |S - P|^2 = Tr S - Tr P, where Tr P = n and
    6 Tr S = d^3 + 3 d^2 + 2 d. Derived in this project.

    Arguments:
        bound: knob of the mutant, the bound on 6 n.

    Returns:
        The derivation.

    Example:
        >>> build_symmetric_count().statement.goal
        '6*n <= d*(d + 1)*(d + 2)'
    """
    swaps = [
        "*".join(f"delta({a}, {b})" for a, b in zip(order, ("p", "q", "r"), strict=True))
        for order in permutations("ceg")
    ]
    mean = "(" + " + ".join(f"T(i, {', '.join(order)})" for order in permutations("ceg")) + ")/6"
    let = {
        "F(i,k)": _over("ceg", "T(i, c, e, g)*T(k, c, e, g)"),
        "S(c,e,g,p,q,r)": f"({' + '.join(swaps)})/6",
        "P(c,e,g,p,q,r)": _over("ij", "X(i, j)*T(i, c, e, g)*T(j, p, q, r)"),
    }
    square = "(S(c, e, g, p, q, r) - P(c, e, g, p, q, r))**2"
    # <S, P> = sum_ij X_ij <T_i, T_j>
    symmetrised = f"X(i, j)*T(j, c, e, g)*{mean}"
    plain = "X(i, j)*T(j, c, e, g)*T(i, c, e, g)"
    # |P|^2 = sum X_ij X_km F_ik F_jm
    long, short = f"X(i, j)*F(j, m)*{_over('k', 'F(i, k)*X(k, m)')}", "X(i, j)*F(j, m)*delta(i, m)"
    steps = [
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= n")
            for v in "im"
            for end in ("lo", "hi")
        ),
        *(
            step(f"{side}_{''.join(a)}", "apply", f"T(i, {', '.join(a)}) == T(i, {swapped})", side,
                 at={"i": "i", "p": a[0], "q": a[1], "r": a[2]})
            for a in permutations("ceg")
            for side, swapped in (("first", f"{a[1]}, {a[0]}, {a[2]}"), ("last", f"{a[0]}, {a[2]}, {a[1]}"))
        ),
        step("mean", "arithmetic", f"{mean} == T(i, c, e, g)",
             *(f"{side}_{''.join(a)}" for a in permutations("ceg") for side in ("first", "last")),
             prose="A symmetric tensor is the mean of its permutations."),
        step("part", "identity", f"{symmetrised} == {plain}", "mean", combine={"mean": "X(i, j)*T(j, c, e, g)"}),
        *_carried("part", symmetrised, plain, "ijceg"),
        step("trace_i", "apply", f"{_over('k', 'F(i, k)*X(k, i)')} == delta(i, i)", "inverse", "i_lo", "i_hi",
             at={"i": "i", "j": "i"}),
        step("trace", "congruence", f"{_over('ik', 'F(i, k)*X(k, i)')} == {_over('i', 'delta(i, i)')}", "trace_i",
             prose="Tr P = Tr[F X] = n."),
        step("inverse_im", "apply", f"{_over('k', 'F(i, k)*X(k, m)')} == delta(i, m)", "inverse",
             *("i_lo", "i_hi", "m_lo", "m_hi"), at={"i": "i", "j": "m"}),
        step("square", "identity", f"{long} == {short}", "inverse_im", combine={"inverse_im": "X(i, j)*F(j, m)"}),
        *_carried("square", long, short, "ijm"),
        step("gap", "sign", f"0 <= {square}"),
    ]  # fmt: skip
    for m in range(5, -1, -1):
        steps.append(step(f"gap_{m}", "monotone", f"0 <= {_over('cegpqr'[m:], square)}", steps[-1]["id"]))
    return Proof(
        Statement(
            f"6*n <= {bound}",
            {
                "first": "All(i, All(p, All(q, All(r, T(i, p, q, r) == T(i, q, p, r)))))",
                "last": "All(i, All(p, All(q, All(r, T(i, p, q, r) == T(i, p, r, q)))))",
                "inverse": _INVERSE,
            },
            declare=_DECLARE,
            let=let,
            inhabited={"n": "1", "d": "1", "T(i,c,e,g)": "1", "X(i,j)": "1"},
        ),
        [
            *steps,
            step("expand", "identity", f"{_over('cegpqr', square)} == {_DIMENSION}/6 - n",
                 *("part_i", "trace", "square_i"),
                 combine={"part_i": "-2", "trace": "-1", "square_i": "1"}),
            step("goal", "certificate", f"6*n <= {bound}", "gap_0", "expand", terms=[["c:6", "gap_0"]],
                 combine={"expand": "-6"}),
        ],
    )  # fmt: skip


def build_cubic_rank(bound: str = _DIMENSION) -> Proof:
    """Return the derivation: if f(G) has an inverse, f(t) = w t + a t^3 with w, a >= 0, then n <= d (d + 1)(d + 2)/6.

    f(G) is the Gram matrix of the symmetric tensors kappa b^(x 3) + lambda Sym(b x I) of the unit rows b, with
    kappa^2 = a and 2 kappa lambda + lambda^2 (d + 2)/3 = w; `ae.symmetric-count` counts them. Derived in this project.

    Arguments:
        bound: knob of the mutant, the bound on 6 n.

    Returns:
        The derivation.

    Example:
        >>> build_cubic_rank().statement.goal
        '6*n <= d*(d + 1)*(d + 2)'
    """
    let = {
        "G(i,j)": "Sum(m, 1, d, b(i, m)*b(j, m))",
        "F(i,j)": "w*G(i, j) + a*G(i, j)**3",
        "T(i,c,e,g)": "kappa*b(i, c)*b(i, e)*b(i, g) "
        "+ lam*(b(i, c)*delta(e, g) + b(i, e)*delta(c, g) + b(i, g)*delta(c, e))/3",
    }
    gram = _over("ceg", "T(i, c, e, g)*T(j, c, e, g)")
    gram_ik = gram.replace("T(j", "T(k")
    inverse = f"{_over('k', f'{gram_ik}*X(k, j)')} == delta(i, j)"
    ranged = f"Imp(1 <= i, i <= n, 1 <= j, j <= n, {inverse})"
    swaps = {"first": "T(i, p, q, r) == T(i, q, p, r)", "last": "T(i, p, q, r) == T(i, p, r, q)"}
    steps = [
        *(step(f"unit_{v}", "apply", f"Sum(m, 1, d, b({v}, m)**2) == 1", "unit", at={"i": v}) for v in "ij"),
        step("of_cubic", "assume", "kappa**2 == a"),
        step("of_linear", "assume", "2*kappa*lam + lam**2*(d + 2)/3 == w"),
        step("gram", "identity", f"{gram} == F(i, j)", "unit_i", "unit_j", "of_cubic", "of_linear",
             combine={"of_linear": "G(i, j)"}, prose="The inner products of the tensors, for unit rows."),
        *(
            step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= n")
            for v in "ij"
            for end in ("lo", "hi")
        ),
        step("known", "apply", "Sum(k, 1, n, F(i, k)*X(k, j)) == delta(i, j)", "inverse",
             *("i_lo", "i_hi", "j_lo", "j_hi"), at={"i": "i", "j": "j"}),
        step("gram_ik", "apply", f"{gram_ik} == F(i, k)", "gram", put={"j": "k"}),
        step("entry", "identity", f"{gram_ik}*X(k, j) == F(i, k)*X(k, j)", "gram_ik", combine={"gram_ik": "X(k, j)"}),
        step("entries", "congruence", f"{_over('k', f'{gram_ik}*X(k, j)')} == Sum(k, 1, n, F(i, k)*X(k, j))", "entry"),
        step("inverted", "identity", inverse, "entries", "known", combine={"entries": "1", "known": "1"}),
        step("inverted_if", "discharge", ranged, "inverted"),
        step("inverses", "generalize", f"All(i, All(j, {ranged}))", "inverted_if"),
    ]  # fmt: skip
    for name, equation in swaps.items():
        steps += [
            step(f"{name}_i", "identity", equation),
            step(name, "generalize", f"All(i, All(p, All(q, All(r, {equation}))))", f"{name}_i"),
        ]
    goal = f"6*n <= {bound}"
    hyps = {
        "unit": "All(i, Sum(m, 1, d, b(i, m)**2) == 1)",
        "linear": "0 <= w",
        "cubic": "0 <= a",
        "inverse": _INVERSE,
    }
    root, mean = "sqrt(a + w*mu)", "(d + 2)/3"
    lam = f"({root} - sqrt(a))/mu"
    steps += [
        step("count", "apply", goal, "claim:ae.symmetric-count", *swaps, "inverses",
             symbols={"T(i,c,e,g)": "T(i, c, e, g)", "X(i,j)": "X(i, j)"},
             prose="There are no more symmetric tensors with an invertible Gram matrix."),
        # kappa and lambda
        step("mu", "assume", "0 < mu"),
        step("inside", "certificate", "0 <= a + w*mu", "cubic", "linear", "mu", terms=[["cubic"], ["linear", "mu"]]),
        step("lam_mu", "identity", f"2*sqrt(a)*({lam}) + ({lam})**2*mu == w", "mu", "inside", "cubic"),
        step("mean", "sign", f"0 < {mean}"),
        step("kappa", "identity", "sqrt(a)**2 == a", "cubic"),
        step("lam", "apply", f"2*sqrt(a)*({lam}) + ({lam})**2*mu == w".replace("mu", f"({mean})"), "lam_mu", "mean",
             *("cubic", "linear"), put={"mu": mean}),
        step("goal", "apply", goal, "count", "kappa", "lam", *hyps,
             put={"kappa": "sqrt(a)", "lam": lam.replace("mu", f"({mean})")}),
    ]  # fmt: skip
    example = {"n": "1", "d": "1", "b(i,m)": "1", "w": "1", "a": "1", "X(i,j)": "1/2"}
    return Proof(Statement(goal, hyps, declare=_DECLARE, let=let, inhabited=example), steps)
