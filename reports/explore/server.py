"""The server of the pages: on this machine only, everything from itself, ended by Ctrl-C."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jinja2
from bokeh.server.server import Server
from bokeh.settings import settings

from .autoencoder import AutoencoderPage
from .later import Worker, gathered
from .regression import POINTS, RegressionPage

_TEMPLATE = Path(__file__).parents[1] / "templates" / "explore.html"
Rows = tuple[Sequence[float], Sequence[float], Sequence[float]]


def serve(rows: Rows | None, port: int, ready: Callable[[Any, str], None]) -> None:
    """Serve both pages on the loopback interface until interrupted.

    rows: x, y and weight to start from, or None for an example; port: 0 for any free one; ready: called with the server
    and its address once it answers. Raises: OSError for a port that cannot be had.
    """
    settings.resources = "server"  # whatever the environment says, nothing comes from elsewhere
    template = jinja2.Environment(autoescape=False).from_string(_TEMPLATE.read_text("utf-8"))
    worker = Worker()

    def furnish(document: Any, title: str, root: Any) -> None:
        document.title = f"{title} – lemmata"
        document.template = template
        document.template_variables["heading"] = title
        document.add_root(root)

    def regression(document: Any) -> None:
        x, y, weight = (*POINTS, None) if rows is None else rows
        page = RegressionPage(x, y, weight, later=gathered(document), background=worker.within(document))
        furnish(document, "Exact regression with an infinitely wide network", page.root)

    def autoencoder(document: Any) -> None:
        page = AutoencoderPage(later=gathered(document), background=worker.within(document))
        furnish(document, "Two-layer autoencoders: rate and risk", page.root)

    logging.getLogger("bokeh").setLevel(logging.ERROR)
    logging.getLogger("tornado").setLevel(logging.ERROR)
    # "localhost" is every loopback address and none other; the default list of allowed origins is localhost:port.
    server = Server({"/": regression, "/autoencoder": autoencoder}, port=port, address="localhost")
    try:
        server.start()
        ready(server, f"http://localhost:{server.port}/")
        server.io_loop.start()
    except KeyboardInterrupt:
        pass
    finally:
        worker.end()
        server.stop(wait=False)
