"""Covering areas of pictures with solid black, and stretches of sound with silence or other words.

What is painted at a time is the hand-drawn outline, moved in straight lines between its key pictures, **and**, where
the area is followed, the same outline where its content was found: never less than what was drawn. Where the content
is lost, both are painted wider, and wider the longer it is lost; ``lost`` says when. A rim is added around everything,
so that neither a compressor's blocks nor the halving of colour bring any of it back.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kuager.release.redaction import Area, Point
from kuager.release.tracking import SURE, Grey, Tracker

RIM = 14.0
"""Pixels painted around every outline. On a busy ground 6 left up to 34 of 255 levels inside after encoding; 14, 12."""

SOLID_WITHIN = 40
"""Levels of 255 by which a decoded pixel inside an outline may differ from black: what a compressor does at edges, and
where a followed outline jumps, from the picture before. What lies under the outline is never given to it."""

_EARLY_S = 0.05
_MUTE_EARLY_S = 0.02
_WIDER_AT_ONCE = 0.25
_WIDER_A_SECOND = 0.5

Outline = tuple[Point, ...]
Box = tuple[float, float, float, float]
Picture = NDArray[np.uint8]


@dataclass
class Cover:
    """Paints pictures that come in order of time. ``size``: width and height of the picture that outlines refer to.

    ``outlines`` has, for each painted picture, what was drawn or found there (without rim), in its pixels; ``lost``
    the stretches (area number, from, to, in seconds) over which an area was followed and not found.
    """

    areas: Sequence[Area]
    size: tuple[int, int]
    outlines: list[tuple[Outline, ...]] = field(default_factory=list)
    lost: list[tuple[int, float, float]] = field(default_factory=list)
    _following: dict[int, _Followed] = field(default_factory=dict)

    def paint(self, picture: Picture, time_s: float) -> Picture:
        """A copy of an RGB picture (height, width, 3) with every area of that second covered."""
        scale = (picture.shape[1] / self.size[0], picture.shape[0] / self.size[1])
        painted = picture.copy()
        grey: Grey | None = None
        drawn: list[Outline] = []
        for number, area in enumerate(self.areas):
            if not _stands(area, time_s):
                self._following.pop(number, None)
                continue
            outline = _scaled(outline_at(area, time_s), scale)
            exact, rims = [outline], [(outline, RIM)]
            if area.track:
                if grey is None:
                    grey = picture.astype(np.float32).mean(axis=2)
                found, wider = self._follow(number, area, outline, grey, time_s)
                exact.append(found)
                rims = [(outline, RIM + wider), (found, RIM + wider)]
            for each, rim in rims:
                fill(painted, each, rim)
            drawn += exact
        self.outlines.append(tuple(drawn))
        return painted

    def _follow(self, number: int, area: Area, outline: Outline, grey: Grey, time_s: float) -> tuple[Outline, float]:
        """The outline where its content is now, and by how many pixels everything has to be wider."""
        key = max((k for k, each in enumerate(area.keys) if each.at_s <= time_s + _EARLY_S), default=0)
        before = self._following.get(number)
        if before is None or before.key != key:
            box = _clipped(_bounds(outline), grey.shape)
            tracker = Tracker(grey, box) if box else None
            self._following[number] = _Followed(key, tracker, _middle(outline))
            return outline, 0.0
        if before.tracker is None:
            return outline, 0.0
        seen = before.tracker.follow(grey)
        if seen.score >= SURE:
            before.at, before.lost_from = (seen.x, seen.y), None
            return _moved(outline, before.at), 0.0
        if before.lost_from is None:
            before.lost_from = time_s
            self.lost.append((number, time_s, time_s))
        self._lengthen(number, time_s)
        left, top, right, bottom = _bounds(outline)
        reach = max(right - left, bottom - top)
        wider = reach * (_WIDER_AT_ONCE + _WIDER_A_SECOND * (time_s - before.lost_from))
        return _moved(outline, before.at), wider

    def _lengthen(self, number: int, time_s: float) -> None:
        for at in range(len(self.lost) - 1, -1, -1):
            if self.lost[at][0] == number:
                self.lost[at] = (number, self.lost[at][1], time_s)
                return


@dataclass
class _Followed:
    key: int
    tracker: Tracker | None
    at: Point
    lost_from: float | None = None


def outline_at(area: Area, time_s: float) -> Outline:
    """The outline of an area at a second: between two key pictures on straight lines, beyond them as the nearest."""
    keys = area.keys
    if time_s <= keys[0].at_s:
        return keys[0].points
    for before, after in pairwise(keys):
        if time_s <= after.at_s:
            share = (time_s - before.at_s) / (after.at_s - before.at_s)
            return tuple(
                (x + (to_x - x) * share, y + (to_y - y) * share)
                for (x, y), (to_x, to_y) in zip(before.points, after.points, strict=True)
            )
    return keys[-1].points


def fill(picture: Picture, outline: Outline, rim: float = 0.0) -> None:
    """Paints a polygon black in place, and ``rim`` pixels around it."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = _bounds(outline)
    tall, wide = picture.shape[:2]
    x0, y0 = max(0, math.floor(left - rim) - 1), max(0, math.floor(top - rim) - 1)
    x1, y1 = min(wide, math.ceil(right + rim) + 2), min(tall, math.ceil(bottom + rim) + 2)
    if x0 >= x1 or y0 >= y1:
        return
    stencil = Image.new("1", (x1 - x0, y1 - y0))
    pen = ImageDraw.Draw(stencil)
    points = [(x - x0, y - y0) for x, y in outline]
    pen.polygon(points, fill=1, outline=1)
    if rim > 0:
        pen.line([*points, points[0]], fill=1, width=2 * math.ceil(rim) + 1)
        for x, y in points:
            pen.ellipse((x - rim, y - rim, x + rim, y + rim), fill=1)
    picture[y0:y1, x0:x1][np.asarray(stencil)] = 0


def stencil(outlines: Sequence[Outline], shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Which pixels of a picture of this height and width lie inside any of the outlines."""
    picture = np.full((*shape, 3), 255, np.uint8)
    for outline in outlines:
        fill(picture, outline)
    inside: NDArray[np.bool_] = picture[:, :, 0] == 0
    return inside


def hush(
    sound: NDArray[np.int16], rate: int, quiets: Sequence[tuple[float, float, NDArray[np.int16] | None]]
) -> NDArray[np.int16]:
    """Sound from presentation second 0 with every stretch silent, or the other words in their place. A copy.

    Silence begins a little early and ends a little late; other words are cut where the stretch ends.
    """
    muted = sound.copy()
    for start_s, end_s, _ in quiets:
        muted[max(0, round((start_s - _MUTE_EARLY_S) * rate)) : max(0, round((end_s + _MUTE_EARLY_S) * rate))] = 0
    for start_s, end_s, spoken in quiets:
        if spoken is not None:
            at, until = max(0, round(start_s * rate)), min(len(muted), round(end_s * rate))
            words = spoken[: max(0, until - at)]
            muted[at : at + len(words)] = words
    return muted


def _stands(area: Area, time_s: float) -> bool:
    return area.start_s - _EARLY_S <= time_s and (area.end_s is None or time_s <= area.end_s + _EARLY_S)


def _scaled(outline: Outline, scale: Point) -> Outline:
    return tuple((x * scale[0], y * scale[1]) for x, y in outline)


def _bounds(outline: Outline) -> Box:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    return min(xs), min(ys), max(xs), max(ys)


def _clipped(
    box: tuple[float, float, float, float], shape: tuple[int, ...]
) -> tuple[float, float, float, float] | None:
    """What of a box lies inside the picture; None where that is too little to know again."""
    left, top, right, bottom = max(0.0, box[0]), max(0.0, box[1]), min(shape[1], box[2]), min(shape[0], box[3])
    return (left, top, right, bottom) if right - left >= 3 and bottom - top >= 3 else None


def _middle(outline: Outline) -> Point:
    left, top, right, bottom = _bounds(outline)
    return (left + right) / 2, (top + bottom) / 2


def _moved(outline: Outline, to: Point) -> Outline:
    x, y = _middle(outline)
    return tuple((a + to[0] - x, b + to[1] - y) for a, b in outline)
