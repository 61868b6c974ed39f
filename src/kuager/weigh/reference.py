"""Short references to things in a case, such as ``i:k7f3@12.4-15``, ``c:k7f3/cl-…``, ``o:…``.

The letter says what is meant: an item (with a second or a stretch of it), a claim or a statement of a page, an
observation, an event, a place. Any unique prefix of an id will do, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from kuager.errors import UsageError
from kuager.examine.ledger import results
from kuager.record import ids
from kuager.record.case import Case
from kuager.weigh.transcript import transcripts

_FORM = re.compile(r"([icsoep]):([0-9a-zA-Z-]+)(?:/([a-z]+-[0-9a-f]+))?(?:@([0-9.]+)(?:-([0-9.]+))?)?")
_ACTS = {"o": "observed", "e": "happened", "p": "located"}


@dataclass(frozen=True)
class Reference:
    """A reference with whole ids. ``part`` is a claim or statement of the item; seconds are of the recording."""

    letter: str
    id: str
    part: str | None = None
    start_s: str | None = None
    end_s: str | None = None

    def __str__(self) -> str:
        part = f"/{self.part}" if self.part else ""
        at = f"@{self.start_s}" + (f"-{self.end_s}" if self.end_s else "") if self.start_s else ""
        return f"{self.letter}:{self.id}{part}{at}"

    @property
    def things(self) -> tuple[str, ...]:
        """What an entry that holds this reference cites."""
        return (self.id,)


def read_reference(case: Case, text: str) -> Reference:
    """The reference in whole. Raises UsageError where nothing in the case is meant by it, or several things."""
    match = _FORM.fullmatch(text.strip())
    if not match:
        raise UsageError(f"'{text}' is no reference.", "For example i:k7f3@12.4-15, c:k7f3/cl-6f08 or o:9w2m")
    letter, id, part, start, end = match.groups()
    if letter in _ACTS:
        known = _once(
            case, letter, lambda: {str(e.payload.body["id"]) for e in case.of_type(_ACTS[letter]) if e.payload}
        )
        return Reference(letter, ids.resolve(id, known), None, start, end)
    item = case.item(id).id
    if letter == "i":
        if part:
            raise UsageError(f"'{text}' names a part of an item.", "Write c: for a claim, s: for a statement.")
        return Reference(letter, item, None, start, end)
    if not part:
        raise UsageError(f"'{text}' names no {'claim' if letter == 'c' else 'statement'}.", "Write c:ITEM/cl-…")
    return Reference(letter, item, _part(case, item, part, "claims" if letter == "c" else "statements"))


def _part(case: Case, item: str, prefix: str, kind: str) -> str:
    pages: dict[str, dict[str, list[str]]] = _once(case, "pages", lambda: _parts(case))
    found = [part for part in pages.get(item, {}).get(kind, ()) if part.startswith(prefix)]
    if len(found) == 1:
        return found[0]
    raise UsageError(f"The item {item} has no such {kind[:-1]}: {prefix}.", f"See: kuager show {item} --json")


def _parts(case: Case) -> dict[str, dict[str, list[str]]]:
    """The ids of the claims and statements of each page, and of each recording that has a transcript."""
    found = {
        items[0]: {kind: [str(each["id"]) for each in result["facts"][kind]] for kind in ("claims", "statements")}
        for items, result in results(case, "page")
    }
    for each in transcripts(case):
        reading, parts = each.reading(), found.setdefault(each.item, {"claims": [], "statements": []})
        parts["claims"] += [claim.id for claim in reading.claims]
        parts["statements"] += [said.id for said in reading.statements]
    return found


# What the references of a case may mean, for the size of log it was worked out at: an account may hold hundreds.
_known: WeakKeyDictionary[Case, tuple[int, dict[str, Any]]] = WeakKeyDictionary()


def _once(case: Case, name: str, work_out: Callable[[], Any]) -> Any:
    size, kept = _known.get(case, (-1, {}))
    if size != case.size:
        kept = {}
        _known[case] = (case.size, kept)
    if name not in kept:
        kept[name] = work_out()
    return kept[name]
