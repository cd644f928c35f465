"""The shape of the bound as a function of the rate and of alpha, and where the sphere's floor overtakes it."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


def _bound(r: str, alpha: str) -> str:
    return f"(1 - {r}/(max({r}, 1) + {alpha}))"


def build_convex(slope: str = "1 + alpha") -> Proof:
    """Return the derivation: the bound is convex in the rate, concave in alpha, and has a kink at rate 1.

    The gain r/(max(r, 1) + alpha) is the smaller of r/(1 + alpha) and r/(r + alpha), both of them concave in r. The
    slopes of the bound on the two sides of r = 1 are -1/(1 + alpha) and -alpha/(1 + alpha)^2. Derived in this project.

    Arguments:
        slope: knob of the mutant, the divisor of alpha in the slope after the kink, over 1 + alpha.

    Returns:
        The derivation.

    Example:
        >>> build_convex().statement.goal.count("HasDeriv")
        2
    """
    mixed, beta = "(t*r1 + (1 - t)*r2)", "(t*alpha + (1 - t)*alpha2)"
    convex = f"{_bound(mixed, 'alpha')} <= t*{_bound('r1', 'alpha')} + (1 - t)*{_bound('r2', 'alpha')}"
    concave = f"t*{_bound('r1', 'alpha')} + (1 - t)*{_bound('r1', 'alpha2')} <= {_bound('r1', beta)}"
    before = "All(r, HasDeriv(r, 1 - r/(1 + alpha), -1/(1 + alpha)))"
    after = "All(r, Imp(0 < r, HasDeriv(r, 1 - r/(r + alpha), -alpha/(r + alpha)**2)))"
    kink = f"-1/(1 + alpha) < -alpha/(({slope})*(1 + alpha))"
    goal = f"{convex} and {concave} and {before} and {after} and {kink}"

    def gain(r: str) -> list[dict[str, object]]:
        name = {"r1": "one", "r2": "two"}[r]
        return [
            step(f"{name}_narrow", "arithmetic", f"{r}/(max({r}, 1) + alpha) <= {r}/(1 + alpha)", "alpha", f"{name}"),
            step(f"{name}_wide", "arithmetic", f"{r}/(max({r}, 1) + alpha) <= {r}/({r} + alpha)", "alpha", f"{name}"),
        ]

    flat, steep = "r1/(r1 + alpha)", "r2/(r2 + alpha)"
    steps = [
        *gain("r1"),
        *gain("r2"),
        step("rest", "arithmetic", "0 <= 1 - t", "t_hi"),
        step("sum_one", "arithmetic", "0 < r1 + alpha", "alpha", "one"),
        step("sum_two", "arithmetic", "0 < r2 + alpha", "alpha", "two"),
        step("sum_mixed", "arithmetic", f"0 < {mixed} + alpha", "alpha", "one", "two", "t_lo", "rest"),
        step("sum_1", "arithmetic", "0 < 1 + alpha", "alpha"),
        step(
            "sums",
            "certificate",
            f"0 < ({mixed} + alpha)*(r1 + alpha)*(r2 + alpha)",
            "sum_mixed",
            "sum_one",
            "sum_two",
            terms=[["sum_mixed", "sum_one", "sum_two"]],
        ),
        step(
            "wide",
            "certificate",
            f"t*({flat}) + (1 - t)*({steep}) <= {mixed}/({mixed} + alpha)",
            "alpha",
            "t_lo",
            "rest",
            "sum_one",
            "sum_two",
            "sum_mixed",
            "sums",
            times=f"({mixed} + alpha)*(r1 + alpha)*(r2 + alpha)",
            terms=[["alpha", "t_lo", "rest", "sq:r1 - r2"]],
            prose="r/(r + alpha) is concave.",
        ),
        step(
            "narrow_left",
            "certificate",
            f"t*(r1/(max(r1, 1) + alpha)) + (1 - t)*(r2/(max(r2, 1) + alpha)) <= {mixed}/(1 + alpha)",
            "one_narrow",
            "two_narrow",
            "t_lo",
            "rest",
            "sum_1",
            terms=[["t_lo", "one_narrow"], ["rest", "two_narrow"]],
        ),
        step(
            "wide_left",
            "certificate",
            f"t*(r1/(max(r1, 1) + alpha)) + (1 - t)*(r2/(max(r2, 1) + alpha)) <= {mixed}/({mixed} + alpha)",
            "one_wide",
            "two_wide",
            "t_lo",
            "rest",
            "wide",
            terms=[["t_lo", "one_wide"], ["rest", "two_wide"], ["wide"]],
        ),
        step("sum_max", "arithmetic", f"0 < max({mixed}, 1) + alpha", "alpha"),
        step("either", "arithmetic", f"max({mixed}, 1) == {mixed} or max({mixed}, 1) == 1"),
        step("is_wide", "assume", f"max({mixed}, 1) == {mixed}"),
        step(
            "convex_wide",
            "identity",
            f"{mixed}/(max({mixed}, 1) + alpha) == {mixed}/({mixed} + alpha)",
            "is_wide",
            "sum_max",
            "sum_mixed",
            combine={"is_wide": f"-{mixed}/((max({mixed}, 1) + alpha)*({mixed} + alpha))"},
        ),
        step(
            "goal_wide",
            "certificate",
            convex,
            "wide_left",
            "convex_wide",
            terms=[["wide_left"]],
            combine={"convex_wide": "1"},
        ),
        step("if_wide", "discharge", f"Imp(max({mixed}, 1) == {mixed}, {convex})", "goal_wide"),
        step("is_narrow", "assume", f"max({mixed}, 1) == 1"),
        step(
            "convex_narrow",
            "identity",
            f"{mixed}/(max({mixed}, 1) + alpha) == {mixed}/(1 + alpha)",
            "is_narrow",
            "sum_max",
            "sum_1",
            combine={"is_narrow": f"-{mixed}/((max({mixed}, 1) + alpha)*(1 + alpha))"},
        ),
        step(
            "goal_narrow",
            "certificate",
            convex,
            "narrow_left",
            "convex_narrow",
            terms=[["narrow_left"]],
            combine={"convex_narrow": "1"},
        ),
        step("if_narrow", "discharge", f"Imp(max({mixed}, 1) == 1, {convex})", "goal_narrow"),
        step("convex", "arithmetic", convex, "either", "if_wide", "if_narrow"),
        # concave in alpha
        step("m", "arithmetic", "0 < max(r1, 1) + alpha", "alpha"),
        step("m2", "arithmetic", "0 < max(r1, 1) + alpha2", "alpha2"),
        step("m_mixed", "arithmetic", f"0 < max(r1, 1) + {beta}", "alpha", "alpha2", "t_lo", "rest"),
        step(
            "ms",
            "certificate",
            f"0 < (max(r1, 1) + alpha)*(max(r1, 1) + alpha2)*(max(r1, 1) + {beta})",
            "m",
            "m2",
            "m_mixed",
            terms=[["m", "m2", "m_mixed"]],
        ),
        step(
            "concave",
            "certificate",
            concave,
            "one",
            "t_lo",
            "rest",
            "m",
            "m2",
            "m_mixed",
            "ms",
            times=f"(max(r1, 1) + alpha)*(max(r1, 1) + alpha2)*(max(r1, 1) + {beta})",
            terms=[["one", "t_lo", "rest", "sq:alpha - alpha2"]],
        ),
        # the kink
        step("before_r", "derivative", "HasDeriv(r, 1 - r/(1 + alpha), -1/(1 + alpha))", "sum_1"),
        step("before", "generalize", before, "before_r"),
        step("r", "assume", "0 < r"),
        step("sum_r", "arithmetic", "r + alpha != 0", "r", "alpha"),
        step("after_r", "derivative", "HasDeriv(r, 1 - r/(r + alpha), -alpha/(r + alpha)**2)", "sum_r"),
        step("after_if", "discharge", "Imp(0 < r, HasDeriv(r, 1 - r/(r + alpha), -alpha/(r + alpha)**2))", "after_r"),
        step("after", "generalize", after, "after_if"),
        step("square", "certificate", "0 < (1 + alpha)**2", "sum_1", terms=[["sum_1", "sum_1"]]),
        step("kink", "certificate", kink, "sum_1", "square", terms=[["c:1"]], times="(1 + alpha)**2"),
        step("goal", "sign", goal, "convex", "concave", "before", "after", "kink"),
    ]
    hyps = {
        "one": "0 < r1",
        "two": "0 < r2",
        "alpha": "0 <= alpha",
        "alpha2": "0 <= alpha2",
        "t_lo": "0 <= t",
        "t_hi": "t <= 1",
    }
    example = {"r1": "1/2", "r2": "2", "alpha": "1", "alpha2": "2", "t": "1/2"}
    return Proof(Statement(goal, hyps, inhabited=example), steps)
