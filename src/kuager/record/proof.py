"""``proof.json``: shows anyone that one entry is in a log whose checkpoint they hold, without the case.

    {"checkpoint":"<whole note>","consistency":["<hex>",…],"inclusion":["<hex>",…],"line":"<log line>",
     "payload":"<clear payload line>"}

``consistency`` shows that the checkpoint's tree begins with that of the payload's ``at_size`` lines, which an export or
a page holds; it is empty where the payload has none, and where both sizes are the same.
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
    """One clear payload line, its log line, both proofs (leaf side first), and the covering checkpoint's note."""

    payload: bytes
    line: bytes
    inclusion: tuple[bytes, ...]
    consistency: tuple[bytes, ...]
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
                    "consistency": [step.hex() for step in self.consistency],
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

    def extends(self, root: bytes) -> bool:
        """Whether the checkpoint's log begins with the ``at_size`` lines of the payload, whose root is ``root``."""
        known = checkpoint.parse(self.checkpoint).checkpoint
        return merkle.verify_consistency(_at_size(self.payload) or 0, root, known.size, known.root, self.consistency)


def prove(payload: bytes, lines: Sequence[bytes], n: int, note: bytes) -> Proof:
    """The proof that entry ``n`` of ``lines`` (without newlines) is in the log that the checkpoint ``note`` covers."""
    size = checkpoint.parse(note).checkpoint.size
    leaves = [merkle.leaf_hash(line) for line in lines[:size]]
    before = _at_size(payload)
    consistency = merkle.consistency_proof(leaves, before, size) if before else []
    return Proof(payload, lines[n], tuple(merkle.inclusion_proof(leaves, n, size)), tuple(consistency), note)


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
            tuple(_hash(step) for step in value["consistency"]),
            value["checkpoint"].encode("utf-8"),
        )
    except (KeyError, AttributeError, TypeError, ValueError):
        raise ProofError("The proof lacks a part, or a part is not what it should be.") from None


def _at_size(payload: bytes) -> int | None:
    body = canonical.decode(payload).get("body")
    size = body.get("at_size") if isinstance(body, dict) else None
    return size if type(size) is int and size > 0 else None


def _hash(text: str) -> bytes:
    data = bytes.fromhex(text)
    if len(data) != 32 or data.hex() != text:
        raise ValueError("not a hash")
    return data
