"""A sharper Lemma A.5 of JMLR 23(130) at m = infinity: the risk of the minimiser is of the order of lambda squared.

The residuals r_i of a finite partition function have |S(w, b)| <= lambda |(w, b)| in every direction, where
S(w, b) = sum_i r_i (w x_i + b)_+; three directions make the saw-tooth at x_i, whose sum is r_i times its width.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps

_CORR = "Sum(j,1,M,r(j)*relu(w*x(j)+b))"
_TOOTH = "(relu(1*x(j)+(eps-x(i)))-2*relu(1*x(j)+(0-x(i)))+relu(1*x(j)+(-eps-x(i))))"
_SIZE = "(sqrt(1+(x(i)-eps)**2)+2*sqrt(1+x(i)**2)+sqrt(1+(x(i)+eps)**2))"


def build_risk_square(factor: str = "lam") -> Proof:
    """Derive R <= lambda^2 M sum_i C_i^2, whatever the temperature and the targets; R = M sum r_i^2.

    C_i = (sqrt(1 + (x_i - eps)^2) + 2 sqrt(1 + x_i^2) + sqrt(1 + (x_i + eps)^2))/eps, eps at most the least gap.

    Arguments:
        factor: what stands before C_i; lam in the true statement.

    Returns:
        The statement and its derivation; Lemma A.5 of JMLR 23(130) has R <= C lambda, for cold temperatures.

    Example:
        >>> build_risk_square().statement.hyps["eps"]
        '0 < eps'
    """
    corr = "Sum(j,1,M,r(j)*relu(1*x(j)+({0})))".format
    places = ("eps-x(i)", "0-x(i)", "-eps-x(i)")
    roots = ("sqrt(1+(x(i)-eps)**2)", "sqrt(1+x(i)**2)", "sqrt(1+(x(i)+eps)**2)")
    bound = f"{factor}*{_SIZE}/eps"
    goal = f"M*Sum(i,1,M,r(i)**2) <= M*Sum(i,1,M,({bound})**2)"
    steps: Steps = [
        step("low", "assume", "1<=i"),
        step("high", "assume", "i<=M"),
        step("from", "assume", "1<=j"),
        step("to", "assume", "j<=M"),
        step("apart", "apply", "(delta(j,i)==1 and x(j)==x(i)) or (delta(j,i)==0 and eps<=abs(x(i)-x(j)))", "gaps",
             "low", "high", "from", "to", at={"i": "i", "j": "j"}),
        step("tooth-lemma", "arithmetic", "Imp((d==1 and v==u) or (d==0 and e<=abs(u-v)), 0<e,"
             " relu(1*v+(e-u))-2*relu(1*v+(0-u))+relu(1*v+(-e-u)) == e*d)"),
        step("tooth", "apply", f"{_TOOTH} == eps*delta(j,i)", "tooth-lemma", "apart", "eps",
             put={"d": "delta(j,i)", "e": "eps", "u": "x(i)", "v": "x(j)"}),
        step("term", "identity", f"r(j)*{_TOOTH} == delta(j,i)*(eps*r(j))", "tooth", combine={"tooth": "r(j)"}),
        step("sum", "congruence", f"Sum(j,1,M,r(j)*{_TOOTH}) == Sum(j,1,M,delta(j,i)*(eps*r(j)))", "term"),
        step("pick", "sums", "Sum(j,1,M,delta(j,i)*(eps*r(j))) == eps*r(i)", "low", "high", kind="delta", index="i",
             rest="eps*r(j)"),
        step("teeth", "identity", f"eps*r(i) == {corr(places[0])}-2*{corr(places[1])}+{corr(places[2])}", "sum", "pick",
             combine={"sum": "-1", "pick": "-1"}),
        *[
            step(f"side{k}", "apply", f"abs({corr(b)}) <= lam*{root}", "inside", at={"w": "1", "b": b})
            for k, (b, root) in enumerate(zip(places, roots, strict=True))
        ],
        step("size-lemma", "arithmetic", "Imp(t == u-2*v+z, abs(u) <= l*a0, abs(v) <= l*b0, abs(z) <= l*c0,"
             " t <= l*(a0+2*b0+c0) and -t <= l*(a0+2*b0+c0))"),
        step("size", "apply", f"eps*r(i) <= lam*{_SIZE} and -(eps*r(i)) <= lam*{_SIZE}", "size-lemma", "teeth",
             "side0", "side1", "side2",
             put={"t": "eps*r(i)", "u": corr(places[0]), "v": corr(places[1]), "z": corr(places[2]), "l": "lam",
                  "a0": roots[0], "b0": roots[1], "c0": roots[2]}),
        step("up", "arithmetic", f"eps*r(i) <= lam*{_SIZE}", "size"),
        step("down", "arithmetic", f"-(eps*r(i)) <= lam*{_SIZE}", "size"),
        step("up'", "certificate", f"r(i) <= {bound}", "up", "eps", times="eps", terms=[["up"]]),
        step("down'", "certificate", f"-r(i) <= {bound}", "down", "eps", times="eps", terms=[["down"]]),
        step("square-lemma", "arithmetic", "Imp(t <= n, -t <= n, t**2 <= n**2)"),
        step("square", "apply", f"r(i)**2 <= ({bound})**2", "square-lemma", "up'", "down'",
             put={"t": "r(i)", "n": bound}),
        step("squares", "monotone", f"Sum(i,1,M,r(i)**2) <= Sum(i,1,M,({bound})**2)", "square"),
        step("M", "sign", "0 <= M"),
        step("goal", "certificate", goal, "squares", "M", terms=[["M", "squares"]]),
    ]  # fmt: skip
    gaps = "(delta(j,i)==1 and x(j)==x(i)) or (delta(j,i)==0 and eps<=abs(x(i)-x(j)))"
    hyps = {
        "eps": "0 < eps",
        "gaps": f"All(i, All(j, Imp(1<=i, i<=M, 1<=j, j<=M, {gaps})))",
        "inside": f"All(w, All(b, abs({_CORR}) <= lam*sqrt(w**2+b**2)))",
    }
    inhabited = {"M": "1", "eps": "1", "lam": "1/10", "x(j)": "0", "r(j)": "1/10"}
    return Proof(Statement(goal, hyps, "i,j:Z M:N", {}, inhabited, inside_helps("1/10")), steps)


def inside_helps(r: str) -> list[dict[str, object]]:
    """Return steps that prove |S| <= lambda |(w, b)| for one datum at 0 with residual r = lambda >= 0.

    Arguments:
        r: the residual.

    Example:
        >>> inside_helps("1/10")[-1]["id"]
        'inside-all'
    """
    body = f"abs({r}*relu(w*0+b)) <= {r}*sqrt(w**2+b**2)"
    lines = [
        step("norm", "sign", "0 <= w**2+b**2"),
        step("root", "arithmetic", "sqrt(w**2+b**2)**2 == w**2+b**2 and 0 <= sqrt(w**2+b**2)", "norm"),
        step("longer", "arithmetic", "relu(b) <= sqrt(w**2+b**2)", "root"),
        step("body", "arithmetic", body, "longer"),
        step("inside-all", "generalize", f"All(w, All(b, {body}))", "body"),
    ]
    return [{"for": "inside", **line} for line in lines]
