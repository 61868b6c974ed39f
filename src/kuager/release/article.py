"""What of a published page may be shown: the article, without its readers' comments and the site's own furniture.

Commenters are private persons and stay masked until cleared, so everything from the first comment on is left out,
with whatever was said there. People at risk who are quoted in the article keep their role and lose their name.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from kuager.instruments.text import Claim, Reading, Source, Span, Statement
from kuager.instruments.text import read as read_page


@dataclass(frozen=True)
class Speaker:
    """Who is quoted, as far as may be told."""

    id: str
    name: str
    role: str
    side: str


@dataclass(frozen=True)
class Quote:
    """An attributed statement in the article's words; ``chain`` has speakers' ids, origin first."""

    id: str
    text: str
    chain: tuple[str, ...]
    said: str | None
    precision: str


@dataclass(frozen=True)
class Number:
    """A count with the bounds it gives. ``text`` is the statement it stands in, ``said`` and ``precision`` its day."""

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


@dataclass(frozen=True)
class Article:
    """A page for release. ``held_back`` counts comments that stay in the case."""

    title: str
    language: str
    published: str | None
    paragraphs: tuple[str, ...]
    held_back: int
    speakers: tuple[Speaker, ...]
    quotes: tuple[Quote, ...]
    numbers: tuple[Number, ...]


def read(data: bytes, media_type: str | None = None) -> Article:
    """The article in a page's bytes. Raises UnreadableError for what is not text."""
    reading = read_page(data, media_type)
    end = _first_comment(reading)
    headline = reading.page.headline
    quotes = [s for s in reading.statements if s.span.end <= end and s.speaker is not None]
    quoted = {statement.id: statement for statement in quotes}
    # A count that may be the reporter's own stands in the article's words; beside a name it would be put in a mouth.
    counts = [
        c for c in reading.claims if c.type == "casualty_count" and c.statement in quoted and not c.attribution_doubtful
    ]
    spoken = {id for statement in quotes for id in statement.chain}
    published = reading.page.published
    return Article(
        title=_one_line(headline.text) if headline and headline.end <= end else "",
        language=reading.page.language or "",
        published=published.date if published and published.precision == "day" else None,
        paragraphs=_paragraphs(reading, end),
        held_back=len(reading.page.comments),
        speakers=tuple(speaker(source) for source in reading.sources if source.id in spoken),
        quotes=tuple(
            Quote(
                s.id,
                _one_line(s.span.text),
                s.chain,
                s.said_on.date if s.said_on else None,
                s.said_on.precision if s.said_on else "day",
            )
            for s in quotes
        ),
        numbers=tuple(_number(claim, quoted[claim.statement]) for claim in counts),
    )


def encode(article: Article) -> bytes:
    """The article as the bytes of an object: JSON with sorted keys and a newline."""
    return (json.dumps(asdict(article), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def decode(data: bytes) -> Article:
    """Reads what ``encode`` wrote."""
    value = json.loads(data)
    return Article(
        **{
            **value,
            "paragraphs": tuple(value["paragraphs"]),
            "speakers": tuple(Speaker(**one) for one in value["speakers"]),
            "quotes": tuple(Quote(**{**one, "chain": tuple(one["chain"])}) for one in value["quotes"]),
            "numbers": tuple(Number(**{**one, "chain": tuple(one["chain"])}) for one in value["numbers"]),
        }
    )


def _first_comment(reading: Reading) -> int:
    """Where the first comment begins, its heading line included; the end of the text where there is none."""
    starts = [
        span.start for comment in reading.page.comments for span in (comment.by, comment.date, comment.body) if span
    ]
    return reading.text.rfind("\n", 0, min(starts)) + 1 if starts else len(reading.text)


def _paragraphs(reading: Reading, end: int) -> tuple[str, ...]:
    page = reading.page
    left_out: list[Span] = [*page.furniture, *([page.headline] if page.headline else [])]
    paragraphs: list[str] = []
    at = 0
    for line in reading.text[:end].split("\n"):
        covered = any(span.start < at + len(line) and span.end > at for span in left_out)
        shown = _one_line(line)
        if shown and not covered and paragraphs[-1:] != [shown]:  # saved pages repeat their captions
            paragraphs.append(shown)
        at += len(line) + 1
    return tuple(paragraphs)


def speaker(source: Source) -> Speaker:
    """A quoted source as it may be told: a person at risk keeps the role and loses the name."""
    hidden = source.at_risk and source.kind == "person" and not source.anonymous
    return Speaker(source.id, (source.role or "") if hidden else source.name, source.role or "", source.side)


def _number(claim: Claim, statement: Statement) -> Number:
    return Number(
        claim.id,
        claim.status or "",
        claim.relation or "",
        claim.lower,
        claim.upper,
        statement.chain,
        _one_line(statement.span.text),
        statement.said_on.date if statement.said_on else None,
        statement.said_on.precision if statement.said_on else "day",
        claim.first_hand,
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
