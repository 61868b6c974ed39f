"""The precise lag between two recordings around a lag at which they could meet, and its drift.

Windows of a second are correlated with phase transform over 0.2 s either way. A few of them are looked at first: most
lags that the scan proposes are given up there. Then lines of offset and drift are searched through all of them, see
``line``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kuager.instruments.clock.line import NEAR, envelope, lines, peaks_near, ridge, robust_line, wandering
from kuager.instruments.clock.recording import RATE, Array, Float, Recording
from kuager.instruments.clock.windows import Correlations, correlations

LONGEST_WINDOW = 8192
SHORTEST_WINDOW = 2048
WINDOWS, FIRST_LOOK = 20, 3
"""Windows over an overlap, and one in how many is looked at first."""
REACH = 1600
"""Samples either way (0.2 s) searched around the lag: sounds from places 70 m apart may come so far apart."""
NARROW = 512
"""Samples either way (64 ms) once a line is followed."""
SPAN_S = 192.0
STRIDE = 8
MOST_WINDOWS = 240
"""Windows over a whole overlap, however long, and how many are taken in one step."""
CHANCE = 5.5
"""Strength of a window's correlation, in standard deviations, that chance reaches in one of five."""
SPREAD = 1.2
"""How far the middle of all lags lies from that of the loudest sound, one sd, in halves of the lags' 5–95 % range."""


@dataclass(frozen=True)
class Trace:
    """How two recordings run against each other where they could meet. Times are seconds of each one's samples.

    At ``at_s`` on a's samples, b is at ``at_s - lag_s`` on its own; the lag changes by ``slope`` (dimensionless) per
    second of a, and ``spread_s`` is how far from it what sounds elsewhere may lie (one sd). ``times`` are the windows',
    ``lags`` their own along the loudest line, ``chances`` of a peak as high elsewhere, ``values`` the PHAT value there;
    ``strengths`` how far each window's highest peak within `REACH` stands out, in standard deviations: sounds from
    several places agree at several lags, and a window need not hear all of them. ``lines`` are lags that hold for long,
    ``ridge`` is the height of the loudest line above others in their standard deviations.
    """

    at_s: float
    lag_s: float
    slope: float
    lag_sd_s: float
    slope_sd: float
    times: Array
    lags: Array
    chances: Array
    values: Array
    ridge: float
    overlap_s: float
    strengths: Array
    lines: Array
    spread_s: float

    @property
    def share(self) -> float:
        """The share of windows that agree somewhere."""
        return float(np.mean(self.strengths > CHANCE))

    def strength(self, rank: float) -> float:
        """The windows' strength at a rank from 0, the weakest, to 1."""
        return float(np.quantile(self.strengths, rank))


@dataclass(frozen=True)
class Look:
    """Windows over the overlap that a lag makes, and how the first few of them agree.

    ``firsts`` are a's samples at which they begin, b's are ``shift`` earlier; those of ``seen`` are correlated.
    """

    a: Recording
    b: Recording
    firsts: Array
    shift: int
    window: int
    overlap_s: float
    seen: Array
    some: Correlations

    @property
    def strength(self) -> float:
        """The median strength of the windows looked at, in standard deviations."""
        return float(np.median(self.some.strengths))


def look(a: Recording, b: Recording, offset_s: float, at_s: float) -> Look | None:
    """Correlates a few windows of b on a around ``offset_s`` (b's first sample on a's samples), over up to 192 s around
    ``at_s``.

    ``None`` where too little is shared.
    """
    assert a.samples is not None
    assert b.samples is not None
    start, end = max(0.0, offset_s), min(len(a.samples) / RATE, offset_s + len(b.samples) / RATE)
    length = end - start
    window = LONGEST_WINDOW
    while window > SHORTEST_WINDOW and length < 3 * window / RATE:
        window //= 2
    room = length - window / RATE
    if room <= 0:
        return None
    if room > SPAN_S:
        start = float(np.clip(at_s - SPAN_S / 2, start, start + room - SPAN_S))
        room = SPAN_S
    count = int(np.clip(2 * room * RATE / window + 1, 2, WINDOWS))
    firsts = np.rint((start + np.linspace(0, room, count)) * RATE).astype(int)
    shift = round(offset_s * RATE)
    seen = np.arange(1, count, FIRST_LOOK)
    some = correlations(a, b, firsts[seen], firsts[seen] - shift, window, min(REACH, window // 4))
    return Look(a, b, firsts, shift, window, length, seen, some)


def unheard(seen: Look) -> Trace:
    """A trace that says nothing but where nothing was heard."""
    times = seen.firsts / RATE + seen.window / RATE / 2
    none, lag_s = np.zeros(0), seen.shift / RATE
    return Trace(
        float(times.mean()), lag_s, 0.0, np.inf, np.inf, none, none, none, none, 0.0, seen.overlap_s,
        seen.some.strengths, none, 0.0,
    )  # fmt: skip


def trace(seen: Look) -> Trace:
    """Follows the lag through all windows of a look."""
    others = np.setdiff1d(np.arange(len(seen.firsts)), seen.seen)
    firsts = seen.firsts[others]
    rest = correlations(
        seen.a, seen.b, firsts, firsts - seen.shift, seen.window, seen.some.curves.shape[1] // 2
    )  # fmt: skip
    both = seen.some.joined(rest, np.argsort(np.concatenate([seen.seen, others])))
    return _fit(seen.firsts / RATE + seen.window / RATE / 2, both, seen.shift / RATE, seen.overlap_s)


def extend(a: Recording, b: Recording, found: Trace) -> Trace:
    """Follows a trace outwards over the whole overlap, the drift with it, where that is longer than was looked at.

    Each step of `STRIDE` windows starts from the line through the windows before it, so that a clock whose rate wanders
    is followed; windows that agree with nothing are left out. The line returned is the mean over the overlap.
    """
    assert a.samples is not None
    assert b.samples is not None
    window = LONGEST_WINDOW
    reach = window / RATE / 2
    start = max(0.0, found.lag_s) + reach
    end = min(len(a.samples) / RATE, found.lag_s + len(b.samples) / RATE) - reach
    step = max((end - start) / MOST_WINDOWS, 4.0)
    times, lags, chances, values = [found.times], [found.lags], [found.chances], [found.values]
    for direction, limit in ((1.0, end), (-1.0, start)):
        near_times, near_lags = found.times, found.lags
        edge = float(found.times.max() if direction > 0 else found.times.min())
        while (limit - edge) * direction > step:
            fresh = edge + direction * step * np.arange(1, STRIDE + 1)
            fresh = fresh[(limit - fresh) * direction >= 0]
            order = np.argsort(-near_times * direction)[: 3 * STRIDE]
            centre = float(near_times[order].mean())
            line = robust_line((near_times[order] - centre) * RATE, near_lags[order] * RATE, np.ones(len(order)))
            expected = line[0] / RATE + line[1] * (fresh - centre)
            firsts = np.rint((fresh - reach) * RATE)
            shifts = np.rint(expected * RATE)
            curves = correlations(a, b, firsts, firsts - shifts, window, NARROW).curves
            off, chance = peaks_near(curves, envelope(curves), expected * RATE - shifts)
            lag = (shifts + off) / RATE
            value = np.abs(curves[np.arange(len(fresh)), np.rint(off).astype(int) + NARROW])
            heard = chance < 0.1
            times.append(fresh[heard])
            lags.append(lag[heard])
            chances.append(chance[heard])
            values.append(value[heard])
            near_times, near_lags = np.concatenate([near_times, fresh[heard]]), np.concatenate([near_lags, lag[heard]])
            edge = float(fresh[-1])
    every, all_lags = np.concatenate(times), np.concatenate(lags)
    middle = float(every.mean())
    elapsed = (every - middle) * RATE
    level, slope, level_sd, slope_sd = robust_line(elapsed, all_lags * RATE, np.ones(len(every)))
    larger = wandering(elapsed, all_lags * RATE - level - slope * elapsed)
    return replace(
        found, at_s=middle, lag_s=level / RATE, slope=slope, lag_sd_s=larger * level_sd / RATE,
        slope_sd=larger * slope_sd,
        times=every, lags=all_lags, chances=np.concatenate(chances), values=np.concatenate(values),
    )  # fmt: skip


def _fit(times: Array, both: Correlations, shift_s: float, overlap_s: float) -> Trace:
    curves = both.curves
    reach = curves.shape[1] // 2
    middle = float(times.mean())
    elapsed = times - middle
    power = envelope(curves)
    offset, slope, height = ridge(elapsed, power)
    lags, chances = peaks_near(curves, power, offset + slope * elapsed * RATE)
    level, slope, level_sd, slope_sd = robust_line(elapsed * RATE, lags, 1 / (chances + 0.01))
    on_line = np.clip(np.rint(level + slope * elapsed * RATE).astype(int) + reach, 1, 2 * reach - 1)
    rows = np.arange(len(times))
    values = np.max([np.abs(curves[rows, on_line + k]) for k in (-1, 0, 1)], axis=0)
    size = np.abs(curves)
    moves = slope * elapsed * RATE
    lag, spread = _centre(size, (size / both.spread[:, None]).astype(np.float32), both.loudness, moves, level)
    return Trace(
        middle, shift_s + lag / RATE, slope, level_sd / RATE, slope_sd, times, shift_s + lags / RATE, chances, values,
        height, overlap_s, both.strengths, shift_s + lines(power, moves, level) / RATE, spread / RATE,
    )  # fmt: skip


def _centre(size: Float, strength: Float, loudness: Float, moves: Array, level: float) -> tuple[float, float]:
    """The middle of all lags at which something agrees, by how loud that is, and how far around it they lie (one sd).

    Where all sound comes from one place that is the line itself, with no spread.
    """
    reach = size.shape[1] // 2
    rows, columns = np.nonzero(strength > CHANCE)
    if not len(rows):
        return level, 0.0
    lags = columns - reach - moves[rows]
    weights = size[rows, columns] ** 2 * loudness[rows]
    order = np.argsort(lags)
    heaped = np.cumsum(weights[order])
    low, centre, high = lags[order][np.searchsorted(heaped, np.array([0.05, 0.5, 0.95]) * heaped[-1])]
    spread = SPREAD * float(high - low) / 2
    if spread <= 1.5 * NEAR:
        return level, 0.0
    return (level if abs(level - centre) <= NEAR else float(centre)), spread
