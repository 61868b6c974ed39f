"""What people hold to be so: what happened when and where, conclusions, answers, promises, corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kuager.faces.page.model.time import Fragment, When


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
