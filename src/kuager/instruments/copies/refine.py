"""Making two pictures lie on each other exactly, from a placing that is roughly right."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies.align import Frames, Run, between, grid, normal, sample, scale, smoothed, to_query
from kuager.instruments.copies.fingerprint import PicturePrint
from kuager.instruments.copies.geometry import Matrix, Placing

PROJECTIVE = 20  # so many features must agree before perspective is fitted too


def refine(query: PicturePrint, reference: PicturePrint, placing: Placing, run: Run) -> Placing:
    """Moves a placing until the pictures of a run agree best (B. Lucas and T. Kanade, IJCAI 1981, on up to
    twelve pairs of small pictures at once)."""
    found = grid(query, reference, placing)
    if found is None:
        return placing
    chosen = np.unique(np.linspace(run.first, run.last, 12).round().astype(int))
    places, cell = found
    target = between(sample(smoothed(reference.thumbs, cell), places), run.speed * chosen + run.offset)
    target = normal(target)[0]
    some = _Some(query, chosen, cell / scale(placing.matrix))
    matrix = np.linalg.inv(placing.matrix)
    best, best_matrix = -1.0, matrix
    delta = 0.5 / max(query.thumbs.shape[1:])
    shapes = _SHIFTS if placing.inliers >= PROJECTIVE else _SHIFTS[:6]
    for _ in range(8):
        now = normal(some.at(matrix, places, placing.mirrored))[0]
        fit = float((now * target).sum(axis=1).mean())
        if fit > best:
            best, best_matrix = fit, matrix
        elif fit < best - 0.02:
            break
        columns = []
        for shape in shapes:
            moved = matrix.copy()
            moved += delta * shape
            columns.append(((normal(some.at(moved, places, placing.mirrored))[0] - now) / delta).ravel())
        design = np.stack(columns, axis=1).astype(np.float64)
        square = design.T @ design
        damped = square + 1e-3 * np.trace(square) / len(shapes) * np.eye(len(shapes))
        step = np.linalg.solve(damped, design.T @ (target - now).ravel())
        matrix = matrix.copy()
        matrix += np.tensordot(np.clip(step, -0.05, 0.05), shapes, axes=1)
    if abs(np.linalg.det(best_matrix)) < 1e-6:
        return placing
    back = np.linalg.inv(best_matrix)
    return Placing(back / back[2, 2], placing.mirrored, placing.inliers)


_SHIFTS = np.eye(9)[:8].reshape(8, 3, 3)


class _Some:
    """A few frames of a recording, sampled through a map from the reference's plane."""

    def __init__(self, picture: PicturePrint, chosen: NDArray[np.int64], cell: float) -> None:
        self.picture = picture
        self.smooth = smoothed(picture.thumbs[chosen], cell)

    def at(self, matrix: Matrix, places: Frames, mirrored: bool) -> Frames:
        return sample(self.smooth, to_query(self.picture, matrix, places, mirrored))
