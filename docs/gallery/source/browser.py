"""Open the page in Chromium, play every player and look at every picture: `make gallery-check`."""

from __future__ import annotations

import argparse
import base64
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

HERE = Path(__file__).parents[1]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
    "--remote-debugging-port=0",
    "--no-first-run",
)
START_S, ANSWER_S = 30.0, 120.0
SIZES = {"wide": (1280, 900), "narrow": (400, 800)}
SHADES = ("light", "dark")
LEAST_CONTRAST = 4.5

PLAY = """(async () => {
  const found = [], players = [...document.querySelectorAll('audio')], sources = [...new Set(players.map(p => p.src))];
  const hear = async source => {
    const player = new Audio(source);
    try {
      await player.play();
      const end = performance.now() + 8000;
      while (player.currentTime < 0.1 && performance.now() < end) await new Promise(r => setTimeout(r, 20));
      found.push([source, player.duration, player.currentTime, '']);
    } catch (error) { found.push([source, 0, 0, String(error)]); }
    player.pause(); player.removeAttribute('src'); player.load();
  };
  for (let k = 0; k < sources.length; k += 12) await Promise.all(sources.slice(k, k + 12).map(hear));
  const first = players[0];
  await first.play();
  await new Promise(r => setTimeout(r, 300));
  return {players: players.length, found, clicked: first.currentTime,
          named: players.filter(p => p.controls && p.getAttribute('aria-label')).length};
})()"""
LOOK = """(async () => {
  const pictures = [...document.images];
  for (const p of pictures) { p.loading = 'eager'; }
  await Promise.all(pictures.map(p => p.complete ? 0 : new Promise(r => { p.onload = p.onerror = r; })));
  return {pictures: pictures.length, bad: pictures.filter(p => !p.naturalWidth || !p.alt).map(p => p.src)};
})()"""
LAYOUT = """(() => {
  const rgb = c => c.match(/[\\d.]+/g).map(Number), style = getComputedStyle(document.body);
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const bright = c => rgb(c).slice(0, 3).map(v => linear(v / 255))
    .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
  const paper = bright(style.backgroundColor);
  const contrast = [...document.querySelectorAll('body, a, figcaption span, pre')].map(e => {
    const ink = bright(getComputedStyle(e).color);
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  });
  return {overflow: document.documentElement.scrollWidth - window.innerWidth, contrast: Math.min(...contrast),
          height: document.documentElement.scrollHeight};
})()"""


class Tab:
    """One page of a browser, driven by its own protocol."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket, self._numbers = socket, itertools.count(1)
        self.complaints: list[str] = []
        """What the page wrote into the console as an error."""

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; what the page complains about meanwhile is kept."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=ANSWER_S))
            if message.get("method") in ("Runtime.exceptionThrown", "Network.loadingFailed"):
                self.complaints.append(json.dumps(message["params"])[:300])
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                answer: dict[str, Any] = message["result"]
                return answer

    def value(self, script: str) -> Any:
        """What a script in the page returns."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", "the page's script failed"))
        return answer["result"]["value"]

    def open(self, address: str) -> None:
        """Load a page."""
        self.call("Page.enable")
        self.call("Network.enable")
        self.call("Page.navigate", url=address)
        while self.value("document.readyState") != "complete":
            time.sleep(0.05)


@contextmanager
def chromium() -> Iterator[Tab]:
    """A tab of a browser of our own, which is gone afterwards."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise FileNotFoundError(f"none of {', '.join(PROGRAMS)} is installed; Debian, Ubuntu: apt install chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        command = [program, *FLAGS, f"--user-data-dir={folder}", "about:blank"]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port = _port(Path(folder) / "DevToolsActivePort", browser)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=START_S) as answer:
                page = next(one for one in json.load(answer) if one["type"] == "page")
            with connect(page["webSocketDebuggerUrl"], max_size=None, open_timeout=START_S) as socket:
                yield Tab(socket)
        finally:
            browser.terminate()
            browser.wait(10)


def check(tab: Tab, page: Path, shots: Path | None) -> list[str]:
    """Everything that is wrong with the page, nothing when it is as it should be."""
    tab.open(page.resolve().as_uri())
    faults = []
    played = tab.value(PLAY)
    silent = [f"{source}: {why or 'does not move'}" for source, s, at, why in played["found"] if not s or at < 0.1]
    faults += [f"does not play: {one}" for one in silent]
    if not played["players"] or played["named"] < played["players"] or played["clicked"] <= 0.0:
        faults.append(f"players without controls or name, or none: {played['named']} of {played['players']}")
    looked = tab.value(LOOK)
    faults += [f"no picture, or none in words: {source}" for source in looked["bad"]]
    for shade, (size, (width, height)) in itertools.product(SHADES, SIZES.items()):
        feature = {"name": "prefers-color-scheme", "value": shade}
        tab.call("Emulation.setEmulatedMedia", features=[feature])
        tab.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        layout = tab.value(LAYOUT)
        if layout["overflow"] > 0 or layout["contrast"] < LEAST_CONTRAST:
            faults.append(f"{shade}, {width} pixels wide: {layout}")
        if shots is not None:
            clip = {"x": 0, "y": 0, "width": width, "height": layout["height"], "scale": 1}
            shot = tab.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
            (shots / f"gallery-{shade}-{size}.png").write_bytes(base64.b64decode(shot["data"]))
    faults += tab.complaints
    seconds = sum(s for _, s, _, _ in played["found"])
    print(f"{page}: {played['players']} players of {len(played['found'])} sounds, {seconds:.0f} s, all played; "
          f"{looked['pictures']} pictures" if not faults else f"{page}: {len(faults)} faults")  # fmt: skip
    return faults


def main() -> int:
    """Check the page; 1 and a line each for what is wrong."""
    parser = argparse.ArgumentParser(prog="python -m docs.gallery.source.browser", description=__doc__)
    parser.add_argument("page", type=Path, nargs="?", default=HERE / "index.html")
    parser.add_argument("--shots", type=Path, metavar="FOLDER", help="write screenshots there")
    options = parser.parse_args()
    if options.shots is not None:
        options.shots.mkdir(parents=True, exist_ok=True)
    try:
        with chromium() as tab:
            faults = check(tab, options.page, options.shots)
    except (OSError, RuntimeError, TimeoutError) as error:
        faults = [str(error)]
    for fault in faults:
        print(f"error: {fault}", file=sys.stderr)
    return 1 if faults else 0


def _port(file: Path, browser: subprocess.Popen[bytes]) -> int:
    """The port that the browser has chosen."""
    end_s = time.monotonic() + START_S
    while time.monotonic() < end_s and browser.poll() is None:
        lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        if len(lines) > 1:
            return int(lines[0])
        time.sleep(0.05)
    raise RuntimeError("the browser does not start; run it by hand to see why")


if __name__ == "__main__":
    sys.exit(main())
