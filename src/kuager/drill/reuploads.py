"""What becomes of a recording on its way through sites and phones: cut, cropped, mirrored, filmed off a screen.

A re-upload is made from the stored file, so that it carries the loss of two encodings. Each is
marked DRILL again after it was changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import butter, resample, sosfilt

from kuager.drill.formats import Format, write_recording
from kuager.drill.pictures import Frame, label
from kuager.drill.waves import Samples
from kuager.errors import UnreadableError
from kuager.instruments import media

if TYPE_CHECKING:
    from PIL import Image

Change = Callable[["Image.Image", np.random.Generator, float], "Image.Image"]
ROTATION_DEG = 7.0


@dataclass(frozen=True)
class Segment:
    """A stretch of a re-upload and where it comes from. ``speed``: source seconds per re-upload second."""

    source: str
    query_start_s: float
    query_end_s: float
    source_start_s: float
    source_end_s: float
    speed: float


@dataclass(frozen=True)
class Reupload:
    """One re-upload: what was done to it, how `match` names the view, and its segments. ``sound``: same or none."""

    path: str
    kind: str
    view: str
    sound: str
    segments: tuple[Segment, ...]


def plan(
    rng: np.random.Generator, kind: str, path: str, sources: list[tuple[str, float, bool]], seconds: float
) -> Reupload:
    """Choose what a re-upload shows. ``sources``: path, duration (s) and whether it has sound, of each recording."""
    pieces = 2 if kind == "cut" else 1
    speed = float(rng.choice([0.8, 1.25])) if kind == "speed" else 1.0
    segments, at, sounding = [], 0.0, True
    for _ in range(pieces):
        source, length, has_sound = sources[int(rng.integers(len(sources)))]
        sounding = sounding and has_sound
        take = min(float(rng.uniform(0.8, 1.2)) * seconds / pieces, length / speed)
        start = round(float(rng.uniform(0, max(length - take * speed, 0))), 2)
        take = round(take, 2)
        ends = round(at + take, 2)
        segments.append(Segment(source, at, ends, start, round(start + take * speed, 4), speed))
        at = ends
    return Reupload(path, kind, _KINDS[kind][1], "same" if sounding else "none", tuple(segments))


def make(folder: Path, one: Reupload, seed: int) -> None:
    """Writes the re-upload's file from the stored recordings in ``folder``."""
    rng = np.random.default_rng((seed, 51))
    form = Format(Path(one.path).suffix[1:], "h264", "aac" if one.sound == "same" else None, 44_100, 15.0)
    form = replace(form, quality=34 if one.kind == "re-encode" else 30, sound_kbps=64)
    change, _ = _KINDS[one.kind]
    times, frames, sounds = [], [], []
    for part in one.segments:
        count = int((part.query_end_s - part.query_start_s) * form.fps)
        # The source's picture at each of our times: its rate divided by the speed.
        shown = media.pictures(
            folder / part.source, rate=form.fps / part.speed, start_s=part.source_start_s, end_s=part.source_end_s
        )
        for picture in islice(shown, count):
            at_s = part.query_start_s + (picture.time_s - part.source_start_s) / part.speed
            times.append(round(at_s * 90_000) / 90_000)
            frames.append(_changed(picture.image, change, rng, at_s))
        if form.sound:
            sounds.append(_sound(folder / part.source, part, form.rate, one.kind, rng))
    if not frames:
        raise UnreadableError(f"{one.path}: its sources gave no pictures.")
    times = [at - times[0] for at in times]
    samples = np.concatenate(sounds) if sounds else None
    write_recording(
        folder / one.path, form, samples, np.array(times), frames.__getitem__, f"DRILL re-upload ({one.kind})"
    )


def _sound(path: Path, part: Segment, rate: int, kind: str, rng: np.random.Generator) -> Samples:
    """The segment's sound; another speed changes the pitch too, as players and re-uploaders do."""
    taken = media.sound(path, rate, part.source_start_s, part.source_end_s).samples
    length = round((part.query_end_s - part.query_start_s) * rate)
    if part.speed != 1.0:
        taken = np.asarray(resample(taken, length), dtype=np.float32)
    out = np.zeros(length, dtype=np.float32)
    out[: min(length, len(taken))] = taken[:length]
    if kind == "screen-filmed":
        heard = sosfilt(butter(2, [300 / (rate / 2), 4500 / (rate / 2)], "bandpass", output="sos"), out)
        room = rng.standard_normal(length) * 0.15 * float(np.std(heard))
        out = np.asarray(heard + room, dtype=np.float32)
    return out


def _changed(image: Frame, change: Change, rng: np.random.Generator, at_s: float) -> Frame:
    from PIL import Image

    made = change(Image.fromarray(image), rng, at_s)
    made = made.crop((0, 0, made.width - made.width % 2, made.height - made.height % 2))
    plate = label("DRILL", made.height)
    made.paste(plate, (made.width - plate.width - 6, made.height - plate.height - 6), plate)
    return np.asarray(made)


def _as_is(picture: Image.Image, rng: np.random.Generator, at_s: float) -> Image.Image:
    return picture.resize((426, 240))


def _crop(picture: Image.Image, rng: np.random.Generator, at_s: float) -> Image.Image:
    w, h = picture.size
    return picture.crop((int(w * 0.12), int(h * 0.12), int(w * 0.88), int(h * 0.88)))


def _off_centre(picture: Image.Image, rng: np.random.Generator, at_s: float) -> Image.Image:
    w, h = picture.size
    return picture.crop((int(w * 0.34), int(h * 0.30), w, h)).resize((480, 270))


def _logo(picture: Image.Image, rng: np.random.Generator, at_s: float) -> Image.Image:
    picture = picture.copy()
    plate = label("KANAL 4 DRILL", picture.height * 2)
    picture.paste(plate, (picture.width - plate.width - 10, 10), plate)
    return picture


def _border(picture: Image.Image, rng: np.random.Generator, at_s: float) -> Image.Image:
    from PIL import Image

    framed = Image.new("RGB", (480, 360), "#0c0c10")
    framed.paste(picture.resize((400, 225)), (40, 67))
    plate = label("DRILL  shared by a neighbour", 240)
    framed.paste(plate, (60, 310), plate)
    return framed


def _mirror(picture: Image.Image, rng: np.random.Generator, at_s: float) -> Image.Image:
    from PIL import Image

    return picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize((480, 270))


def _inset(picture: Image.Image, rng: np.random.Generator, at_s: float) -> Image.Image:
    studio = _studio().copy()
    studio.paste(picture.resize((288, 162)), (320, 60))
    return studio


@lru_cache(maxsize=1)
def _studio() -> Image.Image:
    """A newsreader at a desk, drawn once: the background of an inset."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 360), "#28405e")
    draw = ImageDraw.Draw(picture)
    for row in range(0, 360, 4):
        draw.line([(0, row), (640, row)], fill=(40, 60 + row // 8, 100 + row // 6), width=4)
    draw.rectangle([310, 50, 618, 232], fill="#10151c")
    draw.rounded_rectangle([110, 150, 230, 330], 40, fill="#31343c")
    draw.ellipse([140, 80, 200, 160], fill="#c99a74")
    draw.polygon([(0, 290), (640, 250), (640, 360), (0, 360)], fill="#7b1f24")
    plate = label("DRILL evening bulletin", 330)
    picture.paste(plate, (330, 300), plate)
    return picture


def _rotated(picture: Image.Image, rng: np.random.Generator, at_s: float) -> Image.Image:
    from PIL import Image

    return picture.rotate(ROTATION_DEG, Image.Resampling.BILINEAR).resize((480, 270))


def _filmed(picture: Image.Image, rng: np.random.Generator, at_s: float) -> Image.Image:
    """Off a screen: keystone, bezel, a hand's drift, washed-out tones and the beat of two frame rates."""
    from PIL import Image

    drift = 4 * np.sin(0.8 * at_s)
    corners = np.array([(34 + drift, 30), (452, 18 + drift), (440 + drift, 250), (46, 262 - drift)])
    small = picture.resize((440, 248))
    coefficients = _homography(corners, np.array([(0, 0), (440, 0), (440, 248), (0, 248)], dtype=np.float64))
    warped = small.transform((480, 280), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)
    tone = np.asarray(warped, dtype=np.float32) * 0.78 + 28
    rows = np.arange(280)[:, None, None]
    tone *= 1 + 0.05 * np.sin(rows / 9 + at_s * 11)
    tone += _grain()[int(at_s * 15) % 7 : int(at_s * 15) % 7 + 280]
    return Image.fromarray(np.clip(tone, 0, 255).astype(np.uint8))


@lru_cache(maxsize=1)
def _grain() -> np.ndarray:
    return np.random.default_rng(7).normal(0, 4, (288, 480, 1)).astype(np.float32)


def _homography(seen: np.ndarray, flat: np.ndarray) -> list[float]:
    """Eight coefficients that take output places ``seen`` to input places ``flat``, as Pillow wants them."""
    rows, right = [], []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return [float(c) for c in np.linalg.solve(np.array(rows), np.array(right))]


_KINDS: dict[str, tuple[Change, str]] = {
    "re-encode": (_as_is, "as_is"),
    "crop": (_crop, "cropped"),
    "logo": (_logo, "as_is"),
    "border": (_border, "bordered"),
    "mirror": (_mirror, "mirrored"),
    "cut": (_as_is, "as_is"),
    "speed": (_as_is, "as_is"),
    "inset": (_inset, "inset"),
    "rotated": (_rotated, "rotated"),
    "off-centre crop": (_off_centre, "cropped"),
    "screen-filmed": (_filmed, "bordered+rotated"),
}
KINDS = tuple(_KINDS)
