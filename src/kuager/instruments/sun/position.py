"""The sun over a place: elevation and azimuth, as an observer there would measure them without an atmosphere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kuager.errors import UsageError
from kuager.instruments.sun.geocentre import Floats, Geocentre, geocentre
from kuager.instruments.sun.moment import Moment, unix_seconds


@dataclass(frozen=True)
class SunPosition:
    """Degrees, of the shape that latitude, longitude and moments broadcast to.

    ``elevation_deg`` is geometric (no refraction); ``azimuth_deg`` is clockwise from north, 0 ≤ azimuth < 360.
    """

    elevation_deg: Floats
    azimuth_deg: Floats


def sun_position(latitude: ArrayLike, longitude: ArrayLike, when: Moment, height_m: float = 0.0) -> SunPosition:
    """Where the sun stood over places (degrees, east positive) at moments (UTC where no zone is given).

    The terms that depend on time alone are computed once for each moment, so a whole globe at one moment costs one
    evaluation and some trigonometry a point. NREL SPA; within 0.0003° of its reference for 1900 to 2100.
    Raises UsageError for coordinates out of range.
    """
    lat = np.asarray(latitude, dtype=np.float64)
    lon = np.asarray(longitude, dtype=np.float64)
    if not (np.all(np.abs(lat) <= 90) and np.all(np.abs(lon) <= 360)):
        raise UsageError("Latitude lies within ±90°, longitude within ±180°.", "Give --lat and --lon in degrees.")
    return from_geocentre(geocentre(unix_seconds(when)), lat, lon, height_m)


def from_geocentre(sun: Geocentre, latitude: Floats, longitude: Floats, height_m: float = 0.0) -> SunPosition:
    """3.11 to 3.14: from the Earth's centre to a place on its surface (parallax), then to its horizon."""
    phi = np.radians(latitude)
    parallax = np.radians(8.794 / 3600.0) / sun.distance_au
    u = np.arctan(0.99664719 * np.tan(phi))
    x = np.cos(u) + height_m / 6378140.0 * np.cos(phi)
    y = 0.99664719 * np.sin(u) + height_m / 6378140.0 * np.sin(phi)

    hour_angle = sun.sidereal + np.radians(longitude) - sun.right_ascension
    cos_hour = np.cos(hour_angle)
    sin_parallax = np.sin(parallax)
    denominator = np.cos(sun.declination) - x * sin_parallax * cos_hour
    shift = np.arctan2(-x * sin_parallax * np.sin(hour_angle), denominator)
    declination = np.arctan2((np.sin(sun.declination) - y * sin_parallax) * np.cos(shift), denominator)
    local_hour = hour_angle - shift
    cos_local = np.cos(local_hour)

    sine = np.sin(phi) * np.sin(declination) + np.cos(phi) * np.cos(declination) * cos_local
    elevation = np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))
    azimuth = np.degrees(np.arctan2(np.sin(local_hour), cos_local * np.sin(phi) - np.tan(declination) * np.cos(phi)))
    return SunPosition(elevation, (azimuth + 180.0) % 360.0)
