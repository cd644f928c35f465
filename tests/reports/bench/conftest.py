"""Workers that find the fake contestants, and a plan small enough to carry out in a test."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lemmata.reports.bench.contestants import Contestant
from lemmata.reports.bench.run import Plan, make_plan

HERE = Path(__file__).parent


@pytest.fixture
def fake() -> Callable[..., Contestant]:
    """A function of a name, settings and modules: that contestant of `fake_contestants`."""

    def make(name: str, settings: tuple[str, ...] = ("limit",), modules: tuple[str, ...] = ()) -> Contestant:
        return Contestant(name, name, f"fake_contestants:{name}", settings, modules)

    return make


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Puts the fake contestants in reach of workers; returns the file in which they note their calls."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH")])]))
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "calls"))
    return tmp_path / "calls"


@pytest.fixture
def plan() -> Callable[..., Plan]:
    """A function of contestants and changes: a plan for them at one size, one round, within 300 MiB."""

    def make(contestants: list[Contestant], **changes: Any) -> Plan:
        small = {"sizes": (100,), "repetitions": 1, "seconds": 60.0, "memory_gb": 0.3}
        return replace(make_plan(contestants=contestants), **{**small, **changes})

    return make
