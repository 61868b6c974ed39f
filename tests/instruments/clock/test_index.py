"""The index of pooled spectra proposes the pairs that meet, and not all."""

from __future__ import annotations

import numpy as np
import pytest

from kuager.instruments.clock import Recording, index, synchronise
from kuager.instruments.clock import synchronise as door
from kuager.instruments.clock.spectra import blocks


def recordings() -> list[Recording]:
    """Ten recordings of ten seconds; 3 and 7 heard the same, under as much noise of their own."""
    rng = np.random.default_rng(21)
    own = rng.normal(0, 0.1, (10, 10 * 8000)).astype(np.float32)
    shared = rng.normal(0, 0.1, 13 * 8000).astype(np.float32)
    own[3] += shared[: 10 * 8000]
    own[7] += shared[3 * 8000 :]
    return [Recording(f"{k}", samples) for k, samples in enumerate(own)]


def test_pairs_that_meet_are_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "BEST", 1)
    numbers = list(range(0, 20, 2))
    proposed = index.likely_pairs(numbers, [blocks(one) for one in recordings()])
    assert (6, 14) in proposed
    assert len(proposed) < 30


def test_above_the_limit_only_proposed_pairs_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setattr(index, "BEST", 1)
    monkeypatch.setattr(sys.modules[door.__module__], "ALL_PAIRS", 5)
    found = synchronise(recordings())
    overlapping = [(pair.a, pair.b) for pair in found.pairs if pair.verdict == "overlap"]
    assert overlapping == [("3", "7")]
    assert len(found.pairs) < 30
