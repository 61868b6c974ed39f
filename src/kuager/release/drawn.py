"""Redactions as people draw them: JSON and CSV files, and the short forms of the command line.

    {"areas": [{"what": "face", "from": 12, "until": 16,
                "keys": [{"at": 12.4, "box": [100, 80, 60, 90]}, {"at": 15, "box": [120, 82, 60, 90]}]},
               {"what": "house number", "keys": [{"points": [[10, 10], [90, 12], [88, 60]]}]}],
     "mute": [[3.2, 5.0]],
     "respeak": [{"from": 7, "until": 9, "file": "spoken.wav"}]}

As CSV: one row for each key picture, with the columns area, at, x, y, width, height. Pixels are those of the upright
picture as it was recorded, from the upper left corner; seconds are presentation time.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kuager.errors import UnreadableError, UsageError
from kuager.release.redaction import MOST_KEYS, Area, Key, Point

LARGEST = 4 << 20
_NUMBER = r"-?\d+(?:\.\d+)?"
_KEY = re.compile(rf"(?:({_NUMBER}):)?(?:(same)|({_NUMBER}),({_NUMBER}),({_NUMBER}),({_NUMBER}))")
_HINT = "See the how-to page on masking; numbers are seconds and pixels of the upright picture."


@dataclass(frozen=True)
class Drawn:
    """What a file or a command line asks for: areas, stretches to mute, and stretches with the file to be heard."""

    areas: tuple[Area, ...] = ()
    mute: tuple[tuple[float, float], ...] = ()
    respeak: tuple[tuple[float, float, str], ...] = ()


def read_file(path: Path) -> Drawn:
    """Reads a JSON or CSV file; files to be heard are found beside it. Raises UnreadableError for anything else."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise UnreadableError(f"{path.name} is larger than {LARGEST} bytes.", "Split it.")
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"{path.name} cannot be opened: {error.strerror}.", "Check the path.") from None
    except UnicodeDecodeError:
        raise UnreadableError(f"{path.name} is no UTF-8 text.", _HINT) from None
    try:
        drawn = _json(json.loads(text)) if text.lstrip()[:1] in "{[" else _csv(text)
    except RecursionError:
        raise UnreadableError(f"{path.name} is nested too deeply.", _HINT) from None
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        said = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
        raise UnreadableError(f"{path.name} cannot be read as areas: {said}.", _HINT) from None
    beside = tuple((start, end, str(path.parent / name)) for start, end, name in drawn.respeak)
    return Drawn(drawn.areas, drawn.mute, beside)


def read_area(text: str, track: bool = True) -> Area:
    """``12.4:100,80,60,90 15:120,82,60,90 16:same`` (seconds, then x, y, width, height). Raises UsageError.

    A box without a second is covered from the first picture to the last.
    """
    keys: list[tuple[float | None, tuple[Point, ...]]] = []
    for word in text.split():
        match = _KEY.fullmatch(word)
        if not match or (match[2] and not keys):
            raise UsageError(f"{word!r} is no key picture.", "Give SECONDS:X,Y,WIDTH,HEIGHT, for example 12.4:10,8,6,9")
        points = keys[-1][1] if match[2] else _box([float(each) for each in match.groups()[2:]])
        keys.append((float(match[1]) if match[1] else None, points))
    if not keys or (len(keys) > 1 and any(at is None for at, _ in keys)):
        raise UsageError(f"{text!r} is no area.", "Give each of several key pictures its second.")
    return _area(keys, None, None, track, "")


def read_stretch(text: str) -> tuple[float, float]:
    """``3.2-5.0``. Raises UsageError."""
    match = re.fullmatch(rf"\s*({_NUMBER})\s*[-–]\s*({_NUMBER})\s*", text)
    if not match:
        raise UsageError(f"{text!r} is no stretch of a recording.", "Give seconds, for example 3.2-5.0")
    return float(match[1]), float(match[2])


def _json(value: Any) -> Drawn:
    if not isinstance(value, dict):
        raise ValueError("it is no object")
    unknown = set(value) - {"areas", "mute", "respeak"}
    if unknown:
        raise ValueError(f"it has {', '.join(sorted(map(str, unknown)))}, which is not known")
    return Drawn(
        tuple(_json_area(each) for each in _list(value.get("areas", []))),
        tuple((_finite(start), _finite(end)) for start, end in _list(value.get("mute", []))),
        tuple(
            (_finite(each["from"]), _finite(each["until"]), str(each["file"]))
            for each in _list(value.get("respeak", []))
        ),
    )


def _json_area(value: dict[str, Any]) -> Area:
    keys: list[tuple[float | None, tuple[Point, ...]]] = []
    for each in _list(value["keys"]):
        if "box" in each:
            points = _box([_finite(number) for number in _list(each["box"])])
        else:
            points = tuple((_finite(x), _finite(y)) for x, y in _list(each["points"]))
        keys.append((None if each.get("at") is None else _finite(each["at"]), points))
    if len(keys) > 1 and any(at is None for at, _ in keys):
        raise ValueError("each of several key pictures needs its second")
    start, end = (None if value.get(key) is None else _finite(value[key]) for key in ("from", "until"))
    return _area(keys, start, end, value.get("track", True) is not False, str(value.get("what", "")))


def _csv(text: str) -> Drawn:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    need = {"area", "at", "x", "y", "width", "height"}
    if not need <= {(name or "").strip().casefold() for name in rows.fieldnames or ()}:
        raise ValueError(f"it has not the columns {', '.join(sorted(need))}")
    keys: dict[str, list[tuple[float | None, tuple[Point, ...]]]] = {}
    for count, row in enumerate(rows):
        if count >= MOST_KEYS:
            raise ValueError(f"it has more than {MOST_KEYS} rows")
        cell = {str(name).strip().casefold(): (value or "").strip() for name, value in row.items() if name}
        at = _finite(cell["at"]) if cell["at"] else None
        box = _box([_finite(cell[name]) for name in ("x", "y", "width", "height")])
        keys.setdefault(cell["area"], []).append((at, box))
    for several in keys.values():
        if len(several) > 1 and any(at is None for at, _ in several):
            raise ValueError("each of several key pictures needs its second")
    return Drawn(tuple(_area(several, None, None, True, what) for what, several in keys.items()))


def _area(
    keys: Sequence[tuple[float | None, tuple[Point, ...]]],
    start: float | None,
    end: float | None,
    track: bool,
    what: str,
) -> Area:
    """Without ``start`` and ``end`` an area stands from its first key picture to its last; a single box without a
    second, from the recording's first picture to its last."""
    ordered = sorted(((at or 0.0, points) for at, points in keys), key=lambda key: key[0])
    always = len(keys) == 1 and keys[0][0] is None
    first = 0.0 if always else ordered[0][0] if ordered else 0.0
    last = None if always or not ordered else ordered[-1][0]
    return Area(
        tuple(Key(at, points) for at, points in ordered),
        first if start is None else start,
        last if end is None else end,
        track and not always,
        what,
    )


def _box(numbers: Sequence[float]) -> tuple[Point, ...]:
    x, y, width, height = numbers
    if width <= 0 or height <= 0:
        raise UsageError("A box needs a width and a height above 0.", _HINT)
    return (x, y), (x + width, y), (x + width, y + height), (x, y + height)


def _finite(value: Any) -> float:
    if isinstance(value, bool):
        raise ValueError("a number is missing")
    found = float(value)
    if not math.isfinite(found) or abs(found) > 1e6:
        raise ValueError(f"{found} is no second and no pixel")
    return found


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("a list is missing")
    return value
