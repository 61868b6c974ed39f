from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.instruments.copies.scenes import fingerprint_of, recording

from kuager.instruments.copies import geometry
from kuager.instruments.copies.features import Features
from kuager.instruments.copies.geometry import Placing
from kuager.instruments.copies.refine import in_time


def features(count: int, seed: int) -> Features:
    rng = np.random.default_rng(seed)
    points = np.column_stack([
        rng.uniform(0, 1, count), rng.uniform(0, 0.56, count), rng.uniform(0.01, 0.05, count),
        rng.uniform(-np.pi, np.pi, count),
    ])  # fmt: skip
    return Features(points.astype(np.float32), rng.integers(0, 256, (count, 32), dtype=np.uint8))


def seen_through(shown: Features, size: float, turn: float, shift: tuple[float, float], noise: float) -> Features:
    """The features as another picture shows them: turned, sized and shifted, ``noise`` of their bits wrong."""
    rng = np.random.default_rng(9)
    c, s = size * np.cos(turn), size * np.sin(turn)
    x, y = shown.points[:, 0], shown.points[:, 1]
    points = np.column_stack([
        c * x - s * y + shift[0], s * x + c * y + shift[1], shown.points[:, 2] * size, shown.points[:, 3] + turn,
    ])  # fmt: skip
    wrong = np.packbits(rng.random((len(points), 256)) < noise, axis=1)
    return Features(points.astype(np.float32), shown.descriptors ^ wrong)


@settings(max_examples=40, deadline=None)
@given(
    size=st.floats(0.4, 2.5), turn=st.floats(-1.0, 1.0), across=st.floats(-0.5, 0.5), down=st.floats(-0.5, 0.5),
    shared=st.integers(12, 60), seed=st.integers(0, 1000),
)  # fmt: skip
def test_a_placing_is_found_among_features_that_are_not_shared(
    size: float, turn: float, across: float, down: float, shared: int, seed: int
) -> None:
    both, alone, others = features(shared, seed), features(100, seed + 5000), features(100, seed + 9000)
    there = seen_through(both, size, turn, (across, down), 0.12)
    query = Features(np.vstack([both.points, alone.points]), np.vstack([both.descriptors, alone.descriptors]))
    reference = Features(np.vstack([there.points, others.points]), np.vstack([there.descriptors, others.descriptors]))
    found = geometry.place(query, reference, False)
    assert found is not None
    target = geometry.apply(found.matrix, both.points[:, :2].astype(np.float64))
    assert np.abs(target - there.points[:, :2]).max() < 0.01 * max(1.0, size)
    assert found.inliers >= 0.8 * shared


def test_features_that_have_nothing_in_common_give_no_clear_placing() -> None:
    found = [geometry.place(features(200, seed), features(200, seed + 100), False) for seed in range(20)]
    assert all(one is None or one.inliers < 8 for one in found)


@pytest.mark.parametrize("late_s", [-1.5, 1.0])
def test_how_the_camera_moved_in_between_is_taken_out_of_a_placing(late_s: float) -> None:
    wide = recording(1, 1, 12)
    panned = [np.roll(frame, -4 * k, axis=1) for k, frame in enumerate(wide)]
    picture = fingerprint_of(panned).picture
    assert picture is not None
    late = round(4 * late_s)
    # The picture of moment 24 lies in that of moment 24 + late moved by the pan meanwhile.
    moved = np.eye(3)
    moved[0, 2] = -4 * late / 320
    placing, frame = in_time(picture, picture, Placing(moved, False, 10), 24, 24 + late)
    assert frame == pytest.approx(24, abs=1)
    assert placing.matrix[0, 2] == pytest.approx(-4 * (frame - 24) / 320, abs=0.015)
