"""Edits made on purpose are found where they are; a recording that nobody touched stays quiet.

The recording is small and as a phone would make it: a textured view, a shaking hand, things that move, noise.
"""

from fractions import Fraction
from itertools import islice

import av
import cv2
import numpy as np
import pytest

from kuager.instruments import media
from kuager.instruments.edits import find_edits
from kuager.instruments.edits.cadence import left_out
from kuager.instruments.edits.jumps import frozen, insertions, picture_edits, rarity, splices, usual_of
from kuager.instruments.edits.timing import gaps, pace
from kuager.instruments.edits.trace import Bridge, Trace, follow

RATE = 30
SIZE = (160, 120)


def filmed(seed, count=210):
    rng = np.random.default_rng(seed)
    fine = cv2.GaussianBlur(rng.random((400, 600)).astype(np.float32), (0, 0), 2)
    view = cv2.GaussianBlur(rng.random((400, 600)).astype(np.float32), (0, 0), 8)
    view = 40 + 130 * (view - view.min()) / np.ptp(view) + 60 * (fine - fine.mean()) / fine.std() * 0.3
    steps = rng.normal(0, 0.4, (count + 8, 2)).cumsum(axis=0)
    hand = np.stack([np.convolve(steps[:, k], np.hanning(9) / np.hanning(9).sum(), "valid") for k in (0, 1)], axis=1)
    starts, speeds = rng.uniform(0, 1, (4, 2)) * SIZE, rng.normal(0, 1.5, (4, 2))
    frames = []
    for k in range(count):
        x, y = 200 + hand[k, 0] + 0.12 * k, 120 + hand[k, 1]
        image = cv2.warpAffine(view, np.float32([[1, 0, -x], [0, 1, -y]]), SIZE)
        for start, speed in zip(starts, speeds, strict=True):
            cv2.circle(image, tuple(int(one) for one in (start + speed * k) % SIZE), 10, 60.0, -1)
        noisy = np.clip(image + rng.normal(0, 3, image.shape), 0, 255).astype(np.uint8)
        frames.append(np.repeat(noisy[:, :, None], 3, axis=2))
    return frames


def heard(seed, seconds):
    rng = np.random.default_rng(seed)
    samples = rng.normal(0, 0.02, int(seconds * 48000))
    return np.convolve(samples, [0.4, 0.3, 0.2, 0.1], "same").astype(np.float32)


def write(path, frames, times, sound=None, gop=48, **more):
    with av.open(str(path), "w") as out:
        picture = out.add_stream(
            "libx264", rate=RATE, options={"crf": "22", "g": str(gop), "preset": "veryfast", **more}
        )
        picture.width, picture.height, picture.pix_fmt = *SIZE, "yuv420p"
        picture.codec_context.time_base = Fraction(1, 90000)
        voice = out.add_stream("aac", rate=48000, layout="mono") if sound is not None else None
        for image, time_s in zip(frames, times, strict=True):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = round(time_s * 90000), Fraction(1, 90000)
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
        for k in range(0, len(sound) - 1023 if sound is not None else 0, 1024):
            block = av.AudioFrame.from_ndarray(sound[None, k : k + 1024], format="fltp", layout="mono")
            block.sample_rate, block.pts = 48000, k
            out.mux(voice.encode(block))
        if voice is not None:
            out.mux(voice.encode(None))
    return path


def even(count, rate=RATE):
    return [k / rate for k in range(count)]


@pytest.fixture(scope="module")
def frames():
    return filmed(1001)


FRAME_S = 1 / 30


def kinds(edits):
    return [edit.kind for edit in edits]


def the(edits, kind):
    (one,) = [edit for edit in edits if edit.kind == kind]
    return one


@pytest.mark.parametrize("seed", [1001, 1002, 1003])
def test_an_untouched_recording_is_quiet(tmp_path, seed):
    shown = filmed(seed)
    assert find_edits(write(tmp_path / "a.mp4", shown, even(len(shown)), heard(seed, 7))) == ()


def test_eleven_frames_dropped_with_their_time_kept(tmp_path, frames):
    kept = [k for k in range(len(frames)) if not 100 <= k < 111]
    edits = find_edits(write(tmp_path / "a.mp4", [frames[k] for k in kept], [k / 30 for k in kept]))
    gap = the(edits, "timestamp_gap")
    assert kinds(edits) == ["timestamp_gap"]
    assert (gap.grade, gap.start_s, gap.end_s) == ("recorded", pytest.approx(99 / 30), pytest.approx(111 / 30))


def test_eleven_frames_dropped_and_timestamps_rebuilt(tmp_path, frames):
    shown = frames[:100] + frames[111:]
    edits = find_edits(write(tmp_path / "a.mp4", shown, even(len(shown))))
    splice = the(edits, "splice")
    assert splice.start_s == pytest.approx(100 / 30, abs=2 * FRAME_S)
    assert splice.grade == "screening"


def test_five_frozen_frames(tmp_path, frames):
    shown = frames[:90] + [frames[89]] * 5 + frames[95:]
    frozen = the(find_edits(write(tmp_path / "a.mp4", shown, even(len(shown)))), "frozen")
    assert frozen.start_s == pytest.approx(3.0, abs=2 * FRAME_S)
    assert frozen.end_s == pytest.approx(95 / 30, abs=2 * FRAME_S)


def test_a_second_put_in(tmp_path, frames):
    shown = frames[:100] + filmed(1007, 30) + frames[100:]
    edits = find_edits(write(tmp_path / "a.mp4", shown, even(len(shown))))
    inserted = the(edits, "insertion")
    assert kinds(edits) == ["insertion"]
    assert inserted.start_s == pytest.approx(100 / 30, abs=2 * FRAME_S)
    assert inserted.end_s == pytest.approx(130 / 30, abs=2 * FRAME_S)


def test_five_per_cent_faster_by_timestamps(tmp_path, frames):
    speed = the(find_edits(write(tmp_path / "a.mp4", frames, even(len(frames), 31.5))), "speed")
    assert "+5.0%" in speed.detail


def test_five_per_cent_slower_by_repeated_frames(tmp_path, frames):
    shown = [frames[min(len(frames) - 1, round(k / 1.05))] for k in range(int(len(frames) * 1.05))]
    assert "speed" in kinds(find_edits(write(tmp_path / "a.mp4", shown, even(len(shown)))))


def test_five_per_cent_faster_by_frames_left_out(tmp_path):
    whole = filmed(1004, 360)
    shown = [whole[int(1.05 * k + 0.5)] for k in range(342)]
    speed = the(find_edits(write(tmp_path / "a.mp4", shown, even(len(shown)))), "speed")
    assert "20th picture" in speed.detail
    assert speed.grade == "screening"


def test_encoded_twice(tmp_path, frames):
    once = write(tmp_path / "once.mp4", frames, even(len(frames)), gop=13, bf="0")
    with av.open(str(once)) as first:
        again = [frame.to_ndarray(format="rgb24") for frame in first.decode(video=0)]
    twice = the(find_edits(write(tmp_path / "a.mp4", again, even(len(again)), gop=250, bf="0")), "double_encoded")
    assert "13th" in twice.detail
    assert twice.grade == "screening"
    assert "double_encoded" not in kinds(find_edits(once))


def test_sound_of_another_place(tmp_path, frames):
    sound = heard(1, 7)
    sound[144000:192000] *= 0.05
    breaks = find_edits(write(tmp_path / "a.mp4", frames, even(len(frames)), sound))
    assert kinds(breaks) == ["sound_break", "sound_break"]
    assert [one.start_s for one in breaks] == pytest.approx([3.0, 4.0], abs=2 * FRAME_S)


def test_sound_that_ends_early(tmp_path, frames):
    ends = the(find_edits(write(tmp_path / "a.mp4", frames, even(len(frames)), heard(1, 5))), "sound_break")
    assert ends.grade == "recorded"
    assert "before the picture" in ends.detail


def test_a_still_scene_says_nothing(tmp_path, frames):
    rng = np.random.default_rng(5)
    still = [np.clip(frames[0] + rng.normal(0, 2, frames[0].shape), 0, 255).astype(np.uint8) for _ in range(120)]
    assert find_edits(write(tmp_path / "a.mp4", still, even(120))) == ()


def test_uneven_timestamps_of_a_phone_are_no_gaps():
    rng = np.random.default_rng(3)
    steps = np.where(rng.random(3000) < 0.05, 3, 1) / 30 + rng.normal(0, 0.002, 3000)
    time_s = steps.cumsum()
    assert gaps(time_s) == []
    assert pace(time_s, 1 / 90000) == []


def test_a_tail_is_the_recordings_own():
    rng = np.random.default_rng(4)
    calm = np.exp(rng.normal(0, 0.1, 600))
    restless = np.exp(rng.exponential(0.6, 600))
    for values in (calm, restless):
        values[300] = 4.0
    assert rarity(calm)[300] < 1e-6
    assert rarity(restless)[300] > 1e-4


def test_a_cut_jumps_for_one_picture_and_a_surge_for_some():
    rng = np.random.default_rng(6)
    change = np.exp(rng.normal(1, 0.08, 300))

    def found(values):
        keys, shift = np.arange(300) % 48 == 0, np.zeros((300, 2))
        return [one.start_s for one in splices(Trace(np.arange(300) / 30, values, values, shift, keys, ()))]

    cut, surge = change.copy(), change.copy()
    cut[150] *= 3
    surge[148:153] *= (2, 2.2, 3, 2.2, 2)
    assert found(change) == []
    assert found(cut) == [5.0]
    assert found(surge) == []


def traced(change, bridges=(), keys=None):
    count = len(change)
    keyframe = np.arange(count) % 48 == 0 if keys is None else keys
    return Trace(np.arange(count) / RATE, change, change, np.zeros((count, 2)), keyframe, tuple(bridges))


def test_what_jumps_there_and_back_often_is_no_insertion():
    rng = np.random.default_rng(8)
    change = np.exp(rng.normal(-3, 0.7, 900))
    change[rng.choice(np.arange(20, 880), 45, replace=False)] = rng.uniform(1.5, 2.4, 45)
    change[[400, 420]] = 2.2
    shaken = traced(change, [Bridge(400, 420, 0.2)])
    assert insertions(shaken, usual_of(change)) == []
    change[[400, 420]] = 20.0
    put_in = insertions(traced(change, [Bridge(400, 420, 0.2)]), usual_of(change))
    assert [(one.start_s, one.end_s) for one in put_in] == [(400 / RATE, 420 / RATE)]


def test_one_beat_alone_tells_of_frames_left_out():
    rng = np.random.default_rng(9)
    change = np.exp(rng.normal(0.5, 0.15, 600))
    without = np.zeros(600, bool)
    assert left_out(traced(change, keys=without)) == []
    doubled, many = change.copy(), change.copy()
    doubled[7::20] *= 1.5
    for beat in (13, 17, 23, 29):
        many[5::beat] *= 1.5
    assert "20th" in left_out(traced(doubled, keys=without))[0].detail
    assert left_out(traced(many, keys=without)) == []


def test_a_standstill_goes_on_through_a_keyframe_and_while_it_is_refined():
    change = np.exp(np.random.default_rng(10).normal(0.5, 0.1, 200))
    held, redrawn, refined = change.copy(), change.copy(), change.copy()
    held[90:96] = 0.26 * np.median(change)
    redrawn[95:100] = (0.0, 1.2 * change[96], 0.0, 0.0, 0.0)
    refined[90:95] = (0.4, 0.3, 0.4, 0.0, 0.0)
    assert frozen(traced(held)) == []
    assert [(one.start_s, one.end_s) for one in frozen(traced(redrawn))] == [(95 / RATE, 100 / RATE)]
    assert [(one.start_s, one.end_s) for one in frozen(traced(refined))] == [(90 / RATE, 95 / RATE)]


@pytest.mark.parametrize("name", ["tapes/chair-20-sd-bar.mp4", "tapes/chair-orig-22-sd-bar.mp4"])
def test_some_seconds_of_a_street_tape_stay_quiet(inputs, name):
    shown = islice(media.pictures(inputs / name, width=160, grey=True), 240)
    assert picture_edits(follow(shown)) == []


def test_every_edit_has_its_finding(tmp_path, frames):
    shown = frames[:90] + [frames[89]] * 5 + frames[95:]
    for edit in find_edits(write(tmp_path / "a.mp4", shown, even(len(shown)), heard(1, 5))):
        finding = edit.as_finding().as_json()
        assert finding["harmless"]
        assert finding["limits"]
        assert finding["where"]["end_s"] >= finding["where"]["start_s"]


LARGE = pytest.param("C-recorded-as-mov.mov", marks=pytest.mark.slow)


@pytest.mark.parametrize("name", ["karma.mp4", "video1.mp4", "MOV00006.3gp", LARGE])
def test_camera_originals_stay_quiet(inputs, name):
    assert find_edits(inputs / "containers" / name) == ()
