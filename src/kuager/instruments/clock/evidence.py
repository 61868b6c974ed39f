"""How likely it is that two recordings overlap at a lag: features of the evidence and a calibrated probability.

What speaks for a lag: windows that agree one by one on a straight line; coherence well above that at every other lag
(a loop or chant is as good at several); and a background that agrees, not only what is loud (a song played twice shares
only itself). The weights are a logistic regression fitted on the drill's sound scenes of tuning seeds (1000–1999) and
on harder ones with songs and loops replayed elsewhere; see ``docs/explanation/clock.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from kuager.instruments.clock.lag import SPAN_S, Trace, extend, trace
from kuager.instruments.clock.recording import Recording
from kuager.instruments.clock.scan import FLOOR, Peak
from kuager.instruments.clock.shared import Shared, shared

ELSEWHERE_S = 0.4
"""Lags further apart than this are different places on the clock, not the same sound over different ways (137 m)."""
AUDIBLE_RIDGE = 6.0
MARGIN, AMBIGUOUS = 0.2, -0.5
"""Where another lag is nearly as coherent (less than a fifth below), the log odds are at most this: repeated sound."""
COMPARED = 3
"""Of how many lags the background is compared."""
LEAK = 0.05
"""Share of loud cells' agreement that reaches quiet ones through the window's skirts and echoes."""

WEIGHTS = {
    "bias": -8.236,
    "agreement": 2.023,
    "coherence": 0.344,
    "margin": 1.291,
    "denser": 0.144,
    "quiet": 0.688,
    "background": 1.097,
    "loud": -2.946,
    "height": 3.178,
}
NOTHING_FOUND = 0.02
"""Probability of an overlap where no lag stood out."""


@dataclass(frozen=True)
class Candidate:
    """A lag at which a and b could meet, with what was measured there and the log odds that they do."""

    peak: Peak
    trace: Trace
    log_odds: float


def candidates(a: Recording, b: Recording, peaks: list[Peak]) -> list[Candidate]:
    """The lags that hold up when followed window by window, the likeliest first."""
    traced = []
    for peak in peaks:
        found = trace(a, b, peak.offset_s, peak.at_s) if peak.height >= FLOOR else None
        if found is not None and found.ridge > AUDIBLE_RIDGE:
            traced.append((peak, found))
    traced.sort(key=lambda one: -one[1].coherence)
    out = []
    for peak, found in traced[:COMPARED]:
        elsewhere = [one for one in traced if abs(one[1].lag_s - found.lag_s) > ELSEWHERE_S]
        values = features(peak, found, shared(a, b, found), elsewhere)
        odds = log_odds(values)
        odds = min(odds, AMBIGUOUS) if values["margin"] < MARGIN else odds
        followed = extend(a, b, found) if odds > 0 and found.overlap_s > 1.2 * SPAN_S else found
        out.append(Candidate(peak, followed, odds))
    return sorted(out, key=lambda one: -one.log_odds)


def features(peak: Peak, found: Trace, both: Shared, elsewhere: list[tuple[Peak, Trace]]) -> dict[str, float]:
    """The evidence for one lag as numbers: ratios in logarithms, limited so that none decides alone."""
    rival = max((other.coherence for _, other in elsewhere), default=0.01)
    dense = max((other.density for other, _ in elsewhere), default=0.1)
    return {
        "agreement": found.agreement,
        "coherence": _log(found.coherence, 0.01, 1.0),
        "margin": _log(found.coherence / max(rival, 0.01), math.exp(-1), math.exp(1.2)),
        "denser": _log(peak.density / max(dense, 0.1), math.exp(-1), math.exp(1.2)),
        "quiet": _log(both.quiet / max(both.loud, 0.05), math.exp(-3), 1.0),
        "background": math.asinh(min(max((both.quiet - LEAK * both.loud) / both.quiet_sd, -10.0), 200.0) / 2),
        "loud": both.loud,
        "height": _log(peak.height, 1.0, 100.0),
    }


def log_odds(values: dict[str, float]) -> float:
    """Log odds that the recordings meet at the lag with these features."""
    return WEIGHTS["bias"] + sum(WEIGHTS[name] * value for name, value in values.items())


def probability(odds: float) -> float:
    """The probability that log odds stand for."""
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


def _log(value: float, low: float, high: float) -> float:
    return math.log(min(max(value, low), high))
