"""From what the gate lets out to what the page says. Nothing is chosen here that the gate has not let through."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any, Literal

from kuager.faces.page import model as m
from kuager.faces.page.saying import marks, with_said
from kuager.faces.page.telling import tell
from kuager.finding import Finding, Span
from kuager.record import merkle
from kuager.release.article import Article, decode
from kuager.release.clock import Begin
from kuager.release.gate import Made, Released, ReleasedItem
from kuager.release.matches import Match
from kuager.release.publication import media_path

Fetch = Callable[[str], bytes]
"""The bytes of an object made for release, by its SHA-256."""

# The page carries these payloads so that a reader's browser can check them; the rest is a download.
_CARRIED = frozenset({"key_admitted", "case_made", "case_titled", "acquired", "preserved", "made"})
_WRITTEN = frozenset({"observed", "concluded", "linked", "happened", "located", "asked", "promised", "corrected"})
_MOST_CARRIED = 300


def page_of(released: Released, fetch: Fetch) -> m.Page:
    """The page of a case: what it says first, custody last."""
    payloads = list(released.disclosed)
    recordings = tuple(_recording(it, released, fetch) for it in released.items if it.kind == "recording")
    articles = [(it, decode(fetch(made.sha256))) for it in released.items for made in it.made if made.role == "text"]
    lead = next((it for it in recordings if it.graphic is False and it.stills), None)
    page = m.Page(
        title=released.title,
        custody=_custody(released),
        updated=m.When(payloads[-1][1].at, "day"),
        lead=lead.stills[len(lead.stills) // 2] if lead else None,
        lead_graphic=False,
        drill=released.title.startswith("DRILL"),
        searched=True,  # or nothing is published: see release.publication
        copies=tuple(_copy(one) for one in released.matches),
        recordings=recordings,
        picture_bound_s=released.clock.picture_bound_s,
        texts=tuple(_text(it, article) for it, article in articles),
        documents=tuple(_document(it) for it in released.items if not _is_shown(it)),
    )
    for it, article in articles:
        page = with_said(page, it.id, article.said, article.language)
    return tell(page, released.written, released.items)


def _is_shown(item: ReleasedItem) -> bool:
    return item.kind == "recording" or any(made.role == "text" for made in item.made)


def _recording(item: ReleasedItem, released: Released, fetch: Fetch) -> m.Recording:
    waveform = next((made for made in item.made if made.role == "waveform"), None)
    proxy = next((made for made in item.made if made.role == "proxy"), None)
    placed = released.clock.placed.get(item.id)
    heard: dict[str, Any] = json.loads(fetch(waveform.sha256)) if waveform else {"peaks": [], "duration": "0"}
    return m.Recording(
        id=item.id,
        title="",
        duration_s=float(heard["duration"]),
        stills=tuple(_picture(made) for made in item.made if made.role == "still"),
        waveform=tuple(heard["peaks"]),
        media=_path(proxy) if proxy else None,
        media_type=proxy.body["media_type"] if proxy else "",
        width=proxy.body["width"] if proxy else 0,
        height=proxy.body["height"] if proxy else 0,
        received=_received(item),
        address=item.address,
        graphic=item.graphic,
        group=placed.group if placed else None,
        offset_s=placed.offset_s if placed else None,
        offset_sd_s=placed.offset_sd_s if placed else None,
        begins=_begin(released.clock.begins.get(item.id)),
        marks=tuple(_mark(one) for one in item.findings),
    )


def _begin(one: Begin | None) -> m.Begin | None:
    if one is None:
        return None
    precision: Literal["minute", "second"] = "minute" if one.error_s >= 30 else "second"
    return m.Begin(m.When(one.start.isoformat(), precision), one.error_s, one.agree)


def _copy(one: Match) -> m.Copy:
    kind: Literal["picture", "sound"] = "picture" if one.kind == "picture" else "sound"
    return m.Copy(one.a, one.b, kind, one.a_start_s, one.a_end_s, one.b_start_s, one.b_end_s)


def _mark(finding: Finding) -> m.Mark:
    where = finding.where
    assert isinstance(where, Span)
    return m.Mark(where.start_s, where.end_s, finding.meaning, finding.grade)


def _picture(made: Made) -> m.Picture:
    return m.Picture(_path(made), made.body["width"], made.body["height"], float(made.body["at"]))


def _path(made: Made) -> str:
    return media_path(made.sha256, made.body["media_type"])


def _received(item: ReleasedItem) -> m.When | None:
    return m.When(item.received, "day" if len(item.received) == 10 else "minute") if item.received else None


def _text(item: ReleasedItem, article: Article) -> m.Text:
    return m.Text(
        item.id,
        article.title,
        article.paragraphs,
        article.language,
        article.held_back,
        _received(item),
        item.address,
        marks(item.id, article.said),
    )


def _document(item: ReleasedItem) -> m.Document:
    still = next((_picture(made) for made in item.made if made.role == "still"), None)
    return m.Document(item.id, item.kind, item.media_type, _received(item), still)


def _custody(released: Released) -> m.Custody:
    payloads = list(released.disclosed)
    carried = [n for n, payload in payloads if payload.type in _CARRIED | _WRITTEN][:_MOST_CARRIED]
    paths = merkle_paths([merkle.leaf_hash(line) for line in released.log_lines], carried)
    return m.Custody(
        origin=released.origin,
        size=released.size,
        root=base64.b64decode(released.note.split(b"\n")[2]).hex(),
        checkpoint=released.note.decode(),
        items=len(released.items) + len(released.held),
        held=len(released.held),
        began=m.When(payloads[0][1].at, "day"),
        disclosed=tuple(
            m.Disclosed(n, released.payload_lines[n].decode(), released.log_lines[n].decode(), paths[n])
            for n in carried
        ),
        files=tuple(
            m.File(_path(made), made.sha256, f"{made.role} {item.id}") for item in released.items for made in item.made
        ),
    )


def merkle_paths(leaves: list[bytes], wanted: list[int]) -> dict[int, tuple[str, ...]]:
    """Inclusion proofs (RFC 9162 §2.1.3.1, hex, leaf side first) of several leaves, each node hashed once."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        pairs = [merkle.node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)]
        levels.append(pairs + below[len(below) - len(below) % 2 :])
    found = {}
    for n in wanted:
        path, at = [], n
        for level in levels[:-1]:
            if at ^ 1 < len(level):
                path.append(level[at ^ 1].hex())
            at //= 2
        found[n] = tuple(path)
    return found
