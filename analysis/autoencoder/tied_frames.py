"""Weight-tied decoders: equiangular tight frames have the least risk, for every odd polynomial."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .setting import DECLARE, EXAMPLE, HYPS, LET

_LET = {
    "G(i,j)": LET["G(i,j)"],
    "second": "Sum(i, 1, n, Sum(j, 1, n, (1 - delta(i, j))*G(i, j)**2))",
    "power(m)": "Sum(i, 1, n, Sum(j, 1, n, (1 - delta(i, j))*(G(i, j)**2)**(m + 1)))",
    "tangent(m,u)": "a**(m + 1) + (m + 1)*a**m*(u - a)",
}
_ROWS = {"dimension": "1 <= d", "two_rows": "2 <= n", "wide": "d <= n", "unit": HYPS["unit"]}
_HYPS = {**_ROWS, "level": "a*(n - 1) == n/d - 1"}


def _tangents() -> list[dict[str, Any]]:
    """Return the steps to u^(m+1) >= a^(m+1) + (m+1) a^m (u - a) for u, a >= 0 ("bernoulli"), a the Welch level."""
    return [
        step("power_0", "sign", "0 <= a**0"),
        step("power_m", "assume", "0 <= a**m"),
        step("power_next", "certificate", "0 <= a**(m + 1)", "power_m", "a", terms=[["power_m", "a"]]),
        step("power", "induction", "0 <= a**m", "power_0", "power_next", on="m", base="0"),
        step("u", "assume", "0 <= u"),
        step("tangent_0", "identity", "tangent(0, u) == u**(0 + 1)"),
        step("low_0", "arithmetic", "tangent(0, u) <= u**(0 + 1)", "tangent_0"),
        step("low_m", "assume", "tangent(m, u) <= u**(m + 1)"),
        step(
            "low_next",
            "certificate",
            "tangent(m + 1, u) <= u**((m + 1) + 1)",
            "low_m",
            "u",
            "power",
            terms=[["low_m", "u"], ["c:m + 1", "power", "sq:u - a"]],
            prose="The difference is (m + 1) a^m (u - a)^2.",
        ),
        step("bernoulli", "induction", "tangent(m, u) <= u**(m + 1)", "low_0", "low_next", on="m", base="0"),
        step("bernoulli_if", "discharge", "Imp(0 <= u, tangent(m, u) <= u**(m + 1))", "bernoulli"),
    ]


def build_even_moments(least: str = "n*(n - 1)") -> Proof:
    """Return the derivation of the Welch inequalities of all even orders.

    The sum over i != j of G_ij^(2m+2) is at least n (n - 1) a^(m+1), where a = (r - 1)/(n - 1) is the Welch level: the
    G_ij^2 of an equiangular tight frame. The power lies above its tangent at a, and the mean of the G_ij^2 is at least
    a. Order 2 is L. R. Welch, IEEE Trans. Inf. Theory 20 (1974); this form is derived in this project.

    Arguments:
        least: knob of the mutant, the number of pairs.

    Returns:
        The derivation.

    Example:
        >>> build_even_moments().statement.goal
        'n*(n - 1)*a**(m + 1) <= power(m)'
    """
    goal = f"{least}*a**(m + 1) <= power(m)"
    off = "(1 - delta(i, j))"
    steps = [
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n - 1", "two_rows", terms=[["c:1", "two_rows"], ["c:1"]]),
        step(
            "a",
            "certificate",
            "0 <= a",
            "wide",
            "level",
            "n_positive",
            "d_positive",
            times="d*(n - 1)",
            terms=[["wide"]],
            combine={"level": "d"},
        ),
        *_tangents(),
        step("square", "sign", "0 <= G(i, j)**2"),
        step(
            "above",
            "apply",
            "tangent(m, G(i, j)**2) <= (G(i, j)**2)**(m + 1)",
            "bernoulli_if",
            "square",
            put={"u": "G(i, j)**2"},
        ),
        step("off", "arithmetic", f"0 <= {off}"),
        step(
            "above_ij",
            "certificate",
            f"{off}*tangent(m, G(i, j)**2) <= {off}*(G(i, j)**2)**(m + 1)",
            "above",
            "off",
            terms=[["off", "above"]],
        ),
        step(
            "above_i",
            "monotone",
            f"Sum(j, 1, n, {off}*tangent(m, G(i, j)**2)) <= Sum(j, 1, n, {off}*(G(i, j)**2)**(m + 1))",
            "above_ij",
        ),
        step(
            "above_all",
            "monotone",
            f"Sum(i, 1, n, Sum(j, 1, n, {off}*tangent(m, G(i, j)**2))) <= power(m)",
            "above_i",
        ),
        # the number of pairs
        step("i_lo", "assume", "1 <= i"),
        step("i_hi", "assume", "i <= n"),
        step("pick", "sums", "Sum(j, 1, n, delta(i, j)*1) == 1", "i_lo", "i_hi", kind="delta", index="i", rest="1"),
        step("picked", "congruence", "Sum(i, 1, n, Sum(j, 1, n, delta(i, j)*1)) == Sum(i, 1, n, 1)", "pick"),
        step(
            "total",
            "identity",
            f"Sum(i, 1, n, Sum(j, 1, n, {off}*tangent(m, G(i, j)**2))) == "
            "n*(n - 1)*a**(m + 1) + (m + 1)*a**m*(second - n*(n - 1)*a)",
            "picked",
            "d_positive",
            "n_positive",
            combine={"picked": "-(a**(m + 1) - (m + 1)*a**m*a)"},
        ),
        step(
            "welch",
            "apply",
            f"n*(n/d - 1) <= second and n*(n/d - 1)**2/(n - 1) <= Sum(i, 1, n, Sum(j, 1, n, {off}*G(i, j)**4))",
            "claim:ae.welch",
            *_ROWS,
        ),
        step("least", "sign", "n*(n/d - 1) <= second", "welch"),
        step(
            "goal",
            "certificate",
            goal,
            "above_all",
            "total",
            "least",
            "power",
            "level",
            "d_positive",
            "n_positive",
            terms=[["above_all"], ["c:m + 1", "power", "least"]],
            combine={"total": "1", "level": "-n*(m + 1)*a**m"},
            prose="The mean of the squares is at least the level.",
        ),
    ]
    example = {k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}
    return Proof(
        Statement(goal, _HYPS, declare=f"{DECLARE} m:N", let=_LET, inhabited={**example, "m": "1", "a": "0"}), steps
    )


def build_tied_optimum(pairs: str = "n*(n - 1)") -> Proof:
    """Return the derivation: for every odd polynomial no tied code has a smaller off-diagonal risk than a tight frame.

    In `ae.tied-risk` what depends on the rows is the sum over i != j of h(G_ij), h(t) = t f(t) = sum_q c_q t^(2q+2),
    where c_q >= 0.  It is at least n (n - 1) h(sqrt(a)), which an equiangular tight frame attains. Derived here.

    Arguments:
        pairs: knob of the mutant, the number of pairs.

    Returns:
        The derivation.

    Example:
        >>> build_tied_optimum().statement.goal
        'Sum(q, 0, L, c(q)*(n*(n - 1)*a**(q + 1))) <= Sum(q, 0, L, c(q)*power(q))'
    """
    goal = f"Sum(q, 0, L, c(q)*({pairs}*a**(q + 1))) <= Sum(q, 0, L, c(q)*power(q))"
    steps = [
        step("q", "assume", "0 <= q"),
        step("moment", "apply", f"{pairs}*a**(q + 1) <= power(q)", "claim:ae.welch-even", *_HYPS, "q", put={"m": "q"}),
        step("weight", "apply", "0 <= c(q)", "weights", at={"q": "q"}),
        step(
            "term",
            "certificate",
            f"c(q)*({pairs}*a**(q + 1)) <= c(q)*power(q)",
            "moment",
            "weight",
            terms=[["weight", "moment"]],
        ),
        step("goal", "monotone", goal, "term", prose="Degree by degree."),
    ]
    hyps = {**_HYPS, "weights": "All(q, 0 <= c(q))"}
    example = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "a": "0", "L": "1", "c(q)": "1"}
    return Proof(Statement(goal, hyps, declare=f"{DECLARE} m:N q:Z L:N", let=_LET, inhabited=example), steps)
