"""Where the frames of an earlier AAC encoding jump: sound that was cut after a phone had encoded it, and encoded again.

AAC (ISO/IEC 14496-3) transforms frames of 1024 samples and rounds what it finds. Decoded sound still shows that, seen
through the same transform at the very sample at which those frames began, and nowhere else: a later cut moves the
beginnings, and the sound on its two sides shows two of them. After Yang, Qu and Huang, *Detecting Digital Audio
Forgeries by Checking Frame Offsets*, ACM MM&Sec 2008 (there on MP3, not encoded again). Screening.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.edits import course, rounding
from kuager.instruments.edits.edit import Edit
from kuager.instruments.edits.transform import FRAME, Floats, frames_in, halved
from kuager.instruments.media import Packets, Sound

_PRESENT = 8
"""Samples around a beginning of the present frames where these, not earlier ones, are seen."""
_PRESENT_HALF = 1
"""The same around their middles."""
_MOST_PRESENT = 0.5
_LEAST_FRAMES = 96
_MOST_FRAMES = 8_000
_WINDOW = 32
_PROPOSED = 12
"""Offsets that show most zeros in a window are asked for steps."""
_EVERY = 2
_SAME = 2
_STANDS_OUT = 6.0
_ECHOES = np.unique([round(FRAME * k / n) for n in (3, 5, 6, 7, 16) for k in range(1, n)])
"""Where frames with few lines, and short blocks, of the present encoding are seen: simple fractions of a frame."""
_ECHO = 4
_ECHOED = 0.4
_MOST_CANDIDATES = 12
_MOST_OFFSETS = 4
"""More than these are no cuts but a sound whose own pattern is taken for frames."""


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
    present = _present(sound, packets)
    if present is None:
        return []
    edits: list[Edit] = []
    for before, after in pairwise(stretches(sound.samples, present)):
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


def stretches(samples: Floats, present: NDArray[np.int64]) -> list[Stretch]:
    """Stretches of one offset each, in order; neighbours differ. ``present``: where present frames begin, modulo 1024.

    A stretch that shows none is told of only beside one that begins or ends all at once.
    """
    frames = frames_in(samples)
    if frames < _LEAST_FRAMES:
        return []
    asked = np.arange(0, frames, -(-frames // _MOST_FRAMES))
    offsets = _candidates(samples, asked, present)
    if not len(offsets):
        return []
    shown = np.stack([rounding.steps(samples, int(frame), offsets, _taken(present)) for frame in asked])
    level = np.array([np.abs(samples[frame * FRAME : (frame + 2) * FRAME]).mean() for frame in asked])
    runs = course.sure(course.followed(shown), shown, level)
    if len({run[0] for run in runs} - {-1}) > _MOST_OFFSETS:
        return []
    return [_stretch(run, shown, offsets, asked) for run in runs]


def _stretch(run: course.Run, shown: Floats, offsets: NDArray[np.int64], asked: NDArray[np.int64]) -> Stretch:
    candidate, first, last = run
    start, end = int(asked[first]) * FRAME, int(asked[last]) * FRAME + 2 * FRAME
    if candidate < 0:
        return Stretch(None, start + FRAME // 2, end - FRAME // 2, 0.0)
    offset = int(offsets[candidate])
    return Stretch(offset, start + offset, end + offset, course.strength(run, shown))


def _present(sound: Sound, packets: Packets | None) -> NDArray[np.int64] | None:
    """The offsets at which present frames begin, none where they are not AAC's; None where they begin everywhere."""
    if packets is None:
        return np.zeros(0, np.int64)
    known = packets.time_s[np.isfinite(packets.time_s)]
    begun = np.unique(np.round((known - sound.start_s) * sound.rate).astype(np.int64) % FRAME)
    return begun if _taken(begun).mean() <= _MOST_PRESENT else None


def _taken(present: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The offsets at which present frames would be seen, (1024,)."""
    marks = np.zeros(FRAME, np.bool_)
    for middle, around in ((0, _PRESENT), (FRAME // 2, _PRESENT_HALF)):
        for shift in range(-around, around + 1):
            marks[(present + middle + shift) % FRAME] = True
    return marks


def _candidates(samples: Floats, asked: NDArray[np.int64], present: NDArray[np.int64]) -> NDArray[np.int64]:
    """Offsets whose lines lie on levels in some window, strongest first."""
    halfway, taken = halved(samples), _taken(present)
    strongest = np.zeros(FRAME)
    echoes: set[int] = set()
    for begin in range(0, len(asked), _WINDOW):
        window = asked[begin : begin + _WINDOW]
        zeros = np.sum([rounding.zeros(halfway, int(frame)) for frame in window], axis=0)
        proposed = _apart(np.where(taken, -np.inf, zeros), _PROPOSED)
        for offset, value in zip(proposed, _strengths(samples, window, proposed, taken), strict=True):
            if value < _STANDS_OUT:
                continue
            others = _echoes(int(offset), present)
            if len(others) and np.sort(_strengths(samples, window, others, taken))[-2:].mean() > _ECHOED * value:
                echoes.add(int(offset))
            strongest[offset] = max(strongest[offset], value)
    strongest[list(echoes)] = 0.0
    chosen = _apart(strongest, _MOST_CANDIDATES)
    return chosen[strongest[chosen] > 0]


def _strengths(
    samples: Floats, window: NDArray[np.int64], offsets: NDArray[np.int64], taken: NDArray[np.bool_]
) -> NDArray[np.float64]:
    fits = np.stack([rounding.steps(samples, int(frame), offsets, taken) for frame in window[::_EVERY]])
    strengths: NDArray[np.float64] = fits.sum(axis=0) / np.sqrt(len(fits))
    return strengths


def _echoes(offset: int, present: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the present frames would be seen too if it is they that are seen at this offset.

    They are seen alike on either side of their beginnings, and at simple fractions of a frame.
    """
    found: list[int] = []
    for begun in present:
        away = (offset - int(begun)) % FRAME
        found += [int(begun) - away + shift for shift in (-1, 0, 1)]
        if np.abs(_ECHOES - away).min() <= _ECHO:
            found += [int(begun) + int(echo) for echo in _ECHOES if abs(int(echo) - away) > 2 * _ECHO]
    return np.array(found, np.int64) % FRAME


def _apart(values: NDArray[np.floating], most: int) -> NDArray[np.int64]:
    """The offsets of the highest values, at most ``most``, none beside a higher one."""
    left, chosen = values.astype(np.float64), list[int]()
    while len(chosen) < most:
        best = int(np.argmax(left))
        if not np.isfinite(left[best]):
            break
        chosen.append(best)
        left[np.arange(best - _SAME, best + _SAME + 1) % FRAME] = -np.inf
    return np.array(chosen, np.int64)
