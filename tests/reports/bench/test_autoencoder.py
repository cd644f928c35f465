"""The benchmark `autoencoder`: what it measures agrees, its record is read back, its page says what was measured."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lemmata.reports.bench import BenchmarkError, load
from lemmata.reports.bench.autoencoder.page import autoencoder_page, summarise
from lemmata.reports.bench.autoencoder.run import make_plan, measure
from lemmata.reports.bench.autoencoder.tasks import autograd, ours, products, start
from lemmata.reports.bench.page import benchmark_pages
from lemmata.reports.bench.results import Results, read_results
from lemmata.reports.bench.run import begin
from lemmata.reports.commands.output import write_json

needs_torch = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")


@needs_torch
@pytest.mark.parametrize("d", [5, 40])
def test_automatic_differentiation_gives_the_gradient_by_hand(d: int) -> None:
    C = start("step", d, 0)
    by_hand, automatic = ours("step", C).values, autograd("step", C).values
    np.testing.assert_allclose(automatic, by_hand, atol=1e-13 * float(np.max(np.abs(by_hand))))
    trained, again = (contestant("train", start("train", d, 0)) for contestant in (ours, autograd))
    assert trained.detail["stop"] == again.detail["stop"] == "bound"


def test_products_are_the_products_of_a_gradient() -> None:
    C = start("step", 6, 0)
    S = np.linalg.solve(C @ C.T + 12.0 * np.eye(12), C)
    np.testing.assert_allclose(products("step", C).values, S @ S.T @ C, rtol=1e-10, atol=1e-12)


def test_haar_codes_follow_their_law() -> None:
    found = [ours("haar", start("haar", 200, seed)).detail for seed in range(2)]
    for detail in found:
        # Corrections are of relative size 1/√d at this d.
        assert abs(float(detail["d_gap"]) / float(detail["law"]) - 1.0) < 0.15


def test_a_run_is_measured_read_back_and_shown(tmp_path: Path) -> None:
    plan = replace(make_plan(quick=True, only=("ours", "products")), sizes=(10,), repetitions=1, budget=None)
    place = tmp_path / "kept.json"
    results = measure(
        plan, begin(plan, None, "autoencoder"), save=lambda record: write_json(str(place), record.as_json())
    )
    assert results.complete
    assert [(m.contestant, m.setting, m.status) for m in results.measurements] == [
        ("ours", "step", "ok"),
        ("ours", "train", "ok"),
        ("ours", "haar", "ok"),
        ("products", "step", "ok"),
    ]
    again = load(place)
    assert again.as_json() == results.as_json()
    assert measure(plan, begin(plan, again, "autoencoder"), save=lambda record: None).as_json() == results.as_json()
    with pytest.raises(BenchmarkError, match="of the benchmark autoencoder; those of relu"):
        begin(plan, again)
    rows = summarise(results)
    (beside,) = (row for row in rows if row.contestant == "products")
    assert beside.slower is not None
    assert beside.cpu_slower is not None
    page = autoencoder_page(results)
    assert [table.title.split(":")[0] for table in page.tables] == [
        f"autoencoder, {setting}" for setting in ("step", "train", "haar")
    ]
    assert any("law of large" in note for note in page.notes)
    assert len(page.figures) == 2
    both = benchmark_pages([Results({"quick": True, "seconds": 1, "memory_gb": 1, "repetitions": 1}, {}), results])
    assert both is not None
    assert both.tables == page.tables


def test_plans_and_records_are_checked() -> None:
    for options, message in (
        ({"only": ("adam",)}, "'adam' is not a contestant"),
        ({"max_points": 20}, "max-points is 20; numbers from 128 up"),
        ({"seconds": 0.0}, "seconds is 0"),
        ({"rounds": 0}, "rounds is 0"),
    ):
        with pytest.raises(BenchmarkError, match=message):
            make_plan(**options)  # type: ignore[arg-type]
    with pytest.raises(BenchmarkError, match="benchmark is 'sort'; allowed are relu, autoencoder"):
        read_results({"benchmark": "sort"})
