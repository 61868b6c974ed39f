"""The map: places as circles of their own radius on the outlines of countries, as SVG that needs no server.

Plate carrée, with longitudes scaled by the cosine of the middle latitude: true enough over the few hundred kilometres
an event spans, and drawn without a projection library.
"""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from kuager.faces.page.model import Place

KM_PER_DEGREE = 111.195  # of a sphere of 6,371 km
WIDTH, HEIGHT = 720, 440
_LEAST_KM = 300.0  # never so close that no outline is left to recognise

Point = tuple[float, float]


@dataclass(frozen=True)
class Circle:
    """A place in drawing units; ``radius`` is to scale unless ``least`` says that it was widened to be seen."""

    place: Place
    x: float
    y: float
    radius: float
    least: bool
    left: bool


@dataclass(frozen=True)
class Drawing:
    """What the template needs: outlines, countries' codes and names with a point, circles, a scale bar."""

    outlines: tuple[str, ...]
    names: tuple[tuple[str, str, float, float], ...]
    circles: tuple[Circle, ...]
    bar_km: int
    bar: float


@dataclass(frozen=True)
class Window:
    """The part of the world that is drawn: west and north edges in degrees, drawing units for each degree."""

    west: float
    north: float
    per_lon: float
    per_lat: float

    def place(self, longitude: float, latitude: float) -> Point:
        return (longitude - self.west) * self.per_lon, (self.north - latitude) * self.per_lat


@lru_cache(maxsize=8)
def draw(places: tuple[Place, ...]) -> Drawing | None:
    """The map of these places, or None where there are none."""
    if not places:
        return None
    window = _window(places)
    outlines, names = [], []
    for code, name, rings in _world():
        clipped = [shape for ring in rings if (shape := _clip([window.place(*point) for point in ring]))]
        if clipped:
            outlines.append("".join(_path(shape) for shape in clipped))
            largest = max(clipped, key=lambda shape: abs(_area(shape)))
            if abs(_area(largest)) > 0.02 * WIDTH * HEIGHT:
                names.append((code, name, *_middle(largest)))
    per_km = window.per_lat / KM_PER_DEGREE
    bar_km = max(step for step in (1, 10, 20, 50, 100, 200, 500, 1000, 2000) if step * per_km <= WIDTH / 4)
    circles = tuple(_circle(place, window, per_km) for place in sorted(places, key=lambda place: -place.radius_m))
    return Drawing(tuple(outlines), tuple(names), circles, bar_km, bar_km * per_km)


def _circle(place: Place, window: Window, per_km: float) -> Circle:
    x, y = window.place(place.longitude, place.latitude)
    true = place.radius_m / 1000 * per_km
    return Circle(place, round(x, 1), round(y, 1), round(max(true, 5.0), 1), true < 5.0, x > 0.66 * WIDTH)


def _window(places: tuple[Place, ...]) -> Window:
    latitudes = [place.latitude for place in places]
    longitudes = [place.longitude for place in places]
    middle = (min(latitudes) + max(latitudes)) / 2
    shrink = max(0.05, math.cos(math.radians(middle)))
    reach = max(place.radius_m for place in places) / 1000
    tall = (max(latitudes) - min(latitudes)) * KM_PER_DEGREE + 2 * reach
    wide = (max(longitudes) - min(longitudes)) * KM_PER_DEGREE * shrink + 2 * reach
    height_km = max(1.8 * tall, 1.8 * wide * HEIGHT / WIDTH, 2 * _LEAST_KM)
    per_lat = HEIGHT / (height_km / KM_PER_DEGREE)
    per_lon = per_lat * shrink
    west = (min(longitudes) + max(longitudes)) / 2 - WIDTH / 2 / per_lon
    return Window(west, middle + HEIGHT / 2 / per_lat, per_lon, per_lat)


@cache
def _world() -> list[tuple[str, str, list[list[Point]]]]:
    data = json.loads(gzip.decompress(files("kuager.faces.page.geo").joinpath("world.json.gz").read_bytes()))
    return [(code, name, [_unpack(flat) for flat in rings]) for code, name, rings in data]


def _unpack(flat: list[int]) -> list[Point]:
    x = y = 0
    points = []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 100, y / 100))
    return points


def _clip(points: list[Point]) -> list[Point]:
    """The part inside the drawing (Sutherland and Hodgman 1974), a little beyond its edges so that none is drawn."""
    edges = ((0, -2.0, 1), (0, WIDTH + 2.0, -1), (1, -2.0, 1), (1, HEIGHT + 2.0, -1))
    for axis, limit, sign in edges:
        kept: list[Point] = []
        for before, point in zip([points[-1], *points[:-1]], points, strict=True):
            inside, was_inside = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
            if inside != was_inside:
                share = (limit - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                kept.append(point)
        points = kept
        if not points:
            return []
    return points


def _path(points: list[Point]) -> str:
    """SVG path data in half units, relative steps, points that fall together dropped."""
    steps: list[str] = []
    last = (0, 0)
    for number, (x, y) in enumerate(points):
        now = (round(x), round(y))
        if number == 0:
            steps.append(f"M{now[0]} {now[1]}l")
        elif now != last:
            steps.append(f"{now[0] - last[0]} {now[1] - last[1]} ")
        last = now
    return "".join(steps).rstrip() + "z"


def _area(points: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True)) / 2


def _middle(points: list[Point]) -> Point:
    """A point well inside the drawing for a name: the middle of the clipped shape's box, kept off the edges."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return round(min(max(x, 60), WIDTH - 60), 1), round(min(max(y, 20), HEIGHT - 20), 1)
