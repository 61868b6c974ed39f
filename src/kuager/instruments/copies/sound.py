"""What is kept of a recording's sound, and how another recording's sound is found in it.

The coarse place comes from cross-correlating the rise and fall of energy in sixteen bands; no hashes of peaks or
landmarks. A *copy of the sound* is the same signal again; two phones that heard one event share its loud moments but
not what lies beneath them, so the decision rests on the coherence (G. C. Carter, "Coherence and time delay estimation",
Proc. IEEE 1987) of the quiet cells of the spectrogram, and on the clocks: a copy runs on the same one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kuager.instruments import media

WAVE_RATE = 4000  # Hz kept for comparing waveforms; enough for what lies below 1.9 kHz
HOP_S = 0.02
BANDS = 16
_RATE = 8000
_WINDOW = 512
_TAPS = 20  # each way


@dataclass(frozen=True)
class SoundPrint:
    """``flux`` (n, 16) float16: rise of the log energy in each band every ``HOP_S`` seconds; ``wave`` int16 at
    ``WAVE_RATE`` Hz; ``start_s``: presentation time of the first of both."""

    flux: NDArray[np.float16]
    wave: NDArray[np.int16]
    start_s: float

    @property
    def length_s(self) -> float:
        return len(self.wave) / WAVE_RATE


def sound_print(path: str | os.PathLike[str]) -> SoundPrint | None:
    """The sound of a recording, or None where it is silent throughout. Raises media.NoSound, UnreadableError."""
    heard = media.sound(path, rate=_RATE)
    return from_samples(heard.samples, heard.start_s)


def from_samples(samples: NDArray[np.float32], start_s: float = 0.0) -> SoundPrint | None:
    """The print of mono samples at 8 kHz, or None where there is nothing to hear."""
    if len(samples) < _RATE or float(np.abs(samples).max()) < 1e-4:
        return None
    peak = float(np.abs(samples).max())
    wave = _halved(samples) / peak
    return SoundPrint(_flux(samples), np.rint(np.clip(wave, -1, 1) * 32000).astype(np.int16), start_s)


def _halved(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Every second sample after a low-pass at half the band: a sinc under a Hamming window, without delay. At half the
    band every second tap but the middle one is zero, so that only the samples left out need be filtered."""
    place = np.arange(-_TAPS, _TAPS + 1)
    taps = np.sinc(place / 2) * np.hamming(len(place))
    taps = (taps / taps.sum()).astype(np.float32)
    kept, between = samples[::2], samples[1::2]
    beside = np.convolve(between, taps[1::2])[_TAPS // 2 - 1 :][: len(kept)]
    halved: NDArray[np.float32] = taps[_TAPS] * kept + beside
    return halved


def _flux(samples: NDArray[np.float32]) -> NDArray[np.float16]:
    hop = int(HOP_S * _RATE)
    count = 1 + max(0, len(samples) - _WINDOW) // hop
    energies = np.empty((count, BANDS), np.float32)
    shape = np.hanning(_WINDOW).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::hop][:count]
    for start in range(0, count, 4096):
        spectrum = np.fft.rfft(frames[start : start + 4096] * shape, axis=1)
        energies[start : start + 4096] = (spectrum.real**2 + spectrum.imag**2) @ _filters()
    level = np.log(energies + 1e-7 * energies.mean(axis=0) + 1e-10)
    rise = np.zeros_like(level)
    rise[2:-2] = level[3:-1] + level[4:] - level[1:-3] - level[:-4]
    flux: NDArray[np.float16] = (rise / (rise.std(axis=0) + 1e-3)).clip(-6, 6).astype(np.float16)
    return flux


@lru_cache(maxsize=1)
def _filters() -> NDArray[np.float32]:
    """Sixteen bands, equal in the logarithm from 150 Hz to 3.6 kHz; shape (257, 16)."""
    edges = np.geomspace(150, 3600, BANDS + 1)
    hz = np.fft.rfftfreq(_WINDOW, 1 / _RATE)[:, None]
    return ((hz >= edges[:-1]) & (hz < edges[1:])).astype(np.float32)
