"""What timestamps alone tell: gaps, a pace that changes, a pace no camera records at, sound that ends elsewhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.edits.edit import Edit
from kuager.instruments.media import Packets

Floats = NDArray[np.float64]

_GAP_FRAMES = 5.0
_SETTLING_S = 0.5
"""Phones drop pictures while a recording starts."""
_GAP_TIMES = 2.5
_LEAST_FRAMES = 30
_RATES = (5, 6, 7.5, 8, 10, 12, 12.5, 14.985, 15, 18, 20, 23.976, 24, 25, 29.97, 30, 48, 50, 59.94, 60,
          90, 100, 119.88, 120, 200, 239.76, 240)  # fmt: skip
_RATE_SLACK = 0.004
_STEADY = 0.02
_STEP_RATIO = 0.03
_STEP_FRAMES = 15
_ENDS_APART_S = 0.3
_SOUND_GAP_S = 0.06


def timing_edits(picture: Packets | None, sound: Packets | None) -> list[Edit]:
    """Edits that timestamps show. Packets in any order."""
    found: list[Edit] = []
    if picture is not None:
        time_s = np.sort(picture.time_s[np.isfinite(picture.time_s)])
        found += gaps(time_s)
        found += pace(time_s, picture.tick_s)
    if sound is not None:
        found += _sound_gaps(sound)
    if picture is not None and sound is not None:
        found += _ends(picture, sound)
    return found


def gaps(time_s: Floats) -> list[Edit]:
    """Stretches without a picture, long beside every other step of the recording; ``time_s`` ascending."""
    step_s = np.diff(time_s)
    step_s = step_s[step_s > 1e-6]
    if len(step_s) < _LEAST_FRAMES:
        return []
    # A camera that drops pictures does so often; what is told stands out from all that it did.
    usual_s, widest_s = np.median(step_s), np.quantile(step_s, 0.98)
    least_s = max(_GAP_FRAMES * usual_s, _GAP_TIMES * widest_s)
    return [
        Edit(
            "timestamp_gap",
            float(time_s[k]),
            float(time_s[k + 1]),
            "recorded",
            f"no picture for {time_s[k + 1] - time_s[k]:.3f} s where one comes every {usual_s:.4f} s: "
            f"about {round((time_s[k + 1] - time_s[k]) / usual_s) - 1} missing",
        )
        for k in np.flatnonzero((np.diff(time_s) > least_s) & (time_s[:-1] > time_s[0] + _SETTLING_S))
    ]


def pace(time_s: Floats, tick_s: float) -> list[Edit]:
    """An even pace that is none of those cameras record at, or an even pace that changes to another."""
    step_s = np.diff(time_s)
    if len(step_s) < 2 * _STEP_FRAMES or np.any(step_s <= 0):
        return []
    usual_s = float(np.median(step_s))
    if np.mean(np.abs(step_s - usual_s) <= max(_STEADY * usual_s, 1.01 * tick_s)) >= 0.9:
        rate = 1.0 / float(np.mean(step_s[np.abs(step_s - usual_s) <= max(_STEADY * usual_s, 1.01 * tick_s)]))
        slack = max(_RATE_SLACK, tick_s / (usual_s * len(step_s)))
        if min(abs(rate / each - 1) for each in _RATES) > slack and 10 < rate < 130:
            nearest = min((24, 25, 29.97, 30, 50, 59.94, 60), key=lambda each: abs(rate / each - 1))
            return [
                Edit(
                    "speed",
                    float(time_s[0]),
                    float(time_s[-1]),
                    "screening",
                    f"an even {rate:.3f} pictures a second; the nearest that cameras record at is {nearest:g}: "
                    f"{rate / nearest - 1:+.1%}",
                )
            ]
        return []
    return _steps(time_s, step_s)


def _steps(time_s: Floats, step_s: Floats) -> list[Edit]:
    """Stretches whose own even pace departs from that of the rest."""
    width = _STEP_FRAMES
    windows = np.lib.stride_tricks.sliding_window_view(step_s, width)
    middle, spread = np.median(windows, axis=1), np.ptp(windows, axis=1)
    even = spread < 0.5 * _STEP_RATIO * middle
    if even.mean() < 0.7:
        return []
    usual_s = float(np.median(middle[even]))
    ratio = middle / usual_s - 1
    other = even & (np.abs(ratio) > _STEP_RATIO) & (np.abs(ratio) < 0.25)
    found = []
    for start, end in runs(other):
        found.append(
            Edit(
                "speed",
                float(time_s[start]),
                float(time_s[min(end + width - 1, len(time_s) - 1)]),
                "screening",
                f"pictures come every {np.median(middle[start:end]):.4f} s here and every {usual_s:.4f} s elsewhere",
            )
        )
    return found


def runs(marks: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """(first, one past last) of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], marks, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _sound_gaps(sound: Packets) -> list[Edit]:
    time_s, length_s = sound.time_s, sound.duration_s
    known = np.isfinite(time_s) & np.isfinite(length_s)
    time_s, length_s = time_s[known], length_s[known]
    late_s = time_s[1:] - (time_s[:-1] + length_s[:-1])
    return [
        Edit(
            "sound_break",
            float(time_s[k] + length_s[k]),
            float(time_s[k + 1]),
            "recorded",
            f"no sound for {late_s[k]:.3f} s between one packet and the next",
        )
        for k in np.flatnonzero(late_s > _SOUND_GAP_S)
    ]


def _ends(picture: Packets, sound: Packets) -> list[Edit]:
    ends = []
    for one in (picture, sound):
        last = one.time_s + np.nan_to_num(one.duration_s)
        if not len(last) or not np.isfinite(last).any():
            return []
        ends.append(float(np.nanmax(last)))
    apart_s = ends[1] - ends[0]
    if abs(apart_s) < _ENDS_APART_S:
        return []
    said = "after" if apart_s > 0 else "before"
    detail = f"sound ends {abs(apart_s):.3f} s {said} the picture"
    return [Edit("sound_break", min(ends), max(ends), "recorded", detail)]
