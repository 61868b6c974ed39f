"""All fronts of a recording, each once: picks over rising bands, blasts cut flat, and blasts close behind a crack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kuager.instruments.impulses.bands import HOP, RATE, Bands, Flags, Floats, Frames, Samples
from kuager.instruments.impulses.ceiling import ONE_BLAST_S, held_fronts
from kuager.instruments.impulses.onset import blast_behind, crack_before, onset_frames, onset_times

HIDING_RISE_DB = 8.0
SAME_ONSET_S = 0.0015
"""Two picks this close are one front, picked from two frames."""
DRAWN_S = 0.009
"""So long before a blast cut flat a pick may fall that is its own: on its crack, or drawn away by what was before."""

EDGES_S = 0.025
"""So long after a blast cut flat its own edges can be taken for the crack of the next."""


@dataclass(frozen=True)
class Fronts:
    """Fronts in order of time: the ``frames`` (k,) of `Bands` that rise, ``times_s`` (k,) from the first sample,
    whether each is a blast that was cut flat (``held``, (k,)), and ``behind``: the blasts close behind a crack, by the
    number of the crack."""

    frames: Frames
    times_s: Floats
    held: Flags
    behind: dict[int, int]


def fronts(samples: Samples, found: Bands) -> Fronts:
    """The fronts in mono sound (n,) at 16 kHz, given its bands."""
    frames = onset_frames(found)
    frames, times = _apart(found, frames, onset_times(samples, frames))
    pairs = [(float(time), int(frame)) for time, frame in zip(times, frames, strict=True)]
    held = [float(at) for at in held_fronts(samples) / RATE]
    cracks = dict(_cracks_before(samples, held))
    drawn = {float(time) for blast in held for time in times[_of(times, blast - DRAWN_S, blast + ONE_BLAST_S)]}
    drawn |= {float(time) for crack in cracks for time in times[_of(times, crack - SAME_ONSET_S, crack + SAME_ONSET_S)]}
    pairs = [pair for pair in pairs if pair[0] not in drawn] + [(at, _frame(found, at)) for at in (*held, *cracks)]
    flat = set(held)
    late = dict(_blasts_behind(samples, found, [pair for pair in pairs if pair[0] not in flat | set(cracks)]))
    known = sorted(time for time, _ in pairs)
    for crack, blast in late.items():
        same = [time for time in known if time > crack and abs(time - blast) < SAME_ONSET_S]
        if same:
            late[crack] = same[0]
        else:
            pairs.append((blast, min(round(blast * RATE / HOP), len(found.total_db) - 1)))
    pairs.sort()
    number = {time: k for k, (time, _) in enumerate(pairs)}
    return Fronts(
        frames=np.array([frame for _, frame in pairs], dtype=np.int64),
        times_s=np.array([time for time, _ in pairs], dtype=np.float64),
        held=np.array([time in flat for time, _ in pairs], dtype=bool),
        behind={number[crack]: number[blast] for crack, blast in (cracks | late).items()},
    )


def _apart(found: Bands, frames: Frames, times: Floats) -> tuple[Frames, Floats]:
    """Onsets in order of time; of picks on one front the one whose frame rises most."""
    order = np.argsort(times, kind="stable")
    frames, times = frames[order], times[order]
    strength = found.strength_db[frames]
    kept: list[int] = []
    for k in range(len(times)):
        if not kept or times[k] - times[kept[-1]] > SAME_ONSET_S:
            kept.append(k)
        elif strength[k] > strength[kept[-1]]:
            kept[-1] = k
    return frames[kept], times[kept]


def _cracks_before(samples: Samples, held: list[float]) -> Iterator[tuple[float, float]]:
    """Times of cracks and of the blasts cut flat behind them; a blast just before has sharp edges of its own."""
    for before, blast in pairwise([-np.inf, *held]):
        crack = crack_before(samples, blast) if blast - before > EDGES_S else None
        if crack is not None:
            yield crack, blast


def _of(times: Floats, start_s: float, end_s: float) -> slice:
    """Those of ``times`` (k,), which are in order, from one second to another."""
    first, last = np.searchsorted(times, (start_s, end_s))
    return slice(int(first), int(last))


def _frame(found: Bands, time_s: float) -> int:
    """The frame that shows a front best: the one it falls into or the next."""
    first = min(round(time_s * RATE / HOP), len(found.total_db) - 1)
    return first + int(found.strength_db[first : first + 2].argmax())


def _blasts_behind(samples: Samples, found: Bands, pairs: list[tuple[float, int]]) -> Iterator[tuple[float, float]]:
    """Times of cracks and of the blasts that hide close behind them."""
    for time, frame in pairs:
        if np.median(found.rise_db[frame]) > HIDING_RISE_DB:
            blast = blast_behind(samples, time)
            if blast is not None:
                yield time, blast
