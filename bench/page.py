"""The page: six recordings playing together, publishing the drill, and what a reader's browser makes of it."""

from __future__ import annotations

import gzip
import shutil
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench import _browser
from bench.harness import Bar, Comparison, Metric, Runner, Work, register

_KUAGER = str(Path(sys.executable).with_name("kuager"))
_LANGUAGES = ("index.html", "index.ru.html", "index.kk.html")


def _six_films(seed: int, folder: Path, quick: bool) -> tuple[Path, float]:
    """A page with six recordings in 720p, and for how long they are watched, in seconds."""
    watched = 6.0 if quick else 60.0
    return _browser.wall_page(folder / "wall", seed, watched + 12), watched


def _played(work: Work) -> Mapping[str, float]:
    path, watched = work.input
    with _browser.chromium() as browser:
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.goto(f"file://{path}")
        _browser.until(page, "Array.from(document.querySelectorAll('video')).every(it => it.readyState >= 3)")
        page.evaluate(_browser.WATCH)
        _start(page, 5.0)
        page.wait_for_timeout(1500)
        page.evaluate("wall.seen.length = 0")
        page.wait_for_timeout(watched * 1000)
        playing = sorted(spread for _, spread in page.evaluate("wall.seen"))
        page.locator("#play").click()
        still = [_settled(page)]
        for button in ("#forward", "#forward", "#forward", "#back"):
            page.locator(button).click()
            still.append(_settled(page))
        _start(page, 5.0)
        page.wait_for_timeout(1500)
        back = []
        for number in range(2 if work.quick else 6):
            back.append(page.evaluate(_browser.STALL, number))
            page.wait_for_timeout(500)
    return {
        "p95 spread, ms": 1000 * playing[int(0.95 * len(playing))],
        "largest spread, ms": 1000 * playing[-1],
        "pictures seen": len(playing),
        "spread paused or stepped, ms": 1000 * max(still),
        "back after a stall, s": max(each if each >= 0 else 8.0 for each in back),
    }


def _start(page: Any, second: float) -> None:
    page.locator("#position").evaluate("(it, at) => { it.value = at; it.dispatchEvent(new Event('input')); }", second)
    _settled(page)
    page.locator("#play").click()


def _settled(page: Any) -> float:
    """How far apart paused players stand, in seconds, once none is on its way."""
    _browser.until(page, "Array.from(document.querySelectorAll('video')).every(it => !it.seeking)")
    return float(page.evaluate("wall.spread()"))


def _drill_case(seed: int, folder: Path, quick: bool) -> Path:
    """The demo's case, examined and decided on, of which nothing has been published."""
    from kuager.faces.demo import make_case

    recordings, seconds = (2, 8.0) if quick else (6, 60.0)
    make_case(folder / "demo", seed, recordings, seconds, told=lambda said: None)
    return folder / "demo"


def _published(work: Work) -> Mapping[str, float]:
    case, page = work.scratch / "case", work.scratch / "page"
    shutil.copytree(work.input / "case", case)
    command = [_KUAGER, "-C", str(case), "publish", str(page), "--json"]
    env = {"KUAGER_HOME": str(work.input / "home")}
    first = work.process(command, cores=2, env=env)
    before = _digests(page)
    again = work.process(command, cores=2, env=env)
    scripts = b"".join((page / path).read_bytes() for path in _scripts(page))
    read = [(page / "index.html").read_bytes(), (page / "assets/page.css").read_bytes(), scripts]
    return {
        "first time, s": first.seconds,
        "again, s": again.seconds,
        "again, processor s": again.cpu_seconds,
        "the same bytes": float(_digests(page) == before),
        "weight, KB compressed": sum(len(gzip.compress(part)) for part in read) / 1000,
        "weight, KB": sum(len(part) for part in read) / 1000,
        "scripts, KB compressed": len(gzip.compress(scripts)) / 1000,
        **_read(page),
    }


def _digests(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in paths}


def _scripts(page: Path) -> Sequence[str]:
    return sorted(str(path.relative_to(page)) for part in ("assets", "data") for path in (page / part).glob("*.js"))


def _read(folder: Path) -> Mapping[str, float]:
    """What axe, the console and the network say when the page is opened in each language, light and dark."""
    violations, outside, console = 0, [], []
    inside = (f"file://{folder}/", "data:", "blob:")
    with _browser.chromium() as browser:
        for name in _LANGUAGES:
            for scheme, width in (("light", 1280), ("dark", 320)):
                context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page = context.new_page()
                page.on("request", lambda request: request.url.startswith(inside) or outside.append(request.url))
                page.on("console", lambda message: console.append(message.text))
                page.on("pageerror", lambda error: console.append(str(error)))
                page.goto(f"file://{folder / name}")
                page.evaluate("document.querySelectorAll('details').forEach(it => it.open = true)")
                page.evaluate(_browser.AXE.read_text())
                found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
                violations += len(found["violations"])
                context.close()
    return {"axe violations": violations, "requests off the page": len(outside), "console messages": len(console)}


register(
    Comparison(
        name="page.wall",
        what="six 720p recordings playing together for 60 s in Debian's Chromium; then paused, stepped, and each of "
        "them set 0.6 s back once (the slowest counts)",
        prepare=_six_films,
        ours=Runner("the page's wall", _played),
        metrics=(
            Metric("p95 spread, ms", better="lower"),
            Metric("largest spread, ms", better="lower"),
            Metric("pictures seen"),
            Metric("spread paused or stepped, ms", better="lower"),
            Metric("back after a stall, s", better="lower"),
        ),
        bars=(
            Bar("p95 spread, ms", at_most=40),
            Bar("spread paused or stepped, ms", at_most=40),
            Bar("back after a stall, s", at_most=2),
        ),
        rounds=3,
        warm_up=0,
    )
)
register(
    Comparison(
        name="page.publish",
        what="publishing the demo's case of six recordings of 60 s on two cores, twice; what a browser loads and says",
        prepare=_drill_case,
        ours=Runner("kuager publish", _published),
        metrics=(
            Metric("first time, s", better="lower"),
            Metric("again, s", better="lower"),
            Metric("again, processor s", better="lower"),
            Metric("the same bytes"),
            Metric("weight, KB compressed", better="lower"),
            Metric("weight, KB", better="lower"),
            Metric("scripts, KB compressed", better="lower"),
            Metric("axe violations", better="lower"),
            Metric("requests off the page", better="lower"),
            Metric("console messages", better="lower"),
        ),
        bars=(
            Bar("first time, s", at_most=60),
            Bar("again, s", at_most=3),
            Bar("the same bytes", at_least=1),
            Bar("weight, KB compressed", at_most=250),
            Bar("scripts, KB compressed", at_most=60),
            Bar("axe violations", at_most=0),
            Bar("requests off the page", at_most=0),
            Bar("console messages", at_most=0),
        ),
        rounds=3,
        warm_up=0,
    )
)
