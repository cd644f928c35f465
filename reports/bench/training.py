"""Training a finite network in PyTorch, as the paper does and with all points in each step; imported when called."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .problem import Answer, Network, Problem

_AVERAGED = 500  # snapshots averaged over the second half of training


def _answer(theta: Any, mean: Any, count: int, detail: dict[str, float | str | bool | None]) -> Answer:
    a, w, b = (np.asarray(part.numpy(), dtype=np.float64) for part in theta)
    averaged = np.asarray((mean / count).numpy(), dtype=np.float64) if count else None
    return Answer(Network(w, b, a / len(a)), averaged=averaged, detail=detail)


def _start(problem: Problem) -> tuple[Any, Any, Any, int]:
    """Inputs, targets and standard normal weights (a, w, b) of shape (3, N), with the number of epochs."""
    import torch

    torch.manual_seed(problem.seed)
    torch.set_grad_enabled(False)
    x = torch.from_numpy(problem.x.astype(np.float32))
    y = torch.from_numpy(problem.y.astype(np.float32))
    return x, y, torch.randn(3, int(problem.options["neurons"])), int(problem.options["epochs"])


def _values(theta: Any, x: Any) -> Any:
    import torch

    return torch.relu(torch.outer(x, theta[1]).add_(theta[2])) @ theta[0] / theta.shape[1]


def noisy_sgd(problem: Problem) -> Answer:
    """Noisy stochastic gradient descent (3.3): one point a step, every point once an epoch, in random order.

    θ ← (1 − 2λs)θ + 2s(y − f(x)) ∇(a(wx + b)₊) + √(4s/β) g in single precision, with the gradient written out, which is
    several times faster than automatic differentiation at this size. Learning rate 1 on the loss (3.2) means
    s = 1/N, since its gradient in one neuron carries the factor 1/N of (3.1). The noise is √(4s/β), at which the
    stationary law is that of inverse temperature β; the printed √(2s/β) belongs to 2β.

    Source: JMLR 23(130), (3.3) and Section 7.
    """
    import torch

    x, y, theta, epochs = _start(problem)
    count = theta.shape[1]
    rate = 1.0 / count
    shrink, spread = 1.0 - 2.0 * problem.setting.lam * rate, math.sqrt(4.0 * rate / problem.setting.beta)
    a, w, b = theta
    hidden, active, noise = torch.empty(count), torch.empty(count), torch.empty(3, count)
    inputs, targets = x.tolist(), y.tolist()
    mean, taken = torch.zeros(len(x)), 0
    every = max(epochs // (2 * _AVERAGED), 1)
    for epoch in range(1, epochs + 1):
        for k in torch.randperm(len(inputs)).tolist():
            point = inputs[k]
            torch.add(b, w, alpha=point, out=hidden).clamp_(min=0.0)
            push = 2.0 * rate * (targets[k] - torch.dot(a, hidden).item() / count)
            torch.sign(hidden, out=active).mul_(a)
            theta.mul_(shrink)
            a.add_(hidden, alpha=push)
            w.add_(active, alpha=push * point)
            b.add_(active, alpha=push)
            if spread > 0.0:
                theta.add_(noise.normal_(), alpha=spread)
        if 2 * epoch > epochs and epoch % every == 0:
            mean, taken = mean + _values(theta, x), taken + 1
        problem.told(epoch / epochs)
    return _answer(theta, mean, taken, {"epochs": epochs, "neurons": count, "step": rate, "batch": 1})


def noisy_descent(problem: Problem) -> Answer:
    """The same with all points in each step and the step size of option `step`: as many passes, far fewer operations.

    An epoch is one step here, so that the paper's step 1/N would stop long before the weights forget their start; the
    larger one is near the largest that is stable.

    Source: JMLR 23(130), (3.2) and (3.4), noise as in `noisy_sgd`.
    """
    import torch

    x, y, theta, epochs = _start(problem)
    count, points, rate = theta.shape[1], len(x), float(problem.options["step"])
    shrink, spread = 1.0 - 2.0 * problem.setting.lam * rate, math.sqrt(4.0 * rate / problem.setting.beta)
    a, w, b = theta
    design = torch.stack([x, torch.ones(points)])
    hidden, active, noise = torch.empty(points, count), torch.empty(points, count), torch.empty(3, count)
    mean, taken = torch.zeros(points), 0
    every = max(epochs // (2 * _AVERAGED), 1)
    for epoch in range(1, epochs + 1):
        torch.outer(x, w, out=hidden).add_(b).clamp_(min=0.0)
        fitted = hidden @ a / count
        if 2 * epoch > epochs and epoch % every == 0:
            mean, taken = mean + fitted, taken + 1
        push = (2.0 * rate / points) * (y - fitted)
        torch.sign(hidden, out=active)
        turn = ((design * push) @ active).mul_(a)
        theta.mul_(shrink)
        a.add_(push @ hidden)
        theta[1:].add_(turn)
        if spread > 0.0:
            theta.add_(noise.normal_(), alpha=spread)
        problem.told(epoch / epochs)
    detail: dict[str, float | str | bool | None] = {
        "epochs": epochs, "neurons": count, "step": rate, "batch": "all points",
    }  # fmt: skip
    return _answer(theta, mean, taken, detail)
