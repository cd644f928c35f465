"""The two-layer autoencoder x̂ = Aσ(Bx): risk, decoder, bounds, codes, training."""

from ..activations import Activation, ActivationError, activation
from .bounds import lower_bound, sharp_bound
from .covariance_file import CovarianceFileError, read_covariance
from .digits import DigitsResult, digits_experiment
from .minimizer import minimizer
from .risk import MonteCarloRisk, monte_carlo_risk, optimal_decoder, risk
from .summary import BoundSummary, bound_summary
from .training import TrainResult, train
from .water_filling import WaterFilling, water_filling

__all__ = [
    "Activation",
    "ActivationError",
    "BoundSummary",
    "CovarianceFileError",
    "DigitsResult",
    "MonteCarloRisk",
    "TrainResult",
    "WaterFilling",
    "activation",
    "bound_summary",
    "digits_experiment",
    "lower_bound",
    "minimizer",
    "monte_carlo_risk",
    "optimal_decoder",
    "read_covariance",
    "risk",
    "sharp_bound",
    "train",
    "water_filling",
]
