"""The scan by phase: lags of faint sound, their sign, drift, and what stands out where nothing is shared."""

from __future__ import annotations

import numpy as np
import pytest

from kuager.instruments.clock import RATE, Recording
from kuager.instruments.clock.phase import LONGEST_S, STANDS_OUT, PhasePeak, PhaseScan, phase_scan, whitened

EVENT = np.random.default_rng(3).normal(0, 0.1, 120 * RATE).astype(np.float32)


def heard(start_s: float, seconds: float, noise: float, seed: int, ppm: float = 0.0) -> Recording:
    """The event from ``start_s`` on, on a clock that runs ``ppm`` fast, under white noise."""
    count = round(seconds * RATE)
    at = (start_s + np.arange(count) / RATE / (1 + ppm * 1e-6)) * RATE
    sound = np.interp(at, np.arange(len(EVENT)), EVENT)
    return Recording(f"{seed}", (sound + np.random.default_rng(seed).normal(0, noise, count)).astype(np.float32))


def scan(a: Recording, b: Recording) -> PhaseScan:
    left, right = whitened(a), whitened(b)
    assert left is not None
    assert right is not None
    return phase_scan(left, right)


@pytest.mark.parametrize(("later", "a_s", "b_s"), [(12.3, 50, 40), (-7.0, 30, 50), (-20.1, 45, 35), (2.0, 30, 30)])
def test_sound_ten_decibels_under_noise_is_found_at_its_lag(later: float, a_s: float, b_s: float) -> None:
    found = scan(heard(30.0, a_s, 0.3, 1), heard(30.0 + later, b_s, 0.3, 2))
    best, *rest = found.peaks
    assert best.offset_s == pytest.approx(later, abs=0.003)
    assert best.height > STANDS_OUT + 1
    assert max(0.0, later) < best.at_s < min(a_s, later + b_s)
    assert best.rival < best.height
    assert found.near(later + 0.2) == pytest.approx(best.height)
    assert found.near(later + 1.0) < STANDS_OUT
    assert not rest


def test_clocks_that_run_apart_are_followed() -> None:
    best = scan(heard(30.0, 60, 0.2, 1, 90.0), heard(40.0, 50, 0.2, 2, -90.0)).peaks[0]
    assert best.offset_s == pytest.approx(10.0, abs=0.02)
    assert best.height > 8


def test_where_nothing_is_shared_hardly_anything_stands_out() -> None:
    found = [scan(heard(0, 40, 5.0, 2 * k), heard(60, 40, 5.0, 2 * k + 1)).peaks for k in range(12)]
    assert sum(map(len, found)) <= 2


def test_sound_played_again_leaves_the_weaker_seconds_silent() -> None:
    """Ten seconds of forty recur: the lag stands out, but most of what would overlap says nothing."""
    rng = np.random.default_rng(9)
    song = rng.normal(0, 0.3, 10 * RATE)

    def around(seed: int) -> Recording:
        whole = np.random.default_rng(seed).normal(0, 0.1, 40 * RATE)
        whole[16 * RATE : 26 * RATE] += song
        return Recording(f"{seed}", whole.astype(np.float32))

    played = scan(around(11), around(12)).peaks[0]
    overlapping = scan(heard(30, 40, 0.1, 13), heard(30, 40, 0.1, 14)).peaks[0]
    assert played.offset_s == pytest.approx(0.0, abs=0.003)
    assert played.weak < 0.7 * overlapping.weak


def test_the_order_of_the_two_turns_the_lag_round() -> None:
    a, b = heard(30, 50, 0.2, 1), heard(38, 30, 0.2, 2)
    there, back = scan(a, b).peaks[0], scan(b, a).peaks[0]
    assert isinstance(there, PhasePeak)
    assert back.offset_s == pytest.approx(-there.offset_s)
    assert back.height == pytest.approx(there.height)
    assert back.at_s == pytest.approx(there.at_s - there.offset_s)


def test_what_is_too_long_silent_or_short_is_no_trouble() -> None:
    assert whitened(Recording("none", None)) is None
    assert whitened(Recording("long", np.zeros(int((LONGEST_S + 1) * RATE), np.float32))) is None
    short, silent = heard(0, 1.1, 0.1, 1), Recording("silent", np.zeros(30 * RATE, np.float32))
    assert scan(short, heard(0, 30, 0.1, 2)).peaks == ()
    assert scan(silent, heard(0, 30, 0.1, 2)).peaks == ()
