"""When f(G) is positive definite: no two rows are parallel, and the series does not end."""

from __future__ import annotations

from typing import Any

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .positive import SIZES, WEIGHTS, series_form
from .series import entries_at_most_one
from .setting import EXAMPLE, HYPS, LET

_DECLARE = "i,j,k,m,e,c:Z n,d,l,p,q:N"
_RANGE = "1 <= i, i <= n, 1 <= j, j <= n"
#: No inner product of two rows is larger than g in modulus.
APART = {"g": "0 <= g", "apart": f"All(i, All(j, Imp({_RANGE}, (1 - delta(i, j))*G(i, j)**2 <= g**2)))"}
_BOUNDS = ("i_lo", "i_hi", "j_lo", "j_hi")


def build_dominance(others: str = "(n - 1)") -> Proof:
    """Return the derivation of (1 - (n - 1) g^l) |x|^2 <= sum_ij x_i x_j G_ij^l where |G_ij| <= g off the diagonal.

    The entrywise power of the Gram matrix has the diagonal 1 and is diagonally dominant once (n - 1) g^l < 1. Derived
    in this project.

    Arguments:
        others: knob of the mutant, the number of the other rows.

    Returns:
        The derivation.

    Example:
        >>> build_dominance().statement.goal.startswith("(1 - (n - 1)*g**l)*Sum(i, 1, n, x(i)**2) <= ")
        True
    """
    off, entry = "(1 - delta(i, j))", "x(i)*x(j)*G(i, j)**l"
    excess = f"{off}*({entry} + g**l*(x(i)**2 + x(j)**2)/2)"
    whole, norm = f"Sum(i, 1, n, Sum(j, 1, n, {entry}))", "Sum(i, 1, n, x(i)**2)"
    goal = f"(1 - {others}*g**l)*{norm} <= {whole}"

    def diagonal(name: str, rest: str, value: str, *uses: str, **combine: str) -> list[dict[str, Any]]:
        """Return the steps to sum_ij delta_ij rest = sum_i value ("name")."""
        at_i = rest.replace("(j)", "(i)").replace("i, j", "i, i")
        picked = f"Sum(j, 1, n, delta(i, j)*({rest}))"
        return [
            step(f"{name}_pick", "sums", f"{picked} == {at_i}", "i_lo", "i_hi", kind="delta", index="i", rest=rest),
            step(f"{name}_i", "identity", f"{picked} == {value}", f"{name}_pick", *uses,
                 combine={f"{name}_pick": "1", **combine}),
            step(name, "congruence", f"Sum(i, 1, n, {picked}) == Sum(i, 1, n, {value})", f"{name}_i"),
        ]  # fmt: skip

    steps = [
        *(step(f"{v}_{end}", "assume", f"1 <= {v}" if end == "lo" else f"{v} <= n")
          for v in ("i", "j") for end in ("lo", "hi")),
        step("apart_ij", "apply", f"{off}*G(i, j)**2 <= g**2", "apart", *_BOUNDS, at={"i": "i", "j": "j"}),
        step("off", "arithmetic", f"0 <= {off}"),
        step("off_one", "arithmetic", f"{off} <= 1"),
        step("idem", "arithmetic", f"{off}*{off} == {off}"),
        step("square_0", "arithmetic", f"{off}*(G(i, j)**0)**2 <= (g**0)**2", "off_one"),
        step("square_l", "assume", f"{off}*(G(i, j)**l)**2 <= (g**l)**2"),
        step("square_next", "certificate", f"{off}*(G(i, j)**(l + 1))**2 <= (g**(l + 1))**2", "square_l", "apart_ij",
             "off", "idem", terms=[["square_l", "sq:g"], ["off", "sq:G(i, j)**l", "apart_ij"]],
             combine={"idem": "(G(i, j)**l)**2*G(i, j)**2"}),
        step("square", "induction", f"{off}*(G(i, j)**l)**2 <= (g**l)**2", "square_0", "square_next", on="l", base="0"),
        step("power_0", "sign", "0 <= g**0"),
        step("power_l", "assume", "0 <= g**l"),
        step("power_next", "certificate", "0 <= g**(l + 1)", "power_l", "g", terms=[["power_l", "g"]]),
        step("power", "induction", "0 <= g**l", "power_0", "power_next", on="l", base="0"),
        # for any numbers
        step("z", "assume", "z*z == z"),
        step("h", "assume", "0 <= h"),
        step("w", "assume", "z*w**2 <= h**2"),
        step("number", "arithmetic", "0 <= z*(a*b*w + h*(a**2 + b**2)/2)", "z", "h", "w"),
        step("number_if", "discharge", "Imp(z*z == z, 0 <= h, z*w**2 <= h**2, 0 <= z*(a*b*w + h*(a**2 + b**2)/2))",
             "number"),
        step("excess", "apply", f"0 <= {excess}", "number_if", "idem", "power", "square",
             put={"z": off, "h": "g**l", "w": "G(i, j)**l", "a": "x(i)", "b": "x(j)"}),
        step("excess_j", "monotone", f"0 <= Sum(j, 1, n, {excess})", "excess"),
        step("excess_i", "monotone", f"0 <= Sum(i, 1, n, Sum(j, 1, n, {excess}))", "excess_j"),
        # the diagonal
        step("row", "apply", "G(i, i) == 1", "unit", at={"i": "i"}),
        step("one_0", "identity", "G(i, i)**0 == 1"),
        step("one_l", "assume", "G(i, i)**l == 1"),
        step("one_next", "identity", "G(i, i)**(l + 1) == 1", "one_l", "row", combine={"one_l": "G(i, i)", "row": "1"}),
        step("one", "induction", "G(i, i)**l == 1", "one_0", "one_next", on="l", base="0"),
        *diagonal("entries", entry, "x(i)**2", "one", one="x(i)**2"),
        *diagonal("norms", "x(i)**2 + x(j)**2", "2*x(i)**2"),
        step("goal", "certificate", goal, "excess_i", "entries", "norms", terms=[["excess_i"]],
             combine={"entries": "1", "norms": "g**l/2"}),
    ]  # fmt: skip
    hyps = {"unit": HYPS["unit"], **APART}
    example = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "g": "0", "l": "1"}
    return Proof(Statement(goal, hyps, declare=_DECLARE, let={"G(i,j)": LET["G(i,j)"]}, inhabited=example), steps)


_FORM = "Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*f(i, j)))"
_NORM = "Sum(i, 1, n, x(i)**2)"
_LET = {**SIZES, "f(i,j)": "G(i, j) + Series(p, 0, w(p)*G(i, j)**(2*p + 3))"}
_EXAMPLE = {**{k: EXAMPLE[k] for k in ("n", "d", "b(i,k)")}, "g": "0", "w(p)": "delta(p, 0)"}


def build_least_form(degree: str = "2*q + 3") -> Proof:
    """Return the derivation of w_q (1 - (n - 1) g^(2q + 3)) |x|^2 <= x^T f(G) x for every q.

    f(t) = t + sum over p >= 0 of w_p t^(2p + 3) with w_p >= 0 summable, and |G_ij| <= g off the diagonal: the degree
    2q + 3 by `ae.dominance`, and no other degree is negative. Derived in this project.

    Arguments:
        degree: knob of the mutant, the power of g.

    Returns:
        The derivation.

    Example:
        >>> build_least_form().statement.goal
        'w(q)*((1 - (n - 1)*g**(2*q + 3))*Sum(i, 1, n, x(i)**2)) <= Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*f(i, j)))'
    """
    power = "Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*G(i, j)**({})))"
    linear = "Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*G(i, j)))"
    goal = f"w(q)*((1 - (n - 1)*g**({degree}))*{_NORM}) <= {_FORM}"
    steps = [
        *(s for s in series_form("2*p + 3") if s["id"] not in ("sum", "psd")),
        step("terms", "generalize", f"All(p, 0 <= w(p)*{power.format('2*p + 3')})", "weighted"),
        step("term", "apply", f"w(q)*{power.format('2*q + 3')} <= Series(p, 0, w(p)*{power.format('2*p + 3')})",
             "axiom:term-of-series", "forms", "terms", symbols={"s(p)": f"w(p)*{power.format('2*p + 3')}"}),
        step("first_c", "apply", f"0 <= Sum(c, 1, d, {power.format('1')})", "claim:ae.gram-positive",
             symbols={"X(c,i)": "x(i)"}, put={"h": "1"}),
        step("first", "certificate", f"0 <= {linear}", "first_c", "d_positive", terms=[["first_c"]], times="d"),
        step("dominant", "apply", f"(1 - (n - 1)*g**(2*q + 3))*{_NORM} <= {power.format('2*q + 3')}",
             "claim:ae.dominance", "unit", "g", "apart", put={"l": "2*q + 3"}),
        step("w_q", "apply", "0 <= w(q)", "weights", at={"p": "q"}),
        step("goal", "certificate", goal, "term", "first", "dominant", "w_q", "swap",
             terms=[["term"], ["first"], ["w_q", "dominant"]], combine={"swap": "-1"}),
    ]  # fmt: skip
    hyps = {**WEIGHTS, **APART}
    return Proof(Statement(goal, hyps, declare=_DECLARE, let=_LET, inhabited={**_EXAMPLE, "q": "0"}), steps)


_FIFTHS = (
    "delta(k, 1)*(1 - delta(i, 2) - 2/5*delta(i, 3) - 1/5*delta(i, 4) - 2/5*delta(i, 5))",
    "delta(k, 2)*(delta(i, 2) + 4/5*delta(i, 3) + 3/5*delta(i, 4) - 4/5*delta(i, 5))",
)
#: Five rows in the plane whose odd tensors up to the degree 3 span four dimensions, and the x with B^T x = 0 in all.
FIVE_ROWS = {
    "n": "5",
    "d": "2",
    "b(i,k)": " + ".join(_FIFTHS),
    "g": "24/25",
    "w(p)": "delta(p, 0)",
    "x(i)": "-42/5*delta(i, 1) + 56/5*delta(i, 2) - 25*delta(i, 3) + 24*delta(i, 4) + 7*delta(i, 5)",
    "q": "0",
}


def five_rows_steps() -> list[dict[str, Any]]:
    """Return the steps that show the rows of :data:`FIVE_ROWS` to be unit vectors."""
    row = f"Sum(m, 1, 2, ({FIVE_ROWS['b(i,k)'].replace('(k', '(m')})**2) == 1"
    steps = (step("row", "arithmetic", row), step("rows", "generalize", f"All(i, {row})", "row"))
    return [{"for": "unit", **s} for s in steps]


def build_strict(least: str = "0") -> Proof:
    """Return the derivation: f(G) is positive definite if infinitely many w_q > 0 and |G_ij| <= g < 1 off the diagonal.

    For some h, (n - 1) g^h < 1, and some q >= h has w_q > 0; then `ae.psd-bound`. Derived in this project.

    Arguments:
        least: knob of the mutant, what the quadratic form exceeds.

    Returns:
        The derivation.

    Example:
        >>> build_strict().statement.goal
        'Imp(0 < Sum(i, 1, n, x(i)**2), 0 < Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*f(i, j))))'
    """
    goal = f"Imp(0 < {_NORM}, {least} < {_FORM})"
    some = "Ex(q, h <= q and 0 < w(q))"
    steps = [
        # an integer h beyond n/(1 - g), and Bernoulli's inequality
        step("enough", "assume", "n/(1 - g) <= h"),
        step("gap", "certificate", "0 < 1 - g", "parallel", terms=[["parallel"]]),
        step("enough_n", "certificate", "n <= h*(1 - g)", "enough", "gap", terms=[["enough", "gap"]]),
        step("bernoulli_0", "identity", "g**0*(1 + 0*(1 - g)) == 1"),
        step("bernoulli_base", "arithmetic", "g**0*(1 + 0*(1 - g)) <= 1", "bernoulli_0"),
        step("bernoulli_h", "assume", "g**h*(1 + h*(1 - g)) <= 1"),
        step("power_0", "sign", "0 <= g**0"),
        step("power_h", "assume", "0 <= g**h"),
        step("power_next", "certificate", "0 <= g**(h + 1)", "power_h", "g", terms=[["power_h", "g"]]),
        step("power", "induction", "0 <= g**h", "power_0", "power_next", on="h", base="0"),
        step("h_lo", "sign", "0 <= h"),
        step("bernoulli_next", "certificate", "g**(h + 1)*(1 + (h + 1)*(1 - g)) <= 1", "bernoulli_h", "power", "h_lo",
             terms=[["bernoulli_h"], ["c:h + 1", "power", "sq:1 - g"]]),
        step("bernoulli", "induction", "g**h*(1 + h*(1 - g)) <= 1", "bernoulli_base", "bernoulli_next", on="h",
             base="0"),
        step("small", "certificate", "g**h*(1 + n) <= 1", "bernoulli", "enough_n", "power",
             terms=[["bernoulli"], ["power", "enough_n"]]),
        # a positive coefficient of a higher degree
        step("chosen", "assume", "h <= q and 0 < w(q)"),
        step("order", "sign", "h <= q", "chosen"),
        step("w_q", "sign", "0 < w(q)", "chosen"),
        step("g_one", "certificate", "g <= 1", "parallel", terms=[["parallel"]]),
        step("fall_0", "arithmetic", "g**(h + 0) <= g**h"),
        step("fall_l", "assume", "g**(h + l) <= g**h"),
        step("power_hl", "apply", "0 <= g**(h + l)", "power", put={"h": "h + l"}),
        step("fall_next", "certificate", "g**(h + (l + 1)) <= g**h", "fall_l", "power_hl", "g_one",
             terms=[["fall_l"], ["power_hl", "g_one"]]),
        step("fall", "induction", "g**(h + l) <= g**h", "fall_0", "fall_next", on="l", base="0"),
        step("more", "certificate", "0 <= 2*q + 3 - h", "order", terms=[["order"], ["c:q + 3"]]),
        step("higher", "apply", "g**(h + (2*q + 3 - h)) <= g**h", "fall", "more", put={"l": "2*q + 3 - h"}),
        step("n_lo", "sign", "0 <= n"),
        # for any numbers
        step("y_lo", "assume", "0 <= y"),
        step("y_small", "assume", "y*(1 + n) <= 1"),
        step("z_lo", "assume", "0 <= z"),
        step("z_hi", "assume", "z <= y"),
        step("left", "arithmetic", "0 < 1 - (n - 1)*z", "y_lo", "y_small", "z_lo", "z_hi", "n_lo"),
        step("left_if", "discharge", "Imp(0 <= y, y*(1 + n) <= 1, 0 <= z, z <= y, 0 < 1 - (n - 1)*z)", "left"),
        step("power_q", "apply", "0 <= g**(2*q + 3)", "power", put={"h": "2*q + 3"}),
        step("higher_q", "certificate", "g**(2*q + 3) <= g**h", "higher", terms=[["higher"]]),
        step("factor", "apply", "0 < 1 - (n - 1)*g**(2*q + 3)", "left_if", "power", "small", "power_q", "higher_q",
             put={"y": "g**h", "z": "g**(2*q + 3)"}),
        step("form", "apply", f"w(q)*((1 - (n - 1)*g**(2*q + 3))*{_NORM}) <= {_FORM}", "claim:ae.psd-bound",
             *WEIGHTS, *APART),
        step("x", "assume", f"0 < {_NORM}"),
        step("positive", "certificate", f"{least} < {_FORM}", "form", "w_q", "factor", "x",
             terms=[["form"], ["w_q", "factor", "x"]]),
        step("positive_if", "discharge", goal, "positive"),
        step("some", "apply", some, "infinite", at={"h": "h"}),
        step("with_h", "obtain", goal, "some", "positive_if"),
        step("goal", "introduce", goal, "axiom:archimedean", "with_h", put={"x": "n/(1 - g)"}),
    ]  # fmt: skip
    hyps = {**WEIGHTS, **APART, "parallel": "g < 1", "infinite": f"All(h, {some})"}
    declare = _DECLARE.replace("p,q:N", "p,q,h:N")
    example = {**_EXAMPLE, "w(p)": "(1/2)**p"}
    return Proof(
        Statement(goal, hyps, declare=declare, let=_LET, inhabited=example, inhabited_steps=halves_steps()), steps
    )


def halves_steps() -> list[dict[str, Any]]:
    """Return the steps that show the weights 2^-p to be summable, and infinitely many of them to be positive."""
    some = "Ex(q, h <= q and 0 < (1/2)**q)"
    return [
        {"for": "weights", **step("weight", "sign", "0 <= (1/2)**p")},
        {"for": "weights", **step("weights_2", "generalize", "All(p, 0 <= (1/2)**p)", "weight")},
        {"for": "summable", **step("above", "sign", "-1 < 1/2")},
        {"for": "summable", **step("below", "sign", "1/2 < 1")},
        {"for": "summable", **step("series", "apply", "Summable(p, 0, (1/2)**p)", "axiom:geometric-series", "above",
                                   "below", put={"x": "1/2"})},
        {"for": "infinite", **step("here", "sign", "h <= h and 0 < (1/2)**h")},
        {"for": "infinite", **step("some", "witness", some, "here", value="h")},
        {"for": "infinite", **step("ever", "generalize", f"All(h, {some})", "some")},
    ]  # fmt: skip


_ARCSINE = "Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*asin(G(i, j))))"


def build_singular_iff(apart: str = "g < 1", row: str = "s") -> Proof:
    """Return the derivation: for the sign f(G) is singular exactly where two rows are equal or opposite.

    arcsin(G) is positive definite if |G_ij| <= g < 1 off the diagonal (`ae.psd-strict`), and two rows b_e = s b_m,
    s = 1 or -1, give equal or opposite rows of arcsin(G). Derived in this project.

    Arguments:
        apart: knob of the mutant, what is known of g.
        row: knob of the mutant, the factor between the two rows of arcsin(G).

    Returns:
        The derivation.

    Example:
        >>> build_singular_iff().statement.goal.startswith("Imp(g < 1, 0 < Sum(i, 1, n, x(i)**2), 0 < ")
        True
    """
    weight = "fact(2*({p} + 1))/(4**({p} + 1)*fact({p} + 1)**2*(2*({p} + 1) + 1))".format
    w = weight(p="p")
    series = f"Series(p, 0, {w}*{{t}}**(2*p + 3))".format
    definite = f"Imp({apart}, 0 < {_NORM}, 0 < {_ARCSINE})"
    copied = "All(k, b(e, k) == s*b(m, k))"
    singular = f"Imp(s**2 == 1, {copied}, asin(G(i, e)) == {row}*asin(G(i, m)))"
    goal = f"{definite} and {singular}"
    coefficients, form = (
        f"Summable(p, 0, {w})",
        f"Sum(i, 1, n, Sum(j, 1, n, x(i)*x(j)*(G(i, j) + {series(t='G(i, j)')})))",
    )
    split = f"{coefficients} and Summable(p, 0, {w}*{{t}}**(2*p + 3)) and asin({{t}}) == {{t}} + {{s}}".format
    entry = f"x(i)*x(j)*asin(G(i, j)) == x(i)*x(j)*(G(i, j) + {series(t='G(i, j)')})"
    some = f"Ex(q, h <= q and 0 < {weight(p='q')})"
    steps = [
        *(s for s in entries_at_most_one() if not str(s["id"]).startswith("power")),
        step("split", "apply", split(t="G(i, j)", s=series(t="G(i, j)")), "claim:ae.arcsine-split", "below", "above",
             put={"t": "G(i, j)"}),
        step("value", "sign", f"asin(G(i, j)) == G(i, j) + {series(t='G(i, j)')}", "split"),
        step("entry", "identity", entry, "value", combine={"value": "x(i)*x(j)"}),
        step("entry_j", "congruence",
             f"Sum(j, 1, n, x(i)*x(j)*asin(G(i, j))) == Sum(j, 1, n, x(i)*x(j)*(G(i, j) + {series(t='G(i, j)')}))",
             "entry"),
        step("form", "congruence", f"{_ARCSINE} == {form}", "entry_j"),
        step("least", "sign", "-1 <= 0"),
        step("most", "sign", "0 <= 1"),
        step("at_0", "apply", split(t="0", s=series(t="0")), "claim:ae.arcsine-split", "least", "most", put={"t": "0"}),
        step("summable", "sign", coefficients, "at_0"),
        step("weight", "sign", f"0 <= {w}"),
        step("weights", "generalize", f"All(p, 0 <= {w})", "weight"),
        step("here", "sign", f"h <= h and 0 < {weight(p='h')}"),
        step("some", "witness", some, "here", value="h"),
        step("infinite", "generalize", f"All(h, {some})", "some"),
        step("parallel", "assume", apart),
        step("x", "assume", f"0 < {_NORM}"),
        step("strict", "apply", f"0 < {form}", "claim:ae.psd-strict", "dimension", "unit", "weights", "summable", "g",
             "apart", "parallel", "infinite", "x", symbols={"w(p)": w}),
        step("positive", "certificate", f"0 < {_ARCSINE}", "strict", "form", terms=[["strict"]], combine={"form": "1"}),
        step("definite", "discharge", definite, "positive"),
        # equal or opposite rows
        step("sign", "assume", "s**2 == 1"),
        step("copied", "assume", copied),
        step("copy_k", "apply", "b(e, k) == s*b(m, k)", "copied", at={"k": "k"}),
        step("product", "identity", "b(i, k)*b(e, k) == b(i, k)*(s*b(m, k))", "copy_k", combine={"copy_k": "b(i, k)"}),
        step("products", "congruence", "G(i, e) == Sum(k, 1, d, b(i, k)*(s*b(m, k)))", "product"),
        step("inner", "identity", "G(i, e) == s*G(i, m)", "products", combine={"products": "1"}),
        step("y", "assume", "y == s*t"),
        step("same", "assume", "s == 1"),
        step("same_y", "identity", "asin(y) == s*asin(t)", "y", "same"),
        step("same_if", "discharge", "Imp(s == 1, asin(y) == s*asin(t))", "same_y"),
        step("other", "assume", "s == -1"),
        step("other_y", "identity", "asin(y) == s*asin(t)", "y", "other"),
        step("other_if", "discharge", "Imp(s == -1, asin(y) == s*asin(t))", "other_y"),
        step("either", "arithmetic", "asin(y) == s*asin(t)", "same_if", "other_if", "sign"),
        step("either_if", "discharge", "Imp(y == s*t, asin(y) == s*asin(t))", "either"),
        step("row", "apply", "asin(G(i, e)) == s*asin(G(i, m))", "either_if", "inner",
             put={"y": "G(i, e)", "t": "G(i, m)"}),
        step("singular", "discharge", singular, "row"),
        step("goal", "sign", goal, "definite", "singular"),
    ]  # fmt: skip
    hyps = {"dimension": "1 <= d", "unit": HYPS["unit"], **APART}
    example = {k: v for k, v in _EXAMPLE.items() if k != "w(p)"}
    declare = _DECLARE.replace("p,q:N", "p,q,h:N")
    return Proof(Statement(goal, hyps, declare=declare, let={"G(i,j)": LET["G(i,j)"]}, inhabited=example), steps)
