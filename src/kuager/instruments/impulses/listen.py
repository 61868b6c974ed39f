"""Impulses in a recording's sound: when, how loud, what they could be, in which bursts, and how many shots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from kuager.instruments.impulses.bands import RATE, Floats, Samples, bands
from kuager.instruments.impulses.bursts import Burst, bursts, count_between
from kuager.instruments.impulses.fronts import fronts
from kuager.instruments.impulses.onset import time_sd
from kuager.instruments.impulses.roles import roles
from kuager.instruments.impulses.score import MIDDLE, WIDTH, BlastScorer, Scorer, evidence_db
from kuager.instruments.impulses.shape import Shape, shapes

Role = Literal["impulse", "echo", "crack"]
SILENT_DBFS = -70.0


@dataclass(frozen=True)
class Impulse:
    """One impulse. ``time_s`` is in the recording's seconds, with standard deviation ``time_sd_s``; ``level_db`` its
    peak in dB re full scale. ``score_gunshot`` (0…1) orders impulses by how much each is like a shot's blast of its
    own: what belongs to another, as ``crack`` or ``echo``, scores below 0.5. ``burst`` numbers `Listening.bursts`.
    """

    time_s: float
    time_sd_s: float
    level_db: float
    clipped: bool
    score_gunshot: float
    burst: int | None
    role: Role

    def as_json(self) -> dict[str, Any]:
        return {
            "time_s": round(self.time_s, 5),
            "time_sd_s": round(self.time_sd_s, 5),
            "level_db": round(self.level_db, 1),
            "clipped": self.clipped,
            "score_gunshot": round(self.score_gunshot, 4),
            "burst": self.burst,
            "role": self.role,
        }


@dataclass(frozen=True)
class Crack:
    """A supersonic bullet's crack and the muzzle blast behind it, in the recording's seconds."""

    crack_s: float
    blast_s: float

    @property
    def lead_s(self) -> float:
        return self.blast_s - self.crack_s

    def as_json(self) -> dict[str, Any]:
        return {"crack_s": round(self.crack_s, 5), "blast_s": round(self.blast_s, 5)}


@dataclass(frozen=True)
class Listening:
    """What was heard. ``count``: between how many shots; ``None`` where the sound is ``unusable`` (and why)."""

    impulses: tuple[Impulse, ...]
    bursts: tuple[Burst, ...]
    cracks: tuple[Crack, ...]
    count: tuple[int, int] | None
    unusable: str | None
    scorer: str
    measured_on: str

    def as_json(self, least_score: float = 0.0) -> dict[str, Any]:
        """The answer as the public interface gives it, without findings; impulses of ``least_score`` and with a role.

        ``unusable`` says why nothing could be told: the count is then 0 to 0 and means nothing.
        """
        low, high = self.count or (0, 0)
        kept = [one for one in self.impulses if one.score_gunshot >= least_score or one.role != "impulse"]
        return {
            "impulses": [one.as_json() for one in kept],
            "bursts": [one.as_json() for one in self.bursts],
            "cracks": [one.as_json() for one in self.cracks],
            "count": {"low": low, "high": high},
            "unusable": self.unusable,
        }


def listen(samples: Samples, start_s: float = 0.0, delay_sd_s: float = 0.0, scorer: Scorer | None = None) -> Listening:
    """Finds impulses in mono sound (n,) float32 at 16 kHz whose first sample lies at ``start_s``.

    ``delay_sd_s``: how far the sound may lie late (an undeclared decoder delay), counted into the times' errors.
    """
    scorer = scorer or BlastScorer()
    samples = np.ascontiguousarray(samples, dtype=np.float32)
    unusable = _unusable(samples)
    found = bands(samples) if unusable is None else None
    if found is None:
        why = unusable or "too few bands carry sound: it is cut off below 1400 Hz"
        return Listening((), (), (), None, why, scorer.name, scorer.measured_on)
    front = fronts(samples, found)
    times, behind = front.times_s, front.behind
    heard = shapes(samples, found, front)
    evidence = np.array([evidence_db(one) for one in heard])
    for crack, blast in behind.items():  # what stands so close behind a crack cannot rise over it by itself
        evidence[blast] = max(evidence[blast], evidence[crack])
    part = roles(times, heard, evidence, MIDDLE, behind)
    scores = scorer.score(samples, times, heard) if len(times) else np.zeros(0)
    for crack, blast in behind.items():
        scores[blast] = max(scores[blast], scores[crack])
    scores = _scores(scores, part.echo_db, part.blast_of)
    groups, member = bursts(times, scores, found.strength_db)
    paired = {k for pair in enumerate(part.blast_of) if pair[1] >= 0 for k in pair}
    single = np.array([k not in paired for k in range(len(times))], dtype=bool)
    rise = np.array([one.middle_rise_db for one in heard])
    lost = np.array([one.clipped and not one.pulled for one in heard], dtype=bool)
    sd = np.hypot(time_sd(rise, lost, single), delay_sd_s)
    named = [_role(*one) for one in zip(part.blast_of, evidence, part.echo_db, strict=True)]
    impulses = tuple(
        _impulse(start_s + float(times[k]), float(sd[k]), heard[k], float(scores[k]), member[k], named[k])
        for k in range(len(times))
    )
    cracks = tuple(
        Crack(start_s + float(times[k]), start_s + float(times[blast]))
        for k, blast in enumerate(part.blast_of)
        if blast >= 0
    )
    moved = tuple(
        Burst(start_s + one.start_s, start_s + one.end_s, one.rounds_low, one.rounds_high, one.rate_rpm)
        for one in groups
    )
    return Listening(impulses, moved, cracks, count_between(scores), None, scorer.name, scorer.measured_on)


def _unusable(samples: Samples) -> str | None:
    if len(samples) < RATE // 10:
        return "it is shorter than a tenth of a second"
    if not np.isfinite(samples).all():
        return "it holds values that are no numbers"
    if float(np.ptp(samples)) < 2 * 10 ** (SILENT_DBFS / 20):
        return "it is silent"
    return None


def _scores(scores: Floats, echo_db: Floats, blast_of: tuple[int, ...]) -> Floats:
    """Scores lowered for what belongs to another impulse, on the scale of the evidence."""
    scores = np.clip(scores, 1e-6, 1 - 1e-6)
    odds = np.log(scores / (1 - scores)) - echo_db / WIDTH
    lowered: Floats = 1 / (1 + np.exp(-odds))
    return np.where(np.array(blast_of, dtype=int) >= 0, np.minimum(lowered, 0.1), lowered)


def _role(blast: int, evidence: float, echo_db: float) -> Role:
    if blast >= 0:
        return "crack"
    return "echo" if evidence >= MIDDLE > evidence - echo_db else "impulse"


def _impulse(time_s: float, sd_s: float, shape: Shape, score: float, burst: int | None, role: Role) -> Impulse:
    return Impulse(time_s, sd_s, shape.peak_dbfs, shape.clipped, score, burst, role)
