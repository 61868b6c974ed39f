import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.drill.gunfire import SPEED_OF_SOUND, Shot, crack_of, muzzle_arrival, n_wave_shape


@given(st.floats(60, 300), st.floats(5, 50), st.floats(450, 900))
def test_without_slowing_the_crack_obeys_the_mach_cone(ahead: float, beside: float, speed: float) -> None:
    """Closed form for constant speed: t = x/v + r·√(M²−1)/(M·c)."""
    mach = speed / SPEED_OF_SOUND
    detach = ahead - beside / np.sqrt(mach**2 - 1)
    crack = crack_of(Shot(2.0, (0, 0, 1.5), 0.0, 0.0, speed, slowing_per_m=1e-9), (beside, ahead, 1.5))
    if detach <= 0:
        assert crack is None
    else:
        assert crack is not None
        assert crack.time_s == pytest.approx(
            2.0 + ahead / speed + beside * np.sqrt(1 - 1 / mach**2) / SPEED_OF_SOUND, abs=2e-6
        )
        assert crack.detach[1] == pytest.approx(detach, abs=0.05)


def test_crack_comes_before_the_blast_and_not_behind_the_gun() -> None:
    shot = Shot(0.0, (0, 0, 1.5))
    ahead = crack_of(shot, (10, 100, 1.5))
    assert ahead is not None
    assert ahead.time_s < muzzle_arrival(shot, (10, 100, 1.5))
    assert crack_of(shot, (10, -100, 1.5)) is None


def test_a_steep_shot_upward_still_cracks_at_mach_two() -> None:
    """Why a crack does not show a low shot: the cone of a bullet fired 50° up reaches the ground ahead."""
    assert crack_of(Shot(0.0, (0, 0, 1.5), 0.0, 50.0), (0, 60, 1.5)) is not None
    assert crack_of(Shot(0.0, (0, 0, 1.5), 0.0, 80.0), (0, 60, 1.5)) is None


def test_subsonic_bullets_make_no_crack() -> None:
    assert crack_of(Shot(0.0, (0, 0, 1.5), speed_mps=320.0), (5, 80, 1.5)) is None


def test_an_n_wave_is_shorter_and_stronger_close_by() -> None:
    shot = Shot(0.0, (0, 0, 1.5))
    near, far = (crack_of(shot, (side, 100, 1.5)) for side in (3, 30))
    assert near is not None
    assert far is not None
    (near_s, near_pa), (far_s, far_pa) = n_wave_shape(shot, near), n_wave_shape(shot, far)
    assert near_pa > 3 * far_pa
    assert 5e-5 < near_s < far_s < 1e-3
