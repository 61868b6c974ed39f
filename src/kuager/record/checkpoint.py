"""Checkpoints: signed statements of a log's size and root (C2SP tlog-checkpoint in a C2SP signed note).

kuager/<SHA-256 of log line 0>
<size>
<base64 of the RFC 9162 root>

— kuager/<SHA-256 of log line 0> <base64 of (4-byte key hash ‖ Ed25519 signature)>
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kuager.record import note
from kuager.record.key import Signer, verify_signature
from kuager.record.note import Note, NoteError, Signature

LINES = 5
"""A checkpoint is this many lines; ``checkpoints.log`` is nothing but checkpoints."""

_ORIGIN = re.compile(r"kuager/[0-9a-f]{64}")
_SIZE = re.compile(r"[1-9][0-9]{0,15}")


@dataclass(frozen=True)
class Checkpoint:
    """The log with this origin has this root (32 bytes) over its first ``size`` lines."""

    origin: str
    size: int
    root: bytes

    def body(self) -> bytes:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode('ascii')}\n".encode()

    def sign(self, signer: Signer) -> bytes:
        """The whole note, five lines."""
        body = self.body()
        signature = Signature(self.origin, note.key_hash(self.origin, signer.public_key), signer.sign(body))
        return note.format(Note(body.decode("ascii"), (signature,)))


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint with the one signature that stands under it, not yet verified."""

    checkpoint: Checkpoint
    key_hash: bytes
    signature: bytes
    note: bytes

    def verify(self, public_key: bytes) -> bool:
        """Whether the holder of this key (32 bytes) signed it."""
        if self.key_hash != note.key_hash(self.checkpoint.origin, public_key):
            return False
        return verify_signature(public_key, self.signature, self.checkpoint.body())


def origin(first_line: bytes) -> str:
    """The origin of the log that begins with this line (without its newline)."""
    return "kuager/" + hashlib.sha256(first_line).hexdigest()


def parse(data: bytes) -> SignedCheckpoint:
    """Reads one checkpoint note. Checks its form, not its signature. Raises NoteError."""
    signed = note.parse(data)
    lines = signed.text.split("\n")
    if len(lines) != 4 or len(signed.signatures) != 1:
        raise NoteError("A checkpoint has three lines and one signature.")
    name, size, encoded_root = lines[:3]
    signature = signed.signatures[0]
    if not _ORIGIN.fullmatch(name) or signature.name != name:
        raise NoteError("The checkpoint does not name its log as its origin and signer.")
    if not _SIZE.fullmatch(size):
        raise NoteError("The checkpoint's size is not a whole number of lines.")
    root = note.exact_base64(encoded_root)
    if len(root) != 32 or len(signature.signature) != 64:
        raise NoteError("The checkpoint's root or signature has the wrong length.")
    return SignedCheckpoint(Checkpoint(name, int(size), root), signature.key_hash, signature.signature, data)


def split(data: bytes) -> Iterator[bytes]:
    """The notes of a ``checkpoints.log``, five lines each; the last may be torn and then lacks lines."""
    lines = list(io.BytesIO(data))
    for at in range(0, len(lines), LINES):
        yield b"".join(lines[at : at + LINES])
