"""Entries: the lines of the log, and what a reader gets for one."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from kuager.record.payload import Payload, State

NOTHING_BEFORE = "0" * 64
"""What line 0 says of the line before it."""

_FIXED = len('{"c":"","n":,"p":""}\n') + 128


@dataclass(frozen=True)
class Entry:
    """Entry ``n``: its payload where it can be read, else None, and why; the handle where it is restricted."""

    n: int
    state: State
    payload: Payload | None
    handle: str | None = None


def log_line(commitment: str, n: int, previous: str) -> bytes:
    """Line ``n`` of the log, without its newline."""
    return b'{"c":"%b","n":%d,"p":"%b"}' % (commitment.encode(), n, previous.encode())


def digest(line: bytes) -> str:
    """What the next line says of this one."""
    return sha256(line).hexdigest()


def log_offset(n: int) -> int:
    """Where line ``n`` of any log begins, in bytes: the lines differ only in the digits of their numbers."""
    total, digits, low = n * _FIXED, 1, 0
    while low < n:
        high = min(n, 10**digits)
        total += (high - low) * digits
        low, digits = high, digits + 1
    return total


def committed(line: bytes) -> str:
    """The commitment that a log line holds."""
    return line[6:70].decode("ascii", "replace")
