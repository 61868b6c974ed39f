"""Keys of people: who signs, and how a key is named and written.

A person's key is an Ed25519 pair (it signs) with an age X25519 pair (it opens what is restricted). Code that signs
knows only the ``Signer`` protocol, so that a key may live in a file today and in an agent or a server tomorrow.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from kuager.record import note, seal
from kuager.record.note import NoteError

_HASH = re.compile(r"[0-9a-f]{8}")


class Signer(Protocol):
    """Someone who can sign for a person."""

    @property
    def key_id(self) -> str:
        """The first 32 hex characters of SHA-256(public key)."""

    @property
    def public_key(self) -> bytes:
        """32 bytes, Ed25519 (RFC 8032)."""

    @property
    def recipient(self) -> str:
        """The age recipient (``age1…``) to which secrets for this person are encrypted."""

    def sign(self, message: bytes) -> bytes:
        """The 64-byte Ed25519 signature over ``message``."""


class FileSigner:
    """A signer whose secrets are in memory, read from files of ``KUAGER_HOME`` (see ``home``)."""

    def __init__(self, seed: bytes, identity: str) -> None:
        """``seed``: the 32-byte Ed25519 private key. ``identity``: the age identity, ``AGE-SECRET-KEY-1…``."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self._identity = identity
        self._public_key = self._private.public_key().public_bytes_raw()

    @property
    def public_key(self) -> bytes:
        return self._public_key

    @cached_property
    def key_id(self) -> str:
        return key_id(self._public_key)

    @cached_property
    def recipient(self) -> str:
        return seal.recipient_of(self._identity)

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)

    def __repr__(self) -> str:
        return f"FileSigner(key_id={self.key_id!r})"


@dataclass(frozen=True)
class VerifierKey:
    """A key as others hold it: the C2SP form ``<name>+<8 hex of key hash>+<base64 of (0x01 ‖ public key)>``."""

    name: str
    public_key: bytes

    @property
    def key_hash(self) -> bytes:
        return note.key_hash(self.name, self.public_key)

    def __str__(self) -> str:
        encoded = base64.b64encode(bytes([note.ED25519]) + self.public_key).decode("ascii")
        return f"{self.name}+{self.key_hash.hex()}+{encoded}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Reads the C2SP form; surrounding white space is ignored. Raises NoteError."""
        name, _, rest = text.strip().partition("+")
        hash_, gap, encoded = rest.partition("+")
        if not gap or not note.is_name(name) or not _HASH.fullmatch(hash_):
            raise NoteError("This is not a verifier key (name+hash+key).")
        data = note.exact_base64(encoded)
        if len(data) != 33 or data[0] != note.ED25519:
            raise NoteError("The verifier key is not an Ed25519 key.")
        key = cls(name, data[1:])
        if key.key_hash.hex() != hash_:
            raise NoteError("The verifier key's hash does not fit its name and key; it may have been mistyped.")
        return key


def key_id(public_key: bytes) -> str:
    """How a key is named in payloads: the first 32 hex characters of SHA-256(public key)."""
    return hashlib.sha256(public_key).hexdigest()[:32]


def verify_signature(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` over ``message`` is by ``public_key`` (Ed25519, RFC 8032). Malformed keys give False."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
