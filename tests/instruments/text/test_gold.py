"""The project's own gold pages and the drill's pages, held to their truth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import goldpages
import pytest

from kuager.drill.pages import write_pages
from kuager.instruments import text


@pytest.mark.parametrize(
    ("name", "page", "truth"), goldpages.pages(False), ids=lambda v: v if isinstance(v, str) and len(v) < 20 else ""
)
def test_tuned_pages(name: str, page: str, truth: dict[str, Any]) -> None:
    assert goldpages.score(page, truth).differences == (), name


def test_kept_back_pages() -> None:
    """The four pages nothing was tuned on: bounds, mouths and recall together."""
    scores = [goldpages.score(page, truth) for _, page, truth in goldpages.pages(True)]
    assert sum(s.counts_found for s in scores) >= 0.85 * sum(s.counts for s in scores)
    assert sum(s.wrong_mouth for s in scores) <= 1
    assert sum(s.statements_found for s in scores) >= 0.8 * sum(s.statements for s in scores)


def test_drill_pages(tmp_path: Path) -> None:
    """Bounds of the drill's counts, and no number that is no count, on tuning seeds."""
    exact = expected = invented = comments = comments_right = 0
    for seed in (1001, 1002, 1003):
        folder = tmp_path / str(seed)
        folder.mkdir()
        for page in write_pages(folder, seed)["pages"]:
            reading = text.read(folder / page["path"])
            counts = [c for c in reading.claims if c.type == "casualty_count"]
            truth = [c for c in page["claims"] if c["type"] == "casualty_count"]
            expected += len(truth)
            used = set()
            for t in truth:
                where = t["number"] or t["span"]
                hits = [c for c in counts if c.span.start < where["end"] and where["start"] < c.span.end]
                used |= {c.id for c in hits}
                exact += any((c.status, c.lower, c.upper) == (t["status"], t["lower"], t["upper"]) for c in hits)
            invented += len(counts) - len(used)
            comments += len(page["comments"])
            comments_right += sum(
                (c.by and c.by.text, c.datetime) == (t["by"] and t["by"]["text"], t["datetime"])
                for c, t in zip(reading.page.comments, page["comments"], strict=False)
            )
    assert exact >= 0.85 * expected
    assert invented <= 0.05 * expected
    assert comments_right == comments
