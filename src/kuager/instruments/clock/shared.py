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
    return max((_shared(a, b, trace, line) for line in trace.lines), key=lambda one: one.quiet)


def _shared(a: Recording, b: Recording, trace: Trace, line_s: float) -> Shared:
    left, right, windows = _cells(a, b, trace, line_s)
    cross = left * right.conj()
    phase = cross / (np.abs(cross) + 1e-20)
    agreement = _agreement(phase, windows % 2 == 0)
    left_level, right_level = np.abs(left), np.abs(right)
    left_quiet, left_loud = _ranked(left_level)
    right_quiet, right_loud = _ranked(right_level)
    loud = (left_level > left_loud) & (right_level > right_loud)
    quiet = (left_level < left_quiet) & (right_level < right_quiet)
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
        out[:, here] = (phase[:, here] * common.conj()[:, None]).real
    return out


def _ranked(level: Array) -> tuple[Array, Array]:
    """Each frequency's levels at the ranks `QUIET` and `LOUD`."""
    some = level[:, ::2]
    last = some.shape[1] - 1
    places = int(QUIET * last), int(LOUD * last)
    parted = np.partition(some, places, axis=1)
    return parted[:, places[0], None], parted[:, places[1], None]


def _cells(a: Recording, b: Recording, trace: Trace, line_s: float) -> tuple[Array, Array, Array]:
    """Short-time spectra of both at the trace's windows, shape ``(frequencies, frames)``, b's moved onto a's, and the
    window that each frame is of."""
    times = trace.times[:: -(-len(trace.times) // WINDOWS)]
    length = int(np.clip(trace.overlap_s / len(times) * RATE, 2048, LONGEST_WINDOW))
    lags = line_s + trace.slope * (times - trace.at_s)
    a_firsts = np.rint(times * RATE - length / 2)
    b_firsts = a_firsts - lags * RATE
    parts = b_firsts - np.rint(b_firsts)
    shape = np.hanning(FRAME).astype(np.float32)
    spectra = []
    for recording, firsts in ((a, a_firsts), (b, np.rint(b_firsts))):
        samples = np.stack([recording.excerpt(int(first), length) for first in firsts])
        frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME, axis=1)[:, ::HOP] * shape
        spectra.append(scipy.fft.rfft(frames, axis=2)[:, :, LOW_BIN:HIGH_BIN])
    bins = np.arange(LOW_BIN, HIGH_BIN)
    spectra[1] = spectra[1] * np.exp(2j * np.pi / FRAME * parts[:, None, None] * bins).astype(np.complex64)
    left, right = (np.ascontiguousarray(one.reshape(-1, len(bins)).T) for one in spectra)
    return left, right, np.repeat(np.arange(len(times)), left.shape[1] // len(times))
