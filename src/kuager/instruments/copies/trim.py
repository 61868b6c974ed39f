"""Where the picture proper begins: bars and plain borders around it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]
_FLAT = 6.0  # grey levels a bar may vary by, after coding
_MOST = 0.4  # of a side; more than this is a dark picture, not a bar


def trim(image: NDArray[np.uint8]) -> Box:
    """(top, bottom, left, right) in pixels of what lies inside plain bars; the whole image where there are none."""
    height, width = image.shape
    top, bottom = _bars(image)
    left, right = _bars(image[top:bottom].T)
    if bottom - top < 16 or right - left < 16:
        return 0, height, 0, width
    return top, bottom, left, right


def _bars(image: NDArray[np.uint8]) -> tuple[int, int]:
    """First and last line of the picture, lines being the rows of ``image``."""
    lines = image.astype(np.float32)
    mean, spread = lines.mean(axis=1), lines.std(axis=1)
    size = len(lines)
    return _bar(mean, spread, size), size - _bar(mean[::-1], spread[::-1], size)


def _bar(mean: NDArray[np.float32], spread: NDArray[np.float32], size: int) -> int:
    plain = (spread < _FLAT) & (np.abs(mean - mean[0]) < _FLAT)
    count = size if plain.all() else int(np.argmin(plain))
    if count == 0 or count > _MOST * size:
        return 0
    return min(count + 1, size)  # coding blurs the edge itself
