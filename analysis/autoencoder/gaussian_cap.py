"""Data on which no row beats Gaussian data: characteristic functions above the normal one."""

from __future__ import annotations

from typing import Any

from ..gaussian.sign import EXAMPLE_STEPS
from ..kernel.derivation import Statement
from ..proof import Proof, step
from .universality import UNIVERSAL_EXAMPLE, UNIVERSAL_STEPS, build_universal_code

_SUM = "Sum(k, 1, d, u(k)*f(k, z(k)))"
_LAW = {
    "finite": "All(k, L2[z](f(k, z(k))))",
    "symmetric": "All(k, All(t, E[z](sin(t*f(k, z(k)))) == 0))",
    "start": "All(t, C(0, t) == 1)",
    "product": "All(k, All(t, Imp(0 <= k, C(k + 1, t) == C(k, t)*E[z](cos(t*(u(k + 1)*f(k + 1, z(k + 1))))))))",
}
_NORMAL = "exp(-k*t**2/2)"
#: One normal coordinate, for which the bound is attained.
NORMAL = {"d": "1", "u(k)": "1", "f(k,x)": "x", "C(k,t)": _NORMAL}


def _normal(prefix: str) -> list[dict[str, Any]]:
    """Return the steps that show the hypotheses on the law for normal coordinates ("prefix" and their names)."""
    both = "E[z](cos({t}*z({k}))) == exp(-({t})**2/2) and E[z](sin({t}*z({k}))) == 0".format
    product = "exp(-(k + 1)*t**2/2) == exp(-k*t**2/2)*E[z](cos(t*(1*z(k + 1))))"

    def name(s: str) -> str:
        return f"{prefix}_{s}"

    return [
        step(name("l2"), "apply", "L2[z](z(k))", "axiom:gaussian-square-integrable"),
        step(name("finite"), "generalize", "All(k, L2[z](z(k)))", name("l2")),
        step(name("at"), "apply", both(t="t", k="k"), "axiom:gaussian-characteristic"),
        step(name("sine"), "sign", "E[z](sin(t*z(k))) == 0", name("at")),
        step(name("symmetric"), "generalize", "All(k, All(t, E[z](sin(t*z(k))) == 0))", name("sine")),
        step(name("one"), "identity", "exp(-0*t**2/2) == 1"),
        step(name("start"), "generalize", "All(t, exp(-0*t**2/2) == 1)", name("one")),
        step(name("next"), "apply", both(t="t", k="k + 1"), "axiom:gaussian-characteristic", put={"k": "k + 1"}),
        step(name("cosine"), "sign", "E[z](cos(t*z(k + 1))) == exp(-t**2/2)", name("next")),
        step(name("factor"), "identity", product, name("cosine"), combine={name("cosine"): "-exp(-k*t**2/2)"}),
        step(name("factor_if"), "discharge", f"Imp(0 <= k, {product})", name("factor")),
        step(name("product"), "generalize", f"All(k, All(t, Imp(0 <= k, {product})))", name("factor_if")),
    ]  # fmt: skip


def normal_steps() -> list[dict[str, Any]]:
    """Return the steps that show the hypotheses of :func:`build_cap` for :data:`NORMAL`."""
    found = []
    for name in ("finite", "symmetric", "start", "product"):
        steps = _normal(name)
        last = next(k for k, s in enumerate(steps) if s["id"] == f"{name}_{name}")
        found += [{"for": name, **s} for s in steps[: last + 1]]
    above = "exp(-t**2/2) <= E[z](cos(t*z(k)))"
    return [
        *found,
        {"for": "above", **step("char", "apply", "E[z](cos(t*z(k))) == exp(-t**2/2) and E[z](sin(t*z(k))) == 0",
                                "axiom:gaussian-characteristic")},
        {"for": "above", **step("value", "sign", "E[z](cos(t*z(k))) == exp(-t**2/2)", "char")},
        {"for": "above", **step("low", "arithmetic", above, "value")},
        {"for": "above", **step("lows", "generalize", f"All(k, All(t, {above}))", "low")},
    ]  # fmt: skip


def build_cap(cap: str = "sqrt(2/pi)") -> Proof:
    """Return the derivation of E|u . x| <= sqrt(2/pi), |u| = 1: no characteristic function is below the normal one.

    x_k = f_k(z_k) are independent symmetric variables of finite variance with E cos(t x_k) >= exp(-t^2/2), and C(k, t)
    the products of the first k of their characteristic functions along u. The mean modulus is (2/pi) times the integral
    of (1 - C)/t^2 (von Bahr and Esseen 1965), and C(d, t) >= exp(-t^2/2). So no orthogonal sign code of such data is
    better than one of Gaussian data; signs that are 0 with a probability of at least 2/3 are such data
    (`ae.sp-characteristic`). Derived in this project.

    Arguments:
        cap: knob of the mutant, the bound.

    Returns:
        The derivation.

    Example:
        >>> build_cap().statement.goal
        'E[z](abs(Sum(k, 1, d, u(k)*f(k, z(k))))) <= sqrt(2/pi)'
    """
    goal = f"E[z](abs({_SUM})) <= {cap}"
    spread = "Sum(i, 1, {m}, u(i)**2)"
    low = "exp(-t**2*" + spread + "/2) <= C({m}, t)"
    ours, normal = "(1 - C(d, t))/t**2", "(1 - exp(-1*t**2/2))/t**2"
    steps = [
        # the characteristic function of the sum
        step("start_t", "apply", "C(0, t) == 1", "start", at={"t": "t"}),
        step("low_0", "arithmetic", low.format(m="0"), "start_t"),
        step("low_p", "assume", low.format(m="p")),
        step("p_lo", "sign", "0 <= p"),
        step("p_next", "certificate", "1 <= p + 1", "p_lo", terms=[["p_lo"]]),
        step("factor", "apply", "C(p + 1, t) == C(p, t)*E[z](cos(t*(u(p + 1)*f(p + 1, z(p + 1)))))", "product", "p_lo",
             at={"k": "p", "t": "t"}),
        step("above_p", "apply", "exp(-(t*u(p + 1))**2/2) <= E[z](cos((t*u(p + 1))*f(p + 1, z(p + 1))))", "above",
             at={"k": "p + 1", "t": "t*u(p + 1)"}),
        step("last", "sums", f"{spread.format(m='p + 1')} == Sum(i, 1, p + 1 - 1, u(i)**2) + u(p + 1)**2", "p_next",
             kind="last"),
        # for any numbers: the exponent of a sum
        step("y", "assume", "y == x + v"),
        step("split_y", "identity", "exp(-t**2*y/2) == exp(-t**2*x/2)*exp(-t**2*v/2)", "y"),
        step("split_if", "discharge", "Imp(y == x + v, exp(-t**2*y/2) == exp(-t**2*x/2)*exp(-t**2*v/2))", "split_y"),
        step("split", "apply", f"exp(-t**2*{spread.format(m='(p + 1)')}/2) == "
             f"exp(-t**2*{spread.format(m='p')}/2)*exp(-t**2*u(p + 1)**2/2)", "split_if", "last",
             put={"y": spread.format(m="p + 1"), "x": spread.format(m="p"), "v": "u(p + 1)**2"}),
        step("first", "sign", f"0 < exp(-t**2*{spread.format(m='p')}/2)"),
        step("second", "sign", "0 < exp(-(t*u(p + 1))**2/2)"),
        step("low_next", "certificate", low.format(m="(p + 1)"), "low_p", "above_p", "factor", "split", "first",
             "second", terms=[["low_p", "second"], ["low_p", "above_p"], ["first", "above_p"]],
             combine={"factor": "1", "split": "-1"}),
        step("lower", "induction", low.format(m="p"), "low_0", "low_next", on="p", base="0"),
        step("lower_d", "apply", low.format(m="d"), "lower", put={"p": "d"}),
        step("unit_t", "identity", "-t**2*Sum(i, 1, d, u(i)**2)/2 == -1*t**2/2", "unit", combine={"unit": "-t**2/2"}),
        step("w", "assume", "w == v"),
        step("same_w", "identity", "exp(w) == exp(v)", "w"),
        step("same_if", "discharge", "Imp(w == v, exp(w) == exp(v))", "same_w"),
        step("same", "apply", "exp(-t**2*Sum(i, 1, d, u(i)**2)/2) == exp(-1*t**2/2)", "same_if", "unit_t",
             put={"w": "-t**2*Sum(i, 1, d, u(i)**2)/2", "v": "-1*t**2/2"}),
        step("lower_1", "certificate", "exp(-1*t**2/2) <= C(d, t)", "lower_d", "same", terms=[["lower_d"]],
             combine={"same": "1"}),
        step("below", "certificate", f"{ours} <= {normal}", "lower_1", terms=[["c:1/t**2", "lower_1"]]),
        # both mean moduli as integrals
        step("formula", "apply", f"Integrable(t, 0, oo, {ours}) and E[z](abs({_SUM})) == 2/pi*Int(t, 0, oo, {ours})",
             "axiom:modulus-by-characteristic", "finite", "symmetric", "start", "product"),
        step("finite_x", "sign", f"Integrable(t, 0, oo, {ours})", "formula"),
        step("mean_x", "sign", f"E[z](abs({_SUM})) == 2/pi*Int(t, 0, oo, {ours})", "formula"),
        *_normal("law"),
        step("formula_z", "apply",
             f"Integrable(t, 0, oo, {normal}) and E[z](abs(Sum(k, 1, 1, 1*z(k)))) == 2/pi*Int(t, 0, oo, {normal})",
             "axiom:modulus-by-characteristic", "law_finite", "law_symmetric", "law_start", "law_product",
             put={"d": "1"}, symbols={"u(k)": "1", "f(k,x)": "x", "C(k,t)": _NORMAL}),
        step("finite_z", "sign", f"Integrable(t, 0, oo, {normal})", "formula_z"),
        step("mean_z", "sign", f"E[z](abs(Sum(k, 1, 1, 1*z(k)))) == 2/pi*Int(t, 0, oo, {normal})", "formula_z"),
        step("compare", "monotone", f"Int(t, 0, oo, {ours}) <= Int(t, 0, oo, {normal})", "below", "finite_x",
             "finite_z"),
        # and the one of a normal
        *({k: v for k, v in s.items() if k != "for"} for s in EXAMPLE_STEPS),
        step("modulus", "arithmetic", "x*(abs(x)/x) == abs(x)"),
        step("modulus_z", "apply", "z(1)*(abs(z(1))/z(1)) == abs(z(1))", "modulus", put={"x": "z(1)"}),
        step("moduli", "congruence", "E[z](z(1)*(abs(z(1))/z(1))) == E[z](abs(z(1)))", "modulus_z"),
        step("normal", "apply", "E[z](z(1)*(abs(z(1))/z(1))) == sqrt(2/pi)", "claim:ae.c1-sign", "p4", "n4",
             symbols={"sigma(x)": "abs(x)/x"}),
        step("goal", "certificate", goal, "compare", "mean_x", "mean_z", "moduli", "normal",
             terms=[["c:2/pi", "compare"]],
             combine={"mean_x": "-1", "mean_z": "1", "moduli": "1", "normal": "-1"}),
    ]  # fmt: skip
    hyps = {
        "unit": "Sum(k, 1, d, u(k)**2) == 1",
        **_LAW,
        "above": "All(k, All(t, exp(-t**2/2) <= E[z](cos(t*f(k, z(k))))))",
    }
    return Proof(Statement(goal, hyps, declare="i,k:Z d,p:N", inhabited=NORMAL, inhabited_steps=normal_steps()), steps)


def build_haar_best(value: str = "1 - 2*n/(pi*d)") -> Proof:
    """Return the derivation of R >= 1 - 2r/pi for sign codes with orthonormal rows of capped data.

    Rows b_i orthonormal (r = n/d <= 1), code sgn(b_i . x), decoder c B^T, c >= 0: R = 1 - 2c/d sum_i E|b_i . x| + c^2 r
    as in `ae.univ-rate`, and no mean modulus is larger than sqrt(2/pi) (`ae.sp-gaussian-cap`). Rows spread over
    many coordinates, as those of Haar matrices, come as close to the bound as one likes. Derived in this project.

    Arguments:
        value: knob of the mutant, the bound.

    Returns:
        The derivation.

    Example:
        >>> build_haar_best().statement.goal
        '1 - 2*n/(pi*d) <= risk'
    """
    general = build_universal_code()
    wanted = ("centred", "spread", "moment", "x_l4")
    hyps = {k: v for k, v in general.statement.hyps.items() if k not in wanted}
    let = {k: v for k, v in general.statement.let.items() if k not in ("c", "third(k)")}
    shared = general.steps[: 1 + [s["id"] for s in general.steps].index("length")]
    row = "Sum(k, 1, d, b(i, k)*X(k))"
    goal = f"{value} <= risk"
    steps = [
        *shared,
        step("start_t", "apply", "C(i, 0, t) == 1", "start", at={"i": "i", "t": "t"}),
        step("start_i", "generalize", "All(t, C(i, 0, t) == 1)", "start_t"),
        step("product_i", "apply", f"All(k, All(t, Imp(0 <= k, {_next('i')})))", "product", at={"i": "i"}),
        step("cap_i", "apply", f"E[z](abs({row})) <= sqrt(2/pi)", "claim:ae.sp-gaussian-cap", "length", "x_l2",
             "symmetric", "start_i", "product_i", "above",
             symbols={"u(k)": "b(i, k)", "C(k,t)": "C(i, k, t)", "f(k,x)": "f(k, x)"}),
        step("caps", "monotone", "Sum(i, 1, n, E[z](abs(u(i)))) <= Sum(i, 1, n, sqrt(2/pi))", "cap_i"),
        step("total", "identity", "Sum(i, 1, n, sqrt(2/pi)) == n*sqrt(2/pi)"),
        step("n_lo", "sign", "0 <= n"),
        step("root", "arithmetic", "sqrt(2/pi)**2 == 2/pi"),
        step("goal", "certificate", goal, "caps", "total", "expand", "data", "coded", "cross", "root", "c", "n_lo",
             "positive", times="d", terms=[["c:2*c", "caps"], ["n_lo", "sq:c - sqrt(2/pi)"]],
             combine={"expand": "1", "data": "1", "cross": "-2*c", "coded": "c**2", "total": "-2*c", "root": "-n"},
             prose="The parabola in c is at least its minimum."),
    ]  # fmt: skip
    hyps |= {
        "c": "0 <= c",
        "symmetric": "All(k, All(t, E[z](sin(t*X(k))) == 0))",
        "start": "All(i, All(t, C(i, 0, t) == 1))",
        "product": f"All(i, All(k, All(t, Imp(0 <= k, {_next('i')}))))",
        "above": "All(k, All(t, exp(-t**2/2) <= E[z](cos(t*X(k)))))",
    }
    example = {**UNIVERSAL_EXAMPLE, "C(i,k,t)": _NORMAL, "c": "1"}
    return Proof(
        Statement(goal, hyps, declare="i,j,k:Z n,d:N", let=let, inhabited=example, inhabited_steps=one_row_steps()),
        steps,
    )


def one_row_steps() -> list[dict[str, Any]]:
    """Return the steps that show the hypotheses of :func:`build_haar_best` for one normal coordinate."""
    laws = [s for s in normal_steps() if s["for"] in ("symmetric", "start", "product", "above")]
    every = []
    for name in ("start", "product"):
        last = [s for s in laws if s["for"] == name][-1]
        every.append({"for": name, **step(f"{name}_every", "generalize", f"All(i, {last['goal']})", last["id"])})
    return [*UNIVERSAL_STEPS, *laws, *every]


def _next(i: str) -> str:
    return f"C({i}, k + 1, t) == C({i}, k, t)*E[z](cos(t*(b({i}, k + 1)*X(k + 1))))"
