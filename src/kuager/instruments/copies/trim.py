"""Where the picture proper begins: bars and plain borders around it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Box = tuple[int, int, int, int]
_FLAT = 6.0  # grey levels a bar may vary by, after coding
_MOST = 0.4  # of a side; more than this is a dark picture, not a bar


def trim(image: NDArray[Any]) -> Box:
    """(top, bottom, left, right) in pixels of what lies inside plain bars; the whole image where there are none."""
    grey = image.astype(np.float32, copy=False)
    height, width = grey.shape
    top, bottom = _bars(grey)
    left, right = _bars(grey[top:bottom].T)
    if bottom - top < 16 or right - left < 16:
        return 0, height, 0, width
    return top, bottom, left, right


def _bars(lines: NDArray[np.float32]) -> tuple[int, int]:
    """First and last line of the picture, lines being rows."""
    size, long = lines.shape
    # Sums of squares by products: two passes instead of the five that a standard deviation takes.
    mean = lines @ np.full(long, 1 / long, np.float32)
    square = np.einsum("ij,ij->i", lines, lines) / long
    spread = np.sqrt(np.maximum(0, square - mean**2))
    return _bar(mean, spread, size), size - _bar(mean[::-1], spread[::-1], size)


def _bar(mean: NDArray[np.float32], spread: NDArray[np.float32], size: int) -> int:
    plain = (spread < _FLAT) & (np.abs(mean - mean[0]) < _FLAT)
    count = size if plain.all() else int(np.argmin(plain))
    if count == 0 or count > _MOST * size:
        return 0
    return min(count + 1, size)  # coding blurs the edge itself
