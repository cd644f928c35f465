"""Settings every test shares: Hypothesis draws the same examples every time; the end says how the long tests stand."""

import os
from typing import Any

from hypothesis import settings

from lemmata.reports.long_tests import sentence

settings.register_profile("dev", derandomize=True, deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say whether the committed results of the long tests are about this code."""
    terminalreporter.write_line(sentence())
