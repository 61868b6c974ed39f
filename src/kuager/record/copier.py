"""Copiers: processes that copy files into staging, so that reading and hashing never wait for who writes the log.

A copier holds no key and no lock and ends with its driver. One that dies is no loss: what it had in hand is copied by
the driver itself.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Self

import msgspec

from kuager.record.copying import CaseDiskError, Copied, copy

_LARGEST = 1 << 26
_TELL_BYTES = 16 << 20
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH")
_BOOT = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from kuager.record.copier import serve; serve()"
_PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


@dataclass(frozen=True)
class Job:
    """A file to copy: where it is, where it goes, whom it is encrypted for."""

    path: str
    target: str
    recipient: str | None


Outcome = tuple[list[Copied], OSError | None]
"""What was copied, in order, up to where the case's own disk refused, and how it did."""


class Copiers:
    """Copies files, in as many processes as there are ``threads`` that ask once the work is worth their start.

    Until ``worth`` bytes were asked for, and wherever a process cannot be started, the asking thread copies.
    """

    def __init__(self, threads: int, worth: int) -> None:
        self._left = worth
        self._idle: SimpleQueue[_Copier | None] = SimpleQueue()
        for _ in range(threads):
            self._idle.put(None)
        self._threads = threads

    def copy(self, jobs: Sequence[Job], bytes_: int, on_bytes: Callable[[int], None]) -> Outcome:
        """Copies files, told to hold ``bytes_`` together."""
        copier = self._idle.get()
        try:
            self._left -= bytes_
            if copier is None and self._left < 0:
                copier = _started()
            if copier is None:
                return _copy_all(jobs, on_bytes)
            try:
                return copier.copy(jobs, on_bytes)
            except (OSError, EOFError, msgspec.DecodeError):
                copier.end()
                copier = None
                for job in jobs:  # what it left half-made makes room
                    with suppress(FileNotFoundError):
                        os.unlink(job.target)
                return _copy_all(jobs, on_bytes)
        finally:
            self._idle.put(copier)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        for _ in range(self._threads):
            copier = self._idle.get()
            if copier is not None:
                copier.end()


class _Copier:
    """A copier process, seen from its driver."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _BOOT, json.dumps(sys.path), str(theirs.fileno()), str(os.getpid())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
                start_new_session=True,  # Ctrl-C goes to the driver alone
            )
        self._connection: Connection[Any, Any] = Connection(ours.detach())

    def copy(self, jobs: Sequence[Job], on_bytes: Callable[[int], None]) -> Outcome:
        """Raises OSError, EOFError or msgspec.DecodeError where the process fails."""
        asked = [(os.fsencode(job.path), os.fsencode(job.target), job.recipient) for job in jobs]
        self._connection.send_bytes(msgspec.msgpack.encode((os.getcwdb(), asked)))
        while True:
            count, copied, refused = msgspec.msgpack.decode(self._connection.recv_bytes(_LARGEST))
            on_bytes(count)
            if copied is not None:
                return [
                    Copied(job.path, job.target if staged else None, *learnt)
                    for job, (staged, *learnt) in zip(jobs, copied, strict=False)
                ], OSError(*refused) if refused else None

    def end(self) -> None:
        """Lets the process go; without a driver it ends by itself."""
        self._connection.close()
        try:
            self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _started() -> _Copier | None:
    try:
        return _Copier()
    except OSError:
        return None


def _copy_all(jobs: Sequence[Job], on_bytes: Callable[[int], None]) -> Outcome:
    copied: list[Copied] = []
    try:
        for job in jobs:
            copied.append(copy(job.path, job.target, job.recipient, on_bytes))
    except CaseDiskError as error:
        return copied, error.error
    return copied, None


def serve() -> None:
    """The copier's end: copies what it is asked to until its driver is gone."""
    connection: Connection[Any, Any] = Connection(int(sys.argv[2]))
    _end_with(int(sys.argv[3]))
    took = _Took(connection)
    with suppress(EOFError, OSError):
        while True:
            folder, asked = msgspec.msgpack.decode(connection.recv_bytes(_LARGEST))
            os.chdir(folder)
            copied, refused = _copy_all([Job(os.fsdecode(a), os.fsdecode(b), to) for a, b, to in asked], took)
            told = [(one.staged is not None, *astuple(one)[2:]) for one in copied]
            took.tell(told, (refused.errno, refused.strerror) if refused else None)
    os._exit(0)


class _Took:
    """Tells the driver now and then how many bytes were read."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._untold = 0

    def __call__(self, count: int) -> None:
        self._untold += count
        if self._untold >= _TELL_BYTES:
            self.tell()

    def tell(self, copied: object = None, refused: object = None) -> None:
        """Tells, at the end of a task, what was copied too."""
        self._connection.send_bytes(msgspec.msgpack.encode((self._untold, copied, refused)))
        self._untold = 0


def _end_with(driver: int) -> None:
    """Ends this process when its driver dies, even where it is killed."""
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != driver:
            os._exit(0)
