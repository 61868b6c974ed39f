"""The driver's end of one worker process: start it clean, call it, notice its death, end it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from kuager.examine.task import Limits

_START_S = 60.0
_LARGEST_ANSWER = 1 << 28
# All that a worker gets of the environment: nothing that names a key, a case or a person.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "NUMBA_CACHE_DIR")
_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    "from kuager.examine.worker import main; main(int(sys.argv[2]), int(sys.argv[3]))"
)


class WorkerDied(Exception):
    """``status``: the exit status, negative for a signal, ``None`` unknown; ``begun``: whether it had the call."""

    def __init__(self, status: int | None, begun: bool) -> None:
        super().__init__(status, begun)
        self.status, self.begun = status, begun

    def told(self) -> str:
        if self.status is None:
            return "it gave no readable answer"
        if self.status >= 0:
            return f"exit status {self.status}"
        with contextlib.suppress(ValueError):
            return signal.Signals(-self.status).name
        return f"signal {-self.status}"


class WorkerTimedOut(Exception):
    """The call outlasted its wall time; the worker still runs it."""


class WorkerProcess:
    """A worker, started. ``memory_bytes`` is the ceiling for all its calls. Raises ``OSError`` if it will not start."""

    def __init__(self, memory_bytes: int) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", _BOOT, json.dumps(sys.path), str(theirs.fileno()), str(memory_bytes)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,  # Ctrl-C goes to the driver alone
            )
        self._connection: Connection[Any, Any] = Connection(ours.detach())
        self.pid = self._process.pid
        try:
            if not self._connection.poll(_START_S):
                raise EOFError
            self.network: str = self._connection.recv_bytes(64).decode()
        except (EOFError, OSError):
            self.kill()
            raise OSError(f"a worker did not start (exit status {self._process.returncode})") from None

    def call(self, payload: bytes, limits: Limits) -> tuple[str, Any]:
        """Have a call run: ``("gave", data)``, ``("raised", text)`` or ``("exceeded", text)``.

        Raises ``WorkerDied``, ``WorkerTimedOut``; the worker is then to be killed.
        """
        begun = False
        try:
            self._connection.send_bytes(msgspec.msgpack.encode([limits.memory_bytes, payload]))
            self._connection.recv_bytes(8)
            begun = True
            if not self._connection.poll(limits.wall_s):
                raise WorkerTimedOut
            answer = msgspec.msgpack.decode(self._connection.recv_bytes(_LARGEST_ANSWER))
            kind, content = answer
        except (EOFError, OSError):
            raise WorkerDied(self._status(), begun) from None
        except (msgspec.DecodeError, ValueError, TypeError):
            raise WorkerDied(None, begun) from None
        return str(kind), content

    def signal(self) -> None:
        """Tell it to end, from any thread; the thread that looks after it notices."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    def kill(self) -> None:
        """End it now."""
        self.signal()
        self._process.wait()
        self._connection.close()

    def end(self) -> None:
        """Let it go: with its connection closed it ends by itself."""
        self._connection.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _status(self) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(5)
        return None


def _environment() -> dict[str, str]:
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # Workers stand side by side, one for each processor: threads inside them would only contend.
    return passed | {"HOME": "/nonexistent", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
