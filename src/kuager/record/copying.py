"""Copying one file into staging: read once, hashed on the way, encrypted on the way where it is restricted.

Large files go around the page cache on their way to the case's disk: what was received is not needed in memory again,
and filling memory with it costs more than the hash. Smaller ones are copied by the kernel, and what landed is hashed.
Either way the source is read once.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

from kuager.record import media_type, seal
from kuager.record.behind import CHUNK, Behind
from kuager.record.log import write_all

_PIECE = 1 << 18
_LARGE = 1 << 20
_SECTOR = 4096
_buffers = threading.local()

# The case's disk refused: anything else that copying in the kernel reports is the source's.
_OWN_FAULTS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})
# The kernel cannot copy between these two places: across some file systems, on old kernels, from special ones.
_CANNOT = frozenset({errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.EPERM, errno.ETXTBSY})


class CaseDiskError(Exception):
    """The case's own disk refused a write; it is not the fault of the file being copied."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True)
class Copied:
    """A file that lies in staging: its path as given, where it lies, and what was learnt on the way.

    ``sha256`` and ``bytes`` are of the original, ``stored_*`` of what lies in staging. ``reason``: why it failed.
    """

    path: str
    staged: str | None = None
    sha256: str = ""
    bytes: int = 0
    stored_sha256: str = ""
    stored_bytes: int = 0
    media_type: str = ""
    modified: str = ""
    reason: str | None = None
    missing: bool = False


def copy(path: str, target: str, recipient: str | None, on_bytes: Callable[[int], None]) -> Copied:
    """Copies a file into staging. A file that cannot be read, or changes meanwhile, comes back with a reason.

    Raises CaseDiskError.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        source = os.open(path, flags)
    except OSError as error:
        return Copied(path, reason=f"it cannot be read ({error.strerror})")
    try:
        before = os.fstat(source)
        if not stat.S_ISREG(before.st_mode):
            return Copied(path, reason="it is not a file")
        reader = _Reader(source, before.st_size, on_bytes)
        writer = _Writer(target, direct=recipient is None and before.st_size >= _LARGE)
        try:
            if recipient is None:
                reader.pour(writer)
            else:
                seal.seal_file(reader, writer, [recipient])  # type: ignore[arg-type]
            writer.finish()
        except OSError as error:
            return _fail(path, target, writer, reader, error)
        finally:
            writer.close()
        if _state(before) != _state(os.fstat(source)) or reader.bytes != before.st_size:
            os.unlink(target)
            return Copied(path, reason="it changed while it was read")
    finally:
        os.close(source)
    name = os.path.basename(path)
    plain = reader.hash.hexdigest()
    return Copied(
        path,
        target,
        plain,
        reader.bytes,
        writer.hash.hexdigest() if recipient else plain,
        writer.bytes,
        media_type.sniff(reader.head, name),
        datetime.fromtimestamp(before.st_mtime_ns // 10**9, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _fail(path: str, target: str, writer: _Writer, reader: _Reader, error: OSError) -> Copied:
    with suppress(OSError):
        os.unlink(target)
    if writer.failed is not None:
        raise CaseDiskError(writer.failed) from None
    cause = reader.failed or error
    return Copied(path, reason=f"reading it failed ({cause.strerror})")


def _state(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _buffer() -> memoryview:
    """This thread's own, made once."""
    if not hasattr(_buffers, "piece"):
        _buffers.piece = memoryview(bytearray(_PIECE))
    piece: memoryview = _buffers.piece
    return piece


def _behind() -> Behind:
    """This thread's own, made once."""
    if not hasattr(_buffers, "behind"):
        _buffers.behind = Behind()
    behind: Behind = _buffers.behind
    return behind


class _Reader:
    """Reads a file once, hashing; remembers its first bytes and whether reading failed.

    A file that outgrows the size it began with is read no further: it might grow for ever.
    """

    def __init__(self, file: int, size: int, on_bytes: Callable[[int], None]) -> None:
        self._file = file
        self._size = size
        self._on_bytes = on_bytes
        self.hash = sha256()
        self.head = b""
        self.bytes = 0
        self.failed: OSError | None = None

    def pour(self, writer: _Writer) -> None:
        """Copies everything into the writer."""
        if writer.direct:
            self._pour_direct(writer)
            return
        if self._size <= _PIECE:  # for one piece, two short copies cost less than three calls to the kernel
            self._pour_by_hand(writer)
            return
        while self.bytes <= self._size:
            try:
                count = writer.take(self._file)
            except OSError as error:
                if error.errno in _CANNOT and not self.bytes:
                    self._pour_by_hand(writer)
                    return
                if error.errno in _OWN_FAULTS:
                    writer.failed = error
                else:
                    self.failed = error
                raise
            if not count:
                return
            for piece in writer.landed(count):
                self._took(piece)
            writer.start_writing()

    def _pour_direct(self, writer: _Writer) -> None:
        behind = _behind()
        try:
            while self.bytes <= self._size:
                buffer = behind.buffer()
                filled = self._fill(buffer)
                if filled:
                    behind.write(writer.write_sectors, filled)
                if filled < len(buffer):
                    break
            behind.finish()
        finally:
            behind.abandon()
        writer.end_sectors()

    def _fill(self, buffer: memoryview) -> int:
        filled = 0
        while filled < len(buffer):
            try:
                count = os.readv(self._file, [buffer[filled : filled + _PIECE]])
            except OSError as error:
                self.failed = error
                raise
            if not count:
                break
            self._took(buffer[filled : filled + count])
            filled += count
        return filled

    def _pour_by_hand(self, writer: _Writer) -> None:
        buffer = _buffer()
        while self.bytes <= self._size:
            try:
                count = os.readv(self._file, [buffer])
            except OSError as error:
                self.failed = error
                raise
            if not count:
                return
            piece = buffer[:count]
            self._took(piece)
            writer.write_plain(piece)

    def read(self, size: int = -1) -> bytes:
        if self.bytes > self._size:
            return b""
        try:
            data = os.read(self._file, _PIECE if size < 0 else size)
        except OSError as error:
            self.failed = error
            raise
        self._took(data)
        return data

    def _took(self, piece: Any) -> None:
        if len(self.head) < media_type.HEAD:
            self.head += bytes(piece[: media_type.HEAD - len(self.head)])
        self.hash.update(piece)
        self.bytes += len(piece)
        self._on_bytes(len(piece))


class _Writer:
    """Writes a new read-only file, hashing where what is written differs from what was read."""

    def __init__(self, target: str, direct: bool = False) -> None:
        """``direct``: around the page cache, where the file system can; then only whole sectors may be written."""
        self.hash = sha256()
        self.bytes = 0
        self.failed: OSError | None = None
        self.direct = direct and hasattr(os, "O_DIRECT")
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            try:
                self._file = os.open(target, flags | (os.O_DIRECT if self.direct else 0), 0o444)
            except OSError as error:
                if not self.direct or error.errno != errno.EINVAL:
                    raise
                # Some file systems create the file before they find that they cannot.
                with suppress(FileNotFoundError):
                    os.unlink(target)
                self.direct = False
                self._file = os.open(target, flags, 0o444)
        except OSError as error:
            raise CaseDiskError(error) from None

    def write_sectors(self, buffer: memoryview, count: int) -> None:
        """Writes ``count`` bytes of an aligned buffer, filled up with zeros to a whole sector."""
        end = count + -count % _SECTOR
        buffer[count:end] = bytes(end - count)
        at = 0
        try:
            while at < end:
                at += self._write_around(buffer[at:end])
                if at < end and at % _SECTOR:
                    raise OSError(errno.EIO, "the disk took part of a sector")
        except OSError as error:
            self.failed = error
            raise
        self.bytes += count

    def _write_around(self, piece: memoryview) -> int:
        try:
            return os.write(self._file, piece)
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise
            # Opened so, but not to be written so: sectors here are larger than usual. The cache takes any size.
            fcntl.fcntl(self._file, fcntl.F_SETFL, fcntl.fcntl(self._file, fcntl.F_GETFL) & ~os.O_DIRECT)
            return os.write(self._file, piece)

    def end_sectors(self) -> None:
        """Takes off what filled up the last sector."""
        try:
            os.ftruncate(self._file, self.bytes)
        except OSError as error:
            self.failed = error
            raise

    def take(self, source: int) -> int:
        """Has the kernel copy the next piece of an open file; gives how many bytes came, 0 at its end. OSError."""
        count = os.copy_file_range(source, self._file, CHUNK)
        self.bytes += count
        return count

    def landed(self, count: int) -> Iterator[memoryview]:
        """The last ``count`` bytes that were taken, read back from where they are kept."""
        buffer, at = _buffer(), self.bytes - count
        while at < self.bytes:
            try:
                got = os.preadv(self._file, [buffer[: min(len(buffer), self.bytes - at)]], at)
            except OSError as error:
                self.failed = error
                raise
            if not got:
                self.failed = OSError(errno.EIO, "what was written cannot be read back")
                raise self.failed
            yield buffer[:got]
            at += got

    def start_writing(self) -> None:
        """Lets the disk begin, so that the sync at the end of a group finds little left to do."""
        start = _sync_file_range()
        if start is not None:
            start(self._file, 0, 0, _WRITE)

    def write_plain(self, piece: memoryview) -> None:
        self._put(piece)

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        self._put(data)
        return len(data)

    def flush(self) -> None:
        pass

    def finish(self) -> None:
        try:
            os.fchmod(self._file, 0o444)
        except OSError as error:
            self.failed = error
            raise

    def close(self) -> None:
        os.close(self._file)

    def _put(self, data: bytes | memoryview) -> None:
        try:
            write_all(self._file, data)
        except OSError as error:
            self.failed = error
            raise
        self.bytes += len(data)


_WRITE = 2  # SYNC_FILE_RANGE_WRITE: start what is dirty and not yet under way, and do not wait


@lru_cache(maxsize=1)
def _sync_file_range() -> Callable[[int, int, int, int], int] | None:
    """sync_file_range(2) of this platform, or None; a hint, so its answer is not looked at."""
    import ctypes

    call = getattr(ctypes.CDLL(None), "sync_file_range", None)
    if call is not None:
        call.argtypes = [ctypes.c_int, ctypes.c_int64, ctypes.c_int64, ctypes.c_uint]
    return call
