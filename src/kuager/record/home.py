"""``KUAGER_HOME``: the keys of a person, and the receipts of cases they have seen.

keys/default/signing.pem    Ed25519, PKCS #8 (``openssl pkey`` reads it)
keys/default/identity.txt   age identity (``age -i`` reads it)
keys/<any other name>/…     earlier keys, kept because they still open what was encrypted to them
receipts/<64 hex>.note      the newest checkpoint seen of the log with this origin
authorities.pem             certificates of the time-stamp authorities this person asked
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
import tempfile
from pathlib import Path

from kuager.errors import KuagerError
from kuager.record import checkpoint, seal
from kuager.record.key import FileSigner
from kuager.record.note import NoteError

_DEFAULT = "default"
_SIGNING = "signing.pem"
_IDENTITY = "identity.txt"


class KeyFileError(KuagerError):
    """A person's key cannot be made or read."""


class Home:
    """The folder that holds a person's keys and receipts; made when something is first kept in it."""

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        self.path = Path(path) if path is not None else default_path()

    def signer(self) -> FileSigner:
        """The person's key, made on first use. Two processes that make it at once get the same. KeyFileError."""
        folder = self.path / "keys" / _DEFAULT
        if not folder.is_dir():
            _make_key(folder)
        return FileSigner(_read_seed(folder / _SIGNING), _read_identity(folder / _IDENTITY))

    def has_signer(self) -> bool:
        """Whether a key has been made."""
        return (self.path / "keys" / _DEFAULT).is_dir()

    def identities(self) -> list[str]:
        """The age identities of all keys kept here, the current one first; none if no key was made yet."""
        folder = self.path / "keys"
        names = sorted(entry.parent.name for entry in folder.glob(f"[!.]*/{_IDENTITY}"))
        names.sort(key=lambda name: name != _DEFAULT)
        return [_read_identity(folder / name / _IDENTITY) for name in names]

    def keep(self, origin: str, note: bytes) -> bool:
        """Keeps a verified checkpoint as a receipt if it is newer than the one kept. False if it was not kept.

        A receipt that cannot be written (a read-only home) is not an error: it only anchors less.
        """
        target = self._receipt(origin)
        try:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(target.parent / ".lock", "ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                kept = self.newest(origin)
                if kept is not None and _size(kept) >= _size(note):
                    return False
                aside = target.with_suffix(".new")
                aside.write_bytes(note)
                os.replace(aside, target)
        except OSError:
            return False
        return True

    def newest(self, origin: str) -> bytes | None:
        """The newest receipt kept of the log with this origin; None if there is none that can be read."""
        try:
            note = self._receipt(origin).read_bytes()
            return note if checkpoint.parse(note).checkpoint.origin == origin else None
        except (OSError, NoteError):
            return None

    @property
    def authorities(self) -> Path:
        """PEM file of the time-stamp authorities this person chose to ask; may be absent."""
        return self.path / "authorities.pem"

    def trust_authority(self, certificates: bytes) -> None:
        """Adds PEM certificates to ``authorities`` unless they are there. Raises OSError."""
        known = self.authorities.read_bytes() if self.authorities.exists() else b""
        if certificates not in known:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            aside = self.authorities.with_suffix(f".{os.getpid()}")
            aside.write_bytes(known + certificates)
            os.replace(aside, self.authorities)

    def _receipt(self, origin: str) -> Path:
        digest = origin.removeprefix("kuager/")
        if len(digest) != 64 or not digest.isalnum():
            raise ValueError("not the origin of a case")
        return self.path / "receipts" / f"{digest}.note"


def default_path() -> Path:
    """``$KUAGER_HOME``, else the platform's configuration folder."""
    given = os.environ.get("KUAGER_HOME")
    if given:
        return Path(given)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "kuager"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "kuager"


def _size(note: bytes) -> int:
    return checkpoint.parse(note).checkpoint.size


def _make_key(folder: Path) -> None:
    """Makes a key pair beside ``folder`` and renames it there whole; whoever is first wins."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    identity, recipient = seal.new_pair()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
        try:
            _write_secret(aside / _SIGNING, pem)
            _write_secret(aside / _IDENTITY, f"# public key: {recipient}\n{identity}\n".encode("ascii"))
            _sync_folder(aside)
            os.rename(aside, folder)
            _sync_folder(folder.parent)
        except OSError:
            shutil.rmtree(aside, ignore_errors=True)
            if not folder.is_dir():
                raise
    except OSError as error:
        raise KeyFileError(
            f"Your key could not be made in {folder.parent}: {error.strerror}.",
            "Set KUAGER_HOME to a folder you can write to.",
        ) from None


def _write_secret(path: Path, data: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read_seed(path: Path) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise _unreadable(path, error) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise _unreadable(path, ValueError("it is not an Ed25519 key"))
    return private.private_bytes_raw()


def _read_identity(path: Path) -> str:
    try:
        lines = path.read_text("ascii").splitlines()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    for line in lines:
        if line.startswith("AGE-SECRET-KEY-1"):
            return line.strip()
    raise _unreadable(path, ValueError("it holds no age identity"))


def _unreadable(path: Path, error: Exception) -> KeyFileError:
    return KeyFileError(
        f"The key file {path} cannot be read: {error}",
        "Restore it from a copy, or move its folder aside to be given a new key.",
    )
