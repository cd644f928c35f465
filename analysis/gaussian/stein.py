"""Gaussian integration by parts without a derivative: E[z_k sigma(b.z)] = b_k E[z sigma(z)] for a unit vector b."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


def build_stein(factor: str = "1", unit: str = "1") -> Proof:
    """Return the derivation of E[z_k sigma(b.z)] = b_k E[z_1 sigma(z_1)] for |b| = 1 and any square-integrable sigma.

    The coordinate z_k and b.z are jointly Gaussian with correlation b_k; after a rotation b.z = z_1 and z_k = b_k z_1 +
    sqrt(1 - b_k^2) z_2, and the part along z_2 is independent of z_1.  Derived in this project.

    Arguments:
        factor: knob of the mutant, a factor of the right side.
        unit: knob of the mutant, the squared length that b has.

    Returns:
        The derivation.

    Example:
        >>> build_stein().statement.goal
        'E[z](z(k)*sigma(Sum(m, 1, d, b(m)*z(m)))) == 1*b(k)*E[z](z(1)*sigma(z(1)))'
    """
    along = "Sum(m, 1, d, b(m)*z(m))"
    picked = "Sum(m, 1, d, delta(m, k)*z(m))"
    turned = "(b(k)*z(1) + sqrt(1 - b(k)**2)*z(2))*sigma(z(1))"
    goal = f"E[z](z(k)*sigma({along})) == {factor}*b(k)*E[z](z(1)*sigma(z(1)))"
    statement = Statement(
        goal,
        {
            "first": "1 <= k",
            "last": "k <= d",
            "unit": f"Sum(m, 1, d, b(m)**2) == {unit}",
            "square_integrable": "L2[z](sigma(z(1)))",
        },
        declare="k,m:Z d:N",
        inhabited={"k": "1", "d": "2", "b(m)": "3/5*delta(m,1) + 4/5*delta(m,2)", "sigma(x)": "x**3"},
    )
    steps = [
        step(
            "axis",
            "sums",
            "Sum(m, 1, d, delta(m, k)**2) == 1",
            "first",
            "last",
            kind="delta",
            index="k",
            rest="1",
            prose="The k-th coordinate direction is a unit vector.",
        ),
        step(
            "cosine",
            "sums",
            "Sum(m, 1, d, b(m)*delta(m, k)) == b(k)",
            "first",
            "last",
            kind="delta",
            index="k",
            rest="b(m)",
            prose="Its inner product with b is b_k.",
        ),
        step("coordinate", "sums", f"{picked} == z(k)", "first", "last", kind="delta", index="k", rest="z(m)"),
        step("replace", "identity", f"{picked}*sigma({along}) == z(k)*sigma({along})", "coordinate"),
        step("restate", "congruence", f"E[z]({picked}*sigma({along})) == E[z](z(k)*sigma({along}))", "replace"),
        step(
            "rotate",
            "apply",
            f"E[z]({picked}*sigma({along})) == E[z]({turned})",
            "axiom:gaussian-rotation",
            "unit",
            "axis",
            "cosine",
            put={"r": "b(k)"},
            symbols={"u(k)": "b(k)", "v(m)": "delta(m, k)", "f(x,y)": "y*sigma(x)"},
            prose="Rotate so that b.z becomes z_1 and z_k becomes b_k z_1 + sqrt(1 - b_k^2) z_2.",
        ),
        step("z1", "apply", "L2[z](z(1))", "axiom:gaussian-square-integrable", put={"k": "1"}),
        step("z2", "apply", "L2[z](z(2))", "axiom:gaussian-square-integrable", put={"k": "2"}),
        step(
            "parts",
            "linear",
            f"E[z]({turned}) == b(k)*E[z](z(1)*sigma(z(1))) + sqrt(1 - b(k)**2)*E[z](z(2)*sigma(z(1)))",
            "square_integrable",
            "z1",
            "z2",
            prose="Expectation is linear.",
        ),
        step(
            "independent",
            "apply",
            "E[z](sigma(z(1))*z(2)) == E[z](sigma(z(1)))*E[z](z(1))",
            "axiom:gaussian-independence",
            "square_integrable",
            "z1",
            symbols={"s(x)": "sigma(x)", "t(x)": "x"},
            prose="The part along z_2 is independent of z_1 ...",
        ),
        step("mean", "apply", "E[z](z(1)) == 0", "axiom:gaussian-mean", put={"k": "1"}, prose="... and has mean zero."),
        step(
            "stein",
            "identity",
            goal,
            "restate",
            "rotate",
            "parts",
            "independent",
            "mean",
            combine={"restate": "-1", "rotate": "1", "parts": "1", "independent": "sqrt(1 - b(k)**2)"},
        ),
    ]
    return Proof(statement, steps)
