"""What a measured shadow allows: where on Earth, and when.

A vertical thing of height h casts a shadow of length s on level ground where tan(elevation) = h / s, pointing away
from the sun. Both the ratio s / h and the compass direction of the shadow can be used, alone or together, each with
its standard error; several shadows at different times of one place narrow it further. The test is a chi-square one:
a place (or a time) is *possible* where the measurements lie no further from what the sun would have given there than
their errors explain, at the confidence asked for. Possible never means that it was so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kuager.errors import UsageError
from kuager.instruments.sun.geocentre import Floats, geocentre
from kuager.instruments.sun.moment import Moment, unix_seconds
from kuager.instruments.sun.position import from_geocentre

SUN_RADIUS_DEG = 0.27
"""The sun's half-width blurs the end of a shadow by this much: no measurement is better."""


@dataclass(frozen=True)
class Shadow:
    """One measured shadow.

    ``ratio`` is shadow length over object height; ``azimuth_deg`` the direction in which the shadow points, clockwise
    from true north. At least one is given, each with its standard error. ``time_sd_s`` is how well the moment is known.
    """

    ratio: float | None = None
    ratio_sd: float = 0.05
    azimuth_deg: float | None = None
    azimuth_sd_deg: float = 5.0
    time_sd_s: float = 0.0

    def __post_init__(self) -> None:
        if self.ratio is None and self.azimuth_deg is None:
            raise UsageError("A shadow needs its length ratio, its direction, or both.", "Give --ratio or --azimuth.")
        if self.ratio is not None and not (0 < self.ratio < 1000 and self.ratio_sd > 0):
            raise UsageError("A shadow's ratio is its length over the height, above 0.", "Give both in the same unit.")
        if self.azimuth_deg is not None and not self.azimuth_sd_deg > 0:
            raise UsageError("The error of a direction is above 0 degrees.", "Give --azimuth-sd.")

    @property
    def measurements(self) -> int:
        """How many numbers were measured: 1 or 2."""
        return (self.ratio is not None) + (self.azimuth_deg is not None)


@dataclass(frozen=True)
class Possible:
    """Where or when the shadows are possible.

    ``misfit`` is chi-square, of the shape of the places and moments asked about; infinite where the sun was down.
    ``possible`` marks where it stays below ``limit``, the chi-square quantile of ``confidence``.
    """

    misfit: Floats
    possible: NDArray[np.bool_]
    limit: float
    confidence: float


def possible(
    shadows: Sequence[tuple[Shadow, Moment]], latitude: ArrayLike, longitude: ArrayLike, confidence: float = 0.95
) -> Possible:
    """Where (or when) all these shadows of one place are possible.

    Latitude and longitude (degrees) and each moment broadcast: a grid with one moment asks where, one place with an
    array of moments asks when. Raises UsageError when nothing was measured.
    """
    if not shadows:
        raise UsageError("No shadow was given.", "Measure at least one: its length ratio or its direction.")
    if not 0 < confidence < 1:
        raise UsageError("Confidence lies between 0 and 1.", "0.95 is usual.")
    from scipy.stats import chi2

    lat, lon = np.asarray(latitude, dtype=np.float64), np.asarray(longitude, dtype=np.float64)
    misfit = sum((_misfit(shadow, unix_seconds(when), lat, lon) for shadow, when in shadows), np.zeros(()))
    limit = float(chi2.ppf(confidence, sum(shadow.measurements for shadow, _ in shadows)))
    return Possible(misfit, misfit <= limit, limit, confidence)


def _misfit(shadow: Shadow, seconds: Floats, lat: Floats, lon: Floats) -> Floats:
    """Chi-square of one shadow: errors of measurement, of the sun's width and of the moment, in quadrature."""
    sun = from_geocentre(geocentre(seconds), lat, lon)
    elevation = np.radians(sun.elevation_deg)
    total = np.zeros(np.shape(elevation))
    rate_elevation, rate_azimuth = (np.zeros_like(total),) * 2
    if shadow.time_sd_s:
        later = from_geocentre(geocentre(seconds + 60.0), lat, lon)
        rate_elevation = (later.elevation_deg - sun.elevation_deg) / 60.0
        rate_azimuth = _turn(later.azimuth_deg, sun.azimuth_deg) / 60.0
    if shadow.ratio is not None:
        measured = np.arctan2(1.0, shadow.ratio)
        # d(elevation) / d(ratio) of arccot; the same error of a long shadow says less about a high sun.
        spread = np.degrees(shadow.ratio_sd / (1.0 + shadow.ratio**2))
        variance = spread**2 + SUN_RADIUS_DEG**2 + (rate_elevation * shadow.time_sd_s) ** 2
        total = total + np.degrees(elevation - measured) ** 2 / variance
    if shadow.azimuth_deg is not None:
        variance = shadow.azimuth_sd_deg**2 + SUN_RADIUS_DEG**2 + (rate_azimuth * shadow.time_sd_s) ** 2
        total = total + _turn(sun.azimuth_deg + 180.0, shadow.azimuth_deg) ** 2 / variance
    return np.where(sun.elevation_deg > 0.0, total, np.inf)


def _turn(a: ArrayLike, b: ArrayLike) -> Floats:
    """The signed angle from b to a, degrees, −180 ≤ turn < 180."""
    turn: Floats = (np.asarray(a) - np.asarray(b) + 180.0) % 360.0 - 180.0
    return turn
