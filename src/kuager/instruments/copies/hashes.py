"""256-bit hashes searched by Hamming distance: exactly while they are few, by inverted file above; growing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.errors import missing_part
from kuager.instruments.copies.pdq import BITS, BYTES

FLAT_MOST = 10_000_000
_GROWTH = 4
_NONE = (-1, -1, -1)


class Hashes:
    """256-bit hashes with three numbers each (whose it is, where in it, which view); Hamming distance.

    Exact (``faiss`` binary flat) up to ``flat_most``; above, by inverted file (J. Sivic and A. Zisserman, "Video
    Google", ICCV 2003; of binary words: M. Muja and D. Lowe, CRV 2012), in which ``probes`` of ``lists`` lists are
    searched. The lists' words are hashes of the archive's own, taken evenly from all in order of their bits, so they
    depend on what is in the archive and not on the order in which it came; they are chosen anew when the archive has
    grown fourfold, so adding a hash costs the same however many there are. Raises MissingPartError where faiss is
    absent.
    """

    def __init__(self, flat_most: int = FLAT_MOST, lists: int = 4096, probes: int = 128) -> None:
        try:
            import faiss
        except ImportError as error:
            raise missing_part("faiss-cpu", "copies") from error
        self._faiss = faiss
        self._flat_most, self._lists, self._probes = flat_most, lists, probes
        self._index: Any = faiss.IndexBinaryFlat(BITS)
        self._words: Any = None
        self._owners = np.zeros((0, 3), np.int32)
        self._count = self._chosen_at = 0

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
        self._index.add(np.ascontiguousarray(hashes))

    def search(self, queries: NDArray[np.uint8], k: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Distances (n, k) and owners (n, k, 3) of the nearest, nearest first; owner −1 where fewer are found."""
        if not self._count or not len(queries):
            return np.full((len(queries), k), BITS, np.int32), np.full((len(queries), k, 3), -1, np.int32)
        if self._count > self._flat_most and self._count >= _GROWTH * self._chosen_at:
            self._invert()
        distances, found = self._index.search(np.ascontiguousarray(queries), k)
        owners = self._owners[np.maximum(found, 0)]
        owners[found < 0] = _NONE
        return distances, owners

    def _invert(self) -> None:
        faiss = self._faiss
        kept = self._kept()
        ordered = np.lexsort(np.ascontiguousarray(kept).view(">u8").T[::-1])
        evenly = np.linspace(0, len(ordered) - 1, self._lists).astype(np.int64)
        chosen = np.unique(kept[ordered[evenly]], axis=0)
        lists = len(chosen)
        words = faiss.IndexBinaryFlat(BITS)
        words.add(chosen)
        inverted = faiss.IndexBinaryIVF(words, BITS, lists)
        inverted.own_fields = False
        inverted.is_trained = True
        inverted.nprobe = min(self._probes, lists)
        inverted.add(kept)
        self._index, self._words, self._chosen_at = inverted, words, self._count

    def _kept(self) -> NDArray[np.uint8]:
        """All hashes, in the order they were added."""
        if self._words is None:
            flat: NDArray[np.uint8] = self._faiss.vector_to_array(self._index.xb).reshape(-1, BYTES)
            return flat
        kept = np.zeros((self._count, BYTES), np.uint8)
        held = self._index.invlists
        for each in range(self._index.nlist):
            size = held.list_size(each)
            if size:
                codes = self._faiss.rev_swig_ptr(held.get_codes(each), size * BYTES).reshape(-1, BYTES)
                kept[self._faiss.rev_swig_ptr(held.get_ids(each), size)] = codes
        return kept
