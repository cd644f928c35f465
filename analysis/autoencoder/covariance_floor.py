"""A floor on the error for every covariance in closed form: the sharper bound for more units than coordinates."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, coefficients, odd_form
from .setting import EXAMPLE


def build_covariance_floor(noise: str = "w(0)*(n/d - 1)**2/(n - 1)") -> Proof:
    """Return the derivation of beta (Tr D)^2/(n + d beta) <= E|x - x_hat|^2 for every covariance D^2 and n >= d units.

    beta = alpha + (c_3/c_1)^2 (r - 1)^2/(n - 1), r = n/d. All degrees from 3 on are tested with the same number o in
    all directions, the cubic one by `ae.cubic-term`, and the linear one with D - beta o; then o = Tr D/(n + d beta).
    D = I gives `ae.bound-etf`; where water-filling has all directions active this is its bound with beta in place of
    alpha. Derived in this project.

    Arguments:
        noise: knob of the mutant, what is added to alpha.

    Returns:
        The derivation.

    Example:
        >>> build_covariance_floor().statement.goal
        'beta*total**2/(n + d*beta) <= E[z](square)'
    """
    let = {
        **BOUND_LET,
        "square": "Sum(k, 1, d, (D(k)*z(k) - Sum(i, 1, n, A(k, i)/c1*sigma(u(i))))**2)",
        "variances": "Sum(k, 1, d, D(k)**2)",
        "total": "Sum(k, 1, d, D(k))",
        "crossed": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*D(k)*b(i, k)))",
        "gain": "(1 + (n/d - 1)**2/(n - 1))",
        "first": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*(D(k) - beta*o)*b(i, k)))",
        "rest": "Sum(i, 1, n, Sum(k, 1, d, A(k, i)*o*b(i, k)))",
        "slack": "Sum(h, 1, d, (D(h) - beta*o)**2) + 0*(n - Sum(h, 1, d, 0))",
        "cubic": "Sum(i, 1, n, Sum(j, 1, n, AA(i, j)*G(i, j)**3))",
    }
    goal = "beta*total**2/(n + d*beta) <= E[z](square)"
    best = "(total/(n + d*beta))"
    every = "2*beta*o*total - beta**2*o**2*d - beta*n*o**2 <= E[z](square)"
    steps: list[dict[str, Any]] = [
        step("risk", "apply", "E[z](square) == variances - 2*crossed + form", "claim:ae.risk-cov",
             "unit", "square_integrable", "coefficient", "nonzero", symbols={"s(k)": "D(k)"}),
        *coefficients(),
        *odd_form(),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "two", terms=[["c:1", "two"], ["c:2"]]),
        step("last", "certificate", "0 < n - 1", "two", terms=[["c:1", "two"], ["c:1"]]),
        # the cubic degree
        step("cubic", "apply", "trace**2*(1/n + (n/d - 1)**2/(n*(n - 1))) <= cubic", "claim:ae.cubic-term",
             "dimension", "two", "wide", "unit"),
        step("third", "certificate", "2*gain*rest <= cubic + gain*n*o**2", "cubic", "n_positive", "last", "d_positive",
             terms=[["cubic"], ["c:1/n", "sq:trace - n*o"], ["c:1/(n*(n - 1))", "sq:n/d - 1", "sq:trace - n*o"]]),
        # all degrees
        step("level", "sign", "0 <= 0"),
        step("kept_h", "certificate", "0*0 <= (D(h) - beta*o)**2", terms=[["sq:D(h) - beta*o"]]),
        step("kept_if", "discharge", "Imp(1 <= h, h <= d, 0*0 <= (D(h) - beta*o)**2)", "kept_h"),
        step("kept", "generalize", "All(h, Imp(1 <= h, h <= d, 0*0 <= (D(h) - beta*o)**2))", "kept_if"),
        step("top", "sign", "0 <= o**2"),
        step("series", "apply",
             "2*first + 2*(a + w(0)*(gain - 1))*rest <= odd_form + slack + (a + w(0)*(gain - 1))*n*o**2",
             "claim:ae.wf-series", "unit", "weights", "summable", "level", "kept", "top", "third",
             symbols={"w(p)": "w(p)", "g(h)": "(D(h) - beta*o)", "x(h)": "(D(h) - beta*o)**2", "t(h)": "0",
                      "v(h)": "o"}, put={"y": "0", "u": "o**2", "gain": "gain"}),
        step("for_every_o", "certificate", every, "series", "risk", "odd_form", "alpha", "noise", terms=[["series"]],
             combine={"risk": "1", "odd_form": "1", "alpha": "n*o**2 - 2*rest", "noise": "n*o**2 - 2*rest"}),
        # the best o
        step("third_weight", "sign", "0 <= w(0)*(n/d - 1)**2/(n - 1)", "last"),
        step("beta_sign", "certificate", "0 <= beta", "a", "alpha", "noise", "third_weight",
             terms=[["a"], ["third_weight"]], combine={"alpha": "1", "noise": "1"}),
        step("divisor", "sign", "0 < n + d*beta", "n_positive", "beta_sign"),
        step("at_best", "apply", every.replace("*o*", f"*{best}*").replace("o**2", f"{best}**2"), "for_every_o",
             put={"o": best}),
        step("goal", "certificate", goal, "at_best", "divisor", terms=[["at_best"]]),
    ]  # fmt: skip
    hyps = {
        **{k: v for k, v in BOUND_HYPS.items() if k != "units"},
        "two": "2 <= n",
        "wide": "d <= n",
        "noise": f"beta == alpha + {noise}",
    }
    example = {**EXAMPLE, "n": "2", "d": "1", "b(i,k)": "delta(k, 1)", "D(k)": "14", "beta": "12"}
    declare = "i,j,k,m,h:Z n,d,l,p:N"
    return Proof(Statement(goal, hyps, declare=declare, let=let, inhabited=example), steps)
