"""Everything one page says."""

from __future__ import annotations

from dataclasses import dataclass

from kuager.faces.page.model.custody import Custody, Document
from kuager.faces.page.model.findings import Answer, Conclusion, Correction, Event, Place, Promise, Signed
from kuager.faces.page.model.recordings import Copy, Recording
from kuager.faces.page.model.statements import Between, Claim, Count, Evidence, Link, Source, Statement, Text
from kuager.faces.page.model.time import Fragment, Picture, When


@dataclass(frozen=True)
class Page:
    """Everything one page says, in reading order."""

    title: str
    custody: Custody
    updated: When
    drill: bool = False
    kicker: str = ""
    standfirst: str = ""
    byline: str = ""
    credit: str = ""
    lead: Picture | None = None
    lead_caption: str = ""
    lead_graphic: bool = True
    not_shown: tuple[str, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    answers: tuple[Answer, ...] = ()
    account: tuple[tuple[Fragment, ...], ...] = ()
    recordings: tuple[Recording, ...] = ()
    picture_bound_s: float | None = None
    copies: tuple[Copy, ...] = ()
    texts: tuple[Text, ...] = ()
    documents: tuple[Document, ...] = ()
    places: tuple[Place, ...] = ()
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    counts: tuple[Count, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    links: tuple[Link, ...] = ()
    between: tuple[Between, ...] = ()
    events: tuple[Event, ...] = ()
    promises: tuple[Promise, ...] = ()
    unknowns: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    method: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    signed: tuple[Signed, ...] = ()
    searched: bool = False

    def source(self, id: str) -> Source | None:
        """The source with this id, or None."""
        return next((source for source in self.sources if source.id == id), None)
