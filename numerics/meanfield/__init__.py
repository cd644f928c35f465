"""The infinitely wide ReLU network: exact regression, knots and simulation."""

from .breakpoints import Breakpoint, PathEvent
from .dual_curve import DualCurve, Peak
from .errors import MeanFieldInputError, NonUniquePredictorWarning
from .fit import fit_wide_relu
from .fokker_planck import DensityFlow, solve_fokker_planck
from .noisy_run import TrainingHistory
from .path import WideReluPath, wide_relu_path
from .plot import plot_fit
from .result import Affine, Bend, Knot, Stop, Undecided, Unit
from .training import TrainedNetwork, simulate_langevin, train_noisy_sgd
from .two_point import TwoPointSolution, two_point_solution
from .wide_fit import WideReluFit

__all__ = [
    "Affine",
    "Bend",
    "Breakpoint",
    "DensityFlow",
    "DualCurve",
    "Knot",
    "MeanFieldInputError",
    "NonUniquePredictorWarning",
    "PathEvent",
    "Peak",
    "Stop",
    "TrainedNetwork",
    "TrainingHistory",
    "TwoPointSolution",
    "Undecided",
    "Unit",
    "WideReluFit",
    "WideReluPath",
    "fit_wide_relu",
    "plot_fit",
    "simulate_langevin",
    "solve_fokker_planck",
    "train_noisy_sgd",
    "two_point_solution",
    "wide_relu_path",
]
