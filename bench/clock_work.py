"""Work for the benchmark of `clock`: files of drill scenes in several codecs with their truth, plain correlation,
scores."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from kuager.drill.scenes import PairTruth, SoundScene

SCENE_RATE = 16_000
IGNORED_BELOW_S = 3.0


@dataclass(frozen=True)
class ClockWork:
    """Files and truth: ``pairs`` by (a, b), indices into ``paths``; the rest do not overlap. ``sounding`` have
    sound."""

    paths: tuple[str, ...]
    pairs: Mapping[tuple[int, int], PairTruth]
    sounding: tuple[int, ...]
    seconds: float
    undeclared: frozenset[int]


@dataclass(frozen=True)
class Answer:
    """What a method says of a pair: how sure it is, b's zero on a's clock, and what it says of that if it says it."""

    score: float
    offset_s: float | None
    linked: bool
    offset_sd_s: float | None = None
    drift_ppm: float | None = None


def write_scene(scene: SoundScene, folder: Path) -> ClockWork:
    """Writes each recording's sound in one of the drill's formats: AAC, Opus, MP3 and PCM in six containers."""
    from scipy.signal import resample_poly

    from kuager.drill.formats import FORMATS, MORE, write_recording

    forms = [form for form in (*FORMATS, *MORE) if form.sound]
    paths, sounding, undeclared = [], [], set()
    for number, one in enumerate(scene.recordings):
        form = forms[(number + scene.seed) % len(forms)]
        path = folder / f"{one.name}.{form.suffix}"
        samples = one.samples if one.samples is not None else np.zeros(SCENE_RATE, np.float32)
        shared = int(np.gcd(form.rate, one.rate))
        at_rate = resample_poly(samples, form.rate // shared, one.rate // shared).astype(np.float32)
        write_recording(path, form, np.clip(at_rate, -1, 1), np.zeros(0), None, one.name)
        paths.append(str(path))
        if form.suffix == "ts":
            undeclared.add(number)
        if samples.any():
            sounding.append(number)
    pairs = {(pair.a, pair.b): pair for pair in scene.pairs}
    return ClockWork(
        tuple(paths), pairs, tuple(sounding), sum(one.duration_s for one in scene.recordings), frozenset(undeclared)
    )


def kuager(work: ClockWork, scratch: Path) -> tuple[dict[tuple[int, int], Answer], dict[str, float]]:
    """`synchronise` on the files, with seconds for decoding and for comparing."""
    from kuager.instruments import clock

    began = time.perf_counter()
    recordings, _ = clock.read_recordings(work.paths, scratch)
    decoded = time.perf_counter()
    found = clock.synchronise(recordings)
    ended = time.perf_counter()
    place = {path: number for number, path in enumerate(work.paths)}
    answers = {}
    for pair in found.pairs:
        a, b = place[pair.a], place[pair.b]
        offset, drift = pair.offset_s, pair.drift_ppm
        if a > b:
            a, b = b, a
            offset, drift = None if offset is None else -offset, None if drift is None else -drift
        answers[a, b] = Answer(pair.probability, offset, pair.verdict == "overlap", pair.offset_sd_s, drift)
    return answers, {"decoding s": decoded - began, "comparing s": ended - decoded, "whole s": ended - began}


def plain_correlation(work: ClockWork, scratch: Path) -> tuple[dict[tuple[int, int], Answer], dict[str, float]]:
    """The whole of each against the whole of the other, transforms kept, the highest peak: what syncstart does.

    At 8 kHz and in float32, on the same decoded samples; the score is the peak over the spread of the correlation.
    """
    import scipy.fft

    from kuager.instruments import clock

    recordings, _ = clock.read_recordings(work.paths, scratch)
    kept = [one for one in recordings if one.samples is not None and np.any(one.samples)]
    place = {path: number for number, path in enumerate(work.paths)}
    began = time.perf_counter()
    longest = max(len(one.samples) for one in kept if one.samples is not None)
    length = scipy.fft.next_fast_len(2 * longest, real=True)
    spectra = {}
    for one in kept:
        samples = one.excerpt(0, longest)
        spectra[one.name] = scipy.fft.rfft(samples / (samples.std() + 1e-9), length)
    answers = {}
    for a, b in itertools.combinations(kept, 2):
        curve = np.abs(scipy.fft.irfft(spectra[a.name] * spectra[b.name].conj(), length))
        at = int(curve.argmax())
        lag = at - length if at > length // 2 else at
        offset = lag / clock.RATE + a.start_s - b.start_s
        answers[place[a.name], place[b.name]] = Answer(float(curve[at] / curve.std()), offset, False)
    return answers, {"comparing s": time.perf_counter() - began}


def scored(work: ClockWork, answers: Mapping[tuple[int, int], Answer], own_verdict: bool) -> dict[str, float]:
    """Counts and errors over the pairs with sound; a pair at a wrong offset is not found, and its link is false.

    Without a verdict of its own a method is given the threshold that in hindsight finds most without a false link.
    """
    rows = []
    for a, b in itertools.combinations(work.sounding, 2):
        truth = work.pairs.get((a, b))
        if truth is not None and truth.overlap_s < IGNORED_BELOW_S:
            continue
        answer = answers.get((a, b), Answer(0.0, None, False))
        room = (
            0.05 if truth is None else 0.05 + max(truth.heard_s - truth.heard_low_s, truth.heard_high_s - truth.heard_s)
        )
        right = truth is not None and answer.offset_s is not None and abs(answer.offset_s - truth.heard_s) < room
        rows.append((answer, truth, right))
    there = sum(truth is not None for _, truth, _ in rows)
    worst = max((answer.score for answer, _, right in rows if not right), default=0.0)
    linked = [
        (answer, truth, right)
        for answer, truth, right in rows
        if (answer.linked if own_verdict else answer.score > worst)
    ]
    found = [(answer, truth) for answer, truth, right in linked if right and truth is not None]
    # A transport stream does not say how late its encoder made the sound: that is counted into the stated error.
    errors = [
        abs(answer.offset_s - truth.heard_s) for answer, truth in found
        if answer.offset_s is not None and not {truth.a, truth.b} & work.undeclared
    ]  # fmt: skip
    out: dict[str, float] = {
        "there": there, "pairs": len(rows), "found": len(found), "false links": len(linked) - len(found),
        "average precision": _average_precision([(answer.score, right) for answer, _, right in rows], there),
    }  # fmt: skip
    if errors:
        out |= {
            "offset median ms": float(np.median(errors)) * 1e3,
            "offset p95 ms": float(np.quantile(errors, 0.95)) * 1e3,
        }
    beyond = [
        max(0.0, truth.heard_low_s - answer.offset_s, answer.offset_s - truth.heard_high_s) for answer, truth in found
        if answer.offset_s is not None and not {truth.a, truth.b} & work.undeclared
    ]  # fmt: skip
    if beyond:
        out["beyond distance p95 ms"] = float(np.quantile(beyond, 0.95)) * 1e3
    stated = [
        abs(answer.offset_s - truth.heard_s) / answer.offset_sd_s
        for answer, truth in found if answer.offset_sd_s and answer.offset_s is not None
    ]  # fmt: skip
    if stated:
        out |= {"within 1 sd": float(np.mean(np.less(stated, 1))), "within 2 sd": float(np.mean(np.less(stated, 1.96)))}
        out["calibration error"] = _calibration([(answer.score, truth is not None) for answer, truth, _ in rows])
    drifts = [
        abs(answer.drift_ppm - truth.drift_ppm) for answer, truth in found
        if answer.drift_ppm is not None and truth.overlap_s >= 300
    ]  # fmt: skip
    if drifts:
        out["drift p95 ppm"] = float(np.quantile(drifts, 0.95))
    return out


def _average_precision(rows: list[tuple[float, bool]], there: int) -> float:
    right = np.array([hit for _, hit in sorted(rows, key=lambda row: -row[0])], bool)
    if not there:
        return 1.0
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right].sum() / there)


def _calibration(rows: list[tuple[float, bool]]) -> float:
    said, true = np.array([score for score, _ in rows]), np.array([truth for _, truth in rows], float)
    bins = np.minimum((said * 10).astype(int), 9)
    return float(
        sum(abs(said[bins == k].mean() - true[bins == k].mean()) * (bins == k).mean() for k in set(bins.tolist()))
    )


def rounded(values: dict[str, Any]) -> dict[str, float]:
    """Plain floats, as the harness wants them."""
    return {name: float(value) for name, value in values.items()}
