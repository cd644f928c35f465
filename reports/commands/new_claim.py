"""`lemmata new-claim`: a file of claims to start from."""

import re
from pathlib import Path
from typing import Annotated

import typer

from .failure import EXPECTED, BadInput
from .output import require_writable, write_whole
from .terminal import show_line

_TEMPLATE = Path(__file__).parents[1] / "templates" / "claims.py.txt"


def new_claim(
    file: Annotated[Path, typer.Argument(metavar="FILE.py", help="The file to write; it must not exist yet.")],
) -> int:
    """Write a file of claims to start from: one by a rule, one by steps, one refuted, one measured."""
    if file.suffix != ".py":
        raise BadInput(f"{str(file)!r} is not allowed; name a Python file, for instance notes_claims.py")
    if file.exists():
        raise BadInput(f"{str(file)!r} exists; name a file that does not, so that nothing is lost")
    require_writable("FILE.py", file)
    stem = re.sub(r"\W", "_", file.stem.removesuffix("_claims").removeprefix("claims_")) or "my"
    text = _TEMPLATE.read_text("utf-8").format(name=file.name, stem=stem)
    write_whole(file, text.encode("utf-8"))
    show_line(f"wrote {file}; check it with: lemmata check --claims {file}")
    return EXPECTED
