"""Verifying a case: every line, payload, checkpoint and object is held against the log. Changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from kuager.record import seal
from kuager.record.anchors import Known, hold_stamps, read_known
from kuager.record.home import Home
from kuager.record.log import FileLog, Stream
from kuager.record.seal import SealError
from kuager.record.tip import WHOLE_CASE
from kuager.record.told import Told
from kuager.record.verified import Anchor, Problem, ProblemKind, Remark, Report, Verification
from kuager.record.verify_log import LogCheck
from kuager.record.verify_objects import ObjectCheck, ObjectHashing

__all__ = ["Anchor", "Problem", "Remark", "Verification", "verify"]


def verify(
    path: str | os.PathLike[str],
    known: Sequence[str | os.PathLike[str]] = (),
    home: Home | None = None,
    *,
    identities: Sequence[str] | None = None,
    export: bool = False,
    authorities: str | Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Verification:
    """Checks a case folder and reports every problem with its place.

    ``known``: files that hold a checkpoint or a verifier key, or ``SIZE:ROOT``. ``home`` adds the receipt kept there,
    the person's own key, and, unless given, the identities with which restricted payloads are compared. In an
    ``export`` payloads may be withheld and objects left out. ``authorities``: PEM of the time-stamping authorities to
    trust. ``progress`` is told bytes of objects as they are hashed.
    Raises KuagerError if there is no case, or a ``known`` cannot be read.
    """
    folder = Path(path)
    store = FileLog(folder, writable=False)
    try:
        claims = [read_known(one) for one in known]
        hashing = ObjectHashing(folder / "objects", progress or (lambda count: None))
        report = Report()
        opener = _Opener(folder, home.identities() if identities is None and home else list(identities or ()))
        check = LogCheck(store, report, opener, [claim.size for claim in claims if claim.size])
        receipt = _receipt(home, check, store)
        if receipt is not None:
            check.want(receipt.size or 0)
        check.run()
        anchors = _hold_known(check, report, claims if receipt is None else [*claims, receipt], home)
        anchors += hold_stamps(folder, check, report, authorities, home)
        told = check.told
        _hold_states(told, report, export)
        _hold_keys(folder, told, opener, report)
        _hold_settings(folder, told, report)
        _hold_objects(folder, hashing.result(), told, report, export)
    finally:
        store.close()
    unopened = len(told.unopened)
    if unopened:
        report.note("unopened", Stream.PAYLOADS.value, f"{unopened} restricted payloads that no key at hand opens")
    return Verification(
        not report.problems, check.size, check.root.hex(), tuple(anchors), unopened,
        tuple(report.problems), tuple(report.notes),
    )  # fmt: skip


class _Opener:
    """Opens restricted payloads to compare them with the log, where the identities at hand can."""

    def __init__(self, folder: Path, identities: Sequence[str]) -> None:
        self._folder = folder
        self._identities = identities
        self.secrets: dict[str, str | None] = {}

    def __call__(self, handle: str, age: bytes) -> bytes | None:
        secret = self.secret(handle)
        if secret is None:
            return None
        try:
            return seal.open(age, [secret])
        except SealError:
            return b""

    def secret(self, handle: str) -> str | None:
        """The secret of a handle, None where no identity opens it."""
        if not self._identities:
            return None
        if handle not in self.secrets:
            self.secrets[handle] = self._unwrap(handle)
        return self.secrets[handle]

    def _unwrap(self, handle: str) -> str | None:
        if not handle.isalnum():
            return None
        try:
            wrapped = (self._folder / "keys" / f"{handle}.age").read_bytes()
            return seal.open(wrapped, self._identities).decode("ascii").strip()
        except (OSError, SealError, UnicodeDecodeError):
            return None


def _receipt(home: Home | None, check: LogCheck, store: FileLog) -> Known | None:
    note = home.newest(check.origin) if home and store.size(Stream.LOG) else None
    return Known.of_note(note, "your receipt") if note else None


def _hold_known(check: LogCheck, report: Report, claims: Sequence[Known], home: Home | None) -> list[Anchor]:
    anchors = []
    for claim in claims:
        if claim.public_key is not None:
            size = check.signed.get(claim.key_id or "")
            if size is None:
                report.problem("unknown_key", claim.where, "no checkpoint of this case is signed by this key")
            else:
                anchors.append(Anchor("key", size))
            continue
        assert claim.size is not None
        if claim.signed and claim.signed.checkpoint.origin != check.origin:
            report.problem("forked", claim.where, "it is a checkpoint of another log than the one that stands here")
        elif claim.signed and not any(claim.signed.verify(key.public_key) for key in check.keyring.known.values()):
            report.problem("unknown_key", claim.where, "no key that was ever admitted to the case signed it")
        elif claim.size > check.size:
            detail = f"it is of size {claim.size}, the case ends at {check.size}"
            report.problem("rolled_back", claim.where, detail)
        elif check.roots.get(claim.size) != claim.root:
            report.problem("forked", claim.where, f"the first {claim.size} lines are not the ones it was made over")
        else:
            anchors.append(Anchor("known", claim.size))
    if home is not None and home.has_signer():
        own = check.signed.get(home.signer().key_id)
        if own is not None and Anchor("key", own) not in anchors:
            anchors.append(Anchor("key", own))
    return anchors


def _hold_states(told: Told, report: Report, export: bool) -> None:
    """Payloads may be erased where an entry says so, and withheld only in an export."""
    said = {n for _, entry in told.of("erased") for n in entry.body.get("lines", []) if isinstance(n, int)}
    if not (told.unopened and _whole(told)):
        for n in told.erased:
            if n not in said:
                report.problem("payload_missing", f"payload line {n}", "it is erased, and no entry says why")
    if export:
        return
    for n in told.withheld:
        report.problem("payload_missing", f"payload line {n}", "it is withheld, which only an export may do")
    sealed = {entry.body.get("handle") for _, entry in told.of("sealed")}
    for n, handle in list(told.unopened.items()):
        if handle not in sealed:
            report.problem("payload_changed", f"payload line {n}", "it is under a handle that the log does not know")
            del told.unopened[n]


def _whole(told: Told) -> bool:
    return any(entry.body.get("thing") == WHOLE_CASE for _, entry in told.of("sealed"))


def _hold_keys(folder: Path, told: Told, opener: _Opener, report: Report) -> None:
    """The secrets of things must be there, and be those whose recipients the log names."""
    for _, entry in told.of("sealed"):
        handle, recipient = str(entry.body.get("handle")), entry.body.get("recipient")
        where = f"keys/{handle}.age"
        if not (folder / "keys").is_dir():
            return
        if not handle.isalnum() or not (folder / where).is_file():
            report.problem("object_missing", where, "what it protects can no longer be opened by anyone")
            continue
        secret = opener.secret(handle)
        if secret is not None and seal.recipient_of(secret) != recipient:
            report.problem("object_changed", where, "it is not the key that the log names")


def _hold_settings(folder: Path, told: Told, report: Report) -> None:
    logged = [entry.body.get("sha256") for _, entry in told.of("settings")]
    try:
        now = sha256((folder / "case.toml").read_bytes()).hexdigest()
    except OSError:
        now = ""
    if logged and logged[-1] != now:
        report.note("settings_changed", "case.toml", "it was changed since the log last took note of it")


def _hold_objects(folder: Path, check: ObjectCheck, told: Told, report: Report, export: bool) -> None:
    replaced = {n for _, entry in told.of("restricted") for n in entry.body.get("lines", []) if isinstance(n, int)}
    named = {name: item for n, item, name in told.objects if n not in replaced}
    for name, item in named.items():
        if name in check.changed:
            _object(report, "object_changed", item, name, check.changed[name])
        elif name not in check.present and not export:
            _object(report, "object_missing", item, name, "the log names it, and it is not there")
    incoming = _announced(folder)
    hidden = bool(told.unopened) and _whole(told)
    for name in sorted(check.present - named.keys()):
        where = f"objects/{name[:2]}/{name}"
        if name in incoming:
            report.note("tail_uncovered", where, "an object on its way in that no checkpoint covers yet")
        elif name in check.changed:
            report.problem("object_changed", where, check.changed[name])
        elif not hidden:
            report.problem("object_extra", where, "no entry of the log names it")
    for stray in check.stray:
        report.problem("object_extra", f"objects/{stray}", "it is not the name of an object")


def _announced(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in (folder / "staging").glob("*/LIST"):
        try:
            found.update(line.split()[0] for line in path.read_text("ascii", "replace").splitlines() if line.strip())
        except OSError:
            continue
    return found


def _object(report: Report, kind: ProblemKind, item: str, name: str, detail: str) -> None:
    report.problem(kind, f"item {item}, objects/{name[:2]}/{name}", detail)
