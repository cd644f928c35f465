"""The infinitely wide ReLU network: exact regression, knots and simulation."""

from .errors import MeanFieldInputError, NonUniquePredictorWarning
from .fit import WideReluFit, fit_wide_relu
from .result import Affine, Bend, Knot, Stop, Undecided, Unit

__all__ = [
    "Affine",
    "Bend",
    "Knot",
    "MeanFieldInputError",
    "NonUniquePredictorWarning",
    "Stop",
    "Undecided",
    "Unit",
    "WideReluFit",
    "fit_wide_relu",
]
