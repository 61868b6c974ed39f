"""A recorder's clock: off by up to 150 ppm, and changing its rate within a recording."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Clock:
    """Maps scene seconds (true time) to recording seconds, piecewise linearly and both ways.

    ``start_s`` is the scene time of the recording's zero. ``rates`` holds ``(from_s, ppm)``: from
    that many scene seconds after the start the clock runs fast by ``ppm`` parts per million; the
    first pair starts at 0 and its rate also holds before the start.
    """

    start_s: float
    rates: tuple[tuple[float, float], ...] = ((0.0, 0.0),)

    def __post_init__(self) -> None:
        since = [at for at, _ in self.rates]
        if not since or since[0] != 0.0 or sorted(set(since)) != since:
            raise ValueError("rates must start at 0 and ascend")

    def recording_time(self, scene_s: npt.ArrayLike) -> Floats:
        """Recording seconds at these scene seconds."""
        true = np.asarray(scene_s, dtype=np.float64) - self.start_s
        since, speed, shown = self._pieces()
        piece = np.maximum(np.searchsorted(since, true, side="right") - 1, 0)
        return np.asarray(shown[piece] + (true - since[piece]) * speed[piece])

    def scene_time(self, recording_s: npt.ArrayLike) -> Floats:
        """Scene seconds at these recording seconds."""
        shown_s = np.asarray(recording_s, dtype=np.float64)
        since, speed, shown = self._pieces()
        piece = np.maximum(np.searchsorted(shown, shown_s, side="right") - 1, 0)
        return np.asarray(self.start_s + since[piece] + (shown_s - shown[piece]) / speed[piece])

    def _pieces(self) -> tuple[Floats, Floats, Floats]:
        since = np.array([at for at, _ in self.rates])
        speed = 1.0 + np.array([ppm for _, ppm in self.rates]) * 1e-6
        shown = np.concatenate(([0.0], np.cumsum(np.diff(since) * speed[:-1])))
        return since, speed, shown


def wandering_clock(rng: np.random.Generator, start_s: float, duration_s: float, worst_ppm: float = 150.0) -> Clock:
    """A clock with a constant error and one or two changes of rate (temperature), within ``worst_ppm``."""
    base = float(rng.uniform(-0.85, 0.85) * worst_ppm)
    changes = int(rng.integers(1, 3)) if duration_s >= 10 else 0
    cuts = np.unique(np.round(rng.uniform(0.15, 0.85, changes) * duration_s, 3))
    rates = [(0.0, round(base, 2))]
    for cut in cuts:
        wander = float(np.clip(base + rng.normal(0.0, 0.06) * worst_ppm, -worst_ppm, worst_ppm))
        rates.append((float(cut), round(wander, 2)))
    return Clock(round(start_s, 6), tuple(rates))
