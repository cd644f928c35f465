"""Sweeps lose nothing: killed anywhere they go on, finished they have the same bytes, and workers may die."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet
import pytest

from lemmata.numerics.meanfield import fit_wide_relu
from lemmata.numerics.sweep import SweepError, read_specification, sweep
from lemmata.numerics.sweep.store import Store

TEXT = 'task = "relu"\n[axes]\ndata = "noise:20"\nseed = [0, 1, 2]\nlam = [0.001, 0.03, 1]\nbeta = [50, "inf"]\n'


@pytest.fixture
def spec(tmp_path: Path):
    (tmp_path / "s.toml").write_text(TEXT, "utf-8")
    return read_specification(tmp_path / "s.toml")


def test_rows_are_what_the_solver_gives(spec, tmp_path: Path) -> None:
    found = sweep(spec, tmp_path / "a.parquet", jobs=1)
    assert (len(found.rows), found.done, found.failed) == (18, 18, 0)
    from lemmata.numerics.sweep.tasks import _drawn

    for row in found.rows:
        x, y, _ = _drawn(row["data"], row["seed"])
        fit = fit_wide_relu(x, y, lam=row["lam"], beta=row["beta"])
        assert row["knots"] == len(fit.knots)
        assert row["objective"] == fit.objective
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert table == [dict(row) for row in found.rows]
    assert not list(tmp_path.glob("*.journal"))
    assert sweep(spec, tmp_path / "a.parquet", jobs=1).done == 0


@pytest.mark.parametrize("cut", [0, 1, 40])
def test_a_sweep_that_was_cut_anywhere_ends_with_the_same_bytes(cut: int, spec, tmp_path: Path) -> None:
    whole = tmp_path / "whole.parquet"
    rows = sweep(spec, whole, jobs=1).rows
    part = tmp_path / "part.parquet"
    store = Store(
        part, spec, spec.fingerprint(spec.loaded())
    )  # as a process leaves it that is killed: no merge, a torn line
    for row in rows[:7]:
        store.add(row)
    store._journal.close()
    journal = part.with_name(part.name + ".journal")
    content = journal.read_bytes()
    journal.write_bytes(content[: len(content) - cut])
    kept = 7 if cut == 0 else 6
    found = sweep(spec, part, jobs=1)
    assert found.done == 18 - kept
    assert part.read_bytes() == whole.read_bytes()


def test_a_killed_process_loses_nothing_and_goes_on(spec, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from lemmata.numerics.sweep import *; "
        "sweep(read_specification(Path(sys.argv[1])), Path(sys.argv[2]), jobs=2)"
    )
    out = tmp_path / "k.parquet"
    process = subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "s.toml"), str(out)])
    journal = out.with_name(out.name + ".journal")
    deadline = time.monotonic() + 120
    while not (journal.exists() and journal.read_bytes().count(b"\n") >= 3) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.kill()
    process.wait()
    kept = (out.exists() and len(pyarrow.parquet.read_table(out))) or journal.read_bytes().count(b"\n")
    assert kept >= 3
    found = sweep(spec, out, jobs=1)
    assert found.done == 18 - kept
    sweep(spec, tmp_path / "whole.parquet", jobs=1)
    assert out.read_bytes() == (tmp_path / "whole.parquet").read_bytes()


def test_files_of_other_sweeps_are_left_alone(spec, tmp_path: Path) -> None:
    out = tmp_path / "a.parquet"
    sweep(spec, out, jobs=1)
    kept = out.read_bytes()
    (tmp_path / "t.toml").write_text(TEXT.replace("0.03", "0.04"), "utf-8")
    other = read_specification(tmp_path / "t.toml")
    with pytest.raises(SweepError, match="another sweep"):
        sweep(other, out, jobs=1)
    assert out.read_bytes() == kept
    out.write_text("mine", "utf-8")
    with pytest.raises(SweepError, match="no Parquet file"):
        sweep(spec, out, jobs=1)
    assert out.read_text("utf-8") == "mine"


def test_two_sweeps_do_not_write_one_file(spec, tmp_path: Path) -> None:
    out = tmp_path / "a.parquet"
    with (
        Store(out, spec, spec.fingerprint(spec.loaded())),
        pytest.raises(SweepError, match="being written by another sweep"),
    ):
        Store(out, spec, spec.fingerprint(spec.loaded()))


def test_a_point_that_fails_has_its_error_in_its_row(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('task = "relu"\n[axes]\ndata = "noise:5"\nlam = [-1, 1]\n', "utf-8")
    found = sweep(read_specification(tmp_path / "s.toml"), tmp_path / "a.parquet", jobs=1)
    assert found.failed == 1
    assert "lam" in found.rows[0]["error"]
    assert found.rows[1]["error"] is None


def test_tables_are_read_beside_the_specification(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("x,y\n0,1\n1,0\n2,3\n", "utf-8")
    (tmp_path / "s.toml").write_text('task = "relu"\n[axes]\ndata = "d.csv"\nlam = 0.01\n', "utf-8")
    spec = read_specification(tmp_path / "s.toml")
    (row,) = sweep(spec, tmp_path / "a.parquet", jobs=1).rows
    assert row["points"] == 3
    (tmp_path / "d.csv").write_text("x,y\n0,1\n1,0\n2,4\n", "utf-8")
    with pytest.raises(SweepError, match="or of other data"):
        sweep(spec, tmp_path / "a.parquet", jobs=1)
    (tmp_path / "d.csv").unlink()
    with pytest.raises(SweepError, match=r"data 'd.csv'"):
        sweep(spec, tmp_path / "b.parquet", jobs=1)


def test_the_other_tasks_run(tmp_path: Path) -> None:
    text = 'task="autoencoder"\n[axes]\nd=8\nrate=[0.5, 0.3]\nmethod=["gd","none"]\n'
    (tmp_path / "s.toml").write_text(text, "utf-8")
    rows = sweep(read_specification(tmp_path / "s.toml"), tmp_path / "a.parquet", jobs=1).rows
    assert 0 <= rows[0]["gap"] < 1e-10
    assert rows[1]["stop"] == "not trained"
    assert rows[1]["bound"] == pytest.approx(rows[0]["bound"], abs=1e-14)
    assert "no whole number" in rows[2]["error"]
    json.dumps(rows)


def test_a_cluster_whose_worker_is_killed_finishes(spec, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, scheduler_port=0, host="127.0.0.1"
    ) as cluster:
        killed = []

        def kill(name: str, done: int, total: int) -> None:
            if not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        found = sweep(spec, tmp_path / "c.parquet", scheduler=cluster.scheduler_address, progress=kill)
    assert killed
    assert (found.done, found.failed) == (18, 0)
    sweep(spec, tmp_path / "a.parquet", jobs=1)
    assert (tmp_path / "c.parquet").read_bytes() == (tmp_path / "a.parquet").read_bytes()


def test_a_scheduler_that_does_not_answer_is_named(spec, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(SweepError, match=r"no Dask scheduler answers at 'tcp://127.0.0.1:9'"):
        sweep(spec, tmp_path / "c.parquet", scheduler="tcp://127.0.0.1:9")
