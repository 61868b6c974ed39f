"""Where the frames of an earlier AAC encoding jump: sound that was cut after a phone had encoded it, and encoded again.

AAC (ISO/IEC 14496-3) transforms frames of 1024 samples and rounds many coefficients to zero. Decoded sound still shows
that, seen through the same transform at the very sample at which those frames began, and nowhere else: a later cut
moves the beginnings, and the sound on its two sides shows two of them. After Yang, Qu and Huang, *Detecting Digital
Audio Forgeries by Checking Frame Offsets*, ACM MM&Sec 2008 (there on MP3, not encoded again). Screening.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.edits.edit import Edit
from kuager.instruments.media import Packets, Sound

Floats = NDArray[np.float32]

FRAME = 1024
_LINES = (16, 430)
"""Of 1024: lower ones are seldom rounded to zero; with higher ones short blocks of the present encoding are seen."""
_SOFT = 1e-3
_KBD = 4.0
_SMOOTH = 15
_CLIPPED = (-4.0, 6.0)
_PRESENT = 28
"""Samples around a beginning of the present frames where these, not earlier ones, are seen."""
_PRESENT_HALF = 4
"""The same around their middles."""
_MOST_PRESENT = 0.5
_WINDOWS = (48, 96, 192)
_EVERY = 3
_SOME = 5.5
"""Where no offset reaches this in every third frame, the others are not asked."""
_CANDIDATE = 6.5
_MOST_CANDIDATES = 24
_SAME = 4
_LIKELY = 1.0
_SWITCH = 12.0
_CERTAIN = 10.0
_SUPPORTED = 6.0
_MOST_OFFSETS = 4
"""More than these are no cuts but a sound whose own pattern is taken for frames."""
_NEAR = 24
_LEAST_USUAL = 0.3
_BESIDE = 192
_LEAST_BESIDE = 40
_SETTLING = 96
"""An encoder that has just begun spends what it has not used yet, and rounds little to zero."""
_RISE = 5.0
_AT_ONCE = 0.5
_NOTHING = 0.25
_UNSEEN = 3.0
_HEARD = 0.1
_MOST_FRAMES = 8_000


@dataclass(frozen=True)
class Stretch:
    """Samples ``start`` to ``end`` show earlier frames that began at ``offset`` (modulo 1024), none where it is None.

    ``strength``: in standard deviations of what other offsets show there.
    """

    offset: int | None
    start: int
    end: int
    strength: float


def frame_breaks(sound: Sound, packets: Packets | None) -> list[Edit]:
    """Moments at which the frames of an earlier encoding jump. ``sound`` at the recording's own rate.

    ``packets`` are those of the present encoding where that is AAC, else None.
    """
    begun = _present(sound, packets)
    if begun is None:
        return []
    found = stretches(sound.samples, begun)
    edits: list[Edit] = []
    for before, after in pairwise(found):
        time_s = sound.start_s + (before.end + after.start) / 2 / sound.rate
        if before.offset is not None and after.offset is not None:
            said = f"begin {(after.offset - before.offset) % FRAME} samples apart from those before"
        else:
            said = "are seen " + (
                "from here on and not before" if before.offset is None else "up to here and not after"
            )
        strength = " and ".join(f"{one.strength:.0f}" for one in (before, after) if one.offset is not None)
        detail = f"frames of an earlier AAC encoding {said} (strength {strength})"
        edits.append(Edit("sound_break", time_s, time_s, "screening", detail))
    return edits


def stretches(samples: Floats, present: NDArray[np.bool_]) -> list[Stretch]:
    """The stretches of one offset each, in order; neighbours differ. ``present``: bool (1024,), offsets not asked.

    A stretch that shows none is told of only beside one that begins or ends all at once.
    """
    frames = len(samples) // FRAME - 3
    if frames < 2 * _WINDOWS[0]:
        return []
    asked = np.arange(0, frames, -(-frames // _MOST_FRAMES))
    rough = np.stack([_seen(samples, int(frame)) for frame in asked[::_EVERY]])
    rough[:, present] = 0.0
    if not len(_candidates(rough, [width // _EVERY for width in _WINDOWS], _SOME)):
        return []
    shown = np.empty((len(asked), FRAME), np.float32)
    shown[::_EVERY] = rough
    for number in np.flatnonzero(np.arange(len(asked)) % _EVERY):
        shown[number] = _seen(samples, int(asked[number]))
    shown[:, present] = 0.0
    offsets = _candidates(shown, _WINDOWS, _CANDIDATE)
    if not len(offsets):
        return []
    level = np.array([np.abs(samples[frame * FRAME : (frame + 2) * FRAME]).mean() for frame in asked])
    runs = _sure(_sharpened(_followed(shown[:, offsets]), shown[:, offsets]), shown[:, offsets], level)
    if len({run[0] for run in runs} - {-1}) > _MOST_OFFSETS:
        return []
    return [_stretch(run, shown, offsets, asked) for run in runs]


Run = tuple[int, int, int]
"""Candidate (-1: none), first and last frame asked."""


def _stretch(run: Run, shown: Floats, offsets: NDArray[np.int64], asked: NDArray[np.int64]) -> Stretch:
    candidate, first, last = run
    start, end = int(asked[first]) * FRAME, int(asked[last]) * FRAME + 2 * FRAME
    if candidate < 0:
        return Stretch(None, start + FRAME // 2, end - FRAME // 2, 0.0)
    offset = int(offsets[candidate])
    own = shown[first : last + 1, offset]
    return Stretch(offset, start + offset, end + offset, float(own.sum() / np.sqrt(len(own))))


def _sure(runs: list[Run], shown: Floats, level: NDArray[np.float64]) -> list[Run]:
    """Runs without what is too weak, and without borders at which frames fade in or out."""
    strength = [
        0.0 if run[0] < 0 else float(shown[run[1] : run[2] + 1, run[0]].sum() / np.sqrt(_length(run))) for run in runs
    ]
    certain = {run[0] for run, value in zip(runs, strength, strict=True) if value >= _CERTAIN}
    # One that is weak by itself is believed where it stands directly beside a strong one, or is the strong one's own.
    strong = [
        run
        for number, run in enumerate(runs)
        if run[0] < 0
        or strength[number] >= _CERTAIN
        or (strength[number] >= _SUPPORTED and certain & {one[0] for one in runs[max(0, number - 1) : number + 2]})
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


def _abrupt(none: Run, seen: Run, shown: Floats, level: NDArray[np.float64]) -> bool:
    """Whether the frames of ``seen`` begin or end all at once beside sound that shows nothing of them."""
    values = shown[:, seen[0]]
    if none[1] < seen[1]:
        before, after = np.arange(none[1], none[2] + 1)[::-1], np.arange(seen[1], seen[2] + 1)
    else:
        before, after = np.arange(none[1], none[2] + 1), np.arange(seen[1], seen[2] + 1)[::-1]
    before, after = before[:_BESIDE], after[:_BESIDE]
    if len(before) < (_LEAST_BESIDE if none[1] else _SETTLING) or len(after) < _LEAST_BESIDE:
        return False
    absent, there = float(values[before].mean()), float(values[after].mean())
    rises = there - absent > _RISE * np.sqrt(1 / len(before) + 1 / len(after))
    at_once = float(values[after[: _LEAST_BESIDE // 2]].mean()) > _AT_ONCE * there
    nothing = absent < _NOTHING * there and absent * np.sqrt(len(before)) < _UNSEEN
    heard = np.median(level[before]) > _HEARD * np.median(level[after])
    return bool(rises and at_once and nothing and heard)


def _length(run: Run) -> int:
    return run[2] - run[1] + 1


def _present(sound: Sound, packets: Packets | None) -> NDArray[np.bool_] | None:
    """The offsets at which present frames begin; None where they begin nearly everywhere."""
    marks = np.zeros(FRAME, np.bool_)
    if packets is not None:
        known = packets.time_s[np.isfinite(packets.time_s)]
        begun = np.unique(np.round((known - sound.start_s) * sound.rate).astype(np.int64) % FRAME)
        for shift in range(-_PRESENT, _PRESENT + 1):
            marks[(begun + shift) % FRAME] = True
        for shift in range(-_PRESENT_HALF, _PRESENT_HALF + 1):
            marks[(begun + FRAME // 2 + shift) % FRAME] = True
    return marks if marks.mean() <= _MOST_PRESENT else None


def _seen(samples: Floats, frame: int) -> Floats:
    """How plainly coefficients were rounded to zero, (1024,), if frames begin at each offset after ``frame`` · 1024.

    In robust standard deviations over the offsets.
    """
    import scipy.fft
    import scipy.ndimage

    piece = samples[frame * FRAME : (frame + 3) * FRAME - 1]
    framed = np.lib.stride_tricks.sliding_window_view(piece, 2 * FRAME) * _window()
    lines = scipy.fft.dct(_folded(framed), type=4, axis=1, norm="ortho")[:, slice(*_LINES)]
    power = lines * lines
    # What the sound itself holds at this line is the same whatever the offset.
    power /= scipy.ndimage.uniform_filter1d(power.mean(axis=0), 9) + 1e-12
    power += _SOFT
    plain = -np.log(power, out=power).mean(axis=1)
    plain -= scipy.ndimage.median_filter(plain, size=_SMOOTH, mode="wrap")
    spread = 1.4826 * float(np.median(np.abs(plain))) + 1e-6
    seen: Floats = np.clip(plain / spread, *_CLIPPED)
    return seen


def _folded(framed: Floats) -> Floats:
    """Frames (n, 2 m) as what a DCT-IV turns into their MDCT, (n, m)."""
    quarter = framed.shape[1] // 4
    a, b, c, d = (framed[:, k * quarter : (k + 1) * quarter] for k in range(4))
    return np.concatenate([-c[:, ::-1] - d, a - b[:, ::-1]], axis=1)


@lru_cache(maxsize=1)
def _window() -> Floats:
    """The Kaiser-Bessel-derived window of AAC."""
    rising = np.cumsum(np.kaiser(FRAME + 1, np.pi * _KBD))
    side = np.sqrt(rising[:FRAME] / rising[-1])
    return np.concatenate([side, side[::-1]]).astype(np.float32)


def _candidates(shown: Floats, widths: Sequence[int], least: float) -> NDArray[np.int64]:
    """Offsets that stand out by ``least`` over some stretch of one of these widths, strongest first."""
    total = np.concatenate([np.zeros((1, FRAME), np.float32), np.cumsum(shown, axis=0)])
    highest = np.zeros(FRAME, np.float32)
    for width in (*widths, len(shown)):
        if width <= len(shown):
            highest = np.maximum(highest, ((total[width:] - total[:-width]) / np.sqrt(width)).max(axis=0))
    chosen: list[int] = []
    for offset in np.argsort(-highest):
        if highest[offset] < least or len(chosen) == _MOST_CANDIDATES:
            break
        if all(_apart(int(offset), other) > _SAME for other in chosen):
            chosen.append(int(offset))
    return np.array(chosen, np.int64)


def _followed(shown: Floats) -> list[Run]:
    """The likeliest course through the candidates (Viterbi), each change costing alike."""
    gain = np.concatenate([_LIKELY * shown - _LIKELY**2 / 2, np.zeros((len(shown), 1), np.float32)], axis=1)
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
    return [(int(course[first]), int(first), int(last)) for first, last in zip(firsts, lasts, strict=True)]


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
    return usual * values - usual**2 / 2


def _apart(a: int, b: int) -> int:
    return min((a - b) % FRAME, (b - a) % FRAME)
