"""What was done to a picture, in words, from how it lies in the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies import geometry
from kuager.instruments.copies.fingerprint import PicturePrint
from kuager.instruments.copies.geometry import Placing

_TURNED_DEG = 2.5
_WHOLE = 0.9  # of an area; less was cut away
_PLAIN, _MOSTLY = 12.0, 0.7  # grey levels; a border may carry a caption


def view(query: PicturePrint, reference: PicturePrint, placing: Placing) -> str:
    """One of as_is, mirrored, cropped, bordered, inset, rotated, or several joined by ``+``."""
    words = []
    if placing.mirrored:
        words.append("mirrored")
    (a, b), (c, d) = placing.matrix[:2, :2]
    turn = abs(float(np.degrees(np.arctan2(c - b, a + d))))
    if turn > _TURNED_DEG:
        words.append("rotated")
    if _seen(query, reference, placing) < _WHOLE:
        words.append("cropped")
    outside = _outside(query, reference, placing)
    share = float(outside.mean())
    if share > 1 - _WHOLE:
        pixels = query.thumbs[:, outside].astype(np.float32)
        even = np.abs(pixels - np.median(pixels, axis=1, keepdims=True)) < _PLAIN
        plain = float(np.median(even.mean(axis=1))) > _MOSTLY or _trimmed(query) > 0.8 * share
        if plain and not (turn > _TURNED_DEG and share < 0.25):
            words.append("bordered")
        elif not plain:
            words.append("inset")
    return "+".join(words) or "as_is"


def within(query: PicturePrint, reference: PicturePrint, placing: Placing) -> float:
    """What share of one picture (borders left out) lies inside the other, of whichever lies in the other more."""
    seen = _seen(query, reference, placing)
    top, bottom, left, right = query.box
    points = _cells(top, bottom, left, right)
    if placing.mirrored:
        points[:, 0] = query.size[0] - points[:, 0]
    whole = (0.0, reference.size[1], 0.0, reference.size[0])
    return max(seen, float(_in(geometry.apply(placing.matrix, points), whole).mean()))


def _seen(query: PicturePrint, reference: PicturePrint, placing: Placing) -> float:
    """How much of the reference's picture the query shows."""
    top, bottom, left, right = reference.box
    points = _cells(top, bottom, left, right)
    place = _back(query, points, placing)
    return float(_in(place, (0.0, query.size[1], 0.0, query.size[0])).mean())


def _outside(query: PicturePrint, reference: PicturePrint, placing: Placing) -> NDArray[np.bool_]:
    """Which pixels of the query's small pictures show nothing of the reference's frame; (h, w)."""
    _, height, width = query.thumbs.shape
    side = max(height, width)
    x, y = np.meshgrid((np.arange(width) + 0.5) / side, (np.arange(height) + 0.5) / side)
    points = np.column_stack([x.ravel(), y.ravel()])
    if placing.mirrored:
        points[:, 0] = query.size[0] - points[:, 0]
    whole = (0.0, reference.size[1], 0.0, reference.size[0])
    return ~_in(geometry.apply(placing.matrix, points), whole).reshape(height, width)


def _trimmed(query: PicturePrint) -> float:
    top, bottom, left, right = query.box
    return 1 - (bottom - top) * (right - left) / (query.size[0] * query.size[1])


def _back(query: PicturePrint, points: NDArray[np.float64], placing: Placing) -> NDArray[np.float64]:
    place = geometry.apply(np.linalg.inv(placing.matrix), points)
    if placing.mirrored:
        place[:, 0] = query.size[0] - place[:, 0]
    return place


def _cells(top: float, bottom: float, left: float, right: float) -> NDArray[np.float64]:
    x, y = np.meshgrid(np.linspace(left, right, 34)[1:-1], np.linspace(top, bottom, 34)[1:-1])
    return np.column_stack([x.ravel(), y.ravel()])


def _in(points: NDArray[np.float64], box: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    top, bottom, left, right = box
    x, y = points[:, 0], points[:, 1]
    inside: NDArray[np.bool_] = (x >= left - 0.01) & (x <= right + 0.01) & (y >= top - 0.01) & (y <= bottom + 0.01)
    return inside
