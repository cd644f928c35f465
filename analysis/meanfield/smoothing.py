"""Appendix A.2 of JMLR 23(130): the smoothed saw-teeth, and how far smoothing moves their function.

An atom (a, w, b) is replaced by a law about it; a unit (w x + b)_+ is Lipschitz in (w, b), so that its mean moves by at
most the Lipschitz constant times the mean distance.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .errata import lipschitz_steps
from .gibbs import Steps

_DISTANCE = "sqrt((x(1)-y(1))**2+(x(2)-y(2))**2)"
COUPLING = {
    "lipschitz": "All(p, All(q, All(u, All(v, abs(f(p,q)-f(u,v)) <= K*sqrt((p-u)**2+(q-v)**2)))))",
    "fx": "L2[x,y](f(x(1),x(2)))",
    "fy": "L2[x,y](f(y(1),y(2)))",
    "distance": f"L2[x,y]({_DISTANCE})",
}


def build_coupling(constant: str = "K*") -> Proof:
    """Derive the half of (A.9) that is used: |E f(X) - E f(Y)| <= K E|X - Y| for K-Lipschitz f and any coupling.

    X and Y are two points of the plane on one probability space, so the right side may be taken as K W_1.  That W_1 is
    attained by such f, the other half, is the cited theorem, and nothing uses it.

    Arguments:
        constant: the factor of the mean distance.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.9)).

    Example:
        >>> build_coupling().statement.hyps["fx"]
        'L2[x,y](f(x(1),x(2)))'
    """
    fx, fy = "f(x(1),x(2))", "f(y(1),y(2))"
    mean = f"E[x,y]({fx})-E[x,y]({fy})"
    bound = f"{constant}E[x,y]({_DISTANCE})"
    steps: Steps = [
        step("point", "apply", f"abs({fx}-{fy}) <= K*{_DISTANCE}", "lipschitz",
             at={"p": "x(1)", "q": "x(2)", "u": "y(1)", "v": "y(2)"}, prose="At every outcome."),
    ]  # fmt: skip
    for name, sign in (("up", ""), ("down", "-")):
        rest = f"K*{_DISTANCE}-({sign}({fx}-{fy}))"
        apart = f"K*E[x,y]({_DISTANCE})-({sign}({mean}))"
        steps += [
            step(f"{name}-point", "arithmetic", f"0 <= {rest}", "point"),
            step(f"{name}-mean", "monotone", f"0 <= E[x,y]({rest})", f"{name}-point"),
            step(f"{name}-apart", "linear", f"E[x,y]({rest}) == {apart}", "fx", "fy", "distance"),
            step(name, "certificate", f"{sign}({mean}) <= {bound}", f"{name}-mean", f"{name}-apart",
                 terms=[[f"{name}-mean"]], combine={f"{name}-apart": "-1"}),
        ]  # fmt: skip
    steps += [
        step("size", "arithmetic", "Imp(t <= c, -t <= c, abs(t) <= c)"),
        step("goal", "apply", f"abs({mean}) <= {bound}", "size", "up", "down", put={"t": mean, "c": bound}),
    ]
    inhabited = {"x(k)": "0", "y(k)": "0", "f(p,q)": "0", "K": "1"}
    return Proof(Statement(f"abs({mean}) <= {bound}", COUPLING, "", {}, inhabited, coupling_helps("0", "1")), steps)


def coupling_helps(f: str, k: str) -> list[dict[str, object]]:
    """Return steps that prove what is asked of f at a witness where X and Y are 1 and 0, or both 0.

    Arguments:
        f: the text of f in p, q.
        k: its Lipschitz constant.

    Example:
        >>> coupling_helps("0", "1")[0]["id"]
        'body'
    """
    other = f.replace("p", "u").replace("q", "v")
    body = f"abs({f}-{other}) <= {k}*sqrt((p-u)**2+(q-v)**2)"
    lines = [
        step("square", "sign", "0 <= (p-u)**2+(q-v)**2"),
        step("root", "arithmetic", "sqrt((p-u)**2+(q-v)**2)**2 == (p-u)**2+(q-v)**2 and"
             " 0 <= sqrt((p-u)**2+(q-v)**2)", "square"),
        step("longer", "arithmetic", "abs(p-u) <= sqrt((p-u)**2+(q-v)**2)", "root"),
        step("body", "arithmetic", body, "longer"),
        step("all", "generalize", f"All(p, All(q, All(u, All(v, {body}))))", "body"),
    ]  # fmt: skip
    if f == "0":
        lines = [step("body", "arithmetic", body), lines[-1]]
    return [{"for": "lipschitz", **line} for line in lines]


_FEATURE = "cap(cut(w+s*z(1))*x+(b+s*z(2)))"
_CENTRE = "cap(cut(w)*x+b)"


def build_smoothed_feature(change: str = "abs(cap(p)-cap(q))") -> Proof:
    """Derive that smoothing (w, b) by N(0, s^2 I_2) moves the mean of a unit by at most sqrt(2 (1 + x^2)) s.

    By the Lipschitz constant sqrt(1 + x^2) (mf.lip-const.corrected) and E|N(0, s^2 I_2)| <= sqrt(2) s, in the form
    |h| <= (|h|^2 + 2 s^2)/(2 sqrt(2) s).

    Arguments:
        change: what is at most |p - q| for all p, q; |cap(p) - cap(q)| in the true statement.

    Returns:
        The statement and its derivation, for (A.10) and (A.11) of JMLR 23(130); it uses mf.lip-const.corrected.

    Example:
        >>> build_smoothed_feature().statement.hyps["s"]
        '0 < s'
    """
    let = {"cut(v)": "max(-m,min(m,v))"}
    root, length = "sqrt(1+x**2)", "sqrt(((w+s*z(1))-w)**2+((b+s*z(2))-b)**2)"
    c = "(sqrt(2)*s)"
    mean = f"E[z]({_FEATURE})-{_CENTRE}"
    bound = f"{root}*{c}"
    square = "(s**2*(z(1)*z(1))+s**2*(z(2)*z(2)))"
    cap = f"{root}*({square}+2*s**2)*sqrt(2)/(4*s)"
    apart = f"{root}*(s**2*E[z](z(1)*z(1))+s**2*E[z](z(2)*z(2))+2*s**2)*sqrt(2)/(4*s)"
    steps: Steps = [
        step("lip", "apply", f"abs({_FEATURE}-{_CENTRE}) <= {root}*{length}", "claim:mf.lip-const.corrected", "cap",
             "m", put={"w": "w+s*z(1)", "v": "w", "b": "b+s*z(2)", "z": "b"}),
        step("inside", "sign", "0 <= ((w+s*z(1))-w)**2+((b+s*z(2))-b)**2"),
        step("length2", "identity", f"{length}**2 == {square}", "inside"),
        step("root", "sign", f"0 < {root}"),
        step("sqrt2", "sign", "0 < sqrt(2)"),
        step("two", "identity", "sqrt(2)**2 == 2"),
        step("mean-lemma", "certificate", "n <= (q+2*s**2)*sqrt(2)/(4*s)", "n2", "s", "sqrt2", "two",
             times="4*s", terms=[["c:sqrt(2)", "sq:n-sqrt(2)*s"]], combine={"n2": "-sqrt(2)"}),
    ]  # fmt: skip
    steps.insert(6, step("n2", "assume", "n**2 == q"))
    steps += [
        step("short", "apply", f"{length} <= ({square}+2*s**2)*sqrt(2)/(4*s)", "mean-lemma", "length2", "s",
             put={"n": length, "q": square}),
        step("more", "certificate", f"{root}*{length} <= {cap}", "short", "root", "s", "sqrt2",
             terms=[["short", "root"]]),
    ]  # fmt: skip
    for k in "12":
        steps += [
            step(f"v{k}", "apply", f"E[z](z({k})*z({k})) == delta({k}, {k})", "axiom:gaussian-covariance",
                 put={"k": k, "l": k}),
            step(f"i{k}", "apply", f"L2[z](z({k}))", "axiom:gaussian-square-integrable", put={"k": k}),
        ]  # fmt: skip
    for name, sign in (("up", ""), ("down", "-")):
        rest = f"{cap}-({sign}({_FEATURE}-{_CENTRE}))"
        steps += [
            step(f"{name}-lemma", "arithmetic", f"Imp(abs(t) <= n, n <= c, 0 <= c-({sign}t))"),
            step(f"{name}-point", "apply", f"0 <= {rest}", f"{name}-lemma", "lip", "more",
                 put={"t": f"{_FEATURE}-{_CENTRE}", "n": f"{root}*{length}", "c": cap}),
            step(f"{name}-mean", "monotone", f"0 <= E[z]({rest})", f"{name}-point"),
            step(f"{name}-apart", "linear", f"E[z]({rest}) == {apart}-({sign}({mean}))", "i1", "i2", "unit"),
            step(name, "certificate", f"{sign}({mean}) <= {bound}", f"{name}-mean", f"{name}-apart", "v1", "v2", "s",
                 "sqrt2", "two", times="4*s", terms=[["c:4*s", f"{name}-mean"]],
                 combine={f"{name}-apart": "-4*s"}),
        ]  # fmt: skip
    steps += [
        step("size", "arithmetic", "Imp(t <= c, -t <= c, abs(t) <= c)"),
        step("goal", "apply", f"abs({mean}) <= {bound}", "size", "up", "down", put={"t": mean, "c": bound}),
    ]
    hyps = {
        "cap": f"All(p,All(q,{change} <= abs(p-q)))", "m": "0 <= m", "s": "0 < s",
        "unit": f"L2[z]({_FEATURE})",
    }  # fmt: skip
    inhabited = {"cap(p)": "0", "m": "1", "s": "1", "w": "0", "b": "0", "x": "0"}
    return Proof(Statement(f"abs({mean}) <= {bound}", hyps, "", let, inhabited, lipschitz_steps("0")), steps)


def build_tooth_mean(middle: str = "6") -> Proof:
    """Derive (A.8): once a is integrated, exact minus smoothed saw-teeth weigh the units with y/eps, -2y/eps, y/eps.

    f_k are the units at the atoms, g_k their means under the smoothed law of (w, b); a is uniform about the atom's, of
    width s, and independent.

    Arguments:
        middle: the factor of the middle atom; 6 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.8)).

    Example:
        >>> sorted(build_tooth_mean().statement.hyps)
        ['M', 's']
    """
    q = "M*y(i)/eps"
    weights = [f"(3*{q})", f"(-{middle}*{q})", f"(3*{q})"]
    means = [f"Int(t,{a}-s/2,{a}+s/2,t/s)" for a in weights]
    exact = "+".join(f"{a}*f{k}(i)" for k, a in enumerate(weights, 1))
    smooth = "+".join(f"{a}*g{k}(i)" for k, a in enumerate(means, 1))
    known = "+".join(f"{a}*g{k}(i)" for k, a in enumerate(weights, 1))
    apart = (
        "Sum(i,1,M,y(i)/eps*(f1(i)-g1(i)))-Sum(i,1,M,2*y(i)/eps*(f2(i)-g2(i)))+Sum(i,1,M,y(i)/eps*(f3(i)-g3(i)))"
    )  # fmt: skip
    goal = f"Sum(i,1,M,1/(3*M)*({exact}))-Sum(i,1,M,1/(3*M)*({smooth})) == {apart}"
    steps: Steps = [
        step("order", "arithmetic", "c-s/2 <= c+s/2", "s"),
        step("d", "derivative", "HasDeriv(t, t**2/(2*s), t/s)", "s"),
        step("C", "continuous", "Cont(t,c-s/2,c+s/2,t/s)"),
        step("CF", "continuous", "Cont(t,c-s/2,c+s/2,t**2/(2*s))"),
        step("uniform", "fundamental-theorem",
             "Int(t,c-s/2,c+s/2,t/s) == (c+s/2)**2/(2*s)-(c-s/2)**2/(2*s)", "d", "C", "CF", "order",
             F="t**2/(2*s)"),
        step("mean", "identity", "Int(t,c-s/2,c+s/2,t/s) == c", "uniform", "s", combine={"uniform": "1"},
             prose="The mean of a uniform law is its centre."),
        *[step(f"mean{k}", "apply", f"{mean} == {a}", "mean", "s", put={"c": a})
          for k, (a, mean) in enumerate(zip(weights, means, strict=True), 1)],
        step("term", "identity", f"1/(3*M)*({smooth}) == 1/(3*M)*({known})", "mean1", "mean2", "mean3",
             combine={f"mean{k}": f"1/(3*M)*g{k}(i)" for k in (1, 2, 3)}),
        step("sum", "congruence", f"Sum(i,1,M,1/(3*M)*({smooth})) == Sum(i,1,M,1/(3*M)*({known}))", "term"),
        step("M>0", "arithmetic", "0 < M", "M"),
        step("goal", "identity", goal, "sum", "M>0", combine={"sum": "-1"}),
    ]  # fmt: skip
    return Proof(Statement(goal, {"M": "1 <= M", "s": "0 < s"}, "i:Z M:N", {}, {"M": "1", "s": "1"}), steps)


def build_smoothed_risk(power: str = "lam") -> Proof:
    """Derive p. 52: with s^2 = min(lambda, 1/2) the smoothed saw-teeth have R <= K4 lambda.

    K4 = (32/(M eps^2)) sum_i (1 + x_i^2) (sum_j |y_j|)^2; p, q, r are the errors of the units' means, by (A.8) and
    mf.smoothed-feature.

    Arguments:
        power: the last factor; lam in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 52).

    Example:
        >>> build_smoothed_risk().statement.hyps["s"]
        's**2 == min(lam,1/2) and 0 < s'
    """
    moved = "Sum(j,1,M,y(j)/eps*(p(j,i)-2*q(j,i)+r(j,i)))"
    c, total = "(sqrt(2*(1+x(i)**2))*s)", "Sum(j,1,M,abs(y(j)))"
    goal = f"1/M*Sum(i,1,M,((y(i)+{moved})-y(i))**2) <= 32/(M*eps**2)*Sum(i,1,M,1+x(i)**2)*{total}**2*{power}"
    steps: Steps = [
        *[step(f"{v}-ji", "apply", f"abs({v}(j,i)) <= {c}", v, at={"j": "j", "i": "i"}) for v in "pqr"],
        step("1/eps", "sign", "0 < 1/eps", "eps"),
        step("term-lemma", "arithmetic", "Imp(abs(t) <= n, abs(u) <= n, abs(v) <= n, 0 < f,"
             " z*f*(t-2*u+v) <= 4*n*f*abs(z) and -(z*f*(t-2*u+v)) <= 4*n*f*abs(z))"),
        step("term", "apply", f"y(j)*(1/eps)*(p(j,i)-2*q(j,i)+r(j,i)) <= 4*{c}*(1/eps)*abs(y(j)) and"
             f" -(y(j)*(1/eps)*(p(j,i)-2*q(j,i)+r(j,i))) <= 4*{c}*(1/eps)*abs(y(j))", "term-lemma", "p-ji", "q-ji",
             "r-ji", "1/eps", put={"t": "p(j,i)", "u": "q(j,i)", "v": "r(j,i)", "n": c, "f": "1/eps", "z": "y(j)"}),
    ]  # fmt: skip
    for name, sign in (("up", ""), ("down", "-")):
        body = f"{sign}(y(j)*(1/eps)*(p(j,i)-2*q(j,i)+r(j,i)))"
        steps += [
            step(f"{name}-j", "arithmetic", f"{body} <= 4*{c}*(1/eps)*abs(y(j))", "term"),
            step(f"{name}-sum", "monotone", f"Sum(j,1,M,{body}) <= Sum(j,1,M,4*{c}*(1/eps)*abs(y(j)))", f"{name}-j"),
            step(
                name, "certificate", f"{sign}{moved} <= 4*{c}*(1/eps)*{total}", f"{name}-sum", terms=[[f"{name}-sum"]]
            ),
        ]
    bound = f"16*(2*(1+x(i)**2))*s**2*(1/eps)**2*{total}**2"
    steps += [
        step("square-lemma", "arithmetic", "Imp(t <= n, -t <= n, t**2 <= n**2)"),
        step("square", "apply", f"{moved}**2 <= (4*{c}*(1/eps)*{total})**2", "square-lemma", "up", "down",
             put={"t": moved, "n": f"4*{c}*(1/eps)*{total}"}),
        step("inside", "sign", "0 <= 2*(1+x(i)**2)"),
        step("root2", "identity", "sqrt(2*(1+x(i)**2))**2 == 2*(1+x(i)**2)", "inside"),
        step("one", "certificate", f"((y(i)+{moved})-y(i))**2 <= {bound}", "square", "root2", terms=[["square"]],
             combine={"root2": f"-16*s**2*(1/eps)**2*{total}**2"}),
        step("all", "monotone", f"Sum(i,1,M,((y(i)+{moved})-y(i))**2) <= Sum(i,1,M,{bound})", "one"),
        step("small", "arithmetic", "0 <= lam-s**2", "s"),
        step("M>0", "arithmetic", "0 < M", "M"),
        step("1/M", "sign", "0 < 1/M", "M>0"),
        step("piece", "sign", "0 <= 1+x(i)**2"),
        step("pieces", "monotone", "0 <= Sum(i,1,M,1+x(i)**2)", "piece"),
        step("goal", "certificate", goal, "all", "small", "1/M", "pieces", "eps", "M>0",
             terms=[["1/M", "all"], ["c:32/M", "sq:1/eps", f"sq:{total}", "pieces", "small"]]),
    ]  # fmt: skip
    hyps = {
        "M": "1 <= M", "eps": "0 < eps", "s": "s**2 == min(lam,1/2) and 0 < s",
        **{v: f"All(j, All(i, abs({v}(j,i)) <= {c}))" for v in "pqr"},
    }  # fmt: skip
    inhabited = {"M": "1", "eps": "1", "s": "1/2", "lam": "1/4", "x(i)": "0", "y(i)": "1", "p(j,i)": "0",
                 "q(j,i)": "0", "r(j,i)": "0"}  # fmt: skip
    return Proof(Statement(goal, hyps, "i,j:Z M:N", {}, inhabited), steps)
