"""One page: its text, its HTML, and the truth about both, from a template and the facts."""

from __future__ import annotations

import datetime
import html
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kuager.drill.pages.facts import Facts
from kuager.drill.pages.markup import Block, Mark, Template, strip

# Of each language: by, from, reply mark, end of the forum, its heading, a heading of furniture, the notice.
FORUM = {
    "en": "by: | from: |In Response|This forum has been closed.|Comments|Most Popular|DRILL, not news".split("|"),
    "ru": "Автор: | Откуда: |В ответ|Обсуждение закрыто.|Комментарии|Самое читаемое|DRILL: учебный материал".split("|"),
    "kk": "Жазған: | Қайдан: |Жауап ретінде|Талқылау жабылды.|Пікірлер|Ең көп оқылғаны|DRILL: оқу материалы".split("|"),
}
Span = dict[str, Any]


@dataclass
class Page:
    """A page as it grows: plain text, HTML and truth."""

    text: str = ""
    body: list[str] = field(default_factory=list)
    truth: dict[str, Any] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        return {"text": self.text[start:end], "start": start, "end": end}

    def line(self, text: str, gap: str = "\n\n") -> Span:
        """Adds a line and gives its span."""
        start = len(self.text)
        self.text += text + gap
        return self.span(start, start + len(text))


def bounds(relation: str, numbers: list[int]) -> tuple[int | None, int | None]:
    """The bounds that a count's relation gives for its number, as the interface's table has them."""
    n = numbers[0] if numbers else 0
    table: dict[str, tuple[int | None, int | None]] = {
        "exactly": (n, n),
        "at_least": (n, None),
        "more_than": (n + 1, None),
        "fewer_than": (0, n - 1),
        "at_most": (0, n),
        "about": (n * 9 // 10, -(-n * 11 // 10)),
        "between": (n, numbers[-1] if numbers else None),
        "higher_than": (n + 1, None),
        "much_higher_than": (n + 1, None),
        "at_least_personally_seen": (n, None),
        "at_least_enumerated": (n, None),
        "dozens": (24, 99),
        "tens": (20, 99),
        "hundreds": (200, 999),
        "several": (3, None),
        "unquantified": (None, None),
    }
    return table[relation]


def write_page(template: Template, facts: Facts, rng: np.random.Generator) -> Page:
    """Fills one template: chooses a text for every block, puts in names and figures, and keeps every span."""
    forum = FORUM[template.language]
    day = facts.days[int(template.attributes["day"])]
    page = Page()
    truth = page.truth
    truth.update(
        name=template.name,
        language=template.language,
        outlet=template.attributes["outlet"],
        published={"date": day.isoformat(), "precision": "day"},
        forum_closed=any(block.kind == "comment" for block in template.blocks),
        sources=_sources(template, facts),
        headline=None,
        byline=None,
    )
    truth.update({key: [] for key in ("furniture", "captions", "comments", "statements", "claims")})
    truth["furniture"].append(page.line(f"{template.attributes['outlet']} | {forum[6]}"))
    commented = False
    for block in template.blocks:
        if block.kind == "comment" and not commented:
            commented = True
            for line in (forum[3], forum[4]):
                truth["furniture"].append(page.line(line))
            page.body.append(f'</article><section id="comments"><h2>{html.escape(forum[4])}</h2><ol>')
        _write_block(page, template, block, facts, rng)
    page.body.append("</ol></section>" if commented else "</article>")
    truth["furniture"].append(page.line(forum[5], "\n"))
    page.body.append(f"<footer>{html.escape(forum[5])}</footer>")
    return page


def as_html(page: Page) -> str:
    """The page as a small site would serve it; comments are a list, replies carry what they answer."""
    truth = page.truth
    title = html.escape(truth["headline"]["text"])
    day = truth["published"]["date"]
    body = "\n".join(page.body)
    return (
        f'<!DOCTYPE html>\n<html lang="{truth["language"]}"><head><meta charset="utf-8"><title>{title}</title>\n'
        f'<meta property="article:published_time" content="{day}">\n</head><body>\n'
        f"<header><nav>{html.escape(truth['furniture'][0]['text'])}</nav></header>\n<main><article>\n{body}\n</main>\n"
        "</body></html>\n"
    )


def _sources(template: Template, facts: Facts) -> list[dict[str, Any]]:
    found = []
    for line in template.speakers:
        own_id, name, role, side, kind, *flags = (part.strip() for part in line.split("|"))
        found.append(
            {
                "id": own_id, "name": _fill(name, facts), "role": _fill(role, facts),
                "side": side, "kind": kind, "anonymous": "anonymous" in flags,
            }
        )  # fmt: skip
    return found


def _fill(text: str, facts: Facts) -> str:
    return text.format(**facts.words)


def _write_block(page: Page, template: Template, block: Block, facts: Facts, rng: np.random.Generator) -> None:
    marked = _fill(block.texts[int(rng.integers(len(block.texts)))], facts)
    plain, marks = strip(marked)
    speaker = "self"
    if block.kind == "comment":
        speaker = _open_comment(page, template, block, facts)
    at = len(page.text)
    span = page.line(plain)
    _keep_truth(page, block, marks, at, speaker, facts)
    text = html.escape(plain, quote=False)
    truth = page.truth
    if block.kind == "headline":
        truth["headline"] = span
        page.body.append(f"<h1>{text}</h1>")
    elif block.kind == "caption":
        truth["captions"].append(span)
        page.body.append(f"<figure><figcaption>{text}</figcaption></figure>")
    elif block.kind == "dateline":
        truth["published"]["span"] = span
        page.body.append(f'<time datetime="{truth["published"]["date"]}">{text}</time>')
    elif block.kind == "byline":
        truth["byline"] = {
            "span": span,
            "authors": [w for k, w in facts.words.items() if k.startswith("reporter") and w in plain],
        }
        page.body.append(f'<p class="byline">{text}</p>')
    elif block.kind == "comment":
        truth["comments"][-1]["body"] = span
        page.body.append(f"<p>{text}</p></li>")
    else:
        page.body.append(f"<p>{text}</p>")


def _open_comment(page: Page, template: Template, block: Block, facts: Facts) -> str:
    """Writes a comment's head and returns the id of its writer."""
    forum, attributes = FORUM[template.language], block.attributes
    number = len(page.truth["comments"]) + 1
    own_id = f"comment{number}"
    reply = attributes.get("reply")
    if reply:
        page.truth["furniture"].append(page.line(forum[2]))
    by, place = _fill(attributes["by"], facts), _fill(attributes.get("from", ""), facts)
    at = len(page.text)
    head = forum[0] + by + (forum[1] + place if place else "")
    page.line(head, "\n")
    day = facts.days[int(attributes["day"])]
    words = {"en": f"{day:%B} {day.day:02d}, {day.year}", "ru": f"{day:%d.%m.%Y}", "kk": f"{day:%d.%m.%Y}"}
    date = page.line(f"{words[template.language]} {attributes['hour']}", "\n")
    by_at = at + len(forum[0])
    from_at = by_at + len(by) + len(forum[1])
    moment = datetime.datetime.combine(day, datetime.time.fromisoformat(attributes["hour"])).isoformat(
        timespec="minutes"
    )
    page.truth["comments"].append(
        {
            "id": own_id, "by": page.span(by_at, by_at + len(by)),
            "from": page.span(from_at, from_at + len(place)) if place else None,
            "date": date, "datetime": moment, "reply_to": f"comment{reply}" if reply else None,
        }
    )  # fmt: skip
    page.truth["sources"].append(
        {"id": own_id, "name": by, "role": "", "side": "commenter", "kind": "commenter", "anonymous": False}
    )
    answers = f' data-reply-to="comment{reply}"' if reply else ""
    where = f' <span class="from">{html.escape(place)}</span>' if place else ""
    page.body.append(
        f'<li class="comment" id="{own_id}" data-id="{own_id}"{answers}>'
        f'<span class="author">{html.escape(by)}</span>{where} '
        f'<time datetime="{moment}">{html.escape(date["text"])}</time>'
    )
    return own_id


def _keep_truth(page: Page, block: Block, marks: list[Mark], at: int, speaker: str, facts: Facts) -> None:
    where: dict[tuple[str, int], list[Span]] = {}
    for mark in sorted(marks, key=lambda one: one.start):
        where.setdefault((mark.kind, mark.number), []).append(page.span(at + mark.start, at + mark.end))
    statements: dict[int, str] = {}
    for meaning in block.meanings:
        word, *rest = _fill(meaning, facts).split()
        kind, number = word[0], int(word[1:])
        spans = where.get((kind, number))
        if spans is None:
            continue
        if kind == "s":
            statements[number] = _keep_statement(page, rest, where, number, speaker)
        else:
            _keep_claim(page, rest[1:], spans[0], where.get(("n", number)), statements.get(int(rest[0][1:])))


def _keep_statement(
    page: Page, words: list[str], where: dict[tuple[str, int], list[Span]], number: int, speaker: str
) -> str:
    span, quoted = where[("s", number)][0], where.get(("d", number), [])
    mention, cue = (_nearest(where.get((kind, number), []), span) for kind in ("m", "q"))
    who, form = (speaker if words[0] == "self" else words[0]), words[1]
    if quoted:
        share = sum(part["end"] - part["start"] for part in quoted) / (span["end"] - span["start"])
        form = "direct" if share > 0.9 else "mixed"
    elif form in ("direct", "mixed"):
        form = "indirect"
    chain = next((word[6:].split(",") for word in words if word.startswith("chain=")), [who])
    own_id = f"s{len(page.truth['statements']) + 1}"
    page.truth["statements"].append(
        {
            "id": own_id,
            "span": span,
            "speaker": who,
            "speaker_mention": mention,
            "chain": [speaker if one == "self" else one for one in chain],
            "cue": cue,
            "form": form,
            "direct_spans": quoted,
            "polarity": "deny" if "deny" in words else "affirm",
        }
    )
    return own_id


def _nearest(spans: list[Span], to: Span) -> Span | None:
    return min(spans, key=lambda one: max(to["start"] - one["end"], one["start"] - to["end"]), default=None)


def _keep_claim(page: Page, words: list[str], span: Span, number: list[Span] | None, statement: str | None) -> None:
    claims = page.truth["claims"]
    claim: dict[str, Any] = {"id": f"c{len(claims) + 1}", "statement": statement, "span": span}
    if words[0].startswith("type="):
        claim |= {"type": words[0][5:], "number": None, "status": None, "relation": None, "lower": None, "upper": None}
        claims.append(claim | {"reference": None})
        return
    status, relation, *numbers = words
    reference = next((c for c in reversed(claims) if c["status"] == status and c["relation"] == "exactly"), None)
    if numbers == ["ref"]:
        numbers = [str(reference["lower"])] if reference else []
    else:
        reference = None
    low, high = bounds(relation, [int(n) for n in numbers])
    claims.append(
        claim
        | {
            "type": "casualty_count", "number": number[0] if number else None, "status": status, "relation": relation,
            "lower": low, "upper": high, "reference": reference["id"] if reference else None,
        }
    )  # fmt: skip
