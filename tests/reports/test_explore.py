"""The pages' callbacks without a browser: after every change the models hold what the numerics say, or a sentence."""

from __future__ import annotations

import math
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("bokeh", reason="no Bokeh here: the pages are not looked at")

from lemmata.numerics.autoencoder import lower_bound, sharp_bound, train
from lemmata.numerics.meanfield import WideReluFit, fit_wide_relu
from lemmata.reports.commands.main import main
from lemmata.reports.explore.autoencoder import OWN, AutoencoderPage
from lemmata.reports.explore.regression import RegressionPage

X, Y = [-2.0, -1.0, 0.25, 1.5], [1.0, -0.5, 0.5, 0.75]
PROGRAM = Path(sys.executable).parent / "lemmata"


def _shows(page: RegressionPage, fit: WideReluFit) -> None:
    assert page.curve.data["f"] == pytest.approx(fit.predict(page.curve.data["x"]), abs=1e-12)
    assert list(page.knots.data["location"]) == [knot.location for knot in fit.knots]
    assert page.knots.data["side"] == [knot.side for knot in fit.knots]
    assert page.knots.data["slope_change"] == [knot.slope_change for knot in fit.knots]
    assert page.dual.data["g"] == pytest.approx(fit.dual.value(page.dual.data["phi"]), abs=1e-14)
    assert f"{fit.objective:.12g}" in page.message.text


def test_sliders_points_and_choices_give_the_fit_of_what_is_shown() -> None:
    page = RegressionPage(X, Y)
    _shows(page, fit_wide_relu(X, Y, lam=10.0**-2.0))
    page.lam.value = -1.3
    fit = fit_wide_relu(X, Y, lam=float(10.0**-1.3))
    _shows(page, fit)
    assert len(page.touching.data["phi"]) == len(fit.units or ())
    assert list(page.atoms.data["c"]) == [unit.c for unit in fit.units or ()]
    page.points.data = {"x": [*X, 3.0], "y": [*Y, 2.0], "weight": [1.0, 1.0, 2.0, 1.0, None]}  # None: a point drawn
    _shows(page, fit_wide_relu([*X, 3.0], [*Y, 2.0], lam=float(10.0**-1.3), sample_weight=[1, 1, 2, 1, 1]))
    page.beta.value = 3.0
    page.limit.active = False
    fit = fit_wide_relu([*X, 3.0], [*Y, 2.0], lam=float(10.0**-1.3), beta=1e3, sample_weight=[1, 1, 2, 1, 1])
    _shows(page, fit)
    phi = page.density.data["phi"]
    assert page.density.data["density"] == pytest.approx(fit.marginals.angle.density(phi))


def test_a_typed_penalty_and_temperature_are_taken_as_they_are() -> None:
    page = RegressionPage(X, Y)
    page.lam_text.value = "0.0123456789"
    _shows(page, fit_wide_relu(X, Y, lam=0.0123456789))
    assert page.lam.value == pytest.approx(math.log10(0.0123456789))
    page.limit.active = False
    page.beta_text.value = "123"
    _shows(page, fit_wide_relu(X, Y, lam=0.0123456789, beta=123.0))
    page.lam_text.value = "1e-9"  # beyond the slider, which stops at its end
    _shows(page, fit_wide_relu(X, Y, lam=1e-9, beta=123.0))
    assert page.lam.value == page.lam.start
    page.lam.value = -1.0
    assert page.lam_text.value == "0.1"
    _shows(page, fit_wide_relu(X, Y, lam=0.1, beta=123.0))


@pytest.mark.parametrize("typed", ["", "a tenth", "-1", "0", "nan", "inf", "1e999", "0x10"])
def test_a_penalty_that_is_none_is_told(typed: str) -> None:
    page = RegressionPage(X, Y)
    page.lam_text.value = typed
    assert page.fit is None
    assert page.message.text.startswith("No fit: ")
    page.lam_text.value = "0.01"
    _shows(page, fit_wide_relu(X, Y, lam=0.01))


@pytest.mark.parametrize("beta", [3.0, 6.0, 9.0])
@pytest.mark.parametrize("lam", [-1.0, -2.0, -3.0])
def test_the_density_that_is_drawn_has_the_area_one(lam: float, beta: float) -> None:
    page = RegressionPage()
    page.lam.value, page.beta.value = lam, beta
    page.limit.active = False
    # By the trapezoidal rule: its peaks, narrower than a pixel, are drawn as narrow as they are.
    assert np.trapezoid(page.density.data["density"], page.density.data["phi"]) == pytest.approx(1.0, abs=0.05)


def test_selected_points_can_be_deleted_without_a_keyboard() -> None:
    page = RegressionPage(X, Y)
    page._delete()
    assert page.points.data["x"] == X
    page.points.selected.indices = [1, 2]
    page._delete()
    assert page.points.data == {"x": [-2.0, 1.5], "y": [1.0, 0.75], "weight": [1.0, 1.0]}
    assert page.points.selected.indices == []
    _shows(page, fit_wide_relu([-2.0, 1.5], [1.0, 0.75], lam=10.0**-2.0))


@pytest.mark.parametrize(
    ("x", "y", "lam", "said"),
    [
        ([], [], -2.0, "there are no points"),
        ([1.0], [2.0], -2.0, "one point"),
        ([1.0, 1.0, 2.0], [0.0, 1.0, 0.0], -2.0, "share their x"),
        ([0.0, 1.0], [1.0, 1.0], 2.0, "λ_max"),
        ([0.0, math.nan], [1.0, 1.0], -2.0, "finite numbers"),
        ([0.0, 1e200], [1.0, 1.0], -2.0, "double precision"),
        ([-1.0, 0.0, 1.0], [0.0, 0.0, 0.0], -2.0, "objective 0"),
    ],
)
def test_every_state_is_a_sentence(x: list[float], y: list[float], lam: float, said: str) -> None:
    page = RegressionPage(X, Y)
    page.lam.value = lam
    page.points.data = {"x": x, "y": y, "weight": [1.0] * len(x)}
    assert said in page.message.text
    if page.message.text.startswith("No fit"):
        assert page.fit is None
        assert page.certify.disabled
        assert len(page.curve.data["x"]) == len(page.dual.data["g"]) == 0
    page.points.data = {"x": X, "y": Y, "weight": [1.0] * 4}
    _shows(page, fit_wide_relu(X, Y, lam=float(10.0**lam)))


def test_the_largest_penalty_that_is_told_is_the_one() -> None:
    page = RegressionPage(X, Y)
    page.lam.value = 2.0
    told = float(page.message.text.split("λ_max = ")[1].split(" ")[0])
    assert fit_wide_relu(X, Y, lam=told * 1.00001).units == ()
    assert fit_wide_relu(X, Y, lam=told * 0.9999).units != ()


def test_a_proof_is_about_the_fit_that_is_shown() -> None:
    waiting: list[Callable[[], None]] = []
    page = RegressionPage(
        [-2.0, 2.0], [2.0, 2.0], background=lambda job, given, done: waiting.append(lambda: done(job(*given)))
    )
    page._prove()
    waiting.pop()()
    assert page.proof.text.startswith("Proved: the only minimiser has exactly 2 knots.<br>objective in [")
    page._prove()
    page.lam.value = -1.0
    waiting.pop()()
    assert page.proof.text == ""


def test_bounds_at_the_rate_and_activation_that_are_chosen() -> None:
    page = AutoencoderPage()
    page.rate.value = 1.5
    assert page.here.data == {"rate": [1.5], "risk": [sharp_bound("sign", n=24, d=16)]}
    assert page.bound.data["risk"][0] == pytest.approx(lower_bound("sign", n=2, d=100))
    assert page.shannon.data["risk"][0] == pytest.approx(4.0**-0.02)
    page.dimension.value, page.rate.value = 4, 0.5
    page._train()
    assert page.trained.data == {"rate": [0.5], "risk": [train(2, 4, "sign").risk]}
    page.choice.value = "tanh"
    assert len(page.shannon.data["risk"]) == len(page.trained.data["risk"]) == 0
    page.choice.value = OWN
    assert page.here.data["risk"] == [sharp_bound("x**3", n=2, d=4)]


@pytest.mark.parametrize("text", ["x**2", "__import__('os')", "relu", "y", "", "x**(10**9)", "<b>x</b>"])
def test_an_expression_that_is_refused_is_told_and_not_run(text: str) -> None:
    page = AutoencoderPage()
    page.choice.value = OWN
    page.own.value = text
    assert page.message.text.startswith("No bound: ")
    assert "<b>" not in page.message.text
    assert page.start.disabled
    assert len(page.bound.data["risk"]) == len(page.here.data["risk"]) == 0
    page.own.value = "sin(x)"
    assert "bound" in page.message.text
    assert not page.start.disabled


def test_a_dimension_that_is_none_is_told() -> None:
    page = AutoencoderPage()
    page.dimension.value = 1.5
    assert "whole numbers from 2" in page.message.text


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """The installed program with a table of points, and its address."""
    folder = tmp_path_factory.mktemp("explore")
    (folder / "data.csv").write_text("x,y,name\n-2,1,a\n-1,-0.5,b\n0.25,0.5,c\n1.5,0.75,d\n", "utf-8")
    process = subprocess.Popen(
        [str(PROGRAM), "explore", "data.csv", "--no-browser"],
        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", "BOKEH_RESOURCES": "cdn"},  # which is not heard
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background would ignore it
    )  # fmt: skip
    assert process.stdout is not None
    line = process.stdout.readline()
    yield process, line.split()[3]
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)


def test_pages_are_served_to_this_machine_only_and_name_no_other(served: tuple[Any, str]) -> None:
    _, address = served
    for page in ("", "autoencoder"):
        with urllib.request.urlopen(address + page, timeout=60) as answer:
            text = answer.read().decode("utf-8")
        assert 'name="viewport"' in text
        assert "cdn." not in text
        assert [part for part in text.split('src="')[1:] if part.startswith(("http", "//"))] == []
    port = int(address.rstrip("/").rpartition(":")[2])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; tells this machine's address on its network
        outside = probe.getsockname()[0]
    if not outside.startswith("127."):
        with pytest.raises(OSError, match=r"refused|timed out"):
            socket.create_connection((outside, port), timeout=5)
    taken = subprocess.run(
        [str(PROGRAM), "explore", "--no-browser", "--port", str(port)], capture_output=True, text=True, timeout=60
    )
    assert (taken.returncode, taken.stdout) == (2, "")
    assert taken.stderr.startswith(f"lemmata: --port {port}: ")
    assert taken.stderr.count("\n") == 1


def test_ctrl_c_ends_it_cleanly(served: tuple[Any, str]) -> None:
    process, _ = served
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "")
    assert err == "note: column 'name' is ignored; columns x, y and weight are read\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--port", "70000"), "--port"),
        (("--port", "-1"), "--port"),
        (("none.csv",), "'none.csv'"),
        (("",), "name a file"),
    ],
)
def test_bad_input_is_one_line(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    assert main(["explore", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1


def test_a_table_too_long_to_drag_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "long.csv").write_text("x,y\n" + "0,0\n" * 2001, "utf-8")
    assert main(["explore", str(tmp_path / "long.csv")]) == 2
    shown = capsys.readouterr()
    assert "2001 rows; up to 2000" in shown.err
    assert (shown.out, shown.err.count("\n")) == ("", 1)


def test_without_bokeh_it_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["explore"]) == 2
    assert capsys.readouterr().err.endswith("pip install 'lemmata[explore]'\n")
