"""Who says what: texts, statements, counts, and how claims and evidence bear on one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kuager.faces.page.model.time import Fragment, Reference, Standing, When

Relation = Literal["supports", "contradicts", "compatible", "inconclusive", "not_examined"]
Hand = Literal["first", "reported", "third", "unknown"]
Whose = Literal["speaker", "itself", "not_told", "doubtful"]


@dataclass(frozen=True)
class Marked:
    """Where a statement or a count stands: code points ``start`` to ``end`` of a paragraph, or of a line of speech."""

    paragraph: int
    start: int
    end: int
    statement: str | None = None
    count: str | None = None


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
    marks: tuple[Marked, ...] = ()


@dataclass(frozen=True)
class Source:
    """Who speaks. ``name`` is what may be printed: a name, an office, or a description such as "a resident".

    ``counts``: it speaks for a body that keeps counts.
    """

    id: str
    name: str
    role: str = ""
    side: str = "other"
    counts: bool = False


@dataclass(frozen=True)
class Statement:
    """What was said, in its own language, with the chain it came through (source ids, origin first; empty where it is
    somebody's and not told whose).

    ``read_in`` is the id of the text on this page that it stands in, ``heard`` the recording and second it is said at.
    ``in_doubt``: some of it may be the reporter's own words. ``denies``: who says it says that it is *not* so.
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
    in_doubt: bool = False
    denies: bool = False


@dataclass(frozen=True)
class Count:
    """How many, as a range: ``upper`` None is open. ``relation`` is the words' own ("more_than", "exactly", …).

    ``whose``: of the first in ``chain``; of the text or of a voice in the recording itself; somebody's, not told whose;
    or in doubt whether it is the reporter's or of the one who is named. In the last three ``chain`` is empty. ``part``:
    it counts some of the people of another count.
    """

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
    whose: Whose = "speaker"
    part: bool = False
    read_in: str | None = None
    heard: Reference | None = None

    @property
    def is_somebodys(self) -> bool:
        """Whether it can be told whose count it is, so that it bears on what is known of the number."""
        return self.whose in ("speaker", "itself")


@dataclass(frozen=True)
class Claim:
    """A claim as a row of the matrix. ``denies``: its source says that it is *not* so."""

    id: str
    text: str
    source: str | None = None
    denies: bool = False


@dataclass(frozen=True)
class Evidence:
    """A column of the matrix: a recording, a statement, a page. Without a title it bears the name of its recording.

    ``source`` is the id of who says it, where it is somebody's words; ``denies``: they say that it is *not* so.
    """

    id: str
    title: str
    anchor: str
    source: str | None = None
    denies: bool = False


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
    """How two statements stand to each other: why, and what must be so for it to hold. ``because`` is a person's.

    ``counts`` has the ids of both, where they are counts of this page.
    """

    relation: str
    a: Fragment
    b: Fragment
    reason: str
    condition: str | None = None
    because: str | None = None
    standing: Standing = "proposed"
    counts: tuple[str, ...] = ()
