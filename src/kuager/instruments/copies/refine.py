"""Making two pictures lie on each other exactly, from a placing that is roughly right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies.align import Frames, Run, grid, normal, sample, scale, smoothed, to_query
from kuager.instruments.copies.evidence import uncovered
from kuager.instruments.copies.fingerprint import RATE, PicturePrint
from kuager.instruments.copies.geometry import Matrix, Placing

_REACH_S, _FAR, _AGREES = 10.0, 0.3, 0.3
_SMOOTH, _STEPS, _LEAP, _ENOUGH = (3.0, 1.0), 7, 0.06, 2e-4
_SHAPES = np.eye(9)[:8].reshape(8, 3, 3)
PROJECTIVE = 20  # so many features must agree before perspective is fitted too


def refine(query: PicturePrint, reference: PicturePrint, placing: Placing, run: Run) -> Placing:
    """Moves a placing until the pictures of a run agree best (B. Lucas and T. Kanade, IJCAI 1981, on up to
    twelve pairs of small pictures at once), first much smoothed, so that it may begin further off."""
    found = grid(query, reference, placing)
    if found is None:
        return placing
    places, cell = found
    chosen = np.unique(np.linspace(run.first, run.last, 12).round().astype(int))
    opposite = run.speed * chosen + run.offset
    low = np.clip(opposite.astype(int), 0, max(0, len(reference.times) - 2))
    after = np.minimum(low + 1, len(reference.times) - 1)
    part = np.clip(opposite - low, 0, 1).astype(np.float32)[:, None]
    matrix = np.linalg.inv(placing.matrix)
    shapes = _SHAPES if placing.inliers >= PROJECTIVE else _SHAPES[:6]
    for smooth in _SMOOTH:
        both = sample(smoothed(reference.thumbs[np.concatenate([low, after])], smooth * cell), places)
        target = both[: len(low)] * (1 - part) + both[len(low) :] * part
        some = _Some(query, chosen, smooth * cell / scale(placing.matrix), places, placing.mirrored)
        shown = uncovered(some.at(matrix), normal(target)[0])
        some.places = places[shown]
        matrix = _moved(some, matrix, normal(target[:, shown])[0], shapes)
    if abs(np.linalg.det(matrix)) < 1e-6:
        return placing
    back = np.linalg.inv(matrix)
    return Placing(back / back[2, 2], placing.mirrored, placing.inliers)


class _Some:
    """A few frames of a recording, sampled through a map from the reference's plane."""

    def __init__(
        self, picture: PicturePrint, chosen: NDArray[np.int64], cell: float, places: Frames, mirrored: bool
    ) -> None:
        self.picture, self.places, self.mirrored = picture, places, mirrored
        self.smooth = smoothed(picture.thumbs[chosen], cell)

    def at(self, matrix: Matrix) -> Frames:
        return normal(sample(self.smooth, to_query(self.picture, matrix, self.places, self.mirrored)))[0]


def _moved(some: _Some, matrix: Matrix, target: Frames, shapes: Matrix) -> Matrix:
    """The map near ``matrix`` through which the frames are most like ``target`` (frames, places)."""
    best, best_matrix = -1.0, matrix
    delta = 0.5 / max(some.picture.thumbs.shape[1:])
    for _ in range(_STEPS):
        now = some.at(matrix)
        fit = float((now * target).sum(axis=1).mean())
        if fit <= best + _ENOUGH:
            return matrix if fit > best else best_matrix
        best, best_matrix = fit, matrix
        design = np.stack([((some.at(matrix + delta * shape) - now) / delta).ravel() for shape in shapes], axis=1)
        square = (design.T @ design).astype(np.float64)
        if not np.trace(square) > 0:  # nothing to hold on to
            return best_matrix
        damped = square + 1e-3 * np.trace(square) / len(shapes) * np.eye(len(shapes))
        step = np.linalg.solve(damped, design.T @ (target - now).ravel())
        matrix = matrix + np.tensordot(np.clip(step, -_LEAP, _LEAP), shapes, axes=1)
    return best_matrix


def in_time(query: PicturePrint, reference: PicturePrint, placing: Placing, at: int, frame: int) -> tuple[Placing, int]:
    """A placing found between small picture ``at`` of the query and one ``frame`` of the reference that may lie up to
    ``_REACH_S`` from the moment opposite: how the camera moved meanwhile is taken out. Gives the placing, and the
    small picture of the reference that the query's agrees with best, moved as a whole."""
    found = grid(query, reference, placing)
    if found is None:
        return placing, frame
    places, cell = found
    low = places.min(axis=0)
    column, row = np.rint((places - low) / cell).astype(int).T
    height, width = int(row.max()) + 1, int(column.max()) + 1
    shown = np.zeros((height, width), np.float32)
    shown[row, column] = 1
    picture = np.zeros((height, width), np.float32)
    smooth = smoothed(query.thumbs[at : at + 1], cell / scale(placing.matrix))
    back = np.linalg.inv(placing.matrix)
    picture[row, column] = sample(smooth, to_query(query, back, places, placing.mirrored))[0]
    margin = max(2, round(_FAR * max(height, width)))
    x, y = np.meshgrid(np.arange(-margin, width + margin), np.arange(-margin, height + margin))
    around = low + cell * np.column_stack([x.ravel(), y.ravel()])
    reach = round(_REACH_S * RATE)
    first = max(0, frame - reach)
    there = sample(smoothed(reference.thumbs[first : frame + reach + 1], cell), around)
    agree = _agreements(picture, shown, there.reshape(-1, *x.shape))
    which, down, across = np.unravel_index(int(agree.argmax()), agree.shape)
    if agree[which, down, across] < _AGREES:
        return placing, frame
    moved = np.eye(3)
    moved[:2, 2] = cell * (across - margin), cell * (down - margin)
    return Placing(moved @ placing.matrix, placing.mirrored, placing.inliers), first + int(which)


def _agreements(picture: Frames, shown: Frames, there: Frames) -> Frames:
    """Correlation of the ``shown`` part of ``picture`` (h, w) with each of ``there`` (n, H, W) at every place where it
    lies inside; (n, H - h + 1, W - w + 1)."""
    from scipy.fft import irfft2, next_fast_len, rfft2

    height, width = there.shape[1:]
    size = next_fast_len(height, real=True), next_fast_len(width, real=True)
    count = float(shown.sum())
    centred = np.where(shown > 0, picture - float((picture * shown).sum()) / count, 0).astype(np.float32)

    def slid(still: Frames, moving: Frames) -> Frames:
        table: Frames = irfft2(np.conj(rfft2(still, size)) * rfft2(moving, size), size)
        return table[:, : height - picture.shape[0] + 1, : width - picture.shape[1] + 1]

    there = there - there.mean()
    mean = slid(shown, there) / count
    spread = np.sqrt(np.maximum(slid(shown, there**2) / count - mean**2, 1.0))
    agree: Frames = slid(centred, there) / count / spread / max(1.0, float(np.sqrt((centred**2).sum() / count)))
    return agree
