"""How plainly lines of a frame were rounded, if an earlier AAC encoding's frames began at an offset.

Two measures. `zeros` asks every offset whether many lines are nearly zero, as those are that an encoder rounded to
zero; it is cheap and weak. `steps` asks chosen offsets whether the lines of each band lie on the levels that one step
size allows (ISO/IEC 14496-3, 4.6.1: level q is q^(4/3) steps), which is dear and strong. After Yang, Qu and Huang, ACM
MM&Sec 2008 (zeros, MP3) and, for levels of an earlier quantiser, Lukáš and Fridrich, *Estimation of primary
quantization matrix in double compressed JPEG images*, DFRWS 2003.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.edits.transform import FRAME, Floats, lines_at, lines_everywhere

_LINES = (16, 480)
"""Of 1024: lower ones are seldom rounded to zero."""
_SOFT = 1e-3
_SMOOTH = 15
_CLIPPED = (-4.0, 6.0)

_BANDS = (
    32,
    36,
    40,
    48,
    56,
    64,
    72,
    80,
    88,
    96,
    108,
    120,
    132,
    144,
    160,
    176,
    196,
    216,
    240,
    264,
    *range(292, 740, 32),
)
"""Scale factor bands of long frames at 44.1 and 48 kHz (table 4.130), where levels are few."""
_NOISE = 0.33
"""Standard deviation, in steps, of what the present encoding has added."""
_ON_LEVELS = 0.85
_MOST_LEVELS = 8
_STEPS_DB = np.arange(-12.0, 14.0, 1.5)
"""Step sizes tried against the band's own level; an encoder chooses among such sizes."""
_OCTAVE = 64
_OCTAVES = 8
_LEAST_SPREAD = 1e-3
_BOUNDS = (-4.0, 30.0)
_BESIDE = np.array([-26, -19, -13, -8, 8, 13, 19, 26])
_FREEDOM = float(np.sqrt(1 / (1 - 1 / 8) * (1 + 1 / 8)))
"""Of a mean of eight, which takes from their spread, and what its own error adds."""


def zeros(halfway: Floats, frame: int) -> Floats:
    """For frames beginning at each offset after ``frame`` · 1024 how many lines are near zero, (1024,).

    In robust standard deviations over the offsets. ``halfway`` from `halved`.
    """
    import scipy.ndimage

    lines = lines_everywhere(halfway, frame)[:, slice(*_LINES)]
    power = lines * lines
    # What the sound itself holds at this line is the same whatever the offset.
    power /= scipy.ndimage.uniform_filter1d(power.mean(axis=0), 9) + 1e-12
    power += _SOFT
    plain = -np.log(power, out=power).mean(axis=1)
    plain -= scipy.ndimage.median_filter(plain, size=_SMOOTH, mode="wrap")
    spread = 1.4826 * float(np.median(np.abs(plain))) + 1e-6
    seen: Floats = np.clip(plain / spread, *_CLIPPED)
    return seen


def steps(samples: Floats, frame: int, offsets: NDArray[np.int64], taken: NDArray[np.bool_]) -> Floats:
    """How well the lines of frames beginning at each of ``offsets`` lie on levels, (offsets,).

    Against what offsets close by show in the same frame, in robust standard deviations of these: the present
    encoding's own frames are seen a little everywhere, the more the closer; where they are ``taken``, bool (1024,),
    for what is usual they are no use.
    """
    beside = (offsets[:, None] + _BESIDE) % FRAME
    fit = _fit(lines_at(samples, frame, np.concatenate([offsets, beside.ravel()])))
    usual, free = fit[len(offsets) :].reshape(beside.shape), ~taken[beside]
    middle = (usual * free).sum(axis=1) / np.maximum(free.sum(axis=1), 1)
    apart = np.abs(usual - middle[:, None])[free]
    spread = 1.4826 * float(np.median(apart)) * _FREEDOM if len(apart) else 0.0
    if spread < _LEAST_SPREAD:
        return np.zeros(len(offsets), np.float32)
    seen: Floats = np.clip((fit[: len(offsets)] - middle) / spread, *_BOUNDS).astype(np.float32)
    seen[~free.any(axis=1)] = 0.0
    return seen


def _fit(lines: Floats) -> Floats:
    """Log likelihood of levels against none, each band at its likeliest step size; lines (n, 1024) to (n,)."""
    used = lines[:, _BANDS[0] : _BANDS[-1]]
    starts = np.array(_BANDS[:-1]) - _BANDS[0]
    lengths = np.diff(_BANDS)
    level = np.sqrt(np.add.reduceat((used * used).mean(axis=0), starts) / lengths) + 1e-12
    octaves = np.log2(np.abs(used) + 1e-12) - np.repeat(np.log2(level), lengths).astype(np.float32)
    index = np.clip((octaves + _OCTAVES) * _OCTAVE, 0, 2 * _OCTAVES * _OCTAVE - 1).astype(np.int32)
    fit: Floats = np.add.reduceat(_likelihood()[index], starts, axis=1).max(axis=2).sum(axis=1)
    return fit


@lru_cache(maxsize=1)
def _likelihood() -> Floats:
    """For a line so many octaves (first axis) above its band's level, for each step size: that of levels with noise
    against that of a smooth density."""
    levels = np.arange(_MOST_LEVELS + 2) ** (4 / 3)
    octaves = np.arange(2 * _OCTAVES * _OCTAVE)[:, None] / _OCTAVE - _OCTAVES
    height = 2.0 ** (octaves - _STEPS_DB / (20 * np.log10(2)))
    level = np.minimum(np.searchsorted((levels[1:] + levels[:-1]) / 2, height), _MOST_LEVELS)
    apart = np.where(level == 0, 1.0, (levels[level + 1] - levels[np.maximum(level - 1, 0)]) / 2)
    off = (height - levels[level]) / _NOISE
    on = apart / (np.sqrt(2 * np.pi) * _NOISE) * np.exp(-(off**2) / 2)
    found = np.log(1 - _ON_LEVELS + _ON_LEVELS * on)
    found[height > levels[_MOST_LEVELS]] = 0.0
    likelihood: Floats = found.astype(np.float32)
    return likelihood
