"""Where the shooter was: one joint posterior over places from blast times on one clock and crack-to-blast leads.

A blast reaches microphones late by distance / 343 m/s (hyperbolic location; compare Maher and Hoerr, AES 2018, and the
crack–thump range of trajectory models). Marks of one blast scatter by 14 to 22 ms between phones in a measured case;
how much of that belongs to a recording (its clock) and how much to each mark is left open and averaged over, so that
several shots tell. Supposed: one shooter who stays, open and level ground, positions as given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.impulses.aim import FEW, MANY, MORE, Shot, Steps, lead_evidence
from kuager.instruments.impulses.bands import Floats
from kuager.instruments.impulses.trajectory import SPEED_OF_SOUND

SCATTER_S = ((0.009, 0.1), (0.013, 0.25), (0.018, 0.3), (0.024, 0.25), (0.033, 0.1))
"""Standard deviations of a mark between recordings, and how likely each is held beforehand."""
SHARED = (0.02, 0.3, 0.6, 0.9)
"""Which part of that variance all marks of a recording share."""
FINE, AIMED = 128, 16
RINGS_FROM_M, RING, RAYS = 4.0, 1.12, 60
"""The first search: rings, each this much wider than the one inside, and points on each."""
EDGE_SHARE = 0.01
NEAR_M = 50.0
"""Beforehand all places up to here from the recordings' middle are equally likely, or up to the outermost recording."""
MOST_LEADS = 45
"""More say no more that is independent, and take their time."""


@dataclass(frozen=True)
class Ear:
    """A recording: place (east, north) in metres with its standard deviation, and that of its clock's offset (s)."""

    name: str
    position_m: tuple[float, float]
    position_sd_m: float = 0.0
    clock_sd_s: float = 0.0


@dataclass(frozen=True)
class Mark:
    """One shot in one recording: the blast in seconds of the common clock, and by how much a crack led it, if heard.

    ``ear`` and ``shot`` are numbers from 0.
    """

    ear: int
    shot: int
    blast_s: float
    lead_s: float | None = None


@dataclass(frozen=True)
class Bearing:
    """The shooter as seen from one recording: degrees clockwise from north and metres, with standard deviations."""

    name: str
    degrees: float
    degrees_sd: float
    distance_m: float
    distance_sd_m: float


@dataclass(frozen=True)
class ShooterPosterior:
    """``probability`` (n, n) over cells with centres ``east_m`` (columns), ``north_m`` (rows); ``region`` the smallest
    set of cells that holds ``share``; ``at_edge``: it reaches the border of the ground searched, so it is not closed.
    """

    east_m: Floats
    north_m: Floats
    probability: Floats
    region: NDArray[np.bool_]
    share: float
    mean_m: tuple[float, float]
    area_m2: float
    at_edge: bool
    bearings: tuple[Bearing, ...]

    def holds(self, east_m: float, north_m: float) -> bool:
        """Whether a place lies in the region."""
        row, column = _cell(self.north_m, north_m), _cell(self.east_m, east_m)
        return row is not None and column is not None and bool(self.region[row, column])


def locate(ears: Sequence[Ear], marks: Sequence[Mark], within_m: float = 400.0, share: float = 0.9) -> ShooterPosterior:
    """The posterior of the shooter's place on the ground up to ``within_m`` around the recordings.

    Raises ValueError unless marks name ears, and three recordings or one lead bear on the place.
    """
    heard = sorted({mark.ear for mark in marks})
    leads = [mark for mark in marks if mark.lead_s is not None]
    if not marks or not 0 <= heard[0] <= heard[-1] < len(ears):
        raise ValueError("marks name recordings that are not there")
    if len(heard) < 3 and not leads:
        raise ValueError("three recordings, or a crack before a blast, are needed")
    places = np.array([one.position_m for one in ears], dtype=np.float64)
    shots = _by_shot(leads)
    middle, half = (places.min(axis=0) + places.max(axis=0)) / 2, float(np.ptp(places, axis=0).max()) / 2
    ground, cell_m = _rings(middle, half + within_m)
    log_p = _times(ground, ears, places, marks) + _leads(ground, cell_m / np.sqrt(12), ears, shots, FEW)
    share_of = _normal(log_p + _beforehand(ground, places) + 2 * np.log(cell_m))
    at_edge = float(share_of[-2 * RAYS :].sum()) > EDGE_SHARE
    held = ground[_smallest(share_of, 0.999)]
    margin = float(cell_m[_smallest(share_of, 0.999)].max())
    low, high = held.min(axis=0) - margin, held.max(axis=0) + margin
    for steps in (MORE, MANY):
        east, north = (np.linspace(low[axis], high[axis], FINE) for axis in (0, 1))
        log_p = _on_grid(east, north, ears, places, marks, shots, steps)
        log_p += _beforehand(_cells(east, north), places).reshape(log_p.shape)
        low, high = _held(east, north, log_p)
    probability = _normal(log_p)
    region = _smallest(probability, share)
    cell = float((east[1] - east[0]) * (north[1] - north[0]))
    mean = float(probability.sum(axis=0) @ east), float(probability.sum(axis=1) @ north)
    bearings = tuple(_bearing(ears[k].name, places[k], east, north, probability) for k in range(len(ears)))
    return ShooterPosterior(east, north, probability, region, share, mean, cell * int(region.sum()), at_edge, bearings)


def _by_shot(leads: Sequence[Mark]) -> list[tuple[list[int], list[float]]]:
    """For each shot the ears that heard its crack and the leads there, those first that most ears heard."""
    shots = [[mark for mark in leads if mark.shot == shot] for shot in sorted({mark.shot for mark in leads})]
    shots.sort(key=len, reverse=True)
    kept = [shot for k, shot in enumerate(shots) if sum(map(len, shots[: k + 1])) <= MOST_LEADS] or shots[:1]
    return [([mark.ear for mark in shot], [mark.lead_s or 0.0 for mark in shot]) for shot in kept]


def _rings(middle: Floats, reach_m: float) -> tuple[Floats, Floats]:
    """Points (g, 2) on rings around ``middle``, the widest last, and the size (m) of the cell each stands for (g,)."""
    reach_m = max(reach_m, 2 * RINGS_FROM_M)
    count = int(np.ceil(np.log(reach_m / RINGS_FROM_M) / np.log(RING))) + 1
    radii = np.repeat(np.geomspace(RINGS_FROM_M, reach_m, count), RAYS)
    angles = np.tile(np.arange(RAYS) * 2 * np.pi / RAYS, count)
    return middle + radii[:, None] * np.column_stack([np.sin(angles), np.cos(angles)]), radii * (RING - 1)


def _beforehand(ground: Floats, places: Floats) -> Floats:
    """Log density (g,) held beforehand: even among the recordings, and beyond each distance's logarithm equally likely.

    With an even density everywhere, ground grows with distance and far places would win by their number.
    """
    middle, half = (places.min(axis=0) + places.max(axis=0)) / 2, float(np.ptp(places, axis=0).max()) / 2
    away = np.linalg.norm(ground - middle, axis=1)
    density: Floats = -2 * np.log(np.maximum(away, max(half, NEAR_M)))
    return density


def _on_grid(
    east: Floats, north: Floats, ears: Sequence[Ear], places: Floats, marks: Sequence[Mark], shots: Sequence[Shot],
    steps: Steps,
) -> Floats:  # fmt: skip
    """Log likelihood (rows, columns) of times and leads; leads are worked out on fewer cells and interpolated."""
    log_p = _times(_cells(east, north), ears, places, marks).reshape(len(north), len(east))
    if not shots:
        return log_p
    from scipy.interpolate import RegularGridInterpolator

    few = np.linspace(east[0], east[-1], AIMED), np.linspace(north[0], north[-1], AIMED)
    size = max(float(axis[1] - axis[0]) for axis in few)
    ground = _cells(*few)
    leads = _leads(ground, np.full(len(ground), size / np.sqrt(12)), ears, shots, steps).reshape(AIMED, AIMED)
    rows, columns = np.meshgrid(north, east, indexing="ij")
    between = RegularGridInterpolator((few[1], few[0]), leads)(np.column_stack([rows.ravel(), columns.ravel()]))
    return np.asarray(log_p + between.reshape(log_p.shape))


def _leads(ground: Floats, ground_sd_m: Floats, ears: Sequence[Ear], shots: Sequence[Shot], steps: Steps) -> Floats:
    if not shots:
        return np.zeros(len(ground))
    places, places_sd = (np.array([getattr(one, name) for one in ears]) for name in ("position_m", "position_sd_m"))
    return lead_evidence(ground, ground_sd_m, places, places_sd, shots, steps)


def _times(ground: Floats, ears: Sequence[Ear], places: Floats, marks: Sequence[Mark]) -> Floats:
    """Log likelihood (g,) of the blasts' times, averaged over how marks may scatter; times of fire free."""
    ear = np.array([mark.ear for mark in marks])
    shot = np.unique([mark.shot for mark in marks], return_inverse=True)[1]
    times = np.array([mark.blast_s for mark in marks])
    times = times - times.mean()
    to_ear, to_shot = np.eye(len(ears))[ear], np.eye(int(shot.max()) + 1)[shot]
    late = np.linalg.norm(ground[:, None] - places[None], axis=2) / SPEED_OF_SOUND
    own = np.array([one.clock_sd_s**2 + (one.position_sd_m / SPEED_OF_SOUND) ** 2 for one in ears])
    total = np.full(late.shape[0], -np.inf)
    for scatter_s, likely in SCATTER_S:
        for shared in SHARED:
            spread = own + shared * scatter_s**2
            covariance = (to_ear * spread) @ to_ear.T + np.eye(len(times)) * (1 - shared) * scatter_s**2
            inverse = np.linalg.inv(covariance)
            fired = to_shot.T @ inverse @ to_shot
            weight = inverse - inverse @ to_shot @ np.linalg.solve(fired, to_shot.T @ inverse)
            linear, square = to_ear.T @ weight @ times, to_ear.T @ weight @ to_ear
            misfit = times @ weight @ times - 2 * late @ linear + np.einsum("gi,ij,gj->g", late, square, late)
            size = np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(fired)[1]
            total = np.logaddexp(total, np.log(likely) - 0.5 * (misfit + size))
    return total


def _cells(east: Floats, north: Floats) -> Floats:
    """Centres (rows × columns, 2), row by row."""
    columns, rows = np.meshgrid(east, north)
    return np.column_stack([columns.ravel(), rows.ravel()])


def _held(east: Floats, north: Floats, log_p: Floats) -> tuple[Floats, Floats]:
    """Corners of the cells that hold all but a ten-thousandth, and two cells more."""
    held = _smallest(_normal(log_p), 0.9999)
    low, high = np.zeros(2), np.zeros(2)
    for axis, cells in ((0, east), (1, north)):
        inside = np.flatnonzero(held.any(axis=axis))
        step = float(cells[1] - cells[0])
        low[axis], high[axis] = cells[inside[0]] - 2 * step, cells[inside[-1]] + 2 * step
    return low, high


def _normal(log_p: Floats) -> Floats:
    weight: Floats = np.exp(log_p - log_p.max())
    normal: Floats = weight / weight.sum()
    return normal


def _smallest(probability: Floats, share: float) -> NDArray[np.bool_]:
    order = np.argsort(-probability, axis=None)
    total = np.cumsum(probability.ravel()[order])
    kept = np.zeros(probability.size, dtype=bool)
    kept[order[: int(np.searchsorted(total, share)) + 1]] = True
    return kept.reshape(probability.shape)


def _cell(centres: Floats, at: float) -> int | None:
    step = float(centres[1] - centres[0])
    number = round((at - float(centres[0])) / step)
    return number if 0 <= number < len(centres) else None


def _bearing(name: str, place: Floats, east: Floats, north: Floats, probability: Floats) -> Bearing:
    columns, rows = np.meshgrid(east - place[0], north - place[1])
    angle, away = np.arctan2(columns, rows), np.hypot(columns, rows)
    mean = complex((probability * np.exp(1j * angle)).sum())
    spread = float(np.sqrt(max(-2 * np.log(max(abs(mean), 1e-9)), 0.0)))
    distance = float((probability * away).sum())
    distance_sd = float(np.sqrt((probability * (away - distance) ** 2).sum()))
    return Bearing(name, float(np.degrees(np.angle(mean)) % 360), float(np.degrees(spread)), distance, distance_sd)
