"""The precise lag between two recordings around a lag at which they could meet, and its drift.

Windows of a second are correlated with phase transform (GCC-PHAT, Knapp and Carter, "The generalized correlation method
for estimation of time delay", IEEE TASSP 24(4), 1976). Clocks that differ by 300 ppm would smear one long
correlation over tens of milliseconds, so the windows' correlations are added along straight lines of (offset, drift)
and the best line is taken, as a Hough transform does; then a robust line is fitted to the windows' own peaks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.fft
import scipy.ndimage

from kuager.instruments.clock.recording import RATE, Array, Float, Recording

LONGEST_WINDOW = 8192
SHORTEST_WINDOW = 2048
WINDOWS = 20
REACH = 1600
"""Samples either way (0.2 s) searched around the lag: sounds from places 70 m apart may come so far apart."""
NARROW = 512
"""Samples either way (64 ms) once a line is followed."""
SPAN_S = 192.0
STRIDE = 8
MOST_WINDOWS = 240
"""Windows over a whole overlap, however long, and how many are taken in one step."""
LARGEST_PPM = 400.0
LOW_HZ, HIGH_HZ = 150.0, 3600.0
LOUDEST = 60.0
STEP = 8
"""Coarse grid of the line search, in samples."""
NEAR = 8
"""Samples either way (1 ms) within which a window agrees with the line."""


CHANCE = 5.5
"""Strength of a window's correlation, in standard deviations, that chance reaches in one of five."""
SPREAD = 1.2
"""How far the middle of all lags lies from that of the loudest sound, one sd, in halves of the lags' 5–95 % range."""
MOST_LINES, AUDIBLE_LINE = 4, 6.0


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


def trace(a: Recording, b: Recording, offset_s: float, at_s: float) -> Trace | None:
    """Follows the lag of b on a around ``offset_s`` (b's first sample on a's samples), over up to 192 s around
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
    both = correlations(a, b, firsts, firsts - shift, window, min(REACH, window // 4))
    return _fit(firsts / RATE + window / RATE / 2, both, shift / RATE, length)


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
            line = _robust_line((near_times[order] - centre) * RATE, near_lags[order] * RATE, np.ones(len(order)))
            expected = line[0] / RATE + line[1] * (fresh - centre)
            firsts = np.rint((fresh - reach) * RATE)
            shifts = np.rint(expected * RATE)
            curves = correlations(a, b, firsts, firsts - shifts, window, NARROW).curves
            off, chance = _peaks(curves, _envelope(curves), expected * RATE - shifts)
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
    level, slope, level_sd, slope_sd = _robust_line((every - middle) * RATE, all_lags * RATE, np.ones(len(every)))
    return replace(
        found, at_s=middle, lag_s=level / RATE, slope=slope, lag_sd_s=level_sd / RATE, slope_sd=slope_sd,
        times=every, lags=all_lags, chances=np.concatenate(chances), values=np.concatenate(values),
    )  # fmt: skip


@dataclass(frozen=True)
class Correlations:
    """GCC-PHAT of pairs of windows: ``curves`` of shape ``(n, 2 * reach + 1)``, whose middle is no lag and later is
    b's sound coming early; the spread of each whole curve, and how loud each pair of windows is."""

    curves: Float
    spread: Float
    loudness: Float


def correlations(a: Recording, b: Recording, a_firsts: Array, b_firsts: Array, window: int, reach: int) -> Correlations:
    """Correlates the windows of a and b that begin at these samples."""
    shape = np.hanning(window).astype(np.float32)
    left = np.stack([a.excerpt(int(first), window) for first in a_firsts]) * shape
    right = np.stack([b.excerpt(int(first), window) for first in b_firsts]) * shape
    # The taper leaves so little at the ends that correlating in a circle adds little within reach.
    left_spectrum, right_spectrum = scipy.fft.rfft(left, axis=1), scipy.fft.rfft(right, axis=1)
    cross = left_spectrum * right_spectrum.conj()
    hertz = np.arange(window // 2 + 1) * RATE / window
    band = (hertz >= LOW_HZ) & (hertz <= HIGH_HZ)
    size = np.abs(cross)
    cross *= band / (size + np.float32(1e-12))
    curve = scipy.fft.irfft(cross, axis=1) * np.float32(window / 2 / band.sum())
    spread = np.median(np.abs(curve[:, ::4]), axis=1) / np.float32(0.6745) + np.float32(1e-9)
    curves: Float = np.concatenate([curve[:, -reach:], curve[:, : reach + 1]], axis=1).astype(np.float32)
    return Correlations(curves, spread, (size * band).sum(axis=1))


def _fit(times: Array, both: Correlations, shift_s: float, overlap_s: float) -> Trace:
    curves = both.curves
    reach = curves.shape[1] // 2
    middle = float(times.mean())
    elapsed = times - middle
    power = _envelope(curves)
    offset, slope, ridge = _ridge(elapsed, power)
    lags, chances = _peaks(curves, power, offset + slope * elapsed * RATE)
    level, slope, level_sd, slope_sd = _robust_line(elapsed * RATE, lags, 1 / (chances + 0.01))
    on_line = np.clip(np.rint(level + slope * elapsed * RATE).astype(int) + reach, 1, 2 * reach - 1)
    rows = np.arange(len(times))
    values = np.max([np.abs(curves[rows, on_line + k]) for k in (-1, 0, 1)], axis=0)
    size = np.abs(curves)
    moves = slope * elapsed * RATE
    lag, spread = _centre(size, (size / both.spread[:, None]).astype(np.float32), both.loudness, moves, level)
    return Trace(
        middle, shift_s + lag / RATE, slope, level_sd / RATE, slope_sd, times, shift_s + lags / RATE, chances, values,
        ridge, overlap_s, (size.max(axis=1) / both.spread), shift_s + _lines(power, moves, level) / RATE, spread / RATE,
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


def _lines(power: Float, moves: Array, level: float) -> Array:
    """Lags (samples, at the middle) along which the windows agree, the main one first: one for each place that sounds
    long enough."""
    width = power.shape[1]
    columns = np.arange(width)
    profile = np.zeros(width)
    for row, move in zip(power, np.rint(moves).astype(int), strict=True):
        profile += row[np.clip(columns + move, 0, width - 1)]
    middle = float(np.median(profile))
    spread = 1.4826 * float(np.median(np.abs(profile - middle))) + 1e-9
    out = [level]
    rest = profile.copy()
    at = int(np.clip(round(level) + width // 2, 0, width - 1))
    while True:
        rest[max(at - 2 * NEAR, 0) : at + 2 * NEAR + 1] = -np.inf
        at = int(rest.argmax())
        if len(out) == MOST_LINES or rest[at] < middle + AUDIBLE_LINE * spread:
            return np.array(out)
        out.append(float(at - width // 2))


def _envelope(curves: Float) -> Float:
    """Squared envelope, over two periods of the band's middle, in medians of its window and limited, so that no one
    window decides and sound from several places counts at each of its lags; above the limit the higher still wins."""
    power = scipy.ndimage.uniform_filter1d(curves * curves, 5, axis=1)
    height = power / (np.median(power[:, ::4], axis=1, keepdims=True) + 1e-20)
    out: Float = (np.minimum(height, LOUDEST) + power / (power.max(axis=1, keepdims=True) + 1e-20)).astype(np.float32)
    return out


def _ridge(elapsed: Array, power: Float) -> tuple[float, float, float]:
    """The line (samples, samples per sample) along which the power is greatest, and how far it stands out."""
    reach = power.shape[1] // 2
    count = power.shape[1] // STEP
    coarse = power[:, : count * STEP].reshape(len(power), count, STEP).max(axis=2)
    half = max(float(np.abs(elapsed).max()), 1e-3) * RATE
    steps = int(np.ceil(LARGEST_PPM * 1e-6 * half / STEP))
    slopes = np.arange(-steps, steps + 1) * STEP / half if steps else np.zeros(1)
    moves = np.rint(slopes[:, None] * elapsed[None, :] * RATE / STEP).astype(int)
    columns = np.arange(count)
    sums = np.zeros((len(slopes), count))
    for row, move in zip(coarse, moves.T, strict=True):
        sums += row[np.clip(columns[None, :] + move[:, None], 0, count - 1)]
    best = np.unravel_index(int(sums.argmax()), sums.shape)
    flat = sums[len(slopes) // 2]
    spread = 1.4826 * np.median(np.abs(flat - np.median(flat))) + 1e-9
    ridge = float((sums[best] - np.median(flat)) / spread)
    return float(best[1] * STEP + STEP / 2 - reach), float(slopes[best[0]]), ridge


def _peaks(curves: Float, power: Float, line: Array) -> tuple[Array, Array]:
    """Each window's own lag near the line, in samples, and the chance of a peak as high elsewhere in it."""
    width = 2 * NEAR + 1
    reach = curves.shape[1] // 2
    lags, chances = np.empty(len(curves)), np.empty(len(curves))
    for k, (curve, squared) in enumerate(zip(curves, power, strict=True)):
        centre = int(np.clip(round(float(line[k])) + reach, NEAR + 1, 2 * reach - NEAR - 1))
        near = slice(centre - NEAR, centre + NEAR + 1)
        blocks = squared[: len(squared) // width * width].reshape(-1, width).max(axis=1)
        at = centre - NEAR + int(np.abs(curve[near]).argmax())
        top = squared[near].max()
        chances[k] = (1 + np.sum(blocks >= top)) / (1 + len(blocks))
        before, peak, after = np.abs(curve[at - 1 : at + 2])
        bend = before - 2 * peak + after
        lags[k] = at - reach + (0.5 * (before - after) / bend if bend < -1e-9 else 0.0)
    return lags, chances


def _robust_line(times: Array, lags: Array, weights: Array) -> tuple[float, float, float, float]:
    """Level (at time 0), slope and their standard deviations, by iteratively reweighted least squares (bisquare)."""
    level, slope = float(np.median(lags)), 0.0
    current = weights / weights.sum()
    inverse = np.eye(2)
    spread = 1.0
    design = np.column_stack([np.ones_like(times), times])
    tame_drift = np.diag([1e-9, (0.25 / LARGEST_PPM * 1e6) ** 2 / len(times)])
    for _ in range(6):
        inverse = np.linalg.inv(design.T @ (design * current[:, None]) + tame_drift)
        level, slope = inverse @ (design.T @ (current * lags))
        residual = lags - level - slope * times
        spread = max(1.4826 * float(np.median(np.abs(residual))), 0.25)
        tame = np.clip(1 - (residual / (4.7 * spread)) ** 2, 0, None) ** 2
        current = weights * tame
        current = current / (current.sum() + 1e-12)
    covariance = inverse * spread**2 * float(np.sum(current**2))
    return float(level), float(slope), float(np.sqrt(covariance[0, 0])), float(np.sqrt(covariance[1, 1]))
