"""The data set with three knots as a witness: the steps that show its hypotheses to hold, written in its numbers."""

from __future__ import annotations

from fractions import Fraction

from ..proof import step
from .three_attained import DATA, DIRECTIONS, RESIDUALS, WEIGHTS, X, Y, table

_CIRCLE = "v**2+z**2==1"

#: The dual point at the minimiser, and the interval between the two inner data points.
DUAL = {
    "lam": "1/10", "s": "-4/3", "e": "4/3", "M": "4", "x(i)": table("i", X), "r(i)": table("i", RESIDUALS),
}  # fmt: skip
#: The minimiser itself, and three units of it.
MINIMISER = {
    **{name: text for name, text in DUAL.items() if name != "r(i)"}, **DATA, "K": "3", "k1": "1", "k2": "2", "k3": "3",
}  # fmt: skip


def _features(x: str) -> list[str]:
    """Return the values of the three units at a data point."""
    return [str(max(Fraction(0), Fraction(w) * Fraction(x) + Fraction(b))) for w, b in DIRECTIONS]


def under(hypothesis: str, o: str) -> list[dict[str, object]]:
    """Return steps that prove at this dual point that one side lies under the roof between the two ends.

    Arguments:
        hypothesis: the name of the hypothesis that they prove.
        o: 1 for the side of units facing right, -1 for left.

    Returns:
        The steps.

    Example:
        >>> under("right", "1")[-1]["for"]
        'right'
    """
    side = "+".join(f"({r})*relu({o}*({x}-t))" for x, r in zip(X, RESIDUALS, strict=True))
    body = f"({side})**2 <= (1/10)**2*(1+t**2)"
    return [
        {"for": hypothesis, **line}
        for line in (
            step("after", "assume", "-4/3<=t"),
            step("before", "assume", "t<=4/3"),
            step("body", "arithmetic", body, "after", "before"),
            step("given", "discharge", f"Imp(-4/3<=t,t<=4/3, {body})", "body"),
            step("all", "generalize", f"All(t,Imp(-4/3<=t,t<=4/3, {body}))", "given"),
        )
    ]


def minimal_steps() -> list[dict[str, object]]:
    """Return steps that prove at the minimiser that no added unit and no changed weight lowers the objective.

    Returns:
        The steps for the hypotheses "no-unit-helps" and "no-weight-helps".

    Example:
        >>> sorted({line["for"] for line in minimal_steps()})
        ['no-unit-helps', 'no-weight-helps']
    """
    least = "21997/36000"
    features = [f"relu(v*({x})+z)" for x in X]
    g = "+".join(f"({r})*{u}" for r, u in zip(RESIDUALS, features, strict=True))
    squares = "+".join(f"{u}**2" for u in features)
    # f(x_i) - y_i = M r_i at the minimiser, and the penalty is 55/12 before a unit is added
    misfit = "+".join(f"(4*({r})+eps*{u})**2" for r, u in zip(RESIDUALS, features, strict=True))
    added = f"All(eps, {least} <= ({misfit})/8+1/10*(55/12+abs(eps)))"
    unit = [
        step("circle", "assume", _CIRCLE),
        step("G", "arithmetic", f"abs({g}) <= 1/10", "circle"),
        step("square", "arithmetic", "0 <= relu(a)**2"),
        *[step(f"s{n}", "apply", f"0 <= {u}**2", "square", put={"a": u[5:-1]}) for n, u in enumerate(features)],
        step("S", "arithmetic", f"0 <= {squares}", "s0", "s1", "s2", "s3"),
        step("small", "assume", "abs(G) <= 1/10"),
        step("convex", "assume", "0 <= S"),
        step("quadratic", "arithmetic", "0 <= eps*G+eps**2*S/8+abs(eps)/10", "small", "convex"),
        step("change", "apply", f"0 <= eps*({g})+eps**2*({squares})/8+abs(eps)/10", "quadratic", "G", "S",
             put={"G": g, "S": squares}),
        step("body", "certificate", f"{least} <= ({misfit})/8+1/10*(55/12+abs(eps))", "change", terms=[["change"]]),
        step("every", "generalize", added, "body"),
        step("given", "discharge", f"Imp({_CIRCLE}, {added})", "every"),
        step("all", "generalize", f"All(v,All(z,Imp({_CIRCLE}, {added})))", "given"),
    ]  # fmt: skip
    weights = [f"({c}+eps*delta({k},l))" for k, c in enumerate(WEIGHTS, 1)]
    moved = "+".join(
        f"({'+'.join(f'{c}*({u})' for c, u in zip(weights, _features(x), strict=True))}-({y}))**2"
        for x, y in zip(X, Y, strict=True)
    )
    changed = f"{least} <= ({moved})/8+1/10*({'+'.join(f'abs({c})' for c in weights)})"
    weight = [
        step("body", "arithmetic", changed),
        step("every", "generalize", f"All(eps, {changed})", "body"),
        step("given", "discharge", f"Imp(1<=l,l<=3, All(eps, {changed}))", "every"),
        step("all", "generalize", f"All(l,Imp(1<=l,l<=3, All(eps, {changed})))", "given"),
    ]
    return [{"for": "no-unit-helps", **line} for line in unit] + [{"for": "no-weight-helps", **line} for line in weight]
