"""A statement as it is read: its span, source, cue and form."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from kuager.instruments.text.sentences import Quote
from kuager.instruments.text.who.entry import Entry

Range = tuple[int, int]


@dataclass(slots=True)
class Said:
    """A statement with its source; ``speaker`` is ``None`` where the reporter speaks or nobody is named."""

    start: int
    end: int
    form: str
    speaker: Entry | None
    mention: Range | None
    cue: Range | None
    lemma: str
    direct: list[Range]
    deny: bool
    sentence: Range
    section: int
    language: str
    headline: bool = False
    inside: Said | None = None
    chain: list[Entry] = field(default_factory=list)
    by: str = ""
    read_by: str | None = None


@dataclass(frozen=True, slots=True)
class Pointer:
    """ "Об этом сообщил X": a sentence that only tells who said the one before, and who passes it on."""

    mention: Range
    base: str | None
    cue: Range
    via: Range | None


def cue_after(said: Said) -> bool:
    """Whether a quotation comes before its cue: "…," he said."""
    return said.form == "direct" and said.cue is not None and said.start < said.cue[0]


def direct_spans(start: int, end: int, marks: list[Quote]) -> list[Range]:
    """The parts of a statement that stand in quotation marks."""
    return [(max(start, q.start), min(end, q.end)) for q in marks if q.start < end and start < q.end]


def form_of(view: str, start: int, end: int, direct: list[Range]) -> str:
    """``direct``, ``indirect`` or ``mixed``, by how much of the words stands in quotation marks."""
    if not direct:
        return "indirect"
    rest = (
        view[start : direct[0][0]]
        + "".join(view[x[1] : y[0]] for x, y in itertools.pairwise(direct))
        + view[direct[-1][1] : end]
    )
    outside = len(re.findall(r"\w+", rest))
    if outside == 0:
        return "direct"
    inside = sum(len(re.findall(r"\w+", view[s:e])) for s, e in direct)
    return (
        "direct"
        if len(direct) > 1 and outside <= 6 and inside >= outside and start == direct[0][0] and end == direct[-1][1]
        else "mixed"
    )
