"""The keyring: which keys count at a point of the log, folded from its key entries."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field

from kuager.record.canonical import CanonicalError
from kuager.record.key import key_id
from kuager.record.note import key_hash
from kuager.record.payload import Payload

KEY_TYPES = ("key_admitted", "key_revoked")


@dataclass(frozen=True)
class AdmittedKey:
    """A key that may sign: its id, its public half (32 bytes) and the age recipient that goes with it."""

    id: str
    public_key: bytes
    recipient: str
    role: str


@dataclass
class Keyring:
    """The keys that count now (``active``) and all that ever did (``known``), by key id."""

    active: dict[str, AdmittedKey] = field(default_factory=dict)
    known: dict[str, AdmittedKey] = field(default_factory=dict)

    def apply(self, payload: Payload) -> None:
        """Admits or revokes as the entry says. Raises CanonicalError if it does not say it properly."""
        if payload.type == "key_admitted":
            key = _admitted(payload)
            self.active[key.id] = self.known[key.id] = key
        elif payload.type == "key_revoked":
            self.active.pop(str(payload.body.get("key")), None)

    def by_hash(self, origin: str, wanted: bytes) -> list[AdmittedKey]:
        """The active keys that a signature line with this key hash may be of."""
        return [key for key in self.active.values() if key_hash(origin, key.public_key) == wanted]

    def recipients(self) -> list[str]:
        """To whom secrets are wrapped."""
        return [key.recipient for key in self.active.values()]

    def copy(self) -> Keyring:
        """A keyring that goes its own way."""
        return Keyring(dict(self.active), dict(self.known))


def _admitted(payload: Payload) -> AdmittedKey:
    try:
        public = base64.b64decode(payload.body["public_key"], validate=True)
        recipient, role = payload.body["recipient"], payload.body["role"]
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise CanonicalError("A key entry does not hold a key.") from None
    if len(public) != 32 or not isinstance(recipient, str) or not isinstance(role, str):
        raise CanonicalError("A key entry does not hold a key.")
    return AdmittedKey(key_id(public), public, recipient, role)
