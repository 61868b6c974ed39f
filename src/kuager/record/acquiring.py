"""Acquiring: the entries that say how a group of files came into a case."""

from __future__ import annotations

import base64
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kuager.record import media_type
from kuager.record.case import Case, NewSeal
from kuager.record.commit import Act
from kuager.record.copying import Copied
from kuager.record.log import sync_folder
from kuager.record.objects import StagedObject
from kuager.record.originals import Known, Originals
from kuager.record.payload import Draft

RELATIONS = ("filmed", "present", "forwarded", "published", "unknown")


@dataclass(frozen=True)
class Acquisition:
    """How items came. ``received`` is ISO 8601, ``source`` an id, ``relation`` one of RELATIONS.

    ``because``: an editor's reason why what was found in public may be used.
    """

    source: str | None = None
    channel: str | None = None
    relation: str = "unknown"
    received: str | None = None
    address: str | None = None
    public: bool = False
    original_asked: bool | None = None
    because: str | None = None


@dataclass(frozen=True)
class AddedItem:
    """A file that is in the case now. ``sha256`` and ``bytes`` are the original's; ``entry`` the act's first.

    ``new`` is None for restricted items where nobody's key was at hand to compare them with earlier ones.
    """

    id: str
    sha256: str
    bytes: int
    name: str | dict[str, str]
    media_type: str
    new: bool | None
    acquisition: int
    entry: int


@dataclass(frozen=True)
class Arrived:
    """A file in staging, with the id and the seal it has if it is new; or one that was not taken in."""

    copied: Copied
    item: str = ""
    seal: NewSeal | None = None
    worth_noting: bool = True


class Acquiring:
    """One commit of arrived files. Whether they are new is decided under the case lock, when nobody else can add."""

    def __init__(self, case: Case, how: Acquisition, restricted: bool, group: list[Arrived]) -> None:
        self._case = case
        self._how = how
        self._restricted = restricted
        self._good = [(one, _staged(one)) for one in group if one.copied.reason is None]
        self._unreadable = [one.copied.reason or "" for one in group if one.copied.reason and one.worth_noting]
        self._keys: list[Path] = []
        self._items: list[AddedItem] = []
        self._drafts: list[Draft] = []
        self._objects: list[StagedObject] = []
        self._found: dict[str, Known] = {}
        self.done = False

    @property
    def staged(self) -> list[StagedObject]:
        """Everything of the group that lies in staging."""
        return [staged for _, staged in self._good]

    @property
    def files(self) -> list[str]:
        """The same as files, with the keys that belong to them."""
        staged = self.staged
        return [str(one.path) for one in staged] + [_staged_key(one) for one in staged if one.handle]

    def commit(self) -> list[AddedItem]:
        """Writes the entries and gives the items in order. Raises KuagerError and OSError."""
        if self._good or self._unreadable:
            commit = self._case.commit_built(self._build)
            self._items = [replace(item, entry=commit.first + item.entry) for item in self._items]
        self.done = True
        return self._items

    def undo(self) -> None:
        """Removes the keys of seals that no entry knows."""
        for key in self._keys:
            with suppress(OSError):
                key.unlink()

    def _build(self) -> Act:
        originals = _originals(self._case)
        originals.refresh()
        for one, staged in self._good:
            known = self._found.get(one.copied.sha256) or originals.find(one.copied.sha256)
            if known is None:
                self._take_new(one, staged, None if self._restricted and originals.unopened else True)
            else:
                self._take_again(one, staged, known)
        self._drafts += [Draft("unreadable", {"reason": reason}) for reason in self._unreadable]
        if self._keys:
            sync_folder(self._case.folder / "keys")
        return Act(self._case.prepare(self._drafts), self._objects)

    def _take_new(self, one: Arrived, staged: StagedObject, new: bool | None) -> None:
        handle = staged.handle
        preserved = {"item": one.item, "sha256": staged.sha256, "bytes": staged.bytes, "handle": handle}
        known = Known(one.item, handle, 1)
        before = [one.seal.draft] if one.seal else []
        self._draft(one, known, new, before, [Draft("preserved", preserved, (one.item,))])
        self._objects.append(staged)
        self._keep_key(staged)
        self._found[one.copied.sha256] = known

    def _take_again(self, one: Arrived, staged: StagedObject, known: Known) -> None:
        again = Known(known.item, known.handle, known.acquisitions + 1)
        before: list[Draft] = []
        if one.seal is not None and known.handle is None:
            self._keep_key(staged)
            again = Known(known.item, one.seal.handle, again.acquisitions)
            before = [one.seal.for_thing(known.item)]
        self._draft(one, again, False, before, [])
        self._found[one.copied.sha256] = Known(known.item, known.handle, again.acquisitions)

    def _keep_key(self, staged: StagedObject) -> None:
        """The key of a seal, on its way beside what it seals, goes to the others."""
        if staged.handle is not None:
            key = self._case.folder / "keys" / f"{staged.handle}.age"
            os.rename(_staged_key(staged), key)
            self._keys.append(key)

    def _draft(self, one: Arrived, known: Known, new: bool | None, before: list[Draft], stored: list[Draft]) -> None:
        item, copied, how = known.item, one.copied, self._how
        which: dict[str, Any] = {"item": item, "acquisition": known.acquisitions}
        name = name_of(copied.path)
        acquired = which | {
            "media_type": copied.media_type,
            "kind": media_type.kind(copied.media_type),
            "received": how.received,
            "public": how.public and known.handle is None,
            "new": new,
        }
        original = which | {"name": name, "sha256": copied.sha256, "bytes": copied.bytes, "modified": copied.modified}
        provenance = which | {
            "source": how.source,
            "channel": how.channel,
            "relation": how.relation,
            "received_by": self._case.signer.key_id if self._case.signer else "",
            "original_asked": how.original_asked,
            **({"because": how.because} if how.because else {}),
        }
        cited = (item, how.source) if how.source else (item,)
        entry = len(self._drafts)
        self._drafts += [
            *before,
            Draft("acquired", acquired, (item,)),
            *stored,
            Draft("original", original, (item,), known.handle),
            Draft("provenance", provenance, cited, known.handle),
        ]
        if how.address:
            self._drafts.append(Draft("address", which | {"url": how.address}, (item,), known.handle))
        self._items.append(
            AddedItem(item, copied.sha256, copied.bytes, name, copied.media_type, new, known.acquisitions, entry)
        )


def name_of(path: str) -> str | dict[str, str]:
    """The last part of a path as data: text, or base64 of its bytes where they are not UTF-8."""
    last = os.path.basename(path)
    raw = os.fsencode(last if last not in ("", ".", "..") else os.path.basename(os.path.abspath(path)))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(raw).decode("ascii")}


def _staged(one: Arrived) -> StagedObject:
    copied = one.copied
    assert copied.staged is not None
    handle = one.seal.handle if one.seal else None
    return StagedObject(copied.staged, copied.stored_sha256, copied.stored_bytes, handle)


def _staged_key(staged: StagedObject) -> str:
    return os.path.join(os.path.dirname(staged.path), f"{staged.handle}.age")


def _originals(case: Case) -> Originals:
    if case.originals is None:
        case.originals = Originals(case)
    return case.originals
