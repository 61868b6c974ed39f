"""What a page becomes when it is read: spans, statements, sources and claims, as frozen dataclasses.

Every span is given in Unicode code points into ``Reading.text``, end exclusive, and
``Reading.text[span.start:span.end] == span.text`` always holds.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import Any

#: Field names that are Python keywords, as they stand in the JSON document.
_JSON_NAMES = {"from_": "from"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a page's text: code points ``start`` to ``end``, end exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year in ISO 8601, with its precision and how it was found."""

    date: str
    precision: str
    basis: str


@dataclass(frozen=True, slots=True)
class Byline:
    """Who signs an article, and the service credited beside them."""

    authors: tuple[str, ...]
    credit: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader's comment. ``by`` is a claimed identity and nothing more."""

    id: str
    by: Span | None
    from_: Span | None
    date: Span | None
    datetime: str | None
    reply_to: str | None
    body: Span


@dataclass(frozen=True, slots=True)
class Page:
    """What a page consists of besides its sentences."""

    language: str | None
    headline: Span | None
    byline: Byline | None
    captions: tuple[Span, ...]
    published: Date | None
    furniture: tuple[Span, ...]
    forum_closed: bool
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Someone who is quoted or who comments; ``at_risk`` where safety must be the default."""

    id: str
    name: str
    role: str | None
    side: str
    kind: str
    anonymous: bool
    at_risk: bool
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words by which a speaker or reporter steps back: appearance, possibility, inference, condition, distance …"""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Statement:
    """An exact span of a page with who said it; ``chain`` is origin first, ``speaker`` the origin.

    ``speaker`` is ``None`` where the reporter speaks on their own account, or where the page does not say who.
    ``resolved_by`` is the way from the words to the speaker (a name, a pronoun, a quotation that goes on …).
    ``read_by`` names the layer that proposed it, where the rules did not.
    """

    id: str
    span: Span
    speaker: str | None
    speaker_mention: Span | None
    chain: tuple[str, ...]
    cue: Span | None
    form: str
    direct_spans: tuple[Span, ...]
    said_on: Date | None
    hedges: tuple[Hedge, ...]
    polarity: str
    resolved_by: str | None = None
    read_by: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a statement asserts. A count carries bounds by the policy table of the interface.

    ``scope`` names place and time where the sentence does, ``first_hand`` whether the speaker saw it, ``steps``
    through how many mouths it came, ``counted_by`` what the count rests on where the page says so, ``part_of`` the
    count whose people it is said of ("14 people, including two policemen"). ``share``: it counts some of those whom
    another count counts; ``superseded``: the same account puts another figure in its place ("up from 40").
    """

    id: str
    statement: str
    type: str
    span: Span
    number: Span | None = None
    status: str | None = None
    lower: int | None = None
    upper: int | None = None
    relation: str | None = None
    reference: str | None = None
    victims: str | None = None
    attribution_doubtful: bool = False
    event_date: Date | None = None
    place: Span | None = None
    as_of: Date | None = None
    first_hand: bool = False
    steps: int = 0
    counted_by: str | None = None
    part_of: str | None = None
    share: bool = False
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A page read: its text, structure, sources, statements and claims."""

    text: str
    encoding: str
    media_type: str
    page: Page
    sources: tuple[Source, ...]
    statements: tuple[Statement, ...]
    claims: tuple[Claim, ...]

    def as_json(self) -> dict[str, Any]:
        """The reading in the shape of the interface (without ``links``, which ``weigh`` proposes)."""
        document: dict[str, Any] = to_json(self)
        return document


def to_json(value: Any) -> Any:
    """Dataclasses, tuples and plain values as JSON values, with the interface's field names."""
    if is_dataclass(value):
        return {_JSON_NAMES.get(f.name, f.name): to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [to_json(v) for v in value]
    return value
