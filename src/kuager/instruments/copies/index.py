"""An archive's hashes, searched exactly up to ten million and by inverted file above; grows by what is added."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.errors import missing_part
from kuager.instruments.copies.fingerprint import FLAT_QUALITY, Fingerprint
from kuager.instruments.copies.pdq import BITS, BYTES

FLAT_MOST = 10_000_000
_LISTS, _PROBES = 4096, 128


class Hashes:
    """256-bit hashes with three numbers each (whose it is, where in it, which view); Hamming distance.

    Exact (``faiss`` binary flat) up to ``flat_most``; then, once, an inverted file is trained on what is there, and
    what comes later is added to it. Raises MissingPartError where faiss is absent.
    """

    def __init__(self, flat_most: int = FLAT_MOST) -> None:
        try:
            import faiss
        except ImportError as error:
            raise missing_part("faiss-cpu", "copies") from error
        self._faiss = faiss
        self._flat_most = flat_most
        self._index: Any = faiss.IndexBinaryFlat(BITS)
        self._owners = np.zeros((0, 3), np.int32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, hashes: NDArray[np.uint8], owners: NDArray[np.int32]) -> None:
        """``hashes`` (n, 32) uint8 with ``owners`` (n, 3) int32."""
        if not len(hashes):
            return
        need = self._count + len(hashes)
        if need > len(self._owners):
            room = np.zeros((max(need, 2 * len(self._owners)), 3), np.int32)
            room[: self._count] = self._owners[: self._count]
            self._owners = room
        self._owners[self._count : need] = owners
        self._count = need
        if need > self._flat_most and isinstance(self._index, self._faiss.IndexBinaryFlat):
            self._invert()
        self._index.add(np.ascontiguousarray(hashes))

    def search(self, queries: NDArray[np.uint8], k: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Distances (n, k) and owners (n, k, 3) of the nearest, nearest first; owner −1 where fewer are kept."""
        if not self._count or not len(queries):
            return np.full((len(queries), k), BITS, np.int32), np.full((len(queries), k, 3), -1, np.int32)
        distances, found = self._index.search(np.ascontiguousarray(queries), k)
        owners = self._owners[np.maximum(found, 0)]
        owners[found < 0] = -1
        return distances, owners

    def _invert(self) -> None:
        faiss = self._faiss
        kept = faiss.vector_to_array(self._index.xb).reshape(-1, BYTES)
        lists = min(_LISTS, max(1, len(kept) // 40))
        inverted = faiss.IndexBinaryIVF(faiss.IndexBinaryFlat(BITS), BITS, lists)
        inverted.own_fields = False
        self._quantiser = inverted.quantizer
        inverted.nprobe = min(_PROBES, lists)
        inverted.train(kept[:: max(1, len(kept) // (40 * lists))])
        inverted.add(kept)
        self._index = inverted


class Archive:
    """The recordings that are searched. Adding one costs what that one costs."""

    def __init__(self) -> None:
        self.recordings: list[Fingerprint] = []
        self.frames = Hashes()
        self.features = Hashes()

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
            self.features.add(
                key.features.descriptors, _owners(number, np.arange(len(key.features)), place)[:, [0, 2, 1]]
            )
        return number


def _owners(number: int, places: NDArray[np.int64], view: int) -> NDArray[np.int32]:
    return np.column_stack([np.full(len(places), number), places, np.full(len(places), view)]).astype(np.int32)
