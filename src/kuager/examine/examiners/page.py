"""What a page says: text, sections, comments, sources, statements and claims."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kuager.examine.result import Result
from kuager.examine.task import Limits, Settings
from kuager.finding import Finding


class PageExaminer:
    """No settings. ``facts`` are what ``kuager read`` gives, without links: those belong to all pages together."""

    name = "page"
    version = "4"
    limits = Limits(wall_s=120.0, memory_bytes=2 << 30)

    def takes(self, media_type: str) -> bool:
        return media_type in ("text/plain", "text/html", "application/xhtml+xml")

    def examine(self, path: str, settings: Settings) -> Result:
        from kuager.instruments import text

        reading = text.read(Path(path).read_bytes())
        facts: dict[str, Any] = reading.as_json()
        finding = Finding(
            what="page_read",
            value={"statements": len(reading.statements), "claims": len(reading.claims), "encoding": reading.encoding},
            grade="screening",
            meaning="Statements and claims as rules read them; a person decides what was said.",
            limits="Rules miss statements and may end them at the wrong word; the text itself is kept whole.",
        )
        return Result(facts, (finding,))
