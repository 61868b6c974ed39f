"""``kuager locate-shots``: where a shooter can have been. It never writes to a case."""

from __future__ import annotations

import csv
import math
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UnreadableError, UsageError
from kuager.faces.cli.output import emit, json_option, note, say

if TYPE_CHECKING:
    from kuager.instruments.impulses import Ear, Mark, ShooterPosterior

SUPPOSED = (
    "one shooter, who stays at one place",
    "open and level ground: the first sound of each shot came straight",
    "the positions given, within their errors",
    "a speed of sound of 343 m/s, one muzzle speed of 600 to 950 m/s, any aim up to 60° upward",
    "marks that scatter by some 9 to 33 ms between recordings, and the clock's own error",
    "beforehand any place among the recordings, and farther ones the less likely the farther",
)
RESTRICTED = (
    "A place and a direction can accuse a person or endanger a witness: keep this restricted until one decides."
)


@click.command("locate-shots")
@click.argument("files", nargs=-1, metavar="[FILE…]", type=click.Path())
@click.option("--position", "positions", multiple=True, metavar="A@EAST,NORTH±M", help="Where A stood, in metres.")
@click.option("--pin", "pins", multiple=True, metavar="A@12.40=B@3.10±0.05", help="A moment seen in two recordings.")
@click.option("--times", type=click.Path(path_type=Path), metavar="CSV", help="Marks by hand, instead of files.")
@click.option("--within", "within_m", type=click.FloatRange(10, 5000), default=400.0, help="Metres around to search.")
@json_option
def command(
    files: tuple[str, ...],
    positions: tuple[str, ...],
    pins: tuple[str, ...],
    times: Path | None,
    within_m: float,
    as_json: bool,
) -> int:
    """Where a shooter can have been: the 90 % region from shots heard at known places.

    With FILES, each needs a --position; they are put on one clock and listened to. With --times, a table with the
    columns recording,east_m,north_m,shot,blast_s and, where known, crack_s,position_sd_m,clock_sd_s: blast_s and
    crack_s on one clock.
    """
    from kuager.instruments.impulses import locate

    if (times is None) == (not files):
        raise UsageError("Give recordings, or a table with --times.", "See: kuager locate-shots --help")
    failed: list[dict[str, str]] = []
    ears, marks = _from_table(times) if times is not None else _from_files(files, positions, pins, failed)
    try:
        found = locate(ears, marks, within_m)
    except ValueError as error:
        raise UnreadableError(
            f"No place can be told: {error}.", "Give more recordings of the same shots, with positions."
        ) from None
    document = _document(found, marks, ears, failed)
    if as_json:
        emit(document)
    else:
        _tell(found, document)
    return 3 if failed else 0


def _from_table(path: Path) -> tuple[list[Ear], list[Mark]]:
    from kuager.instruments.impulses import Ear, Mark

    ears: dict[str, Ear] = {}
    marks: list[Mark] = []
    shots: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                name = row["recording"]
                place = _number(row["east_m"]), _number(row["north_m"])
                sds = (_number(row.get(column) or "0") for column in ("position_sd_m", "clock_sd_s"))
                ears.setdefault(name, Ear(name, place, *sds))
                shot = shots.setdefault(row["shot"], len(shots))
                blast, crack = _number(row["blast_s"]), row.get("crack_s")
                lead = blast - _number(crack) if crack else None
                marks.append(Mark(list(ears).index(name), shot, blast, lead))
    except OSError as error:
        raise UnreadableError(f"Cannot read {path}: {error.strerror}.", "Check its name and rights.") from None
    except (KeyError, TypeError, ValueError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError(
            f"{path} is not a table of marks: {error}.", "Columns: recording,east_m,north_m,shot,blast_s,crack_s"
        ) from None
    return list(ears.values()), marks


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text} is no number")
    return value


def _from_files(
    files: tuple[str, ...], positions: tuple[str, ...], pins: tuple[str, ...], failed: list[dict[str, str]]
) -> tuple[list[Ear], list[Mark]]:
    """Recordings with a position on the largest common clock, and the shots that they share."""
    from kuager.instruments import clock, impulses, media

    paths = tuple(dict.fromkeys(files))
    places = dict(clock.read_position(text, paths) for text in positions)
    missing = [path for path in paths if path not in places]
    if missing:
        raise UsageError(f"No position is given for: {', '.join(missing)}", 'Write --position "A.mp4@12.5,-40±5".')
    read_pins = [clock.read_pin(text, paths) for text in pins]
    with tempfile.TemporaryDirectory(prefix="kuager-locate-") as folder:
        recordings, unreadable = clock.read_recordings(paths, Path(folder))
        answer = clock.synchronise([replace(one, **places[one.name]) for one in recordings], read_pins)
    failed += [{"path": one.name, "reason": one.reason} for one in (*unreadable, *answer.failed)]
    group = max(answer.groups, key=lambda one: len(one.recordings), default=None)
    ears, heard, offsets, drifts = [], [], [], []
    clock_sds = _own_sds([placed.offset_sd_s for placed in group.recordings]) if group else []
    for placed, clock_sd_s in zip(group.recordings if group else (), clock_sds, strict=True):
        try:
            sound = media.sound(placed.name, impulses.RATE)
        except UnreadableError as error:
            failed.append({"path": placed.name, "reason": error.message})
            continue
        place = places[placed.name]
        ears.append(impulses.Ear(placed.name, place["position_m"], place["position_sd_m"], clock_sd_s))
        heard.append(impulses.listen(sound.samples, sound.start_s, sound.delay_sd_s))
        offsets.append(placed.offset_s)
        drifts.append(placed.drift_ppm or 0.0)
    together = {ear.name for ear in ears}
    lost = {one["path"] for one in failed}
    failed += [
        {"path": path, "reason": "it shares no clock with the others"} for path in paths if path not in together | lost
    ]
    return ears, list(impulses.shared_shots(ears, heard, offsets, drifts))


def _own_sds(offset_sds_s: list[float]) -> list[float]:
    """Each recording's own share of the errors of its group's offsets, which are against the first recording.

    The first's error stands in every other's; it is taken to be as large as that of the best of them.
    """
    own = min(offset_sds_s[1:], default=0.0) ** 2 / 2
    return [math.sqrt(own if k == 0 else sd**2 - own) for k, sd in enumerate(offset_sds_s)]


def _document(
    found: ShooterPosterior, marks: list[Mark], ears: list[Ear], failed: list[dict[str, str]]
) -> dict[str, Any]:
    from kuager.instruments.impulses import shooter_finding

    rows, columns = found.region.nonzero()
    return {
        "mean_m": [round(value, 1) for value in found.mean_m],
        "region": {
            "share": found.share,
            "area_m2": round(found.area_m2),
            "cell_m": [round(float(axis[1] - axis[0]), 3) for axis in (found.east_m, found.north_m)],
            "cells_m": [
                [round(float(found.east_m[column]), 2), round(float(found.north_m[row]), 2)]
                for row, column in zip(rows, columns, strict=True)
            ],
            "at_edge": found.at_edge,
        },
        "bearings": [
            {
                "path": one.name,
                "degrees": round(one.degrees, 1),
                "degrees_sd": round(one.degrees_sd, 1),
                "distance_m": round(one.distance_m, 1),
                "distance_sd_m": round(one.distance_sd_m, 1),
            }
            for one in found.bearings
        ],
        "marks": [
            {
                "path": ears[mark.ear].name,
                "shot": mark.shot,
                "blast_s": round(mark.blast_s, 5),
                "lead_s": None if mark.lead_s is None else round(mark.lead_s, 5),
            }
            for mark in marks
        ],
        "supposed": list(SUPPOSED),
        "restricted": True,
        "findings": [shooter_finding(found, SUPPOSED).as_json()],
        "failed": failed,
    }


def _tell(found: ShooterPosterior, document: dict[str, Any]) -> None:
    say(
        f"With 90 % the shooter was inside a region of {found.area_m2:.0f} m² around "
        f"{found.mean_m[0]:.0f} m east, {found.mean_m[1]:.0f} m north."
    )
    if found.at_edge:
        say("The region reaches the border of the ground searched: it is not closed. Search wider with --within.")
    for one in found.bearings:
        say(
            f"  from {one.name}: {one.degrees:.0f}° ± {one.degrees_sd:.0f}° clockwise from north, "
            f"{one.distance_m:.0f} ± {one.distance_sd_m:.0f} m"
        )
    say(f"Supposed: {'; '.join(SUPPOSED)}.")
    note(RESTRICTED)
    for one in document["failed"]:
        note(f"{one['path']}: {one['reason']}")
