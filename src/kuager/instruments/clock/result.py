"""What the clock answers: pairs with probabilities, groups with offsets, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["overlap", "none", "unsure"]


@dataclass(frozen=True)
class Placed:
    """A recording on its group's clock: its zero falls at ``offset_s`` (the group's earliest at 0), give or take
    ``offset_sd_s``; its clock runs ``drift_ppm`` fast against the first's (``None``: too short to tell)."""

    name: str
    offset_s: float
    offset_sd_s: float
    drift_ppm: float | None
    duration_s: float


@dataclass(frozen=True)
class ClockGroup:
    """Recordings on one clock, the earliest first. ``picture_bound_s``: how far pictures may differ although the
    sound is aligned (distance / 343 m/s), ``None`` where nothing is known of distances."""

    recordings: tuple[Placed, ...]
    picture_bound_s: float | None


@dataclass(frozen=True)
class PairAnswer:
    """What is known of a pair. ``offset_s`` is where b's zero falls on a's clock, with its standard deviation;
    ``drift_ppm`` b's rate against a's. ``heard``: whether the same sound was heard by these two, or their place follows
    from others. ``pinned``: a person tied them together."""

    a: str
    b: str
    offset_s: float | None
    offset_sd_s: float | None
    drift_ppm: float | None
    probability: float
    verdict: Verdict
    overlap_s: float
    heard: bool
    pinned: bool


@dataclass(frozen=True)
class Failure:
    """A recording that could not be used, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Synchronisation:
    """The whole answer; the same whatever the order of the recordings given."""

    groups: tuple[ClockGroup, ...]
    pairs: tuple[PairAnswer, ...]
    failed: tuple[Failure, ...]
