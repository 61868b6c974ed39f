"""From pieces of HTML to one text and its layout: body, headline, byline, and comments with their replies."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from kuager.instruments.text import dates
from kuager.instruments.text.folding import Folded
from kuager.instruments.text.page import byline
from kuager.instruments.text.page import layout as _layout
from kuager.instruments.text.page.layout import Layout, Range, Thread
from kuager.instruments.text.page.metadata import Metadata
from kuager.instruments.text.page.pieces import Item, Piece
from kuager.instruments.text.page.publication import publication

#: Characters from which on a block is a paragraph and no label.
_PROSE = 80
#: How a sentence ends, and a line of a list does not.
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*\s*$")
_PREFIX = re.compile(
    r"^(?:by|from|posted by|author|автор|откуда|из|от|жазған|қайдан)\s*:?\s+(?=\S)|\s+(?:says"
    r"|wrote|said|пишет|написал|жазды)\s*:?\s*$|\s*:\s*$",
    re.I,
)


def clean(text: str) -> str:
    folded = Folded(text).view if not text.isascii() else text
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", folded)).strip()


def main_body(pieces: list[Piece], source: str) -> list[Piece]:
    """Body blocks that trafilatura (or the article element) holds to be the article; the rest becomes furniture."""
    marked = any(p.inside_article and p.role == "body" and len(p.text) > _PROSE for p in pieces)
    if marked:
        for p in pieces:
            if p.role == "body" and not p.inside_article:
                p.role = "furniture"
    buried = _is_buried(pieces)
    if marked and not buried:
        return pieces
    kept = _trafilatura_text(source)
    if kept and buried and _prose(pieces, "body") < len(kept) / 2:
        for p in pieces:
            if p.role == "furniture" and len(p.text) > _PROSE and p.text[:60] in kept:
                p.role = "body"
    elif kept and not marked:  # what the article element holds is not taken out of it
        for p in pieces:
            if p.role == "body" and p.text[:60] not in kept and len(p.text) < 400:
                p.role = "furniture"
    return pieces


def _is_buried(pieces: list[Piece]) -> bool:
    """Whether most of a page's prose stands in elements that are named like furniture, as blogs name their wrappers."""
    return _prose(pieces, "furniture") > _prose(pieces, "body")


def _prose(pieces: list[Piece], role: str) -> int:
    return sum(len(p.text) for p in pieces if p.role == role and len(p.text) > _PROSE)


def _trafilatura_text(source: str) -> str:
    """The main text that trafilatura finds, spaces folded; empty where it finds none or fails on hostile markup."""
    if len(source) > 2_000_000:
        return ""
    import trafilatura

    try:
        found = trafilatura.extract(
            source, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False, fast=True
        )
    except Exception:  # lxml and its helpers raise many kinds on hostile markup; the walk above needs none of them
        return ""
    return clean(found or "")


def assemble(pieces: list[Piece], items: list[Item], facts: Metadata) -> tuple[str, Layout]:
    """The text, one block a line and a blank line between, and the layout that points into it."""
    out = _Writer()
    layout = Layout(published=facts.published)
    date_lines: list[tuple[int, Range, dates.Found]] = []
    indices = _numbered(items)
    written: set[int] = set()
    threads: dict[int, Thread] = {}
    for p in pieces:
        if p.role == "comment":
            if p.comment in indices and p.comment not in written:
                written.add(p.comment)
                threads[p.comment] = _thread(items[p.comment], indices, items, out, layout)
            continue
        where = out.add(p.text)
        found = dates.whole(out.text(), *where) if len(p.text) < 90 and p.role in ("date", "body") else None
        if p.role == "headline" and layout.headline is None:
            layout.headline = where
        elif p.role == "caption":
            layout.captions.append(where)
        elif p.role == "byline" and layout.byline is None and len(p.text) < 200:
            _byline(p.text, where, layout, facts)
        elif p.role == "date" or found:
            if found:
                date_lines.append((0, where, found))
            layout.furniture.append(where)
        elif p.role == "body" and not _layout.is_furniture(p.text):
            layout.body.append(where)
        else:
            layout.furniture.append(where)
    _drop_lists(out.text(), layout)
    layout.comments = [threads[k] for k in sorted(threads, key=lambda k: indices[k])]
    text = out.text()
    if not layout.comments:
        _layout.comments_in(text, layout)
    if layout.headline is None and facts.title:
        _headline(text, layout, facts.title)
    layout.authors = layout.authors or facts.authors
    if layout.byline is None:
        _plain_byline(text, layout)
    if layout.byline is None:
        _named_byline(text, layout, facts.authors)
    layout.forum_closed = bool(_layout.closed(text))
    publication(text, layout, date_lines)
    return text, layout


def _drop_lists(text: str, layout: Layout) -> None:
    """Takes lines without a full stop after the last paragraph for furniture: lists of other stories."""
    prose = [n for n, (a, b) in enumerate(layout.body) if b - a > _PROSE and _ENDED.search(text, a, b)]
    if prose:
        last = prose[-1] + 1
        layout.furniture += [r for r in layout.body[last:] if not _ENDED.search(text, *r)]
        layout.body[last:] = [r for r in layout.body[last:] if _ENDED.search(text, *r)]


class _Writer:
    """Collects blocks of text and knows where each stands."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at = 0

    def add(self, text: str, gap: str = "\n\n") -> Range:
        if self._parts:
            self._parts.append(gap)
            self._at += len(gap)
        self._parts.append(text)
        start, self._at = self._at, self._at + len(text)
        return start, self._at

    def text(self) -> str:
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""


def _numbered(items: list[Item]) -> dict[int, int]:
    """Comments in order; an element that only wraps another comment, without words of its own, is none."""
    kept = [k for k, item in enumerate(items) if any(p.role == "text" for p in item.pieces)]
    wrappers = set(range(len(items))) - set(kept)
    children: dict[int, list[Item]] = {}
    for item in items:
        children.setdefault(item.parent, []).append(item)
    for k, item in enumerate(items):
        if k in wrappers:
            for other in children.get(k, ()):
                if other.parent == k:
                    other.parent = item.parent
                    other.parent_key = other.parent_key or item.parent_key
                    other.key = other.key or item.key
                    other.depth = other.depth if other.depth >= 0 else item.depth
                    if not other.has("by"):
                        other.pieces = [p for p in item.pieces if p.role in ("by", "from", "when")] + other.pieces
    return {k: n for n, k in enumerate(kept)}


def _thread(item: Item, indices: dict[int, int], items: list[Item], out: _Writer, layout: Layout) -> Thread:
    spots: dict[str, Range] = {}
    stamp: str | None = None
    rows: list[Range] = []
    for p in item.pieces:
        text = p.text
        if p.role in ("by", "from"):
            both = re.match(r"^(?:by|автор|жазған)\s*:\s*(.+?)\s+(?:from|откуда|қайдан)\s*:\s*(.+)$", text, re.I)
            if both and p.role == "by":
                spots["by"], spots["from"] = out.add(both[1]), out.add(both[2], "\n")
                continue
            text = _PREFIX.sub("", _PREFIX.sub("", text)).strip()
        if p.role in ("by", "from", "when"):
            if not text or p.role in spots:
                if text and p.role == "when" and stamp is None:
                    stamp = _stamp(p.stamp or text)
                continue
            spots[p.role] = out.add(text, "\n" if spots else "\n\n")
            if p.role == "when":
                stamp = _stamp(p.stamp) or _stamp(text)
        elif p.role == "furniture":
            layout.furniture.append(out.add(text, "\n"))
        else:
            head = (
                re.match(r"^by\s*:\s*(.{1,60}?)(?:\s+from\s*:\s*(.{1,60}))?$", text, re.I)
                if not rows and "by" not in spots
                else None
            )
            if head:
                spots["by"] = out.add(head[1])
                if head[2]:
                    spots["from"] = out.add(head[2], "\n")
                continue
            found = dates.whole(text, 0, len(text)) if not rows and len(text) < 60 else None
            if found and "when" not in spots:
                spots["when"] = out.add(text, "\n")
                stamp = _stamp(text)
                continue
            rows.append(out.add(text, "\n"))
    body = (rows[0][0], rows[-1][1])
    return Thread(
        spots.get("by"), spots.get("from"), spots.get("when"), stamp, _reply(item, indices, items), body, tuple(rows)
    )


def _reply(item: Item, indices: dict[int, int], items: list[Item]) -> int | None:
    if item.parent_key and item.parent_key.lower() not in ("0", "null", "none", "false"):
        wanted = re.sub(r"\D*", "", item.parent_key) or item.parent_key
        for k, n in indices.items():
            key = items[k].key
            if items[k] is not item and key and (key == item.parent_key or (re.sub(r"\D*", "", key) or key) == wanted):
                return n
    if item.parent >= 0 and item.parent in indices:
        return indices[item.parent]
    if item.depth > 0:
        me = item.number
        return next(
            (indices[k] for k in range(me - 1, -1, -1) if k in indices and 0 <= items[k].depth < item.depth), None
        )
    return None


def _stamp(text: str | None) -> str | None:
    """A comment's moment in ISO 8601, from an attribute or from words."""
    if not text:
        return None
    text = text.strip()
    m = re.match(r"((?:19|20)\d\d-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$", text)
    if m and _is_day(m[1]):
        return m[1] + (f"T{m[2]}{m[3] or ''}" if m[2] else "")
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return dt.datetime.fromtimestamp(int(text[:10]), dt.UTC).strftime("%Y-%m-%dT%H:%MZ")
    for found in dates.find(text):
        if found.iso:
            return found.iso + (f"T{found.time}" if found.time and found.day else "")
    return None


def _byline(text: str, where: Range, layout: Layout, facts: Metadata) -> None:
    layout.byline = where
    layout.authors, layout.credit = byline.authors(byline.after_by(text))
    if facts.authors and not layout.authors:
        layout.authors = facts.authors


def _plain_byline(text: str, layout: Layout) -> None:
    for where in (*layout.body, *layout.furniture):
        who = byline.names_in(text[slice(*where)])
        if who:
            layout.byline = where
            layout.authors, layout.credit = byline.authors(who)
            (layout.body if where in layout.body else layout.furniture).remove(where)
            return


def _named_byline(text: str, layout: Layout, authors: tuple[str, ...]) -> None:
    """The short line that names the authors whom the page's markup names."""
    for where in (*layout.body[:6], *layout.furniture):
        line = text[slice(*where)]
        if len(line) < 160 and any(len(name) > 4 and name in line for name in authors):
            layout.byline = where
            layout.authors = tuple(name for name in authors if name in line)
            (layout.body if where in layout.body else layout.furniture).remove(where)
            return


def _headline(text: str, layout: Layout, title: str) -> None:
    """The line nearest to the title that the markup gives, which often has the site's name after it."""
    wanted, best = _letters(title), None
    for where in (*layout.body[:4], *layout.furniture):
        words = _letters(text[slice(*where)])
        if len(words) > 10 and (words in wanted or wanted in words):
            apart = abs(len(words) - len(wanted))
            best = min(best, (apart, where)) if best else (apart, where)
    if best:
        layout.headline = best[1]
        (layout.body if best[1] in layout.body else layout.furniture).remove(best[1])


def _letters(line: str) -> str:
    return re.sub(r"[\W_]+", "", line).casefold()


def _is_day(iso: str) -> bool:
    """Whether there is such a day: 2011-02-30 is none."""
    try:
        dt.date.fromisoformat(iso)
    except ValueError:
        return False
    return True
