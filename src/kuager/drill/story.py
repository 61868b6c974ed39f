"""What happened on the square of the fictional town, second by second: the one truth behind sound and picture.

A crowd chants; a line with shields comes from the north; a volley and single shots; people flee to
the south and one person falls. All of it is invented. Axes: x east, y north, z up, in metres from
the middle of the square; times are scene seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kuager.drill.acoustics import Scene, Sound, Square
from kuager.drill.clocks import Floats
from kuager.drill.gunfire import Point, Shot

# Levels in dB re 20 µPa at 1 m (impulsive kinds: of the peak). Kept near one another, as phones turn loud things down.
LEVELS = {"slam": 106.0, "firework": 126.0, "clap": 100.0, "drill": 90.0, "engine": 84.0}


@dataclass(frozen=True)
class Phase:
    """One turn of events: advance of the line, shots, flight and a fall."""

    advance_s: float
    volley_s: float
    fall_s: float
    fallen: int


@dataclass(frozen=True)
class Story:
    """The event: what sounds (`scene`) and who is where (`people`, `guards`, `fallen`, `smoke`)."""

    seed: int
    span_s: float
    scene: Scene
    phase: Phase
    homes: Floats
    coats: npt.NDArray[np.int64]
    guards: Floats
    smoke: tuple[tuple[float, float, float], ...]
    quiet: bool = False

    def people(self, at_s: float) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Places (n, 2) and poses (0 standing, 1 and 2 walking, 3 arms up, 4 lying) at this scene second."""
        number = np.arange(len(self.homes))
        sway = 0.35 * np.sin(at_s * (0.6 + 0.05 * (number % 7))[:, None] + number[:, None] * [1.0, 1.7])
        places = self.homes + sway
        poses = np.where((number % 5 == 0) & (np.sin(at_s * 5 + number) > 0), 3, 0)
        if self.quiet:
            stroll = (at_s * (0.5 + 0.1 * (number % 5)) + 9.0 * number) % 120.0 - 60.0
            places = np.column_stack((np.where(number % 2 == 0, stroll, -stroll), self.homes[:, 1]))
            return places, 1 + ((at_s * 3 + number).astype(np.int64) % 2)
        running = np.clip(at_s - self.phase.volley_s - 0.4 - 0.12 * (number % 11), 0, None)
        speed = 2.2 + 0.25 * (number % 9)
        side = np.sign(self.homes[:, 0] + 0.1) * (0.25 + 0.05 * (number % 6))
        away = np.minimum(running * speed, 48 + 2.0 * (number % 13))
        places = places + np.column_stack((side * away * 0.6, -away))
        moving = (running > 0) & (running * speed < 48 + 2.0 * (number % 13))
        poses = np.where(moving, 1 + ((at_s * 6 + number).astype(np.int64) % 2), poses)
        fallen = number == self.phase.fallen
        if at_s >= self.phase.fall_s:
            places[fallen] = self.fallen_at
            poses = np.where(fallen, 4, poses)
        return places, poses

    @property
    def fallen_at(self) -> Floats:
        """Where the person lies who fell."""
        return np.asarray(self.homes[self.phase.fallen] + np.array([0.6, -2.4]))

    def line(self, at_s: float) -> Floats:
        """Places (n, 2) of the line with shields."""
        gone = float(np.clip(at_s - self.phase.advance_s, 0, 16.0)) * 1.1
        return np.asarray(self.guards + np.array([0.0, -gone]))


def tell(seed: int, span_s: float, people: int = 52) -> Story:
    """The event of one seed: a crowd, a line, shots and a fall, ``span_s`` scene seconds long."""
    rng = np.random.default_rng((seed, 31))
    advance = float(rng.uniform(0.28, 0.36)) * span_s
    volley = advance + float(rng.uniform(0.10, 0.14)) * span_s
    shots, fall = _shots(rng, volley, span_s)
    homes = np.column_stack((rng.normal(0, 15, people), rng.normal(-8, 8, people)))
    homes = np.clip(homes, [-48, -34], [48, 8])
    fallen = int(np.argmax(homes[:, 1] - 0.4 * np.abs(homes[:, 0])))
    guards = np.column_stack((np.linspace(-19, 19, 15) + rng.normal(0, 0.25, 15), 34 + rng.normal(0, 0.4, 15)))
    smoke = tuple(
        (float(rng.uniform(-25, 25)), float(rng.uniform(-5, 18)), volley + float(rng.uniform(-6, 10))) for _ in range(3)
    )
    sounds = _sounds(rng, seed, span_s, volley)
    scene = Scene(tuple(sounds), shots, Square(), seed)
    phase = Phase(advance, volley, fall, fallen)
    return Story(seed, span_s, scene, phase, homes, rng.integers(0, 10, people), guards, smoke)


def tell_elsewhere(seed: int, span_s: float) -> Story:
    """Another place on another day: passers-by, an engine, talk, somebody's drill. Nothing of the event."""
    rng = np.random.default_rng((seed, 32))
    homes = np.column_stack((rng.uniform(-55, 55, 26), rng.uniform(-40, 40, 26)))
    sounds = [
        Sound("crowd", float(at), 20.0, _around(rng, 30), 80.0, seed * 1000 + 900 + int(at))
        for at in np.arange(-1.0, span_s, 20.0)
    ]
    for number in range(int(span_s / 8) + 2):
        kind = str(rng.choice(["babble", "babble", "engine", "song", "drill", "slam"]))
        level = LEVELS.get(kind, 88.0)
        at, length = float(rng.uniform(-4, span_s)), float(rng.uniform(4, 14))
        sounds.append(Sound(kind, at, round(length, 2), _around(rng, 40), level, seed * 1000 + 950 + number))
    phase = Phase(span_s * 9, span_s * 9, span_s * 9, 0)
    scene = Scene(tuple(sounds), (), Square(), seed)
    return Story(seed, span_s, scene, phase, homes, rng.integers(0, 10, 26), np.zeros((0, 2)), (), quiet=True)


def _around(rng: np.random.Generator, spread_m: float, height_m: float = 1.6) -> Point:
    angle, away = rng.uniform(0, 2 * np.pi), spread_m * np.sqrt(rng.uniform(0, 1))
    return float(away * np.cos(angle)), float(away * np.sin(angle) - 6), height_m


def _shots(rng: np.random.Generator, volley_s: float, span_s: float) -> tuple[tuple[Shot, ...], float]:
    """A volley from one muzzle, then single shots, some aimed up and some not; and when the person falls."""
    muzzle = (float(rng.uniform(-12, 12)), float(rng.uniform(26, 32)), 1.55)
    at, fired = volley_s, []
    gap = 60.0 / float(rng.uniform(520, 680))
    for _ in range(int(rng.integers(5, 9))):
        fired.append((at, 1))
        at += gap * float(rng.normal(1, 0.02))
    # Single shots start so late that the volley's echo has died, and keep apart from one another.
    singles = int(rng.integers(3, 6))
    for number, part in enumerate(np.linspace(0.07, 0.36, singles)):
        fired.append((volley_s + 0.8 + float(part + rng.uniform(0, 0.02)) * span_s, 2 + number))
    shots = []
    for when, burst in fired:
        up = (
            float(rng.uniform(25, 55))
            if burst == 1
            else float(rng.choice([rng.uniform(0.0, 2.5), rng.uniform(30, 60)]))
        )
        shots.append(Shot(round(when, 6), muzzle, float(rng.normal(180, 14)) % 360, up, 715.0, burst=burst))
    # The second single shot is level and the person falls just after it.
    level = next(n for n, shot in enumerate(shots) if shot.burst == 3)
    shots[level] = Shot(shots[level].time_s, muzzle, 180.0 + float(rng.normal(0, 5)), 0.4, 715.0, burst=3)
    return tuple(shots), shots[level].time_s + 0.35


def _sounds(rng: np.random.Generator, seed: int, span_s: float, volley_s: float) -> list[Sound]:
    own = iter(range(seed * 1000, seed * 1000 + 900))
    sounds = []
    for _ in range(3):
        where = _around(rng, 22)
        for at in np.arange(-2.0, span_s, 20.0):
            sounds.append(Sound("crowd", float(at), 20.0, where, 86.0, next(own)))
    slogans = [(next(own), round(float(rng.uniform(5, 9)), 2)) for _ in range(2)]
    at = float(rng.uniform(-3, 2))
    while at < span_s:
        slogan, length = slogans[int(rng.integers(2))]
        if not volley_s - 1 < at + length < volley_s + 0.2 * span_s:
            sounds.append(Sound("chant", round(at, 3), length, _around(rng, 12), 94.0, slogan))
        at += length + float(rng.uniform(1.5, 6))
    van = (float(rng.uniform(-50, 50)), -38.0, 2.5)
    sounds.append(
        Sound("loop", round(float(rng.uniform(0, 0.2)) * span_s, 3), round(0.22 * span_s, 2), van, 90.0, next(own))
    )
    for _ in range(int(span_s / 7)):
        start = round(float(rng.uniform(0, span_s)), 3)
        sounds.append(Sound("babble", start, round(float(rng.uniform(3, 8)), 2), _around(rng, 25), 90.0, next(own)))
    for number, kind in enumerate(("slam", "firework", "drill", "slam", "firework", "clap", "engine")):
        # Decoys keep clear of the shots' first seconds, but not of the recording's.
        part = float(rng.uniform(0.04, 0.3)) if number % 2 == 0 else float(rng.uniform(0.82, 0.97))
        height = 18.0 if kind == "firework" else 1.2
        length = 4.0 if kind in ("drill", "engine") else 1.0
        sounds.append(Sound(kind, round(part * span_s, 4), length, _around(rng, 45, height), LEVELS[kind], next(own)))
    return sounds
