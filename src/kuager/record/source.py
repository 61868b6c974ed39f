"""Sources: people and bodies that give items or are quoted, known by a random pseudonym."""

from __future__ import annotations

from kuager.errors import UsageError
from kuager.record import ids
from kuager.record.case import Case
from kuager.record.commit import cannot_write
from kuager.record.payload import Draft


def make_source(case: Case, identity: str | None = None, at_risk: bool = False) -> str:
    """Makes a source and gives its pseudonym. Its identity, if told, is encrypted before it is written anywhere."""
    source = ids.new_id()
    drafts = [Draft("source_made", {"source": source, "at_risk": at_risk}, (source,))]
    if identity is not None:
        try:
            seal = case.new_seal(source)
        except OSError as error:
            raise cannot_write(error) from None
        told = Draft("identity", {"source": source, "identity": identity}, (source,), seal.handle)
        case.commit([seal.draft, *drafts, told])
    else:
        case.commit(drafts)
    return source


def sources(case: Case) -> list[str]:
    """The pseudonyms of the sources that can be known, in the order they were made."""
    made = [entry.payload for entry in case.of_type("source_made")]
    if case.tip.case_seal:
        # In a restricted case pseudonyms are encrypted too; whoever holds the key may still name one.
        rows = case.index.rows("SELECT n FROM entries WHERE handle = ? ORDER BY n", case.tip.case_seal.handle)
        made += [case.peek(case.payload_line(n)) for (n,) in rows]
    return [payload.body["source"] for payload in made if payload and payload.type == "source_made"]


def find_source(case: Case, prefix: str) -> str:
    """The source whose pseudonym begins so. Raises UsageError if that is none or more than one."""
    known = sources(case)
    if not known:
        raise UsageError(f"There is no source '{prefix}'.", "Make one with: kuager source")
    return ids.resolve(prefix, known)
