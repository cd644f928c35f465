"""Contestants that do one thing each, for workers that find this folder on PYTHONPATH."""

import os
import time

import numpy as np

from lemmata.reports.bench.problem import Answer, Network, Problem

WARM = 24  # a call with this many points is the warm-up and leaves no trace


def _note(name: str, problem: Problem) -> None:
    log = os.environ.get("FAKE_LOG")
    if log and len(problem.x) != WARM:
        with open(log, "a", encoding="utf-8") as file:
            file.write(f"{name} {problem.setting.name} {len(problem.x)} {problem.seed}\n")


def truth(problem: Problem) -> Answer:
    """A reference: sin 3x, known to within 0.5, with three segments."""
    return Answer(fitted=np.sin(3 * problem.x), detail={"radius": 0.5, "radius_from": "gap", "segments": 3})


def uncertified(problem: Problem) -> Answer:
    """A reference that crashes when asked for a certificate."""
    if problem.options["certify"]:
        raise RuntimeError("no certificate here")
    return truth(problem)


def good(problem: Problem) -> Answer:
    """A tenth of a second, values 2 off, and the options it was given."""
    _note("good", problem)
    if len(problem.x) != WARM:
        time.sleep(0.11)
    detail = {"segments": problem.options["segments"], "epochs": problem.options["epochs"]}
    return Answer(fitted=np.sin(3 * problem.x) + 2.0, averaged=np.sin(3 * problem.x) - 0.25, detail=detail)


def brief(problem: Problem) -> Answer:
    """Well under a tenth of a second, with a network."""
    return Answer(Network(np.array([3.0]), np.array([4.0]), np.array([0.0])))


def slow(problem: Problem) -> Answer:
    """Never ends, except in the warm-up."""
    _note("slow", problem)
    if len(problem.x) != WARM:
        time.sleep(600)
    return truth(problem)


def plodding(problem: Problem) -> Answer:
    """A thousandth of its work in a tenth of a second, as it says itself."""
    if len(problem.x) != WARM:
        for k in range(1, 1001):
            time.sleep(0.1)
            problem.told(k / 1000)
    return truth(problem)


def steady(problem: Problem) -> Answer:
    """Two seconds, all along as it says itself."""
    if len(problem.x) != WARM:
        for k in range(1, 21):
            time.sleep(0.1)
            problem.told(k / 20)
    return truth(problem)


def hog(problem: Problem) -> Answer:
    """Takes 400 MiB and holds them, except in the warm-up."""
    if len(problem.x) != WARM:
        taken = np.ones(50 * 2**20)
        time.sleep(600)
        taken[0] = 0.0
    return truth(problem)


def crash(problem: Problem) -> Answer:
    """Raises, except in the warm-up."""
    _note("crash", problem)
    if len(problem.x) != WARM:
        raise ArithmeticError("the matrix is singular")
    return truth(problem)


def die(problem: Problem) -> Answer:
    """Ends its process by a signal."""
    os.abort()


def diverge(problem: Problem) -> Answer:
    """Values that are no numbers."""
    return Answer(fitted=np.full(len(problem.x), np.nan))


def short(problem: Problem) -> Answer:
    """Too few values."""
    return Answer(fitted=problem.y[1:])
