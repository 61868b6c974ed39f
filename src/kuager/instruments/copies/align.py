"""Two recordings laid over each other in the picture's plane, then in time: where they run together, and how surely.

A camera on a stand shows the same walls an hour later. What tells a copy from that is what *changes*: after the part of
the picture that stands still is taken away, a copy's remaining picture still agrees from frame to frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies import geometry
from kuager.instruments.copies.fingerprint import RATE, PicturePrint
from kuager.instruments.copies.geometry import Matrix, Placing

Frames = NDArray[np.floating[Any]]
CELLS = 32  # along the longer side of the shared part
LEAST_FRAMES = 6
_LEVEL_NOISE = 0.25  # grey levels that coding alone moves a small picture's pixel
_SAME = 0.7  # correlation two pictures must exceed to speak for a copy
_SPEEDS = np.geomspace(0.5, 2.0, 47)  # the middle one is exactly 1
_SHARP = 0.6  # of a cell
_AROUND = int(RATE)  # a frame's surroundings in time, each way


@dataclass(frozen=True)
class Run:
    """Frames ``first`` to ``last`` (inclusive) of the query run along frame ``speed * i + offset`` of the reference."""

    first: int
    last: int
    speed: float
    offset: float


@dataclass(frozen=True)
class Overlay:
    """Both recordings sampled on the shared part of the picture: ``query`` (n, cells) and ``reference`` (m, cells),
    each frame with mean 0 and norm 1 (0 where it is plain), with ``query_noise`` and ``reference_noise`` (n,), (m,):
    the squared norm that coding noise has in that scale."""

    query: Frames
    reference: Frames
    query_noise: Frames
    reference_noise: Frames


def overlay(query: PicturePrint, reference: PicturePrint, placing: Placing) -> Overlay | None:
    """Samples both on a grid over what they share, or None where that is too small to compare."""
    found = grid(query, reference, placing)
    if found is None:
        return None
    places, cell = found
    at_query = to_query(query, np.linalg.inv(placing.matrix), places, placing.mirrored)
    q, q_noise = normal(sample(smoothed(query.thumbs, cell / scale(placing.matrix)), at_query))
    r, r_noise = normal(sample(smoothed(reference.thumbs, cell), places))
    return Overlay(q, r, q_noise, r_noise)


def scale(matrix: Matrix) -> float:
    return float(np.sqrt(abs(np.linalg.det(matrix[:2, :2])))) or 1.0


def to_query(query: PicturePrint, back: Matrix, points: Frames, mirrored: bool) -> Frames:
    place = geometry.apply(back, points)
    if mirrored:
        place[:, 0] = query.size[0] - place[:, 0]
    return place


def grid(query: PicturePrint, reference: PicturePrint, placing: Placing) -> tuple[Frames, float] | None:
    """Points of the reference's plane that lie inside both pictures (borders left out), and their distance."""
    top, bottom, left, right = reference.box
    step = max(bottom - top, right - left) / 64
    x, y = np.meshgrid(np.arange(left + step / 2, right, step), np.arange(top + step / 2, bottom, step))
    points = np.column_stack([x.ravel(), y.ravel()])
    inside = points[_within(query, points, placing)]
    if len(inside) < 64:
        return None
    low, high = inside.min(axis=0), inside.max(axis=0)
    step = float((high - low).max()) / CELLS
    x, y = np.meshgrid(np.arange(low[0], high[0] + 1e-9, step), np.arange(low[1], high[1] + 1e-9, step))
    points = np.column_stack([x.ravel(), y.ravel()])
    points = points[_within(query, points, placing)]
    return (points, step) if len(points) >= 64 else None


def _within(query: PicturePrint, points: Frames, placing: Placing) -> NDArray[np.bool_]:
    place = to_query(query, np.linalg.inv(placing.matrix), points, placing.mirrored)
    top, bottom, left, right = query.box
    inside: NDArray[np.bool_] = (
        (place[:, 0] > left + 0.01) & (place[:, 0] < right - 0.01)
        & (place[:, 1] > top + 0.01) & (place[:, 1] < bottom - 0.01)
    )  # fmt: skip
    return inside


def smoothed(thumbs: NDArray[np.uint8], cell: float) -> Frames:
    """Small pictures smoothed to ``cell`` (fraction of the longer side), so that both recordings are equally sharp."""
    from scipy.ndimage import gaussian_filter1d

    side = max(thumbs.shape[1:])
    smooth = thumbs.astype(np.float32)
    for axis in (1, 2):
        smooth = gaussian_filter1d(smooth, _SHARP * cell * side, axis=axis, truncate=2.5)
    return smooth


def sample(thumbs: Frames, points: Frames) -> Frames:
    """Bilinear samples (n, points) of small pictures (n, h, w) at fractions of their longer side, in grey levels."""
    _, height, width = thumbs.shape
    side = max(height, width)
    x = np.clip(points[:, 0] * side - 0.5, 0, width - 1.001)
    y = np.clip(points[:, 1] * side - 0.5, 0, height - 1.001)
    column, row = x.astype(int), y.astype(int)
    across, down = (x - column).astype(np.float32), (y - row).astype(np.float32)
    flat = thumbs.reshape(len(thumbs), -1)
    base = row * width + column
    upper = flat[:, base] * (1 - across) + flat[:, base + 1] * across
    lower = flat[:, base + width] * (1 - across) + flat[:, base + width + 1] * across
    sampled: Frames = upper * (1 - down) + lower * down
    return sampled


def normal(frames: Frames) -> tuple[Frames, Frames]:
    centred = frames - frames.mean(axis=1, keepdims=True)
    norm = np.linalg.norm(centred, axis=1)
    least = 3.0 * np.sqrt(frames.shape[1])  # three grey levels of spread: plainer than that shows nothing
    unit = np.where((norm > least)[:, None], centred / np.maximum(norm, least)[:, None], 0).astype(np.float32)
    noise = (_LEVEL_NOISE**2 * frames.shape[1] / np.maximum(norm, least) ** 2).astype(np.float32)
    return unit, noise


def _moving(frames: Frames) -> Frames:
    """What differs from the average of the surrounding second each way."""
    total = np.cumsum(np.concatenate([np.zeros((1, frames.shape[1]), np.float32), frames]), axis=0, dtype=np.float64)
    place = np.arange(len(frames))
    low, high = np.maximum(0, place - _AROUND), np.minimum(len(frames), place + _AROUND + 1)
    mean = (total[high] - total[low]) / (high - low)[:, None]
    moving: Frames = (frames - mean).astype(np.float32)
    return moving


def agreement(both: Overlay) -> Frames:
    """For each frame of the query against each of the reference: how far they speak for a copy; shape (n, m)."""
    still = both.query @ both.reference.T
    q, r = _moving(both.query), _moving(both.reference)
    q_size = np.sqrt((q**2).sum(axis=1) + 2 * both.query_noise)
    r_size = np.sqrt((r**2).sum(axis=1) + 2 * both.reference_noise)
    moving = (q / q_size[:, None]) @ (r / r_size[:, None]).T
    total: Frames = np.clip(still - _SAME, -0.5, None) + np.clip(moving, -0.2, None)
    return total


def runs(table: Frames, most: int = 3) -> list[Run]:
    """The best straight runs through a table of agreement, best first, none sharing frames of the query."""
    left = table.copy()
    found: list[Run] = []
    while len(found) < most:
        run = _best_run(left)
        if run is None:
            break
        found.append(run)
        left[run.first : run.last + 1] = -1.0
    return found


def _best_run(table: Frames) -> Run | None:
    n, m = table.shape
    place = np.arange(n)
    best, best_sum = None, LEAST_FRAMES * 0.35
    padded = np.pad(table, ((0, 0), (1, 1)), constant_values=-0.6)
    for speed in _SPEEDS:
        offsets = np.arange(-int(speed * n) + 2, m - 2)
        at = np.rint(place * speed)[None].astype(int) + offsets[:, None]
        values = padded[place[None], np.clip(at, -1, m) + 1]
        total, first, last = most(values)
        # Speeds other than 1 are rare: they have to earn a little more.
        which = int((total).argmax())
        worth = float(total[which]) * (1.0 if speed == 1.0 else 0.93)
        if worth > best_sum and last[which] - first[which] + 1 >= LEAST_FRAMES:
            best_sum = worth
            best = Run(int(first[which]), int(last[which]), float(speed), float(offsets[which]))
    return best


def most(values: Frames) -> tuple[Frames, NDArray[np.int64], NDArray[np.int64]]:
    """For each row the stretch of greatest sum (J. Kadane's scan): sum, first and last place."""
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1, dtype=np.float64)], axis=1)
    low = np.minimum.accumulate(sums[:, :-1], axis=1)
    gain = sums[:, 1:] - low
    last = gain.argmax(axis=1)
    rows = np.arange(len(values))
    before = np.where(np.arange(sums.shape[1] - 1)[None] <= last[:, None], sums[:, :-1], np.inf)
    return gain[rows, last].astype(np.float32), before.argmin(axis=1), last


def between(frames: Frames, at: Frames) -> Frames:
    """Frames (n, cells) at fractional places (k,), by linear interpolation."""
    at = np.clip(at, 0, len(frames) - 1)
    low = np.minimum(at.astype(int), len(frames) - 2) if len(frames) > 1 else np.zeros(len(at), int)
    part = (at - low).astype(np.float32)[:, None]
    high = np.minimum(low + 1, len(frames) - 1)
    between: Frames = frames[low] * (1 - part) + frames[high] * part
    return between
