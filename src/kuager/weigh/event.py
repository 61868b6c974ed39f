"""Events and places: what happened at some time, and somewhere, each with its precision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from kuager.errors import UsageError
from kuager.record.case import Case
from kuager.weigh.acts import Act, acts, decimal, needed, write
from kuager.weigh.reference import read_reference

EVENT, PLACE = "happened", "located"
EventKind = Literal["event", "outage", "curfew", "statement"]
KINDS: tuple[EventKind, ...] = get_args(EventKind)
_TIME = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?Z)?)?)?")


@dataclass(frozen=True)
class Event:
    """``start`` and ``end`` are ISO 8601 in UTC as precisely as is known: a day is a day. ``sources`` are references,
    or words that name a source outside the case."""

    id: str
    title: str
    start: str
    end: str | None
    kind: EventKind
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Within ``radius_m`` of a point. ``private`` places never leave the case."""

    id: str
    name: str
    latitude: float
    longitude: float
    radius_m: int
    about: str
    private: bool


def record_event(
    case: Case, title: str, start: str, end: str | None = None, kind: str = "event", sources: Sequence[str] = ()
) -> Event:
    """Writes an event. Raises UsageError for a time or a kind that is none."""
    body, about = event_body(case, title, start, end, kind, sources)
    return _event(write(case, EVENT, body, about))


def event_body(
    case: Case, title: str, start: str, end: str | None, kind: str, sources: Sequence[str]
) -> tuple[dict[str, Any], list[str]]:
    """What an entry says of an event, and what it cites. Raises UsageError as ``record_event``."""
    if kind not in KINDS:
        raise UsageError(f"'{kind}' is no kind of event.", f"One of: {', '.join(KINDS)}")
    for when in (start, end or start):
        if not _TIME.fullmatch(when):
            raise UsageError(f"{when!r} is no time.", "Give 2011, 2011-12-16 or 2011-12-16T06:30Z")
    if end and end < start:
        raise UsageError("The event ends before it begins.", "Give the earlier time first.")
    about = sorted({read_reference(case, each).id for each in sources if re.match("[icsoep]:", each)})
    body = {"title": needed(title, "The title"), "start": start, "end": end, "kind": kind, "sources": list(sources)}
    return body, about


def events(case: Case) -> list[Event]:
    """The events, earliest first."""
    return sorted((_event(each) for each in acts(case, EVENT)), key=lambda each: each.start)


def record_place(
    case: Case, name: str, latitude: str, longitude: str, radius_m: int, about: str = "", private: bool = False
) -> Place:
    """Writes a place. Raises UsageError for coordinates that are none, or a radius that claims no uncertainty."""
    return _place(write(case, PLACE, place_body(name, latitude, longitude, radius_m, about, private)))


def place_body(name: str, latitude: str, longitude: str, radius_m: int, about: str, private: bool) -> dict[str, Any]:
    """What an entry says of a place. Raises UsageError as ``record_place``."""
    lat, lon = decimal(latitude, "latitude"), decimal(longitude, "longitude")
    if abs(float(lat)) > 90 or abs(float(lon)) > 180:
        raise UsageError("Latitude lies within ±90°, longitude within ±180°.", "Give degrees, north and east positive.")
    if radius_m <= 0:
        raise UsageError("A place has a radius within which it lies.", "Say how well it is known, in metres.")
    return {
        "name": needed(name, "The name"),
        "latitude": lat,
        "longitude": lon,
        "radius_m": radius_m,
        "about": about,
        "private": private,
    }


def places(case: Case) -> list[Place]:
    """The places that were written down."""
    return [_place(each) for each in acts(case, PLACE)]


def _event(each: Act) -> Event:
    body = each.body
    return Event(each.id, body["title"], body["start"], body["end"], body["kind"], tuple(body["sources"]))


def _place(each: Act) -> Place:
    body = each.body
    return Place(
        each.id,
        body["name"],
        float(body["latitude"]),
        float(body["longitude"]),
        body["radius_m"],
        body["about"],
        body["private"],
    )
