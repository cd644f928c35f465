"""Benchmarks: this project's exact solvers beside what one would use today, measured in one run on one machine."""

from .errors import BenchmarkError
from .results import BENCHMARKS, load
from .run import Plan, make_plan, measure
from .summary import summarise

__all__ = ["BENCHMARKS", "BenchmarkError", "Plan", "load", "make_plan", "measure", "summarise"]
