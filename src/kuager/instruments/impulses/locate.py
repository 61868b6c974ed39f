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

from kuager.instruments.impulses.aim import lead_evidence
from kuager.instruments.impulses.bands import Floats
from kuager.instruments.impulses.trajectory import SPEED_OF_SOUND

SCATTER_S = ((0.009, 0.1), (0.013, 0.25), (0.018, 0.3), (0.024, 0.25), (0.033, 0.1))
"""Standard deviations of a mark between recordings, and how likely each is held beforehand."""
SHARED = (0.02, 0.3, 0.6, 0.9)
"""Which part of that variance all marks of a recording share."""
COARSE, FINE, AIMED = 128, 128, 24
EDGE_SHARE = 0.01


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
    middle, half = (places.min(axis=0) + places.max(axis=0)) / 2, float(np.ptp(places, axis=0).max()) / 2 + within_m
    east, north = (np.linspace(at - half, at + half, COARSE) for at in middle)
    log_p = _times(east, north, ears, places, marks)
    if len(heard) < 3:  # times alone leave a whole curve, too long for the steps of aim
        log_p += _leads(east, north, ears, leads)
    at_edge = _edge_share(log_p) > EDGE_SHARE
    for _ in range(2):
        east, north = _around(east, north, log_p)
        log_p = _times(east, north, ears, places, marks) + _leads(east, north, ears, leads)
    probability = _normal(log_p)
    region = _smallest(probability, share)
    cell = float((east[1] - east[0]) * (north[1] - north[0]))
    mean = float(probability.sum(axis=0) @ east), float(probability.sum(axis=1) @ north)
    bearings = tuple(_bearing(ears[k].name, places[k], east, north, probability) for k in range(len(ears)))
    return ShooterPosterior(east, north, probability, region, share, mean, cell * int(region.sum()), at_edge, bearings)


def _times(east: Floats, north: Floats, ears: Sequence[Ear], places: Floats, marks: Sequence[Mark]) -> Floats:
    """Log likelihood (rows, columns) of the blasts' times, averaged over how marks may scatter; times of fire free."""
    ear = np.array([mark.ear for mark in marks])
    shot = np.unique([mark.shot for mark in marks], return_inverse=True)[1]
    times = np.array([mark.blast_s for mark in marks])
    times = times - times.mean()
    to_ear, to_shot = np.eye(len(ears))[ear], np.eye(int(shot.max()) + 1)[shot]
    late = _distances(east, north, places) / SPEED_OF_SOUND
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
    return np.asarray(total.reshape(len(north), len(east)))


def _leads(east: Floats, north: Floats, ears: Sequence[Ear], leads: Sequence[Mark]) -> Floats:
    """Log likelihood (rows, columns) of the leads, worked out on fewer cells and interpolated."""
    if not leads:
        return np.zeros((len(north), len(east)))
    from scipy.interpolate import RegularGridInterpolator

    few = np.linspace(east[0], east[-1], AIMED), np.linspace(north[0], north[-1], AIMED)
    columns, rows = np.meshgrid(*few)
    ground = np.column_stack([columns.ravel(), rows.ravel()])
    evidence = np.zeros(len(ground))
    step = max(float(axis[1] - axis[0]) for axis in few)  # a cell's size blurs like an error of place
    for shot in sorted({mark.shot for mark in leads}):
        of_shot = [mark for mark in leads if mark.shot == shot]
        there = np.array([ears[mark.ear].position_m for mark in of_shot], dtype=np.float64)
        there_sd = np.hypot([ears[mark.ear].position_sd_m for mark in of_shot], step / 2)
        evidence += lead_evidence(ground, there, there_sd, [mark.lead_s or 0.0 for mark in of_shot])
    table = RegularGridInterpolator((few[1], few[0]), evidence.reshape(AIMED, AIMED))
    rows, columns = np.meshgrid(north, east, indexing="ij")
    return np.asarray(table(np.column_stack([rows.ravel(), columns.ravel()])).reshape(rows.shape))


def _distances(east: Floats, north: Floats, places: Floats) -> Floats:
    columns, rows = np.meshgrid(east, north)
    ground = np.column_stack([columns.ravel(), rows.ravel()])
    return np.asarray(np.linalg.norm(ground[:, None] - places[None], axis=2))


def _around(east: Floats, north: Floats, log_p: Floats) -> tuple[Floats, Floats]:
    """A finer grid over the cells that hold all but a ten-thousandth, and two cells more."""
    held = _smallest(_normal(log_p), 0.9999)
    out = []
    for axis, cells in ((1, east), (0, north)):
        inside = np.flatnonzero(held.any(axis=1 - axis))
        step = float(cells[1] - cells[0])
        out.append(np.linspace(cells[inside[0]] - 2 * step, cells[inside[-1]] + 2 * step, FINE))
    return out[0], out[1]


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


def _edge_share(log_p: Floats) -> float:
    probability = _normal(log_p)
    return float(1 - probability[1:-1, 1:-1].sum())


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
