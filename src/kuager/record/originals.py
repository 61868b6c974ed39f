"""Originals: which item already holds given bytes, as far as the keys at hand can tell."""

from __future__ import annotations

import os
from dataclasses import dataclass

from kuager.record.payload import Payload
from kuager.record.reading import Reading


@dataclass(frozen=True)
class Known:
    """An item that holds the bytes, the handle it is restricted under, and how often it was acquired."""

    item: str
    handle: str | None
    acquisitions: int


class Originals:
    """Finds items by the digest of their original bytes. Restricted ones are opened to compare, never shown."""

    def __init__(self, case: Reading) -> None:
        self._case = case
        self._restricted: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self._read_to = 0
        self.unopened = 0
        """Restricted entries that could not be opened, so that they may hold the same bytes."""

    def refresh(self) -> None:
        """Takes in what was restricted since. Called under the case lock, before ``find``."""
        if any(os.scandir(self._case.folder / "keys")):
            self._read_restricted()

    def find(self, sha256: str) -> Known | None:
        """The item whose original has this digest, None if none is known. Called under the case lock."""
        if sha256 in self._restricted:
            item = self._restricted[sha256]
            handles = self._case.handles_of(item)
            return Known(item, handles[0] if handles else None, self._acquisitions(item))
        if not self._case.objects.has(sha256):
            return None
        rows = self._case.index.rows("SELECT item FROM objects WHERE sha256 = ? AND handle IS NULL", sha256)
        items = [item for (item,) in rows if isinstance(item, str)]
        return Known(items[0], None, self._acquisitions(items[0])) if items else None

    def _acquisitions(self, item: str) -> int:
        clear = self._case.index.rows(
            "SELECT count(*) FROM entries JOIN cites USING (n) WHERE type = 'acquired' AND thing = ?", item
        )
        return int(clear[0][0]) + self._counts.get(item, 0)

    def _read_restricted(self) -> None:
        rows = self._case.index.rows(
            "SELECT n FROM entries WHERE handle IS NOT NULL AND n >= ? ORDER BY n", self._read_to
        )
        for (n,) in rows:
            payload = self._case.peek(self._case.payload_line(n))
            if payload is None:
                self.unopened += 1
            else:
                self._take(payload)
            self._read_to = n + 1

    def _take(self, payload: Payload) -> None:
        if payload.type == "original":
            self._restricted.setdefault(payload.body["sha256"], payload.body["item"])
        elif payload.type == "acquired":
            item = payload.body["item"]
            self._counts[item] = self._counts.get(item, 0) + 1
