"""Events and places as CSV tables, in and out: what comes in is written as if each row had been typed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kuager.errors import UnreadableError, UsageError
from kuager.record.case import Case
from kuager.weigh.acts import acts, write
from kuager.weigh.annotation import LARGEST
from kuager.weigh.cell import joined, parted, plain_cell, safe_cell
from kuager.weigh.event import EVENT, PLACE, Event, Place, event_body, place_body

MOST = 5_000
_EVENTS = ("title", "start", "end", "kind", "sources")
_PLACES = ("name", "latitude", "longitude", "radius_m", "about", "private")
_NO = ("no", "false", "0", "n")


def events_table(happened: Iterable[Event]) -> bytes:
    """A CSV table of events; their sources apart by semicolons."""
    return _table(_EVENTS, ((e.title, e.start, e.end or "", e.kind, joined(e.sources)) for e in happened))


def places_table(located: Iterable[Place]) -> bytes:
    """A CSV table of places."""
    rows = (
        (p.name, repr(p.latitude), repr(p.longitude), str(p.radius_m), p.about, "yes" if p.private else "no")
        for p in located
    )
    return _table(_PLACES, rows)


def take_in_events(case: Case, path: Path) -> tuple[int, int]:
    """Writes the events of a CSV file with the columns title and start; gives how many, and how many stood there.

    Nothing is written unless every row can be. Raises UnreadableError, naming the row.
    """
    found = []
    for number, row in _rows(path, ("title", "start")):
        sources = parted(row["sources"], strict=False)
        try:
            body = event_body(case, row["title"], row["start"], row["end"] or None, row["kind"] or "event", sources)
        except UsageError as error:
            raise _unreadable(path, number, error) from None
        found.append(body)
    return _write(case, EVENT, found)


def take_in_places(case: Case, path: Path) -> tuple[int, int]:
    """Writes the places of a CSV file with the columns name, latitude, longitude and radius_m, as ``take_in_events``.

    A place is private unless its row says no: a home must not leave because a column was forgotten.
    """
    found = []
    for number, row in _rows(path, ("name", "latitude", "longitude", "radius_m")):
        private = row["private"].strip().casefold() not in _NO
        metres = row["radius_m"].strip()
        radius = int(metres) if metres.isdecimal() and len(metres) < 10 else 0
        try:
            body = place_body(row["name"], row["latitude"], row["longitude"], radius, row["about"], private)
        except UsageError as error:
            raise _unreadable(path, number, error) from None
        found.append((body, list[str]()))
    return _write(case, PLACE, found)


def _write(case: Case, kind: str, bodies: Sequence[tuple[dict[str, Any], list[str]]]) -> tuple[int, int]:
    known = [{key: value for key, value in act.body.items() if key != "id"} for act in acts(case, kind)]
    written = 0
    for body, about in bodies:
        if body not in known:
            known.append(body)
            write(case, kind, body, about)
            written += 1
    return written, len(bodies) - written


def _rows(path: Path, needed: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with their numbers, every known column a text."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableError(f"{path.name} cannot be opened: {error.strerror}.", "Check the path.") from None
    hint = f"Give a CSV table in UTF-8 with the columns {', '.join(needed)}."
    if len(data) > LARGEST:
        raise UnreadableError(f"{path.name} is larger than {LARGEST} bytes.", "Split it.")
    found: list[tuple[int, dict[str, str]]] = []
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        names = {(name or "").strip().casefold(): name for name in rows.fieldnames or ()}
        if not set(needed) <= set(names):
            raise UnreadableError(f"{path.name} lacks columns.", hint)
        for row in rows:
            if len(found) >= MOST:
                raise UnreadableError(f"{path.name} has more than {MOST} rows.", "Split it.")
            cells = {key: plain_cell(row[name]) for key, name in names.items() if isinstance(row.get(name), str)}
            found.append((rows.line_num, {**dict.fromkeys((*_EVENTS, *_PLACES), ""), **cells}))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError(f"{path.name} is no CSV table in UTF-8: {error}.", hint) from None
    return found


def _unreadable(path: Path, number: int, error: UsageError) -> UnreadableError:
    return UnreadableError(f"{path.name}, row {number}: {error.message} Nothing was written.", error.hint)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode()
