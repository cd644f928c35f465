"""`lemmata explore`: pages on this machine on which data can be dragged and the exact answer is seen at once."""

import importlib.util
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from .failure import EXPECTED, BadInput, explain_os_error
from .tables import collected_notes, read_table
from .terminal import show_line, show_note

if TYPE_CHECKING:
    from ..explore.server import Rows


_MOST = 2000  # rows that a browser draws and a fit answers while a point is dragged


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text) <= 65535:
        raise typer.BadParameter(f"{text!r} is not allowed; give a whole number from 0 to 65535")
    return int(text)


def explore(
    data: Annotated[
        str | None, typer.Argument(metavar="[DATA.csv|-]", help="Columns x, y and optionally weight, to start from.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(metavar="P", parser=_port, help="Port; by default, or 0, any free one.")
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Print the address and open nothing.")] = False,
) -> int:
    """Look at fits and bounds on a page of this machine; Ctrl-C ends it."""
    if data == "":
        raise BadInput("the data: '' is not allowed; name a file, or - for standard input")
    if importlib.util.find_spec("bokeh") is None:
        raise BadInput("explore needs Bokeh, which is not installed: pip install 'lemmata[explore]'")
    rows: Rows | None = None
    if data is not None:
        with collected_notes() as notes:
            table = read_table(data)
        for note in notes:
            show_note(note)
        if len(table.x) > _MOST:
            raise BadInput(
                f"{data}: {len(table.x)} rows; up to {_MOST} can be dragged on a page, `lemmata knots` takes more"
            )
        rows = table.x.tolist(), table.y.tolist(), table.weight.tolist()
    from ..explore.server import serve

    def ready(server: object, address: str) -> None:
        show_line(f"lemmata explores at {address} and {address}autoencoder; Ctrl-C ends it")
        sys.stdout.flush()
        if not no_browser:
            import webbrowser

            webbrowser.open(address)

    try:
        serve(rows, port or 0, ready)
    except OSError as error:
        raise BadInput(f"--port {port or 0}: {explain_os_error(error)}; name another, or 0 for any free one") from error
    return EXPECTED
