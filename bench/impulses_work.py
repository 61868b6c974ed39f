"""Scenes with shots, and scores of what was heard in them: the work behind `bench.impulses`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from kuager.drill.acoustics import arrivals, hear
from kuager.drill.cast import cast, span_of
from kuager.drill.clocks import Clock
from kuager.drill.formats import frame_times, write_recording
from kuager.drill.gunfire import Shot
from kuager.drill.recorders import Recorder, record
from kuager.drill.scenes import event_scene
from kuager.drill.story import tell
from kuager.instruments.impulses import Ear, Listening, Mark

STILL = Clock(0.0, ((0.0, 0.0),))
TOLERANCE_S = 0.05


@dataclass(frozen=True)
class Heard:
    """A recording with truth: blasts, cracks (None where none comes) and burst numbers (0: a single shot)."""

    path: Path
    seconds: float
    blasts_s: list[float]
    cracks_s: list[float | None]
    bursts: list[int]


def scene(
    seed: int, folder: Path, name: str, snr_db: float, seconds: float = 30.0, clipped: bool | None = None
) -> Heard:
    """Crowd, chants, a loudspeaker and bangs with three single shots and two bursts, as one phone records them.

    ``snr_db``: the square's sound over the phone's own noise. Odd seeds are kept as AAC at 64 kbit/s, even ones as PCM.
    """
    rng = np.random.default_rng((seed, 5))
    made = event_scene(seed, seconds, spread_m=35, shots=3, busy=True)
    gun = made.shots[0].position
    shots = list(made.shots)
    for burst in (1, 2):
        count, rpm = int(rng.integers(3, 9)), float(rng.uniform(450, 950))
        start, azimuth, upward = rng.uniform(3, seconds - 6), rng.uniform(0, 360), rng.uniform(0, 60)
        for k in range(count):
            at = start + k * 60 / rpm * (1 + 0.02 * rng.standard_normal())
            aim = float(azimuth + rng.normal(0, 2)), float(upward + rng.normal(0, 2))
            shots.append(Shot(float(at), gun, *aim, burst=burst))
    made = replace(made, shots=tuple(shots))
    place = (float(rng.uniform(-45, 45)), float(rng.uniform(-40, 40)), 1.6)
    recorder = Recorder(
        snr_db, float(rng.uniform(60, 220)), float(rng.uniform(3800, 14_000)), float(rng.uniform(-32, -20)),
        float(rng.choice([0, 0, 0.4, 0.8])), bool(rng.random() < 0.2) if clipped is None else clipped, seed,
    )  # fmt: skip
    samples = record(hear(made, place, STILL, seconds, 48_000), recorder)
    path = folder / f"{name}.{'m4a' if seed % 2 else 'wav'}"
    write_sound(path, samples)
    reach = arrivals(made, place, STILL)
    return Heard(path, seconds, [a.muzzle_s for a in reach], [a.crack_s for a in reach], [s.burst for s in shots])


@dataclass(frozen=True)
class DrillSound:
    """The sound of a drill's recordings as files, and what is true of them: by path the place (east, north in metres),
    the blasts that are heard (seconds) and whether it was driven into clipping; and the muzzle's place."""

    places_m: dict[str, tuple[float, float]]
    blasts_s: dict[str, list[float]]
    clipped: dict[str, bool]
    muzzle_m: tuple[float, float]


def drill_sound(seed: int, folder: Path, seconds: float = 60.0) -> DrillSound:
    """What ``kuager drill --seed`` makes of six recordings of the event, with grey pictures, without the soundless."""
    story = tell(seed, span_of(6, seconds))
    out = DrillSound({}, {}, {}, story.scene.shots[0].position[:2])
    grey = np.full((16, 16, 3), 128, np.uint8)
    (folder / "recordings").mkdir(parents=True, exist_ok=True)
    for one in cast(seed, 6, seconds):
        if one.form.sound is None:
            continue
        path, place = folder / one.path, one.camera.position
        samples = record(hear(story.scene, place, one.clock, seconds, one.form.rate), one.recorder)
        times = frame_times(np.random.default_rng((one.seed, 63)), one.form, seconds)
        write_recording(path, one.form, samples, times, lambda _: grey, "DRILL")
        reach = arrivals(story.scene, place, one.clock)
        out.places_m[str(path)] = place[0], place[1]
        out.blasts_s[str(path)] = [at.muzzle_s for at in reach if 0 <= at.muzzle_s < seconds - 0.05]
        out.clipped[str(path)] = one.recorder.clipped
    return out


def write_sound(path: Path, samples: np.ndarray[Any, np.dtype[np.float32]]) -> None:
    """Writes mono sound at 48 kHz as AAC of 64 kbit/s (``.m4a``) or PCM."""
    import av

    with av.open(str(path), "w") as container:
        codec = "aac" if path.suffix == ".m4a" else "pcm_s16le"
        stream = container.add_stream(codec, rate=48_000, layout="mono")
        if codec == "aac":
            stream.bit_rate = 64_000
        whole = np.rint(np.clip(samples, -1, 1) * 32767).astype(np.int16)
        for start in range(0, len(whole), 1024):
            frame = av.AudioFrame.from_ndarray(whole[None, start : start + 1024], format="s16", layout="mono")
            frame.sample_rate, frame.pts, frame.time_base = 48_000, start, Fraction(1, 48_000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def counted(one: Heard, times_s: list[float]) -> dict[str, float]:
    """Of times given as shots: how many are right (50 ms, each blast once; a crack is neither), and their errors."""
    blasts, cracks = np.array(one.blasts_s), np.array([at for at in one.cracks_s if at is not None])
    taken: dict[int, float] = {}
    given = 0
    for time in times_s:
        away = np.abs(blasts - time)
        nearest = int(away.argmin())
        if away[nearest] <= TOLERANCE_S and nearest not in taken:
            taken[nearest] = float(away[nearest])
            given += 1
        elif not (len(cracks) and np.abs(cracks - time).min() <= TOLERANCE_S):
            given += 1
    errors = {"onset median ms": 1e3 * float(np.median(list(taken.values())))} if taken else {}
    return {"right": len(taken), "given": given, "there": len(blasts), **errors}


def rates(one: Heard, heard: Listening) -> dict[str, float]:
    """Bursts of three rounds and more: how many were answered with a rate, and how many of those within a tenth."""
    there = answered = right = 0
    for number in sorted(set(one.bursts) - {0}):
        times = sorted(at for at, burst in zip(one.blasts_s, one.bursts, strict=True) if burst == number)
        if len(times) < 3:
            continue
        there += 1
        true = 60 * (len(times) - 1) / (times[-1] - times[0])
        for burst in heard.bursts:
            shared = min(burst.end_s, times[-1]) - max(burst.start_s, times[0])
            if burst.rate_rpm is not None and shared > 0.5 * (times[-1] - times[0]):
                answered += 1
                right += abs(burst.rate_rpm / true - 1) <= 0.1
                break
    return {"bursts": there, "answered": answered, "in band": right}


def located(seed: int) -> tuple[list[Ear], list[Mark], tuple[float, float]]:
    """Four to eight phones, one to five shots; marks scatter by 14 to 22 ms, of which none, half or all is the phone's.

    A tenth of the marks is missing; seven of ten cracks that lead by 8 ms are marked; places are off by 0, 3 or 5 m.
    """
    rng = np.random.default_rng((seed, 77))
    made = event_scene(seed, 40.0, spread_m=35, shots=int(rng.integers(1, 6)), busy=False)
    scatter_s, shared = rng.uniform(0.014, 0.022), float(rng.choice([0.0, 0.5, 1.0]))
    ears, marks = [], []
    for k in range(int(rng.integers(4, 9))):
        angle, away = rng.uniform(0, 2 * np.pi), rng.uniform(15, 70)
        east, north = float(away * np.cos(angle)), float(away * np.sin(angle))
        off = float(rng.choice([0.0, 3.0, 5.0]))
        ears.append(Ear(str(k), (east + off * float(rng.normal()), north + off * float(rng.normal())), off))
        own = rng.normal() * scatter_s * np.sqrt(shared)
        for reach in arrivals(made, (east, north, 1.6), STILL):
            if rng.random() < 0.1:
                continue
            blast = reach.muzzle_s + own + rng.normal() * scatter_s * np.sqrt(1 - shared)
            lead = None
            if reach.crack_s is not None and reach.muzzle_s - reach.crack_s > 0.008 and rng.random() < 0.7:
                lead = float(reach.muzzle_s - reach.crack_s + rng.normal() * 0.001)
            marks.append(Mark(k, reach.shot, float(blast), lead))
    east, north, _ = made.shots[0].position
    return ears, marks, (east, north)


def average_precision(there: list[bool], scores: list[float]) -> float:
    """Mean of the precision at each true one, files in order of their score."""
    order = np.argsort(-np.array(scores), kind="stable")
    right = np.array(there)[order]
    precision = np.cumsum(right) / np.arange(1, len(right) + 1)
    return float(precision[right].mean())
