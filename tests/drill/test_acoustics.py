import numpy as np
import pytest

from kuager.drill.acoustics import Scene, Sound, Square, arrivals, hear, interpolate
from kuager.drill.clocks import Clock
from kuager.drill.gunfire import Shot
from kuager.drill.recorders import Recorder, record
from kuager.drill.waves import IMPULSIVE, KINDS, wave

OPEN = Square(reflection=0.0, echo_db=-120.0)


def onset(samples: np.ndarray, rate: int, part: float = 0.2) -> float:
    return float(np.argmax(np.abs(samples) > part * np.abs(samples).max())) / rate


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_a_shot_is_heard_when_truth_says(rate: int) -> None:
    scene = Scene(shots=(Shot(5.0, (0, 0, 1.5), 180.0, speed_mps=300.0),), square=OPEN)
    clock = Clock(2.0, ((0.0, 150.0), (1.0, -150.0)))
    position = (20.0, 60.0, 1.5)
    heard = hear(scene, position, clock, 6.0, rate)
    truth = arrivals(scene, position, clock)[0]
    assert truth.crack_s is None
    assert onset(heard.samples, rate) == pytest.approx(truth.muzzle_s, abs=1.5e-4)


def test_crack_and_blast_both_stand_where_truth_says() -> None:
    scene = Scene(shots=(Shot(1.0, (0, 0, 1.5)),), square=OPEN)
    position = (12.0, 90.0, 1.5)
    heard = hear(scene, position, Clock(0.0), 2.0, 48_000).samples
    truth = arrivals(scene, position, Clock(0.0))[0]
    assert truth.crack_s is not None
    before = heard[: int((truth.muzzle_s - 0.002) * 48_000)]
    assert onset(before, 48_000) == pytest.approx(truth.crack_s, abs=1.5e-4)
    after = np.concatenate((np.zeros(len(before)), heard[len(before) :]))
    assert onset(after, 48_000) == pytest.approx(truth.muzzle_s, abs=2e-4)


def test_sound_weakens_as_one_over_distance() -> None:
    scene = Scene((Sound("clap", 1.0, 1.0, (0, 0, 1.5), 100.0, 3),), square=OPEN)
    near, far = (float(np.abs(hear(scene, (0, y, 1.5), Clock(0.0), 2.0, 16_000).samples).max()) for y in (10.0, 40.0))
    assert near / far == pytest.approx(4.0, rel=0.08)


def test_walls_answer_and_the_echo_dies() -> None:
    scene = Scene(shots=(Shot(0.5, (0, 0, 1.5), speed_mps=300.0),))
    heard = np.abs(hear(scene, (0, 30, 1.5), Clock(0.0), 4.0, 16_000).samples)
    # The façade 55 m north answers after (55 + 25) m.
    wall = int((0.5 + 80 / 343) * 16_000)
    assert heard[wall - 30 : wall + 60].max() > 2 * heard[wall - 400 : wall - 100].max()
    assert heard[16_000:24_000].mean() > 20 * heard[48_000:].mean()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_is_the_same_waveform(kind: str) -> None:
    made = wave(kind, 5, 3.0, 16_000)
    assert np.array_equal(made, wave(kind, 5, 3.0, 16_000))
    assert np.isfinite(made).all()
    assert not np.array_equal(made, wave(kind, 6, 3.0, 16_000)[: len(made)])
    if kind in IMPULSIVE:
        assert np.abs(made).max() == pytest.approx(1.0)
    else:
        assert np.sqrt(np.mean(made**2)) == pytest.approx(1.0, abs=0.1)


def test_interpolation_keeps_a_tone() -> None:
    rate = 16_000
    tone = np.sin(2 * np.pi * 1000 * np.arange(4000) / rate).astype(np.float32)
    at = np.arange(100, 3800) * 1.0001 + 0.37
    assert interpolate(tone, at) == pytest.approx(np.sin(2 * np.pi * 1000 * at / rate), abs=2e-3)


def test_recorders_reach_the_noise_asked_for_and_clip_when_told() -> None:
    scene = Scene((Sound("crowd", 0.0, 8.0, (0, 0, 1.5), 90.0, 1),), square=OPEN)
    heard = hear(scene, (0, 20, 1.5), Clock(0.0), 6.0, 16_000)
    quiet = record(heard, Recorder(snr_db=40, seed=2))
    loud = record(heard, Recorder(snr_db=-5, seed=2))
    alike = [abs(float(np.corrcoef(heard.samples, one)[0, 1])) for one in (quiet, loud)]
    assert alike[0] > 0.85
    assert 0.2 < alike[1] < 0.7
    clipped = record(heard, Recorder(snr_db=40, seed=2, clipped=True, level_dbfs=-16))
    assert np.mean(np.abs(clipped) == 1.0) > 0.005
    assert np.abs(quiet).max() < 1.0
