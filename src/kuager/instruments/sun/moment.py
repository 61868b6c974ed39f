"""Moments in UTC as Unix seconds, whatever form they were given in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.errors import UsageError

# What a caller may give: a datetime (UTC if naive), ISO 8601 text, numpy datetimes of any unit, or arrays of them.
Moment = datetime | str | np.datetime64 | NDArray[Any]

_EXAMPLE = "Give ISO 8601, for example 2011-12-16T06:30:00Z."


def unix_seconds(when: Moment) -> NDArray[np.float64]:
    """Seconds since 1970-01-01T00:00:00Z, float64, of the shape given; UTC where no zone is given.

    NumPy datetimes are converted by their own unit: a bare cast to integers would read seconds as nanoseconds.
    Raises UsageError for what is no moment.
    """
    if isinstance(when, str):
        when = _parse(when)
    if isinstance(when, datetime):
        aware = when if when.tzinfo else when.replace(tzinfo=UTC)
        return np.asarray(aware.timestamp(), dtype=np.float64)
    array = np.asarray(when)
    if array.dtype.kind == "M":
        # Days and coarser units must gain resolution before they are counted; years to ns would overflow beyond 2262.
        if np.datetime_data(array.dtype)[0] in ("Y", "M", "W", "D", "h", "m", "s"):
            return array.astype("datetime64[s]").astype(np.float64)
        unit, step = np.datetime_data(array.dtype)
        per_second = {"ms": 1e3, "us": 1e6, "ns": 1e9, "ps": 1e12, "fs": 1e15, "as": 1e18}.get(unit)
        if per_second is None or np.isnat(array).any():
            raise UsageError("A moment without a date was given.", "Give dates such as 2011-12-16T06:30:00Z.")
        return np.asarray(array.astype(np.int64) * (step / per_second), dtype=np.float64)
    if array.dtype.kind in "OU":
        return np.array([float(unix_seconds(each)) for each in array.ravel()]).reshape(array.shape)
    raise UsageError(f"{when!r} is no moment in time.", _EXAMPLE)


def _parse(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is no moment in time.", _EXAMPLE) from None
