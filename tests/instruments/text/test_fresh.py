"""Pages written in many styles and marked by hand before any rule was held to them; figures over all of them.

``⟦chain|words⟧`` marks a statement (origin first, ``>`` between mouths, ``None`` where nobody is named); after
``@counts`` stand the counts: words, status, relation, bounds, chain. First looks stand in docs/explanation/text.md.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuager.errors import KuagerError
from kuager.instruments import text

FOLDER = Path(__file__).parent / "fresh"
PAGES = sorted(FOLDER.glob("*.md"))
ATTRIBUTED = ("direct", "indirect", "mixed", "continued")


def marked(path: Path) -> tuple[str, list[tuple[int, int, list[str]]], list[list[str]]]:
    """A page's text, its statements, and its counts as written."""
    raw, _, counts = path.read_text(encoding="utf-8").partition("@counts\n")
    out, at, statements = "", 0, []
    for m in re.finditer(r"⟦([^|]*)\|([^⟧]*)⟧", raw):
        out += raw[at : m.start()]
        statements.append((len(out), len(out) + len(m[2]), m[1].split(">")))
        out += m[2]
        at = m.end()
    return out + raw[at:], statements, [[x.strip() for x in row.split("|")] for row in counts.splitlines() if row]


def together(a: int, b: int, c: int, d: int) -> bool:
    inside = max(0, min(b, d) - max(a, c))
    return inside >= 0.5 * (max(b, d) - min(a, c)) or inside >= 0.8 * min(b - a, d - c)


def test_statements_and_bounds() -> None:
    there = found = judged = wrong = direct = direct_right = counts = exact = 0
    for path in PAGES:
        page, statements, expected = marked(path)
        reading = text.read(page.encode(), "text/plain")
        names = {s.id: f"{s.name} {s.role or ''}".casefold() for s in reading.sources}
        proposed = [s for s in reading.statements if s.form in ATTRIBUTED]
        for a, b, chain in statements:
            near = [s for s in proposed if together(s.span.start, s.span.end, a, b)]
            right = any(
                chain == ["None"]
                or (len(s.chain) == len(chain) and all(w in names[c] for w, c in zip(chain, s.chain, strict=True)))
                for s in near
            )
            there += 1
            found += right
            judged += bool(near)
            wrong += bool(near) and not right
            if page[a] in '"«':
                direct += 1
                direct_right += right
        claims = [c for c in reading.claims if c.type == "casualty_count"]
        for words, status, relation, lower, upper, _ in expected:
            a = page.index(words)
            counts += 1
            want = (status, relation, lower, upper)
            exact += any(
                (c.status, c.relation, str(c.lower), str(c.upper)) == want
                for c in claims
                if (c.number or c.span).start < a + len(words) and a < (c.number or c.span).end
            )
    assert found >= 0.88 * there
    assert wrong <= 0.03 * judged
    assert direct_right >= 0.93 * direct
    assert exact >= 0.92 * counts


PIECES = st.sampled_from(
    (
        '"|“|”|«|»|—|,|.|:|?|\n|\n\n|said|told|who|that|according to|he|killed|14|wounded|as|quoted|saying|John Smith|'
        "по его словам|сказал|— |деді|Q:|деп|айтты|by:|from:|A:|(|)|police|and|but|two of them|из них|е\u0301|🙂"
    ).split("|")
)


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=60), st.sampled_from(["text/plain", "text/html"]))
def test_no_page_breaks_it(pieces: list[str], media_type: str) -> None:
    page = " ".join(pieces)
    try:
        reading = text.read(page.encode(), media_type)
    except KuagerError:
        return
    for s in reading.statements:
        assert reading.text[s.span.start : s.span.end] == s.span.text


@pytest.mark.parametrize("piece", ["he said ", "14 killed, ", '"a" said X. ', "деп айтты ", "Q: a\n\nA: b\n\n", "— «"])
def test_hostile_repetition_is_linear(piece: str) -> None:
    import time

    def timed(n: int) -> float:
        started = time.process_time()
        text.read((piece * n).encode(), "text/plain")
        return time.process_time() - started

    small = timed(1000)
    assert timed(4000) < 8 * small + 0.5
