"""What of a published page may be shown: the article, without its readers' comments and the site's own furniture.

Commenters are private persons and stay masked until cleared, so everything from the first comment on is left out,
with whatever was said there. People at risk who are quoted in the article keep their role and lose their name.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from kuager.instruments.text import Reading, Span
from kuager.instruments.text import read as read_page
from kuager.release.said import Said, Shown, decoded, one_line, said_in

FORM = "2"
"""Names the shape of what ``encode`` writes: text made in another is made anew."""


@dataclass(frozen=True)
class Article:
    """A page for release. ``held_back`` counts comments that stay in the case; ``said`` marks its paragraphs."""

    title: str
    language: str
    published: str | None
    paragraphs: tuple[str, ...]
    held_back: int
    said: Said


def read(data: bytes, media_type: str | None = None) -> Article:
    """The article in a page's bytes. Raises UnreadableError for what is not text."""
    reading = read_page(data, media_type)
    end = _first_comment(reading)
    headline, published = reading.page.headline, reading.page.published
    shown = _shown(reading, end)
    return Article(
        title=one_line(headline.text) if headline and headline.end <= end else "",
        language=reading.page.language or "",
        published=published.date if published and published.precision == "day" else None,
        paragraphs=shown.paragraphs,
        held_back=len(reading.page.comments),
        said=said_in(reading, shown, end),
    )


def encode(article: Article) -> bytes:
    """The article as the bytes of an object: JSON with sorted keys and a newline."""
    return (json.dumps(asdict(article), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def decode(data: bytes) -> Article:
    """Reads what ``encode`` wrote."""
    value = json.loads(data)
    return Article(**{**value, "paragraphs": tuple(value["paragraphs"]), "said": Said(**decoded(value["said"]))})


def _first_comment(reading: Reading) -> int:
    """Where the first comment begins, its heading line included; the end of the text where there is none."""
    starts = [
        span.start for comment in reading.page.comments for span in (comment.by, comment.date, comment.body) if span
    ]
    return reading.text.rfind("\n", 0, min(starts)) + 1 if starts else len(reading.text)


def _shown(reading: Reading, end: int) -> Shown:
    """The lines of the article itself: no furniture, no headline, and no caption twice."""
    page = reading.page
    left_out: list[Span] = [*page.furniture, *([page.headline] if page.headline else [])]
    stretches: list[tuple[int, int]] = []
    before, at = "", 0
    for line in reading.text[:end].split("\n"):
        covered = any(span.start < at + len(line) and span.end > at for span in left_out)
        words = one_line(line)
        if words and not covered and words != before:  # saved pages repeat their captions
            stretches.append((at, at + len(line)))
            before = words
        at += len(line) + 1
    return Shown(reading.text, tuple(stretches))
