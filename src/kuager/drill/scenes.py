"""Sound-only scenes with truth, made in memory: what benchmarks of clock, impulses and copies run on.

`sound_scene` gives recordings of several events with everything that makes synchronising hard:
some overlap and some do not, a loop or a chant comes back at another time, some are of something
else, silent or without sound. Truth comes from the geometry and the clocks, never from the sound.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from kuager.drill.acoustics import Scene, Sound, Square, hear, overlap_s
from kuager.drill.clocks import Clock, Floats, wandering_clock
from kuager.drill.gunfire import SPEED_OF_SOUND, Point, Shot
from kuager.drill.recorders import Recorder, record, silence
from kuager.drill.waves import Samples

AUDIBLE_OVERLAP_S = 3.0


@dataclass(frozen=True)
class SceneRecording:
    """One recording: samples (float32 mono) and how it came about. ``samples`` is None without a sound track.

    ``event`` numbers the event it recorded; -1: something else, silence, or no sound.
    """

    name: str
    samples: Samples | None
    rate: int
    duration_s: float
    clock: Clock
    position: Point
    event: int
    recorder: Recorder

    @property
    def span(self) -> tuple[float, float]:
        """Scene seconds from its zero to its end."""
        return self.clock.start_s, float(self.clock.scene_time(self.duration_s))


@dataclass(frozen=True)
class PairTruth:
    """Truth for a pair that overlaps; ``a`` and ``b`` are indices with a < b.

    ``offset_s``: where b's zero falls on a's clock. ``heard_s``: the same for the sound that
    dominates both, as distance makes it (what sound can measure); ``heard_low_s`` and
    ``heard_high_s`` bound it over all sounds. ``middle_a_s`` and ``middle_b_s`` are the same scene
    instant, in the middle of the overlap, on each clock. ``drift_ppm``: b's clock against a's over
    the overlap, positive where b's runs fast.
    """

    a: int
    b: int
    overlap_s: float
    offset_s: float
    heard_s: float
    heard_low_s: float
    heard_high_s: float
    drift_ppm: float
    middle_a_s: float
    middle_b_s: float


@dataclass(frozen=True)
class SoundScene:
    """Recordings, the events they recorded, and every overlapping pair. All other pairs do not overlap."""

    seed: int
    recordings: tuple[SceneRecording, ...]
    events: tuple[Scene, ...]
    pairs: tuple[PairTruth, ...]

    def overlapping(self) -> set[tuple[int, int]]:
        """The pairs (a < b) that share at least `AUDIBLE_OVERLAP_S` of scene time."""
        return {(pair.a, pair.b) for pair in self.pairs if pair.overlap_s >= AUDIBLE_OVERLAP_S}


def pair_truth(
    scene: Scene, recordings: list[tuple[Clock, float, Point]] | tuple[tuple[Clock, float, Point], ...], a: int, b: int
) -> PairTruth | None:
    """Truth for two recordings (clock, duration, position) of one scene; None where they share no time."""
    (clock_a, length_a, place_a), (clock_b, length_b, place_b) = recordings[a], recordings[b]
    span_a = clock_a.start_s, float(clock_a.scene_time(length_a))
    span_b = clock_b.start_s, float(clock_b.scene_time(length_b))
    shared = overlap_s(span_a, span_b)
    if shared <= 0:
        return None
    from_s, to_s = max(span_a[0], span_b[0]), min(span_a[1], span_b[1])
    on_a, on_b = clock_a.recording_time([from_s, to_s]), clock_b.recording_time([from_s, to_s])
    drift = (float(on_b[1] - on_b[0]) / float(on_a[1] - on_a[0]) - 1) * 1e6
    offset = float(clock_a.recording_time(clock_b.start_s))
    later, weights = _lags(scene, place_a, place_b, from_s, to_s)
    order = np.argsort(later)
    main = later[order][np.searchsorted(np.cumsum(weights[order]), 0.5 * weights.sum())] if len(later) else 0.0
    low, high = (float(later.min()), float(later.max())) if len(later) else (0.0, 0.0)
    middle = 0.5 * (from_s + to_s)
    return PairTruth(
        a,
        b,
        shared,
        offset,
        offset + float(main),
        offset + low,
        offset + high,
        drift,
        float(clock_a.recording_time(middle)),
        float(clock_b.recording_time(middle)),
    )


def _lags(scene: Scene, at_a: Point, at_b: Point, from_s: float, to_s: float) -> tuple[Floats, Floats]:
    """For each sound of these seconds: how much later a hears it than b (s), and its weight in both."""
    places, starts, ends, power = _sounding(scene)
    shared = np.minimum(ends, to_s) - np.maximum(starts, from_s)
    heard = shared > 0
    away_a, away_b = (np.maximum(np.linalg.norm(places[heard] - at, axis=1), 1.0) for at in (at_a, at_b))
    return (away_a - away_b) / SPEED_OF_SOUND, shared[heard] * power[heard] / (away_a * away_b)


@lru_cache(maxsize=64)
def _sounding(scene: Scene) -> tuple[Floats, Floats, Floats, Floats]:
    """Places (n, 3), starts, ends (scene s) and power at 1 m of everything that sounds."""
    everything = [(s.position, s.start_s, max(s.duration_s, 0.5), s.level_db) for s in scene.sounds]
    everything += [(shot.position, shot.time_s, 0.01, shot.level_db) for shot in scene.shots]
    places = np.array([one[0] for one in everything], dtype=np.float64).reshape(-1, 3)
    starts, lengths, levels = (np.array([one[k] for one in everything], dtype=np.float64) for k in (1, 2, 3))
    return places, starts, starts + lengths, 10 ** (levels / 10)


def event_scene(
    seed: int,
    duration_s: float,
    spread_m: float = 35.0,
    shots: int = 3,
    loop_seed: int | None = None,
    busy: bool = True,
) -> Scene:
    """A protest on a square: crowd, speech, chants that come back, a loudspeaker's loop, bangs and shots.

    ``spread_m`` is how far from the middle things sound (0: everything from one place, so that one
    offset is exact for all sounds). ``loop_seed`` fixes the loop and the chants, so that another
    event plays the same. With ``busy`` off, only crowd and speech.
    """
    rng = np.random.default_rng((seed, 11))
    material = np.random.default_rng((loop_seed if loop_seed is not None else seed, 12))

    def place(height: float = 1.6) -> Point:
        angle, away = rng.uniform(0, 2 * np.pi), spread_m * np.sqrt(rng.uniform(0, 1))
        return float(away * np.cos(angle)), float(away * np.sin(angle)), height

    sounds = []
    for corner in range(3):
        where = place()
        for block, start in enumerate(np.arange(-2.0, duration_s, 20.0)):
            sounds.append(Sound("crowd", float(start), 20.0, where, 84.0, seed * 1000 + corner * 100 + block))
    for number in range(int(duration_s / 12) + 1):
        start = float(rng.uniform(0, duration_s))
        sounds.append(Sound("babble", start, float(rng.uniform(4, 12)), place(), 88.0, seed * 1000 + 500 + number))
    if busy:
        slogans = [(int(material.integers(1 << 30)), float(material.uniform(6, 14))) for _ in range(3)]
        at = float(rng.uniform(-5, 8))
        while at < duration_s:
            slogan, length = slogans[int(rng.integers(3))]
            sounds.append(Sound("chant", at, length, place(), 93.0, slogan))
            at += length + float(rng.uniform(2, 14))
        tune = int(material.integers(1 << 30))
        van = place(2.5)
        at = float(rng.uniform(-10, 30))
        while at < duration_s:
            sounds.append(Sound("loop", at, 25.0, van, 90.0, tune))
            at += 25.0 + float(rng.uniform(5, 40))
        for number in range(int(duration_s / 15)):
            kind = str(rng.choice(["slam", "firework", "clap", "drill", "engine"]))
            loud = {"slam": 104.0, "firework": 122.0, "clap": 98.0, "drill": 88.0, "engine": 82.0}[kind]
            start = float(rng.uniform(0, duration_s))
            sounds.append(Sound(kind, start, 5.0, place(), loud, seed * 1000 + 800 + number))
    fired, gun = np.sort(rng.uniform(3, max(duration_s - 3, 4), shots)), place()
    bangs = tuple(Shot(float(at), gun, float(rng.uniform(0, 360)), float(rng.uniform(0, 60))) for at in fired)
    return Scene(tuple(sounds), bangs, Square(), seed)


def sound_scene(
    seed: int,
    recordings: int = 10,
    seconds: float = 60.0,
    rate: int = 16_000,
    *,
    spread_m: float = 0.0,
    events: int = 2,
    unrelated: int = 1,
    silent: int = 1,
    soundless: int = 0,
    snr_db: tuple[float, float] = (-5.0, 15.0),
    worst_ppm: float = 150.0,
    crowding: float = 1.6,
) -> SoundScene:
    """A set of recordings with truth, from one seed.

    Recordings of the same event start anywhere in ``crowding`` × ``seconds``, so that some overlap
    and some do not; the other events play the very same loop and chants as the first, at other
    times. ``unrelated`` ones record a scene of their own, ``silent`` ones have an empty sound
    track, ``soundless`` ones none. ``recordings`` counts them all. Lengths vary from half of
    ``seconds`` to all of it. About a fifth are clipped, half have gain control.
    """
    rng = np.random.default_rng((seed, 21))
    span = seconds * (1 + crowding)
    squares = [event_scene(seed * 10 + k, span, spread_m, loop_seed=seed) for k in range(events)]
    shared = recordings - unrelated - silent - soundless
    homes = [int(k) for k in rng.integers(0, events, shared)]
    homes[: min(4, shared)] = [0] * min(4, shared)
    scenes = [squares[home] for home in homes]
    scenes += [event_scene(seed * 10 + 5000 + k, span, spread_m) for k in range(unrelated)]
    made = []
    for number in range(recordings):
        length = round(float(rng.uniform(0.5, 1.0)) * seconds, 3)
        clock = wandering_clock(rng, float(rng.uniform(0, seconds * crowding)), length, worst_ppm)
        angle, away = rng.uniform(0, 2 * np.pi), rng.uniform(15, 55)
        position = (float(away * np.cos(angle)), float(0.8 * away * np.sin(angle)), float(rng.uniform(1.4, 9)))
        recorder = Recorder(
            float(rng.uniform(*snr_db)), float(rng.uniform(60, 220)), float(rng.uniform(3400, 15_000)),
            float(rng.uniform(-32, -20)), float(rng.choice([0.0, 0.0, 0.4, 0.8])), bool(rng.random() < 0.2),
            seed * 1000 + number,
        )  # fmt: skip
        made.append(SceneRecording(f"r{number:03d}", None, rate, length, clock, position, -1, recorder))
    for number, one in enumerate(made):
        if number < len(scenes):
            heard = hear(scenes[number], one.position, one.clock, one.duration_s, rate)
            event = homes[number] if number < shared else -1
            made[number] = replace(one, samples=record(heard, one.recorder), event=event)
        elif number < len(scenes) + silent:
            made[number] = replace(one, samples=silence(round(one.duration_s * rate)))
    order = [int(k) for k in rng.permutation(recordings)]
    shuffled = tuple(replace(made[k], name=f"r{place:03d}") for place, k in enumerate(order))
    return SoundScene(seed, shuffled, tuple(squares), _all_pairs(shuffled, squares))


def _all_pairs(recordings: tuple[SceneRecording, ...], events: list[Scene]) -> tuple[PairTruth, ...]:
    found = []
    facts = [(one.clock, one.duration_s, one.position) for one in recordings]
    for a, b in itertools.combinations(range(len(recordings)), 2):
        if recordings[a].event >= 0 and recordings[a].event == recordings[b].event:
            truth = pair_truth(events[recordings[a].event], facts, a, b)
            if truth is not None:
                found.append(truth)
    return tuple(found)
