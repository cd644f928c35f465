"""The page of the autoencoder: an activation, a rate, and the bound beside Shannon's limit and a trained code."""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np
from bokeh.layouts import column
from bokeh.models import Button, ColumnDataSource, Div, Select, Slider, Spinner, TextInput

from ...numerics.autoencoder import Activation, ActivationError, activation, bound_summary
from ...numerics.autoencoder.bounds import rate_bound, shannon_bound
from .figures import DATA, FIT, MARK, QUIET, framed, rate_figure
from .jobs import train_code
from .later import Background, Later, at_once, in_the_same_process

OWN = "an expression of your own"

_NAMES = ("sign", "tanh", "erf", "identity", "quantizer:4", "quantizer:8", OWN)
_MOST = 3.0
_RATES = np.linspace(0.02, _MOST, 150)
_LARGEST = 64  # dimension up to which a code is trained while one waits


class AutoencoderPage:
    """Models of the page and what they do; all numbers come from `lemmata.numerics.autoencoder`.

    >>> page = AutoencoderPage()
    >>> page.rate.value = 0.5
    >>> round(page.here.data["risk"][0], 4)
    0.6817
    """

    def __init__(self, later: Later = at_once, background: Background = in_the_same_process) -> None:
        self._later, self._background = later, background
        self.choice = Select(title="Activation", value="sign", options=list(_NAMES), name="choice")
        self.own = TextInput(title="Expression in x, odd, such as x**3 or sin(2*x)", value="x**3", name="own")
        self.rate = Slider(start=0.05, end=_MOST, step=0.01, value=1.0, title="Rate n/d", name="rate")
        self.dimension = Spinner(title="Dimension d", low=2, high=_LARGEST, step=1, value=16, name="dimension")
        self.start = Button(label="Train a code at this n and d", button_type="primary", name="train")
        self.message = Div(text="", name="message", html_attributes={"role": "status", "aria-live": "polite"})
        self.training = Div(text="", name="training", html_attributes={"role": "status", "aria-live": "polite"})
        self.bound = ColumnDataSource({"rate": [], "risk": []}, name="bound")
        self.shannon = ColumnDataSource({"rate": [], "risk": []}, name="shannon")
        self.here = ColumnDataSource({"rate": [], "risk": []}, name="here")
        self.trained = ColumnDataSource({"rate": [], "risk": []}, name="trained")
        self.sigma: Activation | None = None
        plot = rate_figure(_MOST)
        plot.line("rate", "risk", source=self.bound, color=FIT, line_width=2.5, legend_label="bound, every n and d")
        plot.line("rate", "risk", source=self.shannon, color=QUIET, line_dash="dashed", legend_label="Shannon")
        plot.scatter("rate", "risk", source=self.here, color=DATA, size=11, legend_label="sharpest bound at n, d")
        plot.scatter("rate", "risk", source=self.trained, color=MARK, marker="diamond", size=14, legend_label="trained")
        text = "Risk per coordinate against rate: bound, Shannon's limit, trained codes"
        drawn = framed(plot, "Risk per coordinate against the rate", text)
        parts = [self.message, self.choice, self.own, self.rate, self.dimension, self.start, self.training, drawn]
        for part in parts:
            part.sizing_mode = "stretch_width"
        self.root = column(*parts, sizing_mode="stretch_width")
        for model in (self.choice, self.own):
            model.on_change("value", self._chosen)
        for model in (self.rate, self.dimension):
            model.on_change("value", self._moved)
        self.start.on_click(self._train)
        self._choose()

    def _chosen(self, attribute: str, old: object, new: object) -> None:
        self._later(self._choose)

    def _moved(self, attribute: str, old: object, new: object) -> None:
        self._later(self._move)

    @property
    def size(self) -> tuple[int, int] | None:
        """n and d nearest to what the page shows; None for a dimension that is none."""
        d = self.dimension.value
        if d is None or d != int(d) or not 2 <= d <= _LARGEST:
            return None
        return max(1, round(self.rate.value * int(d))), int(d)

    def _choose(self) -> None:
        own = self.choice.value == OWN
        self.own.visible = own
        text = self.own.value if own else self.choice.value
        self.trained.data = {"rate": [], "risk": []}
        self.training.text = ""
        try:
            self.sigma = activation(text, need_odd=True)
        except ActivationError as error:
            self.sigma = None
            self.message.text = escape(f"No bound: {error}")
        sigma = self.sigma
        curve = [] if sigma is None else [rate_bound(rate, sigma.alpha) for rate in _RATES]
        letters = None if sigma is None else sigma.letters
        self.bound.data = {"rate": _RATES[: len(curve)], "risk": curve}
        limit = [] if letters is None else [shannon_bound(rate, letters) for rate in _RATES]
        self.shannon.data = {"rate": _RATES[: len(limit)], "risk": limit}
        self._move()

    def _move(self) -> None:
        sigma, size = self.sigma, self.size
        self.start.disabled = sigma is None or size is None
        self.here.data = {"rate": [], "risk": []}
        if sigma is None:
            return
        if size is None:
            self.message.text = f"No bound: d is {self.dimension.value}; whole numbers from 2 to {_LARGEST} are allowed"
            return
        n, d = size
        found = bound_summary(sigma.name, n=n, d=d)
        sharp = found.bound if found.sharp_bound is None else found.sharp_bound
        self.here.data = {"rate": [n / d], "risk": [sharp]}
        shannon = "no finite alphabet" if found.shannon is None else f"{found.shannon:.6g}"
        self.message.text = escape(
            f"{sigma.name}: α = {found.alpha:.10g}. At n = {n}, d = {d} (rate {n / d:.4g}): bound {found.bound:.8g}, "
            f"sharpest proved {sharp:.8g}, Shannon {shannon}."
        )

    def _train(self) -> None:
        if self.sigma is None or self.size is None:
            return
        self.training.text = "Training…"
        self.start.disabled = True
        self._background(train_code, (*self.size, self.sigma.name), self._done)

    def _done(self, result: Any) -> None:
        self.start.disabled = self.sigma is None or self.size is None
        if isinstance(result, BaseException):
            self.training.text = escape(f"No code: {result}")
            return
        n, d, name, risk, gap = result
        if self.sigma is None or self.sigma.name != name:
            return  # another activation has been chosen since
        self.trained.stream({"rate": [n / d], "risk": [risk]})
        self.training.text = escape(f"Trained at n = {n}, d = {d}: risk {risk:.8g}, {gap:.3g} above the bound.")
