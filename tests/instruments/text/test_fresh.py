"""Pages written in many styles and marked by hand before any rule was held to them; figures over all of them.

How they are marked, and how a reading is held to them, is in ``freshpages``. First looks stand in
docs/explanation/text.md.
"""

from __future__ import annotations

import time

import freshpages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuager.errors import KuagerError
from kuager.instruments import text


def test_statements_and_bounds() -> None:
    total = freshpages.Score()
    for path in sorted(freshpages.FOLDER.glob("*.md")):
        total.add(freshpages.score(path))
    assert total.f1 >= 0.90, total.told()
    assert total.wrong <= 0.02 * total.judged, total.told()
    assert total.wrong_mouth <= 0.005 * total.judged, total.told()
    assert total.direct_right >= 0.93 * total.direct, total.told()
    assert total.exact >= 0.92 * total.counts, total.told()


def test_pages_that_no_rule_was_mended_on() -> None:
    """48 pages by two writers who know nothing of the rules; the bars are those for pages kept back."""
    total = freshpages.Score()
    for path in sorted((freshpages.FOLDER.parent / "blind").glob("*.md")):
        total.add(freshpages.score(path))
    assert total.exact >= 0.85 * total.counts, total.told()
    assert total.wrong_mouth <= 0.02 * total.judged, total.told()
    assert total.direct_right >= 0.85 * total.direct, total.told()
    assert total.f1 >= 0.85, total.told()


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


REPEATED = {
    "he said ": 1000,
    "14 killed, ": 1000,
    '"a" said X. ': 1000,
    "деп айтты ": 1000,
    "Q: a\n\nA: b\n\n": 1000,
    "— «": 1000,
    "Mary Brown said. ": 1000,
    "“ab ": 2000,
    " 'ab": 1000,
    "по словам властей, погибли 5 человек, сказал он. ": 100,
}


@pytest.mark.parametrize("piece", REPEATED)
def test_hostile_repetition_is_linear(piece: str) -> None:
    def timed(n: int) -> float:
        started = time.process_time()
        text.read((piece * n).encode(), "text/plain")
        return time.process_time() - started

    n = REPEATED[piece]
    small = timed(n)
    assert timed(4 * n) < 8 * small + 0.5


def test_hostile_pages_end_soon() -> None:
    """One line of a million characters, many names that are all different, many numbers, deep lists: seconds each."""
    hostile = {
        "line": ("x" * 1_000_000, "text/plain"),
        "names": ("".join(f"Mary Brown{n} said that it rained. " for n in range(2000)), "text/plain"),
        "numbers": (" ".join(map(str, range(20_000))), "text/plain"),
        "lists": ("<html><body><article>" + "<ul><li>" * 20_000 + "x", "text/html"),
    }
    for name, (page, media_type) in hostile.items():
        started = time.process_time()
        text.read(page.encode(), media_type)
        assert time.process_time() - started < 10, name
