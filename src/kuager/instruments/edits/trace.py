"""How each picture follows from the one before: the trace on which edits are looked for.

Pictures are reduced to grey of 160 columns and compared after the camera's own shift between them is taken out (phase
correlation: Kuglin and Hines 1975). A few earlier pictures are kept, so that it can be asked whether a later picture
continues an earlier one as if what lies between were not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kuager.instruments import media

WIDTH = 160
_MARGIN = 0.15
_KEEP_S = 10.0
_SUSPICIOUS = 1.5
"""A picture that differs this many times as much from the last as is usual around it is looked at again."""
_USUAL = 15
_MOST_KEPT = 40

Image = NDArray[np.float32]
Shift = tuple[float, float]


@dataclass(frozen=True)
class Bridge:
    """``change`` from the picture before ``first`` to the picture ``last``: small if they follow on each other."""

    first: int
    last: int
    change: float


@dataclass(frozen=True)
class Trace:
    """Of n pictures: ``time_s``; ``raw`` mean absolute difference from the one before in grey levels, ``change`` the
    same after the common shift is taken out; float64 (n,). ``shift``: that shift, right and down, in 160ths of the
    width, float64 (n, 2). All 0 at the first.
    """

    time_s: NDArray[np.float64]
    raw: NDArray[np.float64]
    change: NDArray[np.float64]
    shift: NDArray[np.float64]
    keyframe: NDArray[np.bool_]
    bridges: tuple[Bridge, ...]


def trace(path: str | os.PathLike[str]) -> Trace:
    """Decodes all pictures once. Raises ``NoPicture``, ``UnreadableError``."""
    return follow(media.pictures(path, width=WIDTH, grey=True))


def follow(pictures: Iterable[media.Picture]) -> Trace:
    """The trace of pictures of one size that are given in order."""
    rows: list[tuple[float, float, float, tuple[float, float], bool]] = []
    kept: list[tuple[int, float, Image]] = []
    bridges: list[Bridge] = []
    before: Image | None = None
    window: NDArray[np.float32] | None = None
    for n, picture in enumerate(pictures):
        image = picture.image.astype(np.float32)
        if before is None or window is None or before.shape != image.shape:
            window = _window(image.shape)
            rows.append((picture.time_s, 0.0, 0.0, (0.0, 0.0), picture.keyframe))
            before = image
            continue
        raw, change, shift = compare(before, image, window)
        usual = float(np.median([row[2] for row in rows[-_USUAL:] if row[2] > 0] or [change]))
        if change > _SUSPICIOUS * usual and n > 2:
            kept = [one for one in kept if one[1] > picture.time_s - _KEEP_S and one[2].shape == image.shape][
                -_MOST_KEPT:
            ]
            bridges += [Bridge(first, n, compare(old, image, window)[1]) for first, _, old in kept if n - first > 2]
            kept.append((n, picture.time_s, before))
        rows.append((picture.time_s, raw, change, shift, picture.keyframe))
        before = image
    time_s, raws, changes, shifts, keys = (np.array(column) for column in zip(*rows, strict=True))
    return Trace(time_s, raws, changes, shifts, keys.astype(np.bool_), tuple(bridges))


def compare(a: Image, b: Image, window: NDArray[np.float32]) -> tuple[float, float, Shift]:
    """Mean absolute difference as it stands and with the shift between the two taken out, and that shift."""
    import cv2

    raw = float(np.abs(a - b).mean())
    if raw < 1e-3:
        return raw, raw, (0.0, 0.0)
    # Copies: phaseCorrelate windows its inputs in place where their size already suits the transform.
    (x, y), _ = cv2.phaseCorrelate(a.copy(), b.copy(), window)
    height, width = a.shape
    if abs(x) > _MARGIN * width or abs(y) > _MARGIN * height:
        return raw, raw, (0.0, 0.0)
    moved = cv2.warpAffine(a, np.array([[1, 0, x], [0, 1, y]], np.float32), (width, height))
    left, top = int(abs(x)) + 2, int(abs(y)) + 2
    inner = np.s_[top:-top, left:-left]
    change = float(np.abs(moved[inner] - b[inner]).mean())
    return (raw, change, (float(x), float(y))) if change < raw else (raw, raw, (0.0, 0.0))


def _window(shape: tuple[int, ...]) -> NDArray[np.float32]:
    return np.outer(np.hanning(shape[0]), np.hanning(shape[1])).astype(np.float32)
