"""Where recordings that leave lie on a common clock: what the comparer `clock` found, cut down to what a page needs.

Offsets are rounded to a hundredth of a second and counted from the earliest recording that leaves: where those that
stay lie, and how far cameras stood from what was heard, stays inside.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from kuager.examine.ledger import results
from kuager.record.case import Case
from kuager.weigh.anchor import TimeOfDay, times_of_day

COMPARER = "clock"


@dataclass(frozen=True)
class Placed:
    """A recording on the clock of ``group``: where its zero falls, in seconds, and the standard deviation of that."""

    group: int
    offset_s: float
    offset_sd_s: float


@dataclass(frozen=True)
class Begin:
    """When a recording begins by the time of day: UTC, whole seconds (whole minutes where the error is as large), and
    the standard deviation in whole seconds. ``agree`` False: what people read the time from does not agree."""

    start: datetime
    error_s: int
    agree: bool


@dataclass(frozen=True)
class Clock:
    """The recordings that could be placed, by item, and those whose time of day is known. ``picture_bound_s``: how far
    pictures may differ, if known."""

    placed: Mapping[str, Placed]
    picture_bound_s: float | None
    begins: Mapping[str, Begin] = field(default_factory=dict)


def read(case: Case, leaving: Collection[str]) -> Clock:
    """The newest clock of each recording in ``leaving``; those that share it with no other that leaves are left out."""
    placed: dict[str, Placed] = {}
    bounds: dict[int, float | None] = {}
    number = 0
    for _, result in results(case, COMPARER):
        for group in result["facts"].get("groups", ()):
            members = [one for one in group["recordings"] if one["item"] in leaving]
            if len(members) < 2:
                continue
            number += 1
            bounds[number] = group.get("picture_bound_s")
            placed |= _placed(members, number)
    used = {one.group for one in placed.values()}
    known = [bounds[group] for group in used]
    sure = [bound for bound in known if bound is not None]
    bound = max(sure) if sure and len(sure) == len(known) else None
    begins = {item: _begin(one) for item, one in times_of_day(case).items() if item in leaving}
    return Clock(placed, bound, begins)


def _begin(one: TimeOfDay) -> Begin:
    error = max(1, math.ceil(one.sd_s))
    unit = 60 if error >= 30 else 1
    nearest = one.start + timedelta(seconds=unit / 2)
    whole = nearest.replace(second=0 if unit == 60 else nearest.second, microsecond=0)
    return Begin(whole, error, one.agree)


def _placed(members: list[dict[str, Any]], group: int) -> dict[str, Placed]:
    first = min(one["offset_s"] for one in members)
    return {
        one["item"]: Placed(group, round(one["offset_s"] - first, 2), max(0.01, round(one["offset_sd_s"], 2)))
        for one in members
    }
