"""What a source says of a recording, held against what its file says of itself: time, zone, place, device.

Both are words. That they agree shows that they agree; that they differ has many harmless reasons, which are named.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kuager.errors import UsageError
from kuager.finding import Finding
from kuager.instruments.container.metadata import Claim, Metadata

EARTH_RADIUS_M = 6_371_009.0
_LARGEST_ZONE = timedelta(hours=14)
_ZONE_STEP_S = 900.0
_CLOCK_SLACK_S = 120.0
"""Recorders stamp the start or the end of a take, and clocks of phones are minutes off at times."""

_CLOCKS = (
    "a camera whose clock was never set",
    "local time written where the format asks for UTC",
    "a copy or conversion that stamped its own time",
)


@dataclass(frozen=True)
class Claimed:
    """What the source says: ISO 8601 time (local where it has no zone), degrees, device as free words."""

    time: str | None = None
    place: tuple[float, float] | None = None
    device: str | None = None


def against_claimed(metadata: Metadata, claimed: Claimed) -> list[Finding]:
    """One finding for each thing claimed. Raises UsageError for a time or place that is none."""
    found: list[Finding] = []
    if claimed.time is not None:
        found.append(_time(metadata, claimed.time))
    if claimed.place is not None:
        found.append(_place(metadata, claimed.place))
    if claimed.device is not None:
        found.append(_device(metadata, claimed.device))
    return found


def times_within(metadata: Metadata) -> Finding | None:
    """Whether the creation times in one file agree with each other; None where it holds fewer than two."""
    times = [(claim, when) for claim in metadata.claims if claim.field == "created" and (when := read_time(claim))]
    if len({when for _, when in times}) < 2:
        return None
    zoned = [when for _, when in times if when.tzinfo]
    local = [when for _, when in times if not when.tzinfo]
    spread_s = (max(zoned) - min(zoned)).total_seconds() if zoned else 0.0
    value: dict[str, Any] = {
        "times": [{"created": str(claim.value), "place": claim.place} for claim, _ in times],
        "spread_s": spread_s,
        "implied_zone": _implied_zone(zoned, local),
    }
    return Finding(
        "creation_times",
        value,
        "recorded",
        "The file gives its creation time in several places; they are "
        + ("up to a small difference the same." if spread_s <= _CLOCK_SLACK_S else "not the same."),
        harmless=(*_CLOCKS, "a take that is stamped at its start in one place and at its end in another"),
        limits="Anyone can write these fields. An implied zone is that of the camera's setting, not of the place.",
    )


def read_time(claim: Claim) -> datetime | None:
    """A claim's time; aware where its zone is known, None where it is no full date and time."""
    text = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", str(claim.value).strip())
    try:
        return datetime.fromisoformat(text) if len(text) >= 16 else None
    except ValueError:
        return None


def _implied_zone(zoned: list[datetime], local: list[datetime]) -> str | None:
    """The zone in which a time without one and a UTC time are the same moment, if one is."""
    if not zoned or not local:
        return None
    return _zone((local[0] - zoned[0].astimezone(UTC).replace(tzinfo=None)).total_seconds())


def _zone(ahead_s: float) -> str | None:
    steps = round(ahead_s / _ZONE_STEP_S)
    if abs(ahead_s - steps * _ZONE_STEP_S) > _CLOCK_SLACK_S or abs(ahead_s) > _LARGEST_ZONE.total_seconds():
        return None
    hours, minutes = divmod(abs(steps) * 15, 60)
    return f"{'-' if steps < 0 else '+'}{hours:02d}:{minutes:02d}"


def _time(metadata: Metadata, text: str) -> Finding:
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no time.", "Give ISO 8601, for example 2011-12-16T11:30+05:00.") from None
    found = next((when for claim in metadata.claims if claim.field == "created" and (when := read_time(claim))), None)
    if found is None:
        return _nothing("time", text)
    bare = found.replace(tzinfo=None) if not (found.tzinfo and said.tzinfo) else found
    difference_s = (bare - (said if bare.tzinfo else said.replace(tzinfo=None))).total_seconds()
    zone = None if abs(difference_s) <= _CLOCK_SLACK_S else _zone(difference_s)
    meaning = (
        "The file's creation time agrees with what was said."
        if abs(difference_s) <= _CLOCK_SLACK_S
        else "The file's creation time and what was said differ by what a time zone would explain."
        if zone
        else "The file's creation time and what was said differ."
    )
    value = {"claimed": text, "found": found.isoformat(), "difference_s": difference_s, "zone_between": zone}
    return Finding("time_against_claim", value, "recorded", meaning, harmless=_CLOCKS, limits=_WORDS)


def _place(metadata: Metadata, place: tuple[float, float]) -> Finding:
    if not (abs(place[0]) <= 90 and abs(place[1]) <= 180):
        raise UsageError("Latitude lies within ±90°, longitude within ±180°.", "Give LAT,LON in degrees.")
    latitude, longitude = metadata.first("latitude"), metadata.first("longitude")
    if not isinstance(latitude, float) or not isinstance(longitude, float):
        return _nothing("place", list(place))
    distance_m = round(_arc_m(place, (latitude, longitude)))
    return Finding(
        "place_against_claim",
        {"claimed": list(place), "found": [latitude, longitude], "distance_m": distance_m},
        "recorded",
        f"The position in the file lies {distance_m} m from the one that was said.",
        harmless=("a position kept from the last fix", "a position near a mast or a wireless network instead of GPS"),
        limits=_WORDS,
    )


def _device(metadata: Metadata, device: str) -> Finding:
    named = " ".join(str(value) for field in ("make", "model") if (value := metadata.first(field)))
    if not named:
        return _nothing("device", device)
    shared = sorted(_marks(device) & _marks(named))
    return Finding(
        "device_against_claim",
        {"claimed": device, "found": named, "shared_words": shared},
        "recorded",
        "The device named in the file shares words with the one that was said."
        if shared
        else "The device named in the file shares no word with the one that was said.",
        harmless=(
            "a trade name beside a model code of one device",
            "another person's phone",
            "an app that names itself",
        ),
        limits=_WORDS,
    )


_WORDS = "Metadata are words in a file that anyone can write; agreement proves neither."


def _nothing(what: str, claimed: Any) -> Finding:
    return Finding(
        f"{what}_against_claim",
        {"claimed": claimed, "found": None},
        "inconclusive",
        f"The file says nothing of {what}, so nothing speaks for or against what was said.",
        harmless=("a messenger or a platform that removed metadata",),
        limits="Missing metadata are normal and show nothing.",
    )


def _marks(text: str) -> set[str]:
    return {word for word in re.split(r"[^0-9a-z]+", text.lower()) if len(word) > 1}


def _arc_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance (haversine)."""
    (p, q), (r, s) = ([math.radians(x) for x in each] for each in (a, b))
    half = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))
