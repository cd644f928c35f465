"""Who takes part, in which setting, and what has to be installed for it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

EXTRA = "not installed: pip install 'lemmata[bench]'"
"""The reason recorded for a peer whose library is missing."""


@dataclass(frozen=True)
class Contestant:
    """One solver.

    name: for tables and records; title: for people; entry: "module:function", called in a process of its own with a
    `Problem`; settings: in which it takes part; modules: what it imports besides this project's own requirements.
    """

    name: str
    title: str
    entry: str
    settings: tuple[str, ...]
    modules: tuple[str, ...] = ()

    @property
    def installed(self) -> bool:
        """Whether everything that it imports can be found; nothing is imported to find out."""
        return all(find_spec(module) is not None for module in self.modules)


def _entry(module: str, function: str) -> str:
    return f"{__package__}.{module}:{function}"


EXACT = "exact"
"""The name of this project's own fit, which the others are compared with."""

REFERENCE = _entry("exact", "reference")
"""Entry of the reference that closeness is measured from."""

CONTESTANTS = (
    Contestant(EXACT, "lemmata, exact", _entry("exact", "exact"), ("limit", "noisy")),
    Contestant("sgd", "PyTorch, SGD as in the paper", _entry("training", "noisy_sgd"), ("limit", "noisy"), ("torch",)),
    Contestant(
        "descent", "PyTorch, all points in each step", _entry("training", "noisy_descent"), ("limit", "noisy"),
        ("torch",),
    ),
    Contestant("clarabel", "CVXPY with Clarabel", _entry("peers", "clarabel"), ("limit",), ("cvxpy", "clarabel")),
    Contestant("lasso", "scikit-learn Lasso, tolerance 1e-4", _entry("peers", "lasso"), ("limit",)),
    Contestant("lasso-tight", "scikit-learn Lasso, tolerance 1e-8", _entry("peers", "lasso_tight"), ("limit",)),
    Contestant("pwlf", "pwlf, no penalty", _entry("peers", "pwlf"), ("limit",), ("pwlf",)),
)  # fmt: skip
"""All contestants of `relu`, in the order in which they run and are listed."""
