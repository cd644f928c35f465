"""Claim files under pytest: collected by name and content, failed with the reason, long simulations skipped."""

from importlib.metadata import entry_points
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given

from lemmata.claims.testing import strategies
from lemmata.claims.testing.plugin import states_claims

pytest_plugins = ["pytester"]

FILE = """
from lemmata.claims import measured, state


def slow_check(value=1.0):
    return [measured("one", 1.0, near=value, within=0.1, why="exact")]


CLAIMS = (
    state("t.true", "2*a*b <= a**2 + b**2"),
    state("t.false", "sqrt(x**2) == x"),
    state("t.slow", check=slow_check, slow=True),
)
"""


def test_a_claim_file_is_a_test_file(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(my_claims=FILE, test_other="CLAIMS = ()\n\ndef test_plain():\n    assert True\n")
    installed = entry_points(group="pytest11", name="lemmata")  # then pytest loads it by itself
    plugin = ("-p", "no:cacheprovider", *(() if installed else ("-p", "lemmata.claims.testing.plugin")))
    result = pytester.runpytest_subprocess(*plugin)
    result.assert_outcomes(passed=2, failed=1, skipped=1)
    result.stdout.fnmatch_lines(["*t.false: refuted, expected proved:*false at {'x': *"])
    full = pytester.runpytest_subprocess(*plugin, "--lemmata-full", "-k", "slow")
    full.assert_outcomes(passed=1, deselected=3)


@pytest.mark.parametrize(
    ("name", "content", "collected"),
    [
        ("my_claims.py", "CLAIMS = ()", True),
        ("claims_of_mine.py", "CLAIMS: tuple = ()", True),
        ("my_claims.py", "def f():\n    CLAIMS = ()", False),
        ("my_claims.py", "CLAIMS = (", False),
        ("claims.py", "CLAIMS = ()", False),
        ("test_my_claims.py", "CLAIMS = {}", False),
        ("my_claims.txt", "CLAIMS = ()", False),
    ],
)
def test_claim_files_are_known_by_name_and_content(name: str, content: str, collected: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    assert states_claims(path) is collected


@given(strategies.unit_row_matrices(), strategies.gram_matrices(), strategies.covariances(), strategies.problems())
def test_what_is_drawn_is_what_is_said(rows, gram, variances, problem) -> None:
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, rtol=0, atol=1e-12)
    assert np.array_equal(gram, gram.T)
    assert np.all(np.diag(gram) == 1.0)
    assert np.linalg.eigvalsh(gram)[0] > -1e-12
    assert np.all(variances > 0)
    x, y, lam = problem
    assert x.shape == y.shape
    assert lam > 0
    assert np.all(np.isfinite(x))
    assert np.all(np.isfinite(y))
