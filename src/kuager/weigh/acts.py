"""Acts of people: what they write about a case, each an entry; a later one with the same id replaces an earlier one.

Earlier versions stay readable in the log. What is about a restricted item is restricted with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from kuager.errors import UsageError
from kuager.record import ids
from kuager.record.case import Case
from kuager.record.payload import Draft, now


@dataclass(frozen=True)
class Act:
    """One thing that a person wrote: its id, its entry, who wrote it (a key id), when, and what it says."""

    id: str
    entry: int
    actor: str
    at: str
    body: Mapping[str, Any]


def write(case: Case, kind: str, body: Mapping[str, Any], about: Sequence[str] = (), id: str | None = None) -> Act:
    """Logs an act of this type, under the id given or a new one. ``about`` names the things it cites."""
    (act,) = write_all(case, kind, [(id, body)], about)
    return act


def write_all(
    case: Case, kind: str, bodies: Sequence[tuple[str | None, Mapping[str, Any]]], about: Sequence[str] = ()
) -> list[Act]:
    """Logs several acts of this type in one commit, each under the id given with it or a new one."""
    handles = [handle for thing in about for handle in case.handles_of(thing)[-1:]]
    drafts = []
    for id, body in bodies:
        given = id or ids.new_id()
        drafts.append(Draft(kind, {"id": given, **body}, (given, *about), handles[0] if handles else None))
    commit = case.commit(drafts)
    actor = case.signer.key_id if case.signer else ""
    first = commit.size - len(drafts)
    return [Act(str(d.body["id"]), first + n, actor, now(), d.body) for n, d in enumerate(drafts)]


def acts(case: Case, kind: str) -> list[Act]:
    """The newest version of every act of this type that can be read, in the order in which they were first written."""
    newest: dict[str, Act] = {}
    for act in _all(case, kind):
        newest[act.id] = act
    return list(newest.values())


def act(case: Case, kind: str, prefix: str) -> Act:
    """The act of this type whose id begins so. Raises UsageError."""
    known = {each.id: each for each in acts(case, kind)}
    return known[ids.resolve(prefix, known)]


def _all(case: Case, kind: str) -> Iterator[Act]:
    for entry in case.of_type(kind):
        payload = entry.payload
        if payload is not None:
            yield Act(str(payload.body["id"]), entry.n, payload.actor, payload.at, payload.body)


def decimal(text: str, what: str) -> str:
    """A fraction as payloads hold it. Raises UsageError for what is no finite number."""
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        raise UsageError(f"{text!r} is no {what}.", "Give a number, for example 12.4") from None
    if not number.is_finite():
        raise UsageError(f"{text!r} is no {what}.", "Give a number, for example 12.4")
    return format(number, "f")


def needed(text: str, what: str) -> str:
    """Text that must be there. Raises UsageError where it is empty."""
    if not text.strip():
        raise UsageError(f"{what} is needed and is empty.", "Say it in a sentence.")
    return text.strip()
