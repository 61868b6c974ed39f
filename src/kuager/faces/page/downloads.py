"""What the page says as files: everything as JSON, observations and counts as CSV, observations as captions.

CSV cells that a spreadsheet would take for a formula get an apostrophe in front (OWASP, "CSV injection").
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from kuager.faces.page.model import Page, Recording


def files(page: Page) -> dict[str, tuple[str, str]]:
    """Path to (text, message id of its label) of every download this page offers, in order."""
    found: dict[str, tuple[str, str]] = {"data/page.json": (as_json(page), "download-data")}
    seen = [(it, observation) for it in page.recordings for observation in it.observations]
    if seen:
        header = ("recording", "start_s", "end_s", "found", "text", "obscured", "by")
        rows = [(it.id, o.start_s, o.end_s, "yes" if o.found else "no", o.text, o.obscured, o.by) for it, o in seen]
        found["data/observations.csv"] = (table(header, rows), "download-observations")
    if page.counts:
        found["data/counts.csv"] = (_counts(page), "download-counts")
    for it in page.recordings:
        if it.observations:
            found[f"data/{it.id}.vtt"] = (captions(it), "download-captions")
    return found


def as_json(page: Page) -> str:
    """The model as JSON, without what only serves the page's own checks."""
    data: dict[str, Any] = asdict(replace(page, custody=replace(page.custody, disclosed=())))
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """An RFC 4180 table."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue()


def _counts(page: Page) -> str:
    header = ("what", "relation", "lower", "upper", "chain", "said", "known_by", "words", "whose", "item", "second")
    rows = []
    for it in page.counts:
        chain, said = " > ".join(_names(page, it.chain)), it.said.start if it.said else None
        item = it.heard.anchor.removeprefix("r-") if it.heard else it.read_in
        second = it.heard.start_s if it.heard else None
        row = (it.what, it.relation, it.lower, it.upper, chain, said, it.hand, it.text, it.whose, item, second)
        rows.append(row)
    return table(header, rows)


def captions(recording: Recording) -> str:
    """The observations of a recording as WebVTT."""
    cues = []
    for it in sorted(recording.observations, key=lambda o: (o.start_s, o.end_s)):
        text = " ".join(it.text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        cues.append(f"{_stamp(it.start_s)} --> {_stamp(max(it.end_s, it.start_s + 0.5))}\n{text}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


def _stamp(seconds: float) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{milliseconds:03}"


def _names(page: Page, chain: Sequence[str]) -> list[str]:
    return [found.name if (found := page.source(id)) else id for id in chain]


def _cell(value: object) -> object:
    if value is None:
        return ""
    return "'" + value if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
