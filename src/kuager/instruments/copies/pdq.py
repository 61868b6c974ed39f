"""PDQ, the perceptual hash of a picture, for any part of it and its mirror image at almost no extra cost.

D. Dalins et al., "PDQ & TMK + PDQF: a test drive of Facebook's perceptual hashing algorithms" (2019), and "The
TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm" (Facebook, 2019). Everything before the final
comparison with the median is linear and separable (two box filters a side, one sample in 64 places, a 16-row DCT),
so each side of a picture is one 16-row matrix and hashing a part of it is two small products.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Grey = NDArray[np.uint8] | Floats
Hash = NDArray[np.uint8]
SIDE = 64
TERMS = 16
BYTES = 32
BITS = 256
_BIT_ORDER = np.arange(BITS)[::-1]


def _box(length: int) -> NDArray[np.float32]:
    """The running mean PDQ smooths with, window ceil(length / 128), shrinking at both ends; shape (length, length)."""
    window = -(-length // (2 * SIDE))
    ahead = (window + 2) // 2
    place = np.arange(length)
    first = np.maximum(0, place - (window - ahead))[:, None]
    last = np.minimum(length, place + ahead)[:, None]
    inside = (place >= first) & (place < last)
    mean: NDArray[np.float32] = (inside / inside.sum(axis=1, keepdims=True)).astype(np.float32)
    return mean


@lru_cache(maxsize=256)
def _sampler(length: int, start: int, stop: int) -> NDArray[np.float32]:
    """Smooths ``start:stop`` of a side of ``length`` pixels and samples it in 64 places; shape (64, length)."""
    box = _box(stop - start)
    rows = ((np.arange(SIDE) + 0.5) * (stop - start) / SIDE).astype(np.int64)
    sampler = np.zeros((SIDE, length), np.float32)
    sampler[:, start:stop] = (box @ box)[rows]
    return sampler


@lru_cache(maxsize=1)
def _cosines() -> NDArray[np.float32]:
    row, column = np.arange(1, TERMS + 1)[:, None], np.arange(SIDE)[None]
    rows: NDArray[np.float32] = (np.sqrt(2 / SIDE) * np.cos(np.pi / 2 / SIDE * row * (2 * column + 1))).astype(
        np.float32
    )
    return rows


def reduced(image: Grey, box: tuple[int, int, int, int] | None = None) -> Floats:
    """The 64 by 64 picture PDQ works on, of ``box`` = (top, bottom, left, right) in pixels, or of the whole image."""
    height, width = image.shape
    top, bottom, left, right = box or (0, height, 0, width)
    grey = image.astype(np.float32, copy=False)
    small: Floats = _sampler(height, top, bottom) @ grey @ _sampler(width, left, right).T
    return small


def coefficients(small: Floats) -> Floats:
    """The 16 by 16 cosine terms of a 64 by 64 picture, without the constant ones."""
    terms: Floats = _cosines() @ small @ _cosines().T
    return terms


def quality(small: Floats) -> int:
    """How much a 64 by 64 picture has to hold on to, 0 (flat) to 100, as PDQ defines it."""
    steps = 0.0
    for axis in (0, 1):
        steps += float(np.abs(np.trunc(np.diff(small, axis=axis) * (100 / 255))).sum())
    return min(100, int(steps / 90))


def quantise(terms: Floats) -> Hash:
    """Which terms exceed their median, packed into 32 bytes in PDQ's own order."""
    flat = terms.ravel()
    median = np.partition(flat, BITS // 2 - 1)[BITS // 2 - 1]
    return np.packbits((flat > median)[_BIT_ORDER])


def mirror(terms: Floats) -> Floats:
    """The terms of the picture seen in a mirror: cosines of odd order change sign along the width."""
    signs = np.where(np.arange(1, TERMS + 1) % 2 == 1, -1, 1).astype(np.float32)
    return terms * signs


def distance(a: Hash, b: Hash) -> NDArray[np.int64]:
    """Differing bits between packed hashes, broadcast over leading axes."""
    bits: NDArray[np.int64] = np.bitwise_count(a ^ b).sum(axis=-1, dtype=np.int64)
    return bits
