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
REACH = 512
"""Samples either way (64 ms) searched around the lag: two frames of the scan and 300 ppm over half a block."""
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


@dataclass(frozen=True)
class Trace:
    """How two recordings run against each other where they could meet. Times are seconds of each one's samples.

    At ``at_s`` on a's samples, b is at ``at_s - lag_s`` on its own; the lag changes by ``slope`` (dimensionless) per
    second of a. ``lags`` and ``times`` are the windows' own, shape ``(n,)``; ``agreement`` the share of windows whose
    own correlation stands out at the line; ``surprise`` the mean of −ln p of that; ``coherence`` the mean PHAT value on
    the line (1 for identical sound); ``ridge`` the height of the line above other lines in their standard deviations.
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

    @property
    def agreement(self) -> float:
        return float(np.mean(self.chances < 0.05))

    @property
    def surprise(self) -> float:
        return float(np.sum(-np.log(self.chances)))

    @property
    def coherence(self) -> float:
        return float(np.mean(self.values))


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
    curves = correlations(a, b, firsts, firsts - shift, window)
    centres = firsts / RATE + window / RATE / 2
    return _fit(centres, curves, shift / RATE, length)


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
            curves = correlations(a, b, firsts, firsts - shifts, window)
            off, chance = _peaks(curves, _envelope(curves), expected * RATE - shifts)
            lag = (shifts + off) / RATE
            value = np.abs(curves[np.arange(len(fresh)), np.rint(off).astype(int) + REACH])
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


def correlations(a: Recording, b: Recording, a_firsts: Array, b_firsts: Array, window: int) -> Float:
    """GCC-PHAT of pairs of windows, shape ``(n, 2 * REACH + 1)``; the middle is no lag, later is b's sound coming
    early."""
    shape = np.hanning(window).astype(np.float32)
    left = np.stack([a.excerpt(int(first), window) for first in a_firsts]) * shape
    right = np.stack([b.excerpt(int(first), window) for first in b_firsts]) * shape
    # The taper leaves so little at the ends that correlating in a circle adds nothing within reach.
    cross = scipy.fft.rfft(left, axis=1) * scipy.fft.rfft(right, axis=1).conj()
    hertz = np.arange(window // 2 + 1) * RATE / window
    band = (hertz >= LOW_HZ) & (hertz <= HIGH_HZ)
    cross *= band / (np.abs(cross) + np.float32(1e-12))
    curve = scipy.fft.irfft(cross, axis=1) * np.float32(window / 2 / band.sum())
    out: Float = np.concatenate([curve[:, -REACH:], curve[:, : REACH + 1]], axis=1).astype(np.float32)
    return out


def _fit(times: Array, curves: Float, shift_s: float, overlap_s: float) -> Trace:
    middle = float(times.mean())
    elapsed = times - middle
    power = _envelope(curves)
    offset, slope, ridge = _ridge(elapsed, power)
    lags, chances = _peaks(curves, power, offset + slope * elapsed * RATE)
    level, slope, level_sd, slope_sd = _robust_line(elapsed * RATE, lags, 1 / (chances + 0.01))
    on_line = np.clip(np.rint(level + slope * elapsed * RATE).astype(int) + REACH, 1, 2 * REACH - 1)
    rows = np.arange(len(times))
    values = np.max([np.abs(curves[rows, on_line + k]) for k in (-1, 0, 1)], axis=0)
    return Trace(
        middle, shift_s + level / RATE, slope, level_sd / RATE, slope_sd, times, shift_s + lags / RATE,
        chances, values, ridge, overlap_s,
    )  # fmt: skip


def _envelope(curves: Float) -> Float:
    """Squared envelope, over two periods of the band's middle, in medians of its window and limited, so that no one
    window decides and sound from several places counts at each of its lags; above the limit the higher still wins."""
    power = scipy.ndimage.uniform_filter1d(curves * curves, 5, axis=1)
    height = power / (np.median(power[:, ::4], axis=1, keepdims=True) + 1e-20)
    out: Float = (np.minimum(height, LOUDEST) + power / (power.max(axis=1, keepdims=True) + 1e-20)).astype(np.float32)
    return out


def _ridge(elapsed: Array, power: Float) -> tuple[float, float, float]:
    """The line (samples, samples per sample) along which the power is greatest, and how far it stands out."""
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
    return float(best[1] * STEP + STEP / 2 - REACH), float(slopes[best[0]]), ridge


def _peaks(curves: Float, power: Float, line: Array) -> tuple[Array, Array]:
    """Each window's own lag near the line, in samples, and the chance of a peak as high elsewhere in it."""
    width = 2 * NEAR + 1
    lags, chances = np.empty(len(curves)), np.empty(len(curves))
    for k, (curve, squared) in enumerate(zip(curves, power, strict=True)):
        centre = int(np.clip(round(float(line[k])) + REACH, NEAR + 1, 2 * REACH - NEAR - 1))
        near = slice(centre - NEAR, centre + NEAR + 1)
        blocks = squared[: len(squared) // width * width].reshape(-1, width).max(axis=1)
        at = centre - NEAR + int(np.abs(curve[near]).argmax())
        top = squared[near].max()
        chances[k] = (1 + np.sum(blocks >= top)) / (1 + len(blocks))
        before, peak, after = np.abs(curve[at - 1 : at + 2])
        bend = before - 2 * peak + after
        lags[k] = at - REACH + (0.5 * (before - after) / bend if bend < -1e-9 else 0.0)
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
