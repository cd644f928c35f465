"""The series f(G) for odd activations, and the bound on its trace form that sums the degrees."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import EXAMPLE, HYPS, LET

DECLARE = "i,j,k,m,e:Z n,d,l,p:N"
#: Odd away from 0: the value at 0, a single point, plays no role (sign(0) may be anything).
ODD = "All(x, Imp(0 < x, sigma(-x) == -sigma(x)))"


def entries_at_most_one() -> list[dict[str, Any]]:
    """Return the steps to -1 <= G_ij <= 1 ("above", "below") from unit rows: 0 <= |b_i -+ b_j|^2."""
    minus, plus = ("Sum(k, 1, d, (b(i, k) - b(j, k))**2)", "Sum(k, 1, d, (b(i, k) + b(j, k))**2)")
    half = {"row_i": "-1/2", "row_j": "-1/2"}
    return [
        step("row_i", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("row_j", "apply", "G(j, j) == 1", "unit", at={"i": "j"}),
        step("minus_k", "sign", "0 <= (b(i, k) - b(j, k))**2"),
        step("minus", "monotone", f"0 <= {minus}", "minus_k"),
        step("plus_k", "sign", "0 <= (b(i, k) + b(j, k))**2"),
        step("plus", "monotone", f"0 <= {plus}", "plus_k"),
        step(
            "above", "certificate", "G(i, j) <= 1", "minus", "row_i", "row_j", terms=[["c:1/2", "minus"]], combine=half
        ),
        step(
            "below",
            "certificate",
            "-1 <= G(i, j)",
            "plus",
            "row_i",
            "row_j",
            terms=[["c:1/2", "plus"]],
            combine=half,
            prose="The inner products of unit vectors lie between -1 and 1.",
        ),
        step("power_0", "identity", "(G(i, j)**0)**2 == 1"),
        step("power_0_le", "arithmetic", "(G(i, j)**0)**2 <= 1", "power_0"),
        step("power_l", "assume", "(G(i, j)**l)**2 <= 1"),
        step(
            "power_next",
            "certificate",
            "(G(i, j)**(l + 1))**2 <= 1",
            "power_l",
            "above",
            "below",
            terms=[
                ["c:1/2", "above", "sq:1 + G(i, j)"],
                ["c:1/2", "below", "sq:1 - G(i, j)"],
                ["power_l", "sq:G(i, j)"],
            ],
        ),
        step("power", "induction", "(G(i, j)**l)**2 <= 1", "power_0_le", "power_next", on="l", base="0"),
    ]


def entry_series() -> list[dict[str, Any]]:
    """Return the steps to All(i, All(j, Summable(p, 0, w_p (G_ij^p)^2))) ("sizes") for unit rows and w_p >= 0 summable.

    Finite sums of w_p G_ij^(2p + m) converge with them. "w_p" is w_p >= 0; size(p) stands for w(p)*(G(i, j)**p)**2.
    """
    return [
        *entries_at_most_one(),
        step("power_p", "apply", "(G(i, j)**p)**2 <= 1", "power", put={"l": "p"}),
        step("w_p", "apply", "0 <= w(p)", "weights", at={"p": "p"}),
        step("size_low", "certificate", "-w(p) <= size(p)", "w_p", terms=[["w_p"], ["w_p", "sq:G(i, j)**p"]]),
        step("size_high", "certificate", "size(p) <= w(p)", "w_p", "power_p", terms=[["w_p", "power_p"]]),
        step("sizes_low", "generalize", "All(p, -w(p) <= size(p))", "size_low"),
        step("sizes_high", "generalize", "All(p, size(p) <= w(p))", "size_high"),
        step(
            "sizes_ij",
            "apply",
            "Summable(p, 0, size(p))",
            "axiom:comparison-test",
            "summable",
            "sizes_low",
            "sizes_high",
            symbols={"s(p)": "size(p)", "t(p)": "w(p)"},
        ),
        step("sizes", "generalize", "All(i, All(j, Summable(p, 0, size(p))))", "sizes_ij"),
    ]


def convergence() -> list[dict[str, Any]]:
    """Return the steps to Summable(l, 0, term(l)) ("terms"), term(l) = size(l) t^l, from -1 <= t <= 1.

    size(l) is a multiple of the squared Hermite coefficient, so that the sizes are summable by Bessel's inequality.
    """
    return [
        step("power_0", "sign", "(t**0)**2 <= 1"),
        step("power_l", "assume", "(t**l)**2 <= 1"),
        step(
            "power_next",
            "certificate",
            "(t**(l + 1))**2 <= 1",
            "power_l",
            "above",
            "below",
            terms=[["c:1/2", "above", "sq:1 + t"], ["c:1/2", "below", "sq:1 - t"], ["power_l", "sq:t"]],
        ),
        step("power", "induction", "(t**l)**2 <= 1", "power_0", "power_next", on="l", base="0"),
        step("low", "certificate", "-1 <= t**l", "power", terms=[["c:1/2", "sq:1 + t**l"], ["c:1/2", "power"]]),
        step("high", "certificate", "t**l <= 1", "power", terms=[["c:1/2", "sq:1 - t**l"], ["c:1/2", "power"]]),
        step(
            "bessel",
            "apply",
            "Summable(l, 0, E[z](sigma(z(1))*He(l, z(1)))**2/fact(l))",
            "axiom:hermite-bessel",
            "square_integrable",
            symbols={"s(x)": "sigma(x)"},
        ),
        step("sizes", "linear", "Summable(l, 0, size(l))", "bessel", prose="The squared coefficients are summable."),
        step("size", "sign", "0 <= size(l)"),
        step("term_low", "certificate", "-size(l) <= term(l)", "size", "low", terms=[["size", "low"]]),
        step("term_high", "certificate", "term(l) <= size(l)", "size", "high", terms=[["size", "high"]]),
        step("terms_low", "generalize", "All(l, -size(l) <= term(l))", "term_low"),
        step("terms_high", "generalize", "All(l, term(l) <= size(l))", "term_high"),
        step(
            "terms",
            "apply",
            "Summable(l, 0, term(l))",
            "axiom:comparison-test",
            "sizes",
            "terms_low",
            "terms_high",
            symbols={"s(l)": "term(l)", "t(l)": "size(l)"},
            prose="So the series converges absolutely for |t| <= 1.",
        ),
    ]


def build_odd_series(parity: str = "2*p + 1", shift: str = "0") -> Proof:
    """Return the derivation of f(t) = sum over p >= 0 of (c_{2p+1}/c_1)^2 t^{2p+1} for odd activations and |t| <= 1.

    f(t) = sum_l (c_l/c_1)^2 t^l. Even coefficients vanish, because He_{2p} is even and the activation odd (but for its
    value at 0, which plays no role). The second equation splits off the first term, t. Derived in this project.

    Arguments:
        parity: knob of the mutant, the degrees that remain.
        shift: knob of the mutant, the value of sigma(x) + sigma(-x).

    Returns:
        The derivation.

    Example:
        >>> build_odd_series().statement.goal.split(" and ")[0]
        'all_degrees == Series(p, 0, size(2*p + 1)*t**(2*p + 1))'
    """
    odd_degrees = f"Series(p, 0, size({parity})*t**({parity}))"
    rest = "t + Series(p, 0, size(2*p + 3)*t**(2*p + 3))"
    goal = f"all_degrees == {odd_degrees} and {odd_degrees} == {rest}"
    let = {
        "c(l)": LET["c(l)"],
        "size(l)": "(c(l)/c1)**2",
        "term(l)": "(c(l)/c1)**2*t**l",
        "all_degrees": "Series(l, 0, (c(l)/c1)**2*t**l)",
    }
    steps = [
        *convergence(),
        # even degrees vanish
        step("x_positive", "assume", "0 < x"),
        step("odd_x", "apply", f"sigma(-x) == {shift} - sigma(x)", "odd", "x_positive", at={"x": "x"}),
        step("parity_p", "apply", "He(2*p, -x) == He(2*p, x)", "claim:ae.he-parity", put={"k": "p"}),
        step("flip_x", "identity", "sigma(-x)*He(2*p, -x) == -(sigma(x)*He(2*p, x))", "odd_x", "parity_p"),
        step("flip_pos", "discharge", "Imp(0 < x, sigma(-x)*He(2*p, -x) == -(sigma(x)*He(2*p, x)))", "flip_x"),
        step("flip", "generalize", "All(x, Imp(0 < x, sigma(-x)*He(2*p, -x) == -(sigma(x)*He(2*p, x))))", "flip_pos"),
        step(
            "even",
            "apply",
            "E[z](sigma(z(1))*He(2*p, z(1))) == 0",
            "axiom:odd-mean",
            "flip",
            symbols={"s(x)": "sigma(x)*He(2*p, x)"},
            prose="An odd activation has no coefficients of even degree.",
        ),
        step("even_term", "identity", "term(2*p) == 0", "even"),
        step("even_terms", "congruence", "Series(p, 0, term(2*p)) == Series(p, 0, 0)", "even_term"),
        step(
            "split",
            "apply",
            "all_degrees == Series(l, 0, term(2*l)) + Series(l, 0, term(2*l + 1))",
            "axiom:even-and-odd-terms",
            "terms",
            symbols={"s(l)": "term(l)"},
        ),
        step(
            "odd_degrees",
            "identity",
            f"all_degrees == {odd_degrees}",
            "split",
            "even_terms",
            combine={"split": "1", "even_terms": "1"},
        ),
        # the first term
        step(
            "odd_terms",
            "apply",
            "Summable(l, 0, term(2*l + 1))",
            "axiom:odd-terms-summable",
            "terms",
            symbols={"s(l)": "term(l)"},
        ),
        step(
            "first",
            "apply",
            "Series(l, 0, term(2*l + 1)) == term(2*0 + 1) + Series(l, 0, term(2*(l + 1) + 1))",
            "axiom:first-term",
            "odd_terms",
            symbols={"s(l)": "term(2*l + 1)"},
        ),
        step(
            "linear",
            "identity",
            "term(1) == t",
            "coefficient",
            "nonzero",
            combine={"coefficient": "-(E[z](z(1)*sigma(z(1))) + c1)*t/c1**2"},
        ),
        step("rest", "identity", f"{odd_degrees} == {rest}", "first", "linear", combine={"first": "1", "linear": "1"}),
        step("goal", "arithmetic", goal, "odd_degrees", "rest"),
    ]
    hyps = {k: HYPS[k] for k in ("square_integrable", "coefficient", "nonzero")}
    hyps |= {"odd": f"All(x, Imp(0 < x, sigma(-x) == {shift} - sigma(x)))", "below": "-1 <= t", "above": "t <= 1"}
    example = {"sigma(x)": "x**3 - 2*x", "c1": "1", "t": "1/2"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def interchange() -> list[dict[str, Any]]:
    """Return the steps to sum_p w_p Q_p = sum_ij (A^T A)_ij sum_p w_p G_ij^{2p+3} ("swap"); it converges ("forms")."""
    return [
        *entry_series(),
        step("forms", "linear", "Summable(p, 0, w(p)*Q(p))", "sizes"),
        step(
            "swap",
            "linear",
            "Series(p, 0, w(p)*Q(p)) == higher",
            "sizes",
            prose="Finite sums and the absolutely convergent series change places.",
        ),
    ]


def build_trace_bound(width: str = "d", gain: str = "alpha") -> Proof:
    """Return the derivation of Tr[BA]^2 (1/N + alpha/n) <= Tr[A^T A f(G)] with N = d, or N = n.

    f(t) = t + sum over p >= 0 of w_p t^{2p+3} with w_p >= 0 and alpha = sum w_p finite. The degree 1 contributes
    Tr[BA]^2/N, every other odd degree at least w_p Tr[BA]^2/n. Derived in this project.

    Arguments:
        width: "d" or "n", the number N by which the linear degree is divided.
        gain: knob of the mutant, what the higher degrees contribute.

    Returns:
        The derivation.

    Example:
        >>> build_trace_bound().statement.goal
        'trace**2*(1/d + alpha/n) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j)))'
    """
    let = {
        "G(i,j)": LET["G(i,j)"],
        "trace": LET["trace"],
        "AA(i,j)": "Sum(k, 1, d, A(k, i)*A(k, j))",
        "alpha": "Series(p, 0, w(p))",
        "f(i,j)": "G(i, j) + Series(p, 0, w(p)*G(i, j)**(2*p + 3))",
        "Q(p)": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*p + 3)))",
        "linear": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)))",
        "higher": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*Series(p, 0, w(p)*G(i, j)**(2*p + 3))))",
        "size(p)": "w(p)*(G(i, j)**p)**2",
    }
    goal = f"trace**2*(1/{width} + {gain}/n) <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*f(i, j)))"
    first = (
        [
            step(
                "first",
                "apply",
                "trace**2/n <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*0 + 1)))",
                "claim:ae.cs-rank",
                "units",
                "unit",
                put={"h": "0"},
            ),
        ]
        if width == "n"
        else [
            step(
                "first",
                "apply",
                "trace**2/d <= linear",
                "claim:ae.cs-dim",
                "dimension",
                prose="The linear degree, against the identity of R^d.",
            ),
        ]
    )
    steps = [
        *first,
        *interchange(),
        # degree by degree
        step(
            "degree",
            "apply",
            "trace**2/n <= Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**(2*(p + 1) + 1)))",
            "claim:ae.cs-rank",
            "units",
            "unit",
            put={"h": "p + 1"},
            prose="Every odd degree.",
        ),
        step("degree_w", "certificate", "w(p)*(trace**2/n) <= w(p)*Q(p)", "w_p", "degree", terms=[["w_p", "degree"]]),
        step("constants", "linear", "Summable(p, 0, w(p)*(trace**2/n))", "summable"),
        step(
            "sum",
            "monotone",
            "Series(p, 0, w(p)*(trace**2/n)) <= Series(p, 0, w(p)*Q(p))",
            "degree_w",
            "constants",
            "forms",
            prose="Sum over the degrees.",
        ),
        step("bound", "certificate", goal, "sum", "swap", "first", terms=[["sum"], ["first"]], combine={"swap": "-1"}),
    ]
    hyps = {
        **({} if width == "n" else {"dimension": "1 <= d"}),
        "units": "1 <= n",
        "unit": HYPS["unit"],
        "weights": "All(p, 0 <= w(p))",
        "summable": "Summable(p, 0, w(p))",
    }
    example = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "w(p)": "delta(p, 0)"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)
