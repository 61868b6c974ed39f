"""How likely it is that two recordings overlap at a lag: features of the evidence and a calibrated probability.

What speaks for a lag: nearly every window agrees somewhere within 0.2 s of it (sounds from several places come at
several lags, so no one line need hold), and more clearly than at every other lag (a loop or chant is as good at
several); and a background that agrees, not only what is loud (a song played twice shares only itself). The weights are
a logistic regression fitted on the drill's sound scenes of tuning seeds (1000–1999) and on harder ones with songs and
loops replayed elsewhere; see ``docs/explanation/clock.md``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kuager.instruments.clock.lag import CHANCE, SPAN_S, Look, Trace, extend, look, trace, unheard
from kuager.instruments.clock.phase import PhasePeak, PhaseScan
from kuager.instruments.clock.recording import RATE, Recording
from kuager.instruments.clock.scan import Near, Peak
from kuager.instruments.clock.shared import Shared, shared

ELSEWHERE_S = 0.4
"""Lags further apart than this are different places on the clock, not the same sound over different ways (137 m)."""
AUDIBLE, UNHEARD = 5.1, -2.5
"""Where a first look at an implied lag finds less than this, it is left at such log odds."""
BESIDE_S = 0.06
"""Where the scan is highest further than this from an implied lag, both places are listened to."""
FAINTEST, NULL_STRENGTH = 5.2, 4.8
"""Median strength of the windows below which nothing is compared further, and what it is where nothing is shared."""
MARGIN, AMBIGUOUS = 0.2, -0.5
"""Where another lag is nearly as coherent (less than a fifth below), the log odds are at most this: repeated sound."""
COMPARED, SETTLED = 3, 5.0
"""Of how many lags the background is compared, and log odds of the strongest above which no other's is."""
SHIFT = 0.0
FAINT_LOUD = 0.15
BONUS = 0.0
AGREED = 4.5
GAIN = 2.0
PMARGIN = 0.2
LEAK = 0.05
"""Share of loud cells' agreement that reaches quiet ones through the window's skirts and echoes."""
PLAIN = 0.15
"""Agreement of what is loud above which the scan by phase says nothing more than windows and background do."""
HOPELESS, FOLLOWED = 0.5, 2
"""What the scan by phase alone says of a lag, in log odds without a bias, below which it is not listened to, and how
many of a pair are."""
AGREED, MOST_GAINED = 4.5, 2.0
"""Height in the scan by phase from which on an implied lag is listened to whatever a first look says, and how much
that scan adds to its log odds at most."""

WEIGHTS = {
    "bias": -13.373,
    "low": 1.721,
    "mid": -0.658,
    "high": -0.034,
    "share": 7.951,
    "margin": 1.538,
    "denser": 1.335,
    "quiet": 0.78,
    "background": 0.958,
    "loud": 0.39,
    "height": 1.109,
    "length": 1.593,
    "echo": 3.795,
}
IMPLIED_WEIGHTS = {
    "bias": -8.953,
    "low": 2.641,
    "mid": -0.289,
    "high": -0.5,
    "share": 6.95,
    "quiet": 0.854,
    "background": 0.929,
    "loud": 2.457,
    "length": 0.826,
    "height": -2.164,
    "pooled": 2.334,
    "echo": 3.8,
}
PHASE_WEIGHTS = {
    "bias": -4.738,
    "implied": 0.589,
    "loud": -6.806,
    "phase": -5.197,
    "alone": 7.288,
    "several": 2.083,
    "weakest": 2.861,
    "lines": 1.931,
    "length": 0.899,
    "height": -2.351,
    "pooled": 0.658,
}
"""For lags that the scan by phase proposes; ``implied`` is the log odds by the weights above."""
AGREED_WEIGHTS = {"bias": -7.576, "implied": 0.684, "agreed": 4.965}
"""For implied lags of pairs that were scanned by phase."""
NOTHING_FOUND = 0.02
"""Probability of an overlap where no lag stood out."""


@dataclass(frozen=True)
class Place:
    """A lag that was looked at: the median strength of its windows, and the density of the scan's peak."""

    lag_s: float
    strength: float
    density: float


@dataclass(frozen=True)
class Candidate:
    """A lag at which a and b could meet, with what was measured there and the log odds that they do: as one of all lags
    that the scan went through, and as one that other recordings imply."""

    trace: Trace
    log_odds: float
    implied_log_odds: float


def candidates(a: Recording, b: Recording, peaks: list[Peak]) -> list[Candidate]:
    """The lags that hold up when followed window by window, the likeliest first."""
    looks = [(peak, look(a, b, peak.offset_s, peak.at_s)) for peak in peaks]
    seen = sorted(
        ((peak, one) for peak, one in looks if one is not None), key=lambda pair: (-pair[1].strength, pair[1].shift)
    )
    places = [Place(one.shift / RATE, one.strength, peak.density) for peak, one in seen]
    traced: list[tuple[Look, Peak, Trace, Shared]] = []
    for k, (peak, one) in enumerate(seen[:COMPARED]):
        if one.strength < FAINTEST:
            break
        found = trace(one)
        places[k] = replace(places[k], strength=found.strength(0.5))
        if places[k].strength >= FAINTEST:
            traced.append((one, peak, found, shared(a, b, found)))
            if k == 0 and (settled := _candidate(*traced[0], places)).log_odds > SETTLED:
                return [settled]
    return sorted((_candidate(*one, places) for one in traced), key=lambda one: -one.log_odds)


def _candidate(seen: Look, peak: Peak, found: Trace, both: Shared, places: list[Place]) -> Candidate:
    elsewhere = [place for place in places if abs(place.lag_s - found.lag_s) > ELSEWHERE_S]
    here = local_features(found, both, peak.height, peak.pooled)
    values = here | scan_features(peak, found, elsewhere)
    odds = log_odds(values)
    rival = max((place.strength for place in elsewhere), default=0.0)
    odds = min(odds, AMBIGUOUS) if values["margin"] < MARGIN and rival > CHANCE else odds
    return Candidate(_whole(seen.a, seen.b, found, odds), odds, implied_log_odds(here))


def candidate_at(
    a: Recording, b: Recording, offset_s: float, at_s: float, near: Near, scan: PhaseScan | None = None
) -> Candidate | None:
    """What speaks for a lag that others imply, with what the scan finds ``near`` it, and the ``scan`` by phase where
    there was one; ``None`` where it leaves too little in common."""
    places = [offset_s] if abs(near.offset_s - offset_s) < BESIDE_S else [offset_s, near.offset_s]
    looks = [one for place in places if (one := look(a, b, place, at_s)) is not None]
    agreed = None if scan is None else scan.near(offset_s)
    return max((_implied(one, near, agreed) for one in looks), key=lambda one: one.log_odds, default=None)


def _implied(seen: Look, near: Near, agreed: float | None) -> Candidate:
    if seen.strength < AUDIBLE and (agreed is None or agreed < AGREED):
        return Candidate(unheard(seen), UNHEARD, UNHEARD)
    found = trace(seen)
    odds = implied_log_odds(local_features(found, shared(seen.a, seen.b, found), near.height, near.pooled))
    if agreed is not None:
        values = {"implied": odds, "agreed": _log(agreed, 2.0, 20.0)}
        odds = min(_weighed(AGREED_WEIGHTS, values), odds + MOST_GAINED)
    return Candidate(_whole(seen.a, seen.b, found, odds), odds, odds)


def faint_candidates(a: Recording, b: Recording, peaks: Sequence[PhasePeak], near: Sequence[Near]) -> list[Candidate]:
    """The lags that the scan by phase proposes, with what the plain scan finds ``near`` each, the likeliest first."""
    looks = [(look(a, b, peak.offset_s, peak.at_s), peak, beside) for peak, beside in zip(peaks, near, strict=True)]
    found = [_faint(seen, peak, beside) for seen, peak, beside in looks if seen is not None]
    return sorted(found, key=lambda one: -one.log_odds)


def promising(peaks: Sequence[PhasePeak]) -> list[PhasePeak]:
    """The lags that stand out so much in the scan by phase that they are listened to."""
    said = [sum(PHASE_WEIGHTS[name] * value for name, value in phase_features(peak).items()) for peak in peaks]
    best = sorted(zip(said, peaks, strict=True), key=lambda one: (-one[0], one[1].offset_s))
    return [peak for odds, peak in best[:FOLLOWED] if odds > HOPELESS]


def _faint(seen: Look, peak: PhasePeak, near: Near) -> Candidate:
    found = trace(seen)
    here = local_features(found, shared(seen.a, seen.b, found), near.height, near.pooled)
    implied = implied_log_odds(here)
    more = {"implied": implied, "lines": math.log(max(len(found.lines), 1))}
    odds = _weighed(PHASE_WEIGHTS, here | phase_features(peak) | more)
    odds = min(odds, implied) if here["loud"] > PLAIN else odds
    return Candidate(_whole(seen.a, seen.b, found, odds), odds, max(odds, implied))


def _whole(a: Recording, b: Recording, found: Trace, odds: float) -> Trace:
    """A trace that likely holds, followed over the whole overlap where that is longer than was looked at."""
    return extend(a, b, found) if odds > 0 and found.overlap_s > 1.2 * SPAN_S else found


def local_features(found: Trace, both: Shared, height: float, pooled: float) -> dict[str, float]:
    """What windows, background and the scan's heights say of one lag, as numbers limited so that none decides alone."""
    quiet = _log(both.quiet / max(both.loud, 0.05), math.exp(-3), 1.0)
    return {
        "low": _log(found.strength(0.2), 3.0, 20.0),
        "mid": _log(found.strength(0.5), 4.0, 20.0),
        "high": _log(found.strength(0.8), 4.0, 30.0),
        "share": found.share,
        "quiet": quiet,
        "background": math.asinh(min(max((both.quiet - LEAK * both.loud) / both.quiet_sd, -10.0), 200.0) / 2),
        "loud": both.loud,
        # The better what is loud agrees, the more of the background must: a replay brings only itself.
        "echo": both.loud * quiet,
        "length": _log(found.overlap_s, 2.0, 60.0),
        "height": _log(height, 1.0, 100.0),
        "pooled": _log(pooled, 1.0, 100.0),
    }


def scan_features(peak: Peak, found: Trace, elsewhere: list[Place]) -> dict[str, float]:
    """How a lag that the scan proposed stands against the others, as ratios in logarithms."""
    rival = max((other.strength for other in elsewhere), default=0.0)
    dense = max((other.density for other in elsewhere), default=0.1)
    return {
        "margin": _log(found.strength(0.5) / max(rival, NULL_STRENGTH), math.exp(-1), math.exp(1.2)),
        "denser": _log(peak.density / max(dense, 0.1), math.exp(-1), math.exp(1.2)),
    }


def phase_features(peak: PhasePeak) -> dict[str, float]:
    """What a scan by phase says of a lag: how high it stands, how alone, whether on several lines, and what the weaker
    seconds say."""
    height = _log(peak.height, 4.0, 20.0)
    return {
        "phase": height,
        "alone": height - _log(peak.rival, 4.0, 20.0),
        "several": _log(peak.second, 3.0, 20.0) + _log(peak.third, 3.0, 20.0),
        "weakest": _log(peak.weak, 3.0, 12.0),
    }


def log_odds(values: dict[str, float]) -> float:
    """Log odds that the recordings meet at the lag with these features."""
    return _weighed(WEIGHTS, values)


def implied_log_odds(values: dict[str, float]) -> float:
    """Log odds that they meet at a lag that other recordings imply, taken as even before this was heard."""
    return _weighed(IMPLIED_WEIGHTS, values)


def probability(odds: float) -> float:
    """The probability that log odds stand for."""
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


def _weighed(weights: dict[str, float], values: dict[str, float]) -> float:
    return sum(weight if name == "bias" else weight * values[name] for name, weight in weights.items())


def _log(value: float, low: float, high: float) -> float:
    return math.log(min(max(value, low), high))
