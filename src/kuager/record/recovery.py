"""Recovery: setting aside what a writer left unfinished, before the next writer goes on.

What lies past the last complete checkpoint was never acknowledged. It is moved to ``lost+found`` and never signed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kuager.record.ids import new_id
from kuager.record.log import LogStore, Stream, lines_of, sync_folder
from kuager.record.objects import FileObjects
from kuager.record.payload import has_type
from kuager.record.staging import Abandoned, abandoned
from kuager.record.tip import BrokenLogError, Tip, locate

_DIGEST = re.compile(rb'"sha256":"([0-9a-f]{64})"')


@dataclass(frozen=True)
class Swept:
    """What recovery moved: the folder it lies in now, relative to the case, and how many bytes of each stream."""

    moved: str
    tails: dict[str, int]
    objects: int


def tails(log: LogStore, tip: Tip) -> dict[Stream, int]:
    """The streams that go on past the last checkpoint, and where they should end.

    Raises BrokenLogError where a stream ends before that.
    """
    ends = {Stream.CHECKPOINTS: tip.checkpoint_bytes, Stream.LOG: tip.log_bytes, Stream.PAYLOADS: tip.payload_bytes}
    for stream, end in ends.items():
        if log.size(stream) < end:
            raise BrokenLogError(f"{stream.value} is shorter than its last checkpoint says")
    return {stream: end for stream, end in ends.items() if log.size(stream) > end}


def sweep(folder: Path, log: LogStore, objects: FileObjects, tip: Tip, look_for_staging: bool) -> Swept | None:
    """Moves aside what no checkpoint covers; None if there was nothing. Called under the case lock. Raises OSError."""
    over = tails(log, tip)
    left = []
    if look_for_staging:
        left = list(abandoned(folder / "staging"))
        (folder / (Stream.PAYLOADS.value + ".new")).unlink(missing_ok=True)
    if not over and not left:
        return None
    if Stream.PAYLOADS in over:
        over[Stream.PAYLOADS] = locate(log, tip.size)
    aside = folder / "lost+found" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{new_id()}"
    aside.mkdir(parents=True)
    for stream, end in over.items():
        _keep(aside / stream.value, log, stream, end)
    moved = _move_objects(folder, objects, log, tip, left, aside)
    for one in left:
        os.rename(one.folder, aside / f"staging-{one.folder.name}")
    sync_folder(aside)
    sync_folder(aside.parent)
    sync_folder(folder)
    sizes = {stream.value: log.size(stream) - end for stream, end in over.items()}
    log.cut(over)
    return Swept(str(aside.relative_to(folder)), sizes, moved)


def _keep(path: Path, log: LogStore, stream: Stream, start: int) -> None:
    with open(path, "wb") as file:
        end = log.size(stream)
        while start < end:
            part = log.read(stream, start, min(end, start + (1 << 20)))
            file.write(part)
            start += len(part)
        file.flush()
        os.fsync(file.fileno())


def _move_objects(
    folder: Path, objects: FileObjects, log: LogStore, tip: Tip, left: Iterable[Abandoned], aside: Path
) -> int:
    announced = {digest: handle for one in left for digest, handle in one.announced.items()}
    keys = {handle: folder / "keys" / f"{handle}.age" for handle in announced.values() if handle and handle.isalnum()}
    present = {
        digest: handle
        for digest, handle in announced.items()
        if _there(objects, digest) or (handle in keys and keys[handle].is_file())
    }
    if not present:
        return 0
    named = covered(log, tip, present)
    moved = [digest for digest in present if digest not in named]
    for digest in moved:
        if _there(objects, digest):
            os.rename(objects.path(digest), aside / digest)
        key = keys.get(present[digest] or "")
        if key is not None:
            with suppress(FileNotFoundError):
                os.rename(key, aside / key.name)
    return len(moved)


def _there(objects: FileObjects, digest: str) -> bool:
    return len(digest) == 64 and digest.isalnum() and objects.has(digest)


def covered(log: LogStore, tip: Tip, digests: dict[str, str | None]) -> set[str]:
    """Which of these objects a covered payload names; a restricted one counts if its handle was sealed.

    An object and the entry that seals its handle come in one commit.
    """
    handles = {handle: digest for digest, handle in digests.items() if handle}
    found: set[str] = set()
    for line in lines_of(log, Stream.PAYLOADS, 0, tip.payload_bytes):
        if has_type(line, b"preserved") or has_type(line, b"made"):
            found |= {match.decode() for match in _DIGEST.findall(line)} & digests.keys()
        elif handles and has_type(line, b"sealed"):
            found |= {digest for handle, digest in handles.items() if f'"handle":"{handle}"'.encode() in line}
    return found
