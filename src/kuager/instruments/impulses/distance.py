"""The distance of the muzzle that the time between crack and blast implies, as a band."""

from __future__ import annotations

from functools import cache

import numpy as np

from kuager.instruments.impulses.bands import Floats
from kuager.instruments.impulses.trajectory import SPEEDS_MPS, lead

LEAD_SD_S = 0.002
SLOWINGS_PER_M = (0.0007, 0.0011, 0.0015)
_FARTHEST_M = 1500.0


def distance_band(lead_s: float, share: float = 0.9) -> tuple[float, float]:
    """Metres from muzzle to microphone: no nearer than the first, with a chance of ``share`` no farther than the other.

    The nearest is that of the fastest bullet straight towards it. Supposed for the farthest: each distance's logarithm
    equally likely from 5 to 1500 m, the barrel's direction any that sends a crack, muzzle speeds of 600 to 950 m/s and
    slowing of 0.0007 to 0.0015 a metre. Raises ValueError for a lead not above 0.
    """
    if not lead_s > 0:
        raise ValueError("the crack comes before the blast")
    distances, leads = _table()
    weight = np.exp(-0.5 * np.square((leads - lead_s) / LEAD_SD_S)).sum(axis=1)
    if weight.sum() < 1e-12:  # beyond what any of these bullets can do
        return float(distances[-1]), float("inf")
    total = np.cumsum(weight) / weight.sum()
    soonest = lead(distances, 1.0, SPEEDS_MPS[-1], SLOWINGS_PER_M[0])
    low = float(np.interp(lead_s - 2 * LEAD_SD_S, soonest, distances))
    return low, max(low, float(np.interp(share, total, distances)))


@cache
def _table() -> tuple[Floats, Floats]:
    """Distances (400,) and the leads at each (400, n) over directions, speeds and slowing; no crack is far away."""
    distances = np.geomspace(5.0, _FARTHEST_M, 400)
    # Equal steps of the cosine are equal parts of the sphere.
    cosines = np.linspace(1.0, 0.3, 141)
    grid = np.meshgrid(cosines, SPEEDS_MPS, SLOWINGS_PER_M, indexing="ij")
    leads = lead(distances[:, None], *(one.ravel()[None] for one in grid))
    return distances, np.nan_to_num(leads, nan=1e3)
