"""Where the picture proper begins: bars and plain borders around it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]
Lines = NDArray[np.floating[Any]]
_FLAT = 6.0  # grey levels a bar may vary by, after coding
_MOST = 0.4  # of a side; more than this is a dark picture, not a bar


def trim(pictures: NDArray[Any]) -> list[Box]:
    """(top, bottom, left, right) in pixels of what lies inside plain bars of each of ``pictures`` (n, h, w); the whole
    picture where there are none."""
    grey = pictures.astype(np.float32, copy=False)
    height, width = grey.shape[1:]
    boxes = []
    for image, mean, spread in zip(grey, *_lines(grey, 2), strict=True):
        top, bottom = _bars(mean, spread)
        across = _lines(image[None, top:bottom], 1)
        left, right = _bars(across[0][0], across[1][0])
        boxes.append((top, bottom, left, right) if min(bottom - top, right - left) >= 16 else (0, height, 0, width))
    return boxes


def _lines(grey: Lines, along: int) -> tuple[Lines, Lines]:
    """Mean and standard deviation along an axis, by products: fewer passes than ``std`` takes."""
    long = grey.shape[along]
    mean = np.full(long, 1 / long, np.float32) @ grey if along == 1 else grey @ np.full(long, 1 / long, np.float32)
    square = np.einsum("ijk,ijk->ik" if along == 1 else "ijk,ijk->ij", grey, grey) / long
    return mean, np.sqrt(np.maximum(0, square - mean**2))


def _bars(mean: Lines, spread: Lines) -> tuple[int, int]:
    """First and last line of the picture."""
    return _bar(mean, spread), len(mean) - _bar(mean[::-1], spread[::-1])


def _bar(mean: Lines, spread: Lines) -> int:
    if spread[0] >= _FLAT:
        return 0
    plain = (spread < _FLAT) & (np.abs(mean - mean[0]) < _FLAT)
    count = len(plain) if plain.all() else int(np.argmin(plain))
    if count > _MOST * len(plain):
        return 0
    return min(count + 1, len(plain))  # coding blurs the edge itself
