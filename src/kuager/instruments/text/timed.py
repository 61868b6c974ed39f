"""Timed text: what somebody wrote down of a recording's words, in WebVTT, SRT, ELAN's EAF or CSV, with its seconds.

WebVTT follows the W3C's recommendation, SRT the form that players read, EAF the ELAN annotation format 3.0 (time slots
and alignable annotations; those that refer to others take their parent's times). CSV has a header with ``start``,
``end``, ``text`` and, where there is one, ``speaker``.
"""

from __future__ import annotations

import bisect
import csv
import html
import io
import re
import xml.parsers.expat as expat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from kuager.errors import UnreadableError
from kuager.instruments.text.model import Reading
from kuager.instruments.text.page.document import load

#: More lines than a day of speech has; a bound on hostile files.
MAX_LINES = 50_000
#: A silence after which a new paragraph begins, seconds.
PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """One stretch of speech: seconds of presentation time, the words, and who says them where that is written."""

    start_s: float
    end_s: float
    text: str
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Timed:
    """Timed lines as one text; ``second`` gives the second at which an offset of that text is said."""

    lines: tuple[Line, ...]
    text: str
    starts: tuple[int, ...]

    def second(self, offset: int) -> float:
        """The start, in seconds, of the line that holds this code point of ``text``."""
        return self.lines[max(0, bisect.bisect_right(self.starts, offset) - 1)].start_s

    def read(self) -> Reading:
        """The text as a page: statements and claims."""
        from kuager.instruments.text.reader import read

        return read(self.text.encode(), "text/plain")


def parse(data: bytes, name: str) -> tuple[Line, ...]:
    """The lines of a timed text, by time; the form is known from its content, else from ``name``.

    Raises UnreadableError for a file in none of the four forms, without lines, or with too many.
    """
    text = load(data, "text/plain").text
    head = text.lstrip()[:200]
    if head.startswith("WEBVTT"):
        found = _blocks(text, True)
    elif head.startswith("<") and "ANNOTATION_DOCUMENT" in text[:4000]:
        found = _eaf(data)
    elif re.match(r"(?:\d+\s*\n)?\s*[\d:]+,\d+\s*-->", head):
        found = _blocks(text, False)
    elif name.lower().endswith((".csv", ".tsv")):
        found = _csv(text)
    else:
        _refuse("is neither WebVTT, SRT, EAF nor CSV")
    lines = []
    for line in found:
        if line.text and line.end_s >= line.start_s >= 0:
            lines.append(line)
        if len(lines) > MAX_LINES:
            _refuse(f"has more than {MAX_LINES} lines")
    if not lines:
        _refuse("holds no line with words and times")
    return tuple(sorted(lines, key=lambda line: (line.start_s, line.end_s)))


def timed(lines: Sequence[Line]) -> Timed:
    """Lines as one text: a paragraph ends where the speaker changes, or after a pause that ends a sentence."""
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    before: Line | None = None
    for line in lines:
        fresh = (
            before is None
            or line.speaker != before.speaker
            or (line.start_s - before.end_s > PAUSE and before.text[-1:] in '.!?…"”»')
        )
        lead = "" if before is None else "\n\n" if fresh else " "
        lead += f"{line.speaker}: " if fresh and line.speaker else ""
        starts.append(at + len(lead))
        parts.append(lead + line.text)
        at += len(parts[-1])
        before = line
    return Timed(tuple(lines), "".join(parts), tuple(starts))


def _blocks(text: str, vtt: bool) -> Iterator[Line]:
    """WebVTT and SRT: blocks apart by empty lines, each with a line of times."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        rows = block.strip("\n").split("\n")
        at = next((k for k, row in enumerate(rows[:3]) if "-->" in row), None)
        if at is None:
            continue
        start, _, rest = rows[at].partition("-->")
        end = rest.split()[0] if rest.split() else ""
        a, b = _clock(start), _clock(end)
        if a is None or b is None:
            continue
        words = "\n".join(rows[at + 1 :])
        voice = re.match(r"\s*<v(?:\.[\w.]+)?\s+([^>\n]{1,80})>", words) if vtt else None
        yield Line(a, b, _plain(words), _plain(voice[1]) if voice else None)


def _clock(text: str) -> float | None:
    """``01:02:03.500``, ``02:03,5`` or plain seconds, as seconds."""
    m = re.fullmatch(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,7}(?:[.,]\d{1,9})?)", text.strip())
    if m is None:
        return None
    return 3600 * int(m[1] or 0) + 60 * int(m[2] or 0) + float(m[3].replace(",", "."))


def _plain(words: str) -> str:
    """Words without markup and line ends."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^<>]{0,200}>|\{\\[^{}]{0,80}\}", "", words))).strip()


def _csv(text: str) -> Iterator[Line]:
    delimiter = "\t" if "\t" in text[:2000].split("\n")[0] else ";" if ";" in text[:2000].split("\n")[0] else ","
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        names = {(n or "").strip().casefold(): n for n in rows.fieldnames or ()}
        if not {"start", "end", "text"} <= set(names):
            _refuse("is a CSV file without the columns start, end and text")
        for row in rows:
            a, b = _clock(row[names["start"]] or ""), _clock(row[names["end"]] or "")
            if a is not None and b is not None:
                who = _plain(row[names["speaker"]] or "") if "speaker" in names else ""
                yield Line(a, b, _plain(row[names["text"]] or ""), who or None)
    except csv.Error as error:
        raise UnreadableError(f"The timed text is no CSV: {error}.", _HINT) from error


class _Eaf:
    """Reads an ELAN document; a document type with entities is refused before any is expanded."""

    def __init__(self) -> None:
        self.slots: dict[str, float] = {}
        self.times: dict[str, tuple[str, str]] = {}
        self.found: list[tuple[str, str | None, str]] = []
        self._who: str | None = None
        self._id = ""
        self._words: list[str] | None = None

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "TIME_SLOT" and given.get("TIME_VALUE", "").isdigit() and len(given["TIME_VALUE"]) < 12:
            self.slots[given.get("TIME_SLOT_ID", "")] = int(given["TIME_VALUE"]) / 1000
        elif tag == "TIER":
            self._who = (given.get("PARTICIPANT") or given.get("TIER_ID") or "").strip()[:80] or None
        elif tag == "ALIGNABLE_ANNOTATION":
            self._id = given.get("ANNOTATION_ID", "")
            self.times[self._id] = (given.get("TIME_SLOT_REF1", ""), given.get("TIME_SLOT_REF2", ""))
        elif tag == "REF_ANNOTATION":
            self._id = given.get("ANNOTATION_ID", "")
            self.times[self._id] = self.times.get(given.get("ANNOTATION_REF", ""), ("", ""))
        elif tag == "ANNOTATION_VALUE":
            self._words = []

    def end(self, tag: str) -> None:
        if tag == "ANNOTATION_VALUE" and self._words is not None:
            self.found.append((self._id, self._who, "".join(self._words)))
            self._words = None
            if len(self.found) > MAX_LINES:
                _refuse(f"has more than {MAX_LINES} lines")

    def words(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)


def _eaf(data: bytes) -> Iterator[Line]:
    document = _Eaf()
    parser = expat.ParserCreate()
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.words
    parser.EntityDeclHandler = lambda *_: _refuse("declares entities, which a transcript has no use for")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise UnreadableError(f"The timed text is no EAF: {error}.", _HINT) from error
    for id, who, words in document.found:
        one, two = document.times.get(id, ("", ""))
        if one in document.slots and two in document.slots:
            yield Line(document.slots[one], document.slots[two], _plain(words), who)


_HINT = "Give WebVTT, SRT, ELAN's EAF, or CSV with the columns start, end, text and speaker."


def _refuse(what: str) -> NoReturn:
    raise UnreadableError(f"The timed text {what}.", _HINT)
