"""The same shots found in several recordings on one clock: marks for the location, from what each recording heard."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kuager.instruments.impulses.bands import Floats
from kuager.instruments.impulses.listen import Listening
from kuager.instruments.impulses.locate import Ear, Mark
from kuager.instruments.impulses.trajectory import SPEED_OF_SOUND

LIKE_S = 0.02
"""How far a shot's gap to its neighbours may differ between two recordings and still be the same shot."""


def shared_shots(
    ears: Sequence[Ear], heard: Sequence[Listening], offsets_s: Sequence[float], drifts_ppm: Sequence[float] = ()
) -> tuple[Mark, ...]:
    """Marks of shots that two recordings or more heard; ``offsets_s``: where each recording's zero falls on the clock.

    ``drifts_ppm``: how fast each recording's clock runs against it (none: all run alike).

    One shooter who stays gives the same pattern of shots everywhere, moved by no more than distance and the clock's
    error allow. Patterns are laid on that of the recording that agrees with the others most.
    """
    rates = [1 - drift * 1e-6 for drift in drifts_ppm] or [1.0] * len(ears)
    shots = [
        np.array([one.time_s for one in listening.impulses if one.score_gunshot >= 0.5]) * rate + offset
        for listening, offset, rate in zip(heard, offsets_s, rates, strict=True)
    ]
    best: list[list[tuple[int, int]]] = []
    for reference in range(len(ears)):
        laid = [_laid(shots[reference], shots[k], _room(ears[reference], ears[k])) for k in range(len(ears))]
        if not best or sum(map(len, laid)) > sum(map(len, best)):
            best = laid
    met = [number for pairs in best for number, _ in pairs]
    marks = []
    for ear, pairs in enumerate(best):
        leads = {round(one.blast_s * rates[ear] + offsets_s[ear], 6): one.lead_s for one in heard[ear].cracks}
        for number, own in pairs:
            if met.count(number) >= 2:
                blast_s = float(shots[ear][own])
                marks.append(Mark(ear, number, blast_s, leads.get(round(blast_s, 6))))
    return tuple(marks)


def _room(a: Ear, b: Ear) -> float:
    """How far (s) blasts of one shot may lie apart between two recordings."""
    apart = float(np.hypot(a.position_m[0] - b.position_m[0], a.position_m[1] - b.position_m[1]))
    loose = 3 * float(np.hypot(a.clock_sd_s, b.clock_sd_s))
    return (apart + 2 * float(np.hypot(a.position_sd_m, b.position_sd_m))) / SPEED_OF_SOUND + loose + 0.06


def _laid(reference: Floats, other: Floats, room_s: float) -> list[tuple[int, int]]:
    """Pairs of numbers of the same shot, at the shift inside ``room_s`` that makes most of them meet."""
    if not len(reference) or not len(other):
        return []
    shifts = (reference[:, None] - other[None]).ravel()
    best: list[tuple[int, int]] = []
    least = np.inf
    for shift in shifts[np.abs(shifts) <= room_s]:
        nearest = np.abs(reference[None] - other[:, None] - shift).argmin(axis=1)
        off = np.abs(reference[nearest] - other - shift)
        pairs: dict[int, int] = {}
        for own in np.flatnonzero(off < LIKE_S):
            number = int(nearest[own])
            if number not in pairs or off[own] < off[pairs[number]]:
                pairs[number] = int(own)
        misfit = float(off[list(pairs.values())].sum())
        if (len(pairs), -misfit) > (len(best), -least):
            best, least = sorted(pairs.items()), misfit
    return best
