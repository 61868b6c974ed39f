"""Payload lines one after another, with a look ahead, for whoever must find a way past damaged ones."""

from __future__ import annotations

from kuager.record.log import CHUNK, LogStore, Stream


class PayloadLines:
    """Payload lines one after another, with a look ahead."""

    def __init__(self, store: LogStore) -> None:
        self._store = store
        self._at = 0
        self._end = store.size(Stream.PAYLOADS)
        self._held: list[bytes] = []
        self._next = 0
        self._rest = b""

    def take(self, count: int, limit: int = 1 << 62) -> list[bytes]:
        """Up to ``count`` lines, or fewer where more than about ``limit`` bytes would be held for them."""
        filled = 0
        while len(self._held) - self._next < count and filled < limit and self._fill():
            filled += CHUNK
        lines = self._held[self._next : self._next + count]
        self._next += len(lines)
        return lines

    def give_back(self, lines: list[bytes]) -> None:
        """Undoes a ``take``."""
        self._next -= len(lines)

    def peek(self, ahead: int) -> bytes | None:
        """The line so many lines ahead, None past the end."""
        lines = self.take(ahead + 1)
        self.give_back(lines)
        return lines[ahead] if len(lines) > ahead else None

    def left(self) -> int:
        """How many bytes were not taken."""
        held = sum(len(line) + 1 for line in self._held[self._next :])
        return held + len(self._rest) + self._end - self._at

    def _fill(self) -> bool:
        data = self._store.read(Stream.PAYLOADS, self._at, min(self._at + CHUNK, self._end))
        if not data:
            return False
        self._at += len(data)
        *whole, self._rest = (self._rest + data).split(b"\n")
        self._held = self._held[self._next :] + whole
        self._next = 0
        return True
