"""Claims on what an activation loses."""

from __future__ import annotations

from ...analysis.autoencoder.activation import build_correlation, build_excess, build_quantiser, build_relu
from ..claim import Claim, Mutant, Text

_L2 = Text("The activation is square integrable under the standard normal law.", r"\mathbb E\,\sigma(z)^2<\infty")
_QUANTISER = {"sigma(x)": "2/sqrt(2*pi)*abs(x)/x", "D": "1 - 2/pi"}

CLAIMS = (
    Claim(
        id="ae.alpha-corr",
        title="alpha and the correlation with the input",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The sum of the squared coefficients over the first one squared is the inverse squared correlation of the "
            "activation with its input, if its mean is 0.",
            r"1+\alpha=\sum_{\ell}\left(\frac{c_\ell}{c_1}\right)^2=\frac{\mathbb E\,\sigma(z)^2}{c_1^2}",
        ),
        hypotheses=(_L2, Text("The divisor is not 0.", r"c_1\neq0")),
        proof=build_correlation,
        mutants=(
            Mutant("not squared", "constant", {"power": "1"}, {"sigma(x)": "x**3 - x", "c1": "2"}, prose="c_1 only."),
        ),
    ),
    Claim(
        id="ae.alpha-0",
        title="alpha is not negative",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="inequality",
        expected="proved",
        statement=Text(
            "The energy of an activation exceeds its squared first coefficient by the mean square of its distance to a "
            "multiple of the input, so that alpha is not negative.",
            r"\mathbb E\,\sigma^2-c_1^2=\mathbb E\,(\sigma(z)-c_1z)^2\ge0",
        ),
        hypotheses=(_L2, Text("c_1 is the first Hermite coefficient.", r"c_1=\mathbb E[z\,\sigma(z)]")),
        proof=build_excess,
        mutants=(Mutant("sum", "sign", {"sign": "+"}, {"sigma(x)": "x", "c1": "1"}, prose="The sum of the two."),),
    ),
    Claim(
        id="ae.he-quant",
        title="alpha of a quantiser",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "For an activation whose correlation with the input is its mean square, as for a quantiser with cell "
            "means for values, alpha is $D/(1-D)$, D its distortion.",
            r"\alpha=\frac{D}{1-D},\qquad D=\mathbb E\,(z-\sigma(z))^2",
        ),
        hypotheses=(
            _L2,
            Text("What cell means give, no more.", r"\mathbb E[z\,\sigma(z)]=\mathbb E\,\sigma(z)^2\neq0"),
        ),
        proof=build_quantiser,
        mutants=(Mutant("distortion", "constant", {"value": "D"}, _QUANTISER, prose="The distortion itself."),),
    ),
    Claim(
        id="ae.relu-non",
        title="coefficients of the ReLU",
        paper="own",
        relation="new",
        locator="derived in this project",
        kind="identity",
        expected="proved",
        statement=Text(
            "The ReLU is not odd: its mean is 1/sqrt(2 pi), its first coefficient 1/2 and its energy 1/2.",
            r"c_0=\tfrac1{\sqrt{2\pi}},\quad c_1=\tfrac12,\quad \mathbb E\,\sigma^2=\tfrac12",
        ),
        proof=build_relu,
        mutants=(Mutant("both half-lines", "constant", {"energy": "1"}, {"x": "0"}, prose="Energy 1."),),
    ),
)
