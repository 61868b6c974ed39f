"""Where things lie on a line: events on a time axis, counts on a scale, recordings on their clock; all in percent.

The page draws these with plain elements rather than a picture, so that words stay words at every width and in print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kuager.faces.page.model import Between, Count, Event, Recording, Standing, When
from kuager.faces.page.words import Words, parse

_LEAST = 0.7  # percent: a bar thinner than this cannot be seen


@dataclass(frozen=True)
class EventRow:
    """An event with its bar; ``open`` where its end is not known."""

    event: Event
    left: float
    width: float
    open: bool


@dataclass(frozen=True)
class Tick:
    """A mark on an axis."""

    left: float
    label: str


@dataclass(frozen=True)
class Timeline:
    """Events in order of their beginning, and the axis they lie on."""

    rows: tuple[EventRow, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class CountRow:
    """A count with its bar; ``width`` None where no number was given, ``open`` where it has no upper end."""

    count: Count
    left: float
    width: float | None
    open: bool


@dataclass(frozen=True)
class CountGroup:
    """Counts of the same thing on one scale from 0 to ``top``; ``known`` where the page has a word for it.

    ``untold`` has those of which it cannot be told whose they are. They bear on none of the others: ``most`` is the
    highest number that one account gives as the least, ``seen`` the same of those who counted themselves, ``least`` the
    lowest that one gives as the most; each of somebody's, none a sum, none said of a part of the people.
    """

    what: str
    known: bool
    top: int
    rows: tuple[CountRow, ...]
    untold: tuple[CountRow, ...]
    most: Count | None
    seen: Count | None
    least: Count | None

    @property
    def by_hand(self) -> list[tuple[str, list[CountRow]]]:
        """The rows by how whoever counts knows it, those who counted themselves first."""
        found = ((hand, [row for row in self.rows if row.count.hand == hand]) for hand in HANDS)
        return [(hand, rows) for hand, rows in found if rows]


@dataclass(frozen=True)
class LaneTick:
    """An observation or a mark inside a lane, in percent of the lane."""

    left: float
    width: float
    kind: str


@dataclass(frozen=True)
class Lane:
    """One recording on the common clock, in percent of the clock's length."""

    id: str
    title: str
    left: float
    width: float
    ticks: tuple[LaneTick, ...]


HANDS = ("first", "reported", "third", "unknown")
KNOWN_COUNTS = ("killed", "wounded", "shot", "detained", "missing", "displaced")


def span(when: When) -> tuple[datetime, datetime]:
    """The first and last moment a time may mean: a day is a whole day, never its midnight."""
    first = parse(when.start)
    return first, _end(parse(when.end) if when.end else first, when.precision)


def _end(moment: datetime, precision: str) -> datetime:
    if precision == "year":
        return moment.replace(year=moment.year + 1)
    if precision == "month":
        return (moment.replace(day=1) + timedelta(days=32)).replace(day=1)
    return moment + {"day": timedelta(days=1), "minute": timedelta(minutes=1)}.get(precision, timedelta(seconds=1))


def timeline(events: tuple[Event, ...], words: Words) -> Timeline | None:
    """The events on one axis with at most seven ticks at whole days (hours, where all lie within two days)."""
    if not events:
        return None
    spans = [span(event.when) for event in events]
    first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    length = (last - first) / timedelta(seconds=1) or 1.0

    def left(moment: datetime) -> float:
        return round(100 * ((moment - first) / timedelta(seconds=1)) / length, 2)

    rows = []
    for event, (start, end) in sorted(zip(events, spans, strict=True), key=lambda pair: (*pair[1], pair[0].id)):
        at = min(left(start), 100 - _LEAST)
        rows.append(EventRow(event, at, max(_LEAST, round(left(end) - at, 2)), event.when.end == ""))
    return Timeline(tuple(rows), tuple(Tick(left(moment), label) for moment, label in _ticks(first, last, words)))


def _ticks(first: datetime, last: datetime, words: Words) -> list[tuple[datetime, str]]:
    hours = last - first <= timedelta(days=2)
    if hours:
        start = first.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        whole, unit = int((last - start) / timedelta(hours=1)), timedelta(hours=1)
    else:
        start = first.replace(hour=0, minute=0, second=0, microsecond=0)
        start = start if start == first else start + timedelta(days=1)
        whole, unit = int((last - start) / timedelta(days=1)), timedelta(days=1)
    step = next((n for n in (1, 2, 3, 6, 7, 12, 14, 30, 61, 91, 182, 365) if whole / n <= 6), max(1, whole // 6))
    moments = [start + n * step * unit for n in range(whole // step + 1)]
    return [(moment, f"{moment:%H:%M}" if hours else words.short_day(moment)) for moment in moments if moment < last]


def count_groups(counts: tuple[Count, ...]) -> tuple[CountGroup, ...]:
    """Counts grouped by what was counted, each group on its own scale from 0; those who counted themselves first."""
    groups = []
    for what in dict.fromkeys(count.what for count in counts):
        members = sorted((count for count in counts if count.what == what), key=lambda it: HANDS.index(it.hand))
        ends = [n for count in members for n in (count.lower, count.upper) if n is not None]
        top = _round_up(max([1, *ends]) * 1.2)
        told = [count for count in members if count.is_somebodys]
        untold = tuple(_row(count, top) for count in members if not count.is_somebodys)
        rows = tuple(_row(count, top) for count in told)
        groups.append(CountGroup(what, what in KNOWN_COUNTS, top, rows, untold, *_bounds(told)))
    return tuple(groups)


APART = ("cannot_both_be_true", "appears_inconsistent")


def against(counts: Sequence[Count], between: Sequence[Between]) -> dict[str, list[tuple[Count, Standing]]]:
    """For each count those that do not fit with it, what people decided first; only where it is told whose both are."""
    told = {count.id: count for count in counts if count.is_somebodys}
    found: dict[str, dict[str, tuple[Count, Standing]]] = {}
    for pair in sorted(between, key=lambda it: it.standing == "proposed"):
        if pair.relation in APART and len(pair.counts) == 2 and all(id in told for id in pair.counts):
            for one, other in (pair.counts, pair.counts[::-1]):
                found.setdefault(one, {}).setdefault(other, (told[other], pair.standing))
    return {id: list(others.values()) for id, others in found.items()}


def _bounds(told: list[Count]) -> tuple[Count | None, Count | None, Count | None]:
    """By single accounts: the highest lower bound, the highest of those who counted, the lowest upper bound."""
    whole = [count for count in told if not count.part]
    lower = [count for count in whole if count.lower]
    most = max(lower, key=lambda it: it.lower or 0, default=None)
    seen = max((it for it in lower if it.hand == "first"), key=lambda it: it.lower or 0, default=None)
    upper = [count for count in whole if count.upper is not None]
    return most, seen, min(upper, key=lambda it: it.upper or 0, default=None)


def _row(count: Count, top: int) -> CountRow:
    if count.lower is None and count.upper is None:
        return CountRow(count, 0, None, False)
    low = 100 * (count.lower or 0) / top
    high = 100.0 if count.upper is None else 100 * count.upper / top
    return CountRow(count, round(low, 2), round(max(high - low, 1.2), 2), count.upper is None)


def _round_up(value: float) -> int:
    step = 10 ** max(0, len(str(int(value))) - 1)
    step = step // 2 or 1 if value < 5 * step else step
    return int(-(-value // step) * step)


def clock_length(recordings: tuple[Recording, ...]) -> float:
    """Seconds from the first recording's beginning to the last one's end on their common clock."""
    return max((it.offset_s + it.duration_s for it in recordings if it.offset_s is not None), default=0.0)


def lanes(recordings: tuple[Recording, ...], title: dict[str, str]) -> tuple[Lane, ...]:
    """One lane for each recording that lies on the common clock."""
    length = clock_length(recordings) or 1.0
    return tuple(
        Lane(
            it.id,
            title[it.id],
            round(100 * (it.offset_s or 0.0) / length, 2),
            round(100 * it.duration_s / length, 2),
            tuple(_tick(it, seen.start_s, seen.end_s, "seen") for seen in it.observations)
            + tuple(_tick(it, mark.start_s, mark.end_s, "measured") for mark in it.marks),
        )
        for it in recordings
    )


def _tick(recording: Recording, start: float, end: float, kind: str) -> LaneTick:
    length = recording.duration_s or 1.0
    return LaneTick(round(100 * start / length, 2), round(max(100 * (end - start) / length, 0.6), 2), kind)
