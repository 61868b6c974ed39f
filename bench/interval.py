"""Bootstrap intervals (Efron, 1979; percentile method) over rounds, which are resampled together for both sides."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

Round = TypeVar("Round")

RESAMPLES = 2000


def bootstrap(
    rounds: Sequence[Round], figure: Callable[[Sequence[Round]], float], level: float = 0.95, seed: int = 0
) -> tuple[float, float]:
    """The interval of ``figure`` over resampled rounds. One round gives an interval of no width, which says nothing."""
    if not rounds:
        raise ValueError("there are no rounds")
    picks = random.Random(seed)
    figures = []
    for _ in range(RESAMPLES if len(rounds) > 1 else 1):
        try:
            figures.append(figure(picks.choices(rounds, k=len(rounds))))
        except ZeroDivisionError:
            continue
    if not figures:
        return float("nan"), float("nan")
    figures.sort()
    return _at(figures, (1 - level) / 2), _at(figures, (1 + level) / 2)


def _at(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
