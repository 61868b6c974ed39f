"""Sound that was cut after a phone had encoded it: the frames of that encoding jump at the cut, and nowhere else."""

import av
import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from kuager.instruments import media
from kuager.instruments.edits.frames import frame_breaks, stretches
from kuager.instruments.edits.rounding import steps
from kuager.instruments.edits.transform import FRAME, halved, lines_at, lines_everywhere

RATE = 48000
NONE = np.zeros(0, np.int64)


def street(seed, seconds=7.0):
    """Noise that falls towards high frequencies and swells, with voices' tones over it."""
    rng = np.random.default_rng(seed)
    n = int(seconds * RATE)
    low = sosfilt(butter(1, 600, fs=RATE, output="sos"), rng.normal(0, 0.3, n))
    swell = np.interp(np.arange(n), np.linspace(0, n, 12), rng.uniform(0.4, 1.2, 12))
    time_s = np.arange(n) / RATE
    voice = sum(np.sin(2 * np.pi * 180 * k * time_s + k) / k for k in range(1, 12)) * (np.sin(4 * time_s) > 0)
    return (0.3 * (low * swell + 0.02 * voice + rng.normal(0, 0.003, n))).astype(np.float32)


def encoded(path, sound, bit_rate):
    with av.open(str(path), "w") as out:
        voice = out.add_stream("aac", rate=RATE, layout="mono")
        voice.bit_rate = bit_rate
        for k in range(0, len(sound) - 1023, 1024):
            block = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(sound[None, k : k + 1024]), format="fltp", layout="mono"
            )
            block.sample_rate, block.pts = RATE, k
            out.mux(voice.encode(block))
        out.mux(voice.encode(None))
    return path


def decoded(path):
    return media.sound(path, rate=RATE).samples


@pytest.fixture(scope="module")
def phone(tmp_path_factory):
    return decoded(encoded(tmp_path_factory.mktemp("phone") / "a.m4a", street(1001), 64_000))


def breaks(path):
    return frame_breaks(media.sound(path, rate=RATE), media.packets(path)[1])


@pytest.mark.parametrize("trimmed", [0, 333])
def test_a_cut_of_encoded_sound_is_found_after_it_is_encoded_again(tmp_path, phone, trimmed):
    sound = phone[trimmed:]
    at = 3 * RATE
    found = breaks(encoded(tmp_path / "a.m4a", np.concatenate([sound[:at], sound[at + 30_000 :]]), 128_000))
    assert [one.start_s for one in found] == [pytest.approx(3.0, abs=2.5 / 30)]
    assert (found[0].kind, found[0].grade) == ("sound_break", "screening")


def test_a_cut_is_found_where_both_encodings_are_as_fine(tmp_path):
    sound = decoded(encoded(tmp_path / "a.m4a", street(1003, 9.0), 128_000))[700:]
    at = 5 * RATE
    cut = encoded(tmp_path / "b.m4a", np.concatenate([sound[:at], sound[at + 30_333 :]]), 128_000)
    assert [one.start_s for one in breaks(cut)] == [pytest.approx(5.0, abs=2.5 / 30)]


def test_lines_lie_on_levels_where_earlier_frames_began(phone):
    offsets = np.array([0, 300, 700])
    shown = np.stack([steps(phone, frame, offsets, np.zeros(FRAME, bool)) for frame in range(40, 80)])
    assert shown[:, 0].mean() > 8
    assert np.abs(shown[:, 1:].mean(axis=0)).max() < 1


def test_half_the_rate_gives_the_same_lines(phone):
    lines = lines_everywhere(halved(phone), 50)
    offsets = np.array([0, 1, 513, 1023])
    assert lines[offsets, :400] == pytest.approx(lines_at(phone, 50, offsets)[:, :400], abs=1e-3)


def test_a_frame_shows_nothing_where_everything_beside_is_taken(phone):
    assert steps(phone, 50, np.array([5]), np.ones(FRAME, bool)) == [0.0]


def test_encoding_again_without_a_cut_says_nothing(tmp_path, phone):
    assert breaks(encoded(tmp_path / "a.m4a", phone[333:], 128_000)) == []


def test_encoding_once_says_nothing(tmp_path):
    raw = street(1002)
    assert (
        breaks(encoded(tmp_path / "a.m4a", np.concatenate([raw[: 3 * RATE], raw[3 * RATE + 30_000 :]]), 128_000)) == []
    )


def test_frames_are_told_by_where_they_began(phone):
    at = 3 * RATE
    before, after = stretches(np.concatenate([phone[100:at], phone[at + 10_000 :]]), NONE)
    assert before.offset == -100 % FRAME
    assert after.offset == (at - 100 - (at + 10_000)) % FRAME
    assert before.end == pytest.approx(at - 100, abs=3 * FRAME)


@pytest.mark.parametrize("sound", [np.zeros(3 * RATE, np.float32), np.zeros(100, np.float32)])
def test_silence_and_too_little_show_nothing(sound):
    assert stretches(sound, NONE) == []


def test_noise_and_a_steady_tone_show_nothing():
    rng = np.random.default_rng(5)
    assert stretches(rng.normal(0, 0.1, 3 * RATE).astype(np.float32), NONE) == []
    tone = 0.3 * np.sin(2 * np.pi * 1000 * np.arange(3 * RATE) / RATE)
    assert stretches((tone + rng.normal(0, 1e-4, len(tone))).astype(np.float32), NONE) == []
