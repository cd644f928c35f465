"""What one would use today: convex solvers on a grid of knots, and segmented least squares; imported when called.

Every matrix is built inside the timed call, as a user has to. Where there are more points than grid knots the solvers
get the square factor R of K = QR (or scikit-learn its Gram matrix) instead of K: the problem is the same, and it is the
faster way.
"""

from __future__ import annotations

import math
import warnings

import numpy as np
from numpy.typing import NDArray

from .problem import Answer, Network, Problem, live_grid

Array = NDArray[np.float64]


def _features(problem: Problem) -> tuple[Array, Array, Array]:
    """Grid directions (w, b), each (G,), and the matrix (x w + b)₊ of shape (M, G)."""
    w, b = live_grid(problem.x, int(problem.options["grid"]))
    matrix = np.multiply.outer(problem.x, w)
    matrix += b
    np.maximum(matrix, 0.0, out=matrix)
    return w, b, matrix


def clarabel(problem: Problem) -> Answer:
    """min ½ (1/M) |y − Kc|² + λ |c|₁ on a grid of knots, by CVXPY with Clarabel at its default tolerances."""
    import cvxpy as cp

    w, b, matrix = _features(problem)
    points, size = matrix.shape
    target = problem.y
    if points > size:
        matrix, target, rest = _reduced(matrix, target)
    else:
        rest = 0.0
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


def _reduced(matrix: Array, target: Array) -> tuple[Array, Array, float]:
    """R and Qᵀy with |y − Kc|² = |Qᵀy − Rc|² + rest, K = QR taken block of rows by block of rows."""
    size = matrix.shape[1]
    factor, image = np.zeros((0, size)), np.zeros(0)
    for start in range(0, len(matrix), 4 * size):
        rows = slice(start, start + 4 * size)
        q, factor = np.linalg.qr(np.vstack([factor, matrix[rows]]))
        image = q.T @ np.concatenate([image, target[rows]])
    return factor, image, max(float(target @ target - image @ image), 0.0)


def _lasso(problem: Problem, tolerance: float) -> Answer:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import Lasso

    w, b, matrix = _features(problem)
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
