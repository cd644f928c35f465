"""The installed program and others in processes of their own: run to the end, or killed at a random moment."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "lemmata"


def run(
    command: Sequence[str | Path], place: Path, *, environment: Mapping[str, str] | None = None, expected: int = 0
) -> str:
    """The standard output of a program that must end with the expected status."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=place,
        env={**os.environ, "OMP_NUM_THREADS": "1", **(environment or {})},
        capture_output=True,
        text=True,
    )
    assert done.returncode == expected, (command, done.returncode, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


def killed(command: Sequence[str | Path], place: Path, after: float, number: int) -> int:
    """Start a program, send it a signal after some seconds, and return what it ended with.

    SIGKILL goes to the whole group, as when a machine goes down.
    """
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=place,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, number)
    status = process.wait(60)
    if number != signal.SIGKILL:
        return status
    time.sleep(0.2)  # until the workers' locks are gone with them
    return status


def moments(seed: int, count: int, longest: float) -> list[float]:
    """Seconds after which to interrupt, in seeded random order."""
    generator = random.Random(seed)
    return [generator.uniform(0.0, longest) for _ in range(count)]
