"""Section 3: the M-variable convex problem behind the Gibbs minimiser, and what a gradient residual proves."""

from __future__ import annotations

from ...analysis.meanfield import dual, free_energy
from ..claim import Claim, Mutant, Text

_OWN = "derived in this project from (3.5)-(3.6), p. 8"
_POSITIVE = Text("Inverse temperature and penalty are positive.", r"\beta>0,\ \lambda>0")
_BETA = Text("The inverse temperature is positive.", r"\beta>0")
_TWO = Text(
    r"Assumed, not derived: two vectors of residuals $r$ and $z$ have $|g|$ below $\lambda$ on the whole circle; $M$"
    r" and the data $x$ are arbitrary.",
    r"|g_r(\varphi)|<\lambda,\ |g_z(\varphi)|<\lambda,\ g_r(\varphi)=\sum_i r_i(x_i\cos\varphi+\sin\varphi)_+",
)
_PREDICTORS = Text(
    r"$f^r$ is the predictor of $r$ at the data, and $Z(r)$ the circle integral.",
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

# At r = -1/2 the printed quadratic term is needed: rho is the Gibbs law without data, lambda = 4.
_GAUSSIAN = {
    "beta": "1", "lam": "4", "M": "1", "x(i)": "0", "y(i)": "1/4", "r(i)": "-1/2",
    "rho(a,w,b)": "exp(-2*(a**2 + w**2 + b**2))/sqrt(pi/2)**3",
}  # fmt: skip
_WEIGHT = "exp(-(a*relu(w*0 + b)/2 + (a**2 + w**2 + b**2)/2))"
_Z = f"Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,{_WEIGHT})))"
_GIBBS = {
    "beta": "1", "lam": "1", "M": "1", "x(i)": "0", "r(i)": "1/2", "rho(a,w,b)": f"{_WEIGHT}/{_Z}",
    "y(i)": f"Int(w,-oo,oo,Int(b,-oo,oo,Int(a,-oo,oo,a*relu(w*0 + b)*({_WEIGHT}/{_Z})))) - 1/2",
}  # fmt: skip
_FREE_ENERGY = Text(
    r"The free energy (3.5) of a density $\rho$, with predictor $f$.",
    r"F(\rho)=\frac1{2M}\sum_i(f_i-y_i)^2+\frac\lambda2\int|\theta|^2\rho+\frac1\beta\int\rho\log\rho,"
    r"\quad f_i=\int a(wx_i+b)_+\rho",
)
_COUNT = Text("There is at least one data point.", r"M\ge1")
_DENSITY = Text(r"$\rho$ is a density.", r"\rho\ge0,\ \int\rho=1")
_INTEGRABLE = r"in $a$ for all $(w,b)$, then in $b$ for all $w$, then in $w$"
_MOMENTS = Text(
    r"$\rho$, $|\theta|^2\rho$ and each unit at the data against $\rho$ are integrable one variable at a time: "
    + _INTEGRABLE
    + ".",
    r"\rho,\ (a^2+w^2+b^2)\rho,\ a(wx_i+b)_+\rho\quad(1\le i\le M)",
)
_ENTROPY = Text(r"So is $\rho\log\rho$, with $0\log0=0$.", r"\rho\log\rho")
_WEIGHT_INTEGRABLE = Text(
    "So is the Gibbs weight of $r$.", r"e^{-\beta(\sum_i r_ia(wx_i+b)_++\frac\lambda2|\theta|^2)}"
)
_FINITE = Text(
    "Its integral is positive (and finite, being a number).",
    r"0<Z(r)=\int e^{-\beta(\sum_i r_ia(wx_i+b)_++\frac\lambda2|\theta|^2)}<\infty",
)

CLAIMS: tuple[Claim, ...] = (
    Claim(
        id="mf.gibbs-weak-duality",
        title="the free energy is bounded below by its dual",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            r"For every density $\rho$ that has the integrals below, and every $r$ whose Gibbs weight is integrable.",
            r"F(\rho)\ge-\Big(\frac1\beta\log Z(r)+\frac M2\sum_ir_i^2+\sum_ir_iy_i\Big)",
        ),
        hypotheses=(
            _BETA,
            _COUNT,
            _FREE_ENERGY,
            _DENSITY,
            _MOMENTS,
            _ENTROPY,
            _WEIGHT_INTEGRABLE,
            _FINITE,
        ),
        proof=free_energy.build_weak_duality,
        mutants=(
            Mutant("quarter", "constant", {"quadratic": "M/4"}, _GAUSSIAN, prose="$M/4$ instead of $M/2$"),
            Mutant("half-log", "constant", {"log": "log(Z)/(2*beta)"}, _GAUSSIAN, prose=r"half of $\log Z$"),
        ),
    ),
    Claim(
        id="mf.gibbs-duality",
        title="the free energy equals its dual at the Gibbs law",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="identity",
        expected="proved",
        statement=Text(
            r"If $\rho$ is the Gibbs density of $r$ and $Mr_i$ are its residuals, the free energy equals the dual at"
            r" $r$. With `mf.gibbs-weak-duality` no density that has the integrals named there has a smaller free"
            r" energy.",
            r"F(\rho)=-\Big(\frac1\beta\log Z(r)+\frac M2\sum_ir_i^2+\sum_ir_iy_i\Big)",
        ),
        hypotheses=(
            _BETA,
            _COUNT,
            _FREE_ENERGY,
            Text(
                r"$\rho$ is the Gibbs density (3.6) of $r$, and $Mr_i$ are its residuals.",
                r"\rho=e^{-\beta(\sum_i r_ia(wx_i+b)_++\frac\lambda2|\theta|^2)}/Z(r),\ Mr_i=f_i-y_i",
            ),
            _MOMENTS,
            _FINITE,
        ),
        proof=free_energy.build_equality,
        mutants=(
            Mutant("quarter", "constant", {"quadratic": "M/4"}, _GIBBS, prose="$M/4$ instead of $M/2$"),
            Mutant("half-log", "constant", {"log": "log(Z)/(2*beta)"}, _GIBBS, prose=r"half of $\log Z$"),
        ),
    ),
    Claim(
        id="mf.log-tangent",
        title=r"convexity of $-\log(\lambda^2-g^2)$",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            r"For $|p|,|q|<\lambda$ and every $t$.",
            r"\frac{e^t(1+X-t)}{\lambda^2-q^2}\le\frac1{\lambda^2-p^2},\quad X=\frac{2q(p-q)}{\lambda^2-q^2}",
        ),
        hypotheses=(
            Text("The penalty is positive; $p$ and $q$ lie inside.", r"\lambda>0,\ |p|<\lambda,\ |q|<\lambda"),
        ),
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
        title=r"$\log Z$ is convex in the residuals",
        paper="own",
        relation="new",
        locator=_OWN,
        kind="inequality",
        expected="proved",
        statement=Text(
            r"$\log Z$ lies above its tangent at $z$, whose slope is $-\beta$ times the predictor.",
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
            r"The distance of $r$ to a stationary $z$ is at most the gradient at $r$ over $M$.",
            r"M^2\sum_i(r_i-z_i)^2\le\sum_i(Mr_i+y_i-f^r_i)^2",
        ),
        hypotheses=(_POSITIVE, _TWO, _PREDICTORS, Text("$z$ is stationary.", r"Mz_i+y_i=f^z_i\quad(1\le i\le M)")),
        proof=dual.build_residual,
        mutants=(
            Mutant(
                "double",
                "constant",
                {"scale": "2*M**2"},
                {**_ONE, "beta": "100", "y(i)": _STATIONARY},
                prose="$2M^2$ instead of $M^2$",
            ),
        ),
    ),
)
