"""`lemmata explore` in a real browser: a point is dragged with the mouse, sliders moved, nothing fails."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("bokeh", reason="no Bokeh here: the pages are not looked at")
from tornado.websocket import websocket_connect

CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
PROGRAM = Path(sys.executable).parent / "lemmata"
PATIENCE = 60.0  # seconds; a page takes one or two on an idle machine
MODEL = "Bokeh.documents[0].get_model_by_name"
# Where the first point is on the screen: the view of its plot maps data to the canvas.
PLACE = """(() => {
  const source = Bokeh.documents[0].get_model_by_name("points");
  const find = view => {
    if (view.model.type === "Figure" && view.model.renderers.some(r => r.data_source === source)) return view;
    for (const child of view.child_views ?? []) { const found = find(child); if (found) return found; }
    return null;
  };
  const plot = [...Bokeh.index].map(find).find(v => v);
  plot.el.scrollIntoView();
  const box = plot.canvas_view.el.getBoundingClientRect();
  const screen = (k, x, y) => box[k] + plot.frame[k === "left" ? "x_scale" : "y_scale"].compute(k === "left" ? x : y);
  return [screen("left", source.data.x[0], 0), screen("top", 0, source.data.y[0])];
})()"""
# The handles of the sliders, in their shadow trees: the names that a screen reader says.
HANDLES = """(() => {
  const all = root => [...root.querySelectorAll(".noUi-handle"),
    ...[...root.querySelectorAll("*")].filter(e => e.shadowRoot).flatMap(e => all(e.shadowRoot))];
  return all(document).map(handle => handle.getAttribute("aria-label"));
})()"""
FOCUS = """(() => {
  const find = root => {
    const handle = root.querySelector('.noUi-handle[aria-label^="log₁₀ λ"]');
    if (handle) { handle.focus(); return true; }
    return [...root.querySelectorAll("*")].some(e => e.shadowRoot && find(e.shadowRoot));
  };
  return find(document);
})()"""
WIDE = """document.documentElement.scrollWidth - document.documentElement.clientWidth"""
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the pages are not looked at")


class Tab:
    """A page of the browser through the DevTools protocol: commands, JavaScript, and what went wrong."""

    def __init__(self, socket: Any) -> None:
        self._socket, self._numbers = socket, itertools.count(1)
        self.errors: list[str] = []
        self.requests: list[str] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.write_message(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(await self._socket.read_message())
            if answer.get("id") == number:
                assert "error" not in answer, answer
                return dict(answer["result"])
            name, found = answer.get("method"), answer.get("params", {})
            if name == "Runtime.exceptionThrown":
                self.errors.append(json.dumps(found["exceptionDetails"])[:500])
            elif name == "Runtime.consoleAPICalled" and found["type"] == "error":
                self.errors.append(json.dumps(found["args"])[:500])
            elif name == "Network.requestWillBeSent":
                self.requests.append(found["request"]["url"])

    async def value(self, script: str) -> Any:
        found = await self.call("Runtime.evaluate", expression=script, returnByValue=True)
        return found["result"].get("value")

    async def until(self, script: str) -> Any:
        """The value of a script once it is true."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            found = await self.value(f"(() => {{ try {{ return {script}; }} catch (e) {{ return null; }} }})()")
            if found:
                return found
            await asyncio.sleep(0.1)
        raise AssertionError(f"{script} is not true after {PATIENCE:g} s; errors: {self.errors}")

    async def open(self, address: str) -> None:
        await self.call("Page.navigate", url=address)
        await self.until(f'{MODEL}("message").text.length > 0')

    async def mouse(self, kind: str, x: float, y: float) -> None:
        pressed = {"button": "left", "buttons": 0 if kind == "mouseReleased" else 1, "clickCount": 1}
        await self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, **pressed)


async def _look(address: str, port: int) -> Tab:
    targets = await asyncio.to_thread(_targets, port)
    socket = await websocket_connect(next(t for t in targets if t["type"] == "page")["webSocketDebuggerUrl"])
    try:
        tab = Tab(socket)
        await _use(tab, address)
        return tab
    finally:
        socket.close()
        await asyncio.sleep(0.2)  # for the browser's answer


async def _use(tab: Tab, address: str) -> None:
    for domain in ("Page", "Runtime", "Network"):
        await tab.call(f"{domain}.enable")
    await tab.call("Emulation.setDeviceMetricsOverride", width=390, height=900, deviceScaleFactor=1, mobile=False)
    await tab.open(address)
    assert await tab.value(WIDE) <= 0  # nothing sticks out of a phone's screen
    before = await tab.value(f'{MODEL}("message").text')
    y = await tab.value(f'{MODEL}("points").data.y[0]')
    left, top = await tab.until(PLACE)
    await tab.mouse("mousePressed", left, top)
    for step in range(1, 6):
        await tab.mouse("mouseMoved", left, top + 6 * step)
    # The button is still down: what is dragged is fitted on the way.
    await tab.until(f'{MODEL}("message").text !== {json.dumps(before)}')
    await tab.mouse("mouseReleased", left, top + 30)
    moved = await tab.until(f'{MODEL}("points").data.y[0] !== {y} && {MODEL}("points").data.y[0]')
    assert moved < y
    before = await tab.value(f'{MODEL}("message").text')
    knots = await tab.value(f'[...{MODEL}("knots").data.location]')
    await tab.until(f"{HANDLES}.every(name => name)")
    assert await tab.value(HANDLES) == ["log₁₀ λ (ridge penalty)", "log₁₀ β (inverse temperature)"]
    # The slider by the keyboard: one step to the right.
    await tab.until(FOCUS)
    for kind in ("rawKeyDown", "keyUp"):
        key = {"key": "ArrowRight", "code": "ArrowRight", "windowsVirtualKeyCode": 39}
        await tab.call("Input.dispatchKeyEvent", type=kind, **key)
    await tab.until(f'Math.abs({MODEL}("lam").value + 1.98) < 1e-9')
    await tab.until(f'{MODEL}("message").text.includes("λ = 0.01047,")')
    await tab.value(f'{MODEL}("lam").value = -1')
    await tab.until(f'{MODEL}("message").text.includes("λ = 0.1,")')
    assert await tab.until(f'[...{MODEL}("knots").data.location]') != knots
    await tab.value(f'{MODEL}("limit").active = false')
    await tab.until(f'{MODEL}("density").data.phi.length > 100')
    await tab.value(f'{MODEL}("limit").active = true')
    await tab.until(f'{MODEL}("atoms").data.phi.length > 0')
    await tab.open(address + "autoencoder")
    assert await tab.value(WIDE) <= 0
    await tab.value(f'{MODEL}("rate").value = 0.5')
    await tab.until(f'{MODEL}("here").data.rate[0] === 0.5')
    await tab.value(f'{MODEL}("choice").value = "an expression of your own"')
    await tab.value(f'{MODEL}("own").value = "x**2"')
    await tab.until(f'{MODEL}("message").text.startsWith("No bound")')


def _targets(port: int) -> list[dict[str, Any]]:
    from urllib.request import urlopen

    with urlopen(f"http://127.0.0.1:{port}/json", timeout=PATIENCE) as answer:
        return list(json.load(answer))


def _port_of(profile: Path) -> int:
    told, ends = profile / "DevToolsActivePort", time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        if told.is_file() and "\n" in (text := told.read_text("utf-8")):
            return int(text.splitlines()[0])
        time.sleep(0.05)
    raise AssertionError("the browser does not say where it listens")


def test_a_dragged_point_and_moved_sliders_change_the_fit(tmp_path: Path) -> None:
    assert CHROMIUM is not None
    (tmp_path / "data.csv").write_text("x,y\n-2,1\n-1,-0.5\n0.25,0.5\n1.5,0.75\n", "utf-8")
    server = subprocess.Popen(
        [str(PROGRAM), "explore", "data.csv", "--no-browser"], cwd=tmp_path, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    browser = subprocess.Popen(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run", "--remote-debugging-port=0",
            f"--user-data-dir={tmp_path / 'profile'}", "about:blank",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[3]
        tab = asyncio.run(_look(address, _port_of(tmp_path / "profile")))
    finally:
        browser.terminate()
        browser.wait(timeout=PATIENCE)
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=PATIENCE)
    assert (server.returncode, out, err) == (0, "", "")
    assert tab.errors == []
    assert tab.requests
    assert [url for url in tab.requests if not url.startswith((address, "data:", "blob:"))] == []
