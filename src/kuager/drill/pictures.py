"""The picture of the event from one camera: people, shields, smoke, a flash at each shot, and DRILL in every frame.

Everything that moves is a small drawing put at its place in the perspective, far things first. The
same story drawn by another camera shows the same people at the same places at the same second.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from kuager.drill.camera import MARGIN, Camera, backdrop
from kuager.drill.story import Story

if TYPE_CHECKING:
    from PIL import Image

Frame = npt.NDArray[np.uint8]
FLASH_S = 0.07
COATS = ("#3b4a6b", "#7a2f2f", "#4f5d3a", "#2f2f35", "#8a6d3b", "#5b3f66", "#a64b2a", "#31606b", "#6b6b70", "#994d6a")
SKINS = ("#d9b08c", "#c99a74", "#b98560")


class Painter:
    """Draws one camera's frames of a story; what stands still is drawn once."""

    def __init__(self, story: Story, camera: Camera) -> None:
        self.story, self.camera = story, camera
        self.still = backdrop(camera, story.scene.square, story.seed)
        self.label = label("DRILL", camera.height)

    def frame(self, at_s: float) -> Frame:
        """The picture (height, width, 3) uint8 at this scene second."""
        camera = self.camera
        dx, dy = camera.shake(at_s)
        box = (MARGIN + dx, MARGIN + dy, MARGIN + dx + camera.width, MARGIN + dy + camera.height)
        picture = self.still.crop(box)
        for _, name, column, row, size in sorted(self._cast(at_s), key=lambda one: -one[0]):
            drawn = sprite(*name, size)
            picture.paste(drawn, (int(column - dx - drawn.width / 2), int(row - dy - drawn.height)), drawn)
        self._flash(picture, at_s, dx, dy)
        picture.paste(self.label, (8, 6), self.label)
        return np.asarray(picture)

    def sees(self, point: tuple[float, float, float], at_s: float) -> bool:
        """Whether a place is inside the picture at this second."""
        dx, dy = self.camera.shake(at_s)
        column, row, depth = self.camera.project(point)[0]
        return bool(depth > 1 and 0 <= column - dx < self.camera.width and 0 <= row - dy < self.camera.height)

    def _cast(self, at_s: float) -> list[tuple[float, tuple[str, int, int], float, float, int]]:
        """All that moves: depth, which drawing, foot point and height in pixels."""
        places, poses = self.story.people(at_s)
        names = [("person", int(coat), int(pose)) for coat, pose in zip(self.story.coats, poses, strict=True)]
        feet = [(float(x), float(y), 0.0) for x, y in places]
        metres = [1.75] * len(names)
        for number, (x, y) in enumerate(self.story.line(at_s)):
            names.append(("guard", number % 2, int(at_s * 4 + number) % 2))
            feet.append((float(x), float(y), 0.0))
            metres.append(1.85)
        for x, y, since in self.story.smoke:
            for puff in range(7):
                age = at_s - since - puff * 0.7
                if 0 < age < 14:
                    names.append(("smoke", 6 * int(min(age * 1.3, 10)), puff % 3))
                    feet.append((x + 0.5 * age * (puff % 3 - 0.4), y + 0.2 * age, 0.35 * age))
                    metres.append(1.5 + 0.5 * age)
        names.append(("monument", 0, 0))
        feet.append((0.0, -2.0, 0.0))
        metres.append(9.0)
        seen = self.camera.project(feet)
        cast = []
        for name, (column, row, depth), high in zip(names, seen, metres, strict=True):
            size = int(self.camera.focal * high / depth) if depth > 1.5 else 0
            if size >= 3 and -size < column < self.camera.width + size and size < 2 * self.camera.height:
                cast.append((float(depth), name, float(column), float(row), size))
        return cast

    def _flash(self, picture: Image.Image, at_s: float, dx: int, dy: int) -> None:
        for shot in self.story.scene.shots:
            if 0 <= at_s - shot.time_s < FLASH_S and self.sees(shot.position, at_s):
                column, row, depth = self.camera.project(shot.position)[0]
                drawn = sprite("flash", 0, 0, max(int(self.camera.focal * 1.6 / depth), 12))
                where = (int(column - dx - drawn.width / 2), int(row - dy - drawn.height / 2))
                picture.paste(drawn, where, drawn)


@dataclass(frozen=True)
class Flash:
    """The first picture of a recording that shows a shot's flash."""

    shot: int
    time_s: float


def flashes(
    painter: Painter, scene_times: npt.NDArray[np.float64], recording_times: npt.NDArray[np.float64]
) -> list[Flash]:
    """For each shot seen by the camera, the recording second of the first frame with its flash."""
    found = []
    for number, shot in enumerate(painter.story.scene.shots):
        at = int(np.searchsorted(scene_times, shot.time_s))
        inside = at < len(scene_times) and scene_times[at] - shot.time_s < FLASH_S
        if inside and painter.sees(shot.position, float(scene_times[at])):
            found.append(Flash(number, float(recording_times[at])))
    return found


@lru_cache(maxsize=8)
def label(text: str, height: int) -> Image.Image:
    """White capitals on a red plate, as put into every picture of a drill."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(max(height / 15, 10))
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (8, 8))).textbbox((0, 0), text, font=font)
    pad = max(height // 60, 3)
    plate = Image.new("RGBA", (int(right - left) + 2 * pad, int(bottom - top) + 2 * pad), (170, 20, 20, 205))
    ImageDraw.Draw(plate).text((pad - left, pad - top), text, font=font, fill="white")
    return plate


def sprite(kind: str, look: int, pose: int, size: int) -> Image.Image:
    """One drawing, about ``size`` pixels high (a lying person: as long as a standing one is high)."""
    # Larger ones come in steps of a twentieth, so that few have to be drawn.
    return _sprite(kind, look, pose, size if size < 24 else round(24 * 1.05 ** round(math.log(size / 24, 1.05))))


@lru_cache(maxsize=3000)
def _sprite(kind: str, look: int, pose: int, size: int) -> Image.Image:
    from PIL import Image

    fine = 3 if size < 80 else 2
    drawn = _DRAWN[kind](look, pose, size * fine)
    return drawn.resize((max(drawn.width // fine, 1), max(drawn.height // fine, 1)), Image.Resampling.BOX)


def _person(look: int, pose: int, high: int) -> Image.Image:
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (int(high * 0.62), high), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    middle, coat, skin = high * 0.31, COATS[look % len(COATS)], SKINS[look % len(SKINS)]
    spread = {0: 0.06, 1: 0.15, 2: 0.03, 3: 0.06, 4: 0.09}[pose]
    wide = max(int(high * 0.085), 1)
    for side in (-1, 1):
        draw.line(
            [(middle + side * high * 0.045, high * 0.56), (middle + side * high * spread, high * 0.98)],
            fill="#26262b",
            width=wide,
        )
        hand = (
            (middle + side * high * 0.24, high * 0.06)
            if pose == 3
            else (middle + side * high * (0.14 + spread / 3), high * 0.55)
        )
        draw.line([(middle + side * high * 0.09, high * 0.24), hand], fill=coat, width=max(int(high * 0.065), 1))
        draw.ellipse([hand[0] - wide / 2, hand[1] - wide / 2, hand[0] + wide / 2, hand[1] + wide / 2], fill=skin)
    draw.rounded_rectangle(
        [middle - high * 0.115, high * 0.18, middle + high * 0.115, high * 0.62], high * 0.06, fill=coat
    )
    draw.ellipse([middle - high * 0.068, high * 0.02, middle + high * 0.068, high * 0.17], fill=skin)
    draw.pieslice(
        [middle - high * 0.074, high * 0.0, middle + high * 0.074, high * 0.15],
        180,
        360,
        fill=COATS[(look * 3 + 1) % len(COATS)],
    )
    if pose == 4:
        return picture.rotate(90 if look % 2 else -90, expand=True).resize((high, int(high * 0.34)))
    return picture


def _guard(look: int, pose: int, high: int) -> Image.Image:
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (int(high * 0.6), high), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    middle = high * 0.3
    for side in (-1, 1):
        step = 0.05 + 0.06 * ((pose + (side > 0)) % 2)
        draw.line(
            [(middle + side * high * 0.05, high * 0.6), (middle + side * high * step, high * 0.98)],
            fill="#15181d",
            width=max(int(high * 0.1), 1),
        )
    draw.rounded_rectangle(
        [middle - high * 0.15, high * 0.18, middle + high * 0.15, high * 0.66], high * 0.05, fill="#1d232b"
    )
    draw.ellipse([middle - high * 0.085, high * 0.0, middle + high * 0.085, high * 0.19], fill="#11151a")
    draw.rectangle([middle - high * 0.06, high * 0.09, middle + high * 0.06, high * 0.13], fill="#8fa4b3")
    left = middle - high * (0.22 if look else 0.26)
    draw.rounded_rectangle(
        [left, high * 0.3, left + high * 0.42, high * 0.8],
        high * 0.03,
        fill=(176, 205, 222, 235),
        outline="#4c5a66",
        width=max(high // 60, 1),
    )
    draw.rectangle([left + high * 0.05, high * 0.45, left + high * 0.37, high * 0.55], fill=(40, 60, 95, 255))
    return picture


def _smoke(look: int, pose: int, high: int) -> Image.Image:
    from PIL import Image

    high = min(high, 480)
    across = np.linspace(-1, 1, high)
    away = np.hypot(across[:, None] * (1 + 0.2 * np.sin(3 * across + pose)), across[None, :])
    veil = np.clip(1 - away, 0, 1) ** 0.8 * (190 - 2.4 * look)
    tone = np.full((high, high, 3), 205 - 8 * pose)
    return Image.fromarray(np.dstack((tone, np.clip(veil, 0, 255))).astype(np.uint8), "RGBA")


def _monument(look: int, pose: int, high: int) -> Image.Image:
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (int(high * 0.5), high), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.rectangle([high * 0.05, high * 0.86, high * 0.45, high], fill="#6f6a66")
    draw.rectangle([high * 0.12, high * 0.76, high * 0.38, high * 0.87], fill="#7d7873")
    draw.polygon(
        [(high * 0.19, high * 0.77), (high * 0.31, high * 0.77), (high * 0.27, high * 0.1), (high * 0.23, high * 0.1)],
        fill="#8c867f",
    )
    draw.polygon(
        [(high * 0.25, high * 0.77), (high * 0.31, high * 0.77), (high * 0.27, high * 0.1), (high * 0.25, high * 0.1)],
        fill="#77716b",
    )
    draw.ellipse([high * 0.2, 0, high * 0.3, high * 0.11], fill="#c9a94e")
    return picture


def _flash_star(look: int, pose: int, high: int) -> Image.Image:
    from PIL import Image

    across = np.linspace(-1, 1, high)
    x, y = np.abs(across[None, :]), np.abs(across[:, None])
    glow = (
        np.clip(1.15 - np.hypot(x, y), 0, 1) ** 2
        + np.clip(1 - x, 0, 1) * np.exp(-y * 22)
        + np.clip(1 - y, 0, 1) * np.exp(-x * 22)
    )
    tone = np.broadcast_to(np.array([255, 240, 150]), (high, high, 3))
    return Image.fromarray(np.dstack((tone, np.clip(glow * 255, 0, 255))).astype(np.uint8), "RGBA")


_DRAWN = {"person": _person, "guard": _guard, "smoke": _smoke, "monument": _monument, "flash": _flash_star}
