"""One clock for a group of recordings: offsets and drifts of all from the lags of pairs.

Recording i's own time t stands for the moment S_i + t (1 − d_i). A link says that t_a on a and t_b on b are one
moment, so S_a − S_b − d_a t_a + d_b t_b = t_b − t_a: linear in the unknowns. They are found by least squares,
reweighted so that links which disagree with the rest count less (Huber, "Robust Statistics", 1981), with drifts held
towards nought by what phones' clocks do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kuager.instruments.clock.recording import Array

DRIFT_SD = 80e-6
"""Prior standard deviation of a phone's clock rate."""
WANDER = 8e-6
"""How much a clock's rate changes within minutes (temperature): added to every stated drift error."""
FLOOR_S = 6e-5
CONVEX, PATIENCE = 12, 30
OUTLYING = 4.7


@dataclass(frozen=True)
class Link:
    """What says that recordings ``a`` and ``b`` share a clock: at ``at_s`` on a's time, b shows ``at_s - lag_s``.

    ``slope`` is the change of the lag per second of a, ``None`` where only one moment is known (a pin).
    """

    a: int
    b: int
    at_s: float
    lag_s: float
    lag_sd_s: float
    slope: float | None = None
    slope_sd: float = 0.0


@dataclass(frozen=True)
class Solution:
    """Starts (s) and rates of recordings ``members`` on one time axis, with their covariance.

    ``covariance`` has shape ``(2n, 2n)``: starts first, then rates. The first member's start is held at 0.
    ``weights`` says how much each link counted in the end, 0…1.
    """

    members: tuple[int, ...]
    starts: Array
    rates: Array
    covariance: Array
    weights: Array

    def lag(self, a: int, b: int, at_s: float) -> float:
        """a's time less b's at the moment that is ``at_s`` on a."""
        i, j = self.members.index(a), self.members.index(b)
        moment = self.starts[i] + at_s * (1 - self.rates[i])
        return float(at_s - (moment - self.starts[j]) / (1 - self.rates[j]))


def solve(members: Sequence[int], links: Sequence[Link]) -> Solution:
    """Least squares over the links among ``members``, which they must join into one."""
    place = {member: k for k, member in enumerate(members)}
    count = len(members)
    rows, values, sds, owner = [], [], [], []
    for number, link in enumerate(links):
        for at, lag, sd in _moments(link):
            row = np.zeros(2 * count)
            i, j = place[link.a], place[link.b]
            row[i], row[j] = 1.0, -1.0
            row[count + i], row[count + j] = -at, at - lag
            rows.append(row)
            values.append(-lag)
            sds.append(sd)
            owner.append(number)
    design, target, error, of = np.array(rows), np.array(values), np.array(sds), np.array(owner)
    prior = np.diag(np.concatenate([np.full(count, 1e-12), np.full(count, DRIFT_SD**-2)]))
    prior[0, 0] = 1e18
    weights = np.ones(len(links))
    found, covariance = np.zeros(2 * count), prior
    for step in range(PATIENCE):
        scale = weights[of] / error**2
        covariance = np.linalg.inv(design.T @ (design * scale[:, None]) + prior)
        found = covariance @ (design.T @ (scale * target))
        apart = np.abs(design @ found - target) / error
        worst = np.zeros(len(links))
        np.maximum.at(worst, of, apart)
        before = weights
        # The convex rule first, which finds the majority; then the one that forgets outliers.
        weights = np.minimum(1.0, OUTLYING / np.maximum(worst, 1e-9)) ** (1 if step < CONVEX else 2)
        if step > CONVEX and np.abs(weights - before).max() < 1e-3:
            break
    return Solution(tuple(members), found[:count], found[count:], covariance, weights)


def _moments(link: Link) -> list[tuple[float, float, float]]:
    """(time on a, lag, standard deviation): one moment for a pin, two that carry level and slope otherwise."""
    level_sd = float(np.hypot(link.lag_sd_s, FLOOR_S))
    if link.slope is None:
        return [(link.at_s, link.lag_s, level_sd)]
    slope_sd = float(np.hypot(link.slope_sd, WANDER))
    half = level_sd / slope_sd
    sd = level_sd * float(np.sqrt(2))
    return [(link.at_s + k * half, link.lag_s + k * half * link.slope, sd) for k in (-1.0, 1.0)]
