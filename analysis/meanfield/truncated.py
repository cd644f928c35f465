"""Appendix A.1 of JMLR 23(130): the truncated Gibbs densities, from above and below, and their limit as tau grows.

A unit is a^m (w^m x + b)_+^m or its smooth form; with |a^m| <= m and 0 <= (.) <= 2 m^2 it is at most 2 m^3.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps
from .iterate import gaussian_parts, gaussian_weight, integrate
from .relative_entropy import integrable, over

DECLARE = "i:Z M:N"
_C, _ROOT = "beta*lam", "sqrt(2*pi/(beta*lam))"
_NORM = "(a**2 + w**2 + b**2)"
_PSI = f"(Sum(i,1,M,r(i)*cut(a)*cap(cut(w)*x(i) + b)) + lam/2*{_NORM})"
_SIZE = "(2*m**3*Sum(i,1,M,abs(r(i))))"
_PARTS = {"E": f"exp(-beta*{_PSI})"} | gaussian_parts(_C, _ROOT)
_LET = {"Z": over(_PARTS["E"], 3)}
#: The truncations of p. 8 and p. 9, sharp or smooth: any odd or even functions with these bounds.
_UNIT = {
    "cut": "All(a, -m <= cut(a) and cut(a) <= m)",
    "cap": "All(t, 0 <= cap(t) and cap(t) <= 2*m**2)",
    "m": "0 <= m",
    "beta": "0 < beta",
}
_AT = {
    "beta": "1", "lam": "1", "m": "1", "M": "1", "r(i)": "1", "x(i)": "0", "cut(a)": "0", "cap(t)": "0",
}  # fmt: skip


def unit_helps(m: str, cut: str, cap: str) -> list[dict[str, object]]:
    """Return steps that prove the bounds of the truncations at a witness where both are constant.

    Arguments:
        m: the value of m.
        cut: the value of cut.
        cap: the value of cap.

    Example:
        >>> unit_helps("1", "0", "0")[0]["goal"]
        '-1 <= 0 and 0 <= 1'
    """
    bounds = (("cut", f"-{m} <= {cut} and {cut} <= {m}", "a"), ("cap", f"0 <= {cap} and {cap} <= 2*{m}**2", "t"))
    return [
        {"for": name, **line}
        for name, text, v in bounds
        for line in (
            step(f"{name}-0", "arithmetic", text),
            step(f"{name}-all", "generalize", f"All({v}, {text})", f"{name}-0"),
        )
    ]


def _unit_size(sign: str) -> Steps:
    """The sum of the units, with this sign before it, is at most S = 2 m^3 sum |r_i| (step "sum")."""
    unit = "cut(a)*cap(cut(w)*x(i) + b)"
    total = "Sum(i,1,M,r(i)*cut(a)*cap(cut(w)*x(i) + b))"
    return [
        step("cut-a", "apply", "-m <= cut(a) and cut(a) <= m", "cut", at={"a": "a"}),
        step("cap-u", "apply", "0 <= cap(cut(w)*x(i) + b) and cap(cut(w)*x(i) + b) <= 2*m**2", "cap",
             at={"t": "cut(w)*x(i) + b"}),
        step("unit-lemma", "arithmetic", "Imp(-n <= s and s <= n, 0 <= t and t <= 2*n**2, 0 <= n,"
             " s*t <= 2*n**3 and -(s*t) <= 2*n**3)"),
        step("unit", "apply", f"{unit} <= 2*m**3 and -({unit}) <= 2*m**3", "unit-lemma", "cut-a", "cap-u", "m",
             put={"n": "m", "s": "cut(a)", "t": "cap(cut(w)*x(i) + b)"}),
        step("term-lemma", "arithmetic", "Imp(u <= c and -u <= c, r0*u <= c*abs(r0) and -(r0*u) <= c*abs(r0))"),
        step("term", "apply", f"r(i)*({unit}) <= 2*m**3*abs(r(i)) and -(r(i)*({unit})) <= 2*m**3*abs(r(i))",
             "term-lemma", "unit", put={"u": unit, "c": "2*m**3", "r0": "r(i)"}),
        step("one", "arithmetic", f"{sign}(r(i)*({unit})) <= 2*m**3*abs(r(i))", "term"),
        step("terms", "monotone", f"Sum(i,1,M,{sign}(r(i)*({unit}))) <= Sum(i,1,M,2*m**3*abs(r(i)))", "one"),
        step("sum", "certificate", f"{sign}({total}) <= {_SIZE}", "terms", terms=[["terms"]]),
    ]  # fmt: skip


def exponential_order() -> Steps:
    """Return steps that end in the lemma "exp-order": exp is increasing.

    Example:
        >>> exponential_order()[-1]["goal"]
        'Imp(u <= v, exp(u) <= exp(v))'
    """
    return [
        step("less", "assume", "u <= v"),
        step("convex", "arithmetic", "1 <= exp(v-u)", "less"),
        step("positive-u", "sign", "0 < exp(u)"),
        step("product", "identity", "exp(v-u)*exp(u) == exp(v)"),
        step("order", "certificate", "exp(u) <= exp(v)", "convex", "positive-u", "product",
             terms=[["convex", "positive-u"]], combine={"product": "-1"}),
        step("exp-order", "discharge", "Imp(u <= v, exp(u) <= exp(v))", "order"),
    ]  # fmt: skip


def build_density_above(power: str = "m**3") -> Proof:
    """Derive (A.5): Z rho* <= K7 exp(-(k/2)|theta|^2) at every theta, K7 = exp(2 beta m^3 sum |R_i|).

    Arguments:
        power: the bound of a unit is twice this; m**3 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.5)).

    Example:
        >>> build_density_above().statement.goal[:8]
        'exp(-bet'
    """
    size = _SIZE.replace("m**3", power)
    goal = f"{_PARTS['E']} <= exp(beta*{size})*exp(-({_C})*{_NORM}/2)"
    steps = [
        *_unit_size("-"),
        step("exponent", "certificate", f"-beta*{_PSI} <= beta*{size}-({_C})*{_NORM}/2", "sum", "beta",
             terms=[["beta", "sum"]], prose="Only the units count."),
        *exponential_order(),
        step("below", "apply", f"{_PARTS['E']} <= exp(beta*{size}-({_C})*{_NORM}/2)", "exp-order", "exponent",
             put={"u": f"-beta*{_PSI}", "v": f"beta*{size}-({_C})*{_NORM}/2"}),
        step("goal", "certificate", goal, "below", terms=[["below"]]),
    ]  # fmt: skip
    return Proof(Statement(goal, _UNIT, DECLARE, {}, _AT, unit_helps("1", "0", "0")), steps)


def build_partition_below(power: str = "m**3") -> Proof:
    """Derive (A.4): Z >= exp(-2 beta m^3 sum |R_i|) (2 pi/k)^(3/2) for the truncated units.

    Arguments:
        power: the bound of a unit is twice this; m**3 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.4)).

    Example:
        >>> build_partition_below().statement.goal[-4:]
        '<= Z'
    """
    size = _SIZE.replace("m**3", power)
    kappa = f"exp(-beta*{size})"
    steps = [
        *_unit_size(""),
        step("exponent", "certificate", f"-beta*{size}-({_C})*{_NORM}/2 <= -beta*{_PSI}", "sum", "beta",
             terms=[["beta", "sum"]]),
        *exponential_order(),
        step("below", "apply", f"exp(-beta*{size}-({_C})*{_NORM}/2) <= {_PARTS['E']}", "exp-order", "exponent",
             put={"u": f"-beta*{size}-({_C})*{_NORM}/2", "v": f"-beta*{_PSI}"}),
        step("point", "certificate", f"0 <= {_PARTS['E']}-{kappa}*{_PARTS['G']}", "below", terms=[["below"]]),
        step("c", "sign", f"0 < {_C}", "beta", "lam"),
        *gaussian_weight(_C, _ROOT, _PARTS),
        *integrate(_PARTS, f"{{E}}-{kappa}*{{G}}", "point", "G", f"-{kappa}"),
        step("goal", "certificate", f"{kappa}*{_ROOT}**3 <= Z", "positive3", terms=[["positive3"]]),
    ]  # fmt: skip
    hyps = {**_UNIT, "lam": "0 < lam", **{f"E{level}": integrable(_PARTS, "E", level) for level in range(3)}}
    return Proof(Statement(f"{kappa}*{_ROOT}**3 <= Z", hyps, DECLARE, _LET, _AT, unit_helps("1", "0", "0")), steps)


def build_truncated_entropy(least: str = "1 <= D") -> Proof:
    """Derive p. 47: if rho <= D exp(-(k/2)|theta|^2), D >= 1, max(rho log rho, 0) integrates to D log D vol at most.

    vol is that of the ball k |theta|^2/2 <= log D, by any function that is 1 there and not negative.

    Arguments:
        least: what is asked of D; 1 <= D in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 47).

    Example:
        >>> build_truncated_entropy().statement.hyps["D"]
        '1 <= D'
    """
    rho, q = "rho(a,w,b)", f"(k*{_NORM}/2)"
    parts = {"T": f"max({rho}*log({rho}),0)", "I": "ind(a,w,b)"}
    statement = Statement(
        f"{over(parts['T'], 3)} <= D*log(D)*{over(parts['I'], 3)}",
        {
            "D": least, "k": "0 < k", "rho": f"All(a, All(w, All(b, 0 <= {rho} and {rho} <= D*exp(-{q}))))",
            "ball": f"All(a, All(w, All(b, 0 <= ind(a,w,b) and Imp({q} <= log(D), ind(a,w,b) == 1))))",
            **{f"{name}{level}": integrable(parts, name, level) for name in parts for level in range(3)},
        },
        inhabited={"D": "1", "k": "1", "rho(a,w,b)": "0", "ind(a,w,b)": f"exp(-{_NORM})"},
        inhabited_steps=entropy_helps("1"),
    )  # fmt: skip
    d = f"(log({rho})-log(D)+{q})"
    steps = [
        step("here", "apply", f"0 <= {rho} and {rho} <= D*exp(-{q})", "rho", at={"a": "a", "w": "w", "b": "b"}),
        step("in", "apply", f"0 <= ind(a,w,b) and Imp({q} <= log(D), ind(a,w,b) == 1)", "ball",
             at={"a": "a", "w": "w", "b": "b"}),
        step("q", "sign", f"0 <= {q}", "k"),
        step("D>0", "arithmetic", "0 < D", "D"),
        step("log-D", "apply", "exp(log(D)) == D", "axiom:logarithm", "D>0", put={"t": "D"}),
        step("inverse-D", "identity", "exp(-log(D))*D == 1", "log-D", combine={"log-D": "-exp(-log(D))"}),
        step("tangent-D", "arithmetic", "1-log(D) <= exp(-log(D))"),
        step("D-lemma", "arithmetic", "Imp(1-l <= e, e*D0 == 1, 1 <= D0, 0 <= l)"),
        step("logD", "apply", "0 <= log(D)", "D-lemma", "tangent-D", "inverse-D", "D",
             put={"l": "log(D)", "e": "exp(-log(D))", "D0": "D"}),
        step("tangent-q", "arithmetic", f"1+{q} <= exp({q})"),
        step("inverse-q", "identity", f"exp(-{q})*exp({q}) == 1"),
        step("small-lemma", "arithmetic", "Imp(1+p <= e, f*e == 1, 0 <= p, f <= 1)"),
        step("small", "apply", f"exp(-{q}) <= 1", "small-lemma", "tangent-q", "inverse-q", "q",
             put={"p": q, "e": f"exp({q})", "f": f"exp(-{q})"}),
        # Where rho <= 1 nothing is counted.
        step("r>0", "assume", f"0 < {rho}"),
        step("log-r", "apply", f"exp(log({rho})) == {rho}", "axiom:logarithm", "r>0", put={"t": rho}),
        step("tangent-r", "arithmetic", f"1+log({rho}) <= exp(log({rho}))"),
        step("inverse-r", "identity", f"exp(-log({rho}))*{rho} == 1", "log-r",
             combine={"log-r": f"-exp(-log({rho}))"}),
        step("tangent-1/r", "arithmetic", f"1-log({rho}) <= exp(-log({rho}))"),
        # log rho <= log D - q.
        step("ratio", "identity", f"exp({d})*(D*exp(-{q})) == {rho}", "log-r", "log-D",
             combine={"log-r": "1", "log-D": f"-exp({d})*exp(-{q})"}),
        step("tangent-d", "arithmetic", f"1+{d} <= exp({d})"),
        step("scale", "sign", f"0 < D*exp(-{q})", "D>0"),
        step("below-lemma", "arithmetic", "Imp(e*s == r, 0 <= r and r <= s, 0 < s, 1+t <= e, t <= 0)"),
        step("log-below", "apply", f"{d} <= 0", "below-lemma", "ratio", "here", "scale", "tangent-d",
             put={"e": f"exp({d})", "s": f"D*exp(-{q})", "r": rho, "t": d}),
        step("case-lemma", "arithmetic",
             "Imp(0 < r, 1+l <= e, e == r, f*r == 1, 1-l <= f, l-L+p <= 0, 0 <= p, 0 <= L, r <= D0*g, g <= 1, 1 <= D0,"
             " 0 <= j and Imp(p <= L, j == 1), max(r*l,0) <= D0*L*j)"),
        step("rho<=", "arithmetic", f"{rho} <= D*exp(-{q})", "here"),
        step("inside", "apply", f"max({rho}*log({rho}),0) <= D*log(D)*ind(a,w,b)", "case-lemma", "r>0", "tangent-r",
             "log-r", "inverse-r", "tangent-1/r", "log-below", "q", "logD", "rho<=", "small", "D", "in",
             put={"r": rho, "l": f"log({rho})", "e": f"exp(log({rho}))", "f": f"exp(-log({rho}))", "L": "log(D)",
                  "p": q, "D0": "D", "g": f"exp(-{q})", "j": "ind(a,w,b)"}),
        step("inside'", "discharge", f"Imp(0 < {rho}, max({rho}*log({rho}),0) <= D*log(D)*ind(a,w,b))", "inside"),
        step("weight", "sign", "0 <= D*log(D)", "D>0", "logD"),
        step("ind", "arithmetic", "0 <= ind(a,w,b)", "in"),
        step("zero", "assume", f"{rho} == 0"),
        step("zero-lemma", "arithmetic", "Imp(r == 0, 0 <= c, 0 <= j, max(r*l,0) <= c*j)"),
        step("outside", "apply", f"max({rho}*log({rho}),0) <= D*log(D)*ind(a,w,b)", "zero-lemma", "zero", "weight",
             "ind", put={"r": rho, "l": f"log({rho})", "c": "D*log(D)", "j": "ind(a,w,b)"}),
        step("outside'", "discharge", f"Imp({rho} == 0, max({rho}*log({rho}),0) <= D*log(D)*ind(a,w,b))", "outside"),
        step("either-lemma", "arithmetic", "Imp(0 <= r and r <= s, Imp(0 < r, T <= U), Imp(r == 0, T <= U), 0 <= U-T)"),
        step("point", "apply", f"0 <= D*log(D)*ind(a,w,b)-max({rho}*log({rho}),0)", "either-lemma", "here", "inside'",
             "outside'", put={"r": rho, "s": f"D*exp(-{q})", "T": f"max({rho}*log({rho}),0)",
                              "U": "D*log(D)*ind(a,w,b)"}),
        *integrate(parts, "D*log(D)*{I}-{T}", "point"),
        step("goal", "certificate", statement.goal, "positive3", terms=[["positive3"]]),
    ]  # fmt: skip
    return Proof(statement, steps)


def entropy_helps(d: str) -> list[dict[str, object]]:
    """Return what no evaluation decides at the witness D <= 1, k = 1, rho = 0, ind = exp(-|theta|^2).

    Arguments:
        d: the value of D.

    Example:
        >>> entropy_helps("1")[0]["goal"]
        '0 <= 0 and 0 <= 1*exp(-(1*(a**2 + w**2 + b**2)/2))'
    """
    ind, energy = f"exp(-{_NORM})", f"1*{_NORM}/2"
    body = f"0 <= 0 and 0 <= {d}*exp(-({energy}))"
    ball = f"0 <= {ind} and Imp({energy} <= log({d}), {ind} == 1)"
    rho = [step("rho-0", "sign", body), step("rho-all", "generalize", f"All(a, All(w, All(b, {body})))", "rho-0")]
    inside = [
        step("log", "enclosure", f"log({d}) <= 0"),
        step("near", "assume", f"{energy} <= log({d})"),
        step("zero", "arithmetic", f"{_NORM} == 0", "near", "log"),
        step("none", "assume", "n == 0"),
        step("one", "identity", "exp(-n) == 1", "none"),
        step("exp-0", "apply", f"{ind} == 1", "one", "zero", put={"n": _NORM}),
        step("if", "discharge", f"Imp({energy} <= log({d}), {ind} == 1)", "exp-0"),
        step("sign", "sign", f"0 <= {ind}"),
        step("both", "arithmetic", ball, "sign", "if"),
        step("ball-all", "generalize", f"All(a, All(w, All(b, {ball})))", "both"),
    ]
    return [{"for": name, **line} for name, rows in (("rho", rho), ("ball", inside)) for line in rows]


#: The truncations of p. 8: a^m, and the truncated ReLU, which is (t)_+ up to m^2.
_ATOMS = {"cut(v)": "max(-m,min(m,v))", "unit(a,b)": "cut(a)*cap(cut(1)*x+b)"}


def build_no_truncation(room: str = "6*abs(q)+3*abs(xM)+3*abs(x1)+2") -> Proof:
    """Derive p. 50: with m > 6|q| + 3|x_M| + 3|x_1| + 2, q = M y_i/eps, no atom of the saw-tooth is truncated.

    The atoms are (3q, 1, eps - x_i), (-6q, 1, -x_i), (3q, 1, -eps - x_i); x lies in [x_1, x_M], and eps is below half
    of a gap. Nor is a weight within 1/2 of 3q or -6q, where the smoothed law has it.

    Arguments:
        room: what m exceeds.

    Returns:
        The statement and its derivation (JMLR 23(130), pp. 50 and 51).

    Example:
        >>> build_no_truncation().statement.hyps["x"]
        'x1 <= x and x <= xM'
    """
    atoms = (("3*q", "eps-xi"), ("-6*q", "-xi"), ("3*q", "-eps-xi"))
    parts = [f"unit({a},{b}) == {a}*relu(1*x+({b}))" for a, b in atoms]
    parts += [f"cut({a}+u) == {a}+u" for a in ("3*q", "-6*q")]
    cap = "All(t, Imp(t <= m**2, cap(t) == relu(t)))"
    statement = Statement(
        " and ".join(parts),
        {
            "m": f"{room} < m", "x": "x1 <= x and x <= xM", "xi": "x1 <= xi and xi <= xM",
            "eps": "0 < eps and eps <= (xM-x1)/2", "u": "abs(u) <= 1/2", "cap": cap,
        },
        let=_ATOMS,
        inhabited={"m": "100", "x": "0", "x1": "-1", "xM": "1", "xi": "0", "eps": "1/2", "q": "1", "u": "0",
                   "cap(t)": "relu(t)"},
        inhabited_steps=[
            {"for": "cap", **line}
            for line in (
                step("same", "identity", "relu(t) == relu(t)"),
                step("if", "discharge", "Imp(t <= 100**2, relu(t) == relu(t))", "same"),
                step("all", "generalize", "All(t, Imp(t <= 100**2, relu(t) == relu(t)))", "if"),
            )
        ],
    )  # fmt: skip
    steps = [
        step("one", "arithmetic", "cut(1) == 1", "m"),
        *[step(f"cut{k}", "arithmetic", f"cut({a}) == {a}", "m") for k, (a, _) in enumerate(atoms[:2])],
        *[step(f"part{k + 3}", "arithmetic", parts[k + 3], "m", "u") for k in range(2)],
        step("size", "arithmetic", "2 <= m", "m"),
        step("square", "arithmetic", "m <= m**2", "size"),
    ]
    for k, (a, b) in enumerate(atoms):
        inside = f"cut(1)*x+({b})"
        steps += [
            step(f"in{k}", "arithmetic", f"{inside} <= m", "one", "m", "x", "xi", "eps"),
            step(f"low{k}", "arithmetic", f"{inside} <= m**2", f"in{k}", "square"),
            step(f"cap{k}", "apply", f"cap({inside}) == relu({inside})", "cap", f"low{k}", at={"t": inside}),
            step(f"relu{k}", "arithmetic", f"relu({inside}) == relu(1*x+({b}))", "one"),
            step(f"lemma{k}", "arithmetic", "Imp(c == d, f == g, g == h, c*f == d*h)"),
            step(f"part{k}", "apply", parts[k], f"lemma{k}", f"cut{k % 2}", f"cap{k}", f"relu{k}",
                 put={"c": f"cut({a})", "d": a, "f": f"cap({inside})", "g": f"relu({inside})",
                      "h": f"relu(1*x+({b}))"}),
        ]  # fmt: skip
    steps.append(step("goal", "arithmetic", statement.goal, *[f"part{k}" for k in range(5)]))
    return Proof(statement, steps)
