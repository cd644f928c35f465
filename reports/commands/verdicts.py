"""How verdicts look in text: a shape, a word and, on a terminal, a colour, always all of them."""

from .outcome import Run
from .terminal import Cell

_GLYPHS = {
    "proved": "✓",
    "enclosed": "⊡",
    "supported": "∴",
    "refuted": "✗",
    "undecided": "?",
    "not run": "–",
}
_STYLES = {
    "proved": "green",
    "enclosed": "cyan",
    "supported": "blue",
    "refuted": "magenta",
    "undecided": "yellow",
    "not run": "dim",
}
DIFFERS = "bold red"


def verdict_cell(verdict: str, *, differs: bool = False) -> Cell:
    """A verdict as a table entry: its sign and its word, in its colour, or in red where it was not expected.

    Arguments: one of the six verdicts, and whether it differs from the expected one.

    >>> verdict_cell("proved")
    '✓ proved'
    """
    return Cell(f"{_GLYPHS[verdict]} {verdict}", DIFFERS if differs else _STYLES[verdict])


def summary_lines(run: Run) -> list[Cell]:
    """How many claims have each verdict, which of them were not expected, and which did not run.

    Counts are taken from the claims themselves, never from a summary that a file brings along.

    >>> from .outcome import run_of
    >>> rows = [{"id": "icml.bound", "verdict": "refuted", "expected": "proved"}]
    >>> summary_lines(run_of({"claims": rows, "summary": {"unexpected": ["icml.bound"]}}))
    ['1 claim: 1 refuted; 1 not as expected', 'unexpected: icml.bound is refuted, expected proved']
    """
    counts = ", ".join(f"{number} {verdict}" for verdict, number in run.record.counts.items() if number)
    total = len(run.record.claims)
    outcome = f"{len(run.unexpected)} not as expected" if run.unexpected else "every verdict run is the expected one"
    seconds = run.record.provenance.get("seconds")
    time = f" ({seconds:.1f} s)" if isinstance(seconds, int | float) else ""
    head = f"{total} {'claim' if total == 1 else 'claims'}: {counts}; {outcome}{time}"
    lines = [Cell(head, DIFFERS if run.unexpected else "bold")]
    lines += [Cell(f"unexpected: {reason}", DIFFERS) for reason in run.unexpected.values()]
    if any(run.record.second_opinions.values()):
        asked = ", ".join(f"{number} {answer}" for answer, number in run.record.second_opinions.items())
        lines.append(Cell(f"second opinion on {sum(run.record.second_opinions.values())} steps: {asked}"))
    waiting = [claim.id for claim in run.record.claims if claim.verdict == "not run"]
    if waiting:
        lines.append(Cell(f"not run (left to `lemmata check --full`): {', '.join(waiting)}", "dim"))
    return lines
