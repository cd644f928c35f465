"""A user's claims: one true, one false with a witness, one true whose derivation is wrong; used by the tests."""

from typing import Any

from lemmata.analysis.kernel.derivation import Statement
from lemmata.analysis.proof import Proof, step
from lemmata.claims.claim import Claim, Mutant, Refutation, Text


def square(constant: str = "2", **_: Any) -> Proof:
    """Return (a + b)^2 = a^2 + 2ab + b^2, or with another constant."""
    goal = f"(a + b)**2 == a**2 + {constant}*a*b + b**2"
    return Proof(Statement(goal), [step("expand", "identity", goal, prose="Multiply out.")])


def unfinished(constant: str = "2", **_: Any) -> Proof:
    """Return the same by a rule that is about something else."""
    goal = f"(a + b)**2 == a**2 + {constant}*a*b + b**2"
    return Proof(Statement(goal), [step("expand", "derivative", goal)])


def root() -> Refutation:
    """Return sqrt(x^2) = x, false at -1; true at 1, and |x| instead of x is true."""
    printed = Statement("sqrt(x**2) == x")
    corrected = Statement("sqrt(x**2) == abs(x)")
    return Refutation(printed, {"x": "-1"}, [("corrected", corrected, {"x": "-1"}), ("elsewhere", printed, {"x": "1"})])


CLAIMS = (
    Claim(
        "user.square", "square of a sum", "notes", "as-claimed", "line 1", "identity", "proved",
        Text("The square of a sum.", "(a+b)^2 = a^2 + 2ab + b^2"), proof=square,
        mutants=(Mutant("constant-3", "constant", {"constant": "3"}, {"a": "1", "b": "1"}),),
    ),
    Claim(
        "user.root", "root of a square", "notes", "as-printed", "line 2", "counterexample", "refuted",
        Text("The root of a square is the number.", r"\sqrt{x^2} = x"), refutation=root,
    ),
    Claim(
        "user.wrong", "an identity, by the wrong rule", "notes", "as-claimed", "line 3", "identity", "undecided",
        Text("The square of a sum.", ""), proof=unfinished,
        reason="its derivation does not go through",
        mutants=(Mutant("constant-4", "constant", {"constant": "4"}, {"a": "1", "b": "1"}),),
    ),
)  # fmt: skip
