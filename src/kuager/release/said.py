"""Statements and counts of a text as they may be told: whose words they are, or that this cannot be told.

What somebody said and the text does not tell who stands with no speaker; a count that may be the reporter's words about
the one who is named stands with none either. Neither is ever put beside a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from kuager.instruments.text import Claim, Reading, Source, Span, Statement
from kuager.instruments.text.hedges import denies
from kuager.weigh.accounts import accounts
from kuager.weigh.tallies import further, is_group

Whose = Literal["speaker", "report", "not_told", "doubtful"]
"""Whose words a count is: those of its chain, the text's own, somebody's whom the text does not make out, or somebody's
of whom it is in doubt whether it is the one who is named."""

_QUOTED = ("direct", "indirect", "mixed", "continued")


@dataclass(frozen=True)
class Speaker:
    """Who is quoted, as far as may be told. ``body``: no person, but one that may keep counts."""

    id: str
    name: str
    role: str
    side: str
    body: bool = False


@dataclass(frozen=True)
class Quote:
    """A statement in the text's words; ``chain`` has speakers' ids, origin first, and is empty where it is not told.

    ``in_doubt``: some of it may be the reporter's own words. ``denies``: they say that it is *not* so.
    """

    id: str
    text: str
    chain: tuple[str, ...]
    said: str | None
    precision: str
    in_doubt: bool = False
    denies: bool = False


@dataclass(frozen=True)
class Number:
    """A count with the bounds it gives. ``text`` is the statement it stands in, ``said`` and ``precision`` its day.

    ``chain`` is empty unless it is the speaker's. ``part``: it counts some only: of another count's people, of one
    group (policemen), or besides those counted before ("another three").
    """

    id: str
    what: str
    relation: str
    lower: int | None
    upper: int | None
    chain: tuple[str, ...]
    text: str
    said: str | None
    precision: str
    first_hand: bool
    whose: Whose = "speaker"
    part: bool = False


@dataclass(frozen=True)
class Mark:
    """Where a quote or a number stands: code points ``start`` to ``end`` of a paragraph of the text that is shown."""

    paragraph: int
    start: int
    end: int
    quote: str | None = None
    number: str | None = None


@dataclass(frozen=True)
class Said:
    """What a text says that may be told, with where it stands, in order."""

    speakers: tuple[Speaker, ...] = ()
    quotes: tuple[Quote, ...] = ()
    numbers: tuple[Number, ...] = ()
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Shown:
    """The paragraphs of a text that are shown: each a stretch of it, in order, told on one line."""

    text: str
    stretches: tuple[tuple[int, int], ...]

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(one_line(self.text[start:end]) for start, end in self.stretches)

    def places(self, span: Span) -> Iterator[tuple[int, int, int]]:
        """Where a span of the text stands: paragraph, and code points from and to in it."""
        near = bisect_right(self.stretches, (span.start, len(self.text))) - 1
        for n in range(max(0, near), len(self.stretches)):
            start, end = self.stretches[n]
            if start >= span.end:
                break
            if span.start < end:
                moved = _moved(self.text[start:end])
                first, last = moved[max(0, span.start - start)], moved[min(end, span.end) - start]
                if first < last:
                    yield n, first, last


def said_in(reading: Reading, shown: Shown, end: int | None = None) -> Said:
    """What a reading holds up to an offset: statements of others, counts of everybody."""
    upto = len(reading.text) if end is None else end
    inside = {one.id: one for one in reading.statements if one.span.end <= upto}
    counts = [c for c in reading.claims if c.type == "casualty_count" and c.status and c.statement in inside]
    doubted = {c.statement for c in reading.claims if c.attribution_doubtful}
    quoted = [one for one in inside.values() if one.speaker is not None or is_open(one)]
    spoken = {id for one in quoted for id in chain_of(one)}
    sources = {source.id: source for source in reading.sources}
    found = accounts([("", reading)])
    some = further([x for x in found if x.claim.type == "casualty_count"]) | {x.claim.id for x in found if is_group(x)}
    marks = [Mark(*place, quote=one.id) for one in quoted for place in shown.places(one.span)]
    marks += [Mark(*place, number=c.id) for c in counts for place in shown.places(c.number or c.span)]
    return Said(
        speakers=tuple(speaker(source) for source in reading.sources if source.id in spoken),
        quotes=tuple(
            Quote(
                one.id,
                one_line(one.span.text),
                chain_of(one),
                *_day(one),
                in_doubt=one.id in doubted,
                denies=is_denial(one),
            )
            for one in quoted
        ),
        numbers=tuple(_number(c, inside[c.statement], sources, c.id in some) for c in counts),
        marks=tuple(sorted(marks, key=lambda it: (it.paragraph, it.start, -it.end))),
    )


def is_open(statement: Statement) -> bool:
    """Whether it is somebody's words and the text does not tell whose."""
    return statement.speaker is None and statement.form in _QUOTED


def chain_of(statement: Statement) -> tuple[str, ...]:
    """Through whom it came, origin first; nobody where the origin is not told: who passed it on did not say it."""
    return () if statement.speaker is None else statement.chain


def speaker(source: Source) -> Speaker:
    """A quoted source as it may be told: a person at risk keeps the role and loses the name."""
    hidden = source.at_risk and source.kind == "person" and not source.anonymous
    name = (source.role or "") if hidden else source.name
    return Speaker(
        source.id, name, source.role or "", source.side, source.kind in ("organisation", "collective", "media")
    )


def one_line(text: str) -> str:
    """A text without line ends, and with single spaces."""
    return " ".join(text.split())


def decoded(value: dict[str, Any]) -> dict[str, Any]:
    """What ``Said`` holds, from plain data."""
    return {
        "speakers": tuple(Speaker(**one) for one in value["speakers"]),
        "quotes": tuple(Quote(**{**one, "chain": tuple(one["chain"])}) for one in value["quotes"]),
        "numbers": tuple(Number(**{**one, "chain": tuple(one["chain"])}) for one in value["numbers"]),
        "marks": tuple(Mark(**one) for one in value.get("marks", ())),
    }


def is_denial(statement: Statement) -> bool:
    """Whether who is named says that the words are *not* so. Words that are a denial as they stand ("nobody was
    killed") are affirmed by who says them."""
    return statement.polarity == "deny" and not denies(statement.span.text)


def _number(claim: Claim, statement: Statement, sources: dict[str, Source], some: bool) -> Number:
    whose: Whose = "report"
    if is_open(statement):
        whose = "not_told"
    elif claim.attribution_doubtful:
        whose = "doubtful"
    elif statement.speaker is not None:
        whose = "speaker"
    text = one_line(statement.span.text)
    named = [sources[id].name for id in statement.chain if id in sources]
    if whose in ("doubtful", "not_told") and _names_one(text, named):
        text = one_line(claim.span.text)
    return Number(
        claim.id,
        claim.status or "",
        claim.relation or "",
        claim.lower,
        claim.upper,
        statement.chain if whose == "speaker" else (),
        text,
        *_day(statement),
        first_hand=claim.first_hand and whose in ("speaker", "report"),
        whose=whose,
        part=some or claim.part_of is not None,
    )


def _names_one(text: str, names: Iterable[str]) -> bool:
    """Whether a text holds a word of a name."""
    low = set(re.findall(r"\w+", text.casefold()))
    return any(len(word) > 2 and word in low for name in names for word in re.findall(r"\w+", name.casefold()))


def _day(statement: Statement) -> tuple[str | None, str]:
    said = statement.said_on
    return (said.date, said.precision) if said else (None, "day")


def _moved(text: str) -> Sequence[int]:
    """For each code point of a text, and its end, where it stands once the text is on one line."""
    found, at, gap = [], 0, False
    for mark in text:
        if mark.isspace():
            gap = at > 0
            found.append(at)
        else:
            at += gap
            found.append(at)
            at, gap = at + 1, False
    return [*found, at]


def renamed(said: Said, quote: Callable[[str], str], number: Callable[[str], str], who: Callable[[str], str]) -> Said:
    """The same under other ids."""

    def chain(ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(who(id) for id in ids)

    return Said(
        tuple(replace(one, id=who(one.id)) for one in said.speakers),
        tuple(replace(one, id=quote(one.id), chain=chain(one.chain)) for one in said.quotes),
        tuple(replace(one, id=number(one.id), chain=chain(one.chain)) for one in said.numbers),
        tuple(
            replace(one, quote=one.quote and quote(one.quote), number=one.number and number(one.number))
            for one in said.marks
        ),
    )
