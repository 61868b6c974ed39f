"""Signed notes (C2SP signed-note): a text and the lines that sign it.

    text, every line ended by a newline
    (an empty line)
    — <name> <base64 of (4-byte key hash ‖ signature)>

A note is accepted only if writing what was read gives the same bytes. Base64 decoders take several spellings of the
last character of a signature for the same bytes; this rule leaves one.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from kuager.errors import UnreadableError

ED25519 = 0x01
"""The signature type of plain Ed25519 in key hashes and verifier keys."""

LARGEST_NOTE = 1_000_000
"""Bytes; longer notes are refused unread, as C2SP advises."""

_DASH = "— "


class NoteError(UnreadableError):
    """The bytes are not a signed note, a checkpoint or a verifier key as this format has them."""


@dataclass(frozen=True)
class Signature:
    """One signature line: who (a name without space or plus), with which key, and the signature's bytes."""

    name: str
    key_hash: bytes
    signature: bytes


@dataclass(frozen=True)
class Note:
    """A text, which ends in a newline, and at least one signature over its UTF-8 bytes."""

    text: str
    signatures: tuple[Signature, ...]


def format(note: Note) -> bytes:
    """The bytes of a note."""
    lines = [
        f"{_DASH}{line.name} {base64.b64encode(line.key_hash + line.signature).decode('ascii')}\n"
        for line in note.signatures
    ]
    return (note.text + "\n" + "".join(lines)).encode("utf-8")


def parse(data: bytes) -> Note:
    """Reads a note. Checks its form, not its signatures. Raises NoteError."""
    if len(data) > LARGEST_NOTE:
        raise NoteError("The note is longer than any note should be.")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteError("The note is not UTF-8.") from None
    if any(character < " " and character != "\n" for character in whole):
        raise NoteError("The note holds control characters.")
    head, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NoteError("The note has no signature lines.")
    note = Note(head + "\n", tuple(_signature(line) for line in tail[:-1].split("\n")))
    if format(note) != data:
        raise NoteError("The note is not written in its only accepted form.")
    return note


def key_hash(name: str, public_key: bytes) -> bytes:
    """The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key): tells keys apart, proves nothing."""
    return hashlib.sha256(name.encode("utf-8") + b"\n" + bytes([ED25519]) + public_key).digest()[:4]


def is_name(name: str) -> bool:
    """Whether ``name`` may stand in a signature line: not empty, no Unicode space, no plus."""
    return bool(name) and "+" not in name and not any(character.isspace() for character in name)


def exact_base64(text: str) -> bytes:
    """Decodes base64 that is spelled in its only accepted way. Raises NoteError otherwise."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError("The base64 is broken.") from None
    if base64.b64encode(data).decode("ascii") != text:
        raise NoteError("The base64 is not spelled in its only accepted way.")
    return data


def _signature(line: str) -> Signature:
    if not line.startswith(_DASH):
        raise NoteError("A line after the note's text is not a signature.")
    name, gap, encoded = line[len(_DASH) :].partition(" ")
    data = exact_base64(encoded)
    if not gap or not is_name(name) or len(data) < 5:
        raise NoteError("A signature line does not hold a name and a signature.")
    return Signature(name, data[:4], data[4:])
