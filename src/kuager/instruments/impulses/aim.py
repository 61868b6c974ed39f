"""What the leads of one shot's crack say about the muzzle's place, whatever the aim and the bullet's speed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from kuager.instruments.impulses.bands import Floats
from kuager.instruments.impulses.trajectory import SLOWING_PER_M, SPEEDS_MPS, lead

LEAD_SD_S = 0.008
"""Mostly of the model: steps of aim and speed, height, wind; the two fronts themselves are marked to 1 or 2 ms."""
LEAD_SD_A_METRE = 0.0025
"""What a metre of error in a recording's place adds: a bullet at Mach 2 to 3 gains so much on its sound."""
UNLIKE = 4.5
"""Standard deviations beyond which a lead tells no more: it may be no crack at all."""
_AZIMUTHS = np.radians(np.arange(0, 360, 5.0))
_ELEVATIONS = np.radians((0.0, 20.0, 40.0, 60.0))
_COSINES = 512
_METRES = np.geomspace(1.0, 2500.0, 700)


def lead_evidence(ground_m: Floats, ears_m: Floats, ears_sd_m: Floats, leads_s: Sequence[float]) -> Floats:
    """Log likelihood (g,) of one shot's leads for muzzles at ``ground_m`` (g, 2), heard at ``ears_m`` (n, 2),
    whose places have the standard deviations ``ears_sd_m`` (n,).

    Averaged over all directions of the barrel, up to 60° upward, and muzzle speeds of 600 to 950 m/s.
    """
    towards = ears_m[None] - ground_m[:, None]
    away = np.hypot(towards[..., 0], towards[..., 1])
    bearing = np.arctan2(towards[..., 0], towards[..., 1])
    at = np.clip(np.searchsorted(_METRES, away), 0, len(_METRES) - 1)
    sd = np.hypot(LEAD_SD_S, LEAD_SD_A_METRE * ears_sd_m)
    total = np.full(len(ground_m), -np.inf)
    for upward in np.cos(_ELEVATIONS):
        cosine = upward * np.cos(_AZIMUTHS[None, None] - bearing[..., None])
        column = np.clip(np.rint((cosine + 1) / 2 * (_COSINES - 1)), 0, _COSINES - 1).astype(np.int32)
        for table in _tables():
            off = sum(
                np.minimum(np.square((table[at[:, n, None], column[:, n]] - leads_s[n]) / sd[n]), UNLIKE**2)
                for n in range(len(leads_s))
            )
            total = np.logaddexp(total, np.logaddexp.reduce(-0.5 * np.asarray(off), axis=1))
    mean: Floats = total - np.log(len(_ELEVATIONS) * len(_AZIMUTHS) * len(SPEEDS_MPS))
    return mean


@cache
def _tables() -> tuple[Floats, ...]:
    """For each speed the lead by distance (rows) and cosine off the axis (columns); far off where no crack is heard."""
    cosines = np.linspace(-1, 1, _COSINES)
    return tuple(
        np.nan_to_num(lead(_METRES[:, None], cosines[None], speed, SLOWING_PER_M), nan=1e3) for speed in SPEEDS_MPS
    )
