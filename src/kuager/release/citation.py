"""What a reference of people's words points at, as far as it may leave."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kuager.instruments.text import Reading, Statement
from kuager.record.case import Case
from kuager.release.basis import Bases
from kuager.release.masking import Mask
from kuager.release.said import chain_of, is_denial, one_line
from kuager.release.spoken import Spoken, called
from kuager.weigh.event import Event, Place
from kuager.weigh.observation import Observation
from kuager.weigh.reading import pages_read
from kuager.weigh.reference import Reference


@dataclass(frozen=True)
class Cited:
    """What a reference that may leave points at. ``text`` is what was said, seen or happened; none for an item.

    ``item`` is the item it stands in; ``statement`` and ``chain`` are ids within it, and ``speaker`` that of the one it
    may be put beside; ``called`` has the names of the chain, each with what stands for it; ``second`` is where it is
    said in a recording; ``found`` False where it was looked for and not found; ``denies``: who says it says
    that it is *not* so.
    """

    reference: Reference
    item: str | None
    text: str = ""
    statement: str | None = None
    chain: tuple[str, ...] = ()
    speaker: str | None = None
    called: tuple[tuple[str, str], ...] = ()
    second: float | None = None
    found: bool = True
    denies: bool = False


class Citations:
    """What may be cited: items that leave, what was observed in them, what they say, what happened and where."""

    def __init__(
        self,
        case: Case,
        leaving: Collection[str],
        bases: Bases,
        seen: Sequence[Observation],
        happened: tuple[Sequence[Event], Sequence[Place]],
        spoken: Sequence[Spoken],
    ) -> None:
        self._leaving = leaving
        self._readings = dict(pages_read(case))
        self._passages = {(each.item, part): one for each in spoken for part, one in each.passages.items()}
        self._seen = {each.id: each for each in seen}
        self._events = {each.id: each for each in happened[0]}
        self._places = {each.id: each for each in happened[1]}
        self._mask = bases.mask()
        self._mask_of = cache(bases.mask)
        self._words = cache(self._read_words)

    def cite(self, reference: Reference) -> Cited | None:
        """What a reference points at; None where that stays."""
        letter, id = reference.letter, reference.id
        if letter == "i":
            return Cited(reference, id) if id in self._leaving else None
        if letter == "o":
            return self._observation(reference)
        if letter == "e":
            event = self._events.get(id)
            return Cited(reference, None, self._mask(event.title)) if event else None
        if letter == "p":
            place = self._places.get(id)
            return Cited(reference, None, self._mask(place.name)) if place else None
        return self._words(reference)

    def _observation(self, reference: Reference) -> Cited | None:
        seen = self._seen.get(reference.id)
        if seen is None:
            return None
        start, end = reference.start_s or f"{seen.start_s:g}", reference.end_s or f"{seen.end_s:g}"
        at = replace(reference, start_s=start, end_s=end)
        return Cited(at, seen.item, self._mask(seen.text), found=seen.found)

    def _read_words(self, reference: Reference) -> Cited | None:
        """What a claim or statement says; None where its page or recording stays, it is muted, or it is a comment."""
        item, part = reference.id, reference.part
        if item not in self._leaving:
            return None
        heard = self._passages.get((item, part or ""))
        if heard:
            at = reference if reference.letter == "c" else replace(reference, part=heard.statement)
            who = (heard.chain, heard.speaker, heard.called)
            return Cited(at, item, heard.text, heard.statement, *who, heard.second, denies=heard.denies)
        return self._on_page(reference) if item in self._readings else None

    def _on_page(self, reference: Reference) -> Cited | None:
        reading, part = self._readings[reference.id], reference.part
        claim = next((c for c in reading.claims if c.id == part), None)
        wanted = claim.statement if claim else part
        statement = next((s for s in reading.statements if s.id == wanted), None)
        if statement is None or _is_comment(reading, statement):
            return None
        mask: Mask = self._mask_of(reference.id)
        text, said = mask(one_line(statement.span.text)), mask.alias(statement.id)
        chain = tuple(mask.alias(id) for id in chain_of(statement))
        # A claim that may be the reporter's own is put beside nobody.
        speaker = None if claim and claim.attribution_doubtful else next(iter(chain), None)
        at = reference if claim else replace(reference, part=said)
        who = (chain, speaker, called(reading, statement, mask))
        return Cited(at, reference.id, text, said, *who, denies=is_denial(statement))


def _is_comment(reading: Reading, statement: Statement) -> bool:
    """Whether a statement stands at or after the first comment, or is a commenter's."""
    starts = [span.start for c in reading.page.comments for span in (c.by, c.date, c.body) if span]
    speaker = next((source for source in reading.sources if source.id == statement.speaker), None)
    return statement.span.end > min(starts, default=len(reading.text) + 1) or (
        speaker is not None and speaker.kind == "commenter"
    )
