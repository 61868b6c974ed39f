"""Sources: people and bodies that gave an item or are quoted. Known by a pseudonym; the identity is sealed at once."""

from __future__ import annotations

from dataclasses import dataclass

from kuager.errors import UsageError
from kuager.record import ids
from kuager.record.case import Case
from kuager.record.payload import Draft


@dataclass(frozen=True)
class Source:
    """A source as the case knows it in clear."""

    id: str
    at_risk: bool


def add_source(case: Case, identity: str | None = None, at_risk: bool = False) -> Source:
    """Makes a source in one commit: its pseudonym in clear, its identity under a seal of its own."""
    source = ids.new_id()
    seal = case.new_seal(source)
    drafts = [seal.draft, Draft("source_made", {"source": source, "at_risk": at_risk}, [source])]
    if identity:
        drafts.append(Draft("identity", {"source": source, "identity": identity}, [source], seal.handle))
    case.commit(drafts)
    return Source(source, at_risk)


def sources(case: Case) -> list[Source]:
    """The sources whose making can be read, in the order they were made."""
    made = [entry.payload for entry in case.of_type("source_made")]
    if case.tip.case_seal:
        # In a restricted case pseudonyms are encrypted too; whoever holds the key may still name one.
        rows = case.index.rows("SELECT n FROM entries WHERE handle = ? ORDER BY n", case.tip.case_seal.handle)
        made += [case.peek(case.payload_line(n)) for (n,) in rows]
    found = {
        payload.body["source"]: Source(payload.body["source"], payload.body["at_risk"])
        for payload in made
        if payload and payload.type == "source_made"
    }
    return list(found.values())


def find_source(case: Case, prefix: str) -> Source:
    """The source whose pseudonym begins so. Raises UsageError if that is none or more than one."""
    known = {source.id: source for source in sources(case)}
    if not known:
        raise UsageError(f"There is no source '{prefix}'.", "Make one with: kuager source")
    return known[ids.resolve(prefix, list(known))]
