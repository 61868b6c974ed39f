"""What speaks for a run of frames being the same recording."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies.align import LEAST_FRAMES, Frames, Overlay, Run, between, most
from kuager.instruments.copies.fingerprint import RATE

USUAL = 0.05  # players and editors offer speeds in these steps
_COVERED = 2.5  # times the median difference: something was laid over the picture there
_MOST_COVERED = 0.4
_LESS, _TIMES = 0.03, 5.0  # a frame may agree this much less than the run's better frames, or so many times less


@dataclass(frozen=True)
class Evidence:
    """``still``: the median correlation of the pictures; ``moving``: that of what changes in them, summed over the run;
    ``motion``: how much changes against coding noise; ``others``: the best ``moving`` of runs a second or more beside;
    ``quick``: the correlation of what changes from each small picture to the next, and ``quick_motion`` how much that
    is against coding noise. Two cameras that pan over one place alike agree in what changes slowly; people and the
    holder's hand change quickly, and in each recording otherwise.
    """

    still: float
    moving: float
    motion: float
    others: float
    quick: float
    quick_motion: float


def weigh(both: Overlay, run: Run, telling: NDArray[np.bool_]) -> tuple[Run, Evidence]:
    """Sharpens speed and offset of a run below one frame and says what speaks for it; what was laid over the picture
    (a logo, a caption) is left out, and so are ends that agree less than the rest: a cut to another view. Frames of
    the query that are not ``telling`` (black, titles) count only where there is nothing else: where both recordings
    go from one title to different pictures, the change itself would agree."""
    run = _tightened(both, run)
    laid = _Laid(both, run, telling)
    speed, middle = _sharpened(laid, run)
    shown = uncovered(laid.query, laid.opposite(speed, middle))
    if not shown.all():
        laid = _Laid(_only(both, shown), run, telling)
    opposite = laid.opposite(speed, middle)
    still = float(np.median((laid.query * opposite).sum(axis=1)))
    beside = [laid.score(speed, middle + d) for d in range(-24, 25, 2) if abs(d) >= RATE]
    moving, others = laid.score(speed, middle), max(beside, default=0.0)
    evidence = Evidence(still, moving, laid.motion(), others, *laid.quick(speed, middle))
    return replace(run, speed=speed, offset=middle - speed * laid.centre), evidence


def _tightened(both: Overlay, run: Run) -> Run:
    place = np.arange(run.first, run.last + 1)
    same = (both.query[place] * between(both.reference, run.speed * place + run.offset)).sum(axis=1)
    good = float(np.quantile(same, 0.75))
    least = good - max(_LESS, _TIMES * (1 - good))
    gain, first, last = most(np.clip(same - least, -_LESS, _LESS / 2)[None])
    if gain[0] <= 0 or last[0] - first[0] + 1 < LEAST_FRAMES:
        return run
    return replace(run, first=run.first + int(first[0]), last=run.first + int(last[0]))


class _Laid:
    """The query's frames of a run and what the reference shows opposite them."""

    def __init__(self, both: Overlay, run: Run, telling: NDArray[np.bool_]) -> None:
        place = np.arange(run.first, run.last + 1)
        self.place = place[telling[place]] if telling[place].sum() >= LEAST_FRAMES else place
        self.centre = (run.first + run.last) / 2
        self.query = both.query[self.place]
        self.moving = self.query - self.query.mean(axis=0)
        self.reference = both.reference
        # Of the frames compared, plain ones (set to 0) left out: a black one is all noise, here or elsewhere.
        opposite = np.clip(np.rint(run.speed * self.place + run.offset), 0, len(both.reference) - 1).astype(int)
        noise = both.query_noise[self.place] * (self.query**2).sum(axis=1)
        noise += both.reference_noise[opposite] * (self.reference[opposite] ** 2).sum(axis=1)
        self.noise = float(noise.sum())

    def opposite(self, speed: float, middle: float) -> Frames:
        return between(self.reference, middle + speed * (self.place - self.centre))

    def score(self, speed: float, middle: float) -> float:
        """Correlation of what changes; coding noise keeps that of two still pictures near 0."""
        opposite = self.opposite(speed, middle)
        return _correlation(self.moving, opposite - opposite.mean(axis=0), self.noise)

    def quick(self, speed: float, middle: float) -> tuple[float, float]:
        """Correlation of what changes from picture to picture, and how much that is against coding noise; each
        difference has the noise of two pictures."""
        a, b = np.diff(self.query, axis=0), np.diff(self.opposite(speed, middle), axis=0)
        much = float(np.sqrt((a**2).sum() * (b**2).sum())) / max(1e-9, 2 * self.noise)
        return _correlation(a, b, 2 * self.noise), much

    def motion(self) -> float:
        return float((self.moving**2).sum()) / max(1e-9, self.noise)


def _correlation(a: Frames, b: Frames, noise: float) -> float:
    size = np.sqrt(((a**2).sum() + noise) * ((b**2).sum() + noise))
    return float((a * b).sum() / max(float(size), 1e-9))


def _sharpened(laid: _Laid, run: Run) -> tuple[float, float]:
    """Speed, and the reference's frame opposite the run's middle, at which what changes agrees best; a usual speed
    where that does as well."""
    speed, middle = run.speed, run.speed * laid.centre + run.offset
    for step, reach in ((0.25, 0.01), (0.1, 0.003)):
        choices = [(speed * (1 + f * reach), middle + d * step) for f in range(-2, 3) for d in range(-3, 4)]
        speed, middle = max(choices, key=lambda choice: laid.score(*choice))
    best = laid.score(speed, middle)
    for usual, reach, less in ((1.0, 0.06, 0.04), (round(speed / USUAL) * USUAL, 0.025, 0.01)):
        if abs(usual / speed - 1) < reach:
            choices = [(usual, middle + d * 0.1) for d in range(-6, 7)]
            choice = max(choices, key=lambda choice: laid.score(*choice))
            if laid.score(*choice) > best - less:
                return choice
    return speed, middle


def uncovered(query: Frames, opposite: Frames) -> NDArray[np.bool_]:
    """Cells that do not differ throughout: a logo or a caption does."""
    difference = np.abs((query - opposite).mean(axis=0))
    limit = max(_COVERED * float(np.median(difference)), float(np.quantile(difference, 1 - _MOST_COVERED)))
    shown: NDArray[np.bool_] = difference <= limit
    return shown


def _only(both: Overlay, shown: NDArray[np.bool_]) -> Overlay:
    """Both recordings on some cells alone, their frames with mean 0 and norm 1 again."""
    parts = []
    for frames, noise in ((both.query, both.query_noise), (both.reference, both.reference_noise)):
        kept = frames[:, shown]
        kept = kept - kept.mean(axis=1, keepdims=True)
        norm = np.maximum(np.linalg.norm(kept, axis=1), 0.1)
        parts.append((kept / norm[:, None], noise * shown.mean() / norm**2))
    return Overlay(parts[0][0], parts[1][0], parts[0][1], parts[1][1])
