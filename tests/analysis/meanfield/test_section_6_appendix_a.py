"""Section 6.2, Appendix A and vanishing temperature: the records hold, and the formulas agree with other routes."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemmata.claims.meanfield import (
    appendix_a_bounds,
    appendix_a_limits,
    appendix_a_smoothing,
    errata_appendix_a,
    mixtures,
    section_6_cold,
    temperature,
)
from lemmata.numerics.meanfield import fit_wide_relu

MODULES = (appendix_a_limits, appendix_a_smoothing, mixtures, section_6_cold)


def test_every_record_has_mutants_and_errata_come_in_pairs():
    for module in (*MODULES, appendix_a_bounds, temperature):
        assert all(claim.mutants for claim in module.CLAIMS)
    printed, corrected = errata_appendix_a.CLAIMS
    assert (printed.counterpart, corrected.counterpart) == (corrected.id, printed.id)


@settings(max_examples=10, deadline=None)
@given(
    st.lists(st.floats(-20, 20), min_size=1, max_size=6, unique=True),
    st.integers(0, 10**6),
    st.floats(-6, 1),
    st.floats(0, 5),
)
def test_the_risk_is_below_the_square_of_the_penalty(x, seed, log_lam, log_scale):
    """mf.risk-square on any data: unsorted, near to one another, loud targets, every temperature."""
    x = np.array(x)
    gap = float(np.min(np.diff(np.sort(x)))) if len(x) > 1 else 1.0
    y = 10.0 ** (log_scale - 2) * np.random.default_rng(seed).normal(size=len(x))
    lam = 10.0**log_lam
    eps = max(gap, 1e-300)
    size = (np.sqrt(1 + (x - eps) ** 2) + 2 * np.sqrt(1 + x**2) + np.sqrt(1 + (x + eps) ** 2)) / eps
    for beta in (1.0 / lam, 1e4 / lam):
        if not 1e-150 < beta * lam * lam < 1e150:
            continue
        r = (fit_wide_relu(x, y, lam=lam, beta=beta).fitted - y) / len(x)
        # fitted - y loses the digits that the two share
        assert np.all(np.abs(r) <= lam * size * (1 + 1e-6) + 1e-9 * np.max(np.abs(y)))


@pytest.mark.parametrize("lam", [0.1, 1.0, 1.9])
@pytest.mark.parametrize("x", [2.0, 10.0])
def test_the_next_term_of_the_free_energy_holds_elsewhere(lam, x):
    """mf.law-free-energy at other penalties and distances than the claim's."""
    data = [-x, x], [2.0, 2.0]
    limit = fit_wide_relu(*data, lam=lam)
    size = sum(abs(u.c) ** (1 / 3) for u in limit.units or ())
    constant = math.log(lam) - 1.5 * math.log(size) - math.log(math.pi * math.sqrt(2 * math.pi)) - 0.5
    beta = 1e6
    error = beta * (fit_wide_relu(*data, lam=lam, beta=beta).objective - limit.objective) - math.log(beta) - constant
    assert abs(error) < 1e-3
