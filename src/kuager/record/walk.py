"""Walking over what a person wants to add: regular files, in a fixed order; everything else with the reason why not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_REASONS = {
    stat.S_IFLNK: "it is a symbolic link; give the file it points to",
    stat.S_IFIFO: "it is a pipe, not a file",
    stat.S_IFSOCK: "it is a socket, not a file",
    stat.S_IFCHR: "it is a device, not a file",
    stat.S_IFBLK: "it is a device, not a file",
}


@dataclass(frozen=True)
class Found:
    """A path as it was given or reached, with its size in bytes; ``reason`` says why it is not taken, if it is not."""

    path: str
    bytes: int = 0
    reason: str | None = None
    missing: bool = False


def walk(paths: Iterable[str | os.PathLike[str]], without: str) -> Iterator[Found]:
    """The files at and under ``paths``, sorted by name in each folder. Never follows a link.

    ``without``: the real path of a folder that is left out, the case itself.
    """
    for path in paths:
        given = os.fspath(path)
        try:
            status = os.lstat(given)
        except OSError as error:
            yield Found(given, reason=_because(error), missing=isinstance(error, FileNotFoundError))
            continue
        yield from _at(given, status, without)


def measure(paths: Iterable[str | os.PathLike[str]], without: str = "") -> tuple[int, int]:
    """How many files there are to take in, and how many bytes."""
    files = total = 0
    for found in walk(paths, without):
        if found.reason is None:
            files, total = files + 1, total + found.bytes
    return files, total


def _at(path: str, status: os.stat_result, without: str) -> Iterator[Found]:
    if stat.S_ISREG(status.st_mode):
        yield Found(path, status.st_size)
    elif stat.S_ISDIR(status.st_mode):
        yield from _in_folder(path, without)
    else:
        yield Found(path, reason=_REASONS.get(stat.S_IFMT(status.st_mode), "it is not a file"))


def _in_folder(path: str, without: str) -> Iterator[Found]:
    if without and os.path.realpath(path) == without:
        yield Found(path, reason="it is the folder of the case itself")
        return
    try:
        with os.scandir(path) as entries:
            names = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield Found(path, reason=_because(error))
        return
    for entry in names:
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield Found(entry.path, reason=_because(error))
            continue
        yield from _at(entry.path, status, without)


def _because(error: OSError) -> str:
    return f"it cannot be read ({error.strerror})"
