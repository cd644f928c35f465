"""Scikit-learn estimators: exact infinitely wide ReLU regression of one feature, and two-layer autoencoders."""

from .autoencoder import TwoLayerAutoencoder
from .cross_validation import WideReLURegressorCV
from .regressor import WideReLURegressor

__all__ = ["TwoLayerAutoencoder", "WideReLURegressor", "WideReLURegressorCV"]
