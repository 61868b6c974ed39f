"""Who films: places, clocks, phones and formats of a drill's recordings, chosen from the seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kuager.drill.camera import Camera
from kuager.drill.clocks import Clock, wandering_clock
from kuager.drill.formats import Format, format_of
from kuager.drill.recorders import Recorder

SIZES = ((640, 360), (480, 272), (640, 360), (480, 272), (480, 272), (640, 360))


@dataclass(frozen=True)
class Filming:
    """One recording before it is made. ``story``: 0 the event, else the number of another place."""

    path: str
    story: int
    duration_s: float
    clock: Clock
    camera: Camera
    recorder: Recorder
    form: Format
    seed: int


def span_of(recordings: int, seconds: float) -> float:
    """How many scene seconds the event lasts: longer with many recordings, so that not all overlap."""
    return seconds * (1.5 if recordings <= 12 else min(1.5 + (recordings - 12) / 40, 4.0))


def cast(seed: int, recordings: int, seconds: float) -> list[Filming]:
    """The recordings of the event. The fourth is clipped, the sixth has no sound; later, about one in twelve each."""
    rng = np.random.default_rng((seed, 61))
    span = span_of(recordings, seconds)
    # From 15 to −5 dB, dealt so that neighbours in number differ.
    steps = np.linspace(15, -5, recordings) if recordings > 1 else np.array([10.0])
    snr = np.concatenate((steps[0::2], steps[1::2]))
    made = []
    for number in range(recordings):
        form = format_of(number)
        latest = span - seconds
        start = latest * ((number * 0.37 + 0.1) % 1.0) if recordings <= 12 else float(rng.uniform(0, latest))
        start = round(start + float(rng.uniform(0.0, 0.05)) * seconds, 6)
        clipped = number == 3 or (number > 5 and rng.random() < 1 / 12)
        recorder = Recorder(
            snr_db=round(float(snr[number]), 1),
            low_hz=round(float(rng.uniform(70, 200)), 1),
            high_hz=round(float(rng.uniform(7000, 15_000)), 1),
            level_dbfs=round(float(rng.uniform(-30, -22)), 1),
            agc=float((0.0, 0.5, 0.0, 0.0, 0.8, 0.3)[number % 6]),
            clipped=bool(clipped),
            seed=seed * 1000 + number,
        )
        clock = wandering_clock(rng, start, seconds)
        camera = _camera(rng, number, recordings, SIZES[number % 6])
        path = f"recordings/{number + 1:03d}.{form.suffix}"
        made.append(Filming(path, 0, seconds, clock, camera, recorder, form, seed * 1000 + number))
    return made


def strangers(seed: int, count: int, seconds: float) -> list[Filming]:
    """Recordings of other places, which belong to none of the event's."""
    rng = np.random.default_rng((seed, 62))
    made = []
    for number in range(count):
        form = format_of(number * 3)
        clock = wandering_clock(rng, round(float(rng.uniform(0, 5)), 6), seconds)
        camera = _camera(rng, number + 2, count + 3, SIZES[(number + 1) % 6])
        recorder = Recorder(snr_db=8.0, high_hz=9000.0, seed=seed * 1000 + 700 + number)
        path = f"unrelated/{number + 1:03d}.{form.suffix}"
        made.append(Filming(path, number + 1, seconds, clock, camera, recorder, form, seed * 1000 + 700 + number))
    return made


def _camera(rng: np.random.Generator, number: int, total: int, size: tuple[int, int]) -> Camera:
    """Half film from the crowd's edge, half from windows; nobody from behind the line."""
    spread = (number * 0.618 + 0.2 + float(rng.uniform(-0.3, 0.3)) / max(total, 1)) % 1.0
    angle = np.radians(180 + 180 * spread)
    if number % 2 == 0:
        away, high, view, tremble = float(rng.uniform(24, 38)), float(rng.uniform(1.6, 2.2)), 58.0, 3.5
    else:
        away, high, view, tremble = float(rng.uniform(42, 54)), float(rng.uniform(6, 13)), 50.0, 1.2
    place = (round(float(away * np.cos(angle)), 2), round(float(away * np.sin(angle)) - 2, 2), round(high, 2))
    target = (float(rng.uniform(-4, 4)), float(rng.uniform(8, 16)), 1.0)
    return Camera(place, target, view + float(rng.uniform(-4, 4)), *size, tremble, int(rng.integers(1000)))
