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
    assert total.wrong <= 0.03 * total.judged, total.told()
    assert total.direct_right >= 0.95 * total.direct, total.told()
    assert total.exact >= 0.92 * total.counts, total.told()


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
    def timed(n: int) -> float:
        started = time.process_time()
        text.read((piece * n).encode(), "text/plain")
        return time.process_time() - started

    small = timed(1000)
    assert timed(4000) < 8 * small + 0.5
