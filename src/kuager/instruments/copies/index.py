"""An archive: recordings' fingerprints and the hashes they are found by; grows by what is added."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies.fingerprint import FLAT_QUALITY, Fingerprint
from kuager.instruments.copies.hashes import Hashes

_FEATURES_FLAT, _WORDS, _PROBES = 20_000, 512, 24


class Archive:
    """The recordings that are searched. Adding one costs what that one costs."""

    def __init__(self) -> None:
        self.recordings: list[Fingerprint] = []
        self.frames = Hashes()
        # A placing needs a few of many features, so it does no harm to miss some of them.
        self.features = Hashes(_FEATURES_FLAT, _WORDS, _PROBES)
        self._points = np.zeros((0, 4), np.float32)

    def add(self, recording: Fingerprint) -> int:
        """Adds a recording and returns its number."""
        number = len(self.recordings)
        self.recordings.append(recording)
        picture = recording.picture
        if picture is None:
            return number
        telling = picture.quality >= FLAT_QUALITY
        for view in range(picture.hashes.shape[1]):
            hashes = picture.hashes[:, view]
            chosen = telling if view != 1 else telling & (hashes != picture.hashes[:, 0]).any(axis=1)
            places = np.flatnonzero(chosen)
            self.frames.add(hashes[places], _owners(number, places, view))
        for place, key in enumerate(picture.keys):
            rows = np.arange(len(self.features), len(self.features) + len(key.features))
            self._keep(key.features.points, rows)
            self.features.add(key.features.descriptors, _owners(number, rows, place)[:, [0, 2, 1]])
        return number

    def points(self, rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """Place, size and direction (n, 4) of the features that a search names by the third of their numbers."""
        return self._points[rows]

    def _keep(self, points: NDArray[np.float32], rows: NDArray[np.int64]) -> None:
        need = len(self.features) + len(points)
        if need > len(self._points):
            room = np.zeros((max(need, 2 * len(self._points)), 4), np.float32)
            room[: len(self.features)] = self._points[: len(self.features)]
            self._points = room
        self._points[rows] = points


def _owners(number: int, places: NDArray[np.int64], view: int) -> NDArray[np.int32]:
    return np.column_stack([np.full(len(places), number), places, np.full(len(places), view)]).astype(np.int32)
