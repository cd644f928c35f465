"""Hypotheses that are only assumed: every valid use of a rule under hypotheses, without them in the statement.

No rule may forget what its premises were derived from, or whoever assumes the opposite of a theorem has proved it.
"""

from .examples import PROVED
from .judge import Attack, s

_REASON = "which is not a hypothesis"


def _assumed(example: Attack) -> Attack:
    """The same derivation from assumptions that are never discharged."""
    assumed = [s(name, "assume", text) for name, text in example.hyps.items()]
    return Attack(
        f"{example.name}, under a mere assumption", _REASON, example.goal, [*assumed, *example.steps], {},
        example.declare, example.let, example.axioms, example.library,
    )  # fmt: skip


ATTACKS = [
    *(_assumed(example) for example in PROVED if example.hyps),
    Attack("generalize under a mere assumption", _REASON, "All(x, 0 < y)",
           [s("h", "assume", "0 < y"), s("a", "generalize", "All(x, 0 < y)", "h")]),
    Attack("an instance under a mere assumption", _REASON, "Ex(x, x < 0)",
           [s("h", "assume", "y < 0"), s("a", "witness", "Ex(x, x < 0)", "h", value="y")]),
    Attack("an implication under another assumption", _REASON, "Imp(x == 1, y == 1)",
           [s("h", "assume", "y == 1"), s("g", "assume", "x == 1"),
            s("b", "identity", "y == x", "h", "g", combine={"h": "1", "g": "-1"}),
            s("c", "identity", "y == 1", "b", "g", combine={"b": "1", "g": "1"}),
            s("a", "discharge", "Imp(x == 1, y == 1)", "c")]),
]  # fmt: skip
