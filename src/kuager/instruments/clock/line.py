"""Straight lines of lag over time through the correlations of windows: clocks that run at different rates.

Clocks that differ by 300 ppm would smear one long correlation over tens of milliseconds, so the windows' correlations
are added along straight lines of (offset, drift) and the best line is taken, as a Hough transform does; a robust line
is then fitted to the windows' own peaks.
"""

from __future__ import annotations

import math

import numpy as np
import scipy.ndimage

from kuager.instruments.clock.recording import RATE, Array, Float

LARGEST_PPM = 400.0
LOUDEST = 60.0
STEP = 8
"""Coarse grid of the line search, in samples."""
NEAR = 8
"""Samples either way (1 ms) within which a window agrees with the line."""
MOST_LINES, AUDIBLE_LINE = 4, 6.0
ROUNDS = 6
BATCHES = 8


def envelope(curves: Float) -> Float:
    """Squared envelope, over two periods of the band's middle, in medians of its window and limited, so that no one
    window decides and sound from several places counts at each of its lags; above the limit the higher still wins."""
    power = scipy.ndimage.uniform_filter1d(curves * curves, 5, axis=1)
    some = power[:, ::8]
    middle = some.shape[1] // 2
    height: Float = power / (np.partition(some, middle, axis=1)[:, middle, None] + np.float32(1e-20))
    np.minimum(height, np.float32(LOUDEST), out=height)
    height += power / (power.max(axis=1, keepdims=True) + np.float32(1e-20))
    return height


def ridge(elapsed: Array, power: Float) -> tuple[float, float, float]:
    """The line (samples, samples per sample) along which the power is greatest, and how far it stands out."""
    reach = power.shape[1] // 2
    count = power.shape[1] // STEP
    coarse = power[:, : count * STEP].reshape(len(power), count, STEP).max(axis=2)
    half = max(float(np.abs(elapsed).max()), 1e-3) * RATE
    steps = math.ceil(LARGEST_PPM * 1e-6 * half / STEP)
    slopes = np.arange(-steps, steps + 1) * STEP / half if steps else np.zeros(1)
    moves = np.rint(slopes[:, None] * elapsed[None, :] * RATE / STEP).astype(int)
    sums = _moved(coarse, moves).sum(axis=1)
    best = np.unravel_index(int(sums.argmax()), sums.shape)
    flat = sums[len(slopes) // 2]
    middle = np.median(flat)
    spread = 1.4826 * np.median(np.abs(flat - middle)) + 1e-9
    return (
        float(best[1] * STEP + STEP / 2 - reach), float(slopes[best[0]]), float((sums[best] - middle) / spread)
    )  # fmt: skip


def _moved(power: Float, moves: Array) -> Float:
    """Rows of ``power``, shape ``(n, width)``, each moved left by ``moves``, shape ``(m, n)``; ends are repeated."""
    width = power.shape[1]
    room = min(int(np.abs(moves).max()), width)
    padded = np.pad(power, ((0, 0), (room, room)), mode="edge")
    views = np.lib.stride_tricks.sliding_window_view(padded, width, axis=1)
    out: Float = views[np.arange(len(power)), np.clip(moves + room, 0, 2 * room)]
    return out


def lines(power: Float, moves: Array, level: float) -> Array:
    """Lags (samples, at the middle) along which the windows agree, the main one first: one for each place that sounds
    long enough."""
    width = power.shape[1]
    rest = _moved(power, np.rint(moves).astype(int)[None])[0].sum(axis=0)
    middle = float(np.median(rest))
    spread = 1.4826 * float(np.median(np.abs(rest - middle))) + 1e-9
    out = [level]
    at = int(np.clip(round(level) + width // 2, 0, width - 1))
    while True:
        rest[max(at - 2 * NEAR, 0) : at + 2 * NEAR + 1] = -np.inf
        at = int(rest.argmax())
        if len(out) == MOST_LINES or rest[at] < middle + AUDIBLE_LINE * spread:
            return np.array(out)
        out.append(float(at - width // 2))


def peaks_near(curves: Float, power: Float, line: Array) -> tuple[Array, Array]:
    """Each window's own lag near the line, in samples, and the chance of a peak as high elsewhere in it."""
    width = 2 * NEAR + 1
    reach = curves.shape[1] // 2
    rows = np.arange(len(curves))
    centre = np.clip(np.rint(line).astype(int) + reach, NEAR + 1, 2 * reach - NEAR - 1)
    near = centre[:, None] + np.arange(-NEAR, NEAR + 1)
    at = centre - NEAR + np.abs(curves[rows[:, None], near]).argmax(axis=1)
    tops = power[rows[:, None], near].max(axis=1)
    blocks = power[:, : power.shape[1] // width * width].reshape(len(power), -1, width).max(axis=2)
    chances = (1 + (blocks >= tops[:, None]).sum(axis=1)) / (1 + blocks.shape[1])
    before, peak, after = (np.abs(curves[rows, at + k]).astype(np.float64) for k in (-1, 0, 1))
    bend = np.minimum(before - 2 * peak + after, -1e-9)
    return at - reach + np.clip(0.5 * (before - after) / bend, -0.5, 0.5), chances


def robust_line(times: Array, lags: Array, weights: Array) -> tuple[float, float, float, float]:
    """Level (at time 0), slope and their standard deviations, by iteratively reweighted least squares (bisquare)."""
    level, slope = float(np.median(lags)), 0.0
    current = weights / weights.sum()
    spread, level_sd, slope_sd = 1.0, 0.0, 0.0
    tame_drift = (0.25 / LARGEST_PPM * 1e6) ** 2 / len(times)
    for _ in range(ROUNDS):
        # The normal equations of two unknowns, with drift held a little towards nought.
        heavy = current * times
        one, first, second = float(current.sum()) + 1e-9, float(heavy.sum()), float(heavy @ times) + tame_drift
        there, moved = float(current @ lags), float(heavy @ lags)
        size = one * second - first * first
        level, slope = (second * there - first * moved) / size, (one * moved - first * there) / size
        residual = np.abs(lags - level - slope * times)
        spread = max(1.4826 * float(np.median(residual)), 0.25)
        current = weights * np.maximum(1 - (residual / (4.7 * spread)) ** 2, 0.0) ** 2
        current = current / (current.sum() + 1e-12)
        scale = spread * math.sqrt(float(current @ current))
        level_sd, slope_sd = scale * math.sqrt(second / size), scale * math.sqrt(one / size)
    return level, slope, level_sd, slope_sd


def wandering(times: Array, residual: Array) -> float:
    """How much larger a line's errors are than independent residuals make them, 1 or more: a clock's rate wanders, and
    then neighbouring residuals agree. Batch means (Law and Kelton 1984): their variance beside that of single ones."""
    if len(residual) < 4 * BATCHES:
        return 1.0
    limit = 4.7 * max(1.4826 * float(np.median(np.abs(residual))), 0.25)
    ordered = np.clip(residual[np.argsort(times)], -limit, limit)
    means = np.array([batch.mean() for batch in np.array_split(ordered, BATCHES)])
    single = max(float(ordered.var()), 1e-9)
    return math.sqrt(max(len(ordered) / BATCHES * float(means.var(ddof=1)) / single, 1.0))
