"""The parts of a page saved as plain text: headline, byline, captions, dates, furniture, body and comments."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kuager.instruments.text import dates
from kuager.instruments.text.model import Date
from kuager.instruments.text.page import byline
from kuager.instruments.text.page.publication import publication

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Thread:
    """One comment of a page, in ranges of the text; ``reply_to`` is the index of the comment it answers."""

    by: Range | None
    from_: Range | None
    date: Range | None
    datetime: str | None
    reply_to: int | None
    body: Range
    paragraphs: tuple[Range, ...]


@dataclass(slots=True)
class Layout:
    """Ranges of a page's text by what they are. ``body`` holds paragraphs in reading order."""

    headline: Range | None = None
    byline: Range | None = None
    authors: tuple[str, ...] = ()
    credit: str | None = None
    captions: list[Range] = field(default_factory=list)
    furniture: list[Range] = field(default_factory=list)
    body: list[Range] = field(default_factory=list)
    comments: list[Thread] = field(default_factory=list)
    forum_closed: bool = False
    published: Date | None = None


_BY = re.compile(
    r"^(?:by|author|posted by|автор|кто|жазған|авторы)\s*:\s*(?P<by>\S.{0,80}?)(?:\s+(?:from"
    r"|откуда|город|қайдан|из)\s*:\s*(?P<from>\S.{0,80}?))?\s*$",
    re.I,
)
_FROM = re.compile(r"^(?:from|откуда|город|қайдан)\s*:\s*(?P<from>\S.{0,80}?)\s*$", re.I)
_BY_LOOSE = re.compile(
    r"^(?:(?:posted|comment) by\s+(?P<b1>[^,:|]{1,60}?)\s*(?:on|at|,|\||-|–|—)\s*(?P<d1>.{6,40})"
    r"|(?P<b2>[^,:|.!?]{1,40}?)\s+(?:wrote|says|said|commented|пишет|написала?|жазды|жазады)\s*(?:on"
    r"|at|,)?\s*(?P<d2>.{0,40}?):?"
    r"|(?P<b3>[^,:|.!?()]{1,40}?)\s*(?:\((?P<f3>[^()]{1,40})\))?\s*(?:\||·|•|,|–|—|-)\s*(?P<d3>[^|·•]{6,40}))$",
    re.I,
)
_REPLY = re.compile(
    r"^(?:in (?:response|reply)(?: to\b.*)?|replies|reply|в ответ(?: на\b.*)?|ответ(?:ы)?|жауап(?: ретінде)?)\s*:?$",
    re.I,
)
_REPLY_TO = re.compile(
    r"^(?:in (?:response|reply) to|replying to|reply to|в ответ(?: на)?|ответ для|жауап:)\s*:?\s*@?(?P<who>"
    r"\S.{0,60}?)\s*:?$",
    re.I,
)
_CLOSED = re.compile(
    r"\b(?:this )?(?:forum|thread|discussion|comments?) (?:has been|have been|is|are|was|were)(?: now)? (?:"
    r"closed|locked)\b|комментари[ийя]\w* (?:закрыт|отключен)\w*|форум закрыт|обсуждение закрыто"
    r"|(?:пікір|форум|талқылау)\w*(?: қалдыру)? (?:жабық|жабылған|жабылды)",
    re.I,
)
_FURNITURE = re.compile(
    r"^(?:comment sorting|most popular|editor'?s'? picks?|related(?: (?:articles|stories|news"
    r"|content))?|share(?: this)?(?: (?:on|via) .{1,30})?|print|e-?mail|"
    r"advertisement|sponsored|subscribe.{0,80}|sign (?:up|in).{0,80}|read more.{0,80}"
    r"|(?:also )?read(?: also| next)?\s*:.{0,160}|see also.{0,80}"
    r"|follow us.{0,60}|comments?(?: \(\d+\))?|\d+ comments?|leave a (?:comment|reply)|"
    r"all rights reserved.{0,80}|copyright.{0,120}|©.{0,120}|newest|oldest|sort by.{0,30}|load more.{0,30}"
    r"|show more.{0,30}|back to top|home|menu|search|"
    r"самое популярное|популярное|выбор редакции|читайте также.{0,80}|поделиться.{0,40}|распечатать"
    r"|реклама|комментарии(?: \(\d+\))?|подписат.{0,60}|все права защищены.{0,60}|"
    r"ең көп оқылған.{0,30}|редакция таңдауы|бөлісу.{0,30}|пікірлер(?: \(\d+\))?|жарнама|оқи отырыңыз.{0,60}"
    r"|тағы оқыңыз.{0,60}|tags?\s*:.{0,120}|теги\s*:.{0,120}|тегтер\s*:.{0,120})\s*:?$",
    re.I,
)
_CAPTION = re.compile(
    r"^(?:a |an )?(?:still image|still|screenshot|file photo|photo|image|picture|video|фото"
    r"|кадр|стоп-кадр|скриншот|иллюстративное фото|видеодан|сурет|көрнекі сурет)\b",
    re.I,
)
_CAPTION_END = re.compile(
    r"\((?:photo|file photo|file|AP|AFP|Reuters|фото|сурет)[^)]{0,60}\)\.?$|(?:\bphoto(?: by"
    r"|:)|фото:|сурет:)\s?.{2,60}$",
    re.I,
)
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$")
#: A site's name above the headline: "The Courier | Home".
_BANNER = re.compile(r"^[^|]{2,40} \| [^|]{2,60}(?:\| [^|]{2,40})*$")
_FULL_STOP = re.compile(r"(?<!\.\w)(?<!\.)[.…][\"”’»]?$")
_LETTER = re.compile(r"\w")
#: "WASHINGTON —": where an article begins, whatever stands on the line before.
_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:\([A-Z]\w*\) ?)?[—–-]")


def lines(text: str) -> Iterator[Range]:
    """Ranges of the lines that are not blank, without their margins."""
    for m in re.finditer(r"[^\r\n\u2028\u2029\x0b\x0c]+", text):
        line = m.group()
        body = line.strip()
        if body:
            start = m.start() + len(line) - len(line.lstrip())
            yield start, start + len(body)


def paragraphs(text: str) -> list[Range]:
    """Lines, or blank-line blocks where the text is wrapped at a fixed width."""
    found = list(lines(text))
    if len(found) < 2:
        return found
    lengths = [e - s for s, e in found]
    long = [n for n in lengths if n > 45]
    wrapped = sum(1 for s, e in found if e - s > 45 and not _SENTENCE_END.search(text[s:e]))
    fixed = len(long) >= 6 and max(lengths) <= 100 and wrapped >= 0.5 * len(long)
    gaps = [text[a[1] : b[0]].count("\n") for a, b in itertools.pairwise(found)]
    broken = sum(gap == 1 and _broken(text, *pair) for gap, pair in zip(gaps, itertools.pairwise(found), strict=True))
    spaced = sum(gap > 1 for gap in gaps) >= 3
    folded = max(lengths) <= 200 and broken >= max(4, 0.3 * gaps.count(1))
    blocks = found[:1]
    for gap, before, line in zip(gaps, found, found[1:], strict=False):
        open_ended = not _SENTENCE_END.search(text[slice(*before)]) and not _DATELINE.match(text, line[0])
        joined = (
            (fixed and blocks[-1][1] - blocks[-1][0] > 40)
            or (folded and (spaced or open_ended))
            or (before[1] - before[0] > 25 and _broken(text, before, line))
        )
        if gap == 1 and joined:
            blocks[-1] = (blocks[-1][0], line[1])
        else:
            blocks.append(line)
    return blocks


def _broken(text: str, before: Range, line: Range) -> bool:
    """Whether a line goes on in small letters after one without a full stop: broken at a width, not by a writer."""
    return text[line[0]].islower() and not _SENTENCE_END.search(text[slice(*before)])


def plain(text: str) -> Layout:
    """The layout of a page saved as plain text."""
    layout = Layout()
    parts = paragraphs(text)
    heads = _comment_heads(text, parts)
    first = min(heads) if heads else len(parts)
    date_lines = _article(text, parts[:first], layout)
    if heads:
        _comments(text, parts, heads, layout)
    layout.forum_closed = closed(text)
    publication(text, layout, date_lines)
    layout.furniture.sort()
    return layout


def _comment_heads(text: str, parts: list[Range]) -> dict[int, re.Match[str]]:
    """Paragraphs that open a comment: "by: … from: …", or a name and a date alone on a line."""
    heads: dict[int, re.Match[str]] = {}
    for i, (s, e) in enumerate(parts):
        if e - s > 170:
            continue
        line = text[s:e]
        m = _BY.match(line)
        follows = parts[i + 1] if i + 1 < len(parts) else None
        headed = follows and (dates.whole(text, *follows) or _FROM.match(text[slice(*follows)]))
        if m and (headed or m["from"] or heads):
            heads[i] = m
    if len(heads) == 1 and min(heads) < 4 < len(parts) - min(heads) and not heads[min(heads)]["from"]:
        heads = {}  # "By: A. Reporter" and a date above an article
    if heads:
        return heads
    for i, (s, e) in enumerate(parts):
        if i < 3 or e - s > 110:
            continue
        m = _BY_LOOSE.match(text[s:e])
        if not m or i + 1 >= len(parts):
            continue
        group = next((g for g in ("d1", "d2", "d3") if m[g]), None)
        if group and dates.whole(text, s + m.start(group), s + m.end(group)):
            heads[i] = m
    return heads


def _article(text: str, parts: list[Range], layout: Layout) -> list[tuple[int, Range, dates.Found]]:
    """Fills in the article's parts; gives back the lines that are a date alone, with their place."""
    date_lines: list[tuple[int, Range, dates.Found]] = []
    seen: dict[str, Range] = {}
    tail = False
    for i, (s, e) in enumerate(parts):
        line = text[s:e]
        found = dates.whole(text, s, e) if e - s < 70 else None
        finished = bool(_SENTENCE_END.search(line))
        if found:
            date_lines.append((i, (s, e), found))
            layout.furniture.append((s, e))
        elif is_furniture(line):
            layout.furniture.append((s, e))
            tail = tail or bool(layout.body)
        elif layout.byline is None and (who := byline.names_in(line)):
            layout.byline = (s, e)
            layout.authors, layout.credit = byline.authors(who)
        elif layout.byline is None and not layout.body and layout.headline is not None and byline.ROLE_LINE.match(line):
            layout.byline = (s, e)
            layout.authors, layout.credit = byline.authors(line.split(",")[0])
        elif (
            layout.headline is None
            and not layout.body
            and e - s <= 220
            and not _CAPTION_END.search(line)
            and not _FULL_STOP.search(line)
        ):
            if _BANNER.search(line) and any(
                f - d > 15 and not dates.whole(text, d, f) for d, f in parts[i + 1 : i + 2]
            ):
                layout.furniture.append((s, e))
            else:
                layout.headline = (s, e)
        elif line in seen or _is_caption(line, finished, bool(layout.body), i):
            layout.captions.append((s, e))
            if line in seen and seen[line] in layout.body and not (finished and e - s > 80):
                layout.body.remove(seen[line])
                layout.captions.append(seen[line])
        elif tail and not finished and e - s < 90:
            layout.furniture.append((s, e))
        else:
            layout.body.append((s, e))
        seen.setdefault(line, (s, e))
    layout.captions.sort()
    return date_lines


def _is_caption(line: str, finished: bool, in_body: bool, index: int) -> bool:
    if len(line) > 260:
        return False
    return bool(_CAPTION_END.search(line)) or (
        bool(_CAPTION.match(line)) and (not finished or (not in_body and index < 5))
    )


def _comments(text: str, parts: list[Range], heads: dict[int, re.Match[str]], layout: Layout) -> None:
    """Fills in comments and the furniture among and after them."""
    order = sorted(heads)
    replying = _before_is_reply(text, parts, order[0])
    previous_top: int | None = None
    for n, i in enumerate(order):
        end = order[n + 1] if n + 1 < len(order) else len(parts)
        m = heads[i]
        by, origin, date, body_at = _head(text, parts, i, m)
        rows: list[Range] = []
        reply_next, answered, tail = False, None, False
        for k in range(body_at, end):
            a, b = parts[k]
            line = text[a:b]
            named = _REPLY_TO.match(line)
            if named and not rows:
                answered = _by_name(text, layout.comments, named["who"])
                layout.furniture.append((a, b))
            elif _REPLY.match(line):
                reply_next = True
                layout.furniture.append((a, b))
            elif tail or _FURNITURE.match(line) or (b - a < 160 and _CLOSED.search(line)):
                tail = tail or bool(_FURNITURE.match(line))
                layout.furniture.append((a, b))
            else:
                rows.append((a, b))
        reply = answered if answered is not None else (previous_top if replying else None)
        if reply is None:
            previous_top = n
        body = (rows[0][0], rows[-1][1]) if rows else (parts[i][1], parts[i][1])
        found = dates.whole(text, *date) if date else None
        stamp = None
        if found and found.iso:
            stamp = found.iso + (f"T{found.time}" if found.time and found.day else "")
        layout.comments.append(Thread(by, origin, date, stamp, reply, body, tuple(rows)))
        replying = reply_next


def is_furniture(line: str) -> bool:
    """Whether a line is a page's furniture: "Most Popular", "Share", a forum's notice."""
    return bool(
        _FURNITURE.match(line)
        or _REPLY.match(line)
        or (len(line) < 160 and _CLOSED.search(line))
        or not _LETTER.search(line)
    )


def closed(text: str) -> bool:
    """Whether a page says that its forum is closed, on a line of its own."""
    return any(_CLOSED.search(text[s:e]) for s, e in lines(text) if e - s < 160)


def comments_in(text: str, layout: Layout) -> None:
    """Finds comments written out in words ("by: … from: …") where the markup has none."""
    parts = list(lines(text))
    heads = _comment_heads(text, parts)
    if not heads:
        return
    cut = parts[min(heads)][0]
    layout.body = [r for r in layout.body if r[0] < cut]
    layout.furniture = [r for r in layout.furniture if r[0] < cut]
    _comments(text, parts, heads, layout)


def _before_is_reply(text: str, parts: list[Range], i: int) -> bool:
    return i > 0 and bool(_REPLY.match(text[slice(*parts[i - 1])]))


def _by_name(text: str, comments: list[Thread], who: str) -> int | None:
    for n in range(len(comments) - 1, -1, -1):
        by = comments[n].by
        if by and text[slice(*by)].casefold() == who.casefold():
            return n
    return None


def _head(
    text: str, parts: list[Range], i: int, m: re.Match[str]
) -> tuple[Range | None, Range | None, Range | None, int]:
    """By, from, date of a comment's head, and the paragraph where its body starts."""
    s = parts[i][0]
    groups = m.groupdict()

    def at(*names: str) -> Range | None:
        return next(((s + m.start(g), s + m.end(g)) for g in names if groups.get(g)), None)

    by, origin, date = at("by", "b1", "b2", "b3"), at("from", "f3"), at("d1", "d2", "d3")
    body = i + 1
    placed = _FROM.match(text[slice(*parts[body])]) if origin is None and body < len(parts) else None
    if placed is not None:
        origin = (parts[body][0] + placed.start("from"), parts[body][0] + placed.end("from"))
        body += 1
    if date is None and body < len(parts) and dates.whole(text, *parts[body]):
        date = parts[body]
        body += 1
    return by, origin, date, body
