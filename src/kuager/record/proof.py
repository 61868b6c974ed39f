"""``proof.json``: shows anyone that one entry is in a log whose checkpoint they hold, without the case.

    {"checkpoint":"<whole note>","inclusion":["<hex>",…],"line":"<log line>","payload":"<clear payload line>"}
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from kuager.errors import UnreadableError
from kuager.record import canonical, checkpoint, merkle
from kuager.record.checkpoint import SignedCheckpoint


class ProofError(UnreadableError):
    """The proof is malformed, or does not prove what it says."""


@dataclass(frozen=True)
class Proof:
    """One clear payload line, its log line, the inclusion proof (leaf side first), the covering checkpoint's note."""

    payload: bytes
    line: bytes
    inclusion: tuple[bytes, ...]
    checkpoint: bytes

    @property
    def n(self) -> int:
        """The number of the entry."""
        return int(canonical.decode(self.line)["n"])

    def encode(self) -> bytes:
        """The bytes of ``proof.json``: canonical JSON and a newline."""
        return (
            canonical.encode(
                {
                    "checkpoint": self.checkpoint.decode("utf-8"),
                    "inclusion": [step.hex() for step in self.inclusion],
                    "line": self.line.decode("ascii"),
                    "payload": self.payload.decode("utf-8"),
                }
            )
            + b"\n"
        )

    def check(self) -> SignedCheckpoint:
        """The checkpoint under which the entry is proved; its signature is the caller's to verify.

        Raises ProofError, CanonicalError and NoteError.
        """
        line = canonical.decode(self.line)
        if sorted(line) != ["c", "n", "p"] or type(line["n"]) is not int:
            raise ProofError("The proof's log line is not a log line.")
        if hashlib.sha256(self.payload).hexdigest() != line["c"]:
            raise ProofError("The proof's payload is not the one its log line commits to.")
        signed = checkpoint.parse(self.checkpoint)
        size, root = signed.checkpoint.size, signed.checkpoint.root
        if not merkle.verify_inclusion(merkle.leaf_hash(self.line), line["n"], size, self.inclusion, root):
            raise ProofError("The proof's log line is not in the log under its checkpoint.")
        return signed


def prove(payload: bytes, lines: Sequence[bytes], n: int, note: bytes) -> Proof:
    """The proof that entry ``n`` of ``lines`` (without newlines) is in the log that the checkpoint ``note`` covers."""
    size = checkpoint.parse(note).checkpoint.size
    leaves = [merkle.leaf_hash(line) for line in lines[:size]]
    return Proof(payload, lines[n], tuple(merkle.inclusion_proof(leaves, n, size)), note)


def decode(data: bytes) -> Proof:
    """Reads ``proof.json``. Raises ProofError or CanonicalError."""
    if not data.endswith(b"\n"):
        raise ProofError("The proof is cut short.")
    value = canonical.decode(data[:-1])
    try:
        return Proof(
            value["payload"].encode("utf-8"),
            value["line"].encode("ascii"),
            tuple(_hash(step) for step in value["inclusion"]),
            value["checkpoint"].encode("utf-8"),
        )
    except (KeyError, AttributeError, TypeError, ValueError):
        raise ProofError("The proof lacks a part, or a part is not what it should be.") from None


def _hash(text: str) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != 32 or data.hex() != text:
        raise ValueError("not a hash")
    return data
