"""Annotations: observations of one recording as files that other programs write and read: CSV, ELAN's EAF, WebVTT.

What is written comes back as it was, to the millisecond (a moment stands as one millisecond where a form wants every
annotation to last). Files of other programs are read too: what they say beyond times and words becomes tags.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuager.errors import UnreadableError, UsageError
from kuager.weigh.cell import joined, parted, plain_cell, safe_cell

FORMS = ("csv", "eaf", "vtt")
LARGEST = 8 << 20
MOST = 20_000
"""Annotations in one file: a bound on hostile ones."""

MOMENT_S = 0.001
LONGEST_S = 30 * 86_400.0
LONGEST_TEXT = 20_000

_COLUMNS = ("id", "start_s", "end_s", "found", "text", "obscured", "tags", "subjects")


@dataclass(frozen=True)
class Annotation:
    """A stretch of a recording, in seconds, and what was seen or heard there, or (``found`` False) was looked for.

    ``id`` is the observation's that it stands for, if it came from a case.
    """

    start_s: float
    end_s: float
    text: str
    found: bool = True
    obscured: str | None = None
    tags: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    id: str | None = None


def encode(annotations: Iterable[Annotation], form: str) -> bytes:
    """A file of these annotations, by time, in one of FORMS. Raises UsageError for another form."""
    ordered = sorted(annotations, key=lambda each: (each.start_s, each.end_s, each.id or ""))
    if form == "csv":
        return _csv(ordered).encode()
    if form == "eaf":
        from kuager.weigh import eaf

        return eaf.encode(ordered)
    if form == "vtt":
        from kuager.weigh import webvtt

        return webvtt.encode(ordered).encode()
    raise UsageError(f"'{form}' is no form for annotations.", f"One of: {', '.join(FORMS)}")


def read_file(path: Path) -> tuple[Annotation, ...]:
    """The annotations in a file, its form known by its content. Raises UnreadableError."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableError(f"{path.name} cannot be opened: {error.strerror}.", "Check the path.") from None
    return decode(data, path.name)


def decode(data: bytes, name: str) -> tuple[Annotation, ...]:
    """The annotations in the bytes of a file. Raises UnreadableError for none of FORMS, for none in it, or too many."""
    if len(data) > LARGEST:
        raise unreadable(f"{name} is larger than {LARGEST} bytes.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise unreadable(f"{name} is no UTF-8 text.") from None
    head = text.lstrip()[:400]
    found: Sequence[Annotation]
    if head.startswith("WEBVTT"):
        from kuager.weigh import webvtt

        found = webvtt.decode(text)
    elif head.startswith("<"):
        from kuager.weigh import eaf

        found = eaf.decode(data, name)
    else:
        found = _from_csv(text, name)
    if not found:
        raise unreadable(f"{name} holds no annotation with words and times.")
    return tuple(sorted(found, key=lambda each: (each.start_s, each.end_s, each.id or "")))


def annotation(
    start_s: float,
    end_s: float,
    text: str,
    found: bool = True,
    obscured: str | None = None,
    tags: Iterable[str] = (),
    subjects: Iterable[str] = (),
    id: str | None = None,
) -> Annotation:
    """One annotation as it was read, in its plain form. Raises UnreadableError for times or words that cannot be."""
    start, end = round(start_s, 3), round(end_s, 3)
    words = text.strip()
    if not 0 <= start <= end <= LONGEST_S:
        raise unreadable(f"An annotation lasts from {start_s:g} to {end_s:g} s.")
    if not words or len(words) > LONGEST_TEXT or "\0" in words:
        raise unreadable(f"The annotation at {start_s:g} s has no words, or too many.")
    hidden = obscured.strip() if obscured else ""
    return Annotation(start, end, words, found, hidden or None, _set(tags), _set(subjects), id or None)


def unreadable(message: str) -> UnreadableError:
    """The error for a file that cannot be read as annotations."""
    return UnreadableError(message, "Give CSV (start_s,end_s,text,…), ELAN's EAF, or WebVTT, in UTF-8.")


def seconds(text: str) -> float | None:
    """``01:02:03.500``, ``02:03.5`` or plain seconds, as seconds; None for anything else."""
    match = re.fullmatch(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,8}(?:[.,]\d{1,9})?)", text.strip())
    if match is None:
        return None
    return 3600 * int(match[1] or 0) + 60 * int(match[2] or 0) + float(match[3].replace(",", "."))


def _set(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word.strip() for word in words if word.strip()}))


def _csv(annotations: Sequence[Annotation]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for each in annotations:
        said = "yes" if each.found else "no"
        lists = [joined(each.tags), joined(each.subjects)]
        row = [each.id or "", f"{each.start_s:.3f}", f"{each.end_s:.3f}", said, each.text, each.obscured or "", *lists]
        writer.writerow(safe_cell(cell) for cell in row)
    return out.getvalue()


def _from_csv(text: str, name: str) -> list[Annotation]:
    first = text.lstrip().split("\n", 1)[0]
    delimiter = next((mark for mark in "\t;" if mark in first), ",")
    found: list[Annotation] = []
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        names = {(each or "").strip().casefold(): each for each in rows.fieldnames or ()}
        start = names.get("start_s", names.get("start"))
        end = names.get("end_s", names.get("end", start))
        if start is None or end is None or "text" not in names:
            raise unreadable(f"{name} has not the columns start_s, end_s and text.")
        for row in rows:
            if len(found) >= MOST:
                raise unreadable(f"{name} has more than {MOST} annotations.")
            cell = {key: plain_cell(row[column]) for key, column in names.items() if isinstance(row.get(column), str)}
            a, b = seconds(plain_cell(row[start])), seconds(plain_cell(row[end]))
            if a is None or b is None:
                raise unreadable(f"{name}: row {rows.line_num} has no times.")
            lists = [parted(cell.get(key, "")) for key in ("tags", "subjects")]
            said = cell.get("found", "").strip().casefold() not in ("no", "false", "0", "n")
            words, hidden, id = cell.get("text", ""), cell.get("obscured"), cell.get("id")
            found.append(annotation(a, b, words, said, hidden, lists[0], lists[1], id))
    except csv.Error as error:
        raise unreadable(f"{name} is no CSV: {error}.") from None
    return found
