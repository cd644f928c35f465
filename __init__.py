"""lemmata: checked mathematics of wide two-layer networks, and the software it promises.

The names below are the ones most users need; each is loaded from its floor when it is first asked for, so that
``import lemmata`` costs nothing.

>>> import lemmata
>>> "fit_wide_relu" in dir(lemmata)
True
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .claims import Claim
    from .numerics.autoencoder import (
        TrainResult,
        lower_bound,
        minimizer,
        optimal_decoder,
        risk,
        sharp_bound,
        train,
        water_filling,
    )
    from .numerics.estimators import WideReLURegressor, WideReLURegressorCV
    from .numerics.meanfield import WideReluFit, fit_wide_relu

__version__ = "0.1.0"

_HOMES = {
    "Claim": "claims",
    "TrainResult": "numerics.autoencoder",
    "WideReLURegressor": "numerics.estimators",
    "WideReLURegressorCV": "numerics.estimators",
    "WideReluFit": "numerics.meanfield",
    "fit_wide_relu": "numerics.meanfield",
    "lower_bound": "numerics.autoencoder",
    "minimizer": "numerics.autoencoder",
    "optimal_decoder": "numerics.autoencoder",
    "risk": "numerics.autoencoder",
    "sharp_bound": "numerics.autoencoder",
    "train": "numerics.autoencoder",
    "water_filling": "numerics.autoencoder",
}

__all__ = [
    "Claim",
    "TrainResult",
    "WideReLURegressor",
    "WideReLURegressorCV",
    "WideReluFit",
    "__version__",
    "fit_wide_relu",
    "lower_bound",
    "minimizer",
    "optimal_decoder",
    "risk",
    "sharp_bound",
    "train",
    "water_filling",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
