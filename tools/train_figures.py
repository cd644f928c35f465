"""Train the networks of Figures 1, 6b, 7 and 8 and write what the report shows of them.

    python tools/train_figures.py --checkpoints FOLDER [--out FILE] [--epochs N]

Every panel is trained, and Figures 7c and 8c with N = 2000 neurons as well.  The state of a run is kept in the folder:
interrupted and started again, the program goes on where it was, to the same numbers.  On one processor it takes about
half an hour.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from lemmata.numerics.meanfield.paper_figures import EPOCHS
from lemmata.reports.trained_figures import RUNS, STORED, train_all


def main(arguments: list[str] | None = None) -> int:
    """Train what is not trained yet, then write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoints", type=Path, required=True, help="folder for the states of runs")
    parser.add_argument("--out", type=Path, default=STORED, help="file to write")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="epochs of each run")
    chosen = parser.parse_args(arguments)
    chosen.checkpoints.mkdir(parents=True, exist_ok=True)

    def told(number: int, label: str) -> None:
        print(f"{number + 1}/{len(RUNS)} {label}", file=sys.stderr, flush=True)

    train_all(chosen.out, chosen.checkpoints, epochs=chosen.epochs, progress=told)
    return 0


if __name__ == "__main__":
    sys.exit(main())
