"""The clock on drill scenes with known truth (tuning seeds), and on what the field hands in: silence, clips, pins."""

from __future__ import annotations

import itertools
from functools import cache

import numpy as np
import pytest
from scipy.signal import resample_poly

from kuager.drill.scenes import SoundScene, sound_scene
from kuager.instruments.clock import Pin, Recording, Synchronisation, synchronise

SHARED_S = 3.0


@cache
def scene() -> SoundScene:
    return sound_scene(1200, recordings=8, seconds=40.0, crowding=1.0, silent=1)


@cache
def recordings() -> tuple[Recording, ...]:
    found = []
    for one in scene().recordings:
        samples = None if one.samples is None else resample_poly(one.samples, 1, 2).astype(np.float32)
        found.append(Recording(one.name, samples, duration_s=one.duration_s))
    return tuple(found)


@cache
def answer() -> Synchronisation:
    return synchronise(recordings())


def test_links_what_overlaps_and_nothing_else() -> None:
    truth = {(pair.a, pair.b): pair for pair in scene().pairs}
    names = [one.name for one in scene().recordings]
    found = 0
    for pair in answer().pairs:
        key = (names.index(pair.a), names.index(pair.b))
        real = truth.get(key)
        if real is None:
            assert pair.verdict != "overlap", pair
        elif pair.verdict == "overlap" and real.overlap_s >= SHARED_S:
            found += 1
            assert pair.offset_s == pytest.approx(real.heard_s, abs=0.002)
            assert pair.overlap_s == pytest.approx(real.overlap_s, abs=0.05)
            if pair.drift_ppm is not None and real.overlap_s > 20:
                assert pair.drift_ppm == pytest.approx(real.drift_ppm, abs=20)
    there = [pair for pair in scene().pairs if pair.overlap_s >= SHARED_S]
    assert len(there) >= 5
    assert found >= 0.9 * len(there)


def test_silent_recordings_are_named_and_the_rest_goes_on() -> None:
    silent = {one.name for one in scene().recordings if one.samples is not None and not one.samples.any()}
    assert {one.name for one in answer().failed} == silent
    assert all("silent" in one.reason for one in answer().failed)
    placed = [one.name for group in answer().groups for one in group.recordings]
    assert sorted(placed) == sorted(one.name for one in recordings() if one.name not in silent)


def test_every_unordered_pair_is_answered_once() -> None:
    usable = sorted(one.name for one in recordings() if one.name not in {bad.name for bad in answer().failed})
    assert [(pair.a, pair.b) for pair in answer().pairs] == list(itertools.combinations(usable, 2))
    assert all(0 <= pair.probability <= 1 for pair in answer().pairs)


def test_the_answer_does_not_depend_on_the_order() -> None:
    mixed = [recordings()[k] for k in np.random.default_rng(5).permutation(len(recordings()))]
    assert synchronise(mixed, threads=1) == answer()


def test_groups_begin_with_their_earliest_whose_clock_is_theirs() -> None:
    for group in answer().groups:
        offsets = [one.offset_s for one in group.recordings]
        assert offsets == sorted(offsets)
        assert offsets[0] == 0
        assert group.recordings[0].drift_ppm == 0
        assert group.recordings[0].offset_sd_s == 0
        assert group.picture_bound_s is None


def test_pairs_agree_with_their_groups() -> None:
    drift = 300e-6
    for group in answer().groups:
        at = {one.name: one.offset_s for one in group.recordings}
        for pair in answer().pairs:
            if pair.a in at and pair.b in at and pair.offset_s is not None:
                apart = at[pair.b] - at[pair.a]
                assert pair.offset_s == pytest.approx(apart, abs=1e-9 + drift * abs(apart))


def noise(seed: int, seconds: float) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, int(seconds * 8000)).astype(np.float32)


def test_a_silent_film_is_placed_by_a_pin() -> None:
    sound = noise(1, 30)
    a, b = Recording("a", sound[: 20 * 8000]), Recording("b", sound[8 * 8000 :])
    silent = Recording("film", None, duration_s=12.0)
    found = synchronise([a, b, silent], [Pin("film", "b", 3.1, 5.0, 0.05)])
    assert not found.failed
    (group,) = found.groups
    at = {one.name: one for one in group.recordings}
    assert at["b"].offset_s == pytest.approx(8.0, abs=1e-3)
    assert at["film"].offset_s == pytest.approx(8.0 + 5.0 - 3.1, abs=1e-3)
    assert at["film"].offset_sd_s == pytest.approx(0.05, rel=0.1)
    assert at["film"].drift_ppm is None
    by_pair = {(pair.a, pair.b): pair for pair in found.pairs}
    assert by_pair["b", "film"].pinned
    assert not by_pair["b", "film"].heard
    assert by_pair["a", "b"].heard


def test_without_a_pin_a_silent_film_is_named() -> None:
    found = synchronise([Recording("film", None, duration_s=12.0), Recording("a", noise(2, 5))])
    assert [(one.name, "no sound track" in one.reason) for one in found.failed] == [("film", True)]
    assert [one.name for group in found.groups for one in group.recordings] == ["a"]


def test_a_person_may_reject_and_accept() -> None:
    sound = noise(3, 30)
    a, b = Recording("a", sound[: 20 * 8000]), Recording("b", sound[8 * 8000 :])
    rejected = synchronise([a, b], decisions={("b", "a"): False})
    assert [pair.verdict for pair in rejected.pairs] == ["none"]
    assert len(rejected.groups) == 2
    accepted = synchronise([a, b], decisions={("a", "b"): True})
    assert [pair.verdict for pair in accepted.pairs] == ["overlap"]


def test_a_clip_of_five_seconds_is_found() -> None:
    rng = np.random.default_rng(9)
    sound = noise(4, 60)
    own = rng.normal(0, 0.1, (2, 60 * 8000)).astype(np.float32)
    long = Recording("long", sound + own[0])
    short = Recording("short", (sound + own[1])[31 * 8000 : 36 * 8000])
    (pair,) = synchronise([long, short]).pairs
    assert pair.verdict == "overlap"
    assert pair.offset_s == pytest.approx(31.0, abs=5e-4)


def test_a_loop_heard_at_two_times_is_not_linked() -> None:
    loop = np.tile(noise(6, 4), 20)
    a = Recording("a", loop[: 40 * 8000] + noise(7, 40) * 0.3)
    b = Recording("b", loop[3 * 8000 : 33 * 8000] + noise(8, 30) * 0.3)
    (pair,) = synchronise([a, b]).pairs
    assert pair.verdict in ("none", "unsure")
    assert len(synchronise([a, b]).groups) == 2


def test_positions_bound_the_pictures_and_enter_the_errors() -> None:
    sound = noise(11, 30)
    a = Recording("a", sound[: 20 * 8000], position_m=(0.0, 0.0))
    b = Recording("b", sound[8 * 8000 :], position_m=(171.5, 0.0))
    (loose,) = synchronise([a, b]).groups
    assert loose.picture_bound_s == pytest.approx(0.5)
    assert loose.recordings[1].offset_sd_s == pytest.approx(0.5 / np.sqrt(3), rel=0.05)
    # The sound came from where a stood: b heard it half a second late.
    (freed,) = synchronise([a, b], sound_from_m=(0.0, 0.0)).groups
    assert freed.recordings[1].offset_s == pytest.approx(8.5, abs=1e-3)


def test_an_undeclared_delay_is_counted_into_the_error() -> None:
    sound = noise(12, 30)
    a, b = Recording("a", sound[: 20 * 8000]), Recording("b", sound[8 * 8000 :], delay_sd_s=0.021)
    (group,) = synchronise([a, b]).groups
    assert group.recordings[1].offset_sd_s == pytest.approx(0.021, rel=0.01)


def test_names_must_differ() -> None:
    with pytest.raises(ValueError, match="different names"):
        synchronise([Recording("a", noise(1, 2)), Recording("a", noise(2, 2))])


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    synchronise(
        [Recording(name, noise(k, 3)) for k, name in enumerate("abc")], progress=lambda *step: told.append(step)
    )
    assert [step[1:] for step in sorted(told, key=lambda step: step[1])] == [(1, 3), (2, 3), (3, 3)]
