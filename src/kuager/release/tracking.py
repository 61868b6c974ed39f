"""Following what an area covers from picture to picture, by its looks.

Normalised cross-correlation of a template against a neighbourhood, with the sums by running totals (Lewis, "Fast
Normalized Cross-Correlation", Vision Interface 1995). A track that no longer looks like what was drawn says so by its
score; what to do then is decided in ``covering``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float32]

SURE = 0.6
"""Correlation from which on a place counts as the thing looked for."""

_CONTEXT = 0.15
_LARGEST_TEMPLATE = 40
_LEAST_SPREAD = 4.0
_RENEW = 0.08
"""How much of each sure sighting goes into the template: things turn and light changes."""


@dataclass(frozen=True)
class Sighting:
    """Where the middle of the thing lies, in pixels, and how alike it looks, −1…1."""

    x: float
    y: float
    score: float


class Tracker:
    """Follows one thing through grey pictures. ``box``: (left, top, right, bottom) in pixels of the first picture."""

    def __init__(self, picture: Grey, box: tuple[float, float, float, float]) -> None:
        left, top, right, bottom = box
        wide, tall = max(2.0, right - left), max(2.0, bottom - top)
        self._step = max(1, int(np.ceil(max(wide, tall) / _LARGEST_TEMPLATE)))
        small = _shrink(picture, self._step)
        self._half = (
            max(2, round(wide * (0.5 + _CONTEXT) / self._step)),
            max(2, round(tall * (0.5 + _CONTEXT) / self._step)),
        )
        self._at = ((left + right) / 2, (top + bottom) / 2)
        self._speed = (0.0, 0.0)
        self._missed = 0
        self._template = self._cut(small, *self._at)

    def follow(self, picture: Grey) -> Sighting:
        """Where the thing is in the next picture. The search widens while it is not found."""
        small = _shrink(picture, self._step)
        guess = (self._at[0] + self._speed[0], self._at[1] + self._speed[1])
        found = self._search(small, guess)
        if found.score < SURE:
            self._missed += 1
            self._speed = (self._speed[0] * 0.5, self._speed[1] * 0.5)
            return found
        self._missed = 0
        moved = (found.x - self._at[0], found.y - self._at[1])
        self._speed = (0.5 * self._speed[0] + 0.5 * moved[0], 0.5 * self._speed[1] + 0.5 * moved[1])
        self._at = (found.x, found.y)
        seen = self._cut(small, *self._at)
        self._template = ((1 - _RENEW) * self._template + _RENEW * seen).astype(np.float32)
        return found

    def _cut(self, small: Grey, x: float, y: float) -> Grey:
        across, down = self._half
        column, row = round(x / self._step), round(y / self._step)
        padded = np.pad(small, ((down, down), (across, across)), mode="edge")
        column, row = int(np.clip(column, 0, small.shape[1] - 1)), int(np.clip(row, 0, small.shape[0] - 1))
        return padded[row : row + 2 * down + 1, column : column + 2 * across + 1].astype(np.float32)

    def _search(self, small: Grey, guess: tuple[float, float]) -> Sighting:
        across, down = self._half
        reach = max(4, round(0.75 * max(across, down))) + 3 * min(self._missed, 20)
        column = int(np.clip(round(guess[0] / self._step), 0, small.shape[1] - 1))
        row = int(np.clip(round(guess[1] / self._step), 0, small.shape[0] - 1))
        padded = np.pad(small, ((down, down), (across, across)), mode="edge")
        top, left = max(0, row - reach), max(0, column - reach)
        bottom, right = min(small.shape[0] - 1, row + reach), min(small.shape[1] - 1, column + reach)
        window = padded[top : bottom + 2 * down + 1, left : right + 2 * across + 1]
        scores = correlation(window, self._template)
        best = np.unravel_index(int(np.argmax(scores)), scores.shape)
        return Sighting(
            float((left + int(best[1])) * self._step), float((top + int(best[0])) * self._step), float(scores[best])
        )


def correlation(window: Grey, template: Grey) -> NDArray[np.float64]:
    """Normalised correlation of a template at every place of a window where it fits; 0 where either is flat."""
    from scipy.signal import fftconvolve

    count = template.size
    centred = template.astype(np.float64) - float(template.mean())
    norm = float(np.sqrt((centred**2).sum()))
    data = window.astype(np.float64)
    product = fftconvolve(data, centred[::-1, ::-1], mode="valid")
    sums, squares = _sums(data, template.shape), _sums(data**2, template.shape)
    spread = np.sqrt(np.maximum(squares - sums**2 / count, 0.0))
    flat = (spread < _LEAST_SPREAD * np.sqrt(count)) | (norm < _LEAST_SPREAD * np.sqrt(count))
    scores: NDArray[np.float64] = np.where(flat, 0.0, product / np.maximum(norm * spread, 1e-9))
    return scores


def _sums(data: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.float64]:
    """The sum under a rectangle of ``shape`` at every place."""
    total = np.pad(data, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    tall, wide = shape
    lower, upper = total[tall:], total[:-tall]
    found: NDArray[np.float64] = lower[:, wide:] - upper[:, wide:] - lower[:, :-wide] + upper[:, :-wide]
    return found


def _shrink(picture: Grey, step: int) -> Grey:
    """The picture in means of ``step`` × ``step`` pixels."""
    if step == 1:
        return picture
    tall, wide = (picture.shape[0] // step) * step, (picture.shape[1] // step) * step
    blocks = picture[:tall, :wide].reshape(tall // step, step, wide // step, step)
    small: Grey = blocks.mean(axis=(1, 3), dtype=np.float32)
    return small
