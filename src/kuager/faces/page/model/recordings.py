"""Recordings on a page: pictures, what people saw in them, what was measured, what is said in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kuager.faces.page.model.statements import Marked
from kuager.faces.page.model.time import Picture, Standing, When


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
    marks: tuple[Marked, ...] = ()


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
    speeches: tuple[Transcript, ...] = ()


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
