"""Intake: taking files and folders into a case.

Files are copied into staging on two threads, hashed on the way, and committed in groups: one sync for a group's bytes,
one for its names and lines, then its checkpoint. The same bytes again are a further acquisition of the same item.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from kuager.errors import KuagerError, UsageError
from kuager.record import ids
from kuager.record.acquiring import RELATIONS, Acquiring, Acquisition, AddedItem, Arrived
from kuager.record.case import Case
from kuager.record.commit import cannot_write
from kuager.record.copier import Copiers, Job
from kuager.record.copying import Copied
from kuager.record.objects import sync_files
from kuager.record.staging import Staging
from kuager.record.walk import Found, walk

_GROUP_FILES = 2_000
_GROUP_BYTES = 256 << 20
_TASK_FILES = 32
_TASK_BYTES = 4 << 20
_AHEAD = 8
_COPIERS = 2
# Below this, starting processes takes longer than copying.
_WORTH_PROCESSES = 32 << 20


@dataclass(frozen=True)
class Failed:
    """A path that was not taken in, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Added:
    """The outcome of an intake; ``checkpoint`` is the newest note."""

    items: tuple[AddedItem, ...]
    failed: tuple[Failed, ...]
    checkpoint: bytes


def add(
    case: Case,
    paths: Sequence[str | os.PathLike[str]],
    how: Acquisition | None = None,
    *,
    restricted: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Added:
    """Takes in files and whole folders. ``progress`` is told bytes read and files done so far.

    What cannot be read is reported and noted in the log without its name. Raises KuagerError if the case itself cannot
    be written before anything was taken in; later, what is left over is reported as failed.
    """
    how = how or Acquisition()
    if how.relation not in RELATIONS:
        raise UsageError(f"'{how.relation}' is not a relation.", f"One of: {', '.join(RELATIONS)}")
    try:
        with case.log.lock():
            staging = Staging(case.folder / "staging")
    except OSError as error:
        raise cannot_write(error) from None
    tell = progress or (lambda done, files: None)
    with staging:
        return _Intake(case, how, restricted or case.restricted, staging, tell).run(paths)


@dataclass
class _Intake:
    case: Case
    how: Acquisition
    restricted: bool
    staging: Staging
    progress: Callable[[int, int], None]
    items: list[AddedItem] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    stopped: KuagerError | None = None
    bytes: int = 0
    copiers: Copiers = field(init=False)

    def run(self, paths: Sequence[str | os.PathLike[str]]) -> Added:
        with (
            Copiers(_COPIERS, _WORTH_PROCESSES) as self.copiers,
            ThreadPoolExecutor(_COPIERS) as askers,
            ThreadPoolExecutor(1) as committer,
        ):
            commits: deque[Future[None]] = deque()
            for group in _grouped(self._arriving(paths, askers)):
                commits.append(committer.submit(self._commit, group))
                if len(commits) > 1:
                    commits.popleft().result()
            for commit in commits:
                commit.result()
        if self.stopped is not None and not self.items:
            raise self.stopped
        return Added(tuple(self.items), tuple(self.failed), self.case.checkpoint)

    def _arriving(self, paths: Iterable[str | os.PathLike[str]], askers: ThreadPoolExecutor) -> Iterator[Arrived]:
        """The files in the order of the walk, copied a few tasks ahead of who asks."""
        tasks: deque[Future[list[Arrived]]] = deque()
        for batch in _batches(walk(paths, os.path.realpath(self.case.folder))):
            tasks.append(askers.submit(self._arrive_all, batch))
            if len(tasks) > _AHEAD:
                yield from tasks.popleft().result()
        while tasks:
            yield from tasks.popleft().result()

    def _arrive_all(self, batch: list[Found]) -> list[Arrived]:
        wanted = [found for found in batch if found.reason is None]
        copied = iter(self._copy_all(wanted))
        return [
            Arrived(Copied(found.path, reason=found.reason), worth_noting=not found.missing)
            if found.reason is not None
            else next(copied)
            for found in batch
        ]

    def _copy_all(self, wanted: list[Found]) -> list[Arrived]:
        items, seals, jobs = [ids.new_id() for _ in wanted], [], []
        try:
            for found, item in zip(wanted, items, strict=True):
                if self.stopped is not None:
                    break
                seal = self.case.new_seal(item, self.staging.folder) if self.restricted else None
                seals.append(seal)
                jobs.append(Job(found.path, self.staging.new_path(), seal.recipient if seal else None))
        except (KuagerError, OSError) as error:
            self._stop(error)
        copied, refused = self.copiers.copy(jobs, sum(found.bytes for found in wanted), self._count)
        if refused is not None:
            self._stop(refused)
        arrived = [Arrived(*one) for one in zip(copied, items, seals, strict=False)]
        for found in wanted[len(arrived) :]:
            assert self.stopped is not None
            arrived.append(Arrived(Copied(found.path, reason=self.stopped.message), worth_noting=False))
        return arrived

    def _stop(self, error: KuagerError | OSError) -> None:
        self.stopped = error if isinstance(error, KuagerError) else cannot_write(error)

    def _count(self, count: int) -> None:
        self.bytes += count

    def _commit(self, group: list[Arrived]) -> None:
        """Commits a group whole; where the case cannot be written, all its files count as failed."""
        act = Acquiring(self.case, self.how, self.restricted, group)
        try:
            if act.staged:
                self.staging.announce(act.staged)
                sync_files(self.staging.folder, act.files)
            self.items += act.commit()
        except (KuagerError, OSError) as error:
            act.undo()
            self._stop(error)
        for one in group:
            reason = one.copied.reason or (self.stopped.message if self.stopped and not act.done else None)
            if reason is not None:
                self.failed.append(Failed(shown(one.copied.path), reason))
        self.progress(self.bytes, len(self.items) + len(self.failed))


def shown(path: str) -> str:
    """A path as text, with bytes that are not UTF-8 written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    """Work for one copier at a time: many small files, or few large ones."""
    batch: list[Found] = []
    size = 0
    for one in found:
        batch.append(one)
        size += one.bytes
        if len(batch) >= _TASK_FILES or size >= _TASK_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _grouped(arriving: Iterable[Arrived]) -> Iterator[list[Arrived]]:
    """What is committed together."""
    group: list[Arrived] = []
    size = 0
    for one in arriving:
        group.append(one)
        size += one.copied.bytes
        if len(group) >= _GROUP_FILES or size >= _GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
