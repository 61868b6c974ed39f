"""A shot as physics gives it: muzzle blast, and the crack of a supersonic bullet where its cone passes.

The muzzle blast is a Friedlander wave. The crack is an N-wave whose length and strength follow
Whitham (1952) as used by Maher, "Acoustical Characterization of Gunshots" (IEEE SAFE 2007); it
reaches a listener only from a *detach point* on the trajectory where the bullet is still
supersonic. The bullet slows down exponentially with distance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kuager.drill.clocks import Floats

SPEED_OF_SOUND = 343.0
Point = tuple[float, float, float]


@dataclass(frozen=True)
class Shot:
    """One shot: scene time (s) and place (m) of the muzzle, and where the barrel points.

    ``azimuth_deg`` is clockwise from north (+y), ``elevation_deg`` upward. ``speed_mps`` is the
    bullet's at the muzzle, ``slowing_per_m`` its exponential loss, ``calibre_m`` and ``length_m``
    the bullet's size, ``level_db`` the blast's peak level at 1 m beside the barrel (dB re 20 µPa).
    """

    time_s: float
    position: Point
    azimuth_deg: float = 0.0
    elevation_deg: float = 0.0
    speed_mps: float = 715.0
    slowing_per_m: float = 0.0011
    calibre_m: float = 0.0079
    length_m: float = 0.026
    blast_s: float = 0.0022
    level_db: float = 132.0
    burst: int = 0

    @property
    def direction(self) -> Floats:
        """Unit vector along the barrel."""
        azimuth, elevation = np.radians(self.azimuth_deg), np.radians(self.elevation_deg)
        flat = np.cos(elevation)
        return np.array([np.sin(azimuth) * flat, np.cos(azimuth) * flat, np.sin(elevation)])


@dataclass(frozen=True)
class Crack:
    """How the crack reaches one listener: scene time (s), detach point (m), miss distance (m), Mach there."""

    time_s: float
    detach: Point
    miss_m: float
    mach: float


def muzzle_arrival(shot: Shot, listener: Point) -> float:
    """Scene time at which the direct muzzle blast reaches the listener."""
    return shot.time_s + float(np.linalg.norm(np.subtract(listener, shot.position))) / SPEED_OF_SOUND


def crack_of(shot: Shot, listener: Point, reach_m: float = 1200.0) -> Crack | None:
    """The crack at the listener, or None where no supersonic part of the trajectory sends one there.

    The wave front leaves the trajectory where flight time plus travel of sound is stationary, that
    is where the listener stands on the normal of the Mach cone.
    """
    if shot.speed_mps <= SPEED_OF_SOUND:
        return None
    supersonic_m = np.log(shot.speed_mps / SPEED_OF_SOUND) / shot.slowing_per_m
    reach = float(min(supersonic_m * 0.98, reach_m))
    away = np.subtract(listener, shot.position)
    forward = float(away @ shot.direction)
    miss = float(np.sqrt(max(away @ away - forward**2, 1e-4)))

    def lag(x: float) -> float:
        """Derivative of the arrival time along the trajectory: zero at the detach point."""
        speed = shot.speed_mps * np.exp(-shot.slowing_per_m * x)
        return float(1 / speed - (forward - x) / (np.hypot(forward - x, miss) * SPEED_OF_SOUND))

    # The derivative rises from negative (sound overtaken) to positive; no sign change: no crack.
    if lag(0.0) >= 0 or lag(reach) <= 0:
        return None
    low, high = 0.0, reach
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if lag(middle) < 0 else (low, middle)
    at = 0.5 * (low + high)
    flown = (np.exp(shot.slowing_per_m * at) - 1) / (shot.slowing_per_m * shot.speed_mps)
    detach = np.asarray(shot.position) + at * shot.direction
    if detach[2] < 0:
        return None
    mach = float(shot.speed_mps * np.exp(-shot.slowing_per_m * at) / SPEED_OF_SOUND)
    arrival = shot.time_s + flown + np.hypot(forward - at, miss) / SPEED_OF_SOUND
    return Crack(float(arrival), (float(detach[0]), float(detach[1]), float(detach[2])), miss, mach)


def blast_strength(shot: Shot, towards: npt.ArrayLike) -> float:
    """Peak pressure (Pa) at 1 m in this direction: about 15 dB stronger ahead of the barrel than behind."""
    aim = np.asarray(towards, dtype=np.float64)
    cosine = float(aim @ shot.direction / max(float(np.linalg.norm(aim)), 1e-9))
    return float(20e-6 * 10 ** ((shot.level_db + 7.5 * cosine) / 20))


def friedlander(times_s: Floats, length_s: float) -> Floats:
    """The blast wave of unit peak at these seconds after its arrival: ``(1 − t/T) exp(−t/T)``, 0 before."""
    scaled = np.maximum(times_s, 0.0) / length_s
    wave = (1 - scaled) * np.exp(-scaled)
    return np.where(times_s >= 0, wave, 0.0)


def n_wave(times_s: Floats, length_s: float) -> Floats:
    """The crack's wave of unit peak: from +1 down to −1 over ``length_s``."""
    inside = (times_s >= 0) & (times_s < length_s)
    return np.where(inside, 1 - 2 * times_s / length_s, 0.0)


def n_wave_shape(shot: Shot, crack: Crack) -> tuple[float, float]:
    """Length (s) and peak pressure (Pa) of the N-wave at the listener, after Whitham."""
    slender = shot.calibre_m / shot.length_m**0.25
    excess = crack.mach**2 - 1
    miss = max(crack.miss_m, 0.5)
    length = 1.82 * crack.mach * miss**0.25 / (SPEED_OF_SOUND * excess**0.375) * slender
    peak = 0.53 * 101_325.0 * excess**0.125 / miss**0.75 * slender
    # A rifle's blast has some 156 dB at 1 m; a shot made fainter is fainter in both its sounds.
    return float(length), float(peak * 10 ** ((shot.level_db - 156.0) / 20))
