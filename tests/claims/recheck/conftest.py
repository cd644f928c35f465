"""The programs that are asked, started once for each module of tests."""

import pytest

from lemmata.claims.recheck.opinion import Rechecker


@pytest.fixture(scope="module")
def rechecker():
    pytest.importorskip("cvc5")
    asked = Rechecker()
    asked._solver.seconds = 20.0  # a slow machine decides what is right, too
    yield asked
    asked.close()
