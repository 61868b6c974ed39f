"""Commits: turning drafts into durable entries, many at once.

Threads that commit at the same time queue; one of them leads. It takes the case lock, reads what other processes have
added, gives every waiting commit its lines and its own signed checkpoint, makes all of it durable with one round of
syncs, and only then lets the others return.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kuager.errors import KuagerError, RefusedError
from kuager.record import checkpoint
from kuager.record.checkpoint import Checkpoint
from kuager.record.entry import digest, log_line
from kuager.record.key import Signer
from kuager.record.log import LogStore, Stream
from kuager.record.merkle import Frontier, leaf_hash
from kuager.record.objects import ObjectStore, StagedObject
from kuager.record.payload import read
from kuager.record.tip import Tip, is_landmark


@dataclass(frozen=True)
class Commit:
    """What was acknowledged: entries ``first`` to ``size`` − 1, and the checkpoint that covers them."""

    first: int
    size: int
    checkpoint: bytes
    root: bytes


@dataclass(frozen=True)
class Prepared:
    """A payload line as it will be stored, and its commitment."""

    line: bytes
    commitment: str


@dataclass(frozen=True)
class Act:
    """The entries and objects of one commit."""

    lines: Sequence[Prepared]
    objects: Sequence[StagedObject] = ()


class CatchUp(Protocol):
    """Brings a tip to the end of the log under the lock, recovering where needed; gives acts that must come first."""

    def __call__(self, tip: Tip) -> list[Act]: ...


@dataclass
class _Waiting:
    build: Callable[[], Act]
    wake: threading.Event = field(default_factory=threading.Event)
    leads: bool = False
    commit: Commit | None = None
    error: BaseException | None = None


class Writer:
    """Writes commits to a log, for any number of threads."""

    def __init__(self, log: LogStore, objects: ObjectStore, signer: Signer, tip: Tip, catch_up: CatchUp) -> None:
        self.tip = tip
        self._log = log
        self._objects = objects
        self._signer = signer
        self._catch_up = catch_up
        self._mutex = threading.Lock()
        self._queue: list[_Waiting] = []
        self._leading = False

    def commit(self, build: Callable[[], Act]) -> Commit:
        """Commits the act that ``build`` gives; it is called under the case lock, at the end of the log.

        Returns once the act is durable. Raises KuagerError, and then nothing of it was done.
        """
        mine = _Waiting(build)
        with self._mutex:
            self._queue.append(mine)
            mine.leads = not self._leading
            self._leading = True
        if not mine.leads:
            mine.wake.wait()
        if mine.leads:
            self._lead()
        if mine.error is not None:
            raise mine.error
        assert mine.commit is not None
        return mine.commit

    def exclusively(self) -> Exclusive:
        """Holds the case lock, caught up with the log, for work that is more than a commit."""
        return Exclusive(self)

    def _lead(self) -> None:
        with self._mutex:
            batch, self._queue = self._queue, []
        try:
            with self._log.lock():
                self._write(self._first_acts(), batch)
        except BaseException as error:
            for waiting in batch:
                if waiting.error is None and waiting.commit is None:
                    waiting.error = error
        finally:
            with self._mutex:
                heir = self._queue[0] if self._queue else None
                self._leading = heir is not None
            if heir is not None:
                heir.leads = True
                heir.wake.set()
            for waiting in batch:
                waiting.wake.set()

    def _first_acts(self) -> list[Act]:
        acts = self._catch_up(self.tip)
        if self.tip.size and self._signer.key_id not in self.tip.keyring.active:
            raise RefusedError(
                "Your key is not admitted to this case.", "Someone who is must admit it before you can write to it."
            )
        return acts

    def _write(self, before: Sequence[Act], batch: Sequence[_Waiting]) -> None:
        plan = _Plan(self.tip, self._signer)
        for act in before:
            plan.add(act)
        planned: list[tuple[_Waiting, Commit]] = []
        adopted: list[str] = []
        for waiting in batch:
            try:
                act = waiting.build()
                if act.objects:
                    adopted += self._objects.adopt(act.objects)
                planned.append((waiting, plan.add(act)))
            except OSError as error:
                waiting.error = cannot_write(error)
            except Exception as error:
                waiting.error = error
        if plan.notes:
            try:
                self._append(plan)
            except BaseException:
                for name in adopted:
                    self._objects.remove(name)
                raise
        for waiting, commit in planned:
            waiting.commit = commit

    def _append(self, plan: _Plan) -> None:
        tip = self.tip
        try:
            self._log.append(b"".join(plan.payloads), b"".join(plan.log), b"".join(plan.notes))
        except BaseException as error:
            self._log.cut(
                {
                    Stream.CHECKPOINTS: tip.checkpoint_bytes,
                    Stream.LOG: tip.log_bytes,
                    Stream.PAYLOADS: tip.payload_bytes,
                }
            )
            raise (cannot_write(error) if isinstance(error, OSError) else error) from None
        plan.settle()


class Exclusive:
    """The case lock, held; ``commit`` writes at once, with what a group commit would do."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._lock = writer._log.lock()

    def __enter__(self) -> Exclusive:
        self._lock.__enter__()
        try:
            acts = self._writer._first_acts()
            if acts:
                self._writer._write(acts, [])
        except BaseException:
            self._lock.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.__exit__(None, None, None)

    def commit(self, act: Act) -> Commit:
        """Makes an act durable. Raises KuagerError."""
        waiting = _Waiting(lambda: act)
        self._writer._write([], [waiting])
        if waiting.error is not None:
            raise waiting.error
        assert waiting.commit is not None
        return waiting.commit


class _Plan:
    """Lines and checkpoints in the order they will stand, and the tip they will make."""

    def __init__(self, tip: Tip, signer: Signer) -> None:
        self._tip, self._signer = tip, signer
        self._origin, self._size, self._previous = tip.origin, tip.size, tip.previous
        self._frontier: Frontier = tip.frontier.copy()
        self._payload_bytes = tip.payload_bytes
        self._marks: list[tuple[int, int, bytes]] = []
        self.payloads: list[bytes] = []
        self.log: list[bytes] = []
        self.notes: list[bytes] = []

    def add(self, act: Act) -> Commit:
        first = self._size
        if not act.lines:
            raise ValueError("a commit without entries")
        for prepared in act.lines:
            line = log_line(prepared.commitment, self._size, self._previous)
            if self._size == 0:
                self._origin = checkpoint.origin(line)
            if is_landmark(self._size, prepared.line):
                self._marks.append((self._size, self._payload_bytes, prepared.line))
            self.log.append(line + b"\n")
            self.payloads.append(prepared.line + b"\n")
            self._frontier.append(leaf_hash(line))
            self._previous = digest(line)
            self._payload_bytes += len(prepared.line) + 1
            self._size += 1
        root = self._frontier.root()
        note = Checkpoint(self._origin, self._size, root).sign(self._signer)
        self.notes.append(note)
        return Commit(first, self._size, note, root)

    def settle(self) -> None:
        """The plan is durable: it is the tip now."""
        tip = self._tip
        notes = tip.checkpoint_bytes + sum(map(len, self.notes))
        tip.move(self._origin, self._size, self._previous, self._frontier, self._payload_bytes, self.notes[-1], notes)
        for n, offset, line in self._marks:
            tip.mark(n, offset, read(line))


def cannot_write(error: OSError) -> KuagerError:
    """What a failed write means to a person."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        hint = "Make room on the disk and run it again; what was acknowledged before is kept."
        return KuagerError("The disk of the case is full. Nothing of this was added.", hint)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        hint = "Copy the case to a disk that can be written. Reading and verifying still work."
        return KuagerError(f"The case cannot be written: {error.strerror}.", hint)
    hint = "Check the disk, then look at the case with: kuager verify"
    return KuagerError(f"The disk of the case failed: {error.strerror or error}. Nothing of this was added.", hint)
