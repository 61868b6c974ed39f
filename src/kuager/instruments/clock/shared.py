"""What two recordings share beside what is loud: the background.

A song, a chant or a loop played twice aligns perfectly at a wrong lag, and then its loud cells of time and frequency
agree in phase while the quiet ones, which hold what else went on around each phone, do not. Where two recordings
overlap in time the quiet cells agree too, as far as the phones' own noise lets them. Short-time cells are compared
at the traced lag.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.fft
import scipy.ndimage

from kuager.instruments.clock.lag import LONGEST_WINDOW, Trace
from kuager.instruments.clock.recording import RATE, Array, Recording

FRAME = 512
HOP = 256
WINDOWS = 10
"""Windows of up to a second that are looked at, spread over the overlap."""
LOW_BIN, HIGH_BIN = 10, 230
SMOOTHED_BINS = 7
TAPER = np.hanning(FRAME).astype(np.float32)
LOUD, QUIET = 0.85, 0.70
"""Ranks of a cell within its frequency: loud in both above the first, quiet in both below the second."""


@dataclass(frozen=True)
class Shared:
    """Mean agreement in phase (cosine, −1…1) of the cells loud in both and of those quiet in both, and the latter's
    standard deviation were it chance."""

    loud: float
    quiet: float
    quiet_sd: float


def shared(a: Recording, b: Recording, trace: Trace) -> Shared:
    """Compares the cells of a and b at the lags that ``trace`` found, and keeps the lag at which the quiet ones agree
    best."""
    times = trace.times[:: -(-len(trace.times) // WINDOWS)]
    length = int(np.clip(trace.overlap_s / len(times) * RATE, 2048, LONGEST_WINDOW))
    firsts = np.rint(times * RATE - length / 2)
    left = _Cells(_spectra(a, firsts, length))
    windows = np.repeat(np.arange(len(times)), left.values.shape[1] // len(times))
    out = []
    for line_s in trace.lines:
        elsewhere = firsts - (line_s + trace.slope * (times - trace.at_s)) * RATE
        whole = np.rint(elsewhere)
        right = _Cells(_spectra(b, whole, length, elsewhere - whole))
        out.append(_compared(left, right, windows % 2 == 0))
    return max(out, key=lambda one: one.quiet)


class _Cells:
    """Short-time spectra, shape ``(frequencies, frames)``, their powers, and which are quiet and loud in their
    frequency."""

    def __init__(self, values: Array) -> None:
        self.values = values
        self.power = np.square(values.real) + np.square(values.imag)
        some = self.power[:, ::2]
        last = some.shape[1] - 1
        places = int(QUIET * last), int(LOUD * last)
        parted = np.partition(some, places, axis=1)
        self.quiet = self.power < parted[:, places[0], None]
        self.loud = self.power > parted[:, places[1], None]


def _spectra(one: Recording, firsts: Array, length: int, parts: Array | None = None) -> Array:
    """Short-time spectra of windows, moved by fractions of a sample, in one row for each frequency."""
    samples = one.excerpts(firsts, length)
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME, axis=1)[:, ::HOP] * TAPER
    spectra = scipy.fft.rfft(frames, axis=2)[:, :, LOW_BIN:HIGH_BIN]
    if parts is not None:
        spectra *= np.exp(2j * np.pi / FRAME * parts[:, None] * np.arange(LOW_BIN, HIGH_BIN)).astype(np.complex64)[
            :, None
        ]
    return np.ascontiguousarray(spectra.reshape(-1, HIGH_BIN - LOW_BIN).T)


def _compared(left: _Cells, right: _Cells, even: Array) -> Shared:
    phase = left.values * right.values.conj()
    phase /= np.sqrt(left.power * right.power) + np.float32(1e-20)
    agreement = _agreement(phase, even)
    loud, quiet = left.loud & right.loud, left.quiet & right.quiet
    return Shared(
        float(agreement[loud].mean()) if loud.any() else 0.0,
        float(agreement[quiet].mean()) if quiet.any() else 0.0,
        float(1 / np.sqrt(max(int(quiet.sum()), 1))),
    )


def _agreement(phase: Array, even: Array) -> Array:
    """Cosine between each cell's phase difference and its frequency's, which the microphones make.

    A frequency's own is taken from every other window, so that a cell never agrees with itself: where nothing is shared
    the mean is nought.
    """
    out = np.empty(phase.shape, np.float32)
    for here in (even, ~even):
        common = scipy.ndimage.uniform_filter1d(phase[:, ~here].sum(axis=1), SMOOTHED_BINS)
        common /= np.abs(common) + 1e-9
        part = phase[:, here]
        out[:, here] = part.real * common.real[:, None] + part.imag * common.imag[:, None]
    return out
