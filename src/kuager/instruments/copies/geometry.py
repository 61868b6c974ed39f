"""How a picture lies in another: a plane map from one frame to the other, found from local features.

Coordinates are fractions of a frame's longer side, y down. One match of two SIFT keypoints already fixes a
similarity (place, size, direction: Lowe 2004, section 7.3), so every match is tried and nothing is drawn at random.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies.features import Features

Matrix = NDArray[np.floating[Any]]
ENOUGH, LEAST = 8, 5  # clear matches that make a placing; matches worth a look, as what follows checks every placing
AFFINE, PROJECTIVE = 16, 24  # matches that a map of so many freedoms takes
_FAR, _NEAR = 0.05, 0.015
_MOST_BITS, _MOST_MATCHES = 80, 160
_CLEAR_BITS, _UNCLEAR = 12, 0.3
_ELSEWHERE = 0.02


@dataclass(frozen=True)
class Placing:
    """``matrix`` (3, 3) takes the query's coordinates (after mirroring it, if ``mirrored``) to the reference's;
    ``inliers`` matches agree with it, 0 where it was assumed rather than found."""

    matrix: Matrix
    mirrored: bool
    inliers: int


def apply(matrix: Matrix, points: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Maps points (n, 2)."""
    mapped = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    depth = np.where(np.abs(mapped[:, 2:]) < 1e-9, 1e-9, mapped[:, 2:])
    placed: NDArray[np.float64] = mapped[:, :2] / depth
    return placed


def box_to_box(source: tuple[float, float, float, float], target: tuple[float, float, float, float]) -> Matrix:
    """The map that stretches one box (top, bottom, left, right) onto another."""
    (st, sb, sl, sr), (tt, tb, tl, tr) = source, target
    x, y = (tr - tl) / max(1e-6, sr - sl), (tb - tt) / max(1e-6, sb - st)
    return np.array([[x, 0, tl - x * sl], [0, y, tt - y * st], [0, 0, 1]])


def place(query: Features, reference: Features, mirrored: bool) -> Placing | None:
    """Where the query's picture lies in the reference's, or None where too few features agree.

    By features that only one place of the reference matches, where enough of them agree; a row of like windows agrees
    with itself at every step. Else by all.
    """
    a, b, weight = _matches(query, reference)
    source, target = query.points[a].astype(np.float64), reference.points[b].astype(np.float64)
    clear = weight > _UNCLEAR
    found = _agreed(source[clear], target[clear], weight[clear], ENOUGH, mirrored)
    return found if found is not None else _agreed(source, target, weight, LEAST, mirrored)


def _agreed(
    source: NDArray[np.float64], target: NDArray[np.float64], weight: NDArray[np.float64], least: int, mirrored: bool
) -> Placing | None:
    """The placing that most of these matches agree on, if at least so many do."""
    if len(source) < least:
        return None
    inside = _best_similarity(source, target, weight)
    if inside.sum() < least:
        return None
    matrix = _fitted(source[inside], target[inside])
    for near in (_FAR / 2, _NEAR, _NEAR):
        error = np.linalg.norm(apply(matrix, source[:, :2]) - target[:, :2], axis=1)
        # Where the query is the smaller picture, its errors come out magnified.
        inside = error < near * np.clip(np.sqrt(abs(np.linalg.det(matrix[:2, :2]))), 1, 2.5)
        if _distinct(source[inside]) < least:
            return None
        matrix = _fitted(source[inside], target[inside])
    if not _plausible(matrix):
        return None
    projective = _projective(source[inside], target[inside]) if inside.sum() >= PROJECTIVE else None
    if projective is not None:
        error = np.linalg.norm(apply(projective, source[:, :2]) - target[:, :2], axis=1)
        if (error < _NEAR).sum() > 1.1 * inside.sum():
            return Placing(projective, mirrored, _distinct(source[error < _NEAR]))
    return Placing(matrix, mirrored, _distinct(source[inside]))


def _matches(query: Features, reference: Features) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Features of the query, the nearest of the reference's, and the weight of each match: by how much the second
    best is further off. It must be another place: SIFT gives one place several directions."""
    if len(query) < 2 or len(reference) < 2:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    bits = _bits(query.descriptors, reference.descriptors)
    best = bits.argmin(axis=1)
    near = bits[np.arange(len(bits)), best]
    rows = np.flatnonzero(near <= _MOST_BITS)
    x, y = reference.points[:, 0], reference.points[:, 1]
    away = (x[best[rows], None] - x) ** 2 + (y[best[rows], None] - y) ** 2
    second = np.where(away > _ELSEWHERE**2, bits[rows], np.int16(256)).min(axis=1)
    weight = np.clip((second - near[rows]) / _CLEAR_BITS, _UNCLEAR, 1.0)
    rows, weight = _heaviest(rows, weight)
    return rows, best[rows], weight


def _heaviest(rows: NDArray[np.int64], weight: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    kept = np.sort(np.argsort(-weight, kind="stable")[:_MOST_MATCHES])
    return rows[kept], weight[kept]


def _bits(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Differing bits of each of ``a`` (n, 32) and each of ``b`` (m, 32), word by word; (n, m)."""
    bits = np.zeros((len(a), len(b)), np.int16)
    for x, y in zip(_words(a), _words(b), strict=True):
        bits += np.bitwise_count(x[:, None] ^ y[None])
    return bits


def _words(packed: NDArray[np.uint8]) -> NDArray[np.uint64]:
    return np.ascontiguousarray(np.ascontiguousarray(packed).view(np.uint64).T)


def _best_similarity(
    source: NDArray[np.float64], target: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Each match as a hypothesis; the matches that the best one explains."""
    size = target[:, 2] / np.maximum(source[:, 2], 1e-6)
    turn = target[:, 3] - source[:, 3]
    c, s = size * np.cos(turn), size * np.sin(turn)
    x, y = source[:, 0], source[:, 1]
    tx, ty = target[:, 0] - (c * x - s * y), target[:, 1] - (s * x + c * y)
    off_x = c[:, None] * x - s[:, None] * y + tx[:, None] - target[:, 0]
    off_y = s[:, None] * x + c[:, None] * y + ty[:, None] - target[:, 1]
    agree = np.hypot(off_x, off_y) < _FAR * np.clip(size, 0.5, 2)[:, None]
    agree &= np.abs(np.log(size[:, None] / size)) < 0.5
    agree &= np.abs((turn[:, None] - turn + np.pi) % (2 * np.pi) - np.pi) < 0.5
    chosen: NDArray[np.bool_] = agree[(agree @ weight).argmax()]
    return chosen


def _fitted(source: NDArray[np.float64], target: NDArray[np.float64]) -> Matrix:
    """A similarity from few matches, which would shear the picture; an affine map from many."""
    return _affine(source, target) if len(source) >= AFFINE else _similarity(source, target)


def _similarity(source: NDArray[np.float64], target: NDArray[np.float64]) -> Matrix:
    """Least squares in closed form (S. Umeyama, IEEE PAMI 1991), points as complex numbers."""
    a, b = source[:, 0] + 1j * source[:, 1], target[:, 0] + 1j * target[:, 1]
    centred = a - a.mean()
    turn = (np.conj(centred) * (b - b.mean())).sum() / max(1e-12, float((np.abs(centred) ** 2).sum()))
    shift = b.mean() - turn * a.mean()
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag], [0, 0, 1]])


def _affine(source: NDArray[np.float64], target: NDArray[np.float64]) -> Matrix:
    design = np.column_stack([source[:, :2], np.ones(len(source))])
    solution = np.linalg.lstsq(design, target[:, :2], rcond=1e-6)[0]
    return np.vstack([solution.T, [0, 0, 1]])


def _projective(source: NDArray[np.float64], target: NDArray[np.float64]) -> Matrix | None:
    """Direct linear transform (R. Hartley and A. Zisserman, Multiple View Geometry, 4.1), centred for condition."""
    centre, aim = source[:, :2].mean(axis=0), target[:, :2].mean(axis=0)
    x, y = (source[:, :2] - centre).T
    u, v = (target[:, :2] - aim).T
    zero, one = np.zeros_like(x), np.ones_like(x)
    rows = np.vstack([
        np.column_stack([x, y, one, zero, zero, zero, -u * x, -u * y, -u]),
        np.column_stack([zero, zero, zero, x, y, one, -v * x, -v * y, -v]),
    ])  # fmt: skip
    solved = np.linalg.svd(rows, full_matrices=False)[2][-1].reshape(3, 3)
    if abs(solved[2, 2]) < 1e-9:
        return None
    there, back = np.eye(3), np.eye(3)
    there[:2, 2], back[:2, 2] = -centre, aim
    matrix = back @ (solved / solved[2, 2]) @ there
    matrix = matrix / matrix[2, 2]
    return matrix if np.abs(matrix[2, :2]).max() < 0.6 else None


def _distinct(points: NDArray[np.float64]) -> int:
    """How many different places, so that one corner seen in four directions counts once."""
    return len({(int(x), int(y)) for x, y in points[:, :2] * 64})


def _plausible(matrix: Matrix) -> bool:
    stretch = np.linalg.svd(matrix[:2, :2], compute_uv=False)
    return bool(
        np.linalg.det(matrix[:2, :2]) > 0 and stretch[1] > 0.15 and stretch[0] < 6 and stretch[0] < 2.2 * stretch[1]
    )
