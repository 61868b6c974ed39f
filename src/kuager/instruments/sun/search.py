"""Where on Earth, and when on given days, measured shadows are possible: searches over a grid.

A camera's clock gives local time: with an offset or a zone's name it is turned into UTC before anything is computed.
Where nothing is known of the zone, the clock is taken to show each place's own nautical zone, whole hours by longitude:
then the sun is worked out for each column of the grid at its own moment, which costs what one moment costs.
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
    """Where on Earth these shadows of one place are possible.

    A moment without a zone is local time: that of each place's nautical zone. Raises UsageError.
    """
    if not 0.05 <= step_deg <= 10:
        raise UsageError("The grid's step lies between 0.05° and 10°.", "0.5 is usual.")
    latitude = np.arange(-90 + step_deg / 2, 90, step_deg)
    longitude = np.arange(-180 + step_deg / 2, 180, step_deg)
    timed = [(shadow, moment if moment.tzinfo else _nautical(moment, longitude)) for shadow, moment in shadows]
    answer = possible(timed, latitude[:, None], longitude[None, :], confidence)
    return Where(latitude, longitude, answer, step_deg)


def _nautical(moment: datetime, longitude: Floats) -> NDArray[np.datetime64]:
    """The moments (1, m) at which clocks of the nautical zones at these longitudes (m,) show ``moment``."""
    hours = np.rint(longitude / 15).astype("timedelta64[h]")
    return (np.datetime64(moment, "us") - hours)[None, :]


def zone_at(longitude: float) -> timezone:
    """The nautical zone of a longitude (degrees, east positive): whole hours, at most 12 either way."""
    return timezone(timedelta(hours=round(((longitude + 180) % 360 - 180) / 15)))


@dataclass(frozen=True)
class When:
    """A stretch of time (aware, UTC) throughout which the shadows are possible at a place, and the least misfit."""

    start: datetime
    end: datetime
    misfit: float


def when(
    shadows: Sequence[Shadow], latitude: float, longitude: float, days: Sequence[date], zone: timezone | ZoneInfo,
    step_s: float = 60.0, confidence: float = 0.95,
) -> list[When]:  # fmt: skip
    """When, on each of these days by the clock of ``zone``, shadows of one moment are possible at a place.

    Raises UsageError.
    """
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
        answer = possible([(shadow, moments) for shadow in shadows], latitude, longitude, confidence)
        found += _stretches(answer, begin, step_s)
    return found


def _stretches(answer: Possible, begin: datetime, step_s: float) -> Iterator[When]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], answer.possible, [False]]).astype(np.int8)))
    for first, past in zip(edges[::2], edges[1::2], strict=True):
        start, end = (begin + timedelta(seconds=float(k) * step_s) for k in (first, past - 1))
        yield When(start, end, float(answer.misfit[first:past].min()))


def zone_of(text: str) -> timezone | ZoneInfo | None:
    """``UTC``, an offset such as ``+05:00``, a name such as ``Asia/Aqtau``, or ``local``: ``None``, each place's own.

    Raises UsageError.
    """
    if text.lower() == "local":
        return None
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
    raise UsageError(f"{text!r} is no time zone.", "Give +05:00, Asia/Aqtau or local.")


def read_moment(text: str, zone: timezone | ZoneInfo | None) -> datetime:
    """ISO 8601 as a moment, by the clock of ``zone`` where the text names none: without one where that is ``None``.

    Raises UsageError.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is no moment in time.", "Give ISO 8601, for example 2011-12-16T11:30:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
