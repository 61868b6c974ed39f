"""The sun seen from the centre of the Earth: the part of the algorithm that depends on time alone.

Follows I. Reda and A. Andreas, *Solar Position Algorithm for Solar Radiation Applications*, NREL/TP-560-34302
(revised January 2008), sections 3.1 to 3.9; numbers in comments are its sections.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Geocentre:
    """Geocentric sun, one value per moment: angles in radians, distance in astronomical units."""

    right_ascension: Floats
    declination: Floats
    distance_au: Floats
    sidereal: Floats
    """Apparent sidereal time at Greenwich, radians."""


@cache
def _terms() -> dict[str, Floats]:
    text = resources.files(__package__).joinpath("terms.txt").read_text(encoding="utf-8")
    tables: dict[str, list[list[float]]] = {}
    rows: list[list[float]] = []
    for line in text.splitlines():
        if line.startswith("["):
            rows = tables.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.append([float(value) for value in line.split()])
    return {name: np.array(table) for name, table in tables.items()}


def delta_t(unix_s: Floats) -> Floats:
    """Terrestrial minus universal time in seconds, by the polynomials of Espenak and Meeus (NASA/TP-2006-214141).

    Covers 1900 to 2150; outside, the long-term parabola. An error of 10 s moves the sun by 0.0001°.
    """
    year = 1970.0 + unix_s / (365.2425 * 86400.0)
    u = (year - 1820.0) / 100.0
    conditions = [
        (year >= 1900) & (year < 1920),
        (year >= 1920) & (year < 1941),
        (year >= 1941) & (year < 1961),
        (year >= 1961) & (year < 1986),
        (year >= 1986) & (year < 2005),
        (year >= 2005) & (year < 2050),
        (year >= 2050) & (year < 2150),
    ]
    polynomials = [
        np.polyval([-0.000197, 0.0061966, -0.0598939, 1.494119, -2.79], year - 1900),
        np.polyval([0.0020936, -0.076100, 0.84493, 21.20], year - 1920),
        np.polyval([1 / 2547, -1 / 233, 0.407, 29.07], year - 1950),
        np.polyval([-1 / 718, -1 / 260, 1.067, 45.45], year - 1975),
        np.polyval([0.00002373599, 0.000651814, 0.0017275, -0.060374, 0.3345, 63.86], year - 2000),
        np.polyval([0.005589, 0.32217, 62.92], year - 2000),
        -20 + 32 * u**2 - 0.5628 * (2150 - year),
    ]
    return np.select(conditions, polynomials, -20 + 32 * u**2)


def geocentre(unix_s: Floats) -> Geocentre:
    """The geocentric sun at each of the moments given (Unix seconds, any shape)."""
    t = np.atleast_1d(np.asarray(unix_s, dtype=np.float64))
    shape = np.shape(unix_s)
    day = t / 86400.0 + 2440587.5  # 3.1: Julian day
    century = (day - 2451545.0) / 36525.0
    ephemeris_century = (day + delta_t(t) / 86400.0 - 2451545.0) / 36525.0
    millennium = ephemeris_century / 10.0

    longitude = _series("L", 6, millennium) + np.pi  # 3.2, 3.3: geocentric from heliocentric
    latitude = -_series("B", 2, millennium)
    distance = _series("R", 5, millennium)
    nutation_longitude, nutation_obliquity = _nutation(ephemeris_century)
    obliquity = _mean_obliquity(millennium) + nutation_obliquity  # 3.5
    aberration = -np.radians(20.4898 / 3600.0) / distance  # 3.6
    apparent = longitude + nutation_longitude + aberration  # 3.7

    mean_sidereal = (  # 3.8
        280.46061837 + 360.98564736629 * (day - 2451545.0) + century**2 * (0.000387933 - century / 38710000.0)
    )
    sidereal = np.radians(mean_sidereal % 360.0) + nutation_longitude * np.cos(obliquity)
    right_ascension = np.arctan2(  # 3.9
        np.sin(apparent) * np.cos(obliquity) - np.tan(latitude) * np.sin(obliquity), np.cos(apparent)
    )
    declination = np.arcsin(  # 3.10
        np.sin(latitude) * np.cos(obliquity) + np.cos(latitude) * np.sin(obliquity) * np.sin(apparent)
    )
    return Geocentre(*(value.reshape(shape) for value in (right_ascension, declination, distance, sidereal)))


def _series(name: str, orders: int, millennium: Floats) -> Floats:
    """Sum of the periodic terms of one heliocentric coordinate: radians, or AU for ``R``."""
    total = np.zeros_like(millennium)
    for order in range(orders):
        a, b, c = _terms()[f"{name}{order}"].T
        total += (a * np.cos(b + c * millennium[..., None])).sum(-1) * millennium**order
    return total / 1e8


def _nutation(century: Floats) -> tuple[Floats, Floats]:
    """3.4: nutation in longitude and in obliquity, radians."""
    x = np.stack(
        [
            297.85036 + 445267.111480 * century - 0.0019142 * century**2 + century**3 / 189474.0,
            357.52772 + 35999.050340 * century - 0.0001603 * century**2 - century**3 / 300000.0,
            134.96298 + 477198.867398 * century + 0.0086972 * century**2 + century**3 / 56250.0,
            93.27191 + 483202.017538 * century - 0.0036825 * century**2 + century**3 / 327270.0,
            125.04452 - 1934.136261 * century + 0.0020708 * century**2 + century**3 / 450000.0,
        ],
        axis=-1,
    )
    argument = np.radians(x @ _terms()["Y"].T)
    a, b, c, d = _terms()["N"].T
    longitude = ((a + b * century[..., None]) * np.sin(argument)).sum(-1)
    obliquity = ((c + d * century[..., None]) * np.cos(argument)).sum(-1)
    return np.radians(longitude / 36000000.0), np.radians(obliquity / 36000000.0)


def _mean_obliquity(millennium: Floats) -> Floats:
    u = millennium / 10.0
    coefficients = [2.45, 5.79, 27.87, 7.12, -39.05, -249.67, -51.38, 1999.25, -1.55, -4680.93, 84381.448]
    obliquity: Floats = np.radians(np.polyval(coefficients, u) / 3600.0)
    return obliquity
