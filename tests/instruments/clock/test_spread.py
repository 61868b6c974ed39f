"""Sounds from several places come to two recordings at several lags: one offset, and a stated error that says so."""

from __future__ import annotations

import numpy as np
import pytest

from kuager.instruments.clock import RATE, PairAnswer, Recording, synchronise

OFFSET_S = 4.0


def heard_by_two(lags_s: tuple[float, ...], seconds: float = 24.0) -> tuple[Recording, Recording]:
    """Two recordings of sounds that take turns of half a second, each of which reaches b later by its own lag."""
    rng = np.random.default_rng(7)
    count, turn, late = int((seconds + OFFSET_S) * RATE), RATE // 2, int(0.5 * RATE)
    a, b = (0.02 * rng.standard_normal(count + late).astype(np.float32) for _ in range(2))
    for number, first in enumerate(range(0, count - turn, turn)):
        sound = 0.1 * rng.standard_normal(turn).astype(np.float32)
        lag = round(lags_s[number % len(lags_s)] * RATE)
        a[first : first + turn] += sound
        b[first + lag + RATE // 4 : first + lag + RATE // 4 + turn] += sound
    return Recording("a", a[: int(seconds * RATE)]), Recording("b", b[int(OFFSET_S * RATE) + RATE // 4 : count])


def answer(lags_s: tuple[float, ...]) -> PairAnswer:
    return synchronise(heard_by_two(lags_s)).pairs[0]


def test_one_place_is_exact() -> None:
    found = answer((0.0,))
    assert found.verdict == "overlap"
    assert found.offset_s == pytest.approx(OFFSET_S, abs=2e-4)
    assert found.offset_sd_s is not None
    assert found.offset_sd_s < 1e-3


def test_several_places_are_one_offset_whose_error_covers_them() -> None:
    found = answer((0.0, 0.04, -0.05))
    assert found.verdict == "overlap"
    assert found.offset_s is not None
    assert found.offset_sd_s is not None
    assert OFFSET_S - 0.042 < found.offset_s < OFFSET_S + 0.052
    assert 0.02 < found.offset_sd_s < 0.15
    assert abs(found.offset_s - OFFSET_S) < 2 * found.offset_sd_s
