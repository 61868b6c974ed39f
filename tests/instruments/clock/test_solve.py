"""The least squares over lags: exact on consistent links, deaf to one that contradicts, the same from any order."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuager.instruments.clock.solve import Link, solve

clocks = st.lists(st.tuples(st.floats(0, 100), st.floats(-100, 100)), min_size=3, max_size=6)


def links(true: list[tuple[float, float]]) -> list[Link]:
    """Exact links of every pair, by the model: moment = start + time (1 − rate)."""
    found = []
    for (i, a), (j, b) in itertools.combinations(enumerate(true), 2):
        at = 120.0
        moment = a[0] + at * (1 - a[1] * 1e-6)
        other = (moment - b[0]) / (1 - b[1] * 1e-6)
        slope = 1 - (1 - a[1] * 1e-6) / (1 - b[1] * 1e-6)
        found.append(Link(i, j, at, at - other, 1e-4, slope, 1e-6))
    return found


@settings(max_examples=40, deadline=None)
@given(clocks)
def test_consistent_links_give_the_truth(true: list[tuple[float, float]]) -> None:
    found = solve(range(len(true)), links(true))
    for (i, a), (j, b) in itertools.combinations(enumerate(true), 2):
        moment = a[0] + 60.0 * (1 - a[1] * 1e-6)
        want = 60.0 - (moment - b[0]) / (1 - b[1] * 1e-6)
        assert found.lag(i, j, 60.0) == pytest.approx(want, abs=2e-3)
    assert (found.weights > 0.9).all()


def test_a_link_that_contradicts_counts_little() -> None:
    true = [(0.0, 0.0), (10.0, 0.0), (25.0, 0.0), (40.0, 0.0)]
    exact = links(true)
    wrong = exact[0]
    exact[0] = Link(wrong.a, wrong.b, wrong.at_s, wrong.lag_s + 0.25, wrong.lag_sd_s, wrong.slope, wrong.slope_sd)
    found = solve(range(4), exact)
    assert found.starts[1] - found.starts[0] == pytest.approx(10.0, abs=2e-3)
    assert found.weights[0] < 0.01


def test_stated_errors_grow_along_a_chain() -> None:
    chain = [Link(k, k + 1, 5.0, 3.0, 0.01) for k in range(4)]
    sds = np.sqrt(np.diag(solve(range(5), chain).covariance))[:5]
    assert (np.diff(sds) > 0).all()
    assert sds[4] == pytest.approx(0.02, rel=0.2)
