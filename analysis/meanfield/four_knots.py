"""Four data whose noiseless minimisers form a two-dimensional face of different functions: p. 15 of JMLR 23(130).

Inputs -5, -a, a, 5 with a = (13 sqrt(3) - 10)/11 and residuals (2, 11, 11, 2)/26, lambda = 1: the correlation is 1 at
five units, right-facing with knots -12/5 and -1/sqrt(3), constant, and the two mirrored ones, and below 1 elsewhere.
On the data the five features have rank 3.  Derived in this project.
"""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .gibbs import Steps
from .noiseless import DECLARE, LET, network, objective
from .three_attained import table

_W = "sqrt(3)"
_A = f"((13*{_W}-10)/11)"
_X = ("-5", f"-{_A}", _A, "5")
_RESIDUALS = ("1/13", "11/26", "11/26", "1/13")
UNITS = (("5/13", "12/13"), (f"{_W}/2", "1/2"), ("0", "1"), (f"-{_W}/2", "1/2"), ("-5/13", "12/13"))
#: Which unit is active at which datum.
_ACTIVE = ("00111", "10111", "11101", "11100")
_E, _O = f"({_W}*({_A}-5)/2)", f"(13*(1+5*{_W})/74)"
#: Changes of the weights that no datum sees: an even and an odd one.
EVEN = (_E, "1", f"(-(1+5*{_W})/2-37/13*{_E})", "1", _E)
_ODD = (f"(-{_O})", "1", "0", "(-1)", _O)

_WEIGHTS = tuple(f"(C{k}+s*{e}+t*{o})" for k, (e, o) in enumerate(zip(EVEN, _ODD, strict=True), 1))
_CIRCLE = "v**2+z**2==1"


def _at(text: str) -> str:
    return text.replace("lam", "1").replace("M", "4").replace("K", "5")


def _statement(level: str) -> Statement:
    let = {
        "x(i)": table("i", _X), "c(k)": table("k", _WEIGHTS), "d0(k)": table("k", [f"C{k}" for k in range(1, 6)]),
        "w(k)": table("k", [w for w, _ in UNITS]), "b(k)": table("k", [b for _, b in UNITS]),
        "r(i)": table("i", _RESIDUALS),
        "y(i)": "(Sum(k,1,5,d0(k)*relu(w(k)*x(i)+b(k)))-4*r(i))",
    }  # fmt: skip
    let |= {name: _at(text) for name, text in LET.items()}
    let |= {"h(i)": network("d", "p", "q", "L")}
    let["Jd"] = _at(objective("h(i)", "Sum(k,1,L,abs(d(k)))"))
    middle = "Sum(k,1,5,c(k)*relu(w(k)*0+b(k)))"
    fixed = "Sum(k,1,5,d0(k)*relu(w(k)*0+b(k)))"
    return Statement(
        f"J <= Jd and {middle} == {fixed}+s*(1-{_W}*{_A})/2 and 1-{_W}*{_A} < 0",
        {
            "signs": " and ".join(f"{c} <= {level}" for c in _WEIGHTS),
            "rivals": "All(k,Imp(1<=k,k<=L, p(k)**2+q(k)**2==1))",
        },
        DECLARE, let,
        {"C1": "-1", "C2": "-2", "C3": "-1", "C4": "-7/10", "C5": "-3/2", "s": "0", "t": "0", "L": "1", "p(k)": "1",
         "q(k)": "0"},
    )  # fmt: skip


def _feasible() -> Steps:
    """0 <= g <= 1 on the circle (step "feasible"): where some units are active, g has a slope of length at most 1."""
    corr = "Sum(i,1,4,r(i)*relu(v*x(i)+z))"
    residuals = {f"f{i}": f"1/4*u({i},v,z)" for i in range(1, 5)}
    p = ("(-5*v+z)", f"(-{_A}*v+z)", f"({_A}*v+z)", "(5*v+z)")
    put = {f"p{n}": text for n, text in enumerate(p, 1)}
    pieces = ("2*p1+11*p2+11*p3+2*p4", "11*p2+11*p3+2*p4", "11*p3+2*p4", "2*p4", "2*p1+11*p2+11*p3", "2*p1+11*p2",
              "2*p1")  # fmt: skip
    order = "(p1<=p2 and p2<=p3 and p3<=p4) or (p4<=p3 and p3<=p2 and p2<=p1)"
    total = "1/13*relu(p1)+11/26*relu(p2)+11/26*relu(p3)+1/13*relu(p4)"

    def there(text: str) -> str:
        for name, value in put.items():
            text = text.replace(name, value)
        return text

    steps: Steps = [
        step("g", "identity", f"g(v,z) == {corr}", *residuals, combine=residuals),
        step("circle", "assume", _CIRCLE),
        step("a", "arithmetic", f"0 < {_A} and {_A} < 5", "w2"),
        step("order-lemma", "arithmetic", "Imp(0 < e and e < 5, (-5*v+z<=-e*v+z and -e*v+z<=e*v+z and e*v+z<=5*v+z) or"
             " (5*v+z<=e*v+z and e*v+z<=-e*v+z and -e*v+z<=-5*v+z))"),
        step("order", "apply", there(order), "order-lemma", "a", put={"e": _A}),
        step("slope", "arithmetic", "Imp(v**2+z**2==1, n**2+o**2<=1, n*v+o*z <= 1)"),
        step("root2", "identity", f"{_W}**2 == 3"),
    ]  # fmt: skip
    numbers = (("0", "1"), ("5/13", "12/13"), (f"{_W}/2", "1/2"), ("5/13", "1/13"),
               ("-5/13", "12/13"), (f"-{_W}/2", "1/2"), ("-5/13", "1/13"))  # fmt: skip
    for k, ((n, o), piece) in enumerate(zip(numbers, pieces, strict=True)):
        steps += [
            step(f"length{k}", "arithmetic", f"({n})**2+({o})**2<=1", "root2"),
            step(f"slope{k}", "apply", f"({n})*v+({o})*z <= 1", "slope", "circle", f"length{k}", put={"n": n, "o": o}),
            step(f"piece{k}", "certificate", f"({there(piece)})/26 <= 1", f"slope{k}", terms=[[f"slope{k}"]]),
        ]
    facts = ", ".join(f"({piece})/26 <= 1" for piece in pieces)
    steps += [
        step("pieces", "arithmetic", f"Imp({facts}, {order}, {total} <= 1 and 0 <= {total})"),
        step("sum", "apply", there(f"{total} <= 1 and 0 <= {total}"), "pieces", *[f"piece{k}" for k in range(7)],
             "order", put=put),
        step("bounded-lemma", "arithmetic", "Imp(t0 == n, n <= 1 and 0 <= n, abs(t0) <= 1)"),
        step("bounded", "apply", "abs(g(v,z)) <= 1", "bounded-lemma", "g", "sum",
             put={"t0": "g(v,z)", "n": there(total)}),
        step("if-circle", "discharge", f"Imp({_CIRCLE}, abs(g(v,z)) <= 1)", "bounded"),
        step("feasible", "generalize", f"All(v,All(z,Imp({_CIRCLE}, abs(g(v,z)) <= 1)))", "if-circle"),
    ]  # fmt: skip
    return steps


def _contacts() -> Steps:
    """Every unit of the plane is a contact: c_k g_k = -|c_k| (step "contacts")."""
    product, size = "c(k)*g(w(k),b(k))", "-1*abs(c(k))"
    cases = []
    steps: Steps = [
        step("unit-lemma", "arithmetic", "Imp(c0 == e, e <= 0, h0 == 1, c0*h0 == -1*abs(c0))"),
        step("none-lemma", "arithmetic", "Imp(c0 == 0, c0*h0 == -1*abs(c0))"),
    ]
    for n, (w, b) in enumerate(UNITS, 1):
        residuals = {f"f{i}": f"1/4*u({i},{w},{b})" for i in range(1, 5)}
        column = [f"u{i}{n}" for i, x in enumerate(_X, 1) if _W in w + x and w != "0"]
        steps += [
            step(f"is{n}", "assume", f"k == {n}"),
            step(f"c{n}", "identity", f"c(k) == {_WEIGHTS[n - 1]}", f"is{n}"),
            step(f"at{n}", "identity", f"g({w},{b}) == 1", *residuals, *column, combine=residuals),
            step(f"g{n}", "identity", "g(w(k),b(k)) == 1", f"is{n}", f"at{n}", combine={f"at{n}": "1"}),
            step(
                f"contact{n}",
                "apply",
                f"{product} == {size}",
                "unit-lemma",
                f"c{n}",
                f"sign{n}",
                f"g{n}",
                put={"c0": "c(k)", "e": _WEIGHTS[n - 1], "h0": "g(w(k),b(k))"},
            ),
            step(f"case{n}", "discharge", f"Imp(k == {n}, {product} == {size})", f"contact{n}"),
        ]
        cases.append(f"case{n}")
    others = " and ".join(f"k != {n}" for n in range(1, 6))
    implications = ", ".join(f"Imp(n0 == {n}, t0 == e)" for n in range(1, 6))
    steps += [
        step("other", "assume", others),
        *[step(f"delta{n}", "arithmetic", f"delta(k,{n}) == 0", "other") for n in range(1, 6)],
        step("c-none", "identity", "c(k) == 0", *[f"delta{n}" for n in range(1, 6)]),
        step("none", "apply", f"{product} == {size}", "none-lemma", "c-none", put={"c0": "c(k)", "h0": "g(w(k),b(k))"}),
        step("case-none", "discharge", f"Imp({others}, {product} == {size})", "none"),
        step("cases", "arithmetic", f"Imp({implications}, Imp({others.replace('k', 'n0')}, t0 == e), t0 == e)"),
        step("contact", "apply", f"{product} == {size}", "cases", *cases, "case-none",
             put={"n0": "k", "t0": product, "e": size}),
        step("if-unit", "discharge", f"Imp(1<=k,k<=5, {product} == {size})", "contact"),
        step("contacts", "generalize", f"All(k,Imp(1<=k,k<=5, {product} == {size}))", "if-unit"),
    ]  # fmt: skip
    return steps


def _end(statement: Statement) -> Steps:
    """The weights are minimal, and f(0) moves with s (step "goal")."""
    first, middle, last = statement.goal.split(" and ")
    symbols = {name: str(statement.let[name]) for name in ("x(i)", "y(i)", "c(k)", "w(k)", "b(k)")}
    return [
        step("minimal", "apply", "J+1*Sum(i,1,4,(h(i)-f(i))**2)/(2*4) <= Jd", "claim:mf.optimality-sufficient",
             "feasible", "contacts", "rivals", put={"M": "4", "K": "5", "lam": "1"}, symbols=symbols),
        step("term", "certificate", "0 <= (h(i)-f(i))**2", terms=[["sq:h(i)-f(i)"]]),
        step("square", "monotone", "0 <= Sum(i,1,4,(h(i)-f(i))**2)", "term"),
        step("first", "certificate", first, "minimal", "square", terms=[["minimal"], ["c:1/8", "square"]]),
        step("middle", "identity", middle),
        step("last", "arithmetic", last, "w2"),
        step("goal", "arithmetic", statement.goal, "first", "middle", "last"),
    ]  # fmt: skip


def build_four_knots(level: str = "0") -> Proof:
    """Derive that all weights c_k <= 0 of a plane minimise J for one set of targets, and that f(0) differs among them.

    c = C + s even + t odd for any s, t that leave every c_k <= 0; the targets are those that C and the residuals make.

    Arguments:
        level: what the weights are at most; 0 in the true statement.

    Returns:
        The statement and its derivation (derived in this project; p. 15 of JMLR 23(130)); it uses
        mf.optimality-sufficient.

    Example:
        >>> sorted(build_four_knots().statement.hyps)
        ['rivals', 'signs']
    """
    statement = _statement(level)
    steps: Steps = [
        *[step(f"sign{k}", "arithmetic", f"{c} <= {level}", "signs") for k, c in enumerate(_WEIGHTS, 1)],
        step("w2", "arithmetic", f"{_W}**2 == 3 and 1732/1000 < {_W} and {_W} < 1733/1000"),
    ]
    for i, (x, active) in enumerate(zip(_X, _ACTIVE, strict=True), 1):
        names = []
        for k, (w, b) in enumerate(UNITS, 1):
            if _W in w + x and w != "0":  # the others are rational numbers
                value = f"({w})*({x})+({b})" if active[k - 1] == "1" else "0"
                steps.append(step(f"u{i}{k}", "arithmetic", f"relu(({w})*({x})+({b})) == {value}", "w2"))
                names.append(f"u{i}{k}")
        steps.append(step(f"f{i}", "identity", f"f({i})-y({i}) == 4*r({i})", *names))
    steps += [*_feasible(), *_contacts(), *_end(statement)]
    return Proof(statement, steps)
