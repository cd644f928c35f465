"""The task `sparse`: codes against their exact risks at n and d, the threshold of the identity, the picture."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from lemmata.numerics.autoencoder import SparseSource, cascade
from lemmata.numerics.autoencoder.rows import fitted_decoder
from lemmata.numerics.sweep import read_specification, sweep
from lemmata.numerics.sweep.diagram import draw_diagram, grid
from lemmata.numerics.sweep.sparse_codes import known_risks, trained_code

DIAGRAM = ("p", "rate", "advantage")


def _rows(folder: Path, axes: str) -> list[dict[str, Any]]:
    (folder / "s.toml").write_text(f'task = "sparse"\n[axes]\n{axes}\n', "utf-8")
    return [dict(row) for row in sweep(read_specification(folder / "s.toml"), folder / "s.parquet", jobs=1).rows]


@pytest.mark.parametrize("n", [3, 8, 12, 20])
def test_codes_on_a_part_of_the_coordinates_have_the_risk_that_samples_show(n: int) -> None:
    """The second route: encode samples with the code itself, and fit the decoder to them."""
    source, d = SparseSource(0.7), 12
    used = min(n, d)
    x = source.sample(40_000, d, np.random.default_rng(0))
    whole = used - used % 8
    B = np.zeros((used, d))
    B[:whole, :whole] = cascade(8, source).B if whole else 0.0
    B[whole:, whole:used] = np.eye(used - whole)
    coin = np.random.default_rng(1).choice([-1.0, 1.0], size=(len(x), used))
    for name, rows in (("cascade", B), ("identity", np.eye(d)[:used])):
        pre = x @ rows.T
        codes = np.where(np.abs(pre) < 1e-12, coin, np.sign(pre))
        seen = float(np.mean((x - codes @ fitted_decoder(codes, x).T) ** 2))
        # Standard errors of the mean are below 0.002; four of them.
        assert known_risks(source, n, d)[name] == pytest.approx(seen, abs=0.008)


def test_sparsity_helps_where_a_code_is_below_the_gaussian_bound(tmp_path: Path) -> None:
    rows = _rows(tmp_path, "p = [0.3, 0.6, 0.7, 1]\nrate = [0.5, 1]")
    columns, lines, means = grid(rows, DIAGRAM)
    assert (columns, lines) == ([0.3, 0.6, 0.7, 1.0], [0.5, 1.0])
    # The advantage of codes on part of the coordinates is that of rate 1 times the part.
    assert means[0] == pytest.approx(0.5 * means[1])
    for row in rows:
        assert row["bound"] == pytest.approx(1 - 2 / math.pi * row["rate"])
        assert row["best"] == row[row["code"]]
        assert (row["identity"] < row["bound"]) == (row["p"] > 2 / math.pi)
        # a = 0 is the rotated code of a Gaussian, so that the dithered identity is never worse.
        assert row["dithered"] <= row["bound"] + 1e-12
    axes = Figure().add_subplot()
    draw_diagram(axes, rows, DIAGRAM)
    assert len(axes.texts) == 8


def test_training_finds_the_structure_of_signs(tmp_path: Path) -> None:
    (row,) = _rows(tmp_path, "p = 1\nrate = 1\nd = 4\nsteps = 600\nsamples = 3000")
    assert row["identity"] == 0.0
    assert row["trained"] < row["bound"]
    assert row["trained"] < trained_code(SparseSource(1.0), 4, 4, 0, 3000, 0)[1]


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        ("p = 1.5\nrate = 1", "probability"),
        ('p = 0.5\nrate = 1\nlaw = "cauchy"', "rademacher"),
        ("p = 0.5\nrate = 0.3", "whole number of units"),
        ("p = 0.5\nrate = 1\nsamples = 2", "samples is 2"),
    ],
)
def test_a_bad_value_is_named_in_its_row(axes: str, said: str, tmp_path: Path) -> None:
    (row,) = _rows(tmp_path, axes)
    assert said in row["error"]
