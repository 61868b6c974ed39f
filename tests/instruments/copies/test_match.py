from __future__ import annotations

import numpy as np
import pytest
from tests.instruments.copies.scenes import HEIGHT, WIDTH, fingerprint_of, recording, turned

from kuager.instruments.copies import Archive, Fingerprint, Match, match
from kuager.instruments.copies.align import Run, overlay
from kuager.instruments.copies.evidence import weigh
from kuager.instruments.copies.geometry import Placing
from kuager.instruments.copies.refine import refine

pytest.importorskip("cv2")
pytest.importorskip("faiss")


@pytest.fixture(scope="module")
def archive() -> Archive:
    """Twelve places, and place 3 a second time at another moment."""
    kept = Archive()
    for number in range(12):
        kept.add(fingerprint_of(recording(number, number, 10)))
    kept.add(fingerprint_of(recording(3, 99, 10)))
    return kept


def only_copy(found: list[Match], reference: int) -> Match:
    copies = [m for m in found if m.verdict == "copy"]
    assert [m.reference for m in copies] == [reference]
    return copies[0]


def test_an_excerpt_is_found_with_its_ends(archive: Archive) -> None:
    one = only_copy(match(archive, fingerprint_of(recording(3, 3, 5, start_s=3.1))), 3)
    assert (one.kind, one.view, one.speed) == ("picture", "as_is", 1.0)
    assert one.query_start_s == pytest.approx(0, abs=0.3)
    assert one.query_end_s == pytest.approx(5, abs=0.3)
    assert one.reference_start_s == pytest.approx(3.1, abs=0.3)
    assert one.reference_end_s == pytest.approx(8.1, abs=0.3)


@pytest.mark.parametrize(
    ("view", "edit"),
    [
        ("mirrored", lambda f: np.ascontiguousarray(f[:, ::-1])),
        ("cropped", lambda f: turned(f, 0, 0.65, (0.62, 0.6))),
        ("rotated+cropped", lambda f: turned(f, 7, 0.8)),
        ("bordered", lambda f: np.pad(f, ((30, 30), (0, 0)))),
        ("mirrored+cropped", lambda f: np.ascontiguousarray(turned(f, 0, 0.7, (0.45, 0.4))[:, ::-1])),
    ],
)
def test_what_was_done_to_the_picture_is_named(archive: Archive, view: str, edit: object) -> None:
    frames = [edit(f) for f in recording(5, 5, 6, start_s=1.5)]  # type: ignore[operator]
    one = only_copy(match(archive, fingerprint_of(frames)), 5)
    assert one.view == view
    assert one.reference_start_s == pytest.approx(1.5, abs=0.4)


def test_a_picture_shown_inside_another_is_found(archive: Archive) -> None:
    frames = []
    for inner, outer in zip(recording(7, 7, 6), recording(50, 50, 6), strict=True):
        frame = outer.copy()
        small = inner[::2, ::2]
        frame[20 : 20 + small.shape[0], 150 : 150 + small.shape[1]] = small
        frames.append(frame)
    assert only_copy(match(archive, fingerprint_of(frames)), 7).view == "inset"


def test_a_faster_copy_gives_its_speed(archive: Archive) -> None:
    slow = recording(8, 8, 40 / 3, start_s=0)
    frames = [slow[round(k * 1.25)] for k in range(32)]
    one = only_copy(match(archive, fingerprint_of(frames)), 8)
    assert one.speed == pytest.approx(1.25, abs=0.03)


def test_the_same_place_at_another_moment_is_no_copy(archive: Archive) -> None:
    found = match(archive, fingerprint_of(recording(3, 1234, 8)))
    assert [m for m in found if m.verdict == "copy"] == []


def test_nothing_like_it_gives_nothing(archive: Archive) -> None:
    assert match(archive, fingerprint_of(recording(777, 777, 8))) == []


def test_a_wall_on_which_nothing_moves_is_never_sure() -> None:
    kept = Archive()
    wall = recording(4, 4, 1 / 4)[0]
    rng = np.random.default_rng(0)

    def filmed() -> Fingerprint:
        return fingerprint_of(
            [np.clip(wall + rng.normal(0, 2, wall.shape), 0, 255).astype(np.uint8) for _ in range(32)]
        )

    kept.add(filmed())
    assert all(m.verdict == "unsure" for m in match(kept, filmed()))


def test_black_frames_match_nothing() -> None:
    kept = Archive()
    black = [np.zeros((HEIGHT, WIDTH), np.uint8)] * 32
    kept.add(fingerprint_of(black))
    assert match(kept, fingerprint_of(black)) == []


def test_a_recording_is_never_matched_with_itself(archive: Archive) -> None:
    assert all(m.reference != 2 for m in match(archive, archive.recordings[2], own=2))


@pytest.mark.parametrize("many", [1, 8])
def test_an_opening_that_others_share_is_no_copy_of_any(many: int) -> None:
    opening = recording(100, 100, 2)
    kept = Archive()
    for number in range(many):
        kept.add(fingerprint_of(opening + recording(200 + number, number, 8)))
    found = match(kept, fingerprint_of(opening + recording(300, 300, 8)))
    assert [m for m in found if m.verdict == "copy"] == []


def test_the_same_question_gets_the_same_answer(archive: Archive) -> None:
    query = fingerprint_of([turned(f, 7, 0.8) for f in recording(6, 6, 6)])
    assert match(archive, query) == match(archive, query)


def test_a_plain_picture_moves_no_placing() -> None:
    plain = fingerprint_of([np.full((HEIGHT, WIDTH), 90, np.uint8)] * 32).picture
    assert plain is not None
    placing = Placing(np.eye(3), False, 0)
    assert (refine(plain, plain, placing, Run(0, 31, 1.0, 0.0)).matrix == np.eye(3)).all()


def test_a_pan_over_the_same_place_at_another_moment_is_no_copy() -> None:
    """All but what moves quickly agrees: the place, and how the camera goes over it."""

    def panned(moment: int) -> list[np.ndarray]:
        still = recording(30, moment, 9, people=3)
        return [turned(f, 0, 0.5, (0.5, 0.4 + 0.2 * k / len(still))) for k, f in enumerate(still)]

    kept = Archive()
    kept.add(fingerprint_of(panned(1)))
    one = only_copy(match(kept, fingerprint_of(panned(1)[4:32])), 0)
    assert one.query_end_s - one.query_start_s > 6
    assert [m for m in match(kept, fingerprint_of(panned(2))) if m.verdict == "copy"] == []


def test_black_frames_elsewhere_in_the_reference_change_no_evidence() -> None:
    black, frames = [np.zeros((HEIGHT, WIDTH), np.uint8)] * 8, recording(31, 31, 8)
    query, found = fingerprint_of(frames[4:24]).picture, []
    for before in ([], black):
        reference = fingerprint_of(before + frames).picture
        assert query is not None
        assert reference is not None
        both = overlay(query, reference, Placing(np.eye(3), False, 0))
        assert both is not None
        _, evidence = weigh(both, Run(0, 19, 1.0, 4.0 + len(before)), np.ones(20, bool))
        found.append((evidence.motion, evidence.moving, evidence.quick, evidence.quick_motion))
    assert found[1] == pytest.approx(found[0], rel=0.02)
