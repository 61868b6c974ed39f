"""PDQ, the perceptual hash of a picture, for any part of it and its mirror image at almost no extra cost.

D. Dalins et al., "PDQ & TMK + PDQF: a test drive of Facebook's perceptual hashing algorithms" (2019), and "The
TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm" (Facebook, 2019). Everything before the final
comparison with the median is linear and separable (two box filters a side, one sample in 64 places, a 16-row DCT),
so each side of a picture is one 16-row matrix, hashing a part of it is two small products, and many pictures of one
size are hashed at once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Pictures = NDArray[np.uint8] | Floats
Hash = NDArray[np.uint8]
Box = tuple[int, int, int, int]
SIDE = 64
TERMS = 16
BYTES = 32
BITS = 256


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


@lru_cache(maxsize=256)
def _terms(length: int, start: int, stop: int) -> NDArray[np.float32]:
    """The cosine terms 1 to 16 of ``start:stop`` of a side of ``length`` pixels; shape (16, length)."""
    order, place = np.arange(1, TERMS + 1)[:, None], np.arange(SIDE)[None]
    cosines = np.sqrt(2 / SIDE) * np.cos(np.pi / 2 / SIDE * order * (2 * place + 1))
    terms: NDArray[np.float32] = (cosines @ _sampler(length, start, stop)).astype(np.float32)
    return terms


def coefficients(pictures: Pictures, box: Box | None = None) -> Floats:
    """The 16 by 16 cosine terms, without the constant ones, of ``box`` = (top, bottom, left, right) in pixels, or of
    the whole, of each of ``pictures`` (n, h, w); (n, 16, 16)."""
    height, width = pictures.shape[1:]
    top, bottom, left, right = box or (0, height, 0, width)
    grey = pictures.astype(np.float32, copy=False)
    terms: Floats = _terms(height, top, bottom) @ grey @ _terms(width, left, right).T
    return terms


def quality(pictures: Pictures) -> NDArray[np.uint8]:
    """How much each of ``pictures`` (n, h, w) has to hold on to, 0 (flat) to 100, as PDQ defines it."""
    height, width = pictures.shape[1:]
    grey = pictures.astype(np.float32, copy=False)
    small = _sampler(height, 0, height) @ grey @ _sampler(width, 0, width).T * np.float32(100 / 255)
    steps = sum(np.abs(np.trunc(np.diff(small, axis=axis))).sum(axis=(1, 2)) for axis in (1, 2))
    found: NDArray[np.uint8] = np.minimum(100, steps // 90).astype(np.uint8)
    return found


def quantise(terms: Floats) -> Hash:
    """Which terms exceed their median, packed into 32 bytes in PDQ's own order; (n, 16, 16) to (n, 32)."""
    flat = terms.reshape(len(terms), BITS)
    median = np.partition(flat, BITS // 2 - 1, axis=1)[:, BITS // 2 - 1, None]
    return np.packbits((flat > median)[:, ::-1], axis=1)


def mirror(terms: Floats) -> Floats:
    """The terms of pictures seen in a mirror: cosines of odd order change sign along the width."""
    signs = np.where(np.arange(1, TERMS + 1) % 2 == 1, -1, 1).astype(np.float32)
    return terms * signs


def distance(a: Hash, b: Hash) -> NDArray[np.int64]:
    """Differing bits between packed hashes, broadcast over leading axes."""
    bits: NDArray[np.int64] = np.bitwise_count(a ^ b).sum(axis=-1, dtype=np.int64)
    return bits
