"""Three knots in one interval: a rational data set whose minimiser has them, certified by a dual point (N4)."""

from __future__ import annotations

from collections.abc import Sequence

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .noiseless import DECLARE, FEATURE, LET, network, objective

_CIRCLE = "v**2+z**2==1"


def table(index: str, values: Sequence[str]) -> str:
    """Return a finite table as text: the value at index 1, 2, ... by Kronecker deltas.

    Arguments:
        index: the index variable.
        values: rational numbers as text.

    Returns:
        A term that equals values[0] at index 1, and so on.

    Example:
        >>> table("i", ["1/2", "-3"])
        '(1/2)*delta(i,1)+(-3)*delta(i,2)'
    """
    return "+".join(f"({value})*delta({index},{n})" for n, value in enumerate(values, 1))


#: Data, penalty and the three units of the minimiser: end, interior point, end of the interval from x_2 to x_3.
X = ("-10/3", "-4/3", "4/3", "10/3")
Y = ("-871/300", "-7/300", "-7/2", "-7/3")
WEIGHTS = ("-5/3", "-5/4", "5/3")
DIRECTIONS = (("3/5", "4/5"), ("-4/5", "-3/5"), ("3/5", "-4/5"))
#: The residuals (f(x_i) - y_i)/M at the minimiser.
RESIDUALS = ("2/25", "-7/50", "5/24", "-1/12")
DATA = {
    "x(i)": table("i", X),
    "y(i)": table("i", Y),
    "c(k)": table("k", WEIGHTS),
    "w(k)": table("k", [w for w, _ in DIRECTIONS]),
    "b(k)": table("k", [b for _, b in DIRECTIONS]),
}


def _at(text: str) -> str:
    return text.replace("lam", "(1/10)").replace("M", "4").replace("K", "3")


def build_three_attained(value: str = "21997/36000") -> Proof:
    """Derive that a minimiser has three knots in one closed interval: at both ends and at -3/4 between.

    The four residuals give |g| <= lambda on the whole circle and contact at the three units, so the objective there,
    21997/36000, is the least of all finite atomic measures.

    Arguments:
        value: the minimum; 21997/36000 in the true statement.

    Returns:
        The statement and its derivation (derived in this project; p. 41 of JMLR 23(130) leaves the question open); it
        uses mf.optimality-sufficient.

    Example:
        >>> build_three_attained().statement.hyps
        {'rivals': 'All(k,Imp(1<=k,k<=L, p(k)**2+q(k)**2==1))'}
    """
    let = {**DATA, **{name: _at(text) for name, text in LET.items()}}
    let |= {"h(i)": network("d", "p", "q", "L"), "kink(k)": "(-b(k)/w(k))"}
    let["Jd"] = _at(objective("h(i)", "Sum(k,1,L,abs(d(k)))"))
    feasible = f"All(v,All(z,Imp({_CIRCLE}, abs(g(v,z)) <= 1/10)))"
    contacts = "All(k,Imp(1<=k,k<=3, c(k)*g(w(k),b(k)) == -(1/10)*abs(c(k))))"
    knots = ["kink(1)==x(2)", "x(2)<kink(2)", "kink(2)<x(3)", "kink(3)==x(3)"]
    statement = Statement(
        goal=f"J == {value} and  {value} <= Jd and {' and '.join(knots)}",
        hyps={"rivals": "All(k,Imp(1<=k,k<=L, p(k)**2+q(k)**2==1))"},
        declare=DECLARE,
        let=let,
        inhabited={"L": "1", "p(k)": "1", "q(k)": "0"},
    )
    steps = [
        step("circle", "assume", _CIRCLE),
        step("bounded", "arithmetic", "abs(g(v,z)) <= 1/10", "circle",
             prose="On each of the arcs between data directions a quadratic inequality."),
        step("if-circle", "discharge", f"Imp({_CIRCLE}, abs(g(v,z)) <= 1/10)", "bounded"),
        step("feasible", "generalize", feasible, "if-circle"),
        step("contact", "arithmetic", "c(k)*g(w(k),b(k)) == -(1/10)*abs(c(k))",
             prose="The three units, one by one."),
        step("if-unit", "discharge", "Imp(1<=k,k<=3, c(k)*g(w(k),b(k)) == -(1/10)*abs(c(k)))", "contact"),
        step("contacts", "generalize", contacts, "if-unit"),
        step("minimal", "apply", "J+1*Sum(i,1,4,(h(i)-f(i))**2)/(2*4) <= Jd", "claim:mf.optimality-sufficient",
             "feasible", "contacts", "rivals", put={"M": "4", "K": "3", "lam": "1/10"},
             symbols={name: name for name in DATA}),
        step("term", "certificate", "0 <= (h(i)-f(i))**2", terms=[["sq:h(i)-f(i)"]]),
        step("square", "monotone", "0 <= Sum(i,1,4,(h(i)-f(i))**2)", "term"),
        step("value", "identity", f"J == {value}"),
        *[step(f"knot-{n}", "enclosure", part) for n, part in enumerate(knots)],
        step("goal", "arithmetic", statement.goal, "minimal", "square", "value", *[f"knot-{n}" for n in range(4)]),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_three_only(value: str = "21997/36000") -> Proof:
    """Derive that every unit of every minimiser of this problem is one of the three.

    Arguments:
        value: how much the competitor may cost; the minimum 21997/36000 in the true statement.

    Returns:
        The statement and its derivation (derived in this project); it uses mf.optimality-support.

    Example:
        >>> build_three_only().statement.hyps["minimal"]
        'Jd <= 21997/36000'
    """
    let = {name: DATA[name] for name in ("x(i)", "y(i)")} | {"r(i)": table("i", RESIDUALS), **FEATURE}
    let |= {"g(v,z)": "Sum(i,1,4,r(i)*u(i,v,z))", "h(i)": network("d", "p", "q", "L")}
    let["Jd"] = _at(objective("h(i)", "Sum(k,1,L,abs(d(k)))"))
    here = " or ".join(f"(v=={w} and z=={b})" for w, b in DIRECTIONS)
    feasible = f"All(v,All(z,Imp({_CIRCLE}, abs(g(v,z)) <= 1/10)))"
    contact = "d(l)*g(p(l),q(l)) == -(1/10)*abs(d(l))"
    found = here.replace("v==", "p(l)==").replace("z==", "q(l)==")
    dual = "-4*Sum(i,1,4,r(i)**2)/2-Sum(i,1,4,r(i)*y(i))"
    statement = Statement(
        goal=f"All(l,Imp(1<=l,l<=L,d(l)!=0, {found}))",
        hyps={"rivals": "All(k,Imp(1<=k,k<=L, p(k)**2+q(k)**2==1))", "minimal": f"Jd <= {value}"},
        declare=DECLARE,
        let=let,
        inhabited={
            "L": "3", "d(k)": DATA["c(k)"], "p(k)": DATA["w(k)"], "q(k)": DATA["b(k)"],
        },
    )  # fmt: skip
    steps = [
        step("circle", "assume", _CIRCLE),
        step("bounded", "arithmetic", "abs(g(v,z)) <= 1/10", "circle"),
        step("if-circle", "discharge", f"Imp({_CIRCLE}, abs(g(v,z)) <= 1/10)", "bounded"),
        step("feasible", "generalize", feasible, "if-circle"),
        step("value", "identity", f"{dual} == 21997/36000"),
        step("tight", "arithmetic", f"Jd <= {dual}", "value", "minimal"),
        step("contacts", "apply", f"All(l,Imp(1<=l,l<=L, {contact}))", "claim:mf.optimality-support", "feasible",
             "rivals", "tight", put={"M": "4", "K": "L", "lam": "1/10"},
             symbols={"x(i)": "x(i)", "y(i)": "y(i)", "r(i)": "r(i)", "c(k)": "d(k)", "w(k)": "p(k)", "b(k)": "q(k)"}),
        step("first", "assume", "1<=l"),
        step("last", "assume", "l<=L"),
        step("weight", "assume", "d(l)!=0"),
        step("contact", "apply", contact, "contacts", "first", "last", at={"l": "l"}),
        step("direction", "apply", "p(l)**2+q(l)**2==1", "rivals", "first", "last", at={"k": "l"}),
        step("C", "assume", "C != 0"),
        step("CG", "assume", "C*G == -(1/10)*abs(C)"),
        step("size-lemma", "arithmetic", "abs(G) == 1/10", "C", "CG"),
        step("size", "apply", "abs(g(p(l),q(l))) == 1/10", "size-lemma", "weight", "contact",
             put={"C": "d(l)", "G": "g(p(l),q(l))"}),
        step("touch", "assume", "abs(g(v,z)) == 1/10"),
        step("one", "arithmetic", here, "circle", "touch", prose="On each arc between data directions a quadratic."),
        step("found", "apply", found, "one", "direction", "size", put={"v": "p(l)", "z": "q(l)"}),
        step("given", "discharge", f"Imp(1<=l,l<=L,d(l)!=0, {found})", "found"),
        step("goal", "generalize", statement.goal, "given"),
    ]  # fmt: skip
    return Proof(statement, steps)
