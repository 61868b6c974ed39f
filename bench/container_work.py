"""Work for the comparisons of containers and edits: recordings made by program, edited on purpose; remuxes."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

RATE = 30
SIZE = (320, 240)
INPUTS = Path(__file__).resolve().parents[2] / "shared" / "inputs"


@dataclass(frozen=True)
class Cut:
    """One edited recording and its truth: which kind is to be found, from when to when; None: untouched."""

    name: str
    path: Path
    kind: str | None
    start_s: float
    end_s: float
    length_s: float


def filmed(seed: int, count: int) -> list[Any]:
    """Frames as a hand-held camera gives them: a textured view, shake, things that move, sensor noise."""
    import cv2
    import numpy as np

    rng = np.random.default_rng(seed)
    fine, coarse = (cv2.GaussianBlur(rng.random((700, 900)).astype(np.float32), (0, 0), s) for s in (2, 9))
    view = 40 + 130 * (coarse - coarse.min()) / np.ptp(coarse) + 18 * (fine - fine.mean()) / fine.std()
    steps = rng.normal(0, rng.uniform(0.2, 0.7), (count + 8, 2)).cumsum(axis=0)
    weights = np.hanning(9) / np.hanning(9).sum()
    hand = np.stack([np.convolve(steps[:, k], weights, "valid") for k in (0, 1)], axis=1)
    starts, speeds = rng.uniform(0, 1, (4, 2)) * SIZE, rng.normal(0, 2.5, (4, 2))
    noise = rng.uniform(1.5, 4.0)
    frames = []
    for k in range(count):
        shift = np.array([[1, 0, -(260 + hand[k, 0] + 0.15 * k)], [0, 1, -(220 + hand[k, 1])]], np.float32)
        image = cv2.warpAffine(view, shift, SIZE)
        for start, speed in zip(starts, speeds, strict=True):
            cv2.circle(image, tuple(int(one) for one in (start + speed * k) % SIZE), 18, 60.0, -1)
        noisy = np.clip(image + rng.normal(0, noise, image.shape), 0, 255).astype(np.uint8)
        frames.append(np.repeat(noisy[:, :, None], 3, axis=2))
    return frames


def heard(seed: int, seconds: float) -> Any:
    """A room's noise with a voice-like tone that comes and goes, 48 kHz."""
    import numpy as np

    rng = np.random.default_rng(seed)
    time_s = np.arange(int(seconds * 48000)) / 48000
    room = np.convolve(rng.normal(0, 0.02, len(time_s)), [0.4, 0.3, 0.2, 0.1], "same")
    voice = 0.05 * np.sin(2 * np.pi * (220 * time_s + 8 * np.sin(2 * time_s))) * (np.sin(2 * np.pi * 0.6 * time_s) > 0)
    return (room + voice).astype(np.float32)


def write(path: Path, frames: list[Any], times: list[float], sound: Any, gop: int = 48) -> Path:
    import av

    options = {"crf": "22", "g": str(gop), "preset": "veryfast", "threads": "1"}
    with av.open(str(path), "w") as out:
        picture = out.add_stream("libx264", rate=RATE, options=options)
        picture.width, picture.height, picture.pix_fmt = *SIZE, "yuv420p"
        picture.codec_context.time_base = Fraction(1, 90000)
        voice = out.add_stream("aac", rate=48000, layout="mono")
        for image, time_s in zip(frames, times, strict=True):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = round(time_s * 90000), Fraction(1, 90000)
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
        for k in range(0, len(sound) - 1023, 1024):
            block = av.AudioFrame.from_ndarray(sound[None, k : k + 1024], format="fltp", layout="mono")
            block.sample_rate, block.pts = 48000, k
            out.mux(voice.encode(block))
        out.mux(voice.encode(None))
    return path


def cuts(seed: int, folder: Path, seconds: float) -> list[Cut]:
    """One recording edited in each way that the bar names, and itself untouched."""
    import av
    import numpy as np

    count = int(seconds * RATE)
    frames, sound = filmed(seed, count), heard(seed, seconds)
    rng = np.random.default_rng(seed + 500_000)
    k = int(rng.integers(2 * RATE, count - 3 * RATE))
    at_s, even = k / RATE, [n / RATE for n in range(2 * count)]
    made: list[Cut] = []

    def keep(name: str, kind: str | None, start_s: float, end_s: float, shown: list[Any], times: list[float],
             said: Any, gop: int = 48) -> Path:  # fmt: skip
        path = write(folder / f"{name}.mp4", shown, times, said, gop)
        made.append(Cut(name, path, kind, start_s, end_s, times[-1]))
        return path

    rest = [*range(k), *range(k + 11, count)]
    without = np.concatenate([sound[: int(at_s * 48000)], sound[int((k + 11) / RATE * 48000) :]])
    put_in, put_in_sound = filmed(seed + 700_000, RATE), heard(seed + 700_000, 1.0)
    longer = np.concatenate([sound[: int(at_s * 48000)], put_in_sound, sound[int(at_s * 48000) :]])
    faster = np.interp(np.arange(0, len(sound) - 1, 1.05), np.arange(len(sound)), sound).astype(np.float32)
    elsewhere = np.concatenate([sound[: int(at_s * 48000)], sound[int((at_s + 0.5) * 48000) :], sound[:24000]])
    keep("untouched", None, 0, 0, frames, even[:count], sound)
    keep("drop, time kept", "timestamp_gap", at_s - 1 / RATE, (k + 11) / RATE, [frames[n] for n in rest],
         [n / RATE for n in rest], sound)  # fmt: skip
    keep("drop, rebuilt", "splice", at_s, at_s, [frames[n] for n in rest], even[: len(rest)], without)
    keep(
        "freeze",
        "frozen",
        at_s,
        at_s + 5 / RATE,
        frames[:k] + [frames[k - 1]] * 5 + frames[k + 5 :],
        even[:count],
        sound,
    )
    keep("insertion", "insertion", at_s, at_s + 1, frames[:k] + put_in + frames[k:], even[: count + RATE], longer)
    keep("speed", "speed", 0, 0, frames, [n / RATE / 1.05 for n in range(count)], faster)
    keep("audio splice", "sound_break", at_s, at_s, frames, even[:count], elsewhere)
    once = write(folder / "once.mp4", frames, even[:count], sound, gop=15)
    with av.open(str(once)) as first:
        again = [frame.to_ndarray(format="rgb24") for frame in first.decode(video=0)]
    keep("double encode", "double_encoded", 0, 0, again, even[: len(again)], sound, gop=250)
    return made


def remuxes(folder: Path, originals: list[Path]) -> list[tuple[Path, str]]:
    """(file, software that wrote it last), made with the tools that are installed."""
    recipes: list[tuple[str, str, list[str]]] = [
        ("FFmpeg", f"{name}.{suffix}", ["ffmpeg", "-v", "error", "-y", "-i", "IN", "-map", "0:v", "-map", "0:a?", "-c",
         "copy", *more, "OUT"])
        for name, suffix, more in (
            ("plain", "mp4", []), ("plain", "mov", []), ("plain", "mkv", []),
            ("start", "mp4", ["-movflags", "faststart"]),
            ("silent", "mp4", ["-fflags", "+bitexact"]),
            ("parts", "mp4", ["-movflags", "frag_keyframe+empty_moov"]),
        )
    ]  # fmt: skip
    recipes.append(("mkvmerge", "merged.mkv", ["mkvmerge", "-q", "-o", "OUT", "IN"]))
    for name, tag in (("title", "-XMP:Title=a"), ("place", "-XMP:GPSLatitude=43.3")):
        recipes.append(("exiftool", f"{name}.mp4", ["exiftool", "-q", tag, "-o", "OUT", "IN"]))
    made: list[tuple[Path, str]] = []
    for original in originals:
        for software, name, words in recipes:
            if shutil.which(words[0]) is None:
                continue
            out = folder / f"{original.stem}-{software}-{name}"
            line = [str(original) if word == "IN" else str(out) if word == "OUT" else word for word in words]
            done = subprocess.run(line, capture_output=True, check=False, stdin=subprocess.DEVNULL)
            if done.returncode == 0 and out.is_file():
                made.append((out, software))
    return made
