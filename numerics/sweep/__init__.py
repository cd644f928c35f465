"""Many runs from one specification: on the cores of this machine or on a cluster, resumable, in one Parquet file."""

from .errors import SweepError
from .run import SweepResult, sweep
from .spec import Specification, read_specification
from .tasks import TASKS

__all__ = ["TASKS", "Specification", "SweepError", "SweepResult", "read_specification", "sweep"]
