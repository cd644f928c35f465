"""Three contacts need a long interval: sharper than Definition 4.2 of JMLR 23(130)."""

from __future__ import annotations

from ..kernel.derivation import Statement
from ..proof import Proof, step
from .knots import DECLARE, INTERVAL, LET
from .three_witness import DUAL, under


def build_length(bound: str = "2") -> Proof:
    """Derive sqrt(1+s^2) + sqrt(1+e^2) < 2 (e - s), hence 4 < 3 (e - s)^2, for three contacts of a closed interval.

    P meets the roof at both ends with opposite signs, so its slope is lambda times the sum of the roots over e - s.  Q,
    whose slope differs by S0 = sum_i r_i, is tangent to the roof inside, so its slope is below lambda; and |S0| <=
    lambda because the constant unit is feasible.

    Arguments:
        bound: the factor of e - s; 2 in the true statement.

    Returns:
        The statement and its derivation (derived in this project); it uses mf.side-linear.

    Example:
        >>> sorted(build_length().statement.hyps)
        ['constant', 'contact', 'ends', 'gap', 'inside', 'left']
    """
    root = "sqrt(1+{}**2)".format
    slope = "((side({o},e)-side({o},s))/(e-s))".format
    rise = "((e*side({o},s)-s*side({o},e))/(e-s))".format
    statement = Statement(
        goal=f"{root('s')}+{root('e')} < {bound}*(e-s) and 4 < 3*(e-s)**2",
        hyps={
            "gap": INTERVAL["gap"],
            "left": "All(t,Imp(s<=t,t<=e, side(-1,t)**2 <= roof(t)))",
            "constant": "abs(Sum(i,1,M,r(i))) <= lam",
            "inside": "s < q and q < e",
            "ends": "side(1,s)**2==roof(s) and side(1,e)**2==roof(e) and side(1,s)*side(1,e) < 0",
            "contact": "side(-1,q)**2==roof(q)",
        },
        declare=DECLARE,
        let=LET,
        inhabited=DUAL | {"q": "-3/4"},
        inhabited_steps=under("left", "-1"),
    )  # fmt: skip
    al, be = rise(o="-1"), slope(o="-1")
    near = "min(q-s,e-q)"
    height = "lam**2*(1+({t})**2)-(al+be*({t}))**2"

    def on_line(name: str, t: str) -> list[dict[str, object]]:
        """Return steps: the left side at t is a line, and under the roof."""
        real = height.format(t=t).replace("al", al).replace("be", be)
        return [
            step(f"{name}-after", "arithmetic", f"s<={t}", "inside"),
            step(f"{name}-before", "arithmetic", f"{t}<=e", "inside"),
            step(f"{name}-chord", "apply", f"(e-s)*side(-1,{t}) == (e-({t}))*side(-1,s)+({t}-s)*side(-1,e)",
                 "claim:mf.side-linear", "gap", f"{name}-after", f"{name}-before", put={"o": "-1", "t": t}),
            step(f"{name}-line", "identity", f"side(-1,{t}) == {al}+{be}*({t})", f"{name}-chord", "wide",
                 combine={f"{name}-chord": "1/(e-s)"}),
            step(f"{name}-roof", "apply", f"side(-1,{t})**2 <= roof({t})", "left", f"{name}-after", f"{name}-before",
                 at={"t": t}),
            step(f"{name}-under", "apply", f"0 <= {real}", "under-lemma", f"{name}-roof", f"{name}-line",
                 put={"U": f"side(-1,{t})", "V": f"{al}+{be}*({t})", "W": f"lam**2*(1+({t})**2)"}),
        ]  # fmt: skip

    steps = [
        step("wide", "arithmetic", "0 < e-s", "inside"),
        step("penalty", "arithmetic", "Imp(abs(n0) <= lam, A**2 == lam**2*(1+s**2), A*B < 0, 0 < lam)"),
        step("meets", "arithmetic", "side(1,s)**2==roof(s)", "ends"),
        step("signs", "arithmetic", "side(1,s)*side(1,e) < 0", "ends"),
        step("lam", "apply", "0 < lam", "penalty", "constant", "meets", "signs",
             put={"n0": "Sum(i,1,M,r(i))", "A": "side(1,s)", "B": "side(1,e)"},
             prose="Opposite signs at the ends leave no room for a penalty of 0."),
        step("under-lemma", "arithmetic", "Imp(U**2 <= W, U == V, 0 <= W-V**2)"),
        # a line under the roof that touches it inside is flatter than the roof far away: |slope| < lambda
        step("step", "assume", "0 < d"),
        step("zero", "assume", f"{height.format(t='q')} == 0"),
        step("before", "assume", f"0 <= {height.format(t='q-d')}"),
        step("after", "assume", f"0 <= {height.format(t='q+d')}"),
        step("zero-le", "arithmetic", f"0 <= -({height.format(t='q')})", "zero"),
        step("both", "certificate", "be**2 <= lam**2", "before", "after", "zero-le", "step", times="2*d**2",
             terms=[["before"], ["after"], ["c:2", "zero-le"]]),
        step("tangent", "arithmetic", "be**2 < lam**2", "both", "before", "after", "zero", "step", "lam"),
        step("d", "arithmetic", f"0 < {near}", "inside"),
        *on_line("low", f"q-{near}"),
        *on_line("high", f"q+{near}"),
        *on_line("mid", "q")[:4],
        step("touch-lemma", "arithmetic", "Imp(U**2 == W, U == V, W-V**2 == 0)"),
        step("touch", "apply", f"{height.format(t='q').replace('al', al).replace('be', be)} == 0", "touch-lemma",
             "contact", "mid-line", put={"U": "side(-1,q)", "V": f"{al}+{be}*(q)", "W": "lam**2*(1+(q)**2)"}),
        step("flat", "apply", f"{be}**2 < lam**2", "tangent", "d", "touch", "low-under", "high-under", "lam",
             put={"d": near, "al": al, "be": be}),
        # the two sides differ by a line of slope S0
        step("part", "arithmetic", "relu(-1*(x(i)-t))-relu(1*(x(i)-t)) == t-x(i)"),
        step("weighted", "identity", "r(i)*relu(-1*(x(i)-t))-r(i)*relu(1*(x(i)-t)) == r(i)*(t-x(i))", "part",
             combine={"part": "r(i)"}),
        step("total", "congruence",
             "Sum(i,1,M,r(i)*relu(-1*(x(i)-t))-r(i)*relu(1*(x(i)-t))) == Sum(i,1,M,r(i)*(t-x(i)))", "weighted"),
        step("sides", "identity", "side(-1,t)-side(1,t) == t*Sum(i,1,M,r(i))-Sum(i,1,M,r(i)*x(i))", "total",
             combine={"total": "1"}),
        *[step(f"at-{t}", "apply", f"side(-1,{t})-side(1,{t}) == {t}*Sum(i,1,M,r(i))-Sum(i,1,M,r(i)*x(i))", "sides",
               put={"t": t}) for t in "se"],
        step("slopes", "identity", f"side(1,e)-side(1,s) == ({be}-Sum(i,1,M,r(i)))*(e-s)", "at-s", "at-e", "wide",
             combine={"at-s": "1", "at-e": "-1"}),
        # the ends
        step("roots-lemma", "arithmetic",
             "Imp(A**2 == lam**2*(1+s**2), 0 < lam, 0 < R, R**2 == 1+s**2, abs(A) == lam*R)"),
        *[line for t, at in (("s", "s"), ("e", "e")) for line in (
            step(f"{t}-one", "sign", f"0 < 1+{t}**2"),
            step(f"{t}-root", "sign", f"0 < {root(t)}", f"{t}-one"),
            step(f"{t}-square", "identity", f"{root(t)}**2 == 1+{t}**2", f"{t}-one"),
            step(f"{t}-meets", "arithmetic", f"side(1,{t})**2==roof({t})", "ends"),
            step(f"{t}-size", "apply", f"abs(side(1,{at})) == lam*{root(t)}", "roots-lemma", f"{t}-meets", "lam",
                 f"{t}-root", f"{t}-square", put={"A": f"side(1,{t})", "R": root(t), "s": t}),
        )],
        step("opposite", "arithmetic", "side(1,s)*side(1,e) < 0", "ends"),
        step("climb-lemma", "arithmetic",
             "Imp(A*B < 0, abs(A) == lam*R, abs(B) == lam*T, B-A == (h-n0)*w, 0 < w, h**2 < lam**2, abs(n0) <= lam,"
             " 0 < lam, R+T < 2*w)"),
        step("long", "apply", f"{root('s')}+{root('e')} < {bound}*(e-s)", "climb-lemma", "opposite", "s-size", "e-size",
             "slopes", "wide", "flat", "constant", "lam",
             put={"A": "side(1,s)", "B": "side(1,e)", "R": root("s"), "T": root("e"), "h": be,
                  "n0": "Sum(i,1,M,r(i))", "w": "e-s"}),
        # sqrt(1+s^2) + sqrt(1+e^2) is at least the distance sqrt(4 + (e-s)^2)
        step("product-lemma", "arithmetic",
             "Imp(0 < R, 0 < T, R**2 == 1+s**2, T**2 == 1+e**2, 1-s*e <= R*T)"),
        step("product", "apply", f"1-s*e <= {root('s')}*{root('e')}", "product-lemma", "s-root", "e-root", "s-square",
             "e-square", put={"R": root("s"), "T": root("e")}),
        step("square-lemma", "arithmetic", "Imp(0 < R, 0 < T, R+T < 2*w, (R+T)**2 < 4*w**2)"),
        step("square", "apply", f"({root('s')}+{root('e')})**2 < 4*(e-s)**2", "square-lemma", "s-root", "e-root",
             "long", put={"R": root("s"), "T": root("e"), "w": "e-s"}),
        step("apart", "certificate", "4 < 3*(e-s)**2", "square", "product", terms=[["square"], ["c:2", "product"]]),
        step("goal", "arithmetic", statement.goal, "long", "apart"),
    ]  # fmt: skip
    return Proof(statement, steps)
