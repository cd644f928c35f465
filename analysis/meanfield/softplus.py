"""Section 3.2 and Appendix A of JMLR 23(130): the soft-plus activation beside the ReLU, and the tent of three atoms."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step


def build_sandwich(below: str = "0", above: str = "1") -> Proof:
    """Derive p. 9: (x)_+ - 1/tau <= log(1 + exp(tau x))/tau <= (x)_+ + 1/tau for every tau > 0.

    The soft-plus even lies above (x)_+.  With L = log(1 + exp(u)), u = tau x, all follows from exp(L) = 1 + exp(u) and
    exp(s) >= 1 + s.

    Arguments:
        below: (x)_+ minus this over tau is the lower bound; 0 in the true statement.
        above: (x)_+ plus this over tau is the upper bound; 1 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), p. 9, and sharper below).

    Example:
        >>> build_sandwich().statement.hyps
        {'tau': '0 < tau'}
    """
    soft, u = "L/tau", "(tau*x)"
    statement = Statement(
        goal=f"relu(x)-{below}/tau <= {soft} and relu(x)-1/tau <= {soft} and {soft} <= relu(x)+{above}/tau",
        hyps={"tau": "0 < tau"},
        let={"L": "log(1+exp(tau*x))"},
        inhabited={"tau": "1"},
    )
    compare = "Imp(A*B == C, 1+d <= A, 0 < B, C < B, d < 0)"

    def over(name: str, low: str, smaller: str) -> list[dict[str, object]]:
        """Return steps: low < L because exp(low) < exp(L)."""
        return [
            step(f"{name}-product", "identity", f"exp({low}-L)*exp(L) == exp({low})"),
            step(f"{name}-convex", "arithmetic", f"1+({low}-L) <= exp({low}-L)"),
            step(f"{name}-less", "arithmetic", f"exp({low}) < exp(L)", "log", smaller),
            step(f"{name}", "apply", f"{low}-L < 0", "compare", f"{name}-product", f"{name}-convex", "positive",
                 f"{name}-less", put={"A": f"exp({low}-L)", "B": "exp(L)", "C": f"exp({low})", "d": f"{low}-L"}),
        ]  # fmt: skip

    top = f"relu({u})+1"
    steps = [
        step("inside", "sign", f"0 < 1+exp({u})"),
        step("log", "apply", f"exp(L) == 1+exp({u})", "axiom:logarithm", "inside", put={"t": f"1+exp({u})"}),
        step("positive", "sign", "0 < exp(L)"),
        step("compare", "arithmetic", compare, prose="exp(s) >= 1 + s turns an order of values into one of arguments."),
        step("u-small", "sign", f"exp({u}) < 1+exp({u})"),
        *over("above-u", u, "u-small"),
        step("exp-positive", "sign", f"0 < exp({u})"),
        *over("above-0", "0", "exp-positive"),
        # the other way: exp(L) = 1 + exp(u) <= 2 exp((u)_+) <= exp((u)_+ + 1)
        step("rest", "identity", f"exp(relu({u})-{u})*exp({u}) == exp(relu({u}))"),
        step("rest-convex", "arithmetic", f"1 <= exp(relu({u})-{u})"),
        step("start", "arithmetic", f"1 <= exp(relu({u}))"),
        step("larger-lemma", "arithmetic", "Imp(A*B == C, 1 <= A, 0 < B, B <= C)"),
        step("larger", "apply", f"exp({u}) <= exp(relu({u}))", "larger-lemma", "rest", "rest-convex", "exp-positive",
             put={"A": f"exp(relu({u})-{u})", "B": f"exp({u})", "C": f"exp(relu({u}))"}),
        step("double", "identity", f"exp({top}) == exp(1)*exp(relu({u}))"),
        step("e", "arithmetic", "2 <= exp(1)"),
        step("double-lemma", "arithmetic", "Imp(T == E*R, 2 <= E, 1 <= R, V <= R, B == 1+V, B <= T)"),
        step("at-most", "apply", f"exp(L) <= exp({top})", "double-lemma", "double", "e", "start", "larger", "log",
             put={"T": f"exp({top})", "E": "exp(1)", "R": f"exp(relu({u}))", "V": f"exp({u})", "B": "exp(L)"}),
        step("top-product", "identity", f"exp(L-({top}))*exp({top}) == exp(L)"),
        step("top-convex", "arithmetic", f"1+(L-({top})) <= exp(L-({top}))"),
        step("top-positive", "sign", f"0 < exp({top})"),
        step("top-lemma", "arithmetic", "Imp(A*B == C, 1+d <= A, 0 < B, C <= B, d <= 0)"),
        step("under", "apply", f"L-({top}) <= 0", "top-lemma", "top-product", "top-convex", "top-positive", "at-most",
             put={"A": f"exp(L-({top}))", "B": f"exp({top})", "C": "exp(L)", "d": f"L-({top})"}),
        step("scale", "arithmetic", f"relu({u}) == tau*relu(x)", "tau"),
        step("low", "arithmetic", "0 <= L-tau*relu(x)", "above-u", "above-0", "scale"),
        step("high", "arithmetic", "0 <= tau*relu(x)+1-L", "under", "scale"),
        step("first", "certificate", f"relu(x)-{below}/tau <= {soft}", "low", "tau", times="tau", terms=[["low"]]),
        step("second", "certificate", f"relu(x)-1/tau <= {soft}", "low", "tau", times="tau", terms=[["low"], ["c:1"]]),
        step("third", "certificate", f"{soft} <= relu(x)+{above}/tau", "high", "tau", times="tau", terms=[["high"]]),
        step("goal", "arithmetic", statement.goal, "first", "second", "third"),
    ]  # fmt: skip
    return Proof(statement, steps)


def build_tent(middle: str = "2") -> Proof:
    """Derive p. 50: three atoms of mass 1/3 realise the tent of height y and half-width h at x_0, zero outside.

    Arguments:
        middle: the weight of the middle unit; 2 in the true statement.

    Returns:
        The statement and its derivation (JMLR 23(130), (A.6), p. 50).

    Example:
        >>> build_tent().statement.hyps
        {'h': '0 < h'}
    """
    statement = Statement(
        goal="tent(t) == y*relu(1-abs(t-x0)/h) and tent(x0) == y",
        hyps={"h": "0 < h"},
        declare="j:Z",
        let={
            "a(j)": f"3*y/h*(delta(j,1)-{middle}*delta(j,2)+delta(j,3))",
            "b(j)": "-x0+(2-j)*h",
            "tent(t)": "Sum(j,1,3,1/3*a(j)*relu(1*t+b(j)))",
        },
        inhabited={"h": "1"},
    )
    steps = [
        step("inverse", "identity", "1/h*h == 1", "h"),
        step("shape", "arithmetic",
             "Imp(0 < h, v*h == 1, relu(d+h)-2*relu(d)+relu(d-h) == h*relu(1-abs(d)*v))"),
        step("here", "apply", "relu(t-x0+h)-2*relu(t-x0)+relu(t-x0-h) == h*relu(1-abs(t-x0)*(1/h))", "shape", "h",
             "inverse", put={"d": "t-x0", "v": "1/h"}),
        step("tent", "identity", "tent(t) == y*relu(1-abs(t-x0)/h)", "here", "h", combine={"here": "y/h"}),
        step("top", "apply", "tent(x0) == y*relu(1-abs(x0-x0)/h)", "tent", "h", put={"t": "x0"}),
        step("value", "identity", "tent(x0) == y", "top", combine={"top": "1"}),
        step("goal", "arithmetic", statement.goal, "tent", "value"),
    ]  # fmt: skip
    return Proof(statement, steps)
