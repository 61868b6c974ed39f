"""What an impulse is like, in few physical quantities: how together, how loud, how tonal, how fast it dies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kuager.instruments.impulses import ceiling
from kuager.instruments.impulses.bands import HOP, RATE, Bands, Samples
from kuager.instruments.impulses.fronts import Fronts

_CEILING = 0.9
"""Of full scale (or of the loudest sample below it): codecs and resampling leave ripples on what was cut flat."""
_AT_CEILING = 8


@dataclass(frozen=True)
class Shape:
    """``least_rise_db``/``middle_rise_db``: smallest and median rise over the bands within 2 ms; ``peak_dbfs``: largest
    sample of the first 10 ms; ``under_loudest_db``: level below the loudest moment of the recording (0 or less);
    ``tonality``: largest autocorrelation (0…1) at 90 to 1200 Hz over 50 ms; ``fall_db``: how far it has died after
    10 ms; ``low_db``: power below 400 Hz over that above; ``sharp_db``: power of 1.2 to 5 kHz over that below in the
    first 7 ms (an N-wave of 0.3 ms is sharp, a blast of 2 ms dull); ``clipped``: it stays at the recording's ceiling;
    ``held_ms``: for how long near full scale without a break, within the first 10 ms, if the recording reaches that;
    ``pulled``: it rises at once to one end of the scale and is then held for longer at the other.
    """

    least_rise_db: float
    middle_rise_db: float
    peak_dbfs: float
    under_loudest_db: float
    tonality: float
    fall_db: float
    low_db: float
    sharp_db: float
    clipped: bool
    held_ms: float
    pulled: bool


def shapes(samples: Samples, found: Bands, front: Fronts) -> list[Shape]:
    """The shape of each impulse that begins with a front, in sound (n,) at 16 kHz."""
    top = ceiling.level_of(samples)
    loudest = float(found.total_db.max())
    return [
        _shape(samples, found, int(frame), int(time * RATE), bool(held), top, loudest)
        for frame, time, held in zip(front.frames, front.times_s, front.held, strict=True)
    ]


def _shape(samples: Samples, found: Bands, frame: int, at: int, held: bool, top: float, loudest: float) -> Shape:
    rise = found.rise_db[frame]
    level = float(found.total_db[frame : frame + 8].max())
    later = found.total_db[frame + 5 : frame + 15]
    first = np.abs(samples[at : at + RATE // 100])
    peak = float(first.max()) if len(first) else 0.0
    longest = ceiling.longest(samples[at : at + RATE // 100]) if top >= ceiling.FULL_SCALE else 0
    return Shape(
        least_rise_db=float(rise.min()),
        middle_rise_db=float(np.median(rise)),
        peak_dbfs=20 * float(np.log10(peak + 1e-6)),
        under_loudest_db=level - loudest,
        tonality=_tonality(samples[at : at + RATE // 20]),
        fall_db=level - float(later.mean()) if len(later) else 0.0,
        low_db=_over(samples[at : at + RATE // 40], 60, 400, 7000),
        sharp_db=-_over(samples[max(at - 8, 0) : max(at - 8, 0) + 120], 60, 1200, 5000),
        clipped=peak > 0.05 and int((first > _CEILING * top).sum()) >= _AT_CEILING,
        held_ms=longest / RATE * 1000,
        pulled=held,
    )


def _tonality(part: Samples) -> float:
    if len(part) < RATE // 40:
        return 0.5
    part = part - part.mean()
    spectrum = np.fft.rfft(part, 2048)
    correlation = np.fft.irfft(np.square(np.abs(spectrum)))
    return float(correlation[RATE // 1200 : RATE // 90].max() / (correlation[0] + 1e-12))


def _over(part: Samples, low_hz: float, middle_hz: float, high_hz: float) -> float:
    """Power below ``middle_hz`` over power above it (dB), of a part that begins with the front."""
    if len(part) < HOP:
        return 0.0
    power = np.square(np.abs(np.fft.rfft(part * np.hanning(2 * len(part))[len(part) :], 512)))
    hertz = np.fft.rfftfreq(512, 1 / RATE)
    low = power[(hertz > low_hz) & (hertz < middle_hz)].sum()
    high = power[(hertz >= middle_hz) & (hertz < high_hz)].sum()
    return 10 * float(np.log10((low + 1e-12) / (high + 1e-12)))
