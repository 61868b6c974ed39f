"""Pictures repeated or left out at an even beat: a recording stretched or squeezed to another length at its old rate.

Where one picture in so many was left out, what moves there moves twice as far as between its neighbours. After the
periodicity tests of Wang and Farid, *Exposing Digital Forgeries in Interlaced and Deinterlaced Video*, IEEE TIFS 2(3),
2007, and Bestagini et al., *Detection of temporal interpolation in video sequences*, ICASSP 2013. Screening.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.edits.edit import Edit
from kuager.instruments.edits.trace import Trace

Floats = NDArray[np.float64]

_AROUND = 15
_MOVING = 0.5
_DUPLICATE = 0.2
_LEAST_BEATS = 5
_BEAT_FRAMES = (8, 60)
_LEFT_OUT_FRAMES = (8, 40)
"""Beyond these, less than 2.5 %, a recording has too few beats: the drill's untouched ones reached as much."""
_HALF = 4
_LEAST_LEFT_OUT = 8
_RISE = (-3.0, 5.0)
_CERTAIN = 5.0
"""Standard deviations. Of some 800 beats and phases chance passes 4.8 once in a thousand recordings."""
_UNRIVALLED = 1.5
"""Times what any beat shows without those pictures: a shaking hand recurs at many beats, what was left out at one."""
_FLOOR = 0.02


def repeated(trace: Trace, usual: Floats) -> list[Edit]:
    """Single pictures repeated at an even beat: pictures were stretched over more time than they were recorded in."""
    again = np.flatnonzero((trace.raw < _DUPLICATE * usual_of(trace.raw)) & (usual > _MOVING))
    again = again[again > 0]
    if len(again) < _LEAST_BEATS:
        return []
    steps = np.diff(again)
    beat = int(np.median(steps))
    if (
        not _BEAT_FRAMES[0] <= beat <= _BEAT_FRAMES[1]
        or np.mean(np.abs(steps % beat - beat / 2) > beat / 2 - 1.5) < 0.8
    ):
        return []
    if len(again) < 0.5 * (again[-1] - again[0]) / beat:
        return []
    detail = f"one picture in {beat} is shown twice: slower by {1 / beat:.1%} than it was recorded"
    return [Edit("speed", float(trace.time_s[0]), float(trace.time_s[-1]), "screening", detail)]


def left_out(trace: Trace) -> list[Edit]:
    """Changes that are larger at an even beat which is not that of keyframes: there pictures were left out."""
    if np.median(trace.change[1:]) < _MOVING or trace.keyframe.all():
        return []
    rise = (_rise(trace.change) + _rise(trace.raw)) / 2
    rise[trace.keyframe] = np.nan
    rise = (rise - np.nanmean(rise)) / max(float(np.nanstd(rise)), 1e-3)
    best, beat, phase = _highest(rise)
    if best < _CERTAIN:
        return []
    rise[phase::beat] = np.nan
    if _UNRIVALLED * _highest(rise)[0] > best:
        return []
    detail = (
        f"every {beat}th picture moves on twice as far (strength {best:.1f}): about one in {beat + 1} was left out, "
        f"faster by about {1 / beat:.1%} than it was recorded"
    )
    return [Edit("speed", float(trace.time_s[0]), float(trace.time_s[-1]), "screening", detail)]


def _highest(rise: Floats) -> tuple[float, int, int]:
    """How far the highest beat rises, in standard deviations of its mean; that beat, and its phase."""
    found = (0.0, 0, 0)
    for beat in range(_LEFT_OUT_FRAMES[0], _LEFT_OUT_FRAMES[1] + 1):
        if len(rise) < _LEAST_LEFT_OUT * beat:
            break
        rows = rise[: len(rise) // beat * beat].reshape(-1, beat)
        many = np.isfinite(rows).sum(axis=0)
        phases = np.flatnonzero(many >= _LEAST_LEFT_OUT)
        if not len(phases):
            continue
        rows = rows[:, phases]
        # A mean alone would believe one blow to the camera, a median alone is coarse.
        height = np.minimum(np.nanmean(rows, axis=0), 1.25 * np.nanmedian(rows, axis=0)) * np.sqrt(many[phases])
        which = int(np.argmax(height))
        found = max(found, (float(height[which]), beat, int(phases[which])))
    return found


def _rise(change: Floats) -> Floats:
    """How much larger than among its neighbours each change is, in robust standard deviations."""
    logs = np.log(np.maximum(change, _FLOOR))
    logs[0] = logs[1]
    around = np.lib.stride_tricks.sliding_window_view(np.pad(logs, _HALF, mode="reflect"), 2 * _HALF + 1)
    left = logs - np.median(np.delete(around, _HALF, axis=1), axis=1)
    rise: Floats = np.clip(left / (1.4826 * float(np.median(np.abs(left))) + 1e-3), *_RISE)
    return rise


def usual_of(values: Floats) -> Floats:
    """The running median over ± ``_AROUND`` pictures."""
    padded = np.pad(values[1:], (_AROUND + 1, _AROUND), mode="reflect")
    usual: Floats = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * _AROUND + 1), axis=1)
    return np.maximum(usual[: len(values)], 1e-3)
