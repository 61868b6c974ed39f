"""A scan over every lag by phase: what two faint recordings share, found where their spectra tell nothing.

Each recording is cut to a band of a kilohertz that voices, chants and music fill, and every frequency of every second
is given nearly the same weight, as the phase transform does (Knapp and Carter, IEEE TASSP 24(4), 1976; the exponent
after Donohue, Hannemann and Dietz, Signal Processing 87, 2007). Four seconds of one are then correlated with the whole
of the other: short enough that clocks 300 ppm apart stay in phase. How rare each correlation is among all of its four
seconds is added along lines of offset and drift. The sum has a gamma distribution where nothing is shared, and is made
a normal deviate (Wilson and Hilferty, PNAS 17, 1931), so that lags with much and with little overlap compare.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import scipy.fft
import scipy.ndimage

from kuager.instruments.clock.recording import RATE, Array, Float, Recording

WINDOW = 8192
LOW_HZ, BINS = 400.0, 1024
EXPONENT = 0.8
CELL_RATE = RATE * BINS / WINDOW
"""Samples a second of the band as complex numbers: as many as it has hertz."""
SEGMENT = 4096
CELL = 2
CELL_S = CELL / CELL_RATE
MOST_SEGMENTS = 12
"""Segments of the shorter recording that are correlated, spread over it."""
LONGEST_S = 300.0
"""Longer recordings are not scanned by phase: lines of lag over time would be too many."""
LARGEST_PPM = 200.0
CAP = 12.0
"""No one segment says more than that its correlation is one in e to this power."""
STANDS_OUT, MOST_PEAKS = 4.75, 6
"""Height that one in twenty pairs which share nothing reach, and how many lags go on."""
APART_S, BESIDE_S, WEAK_BESIDE_S = 0.25, 0.2, 0.1
TENTH_S = 0.1
WEAKER = 0.6
"""The share of segments, the weaker ones, by which a lag is told from a sound played twice."""


@dataclass(frozen=True)
class PhasePeak:
    """A lag at which two recordings agree in phase: ``offset_s`` is where b's first sample falls on a's samples, as
    seen around ``at_s`` on a's.

    ``height`` is a normal deviate, ``rival`` the greatest at any other place. ``second`` and ``third`` are those of
    the next lines within 0.2 s: sounds from several places meet at several lags, a song played twice at one. ``weak``
    is what the weaker segments say on average: where two recordings overlap nearly every segment says something.
    """

    offset_s: float
    at_s: float
    height: float
    rival: float
    second: float
    third: float
    weak: float


@dataclass(frozen=True)
class Whitened:
    """A recording's band as complex numbers, in pieces: ``chunks``, transforms of eight seconds every four, begin four
    seconds before it, and ``segments``, conjugate, are those of four seconds each, followed by as many zeros."""

    samples: int
    chunks: Array
    segments: Array

    @property
    def seconds(self) -> float:
        return self.samples / CELL_RATE


def whitened(one: Recording) -> Whitened | None:
    """A recording made ready for the scan; ``None`` where it has no sound or is longer than is scanned."""
    if one.samples is None or len(one.samples) > LONGEST_S * RATE:
        return None
    band = _band(one.excerpt(0, len(one.samples)))
    pieces = -(-len(band) // SEGMENT)
    padded = np.zeros((pieces + 2) * SEGMENT, np.complex64)
    padded[SEGMENT : SEGMENT + len(band)] = band
    chunks = np.lib.stride_tricks.sliding_window_view(padded, 2 * SEGMENT)[::SEGMENT]
    segments = padded[SEGMENT : SEGMENT * (pieces + 1)].reshape(pieces, SEGMENT)
    return Whitened(len(band), scipy.fft.fft(chunks, axis=1), scipy.fft.fft(segments, 2 * SEGMENT, axis=1).conj())


def _band(samples: Float) -> Array:
    """The band moved down to nought, one complex number a millisecond, its frequencies nearly alike in strength."""
    hop, first = WINDOW // 2, round(LOW_HZ * WINDOW / RATE)
    count = -(-len(samples) // hop) + 1
    padded = np.zeros((count + 1) * hop, np.float32)
    padded[hop : hop + len(samples)] = samples
    taper = np.sqrt(np.hanning(WINDOW + 1)[:-1]).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::hop] * taper
    spectra = scipy.fft.rfft(frames, axis=1)[:, first : first + BINS]
    size = np.abs(spectra)
    spectra = spectra / (size + 1e-3 * np.median(size) + np.float32(1e-9)) ** np.float32(EXPONENT)
    spectra /= np.sqrt(np.square(np.abs(spectra)).mean(axis=1, keepdims=True)) + np.float32(1e-9)
    # Each frame's phases count from its own start; moved down, neighbours must agree.
    turns = np.exp(-2j * np.pi * ((first * hop * (np.arange(count) - 1)) % WINDOW) / WINDOW).astype(np.complex64)
    low = scipy.fft.ifft(spectra * turns[:, None], axis=1) * taper[:: WINDOW // BINS]
    out = np.zeros((count + 1, BINS // 2), np.complex64)
    out[:-1] += low[:, : BINS // 2]
    out[1:] += low[:, BINS // 2 :]
    whole: Array = out.reshape(-1)[BINS // 2 : BINS // 2 + len(samples) * BINS // WINDOW]
    return whole


@dataclass(frozen=True)
class PhaseScan:
    """The lags at which two recordings agree in phase, the highest first, and the greatest height in every tenth of a
    second of lag from ``first_s`` on."""

    peaks: tuple[PhasePeak, ...]
    first_s: float
    tenths: Float

    def near(self, offset_s: float) -> float:
        """The greatest height within 0.3 s of a lag; nought where too little is shared."""
        at = math.floor((offset_s - self.first_s) / TENTH_S)
        return float(self.tenths[max(at - 3, 0) : max(at + 4, 0)].max(initial=0.0))


def phase_scan(a: Whitened, b: Whitened) -> PhaseScan:
    """Goes through every lag of b on a."""
    if b.samples <= a.samples:
        return _scan(a, b)
    turned = _scan(b, a)
    return PhaseScan(
        tuple(replace(one, offset_s=-one.offset_s, at_s=one.at_s - one.offset_s) for one in turned.peaks),
        -turned.first_s - TENTH_S * len(turned.tenths), turned.tenths[::-1],
    )  # fmt: skip


def _scan(a: Whitened, b: Whitened) -> PhaseScan:
    lines = _lines(a, b)
    zero, each = len(b.segments) * SEGMENT // CELL, round(TENTH_S / CELL_S)
    whole = np.pad(lines.heights, (0, -len(lines.heights) % each))
    return PhaseScan(tuple(_peaks(a, b, lines, zero)), -zero * CELL_S, whole.reshape(-1, each).max(axis=1))


@dataclass(frozen=True)
class _Lines:
    """What each segment says at each lag, and whether enough of it is shared there, shape ``(segments, lags)``; the
    height of the best line through each lag at the middle of all segments; ``places`` are theirs from that middle and
    ``steps`` the slopes tried either way, in cells at the farthest."""

    says: Float
    there: Array
    heights: Float
    places: Array
    steps: int


def _moves(places: Array, steps: int) -> list[Array]:
    """By how many cells each segment's lag is later than at the middle, on each of the lines."""
    farthest = max(float(np.abs(places).max(initial=0.0)), 1e-9)
    return [np.rint(slope * places / farthest).astype(int) for slope in range(-steps, steps + 1)]


def _peaks(a: Whitened, b: Whitened, lines: _Lines, zero: int) -> list[PhasePeak]:
    heights, out = lines.heights.copy(), []
    beside, apart = round(BESIDE_S / CELL_S), round(APART_S / CELL_S)
    for _ in range(MOST_PEAKS):
        at = int(heights.argmax())
        if heights[at] < STANDS_OUT:
            break
        heights[max(at - apart, 0) : at + apart + 1] = 0
        rest = np.concatenate([lines.heights[: max(at - 2 * beside, 0)], lines.heights[at + 2 * beside :]])
        around = lines.heights[max(at - beside, 0) : at + beside + 1]
        tops = np.sort(around[around == scipy.ndimage.maximum_filter1d(around, 5)])[::-1]
        tops = np.concatenate([tops, np.zeros(3, np.float32)])
        offset = (at - zero + 0.5) * CELL_S
        middle = (max(0.0, offset) + min(a.seconds, offset + b.seconds)) / 2
        out.append(PhasePeak(
            offset, middle, float(lines.heights[at]), float(rest.max(initial=0.0)), float(tops[1]), float(tops[2]),
            _weak(lines, at),
        ))  # fmt: skip
    return out


def _lines(a: Whitened, b: Whitened) -> _Lines:
    count = len(b.segments)
    taken = np.unique(np.rint(np.linspace(0, count - 1, min(count, MOST_SEGMENTS))).astype(int))
    taken = taken[b.samples - taken * SEGMENT >= SEGMENT // 2]
    each, width = SEGMENT // CELL, (len(a.chunks) + count - 1) * SEGMENT // CELL
    says, there = np.zeros((len(taken), width), np.float32), np.zeros((len(taken), width), bool)
    # Half a segment and more of it lies in a: lags from half a segment before a's start to as much before its end.
    low, high = each // 2 + 1, each // 2 + max(a.samples // CELL - 1, 0)
    room = np.empty_like(a.chunks)
    for row, segment in enumerate(taken) if high - low > 16 else ():
        first = (count - 1 - segment) * each
        says[row, first + low : first + high] = _rareness(a.chunks, b.segments[segment], room, slice(low, high))
        there[row, first + low : first + high] = True
    places = taken - (count - 1) / 2
    steps = math.ceil(LARGEST_PPM * 1e-6 * count * SEGMENT / 2 / CELL)
    return _Lines(says, there, _heights(says, there, places, steps), places, steps)


def _rareness(chunks: Array, segment: Array, room: Array, inside: slice) -> Float:
    """How rare each lag's correlation is among all, as minus the logarithm of the share that is as high; the tail of
    its distribution is taken to fall exponentially from the median on, as it does for noise."""
    curves = scipy.fft.ifft(np.multiply(chunks, segment, out=room), axis=1, overwrite_x=True)[:, :SEGMENT]
    parts = np.square(curves.view(np.float32)).reshape(-1, 2)
    power = (parts[:, 0] + parts[:, 1]).reshape(-1, 2)
    cells = np.maximum(power[:, 0], power[:, 1])[inside]
    some = cells[::4]
    low, high = len(some) // 2, int(0.95 * len(some))
    parted = np.partition(some, (low, high))
    cells -= parted[low]
    cells *= np.float32(math.log(10)) / (parted[high] - parted[low] + np.float32(1e-12))
    cells += np.float32(math.log(2))
    said: Float = np.clip(cells, 0, CAP, out=cells)
    return said


def _heights(says: Float, there: Array, places: Array, steps: int) -> Float:
    """The best sum along a line for each lag, as a normal deviate."""
    width = says.shape[1]
    best = np.zeros(width, np.float32)
    for moves in _moves(places, steps):
        total = np.zeros(width + 2 * steps, np.float32)
        for one, move in zip(says, moves + steps, strict=True):
            total[move : move + width] += one
        np.maximum(best, total[steps : steps + width], out=best)
    count = np.maximum(there.sum(axis=0, dtype=np.float32), 1)
    heights: Float = 3 * np.sqrt(count) * (np.cbrt(best / count) - 1 + 1 / (9 * count))
    return heights


def _weak(lines: _Lines, at: int) -> float:
    """What the weaker segments say on average, each at its best within 0.1 s of the line."""
    near, rows = round(WEAK_BESIDE_S / CELL_S), np.arange(len(lines.says))
    tried = [np.clip(at - moves, 0, lines.says.shape[1] - 1) for moves in _moves(lines.places, lines.steps)]
    line = max(tried, key=lambda one: float(lines.says[rows, one].sum()))
    said = [
        float(says[max(here - near, 0) : here + near + 1].max())
        for says, there, here in zip(lines.says, lines.there, line, strict=True) if there[here]
    ]  # fmt: skip
    return float(np.mean(sorted(said)[: max(round(WEAKER * len(said)), 1)])) if said else 0.0
