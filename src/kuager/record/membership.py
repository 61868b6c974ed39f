"""Membership: admitting people's keys to a case and revoking them, by entries that an admitted key signs."""

from __future__ import annotations

import base64

from kuager.errors import KuagerError, UsageError
from kuager.record.case import Case, write_key
from kuager.record.commit import Act, Commit, cannot_write
from kuager.record.key import key_id
from kuager.record.payload import Draft


def admit(case: Case, public_key: bytes, recipient: str, role: str) -> Commit:
    """Admits a key (Ed25519, 32 bytes, and its age recipient). It counts from the next commit on. KuagerError.

    The secrets of things that the caller can open are wrapped to it too.
    """
    encoded = base64.b64encode(public_key).decode("ascii")
    body = {"public_key": encoded, "recipient": recipient, "role": role}
    with case.exclusively() as held:
        if len(public_key) != 32 or key_id(public_key) in case.tip.keyring.active:
            raise UsageError("This is not a key that could be admitted: malformed, or admitted already.")
        commit = held.commit(Act(case.prepare([Draft("key_admitted", body)])))
        _wrap_again(case)
    return commit


def revoke(case: Case, key: str, because: str) -> Commit:
    """Ends a key, by its id; it counts no more from the next commit on. Raises KuagerError.

    Secrets that the caller can open are wrapped again without it. What its holder has copied stays open to them.
    """
    with case.exclusively() as held:
        if key not in case.tip.keyring.active or len(case.tip.keyring.active) == 1:
            raise UsageError("This key is not admitted to the case, or is the only one.")
        commit = held.commit(Act(case.prepare([Draft("key_revoked", {"key": key, "because": because})])))
        _wrap_again(case)
    return commit


def _wrap_again(case: Case) -> None:
    recipients = case.tip.keyring.recipients()
    for path in sorted((case.folder / "keys").glob("*.age")):
        try:
            secret = case.secret(path.stem)
        except KuagerError:
            continue
        try:
            write_key(path.parent, path.stem, secret, recipients)
        except OSError as error:
            raise cannot_write(error) from None
