"""`lemmata check`: runs the claims and says whether every verdict is the expected one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from .arguments import count
from .checking import checked
from .failure import EXPECTED, UNEXPECTED, refusals
from .output import STANDARD_STREAM, require_apart, require_folder, require_writable, write_json, write_whole
from .terminal import Cell, show_line, show_table
from .verdicts import DIFFERS, summary_lines, verdict_cell


def _export(folder: Path, ids: Sequence[str], claims_file: Path | None) -> None:
    """Writes the steps of claims as SMT-LIB texts, a folder a claim."""
    from ...claims.recheck.opinion import texts
    from ...claims.runner import all_claims

    claims = all_claims(claims_file)
    for name in ids:
        for file, text in texts(claims[name], claims):
            place = folder / name / file
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, text.encode())


def check(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Claims to check; all by default.")] = None,
    paper: Annotated[str | None, typer.Option(metavar="NAME", help="Only this paper's claims.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Run the long simulations too.")] = False,
    json: Annotated[str | None, typer.Option(metavar="FILE|-", help="Write the record as JSON.")] = None,
    jobs: Annotated[int | None, typer.Option(metavar="N", parser=count, help="Processes; by default all.")] = None,
    claims: Annotated[Path | None, typer.Option(metavar="FILE.py", help="A file with claims of your own.")] = None,
    recheck: Annotated[bool, typer.Option("--recheck", help="Ask other programs about every step too.")] = False,
    export: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the steps as SMT-LIB texts into this folder.")
    ] = None,
) -> int:
    """Check claims; exit 0 where every verdict run is the expected one, 1 where not."""
    to_file = json is not None and json != STANDARD_STREAM
    if json is not None and to_file:
        require_writable("--json", Path(json))
        require_apart([("--json", Path(json))], [("--claims", claims)] if claims is not None else [])
    if export is not None:
        require_folder("--export", export)
    run = checked(ids or (), paper=paper, full=full, jobs=jobs, claims_file=claims, recheck=recheck)
    if export is not None:
        with refusals():
            _export(export, [claim.id for claim in run.record.claims], claims)
    if json is not None:
        with refusals():
            write_json(json, run.json)
    if json != STANDARD_STREAM:
        seconds = run.record.provenance["claim_seconds"]
        rows = [
            (
                Cell(claim.id, DIFFERS if claim.id in run.unexpected else ""),
                claim.paper,
                verdict_cell(claim.verdict, differs=claim.id in run.unexpected),
                claim.expected,
                f"{seconds[claim.id]:.2f}",
            )
            for claim in run.record.claims
        ]
        show_table(("id", "paper", "verdict", "expected", "seconds"), rows, numeric=("seconds",))
        for line in summary_lines(run):
            show_line(line, line.style)
    return UNEXPECTED if run.unexpected else EXPECTED
