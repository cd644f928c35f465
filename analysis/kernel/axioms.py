"""The axioms: theorems that derivations may use without proof, in one place, each with its hypotheses and a reference.

Variables and symbols are schematic: an instance replaces them.  `sanity` gives two numeric instances a test evaluates
independently of the kernel.  None of them is a result of the two papers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Axiom:
    """One axiom: hypotheses (text) imply the conclusion (text)."""

    name: str
    prose: str
    concl: str
    reference: str
    hyps: tuple[str, ...] = ()
    declare: str = ""
    sanity: tuple[Mapping[str, str], ...] = ()


_LIST = [
    Axiom(
        "gaussian-integral",
        "The Gaussian integral with variance 1/c.",
        "Int(x, -oo, oo, exp(-c*x**2/2)) == sqrt(2*pi/c)",
        "W. Rudin, Principles of Mathematical Analysis, 3rd ed., Theorem 8.21 and example (101)",
        hyps=("0 < c",),
        sanity=({"c": "1"}, {"c": "3/2"}),
    ),
]

AXIOMS: dict[str, Axiom] = {a.name: a for a in _LIST}
