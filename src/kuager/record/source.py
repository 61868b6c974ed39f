"""Sources: people and bodies that give items or are quoted, known by a random pseudonym."""

from __future__ import annotations

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
