"""Equispaced lines in the plane: with a cubic activation no number of units does better."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, weights
from .cubic_activation import CUBIC, CUBIC_HYPS
from .setting import EXAMPLE

RIGHT_ANGLE = {"N": "2", "x": "pi/2"}
RIGHT_ANGLE_STEPS = ({**step("whole", "apply", "sin(2*(pi/2)) == 0", "axiom:sine-at-pi"), "for": "period"},)


def build_turns(turns: str = "2") -> Proof:
    """Return the derivation: sum over i = 1, ..., N of cos(2 x i) and of sin(2 x i) is 0 if sin(N x) = 0 != sin(x).

    2 sin(x) cos(2 x i) = sin(2 x i + x) - sin(2 x i - x) telescopes, and so does the sine; 2 N x is a multiple of
    2 pi.

    Arguments:
        turns: knob of the mutant, the factor 2 of the angle.

    Returns:
        The derivation.

    Example:
        >>> build_turns().statement.hyps["period"]
        'sin(N*x) == 0'
    """
    cosines, sines = f"Sum(i, 1, N, cos({turns}*x*i)) == 0", f"Sum(i, 1, N, sin({turns}*x*i)) == 0"
    goal = f"{cosines} and {sines}"
    last = "2*x*k"
    partial = {
        "cos": f"2*sin(x)*Sum(i, 1, k, cos(2*x*i)) == sin({last})*cos(x) + cos({last})*sin(x) - sin(x)",
        "sin": f"2*sin(x)*Sum(i, 1, k, sin(2*x*i)) == cos(x) - cos({last})*cos(x) + sin({last})*sin(x)",
    }
    steps: list[dict[str, Any]] = [
        step("double_cos", "apply", "cos(2*x) == cos(x)*cos(x) - sin(x)*sin(x)", "axiom:cosine-of-sum",
             put={"s": "x", "t": "x"}),
        step("double_sin", "apply", "sin(2*x) == sin(x)*cos(x) + cos(x)*sin(x)", "axiom:sine-of-sum",
             put={"s": "x", "t": "x"}),
        step("next_cos", "apply", f"cos(2*x*(k + 1)) == cos({last})*cos(2*x) - sin({last})*sin(2*x)",
             "axiom:cosine-of-sum", put={"s": last, "t": "2*x"}),
        step("next_sin", "apply", f"sin(2*x*(k + 1)) == sin({last})*cos(2*x) + cos({last})*sin(2*x)",
             "axiom:sine-of-sum", put={"s": last, "t": "2*x"}),
        step("k_sign", "sign", "0 <= k"),
        step("one_more", "certificate", "1 <= k + 1", "k_sign", terms=[["k_sign"]]),
    ]  # fmt: skip
    for name, claim in partial.items():
        term = f"{name}(2*x*i)"
        steps += [
            step(f"split_{name}", "sums",
                 f"Sum(i, 1, k + 1, {term}) == Sum(i, 1, k + 1 - 1, {term}) + {name}(2*x*(k + 1))",
                 "one_more", kind="last"),
            step(f"empty_{name}", "identity", claim.replace("k", "0")),
            step(f"at_{name}", "assume", claim),
            step(f"more_{name}", "identity", claim.replace("k", "(k + 1)"), f"at_{name}", f"split_{name}",
                 "next_cos", "next_sin", "double_cos", "double_sin",
                 combine={f"at_{name}": "1", f"split_{name}": "2*sin(x)"}),
            step(f"all_{name}", "induction", claim, f"empty_{name}", f"more_{name}", on="k", base="0",
                 prose="The sum telescopes."),
            step(f"last_{name}", "apply", claim.replace("k", "N"), f"all_{name}", put={"k": "N"}),
        ]  # fmt: skip
    steps += [
        step("whole_cos", "apply", "cos(2*x*N) == cos(N*x)*cos(N*x) - sin(N*x)*sin(N*x)", "axiom:cosine-of-sum",
             put={"s": "N*x", "t": "N*x"}),
        step("whole_sin", "apply", "sin(2*x*N) == sin(N*x)*cos(N*x) + cos(N*x)*sin(N*x)", "axiom:sine-of-sum",
             put={"s": "N*x", "t": "N*x"}),
        step("one_cos", "identity", "cos(2*x*N) == 1", "whole_cos", "period",
             combine={"whole_cos": "1", "period": "-2*sin(N*x)"}),
        step("one_sin", "identity", "sin(2*x*N) == 0", "whole_sin", "period",
             combine={"whole_sin": "1", "period": "2*cos(N*x)"}),
        *(
            step(name, "identity", claim, f"last_{short}", "one_cos", "one_sin", "turn",
                 combine={f"last_{short}": "1/(2*sin(x))"})
            for name, short, claim in (("cosines", "cos", cosines), ("sines", "sin", sines))
        ),
        step("goal", "sign", goal, "cosines", "sines"),
    ]  # fmt: skip
    hyps = {"period": "sin(N*x) == 0", "turn": "sin(x) != 0"}
    statement = Statement(goal, hyps, declare="i:Z k,N:N", inhabited=RIGHT_ANGLE, inhabited_steps=RIGHT_ANGLE_STEPS)
    return Proof(statement, steps)


def _plane(text: str) -> str:
    """The text with two coordinates in place of d."""
    return text.replace(", 1, d,", ", 1, 2,").replace("/d", "/2")


def _moments() -> list[dict[str, Any]]:
    """Return the steps to the sums of c^2, s c, c^4 and s c^3 over the lines, with the cosine c and the sine s."""
    c, s = "cos(theta*i)", "sin(theta*i)"
    expanded = {  # multiples of the angle as polynomials in c and s
        "cos_2": ("cos(2*theta*i)", f"2*{c}**2 - 1"),
        "sin_2": ("sin(2*theta*i)", f"2*{s}*{c}"),
        "cos_4": ("cos(2*(2*theta)*i)", f"8*{c}**4 - 8*{c}**2 + 1"),
        "sin_4": ("sin(2*(2*theta)*i)", f"8*{s}*{c}**3 - 4*{s}*{c}"),
    }
    steps: list[dict[str, Any]] = [
        step("N_positive", "arithmetic", "0 < N", "three"),
        step("theta_low", "sign", "0 < theta", "N_positive"),
        step("theta_high", "certificate", "theta < pi", "three", "N_positive", times="N",
             terms=[["c:pi", "three"], ["c:2*pi"]]),
        step("double_low", "sign", "0 < 2*theta", "N_positive"),
        step("double_high", "certificate", "2*theta < pi", "three", "N_positive", times="N",
             terms=[["c:pi", "three"], ["c:pi"]]),
        step("at_pi", "apply", "sin(pi) == 0", "axiom:sine-at-pi"),
        step("period_2", "identity", "sin(N*theta) == 0", "at_pi", "N_positive", combine={"at_pi": "1"}),
        step("at_2pi", "apply", "sin(2*pi) == sin(pi)*cos(pi) + cos(pi)*sin(pi)", "axiom:sine-of-sum",
             put={"s": "pi", "t": "pi"}),
        step("period_4", "identity", "sin(N*(2*theta)) == 0", "at_2pi", "at_pi", "N_positive",
             combine={"at_2pi": "1", "at_pi": "2*cos(pi)"}),
    ]  # fmt: skip
    for order, angle, low, high in (("2", "theta", "theta_low", "theta_high"),
                                    ("4", "2*theta", "double_low", "double_high")):  # fmt: skip
        steps += [
            step(f"sine_{order}", "apply", f"0 < sin({angle})", "axiom:sine-positive", low, high, put={"t": angle}),
            step(f"turn_{order}", "arithmetic", f"sin({angle}) != 0", f"sine_{order}"),
            *(
                step(f"sum_{name}_{order}", "apply", f"Sum(i, 1, N, {name}(2*({angle})*i)) == 0", "claim:ae.turn-sums",
                     f"period_{order}", f"turn_{order}", put={"x": angle})
                for name in ("cos", "sin")
            ),
        ]  # fmt: skip
    twice, double = "theta*i + theta*i", "2*theta*i + 2*theta*i"
    steps += [
        step("add_cos_2", "apply", f"cos({twice}) == {c}*{c} - {s}*{s}", "axiom:cosine-of-sum",
             put={"s": "theta*i", "t": "theta*i"}),
        step("add_sin_2", "apply", f"sin({twice}) == {s}*{c} + {c}*{s}", "axiom:sine-of-sum",
             put={"s": "theta*i", "t": "theta*i"}),
        step("add_cos_4", "apply", f"cos({double}) == cos(2*theta*i)*cos(2*theta*i) - sin(2*theta*i)*sin(2*theta*i)",
             "axiom:cosine-of-sum", put={"s": "2*theta*i", "t": "2*theta*i"}),
        step("add_sin_4", "apply", f"sin({double}) == sin(2*theta*i)*cos(2*theta*i) + cos(2*theta*i)*sin(2*theta*i)",
             "axiom:sine-of-sum", put={"s": "2*theta*i", "t": "2*theta*i"}),
    ]  # fmt: skip
    for name, (left, right) in expanded.items():
        known = [f"add_{name}"] + (["add_cos_2", "add_sin_2"] if name.endswith("4") else [])
        steps += [
            step(name, "identity", f"{left} == {right}", *known, combine={f"add_{name}": "1"}),
            step(f"total_{name}", "congruence", f"Sum(i, 1, N, {left}) == Sum(i, 1, N, {right})", name),
        ]
    sums = {
        "c2": (f"{c}**2", "N/2", {"total_cos_2": "-1/2", "sum_cos_2": "1/2"}),
        "sc": (f"{s}*{c}", "0", {"total_sin_2": "-1/2", "sum_sin_2": "1/2"}),
        "c4": (f"{c}**4", "3*N/8", {"total_cos_4": "-1/8", "sum_cos_4": "1/8", "c2": "1"}),
        "sc3": (f"{s}*{c}**3", "0", {"total_sin_4": "-1/8", "sum_sin_4": "1/8", "sc": "1/2"}),
    }
    steps += [
        step(name, "identity", f"Sum(i, 1, N, {term}) == {value}", *combine, combine=combine)
        for name, (term, value, combine) in sums.items()
    ]
    return steps


def build_plane_optimum(gain: str = "3*v/4") -> Proof:
    """Return the derivation: with f(t) = t + w t^3 no code in the plane, of any width, beats N >= 3 equispaced lines.

    The rows y_i at the angles pi i/N have the sums of fourth powers of the circle, so that y f(H) is a multiple of y,
    H their Gram matrix; the risk 1 - 1/(1 + 3 w/4) is the sphere's floor (`ae.bound-sphere`) at d = 2. Derived in this
    project.

    Arguments:
        gain: knob of the mutant, what is added to 1 in the risk.

    Returns:
        The derivation.

    Example:
        >>> build_plane_optimum().statement.goal
        'lines_risk <= risk and lines_risk == 1 - 1/(1 + 3*v/4)'
    """
    ci, si, ce, se = "cos(theta*i)", "sin(theta*i)", "cos(theta*e)", "sin(theta*e)"
    beta = "(N/2 + 3*N/8*v)"
    let = {
        **{name: _plane(text) for name, text in BOUND_LET.items()},
        "theta": "pi/N",
        "y(i,k)": f"{ci}*delta(k, 1) + {si}*delta(k, 2)",
        "H(i,j)": "Sum(k, 1, 2, y(i, k)*y(j, k))",
        "S(k,i)": f"y(i, k)/{beta}",
        "lines_risk": "E[z](Sum(k, 1, 2, (z(k) - Sum(i, 1, N, S(k, i)/c1*sigma(Sum(m, 1, 2, y(i, m)*z(m)))))**2))/2",
        "mean(h)": "fact(2*h + 2)/(4**(h + 1)*fact(h + 1)**2)",
    }
    value = f"1 - 1/(1 + {gain})"
    goal = f"lines_risk <= risk and lines_risk == {value}"
    entry = "Series(l, 0, (c(l)/c1)**2*H(i, e)**l)"
    h = f"({ci}*{ce} + {si}*{se})"
    total = "Series(p, 0, w(p)*mean(p + 1))"
    equation = f"Sum(i, 1, N, S(k, i)*{entry}) == y(e, k)"
    steps: list[dict[str, Any]] = [
        *_moments(),
        # f(H), an entry
        step("H_ie", "identity", f"H(i, e) == {h}"),
        step("H_high", "certificate", "H(i, e) <= 1",
             terms=[["c:1/2", f"sq:{ci} - {ce}"], ["c:1/2", f"sq:{si} - {se}"]]),
        step("H_low", "certificate", "-1 <= H(i, e)",
             terms=[["c:1/2", f"sq:{ci} + {ce}"], ["c:1/2", f"sq:{si} + {se}"]]),
        step("entry", "apply", f"{entry} == H(i, e) + w(0)*H(i, e)**3", "claim:ae.cubic-series", *CUBIC_HYPS,
             "H_low", "H_high", put={"t": "H(i, e)"}),
        step("weighted", "identity", f"S(k, i)*{entry} == S(k, i)*({h} + v*{h}**3)", "entry", "third", "H_ie",
             combine={"entry": "S(k, i)", "third": "-S(k, i)*H(i, e)**3",
                      "H_ie": f"S(k, i)*(1 + v*(H(i, e)**2 + H(i, e)*{h} + {h}**2))"}),
        step("column", "congruence",
             f"Sum(i, 1, N, S(k, i)*{entry}) == Sum(i, 1, N, S(k, i)*({h} + v*{h}**3))", "weighted"),
        step("weight_sign", "sign", "0 <= w(0)"),
        step("v_sign", "certificate", "0 <= v", "weight_sign", "third", terms=[["weight_sign"]],
             combine={"third": "1"}),
        step("beta", "sign", f"0 < {beta}", "N_positive", "v_sign"),
        step("equation", "identity", equation, "column", "c2", "sc", "c4", "sc3", "beta", combine={"column": "1"},
             prose="f(H) multiplies the rows by the sums of squares and fourth powers, those of the circle."),
        step("equation_if", "discharge", f"Imp(1 <= k, k <= 2, 1 <= e, e <= N, {equation})", "equation"),
        step("equations", "generalize", f"All(k, All(e, Imp(1 <= k, k <= 2, 1 <= e, e <= N, {equation})))",
             "equation_if"),
        step("row", "identity", "Sum(m, 1, 2, y(i, m)**2) == 1"),
        step("rows", "generalize", "All(i, Sum(m, 1, 2, y(i, m)**2) == 1)", "row"),
        step("plane", "sign", "1 <= 2"),
        step("best", "apply", "lines_risk == 1 - Sum(i, 1, N, Sum(k, 1, 2, S(k, i)*y(i, k)))/2",
             "claim:ae.normal-equations", "plane", "rows", "square_integrable", "coefficient", "nonzero", "equations",
             put={"d": "2", "n": "N"},
             symbols={"b(i,k)": "y(i, k)", "S(k,i)": "S(k, i)", "A(k,i)": "S(k, i)"}),
        step("divisor", "sign", f"0 < 1 + {gain}", "v_sign"),
        step("value", "identity", f"lines_risk == {value}", "best", "beta", "divisor", "N_positive",
             combine={"best": "1"}),
        # the floor
        step("mean_0", "identity", "mean(0) == 1/2"),
        step("odd_factorial", "apply", "fact(2*l + 3) == (2*l + 3)*fact(2*l + 2)", "axiom:factorial",
             put={"n": "2*l + 2"}),
        step("even_factorial", "apply", "fact(2*l + 4) == (2*l + 4)*fact(2*l + 3)", "axiom:factorial",
             put={"n": "2*l + 3"}),
        step("next_factorial", "apply", "fact(l + 2) == (l + 2)*fact(l + 1)", "axiom:factorial", put={"n": "l + 1"}),
        step("mean_l", "identity", "mean(l + 1) == mean(l)*(2*l + 3)/(2 + 2*l + 2)",
             "even_factorial", "odd_factorial", "next_factorial"),
        step("means", "generalize", "All(l, mean(l + 1) == mean(l)*(2*l + 3)/(2 + 2*l + 2))", "mean_l"),
        step("floor", "apply", f"1 - 1/(2*(mean(0) + {total})) <= risk", "claim:ae.bound-sphere",
             "plane", "unit", "square_integrable", "coefficient", "nonzero", "odd", "mean_0", "means",
             put={"d": "2"}, symbols={"mu(h)": "mean(h)"}, prose="The floor of the sphere."),
        *weights(),
        step("zero_low", "sign", "-1 <= 0"),
        step("zero_high", "sign", "0 <= 1"),
        step("no_higher", "apply", "w(p + 1) == 0", "claim:ae.cubic-series", *CUBIC_HYPS, "zero_low", "zero_high",
             put={"t": "0"}),
        step("term_0", "identity", "w(0)*mean(0 + 1) == w(0)*(0 + 3/8*0**0)"),
        step("term_next", "identity", "w(p + 1)*mean(p + 1 + 1) == w(p + 1)*(0 + 3/8*0**(p + 1))", "no_higher",
             combine={"no_higher": "mean(p + 2)"}),
        step("term", "induction", "w(p)*mean(p + 1) == w(p)*(0 + 3/8*0**p)", "term_0", "term_next", on="p", base="0"),
        step("terms", "congruence", f"{total} == Series(p, 0, w(p)*(0 + 3/8*0**p))", "term"),
        step("first", "apply", "Series(p, 0, w(p)*(0 + 3/8*0**p)) == 0*a + 3/8*w(0)", "claim:ae.one-gain",
             "weights", "summable", put={"x": "0", "y": "3/8"}, symbols={"w(p)": "w(p)"}),
        step("series", "identity", f"{total} == 3/8*v", "terms", "first", "third",
             combine={"terms": "1", "first": "1", "third": "-3/8"}),
        step("positive", "certificate", f"0 < mean(0) + {total}", "series", "v_sign",
             terms=[["c:1/2"], ["c:3/8", "v_sign"]], combine={"series": "1"}),
        step("least", "certificate", "lines_risk <= risk", "floor", "value", "series", "positive", "divisor",
             terms=[["floor"]],
             combine={"value": "-1", "series": f"1/((mean(0) + {total})*(1 + {gain}))"}),
        step("goal", "sign", goal, "least", "value"),
    ]  # fmt: skip
    hyps = {
        **{k: v.replace(", 1, d,", ", 1, 2,") for k, v in BOUND_HYPS.items() if k not in ("units", "dimension")},
        "cubic": CUBIC,
        "third": "v == w(0)",
        "three": "3 <= N",
    }
    example = {**EXAMPLE, "N": "3", "v": "6"}
    del example["d"]
    return Proof(Statement(goal, hyps, declare="i,j,k,m,e:Z n,l,p,N,h:N", let=let, inhabited=example), steps)
