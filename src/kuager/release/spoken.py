"""What is said in recordings that leave, as somebody wrote it down, with its second and its translation.

Who speaks in a recording is a private person until cleared: names of speakers stay in the case. Whom the speech itself
quotes is told as for a published page. Where the sound is muted or spoken anew, its words stay in the case too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from kuager.instruments.text.timed import Line
from kuager.record.case import Case
from kuager.release.article import Speaker, speaker
from kuager.release.basis import Bases
from kuager.release.masking import Mask, told
from kuager.release.redaction import Quiet
from kuager.weigh.transcript import Transcript, transcripts


@dataclass(frozen=True)
class Words:
    """A stretch of speech, in seconds of the recording, and the same in translation where there is one."""

    start_s: float
    end_s: float
    text: str
    translation: str | None


@dataclass(frozen=True)
class Quoted:
    """A statement that the speech attributes to somebody; ``chain`` has speakers' ids, origin first."""

    id: str
    start_s: float
    text: str
    chain: tuple[str, ...]


@dataclass(frozen=True)
class Spoken:
    """A transcript for release: of which recording, in which language, by whom, translated by whom."""

    item: str
    language: str
    transcriber: str
    translator: str | None
    words: tuple[Words, ...]
    speakers: tuple[Speaker, ...]
    quoted: tuple[Quoted, ...]


def read(case: Case, leaving: Collection[str], bases: Bases) -> tuple[Spoken, ...]:
    """The transcripts of recordings that leave, without what is muted; none of one that is muted throughout."""
    found = []
    for each in transcripts(case):
        if each.item in leaving:
            quiets = [quiet for one in bases.redactions.get(each.item, ()) for quiet in one.quiets]
            heard = replace(each, lines=_left(each.lines, quiets), translation=_left(each.translation, quiets))
            if heard.lines:
                found.append(_spoken(heard, bases.mask(each.item)))
    return tuple(found)


def _spoken(each: Transcript, mask: Mask) -> Spoken:
    whole = each.timed
    reading = whole.read()
    said = [statement for statement in reading.statements if statement.speaker]
    ids = {id for statement in said for id in statement.chain}
    return Spoken(
        each.item,
        each.language,
        each.transcriber,
        each.translator,
        tuple(_words(line, each.translation, mask) for line in each.lines),
        tuple(told(speaker(source), mask) for source in reading.sources if source.id in ids),
        tuple(
            Quoted(
                mask.alias(s.id),
                whole.second(s.span.start),
                mask(" ".join(s.span.text.split())),
                tuple(mask.alias(id) for id in s.chain),
            )
            for s in said
        ),
    )


def _left(lines: Sequence[Line], quiets: Sequence[Quiet]) -> tuple[Line, ...]:
    """The lines of which nothing is muted."""
    return tuple(
        line for line in lines if not any(line.start_s < quiet.end_s and line.end_s > quiet.start_s for quiet in quiets)
    )


def _words(line: Line, translation: Sequence[Line], mask: Mask) -> Words:
    """A line with those of the translation whose middle lies in it."""
    inside = [t.text for t in translation if line.start_s <= (t.start_s + t.end_s) / 2 <= line.end_s]
    return Words(line.start_s, line.end_s, mask(line.text), mask(" ".join(inside)) if inside else None)
