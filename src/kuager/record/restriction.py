"""Restricting what is already in a case: encrypting its bytes and its payloads to a key of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from kuager.errors import UsageError
from kuager.record import payload, seal
from kuager.record.case import Case
from kuager.record.commit import Act, cannot_write
from kuager.record.log import Stream, lines_of
from kuager.record.objects import StagedObject, sync_files
from kuager.record.payload import NEVER_SEALED, Draft, Payload
from kuager.record.rewriting import clear_derived, clear_leftovers, replace_payloads
from kuager.record.staging import Staging
from kuager.record.things import thing_named

STAYS_CLEAR = NEVER_SEALED | {"acquired", "opened", "restricted", "erased", "recovered", "case_made"}
"""Entries that say nothing of what an item holds, and those that the log is followed by."""


@dataclass(frozen=True)
class Restricted:
    """What was restricted: the thing, the entry that says so, how many payloads and objects."""

    thing: str
    entry: int
    lines: tuple[int, ...]
    objects: int
    checkpoint: bytes


def restrict(case: Case, given: str, because: str) -> Restricted:
    """Encrypts a thing's objects, the payloads that cite it, and those that cite these. Raises KuagerError.

    Copies that left before, in exports, backups and snapshots, stay as they are. If it is interrupted, run it again.
    """
    case.refresh()
    thing = thing_named(case, given)
    with case.exclusively() as held, Staging(case.folder / "staging") as staging:
        clear = dict(_clear_lines(case, thing))
        if not clear:
            raise UsageError(f"{given} has nothing that is not restricted already.")
        try:
            handles = case.handles_of(thing)
            new = None if handles else case.new_seal(thing)
            handle = new.handle if new else handles[0]
            recipient = case.seal_of(handle).recipient
            old, staged, drafts = [], [], [new.draft] if new else []
            for _, entry in clear.values():
                if entry.type in ("preserved", "made") and entry.body.get("handle") is None:
                    stored = _encrypt(case, entry.body, handle, recipient, staging)
                    old.append(entry.body["sha256"])
                    staged.append(stored)
                    body = entry.body | {"sha256": stored.sha256, "bytes": stored.bytes, "handle": handle}
                    drafts.append(Draft(entry.type, body, entry.about, None if entry.type == "preserved" else handle))
            said: dict[str, Any] = {"thing": thing, "because": because, "lines": sorted(clear), "objects": len(old)}
            drafts.append(Draft("restricted", said))
            staging.announce(staged)
            sync_files(staging.folder, [one.path for one in staged])
            commit = held.commit(Act(case.prepare(drafts), staged))
            replace_payloads(
                case, {n: payload.restricted_line(line, handle, recipient) for n, (line, _) in clear.items()}
            )
            _remove_unnamed(case, old)
            clear_derived(case)
            clear_leftovers(case)
        except OSError as error:
            raise cannot_write(error) from None
    return Restricted(thing, commit.size - 1, tuple(sorted(clear)), len(old), commit.checkpoint)


def _clear_lines(case: Case, thing: str) -> Iterator[tuple[int, tuple[bytes, Payload]]]:
    """The clear payloads to encrypt, by number: those that cite the thing, and those that cite these.

    An entry cites only earlier ones, so one pass finds all.
    """
    follow = {thing}
    for n, line in enumerate(lines_of(case.log, Stream.PAYLOADS, 0, case.tip.payload_bytes)):
        if payload.state_of(line) != "clear":
            if thing == f"#{n}":
                return
            continue
        if thing == f"#{n}":
            entry = payload.read(line)
            if entry.type in STAYS_CLEAR or entry.type == "preserved":
                raise UsageError(f"Entry {n} ({entry.type}) cannot be restricted by itself.", "Restrict its item.")
            yield n, (line, entry)
        elif not line.startswith(b'{"about":[]'):
            entry = payload.read(line)
            if follow.intersection(entry.about) and entry.type not in STAYS_CLEAR and not _is_sealed(entry):
                follow.add(f"#{n}")
                yield n, (line, entry)


def _is_sealed(entry: Payload) -> bool:
    """Whether it says where encrypted bytes are, which anyone who verifies must read."""
    return entry.type == "preserved" and entry.body.get("handle") is not None


def _encrypt(case: Case, body: dict[str, Any], handle: str, recipient: str, staging: Staging) -> StagedObject:
    path = Path(staging.new_path())
    with case.objects.open(body["sha256"]) as source, open(path, "xb") as target:
        hashing = _Hashing(target)
        seal.seal_file(source, hashing, [recipient])  # type: ignore[arg-type]
    path.chmod(0o444)
    return StagedObject(path, hashing.hash.hexdigest(), hashing.bytes, handle)


def _remove_unnamed(case: Case, names: list[str]) -> None:
    """Removes objects, unless a payload that can be read still names them."""
    for name in names:
        if not case.index.rows("SELECT 1 FROM objects WHERE sha256 = ?", name):
            case.objects.remove(name)


class _Hashing:
    """A file that is written, and hashed on the way."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.hash = sha256()
        self.bytes = 0

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        self.bytes += len(data)
        return self._target.write(data)

    def flush(self) -> None:
        self._target.flush()
