"""The sentences of the abstract of ICML 2023, put together from the derivations of this project."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, build_sign_bound
from .setting import EXAMPLE
from .tied_flow import FALLING, FALLING_STEPS, build_tied_convergence

DECLARE = "i,j,k,m,e,g:Z n,d,l,p,q:N"
_ACTIVE = {"active": "c(2*q + 3) != 0"}
_INDICES = ("1 <= k", "k <= d", "1 <= e", "e <= n", "1 <= g", "g <= n")


def build_minimisers(width: str = "max(r, 1)") -> Proof:
    """Return the derivation of: the lower bound on the risk, and that more units than coordinates never reach it.

    For n <= d the bound is the least risk (`ae.abstract-3`), for n > d it is the limit only. What the abstract of ICML
    2023 says of the minimisers of the population risk; derived in this project.

    Arguments:
        width: knob of the mutant, what stands for max(r, 1).

    Returns:
        The derivation.

    Example:
        >>> build_minimisers().statement.goal
        '1 - r/(max(r, 1) + alpha) <= risk and Imp(d < n, risk != 1 - r/(r + alpha))'
    """
    bound, never = f"1 - r/({width} + alpha) <= risk", "Imp(d < n, risk != 1 - r/(r + alpha))"
    steps = [
        step("bound", "apply", "1 - r/(max(r, 1) + alpha) <= risk", "claim:ae.bound", *BOUND_HYPS),
        step("stated", "sign", bound, "bound"),
        step("tight", "assume", "risk == 1 - r/(r + alpha)"),
        step("square", "apply", "n == d", "claim:ae.never", *BOUND_HYPS, "tight", "active"),
        step("only", "discharge", "Imp(risk == 1 - r/(r + alpha), n == d)", "square"),
        step("never", "arithmetic", never, "only", prose="For n > d the bound is not attained."),
        step("goal", "sign", f"{bound} and {never}", "stated", "never"),
    ]
    hyps = {**BOUND_HYPS, **_ACTIVE}
    return Proof(
        Statement(f"{bound} and {never}", hyps, declare=DECLARE, let=BOUND_LET, inhabited={**EXAMPLE, "q": "0"}), steps
    )


def build_features(scale: str = "1") -> Proof:
    """Return the derivation of: the bound up to rate 1 is the risk of orthonormal rows with B^T/(1 + alpha) only.

    What the abstract of ICML 2023 says of the structure of the minimisers and their features; derived in this project.

    Arguments:
        scale: knob of the mutant, a factor of the decoder.

    Returns:
        The derivation.

    Example:
        >>> build_features().statement.goal.startswith("Imp(risk == 1 - r/(1 + alpha)")
        True
    """
    indices = ", ".join(_INDICES)
    only = (
        f"Imp(risk == 1 - r/(1 + alpha), {indices}, (1 - delta(g, e))*G(g, e) == 0 and A(k, e) == b(e, k)/(1 + alpha))"
    )
    code = "Sum(i, 1, n, s*b(i, k)/c1*sigma(u(i)))"
    tied = f"E[z](Sum(k, 1, d, (z(k) - {code})**2))/d == 1 - n/d/(1 + alpha)"
    rows = "All(i, All(j, Imp(1 <= i, i <= n, 1 <= j, j <= n, G(i, j) == delta(i, j))))"
    attained = f"Imp({rows}, s*(1 + alpha) == {scale}, {tied})"
    five = ("dimension", "unit", "square_integrable", "coefficient", "nonzero")
    steps = [
        step("tight", "assume", "risk == 1 - r/(1 + alpha)"),
        *(step(f"index_{q}", "assume", text) for q, text in enumerate(_INDICES)),
        step(
            "structure",
            "apply",
            "(1 - delta(g, e))*G(g, e) == 0 and A(k, e) == b(e, k)/(1 + alpha)",
            "claim:ae.tight-le1",
            *BOUND_HYPS,
            *("tight", "active", *(f"index_{q}" for q in range(len(_INDICES)))),
        ),
        step("only", "discharge", only, "structure", prose="Only orthonormal rows with this decoder have that risk."),
        step("orthonormal", "assume", rows),
        step("scale", "assume", f"s*(1 + alpha) == {scale}"),
        step("value", "apply", tied, "claim:ae.attained", *five, "orthonormal", "scale", put={"g": "s"}),
        step("attained", "discharge", attained, "value", prose="And they have it."),
        step("goal", "sign", f"{only} and {attained}", "only", "attained"),
    ]
    hyps = {**BOUND_HYPS, **_ACTIVE}
    example = {**EXAMPLE, "q": "0", "k": "1", "e": "1", "g": "2", "s": "1/7"}
    return Proof(Statement(f"{only} and {attained}", hyps, declare=DECLARE, let=BOUND_LET, inhabited=example), steps)


def build_achieved(factor: str = "4") -> Proof:
    """Return the derivation of: the tied flow comes to orthonormal rows, whose tied risk can be the bound.

    What the abstract of ICML 2023 says of gradient methods, here for the gradient flow with the decoder beta B^T and
    n <= d, with an explicit rate. Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor 4.

    Returns:
        The derivation.

    Example:
        >>> build_achieved().statement.goal.startswith("4*kappa*m*T <= L(0) and")
        True
    """
    flow = build_tied_convergence().statement.hyps
    near = f"{factor}*kappa*m*T <= L(0)"
    risk, bound = "(1 - 2*beta*r + beta**2*r*(1 + alpha))", "(1 - r/(1 + alpha))"
    gap = f"{risk} == {bound} + r*(1 + alpha)*(beta - 1/(1 + alpha))**2"
    only = f"Iff({risk} == {bound}, beta == 1/(1 + alpha))"
    steps = [
        step("flow", "apply", "4*kappa*m*T <= L(0)", "claim:ae.tied-conv", *flow),
        step("near", "sign", near, "flow"),
        step("limit", "apply", f"{gap} and {only}", "claim:ae.tied-risklimit", "rate", "alpha"),
        step("goal", "sign", f"{near} and {gap} and {only}", "near", "limit"),
    ]
    hyps = {**flow, "rate": "0 < r", "alpha": "0 < 1 + alpha"}
    example = {**{k: v for k, v in FALLING.items() if k != "kappa(t)"}, "kappa": "1/4", "r": "1/2", "alpha": "1/3"}
    example["beta"] = "1"
    return Proof(Statement(f"{near} and {gap} and {only}", hyps, "", {}, example, FALLING_STEPS), steps)


def build_compression(shift: str = "pi/2 - 1") -> Proof:
    """Return the derivation of the limit of one bit per unit, and of its form 1 - 2r/pi up to rate 1.

    What the abstract of ICML 2023 says of compressing Gaussian sources with the sign; derived in this project.

    Arguments:
        shift: knob of the mutant, the value of alpha.

    Returns:
        The derivation.

    Example:
        >>> build_compression().statement.goal
        '1 - r/(max(r, 1) + pi/2 - 1) <= risk and Imp(r <= 1, 1 - 2*r/pi <= risk)'
    """
    sign = build_sign_bound().statement
    whole, low = f"1 - r/(max(r, 1) + {shift}) <= risk", "Imp(r <= 1, 1 - 2*r/pi <= risk)"
    steps = [
        step("bound", "apply", "1 - r/(max(r, 1) + pi/2 - 1) <= risk", "claim:ae.bound-sign", *sign.hyps),
        step("stated", "sign", whole, "bound"),
        step("general", "assume", "1 - x/(max(x, 1) + pi/2 - 1) <= y"),
        step("x_low", "assume", "x <= 1"),
        step("largest", "arithmetic", "max(x, 1) == 1", "x_low"),
        step("divisor", "arithmetic", "0 < max(x, 1) + pi/2 - 1"),
        step(
            "value",
            "identity",
            "x/(max(x, 1) + pi/2 - 1) == 2*x/pi",
            "largest",
            "divisor",
            combine={"largest": "-2*x/(pi*(max(x, 1) + pi/2 - 1))"},
        ),
        step(
            "line", "certificate", "1 - 2*x/pi <= y", "general", "value", terms=[["general"]], combine={"value": "-1"}
        ),
        step("line_if", "discharge", "Imp(1 - x/(max(x, 1) + pi/2 - 1) <= y, x <= 1, 1 - 2*x/pi <= y)", "line"),
        step("low", "apply", low, "line_if", "bound", put={"x": "r", "y": "risk"}),
        step("goal", "sign", f"{whole} and {low}", "stated", "low"),
    ]
    return Proof(
        Statement(f"{whole} and {low}", sign.hyps, sign.declare, sign.let, sign.inhabited, sign.inhabited_steps),
        steps,
    )
