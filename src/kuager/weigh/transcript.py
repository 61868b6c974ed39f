"""Transcripts: what somebody wrote down of a recording's words, in its language, with a translation beside it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kuager.errors import UnreadableError
from kuager.instruments.text import Reading, Statement
from kuager.instruments.text.timed import Line, Timed, parse, timed
from kuager.record.case import Case
from kuager.weigh.acts import Act, act, acts, needed, write

KIND = "transcribed"
#: Bytes; a day of speech has a tenth of it.
MAX_BYTES = 8_000_000


@dataclass(frozen=True)
class Transcript:
    """Lines of the recording ``item``, seconds of presentation time, with who wrote them and who translated them."""

    id: str
    item: str
    language: str
    transcriber: str
    lines: tuple[Line, ...]
    translator: str | None
    translation: tuple[Line, ...]
    by: str

    @property
    def timed(self) -> Timed:
        """The lines as one text whose offsets know their second."""
        return timed(self.lines)

    def reading(self) -> Reading:
        """What is said in it, read as a page is; ids are this transcript's own, since a recording may have several."""
        return _reading(self.id, self.lines)

    def statements(self) -> list[tuple[float, Statement]]:
        """Its statements, each with the second of the recording at which it begins."""
        whole = self.timed
        return [(whole.second(each.span.start), each) for each in self.reading().statements]


@lru_cache(maxsize=64)
def _reading(transcript: str, lines: tuple[Line, ...]) -> Reading:
    read = timed(lines).read()

    def own(id: str) -> str:
        kind, _, rest = id.partition("-")
        return f"{kind}-{hashlib.sha256(f'{transcript}|{rest}'.encode()).hexdigest()[: len(rest)]}"

    return replace(
        read,
        statements=tuple(replace(each, id=own(each.id)) for each in read.statements),
        claims=tuple(
            replace(
                each,
                id=own(each.id),
                statement=own(each.statement),
                reference=own(each.reference) if each.reference else None,
                part_of=own(each.part_of) if each.part_of else None,
            )
            for each in read.claims
        ),
    )


def transcribe(
    case: Case,
    recording: str,
    path: str | Path,
    *,
    language: str,
    transcriber: str,
    translation: str | Path | None = None,
    translator: str | None = None,
    replaces: str | None = None,
) -> Transcript:
    """Writes a transcript of ``recording`` from a file. Raises UsageError and UnreadableError."""
    item = case.item(recording).id
    translated = _lines(translation) if translation is not None else ()
    body: dict[str, Any] = {
        "item": item,
        "language": needed(language, "The language"),
        "transcriber": needed(transcriber, "Who wrote it down"),
        "lines": [_body(line) for line in _lines(path)],
        "translator": needed(translator or "", "Who translated it") if translation is not None else None,
        "translation": [_body(line) for line in translated],
    }
    return _transcript(write(case, KIND, body, (item,), act(case, KIND, replaces).id if replaces else None))


def transcripts(case: Case) -> list[Transcript]:
    """The newest version of every transcript that can be read."""
    return [_transcript(each) for each in acts(case, KIND)]


def _lines(path: str | Path) -> tuple[Line, ...]:
    file = Path(path)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise UnreadableError(f"{file.name} is larger than {MAX_BYTES} bytes.", "Split the transcript.")
        return parse(file.read_bytes(), file.name)
    except OSError as error:
        raise UnreadableError(f"{file.name} cannot be opened: {error.strerror or error}.", "Check the path.") from error


def _body(line: Line) -> dict[str, str | None]:
    return {
        "start_s": f"{line.start_s:.3f}",
        "end_s": f"{line.end_s:.3f}",
        "text": line.text,
        "speaker": line.speaker,
    }


def _line(body: dict[str, Any]) -> Line:
    return Line(float(body["start_s"]), float(body["end_s"]), body["text"], body["speaker"])


def _transcript(each: Act) -> Transcript:
    body = each.body
    return Transcript(
        each.id,
        body["item"],
        body["language"],
        body["transcriber"],
        tuple(_line(line) for line in body["lines"]),
        body["translator"],
        tuple(_line(line) for line in body["translation"]),
        each.actor,
    )
