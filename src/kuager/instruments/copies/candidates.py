"""Which recordings of an archive may hold the same picture as a query, and how it may lie in theirs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies.fingerprint import CROPS, FLAT_QUALITY, HASH_EVERY, MIRRORED_VIEWS, PicturePrint
from kuager.instruments.copies.geometry import Placing, box_to_box
from kuager.instruments.copies.index import Archive
from kuager.instruments.copies.placed import placed
from kuager.instruments.copies.refine import in_time

HASH_BITS = 84  # a vote; unrelated pictures are 128 bits apart, give or take 8
SAME_BITS = 40  # the same picture, for counting in how many recordings it stands
_NEAREST = 64
_MOST_HASHED = 16
_SAME_PLACE, _SAME_TIME = 0.01, 40  # of the longer side; small pictures


@dataclass(frozen=True)
class Candidate:
    """A recording of the archive by ``number``, how the query's picture may lie in its, and ``around`` which of its
    small pictures (index) the votes fell."""

    number: int
    placing: Placing
    around: int


def candidates(archive: Archive, picture: PicturePrint, own: int | None) -> tuple[list[Candidate], NDArray[np.float64]]:
    """Candidates other than ``own``, and for each small picture of the query in how many recordings it stands."""
    hashed, spread = _by_hash(archive, picture, own)
    found: list[Candidate] = []
    for one in hashed + _by_feature(archive, picture, own):
        if not any(_same(one, other) for other in found):
            found.append(one)
    return found, spread


def _same(a: Candidate, b: Candidate) -> bool:
    return (a.number, a.placing.mirrored) == (b.number, b.placing.mirrored) and bool(
        np.abs(a.placing.matrix - b.placing.matrix).max() < _SAME_PLACE and abs(a.around - b.around) < _SAME_TIME
    )


def _by_feature(archive: Archive, picture: PicturePrint, own: int | None) -> list[Candidate]:
    found = []
    for one in placed(archive, picture, own):
        reference = archive.recordings[one.number].picture
        if reference is not None:
            placing, around = in_time(picture, reference, one.placing, one.at, one.frame)
            found.append(Candidate(one.number, placing, around))
    return found


def _by_hash(archive: Archive, picture: PicturePrint, own: int | None) -> tuple[list[Candidate], NDArray[np.float64]]:
    telling = np.flatnonzero(picture.quality >= FLAT_QUALITY)
    views = np.concatenate([picture.hashes[telling, :MIRRORED_VIEWS], picture.mirrors[telling]], axis=1)
    distances, owners = archive.frames.search(views.reshape(-1, views.shape[2]), _NEAREST)
    frame = np.repeat(np.arange(len(telling)), views.shape[1])[:, None]
    view = np.tile(np.arange(views.shape[1]), len(telling))[:, None]
    rows = np.column_stack([
        np.broadcast_to(frame, distances.shape).ravel(), np.broadcast_to(view, distances.shape).ravel(),
        owners[:, :, 0].ravel(), owners[:, :, 2].ravel(), distances.ravel(), owners[:, :, 1].ravel(),
    ])  # fmt: skip
    rows = rows[(rows[:, 2] >= 0) & (rows[:, 4] <= HASH_BITS) & (rows[:, 2] != (-1 if own is None else own))]
    spread = _spread(picture, telling, rows)
    if not len(rows):
        return [], spread
    # The best vote of each query frame for each (recording, how it was looked at).
    keys = np.unique(rows[:, [2, 1, 3]], axis=0, return_inverse=True)
    hypotheses, which = keys[0], keys[1].ravel()
    best = np.zeros((len(hypotheses), len(telling)))
    np.maximum.at(best, (which, rows[:, 0]), 1 - rows[:, 4] / HASH_BITS)
    score = best.sum(axis=1)
    found: list[Candidate] = []
    taken: dict[int, int] = {}
    for at in np.lexsort((*hypotheses.T[::-1], -score)):
        number, seen, kept = (int(v) for v in hypotheses[at])
        if taken.get(number, 0) >= 2 or (number not in taken and len(taken) >= _MOST_HASHED):
            continue
        taken[number] = taken.get(number, 0) + 1
        reference = archive.recordings[number].picture
        if reference is not None:
            around = int(np.median(rows[which == at, 5])) * HASH_EVERY
            found.append(Candidate(number, _assumed(picture, reference, seen, kept), around))
    return found, spread


def _spread(picture: PicturePrint, telling: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each small picture, how many recordings show the same; 0 for black and plain frames."""
    same = np.unique(rows[rows[:, 4] <= SAME_BITS][:, [0, 2]], axis=0)
    counts = np.zeros(len(picture.hashed))
    counts[telling] = np.maximum(1, np.bincount(same[:, 0].astype(int), minlength=len(telling)))
    return np.repeat(counts, HASH_EVERY)[: len(picture.times)]


def _assumed(query: PicturePrint, reference: PicturePrint, seen: int, kept: int) -> Placing:
    """The placing that a hash match says without more: the view hashed on one side lies on that of the other."""
    mirrored = seen >= MIRRORED_VIEWS
    source = _whole(query) if seen % MIRRORED_VIEWS == 0 else query.box
    if mirrored:
        source = (source[0], source[1], query.size[0] - source[3], query.size[0] - source[2])
    target = _whole(reference) if kept == 0 else reference.box
    if kept >= 2:
        keep = CROPS[kept - 2]
        down, across = (target[1] - target[0]) * (1 - keep) / 2, (target[3] - target[2]) * (1 - keep) / 2
        target = (target[0] + down, target[1] - down, target[2] + across, target[3] - across)
    return Placing(box_to_box(source, target), mirrored, 0)


def _whole(picture: PicturePrint) -> tuple[float, float, float, float]:
    return 0.0, picture.size[1], 0.0, picture.size[0]
