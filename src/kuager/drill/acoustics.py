"""What a microphone at some place on the square hears, on a recorder's own clock.

Sound travels at 343 m/s and weakens as 1/distance; the four façades of the square give image
sources to second order (Allen and Berkley, JASA 65, 1979) and what comes later is a diffuse,
exponentially dying echo (Moorer 1979). Shots are evaluated from their formulas at their exact
arrival times. No case, no files: arrays in, arrays out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, oaconvolve, sosfilt

from kuager.drill.clocks import Clock, Floats
from kuager.drill.gunfire import (
    SPEED_OF_SOUND,
    Crack,
    Point,
    Shot,
    blast_strength,
    crack_of,
    friedlander,
    muzzle_arrival,
    n_wave,
    n_wave_shape,
)
from kuager.drill.waves import IMPULSIVE, Samples, wave

REFERENCE_PA = 20e-6
# Nothing on the square matters above 12 kHz; higher recording rates are interpolated from this one.
INNER_RATE = 24_000


@dataclass(frozen=True)
class Sound:
    """One sound: what, when (scene s), where (m), how loud (dB re 20 µPa at 1 m; impulsive kinds: of the peak).

    The same ``kind``, ``seed`` and ``duration_s`` at another ``start_s`` is the same waveform again.
    """

    kind: str
    start_s: float
    duration_s: float
    position: Point
    level_db: float
    seed: int


@dataclass(frozen=True)
class Square:
    """The square: façades at ±width/2 (x) and ±depth/2 (y), how much they reflect, and the echo behind them."""

    width_m: float = 140.0
    depth_m: float = 110.0
    reflection: float = 0.5
    reverberation_s: float = 1.3
    echo_db: float = -24.0

    def images(self, place: Point) -> list[tuple[Point, float]]:
        """The source itself and its mirror images to second order, each with its strength."""
        x, y, z = place
        across = [(x, 1.0), (self.width_m - x, self.reflection), (-self.width_m - x, self.reflection)]
        along = [(y, 1.0), (self.depth_m - y, self.reflection), (-self.depth_m - y, self.reflection)]
        return [((px, py, z), sx * sy) for px, sx in across for py, sy in along]


@dataclass(frozen=True)
class Scene:
    """All that sounds on one square, in scene seconds and metres; ``seed`` fixes the echoes."""

    sounds: tuple[Sound, ...] = ()
    shots: tuple[Shot, ...] = ()
    square: Square = Square()
    seed: int = 0


@dataclass(frozen=True)
class Heard:
    """Pressure (Pa, float32 mono) on the recorder's clock; ``ambient_rms`` leaves the shots out."""

    samples: Samples
    rate: int
    ambient_rms: float


@dataclass(frozen=True)
class Arrival:
    """When one shot reaches one microphone, in recording seconds; ``crack`` is None where none arrives."""

    shot: int
    muzzle_s: float
    crack_s: float | None
    crack: Crack | None


def hear(scene: Scene, position: Point, clock: Clock, duration_s: float, rate: int = 48_000) -> Heard:
    """The sound at ``position`` from the recording's zero for ``duration_s`` recording seconds."""
    length, out_rate = round(duration_s * rate), rate
    rate = min(rate, INNER_RATE)
    first = clock.start_s - 16 / rate
    last = float(clock.scene_time(duration_s)) + 16 / rate
    # The echo of what sounded before the recording began belongs into it.
    lead = min(scene.square.reverberation_s, 1.0)
    ambient = np.zeros(int((last - first + lead) * rate) + 2, dtype=np.float32)
    for sound in scene.sounds:
        _add_sound(ambient, first - lead, rate, sound, scene.square, position)
    ambient_rms = float(np.sqrt(np.mean(np.square(ambient), dtype=np.float64)))
    for shot in scene.shots:
        _add_shot(ambient, first - lead, rate, shot, scene.square, position)
    if ambient.any():
        ambient += oaconvolve(ambient, _echo(scene, position, rate))[: len(ambient)].astype(np.float32)
    grid = (clock.scene_time(np.arange(length) / out_rate) - (first - lead)) * rate
    return Heard(interpolate(ambient, grid), out_rate, ambient_rms)


def arrivals(scene: Scene, position: Point, clock: Clock) -> list[Arrival]:
    """Truth for each shot: when blast and crack reach the microphone, on the recorder's clock."""
    found = []
    for number, shot in enumerate(scene.shots):
        crack = crack_of(shot, position)
        muzzle_s = float(clock.recording_time(muzzle_arrival(shot, position)))
        found.append(Arrival(number, muzzle_s, float(clock.recording_time(crack.time_s)) if crack else None, crack))
    return found


def loudness(sound: Sound, position: Point) -> float:
    """RMS pressure (Pa; peak for impulsive kinds) of a sound's direct path at ``position``."""
    return float(REFERENCE_PA * 10 ** (sound.level_db / 20) / max(_distance(sound.position, position), 1.0))


def interpolate(samples: Samples, at: Floats) -> Samples:
    """Values between samples by six-point Lagrange interpolation; ``at`` in samples, ascending, inside."""
    out = np.empty(len(at), dtype=np.float32)
    for start in range(0, len(at), 1 << 16):
        where = at[start : start + (1 << 16)]
        whole = np.floor(where).astype(np.int64)
        part = (where - whole).astype(np.float32)
        whole = np.clip(whole, 2, len(samples) - 4)
        m2, m1, p1, p2, p3 = part + 2, part + 1, part - 1, part - 2, part - 3
        total = samples[whole - 2] * (m1 * part * p1 * p2 * p3) / -120
        total += samples[whole - 1] * (m2 * part * p1 * p2 * p3) / 24
        total += samples[whole] * (m2 * m1 * p1 * p2 * p3) / -12
        total += samples[whole + 1] * (m2 * m1 * part * p2 * p3) / 12
        total += samples[whole + 2] * (m2 * m1 * part * p1 * p3) / -24
        total += samples[whole + 3] * (m2 * m1 * part * p1 * p2) / 120
        out[start : start + len(where)] = total
    return out


def _distance(a: Point, b: Point) -> float:
    return float(np.linalg.norm(np.subtract(a, b)))


def _add_sound(out: Samples, first_s: float, rate: int, sound: Sound, square: Square, position: Point) -> None:
    ends_s = first_s + len(out) / rate
    furthest_s = 3 * max(square.width_m, square.depth_m) / SPEED_OF_SOUND
    if sound.start_s > ends_s or sound.start_s + max(sound.duration_s, 1.0) + furthest_s < first_s:
        return
    made = wave(sound.kind, sound.seed, sound.duration_s, rate)
    strength = REFERENCE_PA * 10 ** (sound.level_db / 20)
    paths = square.images(sound.position) if sound.kind in IMPULSIVE else square.images(sound.position)[:4]
    for place, reflected in paths:
        away = max(_distance(place, position), 1.0)
        start = round((sound.start_s - first_s + away / SPEED_OF_SOUND) * rate)
        low, high = max(start, 0), min(start + len(made), len(out))
        if high > low:
            out[low:high] += np.float32(strength * reflected / away) * made[low - start : high - start]


def _add_shot(out: Samples, first_s: float, rate: int, shot: Shot, square: Square, position: Point) -> None:
    for place, reflected in square.images(shot.position):
        away = max(_distance(place, position), 1.0)
        # Only the direct path has the barrel's direction; mirrored ones take the strength beside it.
        strength = blast_strength(shot, np.subtract(position, place) if reflected == 1.0 else np.zeros(3))
        at_s = shot.time_s - first_s + away / SPEED_OF_SOUND
        _add_pulse(out, at_s, rate, strength * reflected / away, shot.blast_s, 8)
    crack = crack_of(shot, position)
    if crack is not None:
        length, peak = n_wave_shape(shot, crack)
        _add_pulse(out, crack.time_s - first_s, rate, peak, length, 0)


def _add_pulse(out: Samples, at_s: float, rate: int, peak: float, length_s: float, decays: int) -> None:
    """Adds a blast (``decays`` time constants long) or, with 0, an N-wave, averaged over each sample."""
    low = max(int(np.floor(at_s * rate)) - 1, 0)
    high = min(int((at_s + length_s * max(decays, 1)) * rate) + 2, len(out))
    if high <= low:
        return
    # A step between two samples keeps its time only if each sample is a mean, not a point.
    fine = (np.arange(low * 8, high * 8) - 3.5) / (8 * rate) - at_s
    made = friedlander(fine, length_s) if decays else n_wave(fine, length_s)
    out[low:high] += np.float32(peak) * made.reshape(-1, 8).mean(axis=1).astype(np.float32)


def _echo(scene: Scene, position: Point, rate: int) -> Samples:
    """The diffuse part of the square's answer at this place, without the direct sound."""
    square = scene.square
    rng = np.random.default_rng((scene.seed, *(round(v * 100) & 0xFFFFFFFF for v in position)))
    length = int(min(square.reverberation_s, 2.0) * rate)
    time = np.arange(length) / rate
    noise = rng.standard_normal(length)
    decay = np.exp(-6.9 * time / square.reverberation_s) * (time > 0.045)
    # Façades and air take the high part: the echo is duller than the sound.
    dull = sosfilt(butter(1, min(2400 / (rate / 2), 0.9), output="sos"), noise * decay)
    return np.asarray(dull * 2 * 10 ** (square.echo_db / 20) / np.sqrt(np.sum(dull**2)), dtype=np.float32)


def overlap_s(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Seconds that two spans of scene time share."""
    return max(0.0, min(a[1], b[1]) - max(a[0], b[0]))
