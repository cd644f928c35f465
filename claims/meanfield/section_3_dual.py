"""Section 3: the M-variable convex problem behind the Gibbs minimiser, and what a gradient residual proves."""

from __future__ import annotations

from ...analysis.meanfield import dual
from ..claim import Claim, Mutant, Text

_OWN = "derived in this project from (3.5)-(3.6), p. 8"
_POSITIVE = Text("Inverse temperature and penalty are positive.", r"\beta>0,\ \lambda>0")
_TWO = Text(
    "Two vectors of residuals r and z, both with |g| below lambda on the whole circle; any M and data x.",
    r"|g_r(\varphi)|<\lambda,\ |g_z(\varphi)|<\lambda,\ g_r(\varphi)=\sum_i r_i(x_i\cos\varphi+\sin\varphi)_+",
)
_PREDICTORS = Text(
    "f^r is the predictor of r at the data, and Z(r) the circle integral.",
    r"f^r_i=-\frac{2}{\beta Z(r)}\int_0^{2\pi}\frac{g_r(\varphi)(x_i\cos\varphi+\sin\varphi)_+}"
    r"{(\lambda^2-g_r^2)^2}\,d\varphi,"
    r"\ Z(r)=\int_0^{2\pi}\frac{d\varphi}{\lambda^2-g_r^2}",
)
_ONE = {"lam": "2", "beta": "1", "M": "1", "x(i)": "0", "r(i)": "1/2", "z(i)": "3/2"}
_G = "Sum(i,1,1,3/2*relu(0*cos(phi) + sin(phi)))"
# The target that makes z = 3/2 stationary at beta = 100: y = f^z - M z.
_STATIONARY = (
    f"-Int(phi,0,2*pi,2*{_G}/(2**2 - {_G}**2)**2*relu(0*cos(phi) + sin(phi)))"
    f"/(100*Int(phi,0,2*pi,1/(2**2 - {_G}**2))) - 3/2"
)

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.log-tangent",
        title="convexity of -log(lambda^2 - g^2)",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            "For |p|, |q| < lambda and every t.",
            r"\frac{e^t(1+X-t)}{\lambda^2-q^2}\le\frac1{\lambda^2-p^2},\quad X=\frac{2q(p-q)}{\lambda^2-q^2}",
        ),
        hypotheses=(Text("lambda is positive; p and q lie inside.", r"\lambda>0,\ |p|<\lambda,\ |q|<\lambda"),),
        proof=dual.build_tangent,
        mutants=(
            Mutant(
                "four",
                "constant",
                {"two": "4"},
                {"lam": "1", "p": "3/5", "q": "1/2", "t": "4/15"},
                prose="twice the slope",
            ),
        ),
    ),
    Claim(
        id="mf.partition-convex",
        title="log Z is convex in the residuals",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            "log Z lies above its tangent at z, whose slope is -beta times the predictor.",
            r"Z(z)\,\exp\Big(-\beta\sum_i(r_i-z_i)f^z_i\Big)\le Z(r)",
        ),
        hypotheses=(_POSITIVE, _TWO, _PREDICTORS),
        proof=dual.build_convex,
        mutants=(
            Mutant("sign", "sign", {"sign": ""}, _ONE, prose="the predictor with the opposite sign"),
            Mutant(
                "four",
                "constant",
                {"factor": "beta/4"},
                {**_ONE, "r(i)": "3/2", "z(i)": "1/2"},
                prose="four times the predictor",
            ),
        ),
    ),
    Claim(
        id="mf.predictor-monotone",
        title="the predictor falls as its residuals grow",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text("The map from residuals to fitted values is monotone.", r"\sum_i(r_i-z_i)(f^z_i-f^r_i)\ge0"),
        hypotheses=(_POSITIVE, _TWO, _PREDICTORS),
        proof=dual.build_monotone,
        mutants=(Mutant("reversed", "swap", {"sign": ">="}, _ONE, prose="the opposite inequality"),),
    ),
    Claim(
        id="mf.residual-bound",
        title="a gradient residual bounds the error",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            "The distance of r to a stationary z is at most the gradient at r over M.",
            r"M^2\sum_i(r_i-z_i)^2\le\sum_i(Mr_i+y_i-f^r_i)^2",
        ),
        hypotheses=(_POSITIVE, _TWO, _PREDICTORS, Text("z is stationary.", r"Mz_i+y_i=f^z_i\quad(1\le i\le M)")),
        proof=dual.build_residual,
        mutants=(
            Mutant(
                "double",
                "constant",
                {"scale": "2*M**2"},
                {**_ONE, "beta": "100", "y(i)": _STATIONARY},
                prose="2 M^2 instead of M^2",
            ),
        ),
    ),
)
