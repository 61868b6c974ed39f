"""When, and what points where: the small things that everything on a page is told with.

Seconds are presentation seconds of the recording, or seconds on its group's clock where the name says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Precision = Literal["year", "month", "day", "minute", "second"]
Standing = Literal["judged", "proposed"]
"""Whether people decided on it, or a machine proposes it and nobody has."""


@dataclass(frozen=True)
class When:
    """A time in ISO 8601 (UTC) with the precision it is known to; ``end`` makes it a span, open where it is empty."""

    start: str
    precision: Precision
    end: str | None = None


@dataclass(frozen=True)
class Reference:
    """Points from the account into the page: a recording's second, or another part by its anchor."""

    anchor: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True)
class Fragment:
    """A run of words, with what it rests on. Without words it is shown by the name of what it points to.

    ``who`` is the id of the source whose words they are, where they are somebody's; ``found`` False says that people
    looked for it and did not find it; ``denies`` that who says it says it is *not* so.
    """

    text: str
    to: Reference | None = None
    who: str | None = None
    found: bool = True
    denies: bool = False


@dataclass(frozen=True)
class Picture:
    """A still made for release. ``time_s`` is the second it shows; ``alt`` says in words what is seen."""

    path: str
    width: int
    height: int
    time_s: float | None = None
    alt: str = ""
