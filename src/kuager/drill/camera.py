"""A camera on the square: a pinhole that looks somewhere, trembles in the hand, and draws what stands still."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kuager.drill.acoustics import Square
from kuager.drill.clocks import Floats
from kuager.drill.gunfire import Point

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

NEAR_M = 1.0
MARGIN = 24
FACADES = ("#b9a98c", "#a7b0b5", "#c4b7a6", "#8f9a8e", "#b58f78", "#9aa3ad", "#cbbf9f", "#a58d84")


@dataclass(frozen=True)
class Camera:
    """Where a recording was filmed from (m), what it looks at (m), its view angle and its picture size."""

    position: Point
    target: Point
    view_deg: float
    width: int
    height: int
    tremble: float = 3.0
    seed: int = 0

    @property
    def focal(self) -> float:
        """Focal length in pixels."""
        return float(self.width / 2 / np.tan(np.radians(self.view_deg) / 2))

    def axes(self) -> Floats:
        """Rows: right, down and forward unit vectors."""
        forward = np.subtract(self.target, self.position)
        forward = forward / np.linalg.norm(forward)
        right = np.cross(forward, [0.0, 0.0, 1.0])
        right /= np.linalg.norm(right)
        return np.array([right, np.cross(forward, right), forward])

    def project(self, points: npt.ArrayLike) -> Floats:
        """Points (n, 3) to (n, 3): column, row (pixels, without tremble) and depth (m, negative behind)."""
        seen = (np.atleast_2d(np.asarray(points, dtype=np.float64)) - self.position) @ self.axes().T
        depth = seen[:, 2]
        safe = np.where(np.abs(depth) < 1e-3, 1e-3, depth)
        return np.column_stack(
            (self.width / 2 + self.focal * seen[:, 0] / safe, self.height / 2 + self.focal * seen[:, 1] / safe, depth)
        )

    def shake(self, at_s: float) -> tuple[int, int]:
        """The hand's displacement in pixels at this second: slow drift and a small tremor."""
        phase = self.seed * 1.7
        x = 0.7 * np.sin(0.9 * at_s + phase) + 0.3 * np.sin(5.3 * at_s + 2 * phase)
        y = 0.7 * np.sin(0.7 * at_s + 3 * phase) + 0.3 * np.sin(6.1 * at_s + phase)
        limit = MARGIN - 2
        return (
            int(np.clip(round(x * self.tremble), -limit, limit)),
            int(np.clip(round(y * self.tremble), -limit, limit)),
        )


def backdrop(camera: Camera, square: Square, seed: int) -> Image.Image:
    """Sky, paving, façades with windows: drawn once, `MARGIN` pixels larger than the picture on every side."""
    from PIL import Image, ImageDraw

    rng = np.random.default_rng((seed, 41))
    size = (camera.width + 2 * MARGIN, camera.height + 2 * MARGIN)
    picture = Image.new("RGB", size, "#8d8a84")
    draw = ImageDraw.Draw(picture)
    _sky(draw, camera, size, int(rng.integers(0, 3)))
    _paving(draw, camera, square)
    # Houses further off close the gaps where streets lead away.
    far = Square(square.width_m * 1.8, square.depth_m * 1.8)
    walls = _walls(rng, square) + [(corners, "#aeb2b6", 0) for corners, _, _ in _walls(rng, far)]
    walls.sort(key=lambda wall: -float(np.linalg.norm(wall[0].mean(axis=0) - camera.position)))
    for corners, colour, floors in walls:
        _wall(draw, camera, corners, colour, floors)
    for x, y in ((-40, -20), (-40, 18), (40, -20), (40, 18), (-14, -38), (14, -38), (-14, 30), (14, 30)):
        _lamp(draw, camera, x, y)
    return picture


def _sky(draw: ImageDraw.ImageDraw, camera: Camera, size: tuple[int, int], mood: int) -> None:
    top, low = (
        ((150, 165, 185), (214, 216, 214)),
        ((128, 150, 190), (220, 214, 204)),
        ((160, 160, 165), (205, 205, 205)),
    )[mood]
    level = np.array(camera.position) + camera.axes()[2] * [1e4, 1e4, 0]
    horizon = int(np.clip(camera.project(level)[0, 1] + MARGIN, 1, size[1]))
    for row in range(horizon):
        part = row / horizon
        draw.line(
            [(0, row), (size[0], row)], fill=tuple(int(a + (b - a) * part) for a, b in zip(top, low, strict=True))
        )


def _paving(draw: ImageDraw.ImageDraw, camera: Camera, square: Square) -> None:
    """Slabs as a grid of 5 m, so that places can be compared between viewpoints; snow in patches."""
    half_x, half_y = square.width_m / 2, square.depth_m / 2
    for number, x in enumerate(np.arange(-half_x, half_x, 5.0)):
        for other, y in enumerate(np.arange(-half_y, half_y, 5.0)):
            tone = 138 + 5 * ((number + other) % 2) + (number * 7 + other * 13) % 7
            _polygon(
                draw, camera, [(x, y, 0), (x + 5, y, 0), (x + 5, y + 5, 0), (x, y + 5, 0)], (tone, tone - 3, tone - 9)
            )
    for x, y, r in ((-38, 24, 3), (26, -22, 3.5), (44, 18, 3), (-24, -30, 2.5), (8, 24, 2), (-52, -8, 4)):
        ring = [(x + r * np.cos(a) * (1 + 0.2 * np.sin(3 * a)), y + r * np.sin(a), 0.02) for a in np.linspace(0, 6, 14)]
        _polygon(draw, camera, ring, (224, 227, 230))


def _walls(rng: np.random.Generator, square: Square) -> list[tuple[Floats, str, int]]:
    """Houses along the four sides, in pieces small enough that one behind the camera leaves no hole."""
    half_x, half_y = square.width_m / 2, square.depth_m / 2
    sides = (
        ((-half_x, half_y), (half_x, half_y)),
        ((half_x, half_y), (half_x, -half_y)),
        ((half_x, -half_y), (-half_x, -half_y)),
        ((-half_x, -half_y), (-half_x, half_y)),
    )
    walls = []
    for start, end in sides:
        a, b = np.array(start), np.array(end)
        length, at = float(np.linalg.norm(b - a)), 0.0
        while at < length:
            wide = float(rng.choice([15.0, 20.0, 25.0]))
            floors = int(rng.integers(2, 6))
            colour = FACADES[int(rng.integers(len(FACADES)))]
            street = bool(rng.random() < 0.18)
            for piece in np.arange(at, min(at + wide, length), 5.0):
                p, q = a + (b - a) * piece / length, a + (b - a) * min(piece + 5, length) / length
                if not street:
                    high = floors * 3.2 + 1
                    walls.append((np.array([(*p, 0), (*q, 0), (*q, high), (*p, high)]), colour, floors))
            at += wide
    return walls


def _wall(draw: ImageDraw.ImageDraw, camera: Camera, corners: Floats, colour: str, floors: int) -> None:
    if not _polygon(draw, camera, corners, colour):
        return
    along, up = corners[1] - corners[0], np.array([0.0, 0.0, 1.0])
    for floor in range(floors):
        for part in (0.16, 0.6):
            low = corners[0] + along * part + up * (0.9 + floor * 3.2)
            window = [low, low + along * 0.26, low + along * 0.26 + up * 1.7, low + up * 1.7]
            dark = (
                (58, 66, 78) if (floor + int(corners[0, 0] + corners[0, 1]) + int(part * 10)) % 4 else (205, 188, 120)
            )
            _polygon(draw, camera, window, dark)
    edge = [corners[3], corners[2], corners[2] - up * 0.5, corners[3] - up * 0.5]
    _polygon(draw, camera, edge, (88, 84, 82))


def _lamp(draw: ImageDraw.ImageDraw, camera: Camera, x: float, y: float) -> None:
    foot, head = camera.project([(x, y, 0), (x, y, 6.5)])
    if min(foot[2], head[2]) > 3 * NEAR_M:
        wide = max(round(camera.focal * 0.14 / foot[2]), 1)
        draw.line([(foot[0] + MARGIN, foot[1] + MARGIN), (head[0] + MARGIN, head[1] + MARGIN)], "#4a4d50", wide)
        size = camera.focal * 0.3 / foot[2]
        column, row = head[0] + MARGIN, head[1] + MARGIN
        draw.ellipse([column - size, row - size, column + size, row + size], "#e8e2c8")


def _polygon(
    draw: ImageDraw.ImageDraw, camera: Camera, corners: npt.ArrayLike, fill: str | tuple[int, int, int]
) -> bool:
    seen = camera.project(corners)
    if (seen[:, 2] < NEAR_M).any():
        return False
    draw.polygon([(float(x) + MARGIN, float(y) + MARGIN) for x, y, _ in seen], fill=fill)
    return True
