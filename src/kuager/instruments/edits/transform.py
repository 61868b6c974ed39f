"""The transform of AAC (ISO/IEC 14496-3, 4.6.11): an MDCT of frames of 1024 samples under a Kaiser-Bessel window.

Asked for at beginnings that the present encoding does not have, as an earlier one may have had.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FRAME = 1024
_KBD = 4.0
_TAPS = 64
_PASSED = 0.27
"""Of the sample rate: halving the rate keeps what lies below, which is where most lines of sound are."""


def frames_in(samples: Floats) -> int:
    """How many frames have room for every beginning within them."""
    return max(0, len(samples) // FRAME - 3)


def lines_at(samples: Floats, frame: int, offsets: NDArray[np.int64]) -> Floats:
    """Lines, (offsets, 1024), of frames that begin at ``frame`` · 1024 + each of ``offsets`` (0 to 1023)."""
    piece = samples[frame * FRAME : (frame + 3) * FRAME - 1]
    return _transformed(np.lib.stride_tricks.sliding_window_view(piece, 2 * FRAME)[offsets] * _window())


def halved(samples: Floats) -> Floats:
    """What `lines_everywhere` asks for: at each sample the low-passed sound half a sample later."""
    import scipy.signal

    passed = scipy.signal.firwin(_TAPS, 2 * _PASSED, window=("kaiser", 7.0)).astype(np.float32)
    halfway: Floats = np.convolve(samples, passed).astype(np.float32)[_TAPS // 2 :][: len(samples)]
    return halfway


def lines_everywhere(halfway: Floats, frame: int) -> Floats:
    """The lower 512 lines, (1024, 512), for frames that begin at each offset after ``frame`` · 1024.

    At half the rate, which costs a third: an MDCT is the same sum over every second sample where nothing lies above.
    """
    piece = halfway[frame * FRAME : (frame + 3) * FRAME]
    window = (_window()[0::2] + _window()[1::2]) / np.float32(np.sqrt(2))
    lines = np.empty((FRAME, FRAME // 2), np.float32)
    for first in (0, 1):
        framed = np.lib.stride_tricks.sliding_window_view(piece[first::2].copy(), FRAME)[: FRAME // 2]
        lines[first::2] = _transformed(framed * window)
    return lines


def _transformed(framed: Floats) -> Floats:
    import scipy.fft

    lines: Floats = scipy.fft.dct(_folded(framed), type=4, axis=1, norm="ortho", overwrite_x=True)
    return lines


def _folded(framed: Floats) -> Floats:
    """Frames (n, 2 m) as what a DCT-IV turns into their MDCT, (n, m)."""
    quarter = framed.shape[1] // 4
    a, b, c, d = (framed[:, k * quarter : (k + 1) * quarter] for k in range(4))
    return np.concatenate([-c[:, ::-1] - d, a - b[:, ::-1]], axis=1)


@lru_cache(maxsize=1)
def _window() -> Floats:
    rising = np.cumsum(np.kaiser(FRAME + 1, np.pi * _KBD))
    side = np.sqrt(rising[:FRAME] / rising[-1])
    return np.concatenate([side, side[::-1]]).astype(np.float32)
