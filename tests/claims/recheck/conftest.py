"""The programs that are asked, started once for each module of tests."""

import pytest

from lemmata.claims.recheck.opinion import Rechecker


@pytest.fixture(scope="module")
def rechecker():
    pytest.importorskip("cvc5")
    asked = Rechecker()
    yield asked
    asked.close()
