"""Protected strings: what must never leave a case, kept encrypted, and everything that must be searched for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kuager.errors import UsageError
from kuager.record import ids
from kuager.record.case import Case
from kuager.record.payload import Draft, Payload
from kuager.release import spelling
from kuager.release.consent import allowing

KIND = "protected"
SHORTEST = 3
"""Letters and digits that a protected string must have: shorter ones stand in every text."""
_TELEPHONE = 7
_APART = re.compile(r"[,;|\t()\[\]]|\s[-–—/]\s|:\s")
_NAME = re.compile(r"(?:[^\W\d_a-zа-я][\w’'-]*\s+){1,3}[^\W\d_a-zа-я][\w’'-]*")


@dataclass(frozen=True)
class Protected:
    """A string that must not leave. ``handle`` names it in messages, which never show the string itself."""

    handle: str
    text: str
    exact: bool = False
    """Whether only this very spelling counts: digests and file names, not names of people."""


def protect(case: Case, texts: list[str]) -> list[str]:
    """Marks strings that must never leave, each encrypted under a seal of its own; returns their handles.

    Raises UsageError for one that is too short to be told from ordinary words.
    """
    for text in texts:
        if sum(mark.isalnum() for mark in text) < SHORTEST:
            raise UsageError("A string is too short to be protected.", f"Give at least {SHORTEST} letters or digits.")
    drafts, handles = [], []
    for text in texts:
        thing = ids.new_id()
        seal = case.new_seal(thing)
        drafts += [seal.draft, Draft(KIND, {"id": thing, "text": text}, (thing,), seal.handle)]
        handles.append(thing)
    if drafts:
        case.commit(drafts)
    return handles


def protected(case: Case, leaving: frozenset[str]) -> tuple[list[Protected], int]:
    """Everything that must not be found in what leaves, and how many restricted entries no key at hand opens.

    Strings marked by people, identities of sources, and of items that do not leave as public bytes (``leaving``) the
    names they came under and their digests. Restricted ones are opened to compare and are not shown.
    """
    found: list[Protected] = []
    closed = 0
    freed = _Freed(case)
    for _, payload in _readable(case):
        if payload is None:
            closed += 1
        else:
            found += _of(payload, leaving, freed)
    return found, closed


def identities(case: Case) -> Iterator[tuple[str, str]]:
    """The lines of sources' identities that a key at hand opens, with the source. Only to compare, never to show."""
    for _, payload in _readable(case):
        if payload and payload.type == "identity":
            for line in str(payload.body["identity"]).splitlines():
                yield str(payload.body["source"]), line


def _readable(case: Case) -> Iterator[tuple[int, Payload | None]]:
    for kind in ("original", "preserved"):
        for entry in case.of_type(kind):
            if entry.payload:
                yield entry.n, entry.payload
    for (n,) in case.index.rows("SELECT n FROM entries WHERE handle IS NOT NULL ORDER BY n"):
        yield n, case.peek(case.payload_line(n))


class _Freed:
    """Names of sources that may leave: the source agreed to it, and somebody cleared the name."""

    def __init__(self, case: Case) -> None:
        from kuager.release.clearing import cleared_names

        self._agreed = allowing(case, "name")
        self._cleared = [frozenset(spelling.name(name)) for name in cleared_names(case)]

    def has(self, source: str, text: str) -> bool:
        words = set(spelling.name(text))
        return source in self._agreed and any(words <= cleared for cleared in self._cleared)


def _of(payload: Payload, leaving: frozenset[str], freed: _Freed) -> Iterator[Protected]:
    body: dict[str, Any] = payload.body
    if payload.type == KIND:
        yield Protected(str(body["id"]), str(body["text"]))
    elif payload.type == "identity":
        for number, line in enumerate(str(body["identity"]).splitlines()):
            for part in dict.fromkeys(_parts(line)):
                if sum(mark.isalnum() for mark in part) >= SHORTEST and not freed.has(body["source"], part):
                    yield Protected(f"identity of {body['source']}, line {number + 1}", part)
    elif payload.type == "original" and body["item"] not in leaving:
        yield Protected(f"digest of {body['item']}", str(body["sha256"]), exact=True)
        name = body["name"]
        if isinstance(name, str) and _telling(name):
            yield Protected(f"name of {body['item']}", name, exact=True)
    elif payload.type == "preserved" and body["item"] not in leaving and body.get("handle") is None:
        yield Protected(f"digest of {body['item']}", str(body["sha256"]), exact=True)


def _parts(line: str) -> Iterator[str]:
    """A line of an identity as it may be found: whole, its name, its numbers, its addresses of mail."""
    yield line.strip()
    pieces = [piece.strip() for piece in _APART.split(line) if piece.strip()]
    for piece in pieces:
        if sum(mark.isdigit() for mark in piece) >= _TELEPHONE or "@" in piece:
            yield piece
    yield from names_in(line)


def names_in(line: str) -> Iterator[str]:
    """The name in a line of an identity: "Name: Aigul Serikova, nurse, Karatau"."""
    pieces = [piece.strip() for piece in _APART.split(line) if piece.strip()]
    yield from (piece for piece in pieces[:2] if _NAME.fullmatch(piece))


def _telling(name: str) -> bool:
    """Whether a file name says anything: ``001.mp4`` stands in too many places to be looked for."""
    stem = name.rpartition(".")[0] or name
    return sum(mark.isalnum() for mark in stem) >= 6
