"""Attacks on witnesses: true statements that a point seems to refute, points at which hypotheses only seem to hold."""

from .judge import Witness, s


def true(name: str, goal: str, reason: str = "at the witness", values: dict | None = None, **more) -> Witness:
    """Return the attack that the values refute a true (or undecidable) goal."""
    return Witness(name, reason, values or {}, goal, **more)


def empty(name: str, reason: str, *hyps: str, values: dict | None = None, **more) -> Witness:
    """Return the attack that hypotheses which do not hold at the point pass for inhabited."""
    return Witness(name, reason, values or {}, hyps={f"h{i}": h for i, h in enumerate(hyps)}, **more)


ATTACKS = [
    # --- what is put for what
    true("a whole number >= 0 is -1", "0 <= n", "integers >= 0, not for -1", {"n": "-1"}, declare="n:N"),
    true("an integer is 1/2", "sin(pi*k) == 0", "stands for integers", {"k": "1/2"}, declare="k:Z"),
    true("a root is replaced", "sqrt(4) == 2", "neither a variable nor a symbol", {"sqrt(x)": "x"}),
    true("pi is replaced", "3 < pi", "neither a variable nor a symbol", {"pi": "3"}),
    true("one value of a function is replaced", "f(1) == f(1)", "neither a variable nor a symbol", {"f(1)": "2"}),
    true("a sum of variables is given a value", "x + y == x + y", "neither a variable nor a symbol", {"x + y": "2"}),
    true("infinity as a value", "x == x", "not a number", {"x": "oo"}),
    true("a proposition as a value", "x == x", "not a number", {"x": "1 == 2"}),
    true("a float as a value", "10*x == 1", "is not exact", {"x": "0.1"}),
    true("a symbol with another number of arguments", "f(1, 2) == f(1, 2)", "takes 1 arguments", {"f(x)": "0"}),
    true("a standard normal becomes a number", "E[z](z(1)) == 0", "their law is not chosen", {"z(k)": "1"},
         declare="k:Z"),
    true("a random variable inside the expectation over another", "E[x](E[y](x(1)*y(1))) == 0", "cannot be moved into",
         {"x(k)": "z(k)", "y(k)": "z(k)"}, declare="k:Z"),
    true("an outcome as a value inside an expectation", "E[z](c*z(1)) == 0", "cannot be moved into an expectation",
         {"c": "z(1)"}),
    true("an exponent becomes a fraction", "f(1/2)**2 == f(1/2)**2", "an exponent is an integer", {"f(n)": "2**n"},
         declare="n:N"),
    true("no value for a variable", "x == 1", "not decided"),
    true("the hypotheses fail", "x == 1", "the hypothesis h is false", {"x": "2"}, hyps={"h": "x == 1"}),
    true("the hypotheses are not decided", "x == 1", "the hypothesis h is not decided", {"x": "2"},
         hyps={"h": "f(x) == 1"}),
    true("the goal is true", "x == 1", "the goal is true", {"x": "1"}),
    # --- total functions
    true("1/0 is 0", "1/0 == 0"),
    true("1/0 is 0 for a number that balls cannot tell from 0", "1/(sqrt(2)*sqrt(3) - sqrt(6)) == 0"),
    true("the root of a negative number is 0", "sqrt(-2) == 0"),
    true("the logarithm of a negative number is 0", "log(-2) == 0"),
    true("0^0 is 1", "0**0 == 1"),
    true("0^-1 is 0", "0**(-1) == 0"),
    true("a reversed sum is 0", "Sum(i, 3, 1, f(i)) == 0", declare="i:Z"),
    true("a reversed integral is negative", "Int(x, 1, 0, 1) == -1"),
    true("arcsin outside its domain", "asin(2) == 0"),
    true("atan2 at the origin", "atan2(0, 0) == 0"),
    true("the factorial of a fraction", "fact(1/2) == 1"),
    true("a divergent integral is 0", "Int(x, 0, 2, 1/(x - 1)) == 0"),
    true("a divergent positive integral is 0", "Int(x, 0, 2, 1/(x - 1)**2) == 0"),
    true("a divergent integral over the line is 0", "Int(x, -oo, oo, exp(x**2)) == 0"),
    true("an integral of a constant over the line is 0", "Int(x, -oo, oo, 1) == 0"),
    true("an integral with a pole at its end", "Int(x, 0, 1, 1/sqrt(x)) == 2"),
    true("logarithms in integrands", "Int(x, -2, -1, log(x)) == 0"),
    true("roots in integrands", "Int(x, 0, 1, sqrt(-1 - x)*sqrt(-1 - x)) == 0"),
    true("a root that ends inside the range", "Int(x, -1, 1, sqrt(x)**2) == 1/2"),
    true("a root of a square in an integrand", "Int(x, -1, 1, sqrt(x**2)) == 1"),
    true("a modulus in an integrand", "Int(x, -1, 1, abs(x)) == 1"),
    true("a step in an integrand", "Int(x, -1, 1, abs(x)/x) == 0"),
    true("relu in an integrand", "Int(x, -1, 1, relu(x)) == 1/2"),
    true("delta in an integrand", "Int(x, -1, 1, delta(x, 0)) == 0"),
    true("a nested integral", "Int(x, 0, 1, Int(y, 0, x, 1)) == 1/2"),
    true("a nested integral under a function", "Int(x, 0, 1, exp(Int(y, 0, x, 2*y))*2*x) == exp(1) - 1"),
    true("atan near its branch points", "Int(x, -2, 2, atan(5*x)) == 0"),
    # --- balls
    true("equal roots", "sqrt(2)*sqrt(3) == sqrt(6)"),
    true("equal roots under relu", "relu(sqrt(2)*sqrt(3) - sqrt(6)) == 0"),
    true("equal roots under a root", "sqrt(sqrt(2)*sqrt(3) - sqrt(6)) == 0"),
    true("equal roots under a logarithm", "log(sqrt(2)*sqrt(3) - sqrt(6)) == 0"),
    true("equal roots under delta", "delta(sqrt(2)*sqrt(3), sqrt(6)) == 1"),
    true("equal numbers compared strictly", "not sqrt(2)*sqrt(3) < sqrt(6)"),
    true("an exponential series to its limit", "Series(k, 0, 1/fact(k)) == exp(1)", declare="k:N"),
    # --- quantifiers
    true("all whole numbers beyond the reach of evaluation", "All(k, Imp(1 <= k, k <= 10**6, k**2 <= 10**12))",
         declare="k:Z"),
    true("a quantifier over an unbounded range", "All(k, Imp(1 <= k, k <= k**2))", declare="k:Z"),
    true("an existence", "Ex(x, x == 1)"),
    empty("a real quantifier decided by nothing", "not decided", "All(x, x <= 1)"),
    empty("an unbounded quantifier decided by its first values", "not decided", "All(k, k <= 3)", declare="k:N"),
    empty("an inner quantifier of the same name bounds the outer one", "not decided",
          "All(i, Imp(1 <= i, All(i, Imp(i <= 0, f(i) == 0))))", values={"f(i)": "1"}, declare="i:Z"),
    empty("a quantifier over a range with a false value", "is false", "All(i, Imp(1 <= i, i <= 3, f(i) == 0))",
          values={"f(i)": "delta(i, 3)"}, declare="i:Z"),
    # --- hypotheses that contradict each other
    empty("contradictory signs", "the hypothesis h1 is false", "0 < x", "x < 0", values={"x": "1"}),
    empty("x/x != 1 without a point", "the hypothesis h0 is not decided", "x/x != 1", "x != 0"),
    empty("x/x != 1 at a point where x != 0", "the hypothesis h0 is false", "x/x != 1", "x != 0", values={"x": "2"}),
    empty("x/x != 1 at 0", "the hypothesis h1 is false", "x/x != 1", "x != 0", values={"x": "0"}),
    empty("a false moment", "is false", "E[z](z(1)) == 1"),
    empty("a false variance", "is false", "E[z](z(1)*z(2)) == 1"),
    empty("an infinite moment", "not decided", "E[z](1/z(1)) == 0"),
    empty("a hypothesis that nothing decides", "not decided", "Cont(x, 0, 1, f(x))"),
    empty("a proposition that is false for every x", "is false", "x < x"),
    # --- analytic hypotheses
    empty("a divergent series is summable", "not decided", "Summable(k, 0, f(k))", values={"f(k)": "1"}, declare="k:N"),
    empty("a harmonic series is summable", "not decided", "Summable(k, 1, 1/k)", declare="k:Z"),
    empty("1/z is square integrable", "not decided", "L2[z](1/z(1))"),
    empty("exp(z^2) is square integrable", "not decided", "L2[z](exp(z(1)**2))"),
    empty("|x| has a derivative at 0", "not decided", "HasDeriv(x, abs(x), 0)", values={"x": "0"}),
    empty("1/x has a derivative at 0", "not decided", "HasDeriv(x, 1/x, 0)", values={"x": "0"}),
    empty("a wrong derivative", "is false", "HasDeriv(x, x**2, 1)", values={"x": "1"}),
    empty("1/x is continuous on the line", "not decided", "Cont(x, -oo, oo, 1/x)"),
    empty("a constant is integrable on the line", "not decided", "Integrable(x, -oo, oo, 1)"),
    # --- proofs of hypotheses at the point
    empty("a hypothesis proved from itself", "is not proved at the witness", "Cont(x, 0, 1, f(x))",
          steps=(s("a", "assume", "Cont(x, 0, 1, f(x))") | {"for": "h0"},)),
    empty("a hypothesis proved elsewhere", "is not proved at the witness", "Cont(x, 0, 1, f(x))",
          values={"f(x)": "1/x"},
          steps=(s("a", "continuous", "Cont(x, 0, 1, x)") | {"for": "h0"},)),
    empty("a hypothesis proved for another", "not decided", "Cont(x, 0, 1, f(x))", values={"f(x)": "log(x + 1)"},
          steps=(s("a", "continuous", "Cont(x, 0, 1, x)") | {"for": "h1"},)),
    empty("a hypothesis that is false and yet proved", "is false", "f(1) == 2", values={"f(x)": "x"},
          steps=(s("a", "identity", "1 == 2") | {"for": "h0"},)),
    empty("a hypothesis by a broken proof", "the witness of the hypotheses", "Cont(x, 0, 1, f(x))",
          values={"f(x)": "1/x"},
          steps=(s("a", "continuous", "Cont(x, 0, 1, 1/x)") | {"for": "h0"},)),
    empty("an object among the steps", "neither text, integer", "Cont(x, 0, 1, f(x))",
          steps=(s("a", "continuous", "Cont(x, 0, 1, x)", F=1.5) | {"for": "h0"},)),
]  # fmt: skip
