"""A local executor whose workers may be killed, hang or run out of memory without anything being lost.

One thread of the driver looks after each worker process: it starts it clean, hands it one call at a time, ends it when
the call outlasts its limit, and starts another when it dies. A call whose worker died is tried again in a fresh one; a
call that keeps taking its worker down is set aside as :class:`Quarantined`, and no other call is touched by it.

What comes back from a worker is MessagePack of plain data and never a pickle: a worker taken over by the file it reads
must not reach the driver.
"""

from __future__ import annotations

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass
from typing import Any, TypeVar

from kuager.examine.task import Limits
from kuager.examine.worker_process import WorkerDied, WorkerProcess, WorkerTimedOut

T = TypeVar("T")

# A crash is the call's own doing: once more, in case it was the worker's state, then aside.
ATTEMPTS_AFTER_CRASH = 2
# SIGKILL and SIGTERM come from outside as well (an operator, the kernel short of memory): more patience with these, or
# a machine on which workers are killed at random would set healthy items aside.
ATTEMPTS_AFTER_KILL = 5
_FROM_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM)


class Quarantined(Exception):
    """The call took its worker down, or did not end within its limits."""


class CallFailed(Exception):
    """The call raised, inside its worker; the message names type and text of what it raised."""


@dataclass
class _Job:
    future: Future[Any]
    payload: bytes
    limits: Limits
    taken: bool = False
    deaths: int = 0


class Pool(Executor):
    """``workers`` processes (default: one for each processor). Calls must be importable and give plain data.

    A call whose first argument has an attribute ``limits`` is held to it, others to the pool's ``limits``, whose
    memory is also the ceiling for all. ``started`` counts the workers started so far.
    """

    def __init__(self, workers: int | None = None, limits: Limits | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.limits = limits or Limits()
        self.started = 0
        self._jobs: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._killed = False
        self._threads: list[threading.Thread] = []
        self._processes: dict[int, WorkerProcess] = {}

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Queue a call. Raises ``RuntimeError`` after ``shutdown``."""
        limits = getattr(args[0], "limits", None) if args else None
        job = _Job(Future(), pickle.dumps((fn, args, kwargs)), limits if isinstance(limits, Limits) else self.limits)
        with self._changed:
            if self._closing:
                raise RuntimeError("the pool is shut down")
            self._jobs.append(job)
            if len(self._threads) < self.workers:
                self._add_thread()
            self._changed.notify()
        return job.future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls and end the workers when the queue is empty."""
        with self._changed:
            self._closing = True
            if cancel_futures:
                for job in self._jobs:
                    job.future.cancel()
            self._changed.notify_all()
        if wait:
            for thread in self._threads:
                thread.join()

    def kill(self) -> None:
        """End the workers now; what was queued or running is cancelled."""
        with self._changed:
            self._killed = True
        self.shutdown(wait=False, cancel_futures=True)
        for thread in self._threads:
            while thread.is_alive():  # it may be starting a worker just now
                for process in list(self._processes.values()):
                    process.signal()
                thread.join(0.05)

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: object) -> None:
        # An interrupted run must not wait for what its workers have in hand.
        if kind is not None:
            self.kill()
        else:
            self.shutdown()

    def pids(self) -> list[int]:
        """Process ids of the workers that live now."""
        return [process.pid for process in list(self._processes.values())]

    def _add_thread(self) -> None:
        index = len(self._threads)
        thread = threading.Thread(target=self._look_after, args=(index,), name=f"pool-{index}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _look_after(self, index: int) -> None:
        try:
            while (job := self._next_job()) is not None:
                if job.taken or job.future.set_running_or_notify_cancel():
                    job.taken = True
                    try:
                        self._attempt(index, job)
                    except BaseException as error:  # a fault of the pool itself must reach whoever waits
                        job.future.set_exception(error)
        finally:
            process = self._processes.pop(index, None)
            if process is not None:
                process.end()

    def _next_job(self) -> _Job | None:
        with self._changed:
            while not self._jobs:
                if self._closing:
                    return None
                self._changed.wait()
            return self._jobs.popleft()

    def _attempt(self, index: int, job: _Job) -> None:
        """Run a job once and settle it, or put it back."""
        try:
            process = self._process(index)
        except OSError as error:
            job.future.set_exception(BrokenExecutor(f"no worker can be started: {error}"))
            return
        try:
            kind, content = process.call(job.payload, job.limits)
        except WorkerTimedOut:
            self._drop(index)
            job.future.set_exception(Quarantined(f"took longer than {job.limits.wall_s:g} s"))
        except WorkerDied as death:
            self._drop(index)
            self._after_death(job, death)
        else:
            if kind == "gave":
                job.future.set_result(content)
            elif kind == "exceeded":
                self._drop(index)  # its heap may be left in any state
                job.future.set_exception(Quarantined(f"needed more than {job.limits.memory_bytes >> 20} MiB"))
            else:
                job.future.set_exception(CallFailed(content))

    def _after_death(self, job: _Job, death: WorkerDied) -> None:
        if self._killed:
            job.future.set_exception(CancelledError())
            return
        job.deaths += death.begun  # a worker that died idle is not the job's doing
        allowed = ATTEMPTS_AFTER_KILL if death.status in _FROM_OUTSIDE else ATTEMPTS_AFTER_CRASH
        if death.begun and job.deaths >= allowed:
            job.future.set_exception(Quarantined(f"ended its worker {job.deaths} times ({death.told()})"))
            return
        with self._changed:
            # Behind the others: what may be poison waits until they have had their turn.
            self._jobs.append(job)
            self._changed.notify()

    def _process(self, index: int) -> WorkerProcess:
        """The thread's worker, started if need be; one that is killed while it starts is started again."""
        for tries_left in reversed(range(ATTEMPTS_AFTER_KILL)):
            if index in self._processes:
                break
            with self._changed:
                self.started += 1
            try:
                self._processes[index] = WorkerProcess(self.limits.memory_bytes)
            except OSError:
                if not tries_left:
                    raise
        return self._processes[index]

    def _drop(self, index: int) -> None:
        self._processes.pop(index).kill()
