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
from kuager.instruments.impulses.onset import SHARP_DB
from kuager.instruments.impulses.shape import Shape

ECHO_WITHIN_S = (0.011, 0.5)
"""A wall is 2 to 85 m behind: nearer ones melt into the blast, farther ones are faint."""
ECHO_FALL_DB, ECHO_SLOPE = 2.5, 1.5
LEAD_WITHIN_S = (0.008, 0.4)
NEXT_SHOT_S = 0.035
"""No gun fires 1700 rounds a minute: what follows a blast sooner is its own reflection from ground and wall."""
LOUDER_DB = 4.0
FAR_DB = 30.0
SHARPER_DB = 8.0


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
    blast_of = tuple(-1 if k in behind.values() else behind.get(k, blast) for k, blast in enumerate(paired))
    level = np.array([one.under_loudest_db for one in shapes])
    may_echo = (evidence_db > middle_db) & (np.array(blast_of) < 0)
    echo_db = np.zeros(len(times_s))
    for k, time in enumerate(times_s):
        first, last = np.searchsorted(times_s, (time - ECHO_WITHIN_S[1], time - ECHO_WITHIN_S[0]))
        before = level[first:last][may_echo[first:last]]
        if len(before):
            echo_db[k] = ECHO_SLOPE * max(0.0, float(before.max()) - level[k] - ECHO_FALL_DB)
    echo_db += _part_of_another(times_s, evidence_db - echo_db, may_echo)
    return Roles(blast_of, echo_db)


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


def _cracks(times_s: Floats, shapes: Sequence[Shape], evidence_db: Floats, least_db: float) -> tuple[int, ...]:
    """For each impulse the blast it may be the crack of: sharp and short itself, followed by a duller blast."""
    found = []
    for k, one in enumerate(shapes):
        blast = -1
        if one.sharp_db > SHARP_DB and one.fall_db > 5.0 and evidence_db[k] > 4.0:
            first, last = np.searchsorted(times_s, (times_s[k] + LEAD_WITHIN_S[0], times_s[k] + LEAD_WITHIN_S[1]))
            blast = next(
                (
                    m
                    for m in range(int(first), int(last))
                    if evidence_db[m] > least_db
                    and shapes[m].sharp_db < one.sharp_db - SHARPER_DB
                    and shapes[m].under_loudest_db > one.under_loudest_db - 15.0
                ),
                -1,
            )
        found.append(blast)
    return tuple(found)
