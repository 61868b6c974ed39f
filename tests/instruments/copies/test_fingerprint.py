from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from tests.instruments.copies.scenes import HEIGHT, WIDTH, fingerprint_of, recording

from kuager.errors import UnreadableError
from kuager.instruments.copies import Fingerprint, fingerprint
from kuager.instruments.copies.gather import fingerprints
from kuager.instruments.copies.trim import trim

pytest.importorskip("cv2")
INPUTS = Path(__file__).parents[4] / "shared" / "inputs" / "tapes"


def write(path: Path, frames: list[np.ndarray], sound: bool = False) -> Path:
    with av.open(str(path), "w") as box:
        stream = box.add_stream("libx264", rate=4)
        stream.width, stream.height, stream.pix_fmt = frames[0].shape[1], frames[0].shape[0], "yuv420p"
        voice = box.add_stream("aac", rate=16000, layout="mono") if sound else None
        for frame in frames:
            box.mux(stream.encode(av.VideoFrame.from_ndarray(np.repeat(frame[:, :, None], 3, 2), format="rgb24")))
        box.mux(stream.encode())
        if voice is not None:
            samples = (np.random.default_rng(0).normal(0, 3000, (1, 4000 * len(frames)))).astype(np.int16)
            chunk = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            chunk.rate = 16000
            box.mux(voice.encode(chunk))
            box.mux(voice.encode())
    return path


def test_a_kept_fingerprint_reads_back_the_same(tmp_path: Path) -> None:
    made = fingerprint(write(tmp_path / "a.mp4", recording(1, 1, 6), sound=True))
    again = Fingerprint.from_bytes(made.to_bytes())
    assert made.picture is not None
    assert made.sound is not None
    assert again.picture is not None
    assert again.sound is not None
    for name in ("times", "thumbs", "hashed", "hashes", "mirrors", "quality"):
        assert (getattr(made.picture, name) == getattr(again.picture, name)).all()
    assert (made.picture.box, made.picture.size, made.name) == (again.picture.box, again.picture.size, again.name)
    assert [k.frame for k in made.picture.keys] == [k.frame for k in again.picture.keys]
    assert all(
        (a.features.descriptors == b.features.descriptors).all()
        for a, b in zip(made.picture.keys, again.picture.keys, strict=True)
    )
    assert (made.sound.wave == again.sound.wave).all()


@pytest.mark.parametrize("data", [b"", b"PK", b"x" * 400])
def test_a_damaged_one_is_told(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        Fingerprint.from_bytes(data)


def test_a_part_holds_what_lies_in_it() -> None:
    picture = fingerprint_of(recording(1, 1, 12)).picture
    assert picture is not None
    part = picture.part(16, 32)
    assert len(part.times) == len(part.thumbs) == 16
    assert part.times[0] == picture.times[16]
    assert (part.hashes == picture.hashes[8:16]).all()
    assert all(0 <= key.frame < 16 for key in part.keys)


def test_bars_are_trimmed_and_a_dark_picture_is_not() -> None:
    image = recording(2, 2, 1)[0]
    assert trim(image[None]) == [(0, HEIGHT, 0, WIDTH)]
    framed = np.pad(image, ((20, 20), (30, 30)))
    dark = np.full(framed.shape, 3, np.uint8)
    (top, bottom, left, right), whole = trim(np.stack([framed, dark]))
    assert top == pytest.approx(20, abs=2)
    assert bottom == pytest.approx(HEIGHT + 20, abs=2)
    assert left == pytest.approx(30, abs=2)
    assert right == pytest.approx(WIDTH + 30, abs=2)
    assert whole == (0, HEIGHT + 40, 0, WIDTH + 60)


def test_borders_that_come_and_go_are_taken_off_where_they_are() -> None:
    plain = recording(2, 2, 8)
    framed = [np.pad(image[20:-20], ((20, 20), (0, 0))) if 8 <= k < 24 else image for k, image in enumerate(plain)]
    picture, whole = fingerprint_of(framed).picture, fingerprint_of(plain).picture
    assert picture is not None
    assert whole is not None
    inside = [8 <= at < 24 for at in picture.hashed]
    trimmed = (picture.hashes[:, 1] != picture.hashes[:, 0]).any(axis=1)
    assert trimmed.tolist() == inside
    kept = fingerprint_of([image[20:-20] for image in plain]).picture
    assert kept is not None
    for trimmed_view, beside in ((picture.hashes, kept.hashes), (picture.mirrors, kept.mirrors)):
        assert np.median(np.bitwise_count(trimmed_view[inside, 1] ^ beside[inside, 0]).sum(axis=1)) < 50
    assert (picture.hashes[~np.array(inside)] == whole.hashes[~np.array(inside)]).all()


def test_a_picture_that_changes_its_size_on_the_way_is_made_like_the_first() -> None:
    frames = recording(1, 1, 4)
    picture = fingerprint_of([f if k < 8 else f[:120] for k, f in enumerate(frames)]).picture
    assert picture is not None
    assert len(picture.thumbs) == len(frames)


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = write(tmp_path / "good.mp4", recording(1, 1, 3))
    broken, empty, text = tmp_path / "broken.mp4", tmp_path / "empty.mp4", tmp_path / "list.m3u8"
    broken.write_bytes(good.read_bytes()[:900])
    empty.touch()
    text.write_text("#EXTM3U\nhttp://127.0.0.1:9/x.ts\n")
    paths = [str(p) for p in (good, broken, empty, text, tmp_path / "absent.mp4")]
    outcomes = dict(fingerprints(paths, workers=2))
    assert set(outcomes) == set(paths)
    assert isinstance(outcomes[str(good)], Fingerprint)
    assert all(isinstance(outcomes[path], UnreadableError) for path in paths[1:])
