"""Verifying objects: every file under ``objects/`` is hashed and held against its name and against the log."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

_NAME = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 18
_BATCH = 64
_buffers = threading.local()


@dataclass
class ObjectCheck:
    """What lies in the object folder: names found, names whose bytes differ (and how), other files."""

    present: set[str] = field(default_factory=set)
    changed: dict[str, str] = field(default_factory=dict)
    stray: list[str] = field(default_factory=list)


class ObjectHashing:
    """Hashes objects on as many threads as there are cores; on one core only when the result is asked for."""

    def __init__(self, folder: Path, progress: Callable[[int], None]) -> None:
        self._folder = os.fspath(folder)
        self._progress = progress
        self._check = ObjectCheck()
        self._cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self._cores) if self._cores > 1 else None
        self._work: list[Future[None]] = []
        if self._threads is not None:
            self._work = [self._threads.submit(self._hash_batch, *batch) for batch in self._batches()]

    def result(self) -> ObjectCheck:
        """Waits for the work to end."""
        if self._threads is None:
            for batch in self._batches():
                self._hash_batch(*batch)
        else:
            for work in self._work:
                work.result()
            self._threads.shutdown()
        return self._check

    def _batches(self) -> Iterator[tuple[str, list[str]]]:
        for sub in _listed(self._folder):
            names = _listed(f"{self._folder}/{sub}") if len(sub) == 2 else None
            if names is None:
                self._check.stray.append(sub)
                continue
            good = []
            for name in names:
                if _NAME.fullmatch(name) and name.startswith(sub):
                    good.append(name)
                else:
                    self._check.stray.append(f"{sub}/{name}")
            self._check.present.update(good)
            for at in range(0, len(good), _BATCH):
                yield sub, good[at : at + _BATCH]

    def _hash_batch(self, sub: str, names: list[str]) -> None:
        total = 0
        for name in names:
            try:
                found, length = _digest(f"{self._folder}/{sub}/{name}")
            except OSError as error:
                self._check.changed[name] = f"it cannot be read ({error.strerror})"
                continue
            total += length
            if found != name:
                self._check.changed[name] = f"its {length} bytes have the SHA-256 {found}"
        self._progress(total)


def _digest(path: str) -> tuple[str, int]:
    buffer = _buffer()
    file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        count = length = os.readv(file, [buffer])
        hashed = sha256(buffer[:count])
        while count:
            count = os.readv(file, [buffer])
            length += count
            if count:
                hashed.update(buffer[:count])
        return hashed.hexdigest(), length
    finally:
        os.close(file)


def _buffer() -> memoryview:
    """This thread's own, made once."""
    if not hasattr(_buffers, "piece"):
        _buffers.piece = memoryview(bytearray(_PIECE))
    piece: memoryview = _buffers.piece
    return piece


def _listed(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
