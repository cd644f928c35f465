"""Measured claims on real images: where the limit for Gaussian data is reached, and where it is not, and why."""

from __future__ import annotations

from functools import cache

from ...numerics.autoencoder import UniversalityResult, digit_images, photo_patches, universality_experiment
from ...numerics.autoencoder.universality import PATCHES
from ..claim import Claim, Evidence, Mutant, Text

_DIGITS_EXCESS = 0.06
_DIGITS_HELD_OUT = 0.10
_DIGITS_CORRECTED = 0.01
_PHOTO_RATES = (0.5, 1.0)
_PHOTO_CORRECTED = 0.012
_PHOTO_FAILS = 0.3
_PHOTO_STEPS = 100


@cache  # a claim and its mutants judge the same experiment
def _on_digits() -> UniversalityResult:
    return universality_experiment(digit_images(), seed=0)


@cache
def _on_patches(kind: str, rates: tuple[float, ...], training_steps: int = 0) -> UniversalityResult:
    return universality_experiment(photo_patches(kind), rates=rates, training_steps=training_steps, seed=0)


def measure_digits(corrected: bool = True) -> list[Evidence]:
    """Return the risks of Gaussian-optimal sign codes on whitened digits, against the bound and its correction.

    Arguments:
        corrected: knob of the mutant, whether the bound is corrected for a scale mixture.

    Returns:
        Three entries for each rate.

    Example:
        >>> all(e.passed for e in measure_digits())
        True
    """
    found = []
    for row in _on_digits().rows:
        assert row.corrected_bound is not None
        excess = row.untrained.known / row.bound - 1.0
        found.append(
            Evidence(
                f"excess on the whitened images at rate {row.rate:.2f}",
                f"{excess:.4f}",
                0.0 <= excess <= _DIGITS_EXCESS,
                tolerance=f"0 to {_DIGITS_EXCESS:g}",
                reason="the catalogue's range for this data set: 1 to 6 % up to rate 1; the data are not Gaussian",
                seed=0,
            )
        )
        unseen = row.untrained.held_out / row.bound - 1.0
        found.append(
            Evidence(
                f"excess on held-out images at rate {row.rate:.2f}",
                f"{unseen:.4f}",
                0.0 <= unseen <= _DIGITS_HELD_OUT,
                tolerance=f"0 to {_DIGITS_HELD_OUT:g}",
                reason="over splits the excess at rate 1 spreads by 0.016 about its mean 0.065",
                seed=0,
            )
        )
        reference = row.corrected_bound if corrected else row.bound
        distance = row.untrained.known / reference - 1.0
        found.append(
            Evidence(
                f"distance to the corrected bound at rate {row.rate:.2f}",
                f"{distance:.4f}",
                abs(distance) <= _DIGITS_CORRECTED,
                tolerance=f"{_DIGITS_CORRECTED:g}",
                reason="the scale e is estimated from 2000 directions, to a few thousandths; the mean loss over 1348 "
                "images has a standard error of about half a per cent",
                seed=0,
            )
        )
    return found


def measure_photos(corrected: bool = True) -> list[Evidence]:
    """Return the losses of Gaussian-optimal sign codes on photo patches, against the bound and its correction.

    Arguments:
        corrected: knob of the mutant, whether the bound is corrected for a scale mixture.

    Returns:
        Two entries for each kind of patch and rate, and three on raw patches at rate one.

    Example:
        >>> all(e.passed for e in measure_photos())
        True
    """
    found = []
    for kind in PATCHES:
        for row in _on_patches(kind, _PHOTO_RATES).rows:
            assert row.corrected_bound is not None
            assert row.untrained_prediction is not None
            assert row.rescaled is not None
            for name, value, mixture in (
                ("decoder times e", row.rescaled.known, row.corrected_bound),
                ("decoder as for Gaussian data", row.untrained.known, row.untrained_prediction),
            ):
                reference = mixture if corrected else row.bound
                found.append(
                    Evidence(
                        f"{kind} patches at rate {row.rate:.2f}, {name}",
                        f"{value:.4f}, scale mixture {mixture:.4f}, Gaussian bound {row.bound:.4f}",
                        abs(value - reference) <= _PHOTO_CORRECTED,
                        tolerance=f"{_PHOTO_CORRECTED:g} about the scale mixture",
                        reason="the correction is for the mean over rotations of the code; over codes the loss on raw "
                        "patches spreads by 0.006, the scale e by 0.002",
                        seed=0,
                    )
                )
    (row,) = _on_patches("raw", (1.0,), _PHOTO_STEPS).rows
    assert row.rescaled is not None
    assert row.corrected_bound is not None
    assert row.trained is not None
    found.append(
        Evidence(
            "excess over the Gaussian bound on held-out raw patches at rate 1.00, decoder times e",
            f"{row.rescaled.held_out - row.bound:.4f}",
            row.rescaled.held_out - row.bound >= _PHOTO_FAILS,
            tolerance=f"at least {_PHOTO_FAILS:g}",
            reason="the bound for Gaussian data says nothing about these: 1 - e^2 of the variance is lost to the scale",
            seed=0,
        )
    )
    found += [
        Evidence(
            f"held-out raw patches at rate 1.00, {name}",
            f"{value:.4f}, corrected bound {row.corrected_bound:.4f}, Gaussian bound {row.bound:.4f}",
            row.bound + 0.1 < value < row.corrected_bound - 0.05,
            tolerance="below the corrected bound by 0.05, above the Gaussian one by 0.1",
            reason="raw patches are not quite a scale mixture: brightness and texture have scales of their own, "
            "which a decoder fitted to them uses",
            seed=0,
        )
        for name, value in (("decoder fitted", row.refitted.held_out), ("encoder trained", row.trained.held_out))
    ]
    return found


CLAIMS = (
    Claim(
        id="ae.digits",
        title="the limit on handwritten digits",
        paper="icml",
        relation="as-claimed",
        locator="abstract (universality on standard data sets)",
        kind="empirical",
        expected="supported",
        statement=Text(
            "On scikit-learn's digits the Gaussian-optimal sign code, untrained, lies up to rate 1 within 6 % "
            "above the Gaussian bound on the images that set the whitening, within 10 % on others, and within 1 % of "
            "the bound corrected for a scale mixture.",
            r"R_{\text{digits}}\approx1-e^2\left(1-R_{\text{bound}}\right)",
        ),
        evidence=measure_digits,
        mutants=(Mutant("uncorrected", "hypothesis", {"corrected": False}, prose="Within 1 % of the plain bound."),),
    ),
    Claim(
        id="ae.photo",
        title="the limit fails on photo patches",
        paper="icml",
        relation="corrected",
        locator="abstract (universality on standard data sets)",
        kind="empirical",
        expected="supported",
        slow=True,
        statement=Text(
            "On patches of 8 x 8 pixels of photographs the Gaussian-optimal sign code misses the Gaussian bound: 0.72 "
            "against 0.36 on raw patches at rate 1. The scale mixture explains it, with e = 0.66 (raw), 0.60 (mean "
            "taken off), 0.93 (contrast normalised): within 0.012 the loss is 1 - e^2(1 - bound) where the decoder is "
            "scaled by e, and 1 - (2e - 1)(1 - bound) where it is not.",
            r"R_{\text{photo}}\approx1-e^2\left(1-R_{\text{bound}}\right)",
        ),
        evidence=measure_photos,
        mutants=(Mutant("uncorrected", "hypothesis", {"corrected": False}, prose="The plain bound holds too."),),
    ),
)
