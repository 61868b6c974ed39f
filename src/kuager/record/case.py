"""Cases: a folder of plain files, written through one log."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kuager.errors import KuagerError, UsageError
from kuager.record import ids, recovery, seal
from kuager.record import payload as payloads
from kuager.record.commit import Act, Commit, Exclusive, Prepared, Writer, cannot_write
from kuager.record.key import Signer
from kuager.record.log import Stream, sync_folder
from kuager.record.objects import StagedObject
from kuager.record.originals import Originals
from kuager.record.payload import Draft
from kuager.record.reading import Reading
from kuager.record.tip import WHOLE_CASE, BrokenLogError, Seal, Tip

FORMAT = 1
SETTINGS = "case.toml"
_FOLDERS = ("objects", "keys", "stamps", "staging", "lost+found", "derived")


@dataclass(frozen=True)
class NewSeal:
    """A seal made for a thing, and the entry that must be committed before or with what is encrypted to it."""

    handle: str
    recipient: str
    thing: str

    @property
    def draft(self) -> Draft:
        return self.for_thing(self.thing)

    def for_thing(self, thing: str) -> Draft:
        """The same for another thing: what arrived turned out to be known."""
        about = () if thing == WHOLE_CASE else (thing,)
        return Draft("sealed", {"handle": self.handle, "recipient": self.recipient, "thing": thing}, about)


class Case(Reading):
    """A case open for reading and, with a signer, for writing. Safe for threads and beside other processes."""

    def __init__(self, folder: Path, signer: Signer | None = None, identities: Sequence[str] = ()) -> None:
        super().__init__(folder, identities, writable=signer is not None)
        self.signer = signer
        self._new_seals: dict[str, Seal] = {}
        self._settings_seen: tuple[int, ...] = ()
        self._swept = False
        self.originals: Originals | None = None
        self._writer = Writer(self.log, self.objects, signer, self._tip, self._catch_up) if signer else None

    @classmethod
    def create(
        cls,
        folder: str | os.PathLike[str],
        signer: Signer,
        title: str | None = None,
        restricted: bool = False,
        identities: Sequence[str] = (),
    ) -> Case:
        """Makes a case in a folder that is not there or is empty, whole or not at all. Raises KuagerError."""
        target = Path(folder).absolute()
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise UsageError(f"{folder} is there already and is not empty.", "Give another folder for the new case.")
        aside = target.with_name(f".{target.name}.new-{ids.new_id()}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            aside.mkdir()
            _lay_out(aside, None if restricted else title)
            with _Founding(aside, signer, identities) as founding:
                founding.found(title, restricted)
            os.rename(aside, target)
            sync_folder(target.parent)
        except OSError as error:
            raise cannot_write(error) from None
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return cls(target, signer, identities)

    @classmethod
    def open(cls, folder: str | os.PathLike[str], signer: Signer | None = None, identities: Sequence[str] = ()) -> Case:
        """Opens a case; without a signer for reading only. Raises KuagerError if it is none or cannot be trusted."""
        return cls(Path(folder).absolute(), signer, identities)

    def commit(self, drafts: Sequence[Draft], objects: Sequence[StagedObject] = ()) -> Commit:
        """Writes entries that belong together, with the objects they name. Returns once they are durable."""
        act = Act(self.prepare(drafts), objects)
        return self.commit_built(lambda: act)

    def commit_built(self, build: Callable[[], Act]) -> Commit:
        """The same for an act that must be decided at the end of the log: ``build`` is called under the case lock."""
        commit = self._writing().commit(build)
        self._remember()
        return commit

    def exclusively(self) -> Exclusive:
        """Holds the case lock at the end of the log, for work that rewrites what is stored."""
        return self._writing().exclusively()

    def prepare(self, drafts: Sequence[Draft]) -> list[Prepared]:
        """The payload lines of drafts, as they will be stored, with fresh salts."""
        if self.signer is None:
            raise _read_only()
        actor, at, whole = self.signer.key_id, payloads.now(), self.tip.case_seal
        prepared = []
        salts = memoryview(os.urandom(payloads.SALT_BYTES * len(drafts)))
        for k, draft in enumerate(drafts):
            salt = salts[payloads.SALT_BYTES * k : payloads.SALT_BYTES * (k + 1)]
            clear = payloads.clear_line(draft, actor, at, salt)
            handle = draft.seal or (whole.handle if whole and draft.type not in payloads.NEVER_SEALED else None)
            line = payloads.restricted_line(clear, handle, self.seal_of(handle).recipient) if handle else clear
            prepared.append(Prepared(line, payloads.commitment(clear)))
        return prepared

    def seal_of(self, handle: str) -> Seal:
        whole = self.tip.case_seal
        if whole and whole.handle == handle:
            return whole
        return self._new_seals.get(handle) or super().seal_of(handle)

    def new_seal(self, thing: str, staging: Path | None = None) -> NewSeal:
        """Makes a key pair for a thing and keeps its secret, wrapped to every admitted key, in ``keys/``.

        With ``staging`` it lies there, not yet durable, until its adder moves it.
        """
        handle = ids.new_id()
        identity, recipient = seal.new_pair()
        write_key(staging or self.folder / "keys", handle, identity, self.tip.keyring.recipients(), staging is None)
        self._secrets[handle] = identity
        self._new_seals[handle] = Seal(handle, recipient)
        return NewSeal(handle, recipient, thing)

    def seal_for(self, thing: str) -> str:
        """The handle to restrict under for a thing, sealing the thing first if it has none yet."""
        found = self.handles_of(thing)
        if found:
            return found[-1]
        try:
            new = self.new_seal(thing)
        except OSError as error:
            raise cannot_write(error) from None
        self.commit([new.draft])
        return new.handle

    def unlock(self, handle: str, because: str) -> Commit:
        """Opens what is under a handle for reading, after writing who did and why. Raises SealError without the key."""
        self.secret(handle)
        things = self.index.rows("SELECT thing FROM seals WHERE handle = ?", handle)
        about = [thing for (thing,) in things if thing != WHOLE_CASE]
        commit = self.commit([Draft("opened", {"handle": handle, "because": because}, about)])
        self._unlocked.add(handle)
        return commit

    def refresh(self) -> None:
        if self._writer is None:
            super().refresh()
        else:
            with self.log.lock():
                super().refresh()

    def _catch_up(self, tip: Tip) -> list[Act]:
        generation = self.log.generation()
        if generation != self._generation:
            fresh = Tip()
            fresh.advance(self.log)
            tip.become(fresh)
            self._generation = generation
        tip.advance(self.log)
        acts = []
        swept = recovery.sweep(self.folder, self.log, self.objects, tip, look_for_staging=not self._swept)
        if swept:
            tip.payload_bytes = self.log.size(Stream.PAYLOADS)
            body = {"because": "a writer stopped before it was done", "moved": swept.moved}
            acts.append(Act(self.prepare([Draft("recovered", body)])))
        self._swept = True
        settings = self._changed_settings(tip)
        if settings:
            acts.append(Act(self.prepare([Draft("settings", {"sha256": settings})])))
        return acts

    def _changed_settings(self, tip: Tip) -> str | None:
        try:
            status = os.stat(self.folder / SETTINGS)
            seen = (status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size)
            if seen == self._settings_seen:
                return None
            digest = sha256((self.folder / SETTINGS).read_bytes()).hexdigest()
        except OSError:
            return None
        self._settings_seen = seen
        return digest if digest != tip.settings else None

    def _writing(self) -> Writer:
        if self._writer is None:
            raise _read_only()
        return self._writer


class _Founding(Case):
    """A case that has no entry yet."""

    def __init__(self, folder: Path, signer: Signer, identities: Sequence[str]) -> None:
        super().__init__(folder, signer, identities)

    def found(self, title: str | None, restricted: bool) -> None:
        """Writes the first entries, in one commit."""
        assert self.signer is not None
        import base64

        public = base64.b64encode(self.signer.public_key).decode("ascii")
        first = {"public_key": public, "recipient": self.signer.recipient, "role": "founder"}
        lines = self.prepare([Draft("key_admitted", first)])
        if restricted:
            self.tip.keyring.apply(payloads.read(lines[0].line))
            new = self.new_seal(WHOLE_CASE)
            lines += self.prepare([new.draft])
            self.tip.case_seal = Seal(new.handle, new.recipient)
        drafts = [Draft("case_made", {"format": FORMAT, "restricted": restricted})]
        if title:
            drafts.append(Draft("case_titled", {"title": title}))
        digest = sha256((self.folder / SETTINGS).read_bytes()).hexdigest()
        drafts.append(Draft("settings", {"sha256": digest}))
        act = Act(lines + self.prepare(drafts))
        self.commit_built(lambda: act)

    def _catch_up(self, tip: Tip) -> list[Act]:
        return []


def find(start: str | os.PathLike[str]) -> Path:
    """The nearest folder upward that holds a ``case.toml``. Raises UsageError if there is none."""
    here = Path(start).absolute()
    for folder in (here, *here.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise UsageError(f"{start} is not in a case.", "Name one with -C CASE, or make one with: kuager new DIR")


def recover(case: Case, because: str) -> Commit:
    """Sets aside the end of a log that does not verify, because a person decided so. Raises KuagerError.

    What is moved lies in ``lost+found`` and the entry ``recovered`` names it. The whole log is read again.
    """
    if case.signer is None:
        raise _read_only()
    fresh = Tip()
    with case.log.lock():
        try:
            fresh.advance(case.log)
            broken = False
        except BrokenLogError:
            broken = True
        if not fresh.size:
            raise KuagerError("Not even the beginning of this log verifies; there is nothing to go on from.")
        swept = recovery.sweep(case.folder, case.log, case.objects, fresh, look_for_staging=True)
        if not swept:
            raise KuagerError("There is nothing to recover: the log ends with a checkpoint that verifies.")
    case.tip.become(fresh)
    case.trouble = None
    return case.commit([Draft("recovered", {"because": because, "moved": swept.moved, "broken": broken})])


def write_key(folder: Path, handle: str, identity: str, recipients: Sequence[str], durable: bool = True) -> None:
    """Keeps the secret of a handle in a folder, encrypted to ``recipients``. Raises OSError."""
    path = folder / f"{handle}.age"
    aside = path.with_suffix(".new")
    with open(aside, "wb") as file:
        file.write(seal.seal(identity.encode("ascii") + b"\n", recipients))
        if durable:
            file.flush()
            os.fsync(file.fileno())
    os.rename(aside, path)
    if durable:
        sync_folder(path.parent)


def _lay_out(folder: Path, title: str | None) -> None:
    for name in _FOLDERS:
        (folder / name).mkdir()
    for stream in Stream:
        (folder / stream.value).touch()
    text = "# Settings of this case, for people to read and edit. The log takes note when this file changes.\n"
    if title:
        text += f"title = {_toml_string(title)}\n"
    (folder / SETTINGS).write_text(text, "utf-8")
    with open(folder / SETTINGS, "rb") as file:
        os.fsync(file.fileno())
    sync_folder(folder)


def _toml_string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read_only() -> KuagerError:
    return KuagerError("The case was opened for reading only.", "Writing needs a signer, the key of a person.")
