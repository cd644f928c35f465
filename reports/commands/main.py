"""The entry point `lemmata`: hands the arguments to one command and turns every ending into an exit status."""

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import Abort, TyperException
from typer.main import get_command

from . import bench, bound, check, doctor, explore, knots, listing, new_claim, report, show, sweep
from .failure import BAD_INPUT, BROKEN_PIPE, DEFECT, EXPECTED, INTERRUPTED, BadInput
from .terminal import show_error

_APP = typer.Typer(
    help="Checks the mathematics of two papers on two-layer networks, and gives what they promise as software.",
    epilog="Exit status: 0 as expected, 1 a verdict differs, 2 bad input, 3 asked to certify and could not.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from ... import __version__

        typer.echo(f"lemmata {__version__}")
        raise typer.Exit


@_APP.callback(invoke_without_command=True)
def _lemmata(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


for _name, _command in (
    ("check", check.check),
    ("list", listing.list_claims),
    ("show", show.show),
    ("report", report.report),
    ("new-claim", new_claim.new_claim),
    ("knots", knots.knots),
    ("bound", bound.bound),
    ("explore", explore.explore),
    ("sweep", sweep.sweep),
    ("bench", bench.bench),
    ("doctor", doctor.doctor),
):
    _APP.command(_name)(_command)


def _reader_gone() -> int:
    """What is still buffered for a reader that has gone must not raise a second time when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


def _run(arguments: Sequence[str]) -> int:
    try:
        status = get_command(_APP).main(list(arguments), prog_name="lemmata", standalone_mode=False)
        sys.stdout.flush()
    except BadInput as error:
        show_error(str(error))
        return BAD_INPUT
    except TyperException as error:
        context = getattr(error, "ctx", None)
        hint = f" (see `{context.command_path} --help`)" if context is not None else ""
        show_error(error.format_message().rstrip(".") + hint)
        return BAD_INPUT
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as stop:
        # Typer ends a broken pipe with status 1, which here would say that a verdict differs.
        if isinstance(stop.__context__, BrokenPipeError):
            return _reader_gone()
        raise
    except (KeyboardInterrupt, Abort):
        return INTERRUPTED
    except Exception:
        # Not the user's doing: the traceback is for the report of the defect.
        import traceback

        traceback.print_exc()
        show_error("this is a defect of lemmata, not of the input; please report it with the lines above")
        return DEFECT
    return status if isinstance(status, int) else EXPECTED


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit status.

    Arguments: the command line after the program's name; by default the process's own.

    Returns: 0 as expected; 1 a verdict differs from the expected one; 2 bad input, with one line on standard error;
    3 asked to certify and could not; 70 a defect, with its traceback; 130 interrupted; 141 the reader of the output
    has gone.

    >>> main(["--version"])
    lemmata 0.1.0
    0
    """
    # The matrices here are small: threads of the linear algebra library would wait for each other, not help.
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
    # A console that lacks a sign we print gets its escape instead of a crash.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    status = _run(sys.argv[1:] if arguments is None else arguments)
    if status == INTERRUPTED:
        show_error("interrupted")
    return status
