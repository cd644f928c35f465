"""`lemmata sweep`: many runs from one file, resumable, with the phase diagram."""

from pathlib import Path
from typing import Annotated

import typer

from .arguments import count
from .failure import EXPECTED, UNEXPECTED, BadInput, refusals
from .output import require_apart, require_writable, write_whole
from .terminal import progress_bar, show_line, show_note


def sweep(
    spec: Annotated[Path, typer.Argument(metavar="SPEC.toml", help="The task and its axes.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.parquet", help="Results; by default SPEC.parquet in this folder.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler; by default this machine's cores.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(metavar="N", parser=count, help="Processes; by default all cores.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Draw the phase diagram: .svg, .png or .pdf.")
    ] = None,
) -> int:
    """Run a sweep, or go on with it; exit 1 where a point ended with an error."""
    from ...numerics.sweep import read_specification
    from ...numerics.sweep import sweep as run_sweep
    from ...numerics.sweep.diagram import draw_diagram
    from .fit_plot import drawn, require_format  # with NumPy, which `--help` does without

    if scheduler is not None and jobs is not None:
        raise BadInput("--jobs is for this machine and --scheduler for a cluster; give one of them")
    target = Path(spec.stem + ".parquet") if out is None else out
    outputs = [("--out", target), *([("--plot", plot)] if plot is not None else [])]
    for option, path in outputs:
        require_writable(option, path)
    require_apart(outputs, [("SPEC.toml", spec)])
    if plot is not None:
        require_format(plot)
    with refusals():
        wanted = read_specification(spec)
        if plot is not None and wanted.diagram is None:
            raise BadInput(f"--plot: {str(spec)!r} has no [diagram] with x, y and value")
        with progress_bar("sweeping") as progress:
            found = run_sweep(wanted, target, scheduler=scheduler, jobs=jobs, progress=progress)
        if plot is not None and wanted.diagram is not None:
            diagram = wanted.diagram
            write_whole(plot, drawn(plot.suffix, lambda axes: draw_diagram(axes, found.rows, diagram)))
    there = len(found.rows) - found.done
    show_line(f"{len(found.rows)} points: {found.done} run now, {there} there already; results: {target}")
    for row in [row for row in found.rows if row["error"] is not None][:5]:
        show_note(f"point {row['point']}: {row['error']}")
    if found.failed:
        show_line(f"{found.failed} points ended with an error, which stands in their row")
    return UNEXPECTED if found.failed else EXPECTED
