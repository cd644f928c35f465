"""Lemmas about the logarithm that derivations put at their head: quotients, and order."""

from __future__ import annotations

from ..proof import step
from .gibbs import Steps


def log_quotient() -> Steps:
    """Return steps that end in the lemma "log-quotient": log(P/Q) = log P - log Q for P, Q > 0.

    With d = log(P/Q) - log P + log Q both exp(d) and exp(-d) are 1, and exp(s) >= 1 + s at s = d, -d leaves d = 0.

    Example:
        >>> log_quotient()[-1]["goal"]
        'Imp(0 < P, 0 < Q, log(P/Q) == log(P)-log(Q))'
    """
    d = "(log(P/Q)-log(P)+log(Q))"
    return [
        step("P", "assume", "0 < P"),
        step("Q", "assume", "0 < Q"),
        step("P/Q", "sign", "0 < P/Q", "P", "Q"),
        *[
            step(f"exp-{name}", "apply", f"exp(log({t})) == {t}", "axiom:logarithm", name, put={"t": t})
            for name, t in (("P", "P"), ("Q", "Q"), ("P/Q", "P/Q"))
        ],
        step("exp-both", "identity", "exp(log(P/Q)+log(Q)) == exp(log(P))", "exp-P", "exp-Q", "exp-P/Q", "Q",
             combine={"exp-P/Q": "exp(log(Q))", "exp-Q": "P/Q", "exp-P": "-1"}),
        step("exp-d", "identity", f"exp({d}) == 1", "exp-both", combine={"exp-both": "exp(-log(P))"}),
        step("exp-minus-d", "identity", f"exp(-{d}) == 1", "exp-d", combine={"exp-d": f"-exp(-{d})"}),
        step("tangent-d", "arithmetic", f"1+{d} <= exp({d})"),
        step("tangent-minus-d", "arithmetic", f"1-{d} <= exp(-{d})"),
        step("quotient", "arithmetic", "log(P/Q) == log(P)-log(Q)", "exp-d", "exp-minus-d", "tangent-d",
             "tangent-minus-d"),
        step("log-quotient", "discharge", "Imp(0 < P, 0 < Q, log(P/Q) == log(P)-log(Q))", "quotient"),
    ]  # fmt: skip


def log_order() -> Steps:
    """Return steps that end in the lemma "log-order": log P <= log Q for 0 < P <= Q.

    Example:
        >>> log_order()[-1]["goal"]
        'Imp(0 < P, P <= Q, log(P) <= log(Q))'
    """
    d = "(log(P)-log(Q))"
    return [
        step("low", "assume", "0 < P"),
        step("high", "assume", "P <= Q"),
        step("upper", "arithmetic", "0 < Q", "low", "high"),
        step("low-exp", "apply", "exp(log(P)) == P", "axiom:logarithm", "low", put={"t": "P"}),
        step("high-exp", "apply", "exp(log(Q)) == Q", "axiom:logarithm", "upper", put={"t": "Q"}),
        step("product", "identity", f"exp({d})*Q == P", "low-exp", "high-exp",
             combine={"low-exp": "1", "high-exp": f"-exp({d})"}),
        step("convex", "arithmetic", f"1+{d} <= exp({d})"),
        step("below", "arithmetic", "Imp(e*q == p, p <= q, 0 < q, 1+d <= e, d <= 0)"),
        step("order", "apply", f"{d} <= 0", "below", "product", "high", "upper", "convex",
             put={"e": f"exp({d})", "q": "Q", "p": "P", "d": d}),
        step("ordered", "arithmetic", "log(P) <= log(Q)", "order"),
        step("log-order", "discharge", "Imp(0 < P, P <= Q, log(P) <= log(Q))", "ordered"),
    ]  # fmt: skip
