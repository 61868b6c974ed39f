"""Where the log is kept: log lines, payload lines and checkpoints, with one commit point.

``LogStore`` is what the rest of the room asks of a place that keeps a log; ``FileLog`` keeps it in three files.
"""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from enum import Enum
from pathlib import Path
from typing import Protocol

from kuager.errors import KuagerError

CHUNK = 1 << 20


class Stream(Enum):
    """The three parts of a log, by the names of their files."""

    LOG = "log.jsonl"
    PAYLOADS = "payloads.jsonl"
    CHECKPOINTS = "checkpoints.log"


class LogStore(Protocol):
    """A place that keeps a log. Positions are bytes from the start of a stream."""

    def lock(self) -> AbstractContextManager[None]:
        """Holds the log for writing against every other writer."""

    def generation(self) -> object:
        """Changes whenever a stream was replaced, so that remembered positions no longer hold."""

    def size(self, stream: Stream) -> int:
        """How many bytes there are."""

    def read(self, stream: Stream, start: int, end: int | None = None) -> bytes:
        """The bytes from ``start`` up to ``end``, or fewer where the stream ends."""

    def append(self, payloads: bytes, log: bytes, checkpoints: bytes) -> None:
        """Makes payload and log lines durable, then the checkpoints that cover them: the commit point.

        Raises OSError; then nothing of it counts, and ``cut`` takes back what was written.
        """

    def cut(self, sizes: dict[Stream, int]) -> None:
        """Cuts streams back to these sizes, checkpoints first."""

    def replace_payloads(self, lines: Iterable[bytes]) -> None:
        """Puts these payload lines in the place of all there are, at once and durably."""


class FileLog:
    """A log in three files of a folder, with ``lock`` beside them."""

    def __init__(self, folder: Path, writable: bool) -> None:
        self._folder = folder
        self._writable = writable
        self._files: dict[Stream, int] = {}
        self._inodes: dict[Stream, tuple[int, int]] = {}
        self._lock_file = -1
        self._held = threading.Lock()
        for stream in Stream:
            self._open(stream)

    def _open(self, stream: Stream) -> None:
        flags = os.O_RDWR | os.O_APPEND if self._writable else os.O_RDONLY
        try:
            file = os.open(self._folder / stream.value, flags | os.O_CLOEXEC)
        except OSError as error:
            raise _cannot_open(self._folder / stream.value, error) from None
        if stream in self._files:
            os.close(self._files[stream])
        status = os.fstat(file)
        self._files[stream], self._inodes[stream] = file, (status.st_dev, status.st_ino)

    def close(self) -> None:
        """Lets the files go."""
        for file in self._files.values():
            os.close(file)
        self._files.clear()
        if self._lock_file >= 0:
            os.close(self._lock_file)
            self._lock_file = -1

    @contextmanager
    def lock(self) -> Iterator[None]:
        """``flock`` on the file ``lock``, exclusive among processes, and a mutex among threads."""
        with self._held:
            if self._lock_file < 0:
                path = self._folder / "lock"
                try:
                    self._lock_file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
                except OSError as error:
                    raise _cannot_open(path, error) from None
            fcntl.flock(self._lock_file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._lock_file, fcntl.LOCK_UN)

    def generation(self) -> object:
        """The files' identities; opens again what was replaced by rename."""
        for stream in Stream:
            try:
                status = os.stat(self._folder / stream.value)
            except OSError as error:
                raise _cannot_open(self._folder / stream.value, error) from None
            if (status.st_dev, status.st_ino) != self._inodes[stream]:
                self._open(stream)
        return tuple(self._inodes[stream] for stream in Stream)

    def size(self, stream: Stream) -> int:
        """From the open file."""
        return os.fstat(self._files[stream]).st_size

    def read(self, stream: Stream, start: int, end: int | None = None) -> bytes:
        """From the open file, so that a reader sees one state even while payloads are replaced."""
        wanted = (self.size(stream) if end is None else end) - start
        parts = []
        while wanted > 0:
            part = os.pread(self._files[stream], min(wanted, 64 * CHUNK), start)
            if not part:
                break
            parts.append(part)
            start, wanted = start + len(part), wanted - len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def append(self, payloads: bytes, log: bytes, checkpoints: bytes) -> None:
        """Payloads and log may become durable in either order; the checkpoints only after both."""
        write_all(self._files[Stream.PAYLOADS], payloads)
        write_all(self._files[Stream.LOG], log)
        os.fdatasync(self._files[Stream.PAYLOADS])
        os.fdatasync(self._files[Stream.LOG])
        write_all(self._files[Stream.CHECKPOINTS], checkpoints)
        os.fdatasync(self._files[Stream.CHECKPOINTS])

    def cut(self, sizes: dict[Stream, int]) -> None:
        """Truncates, and syncs each file before the next, so that no checkpoint ever outlives its lines."""
        for stream in (Stream.CHECKPOINTS, Stream.LOG, Stream.PAYLOADS):
            if stream in sizes and self.size(stream) > sizes[stream]:
                os.ftruncate(self._files[stream], sizes[stream])
                os.fdatasync(self._files[stream])

    def replace_payloads(self, lines: Iterable[bytes]) -> None:
        """New file, sync, rename, sync of the folder. Raises OSError and leaves the old file where that fails."""
        path = self._folder / Stream.PAYLOADS.value
        aside = self._folder / (Stream.PAYLOADS.value + ".new")
        try:
            with open(aside, "wb", buffering=CHUNK) as file:
                for line in lines:
                    file.write(line + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.rename(aside, path)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise
        sync_folder(self._folder)
        self._open(Stream.PAYLOADS)


def lines_of(store: LogStore, stream: Stream, start: int, end: int | None = None) -> Iterator[bytes]:
    """The complete lines between two positions, without their newlines, read a piece at a time."""
    end = store.size(stream) if end is None else end
    rest = b""
    while start < end:
        part = store.read(stream, start, min(start + CHUNK, end))
        if not part:
            return
        start += len(part)
        *whole, rest = (rest + part).split(b"\n")
        yield from whole


def write_all(file: int, data: bytes | memoryview) -> None:
    """Writes all of it. Raises OSError where a write does not go through."""
    view = memoryview(data)
    while view:
        written = os.write(file, view)
        if written == 0:
            raise OSError(errno.EIO, "nothing was written")
        view = view[written:]


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _cannot_open(path: Path, error: OSError) -> KuagerError:
    if error.errno == errno.ENOENT:
        return KuagerError(f"The case has no {path.name}.", f"Is {path.parent} a case? Look with: kuager verify")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return KuagerError(
            f"The case cannot be written: {error.strerror} ({path.name}).",
            "Copy it to a disk that can be written, or ask its owner for access. Reading and verifying still work.",
        )
    return KuagerError(f"{path.name} of the case cannot be opened: {error.strerror}.", "Check the disk.")
