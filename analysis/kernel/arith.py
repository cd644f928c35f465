"""Real arithmetic: does a set of facts entail a conclusion?  Decided by z3 on the negation; its "unsat" is an oracle.

Everything that is not arithmetic is an unknown real number about which only facts that hold for every argument are
told (sqrt(t)^2 = t >= 0 for t >= 0, sin^2 + cos^2 = 1, 1/t as the solution of t*v = 1, ...).
Unknown or time-out is undecided.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import z3

from .normal import Normalizer
from .polynomials import Poly
from .terms import RELATIONS, KernelError, Term, alpha, sub

ORACLE = "z3-nlsat"
_TIMEOUT_MS = 5_000


class Undecided(KernelError):
    """The solver found no proof: it answered unknown, ran out of time, or has a candidate counter-model."""

    def __init__(self, message: str, model: str | None = None) -> None:
        super().__init__(message)
        self.model = model


class _Translation:
    def __init__(self) -> None:
        self.normal = Normalizer()
        self.reals: dict[int, Any] = {}
        self.bools: dict[Term, Any] = {}
        self.side: list[Any] = []
        self.quotients = 0

    def poly(self, p: Poly) -> Any:
        total: Any = z3.RealVal(0)
        for exps, c in zip(p.monoms(), p.coeffs(), strict=True):
            term: Any = z3.RealVal(str(Fraction(int(c.p), int(c.q))))
            for i, e in enumerate(int(x) for x in exps[: len(self.normal.atoms)]):
                for _ in range(e):
                    term = term * self.real(i)
            total = total + term
        return total

    def real(self, i: int) -> Any:
        if i not in self.reals:
            self.reals[i] = z3.Real(f"g{i}")
            self._tell(self.normal.atoms[i], self.reals[i])
        return self.reals[i]

    def value(self, t: Term) -> Any:
        n, d = self.normal.frac(t)
        if d != 1:  # without facts the only denominators are those whose shape shows them positive
            v = z3.Real(f"q{self.quotients}")
            self.quotients += 1
            self.side.append(self.poly(d) * v == 1)
            return self.poly(n) * v
        return self.poly(n)

    def _tell(self, a: Term, v: Any) -> None:
        """Record what is true of the atom `a`, whatever its arguments."""
        if a[0] == "var" and a[2] == "N":
            self.side.append(v >= 0)
        elif a[0] == "inv":
            t = self.value(a[1])
            self.side.append(z3.If(t == 0, v == 0, t * v == 1))
        elif a[0] == "pow" and a[1][0] == "num" and a[1][1] > 0:
            self.side.append(v > 0)
        elif a[0] == "fn":
            xs = [self.value(x) for x in a[2:]]
            facts: dict[str, Any] = {
                "sqrt": lambda x: z3.And(v >= 0, z3.If(x >= 0, v * v == x, v == 0)),
                "exp": lambda x: z3.And(v > 0, v >= 1 + x),
                "abs": lambda x: z3.If(x >= 0, v == x, v == -x),
                "relu": lambda x: z3.If(x >= 0, v == x, v == 0),
                "max": lambda x, y: z3.If(x >= y, v == x, v == y),
                "min": lambda x, y: z3.If(x <= y, v == x, v == y),
                "delta": lambda x, y: z3.If(x == y, v == 1, v == 0),
                "sin": lambda x: z3.And(v <= 1, v >= -1),
                "cos": lambda x: z3.And(v <= 1, v >= -1),
                "erf": lambda x: z3.And(v < 1, v > -1),
                "pi": lambda: z3.And(v > z3.RealVal("3.1415926535"), v < z3.RealVal("3.1415926536")),
                "fact": lambda x: v >= 1,
            }  # fmt: skip
            if a[1] in facts:
                self.side.append(facts[a[1]](*xs))
            if a[1] == "sin":  # the partner may not occur, so the relation is told on its square
                c = self.value(("fn", "cos", a[2]))
                self.side.append(v * v + c * c == 1)

    def prop(self, p: Term) -> Any:
        op = p[0]
        if op in RELATIONS:
            a = self.value(sub(p[2], p[1]))
            zero = z3.RealVal(0)
            return {"eq": a == zero, "ne": a != zero, "lt": a > zero, "le": a >= zero}[op]
        if op == "not":
            return z3.Not(self.prop(p[1]))
        if op == "imp":
            return z3.Implies(self.prop(p[1]), self.prop(p[2]))
        if op in ("and", "or"):
            return (z3.And if op == "and" else z3.Or)(*[self.prop(q) for q in p[1:]])
        if op in ("true", "false"):
            return z3.BoolVal(op == "true")
        return self.bools.setdefault(alpha(p), z3.Bool(f"p{len(self.bools)}"))  # anything else is a bare letter


def entails(facts: list[Term], conclusion: Term) -> None:
    """Return if the facts entail the conclusion; raise Undecided otherwise."""
    tr = _Translation()
    claims = [tr.prop(f) for f in facts] + [z3.Not(tr.prop(conclusion))]
    answers: list[str] = []
    told: str | None = None
    for make in (z3.Solver, lambda: z3.SolverFor("QF_NRA")):
        solver = make()
        solver.set("timeout", _TIMEOUT_MS)
        solver.set("ctrl_c", False)  # an interruption is ours to handle
        solver.add(*claims, *tr.side)
        try:
            answer = solver.check()
        except z3.Z3Exception as err:  # it was stopped
            answers.append(str(err))
            continue
        if answer == z3.unsat:
            return
        if answer == z3.sat:
            model = solver.model()
            told = ", ".join(f"{tr.normal.atoms[i]} = {model.eval(v)}" for i, v in tr.reals.items())
            break
        answers.append(solver.reason_unknown())
    silent = f"the solver gave no answer ({'; '.join(answers)})"
    counter = "the facts do not entail the conclusion as far as arithmetic sees"
    raise Undecided(silent if told is None else counter, told)
