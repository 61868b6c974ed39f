import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.drill.clocks import Clock, wandering_clock

RATES = st.lists(
    st.tuples(st.floats(0.5, 90), st.floats(-150, 150)), max_size=3, unique_by=lambda one: round(one[0], 3)
)


@given(st.floats(-100, 100), st.floats(-150, 150), RATES, st.floats(-5, 120))
def test_both_ways_are_inverse(start: float, first: float, later: list[tuple[float, float]], at: float) -> None:
    clock = Clock(start, ((0.0, first), *sorted(later)))
    assert float(clock.scene_time(clock.recording_time(at))) == pytest.approx(at, abs=1e-9)


def test_a_fast_clock_shows_more_seconds() -> None:
    clock = Clock(10.0, ((0.0, 100.0), (50.0, -100.0)))
    assert float(clock.recording_time(60.0)) == pytest.approx(50.005)
    assert float(clock.recording_time(110.0)) == pytest.approx(100.0)


@given(st.integers(0, 10_000))
def test_wandering_stays_within_bounds_and_changes(seed: int) -> None:
    clock = wandering_clock(np.random.default_rng(seed), 3.0, 60.0)
    assert all(abs(ppm) <= 150 for _, ppm in clock.rates)
    assert 2 <= len(clock.rates) <= 3


@pytest.mark.parametrize("rates", [(), ((1.0, 0.0),), ((0.0, 1.0), (0.0, 2.0))])
def test_rates_that_make_no_clock_are_refused(rates: tuple[tuple[float, float], ...]) -> None:
    with pytest.raises(ValueError, match="rates"):
        Clock(0.0, rates)
