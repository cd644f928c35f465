"""`lemmata list`: the claims there are, without running any."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from .failure import EXPECTED, BadInput
from .terminal import Cell, show_table

if TYPE_CHECKING:
    from ...claims.claim import Claim


def show_claims(claims: "Iterable[Claim]") -> None:
    """Prints a table of claims as they are registered: id, paper, place, kind, expected verdict and title."""
    rows = [
        (
            Cell(claim.id, "bold"),
            claim.paper,
            claim.locator,
            claim.relation,
            claim.kind,
            claim.expected,
            claim.title,
        )
        for claim in claims
    ]
    show_table(("id", "paper", "locator", "relation", "kind", "expected", "title"), rows)


def list_claims(
    place: Annotated[
        str | None,
        typer.Argument(metavar="[PLACE]", help='Only these: a number ("Theorem 1", "(4.9)") or words of a title.'),
    ] = None,
    paper: Annotated[str | None, typer.Option(metavar="NAME", help="Only this paper's claims.")] = None,
) -> int:
    """List the claims: id, paper, place, kind, expected verdict and title."""
    from ...claims.finding import find
    from ...claims.register import register

    claims = list(register().values())
    papers = sorted({claim.paper for claim in claims})
    if paper is not None and paper not in papers:
        raise BadInput(f"--paper: no paper {paper!r}; there are {', '.join(papers)}")
    chosen = [claim for claim in claims if paper is None or claim.paper == paper]
    if place is not None:
        chosen = find(place, chosen)
        if not chosen:
            of_paper = f" of the paper {paper!r}" if paper is not None else ""
            raise BadInput(f"no claim{of_paper} stands at {place!r} or has these words in its title")
    show_claims(chosen)
    return EXPECTED
