"""The axioms: theorems that derivations may use without proof, in one place, each with its hypotheses and a reference.

Variables and symbols are schematic: an instance replaces them.  `sanity` gives two numeric instances a test evaluates
independently of the kernel.  None of them is a result of the two papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Axiom:
    """One axiom: hypotheses (text) imply the conclusion (text).

    `exists` names variables and symbols of the conclusion: whatever the others are, there are such that it holds
    (rule introduce).
    """

    name: str
    prose: str
    concl: str
    reference: str
    hyps: tuple[str, ...] = ()
    declare: str = ""
    sanity: tuple[Mapping[str, str], ...] = ()
    exists: tuple[str, ...] = ()


_LIST = [
    Axiom(
        "gaussian-integral",
        "The Gaussian integral with variance 1/c.",
        "Int(x, -oo, oo, exp(-c*x**2/2)) == sqrt(2*pi/c)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.21 and example (101)",
        hyps=("0 < c",),
        sanity=({"c": "1"}, {"c": "3/2"}),
    ),
    Axiom(
        "sine-positive",
        "The sine is positive between 0 and pi.",
        "0 < sin(t)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.7",
        hyps=("0 < t", "t < pi"),
        sanity=({"t": "1"}, {"t": "3"}),
    ),
    Axiom(
        "sine-nonnegative",
        "The sine is not negative from 0 to pi.",
        "0 <= sin(t)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.7",
        hyps=("0 <= t", "t <= pi"),
        sanity=({"t": "0"}, {"t": "3"}),
    ),
    Axiom(
        "sine-of-sum",
        "The addition theorem of the sine.",
        "sin(s + t) == sin(s)*cos(t) + cos(s)*sin(t)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., chapter 8, (46)",
        sanity=({"s": "1", "t": "2"}, {"s": "-3", "t": "1/2"}),
    ),
    Axiom(
        "cosine-of-sum",
        "The addition theorem of the cosine.",
        "cos(s + t) == cos(s)*cos(t) - sin(s)*sin(t)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., chapter 8, (46)",
        sanity=({"s": "1", "t": "2"}, {"s": "-3", "t": "1/2"}),
    ),
    Axiom(
        "atan2-positive-axis",
        "The angle of a point on the positive half-axis is 0.",
        "atan2(0, t) == 0",
        "definition of the principal value",
        hyps=("0 < t",),
        sanity=({"t": "1"}, {"t": "7/3"}),
    ),
]

AXIOMS: dict[str, Axiom] = {a.name: a for a in _LIST}
