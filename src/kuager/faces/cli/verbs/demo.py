"""``kuager demo``: a drill, taken into a case and published."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path

import click

from kuager.faces.cli.output import emit, json_option, note, say


@click.command("demo")
@click.argument("folder", metavar="[DIR]", default="demo", type=click.Path(path_type=Path))
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same drill.")
@click.option(
    "--recordings", default=6, show_default=True, type=click.IntRange(1, 300), help="Recordings of the event."
)
@click.option("--seconds", default=60.0, show_default=True, type=click.FloatRange(5, 7200), help="Length of each.")
@json_option
def command(folder: Path, seed: int, recordings: int, seconds: float, as_json: bool) -> int:
    """Builds the drill case in DIR, publishes its page, and opens it where there is a screen."""
    from kuager.faces.demo import build_demo

    demo = build_demo(folder, seed, recordings, seconds, told=note)
    page = demo.page / "index.html"
    if as_json:
        emit({"case": str(demo.case), "page": str(page), "drill": str(demo.drill)})
        return 0
    say(f"The page: {page.resolve()}")
    say(f"The case: {demo.case}   (try: kuager -C {demo.case} show)")
    if _has_screen():
        webbrowser.open(page.resolve().as_uri())
    return 0


def _has_screen() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
