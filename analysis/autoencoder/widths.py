"""More units never hurt, copies of a unit never help; linear activations; the letter at 0."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .bound import BOUND_HYPS, BOUND_LET, DECLARE
from .setting import EXAMPLE

_OUT = "Sum(i, 1, {n}, {A}*sigma(Sum(m, 1, d, b(i, m)*x(m))))"
_RISK = "E[x](Sum(k, 1, d, (x(k) - {out})**2))"
_WIDTHS = "i,j,k,m:Z n,d:N"


def build_more_units(column: str = "(1 - delta(i, n + 1))") -> Proof:
    """Return the derivation: n + 1 units, the last one with the decoder 0, have the risk of the first n.

    So the least risk does not grow with n, for any source x, activation and rows. Derived in this project.

    Arguments:
        column: knob of the mutant, the factor that removes the last column of the decoder.

    Returns:
        The derivation.

    Example:
        >>> build_more_units().statement.goal.count("E[x]")
        2
    """
    wide, narrow = _OUT.format(n="n + 1", A=f"(A(k, i)*{column})"), _OUT.format(n="n", A="A(k, i)")
    goal = f"{_RISK.format(out=wide)} == {_RISK.format(out=narrow)}"
    unit = "sigma(Sum(m, 1, d, b(i, m)*x(m)))"
    front = f"Sum(i, 1, n, A(k, i)*{column}*{unit})"
    last = f"A(k, n + 1)*{column.replace('delta(i,', 'delta(n + 1,')}*sigma(Sum(m, 1, d, b(n + 1, m)*x(m)))"
    steps = [
        step("i_hi", "assume", "i <= n"),
        step("other", "arithmetic", "delta(i, n + 1) == 0", "i_hi"),
        step(
            "entry",
            "identity",
            f"A(k, i)*{column}*{unit} == A(k, i)*{unit}",
            "other",
            combine={"other": f"-A(k, i)*{unit}"},
        ),
        step("entries", "congruence", f"{front} == {narrow}", "entry"),
        step("at_least", "sign", "0 <= n"),
        step("nonempty", "certificate", "1 <= n + 1", "at_least", terms=[["at_least"]]),
        step(
            "split",
            "sums",
            f"{wide} == Sum(i, 1, n + 1 - 1, A(k, i)*{column}*{unit}) + {last}",
            "nonempty",
            kind="last",
        ),
        step("output", "identity", f"{wide} == {narrow}", "split", "entries", combine={"split": "1", "entries": "1"}),
        step(
            "square",
            "identity",
            f"(x(k) - {wide})**2 == (x(k) - {narrow})**2",
            "output",
            combine={"output": f"{wide} + {narrow} - 2*x(k)"},
        ),
        step(
            "squares", "congruence", f"Sum(k, 1, d, (x(k) - {wide})**2) == Sum(k, 1, d, (x(k) - {narrow})**2)", "square"
        ),
        step("goal", "congruence", goal, "squares", prose="The outputs agree at every outcome."),
    ]
    return Proof(Statement(goal, {}, declare=_WIDTHS), steps)


def build_copies(merged: str = "s*delta(i, j)*A(k, n + 1)") -> Proof:
    """Return the derivation: a row s b_j, s = 1 or -1, may be merged into the j-th unit by adding s times its column.

    sigma(s x) = s sigma(x) holds for s = 1, and for s = -1 if sigma is odd. So copies do not lower the least risk, for
    any source. Derived in this project.

    Arguments:
        merged: knob of the mutant, what is added to the decoder.

    Returns:
        The derivation.

    Example:
        >>> sorted(build_copies().statement.hyps)
        ['activation', 'copy', 'first', 'last']
    """
    u = "Sum(m, 1, d, b({i}, m)*x(m))"
    wide, narrow = _OUT.format(n="n + 1", A="A(k, i)"), _OUT.format(n="n", A=f"(A(k, i) + {merged})")
    goal = f"{_RISK.format(out=wide)} == {_RISK.format(out=narrow)}"
    ui, uj, un = (u.format(i=i) for i in ("i", "j", "n + 1"))
    steps = [
        step("at_least", "sign", "0 <= n"),
        step("nonempty", "certificate", "1 <= n + 1", "at_least", terms=[["at_least"]]),
        step(
            "split",
            "sums",
            f"{wide} == Sum(i, 1, n + 1 - 1, A(k, i)*sigma({ui})) + A(k, n + 1)*sigma({un})",
            "nonempty",
            kind="last",
        ),
        step("copy_m", "apply", "b(n + 1, m) == s*b(j, m)", "copy", at={"m": "m"}),
        step("copy_x", "identity", "b(n + 1, m)*x(m) == s*b(j, m)*x(m)", "copy_m", combine={"copy_m": "x(m)"}),
        step("copy_u", "congruence", f"{un} == Sum(m, 1, d, s*b(j, m)*x(m))", "copy_x"),
        step("input", "identity", f"{un} == s*({uj})", "copy_u", combine={"copy_u": "1"}),
        step("given", "assume", "y == s*t"),
        step("value_t", "apply", "sigma(s*t) == s*sigma(t)", "activation", at={"x": "t"}),
        step("value_y", "identity", "sigma(y) == s*sigma(t)", "given", "value_t"),
        step("value_if", "discharge", "Imp(y == s*t, sigma(y) == s*sigma(t))", "value_y"),
        step("value", "apply", f"sigma({un}) == s*sigma({uj})", "value_if", "input", put={"y": un, "t": uj}),
        step(
            "pick",
            "sums",
            f"Sum(i, 1, n, delta(i, j)*sigma({ui})) == sigma({uj})",
            "first",
            "last",
            kind="delta",
            index="j",
            rest=f"sigma({ui})",
        ),
        step(
            "output",
            "identity",
            f"{wide} == {narrow}",
            "split",
            "value",
            "pick",
            combine={"split": "1", "value": "A(k, n + 1)", "pick": "-s*A(k, n + 1)"},
        ),
        step(
            "square",
            "identity",
            f"(x(k) - {wide})**2 == (x(k) - {narrow})**2",
            "output",
            combine={"output": f"{wide} + {narrow} - 2*x(k)"},
        ),
        step(
            "squares", "congruence", f"Sum(k, 1, d, (x(k) - {wide})**2) == Sum(k, 1, d, (x(k) - {narrow})**2)", "square"
        ),
        step("goal", "congruence", goal, "squares", prose="The outputs agree at every outcome."),
    ]
    hyps = {
        "first": "1 <= j",
        "last": "j <= n",
        "copy": "All(m, b(n + 1, m) == s*b(j, m))",
        "activation": "All(x, sigma(s*x) == s*sigma(x))",
    }
    example = {
        "n": "1",
        "j": "1",
        "d": "1",
        "b(i,m)": "1 - 2*delta(i, 2)",
        "s": "-1",
        "sigma(x)": "x**3",
        "A(k,i)": "1",
    }
    return Proof(Statement(goal, hyps, declare=_WIDTHS, inhabited=example), steps)


def build_linear(value: str = "min(r, 1)") -> Proof:
    """Return the derivation of R >= 1 - min(r, 1) for a linear activation: what n principal components keep.

    alpha = 0 in the bound (`ae.bound`). Derived in this project.

    Arguments:
        value: knob of the mutant, what the code keeps.

    Returns:
        The derivation.

    Example:
        >>> build_linear().statement.goal
        '1 - min(r, 1) <= risk'
    """
    goal = f"1 - {value} <= risk"
    kept = value.replace("(r", "(y")
    steps = [
        step("at_x", "apply", "sigma(x) == a*x", "linear", at={"x": "x"}),
        step("at_minus", "apply", "sigma(-x) == a*(-x)", "linear", at={"x": "-x"}),
        step("odd_x", "identity", "sigma(-x) == -sigma(x)", "at_x", "at_minus", combine={"at_x": "1", "at_minus": "1"}),
        step("odd_if", "discharge", "Imp(0 < x, sigma(-x) == -sigma(x))", "odd_x"),
        step("odd", "generalize", "All(x, Imp(0 < x, sigma(-x) == -sigma(x)))", "odd_if"),
        step("bound", "apply", "1 - r/(max(r, 1) + alpha) <= risk", "claim:ae.bound", *BOUND_HYPS),
        step("z_l2", "apply", "L2[z](z(1))", "axiom:gaussian-square-integrable", put={"k": "1"}),
        step("z_var", "apply", "E[z](z(1)*z(1)) == delta(1, 1)", "axiom:gaussian-covariance", put={"k": "1", "l": "1"}),
        step("at_y", "apply", "sigma(y) == a*y", "linear", at={"x": "y"}),
        step("at_z", "apply", "sigma(z(1)) == a*z(1)", "at_y", put={"y": "z(1)"}),
        step(
            "energy_z",
            "identity",
            "sigma(z(1))**2 == a**2*(z(1)*z(1))",
            "at_z",
            combine={"at_z": "sigma(z(1)) + a*z(1)"},
        ),
        step("energy_E", "congruence", "E[z](sigma(z(1))**2) == E[z](a**2*(z(1)*z(1)))", "energy_z"),
        step("energy_out", "linear", "E[z](a**2*(z(1)*z(1))) == a**2*E[z](z(1)*z(1))", "z_l2"),
        step("first_z", "identity", "z(1)*sigma(z(1)) == a*(z(1)*z(1))", "at_z", combine={"at_z": "z(1)"}),
        step("first_E", "congruence", "E[z](z(1)*sigma(z(1))) == E[z](a*(z(1)*z(1)))", "first_z"),
        step("first_out", "linear", "E[z](a*(z(1)*z(1))) == a*E[z](z(1)*z(1))", "z_l2"),
        step(
            "c1_is",
            "identity",
            "c1 == a",
            "coefficient",
            "first_E",
            "first_out",
            "z_var",
            combine={"coefficient": "1", "first_E": "1", "first_out": "1", "z_var": "a"},
        ),
        step(
            "energy",
            "identity",
            "E[z](sigma(z(1))**2) == c1**2",
            "energy_E",
            "energy_out",
            "z_var",
            "c1_is",
            combine={"energy_E": "1", "energy_out": "1", "z_var": "a**2", "c1_is": "-(c1 + a)"},
        ),
        step("alpha", "identity", "alpha == 0", "energy", "nonzero", combine={"energy": "1/c1**2"}, prose="alpha = 0."),
        step("d_positive", "certificate", "0 < d", "dimension", terms=[["c:1", "dimension"], ["c:1"]]),
        step("n_positive", "certificate", "0 < n", "units", terms=[["c:1", "units"], ["c:1"]]),
        step("rate", "sign", "0 < r", "n_positive", "d_positive"),
        step("y_rate", "assume", "0 < y"),
        step("t_is", "assume", "t == 0"),
        step("kept_y", "arithmetic", f"y/(max(y, 1) + t) == {kept}", "y_rate", "t_is"),
        step("kept_if", "discharge", f"Imp(0 < y, t == 0, y/(max(y, 1) + t) == {kept})", "kept_y"),
        step(
            "kept",
            "apply",
            f"r/(max(r, 1) + alpha) == {value}",
            "kept_if",
            "rate",
            "alpha",
            put={"y": "r", "t": "alpha"},
        ),
        step("goal", "certificate", goal, "bound", "kept", terms=[["bound"]], combine={"kept": "-1"}),
    ]
    hyps = {**{k: v for k, v in BOUND_HYPS.items() if k != "odd"}, "linear": "All(x, sigma(x) == a*x)"}
    let = {k: v for k, v in BOUND_LET.items() if k in ("u(i)", "risk", "r", "alpha")}
    example = {**EXAMPLE, "sigma(x)": "2*x", "a": "2", "c1": "2"}
    return Proof(Statement(goal, hyps, declare=DECLARE, let=let, inhabited=example), steps)


def build_three_letters(zero: str = "0") -> Proof:
    """Return the derivation: a coordinate 0 or +-1/sqrt(p) has risk 0 with sign(0) = 0, at least 1 - p with +-1.

    The coordinate is 1/sqrt(p) or its negative with probability p/2 each, else 0: variance 1. The unit's letter at 0 is
    s, the decoder a number a. A third letter is silently added where sign(0) = 0. Derived in this project.

    Arguments:
        zero: knob of the mutant, the letter at 0 in the first part.

    Returns:
        The derivation.

    Example:
        >>> build_three_letters().statement.goal.count("and")
        1
    """
    risk = "(1 - p)*(0 - ({a})*({s}))**2 + p/2*(1/sqrt(p) - ({a}))**2 + p/2*(-1/sqrt(p) + ({a}))**2"
    three = f"{risk.format(a='1/sqrt(p)', s=zero)} == 0"
    two = f"Imp(s**2 == 1, 1 - p <= {risk.format(a='a', s='s')})"
    steps = [
        step("three", "identity", three, "low", prose="Three letters for three values."),
        step("letter", "assume", "s**2 == 1"),
        step(
            "two_s",
            "certificate",
            f"1 - p <= {risk.format(a='a', s='s')}",
            "letter",
            "low",
            "high",
            terms=[["sq:a - sqrt(p)"]],
            combine={"letter": "(1 - p)*a**2"},
            prose="Complete the square in a.",
        ),
        step("two", "discharge", two, "two_s"),
        step("goal", "sign", f"{three} and {two}", "three", "two"),
    ]
    hyps = {"low": "0 < p", "high": "p < 1"}
    return Proof(Statement(f"{three} and {two}", hyps, inhabited={"p": "1/2", "s": "1", "a": "1"}), steps)
