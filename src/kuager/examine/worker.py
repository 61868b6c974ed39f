"""The worker's end: a process without keys and without network that runs one call after another."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import signal
import sys
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from kuager.instruments.media import confine

# <linux/prctl.h>, <linux/sched.h>
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_NETWORK_EVENTS = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo")


def main(handle: int, memory_bytes: int) -> None:
    """Serve calls over the connection ``handle`` until its other end closes."""
    connection: Connection[Any, Any] = Connection(handle)
    _end_with_driver()
    network = _leave_network()
    confine(memory_bytes, None)
    connection.send_bytes(network.encode())
    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            os._exit(0)
        connection.send_bytes(b"begun")
        answer = _answer(*msgspec.msgpack.decode(message))
        try:
            connection.send_bytes(answer)
        except OSError:
            os._exit(0)


def _answer(memory_bytes: int, payload: bytes) -> bytes:
    try:
        _bound_memory(memory_bytes)
        call, args, kwargs = pickle.loads(payload)
        return msgspec.msgpack.encode(("gave", call(*args, **kwargs)))
    except MemoryError:
        return msgspec.msgpack.encode(("exceeded", ""))
    except BaseException as error:  # a call that exits the interpreter is a failed call, not a dead worker
        return msgspec.msgpack.encode(("raised", f"{type(error).__name__}: {error}"))


def _bound_memory(memory_bytes: int) -> None:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _end_with_driver() -> None:
    """Have the kernel end this process when the driver's thread that started it goes (prctl(2); Linux only)."""
    driver = os.getppid()
    libc = _libc()
    if libc is not None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != driver:
        os._exit(0)


def _leave_network() -> str:
    """Go where there is no network: ``"isolated"`` in a namespace of its own, ``"refused"`` by Python's hooks alone."""
    sys.addaudithook(_refuse_network)
    libc = _libc()
    if libc is None:
        return "refused"
    if os.geteuid() == 0 and libc.unshare(_CLONE_NEWNET) == 0:
        return "isolated"
    uid, gid = os.geteuid(), os.getegid()
    if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return "refused"
    # Keep the same owner inside, or files could not be written.
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with contextlib.suppress(OSError), open(f"/proc/self/{name}", "w") as file:
            file.write(text)
    return "isolated"


def _refuse_network(event: str, args: tuple[Any, ...]) -> None:
    if event in _NETWORK_EVENTS:
        raise PermissionError("a worker has no network")


def _libc() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    return ctypes.CDLL(None, use_errno=True)
