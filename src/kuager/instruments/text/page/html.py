"""HTML pages: their text with what is headline, byline, caption, furniture, body and comment. Hostile HTML is text.

Nothing is fetched and nothing is run. The tree is walked without recursion, within bounds on nodes and text; what a
page hides from its readers (``hidden``, ``display:none``, scripts, templates) is not its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kuager.errors import UnreadableError
from kuager.instruments.text.page.layout import Layout
from kuager.instruments.text.page.metadata import Metadata, metadata

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

from kuager.instruments.text.page.assembly import assemble, clean, main_body
from kuager.instruments.text.page.pieces import Item, Piece

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
    return assemble(main_body(pieces, source), items, facts)


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
        self.pieces: list[Piece] = []
        self.items: list[Item] = []
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
            self.items.append(Item(comment, key, parent_key, depth, len(self.items)))
            comment = len(self.items) - 1
            self._attributes(attributes, comment)
            self.pieces.append(Piece("comment", "", comment))
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
                self.items[comment].pieces.append(Piece(role, clean(value), comment))

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
        text = clean("".join(self._buffer))
        self._buffer.clear()
        context, stamp = self._open, self._stamp
        if not text:
            return
        self._stamp = None
        if context.comment >= 0:
            item = self.items[context.comment]
            if context.role == "furniture" or (len(text) < 30 and _CONTROL.match(text)):
                item.pieces.append(Piece("furniture", text, context.comment))
                return
            item.pieces.append(Piece(context.role, text, context.comment, stamp))
            return
        last = self.pieces[-1] if self.pieces else None
        if last is not None and last.role == context.role == "byline" and len(last.text) + len(text) < 160:
            last.text += " " + text
            return
        self.pieces.append(Piece(context.role, text, -1, stamp, context.article))


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
