"""What a page says: text, sections, comments, sources, statements and claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kuager.examine.result import Result
from kuager.examine.task import Limits, Settings
from kuager.finding import Finding

if TYPE_CHECKING:
    from kuager.instruments.text import Reading


class PageExaminer:
    """No settings. ``facts`` are what ``kuager read`` gives, without links: those belong to all pages together."""

    name = "page"
    version = "5"
    limits = Limits(wall_s=120.0, memory_bytes=2 << 30)

    def takes(self, media_type: str) -> bool:
        return media_type in ("text/plain", "text/html", "application/xhtml+xml")

    def examine(self, path: str, settings: Settings) -> Result:
        from kuager.instruments import text

        return result_of_reading(text.read(Path(path).read_bytes()), "rules")


def result_of_reading(reading: Reading, by: str) -> Result:
    """What is kept of a page that was read ``by`` the rules, or by them and something else."""
    facts: dict[str, Any] = reading.as_json()
    finding = Finding(
        what="page_read",
        value={"statements": len(reading.statements), "claims": len(reading.claims), "encoding": reading.encoding},
        grade="screening",
        meaning=f"Statements and claims as {by} read them; a person decides what was said.",
        limits="Statements are missed and may end at the wrong word; the text itself is kept whole.",
    )
    return Result(facts, (finding,))
