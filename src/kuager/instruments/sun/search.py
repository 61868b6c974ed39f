"""Where on Earth, and when on given days, measured shadows are possible: searches over a grid.

A camera's clock gives local time: with an offset or a zone's name it is turned into UTC before anything is computed, so
local time costs what UTC costs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from kuager.errors import UsageError
from kuager.instruments.sun.shadow import Possible, Shadow, possible

Floats = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.009


@dataclass(frozen=True)
class Where:
    """A grid over the globe: ``latitude`` (n,) and ``longitude`` (m,) of its cells' middles, and the answer (n, m)."""

    latitude: Floats
    longitude: Floats
    answer: Possible
    step_deg: float

    @property
    def area_km2(self) -> float:
        band = np.radians(self.step_deg) * 2 * np.sin(np.radians(self.step_deg) / 2)
        weight = np.cos(np.radians(self.latitude))[:, None] * band * EARTH_RADIUS_KM**2
        return float((weight * self.answer.possible).sum())

    @property
    def best(self) -> tuple[float, float] | None:
        """The grid's point of least misfit, None where nothing is possible."""
        if not self.answer.possible.any():
            return None
        row, column = np.unravel_index(int(np.argmin(self.answer.misfit)), self.answer.misfit.shape)
        return float(self.latitude[row]), float(self.longitude[column])


def where(shadows: Sequence[tuple[Shadow, datetime]], step_deg: float = 0.5, confidence: float = 0.95) -> Where:
    """Where on Earth these shadows of one place are possible; moments aware. Raises UsageError."""
    if not 0.05 <= step_deg <= 10:
        raise UsageError("The grid's step lies between 0.05° and 10°.", "0.5 is usual.")
    latitude = np.arange(-90 + step_deg / 2, 90, step_deg)
    longitude = np.arange(-180 + step_deg / 2, 180, step_deg)
    answer = possible(shadows, latitude[:, None], longitude[None, :], confidence)
    return Where(latitude, longitude, answer, step_deg)


@dataclass(frozen=True)
class When:
    """A stretch of time (aware, UTC) throughout which the shadow is possible at a place, and its least misfit."""

    start: datetime
    end: datetime
    misfit: float


def when(
    shadow: Shadow, latitude: float, longitude: float, days: Sequence[date], zone: timezone | ZoneInfo,
    step_s: float = 60.0, confidence: float = 0.95,
) -> list[When]:  # fmt: skip
    """When, on each of these days by the clock of ``zone``, the shadow is possible at a place. Raises UsageError."""
    if not days:
        raise UsageError("No day was given.", "Give one day or a range of days.")
    if not 1 <= step_s <= 3600:
        raise UsageError("The step of time lies between 1 s and an hour.", "60 is usual.")
    found: list[When] = []
    for day in days:
        begin = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        after = day + timedelta(days=1)
        end = datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)
        count = int((end - begin).total_seconds() // step_s)
        moments = np.datetime64(begin.replace(tzinfo=None), "ms") + (np.arange(count) * step_s * 1000).astype("m8[ms]")
        answer = possible([(shadow, moments)], latitude, longitude, confidence)
        found += _stretches(answer, begin, step_s)
    return found


def _stretches(answer: Possible, begin: datetime, step_s: float) -> Iterator[When]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], answer.possible, [False]]).astype(np.int8)))
    for first, past in zip(edges[::2], edges[1::2], strict=True):
        start, end = (begin + timedelta(seconds=float(k) * step_s) for k in (first, past - 1))
        yield When(start, end, float(answer.misfit[first:past].min()))


def zone_of(text: str) -> timezone | ZoneInfo:
    """``UTC``, an offset such as ``+05:00``, or a name such as ``Asia/Aqtau``. Raises UsageError."""
    if text.upper() in ("UTC", "Z"):
        return UTC
    if text[:1] in "+-" and text[1:]:
        try:
            made = datetime.fromisoformat(f"2000-01-01T00:00:00{text}").tzinfo
        except ValueError:
            made = None
        if isinstance(made, timezone):
            return made
    else:
        try:
            return ZoneInfo(text)
        except (KeyError, ValueError, OSError):
            pass
    raise UsageError(f"{text!r} is no time zone.", "Give an offset such as +05:00 or a name such as Asia/Aqtau.")


def read_moment(text: str, zone: timezone | ZoneInfo) -> datetime:
    """ISO 8601 as an aware moment, by the clock of ``zone`` where the text names none. Raises UsageError."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is no moment in time.", "Give ISO 8601, for example 2011-12-16T11:30:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
