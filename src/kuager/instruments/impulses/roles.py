"""Which impulses belong to another: the crack before a blast, and the echoes after it.

A bullet faster than sound drags a cone behind it; where the cone passes, an N-wave of some 0.3 ms is heard before the
blast (Whitham 1952; Maher 2007). A façade gives the blast back later and weaker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.impulses.bands import Floats
from kuager.instruments.impulses.shape import Shape

ECHO_WITHIN_S = (0.011, 0.5)
"""A wall is 2 to 85 m behind: nearer ones melt into the blast, farther ones are faint."""
ECHO_FALL_DB, ECHO_SLOPE = 2.5, 1.5
LEAD_WITHIN_S = (0.008, 0.4)
NEXT_SHOT_S = 0.035
"""No gun fires 1700 rounds a minute: what follows a blast sooner is its own reflection from ground and wall."""
LOUDER_DB = 4.0
FAR_DB = 30.0
MOST_BLASTS = 2000
"""Above, delays are not compared: every blast is held against every other."""
SAME_DELAY_S, COMES_BACK_DB, COMES_BACK_AGAINST_DB = 0.0004, 1.0, 15.0
CRACK_DB = 5.0
"""How sharp a crack is that stands by itself: one that melts into its own blast is 3 to 4."""
BEHIND_A_CRACK = 0.5
"""What being weaker counts of a blast behind a crack: a wall seldom gives back both to the same place."""
SHARPER_DB, LATE_DB_A_S = 8.0, 100.0


@dataclass(frozen=True)
class Roles:
    """For each impulse (k,): ``blast_of`` is the index of the blast whose crack it is (-1: it is none), ``echo_db`` the
    decibels that speak for an echo: by how much it is weaker than a blast just before it, beyond what shots vary."""

    blast_of: tuple[int, ...]
    echo_db: Floats


def roles(
    times_s: Floats, shapes: Sequence[Shape], evidence_db: Floats, middle_db: float, behind: Mapping[int, int]
) -> Roles:
    """The roles of impulses (k,) in order of time; ``middle_db`` is the evidence from which one counts as a blast.

    ``behind`` maps cracks to the blasts that were found close behind them.
    """
    paired = _cracks(times_s, shapes, evidence_db, middle_db - 4.0)
    blast_of = _apart(times_s, [-1 if k in behind.values() else behind.get(k, m) for k, m in enumerate(paired)])
    level = np.array([one.under_loudest_db for one in shapes])
    may_echo = (evidence_db > middle_db) & (np.array(blast_of) < 0)
    echo_db = np.zeros(len(times_s))
    for k, time in enumerate(times_s):
        first, last = np.searchsorted(times_s, (time - ECHO_WITHIN_S[1], time - ECHO_WITHIN_S[0]))
        before = level[first:last][may_echo[first:last]]
        if len(before):
            echo_db[k] = ECHO_SLOPE * max(0.0, float(before.max()) - level[k] - ECHO_FALL_DB)
    echo_db += _come_back(times_s, level, may_echo)
    behind_a_crack = sorted({blast for blast in blast_of if blast >= 0})
    echo_db[behind_a_crack] *= BEHIND_A_CRACK
    said = evidence_db - echo_db
    said[behind_a_crack] += FAR_DB  # a blast behind its crack is no reflection
    echo_db += _part_of_another(times_s, said, may_echo)
    return Roles(blast_of, echo_db)


def _come_back(times_s: Floats, level_db: Floats, may: NDArray[np.bool_]) -> Floats:
    """Decibels against impulses that come a delay after a blast, as another comes the very same delay after another.

    A wall keeps its delay to a fraction of a millisecond and gives back less than it got. A gun that fires evenly does
    so too, so delays that go on (the blast one delay before, or the impulse one delay later) do not count.
    """
    against = np.zeros(len(times_s))
    blasts = np.flatnonzero(may)
    if len(blasts) > MOST_BLASTS:
        return against
    delays = times_s[blasts][None] - times_s[blasts][:, None]
    fits = (delays > ECHO_WITHIN_S[0]) & (delays < ECHO_WITHIN_S[1])
    fits &= level_db[blasts][None] < level_db[blasts][:, None] - COMES_BACK_DB
    parents, children = np.nonzero(fits)
    for parent, child in zip(parents, children, strict=True):
        delay = float(delays[parent, child])
        goes_on = np.abs(np.abs(delays[parent]) / delay - 1) < 0.06
        goes_on |= np.abs(delays[child] / delay - 1) < 0.06
        goes_on[child] = False
        same = np.abs(delays[parents, children] - delay) < SAME_DELAY_S
        same &= (parents != parent) & (children != child)
        if same.any() and not goes_on.any():
            against[blasts[child]] = COMES_BACK_AGAINST_DB
    return against


def _part_of_another(times_s: Floats, evidence_db: Floats, may: NDArray[np.bool_]) -> Floats:
    """Decibels against impulses too close to a blast to be another shot's: of those within 35 ms one is kept.

    It is the first, unless a later one speaks clearly louder for itself.
    """
    against = np.zeros(len(times_s))
    kept = -1
    for k in np.flatnonzero(may):
        if kept < 0 or times_s[k] - times_s[kept] > NEXT_SHOT_S:
            kept = int(k)
            continue
        lost = kept if evidence_db[k] > evidence_db[kept] + LOUDER_DB else int(k)
        kept = int(k) if lost == kept else kept
        against[lost] = FAR_DB
    return against


def _apart(times_s: Floats, blast_of: Sequence[int]) -> tuple[int, ...]:
    """The pairs without those that begin between a crack and its blast: there is only what the crack gave back."""
    kept: list[int] = []
    until = -np.inf
    for k, blast in enumerate(blast_of):
        kept.append(blast if times_s[k] >= until else -1)
        if kept[-1] >= 0:
            until = float(times_s[blast])
    return tuple(kept)


def _cracks(times_s: Floats, shapes: Sequence[Shape], evidence_db: Floats, least_db: float) -> tuple[int, ...]:
    """For each impulse the blast it may be the crack of: sharp and short itself, followed by a duller blast."""
    found: list[int] = []
    for k, one in enumerate(shapes):
        blast = -1
        if one.sharp_db > CRACK_DB and one.fall_db > 5.0 and evidence_db[k] > 4.0:
            first, last = np.searchsorted(times_s, (times_s[k] + LEAD_WITHIN_S[0], times_s[k] + LEAD_WITHIN_S[1]))
            fit = [
                m
                for m in range(int(first), int(last))
                if evidence_db[m] > least_db
                and shapes[m].sharp_db < one.sharp_db - SHARPER_DB
                and shapes[m].under_loudest_db > one.under_loudest_db - 15.0
            ]
            # The first may be the crack's own reflection, a late one the next shot's blast.
            late = LATE_DB_A_S * (times_s - times_s[k])
            blast = max(fit, key=lambda m: float(evidence_db[m] - shapes[m].sharp_db - late[m]), default=-1)
        found.append(blast)
    return tuple(found)
