import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuager.drill.acoustics import Scene, arrivals
from kuager.drill.clocks import Clock
from kuager.drill.gunfire import Shot, crack_of, muzzle_arrival
from kuager.instruments.impulses import Ear, Impulse, Listening, Mark, distance_band, locate, shared_shots
from kuager.instruments.impulses.trajectory import lead

STILL = Clock(0.0, ((0.0, 0.0),))
PLACES = ((-40.0, -30.0), (45.0, -20.0), (10.0, 50.0), (-20.0, 35.0), (0.0, -55.0))
EARS = [Ear(str(k), place) for k, place in enumerate(PLACES)]
MUZZLE = (18.0, 12.0)


def marks_of(shots, rng=None, with_leads=False):
    made = []
    for k, place in enumerate(PLACES):
        for arrival in arrivals(Scene(shots=tuple(shots)), (*place, 1.6), STILL):
            noise = rng.normal(0, 0.016) if rng is not None else 0.0
            led = arrival.muzzle_s - arrival.crack_s if with_leads and arrival.crack_s is not None else None
            made.append(Mark(k, arrival.shot, arrival.muzzle_s + noise, led if led and led > 0.008 else None))
    return made


def shots(count, azimuth=200.0, upward=0.5):
    return [Shot(3.0 + 2.5 * k, (*MUZZLE, 1.6), azimuth, upward) for k in range(count)]


def test_exact_times_place_the_shooter():
    found = locate(EARS, marks_of(shots(3)))
    assert found.mean_m == pytest.approx(MUZZLE, abs=4.0)
    assert found.holds(*MUZZLE)
    assert not found.at_edge
    assert found.probability.sum() == pytest.approx(1.0)
    assert found.probability[found.region].sum() >= 0.9
    bearing = found.bearings[0]
    true = np.degrees(np.arctan2(MUZZLE[0] - PLACES[0][0], MUZZLE[1] - PLACES[0][1])) % 360
    assert bearing.degrees == pytest.approx(true, abs=4)
    assert bearing.distance_m == pytest.approx(np.hypot(MUZZLE[0] + 40, MUZZLE[1] + 30), abs=5)


def test_the_region_holds_the_truth_about_nine_times_in_ten():
    rng = np.random.default_rng(1401)
    held = [locate(EARS, marks_of(shots(2), rng)).holds(*MUZZLE) for _ in range(30)]
    assert np.mean(held) >= 0.77


def test_time_of_the_clock_does_not_matter():
    marks = marks_of(shots(2))
    moved = [Mark(one.ear, one.shot, one.blast_s + 86_400.0, one.lead_s) for one in marks]
    assert locate(EARS, moved).mean_m == pytest.approx(locate(EARS, marks).mean_m, abs=0.1)


def test_cracks_narrow_what_times_leave_open():
    few = [mark for mark in marks_of(shots(1, 215.0), with_leads=True) if mark.ear in (0, 1, 4)]
    assert any(mark.lead_s for mark in few)
    without = [Mark(one.ear, one.shot, one.blast_s) for one in few]
    narrowed = locate(EARS, few)
    assert narrowed.holds(*MUZZLE)
    assert narrowed.area_m2 < locate(EARS, without).area_m2


def test_a_worse_clock_widens_the_region():
    loose = [Ear(one.name, one.position_m, clock_sd_s=0.05) for one in EARS]
    assert locate(loose, marks_of(shots(2))).area_m2 > 1.5 * locate(EARS, marks_of(shots(2))).area_m2


def test_far_shots_are_told_as_not_closed():
    far = [Shot(3.0, (2500.0, 300.0, 1.6), 200.0, 60.0, speed_mps=300.0)]
    assert locate(EARS[:3], [one for one in marks_of(far) if one.ear < 3], within_m=150.0).at_edge


@pytest.mark.parametrize("marks", [[], [Mark(0, 0, 1.0), Mark(1, 0, 1.1)], [Mark(9, 0, 1.0)]])
def test_too_little_is_refused(marks):
    with pytest.raises(ValueError, match=r"recordings"):
        locate(EARS, marks)


@settings(max_examples=60)
@given(
    distance=st.floats(10, 150), bearing=st.floats(0, 360), azimuth=st.floats(0, 360), upward=st.floats(0, 60),
    speed=st.floats(380, 950),
)  # fmt: skip
def test_leads_agree_with_a_trajectory_integrated_otherwise(distance, bearing, azimuth, upward, speed):
    shot = Shot(0.0, (0.0, 0.0, 1.6), azimuth, upward, speed_mps=speed)
    ear = (distance * np.sin(np.radians(bearing)), distance * np.cos(np.radians(bearing)), 1.6)
    cosine = float(shot.direction @ np.array([ear[0], ear[1], 0.0])) / distance
    given_lead = float(lead(distance, cosine, speed, shot.slowing_per_m))
    crack = crack_of(shot, ear)
    if crack is not None and crack.mach > 1.05:
        assert given_lead == pytest.approx(muzzle_arrival(shot, ear) - crack.time_s, abs=2e-4)
    if crack is None:
        assert np.isnan(given_lead)


def test_the_distance_band_grows_with_the_lead_and_holds_near_misses():
    assert distance_band(0.05)[0] < distance_band(0.15)[0] < distance_band(0.4)[0]
    for distance in (40.0, 120.0, 300.0):
        low, high = distance_band(float(lead(distance, 0.999, 760.0, 0.0011)))
        assert low <= distance <= high
    with pytest.raises(ValueError, match="before"):
        distance_band(0.0)


def listening(times):
    impulses = tuple(Impulse(at, 0.001, -6.0, False, 0.9, None, "impulse") for at in times)
    return Listening(impulses, (), (), (0, len(times)), None, "", "")


def test_the_same_shots_are_found_in_recordings_on_one_clock():
    ears = EARS[:3]
    offsets = (0.0, 4.0, 9.5)
    reach = [arrivals(Scene(shots=tuple(shots(4))), (*PLACES[k], 1.6), STILL) for k in range(3)]
    given_times = [[one.muzzle_s - offsets[k] + 0.004 * k for one in reach[k]] for k in range(3)]
    given_times[1].append(1.1)  # something else, heard by one alone
    del given_times[2][0]  # one shot not heard there
    marks = shared_shots(ears, [listening(sorted(times)) for times in given_times], offsets)
    assert len(marks) == 11
    for k in range(3):
        for mark in (one for one in marks if one.ear == k):
            same = [one.blast_s for one in marks if one.shot == mark.shot]
            assert max(same) - min(same) < 0.4
