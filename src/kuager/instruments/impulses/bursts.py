"""Bursts, their rate of fire where the period is clear, and counts as intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from kuager.instruments.impulses.bands import HOP, RATE, Floats

WITHIN_BURST_S = 0.3
"""Gaps up to this belong to one burst: automatic fire runs at 400 rounds a minute or faster, and one may be missed."""
PERIOD_S = (0.045, 0.15)
"""Periods answered: 400 to 1330 rounds a minute."""
SURE, PERHAPS = 0.8, 0.15


@dataclass(frozen=True)
class Burst:
    """Shots in quick succession, in the recording's seconds. ``rate_rpm`` is ``None`` where no period is clear."""

    start_s: float
    end_s: float
    rounds_low: int
    rounds_high: int
    rate_rpm: float | None

    def as_json(self) -> dict[str, Any]:
        return {
            "start_s": round(self.start_s, 4),
            "end_s": round(self.end_s, 4),
            "rounds_low": self.rounds_low,
            "rounds_high": self.rounds_high,
            "rate_rpm": None if self.rate_rpm is None else round(self.rate_rpm),
        }


def bursts(times_s: Floats, scores: Floats, strength_db: Floats) -> tuple[tuple[Burst, ...], tuple[int | None, ...]]:
    """Bursts among impulses (k,) in order of time, and for each impulse the number of its burst or ``None``.

    Three shots or more, of scores from 0.5, no two neighbours further apart than 0.3 s.
    """
    shots = np.flatnonzero(scores >= 0.5)
    groups = np.split(shots, np.flatnonzero(np.diff(times_s[shots]) > WITHIN_BURST_S) + 1) if len(shots) else []
    found: list[Burst] = []
    member: list[int | None] = [None] * len(times_s)
    for group in groups:
        if len(group) < 3:
            continue
        for k in group:
            member[int(k)] = len(found)
        start, end = float(times_s[group[0]]), float(times_s[group[-1]])
        inside = (times_s >= start) & (times_s <= end + PERIOD_S[1])
        low, high = count_between(scores[inside])
        rate = rate_of_fire(times_s[group], strength_db)
        if rate is not None:
            high = max(high, round((end - start) * rate / 60) + 1)
        found.append(Burst(start, end, low, high, rate))
    return tuple(found), tuple(member)


def count_between(scores: Floats) -> tuple[int, int]:
    """Between how many shots impulses of such scores are.

    At least the sure ones less a tenth (a banger may be among them), at most all that may be one and a tenth more (some
    are hidden by others); never narrower than one either way. The margins were set on tuning scenes.
    """
    sure, perhaps = int((scores >= SURE).sum()), int((scores >= PERHAPS).sum())
    return sure - math.ceil(sure / 10), perhaps + max(1, math.ceil(perhaps / 10))


def rate_of_fire(times_s: Floats, strength_db: Floats) -> float | None:
    """Rounds a minute of shots (n,) at these times; ``None`` unless four or more keep one period.

    Gaps may hold missed shots; four of five must be one, two or three periods long within a tenth. ``strength_db`` is
    the rise over the bands (frames, each 2 ms): it must repeat most at the same period.
    """
    if len(times_s) < 4:
        return None
    gaps = np.diff(times_s)
    short = gaps[(gaps >= PERIOD_S[0]) & (gaps <= PERIOD_S[1])]
    if len(short) < 3:
        return None
    period = float(np.median(short))
    steps = np.rint(gaps / period)
    kept = (steps >= 1) & (steps <= 3) & (np.abs(gaps / period - steps) < 0.1)
    if kept.mean() < 0.8 or int((kept & (steps == 1)).sum()) < 3:
        return None
    even = float(gaps[kept].sum() / steps[kept].sum())
    first, last = (round(at * RATE / HOP) for at in (times_s[0], times_s[-1] + even))
    return 60.0 / even if abs(_repeats(strength_db[first : last + 1]) / even - 1) < 0.07 else None


def _repeats(strength_db: Floats) -> float:
    """The lag (s) inside the periods answered at which a stretch is most like itself."""
    even = strength_db - strength_db.mean()
    like = np.correlate(even, even, "full")[len(even) - 1 :]
    first, last = (round(lag * RATE / HOP) for lag in PERIOD_S)
    return (first + int(like[first : last + 1].argmax())) * HOP / RATE if len(like) > first else 0.0
