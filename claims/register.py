"""The register: every claim of the project, found in the modules of claims/meanfield and claims/autoencoder."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

from .claim import BadClaim, Claim

_GROUPS = ("meanfield", "autoencoder")


def _modules() -> Iterable[ModuleType]:
    base = __package__ or "lemmata.claims"
    for group in _GROUPS:
        package = importlib.import_module(f"{base}.{group}")
        for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
            yield importlib.import_module(f"{package.__name__}.{info.name}")


def collect(modules: Iterable[ModuleType]) -> dict[str, Claim]:
    """Return the claims of the modules by id, in order; an id that occurs twice is an error.

    Arguments:
        modules: modules with a tuple ``CLAIMS``.

    Returns:
        The claims by id.

    Raises:
        BadClaim: for an id that occurs twice, or an entry that is not a claim.
    """
    found: dict[str, Claim] = {}
    spelt: dict[str, str] = {}
    for module in modules:
        for claim in getattr(module, "CLAIMS", ()):
            if not isinstance(claim, Claim):
                raise BadClaim(f"{module.__name__}: CLAIMS holds a {type(claim).__name__}, not a Claim")
            if claim.id in found:
                raise BadClaim(f"the id {claim.id} is used twice")
            # Ids become names of files, and some file systems do not tell upper from lower case.
            other = spelt.setdefault(claim.id.lower(), claim.id)
            if other != claim.id:
                raise BadClaim(f"the ids {other} and {claim.id} are the same but for upper case")
            found[claim.id] = claim
    return found


@cache
def register() -> dict[str, Claim]:
    """Return every claim of the project by id, in the order of the papers' sections.

    Example:
        >>> "mf.eq-6.4.printed" in register()
        True
    """
    return collect(_modules())


def load_file(path: Path) -> dict[str, Claim]:
    """Return the claims of a user's Python file, whose ``CLAIMS`` is a sequence of :class:`Claim`.

    Arguments:
        path: the file.

    Returns:
        Its claims by id.

    Raises:
        BadClaim: if the file cannot be read or run, has no ``CLAIMS``, or a claim is incomplete.
    """
    if not path.is_file():
        raise BadClaim(f"{path}: no such file; --claims takes a Python file with a tuple CLAIMS")
    spec = importlib.util.spec_from_file_location(f"lemmata_user_claims_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise BadClaim(f"{path}: not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    except BadClaim:
        raise
    except Exception as err:
        raise BadClaim(f"{path}: {type(err).__name__}: {err}") from err
    if not getattr(module, "CLAIMS", ()):
        raise BadClaim(f"{path}: there are no claims in it; a tuple CLAIMS of one or more is needed")
    return collect([module])
