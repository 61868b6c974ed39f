from __future__ import annotations

import numpy as np
import pytest
from tests.instruments.copies.scenes import fingerprint_of, recording

from kuager.instruments.copies import pdq
from kuager.instruments.copies.hashes import Hashes
from kuager.instruments.copies.index import Archive

pytest.importorskip("faiss")


def hashes(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (count, 32), dtype=np.uint8)


def owners(count: int, start: int = 0) -> np.ndarray:
    return np.column_stack([np.arange(start, start + count)] * 3).astype(np.int32)


def test_it_finds_what_a_plain_search_finds() -> None:
    kept, asked = hashes(3000), hashes(40, 1)
    index = Hashes()
    index.add(kept, owners(3000))
    distances, found = index.search(asked, 5)
    plain = pdq.distance(asked[:, None], kept[None])
    assert (distances == np.sort(plain, axis=1)[:, :5]).all()
    assert (np.take_along_axis(plain, found[:, :, 0], axis=1) == distances).all()


def test_adding_bit_by_bit_is_adding_at_once() -> None:
    kept = hashes(1000)
    at_once, slowly = Hashes(), Hashes()
    at_once.add(kept, owners(1000))
    for start in range(0, 1000, 7):
        slowly.add(kept[start : start + 7], owners(len(kept[start : start + 7]), start))
    asked = hashes(20, 2)
    for one, other in zip(at_once.search(asked, 4), slowly.search(asked, 4), strict=True):
        assert (one == other).all()


def test_above_the_limit_it_goes_on_with_an_inverted_file() -> None:
    kept = hashes(4000)
    index = Hashes(flat_most=500, lists=64, probes=4)
    for start in range(0, 4000, 500):
        index.add(kept[start : start + 500], owners(500, start))
        distances, found = index.search(kept[: start + 500 : 50], 1)
        assert (distances[:, 0] == 0).all()
        assert (found[:, 0, 0] == np.arange(0, start + 500, 50)).all()


def test_the_inverted_file_finds_most_of_what_is_near() -> None:
    kept, rng = hashes(20_000), np.random.default_rng(3)
    index = Hashes(flat_most=1000, lists=256, probes=16)
    index.add(kept, owners(20_000))
    asked = np.arange(0, 20_000, 100)
    noise = np.packbits(rng.random((len(asked), 256)) < 0.12, axis=1)
    _, found = index.search(kept[asked] ^ noise, 1)
    assert (found[:, 0, 0] == asked).mean() > 0.7


def test_the_order_of_adding_does_not_matter() -> None:
    kept, asked = hashes(3000), hashes(50, 1)
    shuffled = np.random.default_rng(2).permutation(3000)
    one, other = Hashes(flat_most=1000, lists=64, probes=4), Hashes(flat_most=1000, lists=64, probes=4)
    one.add(kept, owners(3000))
    other.add(kept[shuffled], owners(3000)[shuffled])
    assert (one.search(asked, 3)[0] == other.search(asked, 3)[0]).all()


def test_an_empty_index_finds_nothing() -> None:
    distances, found = Hashes().search(hashes(2), 3)
    assert (found == -1).all()
    assert (distances == 256).all()


def test_adding_a_recording_touches_nothing_that_was_there() -> None:
    archive = Archive()
    first = archive.add(fingerprint_of(recording(1, 1, 4)))
    before = len(archive.frames)
    second = archive.add(fingerprint_of(recording(2, 2, 4)))
    assert (first, second) == (0, 1)
    assert 0 < before < len(archive.frames)
