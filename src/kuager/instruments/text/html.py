"""HTML pages: their text with what is headline, byline, caption, furniture, body and comment. Hostile HTML is text.

Nothing is fetched and nothing is run. The tree is walked without recursion, within bounds on nodes and text; what a
page hides from its readers (``hidden``, ``display:none``, scripts, templates) is not its text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kuager.errors import UnreadableError
from kuager.instruments.text import dates
from kuager.instruments.text import layout as _layout
from kuager.instruments.text.folding import Folded
from kuager.instruments.text.layout import Layout, Range, Thread
from kuager.instruments.text.metadata import Metadata, metadata

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_NODES = 150_000
MAX_DEPTH = 400
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SKIP = frozenset(
    "script style noscript template svg math iframe object embed canvas audio video head button "
    "select option textarea input form map datalist".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary "
    "table tbody td tfoot th thead tr ul br".split()
)
_FURNITURE_TAGS = frozenset("nav aside footer menu".split())
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|sidebar|share|sharing|social|related|recommended"
    r"|promo|advert|ads?|banner|breadcrumbs?|popular|newsletter|subscribe|cookie|tags?|toolbar"
    r"|widget|teaser|most-read|editors-picks?|comment-?form|comment-?respond|comment-?sort\w*"
    r"|pagination|pager|reply-?link|login|signup)(?:$|[\s_-])",
    re.I,
)
_CAPTION = re.compile(r"(?:^|[\s_-])(?:caption|figcaption|photo-credit|image-credit)(?:$|[\s_-])", re.I)
_BYLINE = re.compile(
    r"(?:^|[\s_-])(?:byline|authors?|article-author|post-author|story-author|writer)(?:$|[\s_-])", re.I
)
_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|datetime|time|timestamp|published|pubdate|posted|post-date|meta-date|when|ago)(?:$|[\s_-])",
    re.I,
)
_ITEM = re.compile(
    r"^(?:comment|comments?[-_]{1,2}(?:item|entry|single|post|thread-item|node|wrapper|wrap"
    r"|container|box|block|card|unit)|commentitem|comment-?li|forum[-_]{1,2}(?:post|message"
    r"|comment)|discussion[-_]item|depth-\d+|post-comment|user-comment|reader-comment|single-comment)$",
    re.I,
)
_LOOSE_ITEM = re.compile(
    r"^(?:post|message|reply|response|msg|entry|item|thread-post|node|answer|replies__item|children__item)$", re.I
)
_THREAD = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|comment-list|thread|threads|forum|discussion|replies"
    r"|responses|messages|posts|disqus_thread|conversation)(?:$|[\s_-])",
    re.I,
)
_WHO = re.compile(
    r"(?:^|[\s_-])(?:author|authorname|username|user|nick|nickname|by|commenter|name|fn|poster"
    r"|login|handle|display-name)(?:$|[\s_-])",
    re.I,
)
_WHERE = re.compile(r"(?:^|[\s_-])(?:location|from|city|country|place|origin)(?:$|[\s_-])", re.I)
_BODY = re.compile(
    r"(?:^|[\s_-])(?:body|content|text|message|comment-text|comment-content|comment-body|post-text"
    r"|entry-content)(?:$|[\s_-])",
    re.I,
)
_CONTROL = re.compile(
    r"^(?:reply|like|dislike|report|share|permalink|link|quote|edit|delete|flag|up|down|upvote"
    r"|downvote|ответить|пожаловаться|нравится|цитировать|жауап беру|жауап қайтару|шағымдану"
    r"|ұнайды|in response|\W*\d*\W*|#\d+)$",
    re.I,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_PREFIX = re.compile(
    r"^(?:by|from|posted by|author|автор|откуда|из|от|жазған|қайдан)\s*:?\s+(?=\S)|\s+(?:says"
    r"|wrote|said|пишет|написал|жазды)\s*:?\s*$|\s*:\s*$",
    re.I,
)
_PARENT_ATTRIBUTES = (
    "data-parent-id",
    "data-parent",
    "data-parent-comment-id",
    "data-reply-to",
    "data-in-reply-to",
    "data-replyto",
    "data-parentid",
    "data-reply-to-id",
)
_ID_ATTRIBUTES = ("data-comment-id", "data-id", "data-commentid", "data-post-id", "id")
_WHO_ATTRIBUTES = (
    "data-author",
    "data-by",
    "data-username",
    "data-user",
    "data-user-name",
    "data-author-name",
    "data-name",
)
_WHERE_ATTRIBUTES = ("data-from", "data-location", "data-city", "data-place")
_DATE_ATTRIBUTES = ("data-date", "data-time", "data-timestamp", "data-datetime", "data-created", "data-posted")


@dataclass(slots=True)
class _Piece:
    """One block of text with its role, in the article or (by, from, when, text) in a comment."""

    role: str
    text: str
    comment: int = -1
    stamp: str | None = None
    inside_article: bool = False


@dataclass(slots=True)
class _Item:
    """One comment while the tree is walked."""

    parent: int
    key: str
    parent_key: str
    depth: int
    number: int
    pieces: list[_Piece] = field(default_factory=list)

    def has(self, role: str) -> bool:
        return any(p.role == role for p in self.pieces)


@dataclass(frozen=True, slots=True)
class _Context:
    """What a node inherits."""

    role: str
    comment: int
    thread: bool
    article: bool
    level: int = field(compare=False)


def extract(source: str) -> tuple[str, Layout]:
    """The text of an HTML page and its layout. Raises UnreadableError where there is no text in it."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(_shallow(source))
    facts = metadata(tree, source)
    walker = _Walker(facts)
    root = tree.root
    if root is not None:
        walker.walk(root)
    pieces, items = walker.pieces, walker.items
    if not any(p.text for p in pieces) and not items:
        raise UnreadableError(
            "The page holds no text that a reader would see.", "Save the page again, with its article open."
        )
    return _assemble(_main_body(pieces, source), items, facts)


def _shallow(source: str) -> str:
    """The source as it is, or without its tags where it nests deeper than any page that people read."""
    depth = deepest = 0
    for closing, name in _TAG.findall(source):
        if name.lower() in _VOID:
            continue
        depth += -1 if closing and depth else 1
        deepest = max(deepest, depth)
        if deepest > 20_000:
            return "<p>" + re.sub(r"<[^<>]{0,2000}>", "\n", source)
    return source


class _Walker:
    """Walks the tree in document order and keeps pieces and comments."""

    def __init__(self, facts: Metadata) -> None:
        self.facts = facts
        self.pieces: list[_Piece] = []
        self.items: list[_Item] = []
        self._buffer: list[str] = []
        self._open = _Context("body", -1, False, False, 0)
        self._stamp: str | None = None

    def walk(self, root: LexborNode) -> None:
        """Depth first, children before siblings, with an explicit stack; nodes beyond the bound are left out."""
        stack: list[tuple[LexborNode | None, _Context, bool]] = [(root, self._open, False)]
        count = 0
        while stack and count < MAX_NODES:
            node, context, leaving = stack.pop()
            if leaving:
                self._flush()
                self._open = context
                continue
            if node is None:
                continue
            count += 1
            if node.next is not None and node is not root:
                stack.append((node.next, context, False))
            if node.is_text_node:
                if context != self._open:
                    self._flush()
                    self._open = context
                self._buffer.append(node.text_content or "")
                continue
            if not node.is_element_node:
                if node.child is not None:
                    stack.append((node.child, context, False))
                continue
            tag = (node.tag or "").lower()
            attributes = node.attributes
            if tag in _SKIP or self._hidden(attributes):
                continue
            inner = self._enter(tag, attributes, context, node)
            if tag in _BLOCK or inner != context:
                self._flush()
                stack.append((None, context, True))
                self._open = inner
            if tag == "br":
                continue
            if node.child is not None and inner.level <= MAX_DEPTH:
                stack.append((node.child, inner, False))
            elif node.child is not None:
                self._buffer.append(node.text(deep=True)[:20000])
        self._flush()

    @staticmethod
    def _hidden(attributes: dict[str, Any]) -> bool:
        return (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or bool(_HIDDEN.search((attributes.get("style") or "")[:300]))
        )

    def _enter(self, tag: str, attributes: dict[str, Any], context: _Context, node: LexborNode) -> _Context:
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:400]
        prop = (attributes.get("itemprop") or "").lower()
        role, comment, thread = context.role, context.comment, context.thread
        article = context.article or tag in ("article", "main")
        level = context.level + 1
        if self._is_item(tag, attributes, names, context):
            key = next((str(attributes[a]) for a in _ID_ATTRIBUTES if attributes.get(a)), "")
            parent_key = next((str(attributes[a]) for a in _PARENT_ATTRIBUTES if attributes.get(a)), "")
            depth = _depth(attributes, names)
            self.items.append(_Item(comment, key, parent_key, depth, len(self.items)))
            comment = len(self.items) - 1
            self._attributes(attributes, comment)
            self.pieces.append(_Piece("comment", "", comment))
            return _Context("text", comment, True, article, level)
        if comment >= 0:
            return _Context(
                self._comment_role(tag, attributes, names, prop, role, comment), comment, True, article, level
            )
        if _THREAD.search(names) and tag not in ("body", "html") and not _FURNITURE.search(names):
            thread = True
        if role != "furniture":
            if (
                tag in _FURNITURE_TAGS
                or attributes.get("role") in ("navigation", "complementary", "contentinfo", "search")
                or (_FURNITURE.search(names) and tag not in ("body", "html", "main", "article"))
            ):
                role = "furniture"
            elif tag == "h1":
                role = "headline"
            elif tag == "figcaption" or _CAPTION.search(names):
                role = "caption"
            elif (
                tag == "time"
                or prop == "datepublished"
                or (_DATE.search(names) and tag not in ("article", "main", "section"))
            ):
                role = "date"
                self._stamp = attributes.get("datetime") or attributes.get("content")
            elif attributes.get("rel") == "author" or prop == "author" or _BYLINE.search(names):
                role = "byline"
        return _Context(role, comment, thread, article, level)

    def _is_item(self, tag: str, attributes: dict[str, Any], names: str, context: _Context) -> bool:
        if tag in (
            "body",
            "html",
            "a",
            "span",
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "time",
            "img",
            "label",
            "ul",
            "ol",
            "button",
        ):
            return False
        tokens = names.split()
        if (
            "data-comment-id" in attributes
            or "data-commentid" in attributes
            or "Comment" in (attributes.get("itemtype") or "").split("/")[-1]
            or (attributes.get("itemprop") or "") == "comment"
        ):
            return True
        if re.fullmatch(r"(?:li-)?(?:comment|reply|post)[-_]?\d+", attributes.get("id") or "", re.I) and (
            context.thread or context.comment >= 0 or "omment" in names
        ):
            return True
        if any(_ITEM.match(t) for t in tokens):
            return True
        loose = any(_LOOSE_ITEM.match(t) for t in tokens) or (tag in ("li", "article") and not tokens)
        if not (context.thread and (loose or any(a in attributes for a in (*_WHO_ATTRIBUTES, *_PARENT_ATTRIBUTES)))):
            return False
        return loose or any(attributes.get(a) for a in _WHO_ATTRIBUTES)

    def _attributes(self, attributes: dict[str, Any], comment: int) -> None:
        """What a comment's element says in attributes becomes text of its own, so that it has a span."""
        for names, role in ((_WHO_ATTRIBUTES, "by"), (_WHERE_ATTRIBUTES, "from"), (_DATE_ATTRIBUTES, "when")):
            value = next((str(attributes[a]) for a in names if attributes.get(a)), "")[:200]
            if value.strip():
                self.items[comment].pieces.append(_Piece(role, _clean(value), comment))

    def _comment_role(
        self, tag: str, attributes: dict[str, Any], names: str, prop: str, role: str, comment: int
    ) -> str:
        item = self.items[comment]
        if role in ("by", "from", "when", "furniture"):
            if tag == "time":
                self._stamp = attributes.get("datetime")
                return "when"
            return role
        if prop in ("text", "commenttext") or tag in ("p", "blockquote"):
            return "text"
        if tag == "time" or prop in ("datepublished", "datecreated") or _DATE.search(names):
            self._stamp = attributes.get("datetime") or attributes.get("content")
            return "when"
        if (
            _FURNITURE.search(names)
            or attributes.get("role") == "button"
            or (
                re.search(
                    r"(?:^|[\s_-])(?:reply|actions?|vote|votes|likes?|controls|tools|permalink|score)(?:$|[\s_-])",
                    names,
                    re.I,
                )
                and tag in ("a", "span", "div", "p")
            )
        ):
            return "furniture"
        if _BODY.search(names) and not _WHO.search(names):
            return "text"
        if not item.has("text"):
            if (
                prop in ("author", "creator", "name")
                or (_WHO.search(names) and not re.search(r"avatar|text|body", names))
                or (tag in ("cite", "b", "strong", "h3", "h4", "h5") and not item.has("by"))
            ):
                return "by"
            if _WHERE.search(names):
                return "from"
        return role

    def _flush(self) -> None:
        text = _clean("".join(self._buffer))
        self._buffer.clear()
        context, stamp = self._open, self._stamp
        if not text:
            return
        self._stamp = None
        if context.comment >= 0:
            item = self.items[context.comment]
            if context.role == "furniture" or (len(text) < 30 and _CONTROL.match(text)):
                item.pieces.append(_Piece("furniture", text, context.comment))
                return
            item.pieces.append(_Piece(context.role, text, context.comment, stamp))
            return
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.role == context.role == "byline" and len(last.text) + len(text) < 160:
            last.text += " " + text
            return
        self.pieces.append(_Piece(context.role, text, -1, stamp, context.article))


def _clean(text: str) -> str:
    folded = Folded(text).view if not text.isascii() else text
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", folded)).strip()


def _depth(attributes: dict[str, Any], names: str) -> int:
    m = re.search(r"(?:depth|level|indent)[-_]?(\d{1,2})(?!\d)", names)
    value = (
        m.group(1)
        if m
        else next(
            (
                str(attributes[a])
                for a in ("data-depth", "data-level", "data-indent", "aria-level")
                if attributes.get(a)
            ),
            "",
        )
    )
    return int(value) if value.isdigit() and len(value) < 3 else -1


def _main_body(pieces: list[_Piece], source: str) -> list[_Piece]:
    """Body blocks that trafilatura (or the article element) holds to be the article; the rest becomes furniture."""
    if any(p.inside_article and p.role == "body" and len(p.text) > 80 for p in pieces):
        for p in pieces:
            if p.role == "body" and not p.inside_article:
                p.role = "furniture"
        return pieces
    kept = _trafilatura_text(source)
    if kept:
        for p in pieces:
            if p.role == "body" and p.text[:60] not in kept and len(p.text) < 400:
                p.role = "furniture"
    return pieces


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
    return _clean(found or "")


def _assemble(pieces: list[_Piece], items: list[_Item], facts: Metadata) -> tuple[str, Layout]:
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
    layout.comments = [threads[k] for k in sorted(threads, key=lambda k: indices[k])]
    text = out.text()
    if not layout.comments:
        _layout.comments_in(text, layout)
    if layout.headline is None and facts.title:
        _headline(text, layout, facts.title)
    layout.authors = layout.authors or facts.authors
    if layout.byline is None:
        _plain_byline(text, layout)
    layout.forum_closed = bool(_layout.closed(text))
    _layout.publication(text, layout, date_lines)
    return text, layout


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


def _numbered(items: list[_Item]) -> dict[int, int]:
    """Comments in order; an element that only wraps another comment, without words of its own, is none."""
    kept = [k for k, item in enumerate(items) if any(p.role == "text" for p in item.pieces)]
    wrappers = set(range(len(items))) - set(kept)
    children: dict[int, list[_Item]] = {}
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


def _thread(item: _Item, indices: dict[int, int], items: list[_Item], out: _Writer, layout: Layout) -> Thread:
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


def _reply(item: _Item, indices: dict[int, int], items: list[_Item]) -> int | None:
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
    if m:
        return m[1] + (f"T{m[2]}{m[3] or ''}" if m[2] else "")
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        import datetime as dt

        return dt.datetime.fromtimestamp(int(text[:10]), dt.UTC).strftime("%Y-%m-%dT%H:%MZ")
    for found in dates.find(text):
        if found.iso:
            return found.iso + (f"T{found.time}" if found.time else "")
    return None


def _byline(text: str, where: Range, layout: Layout, facts: Metadata) -> None:
    layout.byline = where
    layout.authors, layout.credit = _layout.authors(_layout.after_by(text))
    if facts.authors and not layout.authors:
        layout.authors = facts.authors


def _plain_byline(text: str, layout: Layout) -> None:
    for where in (*layout.body, *layout.furniture):
        who = _layout.byline(text[slice(*where)])
        if who:
            layout.byline = where
            layout.authors, layout.credit = _layout.authors(who)
            (layout.body if where in layout.body else layout.furniture).remove(where)
            return


def _headline(text: str, layout: Layout, title: str) -> None:
    for where in (*layout.body[:4], *layout.furniture):
        words = text[slice(*where)]
        if len(words) > 12 and (words in title or title in words):
            layout.headline = where
            (layout.body if where in layout.body else layout.furniture).remove(where)
            return
