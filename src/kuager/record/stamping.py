"""Stamping: having an outside authority put its time over the newest checkpoint, and keeping what it said."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from kuager.errors import NetworkError
from kuager.record import checkpoint as checkpoints
from kuager.record import ids, stamp
from kuager.record.case import Case
from kuager.record.commit import cannot_write
from kuager.record.log import sync_folder
from kuager.record.payload import Draft
from kuager.record.stamp import StampCheck


@dataclass(frozen=True)
class Stamped:
    """A stamp that is in the case now: its file, its entry, the size it anchors, and what was checked."""

    file: str
    entry: int
    size: int
    sha256: str
    check: StampCheck


def stamp_case(case: Case, url: str, cafile: Path | None = None) -> Stamped:
    """Has the authority at ``url`` stamp the newest checkpoint. Contacts that authority and nobody else.

    The raw reply is made durable before anything reads it; its digest is logged, since a token with a flipped bit may
    still verify. Raises NetworkError where the authority cannot be reached or its reply is no stamp over this
    checkpoint (the reply stays in ``stamps/``), KuagerError where the case cannot be written.
    """
    note = case.checkpoint
    reply = stamp.fetch(url, note)
    try:
        path = _keep(case.folder / "stamps", reply)
    except OSError as error:
        raise cannot_write(error) from None
    check = stamp.check(reply, note, cafile)
    if not check.ok:
        raise NetworkError(
            f"{url} sent no stamp over this checkpoint: {' '.join(check.problems)}",
            f"What it sent is kept in stamps/{path.name}.",
        )
    at = checkpoints.parse(note).checkpoint
    digest = sha256(reply).hexdigest()
    body = {"sha256": digest, "file": f"stamps/{path.name}", "size": at.size, "root": at.root.hex(), "tsa": url}
    commit = case.commit([Draft("stamped", body)])
    return Stamped(f"stamps/{path.name}", commit.size - 1, at.size, digest, check)


def _keep(folder: Path, reply: bytes) -> Path:
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{ids.new_id()}.tsr"
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444), "wb") as file:
        file.write(reply)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)
    return path
