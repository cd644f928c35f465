"""`lemmata list`: the claims there are, without running any."""

from typing import Annotated

import typer

from .failure import EXPECTED, BadInput
from .terminal import Cell, show_table


def list_claims(
    paper: Annotated[str | None, typer.Option(metavar="NAME", help="Only this paper's claims.")] = None,
) -> int:
    """List the claims: id, paper, place, kind, expected verdict and title."""
    from ...claims.register import register

    claims = list(register().values())
    papers = sorted({claim.paper for claim in claims})
    if paper is not None and paper not in papers:
        raise BadInput(f"--paper: no paper {paper!r}; there are {', '.join(papers)}")
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
        if paper is None or claim.paper == paper
    ]
    show_table(("id", "paper", "locator", "relation", "kind", "expected", "title"), rows)
    return EXPECTED
