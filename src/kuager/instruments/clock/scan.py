"""Where two recordings could meet: correlation of their spectra over every lag, and its highest peaks."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
import scipy.fft
import scipy.ndimage
from numpy.typing import NDArray

from kuager.instruments.clock.recording import Array, Float
from kuager.instruments.clock.spectra import BLOCK_FRAMES, FRAME_S, SCALE, Block

LENGTHS = tuple(scipy.fft.next_fast_len(2 * BLOCK_FRAMES // part, real=True) for part in (16, 8, 4, 2, 1))
"""Lengths of transform: the shortest that holds both blocks end to end is used."""
SHORTEST_FRAMES = round(1.5 / FRAME_S)
"""An overlap shorter than this (1.5 s) is not looked for: too few cells to tell it from chance."""
APART_FRAMES = round(0.25 / FRAME_S)
POOLED_FRAMES = 13
"""Sounds from several places meet at several lags: heights are pooled over 0.2 s."""
NEAR_FRAMES = round(0.3 / FRAME_S)


FLOOR, POOLED_FLOOR = 5.2, 6.5
"""Heights, plain and pooled, that unrelated recordings reach now and then: nothing below is followed up."""
HIGHEST, DENSEST, POOLED = 5, 3, 2
"""How many peaks are kept for their height, how many more for their density and for what lies around them."""


@dataclass(frozen=True)
class Peak:
    """A lag at which two recordings could meet: ``offset_s`` is where b's first sample falls on a's samples, as seen
    around ``at_s`` on a's samples.

    ``height`` is the correlation there in standard deviations of what it is elsewhere, ``density`` the height for
    each root second shared: of two lags the true one is denser, the one with more overlap may be higher.
    """

    offset_s: float
    at_s: float
    height: float
    density: float
    pooled: float = 0.0


class Transforms:
    """Fourier transforms of blocks, kept up to ``limit_bytes``; safe to share between threads."""

    def __init__(self, limit_bytes: int = 1_000_000_000) -> None:
        self._limit = limit_bytes
        self._held: OrderedDict[tuple[int, int, int], Array] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def of(self, recording: int, block: Block, length: int) -> Array:
        """The transform of a block of the recording numbered ``recording``, shape ``(length // 2 + 1, bands)``."""
        key = (recording, block.first, length)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        cells = block.cells.astype(np.float32) / np.float32(SCALE)
        made: Array = np.ascontiguousarray(scipy.fft.rfft(cells, length, axis=1).T)
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._bytes += made.nbytes
            while self._bytes > self._limit and len(self._held) > 1:
                self._bytes -= self._held.popitem(last=False)[1].nbytes
        return made


def transform_length(frames: int) -> int:
    """The shortest length of transform in use that holds so many frames."""
    return int(next(length for length in LENGTHS if length >= frames))


def peaks(
    a: int, a_blocks: tuple[Block, ...], b: int, b_blocks: tuple[Block, ...], transforms: Transforms
) -> list[Peak]:
    """The highest and the densest peaks of the correlation of two recordings over all lags, highest first.

    Blocks are correlated each with each, so that neither length nor drift limits what can be found. Peaks closer than
    a quarter second are one.
    """
    some = [peak for left in a_blocks for right in b_blocks for peak in _block_peaks(a, left, b, right, transforms)]
    some.sort(key=lambda peak: (-peak.height, peak.offset_s))
    found = [peak for peak in some if peak.height >= FLOOR]
    kept = _apart(found, [], HIGHEST)
    kept = _apart(sorted(found, key=lambda peak: (-peak.density, peak.offset_s)), kept, HIGHEST + DENSEST)
    limit = HIGHEST + DENSEST + POOLED
    kept = _apart(sorted(some, key=lambda peak: (-peak.pooled, peak.offset_s)), kept, limit)
    return sorted(kept, key=lambda peak: (-peak.height, peak.offset_s))


def _apart(found: list[Peak], kept: list[Peak], limit: int) -> list[Peak]:
    kept = list(kept)
    for peak in found:
        if len(kept) == limit:
            break
        if all(abs(peak.offset_s - other.offset_s) > APART_FRAMES * FRAME_S for other in kept):
            kept.append(peak)
    return kept


def _block_peaks(a: int, left: Block, b: int, right: Block, transforms: Transforms) -> list[Peak]:
    length = transform_length(left.frames + right.frames)
    heights, shared, lags = correlation(
        transforms.of(a, left, length), left.frames, transforms.of(b, right, length), right.frames
    )
    around = pooled(heights)

    def peak(at: int) -> Peak:
        lag = int(lags[at])
        middle = (max(0, lag) + min(left.frames, lag + right.frames)) / 2
        near = slice(max(at - POOLED_FRAMES // 2, 0), at + POOLED_FRAMES // 2 + 1)
        height = float(heights[near].max())
        density = float(height / np.sqrt(shared[at] * FRAME_S))
        offset = (left.first - right.first + lag) * FRAME_S
        return Peak(offset, (left.first + middle) * FRAME_S, height, density, float(around[near].max()))

    out: dict[int, Peak] = {}
    dense = np.where(heights >= FLOOR, heights / np.sqrt(shared), -np.inf)
    wanted = ((heights.copy(), HIGHEST, heights, FLOOR), (dense, DENSEST + 2, heights, FLOOR))
    for curve, count, measure, floor in (*wanted, (around.copy(), POOLED + 2, around, POOLED_FLOOR)):
        for _ in range(count):
            at = int(curve.argmax())
            if measure[at] < floor or curve[at] == -np.inf:
                break
            out[at] = peak(at)
            curve[max(0, at - APART_FRAMES) : at + APART_FRAMES + 1] = -np.inf
    return list(out.values())


@dataclass(frozen=True)
class Near:
    """The greatest heights near a lag, plain and pooled, and the lag where the pooled one is."""

    height: float
    pooled: float
    offset_s: float


def heights_near(
    a: int,
    a_blocks: tuple[Block, ...],
    b: int,
    b_blocks: tuple[Block, ...],
    offsets_s: Sequence[float],
    transforms: Transforms,
) -> list[Near]:
    """What the scan finds within 0.3 s of each lag: as far as sounds from several places and the groups' own errors
    go."""
    found = [Near(1.0, 1.0, offset_s) for offset_s in offsets_s]
    for left in a_blocks if found else ():
        for right in b_blocks:
            length = transform_length(left.frames + right.frames)
            heights, _, lags = correlation(
                transforms.of(a, left, length), left.frames, transforms.of(b, right, length), right.frames
            )
            begin = (left.first - right.first + int(lags[0])) * FRAME_S
            around = pooled(heights)
            found = [_nearer(one, at_s, heights, around, begin) for one, at_s in zip(found, offsets_s, strict=True)]
    return found


def _nearer(found: Near, offset_s: float, heights: Float, around: Float, begin_s: float) -> Near:
    at = round((offset_s - begin_s) / FRAME_S)
    first, last = max(at - NEAR_FRAMES, 0), min(at + NEAR_FRAMES + 1, len(heights))
    if last <= first:
        return found
    best = first + int(around[first:last].argmax())
    if around[best] > found.pooled:
        found = replace(found, pooled=float(around[best]), offset_s=begin_s + best * FRAME_S)
    return replace(found, height=max(found.height, float(heights[first:last].max())))


def pooled(heights: Float) -> Float:
    """How much the heights around each lag exceed what they do elsewhere, in standard deviations."""
    squares = np.square(np.maximum(heights, 0.0))
    means = np.maximum(scipy.ndimage.uniform_filter1d(squares, POOLED_FRAMES), 0.0)
    out: Float = _standardised(np.sqrt(means)).astype(np.float32)
    return out


def correlation(
    left: Array, left_frames: int, right: Array, right_frames: int
) -> tuple[Float, Float, NDArray[np.int64]]:
    """Heights, frames shared and lags (frames from the left's start to the right's) of the correlation of two
    transforms.

    Each height is the sum over cells that both have, divided by the root of their number and by the spread of that
    over all lags (median absolute deviation). With up to 300 ppm between two clocks a peak is up to four frames wide:
    the height is the larger of the plain and the three-frame sum.
    """
    length = 2 * (len(left) - 1)
    circular = scipy.fft.irfft(np.vecdot(right, left), length)
    lags = np.arange(-right_frames + SHORTEST_FRAMES, left_frames - SHORTEST_FRAMES + 1)
    if len(lags) < 16:
        return np.zeros(1, np.float32), np.ones(1, np.float32), np.zeros(1, np.int64)
    values = circular[lags % length]
    shared = np.minimum(left_frames, lags + right_frames) - np.maximum(0, lags)
    plain = _standardised(values / np.sqrt(shared))
    wide = plain.copy()
    wide[1:-1] += plain[:-2] + plain[2:]
    heights = np.maximum(plain, _standardised(wide)).astype(np.float32)
    return heights, shared.astype(np.float32), lags


def _standardised(values: Array) -> Array:
    some = values[:: max(1, len(values) // 4096)]
    middle = np.median(some)
    out: Array = (values - middle) / (1.4826 * np.median(np.abs(some - middle)) + 1e-9)
    return out
