"""For cubic activations equiangular tight frames are the best encoders of their size."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, second_moment
from .cubic_activation import CUBIC, CUBIC_HYPS
from .setting import EXAMPLE
from .tight import FRAME

_FRAME = {k: v.replace("G(", "H(").replace("b(", "y(") for k, v in FRAME.items()}


def build_cubic_optimum(last: str = "(n - 1)") -> Proof:
    """Return the derivation: with f(t) = t + w t^3 no autoencoder of n >= d units beats an equiangular tight frame.

    The rows y_i of the frame attain the bound of `ae.bound-etf`: its risk (`ae.etf-risk`) has the divisor
    f(1) + (r - 1) f(gamma)/gamma = r + alpha + w (r - 1)^2/(n - 1), because (n - 1) gamma^2 = r - 1. Derived in this
    project.

    Arguments:
        last: knob of the mutant, the divisor n - 1 in the value of gamma^2.

    Returns:
        The derivation.

    Example:
        >>> build_cubic_optimum().statement.goal
        'frame_risk <= risk and (n - 1)*gamma**2 == n/d - 1'
    """
    let = {
        **BOUND_LET,
        "H(i,j)": "Sum(k, 1, d, y(i, k)*y(j, k))",
        "divisor": "f1 + (n/d - 1)*(fg/gamma)",
        "S(k,i)": "y(i, k)/(f1 + (n/d - 1)*(fg/gamma))",
        "frame_risk": "E[z](Sum(k, 1, d, (z(k) - Sum(i, 1, n, S(k, i)/c1*sigma(Sum(m, 1, d, y(i, m)*z(m)))))**2))/d",
        "total": "r + alpha + w(0)*(r - 1)**2/(n - 1)",
    }
    angle = f"{last}*gamma**2 == n/d - 1"
    goal = f"frame_risk <= risk and {angle}"
    gap = "(1 - delta(1, j))*(H(1, j) - gamma)*(H(1, j) + gamma)"
    bound_hyps = [k for k in BOUND_HYPS if k != "units"]
    steps = [
        *second_moment(),
        # the angle of the frame
        step("j_lo", "assume", "1 <= j"),
        step("j_hi", "assume", "j <= n"),
        step("k_lo", "assume", "1 <= k"),
        step("k_hi", "assume", "k <= d"),
        step("m_lo", "assume", "1 <= m"),
        step("m_hi", "assume", "m <= d"),
        step("first_lo", "sign", "1 <= 1"),
        step("first_hi", "certificate", "1 <= n", "two", terms=[["c:1", "two"], ["c:1"]]),
        step(
            "gap_j",
            "apply",
            f"{gap} == 0",
            "equiangular",
            "first_lo",
            "first_hi",
            "j_lo",
            "j_hi",
            at={"i": "1", "j": "j"},
        ),
        step("gaps", "congruence", f"Sum(j, 1, n, {gap}) == Sum(j, 1, n, 0)", "gap_j"),
        step("row", "apply", "H(1, 1) == 1", "frame_unit", at={"i": "1"}),
        step(
            "pick",
            "sums",
            "Sum(j, 1, n, delta(1, j)*(H(1, j) - gamma)*(H(1, j) + gamma)) == (H(1, 1) - gamma)*(H(1, 1) + gamma)",
            "first_lo",
            "first_hi",
            kind="delta",
            index="1",
            rest="(H(1, j) - gamma)*(H(1, j) + gamma)",
        ),
        step(
            "tight_km",
            "apply",
            "Sum(j, 1, n, y(j, k)*y(j, m)) == n/d*delta(k, m)",
            "tight",
            "k_lo",
            "k_hi",
            "m_lo",
            "m_hi",
            at={"k": "k", "m": "m"},
        ),
        step(
            "tight_y",
            "identity",
            "y(1, k)*y(1, m)*Sum(j, 1, n, y(j, k)*y(j, m)) == n/d*y(1, k)*y(1, m)*delta(k, m)",
            "tight_km",
            combine={"tight_km": "y(1, k)*y(1, m)"},
        ),
        step(
            "tight_m",
            "congruence",
            "Sum(m, 1, d, y(1, k)*y(1, m)*Sum(j, 1, n, y(j, k)*y(j, m))) == "
            "Sum(m, 1, d, n/d*y(1, k)*y(1, m)*delta(k, m))",
            "tight_y",
        ),
        step(
            "tight_k",
            "congruence",
            "Sum(k, 1, d, Sum(m, 1, d, y(1, k)*y(1, m)*Sum(j, 1, n, y(j, k)*y(j, m)))) == "
            "Sum(k, 1, d, Sum(m, 1, d, n/d*y(1, k)*y(1, m)*delta(k, m)))",
            "tight_m",
        ),
        step(
            "angle",
            "identity",
            angle,
            "gaps",
            "pick",
            "row",
            "tight_k",
            combine={"gaps": "-1", "pick": "-1", "row": "-(H(1, 1) + 1) + n/d", "tight_k": "1"},
            prose="One row of H^2 = r H.",
        ),
        # f(1), f(gamma) and alpha of a cubic activation
        step(
            "f_1",
            "identity",
            "f1 == 1 + a",
            "one",
            "at_one_all",
            "at_one",
            combine={"one": "1", "at_one_all": "1", "at_one": "1"},
        ),
        step("low", "certificate", "-1 <= gamma", "gamma", terms=[["gamma"], ["c:1"]]),
        step(
            "series",
            "apply",
            "Series(l, 0, (c(l)/c1)**2*gamma**l) == gamma + w(0)*gamma**3",
            "claim:ae.cubic-series",
            *CUBIC_HYPS,
            "low",
            "gamma_high",
            put={"t": "gamma"},
        ),
        step(
            "f_gamma",
            "identity",
            "fg == gamma + w(0)*gamma**3",
            "at_gamma",
            "series",
            combine={"at_gamma": "1", "series": "1"},
        ),
        # the two values agree
        step("g_sign", "assume", "0 < gamma"),
        step("t_0", "assume", "t == x"),
        step("t_1", "assume", "y == 1 + x"),
        step("t_2", "assume", "s == gamma + z*gamma**3"),
        step("t_3", "assume", "(n - 1)*gamma**2 == n/d - 1"),
        step("n_positive", "certificate", "0 < n - 1", "two", terms=[["c:1", "two"], ["c:1"]]),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step(
            "divisors",
            "identity",
            "y + (n/d - 1)*(s/gamma) == n/d + t + z*(n/d - 1)**2/(n - 1)",
            "t_0",
            "t_1",
            "t_2",
            "t_3",
            "g_sign",
            "n_positive",
            "d_positive",
            combine={"t_0": "-1", "t_1": "1", "t_2": "(n/d - 1)/gamma", "t_3": "z*(n/d - 1)/(n - 1)"},
        ),
        step(
            "divisors_if",
            "discharge",
            "Imp(0 < gamma, t == x, y == 1 + x, s == gamma + z*gamma**3, (n - 1)*gamma**2 == n/d - 1, "
            "y + (n/d - 1)*(s/gamma) == n/d + t + z*(n/d - 1)**2/(n - 1))",
            "divisors",
        ),
        step(
            "divisor_value",
            "apply",
            "divisor == total",
            "divisors_if",
            "gamma",
            "alpha",
            "f_1",
            "f_gamma",
            "angle",
            put={"t": "alpha", "x": "a", "y": "f1", "s": "fg", "z": "w(0)"},
        ),
        step("same", "assume", "x == y"),
        step("quotient", "arithmetic", "z/x == z/y", "same"),
        step("quotient_if", "discharge", "Imp(x == y, z/x == z/y)", "quotient"),
        step(
            "quotients",
            "apply",
            "r/divisor == r/(total)",
            "quotient_if",
            "divisor_value",
            put={"x": "divisor", "y": "total", "z": "r"},
        ),
        step(
            "bound",
            "apply",
            "1 - r/(r + alpha + w(0)*(r - 1)**2/(n - 1)) <= risk",
            "claim:ae.bound-etf",
            *bound_hyps,
            "two",
            "wide",
        ),
        step(
            "frame",
            "apply",
            "1 - n/d/divisor <= frame_risk and frame_risk == 1 - n/d/divisor",
            "claim:ae.etf-risk",
            "dimension",
            "frame_unit",
            "square_integrable",
            "coefficient",
            "nonzero",
            "odd",
            "gamma",
            "gamma_high",
            "equiangular",
            "tight",
            "one",
            "at_gamma",
            "divisor",
            symbols={"b(i,k)": "y(i, k)", "A(k,i)": "S(k, i)"},
        ),
        step("attained", "sign", "frame_risk == 1 - n/d/divisor", "frame"),
        step(
            "best",
            "certificate",
            "frame_risk <= risk",
            "bound",
            "quotients",
            "attained",
            terms=[["bound"]],
            combine={"attained": "-1", "quotients": "1"},
        ),
        step("goal", "sign", goal, "best", "angle"),
    ]
    hyps = {
        **{k: v for k, v in BOUND_HYPS.items() if k != "units"},
        "two": "2 <= n",
        "wide": "d <= n",
        "cubic": CUBIC,
        "frame_unit": "All(i, Sum(m, 1, d, y(i, m)**2) == 1)",
        "gamma": "0 < gamma",
        "gamma_high": "gamma <= 1",
        **_FRAME,
        "one": "f1 == Series(l, 0, (c(l)/c1)**2*1**l)",
        "at_gamma": "fg == Series(l, 0, (c(l)/c1)**2*gamma**l)",
        "divisor": "divisor != 0",
    }
    line = {"n": "2", "d": "1", "b(i,k)": "delta(k, 1)", "y(i,k)": "delta(k, 1)", "gamma": "1", "f1": "7", "fg": "7"}
    return Proof(Statement(goal, hyps, declare="i,j,k,m,e:Z n,d,l,p:N", let=let, inhabited={**EXAMPLE, **line}), steps)
