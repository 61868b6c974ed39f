"""The tip: what a writer must know of the end of the log to go on from there, found by reading it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kuager.errors import KuagerError
from kuager.record import checkpoint
from kuager.record.canonical import CanonicalError
from kuager.record.checkpoint import LINES, SignedCheckpoint
from kuager.record.entry import NOTHING_BEFORE, committed, digest, log_line, log_offset
from kuager.record.keyring import Keyring
from kuager.record.log import CHUNK, LogStore, Stream, lines_of
from kuager.record.merkle import Frontier, leaf_hash
from kuager.record.note import NoteError
from kuager.record.payload import Payload, commitment, ends_as, read

_LANDMARK = 16_384
"""Bytes; no landmark's line is longer."""

_LANDMARKS = tuple(ends_as(kind) for kind in (b"key_admitted", b"key_revoked", b"settings"))
_SEALED = ends_as(b"sealed")

WHOLE_CASE = "#0"
"""The thing that a restricted case's own seal is for."""


class BrokenLogError(KuagerError):
    """The log does not bear out its own checkpoints. Nothing is written until a person decides."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The log cannot be trusted as it stands: {what}. Nothing is written to it.",
            "See what is wrong with: kuager verify. To set the broken end aside: kuager recover --because TEXT",
        )


@dataclass(frozen=True)
class Seal:
    """Whom to encrypt to for a thing."""

    handle: str
    recipient: str


@dataclass
class Tip:
    """The end of the log as of its last checkpoint. Sizes are in lines or, where they say so, in bytes."""

    origin: str = ""
    size: int = 0
    previous: str = NOTHING_BEFORE
    frontier: Frontier = field(default_factory=Frontier)
    payload_bytes: int = 0
    checkpoint_bytes: int = 0
    note: bytes = b""
    keyring: Keyring = field(default_factory=Keyring)
    settings: str | None = None
    case_seal: Seal | None = None
    landmarks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def log_bytes(self) -> int:
        """How long ``log.jsonl`` is as far as the last checkpoint covers it."""
        return log_offset(self.size)

    def advance(self, store: LogStore) -> None:
        """Reads on to the last complete checkpoint, holding every line to it. Stops before a torn one.

        Raises BrokenLogError at a complete checkpoint that does not verify; the tip is then at the one before.
        """
        if store.size(Stream.CHECKPOINTS) <= self.checkpoint_bytes:
            return
        notes = list(_notes(store, self.checkpoint_bytes)) if self.size else _notes(store, 0)
        log = lines_of(store, Stream.LOG, self.log_bytes)
        payloads = lines_of(store, Stream.PAYLOADS, self.payload_bytes)
        for data in notes:
            self._take(data, log, payloads)

    def _take(self, data: bytes, log: Iterator[bytes], payloads: Iterator[bytes]) -> None:
        try:
            signed = checkpoint.parse(data)
        except NoteError as error:
            raise BrokenLogError(f"a checkpoint after line {self.size} is malformed ({error.message})") from None
        stated = signed.checkpoint
        if stated.size <= self.size:
            raise BrokenLogError(f"a checkpoint of size {stated.size} follows one of size {self.size}")
        frontier, previous, at = self.frontier.copy(), self.previous, self.payload_bytes
        marks: list[tuple[int, int, Payload]] = []
        origin = self.origin
        for n in range(self.size, stated.size):
            line, payload = next(log, None), next(payloads, None)
            if line is None or payload is None:
                raise BrokenLogError(f"line {n} is missing, although a checkpoint covers it")
            if line != log_line(committed(line), n, previous):
                raise BrokenLogError(f"line {n} of the log does not continue the line before it")
            if n == 0:
                origin = checkpoint.origin(line)
            frontier.append(leaf_hash(line))
            previous = digest(line)
            if is_landmark(n, payload):
                marks.append((n, at, _landmark(n, payload, line)))
            at += len(payload) + 1
        keyring = self.keyring.copy()
        if self.size == 0 and marks and marks[0][0] == 0:
            keyring.apply(marks[0][2])
        if stated.origin != origin or stated.root != frontier.root():
            raise BrokenLogError(f"the checkpoint of size {stated.size} does not fit the lines it covers")
        check_signature(signed, keyring)
        self.move(origin, stated.size, previous, frontier, at, data, self.checkpoint_bytes + len(data))
        for n, offset, payload_read in marks:
            self.mark(n, offset, payload_read)

    def move(
        self, origin: str, size: int, previous: str, frontier: Frontier, payload_bytes: int, note: bytes, notes: int
    ) -> None:
        """Moves on to a later checkpoint in one step, so that a ``snapshot`` in another thread is of one moment."""
        self.__dict__.update(
            origin=origin, size=size, previous=previous, frontier=frontier,
            payload_bytes=payload_bytes, note=note, checkpoint_bytes=notes,
        )  # fmt: skip

    def become(self, other: Tip) -> None:
        """Takes over all that another tip knows, in one step."""
        self.__dict__.update(other.__dict__)

    def snapshot(self) -> Tip:
        """The tip as it is at this moment."""
        now = Tip()
        now.become(self)
        return now

    def mark(self, n: int, offset: int, payload: Payload) -> None:
        """Takes in a landmark: it counts from here on."""
        self.landmarks.append((n, offset))
        if payload.type == "settings":
            self.settings = str(payload.body.get("sha256"))
        elif payload.type == "sealed":
            if payload.body.get("thing") == WHOLE_CASE:
                self.case_seal = Seal(str(payload.body["handle"]), str(payload.body["recipient"]))
        else:
            self.keyring.apply(payload)

    def to_cache(self) -> dict[str, Any]:
        """What ``from_cache`` needs to come back here without reading everything."""
        return {
            "size": self.size,
            "previous": self.previous,
            "frontier": self.frontier.to_bytes().hex(),
            "payload_bytes": self.payload_bytes,
            "checkpoint_bytes": self.checkpoint_bytes,
            "note_bytes": len(self.note),
            "landmarks": [list(mark) for mark in self.landmarks],
        }

    @classmethod
    def from_cache(cls, store: LogStore, cache: dict[str, Any]) -> Tip | None:
        """The cached tip, if it gives the root of a checkpoint that stands in the log and verifies; else None."""
        try:
            return cls._from_cache(store, cache)
        except (KeyError, TypeError, ValueError, AttributeError, OSError, NoteError, CanonicalError, BrokenLogError):
            return None

    @classmethod
    def _from_cache(cls, store: LogStore, cache: dict[str, Any]) -> Tip | None:
        end = cache["checkpoint_bytes"]
        data = store.read(Stream.CHECKPOINTS, end - cache["note_bytes"], end)
        signed = checkpoint.parse(data)
        frontier = Frontier.from_bytes(bytes.fromhex(cache["frontier"]))
        first = store.read(Stream.LOG, 0, log_offset(1))[:-1]
        last = store.read(Stream.LOG, log_offset(frontier.size - 1), log_offset(frontier.size))[:-1]
        tip = cls(checkpoint.origin(first), frontier.size, digest(last), frontier)
        tip.payload_bytes, tip.checkpoint_bytes, tip.note = cache["payload_bytes"], end, data
        stated = signed.checkpoint
        if (stated.origin, stated.size, stated.root) != (tip.origin, tip.size, frontier.root()):
            return None
        if not _fits(store, tip.payload_bytes, last):
            tip.payload_bytes = locate(store, tip.size)
        for n, offset in cache["landmarks"]:
            payload = next(lines_of(store, Stream.PAYLOADS, offset, offset + _LANDMARK), b"")
            line = store.read(Stream.LOG, log_offset(n), log_offset(n + 1))[:-1]
            tip.mark(n, offset, _landmark(n, payload, line))
        check_signature(signed, tip.keyring)
        return tip


def check_signature(signed: SignedCheckpoint, keyring: Keyring) -> None:
    """Raises BrokenLogError unless a key that counts signed it."""
    stated = signed.checkpoint
    if not any(signed.verify(key.public_key) for key in keyring.by_hash(stated.origin, signed.key_hash)):
        raise BrokenLogError(f"the checkpoint of size {stated.size} is not signed by a key admitted to the case")


def is_landmark(n: int, payload: bytes) -> bool:
    """Whether a writer must know this payload: key entries, settings, and the seal of the whole case."""
    return payload.endswith(_LANDMARKS) or (n == 1 and payload.endswith(_SEALED))


def locate(store: LogStore, lines: int) -> int:
    """Where the first ``lines`` payload lines end, in bytes, found by counting."""
    at, left = 0, lines
    while left:
        part = store.read(Stream.PAYLOADS, at, at + CHUNK)
        found = part.count(b"\n")
        if not part:
            raise BrokenLogError(f"{left} payload lines are missing, although a checkpoint covers them")
        if found >= left:
            position = -1
            for _ in range(left):
                position = part.index(b"\n", position + 1)
            return at + position + 1
        at, left = at + len(part), left - found
    return at


def _fits(store: LogStore, end: int, last: bytes) -> bool:
    """Whether the payload line that ends at ``end`` is the one this log line commits to, as far as can be told."""
    near = store.read(Stream.PAYLOADS, max(0, end - _LANDMARK), end)
    tail = near if near.count(b"\n") > 1 else store.read(Stream.PAYLOADS, max(0, end - CHUNK), end)
    if not tail.endswith(b"\n"):
        return False
    line = tail[tail.rfind(b"\n", 0, len(tail) - 1) + 1 : -1]
    return commitment(line) == committed(last)


def _landmark(n: int, payload: bytes, line: bytes) -> Payload:
    if commitment(payload) != committed(line):
        raise BrokenLogError(f"payload {n} is not the one the log commits to")
    try:
        return read(payload)
    except CanonicalError as error:
        raise BrokenLogError(f"payload {n} cannot be read ({error.message})") from None


def _notes(store: LogStore, start: int) -> Iterator[bytes]:
    """The complete notes from a position on."""
    held: list[bytes] = []
    for line in lines_of(store, Stream.CHECKPOINTS, start):
        held.append(line)
        if len(held) == LINES:
            yield b"\n".join(held) + b"\n"
            held.clear()
