"""Work for the benchmark of `copies`: short synthetic recordings of places, their re-uploads, and the truth.

Nothing here comes from a real recording. A *place* is a painted panorama; a *scene* is a camera looking at it for
some seconds while people walk through; several scenes may show one place from one spot at different times, which is
the hard case (same walls, other moment). A *re-upload* is a scene after a known sequence of edits. Needs OpenCV.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
RATE = 16000
FPS = 15


def paint_place(rng: np.random.Generator, width: int = 960, height: int = 640) -> Image:
    """A panorama: sky, houses with windows, trees, poles, signs and ground, with grain at every scale."""
    hue = rng.uniform(0, 255, (2, 3))
    ramp = np.linspace(0, 1, height)[:, None, None]
    image = (hue[0] * (1 - ramp) + hue[1] * ramp + np.zeros((height, width, 3))).astype(np.float32)
    for octave in (6, 16, 40, 110):
        grain = rng.normal(0, 1, (max(2, height * octave // width), octave, 3)).astype(np.float32)
        image += rng.uniform(4, 14) * cv2.resize(grain, (width, height), interpolation=cv2.INTER_CUBIC)
    canvas = np.clip(image, 0, 255).astype(np.uint8)
    horizon = int(height * rng.uniform(0.55, 0.75))
    x = -40
    while x < width:
        wide, tall = int(rng.integers(60, 200)), int(rng.integers(80, horizon - 10))
        top = horizon - tall
        wall = rng.uniform(30, 230, 3)
        cv2.rectangle(canvas, (x, top), (x + wide, horizon), wall.tolist(), -1)
        step_x, step_y = int(rng.integers(14, 36)), int(rng.integers(16, 40))
        glass = rng.uniform(0, 255, 3)
        for wx in range(x + 6, x + wide - 8, step_x):
            for wy in range(top + 6, horizon - 10, step_y):
                shade = np.clip(glass + rng.normal(0, 45), 0, 255)
                cv2.rectangle(canvas, (wx, wy), (wx + step_x // 2, wy + step_y // 2), shade.tolist(), -1)
        x += wide + int(rng.integers(-20, 60))
    for _ in range(int(rng.integers(4, 14))):
        cx, cy = int(rng.integers(0, width)), horizon + int(rng.integers(-60, 30))
        for _ in range(25):
            at = (cx + int(rng.normal(0, 22)), cy + int(rng.normal(0, 26)))
            colour = np.clip(np.array([40, 110, 50]) + rng.normal(0, 30, 3), 0, 255)
            cv2.circle(canvas, at, int(rng.integers(4, 13)), colour.tolist(), -1)
    for _ in range(int(rng.integers(3, 10))):
        px = int(rng.integers(0, width))
        cv2.line(
            canvas, (px, horizon - int(rng.integers(60, 250))), (px, horizon + 40), rng.uniform(0, 255, 3).tolist(), 3
        )
        word = "".join(chr(int(c)) for c in rng.integers(65, 91, 5))
        where = (px - 30, horizon - int(rng.integers(20, 160)))
        size = float(rng.uniform(0.5, 1.4))
        cv2.putText(canvas, word, where, cv2.FONT_HERSHEY_SIMPLEX, size, rng.uniform(0, 255, 3).tolist(), 2)
    ground = canvas[horizon:]
    ground[:] = np.clip(ground + rng.normal(0, 18, ground.shape[:2])[:, :, None], 0, 255)
    return canvas


@dataclass(frozen=True)
class Scene:
    """One recording: which place, which moment (people, light, camera), how long (s), and its frame size."""

    place_seed: int
    moment_seed: int
    duration_s: float
    width: int = 320
    height: int = 180
    ident_s: float = 0.0
    black_s: float = 0.0
    tripod: bool = False

    def frames(self) -> Iterator[Image]:
        """RGB frames at ``FPS``."""
        panorama = paint_place(np.random.default_rng([1, self.place_seed]))
        rng = np.random.default_rng([2, self.moment_seed])
        spot = np.random.default_rng([3, self.place_seed])
        tall, wide = panorama.shape[:2]
        zoom = spot.uniform(0.9, 1.5) * self.height / tall
        centre = np.array([spot.uniform(0.35, 0.65) * wide, spot.uniform(0.45, 0.6) * tall])
        shake = 0.0 if self.tripod else rng.uniform(0.5, 4.0)
        pan = np.zeros(2) if self.tripod else rng.normal(0, [14, 3])
        zoom_rate = 0.0 if self.tripod else rng.normal(0, 0.02)
        light, cast = rng.uniform(0.8, 1.15), rng.uniform(0.94, 1.06, 3)
        people = int(rng.integers(2, 22))
        start = rng.uniform([0, 0.45 * tall], [wide, 0.95 * tall], (people, 2))
        speed = rng.normal(0, [45, 8], (people, 2))
        colours = rng.uniform(0, 255, (people, 2, 3))
        height = rng.uniform(28, 80, people) * self.height / 180
        phase = rng.uniform(0, 6.28, (6,))
        grain = rng.normal(0, 2.5, (self.height + 64, self.width + 64)).astype(np.int16)
        grain = np.repeat(grain[:, :, None], 3, axis=2)
        levels = np.clip(np.arange(256)[:, None] * (light * cast), 0, 255).astype(np.uint8)[None]
        count = round(self.duration_s * FPS)
        for k in range(count):
            t = k / FPS
            if t < self.ident_s:
                yield ident(t, self.width, self.height)
                continue
            if t < self.ident_s + self.black_s:
                yield np.zeros((self.height, self.width, 3), np.uint8)
                continue
            sway = shake * np.array(
                [np.sin(2.1 * t + phase[0]) + 0.5 * np.sin(5.3 * t + phase[1]), np.sin(2.7 * t + phase[2])]
            )
            angle = 0.006 * shake * np.sin(1.3 * t + phase[3])
            scale = zoom * (1 + zoom_rate * t)
            middle = centre + pan * (t - self.duration_s / 2) + sway
            turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
            shift = np.array([self.width / 2, self.height / 2]) - turn @ middle
            view = np.column_stack([turn, shift])
            frame = cv2.warpAffine(
                panorama, view, (self.width, self.height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
            )
            for i in np.argsort(start[:, 1]):
                spot_xy = np.mod(start[i] + speed[i] * t, [wide, tall * 4])
                x, y = turn @ spot_xy + shift
                size = height[i] * scale / zoom
                swing = 0.12 * size * np.sin(6 * t + i)
                body, legs = colours[i].tolist()
                cv2.line(frame, (int(x), int(y)), (int(x + swing), int(y + 0.5 * size)), legs, max(1, int(size / 9)))
                cv2.line(frame, (int(x), int(y)), (int(x - swing), int(y + 0.5 * size)), legs, max(1, int(size / 9)))
                cv2.ellipse(
                    frame,
                    (int(x), int(y - 0.2 * size)),
                    (max(1, int(size / 6)), max(1, int(size / 3))),
                    0,
                    0,
                    360,
                    body,
                    -1,
                )
                cv2.circle(frame, (int(x), int(y - 0.6 * size)), max(1, int(size / 8)), (190, 160, 140), -1)
            dy, dx = (7 * k) % 64, (13 * k) % 64
            noise = grain[dy : dy + self.height, dx : dx + self.width]
            yield cv2.add(cv2.LUT(frame, levels), noise, dtype=cv2.CV_8U)

    def sound(self, event_seed: int | None = None) -> NDArray[np.float32]:
        """Mono sound at ``RATE``: murmur, voices, knocks. One ``event_seed``: one event, two microphones."""
        count = round(self.duration_s * RATE)
        event = street_sound(
            np.random.default_rng([4, self.moment_seed if event_seed is None else event_seed]), count + 8000
        )
        rng = np.random.default_rng([5, self.moment_seed])
        drift = 1 + rng.normal(0, 15e-6)
        taps = rng.normal(0, 1, 900) * np.exp(-np.arange(900) / 160.0) * rng.uniform(0.01, 0.25)
        taps[0] = 1.0
        delay = float(rng.uniform(0, 4000))
        heard = np.interp(delay + np.arange(count) * drift, np.arange(len(event)), event)
        heard = np.convolve(heard, taps)[:count]
        heard /= np.abs(heard).max() + 1e-9
        floor = 10 ** (-rng.uniform(26, 48) / 20)
        hiss = np.convolve(rng.normal(0, 1, count), np.ones(3) / 3, mode="same") * floor
        return (0.7 * (heard + hiss)).astype(np.float32)


def ident(t: float, width: int, height: int) -> Image:
    """A broadcaster's opening, the same for all who carry it."""
    image = np.full((height, width, 3), (20, 30, 110), np.uint8)
    cv2.circle(image, (width // 2, height // 2), int(20 + 12 * t), (230, 200, 40), -1)
    cv2.putText(
        image, "STEPPE NEWS", (width // 2 - 90, height // 2 + 60), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (255, 255, 255), 2
    )
    return image


def street_sound(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Murmur with slow swells, voice-like harmonics in syllables, and knocks."""
    t = np.arange(count) / RATE
    murmur = np.cumsum(rng.normal(0, 1, count))
    murmur = (murmur - np.convolve(murmur, np.ones(160) / 160, mode="same")) * 0.02
    out = murmur * (1 + 0.5 * np.sin(2 * np.pi * rng.uniform(0.05, 0.3) * t))
    for _ in range(int(count / RATE * 2.5)):
        at, length = int(rng.integers(0, count)), int(rng.uniform(0.15, 0.6) * RATE)
        span = np.arange(min(length, count - at))
        pitch = rng.uniform(90, 320) * (1 + 0.1 * np.sin(span / RATE * rng.uniform(5, 20)))
        voice = sum(np.sin(np.cumsum(2 * np.pi * pitch * h / RATE)) * rng.uniform(0.1, 1) / h for h in range(1, 12))
        out[at : at + len(span)] += rng.uniform(0.2, 1) * voice * np.hanning(len(span))
    for _ in range(int(count / RATE * 0.6)):
        at = int(rng.integers(0, count - 1))
        span = np.arange(min(3000, count - at))
        out[at : at + len(span)] += rng.uniform(0.5, 3) * rng.normal(0, 1, len(span)) * np.exp(-span / 400)
    return out / (np.abs(out).max() + 1e-9)


def write(
    path: Path, frames: Iterator[Image], sound: NDArray[np.float32] | None, quality: int = 23, fps: Fraction | int = FPS
) -> None:
    """Encodes frames (H.264, constant quality) and mono sound (AAC) into an MP4."""
    with av.open(str(path), "w") as box:
        picture = None
        voice = box.add_stream("aac", rate=RATE, layout="mono") if sound is not None else None
        for frame in frames:
            if picture is None:
                picture = box.add_stream("libx264", rate=fps)
                picture.width, picture.height, picture.pix_fmt = (
                    frame.shape[1] // 2 * 2,
                    frame.shape[0] // 2 * 2,
                    "yuv420p",
                )
                picture.options = {"preset": "ultrafast", "crf": str(quality), "threads": "1"}
            even = np.ascontiguousarray(frame[: frame.shape[0] // 2 * 2, : frame.shape[1] // 2 * 2])
            box.mux(picture.encode(av.VideoFrame.from_ndarray(even, format="rgb24")))
        if picture is not None:
            box.mux(picture.encode())
        if voice is not None and sound is not None:
            chunk = av.AudioFrame.from_ndarray((sound * 32000).astype(np.int16)[None], format="s16", layout="mono")
            chunk.rate = RATE
            box.mux(voice.encode(chunk))
            box.mux(voice.encode())


# --- edits -----------------------------------------------------------------------------------------------------------


def crop(image: Image, left: float, top: float, wide: float, tall: float) -> Image:
    """Keeps a part (fractions of the frame) and scales it back to the frame's size."""
    height, width = image.shape[:2]
    x, y = int(left * width), int(top * height)
    part = image[y : y + int(tall * height), x : x + int(wide * width)]
    return cv2.resize(part, (width, height), interpolation=cv2.INTER_LINEAR)


def rotate(image: Image, degrees: float, fill: bool) -> Image:
    """Turns about the centre; ``fill`` scales up until no corner is empty."""
    height, width = image.shape[:2]
    a = abs(np.deg2rad(degrees))
    grow = max(np.cos(a) + width / height * np.sin(a), np.cos(a) + height / width * np.sin(a)) if fill else 1.0
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, float(grow))
    return cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_LINEAR)


def border(image: Image, across: float, down: float, colour: tuple[int, int, int]) -> Image:
    """Shrinks the picture into a frame of one colour (fractions added on each side)."""
    height, width = image.shape[:2]
    across_px, down_px = int(width * across), int(height * down)
    return cv2.copyMakeBorder(image, down_px, down_px, across_px, across_px, cv2.BORDER_CONSTANT, value=colour)


def logo(image: Image, seed: int) -> Image:
    """A channel's bug in a corner and a caption bar."""
    rng = np.random.default_rng(seed)
    out = image.copy()
    height, width = out.shape[:2]
    x, y = int(rng.choice([0.04, 0.74]) * width), int(rng.choice([0.05, 0.7]) * height)
    cv2.rectangle(out, (x, y), (x + int(0.22 * width), y + int(0.2 * height)), rng.uniform(0, 255, 3).tolist(), -1)
    cv2.putText(out, "TV9", (x + 6, y + int(0.14 * height)), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (255, 255, 255), 2)
    cv2.rectangle(out, (0, int(0.9 * height)), (width, height), (200, 20, 20), -1)
    return out


def screen_filmed(image: Image, k: int, seed: int) -> Image:
    """Seen on a screen by another phone: perspective, the hand's sway, softness, glow, stripes and noise."""
    rng = np.random.default_rng(seed)
    height, width = image.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    lean = rng.uniform(0.03, 0.12, (4, 2)) * np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]])
    sway = 0.008 * np.array([np.sin(k / 9), np.cos(k / 13)])
    seen = (corners + (lean + sway) * [width, height]).astype(np.float32)
    out = cv2.warpPerspective(
        image, cv2.getPerspectiveTransform(corners, seen), (width, height), borderValue=(18, 16, 20)
    )
    out = cv2.GaussianBlur(out, (3, 3), 0.9).astype(np.float32)
    stripes = 6 * np.sin(np.arange(height) * 0.9 + k * 0.4)[:, None, None]
    return np.clip(out * 0.85 + 18 + stripes + rng.normal(0, 3, out.shape), 0, 255).astype(np.uint8)


@dataclass(frozen=True)
class Copy:
    """The truth of one re-upload: from which reference, which seconds, how fast, and what was done."""

    query: str
    reference: str | None
    kind: str
    query_start_s: float = 0.0
    query_end_s: float = 0.0
    reference_start_s: float = 0.0
    reference_end_s: float = 0.0
    speed: float = 1.0
    picture: bool = True
    sound: bool = True


KINDS = (
    "reencoded",
    "toned",
    "logo",
    "bordered",
    "mirrored",
    "centre_crop",
    "offcentre_crop",
    "rotated",
    "inset",
    "screen_filmed",
    "faster",
    "slower",
    "excerpt",
    "compilation",
    "mirrored_crop",
    "bordered_logo",
    "rotated_crop",
    "sound_only",
)
NEGATIVES = ("unrelated", "same_place", "same_ident", "second_phone")


def library(seed: int, count: int) -> list[Scene]:
    """``count`` scenes: two thirds of places of their own, one third in groups that share a place and a spot."""
    rng = np.random.default_rng([6, seed])
    scenes: list[Scene] = []
    while len(scenes) < count:
        place, tripod = int(rng.integers(1 << 40)), bool(rng.random() < 0.35)
        width, height = [(320, 180), (320, 180), (180, 320), (426, 240)][int(rng.integers(4))]
        for _ in range(1 if rng.random() < 0.6 else int(rng.integers(2, 5))):
            scenes.append(
                Scene(
                    place,
                    int(rng.integers(1 << 40)),
                    float(np.round(rng.uniform(8, 14), 2)),
                    width,
                    height,
                    ident_s=2.0 if rng.random() < 0.12 else 0.0,
                    black_s=1.0 if rng.random() < 0.1 else 0.0,
                    tripod=tripod,
                )
            )
    return scenes[:count]


def edit(
    kind: str, scene: Scene, other: Scene, rng: np.random.Generator, dry: bool = False
) -> tuple[Iterator[Image], NDArray[np.float32] | None, Copy]:
    """The frames, the sound and the truth of one re-upload of ``scene``; ``dry`` gives the truth alone."""
    start, end, begin = 0.0, scene.duration_s, 4.0 if kind == "compilation" else 0.0
    if kind not in ("reencoded", "toned", "mirrored") or rng.random() < 0.5:
        length = min(scene.duration_s, float(rng.uniform(5, 9)))
        start = float(
            np.round(
                rng.uniform(
                    scene.ident_s + scene.black_s, max(scene.ident_s + scene.black_s, scene.duration_s - length)
                ),
                2,
            )
        )
        end = min(scene.duration_s, start + length)
    speed = {"faster": float(rng.choice([1.1, 1.25, 1.5])), "slower": float(rng.choice([0.75, 0.9]))}.get(kind, 1.0)
    count = int((end - start) * FPS / speed)
    truth = Copy("", "", kind, begin, begin + count / FPS, start, end, speed, picture=kind != "sound_only")
    if dry:
        return iter(()), None, truth
    frames = list(scene.frames())
    taken = [frames[min(len(frames) - 1, round(start * FPS + k * speed))] for k in range(count)]
    voice = scene.sound()[int(start * RATE) : int(end * RATE)]
    if speed != 1.0:
        voice = np.interp(np.arange(0, len(voice) - 1, speed), np.arange(len(voice)), voice).astype(np.float32)
    seed = int(rng.integers(1 << 31))
    if kind in ("toned",):
        gain, lift = rng.uniform(0.7, 1.25), rng.uniform(-25, 25)
        sepia = rng.random() < 0.5
        tone = np.array([[0.39, 0.77, 0.19], [0.35, 0.69, 0.17], [0.27, 0.53, 0.13]]) if sepia else np.eye(3)
        taken = [np.clip(f @ tone.T * gain + lift, 0, 255).astype(np.uint8) for f in taken]
    if kind.startswith("mirrored"):
        taken = [np.ascontiguousarray(f[:, ::-1]) for f in taken]
    if kind == "centre_crop":
        keep = rng.uniform(0.7, 0.85)
        taken = [crop(f, (1 - keep) / 2, (1 - keep) / 2, keep, keep) for f in taken]
    if kind in ("offcentre_crop", "mirrored_crop", "rotated_crop"):
        keep = rng.uniform(0.5, 0.75)
        left, top = rng.choice([0.0, 1.0], 2) * (1 - keep) * rng.uniform(0.7, 1, 2)
        taken = [crop(f, left, top, keep, keep) for f in taken]
    if kind.startswith("rotated"):
        angle, fill = float(rng.choice([-7, 7])), bool(rng.random() < 0.5)
        taken = [rotate(f, angle, fill) for f in taken]
    if kind in ("logo", "bordered_logo"):
        taken = [logo(f, seed) for f in taken]
    if kind.startswith("bordered"):
        across, down = [(0.0, 0.17), (0.3, 0.0), (0.1, 0.1)][int(rng.integers(3))]
        colour = (0, 0, 0) if rng.random() < 0.7 else tuple(int(v) for v in rng.uniform(0, 255, 3))
        taken = [border(f, across, down, colour) for f in taken]
    if kind == "inset":
        keep, at = rng.uniform(0.33, 0.55), rng.uniform(0.03, 0.42, 2)
        pictures = []
        for frame, under in zip(taken, _cycle(list(other.frames())), strict=False):
            under = cv2.resize(under, (frame.shape[1], frame.shape[0]))
            small = cv2.resize(frame, None, fx=keep, fy=keep, interpolation=cv2.INTER_AREA)
            y, x = int(at[1] * frame.shape[0]), int(at[0] * frame.shape[1])
            under[y : y + small.shape[0], x : x + small.shape[1]] = small
            pictures.append(under)
        taken = pictures
    if kind == "reencoded" and rng.random() < 0.5:
        taken = [cv2.resize(f, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) for f in taken]
    if kind == "screen_filmed":
        taken = [screen_filmed(f, k, seed) for k, f in enumerate(taken)]
    if kind == "compilation":
        before = [cv2.resize(f, (scene.width, scene.height)) for f in list(other.frames())[: int(begin * FPS)]]
        taken = [*before, *taken, *(before[::-1][: 2 * FPS])]
        fill_sound = other.sound()
        voice = np.concatenate([fill_sound[: int(begin * RATE)], voice, fill_sound[: 2 * RATE]])
    if kind == "sound_only":
        taken = [
            cv2.resize(f, (scene.width, scene.height))
            for f, _ in zip(_cycle(list(other.frames())), range(count), strict=False)
        ]
    return iter(taken), voice, truth


def _cycle(items: list[Image]) -> Iterator[Image]:
    while True:
        yield from items


@dataclass(frozen=True)
class Work:
    """The archive, what is asked of it, and the truth: one row for each query, ``reference`` None where it has none."""

    references: list[Path]
    queries: list[Path]
    truth: list[Copy]


def kept_in(folder: Path) -> Path:
    """A folder in it for what this very text renders."""
    return folder / hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]


def work(
    seed: int, folder: Path, references: int = 500, per_kind: int = 2, negatives: int = 4, workers: int = 2,
    archive_seed: int | None = None,
) -> Work:  # fmt: skip
    """Renders, once, ``references`` recordings of ``archive_seed`` (of ``seed`` if none is given), ``per_kind``
    re-uploads of each kind and ``negatives`` of each kind that is no copy."""
    from_seed = seed if archive_seed is None else archive_seed
    archive, asked = folder / f"archive-{from_seed}", folder / f"queries-{seed}-{references}-{per_kind}-{negatives}"
    kinds = [kind for kind in KINDS for _ in range(per_kind)] + [kind for kind in NEGATIVES for _ in range(negatives)]
    jobs = [("reference", n, seed, from_seed, references) for n in range(references)]
    jobs += [(kind, n, seed, from_seed, references) for n, kind in enumerate(kinds)]
    for made in (archive, asked):
        made.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        rows = list(pool.map(_render, [(archive, asked)] * len(jobs), jobs, chunksize=4))
    truth = [row for row in rows if row is not None]
    return Work([archive / f"ref{n:04d}.mp4" for n in range(references)], [Path(row.query) for row in truth], truth)


def _render(folders: tuple[Path, Path], job: tuple[str, int, int, int, int]) -> Copy | None:
    cv2.setNumThreads(1)
    (archive, asked), (kind, n, seed, archive_seed, references) = folders, job
    scenes = library(archive_seed, references)
    if kind == "reference":
        path = archive / f"ref{n:04d}.mp4"
        if not path.exists():
            _write_whole(path, scenes[n].frames(), scenes[n].sound() if n % 4 else None, 23)
        return None
    rng = np.random.default_rng([7, seed, n])
    source = int(rng.integers(references))
    if kind == "sound_only":  # every fourth has no sound
        source = source // 4 * 4 + 1 if source // 4 * 4 + 1 < references else 1
    scene = scenes[source]
    path = asked / f"query{n:04d}-{kind}.mp4"
    quality = int(rng.choice([23, 28, 33, 38]))
    if kind in NEGATIVES:
        picture, sound = _stranger(kind, scene, rng)
        if not path.exists():
            _write_whole(path, picture.frames(), sound, quality)
        return Copy(str(path), None, kind, picture=False, sound=False)
    other = Scene(int(rng.integers(1 << 40)), int(rng.integers(1 << 40)), 12.0, scene.width, scene.height)
    there = path.exists()
    frames, voice, truth = edit(kind, scene, other, rng, dry=there)
    if not there:
        _write_whole(path, frames, voice if source % 4 else None, quality)
    return replace(truth, query=str(path), reference=str(archive / f"ref{source:04d}.mp4"), sound=bool(source % 4))


def _stranger(kind: str, scene: Scene, rng: np.random.Generator) -> tuple[Scene, NDArray[np.float32]]:
    """A recording that is no copy of anything, near to ``scene`` in the way ``kind`` says, and its sound."""
    moment, place = int(rng.integers(1 << 40)), int(rng.integers(1 << 40))
    if kind == "same_place":
        near = replace(scene, moment_seed=moment, ident_s=0.0, black_s=0.0)
        return near, near.sound()
    far = Scene(
        place, moment, scene.duration_s, scene.width, scene.height, ident_s=2.0 if kind == "same_ident" else 0.0
    )
    return far, far.sound(event_seed=scene.moment_seed if kind == "second_phone" else None)


def _write_whole(path: Path, frames: Iterator[Image], sound: NDArray[np.float32] | None, quality: int) -> None:
    """Writes beside and renames, so that an interrupted run leaves no half recording."""
    part = path.with_name(path.stem + ".part.mp4")
    write(part, frames, sound, quality)
    part.rename(path)
