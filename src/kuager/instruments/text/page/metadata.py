"""What an HTML page says of itself: title, authors, and the day of publication with where it says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kuager.instruments.text import dates
from kuager.instruments.text.model import Date

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

#: In the order in which they are believed; "modified" and "updated" are never the day of publication.
_DATES = (
    ('meta[property="article:published_time"]', "content", "meta article:published_time"),
    ('meta[itemprop="datePublished"]', "content", "meta datePublished"),
    ('meta[name="datePublished"]', "content", "meta datePublished"),
    ('meta[name="pubdate"]', "content", "meta pubdate"),
    ('meta[name="publish-date"]', "content", "meta publish-date"),
    ('meta[name="DC.date.issued"]', "content", "meta DC.date.issued"),
    ('meta[name="date"]', "content", "meta date"),
    ('time[itemprop="datePublished"]', "datetime", "time datePublished"),
    ("time[pubdate]", "datetime", "time pubdate"),
    ("article header time", "datetime", "time element in the article's header"),
    ("header time", "datetime", "time element in the header"),
)
_JSON_LD = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_JSON_AUTHOR = re.compile(r'"author"\s*:\s*(?:\[\s*)?\{[^{}]{0,200}?"name"\s*:\s*"([^"]{2,80})"')


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, authors and publication as the page's markup gives them."""

    title: str | None
    authors: tuple[str, ...]
    published: Date | None


def metadata(tree: LexborHTMLParser, source: str) -> Metadata:
    """Reads a page's own metadata; nothing of it is a claim about the event."""
    title = None
    for selector, attribute in (('meta[property="og:title"]', "content"), ("title", None)):
        node = tree.css_first(selector)
        if node is not None:
            value = node.attributes.get(attribute) if attribute else node.text()
            if value and value.strip():
                title = re.sub(r"\s+", " ", value)[:400].strip()
                break
    names = []
    for node in tree.css('meta[name="author"], meta[property="article:author"]')[:8]:
        value = (node.attributes.get("content") or "").strip()
        if value and "/" not in value and len(value) < 80:
            names.append(value)
    if not names:
        names = _JSON_AUTHOR.findall(source[:400_000])[:4]
    return Metadata(title, tuple(dict.fromkeys(names)), _published(tree, source))


def _published(tree: LexborHTMLParser, source: str) -> Date | None:
    for selector, attribute, basis in _DATES:
        node = tree.css_first(selector)
        if node is None:
            continue
        day = _day(node.attributes.get(attribute) or node.text() or "")
        if day:
            return Date(day, "day", basis)
    m = _JSON_LD.search(source[:400_000])
    day = _day(m.group(1)) if m else None
    return Date(day, "day", "JSON-LD datePublished") if day else None


def _day(value: str) -> str | None:
    for found in dates.find(value[:60]):
        if found.iso and found.day:
            return found.iso
    m = re.match(r"\s*((?:19|20)\d\d)-?(\d\d)-?(\d\d)", value)
    return "-".join(m.groups()) if m else None
