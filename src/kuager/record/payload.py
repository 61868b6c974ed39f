"""Payloads: what the commitments of the log open to. One line each, clear, restricted, erased or withheld."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from kuager.record import canonical
from kuager.record.canonical import CanonicalError

VERSION = 1
ERASED = b'{"state":"erased"}'
SALT_BYTES = 32
WITHHELD = b'{"state":"withheld"}'

State = Literal["clear", "restricted", "erased", "withheld", "unreadable"]
"""*Unreadable* is no state of the format: the line is damaged, and ``verify`` says how."""

NEVER_SEALED = frozenset({"key_admitted", "key_revoked", "sealed", "settings"})
"""Types that stay clear even in a restricted case: without them nobody could tell whose keys count."""


@dataclass(frozen=True)
class Draft:
    """An entry to be: its type, its body, what it cites, and the handle it is restricted under, if any."""

    type: str
    body: Mapping[str, Any]
    about: Sequence[str] = ()
    seal: str | None = None


@dataclass(frozen=True)
class Payload:
    """A payload read in clear. ``at`` is UTC by the actor's clock, ``actor`` a key id, ``salt`` 64 hex digits."""

    type: str
    actor: str
    at: str
    about: tuple[str, ...]
    body: dict[str, Any] = field(hash=False)
    salt: str = field(repr=False)


def now() -> str:
    """The present second in UTC, as ``at`` has it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clear_line(draft: Draft, actor: str, at: str, salt: bytes | memoryview) -> bytes:
    """The payload line of a draft; ``salt`` is 32 fresh bytes. Raises CanonicalError if the body cannot be written."""
    return canonical.encode(
        {
            "about": sorted(set(draft.about)),
            "actor": actor,
            "at": at,
            "body": draft.body,
            "salt": salt.hex(),
            "type": draft.type,
            "v": VERSION,
        }
    )


def commitment(clear: bytes) -> str:
    """What the log says of a payload: the SHA-256 of its clear line, in hex."""
    return sha256(clear).hexdigest()


def restricted_line(clear: bytes, handle: str, recipient: str) -> bytes:
    """The line that only the holder of the handle's secret can open."""
    from kuager.record import seal

    return _restricted(seal.seal(clear, [recipient]), handle)


def _restricted(age: bytes, handle: str) -> bytes:
    return b'{"age":"%b","key":"%b","state":"restricted"}' % (base64.b64encode(age), handle.encode())


def state_of(line: bytes) -> State:
    """Which of the format's four states a payload line is in. Raises CanonicalError for anything else."""
    if line.startswith(b'{"about":'):
        return "clear"
    if line.startswith(b'{"age":'):
        return "restricted"
    if line == ERASED:
        return "erased"
    if line == WITHHELD:
        return "withheld"
    raise CanonicalError("The line is not a payload in any of its four states.")


def handle_of(line: bytes) -> str:
    """The handle a restricted line is sealed under."""
    return restricted_parts(line)[0]


def restricted_parts(line: bytes) -> tuple[str, bytes]:
    """Handle and age file of a restricted line. Raises CanonicalError unless it is written in its only form."""
    try:
        value = canonical.decode(line)
        handle, text = value["key"], value["age"]
        age = base64.b64decode(text, validate=True)
        again = _restricted(age, handle)
    except (KeyError, TypeError, AttributeError, ValueError, binascii.Error):
        raise CanonicalError("The line is not a restricted payload.") from None
    if again != line:
        raise CanonicalError("The restricted payload is not written in its only form.")
    return handle, age


def read(line: bytes) -> Payload:
    """Reads a clear line. Raises CanonicalError if it is not one, or lacks a field."""
    value = canonical.decode(line)
    try:
        payload = Payload(
            value["type"], value["actor"], value["at"], tuple(value["about"]), value["body"], value["salt"]
        )
    except (KeyError, TypeError):
        raise CanonicalError("The payload lacks a field.") from None
    texts = (payload.type, payload.actor, payload.at, payload.salt, *payload.about)
    if value.get("v") != VERSION or not isinstance(payload.body, dict) or not all(isinstance(x, str) for x in texts):
        raise CanonicalError("The payload is not of version 1.")
    return payload


def has_type(line: bytes, kind: bytes) -> bool:
    """Whether a clear line is of this type, told from its end without reading it."""
    return line.endswith(ends_as(kind))


def ends_as(kind: bytes) -> bytes:
    """How every clear line of this type ends."""
    return b'"type":"' + kind + b'","v":1}'


def actor_of(line: bytes) -> str:
    """The actor of a clear line, told from its beginning without reading it; empty if it has none.

    In a JSON string every quote is escaped, so the first ``],"actor":"`` is the field itself.
    """
    at = line.find(b'],"actor":"')
    return line[at + 11 : at + 43].decode("ascii", "replace") if at >= 0 and line[at + 43 : at + 44] == b'"' else ""
