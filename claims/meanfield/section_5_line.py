"""Section 5: the integral (5.4) over the line without truncation, (5.1), and the bound (5.18)."""

from __future__ import annotations

from ...analysis.meanfield import line_integral
from ..claim import Claim, Mutant, Text

_GIBBS = Text("The Gibbs density without truncation, for any data and residuals.",
              r"\rho=\tfrac1Ze^{-\beta(a\sum_ir_i(wx_i+b)_++\frac\lambda2|\theta|^2)},\ m=\tau=\infty,\ \beta,\lambda>0")
_INSIDE = Text(r"It is integrable: on the whole circle $|g|$ is below $\lambda$.",
               r"|g(\varphi)|<\lambda,\ g(\varphi)=\sum_ir_i(x_i\cos\varphi+\sin\varphi)_+")
_SIDES = Text(r"$P$ and $Q$ are the sums over the data to the right and to the left of $s$.",
              r"P=\sum_ir_i(x_i-s)_+,\ Q=\sum_ir_i(s-x_i)_+")  # fmt: skip
_ONE = {"lam": "3", "beta": "1", "M": "1", "r(i)": "1", "x(i)": "1", "s": "0"}

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
)  # fmt: skip
