"""What the leads of shots' cracks say about the muzzle's place, whatever the aims and the bullets' speed.

One shooter has one muzzle speed, unknown; each shot has an aim of its own, unknown. A lead may also be none at all: an
echo or another sound taken for a crack or a blast. So it is a mixture, and no single lead can rule out a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.impulses.bands import Floats
from kuager.instruments.impulses.trajectory import SLOWING_PER_M, lead

LEAD_SD_S = 0.002
"""Fronts are marked to 1 or 2 ms; the rest is wind and the ears' height, which is not asked for."""
LEAD_SD_A_METRE = 0.0025
"""What a metre of error in a recording's place adds: a bullet at Mach 2 to 3 gains so much on its sound."""
NO_LEAD, ANY_LEAD_S = 0.1, 0.4
"""How many leads are none, and the seconds over which such a one can fall."""
NONE_S = 1e3
"""Stands for a lead where no crack is heard."""
_COSINES = 1024
_METRES = np.geomspace(1.0, 2500.0, 700)


@dataclass(frozen=True)
class Steps:
    """Steps of aim and speed that are averaged over, and what they leave open of a lead, a metre of distance (s)."""

    azimuth_deg: float
    elevation_deg: float
    speeds_mps: tuple[float, ...]
    sd_a_metre: float


FEW = Steps(10.0, 15.0, (640.0, 740.0, 880.0), 1.3e-4)
MORE = Steps(5.0, 7.5, (600.0, 650.0, 715.0, 780.0, 860.0, 950.0), 6e-5)
MANY = Steps(3.6, 5.0, (600.0, 650.0, 715.0, 780.0, 860.0, 950.0), 3e-5)

Singles = NDArray[np.float32]
Shot = tuple[Sequence[int], Sequence[float]]
"""Ears that heard a crack before the blast of one shot, and the leads there in seconds."""


def lead_evidence(
    ground_m: Floats, ground_sd_m: Floats, ears_m: Floats, ears_sd_m: Floats, shots: Sequence[Shot], steps: Steps = MANY
) -> Floats:
    """Log likelihood (g,) of the leads of shots for muzzles at ``ground_m`` (g, 2), heard at ``ears_m`` (n, 2).

    ``ears_sd_m`` (n,): standard deviations of the ears' places; ``ground_sd_m`` (g,): of the muzzles', inside the cell
    each stands for. Averaged over one muzzle speed for all shots (600 to 950 m/s) and for each shot over all directions
    of the barrel, up to 60° upward.
    """
    towards = ears_m[None] - ground_m[:, None]
    away = np.hypot(towards[..., 0], towards[..., 1])
    bearing = np.arctan2(towards[..., 0], towards[..., 1])
    rows = np.clip(np.searchsorted(_METRES, away), 0, len(_METRES) - 1)
    azimuths = np.radians(np.arange(0.0, 360.0, steps.azimuth_deg))
    upward = np.cos(np.radians(np.arange(0.0, 60.1, steps.elevation_deg)))
    cosine = (upward[:, None] * np.cos(azimuths - bearing[..., None])[:, :, None]).reshape(*away.shape, -1)
    at = rows[..., None] * _COSINES + np.rint((cosine + 1) / 2 * (_COSINES - 1)).astype(np.int32)
    place_sd = LEAD_SD_A_METRE * np.hypot(ears_sd_m[None], ground_sd_m[:, None])
    sd = np.sqrt(LEAD_SD_S**2 + (steps.sd_a_metre * away) ** 2 + place_sd**2)
    total = np.full(len(ground_m), -np.inf)
    for speed in steps.speeds_mps:
        leads = np.ascontiguousarray(np.take(_table(speed), at).swapaxes(0, 1))
        reached = np.where(leads < NONE_S, np.float32(1.0), np.float32(NO_LEAD))
        total = np.logaddexp(total, sum(_shot(leads, reached, sd, *shot) for shot in shots))
    mean: Floats = total - np.log(len(steps.speeds_mps))
    return mean


def _shot(leads: Singles, reached: Singles, sd: Floats, ears: Sequence[int], heard_s: Sequence[float]) -> Floats:
    """Log likelihood (g,) of one shot's leads, given those expected (n, g, aims), averaged over the aims.

    That there are leads at just these ears is taken as given: which ears missed a crack says more of the ears.
    """
    peak = np.log((1 - NO_LEAD) / (np.sqrt(2 * np.pi) * sd))
    farthest = (2 * (peak - np.log(NO_LEAD / ANY_LEAD_S))).astype(np.float32)
    away = np.zeros(leads.shape[1:], np.float32)
    there = np.ones_like(away)
    for ear, one in zip(ears, heard_s, strict=True):
        off = leads[ear] - np.float32(one)
        off *= (1 / sd[:, ear, None]).astype(np.float32)
        off *= off
        away += np.minimum(off, farthest[:, ear, None], out=off)
        there *= reached[ear]
    least = away.min(axis=1)
    fit = np.log(np.exp(np.float32(-0.5) * (away - least[:, None])).sum(axis=1, dtype=np.float64)) - 0.5 * least
    like: Floats = fit + peak[:, list(ears)].sum(axis=1) - np.log(there.sum(axis=1, dtype=np.float64))
    return like


@cache
def _table(speed_mps: float) -> Singles:
    """The lead by distance (rows) and cosine off the axis (columns), flat; far off where no crack is heard."""
    cosines = np.linspace(-1, 1, _COSINES)
    leads = lead(_METRES[:, None], cosines[None], speed_mps, SLOWING_PER_M)
    return np.nan_to_num(leads, nan=NONE_S).astype(np.float32).ravel()
