"""A count of people as found in a text."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(slots=True)
class Count:
    """A count as found: where, what, and with which bounds; ``reference`` is the count that a comparison refers to.

    ``part`` follows on the whole it is part of, ``share`` counts some of those counted elsewhere ("nine of the dead",
    "49 in Tarn"), ``superseded`` is the figure that another took the place of ("up from 40").
    """

    start: int
    end: int
    number: Range | None
    status: str
    relation: str
    lower: int | None
    upper: int | None
    victims: str | None = None
    reference: Count | None = None
    seen: bool = False
    part: bool = False
    share: bool = False
    superseded: bool = False
    official: bool = False
