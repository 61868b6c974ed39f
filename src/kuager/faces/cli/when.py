"""Times that a person types: kept with the precision they have, in UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from kuager.errors import UsageError

_COARSE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def utc_text(text: str) -> str:
    """ISO 8601 in UTC; UTC if no zone is given. A year, a month or a day stays one. Raises UsageError."""
    given = text.strip()
    try:
        if _COARSE.fullmatch(given):
            datetime.fromisoformat((given + "-01-01")[:10])
            return given
        when = datetime.fromisoformat(given)
    except ValueError:
        raise UsageError(f"{text!r} is no moment in time.", "Give ISO 8601, for example 2011-12-16T06:30Z.") from None
    when = when.astimezone(UTC) if when.tzinfo else when
    if when.microsecond or when.second or re.search(r":\d\d:\d\d", given):
        return (
            when.strftime("%Y-%m-%dT%H:%M:%S" + (f".{when.microsecond:06d}".rstrip("0") if when.microsecond else ""))
            + "Z"
        )
    return when.strftime("%Y-%m-%dT%H:%MZ")
