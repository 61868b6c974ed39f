"""When a page was published, and how that is known: a labelled date, a date line, a dateline, an inference."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from kuager.instruments.text import dates
from kuager.instruments.text.model import Date

if TYPE_CHECKING:
    from kuager.instruments.text.page.layout import Layout

Range = tuple[int, int]

_PUBLISHED = re.compile(
    r"^(?:(?:first )?published|posted|date|updated|last updated|дата|опубликовано|размещено"
    r"|жарияланған(?: күні| уақыты)?|жарияланды|күні)\b",
    re.I,
)


_DATELINE = re.compile(
    r"^(?P<place>[A-ZА-ЯӘҒҚҢӨҰҮҺІ][\w'’ .\-]{1,40}?),?\s+(?:\([A-Z][\w ]+\)\s*)?(?P<date>[^—–()\-]{4,30}?)\s*"
    r"(?:\([\w/ ]{2,30}\)\s*)?(?:—|–|--|-)\s"
)


def publication(text: str, layout: Layout, date_lines: list[tuple[int, Range, dates.Found]]) -> None:
    """The day of publication with its basis: a labelled date, a date line under the headline, a dateline, or inference.

    A date alone above the headline is the day on which the page was viewed unless the text agrees with it.
    """
    if layout.published:
        return
    head = layout.headline[0] if layout.headline else 0
    for _, (s, e), found in date_lines:
        labelled = bool(_PUBLISHED.match(text[s:e]))
        if found.iso and (labelled or s > head):
            layout.published = Date(
                found.iso,
                "day" if found.day else "month",
                "labelled date" if labelled else "date line under the headline",
            )
            return
    named = _named_days(text, layout)
    if layout.body:
        s, e = layout.body[0]
        m = _DATELINE.match(text[s : min(e, s + 100)])
        if m:
            for found in dates.find(text, s + m.start("date"), s + m.end("date"), year=_year(named, layout)):
                if found.iso and found.day:
                    layout.published = Date(
                        found.iso, "day", "dateline of the article" + ("" if found.written_year else "; year inferred")
                    )
                    return
    comment_days = [t.datetime[:10] for t in layout.comments if t.datetime and len(t.datetime) >= 10]
    if comment_days:
        layout.published = _before(min(comment_days), named)
        return
    for _, _, found in date_lines:
        years = {d.year for d in named if d.written_year}
        same_month = any(d.month == found.month for d in named)
        if found.iso and (found.year in years or same_month or not named):
            basis = "date line above the headline, " + (
                "agrees with the dates in the text" if named else "nothing else to hold it against"
            )
            layout.published = Date(found.iso, "day" if found.day else "month", basis)
            return


def _named_days(text: str, layout: Layout) -> list[dates.Found]:
    return [f for s, e in layout.body for f in dates.find(text, s, e)]


def _year(named: list[dates.Found], layout: Layout) -> int | None:
    years = [d.year for d in named if d.year] + [int(t.datetime[:4]) for t in layout.comments if t.datetime]
    return max(years, default=None)


def _before(first_comment: str, named: list[dates.Found]) -> Date:
    """No later than the first comment, no earlier than the latest day the article speaks of as past."""
    limit = dt.date.fromisoformat(first_comment)
    days = []
    for d in named:
        if d.day:
            day = dt.date(d.year or limit.year, d.month, min(d.day, 28) if d.month == 2 else d.day)
            if day <= limit:
                days.append(day)
    latest = max(days, default=None)
    if latest == limit:
        return Date(first_comment, "day", "inferred: the latest day the article names is the day of its first comment")
    basis = "inferred: no later than its first comment" + (
        f", no earlier than {latest.isoformat()}, which it names" if latest else ""
    )
    return Date(first_comment, "at latest", basis)
