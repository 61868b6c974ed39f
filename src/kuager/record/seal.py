"""Encrypting to people and to things (age, X25519).

An *identity* (``AGE-SECRET-KEY-1…``) opens what was encrypted to its *recipient* (``age1…``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from kuager.errors import KuagerError


class SealError(KuagerError):
    """The material cannot be opened with these identities, or a key is malformed."""


def new_pair() -> tuple[str, str]:
    """A new (identity, recipient)."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(identity: str) -> str:
    """The recipient that belongs to ``identity``. Raises SealError."""
    return str(_identity(identity).to_public())


def seal(data: bytes, recipients: Iterable[str]) -> bytes:
    """An age file holding ``data`` that any of ``recipients`` opens. SealError for malformed or no recipients."""
    import pyrage

    return bytes(pyrage.encrypt(data, _recipients(recipients)))


def open(data: bytes, identities: Iterable[str]) -> bytes:
    """What an age file holds. Raises SealError if none of ``identities`` opens it or if it was changed."""
    import pyrage

    try:
        return bytes(pyrage.decrypt(data, [_identity(identity) for identity in identities]))
    except pyrage.DecryptError as error:
        raise _unopened(error) from None


def seal_file(source: BinaryIO, target: BinaryIO, recipients: Iterable[str]) -> None:
    """Encrypts ``source`` to its end into ``target``, in constant memory. Raises SealError and the files' OSError."""
    import pyrage

    watched_source, watched_target = _Watched(source), _Watched(target)
    try:
        pyrage.encrypt_io(watched_source, watched_target, _recipients(recipients))
    except (pyrage.EncryptError, OSError) as error:
        raise watched_source.failed or watched_target.failed or error from None


def open_file(source: BinaryIO, target: BinaryIO, identities: Iterable[str]) -> None:
    """Decrypts ``source`` into ``target``, in constant memory.

    Raises the files' OSError, and SealError: then ``target`` may hold the unchanged beginning of the material.
    """
    import pyrage

    watched_source, watched_target = _Watched(source), _Watched(target)
    try:
        pyrage.decrypt_io(watched_source, watched_target, [_identity(identity) for identity in identities])
    except (pyrage.DecryptError, OSError) as error:
        raise watched_source.failed or watched_target.failed or _unopened(error) from None


class _Watched:
    """A file that remembers its own failure: the library passes it on as text, or as its own error."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failed: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._file.read(size)
        except OSError as error:
            self.failed = error
            raise

    def write(self, data: bytes) -> int:
        try:
            return self._file.write(data)
        except OSError as error:
            self.failed = error
            raise

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError as error:
            self.failed = error
            raise


def _recipients(recipients: Iterable[str]) -> list[Any]:
    import pyrage

    try:
        found = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError:
        raise SealError("A recipient is not an age X25519 key (age1…).") from None
    if not found:
        raise SealError("There is no one to encrypt to.")
    return found


def _identity(identity: str) -> Any:
    import pyrage

    try:
        return pyrage.x25519.Identity.from_str(identity)
    except pyrage.IdentityError:
        raise SealError("An identity is not an age X25519 secret key.") from None


def _unopened(error: Exception) -> SealError:
    return SealError(
        f"The material could not be opened: {error}",
        "It opens only with the key of a person admitted to the case; if you hold one, the file may have been changed.",
    )
