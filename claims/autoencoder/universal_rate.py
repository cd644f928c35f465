"""Universality as a theorem: independent coordinates of any law reach the Gaussian limit, with a rate."""

from __future__ import annotations

from ...analysis.autoencoder.universality import (
    SMALL_EXAMPLE,
    SMALL_STEPS,
    UNIVERSAL_EXAMPLE,
    UNIVERSAL_STEPS,
    build_universal_code,
    build_universality,
)
from ..claim import Claim, Mutant, Text

_HYPOTHESES = (
    Text("There is at least one coordinate.", r"d\ge1"),
    Text("The rows are orthonormal.", r"b_i\cdot b_j=\delta_{ij}"),
    Text("No entry of a row is larger than h.", r"|b_{ik}|\le h"),
    Text(
        "The coordinates are independent (each a function of its own standard normal), centred and of unit variance, "
        "with finite fourth moments and third absolute moments at most rho.",
        r"x_k=f_k(z_k),\quad \mathbb E\,x_k=0,\ \mathbb E\,x_k^2=1,\ \mathbb E\,|x_k|^3\le\rho",
    ),
    Text("The code has unit mean squares: sign(0) is 1 or -1, or 0 has no mass.", r"\mathbb E\,s_i^2=1"),
    Text("sgn is the sign.", r"s_i=\operatorname{sgn}(b_i\cdot x),\quad \operatorname{sgn}x=1\ (x>0),\ -1\ (x<0)"),
)
_ANY_VARIANCE = {"variance": "All(k, L2[z](X(k)))"}

CLAIMS = (
    Claim(
        id="ae.univ-rate",
        title="universality with a rate",
        paper="own",
        relation="new",
        locator="derived in this project; makes `ae.univ` quantitative for orthonormal rows",
        kind="inequality",
        expected="proved",
        statement=Text(
            "For independent coordinates of any law and orthonormal rows the untrained sign code that is best for "
            "Gaussian data has the Gaussian risk, up to a multiple of the largest entry of a row.",
            r"\left|R-\left(1-\frac{2r}\pi\right)\right|\le2\sqrt{\tfrac2\pi}\,r\,h\,\rho,\qquad "
            r"\hat x=\sqrt{\tfrac2\pi}\,B^{\top}s",
        ),
        hypotheses=_HYPOTHESES,
        proof=build_universal_code,
        mutants=(
            Mutant(
                "any variance",
                "hypothesis",
                {},
                SMALL_EXAMPLE,
                SMALL_STEPS,
                prose="Data of a hundredth of the variance, with the same decoder.",
                weaken=_ANY_VARIANCE,
            ),
            Mutant(
                "other side",
                "sign",
                {"factor": "-2*c*n/d"},
                UNIVERSAL_EXAMPLE,
                UNIVERSAL_STEPS,
                prose="A bound with the other sign.",
            ),
        ),
    ),
    Claim(
        id="ae.abstract-5",
        title="universality of the limit",
        paper="icml",
        relation="as-claimed",
        locator="abstract, sentence on universality (derived in this project, for independent coordinates)",
        kind="limit",
        expected="proved",
        statement=Text(
            "Up to rate 1 the Gaussian limit is reached on independent coordinates of any law by an untrained code, as "
            "closely as one likes, once no entry of its rows is large. Real data are measured in `ae.digits` and "
            "`ae.photo`; where the length of the data is not concentrated, `ae.sm` corrects the limit.",
            r"2\sqrt{\tfrac2\pi}\,r\,h\,\rho\le\varepsilon,\ r\le1\ \Longrightarrow\ "
            r"\left|R-\left(1-\frac r{\max(r,1)+\pi/2-1}\right)\right|\le\varepsilon",
        ),
        hypotheses=(
            *_HYPOTHESES,
            Text("The entries are small.", r"2\sqrt{\tfrac2\pi}\,r\,h\,\rho\le\varepsilon"),
        ),
        proof=build_universality,
        mutants=(
            Mutant(
                "any variance",
                "hypothesis",
                {},
                {**SMALL_EXAMPLE, "eps": "1/50"},
                SMALL_STEPS,
                prose="Data of a hundredth of the variance, with the same decoder.",
                weaken=_ANY_VARIANCE,
            ),
            Mutant(
                "a tenth",
                "constant",
                {"shift": "pi/20 - 1"},
                {**UNIVERSAL_EXAMPLE, "eps": "4"},
                UNIVERSAL_STEPS,
                prose="A tenth of pi/2 in the limit.",
            ),
        ),
    ),
)
