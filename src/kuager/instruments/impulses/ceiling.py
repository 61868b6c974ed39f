"""Sound that was cut flat: which recordings were, for how long they stay at the ceiling, and where blasts begin there.

A muzzle blast pushes one way for a millisecond or two and then pulls for longer (Friedlander's wave, and the high-pass
of any microphone). Cut flat, both become plateaus, the second longer than the first and right behind it. Voices and
engines swing back within half a millisecond, a bullet's crack within a third. Where a crowd is cut flat itself hardly
anything rises, and these plateaus are what is left of a blast's front.
"""

from __future__ import annotations

import numpy as np

from kuager.instruments.impulses.bands import RATE, Frames, Samples

FULL_SCALE, HELD = 0.97, 0.8
"""A recording that reaches the first was driven into clipping if it stays beyond the second."""
_PLATEAU = 0.65
"""Of full scale: with ripples taken out, what stays beyond it was cut flat, also after a codec at a low rate."""
_PULL_S = 0.0015
"""The second plateau lasts at least so long."""
_PUSH_S, _PUSH_MOST = 0.0003, 1.2
"""The first lasts at least so long, and at most so many times the second."""
_TURN_S = 0.00035
"""From one to the other, at most."""
_SHOCK, _SHOCK_RISE = 2, 0.2
"""A shock comes at once: by so much of full scale within so many samples. A rumble cut flat takes longer."""
_BEFORE_S, _AS_BEFORE = 0.012, 0.8
"""A hum cut flat has plateaus just as long before: in so many seconds none may reach this part of the second."""
ONE_BLAST_S = 0.010
"""What is pushed and pulled within so long after a front is the same blast still."""


def level_of(samples: Samples) -> float:
    """The ceiling of sound (n,): its largest sample, or full scale where a codec's ripples go beyond."""
    return min(float(np.abs(samples).max()), 1.0) or 1.0


def longest(part: Samples) -> int:
    """Samples of the longest stretch near full scale on one side."""
    first, last, _ = _plateaus(part, HELD)
    return int((last - first).max()) if len(first) else 0


def held_fronts(samples: Samples) -> Frames:
    """Samples (k,) where blasts cut flat begin, in order; none in sound (n,) that does not reach full scale."""
    if level_of(samples) < FULL_SCALE:
        return np.zeros(0, dtype=np.int64)
    smooth = _without_ripples(samples)
    first, last, side = _plateaus(smooth, _PLATEAU)
    if len(first) < 2:
        return np.zeros(0, dtype=np.int64)
    length = last - first
    push, pull = length[:-1], length[1:]
    fit = (pull >= _PULL_S * RATE) & (push >= _PUSH_S * RATE) & (push <= _PUSH_MOST * pull)
    fit &= (side[:-1] != side[1:]) & (first[1:] - last[:-1] <= _TURN_S * RATE)
    rise = side[:-1] * (smooth[first[:-1]] - smooth[np.maximum(first[:-1] - _SHOCK, 0)])
    fit &= rise >= _SHOCK_RISE
    fronts: list[int] = []
    for front, longest_before in zip(first[:-1][fit], _AS_BEFORE * pull[fit], strict=True):
        near = slice(*np.searchsorted(first, (front - _BEFORE_S * RATE, front)))
        if length[near].max(initial=0) > longest_before:
            continue
        if not fronts or front - fronts[-1] > ONE_BLAST_S * RATE:
            fronts.append(int(front))
    return np.array(fronts, dtype=np.int64)


def _without_ripples(samples: Samples) -> Samples:
    """The median of each five samples: edges stay where they are, and a codec's ripples on a plateau go."""
    a, b, c, d, e = (np.pad(samples, 2, mode="edge")[k : k + len(samples)] for k in range(5))
    low = np.maximum(np.minimum(a, b), np.minimum(d, e))
    high = np.minimum(np.maximum(a, b), np.maximum(d, e))
    middle: Samples = np.maximum(np.minimum(low, high), np.minimum(np.maximum(low, high), c))
    return middle


def _plateaus(part: Samples, level: float) -> tuple[Frames, Frames, Frames]:
    """First samples, ends (exclusive) and sides (1 or -1) of stretches beyond a level, in order."""
    side = (part > level).astype(np.int8) - (part < -level).astype(np.int8)
    edges = np.flatnonzero(np.diff(side, prepend=np.int8(0), append=np.int8(0)))
    first, last = edges[:-1], edges[1:]
    kept = side[first] != 0
    return first[kept], last[kept], side[first[kept]]
