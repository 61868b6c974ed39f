import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuager.instruments import media
from kuager.instruments.media._timeline import Timeline

CLICKS_S = (0.5, 1.0, 2.345, 3.7)


DECLARED = [
    ("a.mp4", {"sound": "aac", "picture": "libx264"}),
    ("a.m4a", {"sound": "aac"}),
    ("stereo.mp4", {"sound": "aac", "picture": "libx264", "layout": "stereo"}),
    ("a.mov", {"sound": "aac", "picture": "mpeg4"}),
    ("a.mkv", {"sound": "libopus", "picture": "libx264"}),
    ("aac.mkv", {"sound": "aac"}),
    ("a.webm", {"sound": "libopus", "picture": "libvpx-vp9", "options": {"deadline": "realtime", "cpu-used": "8"}}),
    ("opus.mp4", {"sound": "libopus", "picture": "libx264"}),
    ("a.ogg", {"sound": "libopus"}),
    ("a.mp3", {"sound": "libmp3lame"}),
    ("a441.mp3", {"sound": "libmp3lame", "rate": 44100}),
    ("a.wav", {"sound": "pcm_s16le"}),
    ("u8.wav", {"sound": "pcm_u8"}),
    ("a.flac", {"sound": "flac"}),
    ("pcm.avi", {"sound": "pcm_s16le", "picture": "mpeg4"}),
]
UNDECLARED = [
    ("a.ts", {"sound": "aac", "picture": "libx264"}),
    ("only.ts", {"sound": "aac"}),
    ("a.aac", {"sound": "aac", "fmt": "adts"}),
    ("noxing.mp3", {"sound": "libmp3lame", "container": {"write_xing": "0"}}),
    ("mp3.avi", {"sound": "libmp3lame", "picture": "mpeg4"}),
    ("a.flv", {"sound": "aac", "picture": "libx264"}),
]


@pytest.mark.parametrize(("name", "recipe"), DECLARED, ids=[name for name, _ in DECLARED])
def test_clicks_come_out_on_time_where_the_delay_is_declared(click_errors_s, make, name, recipe):
    sound = media.sound(make(name, **recipe), rate=48000)
    assert sound.delay_sd_s == 0
    assert np.abs(click_errors_s(sound, CLICKS_S)).max() < 0.001


@pytest.mark.parametrize(("name", "recipe"), UNDECLARED, ids=[name for name, _ in UNDECLARED])
def test_an_undeclared_delay_stays_within_what_is_stated(click_errors_s, make, name, recipe):
    sound = media.sound(make(name, **recipe), rate=48000)
    assert 0.005 < sound.delay_sd_s < 0.05
    assert np.abs(click_errors_s(sound, CLICKS_S)).max() <= sound.delay_sd_s


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 44100])
def test_resampling_moves_no_click(click_errors_s, make, rate):
    sound = media.sound(make("rates.wav", sound="pcm_s16le"), rate=rate)
    assert sound.rate == rate
    assert len(sound.samples) == 5 * rate
    assert sound.samples.dtype == np.float32
    assert np.abs(click_errors_s(sound, CLICKS_S)).max() < 0.0002
    assert sound.samples.max() == pytest.approx(0.9, abs=0.12)


def test_zero_is_the_first_picture_when_pictures_start_late(click_errors_s, make):
    path = make("late_picture.mkv", sound="libopus", picture="libx264", picture_pts=list(range(400, 5000, 40)))
    sound = media.sound(path, rate=48000)
    assert sound.start_s == pytest.approx(-0.4, abs=0.001)
    assert np.abs(click_errors_s(sound, [at - 0.4 for at in CLICKS_S])).max() < 0.001


@pytest.mark.parametrize("name", ["late.mp4", "late.mkv"])
def test_sound_that_starts_late_keeps_its_distance_to_the_first_picture(click_errors_s, make, name):
    sound = media.sound(make(name, sound="aac", picture="libx264", sound_late_s=1.5), rate=48000)
    assert sound.start_s == pytest.approx(1.5, abs=0.03)
    assert np.abs(click_errors_s(sound, [at + 1.5 for at in CLICKS_S])).max() < 0.001


@pytest.mark.parametrize("name", ["gap.mkv", "gap.ts"])
def test_a_gap_in_the_timestamps_becomes_silence_of_its_length(click_errors_s, make, name):
    sound = media.sound(make(name, sound="aac", picture="libx264", drop_s=(1.4, 2.0)), rate=48000)
    assert np.abs(click_errors_s(sound, [0.5, 1.0, 2.345, 3.7])).max() < 0.001
    ((start_s, end_s),) = sound.gaps
    assert (start_s, end_s) == pytest.approx((1.4, 2.0), abs=0.03)
    inside = sound.samples[round((1.5 - sound.start_s) * 48000) : round((1.9 - sound.start_s) * 48000)]
    assert not inside.any()


@pytest.mark.parametrize("name", ["part.mp4", "part.mp3", "part.ts", "part.ogg", "part.mkv"])
def test_a_part_equals_the_same_part_of_the_whole(click_errors_s, make, name):
    codec = {"part.mp3": "libmp3lame", "part.ogg": "libopus"}.get(name, "aac")
    path = make(name, sound=codec)
    whole, part = media.sound(path, rate=8000), media.sound(path, rate=8000, start_s=2.0, end_s=3.0)
    assert part.start_s == pytest.approx(2.0, abs=0.001)
    assert len(part.samples) == pytest.approx(8000, abs=1)
    assert np.abs(click_errors_s(part, [2.345]) - click_errors_s(whole, [2.345])).max() < 0.0005


def test_a_part_knows_that_the_delay_was_declared(make):
    path = make("part.mp4", sound="aac")
    assert media.sound(path, start_s=2.0, end_s=3.0).delay_sd_s == 0


def test_a_part_past_the_end_is_empty(make):
    assert len(media.sound(make("short.wav", sound="pcm_s16le", seconds=4.0), start_s=9.0).samples) == 0


def test_a_file_without_sound_says_so(make):
    with pytest.raises(media.NoSound, match="no sound"):
        media.sound(make("silent.mp4", sound=None, picture="libx264", seconds=1.0))


def test_sound_decodes_far_faster_than_real_time(make):
    path = make("long.m4a", sound="aac", seconds=60.0)
    media.sound(path)
    took = []
    for _ in range(3):
        began = time.process_time()
        media.sound(path)
        took.append(time.process_time() - began)
    assert 60.0 / min(took) > 100  # processor time; about 600 on a quiet core


@given(
    lengths=st.lists(st.integers(1, 3000), min_size=1, max_size=30),
    jumps=st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.001, -0.001, 0.1, -0.2, 3.0]), min_size=30, max_size=30),
)
@settings(max_examples=60, deadline=None)
def test_pieces_never_overlap_and_lose_nothing_but_repeated_time(lengths, jumps):
    timeline, at_s, given_s = Timeline(8000, 10**7), 0.0, 0.0
    for length, jump in zip(lengths, jumps, strict=False):
        at_s += jump
        timeline.add(np.ones(length, dtype=np.float32), 8000, at_s)
        at_s += length / 8000
        given_s += length / 8000
    timeline.close()
    kept_s = sum(len(piece.samples) for piece in timeline.pieces) / 8000
    back_s = -sum(jump for jump in jumps[1 : len(lengths)] if jump < -0.015)
    assert given_s - back_s * len(lengths) - 0.01 <= kept_s <= given_s + 1e-6
    for before, after in zip(timeline.pieces, timeline.pieces[1:], strict=False):
        assert after.start_s >= before.end_s - 0.032


def test_a_slow_drift_between_timestamps_and_samples_is_followed(clicks, click_errors_s):
    timeline, rate, ppm = Timeline(8000, 10**7), 8000, 400.0
    tone = clicks(60.0, times=[10.0, 30.0, 55.0], rate=rate)
    for begin in range(0, len(tone), 800):
        timeline.add(tone[begin : begin + 800], rate, begin / rate * (1 + ppm * 1e-6))
    timeline.close()
    (piece,) = timeline.pieces
    sound = media.Sound(piece.on_time(), rate, piece.start_s, 0.0)
    expected = [at * (1 + ppm * 1e-6) for at in (10.0, 30.0, 55.0)]
    assert np.abs(click_errors_s(sound, expected)).max() < 0.001
