"""What one would use today: convex solvers on a grid of knots, and segmented least squares; imported when called.

Every matrix is built inside the timed call, as a user has to. Where there are more points than grid knots the solvers
get the square factor R of K = QR (or scikit-learn its Gram matrix) instead of K: the problem is the same, and it is the
faster way. K itself is then never held whole for Clarabel.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
from numpy.typing import NDArray

from .problem import Answer, Network, Problem, live_grid

Array = NDArray[np.float64]


def _features(x: Array, w: Array, b: Array) -> Array:
    """The matrix (x w + b)₊ of shape (M, G)."""
    matrix = np.multiply.outer(x, w)
    matrix += b
    return np.maximum(matrix, 0.0, out=matrix)


def _reduced(x: Array, y: Array, w: Array, b: Array) -> tuple[Array, Array, float]:
    """R and Qᵀy with |y − Kc|² = |Qᵀy − Rc|² + rest, K = QR taken block of rows by block of rows."""
    factor, image = np.zeros((0, len(w))), np.zeros(0)
    for start in range(0, len(x), 4 * len(w)):
        rows = slice(start, start + 4 * len(w))
        q, factor = np.linalg.qr(np.vstack([factor, _features(x[rows], w, b)]))
        image = q.T @ np.concatenate([image, y[rows]])
    return factor, image, max(float(y @ y - image @ image), 0.0)


def clarabel(problem: Problem) -> Answer:
    """min ½ (1/M) |y − Kc|² + λ |c|₁ on a grid of knots, by CVXPY with Clarabel at its default tolerances."""
    import cvxpy as cp

    points, size = len(problem.x), int(problem.options["grid"])
    w, b = live_grid(problem.x, size)
    if points > size:
        matrix, target, rest = _reduced(problem.x, problem.y, w, b)
    else:
        matrix, target, rest = _features(problem.x, w, b), problem.y, 0.0
    weights = cp.Variable(size)
    loss = (cp.sum_squares(matrix @ weights - target) + rest) / (2 * points)
    task = cp.Problem(cp.Minimize(loss + problem.setting.lam * cp.norm1(weights)))
    task.solve(solver=cp.CLARABEL)
    if weights.value is None:
        return Answer(detail={"solver_status": str(task.status)}, fitted=np.full(points, math.nan))
    detail: dict[str, float | str | bool | None] = {
        "solver_status": str(task.status),
        "iterations": int(task.solver_stats.num_iters or 0),
        "grid": size,
    }
    return Answer(Network(w, b, np.asarray(weights.value, dtype=np.float64)), detail=detail)


def _lasso(problem: Problem, tolerance: float) -> Answer:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import Lasso

    w, b = live_grid(problem.x, int(problem.options["grid"]))
    matrix = _features(problem.x, w, b)
    model = Lasso(
        alpha=problem.setting.lam, fit_intercept=False, tol=tolerance, max_iter=int(problem.options["sweeps"]),
        precompute=len(matrix) > matrix.shape[1], copy_X=False,
    )  # fmt: skip
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model.fit(matrix, problem.y)
    detail: dict[str, float | str | bool | None] = {
        "iterations": int(model.n_iter_),
        "tolerance": tolerance,
        "solver_converged": not any(issubclass(note.category, ConvergenceWarning) for note in caught),
        "grid": len(w),
    }
    return Answer(Network(w, b, np.asarray(model.coef_, dtype=np.float64)), detail=detail)


def lasso(problem: Problem) -> Answer:
    """The same problem by scikit-learn's coordinate descent at its default tolerance 1e-4.

    The columns are (x w + b)₊ for unit directions (w, b): scaled as the penalty weighs them.

    >>> from .problem import SETTINGS, make_data
    >>> answer = lasso(Problem(*make_data(30, 0), SETTINGS["limit"], options={"grid": 40, "sweeps": 10_000}))
    >>> answer.detail["solver_converged"]
    True
    """
    return _lasso(problem, 1e-4)


def lasso_tight(problem: Problem) -> Answer:
    """The same at tolerance 1e-8, as far as the sweeps of option `sweeps` reach."""
    return _lasso(problem, 1e-8)


def pwlf(problem: Problem) -> Answer:
    """Least squares over continuous piecewise linear functions, unpenalised, as many segments as the exact limit.

    Another problem: its knots are free, its slopes cost nothing, and it can only be compared in its distance from the
    data. By pwlf's `fitfast`, from four random starts.
    """
    from pwlf import PiecewiseLinFit

    segments = int(problem.options["segments"])
    model = PiecewiseLinFit(problem.x, problem.y, seed=problem.seed)
    model.fitfast(segments, pop=4)
    fitted = np.asarray(model.predict(problem.x), dtype=np.float64)
    return Answer(fitted=fitted, detail={"segments": segments})
