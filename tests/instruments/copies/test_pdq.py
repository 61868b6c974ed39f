from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import gaussian_filter

from kuager.instruments.copies import pdq


def picture(seed: int, height: int, width: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    rough = gaussian_filter(rng.normal(size=(height, width)), 4) * 400 + 60 * np.sin(np.arange(width) / 37)
    return np.clip(128 + rough, 0, 255).astype(np.uint8)


def hashed(grey: np.ndarray) -> np.ndarray:
    return pdq.quantise(pdq.coefficients(grey[None]))[0]


@pytest.mark.parametrize(("height", "width"), [(180, 320), (320, 180), (480, 640), (97, 131), (64, 64)])
def test_it_gives_the_bits_of_the_reference_implementation(height: int, width: int) -> None:
    pdqhash = pytest.importorskip("pdqhash")
    for seed in range(4):
        grey = picture(seed, height, width)
        theirs, their_quality = pdqhash.compute(np.repeat(grey[:, :, None], 3, axis=2))
        ours = np.unpackbits(hashed(grey))
        assert (ours[::-1] != theirs).sum() <= 2 or (ours != theirs).sum() <= 2
        assert abs(int(pdq.quality(grey[None])[0]) - their_quality) <= 2


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(40, 200), st.integers(40, 200))
def test_the_mirror_hash_is_the_hash_of_the_mirrored_picture(seed: int, height: int, width: int) -> None:
    grey = picture(seed, height, width * 4)  # a multiple of 4: sampled places then lie symmetrically enough
    plain = pdq.coefficients(grey[None])
    assert pdq.distance(pdq.quantise(pdq.mirror(plain))[0], hashed(grey[:, ::-1])) <= 40
    assert (pdq.mirror(pdq.mirror(plain)) == plain).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 40), st.integers(0, 40), st.integers(80, 120), st.integers(80, 150))
def test_hashing_a_part_is_hashing_the_cut_out_picture(seed: int, top: int, left: int, high: int, wide: int) -> None:
    grey = picture(seed, 180, 320)
    part = pdq.coefficients(grey[None], (top, top + high, left, left + wide))
    cut = pdq.coefficients(grey[None, top : top + high, left : left + wide])
    np.testing.assert_allclose(part, cut, atol=0.1)


def test_many_at_once_are_hashed_as_each_alone() -> None:
    many = np.stack([picture(seed, 90, 160) for seed in range(5)])
    assert (pdq.quantise(pdq.coefficients(many)) == np.stack([hashed(one) for one in many])).all()


def test_half_of_the_bits_are_set_and_a_plain_picture_has_no_quality() -> None:
    assert np.unpackbits(hashed(picture(3, 180, 320))).sum() == 128
    assert pdq.quality(np.full((1, 180, 320), 90, np.uint8)) == [0]


def test_distance_counts_bits() -> None:
    a, b = np.zeros(32, np.uint8), np.zeros((3, 32), np.uint8)
    b[1, 0], b[2] = 7, 255
    assert pdq.distance(a, b).tolist() == [0, 3, 256]
