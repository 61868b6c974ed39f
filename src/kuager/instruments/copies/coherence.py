"""Whether two recordings carry the same signal, not merely the same event: see ``sound`` for why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.copies.sound import HOP_S, WAVE_RATE, SoundPrint

LEAST_PEAK = 7.0  # standard deviations of the correlation of band energies; chance reaches about 5
REACH_S = 0.08
_STEP_S = 0.25
_LEAST_S = 1.5
_SAME = 0.35  # correlation of waveforms in a quarter of a second that speaks for the same signal
_CELL, _CELL_HOP, _SMOOTH, _SMOOTH_BANDS = 128, 32, 12, 5
_LOW_HZ, _HIGH_HZ = 150.0, 1800.0
Wave = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class SoundRun:
    """``first_s`` to ``last_s`` of the query's sound is the reference's ``lag_s`` later (presentation seconds, the
    query's played at ``speed``). ``coherence``: of all cells (0…1); ``quiet``: of the quiet ones; ``drift_ppm`` of the
    reference's clock against the query's, with its standard deviation."""

    first_s: float
    last_s: float
    lag_s: float
    coherence: float
    quiet: float
    drift_ppm: float
    drift_sd_ppm: float


def lags(query: SoundPrint, reference: SoundPrint, most: int = 3) -> list[float]:
    """Seconds by which the reference may run behind the query, likeliest first; none where nothing stands out."""
    from scipy.fft import irfft, next_fast_len, rfft

    a, b = query.flux.astype(np.float32), reference.flux.astype(np.float32)
    size = next_fast_len(len(a) + len(b), real=True)
    table = irfft((np.conj(rfft(a, size, axis=0)) * rfft(b, size, axis=0)).sum(axis=1), size)
    least = int(1.0 / HOP_S)
    table = np.concatenate([table[: max(1, len(b) - least)], table[size - max(0, len(a) - least) :]])
    places = np.concatenate([np.arange(max(1, len(b) - least)), np.arange(-max(0, len(a) - least), 0)])
    spread = float(np.median(np.abs(table))) / 0.6745 + 1e-9
    found: list[float] = []
    for _ in range(most):
        at = int(table.argmax())
        if table[at] < LEAST_PEAK * spread:
            break
        found.append(float(places[at]) * HOP_S + reference.start_s - query.start_s)
        table[np.abs(places - places[at]) < 0.3 / HOP_S] = -np.inf
    return found


def compare(
    query: SoundPrint, reference: SoundPrint, lag_s: float, speed: float = 1.0, reach_s: float = REACH_S
) -> SoundRun | None:
    """Lays the waveforms over each other near ``lag_s``; the stretch where they are one signal, or None.

    Reference time = ``speed`` · query time + lag.
    """
    x = _at_speed(query.wave, speed)
    y = reference.wave.astype(np.float32) / 32000
    # Sample k of x, on the query's clock times speed, faces sample k + shift of y.
    shift = round((lag_s + speed * query.start_s - reference.start_s) * WAVE_RATE)
    start, stop = max(0, -shift), min(len(x), len(y) - shift)
    if stop - start < _LEAST_S * WAVE_RATE:
        return None
    fine = _fine_shift(x[start:stop], y, shift + start, round(reach_s * WAVE_RATE))
    shift += fine
    start, stop = max(0, -shift), min(len(x), len(y) - shift)
    a, b = x[start:stop], y[start + shift : stop + shift]
    stretch = _stretch(a, b)
    if stretch is None:
        return None
    first, last = stretch
    a, b = a[first:last], b[first:last]
    every, quiet = _coherence(a, b)
    drift, drift_sd = _drift(a, b)
    first_s = (start + first) / WAVE_RATE / speed + query.start_s
    last_s = (start + last) / WAVE_RATE / speed + query.start_s
    lag = shift / WAVE_RATE + reference.start_s - speed * query.start_s
    return SoundRun(first_s, last_s, lag, every, quiet, drift, drift_sd)


def _at_speed(wave: NDArray[np.int16], speed: float) -> Wave:
    x = wave.astype(np.float32) / 32000
    if speed == 1.0:
        return x
    stretched: Wave = np.interp(np.arange(0, len(x) - 1, 1 / speed), np.arange(len(x)), x)
    return stretched


def _fine_shift(a: Wave, y: Wave, from_sample: int, reach: int) -> int:
    """The shift within ``reach`` samples at which most quarter seconds agree (whitened correlation, summed)."""
    low, high = max(0, from_sample - reach), min(len(y), from_sample + len(a) + reach)
    b = y[low:high]
    size = 1 << (len(a) + len(b)).bit_length()
    cross = np.fft.rfft(b, size) * np.conj(np.fft.rfft(a, size))
    magnitude = np.abs(cross)
    hz = np.fft.rfftfreq(size, 1 / WAVE_RATE)
    cross = np.where((hz > _LOW_HZ) & (hz < _HIGH_HZ), cross / np.sqrt(magnitude + 1e-3 * magnitude.mean() + 1e-12), 0)
    table = np.fft.irfft(cross, size)
    zero = from_sample - low
    near = np.arange(zero - reach, zero + reach + 1)
    return int(near[np.abs(table[near % size]).argmax()] - zero)


def _stretch(a: Wave, b: Wave) -> tuple[int, int] | None:
    """The stretch of greatest sum of (correlation − ``_SAME``) over quarter seconds, in samples."""
    step = int(_STEP_S * WAVE_RATE)
    count = len(a) // step
    u, v = _emphasised(a)[: count * step].reshape(count, step), _emphasised(b)[: count * step].reshape(count, step)
    size = np.sqrt((u**2).sum(axis=1) * (v**2).sum(axis=1))
    with_sound = size > 1e-4
    agree = np.abs((u * v).sum(axis=1)) / np.maximum(size, 1e-4)
    agree = np.where(with_sound, agree - _SAME, 0.0)  # silence neither speaks for nor against
    sums = np.concatenate([[0.0], np.cumsum(agree)])
    low = np.minimum.accumulate(sums[:-1])
    last = int((sums[1:] - low).argmax())
    first = int(sums[: last + 1].argmin())
    if (last - first + 1) * _STEP_S < _LEAST_S or sums[last + 1] - sums[first] < 1.0:
        return None
    return first * step, (last + 1) * step


def _emphasised(a: Wave) -> Wave:
    steps: Wave = np.diff(a, prepend=a[:1])
    return steps


def _cells(a: Wave) -> NDArray[np.complex64]:
    frames = np.lib.stride_tricks.sliding_window_view(a, _CELL)[::_CELL_HOP]
    hz = np.fft.rfftfreq(_CELL, 1 / WAVE_RATE)
    kept = (hz >= _LOW_HZ) & (hz <= _HIGH_HZ)
    spectra: NDArray[np.complex64] = np.fft.rfft(frames * np.hanning(_CELL), axis=1)[:, kept].astype(np.complex64)
    return spectra


def _coherence(a: Wave, b: Wave) -> tuple[float, float]:
    """Magnitude-squared coherence over some 0.1 s by 160 Hz: mean of all cells, and of the quiet ones."""
    x, y = _cells(a), _cells(b)
    cross, xx, yy = _smooth(x * np.conj(y)), _smooth(np.abs(x) ** 2).real, _smooth(np.abs(y) ** 2).real
    heard = (xx > 1e-9) & (yy > 1e-9)
    value = np.where(heard, np.abs(cross) ** 2 / np.maximum(xx * yy, 1e-20), 0)
    if heard.sum() < 100:
        return 0.0, 0.0
    level = np.where(heard, np.minimum(xx / xx.mean(axis=0), yy / yy.mean(axis=0)), np.nan)
    low, high = np.nanquantile(level, 0.05, axis=0), np.nanquantile(level, 0.35, axis=0)
    quiet = heard & (level >= low) & (level <= high)
    return float(value[heard].mean()), float(value[quiet].mean()) if quiet.any() else 0.0


def _smooth(cells: NDArray[np.complexfloating] | NDArray[np.floating]) -> NDArray[np.complex128]:
    """Means over 0.1 s and 160 Hz: across frequency too, so that sounds whose delays differ do not pass for one."""
    for axis, width, every in ((0, _SMOOTH, _SMOOTH // 3), (1, _SMOOTH_BANDS, 1)):
        cells = np.moveaxis(cells, axis, 0)
        sums = np.cumsum(np.concatenate([np.zeros_like(cells[:1]), cells]), axis=0, dtype=np.complex128)
        cells = np.moveaxis((sums[width:] - sums[:-width])[::every] / width, 0, axis)
    return cells.astype(np.complex128)


def _drift(a: Wave, b: Wave) -> tuple[float, float]:
    """Clock difference in ppm from how the delay, read off the phase of the cross spectrum, moves; and its sd."""
    pieces = max(4, min(24, len(a) // (WAVE_RATE // 2)))
    length = len(a) // pieces
    hz = np.fft.rfftfreq(length, 1 / WAVE_RATE)
    kept = (hz > 300) & (hz < _HIGH_HZ)
    shape = np.hanning(length)
    cross = []
    for k in range(pieces):
        part = slice(k * length, (k + 1) * length)
        cross.append((np.fft.rfft(b[part] * shape) * np.conj(np.fft.rfft(a[part] * shape)))[kept])
    table = np.stack(cross)
    mean = table.sum(axis=0)
    against = table * np.conj(mean) / (np.abs(table) + 1e-12) / (np.abs(mean) + 1e-12)
    weight = np.sqrt(np.abs(table))
    # Small delays against the mean: phase = -2 pi f delay, weighted least squares in f per piece.
    w = 2 * np.pi * hz[kept]
    delay = -(weight * w * np.angle(against)).sum(axis=1) / ((weight * w**2).sum(axis=1) + 1e-12)
    centre = (np.arange(pieces) + 0.5) * length / WAVE_RATE
    design = np.column_stack([centre, np.ones(pieces)])
    solution, *_ = np.linalg.lstsq(design, delay, rcond=None)
    rest = delay - design @ solution
    scatter = np.sqrt((rest**2).sum() / max(1, pieces - 2))
    sd = scatter / (np.sqrt(((centre - centre.mean()) ** 2).sum()) + 1e-12)
    return float(solution[0] * 1e6), float(sd * 1e6)
