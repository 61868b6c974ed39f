"""`kuager sync` beside plain cross-correlation: who overlaps, at what offset, how surely, and at what cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.harness import Bar, Comparison, Environment, Metric, Runner, Work, register

XCORR = "plain cross-correlation"
BBC = Environment("audio-offset-finder", ("audio-offset-finder==0.5.5", "librosa==0.11.0", "numpy==1.26.4"))
Rounds = Sequence[Mapping[str, float]]


def prepare(seed: int, folder: Path, quick: bool) -> Any:
    """Recordings of two events that share loops and chants, one unrelated, one silent: noise 15 to −5 dB, 150 ppm."""
    from bench.clock_work import write_scene
    from kuager.drill.scenes import sound_scene

    count, seconds = (6, 30.0) if quick else (12, 60.0 if seed % 3 else 120.0)
    return write_scene(sound_scene(seed, recordings=count, seconds=seconds), folder)


def prepare_spread(seed: int, folder: Path, quick: bool) -> Any:
    """As `prepare`, with what sounds spread over 25 to 60 m: it reaches two phones up to tenths of a second apart."""
    from bench.clock_work import write_scene
    from kuager.drill.scenes import sound_scene

    count, seconds = (6, 30.0) if quick else (10, 60.0)
    spread = 25.0 + 17.5 * (seed % 3)
    return write_scene(sound_scene(seed, recordings=count, seconds=seconds, spread_m=spread), folder)


def prepare_long(seed: int, folder: Path, quick: bool) -> Any:
    """Four recordings of seven to ten minutes, so that overlaps are five minutes and more."""
    from bench.clock_work import write_scene
    from kuager.drill.scenes import sound_scene

    seconds = 60.0 if quick else 720.0
    scene = sound_scene(seed, recordings=4, seconds=seconds, events=1, unrelated=0, silent=0, crowding=0.2)
    return write_scene(scene, folder)


def prepare_many(seed: int, folder: Path, quick: bool) -> Any:
    """100 recordings of two to four minutes of two events: the cost of a whole clock."""
    from bench.clock_work import write_scene
    from kuager.drill.scenes import sound_scene

    count, seconds = (8, 30.0) if quick else (100, 240.0)
    return write_scene(sound_scene(seed, recordings=count, seconds=seconds, silent=1, unrelated=5), folder)


def _kuager(work: Work) -> dict[str, float]:
    from bench.clock_work import kuager, scored

    answers, cost = kuager(work.input, work.scratch)
    return scored(work.input, answers, own_verdict=True) | _per_pair(work, cost)


def _xcorr(work: Work) -> dict[str, float]:
    from bench.clock_work import plain_correlation, scored

    answers, cost = plain_correlation(work.input, work.scratch)
    return scored(work.input, answers, own_verdict=False) | _per_pair(work, cost)


def _bbc(work: Work) -> dict[str, float]:
    from bench.clock_peers_work import bbc
    from bench.clock_work import scored

    answers, cost = bbc(work)
    return scored(work.input, answers, own_verdict=False) | _per_pair(work, cost)


def _chromaprint(work: Work) -> dict[str, float]:
    from bench.clock_peers_work import chromaprint
    from bench.clock_work import scored

    answers, cost = chromaprint(work)
    return scored(work.input, answers, own_verdict=False) | _per_pair(work, cost)


def _per_pair(work: Work, cost: dict[str, float]) -> dict[str, float]:
    count = len(work.input.sounding)
    return cost | {"ms a pair": cost["comparing s"] / (count * (count - 1) / 2) * 1e3}


def _recall(rounds: Rounds) -> float:
    return sum(one["found"] for one in rounds) / max(sum(one["there"] for one in rounds), 1)


def _total_false(rounds: Rounds) -> float:
    return sum(one["false links"] for one in rounds)


def _mean(name: str) -> Any:
    def mean(rounds: Rounds) -> float:
        values = [one[name] for one in rounds if name in one]
        return sum(values) / len(values) if values else float("nan")

    return mean


PEERS = (
    Runner(XCORR, _xcorr, version="scipy.fft, float32, 8 kHz"),
    Runner("BBC audio-offset-finder", _bbc, environment=BBC),
    Runner("Chromaprint", _chromaprint, version=("fpcalc", "-version")),
)

METRICS = (
    Metric("recall", pool=_recall),
    Metric("false links", better="lower", pool=_total_false),
    Metric("average precision", pool=_mean("average precision")),
    Metric("offset median ms", better="lower", pool=_mean("offset median ms")),
    Metric("offset p95 ms", better="lower", pool=_mean("offset p95 ms")),
    Metric("calibration error", better="lower", pool=_mean("calibration error")),
    Metric("within 1 sd", pool=_mean("within 1 sd")),
    Metric("within 2 sd", pool=_mean("within 2 sd")),
    Metric("ms a pair", better="lower", pool=_mean("ms a pair")),
)

register(
    Comparison(
        name="clock.pairs",
        what="which of 12 recordings of two events overlap, and where (loops and chants replayed; AAC, Opus, MP3, PCM)",
        prepare=prepare,
        ours=Runner("kuager sync", _kuager),
        peers=PEERS,
        metrics=METRICS,
        bars=(
            Bar("recall", at_least=0.90),
            Bar("false links", at_most=0),
            Bar("average precision", at_least=0.97),
            Bar("offset median ms", at_most=1.0),
            Bar("offset p95 ms", at_most=10.0),
            Bar("calibration error", at_most=0.05),
            Bar("ms a pair", at_least=1.0, against=XCORR),
        ),
        seeds=tuple(range(9000, 9010)),
        tuning_seeds=tuple(range(1040, 1046)),
        rounds=1,
        warm_up=0,
        keep=True,
        notes="Peers have no verdict of their own and are given, for each seed, the best threshold in hindsight.",
    )
)

register(
    Comparison(
        name="clock.spread",
        what="the same with sounds from places up to 60 m from the middle: one offset does not hold for all of them",
        prepare=prepare_spread,
        ours=Runner("kuager sync", _kuager),
        peers=PEERS,
        metrics=(*METRICS, Metric("beyond distance p95 ms", better="lower", pool=_mean("beyond distance p95 ms"))),
        bars=(
            Bar("recall", at_least=0.90),
            Bar("false links", at_most=0),
            Bar("average precision", at_least=0.97),
            Bar("beyond distance p95 ms", at_most=10.0),
            Bar("calibration error", at_most=0.05),
        ),
        # 9300–9309 showed false links and 9310–9319 missed overlaps that were then mended: neither is news any longer.
        seeds=tuple(range(9320, 9330)),
        tuning_seeds=tuple(range(1100, 1104)),
        rounds=1,
        warm_up=0,
        keep=True,
        notes="Offsets are held against the sound that dominates both; beyond distance: how far outside all sounds.",
    )
)

register(
    Comparison(
        name="clock.drift",
        what="drift of recordings that overlap for five minutes and more",
        prepare=prepare_long,
        ours=Runner("kuager sync", _kuager),
        metrics=(Metric("drift p95 ppm", better="lower", pool=_mean("drift p95 ppm")), Metric("recall", pool=_recall)),
        bars=(Bar("drift p95 ppm", at_most=10.0),),
        seeds=tuple(range(9100, 9110)),
        tuning_seeds=tuple(range(1050, 1052)),
        rounds=1,
        warm_up=0,
        keep=True,
        notes="No peer reports drift.",
    )
)

register(
    Comparison(
        name="clock.many",
        what="100 recordings of two to four minutes on one clock, decoding included, two cores",
        prepare=prepare_many,
        ours=Runner("kuager sync", _kuager),
        metrics=(
            Metric("whole s", better="lower"),
            Metric("recall", pool=_recall),
            Metric("false links", better="lower"),
        ),
        bars=(Bar("whole s", at_most=240.0),),
        seeds=(9200,),
        tuning_seeds=(1060,),
        rounds=1,
        warm_up=0,
        keep=True,
    )
)
