"""Every example in a docstring runs and gives what it says."""

import doctest
import importlib
import pkgutil

import pytest

import lemmata

FLOORS = ("analysis", "numerics", "claims", "reports")


def _module_names() -> list[str]:
    names = ["lemmata"]
    for floor in FLOORS:
        package = importlib.import_module(f"lemmata.{floor}")
        names.append(package.__name__)
        # A package that cannot be imported is a failure here, not one module less to test.
        names += [
            found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", onerror=_fail)
        ]
    return names


def _fail(name: str) -> None:
    raise ImportError(f"{name} cannot be imported")


@pytest.mark.parametrize("name", _module_names())
def test_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = importlib.import_module(name)
    # Each module sees `lemmata` itself, as a reader who copies an example would.
    result = doctest.testmod(module, extraglobs={"lemmata": lemmata})
    assert result.failed == 0, capsys.readouterr().out
