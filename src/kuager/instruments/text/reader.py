"""Reading a page: structure, statements, sources, claims. What stands in a page is data, never an order."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

from kuager.errors import UnreadableError
from kuager.instruments.text import claims as _claims
from kuager.instruments.text import dates, hedges
from kuager.instruments.text.attribution import Reader
from kuager.instruments.text.counting.left_over import left_over
from kuager.instruments.text.folding import Folded
from kuager.instruments.text.language import page_language
from kuager.instruments.text.layers.layer import Layer
from kuager.instruments.text.layers.proposed import Proposed
from kuager.instruments.text.model import Byline, Comment, Date, Page, Reading, Span, Statement
from kuager.instruments.text.page import layout
from kuager.instruments.text.page.document import MAX_BYTES, Document, load
from kuager.instruments.text.page.layout import Layout
from kuager.instruments.text.said import Said
from kuager.instruments.text.who.sources import Registry

Range = tuple[int, int]


def read(page: bytes | str | Path | Document, media_type: str | None = None, layers: Sequence[Layer] = ()) -> Reading:
    """Reads a page (bytes, a path, or a loaded document) into statements and claims.

    ``layers`` may propose what the rules do not find. Raises UnreadableError for a page that is empty, binary, too
    large, or cannot be opened.
    """
    document = page if isinstance(page, Document) else load(_bytes(page), media_type)
    folded = Folded(document.text)
    parts = document.layout if isinstance(document.layout, Layout) else layout.plain(folded.view)
    view = folded.view
    main = page_language(" ".join(view[a:b] for a, b in parts.body[:12]) or view)
    registry = Registry(view)
    registry.start = parts.body[0][0] if parts.body else 0
    reader = Reader(view, registry, main or "")
    reader.proposed = Proposed.of(layers, view, paragraphs(parts))
    reader.section(-1, None)
    reader.transcript(parts.body)
    for a, b in parts.body:
        reader.paragraph(a, b)
    if parts.headline:
        # After the body, so that a headline's description finds the person the article names.
        reader.section(-1, None)
        reader.paragraph(*parts.headline, headline=True)
    for n, thread in enumerate(parts.comments):
        who = registry.commenter(thread.by, view[slice(*thread.from_)] if thread.from_ else None, n)
        reader.section(n, who)
        for a, b in thread.paragraphs:
            reader.paragraph(a, b)
    context = _Context(folded, parts)
    reader.said.extend(left_over(view, parts.body, reader.said, main or "en"))
    ordered = sorted(reader.said, key=lambda s: (s.start, s.end))
    statements = tuple(context.statement(s) for s in ordered)
    found = _claims.claims(ordered, statements, folded, context.year, context.published, context.comment_days, parts)
    return Reading(
        document.text,
        document.encoding,
        document.media_type,
        context.page(main),
        registry.results(folded, {each for s in reader.said for each in (e.id for e in s.chain)}),
        statements,
        found,
    )


def _bytes(page: bytes | str | Path) -> bytes:
    if isinstance(page, bytes):
        return page
    path = Path(page)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableError(
                f"The page has {path.stat().st_size} bytes, more than the {MAX_BYTES} that are read.",
                "Save the article alone, or split the file.",
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(
            f"The page {path.name} cannot be opened: {error.strerror or error}.", "Check the path and its permissions."
        ) from error


def paragraphs(parts: Layout) -> list[Range]:
    """The paragraphs of a page that can hold statements: headline, body, comments, in the order of the text."""
    own = [*([parts.headline] if parts.headline else []), *parts.body]
    return sorted([*own, *(each for thread in parts.comments for each in thread.paragraphs)])


class _Context:
    """What every result of one page needs: the way to spans, the day of publication, the page's year."""

    def __init__(self, folded: Folded, parts: Layout) -> None:
        self.folded = folded
        self.parts = parts
        self.published: dt.date | None = None
        if parts.published and len(parts.published.date) >= 10:
            self.published = dt.date.fromisoformat(parts.published.date[:10])
        years = [f.year for a, b in parts.body for f in dates.find(folded.view, a, b) if f.year]
        self.year = self.published.year if self.published else (max(set(years), key=years.count) if years else None)
        self.comment_days = [
            dt.date.fromisoformat(t.datetime[:10]) if t.datetime and len(t.datetime) >= 10 else None
            for t in parts.comments
        ]

    def span(self, where: Range | None) -> Span | None:
        return self.folded.span(*where) if where else None

    def statement(self, said: Said) -> Statement:
        """A result from what was found, with the hedges in and around its span and the day on which it was said."""
        span = self.folded.span(said.start, said.end)
        # Two statements may share a span: one inside another, with other speakers.
        key = f"{span.start}:{span.end}:{said.speaker.id if said.speaker else ''}"
        return Statement(
            id="st-" + hashlib.sha256(key.encode()).hexdigest()[:10],
            span=span,
            speaker=said.speaker.id if said.speaker else None,
            speaker_mention=self.span(said.mention),
            chain=tuple(e.id for e in said.chain),
            cue=self.span(said.cue),
            form=said.form,
            direct_spans=tuple(self.folded.span(a, b) for a, b in said.direct),
            said_on=self._said_on(said),
            hedges=tuple(hedges.find(self.folded, said)),
            polarity="deny" if said.deny or hedges.denies(self.folded.view[said.start : said.end]) else "affirm",
            resolved_by=said.by or None,
            read_by=said.read_by,
        )

    def _said_on(self, said: Said) -> Date | None:
        if said.cue is None or said.form == "continued":
            return None
        view = self.folded.view
        a, b = said.sentence
        month = self.published.month if self.published else None
        for s, e in _outside(a, b, (said.start, said.end)):
            for found in dates.find(view, s, e, self.year, month):
                result = found.as_date("beside the reporting verb")
                if result and found.day:  # nobody says a thing in a month
                    return result
            day = self.comment_days[said.section] if said.section >= 0 else self.published
            weekday = dates.weekday(view, s, e, day)
            if weekday:
                return weekday
        return None

    def page(self, main: str | None) -> Page:
        """The page's structure as a result."""
        parts, folded = self.parts, self.folded
        byline = None
        if parts.byline:
            byline = Byline(parts.authors, parts.credit, folded.span(*parts.byline))
        ids = [_comment_id(n, folded.view, t.by, t.datetime) for n, t in enumerate(parts.comments)]
        comments = tuple(
            Comment(
                ids[n],
                self.span(t.by),
                self.span(t.from_),
                self.span(t.date),
                t.datetime,
                ids[t.reply_to] if t.reply_to is not None else None,
                folded.span(*t.body),
            )
            for n, t in enumerate(parts.comments)
        )
        return Page(
            main,
            self.span(parts.headline),
            byline,
            tuple(folded.span(*c) for c in parts.captions),
            parts.published,
            tuple(folded.span(*f) for f in sorted(parts.furniture)),
            parts.forum_closed,
            comments,
        )


def _comment_id(n: int, view: str, by: Range | None, stamp: str | None) -> str:
    key = f"{n}|{view[slice(*by)] if by else ''}|{stamp or ''}"
    return "co-" + hashlib.sha256(key.encode()).hexdigest()[:10]


def _outside(a: int, b: int, inner: Range) -> list[Range]:
    """The parts of a sentence before and after a statement's span."""
    return [(s, e) for s, e in ((a, min(b, max(a, inner[0]))), (max(a, min(b, inner[1])), b)) if e > s]
