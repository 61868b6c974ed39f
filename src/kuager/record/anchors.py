"""Anchors: checkpoints and keys that someone holds elsewhere, and stamps of a third party."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kuager.errors import UnreadableError
from kuager.record import checkpoint
from kuager.record.checkpoint import SignedCheckpoint
from kuager.record.home import Home
from kuager.record.key import VerifierKey, key_id
from kuager.record.note import NoteError
from kuager.record.verified import Anchor, Report
from kuager.record.verify_log import LogCheck

_SIZE_AND_ROOT = re.compile(r"([1-9][0-9]{0,15}):([0-9a-fA-F]{64})")


@dataclass(frozen=True)
class Known:
    """What someone knows of a case from elsewhere: a checkpoint, a size with its root, or a key."""

    where: str
    size: int | None = None
    root: bytes | None = None
    signed: SignedCheckpoint | None = None
    public_key: bytes | None = None

    @property
    def key_id(self) -> str | None:
        """The id of the key, where it is one."""
        return key_id(self.public_key) if self.public_key else None

    @classmethod
    def of_note(cls, data: bytes, where: str) -> Known:
        """A whole signed note. Raises NoteError."""
        signed = checkpoint.parse(data)
        return cls(where, signed.checkpoint.size, signed.checkpoint.root, signed)


def read_known(given: str | os.PathLike[str]) -> Known:
    """Reads what ``--known`` was given: a file with a note or a verifier key, or ``SIZE:ROOT``. UnreadableError."""
    text = os.fspath(given)
    stated = _SIZE_AND_ROOT.fullmatch(text)
    if stated:
        return Known(f"known {stated[1]}:{stated[2][:12]}…", int(stated[1]), bytes.fromhex(stated[2]))
    try:
        data = Path(given).read_bytes()
    except OSError as error:
        hint = "Give a file with a checkpoint or a verifier key, or SIZE:ROOT."
        raise UnreadableError(f"{text} cannot be read: {error.strerror}.", hint) from None
    for form in (data, data.strip() + b"\n"):
        try:
            return Known.of_note(form, text)
        except NoteError:
            continue
    try:
        return Known(text, public_key=VerifierKey.parse(data.decode("utf-8")).public_key)
    except (NoteError, UnicodeDecodeError):
        raise UnreadableError(f"{text} holds neither a checkpoint nor a verifier key.") from None


def hold_stamps(
    folder: Path, check: LogCheck, report: Report, authorities: str | Path | None = None, home: Home | None = None
) -> list[Anchor]:
    """Holds each stamp that the log tells of against the checkpoint it should be over.

    Only a stamp that leads to a trusted authority anchors: by default the system's, else the PEM file given, and those
    that the person of ``home`` chose to ask.
    """
    stamped = [entry for _, entry in check.told.of("stamped")]
    anchors = []
    for entry in stamped:
        name, size = str(entry.body.get("file")), entry.body.get("size")
        data = _token(folder, name)
        if data is None or sha256(data).hexdigest() != entry.body.get("sha256"):
            report.problem("stamp_mismatch", name, "the token is not there" if data is None else "it was changed")
            continue
        signed = check.note_at(size) if isinstance(size, int) else None
        if signed is None or signed.checkpoint.root.hex() != entry.body.get("root"):
            report.problem("stamp_mismatch", name, "the checkpoint it is over does not stand in the log")
            continue
        from kuager.record import stamp

        outcome = stamp.check(data, signed.note, authorities)
        if outcome.ok and not outcome.trusted and home is not None and home.authorities.exists():
            outcome = stamp.check(data, signed.note, home.authorities)
        if not outcome.ok:
            report.problem("stamp_mismatch", name, " ".join(outcome.problems))
        elif outcome.trusted:
            anchors.append(Anchor("stamp", signed.checkpoint.size))
    return anchors


def _token(folder: Path, name: str) -> bytes | None:
    if not re.fullmatch(r"stamps/[A-Za-z0-9._-]+", name):
        return None
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None
