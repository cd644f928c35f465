"""Orthogonality of the Hermite polynomials: their growth, the integrals of their products, and the expectation."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step

GAUSS = "exp(-x**2/2)"


def build_growth(scale: str = "fact(n)") -> Proof:
    """Return the derivation of |He_n(x)| <= n! exp(n |x|) for every n.

    Induction over the pair of statements at n and n + 1 with the recurrence: |x| and 1 are at most exp(|x|), so that
    each of the two terms of He_{n+2} is at most (n + 1)! exp((n + 2)|x|). Derived in this project.

    Arguments:
        scale: knob of the mutant, the factor n!.

    Returns:
        The derivation.

    Example:
        >>> build_growth().statement.goal
        'abs(He(n, x)) <= fact(n)*exp(n*abs(x))'
    """

    def bound(n: str) -> str:
        return f"{scale.replace('n', n)}*exp(({n})*abs(x))"

    def at(n: str) -> str:
        return f"-{bound(n)} <= He({n}, x) and He({n}, x) <= {bound(n)}"

    after, here = "exp(abs(x))", "fact(n + 1)*exp(n*abs(x))"
    slack = [
        [f"c:{here}*{after}", "linear"],
        [f"c:{here}*(1 + {after})", "one"],
        [f"c:n*{here}*{after}**2"],
    ]
    rules = ("recurrence", "fact_1", "fact_2")
    steps = [
        step("tangent", "apply", f"1 + abs(x) <= {after}", "axiom:exponential-tangent", put={"t": "abs(x)"}),
        step("size", "sign", "0 <= abs(x)"),
        step("one", "certificate", f"1 <= {after}", "tangent", "size", terms=[["tangent"], ["size"]]),
        step("linear", "certificate", f"abs(x) <= {after}", "tangent", terms=[["tangent"], ["c:1"]]),
        step("right", "arithmetic", "x <= abs(x)"),
        step("left", "arithmetic", "-x <= abs(x)"),
        step("base_0", "arithmetic", at("0")),
        step("base_1", "arithmetic", at("0 + 1"), "linear", "right", "left"),
        step("base", "arithmetic", f"{at('0')} and {at('0 + 1')}", "base_0", "base_1"),
        step("hypothesis", "assume", f"{at('n')} and {at('n + 1')}"),
        step("low", "arithmetic", f"-{bound('n')} <= He(n, x)", "hypothesis"),
        step("high", "arithmetic", f"He(n, x) <= {bound('n')}", "hypothesis"),
        step("low_1", "arithmetic", f"-{bound('n + 1')} <= He(n + 1, x)", "hypothesis"),
        step("high_1", "arithmetic", f"He(n + 1, x) <= {bound('n + 1')}", "hypothesis"),
        step("recurrence", "apply", "He(n + 2, x) == x*He(n + 1, x) - (n + 1)*He(n, x)", "axiom:hermite-recurrence"),
        step("fact_1", "apply", "fact(n + 1) == (n + 1)*fact(n)", "axiom:factorial"),
        step("fact_2", "apply", "fact(n + 2) == (n + 2)*fact(n + 1)", "axiom:factorial", put={"n": "n + 1"}),
        step(
            "high_2",
            "certificate",
            f"He(n + 2, x) <= {bound('n + 2')}",
            *("one", "linear", "right", "left", "low", "low_1", "high_1", *rules),
            terms=[["c:1/2", "right", "low_1"], ["c:1/2", "left", "high_1"], ["c:n + 1", "low"], *slack],
            prose="x He_{n+1} is at most |x| times the bound of He_{n+1}.",
        ),
        step(
            "low_2",
            "certificate",
            f"-{bound('n + 2')} <= He(n + 2, x)",
            *("one", "linear", "right", "left", "high", "low_1", "high_1", *rules),
            terms=[["c:1/2", "left", "low_1"], ["c:1/2", "right", "high_1"], ["c:n + 1", "high"], *slack],
        ),
        step("next", "arithmetic", f"{at('n + 1')} and {at('n + 1 + 1')}", "hypothesis", "low_2", "high_2"),
        step("both", "induction", f"{at('n')} and {at('n + 1')}", "base", "next", on="n", base="0"),
        step("goal", "arithmetic", f"abs(He(n, x)) <= {scale}*exp(n*abs(x))", "both"),
    ]
    return Proof(Statement(f"abs(He(n, x)) <= {scale}*exp(n*abs(x))", declare="n:N"), steps)


def product(k: str, m: str) -> str:
    """Return the text of He_k(x) He_m(x) exp(-x^2/2).

    Arguments:
        k: the first degree.
        m: the second degree.

    Returns:
        The text.

    Example:
        >>> product("1", "n")
        'He(1, x)*He(n, x)*exp(-x**2/2)'
    """
    return f"He({k}, x)*He({m}, x)*{GAUSS}"


def _tail() -> list[dict[str, Any]]:
    """Return the steps to -C exp(-x) <= He_k He_m exp(-x^2/2) <= C exp(-x) for x >= 0 ("tail_low", "tail_high")."""
    top, gap = "fact(k)*fact(m)*exp((k + m)*x - x**2/2)", "(k + m + 1 - x)**2/2"
    parts = [
        part
        for n in ("k", "m")
        for part in (
            step(f"growth_{n}", "apply", f"abs(He({n}, x)) <= fact({n})*exp({n}*abs(x))", "claim:ae.he-growth",
                 put={"n": n}),
            step(f"below_{n}", "arithmetic", f"-(fact({n})*exp({n}*abs(x))) <= He({n}, x)", f"growth_{n}"),
            step(f"above_{n}", "arithmetic", f"He({n}, x) <= fact({n})*exp({n}*abs(x))", f"growth_{n}"),
        )
    ]  # fmt: skip
    known = ("size", "one", "below_k", "above_k", "below_m", "above_m")
    return [
        step("x_lo", "assume", "0 <= x"),
        step("size", "arithmetic", "abs(x) == x", "x_lo"),
        *parts,
        step("tangent", "apply", f"1 + {gap} <= exp({gap})", "axiom:exponential-tangent", put={"t": gap}),
        step("one", "certificate", f"1 <= exp({gap})", "tangent", terms=[["tangent"], ["c:1/2", "sq:k + m + 1 - x"]]),
        step(
            "tail_high",
            "certificate",
            f"{product('k', 'm')} <= {_bound('k', 'm')}",
            *known,
            terms=[
                [f"c:{top}", "one"],
                ["c:1/2", f"c:{GAUSS}", "above_k", "below_m"],
                ["c:1/2", f"c:{GAUSS}", "below_k", "above_m"],
            ],
            prose="(k + m) x - x^2/2 is at most (k + m + 1)^2/2 - x.",
        ),
        step(
            "tail_low",
            "certificate",
            f"-({_bound('k', 'm')}) <= {product('k', 'm')}",
            *known,
            terms=[
                [f"c:{top}", "one"],
                ["c:1/2", f"c:{GAUSS}", "below_k", "below_m"],
                ["c:1/2", f"c:{GAUSS}", "above_k", "above_m"],
            ],
        ),
    ]


def _constant(k: str, m: str) -> str:
    return f"fact({k})*fact({m})*exp(({k} + {m} + 1)**2/2)"


def _bound(k: str, m: str) -> str:
    return f"{_constant(k, m)}*exp(-x)"


def build_products(factor: str = "(m + 1)") -> Proof:
    """Return the derivation of the integrals of He_k He_m exp(-x^2/2) over x >= 0: convergence and a recursion.

    The integral J_{k,m} converges absolutely, and J_{k+1,m+1} = (m + 1) J_{k,m} + He_k(0) He_{m+1}(0). Integrate by
    parts: -He_k He_{m+1} exp(-x^2/2) is an antiderivative of the difference; with a multiple of exp(-x) added the
    integrand is not negative, so that convergence passes from (k, m) to (k + 1, m + 1). Derived in this project.

    Arguments:
        factor: knob of the mutant, the factor m + 1.

    Returns:
        The derivation.

    Example:
        >>> build_products().statement.goal.split(" and ")[0]
        'Integrable(x, 0, oo, He(k, x)*He(m, x)*exp(-x**2/2))'
    """
    here, there = product("k", "m"), product("k + 1", "m + 1")
    constant = f"({_constant('k + 1', 'm + 1')} + (m + 1)*{_constant('k', 'm')})"
    whole = f"({there} - (m + 1)*{here} + {constant}*exp(-x))"
    primitive = f"((-He(k, x)*{GAUSS})*He(m + 1, x) - {constant}*exp(-x))"
    margin = f"({_constant('k', 'm + 1')} + {constant})*exp(-x)"
    recursion = f"Int(x, 0, oo, {there}) == {factor}*Int(x, 0, oo, {here}) + He(k, 0)*He(m + 1, 0)"
    inside, apart = "p(x) + c*q(x) - e*r(x)", "Int(x, 0, oo, p(x)) + c*Int(x, 0, oo, q(x)) - e*Int(x, 0, oo, r(x))"
    given = "Integrable(x, 0, oo, p(x)), Integrable(x, 0, oo, q(x)), Integrable(x, 0, oo, r(x))"
    sizes = {
        (bound, name): step(
            f"{bound}_{name}",
            "apply",
            f"-({_bound(a, b)}) <= {product(a, b)}" if bound == "low" else f"{product(a, b)} <= {_bound(a, b)}",
            f"tail_{bound}",
            put={"k": a, "m": b},
        )
        for bound in ("low", "high")
        for name, a, b in (("both", "k + 1", "m + 1"), ("mixed", "k", "m + 1"))
    }
    steps = [
        *_tail(),
        sizes["low", "both"],
        sizes["low", "mixed"],
        sizes["high", "mixed"],
        # the antiderivative
        step("first", "apply", f"HasDeriv(x, -He(k, x)*{GAUSS}, He(k + 1, x)*{GAUSS})", "claim:ae.he-density",
             put={"n": "k"}),
        step("second", "apply", "HasDeriv(x, He(m + 1, x), (m + 1)*He(m, x))", "claim:ae.he-rec", put={"n": "m"}),
        step("slope", "derivative", f"HasDeriv(x, {primitive}, {whole})", "first", "second",
             prose="The product rule."),
        step("sign", "certificate", f"0 <= {whole}", "low_both", "tail_high",
             terms=[["low_both"], ["c:m + 1", "tail_high"]]),
        step("near_0", "arithmetic", f"abs({primitive} - 0) <= {margin}", "low_mixed", "high_mixed"),
        step("near_1", "discharge", f"Imp(0 <= x, abs({primitive} - 0) <= {margin})", "near_0"),
        step("x_positive", "assume", "0 < x"),
        step("x_not_negative", "sign", "0 <= x", "x_positive"),
        step("near_2", "apply", f"abs({primitive} - 0) <= {margin}", "near_1", "x_not_negative"),
        step("near_3", "discharge", f"Imp(0 < x, abs({primitive} - 0) <= {margin})", "near_2"),
        step("near", "generalize", f"All(x, Imp(0 < x, abs({primitive} - 0) <= {margin}))", "near_3"),
        step("vanishes", "limit", f"Lim(x, {margin}, 0)"),
        step("decay", "apply", f"Lim(x, {primitive}, 0)", "axiom:squeeze", "vanishes", "near",
             symbols={"f(x)": primitive, "h(x)": margin}, put={"l": "0"}),
        step("whole", "fundamental-theorem", f"Integrable(x, 0, oo, {whole})", "slope", "decay", "sign", F=primitive,
             prose="An integrand that is not negative and has an antiderivative with a limit."),
        step("value", "fundamental-theorem", f"Int(x, 0, oo, {whole}) == He(k, 0)*He(m + 1, 0) + {constant}",
             "slope", "decay", "sign", F=primitive),
        # the exponential
        step("exp_slope", "derivative", "HasDeriv(x, -exp(-x), exp(-x))"),
        step("exp_sign", "sign", "0 <= exp(-x)"),
        step("exp_limit", "limit", "Lim(x, -exp(-x), 0)"),
        step("exp", "fundamental-theorem", "Integrable(x, 0, oo, exp(-x))", "exp_slope", "exp_limit", "exp_sign",
             F="-exp(-x)"),
        step("exp_value", "fundamental-theorem", "Int(x, 0, oo, exp(-x)) == 1", "exp_slope", "exp_limit", "exp_sign",
             F="-exp(-x)"),
        # convergence, by induction over k for all m
        step("p", "assume", "Integrable(x, 0, oo, p(x))"),
        step("q", "assume", "Integrable(x, 0, oo, q(x))"),
        step("r", "assume", "Integrable(x, 0, oo, r(x))"),
        step("sum_0", "linear", f"Integrable(x, 0, oo, {inside})", "p", "q", "r"),
        step("sum", "discharge", f"Imp({given}, Integrable(x, 0, oo, {inside}))", "sum_0"),
        step("single", "apply", f"Integrable(x, 0, oo, He(m, x)*{GAUSS})", "axiom:hermite-integrable", put={"n": "m"}),
        step("base", "generalize", f"All(m, Integrable(x, 0, oo, {product('0', 'm')}))", "single"),
        step("hypothesis", "assume", f"All(m, Integrable(x, 0, oo, {here}))"),
        step("known", "apply", f"Integrable(x, 0, oo, {here})", "hypothesis", at={"m": "m"}),
        step("first_m", "apply", f"Integrable(x, 0, oo, {product('k + 1', '0')})", "axiom:hermite-integrable",
             put={"n": "k + 1"}),
        step("next_m", "apply", f"Integrable(x, 0, oo, {there})", "sum", "whole", "known", "exp",
             symbols={"p(x)": whole, "q(x)": here, "r(x)": "exp(-x)"}, put={"c": "m + 1", "e": constant},
             prose="The integrand less its other parts, which are integrable."),
        step("all_m", "induction", f"Integrable(x, 0, oo, {product('k + 1', 'm')})", "first_m", "next_m", on="m",
             base="0"),
        step("next", "generalize", f"All(m, Integrable(x, 0, oo, {product('k + 1', 'm')}))", "all_m"),
        step("all", "induction", f"All(m, Integrable(x, 0, oo, {here}))", "base", "next", on="k", base="0"),
        step("integrable", "apply", f"Integrable(x, 0, oo, {here})", "all", at={"m": "m"}),
        step("integrable_next", "apply", f"Integrable(x, 0, oo, {there})", "integrable",
             put={"k": "k + 1", "m": "m + 1"}),
        step("split_0", "linear", f"Int(x, 0, oo, {inside}) == {apart}", "p", "q", "r"),
        step("split", "discharge", f"Imp({given}, Int(x, 0, oo, {inside}) == {apart})", "split_0"),
        step("parts", "apply", f"Int(x, 0, oo, {whole}) == Int(x, 0, oo, {there}) + (-(m + 1))*Int(x, 0, oo, {here}) - "
             f"(-{constant})*Int(x, 0, oo, exp(-x))", "split", "integrable_next", "integrable", "exp",
             symbols={"p(x)": there, "q(x)": here, "r(x)": "exp(-x)"}, put={"c": "-(m + 1)", "e": f"-{constant}"}),
        step("recursion", "identity", recursion, "parts", "value", "exp_value",
             combine={"parts": "-1", "value": "1", "exp_value": f"-{constant}"}),
        step("goal", "arithmetic", f"Integrable(x, 0, oo, {here}) and {recursion}", "integrable", "recursion"),
    ]  # fmt: skip
    return Proof(Statement(f"Integrable(x, 0, oo, {here}) and {recursion}", declare="k,m,n:N"), steps)


def build_reflection(sign: str = "(-1)") -> Proof:
    """Return the derivation of He_n(-x) = (-1)^n He_n(x) for every n.

    Arguments:
        sign: knob of the mutant, the base of the power.

    Returns:
        The derivation.

    Example:
        >>> build_reflection().statement.goal
        'He(n, -x) == (-1)**(n)*He(n, x)'
    """

    def at(n: str) -> str:
        return f"He({n}, -x) == {sign}**({n})*He({n}, x)"

    pair = "{} and {}"
    steps = [
        step("base_0", "identity", at("0")),
        step("base_1", "identity", at("0 + 1")),
        step("base", "arithmetic", pair.format(at("0"), at("0 + 1")), "base_0", "base_1"),
        step("hypothesis", "assume", pair.format(at("n"), at("n + 1"))),
        step("first", "arithmetic", at("n"), "hypothesis"),
        step("second", "arithmetic", at("n + 1"), "hypothesis"),
        step("right", "apply", "He(n + 2, x) == x*He(n + 1, x) - (n + 1)*He(n, x)", "axiom:hermite-recurrence"),
        step("left", "apply", "He(n + 2, -x) == (-x)*He(n + 1, -x) - (n + 1)*He(n, -x)", "axiom:hermite-recurrence",
             put={"x": "-x"}),
        step("third", "identity", at("n + 2"), "right", "left", "first", "second",
             combine={"left": "1", "right": f"-{sign}**(n + 2)", "first": "-(n + 1)", "second": "-x"},
             prose="Each term of the recurrence changes its sign as the degree says."),
        step("next", "arithmetic", pair.format(at("n + 1"), at("n + 1 + 1")), "second", "third"),
        step("both", "induction", pair.format(at("n"), at("n + 1")), "base", "next", on="n", base="0"),
        step("goal", "arithmetic", at("n"), "both"),
    ]  # fmt: skip
    return Proof(Statement(at("n"), declare="n:N"), steps)


def build_orthogonality(value: str = "fact({k})*delta({k}, {m})", normalised: str = "delta(k, m)") -> Proof:
    """Return the derivation of E He_k(z) He_m(z) = k! delta_km, and E h_k h_m = delta_km for h_k = He_k/sqrt(k!).

    The two half-lines give the same integral up to the sign (-1)^(k + m). By the recursion of these integrals
    E He_{k+1} He_{m+1} = (m + 1) E He_k He_m, as the terms at 0 cancel; and E He_{m+1} = 0. Derived in this project.

    Arguments:
        value: knob of the mutant, the expectation for the degrees k and m.
        normalised: knob of the mutant, the expectation for the normalised polynomials.

    Returns:
        The derivation.

    Example:
        >>> build_orthogonality().statement.goal.split(" and ")[1]
        'E[z](h(k, z(1))*h(m, z(1))) == delta(k, m)'
    """

    def mean(k: str, m: str) -> str:
        return f"E[z](He({k}, z(1))*He({m}, z(1)))"

    def integral(k: str, m: str) -> str:
        return f"Int(x, 0, oo, {product(k, m)})"

    p, q = "He(k, x)*He(m, x)", "(-1)**k*(-1)**m*He(k, x)*He(m, x)"
    flipped = "He(k, -x)*He(m, -x)"

    def halves(k: str, m: str) -> str:
        return f"{mean(k, m)} == (1 + (-1)**({k})*(-1)**({m}))*{integral(k, m)}/sqrt(2*pi)"

    def claimed(k: str, m: str) -> str:
        return f"{mean(k, m)} == {value.format(k=k, m=m)}"

    first, second = claimed("k", "m"), f"E[z](h(k, z(1))*h(m, z(1))) == {normalised}"
    scaled = "fact(k)*delta(k, m)/(sqrt(fact(k))*sqrt(fact(m))) == delta(k, m)"
    steps = [
        # one half-line
        step("integrable", "apply", f"Integrable(x, 0, oo, {product('k', 'm')})", "claim:ae.he-products"),
        step("integrable_q", "linear", f"Integrable(x, 0, oo, {q}*{GAUSS})", "integrable"),
        step("right_x", "identity", f"{p} == {p}"),
        step("right_pos", "discharge", f"Imp(0 < x, {p} == {p})", "right_x"),
        step("right", "generalize", f"All(x, Imp(0 < x, {p} == {p}))", "right_pos"),
        step("flip_k", "apply", "He(k, -x) == (-1)**k*He(k, x)", "claim:ae.he-reflection", put={"n": "k"}),
        step("flip_m", "apply", "He(m, -x) == (-1)**m*He(m, x)", "claim:ae.he-reflection", put={"n": "m"}),
        step("left_x", "identity", f"{flipped} == {q}", "flip_k", "flip_m"),
        step("left_pos", "discharge", f"Imp(0 < x, {flipped} == {q})", "left_x"),
        step("left", "generalize", f"All(x, Imp(0 < x, {flipped} == {q}))", "left_pos"),
        step("density", "apply", f"{mean('k', 'm')} == Int(x, 0, oo, ({p} + {q})*{GAUSS})/sqrt(2*pi)",
             "axiom:gaussian-density", "right", "left", "integrable", "integrable_q",
             symbols={"s(x)": p, "p(x)": p, "q(x)": q}),
        step("parts", "linear", f"Int(x, 0, oo, ({p} + {q})*{GAUSS}) == (1 + (-1)**k*(-1)**m)*{integral('k', 'm')}",
             "integrable"),
        step("half", "identity", halves("k", "m"), "density", "parts",
             combine={"density": "1", "parts": "1/sqrt(2*pi)"},
             prose="Both half-lines give the same integral, up to the sign that the degrees give."),
        step("at_zero", "apply", "He(n, 0) == (-1)**n*He(n, 0)", "claim:ae.he-reflection", put={"x": "0"}),
        # from (k, m) to (k + 1, m + 1)
        step("half_next", "apply", halves("k + 1", "m + 1"), "half", put={"k": "k + 1", "m": "m + 1"}),
        step("recursion", "apply", f"{integral('k + 1', 'm + 1')} == (m + 1)*{integral('k', 'm')} "
             "+ He(k, 0)*He(m + 1, 0)", "claim:ae.he-products"),
        step("zero_k", "apply", "He(k, 0) == (-1)**k*He(k, 0)", "at_zero", put={"n": "k"}),
        step("zero_next", "apply", "He(m + 1, 0) == (-1)**(m + 1)*He(m + 1, 0)", "at_zero", put={"n": "m + 1"}),
        step("cancel", "identity", "(1 + (-1)**k*(-1)**m)*He(k, 0)*He(m + 1, 0) == 0", "zero_k", "zero_next",
             combine={"zero_k": "He(m + 1, 0)", "zero_next": "(-1)**k*He(k, 0)"}),
        step("step", "identity", f"{mean('k + 1', 'm + 1')} == (m + 1)*{mean('k', 'm')}", "half_next", "half",
             "recursion", "cancel",
             combine={"half_next": "1", "half": "-(m + 1)", "recursion": "(1 + (-1)**k*(-1)**m)/sqrt(2*pi)",
                      "cancel": "1/sqrt(2*pi)"},
             prose="The terms at 0 cancel."),
        # degree 0
        step("single", "apply", f"Integrable(x, 0, oo, He(m + 1, x)*{GAUSS})", "axiom:hermite-integrable",
             put={"n": "m + 1"}),
        step("slope", "apply", f"HasDeriv(x, -He(m, x)*{GAUSS}, He(m + 1, x)*{GAUSS})", "claim:ae.he-density",
             put={"n": "m"}),
        step("decay", "apply", f"Lim(x, -1*He(m, x)*{GAUSS}, 0)", "axiom:hermite-decay", put={"n": "m", "c": "-1"}),
        step("single_value", "fundamental-theorem", f"Int(x, 0, oo, He(m + 1, x)*{GAUSS}) == He(m, 0)", "slope",
             "decay", "single", F=f"-He(m, x)*{GAUSS}"),
        step("half_0", "apply", halves("0", "m + 1"), "half", put={"k": "0", "m": "m + 1"}),
        step("zero_m", "apply", "He(m, 0) == (-1)**m*He(m, 0)", "at_zero", put={"n": "m"}),
        step("centred", "identity", f"{mean('0', 'm + 1')} == 0", "half_0", "single_value", "zero_m",
             combine={"half_0": "1", "single_value": "(1 + (-1)**(m + 1))/sqrt(2*pi)", "zero_m": "1/sqrt(2*pi)"},
             prose="Every degree but 0 has mean 0."),
        # induction over k for all m
        step("constant", "identity", "He(0, z(1))*He(0, z(1)) == 1"),
        step("mass", "congruence", f"{mean('0', '0')} == E[z](1)", "constant"),
        step("one", "identity", claimed("0", "0"), "mass"),
        step("apart", "arithmetic", "delta(0, m + 1) == 0"),
        step("base_m", "identity", claimed("0", "m + 1"), "centred", "apart"),
        step("base_all", "induction", claimed("0", "m"), "one", "base_m", on="m", base="0"),
        step("base", "generalize", f"All(m, {claimed('0', 'm')})", "base_all"),
        step("hypothesis", "assume", f"All(m, {first})"),
        step("known", "apply", first, "hypothesis", at={"m": "m"}),
        step("centred_k", "apply", f"{mean('0', 'k + 1')} == 0", "centred", put={"m": "k"}),
        step("apart_k", "arithmetic", "delta(k + 1, 0) == 0"),
        step("next_0", "identity", claimed("k + 1", "0"), "centred_k", "apart_k"),
        step("fact_k", "apply", "fact(k + 1) == (k + 1)*fact(k)", "axiom:factorial", put={"n": "k"}),
        step("shift", "arithmetic", "(m + 1)*delta(k, m) == (k + 1)*delta(k + 1, m + 1)"),
        step("next_m", "identity", claimed("k + 1", "m + 1"), "step", "known", "fact_k", "shift",
             combine={"step": "1", "known": "m + 1", "shift": "fact(k)"}),
        step("next_all", "induction", claimed("k + 1", "m"), "next_0", "next_m", on="m", base="0"),
        step("next", "generalize", f"All(m, {claimed('k + 1', 'm')})", "next_all"),
        step("all", "induction", f"All(m, {first})", "base", "next", on="k", base="0"),
        step("first", "apply", first, "all", at={"m": "m"}),
        # normalised
        step("equal", "assume", "m == k"),
        step("scaled_equal", "identity", scaled, "equal"),
        step("if_equal", "discharge", f"Imp(m == k, {scaled})", "scaled_equal"),
        step("different", "assume", "m != k"),
        step("no_delta", "arithmetic", "delta(k, m) == 0", "different"),
        step("scaled_different", "identity", scaled, "no_delta"),
        step("if_different", "discharge", f"Imp(m != k, {scaled})", "scaled_different"),
        step("scaled", "arithmetic", scaled, "if_equal", "if_different"),
        step("second", "identity", second, "first", "scaled",
             combine={"first": "1/(sqrt(fact(k))*sqrt(fact(m)))", "scaled": "1"}),
        step("goal", "arithmetic", f"{first} and {second}", "first", "second"),
    ]  # fmt: skip
    let = {"h(n,x)": "He(n, x)/sqrt(fact(n))"}
    return Proof(Statement(f"{first} and {second}", declare="k,m,n:N", let=let), steps)
