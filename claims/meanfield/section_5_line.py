"""Section 5: the integral (5.4) over the line without truncation, (5.1), and the bound (5.18)."""

from __future__ import annotations

from ...analysis.kernel.derivation import Statement
from ...analysis.meanfield import line_bounds, line_integral
from ..claim import Claim, Mutant, Refutation, Text

_GIBBS = Text(
    "The Gibbs density without truncation, for any data and residuals.",
    r"\rho=\tfrac1Ze^{-\beta(a\sum_ir_i(wx_i+b)_++\frac\lambda2|\theta|^2)},\ m=\tau=\infty,\ \beta,\lambda>0",
)
_INSIDE = Text(
    r"It is integrable: on the whole circle $|g|$ is below $\lambda$.",
    r"|g(\varphi)|<\lambda,\ g(\varphi)=\sum_ir_i(x_i\cos\varphi+\sin\varphi)_+",
)
_SIDES = Text(r"$P$ and $Q$ are the sums over the data to the right and to the left of $s$.",
              r"P=\sum_ir_i(x_i-s)_+,\ Q=\sum_ir_i(s-x_i)_+")  # fmt: skip
_FORMS = Text(r"The polynomials of both sides, with $P$ and $Q$ the sums over the data to the right and left of $s$.",
              r"f_S=1+s^2-S^2/\lambda^2,\ P=\sum_ir_i(x_i-s)_+,\ Q=\sum_ir_i(s-x_i)_+")  # fmt: skip
_ONE = {"lam": "3", "beta": "1", "M": "1", "r(i)": "1", "x(i)": "1", "s": "0"}
# The datum at 0, seen from -1: on the line the unit is (w)_+.
_LEFT = {"lam": "3", "beta": "1", "M": "1", "r(i)": "1", "x(i)": "0", "s": "-1"}
_COLD = {**_LEFT, "beta": "10**6"}


def _without_partition() -> Refutation:
    corrected = line_bounds.build_form_bound().statement
    goal = f"{corrected.goal.split(' <= ')[0]} <= 1000*{line_bounds.FORM}"
    printed = Statement(goal, corrected.hyps, corrected.declare, corrected.let)
    return Refutation(printed, _COLD, (("corrected", corrected, _COLD), ("warm", printed, _LEFT)))


CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.line-integral",
        title="the integral over the line in closed form",
        paper="own", relation="new", locator="derived in this project (for (5.4), p. 18)", kind="identity",
        expected="proved",
        statement=Text(
            "Without truncation the integral (5.4) is elementary.",
            r"\int\!\int aw^2e^{-\beta\Psi(a,w,-ws)}\,da\,dw=-\sqrt{\frac{2\pi}{\beta\lambda}}\frac{2\lambda}{\beta^2}"
            r"\sum_{S\in\{P,Q\}}\frac S{(\lambda^2(1+s^2)-S^2)^2}",
        ),
        hypotheses=(_GIBBS, _INSIDE, _SIDES),
        proof=line_integral.build_line_integral,
        mutants=(
            Mutant("half", "constant", {"factor": "lam/beta**2"}, _ONE, prose="half of it"),
        ),
    ),
    Claim(
        id="mf.eq-5.1",
        title="curvature as an integral over a line",
        paper="jmlr", relation="as-printed",
        locator="(5.1), (5.2), p. 17, for the quantity of (4.1) and (5.3), without truncation, where it is exact",
        kind="identity", expected="proved",
        statement=Text(
            "The predictor f is twice differentiable, and its second derivative is the integral over the line.",
            r"f''(s)=\int\!\int aw^2\rho(a,w,-ws)\,da\,dw",
        ),
        hypotheses=(_GIBBS, _INSIDE),
        proof=line_bounds.build_second_derivative,
        mutants=(
            Mutant("modulus", "constant", {"weight": "abs(w)"}, _LEFT, prose="the modulus of w instead of its square"),
        ),
    ),
    Claim(
        id="mf.eq-5.18.printed",
        title="the curvature by Gaussian integrals",
        paper="jmlr", relation="as-printed", locator="(5.18), p. 25", kind="counterexample", expected="refuted",
        statement=Text(
            "With a numerical constant and without the partition function; refuted with C = 1000 for one datum. As the"
            " two sides differ by a factor that grows with beta, a larger beta refutes any other C.",
            r"|(5.4)|\le C\int\!\int|a|w^2\Bigl[e^{-\frac{\beta\lambda}2f_P(a^2+w^2)}"
            r"+e^{-\frac{\beta\lambda}2f_Q(a^2+w^2)}\Bigr]da\,dw",
        ),
        hypotheses=(_GIBBS, _INSIDE, _FORMS),
        refutation=_without_partition,
        counterpart="mf.eq-5.18.corrected",
    ),
    Claim(
        id="mf.eq-5.18.corrected",
        title="the curvature by Gaussian integrals",
        paper="jmlr", relation="corrected", locator="(5.18), p. 25", kind="inequality", expected="proved",
        statement=Text(
            "With the partition function, and a constant that grows with s.",
            r"|(5.4)|\le\frac{1+s^2}{2Z}\int\!\int|a|w^2\Bigl[e^{-\frac{\beta\lambda}2f_P(a^2+w^2)}"
            r"+e^{-\frac{\beta\lambda}2f_Q(a^2+w^2)}\Bigr]da\,dw",
        ),
        hypotheses=(_GIBBS, _INSIDE, _FORMS),
        proof=line_bounds.build_form_bound,
        mutants=(
            Mutant("small", "constant", {"constant": "(1+s**2)/100"}, _LEFT, prose="a fiftieth of the constant"),
        ),
        counterpart="mf.eq-5.18.printed",
    ),
)  # fmt: skip
