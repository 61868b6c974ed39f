"""Levels of a recording in bands, and by how much each band rises at once: where an impulse may be.

A blast or a blow is short against the window, so that it fills every band in the same few milliseconds; speech, music
and engines rise band by band (compare multi-band onset detection, Klapuri, ICASSP 1999; Bello et al. 2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
HOP = 32
WINDOW = 128
EDGES_HZ = (250, 500, 750, 1000, 1400, 2000, 2800, 3900, 5400, 7400)
BEFORE = (40, 3)
"""What an impulse rises over: frames this long before it, up to so few before it (80 to 6 ms)."""
LEAST_BANDS = 4

Floats = NDArray[np.float64]
Samples = NDArray[np.float32]
Frames = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Bands:
    """``level_db`` and ``rise_db`` (frames, bands), ``total_db`` (frames,): decibels re full scale, a frame each 2 ms.

    Only bands that carry sound are kept: a telephone codec leaves the upper ones empty.
    """

    level_db: Floats
    rise_db: Floats
    total_db: Floats

    @property
    def strength_db(self) -> Floats:
        """Mean rise over the bands (frames,), each counted from 0 to 18 dB so that no single one decides."""
        strength: Floats = np.clip(self.rise_db, 0.0, 18.0).mean(axis=1)
        strength[:3] = 0.0
        return strength


def bands(samples: Samples) -> Bands | None:
    """The bands of mono sound (n,) at 16 kHz; ``None`` where fewer than four carry sound or it is below 0.1 s."""
    if len(samples) < RATE // 10:
        return None
    power = _powers(np.asarray(samples, dtype=np.float32))
    loudest = power.max(axis=0)
    live = loudest > max(1e-6 * float(loudest.max()), 1e-13)
    if int(live.sum()) < LEAST_BANDS:
        return None
    power = power[:, live]
    floor = np.maximum(0.3 * np.percentile(power, 10, axis=0), 1e-8 * loudest[live])
    level_db = 10 * np.log10(power + floor)
    return Bands(level_db, _rise(level_db), 10 * np.log10(power.sum(axis=1) + float(floor.sum())))


def _powers(samples: Samples) -> Floats:
    """Mean power in each band (frames, bands)."""
    padded = np.pad(samples, (WINDOW // 2, WINDOW // 2))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    hann = np.hanning(WINDOW).astype(np.float32) * np.float32(2 / WINDOW)
    hertz = np.fft.rfftfreq(WINDOW, 1 / RATE)
    inside = np.array([(hertz >= a) & (hertz < b) for a, b in pairwise(EDGES_HZ)])
    weights = (inside / inside.sum(axis=1, keepdims=True)).T.astype(np.float32)
    out = np.empty((len(frames), len(EDGES_HZ) - 1))
    for start in range(0, len(frames), 4096):  # bounded memory, and it stays in the cache
        block = frames[start : start + 4096] * hann
        out[start : start + len(block)] = np.square(np.abs(np.fft.rfft(block, axis=1))) @ weights
    return out


def _rise(level_db: Floats) -> Floats:
    """How far each frame (or the next) lies over the mean of the decibels before it.

    The mean of decibels, not of powers: a crack or a shot just before must not hide the next.
    """
    count = len(level_db)
    total = np.vstack([np.zeros(level_db.shape[1]), np.cumsum(level_db, axis=0)])
    at = np.arange(count)
    first, last = np.maximum(at - BEFORE[0], 0), np.maximum(at - BEFORE[1], 1)
    before = (total[last] - total[first]) / np.maximum(last - first, 1)[:, None]
    now = np.maximum(level_db, np.vstack([level_db[1:], level_db[-1:]]))
    rise: Floats = now - before
    return rise
