"""What is said in recordings that leave, as somebody wrote it down, with its second and its translation.

Who speaks in a recording is a private person until cleared: names of speakers stay in the case. Whom the speech itself
quotes, and how many it counts, is told as for a published page. Where the sound is muted or spoken anew, its words stay
in the case too: what leaves is read from the words that leave alone, so that nothing else can show through it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kuager.instruments.text import Reading, Span, Statement
from kuager.instruments.text.timed import Line, Timed, timed
from kuager.record.case import Case
from kuager.release import spelling
from kuager.release.basis import Bases
from kuager.release.masking import Mask, masked_said, told
from kuager.release.people import name_of_label
from kuager.release.redaction import Quiet
from kuager.release.said import Said, Shown, chain_of, is_denial, one_line, renamed, said_in, speaker
from kuager.weigh.transcript import Transcript, transcripts


@dataclass(frozen=True)
class Words:
    """A stretch of speech, in seconds of the recording, and the same in translation where there is one."""

    start_s: float
    end_s: float
    text: str
    translation: str | None


@dataclass(frozen=True)
class Passage:
    """A claim or statement that may be cited: its words and its second; ids as they leave.

    ``speaker``: the first of ``chain``, or nobody where it is in doubt whose words it is.
    """

    text: str
    second: float
    statement: str
    chain: tuple[str, ...]
    speaker: str | None
    called: tuple[tuple[str, str], ...]
    denies: bool


@dataclass(frozen=True)
class Spoken:
    """A transcript for release: of which recording, in which language, by whom, translated by whom.

    ``said`` marks ``words`` by their number. ``passages`` has what may be cited by the ids that the case knows it by.
    """

    item: str
    language: str
    transcriber: str
    translator: str | None
    words: tuple[Words, ...]
    said: Said
    passages: Mapping[str, Passage] = field(default_factory=dict, repr=False)


def read(case: Case, leaving: Collection[str], bases: Bases) -> tuple[Spoken, ...]:
    """The transcripts of recordings that leave, without what is muted; none of one that is muted throughout."""
    found = []
    for each in transcripts(case):
        if each.item in leaving:
            quiets = [quiet for one in bases.redactions.get(each.item, ()) for quiet in one.quiets]
            kept = [n for n, line in enumerate(each.lines) if not _is_muted(line, quiets)]
            if kept:
                translation = [line for line in each.translation if not _is_muted(line, quiets)]
                found.append(_spoken(each, kept, translation, bases.mask(each.item)))
    return tuple(found)


def without_labels(case: Case, items: Collection[str], text: str) -> str:
    """A program's words about what recordings say, without the names that transcripts give to those who speak."""
    heard = [each for each in transcripts(case) if each.item in items]
    labels = {line.speaker for each in heard for line in each.lines if line.speaker and name_of_label(line.speaker)}
    for label in sorted(labels, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", "a voice in the recording", text, flags=re.I)
    return text


def called(reading: Reading, statement: Statement, mask: Mask) -> tuple[tuple[str, str], ...]:
    """The names through which a statement came, each with what stands for it where it may not be told."""
    inside = [source for source in reading.sources if source.id in statement.chain]
    return tuple((source.name, told(speaker(source), mask).name) for source in inside)


def _spoken(each: Transcript, kept: Sequence[int], translation: Sequence[Line], mask: Mask) -> Spoken:
    lines = [each.lines[n] for n in kept]
    heard = timed(_unlabelled(lines))
    reading = heard.read()
    shown = Shown(heard.text, tuple(_stretches(heard)))
    paragraphs, said = masked_said(shown.paragraphs, said_in(reading, shown), mask)
    known = _known_ids(each)
    at = _placed(heard, kept)
    names = {claim.id: known.get((*at(claim.span), claim.type, claim.status)) for claim in reading.claims}
    quoted = {one.id: known.get(at(one.span)) for one in reading.statements}
    through = {one.id: _names(reading, one) for one in reading.statements}
    # A person's decision and a program's link bear on what was read in the whole: they hold here only for words that
    # are given to the same people without what is muted and without the labels.
    claims = {c.id: name.id for c in reading.claims if (name := names[c.id]) and name.chain == through[c.statement]}
    statements = {id: one.id for id, one in quoted.items() if one and one.chain == through[id]}

    def quote(id: str) -> str:
        return mask.alias(statements.get(id) or f"st-{each.id}|{id}")

    said = renamed(said, quote, lambda id: claims.get(id) or mask.alias(f"cl-{each.id}|{id}"), mask.alias)
    words = tuple(
        Words(line.start_s, line.end_s, text, _translated(line, translation, mask))
        for line, text in zip(lines, paragraphs, strict=True)
    )
    by_id = {one.id: one for one in reading.statements}
    doubted = {c.id for c in reading.claims if c.attribution_doubtful}

    def passage(one: Statement, nobody: bool) -> Passage:
        (n, _, _), *_ = shown.places(one.span)
        chain = tuple(mask.alias(id) for id in chain_of(one))
        first = None if nobody else next(iter(chain), None)
        words = mask(_only_words(shown, one.span))
        who = (chain, first, called(reading, one, mask))
        return Passage(words, lines[n].start_s, quote(one.id), *who, is_denial(one))

    passages = {name: passage(by_id[id], False) for id, name in statements.items()}
    statement_of = {c.id: by_id[c.statement] for c in reading.claims}
    passages |= {name: passage(statement_of[id], id in doubted) for id, name in claims.items()}
    return Spoken(each.item, each.language, each.transcriber, each.translator, words, said, passages)


@dataclass(frozen=True)
class _Known:
    id: str
    chain: tuple[str, ...]


Key = tuple[object, ...]


def _known_ids(each: Transcript) -> dict[Key, _Known]:
    """The ids of what was read in the whole transcript, by where in its lines it stands; chains without labels."""
    whole, reading = each.timed, each.reading()
    at = _placed(whole, range(len(each.lines)))
    statements = {one.id: one for one in reading.statements}
    labels = [set(spelling.name(line.speaker)) for line in each.lines if line.speaker]
    found: dict[Key, _Known] = {
        at(one.span): _Known(one.id, _names(reading, one, labels)) for one in statements.values()
    }
    for claim in reading.claims:
        chain = _names(reading, statements[claim.statement], labels)
        found[(*at(claim.span), claim.type, claim.status)] = _Known(claim.id, chain)
    return found


def _names(reading: Reading, one: Statement, labels: Collection[set[str]] = ()) -> tuple[str, ...]:
    """Through whom it came, without those whom only a label names."""
    sources = {source.id: source.name for source in reading.sources}
    return tuple(
        sources[id] for id in one.chain if not any(set(spelling.name(sources[id])) <= label for label in labels)
    )


def _placed(whole: Timed, numbers: Sequence[int]) -> Callable[[Span], Key]:
    """Where a span stands, told by lines' numbers in the transcript, whichever of them are there."""
    shown = Shown(whole.text, tuple(_stretches(whole)))

    def at(span: Span) -> Key:
        places = list(shown.places(span))
        return tuple((numbers[n], start, end) for n, start, end in (places[:1] + places[-1:]))

    return at


def _stretches(whole: Timed) -> Iterator[tuple[int, int]]:
    for start, line in zip(whole.starts, whole.lines, strict=True):
        yield start, start + len(line.text)


def _only_words(shown: Shown, span: Span) -> str:
    return " ".join(shown.paragraphs[n][start:end] for n, start, end in shown.places(span))


def _unlabelled(lines: Sequence[Line]) -> list[Line]:
    """Lines without who speaks, whose text still begins anew where another speaks."""
    found: list[Line] = []
    marks, before = ("", None), None
    turn = 0
    for line in lines:
        turn += bool(found) and line.speaker != before
        before = line.speaker
        found.append(replace(line, text=one_line(line.text), speaker=marks[turn % 2]))
    return found


def _is_muted(line: Line, quiets: Sequence[Quiet]) -> bool:
    return any(line.start_s < quiet.end_s and line.end_s > quiet.start_s for quiet in quiets)


def _translated(line: Line, translation: Sequence[Line], mask: Mask) -> str | None:
    """Those lines of the translation whose middle lies in a line."""
    inside = [t.text for t in translation if line.start_s <= (t.start_s + t.end_s) / 2 <= line.end_s]
    return mask(" ".join(inside)) if inside else None
