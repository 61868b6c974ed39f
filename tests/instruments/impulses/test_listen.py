import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.drill.acoustics import Scene, Sound, arrivals, hear
from kuager.drill.clocks import Clock
from kuager.drill.gunfire import Shot
from kuager.drill.recorders import Recorder, record
from kuager.instruments import media
from kuager.instruments.impulses import RATE, findings, listen

STILL = Clock(0.0, ((0.0, 0.0),))
CROWD = tuple(Sound("crowd", -2.0, 20.0, (12.0 * k - 12, 9.0, 1.6), 84.0, 700 + k) for k in range(3))
EAR = (20.0, -12.0, 1.6)
WORDING = "a crack does not show a low shot, and no crack shows nothing"


def heard(shots=(), sounds=CROWD, seconds=6.0, place=EAR, **recorder):
    scene = Scene(sounds, tuple(shots))
    samples = record(hear(scene, place, STILL, seconds, RATE), Recorder(**{"snr_db": 20.0, "seed": 5, **recorder}))
    return samples, arrivals(scene, place, STILL)


def away(time_s, azimuth_deg=60.0, upward=55.0):
    """A shot whose cone passes nobody: its crack is not heard."""
    return Shot(time_s, (-20.0, 22.0, 1.6), azimuth_deg, upward)


def nearest(listening, at_s):
    return min(listening.impulses, key=lambda one: abs(one.time_s - at_s))


@pytest.mark.parametrize("recorder", [{}, {"snr_db": 5.0}, {"clipped": True}, {"high_hz": 3600.0}])
def test_single_shots_are_timed_to_a_millisecond_and_score_high(recorder):
    samples, truth = heard([away(1.5), away(3.9)], **recorder)
    listening = listen(samples, start_s=10.0)
    for arrival in truth:
        found = nearest(listening, 10.0 + arrival.muzzle_s)
        assert found.time_s == pytest.approx(10.0 + arrival.muzzle_s, abs=0.002)
        assert found.score_gunshot > 0.5 or found.clipped
        assert found.clipped == recorder.get("clipped", False)
    low, high = listening.count
    assert low <= 2 <= high


def test_what_else_sounds_scores_low():
    slams = tuple(Sound("slam", at, 1.0, (5.0, 5.0, 1.2), 100.0, 31 + k) for k, at in enumerate((1.2, 3.3)))
    song = (Sound("song", 0.0, 6.0, (3.0, -6.0, 1.2), 88.0, 77), Sound("clap", 4.6, 1.0, (6.0, 0.0, 1.2), 98.0, 78))
    samples, _ = heard((), CROWD + slams + song)
    listening = listen(samples)
    assert listening.impulses
    assert max(one.score_gunshot for one in listening.impulses) < 0.5
    assert listening.count[0] == 0


def test_echoes_are_told_from_shots():
    samples, truth = heard([away(1.5), away(3.9)])
    listening = listen(samples)
    shots = [one for one in listening.impulses if one.score_gunshot >= 0.5]
    assert [one.time_s for one in shots] == pytest.approx([one.muzzle_s for one in truth], abs=0.002)
    echoes = [one.time_s for one in listening.impulses if one.role == "echo"]
    assert len(echoes) >= 4
    assert all(any(0 < time - one.muzzle_s < 0.5 for one in truth) for time in echoes)


@pytest.mark.parametrize("place", [(-8.0, -20.0, 1.6), (6.0, -30.0, 1.6)])
def test_a_crack_is_paired_with_its_blast(place):
    shot = Shot(2.0, (0.0, 20.0, 1.6), 178.0, 0.5)
    samples, (arrival,) = heard([shot], place=place)
    listening = listen(samples)
    (crack,) = listening.cracks
    assert crack.crack_s == pytest.approx(arrival.crack_s, abs=0.002)
    assert crack.blast_s == pytest.approx(arrival.muzzle_s, abs=0.002)
    assert nearest(listening, arrival.crack_s).role == "crack"
    assert nearest(listening, arrival.muzzle_s).score_gunshot > 0.5
    assert nearest(listening, arrival.crack_s).score_gunshot < 0.5
    (finding,) = [one for one in findings(listening) if one.what == "crack_and_blast"]
    assert finding.value["distance_low_m"] <= np.hypot(place[0], place[1] - 20.0) <= finding.value["distance_high_m"]
    assert WORDING in finding.meaning


def test_a_blast_close_behind_its_crack_is_timed_for_itself():
    shot = Shot(2.0, (0.0, 20.0, 1.6), 180.0, 0.5)
    place = (12.0, 2.0, 1.6)
    samples, (arrival,) = heard([shot], place=place)
    assert 0.002 < arrival.muzzle_s - arrival.crack_s < 0.012
    assert nearest(listen(samples), arrival.muzzle_s).time_s == pytest.approx(arrival.muzzle_s, abs=0.001)


@pytest.mark.parametrize("azimuth", [180.0, 186.0, 195.0])
def test_a_short_lead_is_told_apart_too(azimuth):
    """Where the barrel points far past the microphone, blast and crack come within a few milliseconds."""
    shot = Shot(2.0, (0.0, 20.0, 1.6), azimuth, 0.5)
    samples, (arrival,) = heard([shot], place=(-18.0, 2.0, 1.6))
    lead = arrival.muzzle_s - arrival.crack_s
    assert 0.002 < lead < 0.012
    listening = listen(samples)
    (crack,) = listening.cracks
    assert crack.lead_s == pytest.approx(lead, abs=0.0007)
    assert nearest(listening, arrival.muzzle_s).score_gunshot > 0.5


def test_clipping_is_seen_through_a_codecs_ripples():
    samples, truth = heard([away(1.5)], clipped=True)
    rippled = samples + 0.05 * np.sin(np.arange(len(samples)) * 2.1).astype(np.float32)
    assert nearest(listen(rippled), truth[0].muzzle_s).clipped
    assert not nearest(listen(heard([away(1.5)])[0]), truth[0].muzzle_s).clipped


def test_a_burst_has_its_rate_and_a_count_that_holds():
    period = 60 / 640
    samples, _ = heard([away(1.5 + k * period) for k in range(7)])
    listening = listen(samples, start_s=100.0)
    (burst,) = listening.bursts
    assert burst.rate_rpm == pytest.approx(640, rel=0.02)
    assert burst.rounds_low <= 7 <= burst.rounds_high
    assert 101.0 < burst.start_s < burst.end_s < 103.0
    assert sum(one.burst == 0 for one in listening.impulses) >= 5
    assert listening.count[0] <= 7 <= listening.count[1]


def test_a_burst_driven_into_clipping_holds_together():
    """Little can rise over a crowd that is cut flat itself; that a blast stays at the ceiling is what is left."""
    samples, truth = heard([away(1.5 + k * 0.094) for k in range(7)], clipped=True)
    listening = listen(samples)
    found = [one.time_s for one in listening.impulses if one.score_gunshot >= 0.5]
    assert sum(any(abs(time - one.muzzle_s) < 0.005 for time in found) for one in truth) >= 5
    assert len(found) <= 9
    assert listening.count[0] <= 7 <= listening.count[1]
    crowd, _ = heard((), clipped=True)
    assert sum(one.score_gunshot >= 0.5 for one in listen(crowd).impulses) == 0


def test_uneven_shots_get_no_rate():
    samples, _ = heard([away(at) for at in (1.5, 1.62, 1.8, 1.87, 2.06)])
    assert all(burst.rate_rpm is None for burst in listen(samples).bursts)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(RATE), np.zeros(0), np.full(RATE, np.nan), np.full(RATE, 0.5), np.ones(RATE // 20)],
    ids=["silence", "nothing", "no numbers", "a constant", "a twentieth of a second"],
)
def test_unusable_sound_is_inconclusive(samples):
    listening = listen(samples)
    assert listening.impulses == ()
    assert listening.unusable
    (finding,) = findings(listening)
    assert finding.grade == "inconclusive"
    assert "shows nothing" in finding.meaning


def test_findings_are_screening_and_name_no_weapon():
    samples, _ = heard([away(1.5)])
    listening = listen(samples)
    assert {one.grade for one in findings(listening)} == {"screening"}
    assert all(one.harmless and one.measured_on and one.limits for one in findings(listening))
    assert findings(listening)[0].where.start_s == pytest.approx(1.61, abs=0.1)


@given(gain_db=st.floats(-30, 0), seed=st.integers(0, 50))
def test_onsets_do_not_depend_on_the_gain(gain_db, seed):
    rng = np.random.default_rng(seed)
    samples = (rng.standard_normal(RATE) * 0.003).astype(np.float32)
    at = int(rng.integers(4000, 12000))
    samples[at : at + 400] += (rng.standard_normal(400) * np.exp(-np.arange(400) / 60) * 0.3).astype(np.float32)
    loud, quiet = listen(samples), listen(samples * np.float32(10 ** (gain_db / 20)))
    first, second = (max(one.impulses, key=lambda hit: hit.score_gunshot) for one in (loud, quiet))
    assert first.time_s == pytest.approx(at / RATE, abs=0.001)
    assert second.time_s == pytest.approx(first.time_s, abs=1e-4)
    assert second.level_db == pytest.approx(first.level_db + gain_db, abs=0.2)


def test_a_scorer_from_outside_is_asked_and_named():
    class Deaf:
        name = "deaf"
        measured_on = "nothing"

        def score(self, samples, times_s, shapes):
            return np.full(len(times_s), 0.2)

    samples, _ = heard([away(1.5)])
    listening = listen(samples, scorer=Deaf())
    assert listening.scorer == "deaf"
    assert max(one.score_gunshot for one in listening.impulses) == pytest.approx(0.2)
    assert findings(listening)[0].value["scorer"] == "deaf"


@pytest.mark.inputs
def test_real_gunfire_is_ordered_before_the_sounds_of_a_city(inputs):
    scores = {"gun": [], "other": []}
    for kind, kept in scores.items():
        for path in sorted((inputs / "sounds" / kind).glob("*.flac"))[::4]:
            listening = listen(media.sound(path, RATE).samples)
            kept.append(max((one.score_gunshot for one in listening.impulses), default=0.0))
    right = np.mean([a > b for a in scores["gun"] for b in scores["other"]])
    assert right > 0.8


@pytest.mark.parametrize("azimuth", [180.0, 184.0, 60.0])
@pytest.mark.parametrize("seed", [3, 4])
def test_a_blast_cut_flat_is_timed_where_it_begins(azimuth, seed):
    """Behind a crack, or after a crowd that is cut flat itself: what gives the time away is push and pull."""
    shot = Shot(2.0, (0.0, 20.0, 1.6), azimuth, 0.5)
    samples, (arrival,) = heard([shot], place=(12.0, 2.0, 1.6), clipped=True, seed=seed, level_dbfs=-23.0)
    listening = listen(samples)
    blast = nearest(listening, arrival.muzzle_s)
    assert blast.time_s == pytest.approx(arrival.muzzle_s, abs=0.0005)
    assert blast.score_gunshot > 0.5
    assert blast.time_sd_s < 0.0025
    cracks = [] if arrival.crack_s is None else [arrival.crack_s]
    assert bool(cracks) == (azimuth >= 180)
    assert [one.crack_s for one in listening.cracks] == pytest.approx(cracks, abs=0.001)
