"""Short-time log spectra, flattened in time and band by band: what is correlated to find where two recordings meet.

Each cell says how much louder one band (62.5 Hz wide) is than its own surroundings a quarter second either way. That
removes the room, the microphone and the level, keeps onsets, and is nearly white, so that the correlation of two
recordings at a lag where they share nothing is close to Gaussian. Cells are critically sampled (window 32 ms, hop 16
ms): at −5 dB an overlap of 30 s still has some 10⁵ cells that agree a little. Compare the spectral flux of Bello et
al., "A tutorial on onset detection in music signals", IEEE TSAP 13(5), 2005.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import scipy.fft
import scipy.ndimage
from numpy.typing import NDArray

from kuager.instruments.clock.recording import RATE, Float, Recording

WINDOW = 256
HOP = 128
FRAME_S = HOP / RATE
LOW_HZ, HIGH_HZ = 150.0, 3700.0
NEIGHBOURS = 8
"""Frames either way (0.13 s) whose mean is taken as a cell's surroundings."""
BLOCK_FRAMES = 12000
"""Frames in a block (192 s): long enough for most phone recordings, short enough for 300 ppm of drift."""
LIMIT = 4.0
SCALE = 127 / LIMIT
SILENCE = 10 ** (-80 / 20)
TAPER = np.hanning(WINDOW).astype(np.float32)
BANDS = slice(math.ceil(LOW_HZ * WINDOW / RATE), math.floor(HIGH_HZ * WINDOW / RATE) + 1)


@dataclass(frozen=True)
class Block:
    """Flattened log spectra of up to 192 s, int8 of shape ``(bands, frames)``; ``first`` is its first frame."""

    first: int
    cells: NDArray[np.int8]

    @property
    def frames(self) -> int:
        return int(self.cells.shape[1])


def blocks(recording: Recording) -> tuple[Block, ...]:
    """Cuts a recording into blocks of spectra; none where it is silent or shorter than a second."""
    if recording.samples is None:
        return ()
    frames = (len(recording.samples) - WINDOW) // HOP + 1
    if frames * FRAME_S < 1.0:
        return ()
    out = []
    pieces = -(-frames // BLOCK_FRAMES)
    edges = np.linspace(0, frames, pieces + 1).astype(int)
    for first, last in itertools.pairwise(edges):
        samples = recording.excerpt(int(first) * HOP, int(last - first - 1) * HOP + WINDOW)
        if np.abs(samples).max() > SILENCE:
            out.append(Block(int(first), flattened(samples)))
    return tuple(out)


def flattened(samples: Float) -> NDArray[np.int8]:
    """Log spectra less their surroundings, each band scaled to unit variance; int8 of shape ``(bands, frames)``."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW)[::HOP] * TAPER
    spectrum = scipy.fft.rfft(frames, axis=1)[:, BANDS]
    power = np.ascontiguousarray((np.square(spectrum.real) + np.square(spectrum.imag)).T)
    sounding = power.sum(axis=0) > SILENCE**2
    power += 0.02 * power.mean(axis=1, keepdims=True) + np.float32(1e-12)
    flat = np.log(power, out=power)
    flat -= scipy.ndimage.uniform_filter1d(flat, 2 * NEIGHBOURS + 1, axis=1, mode="nearest")
    flat[:, ~sounding] = 0
    flat *= SCALE / (np.sqrt(np.einsum("ij,ij->i", flat, flat) / flat.shape[1])[:, None] + 1e-6)
    cells: NDArray[np.int8] = np.rint(np.clip(flat, -127, 127, out=flat), out=flat).astype(np.int8)
    return cells
