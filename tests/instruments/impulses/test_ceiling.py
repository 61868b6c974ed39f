import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kuager.instruments.impulses.bands import RATE
from kuager.instruments.impulses.ceiling import held_fronts, longest


def pushed(at, push, pull, side=1, length=RATE):
    """Noise with one stretch at an end of the scale and one at the other."""
    samples = (np.random.default_rng(3).standard_normal(length) * 0.05).astype(np.float32)
    samples[at : at + push] = side
    samples[at + push : at + push + pull] = -side
    return samples


@given(
    at=st.integers(100, 12_000), push=st.integers(6, 25), pull=st.integers(26, 60), side=st.sampled_from([1, -1]),
    gain=st.floats(0.7, 1.0),
)  # fmt: skip
def test_a_push_and_a_longer_pull_give_their_front(at, push, pull, side, gain):
    samples = pushed(at, push, pull, side)
    assert held_fronts(samples).tolist() == [at]
    assert held_fronts(-samples).tolist() == [at]
    assert held_fronts(samples * np.float32(gain)).tolist() == ([at] if gain >= 0.97 else [])


@given(length=st.integers(1, 9), lag=st.integers(1, 200), seed=st.integers(0, 9))
def test_a_crack_is_no_blast(length, lag, seed):
    samples = pushed(4000, length, length)
    samples += (np.random.default_rng(seed).standard_normal(RATE) * 0.02).astype(np.float32)
    samples[4000 + lag :] *= np.float32(0.5)
    assert held_fronts(samples.clip(-1, 1)).tolist() == []


def test_ripples_on_a_plateau_do_not_break_it():
    samples = pushed(4000, 12, 40)
    samples[4005], samples[4025], samples[4026] = 0.4, -0.3, -0.5
    assert held_fronts(samples).tolist() == [4000]


def test_a_rumble_cut_flat_is_no_shock():
    time = np.arange(RATE) / RATE
    rumble = (6 * np.sin(2 * np.pi * 150 * time) * np.linspace(0.5, 1, RATE)).clip(-1, 1).astype(np.float32)
    assert longest(rumble) > RATE * 0.002
    assert len(held_fronts(rumble)) <= 1


@given(st.lists(st.floats(-1, 1, width=32), min_size=0, max_size=200))
def test_whatever_the_sound_fronts_lie_inside_it_in_order(values):
    samples = np.array([0.0, *values], dtype=np.float32).repeat(12)
    fronts = held_fronts(samples)
    assert (np.diff(fronts) > 0).all()
    assert ((fronts >= 0) & (fronts < len(samples))).all()
