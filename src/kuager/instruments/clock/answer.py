"""From groups to answers: offsets, drifts and standard deviations as people read them, and a verdict for every pair."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from kuager.instruments.clock.evidence import NOTHING_FOUND, Candidate, probability
from kuager.instruments.clock.group import LARGEST_TOLERANCE_S, Group, Pair, Span
from kuager.instruments.clock.positions import picture_bound
from kuager.instruments.clock.recording import Recording
from kuager.instruments.clock.result import ClockGroup, PairAnswer, Placed, Verdict
from kuager.instruments.clock.solve import Solution

OVERLAP_FROM, NONE_BELOW = 0.9, 0.1
SHORTEST_S = 1.0
"""Shared time (s) below which a pair of one group is not said to overlap, only perhaps."""
DRIFT_TELLING = 15e-6
"""A drift whose standard deviation is above this is not told."""


def clock_groups(kept: Sequence[Recording], found: Sequence[Group]) -> tuple[ClockGroup, ...]:
    """The groups, largest first; in each the earliest recording first, whose zero and rate are the group's."""
    made = [_clock_group(kept, group.solution) for group in found]
    return tuple(sorted(made, key=lambda one: (-len(one.recordings), one.recordings[0].name)))


def _clock_group(kept: Sequence[Recording], solution: Solution) -> ClockGroup:
    first = min(range(len(solution.members)), key=lambda k: (solution.starts[k], solution.members[k]))
    placed = []
    for k, member in enumerate(solution.members):
        offset, offset_sd, drift, drift_sd = _relative(solution, first, k)
        one = kept[member]
        told = 0.0 if k == first else (drift * 1e6 if drift_sd <= DRIFT_TELLING else None)
        sd = math.hypot(offset_sd, one.delay_sd_s, 0.0 if k == first else kept[solution.members[first]].delay_sd_s)
        placed.append(Placed(one.name, offset, 0.0 if k == first else sd, told, one.end_s))
    placed.sort(key=lambda one: (one.offset_s, one.name))
    return ClockGroup(tuple(placed), picture_bound([kept[member] for member in solution.members]))


def _relative(solution: Solution, i: int, j: int) -> tuple[float, float, float, float]:
    """Where j's zero falls on i's clock and j's rate against i's, each with its standard deviation."""
    if i == j:
        return 0.0, 0.0, 0.0, 0.0
    count = len(solution.members)
    apart = float(solution.starts[j] - solution.starts[i])
    change = np.zeros(2 * count)
    change[j], change[i], change[count + i] = 1.0, -1.0, apart
    drift = np.zeros(2 * count)
    drift[count + j], drift[count + i] = 1.0, -1.0
    return (
        apart * (1 + float(solution.rates[i])),
        math.sqrt(max(float(change @ solution.covariance @ change), 0.0)),
        float(drift @ np.concatenate([solution.starts, solution.rates])),
        math.sqrt(max(float(drift @ solution.covariance @ drift), 0.0)),
    )


def pair_answers(
    kept: Sequence[Recording],
    spans: Sequence[Span],
    found: Sequence[Group],
    heard: Mapping[Pair, Sequence[Candidate]],
    implied: Mapping[Pair, Sequence[Candidate]],
    listed: Sequence[Pair],
    decided: Mapping[tuple[str, str], bool],
    tied: set[tuple[str, str]],
) -> tuple[PairAnswer, ...]:
    """An answer for every listed pair, ordered by names."""
    home = {member: group for group in found for member in group.members}
    out = []
    for i, j in listed:
        a, b = kept[i], kept[j]
        pinned = (a.name, b.name) in tied
        candidate = heard[i, j][0] if heard.get((i, j)) else None
        if decided.get((a.name, b.name)) is False:
            out.append(PairAnswer(a.name, b.name, None, None, None, 0.0, "none", 0.0, False, pinned))
        elif home[i] is home[j]:
            out.append(_together(kept, spans, home[i], i, j, heard.get((i, j), ()), implied.get((i, j), ()), pinned))
        else:
            out.append(_apart(a, b, spans[i], spans[j], candidate))
    return tuple(out)


def _together(
    kept: Sequence[Recording],
    spans: Sequence[Span],
    group: Group,
    i: int,
    j: int,
    heard: Sequence[Candidate],
    implied: Sequence[Candidate],
    pinned: bool,
) -> PairAnswer:
    """A pair on one clock: whether it overlaps follows from where the two stand."""
    solution = group.solution
    offset, sd, drift, drift_sd = _relative(solution, solution.members.index(i), solution.members.index(j))
    sd = math.hypot(sd, kept[i].delay_sd_s, kept[j].delay_sd_s)
    shared = min(spans[i].end_s, offset + spans[j].end_s) - max(spans[i].start_s, offset + spans[j].start_s)
    agreeing = [one for one in (*heard, *implied) if _agrees(kept[i], kept[j], i, j, solution, one)]
    agreeing = [one for one in agreeing if one.implied_log_odds > 0]
    sd = math.hypot(sd, max(group.spread_s, *(one.trace.spread_s for one in agreeing), 0.0))
    certain = probability(max(group.certainty(i, j), *(one.implied_log_odds for one in agreeing), -30.0))
    told = drift * 1e6 if drift_sd <= DRIFT_TELLING else None
    if shared <= 0:
        elsewhere = max((one.log_odds for one in heard), default=-30.0)
        chance = min(1 - certain, probability(elsewhere)) if heard else 1 - certain
        return PairAnswer(
            kept[i].name, kept[j].name, offset, sd, told, chance, _verdict(chance), 0.0, False, pinned
        )  # fmt: skip
    chance = certain * min(shared / SHORTEST_S, 1.0)
    return PairAnswer(
        kept[i].name, kept[j].name, offset, sd, told, chance, _verdict(chance), shared, bool(agreeing), pinned
    )  # fmt: skip


def _agrees(a: Recording, b: Recording, i: int, j: int, solution: Solution, one: Candidate) -> bool:
    lag = one.trace.lag_s + a.start_s - b.start_s
    return abs(lag - solution.lag(i, j, one.trace.at_s + a.start_s)) < LARGEST_TOLERANCE_S


def _apart(a: Recording, b: Recording, left: Span, right: Span, candidate: Candidate | None) -> PairAnswer:
    """A pair on different clocks: at most perhaps."""
    if candidate is None:
        return PairAnswer(a.name, b.name, None, None, None, NOTHING_FOUND, "none", 0.0, False, False)
    chance = min(probability(candidate.log_odds), OVERLAP_FROM - 0.01)
    verdict = _verdict(chance)
    if verdict == "none":
        return PairAnswer(a.name, b.name, None, None, None, chance, verdict, 0.0, False, False)
    trace = candidate.trace
    offset = (trace.lag_s - trace.slope * trace.at_s) / (1 - trace.slope) + a.start_s - b.start_s
    sd = math.hypot(trace.lag_sd_s, trace.spread_s, trace.slope_sd * trace.at_s, a.delay_sd_s, b.delay_sd_s)
    told = trace.slope * -1e6 if trace.slope_sd <= DRIFT_TELLING else None
    return PairAnswer(a.name, b.name, offset, sd, told, chance, verdict, trace.overlap_s, False, False)


def _verdict(chance: float) -> Verdict:
    if chance >= OVERLAP_FROM:
        return "overlap"
    return "none" if chance < NONE_BELOW else "unsure"
