"""Where objects are kept: read-only bytes, named by the SHA-256 of the bytes stored."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from kuager.errors import UnreadableError
from kuager.record.log import sync_folder

_NAME = re.compile(r"[0-9a-f]{64}")
_FEW = 4


@dataclass(frozen=True)
class StagedObject:
    """Bytes on their way in: where they lie, the SHA-256 of what lies there (hex), and how many there are."""

    path: str | Path
    sha256: str
    bytes: int
    handle: str | None = None


class ObjectStore(Protocol):
    """A place that keeps objects."""

    def adopt(self, staged: Sequence[StagedObject]) -> list[str]:
        """Takes staged bytes in under their names and makes them durable; gives the names that were not there.

        Called under the case lock. Raises OSError, and then none of them is there that was not before.
        """

    def has(self, name: str) -> bool:
        """Whether there is an object of this name."""

    def open(self, name: str) -> BinaryIO:
        """The stored bytes, for reading. Raises UnreadableError if there are none."""

    def names(self) -> Iterator[str]:
        """The names of all objects."""

    def remove(self, name: str) -> None:
        """Removes an object, if it is there, and makes that durable."""


class FileObjects:
    """Objects as files ``ab/abcd…`` in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = os.fspath(folder)

    def path(self, name: str) -> Path:
        """Where the object of this name lies, or would."""
        return Path(self._place(name))

    def _place(self, name: str) -> str:
        if not _NAME.fullmatch(name):
            raise UnreadableError(f"'{name[:80]}' is not the name of an object.")
        return f"{self._root}/{name[:2]}/{name}"

    def adopt(self, staged: Sequence[StagedObject]) -> list[str]:
        """Renames files into their places, then syncs the folders they are in."""
        new: list[str] = []
        touched: dict[str, str] = {}
        made = False
        try:
            for one in staged:
                target = self._place(one.sha256)
                short = one.sha256[:2]
                if short not in touched:
                    touched[short] = os.path.dirname(target)
                    if not os.path.isdir(touched[short]):
                        os.makedirs(touched[short])
                        made = True
                if not os.path.lexists(target):
                    new.append(one.sha256)
                os.rename(one.path, target)
            folders = {Path(folder) for folder in touched.values()}
            sync_folders(self.folder, folders | {self.folder} if made else folders)
        except BaseException:
            for name in new:
                with suppress(OSError):
                    self.path(name).unlink(missing_ok=True)
            raise
        return new

    def has(self, name: str) -> bool:
        return os.path.isfile(self._place(name))

    def open(self, name: str) -> BinaryIO:
        try:
            return open(self.path(name), "rb")
        except OSError as error:
            raise UnreadableError(
                f"The object {name[:12]}… cannot be read: {error.strerror}.", "See what else is wrong: kuager verify"
            ) from None

    def names(self) -> Iterator[str]:
        with suppress(FileNotFoundError):
            for folder in sorted(os.listdir(self.folder)):
                if len(folder) == 2:
                    yield from (name for name in sorted(os.listdir(self.folder / folder)) if _NAME.fullmatch(name))

    def remove(self, name: str) -> None:
        path = self.path(name)
        with suppress(FileNotFoundError):
            path.unlink()
            sync_folder(path.parent)


def digest_of(file: BinaryIO, piece: int = 1 << 20) -> tuple[str, int]:
    """SHA-256 (hex) and length of what is left of a file, read in pieces."""
    hashed, length, buffer = sha256(), 0, bytearray(piece)
    view = memoryview(buffer)
    while count := file.readinto(buffer):  # type: ignore[attr-defined]
        hashed.update(view[:count])
        length += count
    return hashed.hexdigest(), length


def sync_folders(within: Path, folders: set[Path]) -> None:
    """Makes the names in these folders durable: one by one if few, else with the whole file system they are in."""
    if len(folders) <= _FEW or not sync_filesystem(within):
        for folder in folders:
            sync_folder(folder)


def sync_files(within: Path, files: Iterable[str | Path]) -> None:
    """Makes what was written to files durable, at once where the platform can. Raises OSError."""
    if sync_filesystem(within):
        return
    for path in files:
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)


def sync_filesystem(within: Path) -> bool:
    """syncfs(2) on the file system of ``within``; False where the platform has none. Raises OSError."""
    call = _syncfs()
    if call is None:
        return False
    file = os.open(within, os.O_RDONLY)
    try:
        if call(file) != 0:
            import ctypes

            error = ctypes.get_errno()
            raise OSError(error, os.strerror(error), str(within))
    finally:
        os.close(file)
    return True


@lru_cache(maxsize=1)
def _syncfs() -> Callable[[int], int] | None:
    import ctypes

    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
