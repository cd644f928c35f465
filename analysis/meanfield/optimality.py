"""Optimality in the noiseless problem: what a minimiser satisfies, what suffices, and what is unique."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .noiseless import DECLARE, LET, network, objective

_CIRCLE = "v**2+z**2==1"


def build_adding_a_unit(bound: str = "lam") -> Proof:
    """Derive |g| <= lambda from: no unit, added with any small weight, lowers the objective.

    With f -> f + eps u the objective changes by eps g + eps^2 S/2 + lambda |eps|, S = mean u^2; at eps of the sign of
    -g and of size (|g| - lambda)/(S + 1) this would be negative if |g| > lambda.

    Arguments:
        bound: the right side of the conclusion; lam in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_adding_a_unit().statement.goal
        'All(v,All(z,Imp(v**2+z**2==1, abs(g(v,z)) <= lam)))'
    """
    added = objective("f(i)+eps*u(i,v,z)", "cost+abs(eps)")
    change = "eps*G+eps**2*S/2+lam*abs(eps)"
    up, down = ((change.replace("eps", f"(({s}lam-G)/(S+1))")) for s in ("", "-"))
    real = {"G": "g(v,z)", "S": "square(v,z)"}
    statement = Statement(
        goal=f"All(v,All(z,Imp({_CIRCLE}, abs(g(v,z)) <= {bound})))",
        hyps={"minimal": f"All(v,All(z,Imp({_CIRCLE}, All(eps, J <= {added}))))"},
        declare=DECLARE,
        let={**LET, "square(v,z)": "Sum(i,1,M,u(i,v,z)**2)/M"},
        inhabited={"M": "1", "K": "0", "x(i)": "0", "y(i)": "0", "lam": "1"},
        inhabited_steps=no_unit_helps("0 <= (eps*relu(z))**2/2+abs(eps)"),
    )
    steps = [
        step("quadratic", "assume", f"All(eps, 0 <= {change})", prose="The change of the objective, in three numbers."),
        step("convex", "assume", "0 <= S"),
        step("up", "apply", f"0 <= {up}", "quadratic", at={"eps": "(lam-G)/(S+1)"}, prose="A step against G > lambda."),
        step("down", "apply", f"0 <= {down}", "quadratic", at={"eps": "(-lam-G)/(S+1)"}),
        step("lemma", "arithmetic", f"abs(G) <= {bound}", "up", "down", "convex",
             prose="If |G| exceeded lambda, one of the two steps would lower the objective."),
        step("direction", "assume", _CIRCLE),
        step("instance", "apply", f"J <= {added}", "minimal", "direction", at={"v": "v", "z": "z", "eps": "eps"}),
        step("change", "certificate", f"0 <= {_put(change, real)}", "instance", terms=[["instance"]],
             prose="The difference of the two objectives, multiplied out."),
        step("every-size", "generalize", f"All(eps, 0 <= {_put(change, real)})", "change"),
        *_mean_square("v", "z"),
        step("bounded", "apply", f"abs(g(v,z)) <= {bound}", "lemma", "every-size", "mean-square", put=real),
        step("given", "discharge", f"Imp({_CIRCLE}, abs(g(v,z)) <= {bound})", "bounded"),
        step("goal", "generalize", statement.goal, "given"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_changing_a_weight(sign: str = "-") -> Proof:
    """Derive c_l g(w_l, b_l) = -lambda |c_l| from: no change of one weight lowers the objective.

    The change is eps g + eps^2 S/2 + lambda (|c_l + eps| - |c_l|); along eps = s c_l with small s of either sign its
    slope c_l g + lambda |c_l| must vanish.

    Arguments:
        sign: the sign in the conclusion; - in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_changing_a_weight().statement.goal
        'All(l,Imp(1<=l,l<=K, c(l)*g(w(l),b(l)) == -lam*abs(c(l))))'
    """
    moved_f, moved_cost = "Sum(k,1,K,(c(k)+eps*delta(k,l))*u(i,w(k),b(k)))", "Sum(k,1,K,abs(c(k)+eps*delta(k,l)))"
    new_f, new_cost = "f(i)+eps*u(i,w(l),b(l))", "cost+abs(c(l)+eps)-abs(c(l))"
    change = "eps*G+eps**2*S/2+lam*(abs(C+eps)-abs(C))"
    stop = "(-W/(1+2*Q+W**2))"
    real = {"G": "g(w(l),b(l))", "S": "square(w(l),b(l))", "C": "c(l)"}
    contact = f"c(l)*g(w(l),b(l)) == {sign}lam*abs(c(l))"
    statement = Statement(
        goal=f"All(l,Imp(1<=l,l<=K, {contact}))",
        hyps={"minimal": f"All(l,Imp(1<=l,l<=K, All(eps, J <= {objective(moved_f, moved_cost)})))"},
        declare=DECLARE,
        let={**LET, "square(v,z)": "Sum(i,1,M,u(i,v,z)**2)/M"},
        inhabited=ONE_POINT,
        inhabited_steps=no_weight_helps(),
    )
    steps = [
        step("line", "assume", "All(s, Imp(-1<=s, 0 <= s*W+s**2*Q))"),
        step("curved", "assume", "0 <= Q"),
        step("small", "certificate", f"-1 <= {stop}", "curved", times="1+2*Q+W**2",
             terms=[["sq:W-1/2"], ["c:3/4"], ["c:2", "curved"]]),
        step("stop", "apply", f"0 <= {stop}*W+({stop})**2*Q", "line", "small", at={"s": stop}),
        step("flat", "arithmetic", "W == 0", "stop", "curved", prose="A line that is not flat would dip below zero."),
        step("quadratic", "assume", f"All(eps, 0 <= {change})"),
        step("convex", "assume", "0 <= S"),
        step("scaling", "assume", "-1 <= s"),
        step("along", "apply", f"0 <= {change.replace('eps', '(s*C)')}", "quadratic", at={"eps": "s*C"}),
        step("shorter", "arithmetic", "abs(C+s*C)-abs(C) == s*abs(C)", "scaling"),
        step("along-line", "arithmetic", "0 <= s*(C*G+lam*abs(C))+s**2*(C**2*S/2)", "along", "shorter",
             prose="Scale the weight by 1 + s."),
        step("if-scaling", "discharge", "Imp(-1<=s, 0 <= s*(C*G+lam*abs(C))+s**2*(C**2*S/2))", "along-line"),
        step("each-scaling", "generalize", "All(s, Imp(-1<=s, 0 <= s*(C*G+lam*abs(C))+s**2*(C**2*S/2)))", "if-scaling"),
        step("curvature", "sign", "0 <= C**2*S/2", "convex"),
        step("slope", "apply", "C*G+lam*abs(C) == 0", "flat", "each-scaling", "curvature",
             put={"W": "C*G+lam*abs(C)", "Q": "C**2*S/2"}),
        step("lemma", "identity", f"C*G == {sign}lam*abs(C)", "slope", combine={"slope": "1"}),
        step("from", "assume", "1<=l"),
        step("to", "assume", "l<=K"),
        step("instance", "apply", f"J <= {objective(moved_f, moved_cost)}", "minimal", "from", "to",
             at={"l": "l", "eps": "eps"}),
        step("one-unit", "sums", "Sum(k,1,K,delta(k,l)*u(i,w(k),b(k))) == u(i,w(l),b(l))", "from", "to",
             kind="delta", index="l", rest="u(i,w(k),b(k))"),
        step("residual", "identity", f"({moved_f}-y(i))**2 == ({new_f}-y(i))**2", "one-unit"),
        step("misfit", "congruence", f"Sum(i,1,M,({moved_f}-y(i))**2) == Sum(i,1,M,({new_f}-y(i))**2)", "residual"),
        step("one-weight", "arithmetic",
             "abs(c(k)+eps*delta(k,l)) == abs(c(k))+delta(k,l)*(abs(c(k)+eps)-abs(c(k)))"),
        step("weights", "congruence",
             f"{moved_cost} == Sum(k,1,K,abs(c(k))+delta(k,l)*(abs(c(k)+eps)-abs(c(k))))", "one-weight"),
        step("pick", "sums", "Sum(k,1,K,delta(k,l)*(abs(c(k)+eps)-abs(c(k)))) == abs(c(l)+eps)-abs(c(l))", "from", "to",
             kind="delta", index="l", rest="abs(c(k)+eps)-abs(c(k))"),
        step("penalty", "identity", f"{moved_cost} == {new_cost}", "weights", "pick",
             combine={"weights": "1", "pick": "1"}),
        step("moved", "identity", f"{objective(moved_f, moved_cost)} == J+{_put(change, real)}", "misfit", "penalty",
             combine={"misfit": "1/(2*M)", "penalty": "lam"}),
        step("change", "arithmetic", f"0 <= {_put(change, real)}", "instance", "moved"),
        step("every-size", "generalize", f"All(eps, 0 <= {_put(change, real)})", "change"),
        *_mean_square("w(l)", "b(l)"),
        step("contact", "apply", contact, "lemma", "every-size", "mean-square", put=real),
        step("given", "discharge", f"Imp(1<=l,l<=K, {contact})", "contact"),
        step("goal", "generalize", statement.goal, "given"),
    ]  # fmt: skip
    return Proof(statement, steps)


_DUAL = "-M*Sum(i,1,M,r(i)**2)/2-Sum(i,1,M,r(i)*y(i))"


def build_weak_duality(sign: str = "-") -> Proof:
    """Derive J >= -(M/2)|r|^2 - r.y + |f - y - M r|^2/(2M) for every feasible r and every finite atomic measure.

    The gap is exactly |f - y - M r|^2/(2M) + sum_k (c_k g_r(w_k, b_k) + lambda |c_k|), and feasibility makes each
    term of the last sum non-negative.

    Arguments:
        sign: the sign of r.y; - in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> sorted(build_weak_duality().statement.hyps)
        ['M', 'directions', 'feasible']
    """
    dual = _DUAL.replace("2-Sum", f"2{sign}Sum")
    correlation = "Sum(i,1,M,r(i)*u(i,{}))"
    unit = correlation.format("w(k),b(k)")
    statement = Statement(
        goal=f"{dual}+Sum(i,1,M,(f(i)-y(i)-M*r(i))**2)/(2*M) <= J",
        hyps={
            "M": "1 <= M",
            "feasible": f"All(v,All(z,Imp({_CIRCLE}, abs({correlation.format('v,z')}) <= lam)))",
            "directions": "All(k,Imp(1<=k,k<=K, w(k)**2+b(k)**2==1))",
        },
        declare=DECLARE,
        let={name: body for name, body in LET.items() if name in ("u(i,v,z)", "f(i)", "cost", "J")},
        inhabited={"M": "2", "K": "3", "w(k)": "1", "b(k)": "0", "r(i)": "0", "lam": "1"},
        inhabited_steps=feasible_at("abs(0) <= 1"),
    )
    steps = [
        step("from", "assume", "1<=k"),
        step("to", "assume", "k<=K"),
        step("direction", "apply", "w(k)**2+b(k)**2==1", "directions", "from", "to", at={"k": "k"}),
        step("bounded", "apply", f"abs({unit}) <= lam", "feasible", "direction", at={"v": "w(k)", "z": "b(k)"}),
        step("term", "arithmetic", f"0 <= c(k)*{unit}+lam*abs(c(k))", "bounded"),
        step("terms", "monotone", f"0 <= Sum(k,1,K,c(k)*{unit}+lam*abs(c(k)))", "term"),
        step("data", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("goal", "certificate", statement.goal, "terms", "data", terms=[["terms"]],
             prose="Primal minus dual minus the square is the sum just shown to be non-negative."),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_support(sign: str = "-") -> Proof:
    """Derive that every unit of a minimiser is a contact of any dual point with the same value.

    Arguments:
        sign: the sign in the conclusion; - in the true statement.

    Returns:
        The statement and its derivation (derived in this project).

    Example:
        >>> build_support().statement.hyps["tight"].startswith("J <= ")
        True
    """
    correlation = "Sum(i,1,M,r(i)*u(i,{}))"
    unit = correlation.format("w(k),b(k)")
    term = f"(c(k)*{unit}+lam*abs(c(k)))"
    contact = f"c(l)*{correlation.format('w(l),b(l)')} == {sign}lam*abs(c(l))"
    statement = Statement(
        goal=f"All(l,Imp(1<=l,l<=K, {contact}))",
        hyps={
            "M": "1 <= M",
            "feasible": f"All(v,All(z,Imp({_CIRCLE}, abs({correlation.format('v,z')}) <= lam)))",
            "directions": "All(k,Imp(1<=k,k<=K, w(k)**2+b(k)**2==1))",
            "tight": f"J <= {_DUAL}",
        },
        declare=DECLARE,
        let={name: body for name, body in LET.items() if name in ("u(i,v,z)", "f(i)", "cost", "J")},
        inhabited={**ONE_POINT, "r(i)": "-1"},
        inhabited_steps=feasible_at("abs(-relu(z)) <= 1"),
    )
    steps = [
        step("from", "assume", "1<=k"),
        step("to", "assume", "k<=K"),
        step("direction", "apply", "w(k)**2+b(k)**2==1", "directions", "from", "to", at={"k": "k"}),
        step("bounded", "apply", f"abs({unit}) <= lam", "feasible", "direction", at={"v": "w(k)", "z": "b(k)"}),
        step("term", "arithmetic", f"0 <= {term}", "bounded"),
        step("first", "assume", "1<=l"),
        step("last", "assume", "l<=K"),
        step("part", "arithmetic", f"delta(k,l)*{term} <= {term}", "term"),
        step("parts", "monotone", f"Sum(k,1,K,delta(k,l)*{term}) <= Sum(k,1,K,{term})", "part"),
        step("pick", "sums", f"Sum(k,1,K,delta(k,l)*{term}) == {term.replace('(k)', '(l)')}", "first", "last",
             kind="delta", index="l", rest=term),
        step("data", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("square", "certificate", "0 <= (f(i)-y(i)-M*r(i))**2", terms=[["sq:f(i)-y(i)-M*r(i)"]]),
        step("squares", "monotone", "0 <= Sum(i,1,M,(f(i)-y(i)-M*r(i))**2)", "square"),
        step("mean-square", "sign", "0 <= Sum(i,1,M,(f(i)-y(i)-M*r(i))**2)/(2*M)", "squares", "data"),
        step("gap", "identity", f"J-({_DUAL}) == Sum(i,1,M,(f(i)-y(i)-M*r(i))**2)/(2*M)+Sum(k,1,K,{term})", "data"),
        step("at-most", "arithmetic", f"{term.replace('(k)', '(l)')} <= 0", "gap", "mean-square", "tight", "parts",
             "pick"),
        step("at-least", "apply", f"0 <= {term.replace('(k)', '(l)')}", "term", "first", "last", put={"k": "l"}),
        step("contact", "arithmetic", contact, "at-most", "at-least"),
        step("given", "discharge", f"Imp(1<=l,l<=K, {contact})", "contact"),
        step("goal", "generalize", statement.goal, "given"),
    ]  # fmt: skip
    return Proof(statement, steps)


_COMPETITOR = {"h(i)": network("d", "p", "q", "L"), "rival": "Sum(k,1,L,abs(d(k)))", "Jd": objective("h(i)", "rival")}
_KKT = {
    "feasible": f"All(v,All(z,Imp({_CIRCLE}, abs(g(v,z)) <= lam)))",
    "contacts": "All(k,Imp(1<=k,k<=K, c(k)*g(w(k),b(k)) == -lam*abs(c(k))))",
}
_RIVAL = {"rivals": "All(k,Imp(1<=k,k<=L, p(k)**2+q(k)**2==1))"}


def build_sufficient(square: str = "1") -> Proof:
    """Derive J(c) + |h - f|^2/(2M) <= J(d) for every finite atomic measure d from dual feasibility and contact at c.

    So dual feasibility (|g| <= lambda on the circle) and contact (c_k g_k = -lambda |c_k|) suffice for a minimiser.

    Arguments:
        square: the factor of |h - f|^2/(2M); 1 in the true statement.

    Returns:
        The statement and its derivation (derived in this project); it uses mf.weak-duality.

    Example:
        >>> build_sufficient().steps[0]["uses"][0]
        'claim:mf.weak-duality'
    """
    r = "((f(i)-y(i))/M)"
    dual = _DUAL.replace("r(i)", r)
    statement = Statement(
        goal=f"J+{square}*Sum(i,1,M,(h(i)-f(i))**2)/(2*M) <= Jd",
        hyps={"M": "1 <= M", **_KKT, **_RIVAL},
        declare=DECLARE,
        let={**LET, **_COMPETITOR},
        inhabited={"M": "2", "K": "0", "L": "1", "p(k)": "1", "q(k)": "0", "y(i)": "0", "lam": "1"},
        inhabited_steps=feasible_at("abs(0) <= 1"),
    )
    term = "c(k)*g(w(k),b(k))+lam*abs(c(k))"
    steps = [
        step("duality", "apply", f"{dual}+Sum(i,1,M,(h(i)-y(i)-M*{r})**2)/(2*M) <= Jd", "claim:mf.weak-duality",
             "M", "feasible", "rivals", put={"K": "L"},
             symbols={"r(i)": r, "c(k)": "d(k)", "w(k)": "p(k)", "b(k)": "q(k)"}),
        step("from", "assume", "1<=k"),
        step("to", "assume", "k<=K"),
        step("contact", "apply", "c(k)*g(w(k),b(k)) == -lam*abs(c(k))", "contacts", "from", "to", at={"k": "k"}),
        step("tight", "identity", f"{term} == 0", "contact", combine={"contact": "1"}),
        step("all-tight", "congruence", f"Sum(k,1,K,{term}) == Sum(k,1,K,0)", "tight"),
        step("data", "certificate", "0 < M", "M", terms=[["M"], ["c:1"]]),
        step("attained", "identity", f"{dual} == J", "all-tight", "data", combine={"all-tight": "-1"},
             prose="With contact everywhere, primal and dual values agree."),
        step("squares", "identity", f"Sum(i,1,M,(h(i)-y(i)-M*{r})**2) == {square}*Sum(i,1,M,(h(i)-f(i))**2)", "data"),
        step("goal", "arithmetic", statement.goal, "duality", "attained", "squares"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_fitted_values_unique(rival: str = "Jd <= J") -> Proof:
    """Derive h(x_i) = f(x_i) for all i when f satisfies the optimality conditions and h costs no more.

    Arguments:
        rival: what is known of the second predictor's objective.

    Returns:
        The statement and its derivation (derived in this project); it uses mf.optimality-sufficient.

    Example:
        >>> build_fitted_values_unique().statement.goal
        'All(j,Imp(1<=j,j<=M, h(j)==f(j)))'
    """
    statement = Statement(
        goal="All(j,Imp(1<=j,j<=M, h(j)==f(j)))",
        hyps={"M": "1 <= M", **_KKT, **_RIVAL, "rival": rival},
        declare=DECLARE,
        let={**LET, **_COMPETITOR},
        inhabited={"M": "2", "K": "0", "L": "0", "y(i)": "0", "lam": "1"},
        inhabited_steps=feasible_at("abs(0) <= 1"),
    )
    steps = [
        step("better", "apply", "J+1*Sum(i,1,M,(h(i)-f(i))**2)/(2*M) <= Jd", "claim:mf.optimality-sufficient",
             "M", "feasible", "contacts", "rivals"),
        step("scaled", "arithmetic", "Sum(i,1,M,(h(i)-f(i))**2)/(2*M) <= 0", "better", "rival"),
        step("squares", "arithmetic", "Sum(i,1,M,(h(i)-f(i))**2) <= 0", "scaled", "M"),
        step("from", "assume", "1<=j"),
        step("to", "assume", "j<=M"),
        step("part", "arithmetic", "delta(i,j)*(h(i)-f(i))**2 <= (h(i)-f(i))**2"),
        step("parts", "monotone", "Sum(i,1,M,delta(i,j)*(h(i)-f(i))**2) <= Sum(i,1,M,(h(i)-f(i))**2)", "part"),
        step("pick", "sums", "Sum(i,1,M,delta(i,j)*(h(i)-f(i))**2) == (h(j)-f(j))**2", "from", "to",
             kind="delta", index="j", rest="(h(i)-f(i))**2"),
        step("equal", "arithmetic", "h(j)==f(j)", "squares", "parts", "pick"),
        step("given", "discharge", "Imp(1<=j,j<=M, h(j)==f(j))", "equal"),
        step("goal", "generalize", statement.goal, "given"),
    ]  # fmt: skip
    return Proof(statement, steps)


def feasible_at(body: str) -> list[dict[str, object]]:
    """Return steps that prove, at a witness, that a dual point is feasible.

    Arguments:
        body: the bound at the witness, in v and z.

    Returns:
        The steps for the hypothesis "feasible".

    Example:
        >>> feasible_at("abs(0) <= 1")[-1]["goal"]
        'All(v,All(z,Imp(v**2+z**2==1, abs(0) <= 1)))'
    """
    return [
        {"for": "feasible", **line}
        for line in (
            step("direction", "assume", _CIRCLE),
            step("body", "arithmetic", body, "direction"),
            step("given", "discharge", f"Imp({_CIRCLE}, {body})", "body"),
            step("all", "generalize", f"All(v,All(z,Imp({_CIRCLE}, {body})))", "given"),
        )
    ]


def _put(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, f"({value})")
    return text


#: One data point (0, 2), lambda = 1: the minimiser is one constant unit of weight 1, with J = 3/2.
ONE_POINT = {"M": "1", "K": "1", "x(i)": "0", "y(i)": "2", "lam": "1", "c(k)": "1", "w(k)": "0", "b(k)": "1"}


def no_weight_helps() -> list[dict[str, object]]:
    """Return steps that prove, at ONE_POINT, that no change of the only weight lowers the objective.

    Returns:
        The steps for the hypothesis "minimal".

    Example:
        >>> no_weight_helps()[-1]["for"]
        'minimal'
    """
    body = "3/2 <= (1+eps*delta(1,l)-2)**2/2+abs(1+eps*delta(1,l))"
    return [
        {"for": "minimal", **line}
        for line in (
            step("body", "arithmetic", body),
            step("every", "generalize", f"All(eps, {body})", "body"),
            step("given", "discharge", f"Imp(1<=l,l<=1, All(eps, {body}))", "every"),
            step("all", "generalize", f"All(l,Imp(1<=l,l<=1, All(eps, {body})))", "given"),
        )
    ]


def _mean_square(v: str, z: str) -> list[dict[str, object]]:
    return [
        step("square", "arithmetic", f"0 <= u(i,{v},{z})**2"),
        step("squares", "monotone", f"0 <= Sum(i,1,M,u(i,{v},{z})**2)", "square"),
        step("mean-square", "sign", f"0 <= square({v},{z})", "squares"),
    ]


def no_unit_helps(body: str) -> list[dict[str, object]]:
    """Return steps that prove, at a witness, that no added unit lowers the objective.

    Arguments:
        body: the comparison of the two objectives at the witness, in v, z and eps.

    Returns:
        The steps for the hypothesis "minimal".

    Example:
        >>> [line["rule"] for line in no_unit_helps("0 <= abs(eps)")]
        ['assume', 'arithmetic', 'generalize', 'discharge', 'generalize']
    """
    return [
        {"for": "minimal", **line}
        for line in (
            step("direction", "assume", _CIRCLE),
            step("body", "arithmetic", body, "direction"),
            step("every", "generalize", f"All(eps, {body})", "body"),
            step("given", "discharge", f"Imp({_CIRCLE}, All(eps, {body}))", "every"),
            step("all", "generalize", f"All(v,All(z,Imp({_CIRCLE}, All(eps, {body}))))", "given"),
        )
    ]
