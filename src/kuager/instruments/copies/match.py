"""Copies of a recording in an archive: same picture and same sound, found and judged apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from kuager.instruments.copies import align, coherence
from kuager.instruments.copies.align import Run
from kuager.instruments.copies.candidates import Candidate, candidates
from kuager.instruments.copies.coherence import SoundRun
from kuager.instruments.copies.evidence import USUAL, Evidence, weigh
from kuager.instruments.copies.fingerprint import RATE, Fingerprint, PicturePrint
from kuager.instruments.copies.geometry import Placing
from kuager.instruments.copies.index import Archive
from kuager.instruments.copies.probability import COPY, SURE, UNSURE, picture_probability, sound_probability
from kuager.instruments.copies.refine import refine
from kuager.instruments.copies.sound import SoundPrint
from kuager.instruments.copies.view import view, within

WINDOW = 240  # small pictures of a query looked at together: a minute
COMMON = 3  # a picture that stands in more recordings than this says little of any one of them
WHOLE = 0.6  # unless this share of one of the two recordings is the same
_EDGE = 2  # small pictures
_JOIN_S, _JOIN_SPEED = 1.5, 0.02
_PICTURE_REACH_S = 0.4  # how far pictures may misplace the sound that goes with them


@dataclass(frozen=True)
class Match:
    """``query_start_s`` to ``query_end_s`` of the query is ``reference_start_s`` to ``reference_end_s`` of recording
    number ``reference`` of the archive (presentation seconds). ``speed``: reference seconds per query second.
    ``view``: as_is, mirrored, cropped, bordered, inset, rotated or several joined by ``+``; of sound always as_is.
    ``probability`` that it is a copy; ``verdict`` *copy* or *unsure*."""

    reference: int
    kind: Literal["picture", "sound"]
    verdict: Literal["copy", "unsure"]
    probability: float
    query_start_s: float
    query_end_s: float
    reference_start_s: float
    reference_end_s: float
    speed: float
    view: str


@dataclass(frozen=True)
class _Found:
    number: int
    run: Run
    evidence: Evidence
    placing: Placing
    seconds: float  # that say something


def match(archive: Archive, query: Fingerprint, own: int | None = None) -> list[Match]:
    """Every stretch of the query that a recording of the archive other than number ``own`` holds too: its pictures and
    its sound, each for itself; surest first."""
    pictures = match_pictures(archive, query, own)
    found = pictures + match_sound(archive, query, own, pictures)
    return sorted(found, key=lambda m: (-m.probability, m.reference, m.kind, m.query_start_s))


def match_pictures(archive: Archive, query: Fingerprint, own: int | None = None) -> list[Match]:
    """Stretches of the query's pictures that recordings of the archive other than ``own`` show as well."""
    if query.picture is None:
        return []
    found: list[Match] = []
    for first in range(0, len(query.picture.times), WINDOW):
        part = query.picture.part(first, first + WINDOW)
        if len(part.times) >= align.LEAST_FRAMES:
            found += _window(archive, part, own)
    return _joined(found)


def _window(archive: Archive, part: PicturePrint, own: int | None) -> list[Match]:
    hopeful, spread = candidates(archive, part, own)
    best: dict[int, list[_Found]] = {}
    for candidate in hopeful:
        laid = _laid(archive, part, candidate, spread)
        if laid and _worth(laid) > _worth(best.get(candidate.number, [])):
            best[candidate.number] = laid
    matches = []
    for number, laid in best.items():
        reference = archive.recordings[number].picture
        if reference is not None:
            matches += [match for one in laid if (match := _match(part, reference, one)) is not None]
    return matches


def _worth(laid: list[_Found]) -> float:
    return sum((one.evidence.still + 2 * one.evidence.moving) * (one.run.last - one.run.first + 1) for one in laid)


def _laid(archive: Archive, part: PicturePrint, candidate: Candidate, spread: align.Frames) -> list[_Found]:
    """The query's window laid over the reference around the place the votes point to, as first supposed and then
    moved to fit better."""
    whole = archive.recordings[candidate.number].picture
    if whole is None:
        return []
    reach = 2 * len(part.times) + WINDOW
    first = max(0, candidate.around - reach) // 2 * 2
    reference = whole.part(first, candidate.around + reach)
    placing, laid = candidate.placing, None
    for _ in range(2):
        both = align.overlay(part, reference, placing)
        runs = align.runs(align.agreement(both)) if both is not None else []
        if both is None or not runs:
            break
        laid = both, runs, placing
        placing = refine(part, reference, placing, runs[0])
    if laid is None:
        return []
    both, runs, placing = laid
    found = []
    for run in runs:
        sharp, evidence = weigh(both, run, (spread > 0) & (spread <= COMMON))
        sharp = replace(sharp, offset=sharp.offset + first)
        seconds = _telling_seconds(sharp, spread, len(part.times), len(whole.times))
        found.append(_Found(candidate.number, sharp, evidence, placing, seconds))
    return found


def _telling_seconds(run: Run, spread: align.Frames, query_frames: int, reference_frames: int) -> float:
    """Seconds of a run, black and plain ones left out. Unless it is most of one of the two recordings, those that many
    recordings share count less, and so do an opening or an ending of both: titles stand there."""
    counts = spread[run.first : run.last + 1]
    length = run.last - run.first + 1
    weight = np.where(counts > 0, 1.0, 0.0)
    if length < WHOLE * query_frames and length * run.speed < WHOLE * reference_frames:
        weight = np.where(counts > COMMON, COMMON / np.maximum(counts, 1) / 2, weight)
        opens = run.first <= _EDGE and run.speed * run.first + run.offset <= _EDGE
        last = run.speed * run.last + run.offset
        ends = run.last >= query_frames - 1 - _EDGE and last >= reference_frames - 1 - _EDGE
        weight *= 0.5 if opens or ends else 1.0
    return float(weight.sum() / RATE)


def _match(part: PicturePrint, reference: PicturePrint, found: _Found) -> Match | None:
    probability = picture_probability(
        found.evidence, found.seconds, found.run.speed, within(part, reference, found.placing)
    )
    if probability < UNSURE:
        return None
    run = found.run
    half = 0.5 / RATE
    start_s = max(0.0, float(part.times[run.first]) - half)
    end_s = float(part.times[run.last]) + half
    at_first_s = float(reference.times[0]) + (run.speed * run.first + run.offset) / RATE
    reference_start_s = max(0.0, at_first_s + run.speed * (start_s - float(part.times[run.first])))
    return Match(
        found.number, "picture", "copy" if probability >= COPY else "unsure", round(min(probability, SURE), 3),
        start_s, end_s, reference_start_s, reference_start_s + run.speed * (end_s - start_s),
        run.speed, view(part, reference, found.placing),
    )  # fmt: skip


def _joined(matches: list[Match]) -> list[Match]:
    """Matches that go on where another ends become one."""
    joined: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.reference, m.kind, m.query_start_s)):
        last = joined[-1] if joined else None
        if last is not None and _goes_on(last, match):
            longer = max(last, match, key=lambda m: m.query_end_s - m.query_start_s)
            surer = max(last, match, key=lambda m: m.probability)
            joined[-1] = replace(
                last, query_end_s=match.query_end_s, reference_end_s=match.reference_end_s, view=longer.view,
                speed=longer.speed, probability=surer.probability, verdict=surer.verdict,
            )  # fmt: skip
        else:
            joined.append(match)
    return joined


def _goes_on(last: Match, match: Match) -> bool:
    if (last.reference, last.kind) != (match.reference, match.kind) or abs(last.speed - match.speed) > _JOIN_SPEED:
        return False
    gap_s = match.query_start_s - last.query_end_s
    reference_gap_s = match.reference_start_s - last.reference_end_s
    return abs(gap_s) < _JOIN_S and abs(reference_gap_s - gap_s * match.speed) < _JOIN_S / 2


def match_sound(
    archive: Archive, query: Fingerprint, own: int | None = None, pictures: Sequence[Match] = ()
) -> list[Match]:
    """Stretches of the query's sound that are the same signal in recordings of the archive other than ``own``.

    Sound played faster or slower is found where ``pictures`` found the speed; otherwise at its own speed only.
    """
    if query.sound is None:
        return []
    found: list[tuple[int, SoundRun, float]] = []
    for number, recording in enumerate(archive.recordings):
        if recording.sound is None or number == own:
            continue
        tries = [(1.0, lag_s, coherence.REACH_S) for lag_s in coherence.lags(query.sound, recording.sound)]
        tries += [
            (speed, _lag_of(m, speed), _PICTURE_REACH_S)
            for m in pictures if m.reference == number and abs(m.speed - 1) > _JOIN_SPEED for speed in _usual(m.speed)
        ]  # fmt: skip
        runs = [
            (speed, run) for speed, lag_s, reach_s in tries
            if (run := coherence.compare(query.sound, recording.sound, lag_s, speed, reach_s)) is not None
        ]  # fmt: skip
        taken: list[SoundRun] = []
        for speed, run in sorted(runs, key=lambda r: -r[1].quiet * (r[1].last_s - r[1].first_s)):
            if all(run.first_s >= other.last_s or run.last_s <= other.first_s for other in taken):
                taken.append(run)
                found.append((number, run, speed))
    return [match for one in found if (match := _sound_match(archive, query.sound, found, *one)) is not None]


def _usual(speed: float) -> list[float]:
    """The speeds that pictures may have measured a little beside: sound needs the very one."""
    nearest = round(speed / USUAL)
    return sorted({round(speed, 2), *(round((nearest + beside) * USUAL, 4) for beside in (-1, 0, 1))} - {1.0})


def _lag_of(match: Match, speed: float) -> float:
    """Where the sound lies if it goes with the middle of matching pictures."""
    middle_s = (match.query_start_s + match.query_end_s) / 2
    return (match.reference_start_s + match.reference_end_s) / 2 - speed * middle_s


def _sound_match(
    archive: Archive, query: SoundPrint, found: list[tuple[int, SoundRun, float]], number: int, run: SoundRun,
    speed: float,
) -> Match | None:  # fmt: skip
    reference = archive.recordings[number].sound
    length_s = run.last_s - run.first_s
    shared = {n for n, r, _ in found if min(r.last_s, run.last_s) - max(r.first_s, run.first_s) > length_s / 2}
    partial = reference is None or (length_s < WHOLE * query.length_s and length_s * speed < WHOLE * reference.length_s)
    seconds = length_s / 2 * COMMON / len(shared) if partial and len(shared) > COMMON else length_s
    probability = sound_probability(run, seconds)
    if probability < UNSURE:
        return None
    verdict: Literal["copy", "unsure"] = "copy" if probability >= COPY else "unsure"
    return Match(
        number, "sound", verdict, round(min(probability, SURE), 3), run.first_s, run.last_s,
        speed * run.first_s + run.lag_s, speed * run.last_s + run.lag_s, speed, "as_is",
    )  # fmt: skip
