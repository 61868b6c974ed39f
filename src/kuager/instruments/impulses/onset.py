"""When an impulse begins, to a millisecond: peaks of the rise over bands, then a picker on the samples.

The picker is Akaike's criterion on the variance before and after each sample (Maeda 1985), as seismology picks first
arrivals; it needs no threshold and does not mind clipping.
"""

from __future__ import annotations

import numpy as np
from scipy import signal

from kuager.instruments.impulses.bands import HOP, RATE, Bands, Floats, Samples

LEAST_RISE_DB = 4.0
APART = 5
"""Frames between two impulses, at least: 10 ms, so that a crack does not swallow the blast behind it."""
_BEFORE, _AFTER = round(0.010 * RATE), round(0.008 * RATE)
_RUMBLE = signal.butter(3, 200, "high", fs=RATE, output="sos")


def onset_frames(found: Bands) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Frames (k,) where the bands rise together."""
    peaks, _ = signal.find_peaks(found.strength_db, height=LEAST_RISE_DB, distance=APART)
    return np.asarray(peaks, dtype=np.int64)


def onset_times(samples: Samples, frames: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Floats:
    """Onsets (k,) in seconds from the first sample, for frames found in the same sound."""
    high = np.asarray(signal.sosfilt(_RUMBLE, samples), dtype=np.float64)
    return np.array([_pick(high, int(frame) * HOP) for frame in frames]) / RATE


def time_sd(rise_db: Floats) -> Floats:
    """Standard deviation (s) of onsets, by the median rise over bands: what was measured on tuning scenes."""
    sd: Floats = 0.0003 + 0.004 * np.exp(-np.maximum(rise_db, 0.0) / 4.0)
    return sd


def _pick(high: Floats, centre: int) -> float:
    low, end = max(0, centre - _BEFORE), min(len(high), centre + _AFTER)
    part = high[low:end]
    if len(part) < 40:
        return float(centre)
    loudest = int(np.abs(part).argmax())
    if loudest > 30:  # what follows the loudest sample can only draw the pick away from the front
        part = part[: loudest + 8]
    return low + _akaike(part)


def _akaike(part: Floats) -> int:
    energy = np.cumsum(part * part)
    at = np.arange(4, len(part) - 4)
    before, after = energy[at - 1] / at, (energy[-1] - energy[at - 1]) / (len(part) - at)
    criterion = at * np.log(before + 1e-14) + (len(part) - at) * np.log(after + 1e-14)
    return int(at[criterion.argmin()])
