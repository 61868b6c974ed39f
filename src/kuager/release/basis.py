"""What an object made for release rests on: the redactions of its item, or what was decided about names.

An object whose basis no longer stands is not shown: it is made anew, and until then nothing of the item is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cached_property
from typing import Any

from kuager.record.case import Case
from kuager.record.item import Item
from kuager.release import spelling
from kuager.release.article import FORM
from kuager.release.clearing import NAME, names_of
from kuager.release.masking import Mask, Names
from kuager.release.protection import identities, names_in
from kuager.release.redaction import Redaction, redactions, refs
from kuager.weigh.event import PLACE
from kuager.weigh.transcript import KIND as TRANSCRIBED


class Bases:
    """The state of a case on which what is made for release rests, read once."""

    def __init__(self, case: Case) -> None:
        self._case = case

    @cached_property
    def redactions(self) -> Mapping[str, tuple[Redaction, ...]]:
        """The redactions in force, by item."""
        return redactions(self._case)

    @cached_property
    def names(self) -> Names:
        """What masking of names rests on."""
        return names_of(self._case)

    @cached_property
    def _decided(self) -> str | None:
        """The newest entry that bears on names: a page that was read, a transcript, a place, or a decision."""
        read = [e.n for e in self._case.of_type("examined") if e.payload and e.payload.body["examiner"] == "page"]
        decided = [entry.n for kind in (NAME, PLACE, TRANSCRIBED) for entry in self._case.of_type(kind)]
        newest = max(read + decided, default=None)
        return None if newest is None else f"#{newest}"

    def of(self, item: Item) -> dict[str, Any]:
        """What an object made from the item now says that it rests on."""
        if item.kind == "page":
            return {"names": self._decided, "form": FORM}
        return {"masks": refs(self.redactions.get(item.id, ()))} if item.kind in ("recording", "image") else {}

    def stands(self, item: Item, made: Mapping[str, Any]) -> bool:
        """Whether what an entry says was made still rests on what is in force."""
        return all(made.get(key, [] if key == "masks" else "") == value for key, value in self.of(item).items())

    def mask(self, item: str | None = None) -> Mask:
        """The mask for what is told of an item, or of the case: of sources' names each word by itself is taken out.

        Those are only opened here, and never handed to a worker.
        """
        return Mask(self._with_sources, self.salt(item) if item else "")

    @cached_property
    def _with_sources(self) -> Names:
        names = [name for _, line in identities(self._case) for name in names_in(line)]
        single = [word for name in names for word in spelling.words(name) if len(word) > 2]
        return replace(self.names, hidden=(*self.names.hidden, *sorted({*names, *single})))

    def salt(self, item: str) -> str:
        """What makes ids made of names untellable: the salt of an entry of the item that never leaves."""
        for entry in self._case.item(item).entries:
            if entry.payload and entry.payload.type == "original":
                return entry.payload.salt
        return self._case.item(item).id

    def plain(self, item: str) -> dict[str, Any]:
        """The same as plain data for a worker."""
        return {**asdict(self.names), "salt": self.salt(item)}
