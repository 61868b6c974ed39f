"""Lags and drift to a fraction of a sample, and the sign of both."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kuager.instruments.clock import Recording
from kuager.instruments.clock.lag import Trace, extend, look
from kuager.instruments.clock.lag import trace as follow
from kuager.instruments.clock.line import wandering

RATE = 8000


@cache
def event(seed: int) -> np.ndarray:
    """A minute of noise up to 3.5 kHz, sampled eight times as finely."""
    count = 60 * RATE
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(0, 0.1, count))
    spectrum[int(3500 / (RATE / 2) * len(spectrum)) :] = 0
    return np.fft.irfft(np.pad(spectrum, (0, 7 * count // 2)), 8 * count) * 8


def heard(start_s: float, seconds: float, ppm: float, seed: int = 0) -> np.ndarray:
    """The same noise on a clock that began at ``start_s`` and runs ``ppm`` fast."""
    fine = event(seed)
    at = (start_s + np.arange(int(seconds * RATE)) / RATE / (1 + ppm * 1e-6)) * RATE * 8
    return np.interp(at, np.arange(len(fine)), fine).astype(np.float32)


def trace(a: Recording, b: Recording, offset_s: float, at_s: float) -> Trace | None:
    seen = look(a, b, offset_s, at_s)
    return None if seen is None else follow(seen)


@settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(st.floats(2.0, 20.0), st.floats(-150, 150), st.floats(-150, 150))
def test_offset_and_drift(later: float, a_ppm: float, b_ppm: float) -> None:
    a, b = Recording("a", heard(0.5, 40, a_ppm)), Recording("b", heard(0.5 + later, 35, b_ppm))
    found = trace(a, b, round(later / 0.016) * 0.016, 20.0)
    assert found is not None
    assert found.slope * 1e6 == pytest.approx(a_ppm - b_ppm, abs=3)
    moment = (found.at_s / (1 + a_ppm * 1e-6)) - later
    assert found.lag_s == pytest.approx(found.at_s - moment * (1 + b_ppm * 1e-6), abs=1e-4)
    assert found.share == 1.0


def test_unrelated_sound_agrees_nowhere() -> None:
    a, b = Recording("a", heard(0, 30, 0, seed=1)), Recording("b", heard(0, 30, 0, seed=2))
    found = trace(a, b, 3.0, 15.0)
    assert found is not None
    assert found.share < 0.6
    assert np.median(found.strengths) < 6


def test_too_little_in_common() -> None:
    a, b = Recording("a", heard(0, 5, 0)), Recording("b", heard(0, 5, 0))
    assert trace(a, b, 4.95, 4.95) is None


def test_a_long_overlap_is_followed_to_its_ends() -> None:
    rng = np.random.default_rng(4)
    shared = rng.normal(0, 0.1, 420 * RATE).astype(np.float32)
    a, b = Recording("a", shared[: 410 * RATE]), Recording("b", shared[10 * RATE :])
    found = trace(a, b, 10.0, 200.0)
    assert found is not None
    assert float(np.ptp(found.times)) < 200
    followed = extend(a, b, found)
    assert float(np.ptp(followed.times)) > 380
    assert followed.lag_s == pytest.approx(10.0, abs=1e-4)
    assert followed.slope == pytest.approx(0.0, abs=5e-7)


def test_errors_of_a_line_grow_where_a_clock_wanders() -> None:
    rng = np.random.default_rng(5)
    times = np.arange(240.0)
    even = [wandering(times, rng.normal(0, 1, 240)) for _ in range(50)]
    assert 1.0 <= np.mean(even) < 1.3
    walk = np.cumsum(rng.normal(0, 0.3, 240))
    assert wandering(times, walk - walk.mean() + rng.normal(0, 0.3, 240)) > 3
    assert wandering(times[:20], walk[:20]) == 1.0
