"""Measured claims: universality of Gaussian-optimal codes, quantisers at equal bits, encoder biases."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import scipy.special
from flint import arb
from numpy.typing import NDArray

from ...numerics.activations import activation
from ...numerics.autoencoder.bounds import rate_bound
from ...numerics.autoencoder.minimizer import haar_matrix
from ...numerics.autoencoder.row_moments import dense_modulus
from ...numerics.autoencoder.sparse import SparseSource, mean_modulus
from ..claim import Claim, Evidence, Mutant, Text

Array = NDArray[np.float64]

_NORMAL = math.sqrt(2.0 / math.pi)


def measure_universality(dense: bool = True) -> list[Evidence]:
    """Return E|b.x| for dense rows of independent coordinates that are not Gaussian, against the Gaussian's.

    By Stein's identity c_1 is what a sign keeps of its direction, E|b.x| in a tied code; characteristic functions give
    it without simulation.

    Arguments:
        dense: knob of the mutant, whether the rows are those of a Haar matrix or axes.

    Returns:
        An entry for each law and dimension.

    Example:
        >>> all(e.passed for e in measure_universality())
        True
    """
    found = []
    for law, p in (("rademacher", 1.0), ("uniform", 1.0), ("laplace", 0.5)):
        source = SparseSource(p, law)
        for d in (50, 200):
            if dense:
                rows = haar_matrix(d, np.random.default_rng(d))[:6]
                value = float(np.mean([dense_modulus(row, source) for row in rows]))
            else:
                value = mean_modulus([1.0], source)
            tolerance = abs(source.kurtosis) / (6.0 * d)
            found.append(
                Evidence(
                    f"E|b.x| over sqrt(2/pi), less 1, {law}, p = {p}, d = {d}", f"{value / _NORMAL - 1:.2e}",
                    abs(value / _NORMAL - 1.0) <= tolerance, None, f"{tolerance:.1e}",
                    "the first correction is -kurtosis/24 times sum b^4, about 3/d; a third more is allowed", d,
                )
            )  # fmt: skip
    return found


def measure_scale(corrected: bool = True) -> list[Evidence]:
    """Return the risk of Haar codes on data whose length is not concentrated, against the corrected Gaussian bound.

    Arguments:
        corrected: knob of the mutant, whether the bound is corrected.

    Returns:
        An entry for each rate.

    Example:
        >>> all(e.passed for e in measure_scale())
        True
    """
    generator, d, count = np.random.default_rng(0), 40, 40_000
    t = np.sqrt(generator.exponential(1.0, count))  # E t^2 = 1, E t = sqrt(pi)/2
    x = t[:, None] * generator.standard_normal((count, d))
    e2 = math.pi / 4.0 if corrected else 1.0
    found = []
    for rate in (0.5, 1.0):
        B = haar_matrix(d, generator)[: round(rate * d)]
        code = np.where(x @ B.T >= 0.0, 1.0, -1.0)
        scale = float(np.mean(np.abs(x @ B.T)))
        losses = np.mean((x - scale * code @ B) ** 2, axis=1)
        error = float(np.std(losses)) / math.sqrt(count)
        expected = 1.0 - e2 * (1.0 - rate_bound(rate, math.pi / 2.0 - 1.0))
        value = float(np.mean(losses))
        found.append(
            Evidence(
                f"risk at rate {rate}: {expected:.4f}", f"{value:.4f}", abs(value - expected) <= 5.0 * error, None,
                f"{5.0 * error:.4f}", "five standard errors; the mean of 40000 losses", 0,
            )
        )  # fmt: skip
    return found


def lloyd_distortion(levels: int) -> float:
    """Return the distortion of Lloyd and Max's quantiser of a standard normal, by iterating the two conditions.

    Arguments:
        levels: the number of values, 2 or more.

    Returns:
        1 - E s^2.

    Example:
        >>> round(lloyd_distortion(2), 5)
        0.36338
    """
    values = np.linspace(-2.0, 2.0, levels)
    for _ in range(20_000):
        ends = np.concatenate([[-np.inf], (values[1:] + values[:-1]) / 2.0, [np.inf]])
        density = np.exp(-0.5 * ends**2) / math.sqrt(2.0 * math.pi)
        mass = np.diff(scipy.special.ndtr(ends))
        new = (density[:-1] - density[1:]) / mass
        done = float(np.max(np.abs(new - values))) < 1e-13
        values = new
        if done:
            break
    return float(1.0 - mass @ values**2)


def _alphas(most: int) -> dict[int, float]:
    distortions = {levels: lloyd_distortion(levels) for levels in range(2, most + 1)}
    return {levels: D / (1.0 - D) for levels, D in distortions.items()}


_SPLITS = ((0.8, 2, 1.0 - 0.8 * 2.0 / math.pi), (1.3, 2, None), (1.5, 3, 0.2336), (2.0, 4, 0.1175), (3.0, 8, 0.0345),
           (4.0, 16, 0.0095))  # fmt: skip


def measure_split(only: int = 0) -> list[Evidence]:
    """Return the best number of levels at equal bits b = r log2 L, and the bound there.

    Arguments:
        only: knob of the mutant, a number of levels that is said to be the best at any number of bits.

    Returns:
        Two entries for each number of bits, and the two routes to alpha.

    Example:
        >>> all(e.passed for e in measure_split())
        True
    """
    alphas, found = _alphas(16), []
    for levels in (2, 4, 8):
        other = activation(f"quantizer:{levels}").alpha
        found.append(
            Evidence(
                f"alpha of {levels} levels by iteration and by interval Newton",
                f"{alphas[levels] - other:.1e}",
                abs(alphas[levels] - other) <= 1e-10,
                None,
                "1e-10",
                "the iteration ends at 1e-13",
            )
        )
    for bits, best, listed in _SPLITS:
        values = {levels: rate_bound(bits / math.log2(levels), alpha) for levels, alpha in alphas.items()}
        least = min(values, key=lambda levels: values[levels])
        found.append(
            Evidence(
                f"best number of levels at {bits} bits: {only or best}",
                f"{least}",
                least == (only or best),
                None,
                "exact",
                "values between 2 and 16 levels differ by much more than rounding",
            )
        )
        if listed is not None:
            found.append(
                Evidence(
                    f"bound at {bits} bits: {listed:.4f}",
                    f"{values[least]:.5f}",
                    abs(values[least] - listed) <= 6e-5,
                    None,
                    "6e-5",
                    "listed with four digits",
                )
            )
    return found


def measure_hull(rate: float = 1.0) -> list[Evidence]:
    """Return the corners of the convex hull of all points (bits, bound) of 2 to 8 levels: they have rate 1.

    Arguments:
        rate: knob of the mutant, the rate of the corners.

    Returns:
        One entry.

    Example:
        >>> all(e.passed for e in measure_hull())
        True
    """
    points = [(0.0, 1.0, 1.0)]
    for levels, alpha in _alphas(8).items():
        for r in [*np.linspace(0.1, 4.0, 40).tolist(), 1.0]:
            points.append((r * math.log2(levels), rate_bound(r, alpha), r))
    points = [p for p in sorted(points) if p[0] <= 3.0]
    hull: list[tuple[float, float, float]] = []
    for point in points:  # the lower hull; of points with the same bits the first is the lowest
        if hull and point[0] - hull[-1][0] < 1e-9:
            continue
        while len(hull) > 1 and (
            (hull[-1][0] - hull[-2][0]) * (point[1] - hull[-2][1])
            - (point[0] - hull[-2][0]) * (hull[-1][1] - hull[-2][1])
            <= 1e-12
        ):
            hull.pop()
        hull.append(point)
    corners = [corner for corner in hull[1:] if corner[0] >= 1.0 - 1e-9]
    rates = sorted({round(corner[2], 9) for corner in corners})
    return [
        Evidence(f"rates of the corners beyond one bit: {rate:g}", ", ".join(f"{r:g}" for r in rates), rates == [rate],
                 None, "exact", "rates on a grid of step 0.1, up to three bits")
    ]  # fmt: skip


def _slope_sign(lo: arb, hi: arb, factor: arb) -> bool:
    """Whether t (1 - E^2)/2 > factor phi(t) E on [lo, hi], E = erf(t/sqrt 2), in balls."""
    t = lo.union(hi)
    E = (t / arb(2).sqrt()).erf()
    density = (-t * t / 2).exp() / (2 * arb.pi()).sqrt()
    tail = (hi / arb(2).sqrt()).erfc()  # 1 - E^2 = tail (2 - tail), least at hi
    return bool(lo * tail * (2 - tail) / 2 > factor * density * E)


def measure_encoder_bias(factor: int = 1) -> list[Evidence]:
    """Return, in balls, that phi^2/(Phi (1 - Phi)) falls for t from 1/50 to 8: a threshold makes alpha larger.

    Its logarithm falls iff t (1 - E^2)/2 > phi E, E = 2 Phi - 1. Pieces are halved until each is decided.

    Arguments:
        factor: knob of the mutant, a factor of the right side.

    Returns:
        One entry.

    Example:
        >>> all(e.passed for e in measure_encoder_bias())
        True
    """
    ends = [arb(1) / 50 + (8 - arb(1) / 50) * k / 64 for k in range(65)]
    todo = list(pairwise(ends))
    decided, count = True, 0
    while todo and decided:
        lo, hi = todo.pop()
        count += 1
        if not _slope_sign(lo, hi, arb(factor)):
            decided = count < 4000
            middle = (lo + hi) / 2
            todo += [(lo, middle), (middle, hi)]
    return [
        Evidence("phi^2/(Phi (1 - Phi)) falls from t = 0.02 to 8", f"{count} pieces in balls", decided, None, "none",
                 "every piece is decided by balls, or the check fails")
    ]  # fmt: skip


def _claim(
    id: str,
    title: str,
    text: str,
    tex: str,
    evidence: Callable[..., list[Evidence]],
    mutant: Mutant,
    kind: str = "empirical",
    locator: str = "derived in this project",
    paper: str = "own",
    relation: str = "new",
    enclosed: bool = False,
    reason: str = "",
) -> Claim:
    return Claim(
        id=id, title=title, paper=paper, relation=relation, locator=locator, kind=kind,
        expected="enclosed" if enclosed else "supported", statement=Text(text, tex), evidence=evidence,
        mutants=(mutant,), enclosed=enclosed, reason=reason,
    )  # fmt: skip


CLAIMS = (
    _claim(
        "ae.univ",
        "universality for independent coordinates",
        "For independent coordinates with bounded third moments and rows whose entries all tend to 0, the moments of "
        "signs and data tend to those of Gaussian data, and with them the risk.",
        r"\mathbb E\,|b\cdot x|\to\sqrt{2/\pi}\quad(\max_j|b_j|\to0)",
        measure_universality,
        Mutant("axes", "hypothesis", {"dense": False}, prose="Axis rows."),
        kind="cited",
        locator="abstract (universality); Berry-Esseen theorem (P. Billingsley, Probability and Measure, section 27)",
        paper="icml",
        relation="as-claimed",
    ),
    _claim(
        "ae.univ-haar",
        "universality needs a concentrated length",
        "Random projections of data whose length is not concentrated look like scale mixtures of Gaussians: the risk "
        "of Gaussian-optimal codes is that of the corrected bound.",
        r"R\approx1-e^2\left(1-R_{\text{bound}}\right),\qquad e=\mathbb E\,t",
        measure_scale,
        Mutant("uncorrected", "hypothesis", {"corrected": False}, prose="The Gaussian bound itself."),
        kind="cited",
        locator="P. Diaconis and D. Freedman, Asymptotics of graphical projection pursuit, Ann. Statist. 12 (1984) 793",
    ),
    _claim(
        "ae.split",
        "levels against units at equal bits",
        "At equal bits the best number of levels grows: 2 up to about 1.386 bits, 3 at 1.5, 4 at 2, 8 at 3, 16 at 4; "
        "rates stay near 1.",
        r"\min_L\ 1-\frac{r}{\max(r,1)+\alpha_L},\qquad b=r\log_2L",
        measure_split,
        Mutant("two levels", "constant", {"only": 2}, prose="Two levels are the best at any number of bits."),
    ),
    _claim(
        "ae.split-conv",
        "only rate 1 matters under time sharing",
        "The corners of the convex hull of all points (bits, bound) from one bit on are those of rate 1.",
        r"\operatorname{conv}\{(r\log_2L,\ R_L(r))\}",
        measure_hull,
        Mutant("rate 2", "constant", {"rate": 2.0}, prose="Corners of rate 2."),
    ),
    _claim(
        "ae.bias-enc",
        "an encoder bias does not help one unit",
        "For one unit sign(x - t) with a decoder bias, alpha is least at t = 0: what it keeps falls in the threshold.",
        r"\frac{\varphi(t)^2}{\Phi(t)(1-\Phi(t))}\ \text{falls},\quad 0.02\le t\le8",
        measure_encoder_bias,
        Mutant("twice", "constant", {"factor": 2}, prose="Twice the right side of the slope's condition."),
        kind="inequality",
        enclosed=True,
        reason="balls decide it from 0.02 to 8 only, and for a single unit",
    ),
)
