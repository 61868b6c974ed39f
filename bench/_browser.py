"""Debian's Chromium for benchmarks, and the recordings that it plays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

from bench.harness import Unavailable

OFFSETS = (0.0, 1.37, 2.9, 0.62, 4.05, 3.3)
AXE = Path(__file__).resolve().parents[1] / "tests/vendor/axe.min.js"

# Where the players of the wall stand at one moment, on their common clock; all of them must be inside their recording.
WATCH = """() => {
  const data = JSON.parse(document.getElementById('wall-data').textContent);
  const tapes = data.recordings.map(it => ({...it, video: document.querySelector('#r-' + it.id + ' video')}));
  window.wall = {seen: [], tapes, at: () => tapes.map(it => it.video.currentTime + it.offset)};
  const spread = at => Math.max(...at) - Math.min(...at);
  wall.spread = () => spread(wall.at());
  const round = now => {
    if (tapes.every(it => !it.video.paused && it.video.currentTime > 0.05)) wall.seen.push([now, wall.spread()]);
    requestAnimationFrame(round);
  };
  requestAnimationFrame(round);
}"""

# Sets one player 0.6 s back and tells after how many seconds it stays within 50 ms of the median of all, -1 if never.
STALL = """number => new Promise(answer => {
  const video = wall.tapes[number].video, began = performance.now();
  video.currentTime -= 0.6;
  let since = null;
  const round = now => {
    const at = wall.at().sort((a, b) => a - b), median = (at[2] + at[3]) / 2;
    const near = !video.seeking && Math.abs(video.currentTime + wall.tapes[number].offset - median) <= 0.05;
    since = near ? since === null ? now : since : null;
    if (since !== null && now - since > 300) answer((since - began) / 1000);
    else if (now - began > 8000) answer(-1);
    else requestAnimationFrame(round);
  };
  requestAnimationFrame(round);
})"""


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser. Raises Unavailable where there is none."""
    path = shutil.which("chromium")
    if path is None:
        raise Unavailable("needs Debian's Chromium: sudo apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        )
        yield browser
        browser.close()


def until(page: Any, expression: str) -> None:
    """Waits until an expression holds: the page's own policy forbids what Playwright would wait with."""
    for _ in range(600):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise Unavailable(f"never came true in the browser: {expression}")


def film(path: Path, seed: int, seconds: float) -> None:
    """A 720p H.264 recording with moving detail and mono AAC sound, 25 pictures a second, a key picture each second."""
    import av
    import numpy as np

    random = np.random.default_rng(Random(seed).getrandbits(32))
    ground = np.kron(random.integers(40, 200, (45, 80, 3), np.uint8), np.ones((16, 16, 1), np.uint8))
    noise = random.integers(0, 24, ground.shape, np.uint8)
    with av.open(str(path), "w") as out:
        options = {"preset": "ultrafast", "crf": "26"}
        picture = out.add_stream("libx264", rate=25, options=options)
        picture.width, picture.height, picture.pix_fmt, picture.gop_size = 1280, 720, "yuv420p", 25
        sound = out.add_stream("aac", rate=48000, layout="mono")
        for n in range(int(seconds * 25)):
            image = np.roll(ground, 3 * n, axis=1) + np.roll(noise, -5 * n, axis=0)
            out.mux(picture.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
            block = random.normal(0, 0.02, (1, 1920)).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48000, n * 1920
            out.mux(sound.encode(frame))
        out.mux(picture.encode(None))
        out.mux(sound.encode(None))


def wall_page(folder: Path, seed: int, seconds: float) -> Path:
    """A page on which six such recordings play together."""
    from kuager.faces.page import model as m
    from kuager.faces.page.render import render

    (folder / "media").mkdir(parents=True)
    recordings = []
    for n, offset in enumerate(OFFSETS):
        film(folder / f"media/{n}.mp4", seed + n, seconds)
        media = f"media/{n}.mp4"
        place = {"group": 0, "offset_s": offset, "offset_sd_s": 0.01, "graphic": False}
        recordings.append(m.Recording(f"rec{n}", "", seconds, (), (), media, "video/mp4", 1280, 720, **place))
    custody = m.Custody(
        "kuager/" + "0" * 64, 1, "0" * 64, "x\n1\nAAAA\n\n— x AAAA\n", 6, 0, m.When("2026-05-02", "day")
    )
    day = m.When("2026-05-09", "day")
    render(m.Page("Six recordings", custody, day, recordings=tuple(recordings)), folder)
    return folder / "index.html"
