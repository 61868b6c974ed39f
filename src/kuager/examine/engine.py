"""The engine: carries tasks to an executor and results to a ledger, and loses nothing on the way.

A task is finished when the ledger has acknowledged its result, not before. Whatever happens to workers, executor or
driver, each task ends as exactly one of done, skipped, quarantined or failed, or is run again next time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Protocol

import msgspec

from kuager.examine.pool import Quarantined
from kuager.examine.result import Result
from kuager.examine.stage import perform
from kuager.examine.task import Key, Task

# Enough to keep a large machine busy, few enough that a run over a million tasks holds few in memory.
WINDOW = 512


class Ledger(Protocol):
    """Where finished results are kept."""

    def has(self, key: Key) -> bool:
        """Whether a result under this key was acknowledged before."""

    def put(self, results: Sequence[tuple[Key, Result]]) -> None:
        """Store results; they are durable when this returns. Results that wait together come in one call."""


@dataclass(frozen=True)
class Trouble:
    """A task that gave no result, and why."""

    key: Key
    reason: str


@dataclass(frozen=True)
class Outcome:
    """Account of a run: ``done + skipped + len(quarantined) + len(failed)`` is the number of tasks."""

    done: int
    skipped: int
    quarantined: tuple[Trouble, ...]
    failed: tuple[Trouble, ...]

    @property
    def total(self) -> int:
        return self.done + self.skipped + len(self.quarantined) + len(self.failed)


@dataclass(frozen=True)
class Progress:
    """How far a run is. ``left_s`` is ``None`` until something has finished."""

    finished: int
    total: int
    elapsed_s: float
    left_s: float | None


def run(
    tasks: Iterable[Task],
    ledger: Ledger,
    executor: Executor,
    progress: Callable[[Progress], None] | None = None,
    window: int = WINDOW,
) -> Outcome:
    """Run every task that the ledger has no result for; give the account.

    ``progress`` is called from the calling thread after each step. Whatever interrupts the run cancels what has not
    started, keeps what was acknowledged, and is raised.
    """
    return _Run(list(tasks), ledger, executor, progress, window).through()


@dataclass
class _Run:
    tasks: list[Task]
    ledger: Ledger
    executor: Executor
    progress: Callable[[Progress], None] | None
    window: int
    done: int = 0
    skipped: int = 0
    computed: int = 0
    quarantined: list[Trouble] = field(default_factory=list)
    failed: list[Trouble] = field(default_factory=list)
    _running: dict[Future[bytes], Key] = field(default_factory=dict)
    _came: SimpleQueue[Future[bytes]] = field(default_factory=SimpleQueue)
    _seen: set[Key] = field(default_factory=set)
    _began_s: float = field(default_factory=time.monotonic)

    def through(self) -> Outcome:
        waiting = iter(self.tasks)
        try:
            more = True
            while more or self._running:
                while more and len(self._running) < self.window:
                    task = next(waiting, None)
                    if task is None:
                        more = False
                    else:
                        self._start(task)
                if self._running:
                    self._take()
                self._tell()
        except BaseException:
            for future in self._running:
                future.cancel()
            raise
        return Outcome(self.done, self.skipped, tuple(self.quarantined), tuple(self.failed))

    def _start(self, task: Task) -> None:
        if task.key in self._seen or self.ledger.has(task.key):
            self.skipped += 1
            return
        self._seen.add(task.key)
        try:
            future = self.executor.submit(perform, task)
        except RuntimeError as error:  # BrokenExecutor is one: this task is told of, the others get their turn
            self.failed.append(Trouble(task.key, f"the executor took no work: {type(error).__name__}"))
            return
        self._running[future] = task.key
        future.add_done_callback(self._came.put)

    def _take(self) -> None:
        """Wait for one result, take all that have come, and have them acknowledged together."""
        came = [self._came.get()]
        while True:
            try:
                came.append(self._came.get_nowait())
            except Empty:
                break
        finished: list[tuple[Key, Result]] = []
        for future in came:
            result = self._sort(self._running[future], future)
            if result is not None:
                finished.append((self._running[future], result))
        if finished:
            self.ledger.put(finished)
            self.done += len(finished)
        for future in came:
            del self._running[future]
        self.computed += len(came)

    def _sort(self, key: Key, future: Future[bytes]) -> Result | None:
        """The result of a future that ended, or ``None`` with its trouble noted."""
        try:
            packed: dict[str, Any] = msgspec.msgpack.decode(future.result())
            if "result" in packed:
                return Result.from_plain(packed["result"])
            if "exceeded" in packed:
                self.quarantined.append(Trouble(key, str(packed["exceeded"])))
            else:
                self.failed.append(Trouble(key, str(packed["failed"])))
        except Quarantined as error:
            self.quarantined.append(Trouble(key, str(error)))
        except CancelledError:
            self.failed.append(Trouble(key, "it was cancelled"))
        except (msgspec.DecodeError, ValueError, TypeError, KeyError, AttributeError):
            # What comes out of a worker that opened a hostile file is not to be trusted either.
            self.quarantined.append(Trouble(key, "its worker gave something that is no result"))
        except Exception as error:
            self.failed.append(Trouble(key, f"the executor lost it: {type(error).__name__}"))
        return None

    def _tell(self) -> None:
        if self.progress is None:
            return
        elapsed_s = time.monotonic() - self._began_s
        finished = self.done + self.skipped + len(self.quarantined) + len(self.failed)
        left = len(self.tasks) - finished
        left_s = elapsed_s / self.computed * left if self.computed else None
        self.progress(Progress(finished, len(self.tasks), elapsed_s, left_s))
