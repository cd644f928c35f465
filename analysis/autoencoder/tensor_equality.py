"""What equality in one odd degree of the bound says, among tensors."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .powers import EXAMPLE, UNIT
from .tensor import DECLARE, G


def no_slope() -> list[dict[str, Any]]:
    """Return the steps to "no_slope": a parabola 2ax + a^2 y without negative values in a, y >= 0, has x = 0."""
    return [
        step("parabola", "assume", "All(a, 0 <= 2*a*x + a**2*y)"),
        step("curved", "assume", "0 <= y"),
        step("lowest", "apply", "0 <= 2*(-x/(y + 1))*x + (-x/(y + 1))**2*y", "parabola", at={"a": "-x/(y + 1)"}),
        step("slope_2", "certificate", "x**2*(y + 2) <= 0", "lowest", "curved", terms=[["lowest", "sq:y + 1"]]),
        step("slope_1", "arithmetic", "x == 0", "slope_2", "curved"),
        step("slope_y", "discharge", "Imp(0 <= y, x == 0)", "slope_1"),
        step(
            "no_slope",
            "discharge",
            "Imp(All(a, 0 <= 2*a*x + a**2*y), 0 <= y, x == 0)",
            "slope_y",
            prose="A parabola through 0 without negative values has no linear part.",
        ),
    ]


def build_tensor_stationary(width: str = "n") -> Proof:
    """Return the derivation: where Tr[A^T A G^(2h+1)] = tau^2/n, sum_i G_ie^(h+1) G_ig^h a_i = (tau/n) G_eg^h b_e.

    Stationarity among all Y(c, i, g), of which A(c, i) delta(i, g) is one. Derived in this project.

    Arguments:
        width: knob of the mutant, the divisor of tau.

    Returns:
        The derivation.

    Example:
        >>> build_tensor_stationary().statement.goal
        'Sum(i, 1, n, G(i, e)**(h + 1)*G(i, g)**h*A(k, i)) == trace/(n)*G(e, g)**h*b(e, k)'
    """
    place = "delta(i, g)*A(c, i)"
    let = {
        "G(i,j)": G,
        "trace": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*b(i, k)))",
        "form": "Sum(i, 1, n, Sum(j, 1, n, Sum(k, 1, d, A(k, i)*A(k, j))*G(i, j)**(2*h + 1)))",
        "heavy": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*b(i, k))*G(i, i)**h)",
        "slope(c,j,e)": f"Sum(i, 1, n, G(i, j)**(h + 1)*G(i, e)**h*A(c, i)) - trace/({width})*b(j, c)*G(j, e)**h",
        "L": "Sum(j, 1, n, Sum(e, 1, n, Sum(c, 1, d, D(c, j, e)*slope(c, j, e))))",
    }

    def tau(y: str) -> str:
        return f"Sum(i, 1, n, Sum(g, 1, n, Sum(c, 1, d, ({y})*b(i, c))*G(i, g)**h))"

    def quadratic(y: str) -> str:
        other = y.replace("(i, g)", "(j, e)").replace("(c, i", "(c, j").replace("j, g)", "j, e)")
        return ("Sum(i, 1, n, Sum(j, 1, n, Sum(g, 1, n, Sum(e, 1, n, "
                f"Sum(c, 1, d, ({y})*({other}))*G(g, e)**h*G(i, j)**(h + 1)))))")  # fmt: skip

    free = "D(c, i, g)"
    moved = f"{place} + a*{free}"
    curvature = f"({quadratic(free)} - {tau(free)}**2/n)"
    goal = f"Sum(i, 1, n, G(i, e)**(h + 1)*G(i, g)**h*A(k, i)) == trace/({width})*G(e, g)**h*b(e, k)"
    chosen = "delta(c, k)*delta(j, m)*delta(e, g)"
    steps = [
        *no_slope(),
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_h", "assume", "G(i, i)**h == 1"),
        step("one_next", "identity", "G(i, i)**(h + 1) == 1", "one_h", "row", combine={"one_h": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**h == 1", "one_0", "one_next", on="h", base="0"),
        step(
            "light_i",
            "identity",
            "Sum(k, 1, d, A(k, i)*b(i, k))*G(i, i)**h == Sum(k, 1, d, A(k, i)*b(i, k))",
            "one",
            combine={"one": "Sum(k, 1, d, A(k, i)*b(i, k))"},
        ),
        step("light", "congruence", "heavy == trace", "light_i"),
        step("n_positive", "certificate", "0 < n", "units", terms=[["c:1", "units"], ["c:1"]]),
        step(
            "moved",
            "apply",
            f"{tau(moved)}**2/n <= {quadratic(moved)}",
            "claim:ae.cs-tensor",
            "units",
            symbols={"Y(c,i,g)": moved},
        ),
        step(
            "along",
            "certificate",
            f"0 <= 2*a*L + a**2*{curvature}",
            "moved",
            "equal",
            "light",
            "n_positive",
            terms=[["moved"]],
            combine={"equal": "-1", "light": f"(heavy + trace)/n + 2*a*{tau(free)}/n"},
        ),
        step("every_a", "generalize", f"All(a, 0 <= 2*a*L + a**2*{curvature})", "along"),
        step(
            "at_D",
            "apply",
            f"{tau(free)}**2/n <= {quadratic(free)}",
            "claim:ae.cs-tensor",
            "units",
            symbols={"Y(c,i,g)": free},
        ),
        step("curvature", "certificate", f"0 <= {curvature}", "at_D", terms=[["at_D"]]),
        step("stationary", "apply", "L == 0", "no_slope", "every_a", "curvature", put={"x": "L", "y": curvature}),
        step(
            "entry",
            "apply",
            f"Sum(j, 1, n, Sum(e, 1, n, Sum(c, 1, d, {chosen}*slope(c, j, e)))) == 0",
            "stationary",
            symbols={"D(c,j,e)": chosen},
        ),
        step(
            "pick_c",
            "sums",
            f"Sum(c, 1, d, {chosen}*slope(c, j, e)) == delta(j, m)*delta(e, g)*slope(k, j, e)",
            "k_lo",
            "k_hi",
            kind="delta",
            index="k",
            rest="delta(j, m)*delta(e, g)*slope(c, j, e)",
        ),
        step(
            "pick_ce",
            "congruence",
            f"Sum(e, 1, n, Sum(c, 1, d, {chosen}*slope(c, j, e))) == "
            "Sum(e, 1, n, delta(j, m)*delta(e, g)*slope(k, j, e))",
            "pick_c",
        ),
        step(
            "pick_e",
            "sums",
            "Sum(e, 1, n, delta(j, m)*delta(e, g)*slope(k, j, e)) == delta(j, m)*slope(k, j, g)",
            "g_lo",
            "g_hi",
            kind="delta",
            index="g",
            rest="delta(j, m)*slope(k, j, e)",
        ),
        step(
            "pick_je",
            "identity",
            f"Sum(e, 1, n, Sum(c, 1, d, {chosen}*slope(c, j, e))) == delta(j, m)*slope(k, j, g)",
            "pick_ce",
            "pick_e",
            combine={"pick_ce": "1", "pick_e": "1"},
        ),
        step(
            "pick_all",
            "congruence",
            f"Sum(j, 1, n, Sum(e, 1, n, Sum(c, 1, d, {chosen}*slope(c, j, e)))) == "
            "Sum(j, 1, n, delta(j, m)*slope(k, j, g))",
            "pick_je",
        ),
        step("m_lo", "assume", "1 <= m"),
        step("m_hi", "assume", "m <= n"),
        step(
            "pick_j",
            "sums",
            "Sum(j, 1, n, delta(j, m)*slope(k, j, g)) == slope(k, m, g)",
            "m_lo",
            "m_hi",
            kind="delta",
            index="m",
            rest="slope(k, j, g)",
        ),
        step(
            "at_m",
            "identity",
            "slope(k, m, g) == 0",
            "entry",
            "pick_all",
            "pick_j",
            combine={"entry": "1", "pick_all": "-1", "pick_j": "-1"},
        ),
        step("goal", "apply", goal, "at_e", "e_lo", "e_hi"),
    ]
    steps.insert(-1, step("at_e", "apply", "slope(k, e, g) == 0", "at_m", "e_lo", "e_hi", put={"m": "e"}))
    steps[-1] = step("goal", "identity", goal, "at_e", combine={"at_e": "1"})
    hyps = {
        "units": "1 <= n",
        "unit": UNIT,
        "equal": "form == trace**2/n",
        "k_lo": "1 <= k", "k_hi": "k <= d", "e_lo": "1 <= e", "e_hi": "e <= n", "g_lo": "1 <= g", "g_hi": "g <= n",
    }  # fmt: skip
    example = {**EXAMPLE, "h": "1", "A(k,i)": "delta(k, i)", "k": "1", "e": "1", "g": "1"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)
