"""What one pair says of the others: lags that follow are listened to; what is left alone is scanned deeper."""

from __future__ import annotations

import numpy as np
import pytest

from kuager.instruments.clock import RATE, Recording, Synchronisation, synchronise, together
from kuager.instruments.clock.group import Group, Proposal, Span, groups
from kuager.instruments.clock.implied import unheard
from kuager.instruments.clock.solve import Link

LENGTH = 60.0
SPANS = [Span(0.0, LENGTH)] * 3


def proposal(a: int, b: int, lag: float, odds: float) -> Proposal:
    return Proposal(Link(a, b, (lag + LENGTH) / 2, lag, 1e-4, 0.0, 1e-6), odds)


def chain() -> tuple[list[Group], dict[tuple[int, int], list[Proposal]]]:
    proposals = {(0, 1): [proposal(0, 1, 10.0, 6.0)], (1, 2): [proposal(1, 2, 10.0, 6.0)]}
    return groups(SPANS, proposals), proposals


def test_the_third_side_of_a_triangle_is_listened_to() -> None:
    found, proposals = chain()
    ((pair, (at_s, lag_s)),) = unheard(SPANS, found, proposals)
    assert pair == (0, 2)
    assert lag_s == pytest.approx(20.0, abs=1e-6)
    assert at_s == pytest.approx(40.0, abs=1e-6)


def test_what_was_listened_to_is_not_listened_to_again() -> None:
    found, proposals = chain()
    heard = Proposal(Link(0, 2, 40.0, 20.0, 1e-4), -2.5, implied=True)
    assert unheard(SPANS, found, proposals | {(0, 2): [heard]}) == []


def test_a_lag_that_would_join_groups_is_tried_on_the_other_pairs() -> None:
    found, proposals = chain()
    found, proposals = groups([*SPANS, SPANS[0]], proposals), proposals | {(0, 3): [proposal(0, 3, 5.0, 0.5)]}
    places = {pair: lag_s for pair, (_, lag_s) in unheard([*SPANS, SPANS[0]], found, proposals)}
    assert places[1, 3] == pytest.approx(-5.0, abs=1e-3)
    assert places[2, 3] == pytest.approx(-15.0, abs=1e-3)


def four(noise: float) -> list[Recording]:
    """Three that hear one event well, and one that hears it under its own noise."""
    rng = np.random.default_rng(31)
    event = rng.normal(0, 0.1, 60 * RATE).astype(np.float32)
    out = []
    for number, (start, level) in enumerate([(0, 0.05), (8, 0.05), (14, 0.05), (10, noise)]):
        part = event[start * RATE : (start + 40) * RATE]
        out.append(Recording(f"{number}", part + rng.normal(0, level, len(part)).astype(np.float32)))
    return out


def overlaps(found: Synchronisation) -> set[tuple[str, str]]:
    return {(pair.a, pair.b) for pair in found.pairs if pair.verdict == "overlap"}


def test_what_is_left_alone_is_scanned_deeper(monkeypatch: pytest.MonkeyPatch) -> None:
    recordings = four(0.74)
    found = synchronise(recordings)
    assert overlaps(found) == {(f"{a}", f"{b}") for a in range(4) for b in range(a + 1, 4)}
    (offset,) = [pair.offset_s for pair in found.pairs if (pair.a, pair.b) == ("0", "3")]
    assert offset == pytest.approx(10.0, abs=0.005)
    monkeypatch.setattr(together, "LEFT_ALONE", 0)
    assert not any("3" in pair for pair in overlaps(synchronise(recordings)))
