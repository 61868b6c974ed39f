"""All recordings of an event on one clock by their sound: `synchronise`."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from kuager.instruments.clock.answer import clock_groups, pair_answers
from kuager.instruments.clock.evidence import Candidate, candidate_at, candidates
from kuager.instruments.clock.group import Pair, Proposal, Span, groups
from kuager.instruments.clock.implied import Place, unheard
from kuager.instruments.clock.index import likely_pairs
from kuager.instruments.clock.pins import Pin
from kuager.instruments.clock.positions import farther
from kuager.instruments.clock.recording import Recording
from kuager.instruments.clock.result import Failure, Synchronisation
from kuager.instruments.clock.scan import Transforms, peaks
from kuager.instruments.clock.solve import Link
from kuager.instruments.clock.spectra import Block, blocks

ALL_PAIRS = 300
"""Up to this many recordings every pair is correlated; above, those that the index proposes."""
SURE = 20.0
ROUNDS = 2
"""How often groups are made anew from what is heard where they imply it."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and of how much."""


def synchronise(
    recordings: Iterable[Recording],
    pins: Sequence[Pin] = (),
    decisions: Mapping[tuple[str, str], bool] | None = None,
    sound_from_m: tuple[float, float] | None = None,
    progress: Progress | None = None,
    threads: int = 2,
) -> Synchronisation:
    """Puts recordings on one clock by their sound, and by pins.

    ``decisions`` maps pairs of names to whether a person accepted or rejected that they overlap. ``sound_from_m`` is
    where the sound came from, on the plane of the recordings' positions: lags are then freed of what distance adds.
    Where only positions are known, what distance may add is counted into the errors of the links.
    Raises ValueError when two recordings have one name.
    """
    given = sorted(recordings, key=lambda one: one.name)
    names = [one.name for one in given]
    if len(set(names)) != len(names):
        raise ValueError("recordings must have different names")
    pinned = {name for pin in pins for name in (pin.a, pin.b)}
    spectra = {one.name: blocks(one) for one in given}
    failed = [Failure(one.name, _unusable(one)) for one in given if not spectra[one.name] and one.name not in pinned]
    out = {one.name for one in failed}
    kept = [one for one in given if one.name not in out]
    heard = _candidates(kept, [spectra[one.name] for one in kept], progress or _silent, threads)
    decided = {_sorted_pair(*pair): answer for pair, answer in (decisions or {}).items()}
    proposals = _proposals(kept, heard, pins, decided, sound_from_m)
    spans = [Span(*_span(one)) for one in kept]
    found = groups(spans, proposals)
    implied: dict[Pair, list[Candidate]] = {}
    for _ in range(ROUNDS):
        if not _look_where_implied(kept, unheard(spans, found, proposals), decided, sound_from_m, implied, proposals):
            break
        found = groups(spans, proposals)
    listed = set(itertools.combinations(range(len(kept)), 2)) if len(kept) <= ALL_PAIRS else set(heard)
    tied = {_sorted_pair(pin.a, pin.b) for pin in pins}
    answers = pair_answers(kept, spans, found, heard, implied, sorted(listed), decided, tied)
    return Synchronisation(clock_groups(kept, found), answers, tuple(failed))


def _silent(what: str, done: int, total: int) -> None:
    return


def _unusable(one: Recording) -> str:
    if one.samples is None:
        return "it has no sound track; a pin can put it on the clock"
    if one.end_s - one.start_s < 1.0:
        return "its sound is shorter than a second; a pin can put it on the clock"
    return "its sound track is silent; a pin can put it on the clock"


def _span(one: Recording) -> tuple[float, float]:
    if one.samples is None:
        return 0.0, one.end_s
    return one.start_s, one.start_s + len(one.samples) / one.rate


def _candidates(
    kept: Sequence[Recording], spectra: Sequence[tuple[Block, ...]], progress: Progress, threads: int
) -> dict[Pair, list[Candidate]]:
    """Every pair's candidates; a pair that was not looked at is absent."""
    sounding = [k for k in range(len(kept)) if spectra[k]]
    if len(sounding) > ALL_PAIRS:
        pairs = likely_pairs(sounding, [spectra[k] for k in sounding])
    else:
        pairs = list(itertools.combinations(sounding, 2))
    transforms = Transforms()
    done = itertools.count(1)

    def look(pair: Pair) -> list[Candidate]:
        a, b = pair
        found = candidates(kept[a], kept[b], peaks(a, spectra[a], b, spectra[b], transforms))
        progress("Comparing", next(done), len(pairs))
        return found

    order = _tiled(pairs)
    with ThreadPoolExecutor(threads) as pool:
        found = dict(zip(order, pool.map(look, order), strict=True))
    return {pair: found[pair] for pair in pairs}


def _tiled(pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs in squares of 16 by 16, so that kept transforms are used while they are there."""
    return sorted(pairs, key=lambda pair: (pair[0] // 16, pair[1] // 16, pair))


def _sorted_pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _proposals(
    kept: Sequence[Recording],
    heard: Mapping[Pair, Sequence[Candidate]],
    pins: Sequence[Pin],
    decided: Mapping[tuple[str, str], bool],
    sound_from_m: tuple[float, float] | None,
) -> dict[Pair, list[Proposal]]:
    """What the sound and people propose for each pair, on presentation time and freed of what distance adds."""
    out: dict[Pair, list[Proposal]] = {}
    for (i, j), found in heard.items():
        answer = decided.get((kept[i].name, kept[j].name))
        if answer is False:
            continue
        for rank, one in enumerate(found):
            link = _link(kept, (i, j), one, sound_from_m)
            accepted = answer is True and rank == 0
            odds = SURE if accepted else one.log_odds
            out.setdefault((i, j), []).append(Proposal(link, odds, accepted, one.implied_log_odds))
    place = {one.name: k for k, one in enumerate(kept)}
    for pin in pins:
        i, j = place[pin.a], place[pin.b]
        at, other = (pin.a_s, pin.b_s) if i < j else (pin.b_s, pin.a_s)
        link = Link(min(i, j), max(i, j), at, at - other, pin.sd_s)
        out.setdefault((min(i, j), max(i, j)), []).append(Proposal(link, SURE, True))
    return out


def _link(kept: Sequence[Recording], pair: Pair, one: Candidate, sound_from_m: tuple[float, float] | None) -> Link:
    a, b = kept[pair[0]], kept[pair[1]]
    later, later_sd = farther(a, b, sound_from_m)
    trace = one.trace
    return Link(
        *pair, trace.at_s + a.start_s, trace.lag_s + a.start_s - b.start_s - later,
        math.hypot(trace.lag_sd_s, trace.spread_s, later_sd), trace.slope, trace.slope_sd,
    )  # fmt: skip


def _look_where_implied(
    kept: Sequence[Recording],
    places: Sequence[tuple[Pair, Place]],
    decided: Mapping[tuple[str, str], bool],
    sound_from_m: tuple[float, float] | None,
    implied: dict[Pair, list[Candidate]],
    proposals: dict[Pair, list[Proposal]],
) -> bool:
    """Adds what is heard at implied places to ``implied`` and ``proposals``; whether there was anything to hear."""
    added = False
    for (i, j), (at_s, lag_s) in places:
        a, b = kept[i], kept[j]
        if a.samples is None or b.samples is None or decided.get((a.name, b.name)) is False:
            continue
        later, _ = farther(a, b, sound_from_m)
        one = candidate_at(a, b, lag_s + later - a.start_s + b.start_s, at_s - a.start_s)
        if one is not None:
            implied.setdefault((i, j), []).append(one)
            link = _link(kept, (i, j), one, sound_from_m)
            proposals.setdefault((i, j), []).append(Proposal(link, one.log_odds, implied=True))
            added = True
    return added
