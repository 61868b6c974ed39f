"""The course of an earlier encoding's frames through a recording: from when to when they begin at which offset."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.edits.transform import Floats

_CLIPPED = 6.0
"""One frame alone, however plain, does not make a run."""
_LIKELY = 1.5
_SWITCH = 12.0
_CERTAIN = 10.0
_SUPPORTED = 6.0
_NEAR = 24
_LEAST_USUAL = 0.3
_BESIDE = 192
_LEAST_BESIDE = 40
_SETTLING = 96
"""An encoder that has just begun spends what it has not used yet, and rounds little; then more and more."""
_SETTLED = 300
_RISE = 5.0
_FIRST = 32
_AT_ONCE = 0.5
_AT_ONCE_FROM_START = 0.7
_NOTHING = 0.25
_NEARLY_NOTHING = 0.12
_UNSEEN = 3.0
_HEARD = 0.1

Run = tuple[int, int, int]
"""Candidate (-1: none), first and last frame asked."""


def followed(shown: Floats) -> list[Run]:
    """The likeliest course through the candidates (Viterbi), each change alike; ``shown`` (frames, candidates)."""
    plain = np.minimum(shown, _CLIPPED)
    gain = np.concatenate([_LIKELY * plain - _LIKELY**2 / 2, np.zeros((len(shown), 1), np.float32)], axis=1)
    score = gain[0].astype(np.float64)
    came = np.zeros(gain.shape, np.int64)
    for k in range(1, len(gain)):
        best = int(np.argmax(score))
        changed = score[best] - _SWITCH > score
        came[k] = np.where(changed, best, np.arange(len(score)))
        score = np.where(changed, score[best] - _SWITCH, score) + gain[k]
    course = np.empty(len(gain), np.int64)
    course[-1] = int(np.argmax(score))
    for k in range(len(gain) - 1, 0, -1):
        course[k - 1] = came[k, course[k]]
    course[course == gain.shape[1] - 1] = -1
    edges = np.flatnonzero(np.diff(course)) + 1
    firsts, lasts = np.concatenate([[0], edges]), np.concatenate([edges - 1, [len(course) - 1]])
    runs = [(int(course[first]), int(first), int(last)) for first, last in zip(firsts, lasts, strict=True)]
    return _sharpened(runs, shown)


def sure(runs: list[Run], shown: Floats, level: NDArray[np.float64]) -> list[Run]:
    """Runs without what is too weak, and without borders at which frames fade in or out. ``level`` (frames,)."""
    strong_at = [0.0 if run[0] < 0 else strength(run, shown) for run in runs]
    certain = {run[0] for run, value in zip(runs, strong_at, strict=True) if value >= _CERTAIN}
    # One that is weak by itself is believed where it stands directly beside a strong one, or is the strong one's own.
    strong = [
        run
        for number, run in enumerate(runs)
        if run[0] < 0
        or strong_at[number] >= _CERTAIN
        or (strong_at[number] >= _SUPPORTED and certain & {one[0] for one in runs[max(0, number - 1) : number + 2]})
    ]
    kept: list[Run] = []
    for number, run in enumerate(strong):
        beside = [strong[k] for k in (number - 1, number + 1) if 0 <= k < len(strong)]
        if run[0] < 0 and not any(_abrupt(run, other, shown, level) for other in beside if other[0] >= 0):
            continue
        if kept and kept[-1][0] == run[0]:
            run = (run[0], kept.pop()[1], run[2])
        kept.append(run)
    return kept


def strength(run: Run, shown: Floats) -> float:
    """Of a run that shows a candidate, in standard deviations."""
    plain = np.minimum(shown[run[1] : run[2] + 1, run[0]], _CLIPPED)
    return float(plain.sum() / np.sqrt(len(plain)))


def _abrupt(none: Run, seen: Run, shown: Floats, level: NDArray[np.float64]) -> bool:
    """Whether the frames of ``seen`` begin or end all at once beside sound that shows nothing of them."""
    values = shown[:, seen[0]]
    if none[1] < seen[1]:
        before, after = np.arange(none[1], none[2] + 1)[::-1], np.arange(seen[1], seen[2] + 1)
    else:
        before, after = np.arange(none[1], none[2] + 1), np.arange(seen[1], seen[2] + 1)[::-1]
    from_start = none[1] == 0
    before, after = before[:_BESIDE], after[:_BESIDE]
    if len(before) < (_SETTLING if from_start else _LEAST_BESIDE) or len(after) < _LEAST_BESIDE:
        return False
    absent, there = float(values[before].mean()), float(values[after].mean())
    rises = there - absent > _RISE * np.sqrt(1 / len(before) + 1 / len(after))
    first, later = values[after[:_FIRST]], values[after[min(_FIRST, len(after) - 1) :]]
    settling = from_start and none[2] < _SETTLED and len(later) >= _FIRST
    at_once = float(first.mean()) > (_AT_ONCE_FROM_START if settling else _AT_ONCE) * float(later.mean())
    nothing = absent < _NEARLY_NOTHING * there or (
        absent < _NOTHING * there and absent * np.sqrt(len(before)) < _UNSEEN
    )
    heard = np.median(level[before]) > _HEARD * np.median(level[after])
    return bool(rises and at_once and nothing and heard)


def _sharpened(runs: list[Run], shown: Floats) -> list[Run]:
    """Runs with each border moved to where it separates their two strengths best."""
    sharp = list(runs)
    for number in range(len(runs) - 1):
        before, after = sharp[number], sharp[number + 1]
        low, high = max(before[1] + 1, after[1] - _NEAR), min(after[2], after[1] + _NEAR)
        here = np.arange(low, high + 1)
        more = _gain(after, shown)[here] - _gain(before, shown)[here]
        # What lies from the border on counts for the run after it.
        border = int(here[np.argmax(np.cumsum(more[::-1])[::-1])])
        sharp[number], sharp[number + 1] = (*before[:2], border - 1), (after[0], border, after[2])
    return sharp


def _gain(run: Run, shown: Floats) -> NDArray[np.float64]:
    """For every frame the log likelihood that it belongs to this run against its showing nothing."""
    if run[0] < 0:
        return np.zeros(len(shown))
    values = shown[:, run[0]].astype(np.float64)
    usual = max(float(np.median(values[run[1] : run[2] + 1])), _LEAST_USUAL)
    return usual * np.minimum(values, 2 * usual) - usual**2 / 2
