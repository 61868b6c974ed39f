"""The project's own gold pages: text, truth, and how a reading is scored against it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kuager.instruments import text

FOLDER = Path(__file__).parent / "gold"
ATTRIBUTED = ("direct", "indirect", "mixed", "continued")


def pages(kept_back: bool | None = None) -> list[tuple[str, str, dict[str, Any]]]:
    """Name, text and truth of the gold pages; the four kept back were never tuned on."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if kept_back is None or truth["kept_back"] == kept_back:
            found.append((path.stem, path.read_text(encoding="utf-8"), truth))
    return found


@dataclass
class Score:
    """How a reading fares: found of expected, and every difference in words."""

    statements: int = 0
    statements_found: int = 0
    counts: int = 0
    counts_found: int = 0
    counts_extra: int = 0
    wrong_mouth: int = 0
    judged: int = 0
    differences: tuple[str, ...] = ()


def score(page: str, truth: dict[str, Any]) -> Score:
    """Reads ``page`` and holds it to ``truth``."""
    reading = text.read(page.encode(), "text/plain")
    names = {s.id: f"{s.name} {s.role or ''}".casefold() for s in reading.sources}
    out = Score()
    wrong: list[str] = []

    def fits(chain: tuple[str, ...], want: list[str]) -> bool:
        return len(chain) == len(want) and all(w in names[c] for c, w in zip(chain, want, strict=True))

    proposed = [s for s in reading.statements if s.form in ATTRIBUTED]
    for t in truth["statements"]:
        a = page.index(t["text"])
        b = a + len(t["text"])
        out.statements += 1
        near = [s for s in proposed if _overlap(s.span.start, s.span.end, a, b) >= 0.5]
        if near:
            out.judged += 1
        if any(fits(s.chain, t["chain"]) for s in near):
            out.statements_found += 1
        else:
            out.wrong_mouth += bool(near)
            wrong.append(f"statement {t['text'][:50]!r} {t['chain']}: {[[names[c] for c in s.chain] for s in near]}")
    statements = {s.id: s for s in reading.statements}
    counts = [c for c in reading.claims if c.type == "casualty_count"]
    used = set()
    for t in truth["counts"]:
        a = page.index(t["text"])
        b = a + len(t["text"])
        out.counts += 1
        hit = next((c for c in counts if c.span.start < b and a < c.span.end), None)
        if hit is None:
            wrong.append(f"count {t['text']!r} missed")
            continue
        used.add(hit.id)
        got = (hit.status, hit.relation, hit.lower, hit.upper)
        want = (t["status"], t["relation"], t["lower"], t["upper"])
        chain = statements[hit.statement].chain
        if got == want and fits(chain, t["chain"]):
            out.counts_found += 1
        else:
            wrong.append(f"count {t['text']!r}: {got} {[names[c] for c in chain]}, wanted {want} {t['chain']}")
    extra = [c for c in counts if c.id not in used]
    out.counts_extra = len(extra)
    wrong.extend(f"invented count {c.span.text!r} {c.status} {c.relation}" for c in extra)
    if truth["published"]:
        published = reading.page.published
        if published is None or published.date != truth["published"]:
            wrong.append(f"published {published}, wanted {truth['published']}")
    if truth["comments"] is not None:
        ids = [c.id for c in reading.page.comments]
        got_comments = [
            [c.by and c.by.text, c.from_ and c.from_.text, c.datetime, ids.index(c.reply_to) if c.reply_to else None]
            for c in reading.page.comments
        ]
        if got_comments != truth["comments"]:
            wrong.append(f"comments {got_comments}")
    out.differences = tuple(wrong)
    return out


def _overlap(a: int, b: int, c: int, d: int) -> float:
    return max(0, min(b, d) - max(a, c)) / (max(b, d) - min(a, c))
