"""Attacks by an examiner that once succeeded: captures between sums, moving intervals, outcomes taken as numbers."""

from .judge import Attack, Witness, s

_MIRROR = "Sum(i,1,n,Sum(j,1,i,Sum(k,1,m,g(j,k)))) == n*Sum(k,1,m,Sum(j,1,k,g(j,k)))"
_TRIANGLE = "Sum(i,1,n,Sum(j,1,i,Sum(k,j,n,g(j,k)))) == 0"
_ONE = "(i+1-x)*(1/(i+1-x))"
_APART = "E[z](g(z(1)) - h(z(1))) == E[z](g(z(1))) - E[z](h(z(1)))"
_NUMBER = "axiom:half-lines-square-integrable"

ATTACKS = [
    Attack("an outer end takes the name of an inner index", "differ by", _MIRROR, [s("a", "identity", _MIRROR)],
           declare="i,j,k:Z n,m:N"),
    Attack("three sums whose ends depend on each other", "differ by", _TRIANGLE, [s("a", "identity", _TRIANGLE)],
           declare="i,j,k:Z n,m:N"),
    Attack("continuity on intervals that move with the index", "not supplied", f"Cont(x,0,i,Sum(i,1,n,{_ONE}))",
           [s("h", "assume", "x <= i"), s("ne", "arithmetic", "i+1-x != 0", "h"),
            s("c", "continuous", f"Cont(x,0,i,{_ONE})", "ne"),
            s("s", "continuous", f"Cont(x,0,i,Sum(i,1,n,{_ONE}))", "c")],
           declare="i,n:Z"),
    Attack("square integrable at every number, so at an outcome", "not known to be square integrable", _APART,
           [s("l", "apply", "L2[z](g(y))", _NUMBER, symbols={"s(x)": "g(y)"}, put={"a": "g(y)", "b": "g(y)"}),
            s("p", "generalize", "All(y, L2[z](g(y)))", "l"),
            s("k", "apply", "L2[z](h(y))", _NUMBER, symbols={"s(x)": "h(y)"}, put={"a": "h(y)", "b": "h(y)"}),
            s("q", "generalize", "All(y, L2[z](h(y)))", "k"), s("a", "linear", _APART, "p", "q")]),
    Witness("normals beside variables that are made of them", "z occurs beside", {"x(k)": "z(k)"},
            goal="E[x](x(1)*z(1)) == z(1)*E[x](x(1))"),
    Witness("contradictory laws by the same confusion", "z occurs beside", {"x(k)": "z(k)"},
            hyps={"a": "E[x](x(1)*z(1)) == 1", "b": "E[x](x(1)) == 0"}),
]  # fmt: skip
