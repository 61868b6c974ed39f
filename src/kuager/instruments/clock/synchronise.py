"""All recordings of an event on one clock by their sound: `synchronise`."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from kuager.instruments.clock.answer import clock_groups, pair_answers
from kuager.instruments.clock.evidence import Candidate, candidates
from kuager.instruments.clock.group import Pair
from kuager.instruments.clock.index import likely_pairs
from kuager.instruments.clock.pins import Pin
from kuager.instruments.clock.recording import Recording
from kuager.instruments.clock.result import Failure, Synchronisation
from kuager.instruments.clock.scan import Transforms, peaks
from kuager.instruments.clock.spectra import Block, blocks
from kuager.instruments.clock.together import Together

ALL_PAIRS = 300
"""Up to this many recordings every pair is correlated; above, those that the index proposes."""

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
    sounds = [spectra[one.name] for one in kept]
    transforms = Transforms()
    heard = _candidates(kept, sounds, transforms, progress or _silent, threads)
    decided = {_sorted_pair(*pair): answer for pair, answer in (decisions or {}).items()}
    together = Together(kept, sounds, transforms, heard, pins, decided, sound_from_m, threads)
    found = together.groups()
    listed = set(itertools.combinations(range(len(kept)), 2)) if len(kept) <= ALL_PAIRS else set(heard)
    tied = {_sorted_pair(pin.a, pin.b) for pin in pins}
    answers = pair_answers(kept, together.spans, found, together.heard, together.implied, sorted(listed), decided, tied)
    return Synchronisation(clock_groups(kept, found), answers, tuple(failed))


def _silent(what: str, done: int, total: int) -> None:
    return


def _unusable(one: Recording) -> str:
    if one.samples is None:
        return "it has no sound track; a pin can put it on the clock"
    if one.end_s - one.start_s < 1.0:
        return "its sound is shorter than a second; a pin can put it on the clock"
    return "its sound track is silent; a pin can put it on the clock"


def _candidates(
    kept: Sequence[Recording],
    spectra: Sequence[tuple[Block, ...]],
    transforms: Transforms,
    progress: Progress,
    threads: int,
) -> dict[Pair, list[Candidate]]:
    """Every pair's candidates; a pair that was not looked at is absent."""
    sounding = [k for k in range(len(kept)) if spectra[k]]
    if len(sounding) > ALL_PAIRS:
        pairs = likely_pairs(sounding, [spectra[k] for k in sounding])
    else:
        pairs = list(itertools.combinations(sounding, 2))
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
