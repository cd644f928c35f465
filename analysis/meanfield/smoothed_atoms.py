"""Section 6.2 of JMLR 23(130): atoms smoothed by a Gaussian of variance 1/beta, and (6.12) with a rate."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps

_NOISY = "(s+z(1)/sqrt(beta))*relu((w+z(2)/sqrt(beta))*q+(b+z(3)/sqrt(beta)))"


def build_smoothed_unit(rate: str = "sqrt(1+q**2)/sqrt(beta)") -> Proof:
    """Derive that smoothing an atom (s, w, b) by N(0, I/beta) moves its unit at q by at most |s| sqrt((1 + q^2)/beta).

    a is independent of (w, b), so that the mean is s E(m + r z)_+ with m = w q + b and r = sqrt((1 + q^2)/beta); and
    |E(m + r z)_+ - (m)_+| <= r E|z| <= r (1 + E z^2)/2 = r.

    Arguments:
        rate: the factor of |s|.

    Returns:
        The statement and its derivation, for (6.12) of JMLR 23(130).

    Example:
        >>> build_smoothed_unit().statement.hyps
        {'beta': '0 < beta'}
    """
    r, m = "(sqrt(1+q**2)/sqrt(beta))", "(w*q+b)"
    first, second = "(s+1/sqrt(beta)*{0})".format, f"relu({m}+{r}*{{0}})".format
    u, v = "Sum(k,1,3,delta(k,1)*z(k))", "Sum(k,1,3,(q*delta(k,2)+delta(k,3))/sqrt(1+q**2)*z(k))"
    turned = f"{first(u)}*{second(v)}"
    plain = f"{first('z(1)')}*{second('(0*z(1)+sqrt(1-0**2)*z(2))')}"
    apart = f"E[z]({first('z(1)')})*E[z]({second('z(1)')})"
    unit = "relu((w+z(2)/sqrt(beta))*q+(b+z(3)/sqrt(beta)))"
    mean, moved = f"E[z]({_NOISY})", f"(E[z]({second('z(1)')})-relu({m}))"
    goal = f"abs({mean}-s*relu(w*q+b)) <= {rate}*abs(s)"
    roots = ("root", "beta-root")
    steps: Steps = [
        step("root", "sign", "0 < sqrt(1+q**2)"),
        step("beta-root", "sign", "0 < sqrt(beta)", "beta"),
        step("root2", "identity", "sqrt(1+q**2)**2 == 1+q**2"),
        step("inner", "identity", f"(w+z(2)/sqrt(beta))*q+(b+z(3)/sqrt(beta)) == {m}+{r}*{v}", *roots),
        step("relu", "arithmetic", "Imp(t == u, relu(t) == relu(u))"),
        step("unit", "apply", f"{unit} == {second(v)}", "relu", "inner",
             put={"t": "(w+z(2)/sqrt(beta))*q+(b+z(3)/sqrt(beta))", "u": f"{m}+{r}*{v}"}),
        step("form", "identity", f"{_NOISY} == {turned}", "unit", "beta-root", combine={"unit": "s+z(1)/sqrt(beta)"}),
        step("in-form", "congruence", f"{mean} == E[z]({turned})", "form"),
        step("u1", "identity", "Sum(k,1,3,delta(k,1)**2) == 1"),
        step("v1", "identity", "Sum(k,1,3,((q*delta(k,2)+delta(k,3))/sqrt(1+q**2))**2) == 1", "root", "root2"),
        step("uv", "identity", "Sum(k,1,3,delta(k,1)*((q*delta(k,2)+delta(k,3))/sqrt(1+q**2))) == 0"),
        step("turn", "apply", f"E[z]({turned}) == E[z]({plain})", "axiom:gaussian-rotation", "u1", "v1", "uv",
             put={"d": "3", "r": "0"},
             symbols={"f(x,y)": f"(s+1/sqrt(beta)*x)*relu({m}+{r}*y)", "u(k)": "delta(k,1)",
                      "v(k)": "(q*delta(k,2)+delta(k,3))/sqrt(1+q**2)"},
             prose="The direction of a is orthogonal to that of w q + b."),
        step("flat", "identity", f"{plain} == {first('z(1)')}*{second('z(2)')}"),
        step("flat-mean", "congruence", f"E[z]({plain}) == E[z]({first('z(1)')}*{second('z(2)')})", "flat"),
        step("L2-first", "apply", f"L2[z]({first('z(1)')})", "axiom:affine-square-integrable",
             put={"a": "s", "b": "1/sqrt(beta)"}),
        step("L2-second", "apply", f"L2[z]({second('z(1)')})", "axiom:affine-square-integrable", put={"a": m, "b": r}),
        step("independent", "apply", f"E[z]({first('z(1)')}*{second('z(2)')}) == {apart}",
             "axiom:gaussian-independence", "L2-first", "L2-second",
             symbols={"s(x)": "s+1/sqrt(beta)*x", "t(x)": f"relu({m}+{r}*x)"}),
        step("L2", "apply", "L2[z](z(1))", "axiom:gaussian-square-integrable", put={"k": "1"}),
        step("zero", "apply", "E[z](z(1)) == 0", "axiom:gaussian-mean", put={"k": "1"}),
        step("one", "apply", "E[z](z(1)*z(1)) == delta(1,1)", "axiom:gaussian-covariance", put={"k": "1", "l": "1"}),
        step("split", "linear", f"E[z]({first('z(1)')}) == s+1/sqrt(beta)*E[z](z(1))", "L2"),
        step("product", "identity", f"{mean}-s*relu(w*q+b) == s*{moved}", "in-form", "turn", "flat-mean",
             "independent", "split", "zero",
             combine={"in-form": "1", "turn": "1", "flat-mean": "1", "independent": "1",
                      "split": f"E[z]({second('z(1)')})", "zero": f"1/sqrt(beta)*E[z]({second('z(1)')})"}),
        step("r", "sign", f"0 <= {r}", *roots),
    ]  # fmt: skip
    for name, sign in (("up", ""), ("down", "-")):
        rest = f"{r}*(1+z(1)*z(1))/2-({sign}({second('z(1)')}-relu({m})))"
        steps += [
            step(f"{name}-lemma", "arithmetic",
                 f"Imp(0 <= e, 0 <= e*(1+y*y)/2-({sign}(relu(t+e*y)-relu(t))))"),
            step(f"{name}-point", "apply", f"0 <= {rest}", f"{name}-lemma", "r",
                 put={"e": r, "y": "z(1)", "t": m}),
            step(f"{name}-mean", "monotone", f"0 <= E[z]({rest})", f"{name}-point"),
            step(f"{name}-apart", "linear", f"E[z]({rest}) == {r}*(1+E[z](z(1)*z(1)))/2-({sign}{moved})", "L2",
                 "L2-second"),
            step(name, "certificate", f"{sign}{moved} <= {r}", f"{name}-mean", f"{name}-apart", "one",
                 terms=[[f"{name}-mean"]], combine={f"{name}-apart": "-1", "one": f"-{r}/2"}),
        ]  # fmt: skip
    steps += [
        step("size", "arithmetic", "Imp(t == s*h, h <= e, -h <= e, abs(t) <= e*abs(s))"),
        step("goal", "apply", goal, "size", "product", "up", "down",
             put={"t": f"{mean}-s*relu(w*q+b)", "h": moved, "e": rate}),
    ]  # fmt: skip
    return Proof(Statement(goal, {"beta": "0 < beta"}, "k:Z", inhabited={"beta": "1"}), steps)


def build_smoothed_pair(limit: str = "Y/X*abs(q)") -> Proof:
    """Derive (6.12) with a rate: the two smoothed atoms have |y(q) - (Y/X)|q|| <= sqrt(2 Y/X) sqrt((1 + q^2)/beta).

    So for every e > 0 the distance is at most e once beta e^2 >= (2 Y/X)(1 + q^2).

    Arguments:
        limit: the limit; (Y/X)|q| in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (6.12)); it uses mf.smoothed-unit.

    Example:
        >>> sorted(build_smoothed_pair().statement.hyps)
        ['X', 'Y', 'beta']
    """
    s = "sqrt(2*Y/X)"
    units = [
        f"E[z](({s}+z(1)/sqrt(beta))*relu(({w}+z(2)/sqrt(beta))*q+(0+z(3)/sqrt(beta))))" for w in (f"-{s}", s)
    ]  # fmt: skip
    y, rate = f"(1/2*{units[0]}+1/2*{units[1]})", "(sqrt(1+q**2)/sqrt(beta))"
    bound = f"abs({y}-{limit}) <= {rate}*{s}"
    late = f"Imp(0 < e, 2*Y/X*(1+q**2) <= beta*e**2, abs({y}-{limit}) <= e)"
    steps: Steps = [
        step("ratio", "sign", "0 < 2*Y/X", "X", "Y"),
        step("s", "sign", f"0 < {s}", "ratio"),
        step("s2", "arithmetic", f"{s}**2 == 2*Y/X", "ratio"),
        *[
            step(f"unit{k}", "apply", f"abs({unit}-{s}*relu({w}*q+0)) <= {rate}*abs({s})", "claim:mf.smoothed-unit",
                 "beta", put={"s": s, "w": w, "b": "0"})
            for k, (w, unit) in enumerate(zip((f"-{s}", s), units, strict=True))
        ],
        step("sides-lemma", "arithmetic", "Imp(0 < h, relu(-h*q+0)+relu(h*q+0) == h*abs(q) and abs(h) == h)"),
        step("sides", "apply", f"relu(-{s}*q+0)+relu({s}*q+0) == {s}*abs(q) and abs({s}) == {s}", "sides-lemma", "s",
             put={"h": s}),
        step("shape", "arithmetic", f"relu(-{s}*q+0)+relu({s}*q+0) == {s}*abs(q)", "sides"),
        step("size", "arithmetic", f"abs({s}) == {s}", "sides"),
        step("limit", "identity", f"{limit} == 1/2*({s}*relu(-{s}*q+0))+1/2*({s}*relu({s}*q+0))", "shape", "s2", "X",
             combine={"shape": f"-{s}/2", "s2": "-abs(q)/2"}),
        step("mean-lemma", "arithmetic",
             "Imp(abs(t-v) <= c*n, abs(u-g) <= c*n, n == h, p == 1/2*v+1/2*g, abs(1/2*t+1/2*u-p) <= c*h)"),
        step("bound", "apply", bound, "mean-lemma", "unit0", "unit1", "size", "limit",
             put={"t": units[0], "u": units[1], "v": f"{s}*relu(-{s}*q+0)", "g": f"{s}*relu({s}*q+0)", "c": rate,
                  "n": f"abs({s})", "h": s, "p": limit}),
        step("e", "assume", "0 < e"),
        step("cold", "assume", "2*Y/X*(1+q**2) <= beta*e**2"),
        step("beta-root", "sign", "0 < sqrt(beta)", "beta"),
        step("beta2", "identity", "sqrt(beta)**2 == beta", "beta"),
        step("root2", "identity", "sqrt(1+q**2)**2 == 1+q**2"),
        step("squares", "certificate", f"({rate}*{s})**2 <= e**2", "cold", "beta-root", "beta", "beta2", "root2", "s2",
             "X", times="beta", terms=[["cold"]], combine={"s2": "-(1+q**2)"}),
        step("sign", "sign", f"0 <= {rate}*{s}", "s", "beta-root"),
        step("smaller-lemma", "arithmetic", "Imp(t**2 <= e**2, 0 <= t, 0 < e, t <= e)"),
        step("smaller", "apply", f"{rate}*{s} <= e", "smaller-lemma", "squares", "sign", "e", put={"t": f"{rate}*{s}"}),
        step("near", "arithmetic", f"abs({y}-{limit}) <= e", "bound", "smaller"),
        step("late", "discharge", late, "near"),
        step("goal", "arithmetic", f"{bound} and {late}", "bound", "late"),
    ]  # fmt: skip
    hyps = {"beta": "0 < beta", "X": "0 < X", "Y": "0 < Y"}
    return Proof(Statement(f"{bound} and {late}", hyps, inhabited={"beta": "1", "X": "10", "Y": "2"}), steps)
