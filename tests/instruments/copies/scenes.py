"""Small made-up recordings for these tests: a place of blocks and grain, and blocks that walk through it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import affine_transform, gaussian_filter, zoom

from kuager.instruments.copies.fingerprint import RATE, Fingerprint, from_frames

HEIGHT, WIDTH = 180, 320
Image = NDArray[np.uint8]


def place(seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng([seed, 1])
    image = 110 + 25 * zoom(rng.normal(size=(9, 16)), (HEIGHT / 9, WIDTH / 16), order=3)
    for _ in range(90):
        y, x, h, w = rng.integers(0, HEIGHT), rng.integers(0, WIDTH), rng.integers(5, 30), rng.integers(5, 30)
        image[y : y + h, x : x + w] = rng.uniform(20, 235)
    return gaussian_filter(image, 0.8)


def recording(
    place_seed: int, moment_seed: int, seconds: float = 8.0, start_s: float = 0.0, people: int = 9
) -> list[Image]:
    """Frames at the rate fingerprints use; ``start_s`` into the same moment."""
    background, rng = place(place_seed), np.random.default_rng([moment_seed, 2])
    walkers = [
        (rng.uniform(0, WIDTH), rng.uniform(40, 150), rng.normal(0, 30), rng.uniform(0, 255)) for _ in range(people)
    ]
    frames = []
    for k in range(round(seconds * RATE)):
        t = start_s + k / RATE
        frame = background.copy()
        for x, y, speed, shade in walkers:
            left = int(x + speed * t) % (WIDTH - 20)
            frame[int(y) : int(y) + 34, left : left + 16] = shade
        noise = np.random.default_rng([moment_seed, 3, round(t * 100)]).normal(0, 2, frame.shape)
        frames.append(np.clip(frame + noise, 0, 255).astype(np.uint8))
    return frames


def fingerprint_of(frames: list[Image], name: str = "made") -> Fingerprint:
    return Fingerprint(name, from_frames(_timed(frames)), None)


def _timed(frames: list[Image]) -> Iterator[tuple[float, Image]]:
    for k, frame in enumerate(frames):
        yield k / RATE, frame


def turned(frame: Image, degrees: float, keep: float, at: tuple[float, float] = (0.5, 0.5)) -> Image:
    """Turned about ``at`` (fractions of height and width), and only ``keep`` of it shown, as large as before."""
    a = np.deg2rad(degrees)
    turn = keep * np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    centre = np.array([HEIGHT, WIDTH]) / 2
    aim = np.array(at) * [HEIGHT, WIDTH]
    shifted = affine_transform(frame.astype(np.float64), turn, aim - turn @ centre, order=1, mode="constant", cval=0)
    return np.clip(shifted, 0, 255).astype(np.uint8)
