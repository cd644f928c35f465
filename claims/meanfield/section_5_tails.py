"""Section 5: Gaussian integrals that bound the curvature outside of the cluster set (Lemma 5.7)."""

from __future__ import annotations

from ...analysis.meanfield import curvature_bound, gaussian_tail
from ...analysis.meanfield import curvature_tail as tail
from ..claim import Claim, Mutant, Text

_CUT = Text("Truncation keeps the sign and does not lengthen.",
            r"0\le a^m\le a\ (a\ge0),\ a\le a^m\le0\ (a\le0),\ 0\le v\le w,\ v=w^m")  # fmt: skip
_FORM = Text("The integral, with k = beta lambda and the scaled sum c of the residuals on the right.",
             r"I^j=\int_0^\infty\!\int|a^m|v^2e^{-\frac k2(2a^mvc+a^2+w^2+v^2x^2)}\,da\,dw,\ k>0")  # fmt: skip
_OUTSIDE = Text("Outside of the cluster set.", r"1+x^2-c^2\ge\bar C,\ 0<\bar C\le1")
_FINITE = Text("The inner integral is integrable in w.")

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.eq-5.28",
        title="mean of the positive part of a Gaussian",
        paper="jmlr", relation="as-printed", locator="(5.28), p. 28", kind="inequality", expected="proved",
        statement=Text("With the mean of the modulus between.",
                       r"\mathbb E(A)_+\le\mathbb E|A|\le\sqrt{\mu^2+\tfrac1k},\quad A\sim N(\mu,\tfrac1k)"),
        hypotheses=(Text("The inverse variance is positive; the integrals are not divided by the mass.", r"k>0"),),
        proof=gaussian_tail.build_positive_part,
        mutants=(
            Mutant("mean", "constant", {"root": "sqrt(mu**2)"}, {"k": "1", "mu": "0"}, prose="without the variance"),
        ),
    ),
    Claim(
        id="mf.eq-Ij-bound",
        title="bound on the integral over a half-line",
        paper="jmlr", relation="as-printed", locator="end of p. 28", kind="inequality", expected="proved",
        statement=Text(
            "The printed bound holds, although the integral from which it is read has another constant.",
            r"I^j\le\frac{4\pi}{k(k\bar C)^{3/2}}+2\sqrt{2\pi}\,\frac{\sqrt{(1+x^2)/k}}{(k\bar C)^2}",
        ),
        hypotheses=(_FORM, _CUT, _OUTSIDE, _FINITE),
        proof=tail.build_half_line,
        mutants=(
            Mutant("tenth", "constant", {"first": "2*pi/(5*k)*1/sqrt(k*C)**3", "second": "1/5*sqrt(2*pi)"}, tail.PLAIN,
                   tail.plain_steps(), prose="a tenth of both constants"),
        ),
    ),
    Claim(
        id="mf.eq-5.24-5.25",
        title="the integral over a quadrant",
        paper="jmlr", relation="as-printed", locator="(5.24), (5.25), p. 27", kind="inequality", expected="proved",
        statement=Text(
            "The integral over a half-line of w is at most twice that over the quadrant; (5.25) is its mirror image.",
            r"I^j\le2\int_0^\infty\!\int_0^\infty aw^2e^{-\frac k2(-2av|c|+a^2+w^2+v^2x^2)}\,da\,dw",
        ),
        hypotheses=(_FORM, _CUT, _FINITE, Text("So is the inner integral over the quadrant.")),
        proof=tail.build_quadrant,
        mutants=(
            Mutant("once", "constant", {"factor": "1"}, tail.PLAIN, tail.plain_steps(), prose="once the integral"),
        ),
    ),
    Claim(
        id="mf.lemma-5.7",
        title="curvature outside of the cluster set",
        paper="jmlr", relation="sharper",
        locator="Lemma 5.7, p. 27, with the distance (4.10) and an explicit constant",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The integral (5.4) under the Gibbs density.",
            r"\Bigl|\frac1Z\int\!\int a^m(w^m)^2E(a,w)\,da\,dw\Bigr|\le\frac K{\beta\lambda^{7/4}\bar C^2},\quad"
            r"K=\frac2{Z_0}\bigl(4\pi+2\sqrt{2\pi(1+x^2)}\bigr)",
        ),
        hypotheses=(
            Text("The Gibbs weight on the line (mf.psi-split), with k = beta lambda.",
                 r"E(a,\pm w)=e^{-\frac k2(2a^mvc_\pm+a^2+w^2+v^2x^2)}\quad(w\ge0),\ k=\beta\lambda,\ \beta,\lambda>0"),
            _CUT,
            Text("The square of the truncated weight is even.", r"(v(-w))^2=v(w)^2"),
            Text("Outside of the cluster set.", r"1+x^2-c_\pm^2\ge\bar C,\ 0<\bar C\le1"),
            Text("Lemma 5.6.", r"Z\ge\frac{Z_0}{\beta^{3/2}\lambda^{3/4}},\ Z_0>0"),
            Text("The inner integrals, with the modulus of a and without, are integrable in w."),
        ),
        proof=curvature_bound.build_curvature_tail,
        mutants=(
            Mutant("minus", "sign", {"constant": "-2*(4*pi+2*sqrt(2*pi)*sqrt(1+x**2))/Z0"}, curvature_bound.STILL,
                   curvature_bound.still_steps(), prose="a negative constant"),
        ),
    ),
)  # fmt: skip
