"""The two-layer autoencoder x̂ = Aσ(Bx): risk, decoder, bounds, codes, training."""

from ..activations import Activation, ActivationError, activation
from .bounds import lower_bound, sharp_bound
from .covariance_file import CovarianceFileError, read_covariance
from .image_files import ImageFileError, read_images
from .minimizer import minimizer
from .risk import MonteCarloRisk, monte_carlo_risk, optimal_decoder, risk
from .summary import BoundSummary, bound_summary
from .training import TrainResult, train
from .universality import UniversalityResult, digit_images, photo_patches, universality_experiment
from .water_filling import WaterFilling, water_filling

__all__ = [
    "Activation",
    "ActivationError",
    "BoundSummary",
    "CovarianceFileError",
    "ImageFileError",
    "MonteCarloRisk",
    "TrainResult",
    "UniversalityResult",
    "WaterFilling",
    "activation",
    "bound_summary",
    "digit_images",
    "lower_bound",
    "minimizer",
    "monte_carlo_risk",
    "optimal_decoder",
    "photo_patches",
    "read_covariance",
    "read_images",
    "risk",
    "sharp_bound",
    "train",
    "universality_experiment",
    "water_filling",
]
