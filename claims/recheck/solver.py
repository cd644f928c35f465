"""cvc5 in a process of its own, so that a question that takes too long can be ended at once."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import threading
from pathlib import Path

from ..claim import BadClaim

#: Coverings alone decide what incremental linearisation leaves open, and the other way round.
STRATEGIES: tuple[dict[str, str], ...] = (
    {"nl-ext-tplanes": "true"},
    {"nl-cov": "true", "nl-ext": "none"},
)


_WORKER = Path(__file__).with_name("worker.py")


class NoSolver(BadClaim):
    """cvc5 is not installed."""


def require_solver() -> None:
    """Raise NoSolver where cvc5 is not installed."""
    if importlib.util.find_spec("cvc5") is None:
        raise NoSolver("cvc5 is not installed, and the second opinion is its: pip install 'lemmata[recheck]'")


class Solver:
    """Answers "unsat", "sat", "unknown" or "timeout" to SMT-LIB texts, within so many seconds each."""

    def __init__(self, seconds: float = 2.0) -> None:
        self.seconds = seconds
        self._process: subprocess.Popen[str] | None = None

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def ask(self, text: str) -> str:
        """Return the answer to a script; each strategy has the time, and the first that decides counts."""
        answer = "unknown"
        for options in STRATEGIES:
            answer = self._once(text, options)
            if answer in ("unsat", "sat"):
                break
        return answer

    def _started(self) -> subprocess.Popen[str]:
        """Return the process, which has said that it is ready: its start does not count as thinking."""
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_WORKER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            assert self._process.stdout is not None
            self._process.stdout.readline()
        return self._process

    def _once(self, text: str, options: dict[str, str]) -> str:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Timer(self.seconds, process.kill)
        late.start()
        try:
            process.stdin.write(json.dumps({"text": text, "options": options}) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            late.cancel()
        if not line:  # it was killed
            self.close()
            return "timeout"
        return str(json.loads(line))
