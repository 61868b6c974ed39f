"""Standpoints: where a recording was made from. They never leave the case; the clock counts what distance does."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kuager.errors import UsageError
from kuager.record.case import Case
from kuager.weigh.acts import Act, acts, decimal, needed, write

KIND = "stood"
_EARTH_M = 6_371_008.8


@dataclass(frozen=True)
class Standpoint:
    """The recording ``item`` was made within ``radius_m`` of a point, taken as twice the standard deviation."""

    id: str
    item: str
    latitude: float
    longitude: float
    radius_m: int
    because: str
    by: str


def stand(case: Case, recording: str, latitude: str, longitude: str, radius_m: int, because: str) -> Standpoint:
    """Writes where a recording was made from, in the place of what was written before. Raises UsageError."""
    item = case.item(recording).id
    lat, lon = decimal(latitude, "latitude"), decimal(longitude, "longitude")
    if abs(float(lat)) > 90 or abs(float(lon)) > 180:
        raise UsageError("Latitude lies within ±90°, longitude within ±180°.", "Give degrees, north and east positive.")
    if radius_m <= 0:
        raise UsageError("A standpoint is known within a radius.", "Say how well, in metres.")
    body = {
        "item": item,
        "latitude": lat,
        "longitude": lon,
        "radius_m": radius_m,
        "because": needed(because, "How it is known"),
    }
    earlier = next((each.id for each in acts(case, KIND) if each.body["item"] == item), None)
    return _standpoint(write(case, KIND, body, (item,), earlier))


def standpoints(case: Case) -> list[Standpoint]:
    """Every standpoint that can be read."""
    return [_standpoint(each) for each in acts(case, KIND)]


def on_a_plane(of: list[Standpoint]) -> dict[str, tuple[float, float, float]]:
    """East, north and standard deviation in metres by recording, on a plane that touches a round Earth: for places as
    near to one another as one sound reaches."""
    if not of:
        return {}
    latitude = sum(each.latitude for each in of) / len(of)
    longitude = of[0].longitude
    east = math.radians(1) * _EARTH_M * math.cos(math.radians(latitude))
    north = math.radians(1) * _EARTH_M
    return {
        each.item: (
            ((each.longitude - longitude + 180) % 360 - 180) * east,
            (each.latitude - latitude) * north,
            each.radius_m / 2,
        )
        for each in of
    }


def _standpoint(each: Act) -> Standpoint:
    body = each.body
    return Standpoint(
        each.id,
        body["item"],
        float(body["latitude"]),
        float(body["longitude"]),
        body["radius_m"],
        body["because"],
        each.actor,
    )
