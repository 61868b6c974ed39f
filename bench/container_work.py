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

    sound = [] if sound is None else sound
    options = {"crf": "22", "g": str(gop), "preset": "veryfast", "threads": "1"}
    with av.open(str(path), "w") as out:
        picture = out.add_stream("libx264", rate=RATE, options=options)
        picture.width, picture.height, picture.pix_fmt = *SIZE, "yuv420p"
        picture.codec_context.time_base = Fraction(1, 90000)
        voice = out.add_stream("aac", rate=48000, layout="mono") if len(sound) else None
        for image, time_s in zip(frames, times, strict=True):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = round(time_s * 90000), Fraction(1, 90000)
            out.mux(picture.encode(frame))
        out.mux(picture.encode(None))
        if voice is not None:
            _speak(out, voice, sound)
    return path


def _speak(out: Any, voice: Any, sound: Any) -> None:
    import av
    import numpy as np

    for k in range(0, len(sound) - 1023, 1024):
        block = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(sound[None, k : k + 1024]), format="fltp", layout="mono"
        )
        block.sample_rate, block.pts = 48000, k
        out.mux(voice.encode(block))
    out.mux(voice.encode(None))


def write_sound(path: Path, sound: Any, bit_rate: int = 128_000) -> Path:
    """Sound alone, AAC."""
    import av

    with av.open(str(path), "w") as out:
        voice = out.add_stream("aac", rate=48000, layout="mono")
        voice.bit_rate = bit_rate
        _speak(out, voice, sound)
    return path


def square(seed: int, seconds: float) -> Any:
    """What a phone on a protest's square hears, 48 kHz, before any encoding: of the drill, another scene each seed."""
    import numpy as np

    from kuager.drill.acoustics import hear
    from kuager.drill.clocks import wandering_clock
    from kuager.drill.recorders import Recorder, record
    from kuager.drill.scenes import event_scene

    rng = np.random.default_rng((seed, 31))
    scene = event_scene(seed, seconds + 4, 25.0, shots=int(rng.integers(0, 3)), busy=bool(rng.random() < 0.6))
    position = (float(rng.uniform(-40, 40)), float(rng.uniform(-30, 30)), 1.6)
    heard_there = hear(scene, position, wandering_clock(rng, 1.0, seconds, 50.0), seconds, 48000)
    recorder = Recorder(
        float(rng.uniform(0, 20)), float(rng.uniform(60, 200)), float(rng.uniform(9000, 18000)),
        float(rng.uniform(-32, -22)), float(rng.choice([0.0, 0.4, 0.8])), False, seed,
    )  # fmt: skip
    return np.clip(record(heard_there, recorder), -1, 1).astype(np.float32)


def phoned(seed: int, seconds: float, folder: Path) -> Any:
    """The same as an editor loads it: encoded by the phone at 64 to 128 kbit/s and decoded; every second one is then
    trimmed at its start, as those whose container declares a delay are."""
    import av
    import numpy as np

    rng = np.random.default_rng((seed, 32))
    path = write_sound(folder / "phone.m4a", square(seed, seconds), int(rng.choice([64_000, 96_000, 128_000])))
    with av.open(str(path)) as first:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in first.decode(audio=0)])
    return sound[int(rng.integers(0, 1024)) if rng.random() < 0.5 else 0 :]


def sound_cuts(seed: int, folder: Path, seconds: float) -> list[Cut]:
    """A phone's sound spliced in each way that is asked for and encoded again at 128 kbit/s, and left as it is.

    ``unencoded`` is cut before it was ever encoded: a cut inside steady noise then leaves no trace that could be found.
    """
    import numpy as np

    rng = np.random.default_rng((seed, 33))
    sound, other = phoned(seed, seconds, folder), phoned(seed + 700_000, seconds, folder)
    raw = square(seed, seconds)
    at = int(rng.uniform(2.5, seconds - 4.5) * 48000)
    out = at + int(rng.uniform(0.4, 1.5) * 48000)
    ramp = np.linspace(0, 1, 480, dtype=np.float32)
    faded = sound[at - 480 : at] * (1 - ramp) + sound[out - 480 : out] * ramp
    # Not from its very beginning, where an encoder still spends what it saved.
    taken = int(rng.uniform(2.0, seconds - 2.0) * 48000)
    piece = other[taken : taken + 48000]
    level = np.sqrt(np.mean(sound[at - 48000 : at] ** 2) / (np.mean(piece**2) + 1e-12))
    over, quiet = sound.copy(), sound.copy()
    over[at : at + 48000] = np.clip(piece * level, -1, 1)
    quiet[at : at + 14400] = 0
    at_s = at / 48000
    made = [
        ("untouched", None, at_s, at_s, sound),
        ("splice, same recording", "sound_break", at_s, at_s, np.concatenate([sound[:at], sound[out:]])),
        ("splice, crossfaded", "sound_break", at_s, at_s,
         np.concatenate([sound[: at - 480], faded, sound[out:]])),
        ("splice, other recording", "sound_break", at_s, at_s + 1, over),
        ("splice, silence", "sound_break", at_s, at_s + 0.3, quiet),
        ("splice, unencoded", "sound_break", at_s, at_s, np.concatenate([raw[:at], raw[out:]])),
    ]  # fmt: skip
    return [
        Cut(name, write_sound(folder / f"{name}.m4a", said), kind, start_s, end_s, len(said) / 48000)
        for name, kind, start_s, end_s, said in made
    ]


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
    left = [frames[int(1.05 * n + 0.5)] for n in range(int((count - 1) / 1.05))]
    keep("untouched", None, 0, 0, frames, even[:count], sound)
    keep("drop, time kept", "timestamp_gap", at_s - 1 / RATE, (k + 11) / RATE, [frames[n] for n in rest],
         [n / RATE for n in rest], None)  # fmt: skip
    keep("drop, rebuilt", "splice", at_s, at_s, [frames[n] for n in rest], even[: len(rest)], without)
    keep(
        "freeze",
        "frozen",
        at_s,
        at_s + 5 / RATE,
        frames[:k] + [frames[k - 1]] * 5 + frames[k + 5 :],
        even[:count],
        None,
    )
    keep("insertion", "insertion", at_s, at_s + 1, frames[:k] + put_in + frames[k:], even[: count + RATE], longer)
    keep("speed", "speed", 0, 0, frames, [n / RATE / 1.05 for n in range(count)], faster)
    keep("speed, left out", "speed", 0, 0, left, even[: len(left)], None)
    once = write(folder / "once.mp4", frames, even[:count], sound, gop=15)
    with av.open(str(once)) as first:
        again = [frame.to_ndarray(format="rgb24") for frame in first.decode(video=0)]
    keep("double encode", "double_encoded", 0, 0, again, even[: len(again)], None, gop=250)
    return made


def untouched(seed: int, folder: Path, originals: list[Path], seconds: float) -> list[Cut]:
    """Recordings nobody cut: five of a drill, one encoded again, real recordings, and real sounds encoded twice."""
    from kuager.drill import generate
    from kuager.instruments import media

    generate(folder / "drill", seed, recordings=4, seconds=seconds, copies=0, unrelated=1, pages=False)
    paths = [*sorted((folder / "drill" / "recordings").iterdir()), *sorted((folder / "drill" / "unrelated").iterdir())]
    if shutil.which("ffmpeg"):
        again = folder / "again.mp4"
        line = ["ffmpeg", "-v", "error", "-y", "-i", str(paths[0]), "-c:v", "copy", "-c:a", "aac", str(again)]
        if subprocess.run(line, capture_output=True, check=False, stdin=subprocess.DEVNULL).returncode == 0:
            paths.append(again)
    # An advertisement among the real ones is cut together; camera originals and one street tape are not.
    paths += [path for path in originals if path.parent.name == "containers" or path.name.startswith("chair")]
    paths += [_twice(path, folder) for path in sorted((INPUTS / "sounds").glob("*/*.flac"))]
    return [Cut("untouched", path, None, 0, 0, media.probe(path).duration_s or 0.0) for path in paths]


def _twice(path: Path, folder: Path) -> Path:
    """A real sound encoded at 96 kbit/s, its beginning trimmed, and encoded again at 128 kbit/s."""
    from kuager.instruments import media

    phone = write_sound(folder / "phone.m4a", media.sound(path, rate=48000).samples, 96_000)
    edited = media.sound(phone, rate=48000).samples[333:]
    return write_sound(folder / f"{path.parent.name}-{path.stem}.m4a", edited)


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
