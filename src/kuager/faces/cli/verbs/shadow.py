"""``kuager shadow``: where on Earth, or when, a measured shadow is possible."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kuager.errors import UsageError
from kuager.faces.cli.output import emit, json_option, say

if TYPE_CHECKING:
    from kuager.instruments.sun import Shadow, When, Where

_LONGEST_DAYS = 3660
_MEANS = (
    "Possible means that the measurements do not speak against it, never that it was so. Level ground and an upright "
    "object are assumed."
)


@click.command("shadow", short_help="Where on Earth, or when, a measured shadow is possible.")
@click.option("--shadow", "shadows", multiple=True, required=True, metavar="TIME,ratio=R±SD,azimuth=D±SD",
              help="One shadow: ISO 8601 time (- where it is asked for), its length over the object's height, the "
              "direction it points in (degrees from true north). Again for further shadows of the place.")  # fmt: skip
@click.option("--zone", default="UTC", show_default=True, help="Zone of clock times: +05:00, Asia/Aqtau, or "
              "local: each place's own, whole hours by longitude (on land it is up to three hours off).")  # fmt: skip
@click.option("--clock-sd", default=0.0, metavar="SECONDS", help="How well the clock is known.")
@click.option("--lat", type=float, help="With --lon: asks when, at this place, instead of where.")
@click.option("--lon", type=float, help="Longitude in degrees, east positive.")
@click.option("--days", metavar="DAY[..DAY]", help="The days to ask about (ISO 8601, by the clock of --zone).")
@click.option("--step", "step_deg", default=0.5, show_default=True, help="Step of the grid, degrees.")
@click.option("--step-seconds", default=60.0, show_default=True, help="Step of the search in time.")
@click.option("--confidence", default=0.95, show_default=True, help="How much of the measuring error to allow for.")
@click.option("--geojson", type=click.Path(path_type=Path, dir_okay=False), help="Write the possible places.")
@click.option("--csv", "table", type=click.Path(path_type=Path, dir_okay=False), help="Write places, or times.")
@json_option
def command(
    shadows: tuple[str, ...],
    zone: str,
    clock_sd: float,
    lat: float | None,
    lon: float | None,
    days: str | None,
    step_deg: float,
    step_seconds: float,
    confidence: float,
    geojson: Path | None,
    table: Path | None,
    as_json: bool,
) -> int:
    """Where on Earth measured shadows are possible; with --lat, --lon and --days, when they are."""
    from kuager.instruments import sun

    clock = sun.zone_of(zone)
    read = [_shadow(text, clock_sd) for text in shadows]
    if (lat is None) != (lon is None) or (lat is not None and days is None):
        raise UsageError("To ask when, give --lat, --lon and --days together.", "Leave all out to ask where.")
    if lat is not None and lon is not None and days is not None:
        if len(read) > 1 and any(text.strip() != "-" for text, _ in read):
            raise UsageError("When is asked for shadows of one moment.", "Write - for the time of each --shadow.")
        if geojson is not None:
            raise UsageError("Times have no GeoJSON.", "Use --csv.")
        clock = clock or sun.zone_at(lon)
        times = sun.when([shadow for _, shadow in read], lat, lon, _days(days), clock, step_seconds, confidence)
        rows = [(one.start.astimezone(clock).isoformat(), one.end.astimezone(clock).isoformat()) for one in times]
        if table is not None:
            misfits = [one.misfit for one in times]
            _write_csv(table, ("start", "end", "misfit"), [(*r, m) for r, m in zip(rows, misfits, strict=True)])
        if as_json:
            emit({"when": [_when_json(one, row) for one, row in zip(times, rows, strict=True)], "meaning": _MEANS})
        else:
            _tell_when(rows)
        return 0 if times else 1
    timed = [(shadow, sun.read_moment(text, clock)) for text, shadow in read]
    places = sun.where(timed, step_deg, confidence)
    if geojson is not None:
        geojson.write_text(json.dumps(_geojson(places)), encoding="utf-8")
    if table is not None:
        _write_csv(table, ("latitude", "longitude", "misfit"), _points(places))
    if as_json:
        emit(_where_json(places))
    else:
        _tell_where(places)
    return 0 if places.answer.possible.any() else 1


def _shadow(text: str, clock_sd: float) -> tuple[str, Shadow]:
    from kuager.instruments.sun import Shadow

    moment, *parts = text.split(",")
    given: dict[str, float] = {"time_sd_s": clock_sd}
    for part in parts:
        name, _, value = part.strip().partition("=")
        number, _, spread = value.replace("+-", "±").partition("±")
        keys = {"ratio": ("ratio", "ratio_sd"), "azimuth": ("azimuth_deg", "azimuth_sd_deg")}.get(name)
        try:
            if keys is None:
                raise ValueError
            given[keys[0]] = float(number)
            if spread:
                given[keys[1]] = float(spread)
        except ValueError:
            example = "--shadow 2011-12-16T11:30:00,ratio=2.6±0.1,azimuth=350±5"
            raise UsageError(f"{part!r} is no measurement of a shadow.", f"For example {example}") from None
    return moment, Shadow(**given)


def _days(text: str) -> list[date]:
    first, _, last = text.partition("..")
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise UsageError(f"{text!r} is no day or range of days.", "For example 2011-12-01..2011-12-31.") from None
    count = (end - start).days + 1
    if not 0 < count <= _LONGEST_DAYS:
        raise UsageError(f"A range of days holds 1 to {_LONGEST_DAYS}.", "Give the earlier day first.")
    return [start + timedelta(days=k) for k in range(count)]


def _points(places: Where) -> list[tuple[float, float, float]]:
    rows, columns = places.answer.possible.nonzero()
    return [
        (round(float(places.latitude[r]), 4), round(float(places.longitude[c]), 4), float(places.answer.misfit[r, c]))
        for r, c in zip(rows, columns, strict=True)
    ]


def _where_json(places: Where) -> dict[str, Any]:
    return {
        "where": {
            "cells": int(places.answer.possible.sum()),
            "of": int(places.answer.possible.size),
            "step_deg": places.step_deg,
            "area_km2": round(places.area_km2),
            "bounds": _bounds(places),
            "best": places.best,
        },
        "confidence": places.answer.confidence,
        "meaning": _MEANS,
    }


def _bounds(places: Where) -> dict[str, float] | None:
    """South, north and, by the widest stretch of longitude left free, west and east."""
    import numpy as np

    marks = places.answer.possible
    if not marks.any():
        return None
    south, north = places.latitude[marks.any(axis=1)][[0, -1]]
    columns = np.flatnonzero(marks.any(axis=0))
    free = np.diff(np.append(columns, columns[0] + marks.shape[1]))
    k = int(free.argmax())
    west, east = columns[(k + 1) % len(columns)], columns[k]
    half = places.step_deg / 2
    return {
        "south": round(float(south - half), 4),
        "north": round(float(north + half), 4),
        "west": round(float(places.longitude[west] - half), 4),
        "east": round(float(places.longitude[east] + half), 4),
    }


def _geojson(places: Where) -> dict[str, Any]:
    """One polygon for each run of possible cells of a row: RFC 7946, counter-clockwise."""
    import numpy as np

    half = places.step_deg / 2
    polygons = []
    for row, latitude in zip(places.answer.possible, places.latitude, strict=True):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(np.int8)))
        for first, past in zip(edges[::2], edges[1::2], strict=True):
            west, east = places.longitude[first] - half, places.longitude[past - 1] + half
            corners = ((west, -half), (east, -half), (east, half), (west, half), (west, -half))
            polygons.append([[[round(float(x), 6), round(float(latitude + y), 6)] for x, y in corners]])
    geometry = {"type": "MultiPolygon", "coordinates": polygons}
    properties = {"confidence": places.answer.confidence, "meaning": _MEANS}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _when_json(one: When, row: tuple[str, str]) -> dict[str, Any]:
    return {"start": row[0], "end": row[1], "misfit": round(one.misfit, 3)}


def _write_csv(path: Path, head: tuple[str, ...], rows: list[Any]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        writer.writerows(rows)


def _tell_where(places: Where) -> None:
    bounds = _bounds(places)
    if bounds is None:
        say("Nowhere on Earth are these measurements possible together; check times, zone and measurements.")
        return
    say(
        f"Possible over {places.area_km2:,.0f} km² (at {places.answer.confidence:.0%}), "
        f"between {bounds['south']:g}° and {bounds['north']:g}° north, "
        f"from {bounds['west']:g}° east to {bounds['east']:g}°."
    )
    say(_MEANS)


def _tell_when(rows: list[tuple[str, str]]) -> None:
    for start, end in rows:
        say(f"{start} to {end}")
    say(_MEANS if rows else "At no time of these days is the shadow possible there.")
