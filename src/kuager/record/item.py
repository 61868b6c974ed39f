"""Items: what the entries that cite one say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kuager.record.entry import Entry


@dataclass(frozen=True)
class StoredObject:
    """Bytes in the object store: their name, how many, under which handle, and which entry says so."""

    sha256: str
    bytes: int
    handle: str | None
    n: int


@dataclass(frozen=True)
class Item:
    """One preserved file. ``entries`` are all that cite it, in order; those that cannot be read have no payload."""

    id: str
    entries: tuple[Entry, ...]
    handle: str | None = None

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        """The bodies of the entries of one type, in order."""
        return [entry.payload.body for entry in self.entries if entry.payload and entry.payload.type == kind]

    @property
    def stored(self) -> StoredObject | None:
        """The bytes themselves; None where the entry that names them cannot be read or is erased."""
        for entry in reversed(self.entries):
            if entry.payload and entry.payload.type == "preserved":
                body = entry.payload.body
                return StoredObject(body["sha256"], body["bytes"], body.get("handle"), entry.n)
        return None

    @property
    def acquisitions(self) -> list[dict[str, Any]]:
        """For each acquisition that can be read, what all its entries say, merged."""
        merged: dict[int, dict[str, Any]] = {}
        for kind in ("acquired", "original", "provenance", "address"):
            for body in self.bodies(kind):
                merged.setdefault(body["acquisition"], {}).update(body)
        return [merged[number] for number in sorted(merged)]

    @property
    def media_type(self) -> str | None:
        """By its bytes, as told at intake."""
        found = self.bodies("acquired")
        return found[0]["media_type"] if found else None

    @property
    def kind(self) -> str | None:
        """recording, page, list, image, document or other."""
        found = self.bodies("acquired")
        return found[0]["kind"] if found else None

    @property
    def name(self) -> str | dict[str, str] | None:
        """The name it first came under: text, or ``{"base64":…}`` where that is not UTF-8. Never a path."""
        found = self.bodies("original")
        return found[0]["name"] if found else None

    @property
    def sha256(self) -> str | None:
        """The digest of the bytes as they came."""
        found = self.bodies("original")
        return found[0]["sha256"] if found else None

    @property
    def public(self) -> bool:
        """Whether it was added as public or cleared since, and nothing of it is restricted."""
        if self.handle is not None:
            return False
        return bool(self.bodies("cleared")) or any(body.get("public") for body in self.bodies("acquired"))
