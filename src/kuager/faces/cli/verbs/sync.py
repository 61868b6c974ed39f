"""``kuager sync``: recordings on one clock by their sound, and by pins. It never writes to a case."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UnreadableError, UsageError
from kuager.faces.cli.output import emit, json_option, note, say

if TYPE_CHECKING:
    from kuager.instruments.clock import ClockGroup, Synchronisation

OUT = click.Path(path_type=Path, dir_okay=False)
NOT_PICTURES = (
    "Sound is aligned, not pictures: sound reaches each phone late by distance / 343 m/s (170 m is half a second). "
    "Nothing here says which of two pictures was first inside that bound."
)


@click.command("sync")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path())
@click.option("--pin", "pins", multiple=True, metavar="A@12.40=B@3.10±0.05", help="A moment seen in two recordings.")
@click.option("--position", "positions", multiple=True, metavar="A@EAST,NORTH±M", help="Where A stood, in metres.")
@click.option("--sound-from", metavar="EAST,NORTH", help="Where the sound came from, on the same plane.")
@click.option("--otio", type=OUT, help="Write an OpenTimelineIO timeline.")
@click.option("--fcpxml", type=OUT, help="Write an FCPXML timeline.")
@click.option("--eaf", type=OUT, help="Write an ELAN document (further groups: OUT-2, OUT-3…).")
@click.option("--csv", "table", type=OUT, help="Write a table.")
@json_option
def command(
    files: tuple[str, ...],
    pins: tuple[str, ...],
    positions: tuple[str, ...],
    sound_from: str | None,
    otio: Path | None,
    fcpxml: Path | None,
    eaf: Path | None,
    table: Path | None,
    as_json: bool,
) -> int:
    """Puts recordings on one clock by their sound, and by pins a person sets."""
    from kuager.instruments import clock

    paths = tuple(dict.fromkeys(files))
    read_pins = [clock.read_pin(text, paths) for text in pins]
    places = dict(clock.read_position(text, paths) for text in positions)
    source = clock.read_place(sound_from) if sound_from is not None else None
    with tempfile.TemporaryDirectory(prefix="kuager-sync-") as folder, _progress() as progress:
        recordings, unreadable = clock.read_recordings(
            paths, Path(folder), progress=lambda done, total: progress("Decoding", done, total)
        )
        lost = {one.name for one in unreadable}
        for pin in read_pins:
            if {pin.a, pin.b} & lost:
                raise UnreadableError(f"A pin names a recording that cannot be read: {pin.a} or {pin.b}.")
        placed = [replace(one, **places.get(one.name, {})) for one in recordings]
        answer = clock.synchronise(placed, read_pins, sound_from_m=source, progress=progress)
        failed = sorted((*answer.failed, *unreadable), key=lambda one: one.name)
        answer = replace(answer, failed=tuple(failed))
    _write(answer, otio, fcpxml, eaf, table)
    if as_json:
        emit(document(answer))
    else:
        _tell(answer)
    return 3 if answer.failed else 0


def document(answer: Synchronisation) -> dict[str, Any]:
    """The answer as the interface gives it; no more digits than the errors carry."""
    return {
        "groups": [
            {
                "recordings": [
                    {
                        "path": one.name,
                        "offset_s": round(one.offset_s, 6),
                        "offset_sd_s": round(one.offset_sd_s, 6),
                        "drift_ppm": None if one.drift_ppm is None else round(one.drift_ppm, 2),
                    }
                    for one in group.recordings
                ],
                "picture_bound_s": None if group.picture_bound_s is None else round(group.picture_bound_s, 3),
            }
            for group in answer.groups
        ],
        "pairs": [
            {
                "a": pair.a,
                "b": pair.b,
                "offset_s": None if pair.offset_s is None else round(pair.offset_s, 6),
                "offset_sd_s": None if pair.offset_sd_s is None else round(pair.offset_sd_s, 6),
                "drift_ppm": None if pair.drift_ppm is None else round(pair.drift_ppm, 2),
                "probability": round(pair.probability, 4),
                "verdict": pair.verdict,
                "overlap_s": round(pair.overlap_s, 3),
                "heard": pair.heard,
                "pinned": pair.pinned,
            }
            for pair in answer.pairs
        ],
        "failed": [{"path": one.name, "reason": one.reason} for one in answer.failed],
    }


def _write(
    answer: Synchronisation, otio: Path | None, fcpxml: Path | None, eaf: Path | None, table: Path | None
) -> None:
    from kuager.instruments.clock import timeline

    try:
        if table is not None:
            table.write_text(timeline.csv_text(answer), encoding="utf-8")
        if eaf is not None:
            for number, group in enumerate(answer.groups, 1):
                out = eaf if number == 1 else eaf.with_name(f"{eaf.stem}-{number}{eaf.suffix}")
                if number == 1 or len(group.recordings) > 1:
                    out.write_text(timeline.elan_text(group), encoding="utf-8")
        for given, suffix in ((otio, ".otio"), (fcpxml, ".fcpxml")):
            if given is not None:
                timeline.write_timeline(answer, given, suffix)
    except OSError as error:
        raise UsageError(
            f"Cannot write {error.filename}: {error.strerror}", "Give a place that can be written."
        ) from None


def _tell(answer: Synchronisation) -> None:
    shown = [group for group in answer.groups if len(group.recordings) > 1]
    for number, group in enumerate(shown, 1):
        say(f"Clock {number}: {len(group.recordings)} recordings")
        _tell_group(group)
    alone = [group.recordings[0].name for group in answer.groups if len(group.recordings) == 1]
    if alone:
        say("No overlap found with any other, which shows nothing: " + ", ".join(alone))
    perhaps = [pair for pair in answer.pairs if pair.verdict == "unsure"]
    if perhaps:
        say("Unsure, a person may decide (listen, or set a pin):")
        for pair in sorted(perhaps, key=lambda one: -one.probability)[:20]:
            say(f"  {pair.a} and {pair.b}: probability {pair.probability:.2f}")
    if shown:
        say(NOT_PICTURES)
    for one in answer.failed:
        note(f"{one.name}: {one.reason}")


def _tell_group(group: ClockGroup) -> None:
    for one in group.recordings:
        digits = min(4, max(0, 1 - math.floor(math.log10(one.offset_sd_s)))) if one.offset_sd_s > 0 else 3
        drift = "drift unknown" if one.drift_ppm is None else f"drift {one.drift_ppm:+.0f} ppm"
        say(f"  {one.offset_s:12.{digits}f} s ± {one.offset_sd_s:.{digits}f}  {drift}  {one.name}")
    if group.picture_bound_s is None:
        say("  Nothing is known of distances: how far pictures may differ is not bounded.")
    else:
        say(f"  Pictures may differ by up to {group.picture_bound_s:.2f} s although the sound is aligned.")


@contextmanager
def _progress() -> Iterator[Any]:
    """A progress bar on stderr where that is a terminal; silence otherwise."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done)

        yield show
