"""When a bullet's crack reaches a listener, against its muzzle blast: the geometry of the Mach cone, for arrays.

The front that a listener hears left the trajectory where the listener stands on the cone's normal (Whitham 1952; Maher
2007). Speed falls exponentially with the way flown; at the place of detachment two steps of a fixed point are enough.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from kuager.instruments.impulses.bands import Floats

SPEED_OF_SOUND = 343.0
"""Metres per second, dry air at 20 °C."""
SPEEDS_MPS = (600.0, 715.0, 830.0, 950.0)
"""Muzzle speeds supposed, equally likely: those of rifles and carbines."""
SLOWING_PER_M = 0.0011
"""Exponential loss of speed, a metre flown: between a heavy and a light rifle bullet (0.0007 to 0.0015)."""


def lead(distance_m: ArrayLike, off_axis_cosine: ArrayLike, speed_mps: ArrayLike, slowing_per_m: ArrayLike) -> Floats:
    """Seconds by which the crack leads the blast; NaN where no crack is heard. Arguments broadcast.

    ``distance_m`` from muzzle to listener, ``off_axis_cosine`` of the angle between barrel and listener.
    """
    distance, cosine = np.asarray(distance_m, dtype=np.float64), np.asarray(off_axis_cosine, dtype=np.float64)
    speed, slowing = np.asarray(speed_mps, dtype=np.float64), np.asarray(slowing_per_m, dtype=np.float64)
    forward = distance * cosine
    miss = distance * np.sqrt(np.maximum(1 - cosine**2, 0.0))
    at = np.zeros(np.broadcast_shapes(distance.shape, cosine.shape, speed.shape, slowing.shape))
    heard = np.ones(at.shape, dtype=bool)
    for _ in range(3):
        mach = speed * np.exp(-slowing * np.maximum(at, 0.0)) / SPEED_OF_SOUND
        heard &= mach > 1.02
        at = forward - miss / np.sqrt(np.maximum(mach**2 - 1, 0.04))
    heard &= at > 0
    at = np.maximum(at, 0.0)
    flown = np.expm1(slowing * at) / (slowing * speed)
    crack = flown + np.hypot(forward - at, miss) / SPEED_OF_SOUND
    return np.where(heard, distance / SPEED_OF_SOUND - crack, np.nan)
