"""Which recordings of an archive hold the local features of a query's frames, and in one and the same arrangement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies import geometry
from kuager.instruments.copies.features import Features
from kuager.instruments.copies.fingerprint import PicturePrint
from kuager.instruments.copies.geometry import Placing
from kuager.instruments.copies.index import Archive

CLEARLY = 40  # features that agree on a placing
_NEAREST = 8
_MOST_PLACED = 12
_KEYS, _FEATURES, _PAIRS = 6, 200, 4
_TURN, _OCTAVES, _SHIFT = np.pi / 6, 1.0, 0.3  # bins of the vote, each tried in two positions


@dataclass(frozen=True)
class Placed:
    """Recording ``number`` of the archive: the query's small picture ``at`` lies in its small picture ``frame`` as
    ``placing`` says."""

    number: int
    placing: Placing
    at: int
    frame: int


@dataclass(frozen=True)
class _Pair:
    """A key of the reference and one of the query (``at``, with its features as looked up), and the votes it drew."""

    votes: float
    key: int
    at: int
    seen: Features


def placed(archive: Archive, picture: PicturePrint, own: int | None) -> list[Placed]:
    """Recordings other than ``own`` in which enough features lie as they do in the query, or in its mirror image."""
    if not picture.keys:
        return []
    straight = _placed(archive, picture, False, own)
    # The mirror image is only looked up for what is not found.
    if any(one.placing.inliers >= CLEARLY for one in straight):
        return straight
    return straight + _placed(archive, picture, True, own)


def _placed(archive: Archive, picture: PicturePrint, mirrored: bool, own: int | None) -> list[Placed]:
    pairs: dict[int, list[_Pair]] = {}
    for at in np.unique(np.linspace(0, len(picture.keys) - 1, min(_KEYS, len(picture.keys))).round().astype(int)):
        features = picture.keys[at].features
        seen = features.mirrored(picture.size[0]) if mirrored else features
        for number, key, votes in _votes(archive, seen, own):
            pairs.setdefault(number, []).append(_Pair(votes, key, int(at), seen))
    totals = {number: _total(drawn) for number, drawn in pairs.items()}
    found = []
    for number in sorted(totals, key=lambda number: (-totals[number], number))[:_MOST_PLACED]:
        best = sorted(pairs[number], key=lambda pair: (-pair.votes, pair.key, pair.at))[:_PAIRS]
        one = _clearest(archive, picture, number, best, mirrored)
        if one is not None:
            found.append(one)
    return found


def _total(drawn: list[_Pair]) -> float:
    """What the query's keys drew together, each in the key of the reference that holds most of it."""
    best: dict[int, float] = {}
    for pair in drawn:
        best[pair.at] = max(best.get(pair.at, 0.0), pair.votes)
    return sum(best.values())


def _votes(archive: Archive, seen: Features, own: int | None) -> list[tuple[int, int, float]]:
    """(recording, its key, votes), each from the arrangement that most features agree on.

    A feature votes for each of its nearest by how much nearer that is than the last of them, so what is common in the
    archive says little; two key points fix turn, size and place, and votes that differ in them are not added
    (D. Lowe, IJCV 2004, section 7.3).
    """
    distances, owners = archive.features.search(seen.descriptors[:_FEATURES], _NEAREST)
    weight = (distances[:, -1:] - distances).astype(np.float64)
    good = (owners[:, :, 0] >= 0) & (owners[:, :, 0] != (-1 if own is None else own)) & (weight > 0)
    if not good.any():
        return []
    feature = np.nonzero(good)[0]
    numbers, keys, rows = owners[good].T
    bins = _bins(seen.points[feature].astype(np.float64), archive.points(rows).astype(np.float64))
    label = numbers.astype(np.int64) << 24 | keys
    held, which = np.unique(_mixed(np.broadcast_to(label, bins.shape[1:]), bins).ravel(), return_inverse=True)
    drawn = np.bincount(which.ravel(), weights=np.tile(weight[good], bins.shape[1]), minlength=len(held))
    of_bin = np.zeros(len(held), np.int64)
    of_bin[which.ravel()] = np.tile(label, bins.shape[1])
    labels, group = np.unique(of_bin, return_inverse=True)
    best = np.zeros(len(labels))
    np.maximum.at(best, group.ravel(), drawn)
    return [(int(one >> 24), int(one & 0xFFFFFF), float(v)) for one, v in zip(labels, best, strict=True)]


def _bins(source: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.int64]:
    """Bin of turn, size, across and down for each match (n, 4 → 4, 16, n): each in two positions half a bin apart."""
    octaves = np.log2(np.maximum(target[:, 2], 1e-6) / np.maximum(source[:, 2], 1e-6))
    turn = (target[:, 3] - source[:, 3]) % (2 * np.pi)
    size = 2.0**octaves
    x, y = 0.5 - source[:, 0], 0.3 - source[:, 1]  # some point near the middle of any shape of frame
    c, s = size * np.cos(turn), size * np.sin(turn)
    wide = _SHIFT * np.clip(size, 0.5, 2)
    across, down = (target[:, 0] + c * x - s * y) / wide, (target[:, 1] + s * x + c * y) / wide
    places = (turn / _TURN, octaves / _OCTAVES, across, down)
    bins = np.empty((4, 16, len(source)), np.int64)
    for combination in range(16):
        for axis, place in enumerate(places):
            bins[axis, combination] = np.floor(place + 0.5 * (combination >> axis & 1))
    bins[0] %= round(2 * np.pi / _TURN)
    # The two positions of a bin are bins of their own.
    bins[0] += 64 * np.arange(16)[:, None]
    return bins


def _mixed(label: NDArray[np.int64], bins: NDArray[np.int64]) -> NDArray[np.uint64]:
    """One number for each label and bin (multiplicative hashing; 64 bits, so no two meet by chance)."""
    mixed = label.astype(np.uint64)
    for part in bins:
        mixed = (mixed ^ part.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed


def _clearest(
    archive: Archive, picture: PicturePrint, number: int, pairs: list[_Pair], mirrored: bool
) -> Placed | None:
    """The placing that most features agree on, over pairs of frames, until one is clear."""
    reference = archive.recordings[number].picture
    if reference is None:
        return None
    best: Placed | None = None
    for pair in pairs:
        key = reference.keys[pair.key]
        placing = geometry.place(pair.seen, key.features, mirrored)
        if placing is not None and (best is None or placing.inliers > best.placing.inliers):
            best = Placed(number, placing, picture.keys[pair.at].frame, key.frame)
            if placing.inliers >= CLEARLY:
                break
    return best
