"""Writing behind: one piece lands while the next is read and hashed."""

from __future__ import annotations

import mmap
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

CHUNK = 1 << 20
"""Bytes in a piece."""
_WAITING = 2


class Behind:
    """Writes one piece behind while the next is read and hashed, so that disk and processor work at the same time."""

    def __init__(self) -> None:
        self._hand = ThreadPoolExecutor(1, "write-behind")
        # Anonymous maps begin at a page, as direct writing asks.
        self._free = [memoryview(mmap.mmap(-1, CHUNK)) for _ in range(_WAITING + 1)]
        self._under_way: deque[tuple[memoryview, Future[None]]] = deque()

    def buffer(self) -> memoryview:
        """An empty buffer, once one is free. Raises the OSError of the write that held it."""
        if not self._free:
            self._wait()
        return self._free[-1]

    def write(self, write: Callable[[memoryview, int], None], count: int) -> None:
        """Has ``count`` bytes of the buffer written after what is under way."""
        buffer = self._free.pop()
        self._under_way.append((buffer, self._hand.submit(write, buffer, count)))

    def finish(self) -> None:
        """Waits for everything. Raises OSError."""
        while self._under_way:
            self._wait()

    def abandon(self) -> None:
        """Waits for everything and asks nothing."""
        while self._under_way:
            with suppress(OSError):
                self._wait()

    def _wait(self) -> None:
        buffer, written = self._under_way.popleft()
        self._free.append(buffer)
        written.result()
