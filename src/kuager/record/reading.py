"""Reading a case: entries, items and objects, as of its last checkpoint. Reading changes nothing."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Self

from kuager.errors import KuagerError, RefusedError, UnreadableError, UsageError
from kuager.record import ids, seal
from kuager.record import payload as payloads
from kuager.record.canonical import CanonicalError
from kuager.record.entry import Entry
from kuager.record.index import Index
from kuager.record.item import Item
from kuager.record.log import FileLog, Stream, lines_of
from kuager.record.objects import FileObjects
from kuager.record.seal import SealError
from kuager.record.tip import BrokenLogError, Seal, Tip

_FAR = 5_000
"""Entries read since the last cached tip, from which on the tip is cached again."""


class Reading:
    """A case as its readers see it. ``identities`` are the age identities that may open what is restricted."""

    def __init__(self, folder: Path, identities: Sequence[str] = (), *, writable: bool = False) -> None:
        self.folder = folder
        self.log = FileLog(folder, writable)
        self.objects = FileObjects(folder / "objects")
        self._identities = list(identities)
        self._secrets: dict[str, str] = {}
        self._unlocked: set[str] = set()
        self._index: Index | None = Index(folder, self.log)
        self._generation = self.log.generation()
        cached = self._index.cached_tip()
        self._cached_size = cached.size if cached else 0
        self._tip = cached or Tip()
        self.trouble: str | None = None
        try:
            self._tip.advance(self.log)
        except BrokenLogError as error:
            if not self._tip.size:
                raise
            self.trouble = error.message
        self._remember()

    @property
    def tip(self) -> Tip:
        """The end of the log as this reader knows it."""
        return self._tip

    @property
    def size(self) -> int:
        """How many entries the last checkpoint covers."""
        return self.tip.size

    @property
    def origin(self) -> str:
        """The log's name: ``kuager/`` and the SHA-256 of its first line."""
        return self.tip.origin

    @property
    def checkpoint(self) -> bytes:
        """The newest checkpoint, a whole signed note."""
        return self.tip.note

    @property
    def restricted(self) -> bool:
        """Whether everything in this case is encrypted."""
        return self.tip.case_seal is not None

    @property
    def index(self) -> Index:
        """The index, caught up to the last checkpoint."""
        if self._index is None:
            self._index = Index(self.folder, self.log)
        self._index.catch_up(self.tip.snapshot(), self.log.generation())
        return self._index

    def refresh(self) -> None:
        """Takes in what others have committed since. Raises BrokenLogError."""
        fresh = self.tip.snapshot()
        generation = self.log.generation()
        if generation != self._generation:
            fresh = Tip()
        fresh.advance(self.log)
        self._generation = generation
        self.tip.become(fresh)

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """The entries from ``start`` on. What is restricted has no payload unless it was unlocked."""
        at = 0
        if start:
            found = self.index.rows("SELECT offset FROM entries WHERE n = ?", start)
            if not found:
                return
            at = found[0][0]
        lines = lines_of(self.log, Stream.PAYLOADS, at, self.tip.payload_bytes)
        for n, line in zip(range(start, self.size), lines, strict=False):
            yield self._entry(n, line)

    def entry(self, n: int) -> Entry:
        """Entry ``n``. Raises UsageError if there is none."""
        return self._entry(n, self.payload_line(n))

    def payload_line(self, n: int) -> bytes:
        """Payload line ``n`` as it is stored. Raises UsageError if there is none."""
        found = self.index.rows("SELECT offset FROM entries WHERE n IN (?, ?) ORDER BY n", n, n + 1)
        if not found or not 0 <= n < self.size:
            raise UsageError(f"There is no entry {n}; the case has {self.size}.", "See: kuager log")
        end = found[1][0] if len(found) == 2 else self.tip.payload_bytes
        return self.log.read(Stream.PAYLOADS, found[0][0], end)[:-1]

    def log_lines(self) -> list[bytes]:
        """All lines of the log that the last checkpoint covers, for proofs."""
        return list(lines_of(self.log, Stream.LOG, 0, self.tip.log_bytes))

    def citing(self, thing: str) -> list[Entry]:
        """The entries that cite a thing, as far as they can be read, in order, with those under its own handles."""
        found = {n for (n,) in self.index.rows("SELECT n FROM cites WHERE thing = ?", thing)}
        found |= {
            n
            for (n,) in self.index.rows(
                "SELECT n FROM entries WHERE handle IN (SELECT handle FROM seals WHERE thing = ?)", thing
            )
        }
        foreign = [handle for handle in self._unlocked if handle not in self.handles_of(thing)]
        for handle in foreign:
            for (n,) in self.index.rows("SELECT n FROM entries WHERE handle = ?", handle):
                opened = self.entry(n).payload
                if opened and thing in opened.about:
                    found.add(n)
        return [self.entry(n) for n in sorted(found)]

    def of_type(self, kind: str) -> list[Entry]:
        """The clear entries of a type, in order."""
        return [self.entry(n) for (n,) in self.index.rows("SELECT n FROM entries WHERE type = ? ORDER BY n", kind)]

    def item_ids(self) -> list[str]:
        """The ids of the items that can be known, in the order they came."""
        found = dict(self.index.rows("SELECT item, n FROM items ORDER BY n"))
        for handle in self._unlocked:
            for (n,) in self.index.rows("SELECT n FROM entries WHERE handle = ?", handle):
                opened = self.entry(n).payload
                if opened and opened.type == "acquired":
                    found.setdefault(opened.body["item"], n)
        return sorted(found, key=lambda item: found[item])

    def items(self) -> Iterator[Item]:
        """The items that can be known, in the order they came."""
        for item in self.item_ids():
            yield self._item(item)

    def item(self, prefix: str) -> Item:
        """The item whose id begins so. Raises UsageError if that is none or more than one."""
        return self._item(ids.resolve(prefix, self.item_ids()))

    def thing_ids(self) -> list[str]:
        """The ids of all items and sources that can be known."""
        cited = [thing for (thing,) in self.index.rows("SELECT DISTINCT thing FROM cites")]
        return [thing for thing in cited if ids.is_id(thing)]

    def handles_of(self, thing: str) -> list[str]:
        """The handles a thing is restricted under."""
        return [handle for (handle,) in self.index.rows("SELECT handle FROM seals WHERE thing = ? ORDER BY n", thing)]

    def seal_of(self, handle: str) -> Seal:
        """Whom to encrypt to for a handle. Raises UsageError if the log does not know it."""
        found = self.index.rows("SELECT recipient FROM seals WHERE handle = ?", handle)
        if not found:
            raise UsageError(f"Nothing in this case is sealed under '{handle}'.")
        return Seal(handle, found[0][0])

    def object_path(self, name: str) -> Path:
        """Where the stored bytes of this SHA-256 lie. Raises UnreadableError if they do not."""
        self.objects.open(name).close()
        return self.objects.path(name)

    def open_object(self, name: str, handle: str | None = None) -> BinaryIO:
        """The bytes of an object; decrypted, in memory, where ``handle`` says under what. That must be unlocked."""
        stored = self.objects.open(name)
        if handle is None:
            return stored
        self._may_read(handle)
        clear = _in_memory()
        with stored:
            seal.open_file(stored, clear, [self.secret(handle)])
        clear.seek(0)
        return clear

    def can_open(self, handle: str) -> bool:
        """Whether the identities given open what is under this handle. Opens nothing."""
        try:
            self.secret(handle)
        except KuagerError:
            return False
        return True

    def secret(self, handle: str) -> str:
        """The secret of a handle, to encrypt, compare or follow what it protects; showing takes ``unlock``."""
        if handle not in self._secrets:
            path = self.folder / "keys" / f"{handle}.age"
            try:
                wrapped = path.read_bytes()
            except OSError as error:
                raise UnreadableError(f"The key of {handle} cannot be read: {error.strerror}.") from None
            if not self._identities:
                raise SealError(f"What is under {handle} opens only with the key of a person admitted to the case.")
            self._secrets[handle] = seal.open(wrapped, self._identities).decode("ascii").strip()
        return self._secrets[handle]

    def peek(self, line: bytes) -> payloads.Payload | None:
        """A payload line read in clear where these identities can; only for following and comparing, never to show."""
        try:
            state = payloads.state_of(line)
            if state == "clear":
                return payloads.read(line)
            if state == "restricted":
                handle, age = payloads.restricted_parts(line)
                return payloads.read(seal.open(age, [self.secret(handle)]))
        except (CanonicalError, KuagerError):
            return None
        return None

    def forget_index(self) -> None:
        """Deletes the index and its journals; it is made again when it is next needed."""
        self._generation = self.log.generation()
        if self._index is None:
            self._index = Index(self.folder, self.log)
        self._index.delete()
        self._index = None
        self._cached_size = 0

    def forget_secret(self, handle: str) -> None:
        """A handle was destroyed."""
        self._secrets.pop(handle, None)
        self._unlocked.discard(handle)

    def reindex(self) -> int:
        """Makes the index again from log and payloads; gives the number of entries."""
        self.forget_index()
        self.index.remember(self.tip)
        return self.size

    def close(self) -> None:
        """Lets all files go."""
        if self._index is not None:
            self._remember(0)
            self._index.close()
            self._index = None
        self.log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _remember(self, far: int = _FAR) -> None:
        if self._index is not None and self.tip.size - self._cached_size > far:
            self._index.remember(self.tip)
            self._cached_size = self.tip.size

    def _item(self, item: str) -> Item:
        handles = self.handles_of(item)
        return Item(item, tuple(self.citing(item)), handles[0] if handles else None)

    def _entry(self, n: int, line: bytes) -> Entry:
        try:
            state = payloads.state_of(line)
            if state == "clear":
                return Entry(n, state, payloads.read(line))
            if state != "restricted":
                return Entry(n, state, None)
            handle = payloads.handle_of(line)
        except CanonicalError:
            return Entry(n, "unreadable", None)
        return Entry(n, state, self.peek(line) if handle in self._unlocked else None, handle)

    def _may_read(self, handle: str) -> None:
        if handle not in self._unlocked:
            raise RefusedError(
                f"What is under {handle} is restricted and has not been opened.", "Open it with a reason: --because"
            )


def _in_memory() -> BinaryIO:
    """A file that never touches a disk."""
    if hasattr(os, "memfd_create"):
        return open(os.memfd_create("kuager"), "w+b")
    return io.BytesIO()
