"""Scikit-learn estimators: regression of one feature with the infinitely wide ReLU network, solved exactly."""

from .cross_validation import WideReLURegressorCV
from .regressor import WideReLURegressor

__all__ = ["WideReLURegressor", "WideReLURegressorCV"]
