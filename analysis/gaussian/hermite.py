"""Hermite polynomials from their recurrence: derivative, the density's derivatives, parity."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


def build_recurrence(shift: str = "1") -> Proof:
    """Return the derivation of He_{n+1}'(x) = (n + 1) He_n(x) for every n.

    Induction over the pair of statements at n and n + 1: differentiate He_{n+3} = x He_{n+2} - (n + 2) He_{n+1}, the
    recurrence that defines the polynomials. Derived in this project.

    Arguments:
        shift: knob of the mutant, what is added to n in the factor.

    Returns:
        The derivation.

    Example:
        >>> build_recurrence().statement.goal
        'HasDeriv(x, He(n + 1, x), (n + 1)*He(n, x))'
    """

    def at(n: str, more: int) -> str:
        return f"HasDeriv(x, He({n} + {more + 1}, x), ({n} + {more} + {shift})*He({n} + {more}, x))"

    def pair(n: str, more: int) -> str:
        return f"{at(n, more)} and {at(n, more + 1)}"

    goal = f"HasDeriv(x, He(n + 1, x), (n + {shift})*He(n, x))"
    steps = [
        step("of_x", "derivative", "HasDeriv(x, x, 1)"),
        step("of_square", "derivative", "HasDeriv(x, x**2 - 1, 2*x)"),
        step("base", "arithmetic", pair("0", 0), "of_x", "of_square", prose="He_1 = x and He_2 = x^2 - 1."),
        step("hypothesis", "assume", pair("n", 0)),
        step("first", "arithmetic", at("n", 0), "hypothesis"),
        step("second", "arithmetic", at("n", 1), "hypothesis"),
        step("lower", "apply", "He(n + 2, x) == x*He(n + 1, x) - (n + 1)*He(n, x)", "axiom:hermite-recurrence"),
        step(
            "upper_x",
            "apply",
            "He(n + 3, x) == x*He(n + 2, x) - (n + 2)*He(n + 1, x)",
            "axiom:hermite-recurrence",
            put={"n": "n + 1"},
        ),
        step("upper", "generalize", "All(x, He(n + 3, x) == x*He(n + 2, x) - (n + 2)*He(n + 1, x))", "upper_x"),
        step("first_plain", "arithmetic", f"HasDeriv(x, He(n + 1, x), (n + {shift})*He(n, x))", "first"),
        step(
            "third",
            "derivative",
            f"HasDeriv(x, He(n + 3, x), (n + 2 + {shift})*He(n + 2, x))",
            "upper",
            "first_plain",
            "second",
            "lower",
            prose="Differentiate the recurrence and use it once more, one degree lower.",
        ),
        step("next", "arithmetic", pair("(n + 1)", 0), "second", "third"),
        step("both", "induction", pair("n", 0), "base", "next", on="n", base="0"),
        step("goal", "arithmetic", goal, "both"),
    ]
    return Proof(Statement(goal, declare="n:N"), steps)


def build_density(sign: str = "-") -> Proof:
    """Return the derivation of (-He_n(x) exp(-x^2/2))' = He_{n+1}(x) exp(-x^2/2) for every n.

    Arguments:
        sign: knob of the mutant, the sign of the antiderivative.

    Returns:
        The derivation.

    Example:
        >>> build_density().statement.goal
        'HasDeriv(x, -He(n, x)*exp(-x**2/2), He(n + 1, x)*exp(-x**2/2))'
    """

    def at(n: str, following: str) -> str:
        return f"HasDeriv(x, {sign}He({n}, x)*exp(-x**2/2), He({following}, x)*exp(-x**2/2))"

    steps = [
        step("gauss", "derivative", f"HasDeriv(x, {sign}1*exp(-x**2/2), {'' if sign == '-' else '-'}x*exp(-x**2/2))"),
        step("base", "arithmetic", at("0", "0 + 1"), "gauss"),
        step("rule", "apply", "HasDeriv(x, He(n + 1, x), (n + 1)*He(n, x))", "claim:ae.he-rec"),
        step("recurrence", "apply", "He(n + 2, x) == x*He(n + 1, x) - (n + 1)*He(n, x)", "axiom:hermite-recurrence"),
        step(
            "step",
            "derivative",
            at("n + 1", "n + 2"),
            "rule",
            "recurrence",
            prose="The product rule gives (n + 1) He_n - x He_{n+1} = -He_{n+2}.",
        ),
        step("next", "arithmetic", at("n + 1", "n + 1 + 1"), "step"),
        step("goal", "induction", at("n", "n + 1"), "base", "next", on="n", base="0"),
    ]
    return Proof(Statement(at("n", "n + 1"), declare="n:N"), steps)


def build_parity(even: str = "", odd: str = "-") -> Proof:
    """Return the derivation of He_{2k}(-x) = He_{2k}(x) and He_{2k+1}(-x) = -He_{2k+1}(x) for every k.

    Arguments:
        even: knob of the mutant, the sign of the even degrees.
        odd: knob of the mutant, the sign of the odd degrees.

    Returns:
        The derivation.

    Example:
        >>> build_parity().statement.goal
        'He(2*k, -x) == He(2*k, x) and He(2*k + 1, -x) == -He(2*k + 1, x)'
    """
    goal = f"He(2*k, -x) == {even}He(2*k, x) and He(2*k + 1, -x) == {odd}He(2*k + 1, x)"
    following = goal.replace("2*k", "2*(k + 1)")
    two, three = f"He(2*k + 2, -x) == {even}He(2*k + 2, x)", f"He(2*k + 3, -x) == {odd}He(2*k + 3, x)"

    def recurrence(name: str, n: str, x: str) -> dict[str, object]:
        text = f"He({n} + 2, {x}) == {x}*He({n} + 1, {x}) - ({n} + 1)*He({n}, {x})"
        return step(name, "apply", text, "axiom:hermite-recurrence", put={"n": n, "x": x})

    steps = [
        step("even_0", "identity", f"He(2*0, -x) == {even}He(2*0, x)"),
        step("odd_0", "identity", f"He(2*0 + 1, -x) == {odd}He(2*0 + 1, x)"),
        step("base", "arithmetic", goal.replace("2*k", "2*0"), "even_0", "odd_0"),
        step("hypothesis", "assume", goal),
        step("even", "arithmetic", f"He(2*k, -x) == {even}He(2*k, x)", "hypothesis"),
        step("odd", "arithmetic", f"He(2*k + 1, -x) == {odd}He(2*k + 1, x)", "hypothesis"),
        recurrence("at_x", "2*k", "x"),
        recurrence("at_minus_x", "2*k", "(-x)"),
        step("two", "identity", two, "at_x", "at_minus_x", "even", "odd"),
        recurrence("above_x", "(2*k + 1)", "x"),
        recurrence("above_minus_x", "(2*k + 1)", "(-x)"),
        step(
            "three",
            "identity",
            three,
            "above_x",
            "above_minus_x",
            "two",
            "odd",
            combine={"above_minus_x": "1", "above_x": "1", "two": "-x", "odd": "-(2*k + 2)"},
        ),
        step("next", "arithmetic", following, "two", "three"),
        step("goal", "induction", goal, "base", "next", on="k", base="0"),
    ]
    return Proof(Statement(goal, declare="k:N"), steps)
