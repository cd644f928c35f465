"""The two-layer autoencoder x̂ = Aσ(Bx): risk, decoder, bounds, codes, training."""

from ..activations import Activation, ActivationError, activation
from .bounds import lower_bound, sharp_bound
from .covariance_file import CovarianceFileError, read_covariance
from .image_files import ImageFileError, read_images
from .minimizer import minimizer
from .risk import MonteCarloRisk, monte_carlo_risk, optimal_decoder, risk
from .sparse import SparseSource, best_dither, identity_risk, mean_modulus
from .sparse_codes import OrthogonalCode, cascade, dithered_identity, identity_code, quarter_turns
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
    "OrthogonalCode",
    "SparseSource",
    "TrainResult",
    "UniversalityResult",
    "WaterFilling",
    "activation",
    "best_dither",
    "bound_summary",
    "cascade",
    "digit_images",
    "dithered_identity",
    "identity_code",
    "identity_risk",
    "lower_bound",
    "mean_modulus",
    "minimizer",
    "monte_carlo_risk",
    "optimal_decoder",
    "photo_patches",
    "quarter_turns",
    "read_covariance",
    "read_images",
    "risk",
    "sharp_bound",
    "train",
    "universality_experiment",
    "water_filling",
]
