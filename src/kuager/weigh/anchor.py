"""Anchors: seconds of recordings whose time of day is known from what is in them (a clock face, a broadcast, a call to
prayer), and what follows for every recording on the same clock."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kuager.errors import UsageError
from kuager.examine.ledger import results
from kuager.record.case import Case
from kuager.weigh.acts import Act, act, acts, decimal, needed, write

KIND = "anchored"
_SHAPE = re.compile(r"(.+)@\s*(-?\d+(?:\.\d+)?)\s*=\s*(.+?)\s*(?:±|\+-|\+/-)\s*(\d+(?:\.\d+)?)\s*s?", re.DOTALL)
_LONGEST_S = 366 * 86_400.0
_SURE = 3.0
"""Anchors whose differences are this many times what their errors allow do not agree."""


@dataclass(frozen=True)
class Anchor:
    """Second ``at_s`` of the recording ``item`` is the moment ``utc``, to within ``sd_s`` (one standard deviation)."""

    id: str
    item: str
    at_s: float
    utc: datetime
    sd_s: float
    because: str
    by: str


@dataclass(frozen=True)
class TimeOfDay:
    """When a recording's zero was: ``start`` in UTC with its standard deviation in seconds, by which anchors.

    ``agree`` False: the anchors contradict one another beyond their errors, and ``sd_s`` is widened to span them.
    """

    item: str
    start: datetime
    sd_s: float
    anchors: tuple[str, ...]
    agree: bool


def anchor(case: Case, tie: str, because: str) -> Anchor:
    """Writes an anchor, ``RECORDING@12.4=2011-12-16T11:42:07+06:00±30``. Raises UsageError."""
    match = _SHAPE.fullmatch(tie.strip())
    if match is None:
        hint = "Write it like k7f3@12.4=2011-12-16T11:42:07+06:00±30 (a second of the recording, the time, ± seconds)."
        raise UsageError(f"Not an anchor: {tie}", hint)
    item = case.item(match[1].strip()).id
    if float(match[4]) <= 0:
        raise UsageError(f"An anchor without uncertainty: {tie}", "Say how well the time is known, e.g. ±30.")
    if max(abs(float(match[2])), float(match[4])) > _LONGEST_S:
        raise UsageError(f"An anchor beyond all recordings: {tie}", "Give seconds of the recording, and of the error.")
    body = {
        "item": item,
        "at_s": decimal(match[2], "second"),
        "utc": _utc(match[3]).isoformat().replace("+00:00", "Z"),
        "sd_s": decimal(match[4], "second"),
        "because": needed(because, "How the time is known"),
        "stands": True,
    }
    return _anchor(write(case, KIND, body, (item,)))


def take_back(case: Case, prefix: str, because: str) -> Anchor:
    """Takes an anchor back; it stays readable in the log. Raises UsageError."""
    earlier = act(case, KIND, prefix)
    body = {key: value for key, value in earlier.body.items() if key != "id"}
    body |= {"stands": False, "taken_back": needed(because, "A reason")}
    return _anchor(write(case, KIND, body, (body["item"],), earlier.id))


def anchors(case: Case) -> list[Anchor]:
    """The anchors that stand, as they were first written."""
    return [_anchor(each) for each in acts(case, KIND) if each.body["stands"]]


def times_of_day(case: Case) -> dict[str, TimeOfDay]:
    """The time of day of every recording that an anchor reaches, over the clock that sound and pins gave."""
    known = anchors(case)
    found: dict[str, TimeOfDay] = {}
    for group in (*({one.item: (0.0, 0.0)} for one in known), *_groups(case)):
        found |= _of_group(group, [one for one in known if one.item in group])
    return found


Offsets = dict[str, tuple[float, float]]
"""Where each recording's zero falls on its group's clock, with the standard deviation, in seconds."""


def _groups(case: Case) -> Iterator[Offsets]:
    """The groups of the newest clock, last."""
    for _, result in results(case, "clock"):
        for group in result["facts"].get("groups", ()):
            yield {one["item"]: (one["offset_s"], one["offset_sd_s"]) for one in group["recordings"]}


def _of_group(group: Offsets, known: Sequence[Anchor]) -> dict[str, TimeOfDay]:
    if not known:
        return {}
    first = known[0].utc
    zeros = [(one.utc - first).total_seconds() - one.at_s - group[one.item][0] for one in known]
    sds = [math.hypot(one.sd_s, group[one.item][1]) for one in known]
    weights = [1 / sd**2 for sd in sds]
    zero = sum(weight * at for weight, at in zip(weights, zeros, strict=True)) / sum(weights)
    sd = 1 / math.sqrt(sum(weights))
    agree = all(
        abs(zeros[i] - zeros[j]) <= _SURE * math.hypot(sds[i], sds[j]) for i in range(len(zeros)) for j in range(i)
    )
    if not agree:
        sd = max(sd, max(abs(at - zero) for at in zeros))
    ids = tuple(one.id for one in known)
    return {
        item: TimeOfDay(item, first + timedelta(seconds=zero + offset), math.hypot(sd, offset_sd), ids, agree)
        for item, (offset, offset_sd) in group.items()
    }


def _utc(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        when = datetime.min
    if not 1800 <= when.year <= 2200:  # arithmetic on times ends at the years 1 and 9999
        raise UsageError(f"{text!r} is no time.", "Give ISO 8601, for example 2011-12-16T11:42:07+06:00")
    if when.tzinfo is None:
        raise UsageError(f"{text!r} names no time zone.", "End it in Z for UTC, or in the offset of the place: +06:00")
    return when.astimezone(UTC)


def _anchor(each: Act) -> Anchor:
    body = each.body
    return Anchor(
        each.id,
        body["item"],
        float(body["at_s"]),
        datetime.fromisoformat(body["utc"]),
        float(body["sd_s"]),
        body["because"],
        each.actor,
    )
