"""Recordings with known clicks and counted pictures, made with PyAV."""

from dataclasses import dataclass, field
from fractions import Fraction

import av
import numpy as np
import pytest

RATE = 48000
CLICKS_S = (0.5, 1.0, 2.345, 3.7)


@pytest.fixture(name="clicks", scope="session")
def clicks_fixture():
    return clicks


def clicks(seconds: float, times=CLICKS_S, rate: int = RATE) -> np.ndarray:
    """Smooth clicks (Gaussian, 0.8 ms wide) whose centres lie at the given times."""
    t = np.arange(int(seconds * rate)) / rate
    return sum((0.9 * np.exp(-0.5 * ((t - at) / 0.0008) ** 2) for at in times), np.zeros_like(t)).astype(np.float32)


def counted(k: int, width: int = 64, height: int = 48) -> np.ndarray:
    """A picture that tells its number: brightness rises by 8 a frame, modulo 200."""
    return np.full((height, width, 3), 20 + (k * 8) % 200, dtype=np.uint8)


@dataclass
class Recipe:
    """What to make: ``picture_pts`` gives each picture's time in 1/1000 s; ``drop_s`` leaves sound out there."""

    sound: str | None = "aac"
    picture: str | None = None
    seconds: float = 5.0
    rate: int = RATE
    layout: str = "mono"
    picture_pts: list[int] | None = None
    sound_late_s: float = 0.0
    drop_s: tuple[float, float] | None = None
    container: dict[str, str] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)
    fmt: str | None = None
    size: tuple[int, int] = (64, 48)


@pytest.fixture(scope="session")
def make(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")

    def made(name: str, **recipe):
        path = folder / name
        if not path.exists():
            write(path, Recipe(**recipe))
        return path

    return made


def write(path, recipe: Recipe) -> None:
    with av.open(str(path), "w", format=recipe.fmt, options=recipe.container) as container:
        timed = []
        if recipe.picture:
            picture = container.add_stream(recipe.picture, rate=25, options=recipe.options)
            picture.width, picture.height = recipe.size
            picture.pix_fmt = "yuvj420p" if recipe.picture == "mjpeg" else "yuv420p"
            picture.codec_context.time_base = Fraction(1, 1000)
            for k, pts in enumerate(recipe.picture_pts or range(0, int(recipe.seconds * 1000), 40)):
                frame = av.VideoFrame.from_ndarray(counted(k, *recipe.size), format="rgb24")
                frame.pts, frame.time_base = pts, Fraction(1, 1000)
                timed.append((pts / 1000, 0, picture, frame))
        if recipe.sound:
            sound = container.add_stream(recipe.sound, rate=recipe.rate, layout=recipe.layout)
            for frame in _sound_frames(sound.codec_context, recipe):
                timed.append((float(frame.pts * frame.time_base), 1, sound, frame))
        for _, _, stream, frame in sorted(timed, key=lambda one: one[:2]):
            container.mux(stream.encode(frame))
        for stream in container.streams:
            container.mux(stream.encode(None))


def _sound_frames(context, recipe: Recipe):
    channels = 2 if recipe.layout == "stereo" else 1
    samples = np.repeat(clicks(recipe.seconds, rate=recipe.rate)[None], channels, axis=0)
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=recipe.layout)
    frame.sample_rate, frame.pts, frame.time_base = recipe.rate, 0, Fraction(1, recipe.rate)
    resampler = av.AudioResampler(context.format.name, recipe.layout, recipe.rate, context.frame_size or 1024)
    for made in [*resampler.resample(frame), *resampler.resample(None)]:
        at_s = float(made.pts * made.time_base)
        if recipe.drop_s and recipe.drop_s[0] <= at_s < recipe.drop_s[1]:
            continue
        made.pts += round(recipe.sound_late_s / made.time_base)
        yield made


@pytest.fixture(name="click_errors_s", scope="session")
def click_errors_fixture():
    return click_errors_s


def click_errors_s(sound, times) -> np.ndarray:
    """How late each click comes, from the centre of its energy within 60 ms."""
    errors = []
    for at in times:
        low = max(0, round((at - 0.06 - sound.start_s) * sound.rate))
        piece = np.clip(sound.samples[low : low + round(0.12 * sound.rate)], 0, None).astype(float)
        weight = np.clip(piece - 0.1 * piece.max(), 0, None)
        centre = (weight * np.arange(len(weight))).sum() / weight.sum()
        errors.append((low + centre) / sound.rate + sound.start_s - at)
    return np.array(errors)
