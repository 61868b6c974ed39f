"""Groups are joined by what all pairs support, and never without."""

from __future__ import annotations

import pytest

from kuager.instruments.clock.group import LINKED, Proposal, Span, groups
from kuager.instruments.clock.solve import Link

LENGTH = 60.0
SPANS = [Span(0.0, LENGTH)] * 4


def proposal(a: int, b: int, lag: float, odds: float) -> Proposal:
    return Proposal(Link(a, b, (lag + LENGTH) / 2, lag, 1e-4, 0.0, 1e-6), odds)


def members(proposals: dict[tuple[int, int], list[Proposal]]) -> list[tuple[int, ...]]:
    return sorted(group.members for group in groups(SPANS, proposals))


def test_nothing_joins_without_evidence() -> None:
    assert members({}) == [(0,), (1,), (2,), (3,)]
    assert members({(0, 1): [proposal(0, 1, 5.0, LINKED - 0.3)]}) == [(0,), (1,), (2,), (3,)]


def test_three_weak_lags_that_close_a_triangle_hold() -> None:
    weak = LINKED + 0.1
    closing = {(0, 1): [proposal(0, 1, 5, weak)], (1, 2): [proposal(1, 2, 7, 1.7)], (0, 2): [proposal(0, 2, 12, 1.7)]}
    assert (0, 1, 2) in members(closing)
    alone = {(0, 1): [proposal(0, 1, 5, weak)], (1, 2): [proposal(1, 2, 7, 1.7)]}
    assert (0, 1) in members(alone)


def test_a_strong_false_lag_that_contradicts_is_left_out() -> None:
    strong = {
        (0, 1): [proposal(0, 1, 5, 8.0)], (0, 2): [proposal(0, 2, 12, 7.0)], (1, 2): [proposal(1, 2, 7, 6.0)],
        (0, 3): [proposal(0, 3, -20, 3.0)], (1, 3): [proposal(1, 3, 20, 5.0)], (2, 3): [proposal(2, 3, 13, 5.0)],
    }  # fmt: skip
    (group,) = groups(SPANS, strong)
    assert group.members == (0, 1, 2, 3)
    used = {(one.link.a, one.link.b) for one in group.used}
    assert (0, 3) not in used
    assert (1, 3) in used


def test_two_groups_are_not_chained_by_one_lag_that_most_pairs_contradict() -> None:
    pairs = {
        (0, 1): [proposal(0, 1, 5, 8.0)], (2, 3): [proposal(2, 3, 5, 8.0)],
        (0, 2): [proposal(0, 2, 10, 2.4)], (1, 3): [proposal(1, 3, 40, 2.0)], (0, 3): [proposal(0, 3, -30, 2.0)],
    }  # fmt: skip
    assert members(pairs) == [(0, 1), (2, 3)]


def test_the_weakest_join_between_two_is_their_certainty() -> None:
    chain = {(0, 1): [proposal(0, 1, 30, 5.0)], (1, 2): [proposal(1, 2, 30, 3.0)]}
    (group, *_) = sorted(groups(SPANS, chain), key=lambda one: -len(one.members))
    assert group.certainty(0, 1) > group.certainty(0, 2)
    assert group.certainty(0, 2) == group.certainty(1, 2)


def test_a_replay_that_several_hear_alike_does_not_join() -> None:
    # What was measured where a loop came back at another event: each pair alone is in doubt, and all for one reason.
    spans = [Span(0.0, LENGTH)] * 5
    event = {(a, b): [proposal(a, b, 5.0 * (b - a), 8.0)] for a in range(4) for b in range(a + 1, 4)}
    replay = {
        (a, 4): [Proposal(Link(a, 4, 40.0, 5.0 * (4 - a), 1e-4, 0.0, 1e-6), odds, supports=supports)]
        for a, (odds, supports) in enumerate([(1.5, 2.8), (0.8, 2.2), (0.9, 0.9), (-0.6, -0.9)])
    }
    assert sorted(group.members for group in groups(spans, event | replay)) == [(0, 1, 2, 3), (4,)]


def test_a_lag_that_is_sure_only_beside_others_counts_in_the_solve() -> None:
    """Repeated sound keeps a pair alone in doubt; its lag is exact all the same."""
    spread = {
        (0, 1): [Proposal(Link(0, 1, 35.0, 10.08, 0.1, 0.0, 1e-6), 8.0)],
        (1, 2): [Proposal(Link(1, 2, 35.0, 10.08, 0.1, 0.0, 1e-6), 8.0)],
        (0, 2): [Proposal(Link(0, 2, 40.0, 20.0, 0.005, 0.0, 1e-6), -0.5, supports=4.0)],
    }
    (group, *_) = sorted(groups(SPANS, spread), key=lambda one: -len(one.members))
    assert group.solution.lag(0, 2, 40.0) == pytest.approx(20.0, abs=0.01)
