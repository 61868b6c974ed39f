"""When an impulse begins, to a millisecond: peaks of the rise over bands, then a picker on the samples.

The picker is Akaike's criterion on the variance before and after each sample (Maeda 1985), as seismology picks first
arrivals; it needs no threshold and does not mind clipping.
"""

from __future__ import annotations

import numpy as np
from scipy import signal

from kuager.instruments.impulses.bands import HOP, RATE, Bands, Flags, Floats, Frames, Samples

LEAST_RISE_DB = 4.0
APART = 4
"""Frames between two impulses, at least: 8 ms, so that a crack does not swallow the blast behind it."""
_BEFORE, _AFTER = round(0.010 * RATE), round(0.008 * RATE)
_BEHIND, _CLOSEST = round(0.016 * RATE), round(0.001 * RATE)
_OWN_TAIL = round(0.0005 * RATE)
_UNTOUCHED = round(0.03 * RATE)
_DULL = signal.butter(2, 800, "low", fs=RATE, output="sos")
_DULL_RISE_DB, _SOON_RISE_DB = 11.0, 15.0
"""By how much a blast rises over what is between it and its crack; the second where it comes within 2 ms."""
_AROUND, _SHORTEST = round(0.075 * RATE), round(0.0015 * RATE)
_SHARP, _SHARP_RISE_DB = signal.butter(2, 2500, "high", fs=RATE, output="sos"), 7.0
MERGED_RISE_DB = 17.0
SHARP_DB = 3.0
_RUMBLE = signal.butter(3, 200, "high", fs=RATE, output="sos")


def onset_frames(found: Bands) -> Frames:
    """Frames (k,) where the bands rise together."""
    peaks, _ = signal.find_peaks(found.strength_db, height=LEAST_RISE_DB, distance=APART)
    return np.asarray(peaks, dtype=np.int64)


def onset_times(samples: Samples, frames: Frames) -> Floats:
    """Onsets (k,) in seconds from the first sample, for frames found in the same sound."""
    high = np.asarray(signal.sosfilt(_RUMBLE, samples), dtype=np.float64)
    return np.array([_pick(high, int(frame) * HOP) for frame in frames]) / RATE


def time_sd(rise_db: Floats, lost: Flags, single: Flags) -> Floats:
    """Standard deviations (s) of onsets, set so that tuning scenes hold 68 and 95 of 100 errors within one and two.

    ``rise_db``: median rise over bands. What was cut flat may have ``lost`` its front to an earlier sound. A ``single``
    sharp rise, paired with nothing, may be a crack and a blast less than 2 ms apart.
    """
    sd = 0.00035 + 0.002 * np.exp(-np.maximum(rise_db, 0.0) / 4.0)
    sd = np.hypot(sd, np.where(single & (rise_db > MERGED_RISE_DB), 0.0006, 0.0))
    held: Floats = np.hypot(sd, np.where(lost, 0.0015, 0.0))
    return held


def blast_behind(samples: Samples, time_s: float) -> float | None:
    """When a dull front begins 1.5 to 15 ms after a sharp one at ``time_s``, or ``None``.

    So close behind its crack a blast makes one impulse with it: the first 2 ms must be sharp, and what is below 800 Hz
    must rise later, over what is just before it and over what was there before the crack.
    """
    at = round(time_s * RATE)
    first = max(at - _UNTOUCHED, 0)
    part = np.asarray(samples[first : at + _BEHIND], dtype=np.float64)
    front = at - first
    if len(part) < front + _BEHIND or front < 40 or _sharpness(part[front - 8 : front + 32]) < SHARP_DB:
        return None
    dull = signal.sosfiltfilt(_DULL, part)
    behind = dull[front + _CLOSEST :]
    # A blast dies inside the window: past its peak the picker would find the end, which is as clear as the front.
    behind = behind[: int(np.abs(behind).argmax()) + 8]
    if len(behind) < 16:
        return None
    begin = _akaike(behind)
    blast = np.mean(behind[begin : begin + RATE // 500] ** 2)
    between, ambient = np.mean(behind[:begin] ** 2), np.mean(dull[: front - 16] ** 2)
    least_db = _DULL_RISE_DB if begin >= _CLOSEST else _SOON_RISE_DB
    if begin < _OWN_TAIL or blast < 10 ** (least_db / 10) * max(between, ambient):
        return None  # sooner it may be the front's own tail, and one time does for both
    return (at + _CLOSEST + begin) / RATE


def crack_before(samples: Samples, time_s: float) -> float | None:
    """When a crack begins 1.5 to 15 ms before a blast that was cut flat at ``time_s``, or ``None``.

    Its N-wave of a third of a millisecond is all but gone below the ceiling, and stands out above 2.5 kHz.
    """
    front = round(time_s * RATE)
    part = np.asarray(samples[max(front - _AROUND, 0) : front - _SHORTEST], dtype=np.float64)
    if len(part) < 2 * _BEHIND:
        return None
    high = signal.sosfilt(_SHARP, part)
    power = np.convolve(np.square(high), np.ones(6) / 6, "same")
    begin = len(part) - (_BEHIND - _SHORTEST)
    peak = begin + int(power[begin:].argmax())
    rises = power[peak] >= 10 ** (_SHARP_RISE_DB / 10) * np.quantile(power[64:begin], 0.98)
    if not rises or _sharpness(part[peak - 12 : peak + 28]) < 0:
        return None
    low = peak - 48
    return (front - _SHORTEST - len(part) + low + _akaike(high[low : peak + 8])) / RATE


def _sharpness(part: Floats) -> float:
    """Power of 1.2 to 5 kHz over that below (dB)."""
    power = np.square(np.abs(np.fft.rfft(part * np.hanning(2 * len(part))[len(part) :], 512)))
    hertz = np.fft.rfftfreq(512, 1 / RATE)
    low, high = power[(hertz > 60) & (hertz < 1200)].sum(), power[(hertz >= 1200) & (hertz < 5000)].sum()
    return 10 * float(np.log10((high + 1e-12) / (low + 1e-12)))


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
