"""Claims on one-bit codes of sparse data at rate 1: the identity, dithers of it, cascades."""

from __future__ import annotations

from ...analysis.autoencoder.sparse import (
    SGN_STEPS,
    SPARSE_EXAMPLE,
    build_edge,
    build_gaussian,
    build_identity_code,
    build_thresholds,
)
from ...analysis.autoencoder.sparse_codes import build_cascade, build_cascade_value, build_dither
from ...analysis.kernel.derivation import Statement
from ..claim import Claim, Mutant, Refutation, Text

_SGN = Text("sgn is the sign, with any value at 0.", r"\operatorname{sgn}x=1\ (x>0),\ -1\ (x<0)")
_P = Text("The probability of a non-zero coordinate.", r"0<p\le1")
_MEANS = Text(
    "Z is symmetric, has unit variance, the mean modulus m, and no atom at 0.",
    r"\mathbb E Z^2=1,\ m=\mathbb E|Z|,\ \mathbb E Z=\mathbb E\operatorname{sgn}Z=0",
)
_ISOTROPIC = Text("Data and code have unit mean squares.", r"\mathbb E\,x_k^2=\mathbb E\,s_i^2=1")
_GAUSSIAN_3 = {**SPARSE_EXAMPLE, "p": "3/4"}
_MODULUS = "((1 - p)*t*sqrt(2/pi) + p*(t*sqrt(2/pi)*exp(-(a**2/p)/(2*t**2)) + a/sqrt(p)*erf(a/sqrt(p)/(t*sqrt(2)))))"
_SCOPE_HYPS = {"range": "43/100 < p", "below": "p < 1", "circle": "a**2 + t**2 == 1", "positive": "0 < t"}


def _refute_scope() -> Refutation:
    """Return the refutation of: above p = 0.43 the dithered identity beats both the Haar and the identity code.

    At p = 3/5 its best a is 0.9226; 12/13 = 0.9231 has the same risk to four digits.

    Returns:
        The statement, p = 3/5 and a = 12/13; the controls are the same without biases, and p = 9/20.
    """
    goal = f"1 - {_MODULUS}**2 < 1 - 2/pi and 1 - {_MODULUS}**2 < {{}}"
    printed = Statement(goal.format("1 - 1/(2 - p)"), _SCOPE_HYPS)
    plain = Statement(goal.format("1 - p"), _SCOPE_HYPS)
    at = {"p": "3/5", "a": "12/13", "t": "5/13"}
    lower = {"p": "9/20", "a": "351/449", "t": "280/449"}
    return Refutation(printed, at, (("without biases", plain, at), ("smaller p", printed, lower)))


CLAIMS = (
    Claim(
        id="ae.sp-id",
        title="the identity code of sparse data",
        paper="icml24",
        relation="as-claimed",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The signs of the coordinates themselves have the risk 1 - p m^2 with a fair coin at 0, 1 - m^2/(2 - p) "
            "with sign(0) = +1 and a decoder bias, and 1 - m^2 with a third letter at 0.",
            r"1-pm^2,\qquad 1-\frac{m^2}{2-p},\qquad 1-m^2",
        ),
        hypotheses=(_SGN, _P, _MEANS),
        proof=build_identity_code,
        mutants=(
            Mutant("m", "constant", {"power": "m"}, SPARSE_EXAMPLE, SGN_STEPS, prose="p m in place of p m^2."),
            Mutant(
                "variance",
                "constant",
                {"zero": "p"},
                SPARSE_EXAMPLE,
                SGN_STEPS,
                prose="The variance of the sign taken as p, not p (2 - p).",
            ),
        ),
    ),
    Claim(
        id="ae.sp-thr",
        title="where the identity beats rotated coordinates",
        paper="icml24",
        relation="as-claimed",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The identity code beats 1 - 2/pi iff p m^2 > 2/pi, with sign(0) = +1 and a decoder bias iff "
            "p > 2 - pi m^2/2: for uniform Z beyond 8/(3 pi) and 2 - 3 pi/8, for Gaussian and Laplace Z never.",
            r"pm^2>\tfrac2\pi,\qquad p>2-\tfrac{\pi m^2}{2}",
        ),
        hypotheses=(_P,),
        proof=build_thresholds,
        mutants=(
            Mutant(
                "Rademacher's",
                "constant",
                {"uniform": "2 - pi/2"},
                {"p": "1/2", "m": "1"},
                prose="The threshold 2 - pi/2 for uniform Z.",
            ),
        ),
    ),
    Claim(
        id="ae.sp-dither",
        title="the dithered identity, exactly",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "B = aI + tQ with Q orthogonal and antisymmetric is orthogonal, and with the decoder uI + wQ^T its risk is "
            "1 - U^2 - W^2 at the best u and w, at every dimension and for all isotropic data, without an error term.",
            r"R=(u-U)^2+(w-W)^2+1-U^2-W^2,\qquad U=\tfrac1d\mathbb E\,x^{\top}s,\ W=\tfrac1d\mathbb E\,s^{\top}Qx",
        ),
        hypotheses=(
            Text("Q is orthogonal and antisymmetric.", r"QQ^{\top}=I,\ Q^{\top}=-Q"),
            Text("The two weights.", r"a^2+t^2=1"),
            _ISOTROPIC,
        ),
        proof=build_dither,
        mutants=(
            Mutant(
                "symmetric",
                "sign",
                {"sign": ""},
                {
                    "d": "2",
                    "a": "3/5",
                    "t": "4/5",
                    "Q(i,k)": "delta(i, k)",
                    "x(k)": "z(k)",
                    "s(i)": "abs(z(i))/z(i)",
                    "u": "1",
                    "w": "1",
                    "i": "1",
                    "j": "1",
                },
                prose="A symmetric Q: for Q = I the two decoders are one and B is not orthogonal.",
            ),
        ),
    ),
    Claim(
        id="ae.sp-a1",
        title="the dithered identity with little dither",
        paper="icml24",
        relation="as-claimed",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "As a -> 1 the risk is 1 - p m^2 - (1 - p)^2 2/pi, below rotated coordinates iff p > 2 - pi m^2/2: the "
            "threshold of the identity with sign(0) = +1 and a decoder bias.",
            r"1-pm^2-(1-p)^2\tfrac2\pi<1-\tfrac2\pi\iff p>2-\tfrac{\pi m^2}{2}",
        ),
        hypotheses=(_SGN, _P, _MEANS),
        proof=build_edge,
        mutants=(
            Mutant(
                "plain threshold",
                "constant",
                {"threshold": "2/pi"},
                _GAUSSIAN_3,
                SGN_STEPS,
                prose="The threshold 2/pi of the identity without biases.",
            ),
        ),
    ),
    Claim(
        id="ae.sp-gauss",
        title="sparse Gaussian data gain from no dither",
        paper="icml24",
        relation="as-claimed",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For sparse Gaussian data every row a x_1 + t g has at most the mean modulus of a rotated one: sparsity is "
            "of no use to it, whatever p.",
            r"\mathbb E\,|a\,x_1+t\,g|\le\sqrt{2/\pi}",
        ),
        hypotheses=(_SGN, _P, Text("The row is a unit vector.", r"a^2+t^2=1")),
        proof=build_gaussian,
        mutants=(
            Mutant(
                "less",
                "constant",
                {"limit": "9/10"},
                {"p": "1/2", "a": "0", "t": "1", "sgn(x)": "abs(x)/x"},
                SGN_STEPS,
                prose="Nine tenths of it: at a = 0 there is equality.",
            ),
        ),
    ),
    Claim(
        id="ae.sp-dither-scope",
        title="the dithered identity is not the best code",
        paper="own",
        relation="as-claimed",
        locator="derived in this project",
        kind="counterexample",
        expected="refuted",
        statement=Text(
            "Above p = 0.43 the dithered identity beats rotated coordinates and the identity with sign(0) = +1 and "
            "a decoder bias, on sparse signs.",
            r"1-\left(\mathbb E\,|a\,x_1+t\,g|\right)^2<\min\left(1-\tfrac2\pi,\ 1-\tfrac1{2-p}\right)",
        ),
        hypotheses=(Text("The range of p.", r"p>0.43"), Text("The row is a unit vector.", r"a^2+t^2=1")),
        refutation=_refute_scope,
    ),
    Claim(
        id="ae.sp-cascade",
        title="cascades of anticommuting signed permutations",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "A combination of pairwise anticommuting signed permutations with |a| = 1 is exactly orthogonal, so that "
            "its risk with a tied decoder is a parabola without cross terms.",
            r"B=\sum_ka_kP_k:\quad BB^{\top}=I,\qquad R=1-2cT+c^2,\ T=\tfrac1d\,\mathbb E\,s^{\top}Bx",
        ),
        hypotheses=(
            Text("The terms anticommute.", r"P_kP_l^{\top}+P_lP_k^{\top}=2\delta_{kl}I"),
            Text("The coefficients form a unit vector.", r"|a|=1"),
            _ISOTROPIC,
        ),
        proof=build_cascade,
        mutants=(
            Mutant(
                "once",
                "constant",
                {"twice": "1"},
                {
                    "d": "1",
                    "K": "0",
                    "a(k)": "1",
                    "P(k,i,e)": "sqrt(1/2)",
                    "x(k)": "z(k)",
                    "s(i)": "abs(z(i))/z(i)",
                    "c": "1",
                    "i": "1",
                    "j": "1",
                },
                prose="P_k P_k^T = I/2: the rows are too short.",
            ),
        ),
    ),
    Claim(
        id="ae.sp-cascade-value",
        title="what the geometric cascade reaches",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For p >= 1/2 and coefficients proportional to (1 - p)^k each is at least the sum of the later ones, so "
            "that a row's sign is that of its first non-zero coordinate; with K + 1 terms the risk exceeds that of the "
            "biased identity by m^2 (1 - p)^(2K + 2)/(2 - p).",
            r"R_K=1-\frac{m^2}{2-p}+\frac{m^2(1-p)^{2K+2}}{2-p}",
        ),
        hypotheses=(Text("At least every second coordinate is not 0.", r"\tfrac12\le p\le1,\ q=1-p"),),
        proof=build_cascade_value,
        mutants=(
            Mutant(
                "root",
                "constant",
                {"power": "1"},
                {"q": "1/2", "K": "1", "k": "0", "m": "1", "y": "1", "w": "0"},
                prose="The mean modulus itself.",
            ),
        ),
    ),
)
