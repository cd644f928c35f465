"""Integral of the curvature over a half-line of w, by Gaussian tails (end of p. 28 of JMLR 23(130)).

The weights are truncated: al(a) is between 0 and a, v(w) is between 0 and w.  On the line b = -v(w) x the exponent is
-(k/2)(2 al v c + a^2 + w^2 + v^2 x^2), k = beta lambda; outside of the cluster set 1 + x^2 - c^2 >= C > 0.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .critical_point import Steps
from .gaussian_tail import ROOT, half_gaussian, lemmas, shifted

#: Truncation of a keeps sign and does not lengthen.
CUT = "All(a, Imp(0 <= a, 0 <= al(a) and al(a) <= a) and Imp(a <= 0, a <= al(a) and al(a) <= 0))"


LET = {
    "mass(a,w)": "abs(al(a))*v(w)**2*exp(-(k/2)*(2*al(a)*v(w)*c+a**2+w**2+v(w)**2*x**2))",
    "inner(w)": "Int(a,-oo,oo,mass(a,w))",
}
HYPS = {
    "k": "0 < k", "al": CUT, "al-c": "Cont(a,-oo,oo,al(a))",
    "v": "All(w, Imp(0 <= w, 0 <= v(w) and v(w) <= w))",
}  # fmt: skip
#: No truncation, and a point that sees no residuals: the integrals are Gaussian.
PLAIN = {"k": "1", "al(a)": "a", "v(w)": "w", "c": "0", "x": "0", "C": "1"}


def plain_steps(cut: bool = True) -> tuple[dict[str, object], ...]:
    """Return steps that prove at `PLAIN` what the hypotheses say of the truncations.

    Arguments:
        cut: whether the truncation of a is among them.

    Returns:
        The steps for the hypotheses "al" and "v".

    Example:
        >>> [s["for"] for s in plain_steps()]
        ['al', 'al', 'v', 'v']
    """
    found: list[dict[str, object]] = []
    bodies = {"al": "Imp(0 <= a, 0 <= a and a <= a) and Imp(a <= 0, a <= a and a <= 0)"} if cut else {}
    bodies["v"] = "Imp(0 <= w, 0 <= w and w <= w)"
    for name, body in bodies.items():
        found += [
            {"for": name, **step(f"{name}-one", "arithmetic", body)},
            {"for": name, **step(f"{name}-all", "generalize", f"All({name[0] if name == 'al' else 'w'}, {body})",
                                 f"{name}-one")},
        ]  # fmt: skip
    return tuple(found)


def _pointwise() -> Steps:
    """|al| exp(-k al s) exp(-k a^2/2) is at most two positive parts, s = v c (steps "under", "sign-f").

    The right side is (a)_+ exp(k a p - k a^2/2) + (-a)_+ exp(-k a q - k a^2/2) with p = (-s)_+, q = (s)_+.
    """
    e = "exp(-k*a**2/2)"
    left = "abs(u)*exp(-k*u*s)"
    right = "relu(a)*exp(k*a*relu(-s))+relu(-a)*exp(-k*a*relu(s))"
    lemma = "Imp(0 < {0}, 0 < {1}, {0} <= {1}, 0 <= y, y <= z, y*{0} <= z*{1})"
    return [
        step("k'", "assume", "0 < k"),
        step("u", "assume", "Imp(0 <= a, 0 <= u and u <= a) and Imp(a <= 0, a <= u and u <= 0)"),
        step("product", "arithmetic", lemma.format("E", "F")),
        step("rises", "arithmetic", "Imp(0 <= b, 0 <= y, y <= b, y*r <= b*relu(r))"),
        *[line for side, fact, y, b, r in (
            ("up", "0 <= a", "u", "a", "(-s)"), ("down", "a <= 0", "(-u)", "(-a)", "s")) for line in (
            step(side, "assume", fact),
            step(f"{side}-b", "arithmetic", f"0 <= {b}", side),
            step(f"{side}-y", "arithmetic", f"0 <= {y}", side, "u"),
            step(f"{side}-yb", "arithmetic", f"{y} <= {b}", side, "u"),
            step(f"{side}-s", "apply", f"{y}*{r} <= {b}*relu({r})", "rises", f"{side}-b", f"{side}-y", f"{side}-yb",
                 put={"b": b, "y": y, "r": r}),
            step(f"{side}-k", "certificate", f"k*({y}*{r}) <= k*({b}*relu({r}))", f"{side}-s", "k'",
                 terms=[[f"{side}-s", "k'"]]),
            step(f"{side}-exp", "apply", f"exp(k*({y}*{r})) <= exp(k*({b}*relu({r})))", "exp-order", f"{side}-k",
                 put={"u": f"k*({y}*{r})", "z": f"k*({b}*relu({r}))"}),
            step(f"{side}-E", "sign", f"0 < exp(k*({y}*{r}))"),
            step(f"{side}-F", "sign", f"0 < exp(k*({b}*relu({r})))"),
            step(f"{side}-prod", "apply", f"{y}*exp(k*({y}*{r})) <= {b}*exp(k*({b}*relu({r})))", "product",
                 f"{side}-E", f"{side}-F", f"{side}-exp", f"{side}-y", f"{side}-yb",
                 put={"E": f"exp(k*({y}*{r}))", "F": f"exp(k*({b}*relu({r})))", "y": y, "z": b}),
            step(f"{side}-abs", "arithmetic", f"abs(u) == {y}", f"{side}-y"),
            step(f"{side}-a", "arithmetic", f"relu(a) == {'a' if side == 'up' else '0'}", side),
            step(f"{side}--a", "arithmetic", f"relu(-a) == {'0' if side == 'up' else '-a'}", side),
            step(f"{side}-end", "certificate", f"{left} <= {right}", f"{side}-prod", f"{side}-abs", f"{side}-a",
                 f"{side}--a", terms=[[f"{side}-prod"]]),
            step(f"{side}-if", "discharge", f"Imp({fact}, {left} <= {right})", f"{side}-end"),
        )],
        step("either", "arithmetic", "0 <= a or a <= 0"),
        step("both", "arithmetic", f"{left} <= {right}", "up-if", "down-if", "either"),
        step("e-a", "sign", f"0 < {e}"),
        step("two-parts", "certificate", f"{left}*{e} <= ({right})*{e}", "both", "e-a", terms=[["both", "e-a"]]),
    ]  # fmt: skip


_P, _Q = "relu(-v(w)*c)", "relu(v(w)*c)"
_PREF = "(v(w)**2*exp(-(k/2)*(w**2+v(w)**2*x**2)))"
_PART_P, _PART_Q = f"relu(a)*exp(k*a*{_P}-k*a**2/2)", f"relu(-a)*exp(-k*a*{_Q}-k*a**2/2)"


def inner() -> Steps:
    """The integral over a is at most pref (the two integrals of positive parts) (step "inner"), for every w."""
    cap = f"{_PREF}*({_PART_P}+{_PART_Q})"
    bare = "abs(al(a))*exp(-k*al(a)*(v(w)*c))*exp(-k*a**2/2)"
    return [
        *lemmas(),
        *half_gaussian(),
        *shifted(),
        *_pointwise(),
        step("P0", "arithmetic", f"0 <= {_P}"),
        step("Q0", "arithmetic", f"0 <= {_Q}"),
        step("al-a", "apply", CUT[len("All(a, "):-1], "al", at={"a": "a"}),
        step("parts", "apply", f"{bare} <= {_PART_P}+{_PART_Q}", "two-parts", "k", "al-a",
             put={"u": "al(a)", "s": "v(w)*c"}),
        step("pref", "sign", f"0 <= {_PREF}"),
        step("mass=", "identity", f"mass(a,w) == {_PREF}*({bare})"),
        step("mass<", "certificate", f"mass(a,w) <= {cap}", "parts", "pref", "mass=", terms=[["parts", "pref"]],
             combine={"mass=": "-1"}),
        step("mass>", "sign", "0 <= mass(a,w)"),
        step("mass-mod", "arithmetic", "Imp(0 <= t, t <= z, abs(t) <= z)"),
        step("mass-abs", "apply", f"abs(mass(a,w)) <= {cap}", "mass-mod", "mass>", "mass<",
             put={"t": "mass(a,w)", "z": cap}),
        step("mass-abs.", "generalize", f"All(a, abs(mass(a,w)) <= {cap})", "mass-abs"),
        step("mass-C", "continuous", "Cont(a,-oo,oo,mass(a,w))", "al-c"),
        step("I-P", "apply", f"Integrable(a,-oo,oo,{_PART_P})", "I-p", "P0", put={"p": _P}),
        step("I-Q'", "apply", f"Integrable(a,-oo,oo,relu(a)*exp(k*a*{_Q}-k*a**2/2))", "I-p", "Q0", put={"p": _Q}),
        step("minus", "enclosure", "-1 != 0"),
        step("I-Q", "apply", f"Integrable(a,-oo,oo,{_PART_Q})", "axiom:affine-integrable", "minus", "I-Q'",
             put={"c": "-1", "s": "0"}, symbols={"f(a)": f"relu(a)*exp(k*a*{_Q}-k*a**2/2)"}),
        step("I-cap'", "linear", f"Integrable(a,-oo,oo,{_PART_P}+{_PART_Q})", "I-P", "I-Q"),
        step("I-cap-a", "apply", f"Integrable(a,-oo,oo,{cap})", "scaled", "I-cap'", put={"c": _PREF},
             symbols={"f(a)": f"{_PART_P}+{_PART_Q}"}),
        step("I-mass", "apply", "Integrable(a,-oo,oo,mass(a,w))", "axiom:dominated-integrable", "mass-C", "mass-abs.",
             "I-cap-a", symbols={"f(a)": "mass(a,w)", "h(a)": cap}),
        step("mono", "monotone", f"inner(w) <= Int(a,-oo,oo,{cap})", "mass<", "I-mass", "I-cap-a"),
        step("cap-out", "apply", f"Int(a,-oo,oo,{cap}) == {_PREF}*Int(a,-oo,oo,{_PART_P}+{_PART_Q})", "factor",
             put={"c": _PREF}, symbols={"f(a)": f"{_PART_P}+{_PART_Q}"}),
        step("cap-sum", "linear",
             f"Int(a,-oo,oo,{_PART_P}+{_PART_Q}) == Int(a,-oo,oo,{_PART_P})+Int(a,-oo,oo,{_PART_Q})", "I-P", "I-Q"),
        step("cap=", "identity",
             f"Int(a,-oo,oo,{cap}) == {_PREF}*(Int(a,-oo,oo,{_PART_P})+Int(a,-oo,oo,{_PART_Q}))", "cap-out", "cap-sum",
             combine={"cap-out": "1", "cap-sum": _PREF}),
        step("inner", "arithmetic", f"inner(w) <= {_PREF}*(Int(a,-oo,oo,{_PART_P})+Int(a,-oo,oo,{_PART_Q}))", "mono",
             "cap="),
    ]  # fmt: skip


def build_half_line(first: str = "4*pi/k*1/sqrt(k*C)**3", second: str = "2*sqrt(2*pi)") -> Proof:
    """Derive the bound on I^j at the end of p. 28, with all truncations, although the integral before it is wrong.

    The integral over a is at most v^2 exp(-(k/2)(w^2 + v^2 (x^2 - c^2)))(2/k + |v c| sqrt(2 pi/k)), the exponent at
    most -k C w^2/2, and the rest is two moments over the half-line of w.

    Arguments:
        first: the first term of the bound.
        second: the constant of the second term.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 28).

    Example:
        >>> build_half_line().statement.goal[:17]
        'Int(w,0,oo,inner('
    """
    goal = f"Int(w,0,oo,inner(w)) <= {first}+{second}*sqrt((1+x**2)/k)/(k*C)**2"
    hyps = {**HYPS, "C": "0 < C and C <= 1", "outside": "C <= 1+x**2-c**2", "finite": "Integrable(w,0,oo,inner(w))"}
    e = "exp(-(k*C)*w**2/2)"
    cap = f"2/k*(w**2*{e})+abs(c)*{ROOT}*(w**3*{e})"
    primitive = f"-(w**2/(k*C)+2/(k*C)**2)*{e}"
    peak = "exp(k*(v(w)*c)**2/2)"
    steps = [
        *inner(),
        step("int-P", "apply", f"Int(a,-oo,oo,{_PART_P}) <= exp(k*{_P}**2/2)*(1/k+{_P}*{ROOT})", "p", "P0",
             put={"p": _P}),
        step("int-Q'", "apply",
             f"Int(a,-oo,oo,relu(a)*exp(k*a*{_Q}-k*a**2/2)) <= exp(k*{_Q}**2/2)*(1/k+{_Q}*{ROOT})", "p", "Q0",
             put={"p": _Q}),
        step("mirror", "apply",
             f"Int(a,-oo,oo,{_PART_Q}) == Int(a,-oo,oo,relu(a)*exp(k*a*{_Q}-k*a**2/2))/abs(-1)",
             "axiom:affine-substitution", "minus", put={"c": "-1", "s": "0"},
             symbols={"f(a)": f"relu(a)*exp(k*a*{_Q}-k*a**2/2)"}),
        step("unit", "enclosure", "abs(-1) == 1"),
        step("int-Q", "arithmetic", f"Int(a,-oo,oo,{_PART_Q}) <= exp(k*{_Q}**2/2)*(1/k+{_Q}*{ROOT})", "int-Q'",
             "mirror", "unit"),
        step("split", "arithmetic", "relu(-t)+relu(t) == abs(t) and relu(-t)**2 <= t**2 and relu(t)**2 <= t**2"),
        step("split'", "apply", f"{_P}+{_Q} == abs(v(w)*c) and {_P}**2 <= (v(w)*c)**2 and {_Q}**2 <= (v(w)*c)**2",
             "split", put={"t": "v(w)*c"}),
        step("sum", "arithmetic", f"{_P}+{_Q} == abs(v(w)*c)", "split'"),
        *[line for name, part in (("P", _P), ("Q", _Q)) for line in (
            step(f"{name}2", "arithmetic", f"{part}**2 <= (v(w)*c)**2", "split'"),
            step(f"{name}2k", "certificate", f"k*{part}**2/2 <= k*(v(w)*c)**2/2", f"{name}2", "k",
                 terms=[["c:1/2", f"{name}2", "k"]]),
            step(f"{name}-peak", "apply", f"exp(k*{part}**2/2) <= {peak}", "exp-order", f"{name}2k",
                 put={"u": f"k*{part}**2/2", "z": "k*(v(w)*c)**2/2"}),
            step(f"{name}-rest", "sign", f"0 <= 1/k+{part}*{ROOT}", "k", f"{name}0"),
        )],
        step("inner-2", "certificate", f"inner(w) <= {_PREF}*{peak}*(2/k+abs(v(w)*c)*{ROOT})", "inner", "int-P",
             "int-Q", "P-peak", "Q-peak", "P-rest", "Q-rest", "pref", "sum", "k",
             terms=[["inner"], ["pref", "int-P"], ["pref", "int-Q"], ["pref", "P-peak", "P-rest"],
                    ["pref", "Q-peak", "Q-rest"]], combine={"sum": f"-{_PREF}*{peak}*{ROOT}"}),
        step("w", "assume", "0 <= w"),
        step("v-w", "apply", "0 <= v(w) and v(w) <= w", "v", "w", at={"w": "w"}),
        step("v0", "arithmetic", "0 <= v(w)", "v-w"),
        step("v1", "arithmetic", "v(w) <= w", "v-w"),
        step("C1", "arithmetic", "0 <= 1-C", "C"),
        step("C0", "arithmetic", "0 < C", "C"),
        step("v2", "certificate", "v(w)**2 <= w**2", "v0", "v1", "w", terms=[["v1", "w"], ["v1", "v0"]]),
        step("exponent", "certificate",
             "-(k/2)*(w**2+v(w)**2*x**2)+k*(v(w)*c)**2/2 <= -(k*C)*w**2/2", "outside", "C1", "v2", "k",
             terms=[["c:1/2", "k", "outside", "sq:v(w)"], ["c:1/2", "k", "C1", "v2"]],
             prose="(5.27) and (5.29): the truncation goes."),
        step("tail", "apply", f"exp(-(k/2)*(w**2+v(w)**2*x**2)+k*(v(w)*c)**2/2) <= {e}", "exp-order", "exponent",
             put={"u": "-(k/2)*(w**2+v(w)**2*x**2)+k*(v(w)*c)**2/2", "z": "-(k*C)*w**2/2"}),
        step("e-w", "sign", f"0 <= {e}"),
        step("vc", "arithmetic", "Imp(0 <= y, abs(y*c) == y*abs(c))"),
        step("vc'", "apply", "abs(v(w)*c) == v(w)*abs(c)", "vc", "v0", put={"y": "v(w)"}),
        step("rest-0", "sign", f"0 <= 2/k+v(w)*abs(c)*{ROOT}", "k", "v0"),
        step("c-root", "sign", f"0 <= abs(c)*{ROOT}"),
        step("two-k", "sign", "0 <= 2/k", "k"),
        step("outer", "certificate", f"inner(w) <= {cap}", "inner-2", "tail", "e-w", "vc'", "rest-0", "c-root", "two-k",
             "v0", "v1", "v2", "w", "k",
             terms=[["inner-2"], ["tail", "sq:v(w)", "rest-0"], ["two-k", "e-w", "v2"],
                    ["c-root", "e-w", "v2", "w"], ["c-root", "e-w", "sq:v(w)", "v1"]],
             combine={"vc'": f"-{_PREF}*{peak}*{ROOT}"}),
        step("kC", "sign", "0 < k*C", "k", "C0"),
        step("w3", "sign", f"0 <= w**3*{e}", "w"),
        step("dw", "derivative", f"HasDeriv(w, {primitive}, w**3*{e})", "k", "C0"),
        step("limw", "limit", f"Lim(w, {primitive}, 0)", "kC", "k", "C0"),
        step("third", "fundamental-theorem", f"Int(w,0,oo,w**3*{e}) == 2/(k*C)**2", "dw", "limw", "w3", "k", "C0",
             F=primitive),
        step("I3", "fundamental-theorem", f"Integrable(w,0,oo,w**3*{e})", "dw", "limw", "w3", F=primitive),
        step("I2'", "apply", f"Integrable(w,-oo,oo,w**2*{e})", "axiom:gaussian-integrable", "kC",
             put={"c": "k*C", "p": "2"}),
        step("I2", "apply", f"Integrable(w,0,oo,w**2*{e})", "axiom:half-line-integrable", "I2'",
             symbols={"f(w)": f"w**2*{e}"}),
        step("even", "identity", f"(-w)**2*exp(-(k*C)*(-w)**2/2) == w**2*{e}"),
        step("even.", "generalize", f"All(w, (-w)**2*exp(-(k*C)*(-w)**2/2) == w**2*{e})", "even"),
        step("half", "apply", f"Int(w,-oo,oo,w**2*{e}) == 2*Int(w,0,oo,w**2*{e})", "axiom:even-integrand", "even.",
             symbols={"f(w)": f"w**2*{e}"}),
        step("second", "apply", f"Int(w,-oo,oo,w**2*{e}) == sqrt(2*pi/(k*C))/(k*C)", "axiom:gaussian-second-moment",
             "kC", put={"c": "k*C"}),
        step("I-w", "linear", f"Integrable(w,0,oo,{cap})", "I2", "I3"),
        step("whole", "monotone", f"Int(w,0,oo,inner(w)) <= Int(w,0,oo,{cap})", "outer", "finite", "I-w"),
        step("apart-w", "linear",
             f"Int(w,0,oo,{cap}) == 2/k*Int(w,0,oo,w**2*{e})+abs(c)*{ROOT}*Int(w,0,oo,w**3*{e})", "I2", "I3"),
        step("root-kC", "arithmetic", "sqrt(2*pi/(k*C)) == sqrt(2*pi)/sqrt(k*C)", "kC"),
        step("root-k", "arithmetic", f"{ROOT} == sqrt(2*pi)/sqrt(k)", "k"),
        step("rkC", "sign", "0 < sqrt(k*C)", "kC"),
        step("rkC2", "identity", "sqrt(k*C)**2 == k*C", "kC"),
        step("rk", "sign", "0 < sqrt(k)", "k"),
        step("value-w", "identity",
             f"Int(w,0,oo,{cap}) == sqrt(2*pi)/k*1/sqrt(k*C)**3+2*sqrt(2*pi)*abs(c)/sqrt(k)/(k*C)**2", "apart-w",
             "third", "half", "second", "root-kC", "root-k", "rkC", "rkC2", "rk", "kC", "k", "C0",
             combine={"apart-w": "1", "third": f"abs(c)*{ROOT}", "half": "-1/k", "second": "1/k"}),
        step("roof", "arithmetic", "abs(c) <= sqrt(1+x**2)", "outside", "C0"),
        step("root-roof", "arithmetic", "sqrt((1+x**2)/k) == sqrt(1+x**2)/sqrt(k)", "k"),
        step("pi", "enclosure", "sqrt(2*pi) <= 4*pi"),
        step("less-1", "certificate", "sqrt(2*pi)/k*1/sqrt(k*C)**3 <= 4*pi/k*1/sqrt(k*C)**3", "pi", "k", "rkC",
             terms=[["pi"]], times="k*sqrt(k*C)**3"),
        step("s2pi", "sign", "0 < sqrt(2*pi)"),
        step("less-2", "certificate",
             "2*sqrt(2*pi)*abs(c)/sqrt(k)/(k*C)**2 <= 2*sqrt(2*pi)*sqrt((1+x**2)/k)/(k*C)**2", "roof", "root-roof",
             "s2pi", "rk", "kC", "k", "C0", terms=[["c:2", "s2pi", "roof"]], times="sqrt(k)*(k*C)**2"),
        step("goal", "arithmetic", goal, "whole", "value-w", "less-1", "less-2"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", LET, PLAIN, plain_steps()), steps)


def pruned(steps: Steps, *ends: str) -> Steps:
    """Return the steps that the named ones rest on, and these."""
    by_id = {s["id"]: s for s in steps}
    kept, todo = set(), list(ends)
    while todo:
        name = todo.pop()
        if name in by_id and name not in kept:
            kept.add(name)
            todo.extend(by_id[name]["uses"])
    return [s for s in steps if s["id"] in kept]


def build_quadrant(factor: str = "2") -> Proof:
    """Derive (5.24): I^j is at most twice the integral over the quadrant a, w >= 0, with |c| in the exponent.

    (5.25) is the same with the sum over the units to the left, after w -> -w.

    Arguments:
        factor: the factor before the integral; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (5.24) and (5.25)).

    Example:
        >>> build_quadrant().statement.goal[:22]
        'Int(w,0,oo,inner(w)) <'
    """
    corner = "Int(a,0,oo,a*w**2*exp(-(k/2)*(-2*a*v(w)*abs(c)+a**2+w**2+v(w)**2*x**2)))"
    goal = f"Int(w,0,oo,inner(w)) <= {factor}*Int(w,0,oo,{corner})"
    hyps = {**HYPS, "finite": "Integrable(w,0,oo,inner(w))", "finite-corner": f"Integrable(w,0,oo,{corner})"}
    part = "relu(a)*exp(k*a*{0}-k*a**2/2)".format
    mu = "(v(w)*abs(c))"
    outside = "(w**2*exp(-(k/2)*(w**2+v(w)**2*x**2)))"
    ray = f"Int(a,0,oo,a*exp(k*a*{mu}-k*a**2/2))"
    steps = [
        *pruned(inner(), "inner"),
        step("r", "assume", "p <= r"),
        step("p-up", "assume", "0 <= a"),
        step("p-down", "assume", "a <= 0"),
        step("k>", "assume", "0 < k"),
        step("rate", "certificate", "k*a*p-k*a**2/2 <= k*a*r-k*a**2/2", "r", "p-up", "k>", terms=[["r", "p-up", "k>"]]),
        step("rate-exp", "apply", "exp(k*a*p-k*a**2/2) <= exp(k*a*r-k*a**2/2)", "exp-order", "rate",
             put={"u": "k*a*p-k*a**2/2", "z": "k*a*r-k*a**2/2"}),
        step("a-plus", "arithmetic", "0 <= relu(a)"),
        step("grow-up", "certificate", f"{part('p')} <= {part('r')}", "rate-exp", "a-plus",
             terms=[["rate-exp", "a-plus"]]),
        step("a-none", "arithmetic", "relu(a) == 0", "p-down"),
        step("none-p", "identity", f"{part('p')} == 0", "a-none"),
        step("none-r", "identity", f"{part('r')} == 0", "a-none"),
        step("grow-down", "arithmetic", f"{part('p')} <= {part('r')}", "none-p", "none-r"),
        step("if-grow-up", "discharge", f"Imp(0 <= a, {part('p')} <= {part('r')})", "grow-up"),
        step("if-grow-down", "discharge", f"Imp(a <= 0, {part('p')} <= {part('r')})", "grow-down"),
        step("grow", "arithmetic", f"{part('p')} <= {part('r')}", "if-grow-up", "if-grow-down", "either"),
        step("w", "assume", "0 <= w"),
        step("v-w", "apply", "0 <= v(w) and v(w) <= w", "v", "w", at={"w": "w"}),
        step("v0", "arithmetic", "0 <= v(w)", "v-w"),
        step("v2", "arithmetic", "v(w)**2 <= w**2", "v-w"),
        step("mu0", "sign", f"0 <= {mu}", "v0"),
        step("mu-lemma", "arithmetic", "Imp(0 <= y, relu(-y*c) <= y*abs(c) and relu(y*c) <= y*abs(c))"),
        step("mu", "apply", f"{_P} <= {mu} and {_Q} <= {mu}", "mu-lemma", "v0", put={"y": "v(w)"}),
        step("mu-P", "arithmetic", f"{_P} <= {mu}", "mu"),
        step("mu-Q", "arithmetic", f"{_Q} <= {mu}", "mu"),
        step("I-mu", "apply", f"Integrable(a,-oo,oo,{part(mu)})", "I-p", "mu0", put={"p": mu}),
        *[line for name, p, known in (("P", _P, "I-P"), ("Q", _Q, "I-Q'")) for line in (
            step(f"{name}-grow", "apply", f"{part(p)} <= {part(mu)}", "grow", f"mu-{name}", "k",
                 put={"p": p, "r": mu}),
            step(f"{name}-mono", "monotone", f"Int(a,-oo,oo,{part(p)}) <= Int(a,-oo,oo,{part(mu)})", f"{name}-grow",
                 known, "I-mu"),
        )],
        step("mirror", "apply", f"Int(a,-oo,oo,{_PART_Q}) == Int(a,-oo,oo,{part(_Q)})/abs(-1)",
             "axiom:affine-substitution", "minus", put={"c": "-1", "s": "0"}, symbols={"f(a)": part(_Q)}),
        step("unit", "enclosure", "abs(-1) == 1"),
        step("halves-mu", "apply", f"Int(a,-oo,oo,{part(mu)}) == Int(a,0,oo,{part(mu)})"
             f"+Int(a,0,oo,relu(-a)*exp(-k*a*{mu}-k*a**2/2))", "axiom:half-lines", "I-mu", symbols={"f(a)": part(mu)}),
        step("a-is", "arithmetic", "relu(a) == a", "p-up"),
        step("a-isnt", "arithmetic", "relu(-a) == 0", "p-up"),
        step("ray-1'", "identity", f"{part(mu)} == a*exp(k*a*{mu}-k*a**2/2)", "a-is"),
        step("ray-1", "congruence", f"Int(a,0,oo,{part(mu)}) == {ray}", "ray-1'"),
        step("ray-2'", "identity", f"relu(-a)*exp(-k*a*{mu}-k*a**2/2) == 0", "a-isnt"),
        step("ray-2", "congruence", f"Int(a,0,oo,relu(-a)*exp(-k*a*{mu}-k*a**2/2)) == Int(a,0,oo,0)", "ray-2'"),
        step("ray", "identity", f"Int(a,-oo,oo,{part(mu)}) == {ray}", "halves-mu", "ray-1", "ray-2",
             combine={"halves-mu": "1", "ray-1": "1", "ray-2": "1"}),
        step("both-rays", "arithmetic", f"Int(a,-oo,oo,{_PART_P})+Int(a,-oo,oo,{_PART_Q}) <= 2*{ray}", "P-mono",
             "Q-mono", "mirror", "unit", "ray"),
        step("mu-sign", "sign", f"0 <= {part(mu)}", "a-plus"),
        step("I-mu-half", "apply", f"Integrable(a,0,oo,{part(mu)})", "axiom:half-line-integrable", "I-mu",
             symbols={"f(a)": part(mu)}),
        step("ray-0", "monotone", f"0 <= Int(a,0,oo,{part(mu)})", "mu-sign", "I-mu-half"),
        step("weight", "sign", "0 <= exp(-(k/2)*(w**2+v(w)**2*x**2))"),
        step("wide", "certificate", f"inner(w) <= 2*({outside}*{ray})", "inner", "both-rays", "pref", "weight", "v2",
             "ray-0", "ray-1", terms=[["inner"], ["pref", "both-rays"], ["c:2", "weight", "v2", "ray-0"]],
             combine={"ray-1": f"-2*({outside}-{_PREF})"}),
        step("half-factor", "identity", "Int(t,0,oo,c*f(t)) == c*Int(t,0,oo,f(t))"),
        step("corner'", "apply", f"Int(a,0,oo,{outside}*(a*exp(k*a*{mu}-k*a**2/2))) == {outside}*{ray}",
             "half-factor", put={"c": outside}, symbols={"f(a)": f"a*exp(k*a*{mu}-k*a**2/2)"}),
        step("corner", "identity", f"{corner} == {outside}*{ray}", "corner'", combine={"corner'": "1"}),
        step("at-w", "arithmetic", f"inner(w) <= 2*{corner}", "wide", "corner"),
        step("I-2", "linear", f"Integrable(w,0,oo,2*{corner})", "finite-corner"),
        step("whole", "monotone", f"Int(w,0,oo,inner(w)) <= Int(w,0,oo,2*{corner})", "at-w", "finite", "I-2"),
        step("two-out", "identity", f"Int(w,0,oo,2*{corner}) == 2*Int(w,0,oo,{corner})"),
        step("goal", "arithmetic", goal, "whole", "two-out"),
    ]  # fmt: skip
    return Proof(Statement(goal, hyps, "", LET, PLAIN, plain_steps()), steps)
