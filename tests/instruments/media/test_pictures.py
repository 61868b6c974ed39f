import io
import os
import struct
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kuager.errors import UnreadableError
from kuager.instruments import media
from kuager.instruments.media._pictures import _sampled


def number(image) -> int:
    """Which frame of the made recording this is (see ``counted`` in conftest)."""
    return round((float(np.median(image)) - 20) / 8)


VARIED = [0, 40, 80, 200, 210, 250, 700, 740, 1500, 1540, 1580, 1600]


@pytest.mark.parametrize(
    ("name", "codec"),
    [("p.mp4", "libx264"), ("p.mkv", "libx264"), ("p.ts", "libx264"), ("p.webm", "libvpx-vp9"), ("p.mov", "mpeg4")],
)
def test_every_picture_comes_once_and_on_time(make, name, codec):
    path = make(name, sound=None, picture=codec, seconds=0.96)
    shown = list(media.pictures(path, grey=True))
    assert [number(one.image) for one in shown] == list(range(24))
    assert [one.time_s for one in shown] == pytest.approx([k / 25 for k in range(24)], abs=0.0011)
    assert shown[0].keyframe
    assert shown[0].image.shape == (48, 64)


@pytest.mark.parametrize("name", ["v.mp4", "v.mkv"])
@pytest.mark.parametrize("first_ms", [0, 400])
def test_variable_frame_rate_gives_the_frame_shown_at_each_sampled_time(make, name, first_ms):
    path = make(f"{first_ms}{name}", sound=None, picture="libx264", picture_pts=[first_ms + pts for pts in VARIED])
    for rate in (2.0, 10.0, 3.0):
        for one in media.pictures(path, rate=rate, grey=True):
            expected = max(k for k, pts in enumerate(VARIED) if pts / 1000 <= one.time_s + 0.0015)
            assert number(one.image) == expected
            assert one.shown_s == pytest.approx(VARIED[expected] / 1000, abs=0.0011)
            assert one.time_s * rate == pytest.approx(round(one.time_s * rate))


@pytest.mark.parametrize("preset", ["veryfast", "slow"])
@pytest.mark.parametrize("container", ["mp4", "ts"])
def test_skipping_unneeded_frames_changes_no_sampled_picture(make, preset, container):
    path = make(
        f"skip_{preset}.{container}", sound=None, picture="libx264", seconds=6.0, options={"preset": preset, "bf": "3"}
    )
    every = list(media.pictures(path))
    for rate in (2.0, 1.0, 7.0):
        for one in media.pictures(path, rate=rate):
            at_s = [frame.time_s for frame in every if frame.time_s <= one.time_s + 1e-4]
            assert one.shown_s == pytest.approx(at_s[-1], abs=1e-6)
            assert np.array_equal(one.image, every[len(at_s) - 1].image)


@pytest.mark.parametrize("name", ["w.mp4", "w.mkv", "w.ts"])
def test_a_part_holds_the_same_pictures_as_the_whole(make, name):
    path = make(name, sound=None, picture="libx264", seconds=9.0)
    whole = [one for one in media.pictures(path, rate=5.0) if 6.9 <= one.time_s < 7.9]
    part = list(media.pictures(path, rate=5.0, start_s=6.9, end_s=7.9))
    assert [one.time_s for one in part] == [one.time_s for one in whole]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(part, whole, strict=True))


def test_sizes_and_colours(make):
    path = make("size.mp4", sound=None, picture="libx264", seconds=0.2)
    shapes = {
        (48, 64, 3): {},
        (24, 32, 3): {"width": 32},
        (12, 16): {"height": 12, "grey": True},
        (9, 9, 3): {"width": 9, "height": 9},
    }
    for shape, wanted in shapes.items():
        image = next(iter(media.pictures(path, **wanted))).image
        assert image.shape == shape
        assert image.dtype == np.uint8


def test_rotation_is_applied(make, tmp_path):
    movie = bytearray(make("turn.mp4", sound=None, picture="libx264", seconds=0.2).read_bytes())
    at = movie.find(b"tkhd") + 4 + 40
    one = 1 << 16
    struct.pack_into(">9i", movie, at, 0, one, 0, -one, 0, 0, 0, 0, 1 << 30)  # 90 degrees clockwise
    path = tmp_path / "turned.mp4"
    path.write_bytes(movie)
    (plain, turned) = (
        next(iter(media.pictures(p))).image for p in (make("turn.mp4", sound=None, picture="libx264"), path)
    )
    assert turned.shape == (64, 48, 3)
    assert np.array_equal(turned, np.rot90(plain, -1))
    assert next(iter(media.pictures(path, width=24))).image.shape == (32, 24, 3)


def test_rotation_turns_the_right_way(make, tmp_path):
    """A picture bright at the left, turned clockwise, is bright at the top."""
    import av

    path = tmp_path / "left.mp4"
    picture = np.zeros((48, 64, 3), np.uint8)
    picture[:, :16] = 255
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    movie = bytearray(path.read_bytes())
    one = 1 << 16
    struct.pack_into(">9i", movie, movie.find(b"tkhd") + 44, 0, one, 0, -one, 0, 0, 0, 0, 1 << 30)
    path.write_bytes(movie)
    image = next(iter(media.pictures(path, grey=True))).image
    assert image[:8].mean() > 200
    assert image[-8:].mean() < 60


def test_a_still_is_one_picture_at_zero(tmp_path):
    path = tmp_path / "still.jpg"
    Image.new("RGB", (40, 30), (200, 10, 10)).save(path)
    (one,) = media.pictures(path, rate=2.0)
    assert one.time_s == 0
    assert one.image.shape == (30, 40, 3)
    probe = media.probe(path)
    assert probe.still
    assert probe.duration_s is None


def test_a_photograph_is_turned_as_its_exif_says(tmp_path):
    path = tmp_path / "turned.jpg"
    picture = np.zeros((48, 64, 3), np.uint8)
    picture[:, :16] = 255
    exif = Image.Exif()
    exif[0x0112] = 6  # the top of the scene is at the right: turn a quarter clockwise to show it
    Image.fromarray(picture).save(path, exif=exif, quality=95)
    (one,) = media.pictures(path, grey=True)
    assert one.image.shape == (64, 48)
    assert one.image[:8].mean() > 200
    assert one.image[-8:].mean() < 60


def test_a_cover_image_is_no_picture(make, tmp_path):
    import av

    path = tmp_path / "cover.m4a"
    cover = io.BytesIO()
    Image.new("RGB", (32, 32), (0, 0, 200)).save(cover, "JPEG")
    with av.open(str(make("song.m4a", sound="aac", seconds=1.0))) as given, av.open(str(path), "w", "mp4") as made:
        sound = made.add_stream_from_template(given.streams.audio[0])
        art = made.add_stream("mjpeg", rate=1)
        art.width, art.height, art.pix_fmt = 32, 32, "yuvj420p"
        art.disposition = av.stream.Disposition.attached_pic
        packet = av.Packet(cover.getvalue())
        packet.stream, packet.pts, packet.dts = art, 0, 0
        for one in given.demux(given.streams.audio[0]):
            if one.dts is not None:
                one.stream = sound
                made.mux(one)
        made.mux(packet)
    probe = media.probe(path)
    assert probe.has_sound
    assert not probe.has_picture
    assert any(stream.cover for stream in probe.streams)
    with pytest.raises(media.NoPicture):
        list(media.pictures(path))


def test_probe_tells_streams_and_duration(make):
    probe = media.probe(make("told.mp4", sound="aac", picture="libx264", layout="stereo", seconds=2.0))
    kinds = {stream.kind: stream for stream in probe.streams}
    assert (kinds["picture"].codec, kinds["picture"].width, kinds["picture"].frames) == ("h264", 64, 50)
    assert (kinds["sound"].codec, kinds["sound"].channels, kinds["sound"].rate) == ("aac", 2, 48000)
    assert probe.duration_s == pytest.approx(2.0, abs=0.05)


def test_bare_streams_have_their_duration_counted(make):
    probe = media.probe(make("bare.aac", sound="aac", fmt="adts", seconds=3.0))
    assert probe.duration_s == pytest.approx(3.0, abs=0.05)


def test_thumbnail_is_the_picture_shown_then(make):
    path = make("thumb.mp4", sound=None, picture="libx264", seconds=2.0)
    for time_s in (0.0, 0.52, 0.9):
        image = Image.open(io.BytesIO(media.thumbnail(path, time_s, width=32)))
        assert image.size == (32, 24)
        assert number(np.asarray(image.convert("L"))) == round(time_s * 25)
    with pytest.raises(UnreadableError, match="shows nothing"):
        media.thumbnail(path, 60.0)


def test_waveform_peaks_stand_where_the_clicks_are(make):
    wave = media.waveform(make("wave.wav", sound="pcm_s16le"), buckets=500)
    assert len(wave.low) == len(wave.high) == 500
    loud = np.flatnonzero(wave.high > 0.5) * wave.bucket_s + wave.start_s
    assert {0.5, 1.0, 2.345, 3.7} == {min((0.5, 1.0, 2.345, 3.7), key=lambda at: abs(at - t)) for t in loud}
    assert len(loud) <= 8
    assert (wave.low <= wave.high).all()


@given(
    st.lists(st.floats(0.001, 2.0), min_size=1, max_size=40),
    st.sampled_from([0.5, 1.0, 2.0, 7.3]),
    st.one_of(st.none(), st.floats(0, 5)),
)
@settings(max_examples=150, deadline=None)
def test_sampling_gives_each_time_once_with_the_latest_frame(steps, rate, start_s):
    times = np.concatenate([[0.0], np.cumsum(steps)])

    class Frame:
        duration, time_base = None, None

    frames = [(float(t), Frame()) for t in times]
    given = list(_sampled(iter(frames), rate, start_s, None, 0.04))
    ks = [round(time_s * rate) for time_s, _, _ in given]
    assert ks == sorted(set(ks))
    if ks:
        assert ks == list(range(ks[0], ks[-1] + 1))
        assert ks[0] / rate >= (start_s or 0.0) - 1e-3
    for time_s, shown_s, frame in given:
        assert frame is max((f for f in frames if f[0] <= time_s + 1.0001e-4), key=lambda f: f[0])[1]
        assert shown_s <= time_s + 1.0001e-4


def test_confine_bounds_memory_and_processor_time():
    code = (
        "from kuager.instruments.media import confine\n"
        "confine(600 << 20, 1)\n"
        "try:\n    bytearray(700 << 20)\nexcept MemoryError:\n    print('bounded', flush=True)\n"
        "while True: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=20)
    assert done.stdout == "bounded\n"
    assert done.returncode < 0


@pytest.mark.inputs
@pytest.mark.skipif(not os.path.isdir("../shared/inputs/tapes"), reason="../shared/inputs is absent")
def test_real_tapes_read_whole():
    whole = media.sound("../shared/inputs/tapes/chair-orig-22-sd-bar.mp4")
    assert whole.start_s == pytest.approx(0, abs=0.001)
    assert whole.end_s == pytest.approx(22.464, abs=0.001)
    assert whole.delay_sd_s == 0
    pictures = list(media.pictures("../shared/inputs/tapes/rocket.mkv", rate=2.0, width=64))
    assert len(pictures) == 105
    assert pictures[0].time_s == 0
