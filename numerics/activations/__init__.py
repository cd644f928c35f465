"""Activations: read from text, decided odd or not, and integrated against the Gaussian with enclosures."""

from .activation import Activation, activation
from .errors import ActivationError, NumericalRangeError

__all__ = ["Activation", "ActivationError", "NumericalRangeError", "activation"]
