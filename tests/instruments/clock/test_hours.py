"""Recordings of two hours: offset and drift over more than an hour of overlap."""

from __future__ import annotations

import numpy as np
import pytest

from kuager.instruments.clock import RATE, Recording, synchronise

HOURS_S, LATER_S, PPM = 7200, 2400, 30.0


def noisy(sound: np.ndarray, seed: int) -> np.ndarray:
    """With as much noise of its own, as 16-bit samples."""
    out = np.empty(len(sound), np.int16)
    rng = np.random.default_rng(seed)
    for first in range(0, len(sound), 1 << 22):
        part = sound[first : first + (1 << 22)]
        out[first : first + (1 << 22)] = np.rint((part + rng.standard_normal(len(part), np.float32)) * 3000)
    return out


@pytest.mark.slow
def test_two_hours() -> None:
    event = np.random.default_rng(1).standard_normal((HOURS_S + LATER_S + 60) * RATE, np.float32)
    event = np.convolve(event, np.array([0.25, 0.5, 0.25], np.float32), "same")
    b = np.empty(HOURS_S * RATE, np.float32)
    for first in range(0, len(b), 1 << 22):
        at = LATER_S * RATE + np.arange(first, min(first + (1 << 22), len(b))) / (1 + PPM * 1e-6)
        low = np.floor(at).astype(int)
        part = (at - low).astype(np.float32)
        b[first : first + (1 << 22)] = event[low] * (1 - part) + event[low + 1] * part
    found = synchronise([Recording("a", noisy(event[: HOURS_S * RATE], 2)), Recording("b", noisy(b, 3))])
    (pair,) = found.pairs
    assert pair.verdict == "overlap"
    assert pair.overlap_s == pytest.approx(HOURS_S - LATER_S, abs=1)
    assert pair.offset_s == pytest.approx(LATER_S, abs=0.005)
    assert pair.drift_ppm == pytest.approx(PPM, abs=2)
