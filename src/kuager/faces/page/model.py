"""What a page says, as plain data: nothing here knows of cases, and nothing here has been masked or chosen.

The gate (``kuager.release``) decides what may leave; ``reading`` turns that into this model; ``render`` writes it. A
room that finds something new adds a field here and a template beside the others; nothing else moves.

Seconds are presentation seconds of the recording, or seconds on its group's clock where the name says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Precision = Literal["year", "month", "day", "minute", "second"]
Relation = Literal["supports", "contradicts", "compatible", "inconclusive", "not_examined"]
Hand = Literal["first", "reported", "third", "unknown"]
Standing = Literal["judged", "proposed"]


@dataclass(frozen=True)
class When:
    """A time in ISO 8601 (UTC) with the precision it is known to; ``end`` makes it a span, open where it is empty."""

    start: str
    precision: Precision
    end: str | None = None


@dataclass(frozen=True)
class Reference:
    """Points from the account into the page: a recording's second, or another part by its anchor."""

    anchor: str
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True)
class Fragment:
    """A run of words, with what it rests on. Without words it is shown by the name of what it points to.

    ``who`` is the id of the source whose words they are, where they are somebody's; ``found`` False says that people
    looked for it and did not find it.
    """

    text: str
    to: Reference | None = None
    who: str | None = None
    found: bool = True


@dataclass(frozen=True)
class Picture:
    """A still made for release. ``time_s`` is the second it shows; ``alt`` says in words what is seen."""

    path: str
    width: int
    height: int
    time_s: float | None = None
    alt: str = ""


@dataclass(frozen=True)
class Observation:
    """What a person saw or heard from ``start_s`` to ``end_s``, or looked for and did not (``found`` False)."""

    start_s: float
    end_s: float
    text: str
    found: bool = True
    obscured: str | None = None
    by: str | None = None


@dataclass(frozen=True)
class Mark:
    """What an instrument measured in a recording, in words: ``screening`` ones say so on the page."""

    start_s: float
    end_s: float
    text: str
    grade: Literal["recorded", "validated", "screening", "inconclusive"]


@dataclass(frozen=True)
class Speech:
    """What is said from ``start_s`` to ``end_s``, in its own language, and in translation where there is one."""

    start_s: float
    end_s: float
    text: str
    translation: str | None = None


@dataclass(frozen=True)
class Transcript:
    """What is said in a recording, with who wrote it down and who translated it."""

    language: str
    lines: tuple[Speech, ...]
    by: str
    translated_by: str | None = None


@dataclass(frozen=True)
class Begin:
    """When a recording begins by the time of day, give or take ``error_s`` seconds; ``agree`` False where what people
    read the time from does not agree."""

    when: When
    error_s: int
    agree: bool


@dataclass(frozen=True)
class Recording:
    """One recording. ``graphic`` None means that nobody has said yet, and the page covers it as if it were.

    ``offset_s`` is where its zero falls on the clock of ``group`` with standard deviation ``offset_sd_s``;
    ``waveform`` holds peaks from 0 to 100 over the whole duration.
    """

    id: str
    title: str
    duration_s: float
    stills: tuple[Picture, ...] = ()
    waveform: tuple[int, ...] = ()
    media: str | None = None
    media_type: str = ""
    width: int = 0
    height: int = 0
    group: int | None = None
    offset_s: float | None = None
    offset_sd_s: float | None = None
    begins: Begin | None = None
    about: str = ""
    received: When | None = None
    address: str | None = None
    graphic: bool | None = None
    observations: tuple[Observation, ...] = ()
    marks: tuple[Mark, ...] = ()
    speech: Transcript | None = None


@dataclass(frozen=True)
class Text:
    """A page, in the words it was published in. ``held_back`` counts comments that stay in the case."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    language: str = ""
    held_back: int = 0
    received: When | None = None
    address: str | None = None


@dataclass(frozen=True)
class Document:
    """An item that leaves as a fact only: that it exists, what kind it is, when it came."""

    id: str
    kind: str
    media_type: str
    received: When | None = None
    still: Picture | None = None


@dataclass(frozen=True)
class Source:
    """Who speaks. ``name`` is what may be printed: a name, an office, or a description such as "a resident"."""

    id: str
    name: str
    role: str = ""
    side: str = "other"


@dataclass(frozen=True)
class Statement:
    """What was said, in its own language, with the chain it came through (source ids, origin first).

    ``read_in`` is the id of the text on this page that it stands in, ``heard`` the recording and second it is said at.
    """

    id: str
    chain: tuple[str, ...]
    text: str
    language: str = ""
    translation: str | None = None
    translated_by: str | None = None
    said: When | None = None
    hand: Hand = "unknown"
    medium: str = ""
    read_in: str | None = None
    heard: Reference | None = None
    standing: Standing = "judged"


@dataclass(frozen=True)
class Count:
    """How many, as a range: ``upper`` None is open. ``relation`` is the words' own ("more_than", "exactly", …)."""

    id: str
    what: str
    relation: str
    lower: int | None
    upper: int | None
    chain: tuple[str, ...]
    said: When | None = None
    hand: Hand = "unknown"
    text: str = ""
    standing: Standing = "judged"


@dataclass(frozen=True)
class Claim:
    """A claim as a row of the matrix."""

    id: str
    text: str
    source: str | None = None


@dataclass(frozen=True)
class Evidence:
    """A column of the matrix: a recording, a statement, a page. Without a title it bears the name of its recording.

    ``source`` is the id of who says it, where it is somebody's words.
    """

    id: str
    title: str
    anchor: str
    source: str | None = None


@dataclass(frozen=True)
class Link:
    """How a piece of evidence bears on a claim. ``proposed`` ones were made by a machine and decided by nobody yet."""

    claim: str
    evidence: str
    relation: Relation
    because: str
    standing: Standing = "judged"


@dataclass(frozen=True)
class Between:
    """How two statements stand to each other: why, and what must be so for it to hold. ``because`` is a person's."""

    relation: str
    a: Fragment
    b: Fragment
    reason: str
    condition: str | None = None
    because: str | None = None
    standing: Standing = "proposed"


@dataclass(frozen=True)
class Event:
    """Something that happened, with its time as precisely as it is known; ``kind`` sets outages and curfews apart."""

    id: str
    title: str
    when: When
    kind: Literal["event", "outage", "curfew", "statement"] = "event"
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Place:
    """Somewhere, with a radius in metres within which it lies: the page draws the radius and never a pin."""

    id: str
    name: str
    latitude: float
    longitude: float
    radius_m: float
    about: str = ""


@dataclass(frozen=True)
class Conclusion:
    """What people hold to be shown, by which standard, with the evidence on both sides.

    ``held_for`` and ``held_against`` count evidence that is kept in the case; ``disputed`` has the ids of sources whose
    words speak against it.
    """

    id: str
    text: str
    standard: str
    for_: tuple[Fragment, ...] = ()
    against: tuple[Fragment, ...] = ()
    alternatives: tuple[str, ...] = ()
    author: str = ""
    reviewer: str | None = None
    decided: When | None = None
    held_for: int = 0
    held_against: int = 0
    disputed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The other side's answer: who was asked, when, and what they said (None: nothing came)."""

    who: str
    asked: When
    about: str
    answer: str | None = None
    answered: When | None = None


@dataclass(frozen=True)
class Promise:
    """A promise and what came of it."""

    who: str
    text: str
    made: When
    outcome: str


@dataclass(frozen=True)
class Correction:
    """A dated correction, or a conclusion that no longer stands."""

    when: When
    text: str
    withdrawn: bool = False


@dataclass(frozen=True)
class Signed:
    """Whose word it is that the pictures and sound of ``count`` recordings may be shown."""

    by: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Copy:
    """A stretch of recording ``a`` that stands in ``b`` too, by "picture" or "sound"; seconds in each."""

    a: str
    b: str
    kind: Literal["picture", "sound"]
    a_start_s: float
    a_end_s: float
    b_start_s: float
    b_end_s: float
    standing: Standing = "proposed"


@dataclass(frozen=True)
class Disclosed:
    """A payload that left whole: its line, the log line it opens, and the path to the checkpoint's root (hex)."""

    index: int
    payload: str
    line: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """A published file, for the reader who drops one on the page."""

    path: str
    sha256: str
    title: str


@dataclass(frozen=True)
class Custody:
    """What the page rests on. ``checkpoint`` is the whole signed note; ``held`` counts items that stay inside."""

    origin: str
    size: int
    root: str
    checkpoint: str
    items: int
    held: int
    began: When | None = None
    disclosed: tuple[Disclosed, ...] = ()
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Page:
    """Everything one page says, in reading order."""

    title: str
    custody: Custody
    updated: When
    drill: bool = False
    kicker: str = ""
    standfirst: str = ""
    byline: str = ""
    credit: str = ""
    lead: Picture | None = None
    lead_caption: str = ""
    lead_graphic: bool = True
    not_shown: tuple[str, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    answers: tuple[Answer, ...] = ()
    account: tuple[tuple[Fragment, ...], ...] = ()
    recordings: tuple[Recording, ...] = ()
    picture_bound_s: float | None = None
    copies: tuple[Copy, ...] = ()
    texts: tuple[Text, ...] = ()
    documents: tuple[Document, ...] = ()
    places: tuple[Place, ...] = ()
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    counts: tuple[Count, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    links: tuple[Link, ...] = ()
    between: tuple[Between, ...] = ()
    events: tuple[Event, ...] = ()
    promises: tuple[Promise, ...] = ()
    unknowns: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    method: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    signed: tuple[Signed, ...] = ()
    searched: bool = False

    def source(self, id: str) -> Source | None:
        """The source with this id, or None."""
        return next((source for source in self.sources if source.id == id), None)
