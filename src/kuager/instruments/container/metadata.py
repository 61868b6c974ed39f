"""What a file claims of its making, brought together from wherever a format keeps it.

Every value is *recorded*: it stands in the bytes, and anyone with the file could have written it. Values from several
places are kept apart (``Claim``), so that they can be held against each other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from kuager.instruments.container.tiff import Value

FIELDS = ("make", "model", "software", "created", "modified", "latitude", "longitude")

_MAC_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_ISO6709 = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?(?:CRS\w*)?/?")
_EXIF_TIME = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")


@dataclass(frozen=True)
class Claim:
    """One thing that the file says of itself: which field, what, where it stands (box path, tag, packet)."""

    field: str
    value: str | float
    place: str


@dataclass(frozen=True)
class Metadata:
    """The first claim of each field, in the order of ``FIELDS``, and every claim found."""

    claims: tuple[Claim, ...]

    def first(self, field: str) -> str | float | None:
        """The claim that counts most: places are read in the order in which cameras rather than editors write them."""
        return next((claim.value for claim in self.claims if claim.field == field), None)

    def as_json(self) -> dict[str, Any]:
        return {field: self.first(field) for field in FIELDS}


def mac_time(seconds: int) -> str | None:
    """Seconds since 1904 as ISO 8601, None for zero and for what lies outside 1970 to 2100 (never set)."""
    try:
        when = _MAC_EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if 1970 <= when.year <= 2100 and seconds else None


def iso6709(text: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees of an ISO 6709 string such as ``+43.3400+052.8600+010/``; None if it is none.

    Degrees, degrees and minutes, and degrees, minutes and seconds are told apart by the digits before the point.
    """
    match = _ISO6709.fullmatch(text.strip("\0 "))
    if not match:
        return None
    latitude, longitude = _degrees(match[1], 2), _degrees(match[2], 3)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _degrees(text: str, whole: int) -> float:
    sign, digits = (-1 if text[0] == "-" else 1), text[1:]
    integer = digits.split(".")[0]
    value = float(digits)
    if len(integer) == whole + 2:
        value = value // 100 + value % 100 / 60
    elif len(integer) == whole + 4:
        value = value // 10000 + value // 100 % 100 / 60 + value % 100 / 3600
    return sign * value


def exif_time(text: str, offset: str = "") -> str | None:
    """An EXIF time as ISO 8601; without a zone where the camera gave none: local time, nobody knows where."""
    match = _EXIF_TIME.match(text)
    if not match or match[1] == "0000":
        return None
    zone = offset if re.fullmatch(r"[+-]\d\d:\d\d|Z", offset) else ""
    return "{}-{}-{}T{}:{}:{}".format(*match.groups()) + zone


def exif_claims(tags: dict[str, Value], place: str) -> Iterable[Claim]:
    """The claims of EXIF tags (see ``tiff.read_tags``)."""
    for field in ("make", "model", "software"):
        if text := _text(tags.get(field)):
            yield Claim(field, text, f"{place}/{field}")
    for field in ("created", "modified"):
        if when := exif_time(_text(tags.get(field)), _text(tags.get(f"offset_{field}"))):
            yield Claim(field, when, f"{place}/{field}")
    for field, refs in (("latitude", "NS"), ("longitude", "EW")):
        value = _angle(tags.get(field), _text(tags.get(f"{field}_ref")), refs)
        if value is not None:
            yield Claim(field, value, f"{place}/gps")


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _angle(value: Value | None, ref: str, refs: str) -> float | None:
    if not isinstance(value, tuple) or len(value) != 3 or not all(math.isfinite(part) for part in value):
        return None
    angle = value[0] + value[1] / 60 + value[2] / 3600
    if angle > (90 if refs == "NS" else 180) or ref[:1] not in refs or not ref:
        return None
    return round(-angle if ref[:1] == refs[1] else angle, 7)
