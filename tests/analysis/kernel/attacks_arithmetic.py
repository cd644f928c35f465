"""Attacks on the rules that decide numbers: identity, sign, certificate, arithmetic, enclosure."""

from .judge import Attack, s

_LONG = "+".join(f"f({i})**2" for i in range(25))
_WIDE = "+".join(f"f({i})" for i in range(32))
_OTHER = "+".join(f"g({i})" for i in range(32))


def beyond(name: str, number: str, rule: str = "identity", goal: str = "0*({0}) == 0") -> Attack:
    """Return a true statement that is beyond a limit of the normal forms, and so is to stay undecided."""
    goal = goal.format(number)
    return Attack(name, "", goal, [s("a", rule, goal)])


ATTACKS = [
    # --- what a total function is
    Attack("sqrt(x^2) is x", "differ by", "sqrt(x**2) == x", [s("a", "identity", "sqrt(x**2) == x")]),
    Attack(
        "sqrt(x)^2 is x", "differ by", "sqrt(x)**2 == x", [s("a", "identity", "sqrt(x)**2 == x")],
    ),
    Attack(
        "a root of a product is the product of roots", "differ by", "sqrt(x*y) == sqrt(x)*sqrt(y)",
        [s("a", "identity", "sqrt(x*y) == sqrt(x)*sqrt(y)")],
    ),
    Attack("x/x is 1", "not known: x != 0", "x/x == 1", [s("a", "identity", "x/x == 1")]),
    Attack(
        "a factor is cancelled that vanishes where the other hypothesis holds", "differ by", "(x**2 - x)/x == x - 1",
        [s("a", "identity", "(x**2 - x)/x == x - 1", "h")], {"h": "0 <= x"},
    ),
    Attack(
        "cancelling in a product", "differ by", "x*y/(x*z) == y/z",
        [s("a", "identity", "x*y/(x*z) == y/z", "h")], {"h": "z != 0"},
    ),
    Attack(
        "x*y == x*z gives y == z", "do not entail", "y == z", [s("a", "arithmetic", "y == z", "h")],
        {"h": "x*y == x*z"},
    ),
    Attack(
        "1/(x - x) is a number with which to multiply", "differ by", "(x - x)/(x - x) == 1",
        [s("a", "identity", "(x - x)/(x - x) == 1")],
    ),
    Attack("1/0 times 0 is 1", "differ by", "0*(1/0) == 1", [s("a", "identity", "0*(1/0) == 1")]),
    Attack("0^0 is 0", "differ by", "0**0 == 0", [s("a", "identity", "0**0 == 0")]),
    Attack("x^n x^-n is 1", "differ by", "x**n*x**(-n) == 1", [s("a", "identity", "x**n*x**(-n) == 1")], declare="n:N"),
    Attack(
        "a power of a sum of integers splits also for negative exponents", "differ by", "x**(i + j) == x**i*x**j",
        [s("a", "identity", "x**(i + j) == x**i*x**j")], declare="i,j:Z",
    ),
    Attack("log(x y) is log x + log y", "differ by", "log(x*y) == log(x) + log(y)",
           [s("a", "identity", "log(x*y) == log(x) + log(y)")]),
    Attack("|x| is x", "differ by", "abs(x) == x", [s("a", "identity", "abs(x) == x")]),
    Attack("relu is linear", "differ by", "relu(x + y) == relu(x) + relu(y)",
           [s("a", "identity", "relu(x + y) == relu(x) + relu(y)")]),
    Attack("relu is odd", "differ by", "relu(-x) == -relu(x)", [s("a", "identity", "relu(-x) == -relu(x)")]),
    Attack("log 0 is not 0, so that exp(log x) is x", "differ by", "exp(log(x)) == x",
           [s("a", "identity", "exp(log(x)) == x")]),
    Attack("a root that may be 0 is cancelled", "differ by", "sqrt(x)/sqrt(x) == 1",
           [s("a", "identity", "sqrt(x)/sqrt(x) == 1")]),
    # --- limits of the normal forms
    beyond("a power beyond the limit", "x**65"),
    beyond("a power of many terms", f"({_WIDE}+{_OTHER})**4"),
    beyond("a power of a long number", "((2**64)**64)**64"),
    beyond("a product of many terms", f"(({_WIDE})**2*({_OTHER})**2)"),
    beyond("a sign of many terms", f"({_LONG})**4", "sign", "0 <= {0}"),
    # --- identity
    Attack("a strict inequality as an identity", "an identity is an equation", "x < x", [s("a", "identity", "x < x")]),
    Attack("one more", "differ by", "x == x + 1", [s("a", "identity", "x == x + 1")]),
    Attack(
        "true at every tested point", "differ by",
        "(x - 1)*(x - 2)*(x - 3)*(x - 4)*(x - 5)*(x - 6)*(x - 7)*(x - 8) == 0",
        [s("a", "identity", "(x - 1)*(x - 2)*(x - 3)*(x - 4)*(x - 5)*(x - 6)*(x - 7)*(x - 8) == 0")],
    ),
    Attack(
        "true at every whole number", "differ by", "sin(pi*x) == 0", [s("a", "identity", "sin(pi*x) == 0")],
    ),
    Attack(
        "an inequality as an equation to combine", "is not an equation", "x == y",
        [s("a", "identity", "x == y", "h", combine={"h": "1"})], {"h": "x <= y"},
    ),
    Attack(
        "a multiple of an equation that no premise states", "nothing in the step is called", "x == y",
        [s("a", "identity", "x == y", combine={"h": "1"})],
    ),
    Attack(
        "an equation 2x = y read as x = y", "differ by", "x == y",
        [s("a", "identity", "x == y", "h")], {"h": "2*x == y"},
    ),
    Attack(
        "an equation x + z = y read as x = y", "cannot be replaced", "x == y",
        [s("a", "identity", "x == y", "h")], {"h": "x + z == y"},
    ),
    Attack(
        "an equation x z = y read as x = y", "cannot be replaced", "x == y",
        [s("a", "identity", "x == y", "h")], {"h": "x*z == y"},
    ),
    Attack(
        "an equation x/(1 + y^2) = 1 read as x = 1", "cannot be replaced", "x == 1",
        [s("a", "identity", "x == 1", "h")], {"h": "x/(1 + y**2) == 1"},
    ),
    # --- sign
    Attack("a sign that nothing shows", "the sign is not evident", "0 <= x", [s("a", "sign", "0 <= x")]),
    Attack("a strict sign of a square", "the sign is not evident", "0 < x**2", [s("a", "sign", "0 < x**2")]),
    Attack("a sum of a positive and a signless term", "the sign is not evident", "0 < x + y**2",
           [s("a", "sign", "0 < x + y**2", "h")], {"h": "0 <= x"}),
    Attack("an integral backwards is not positive", "the sign is not evident", "0 <= Int(x, 1, 0, x**2)",
           [s("a", "sign", "0 <= Int(x, 1, 0, x**2)")]),
    Attack("a sum of unknown signs", "the sign is not evident", "0 <= Sum(i, 1, n, f(i))",
           [s("a", "sign", "0 <= Sum(i, 1, n, f(i))")], declare="i:Z n:N"),
    Attack("1/x is positive", "the sign is not evident", "0 < 1/x", [s("a", "sign", "0 < 1/x", "h")], {"h": "0 <= x"}),
    Attack("a product of two unknown signs", "the sign is not evident", "0 <= x*y",
           [s("a", "sign", "0 <= x*y", "h")], {"h": "0 <= x"}),
    Attack("an even power of a sign is a sign", "the sign is not evident", "0 < x**3",
           [s("a", "sign", "0 < x**3", "h")], {"h": "x != 0"}),
    # --- certificate
    Attack("a certificate of an equation", "a certificate proves a <= b", "0 == 1",
           [s("a", "certificate", "0 == 1", terms=[["c:1"]])]),
    Attack("a negative multiplier", "the multiplier is not known to be positive", "1 <= 0",
           [s("a", "certificate", "1 <= 0", terms=[["c:1"]], times="-1")]),
    Attack("a certificate that does not add up", "the certificate leaves", "0 <= x",
           [s("a", "certificate", "0 <= x", terms=[["sq:x"]])]),
    Attack("a strict inequality from a square", "does not show that the inequality is strict", "0 < x**2",
           [s("a", "certificate", "0 < x**2", terms=[["sq:x"]])]),
    Attack("a strict product with one weak factor", "does not show that the inequality is strict", "0 < x*y",
           [s("a", "certificate", "0 < x*y", "h", "g", terms=[["h", "g"]])], {"h": "0 < x", "g": "0 <= y"}),
    Attack("a strict certificate with the factor 0", "does not show that the inequality is strict", "x < x",
           [s("a", "certificate", "x < x", "h", terms=[["c:0", "h"]])], {"h": "0 < y"}),
    Attack("a negative weight", "is not known to be >= 0", "1 <= 0",
           [s("a", "certificate", "1 <= 0", terms=[["c:-1"]])]),
    Attack("a weight of unknown sign", "is not known to be >= 0", "0 <= x",
           [s("a", "certificate", "0 <= x", terms=[["c:x"]])]),
    Attack("an inequation as an inequality", "is not an inequality", "x <= 0",
           [s("a", "certificate", "x <= 0", "h", terms=[["h"]])], {"h": "x != 0"}),
    Attack("a premise that is not listed", "nothing in the step is called", "0 <= x",
           [s("a", "certificate", "0 <= x", terms=[["h"]])], {"h": "0 <= x"}),
    Attack("a product of two negative premises taken as negative", "the certificate leaves", "x*y <= 0",
           [s("a", "certificate", "x*y <= 0", "h", "g", terms=[["h", "g"]])], {"h": "x <= 0", "g": "y <= 0"}),
    # --- arithmetic
    Attack("a false implication", "do not entail", "x <= 1", [s("a", "arithmetic", "x <= 1", "h")], {"h": "x**2 <= 2"}),
    Attack("whole numbers are not told apart from real ones", "do not entail", "1 <= k",
           [s("a", "arithmetic", "1 <= k", "h")], {"h": "0 < k"}, "k:N"),
    Attack("two quotients behind one name", "do not entail", "1/(2 + sqrt(1/(1 + x**2))) <= 1/(2 + x**2)",
           [s("a", "arithmetic", "1/(2 + sqrt(1/(1 + x**2))) <= 1/(2 + x**2)")]),
    Attack("a quantified fact is not a fact about one value", "do not entail", "f(2) == 0",
           [s("a", "arithmetic", "f(2) == 0", "h")], {"h": "All(x, f(x) == 0)"}),
    Attack("division by zero in the solver", "do not entail", "x*(1/x) == 1", [s("a", "arithmetic", "x*(1/x) == 1")]),
    Attack("a root of a negative number in the solver", "do not entail", "sqrt(x)**2 == x",
           [s("a", "arithmetic", "sqrt(x)**2 == x")]),
    Attack("the conclusion among the unknowns", "do not entail", "Cont(x, 0, 1, f(x))",
           [s("a", "arithmetic", "Cont(x, 0, 1, f(x))", "h")], {"h": "Cont(x, 0, 1, g(x))"}),
    # --- enclosure
    Attack("a false comparison of numbers", "the comparison is false", "pi < 3", [s("a", "enclosure", "pi < 3")]),
    Attack("a ball that straddles zero", "the balls overlap", "sqrt(2)*sqrt(3) <= sqrt(6)",
           [s("a", "enclosure", "sqrt(2)*sqrt(3) <= sqrt(6)")]),
    Attack("equality of balls", "the balls overlap", "sqrt(2)*sqrt(3) == sqrt(6)",
           [s("a", "enclosure", "sqrt(2)*sqrt(3) == sqrt(6)")]),
    Attack("a difference too small to see", "the balls overlap", "1 < sqrt(2)*sqrt(1/2 + exp(-900))",
           [s("a", "enclosure", "1 < sqrt(2)*sqrt(1/2 + exp(-900))")]),
    Attack("an enclosure with a variable", "the balls overlap", "x < x + exp(1)",
           [s("a", "enclosure", "x < x + exp(1)")]),
    Attack("an idle step as the premise of an enclosure", "the rule has 0 premises", "3 < pi",
           [s("idle", "identity", "1 == 1"), s("a", "enclosure", "3 < pi", "idle")]),
    Attack("an integral over a kink of a function that is not analytic", "the comparison is false",
           "Int(x, -1, 1, abs(x)) < 9/10", [s("a", "enclosure", "Int(x, -1, 1, abs(x)) < 9/10")]),
    Attack("an integral over a pole", "the balls overlap", "Int(x, -1, 1, 1/x**2) == -2",
           [s("a", "enclosure", "Int(x, -1, 1, 1/x**2) == -2")]),
]  # fmt: skip
