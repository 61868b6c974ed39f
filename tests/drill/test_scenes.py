import numpy as np
import pytest
from scipy.signal import correlate

from kuager.drill.scenes import SoundScene, sound_scene


@pytest.fixture(scope="module")
def scene() -> SoundScene:
    return sound_scene(1700, recordings=8, seconds=20.0, rate=8000, silent=1, soundless=1, snr_db=(8, 15), crowding=0.8)


def test_the_set_has_all_kinds(scene: SoundScene) -> None:
    assert len(scene.recordings) == 8
    assert sum(one.samples is None for one in scene.recordings) == 1
    assert sum(one.samples is not None and not one.samples.any() for one in scene.recordings) == 1
    assert sum(one.event < 0 for one in scene.recordings) == 3


def test_the_same_seed_gives_the_same_scene(scene: SoundScene) -> None:
    again = sound_scene(
        1700, recordings=8, seconds=20.0, rate=8000, silent=1, soundless=1, snr_db=(8, 15), crowding=0.8
    )
    assert again.pairs == scene.pairs
    for one, other in zip(scene.recordings, again.recordings, strict=True):
        assert one.samples is None or np.array_equal(one.samples, other.samples)


def test_truth_is_what_sound_shows(scene: SoundScene) -> None:
    """Plain correlation finds the true lag at the middle of the overlap: truth never comes from sound."""
    checked = 0
    for pair in scene.pairs:
        a, b = scene.recordings[pair.a], scene.recordings[pair.b]
        if pair.overlap_s < 6 or a.samples is None or b.samples is None or a.recorder.clipped or b.recorder.clipped:
            continue
        lag = int(np.argmax(correlate(a.samples, b.samples, method="fft"))) - (len(b.samples) - 1)
        true = pair.middle_a_s - pair.middle_b_s + pair.heard_s - pair.offset_s
        assert lag / 8000 == pytest.approx(true, abs=0.004)
        checked += 1
    assert checked >= 2


def test_events_share_their_material_but_not_their_time(scene: SoundScene) -> None:
    loops = [{s.seed for s in event.sounds if s.kind in ("loop", "chant")} for event in scene.events]
    assert loops[0] & loops[1]
    for pair in scene.pairs:
        assert scene.recordings[pair.a].event == scene.recordings[pair.b].event >= 0


def test_bounds_hold_the_main_sound_and_one_place_has_one_lag() -> None:
    spread = sound_scene(1701, recordings=5, seconds=12.0, rate=8000, spread_m=40.0, crowding=0.5)
    for pair in spread.pairs:
        assert pair.heard_low_s <= pair.heard_s <= pair.heard_high_s
        assert pair.heard_high_s - pair.heard_low_s > 0.01
    narrow = sound_scene(1701, recordings=5, seconds=12.0, rate=8000, spread_m=0.0, crowding=0.5)
    for pair in narrow.pairs:
        assert pair.heard_high_s - pair.heard_low_s < 0.002
