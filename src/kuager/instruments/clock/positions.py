"""What distance does to lags: sound takes 2.9 ms a metre."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Collection, Sequence
from typing import Any

from kuager.errors import UsageError
from kuager.instruments.clock.pins import named
from kuager.instruments.clock.recording import Recording

SPEED_OF_SOUND = 343.0
"""Metres per second, dry air at 20 °C."""


def farther(a: Recording, b: Recording, sound_from_m: tuple[float, float] | None) -> tuple[float, float]:
    """How much later a hears than b, in seconds, with its standard deviation.

    Known where both positions and the sound's are; where only the positions are, it lies within ± distance / 343 m/s,
    taken as uniform; where nothing is known it is (0, 0) and the answer holds for sound, not for pictures.
    """
    if a.position_m is None or b.position_m is None:
        return 0.0, 0.0
    loose = math.hypot(a.position_sd_m, b.position_sd_m) / SPEED_OF_SOUND
    if sound_from_m is not None:
        late = math.dist(a.position_m, sound_from_m) - math.dist(b.position_m, sound_from_m)
        return late / SPEED_OF_SOUND, loose
    return 0.0, math.hypot(math.dist(a.position_m, b.position_m) / SPEED_OF_SOUND / math.sqrt(3), loose)


def picture_bound(recordings: Sequence[Recording]) -> float | None:
    """How far pictures of these may differ although their sound is aligned (s); ``None`` where a position is missing.

    A recording alone has nothing to differ from: its bound is ``None`` too.
    """
    if len(recordings) < 2 or any(one.position_m is None for one in recordings):
        return None
    bounds = []
    for a, b in itertools.combinations(recordings, 2):
        assert a.position_m is not None
        assert b.position_m is not None
        bounds.append(math.dist(a.position_m, b.position_m) + 2 * math.hypot(a.position_sd_m, b.position_sd_m))
    return max(bounds) / SPEED_OF_SOUND


_NUMBER = r"\s*(-?\d+(?:\.\d+)?)\s*"
_PLACE = re.compile(_NUMBER + "," + _NUMBER + r"$")
_POSITION = re.compile(r"(?P<name>.+)@" + _NUMBER + "," + _NUMBER + r"(?:(?:±|\+-|\+/-)" + _NUMBER + ")?m?$")


def read_place(text: str) -> tuple[float, float]:
    """Reads ``EAST,NORTH`` in metres. Raises UsageError."""
    match = _PLACE.match(text)
    if match is None:
        raise UsageError(f"Not a place: {text}", "Write it like 12.5,-40 (metres east and north of any common point).")
    return float(match[1]), float(match[2])


def read_position(text: str, names: Collection[str]) -> tuple[str, dict[str, Any]]:
    """Reads ``A@EAST,NORTH±M``: the name and the fields of its `Recording`. Raises UsageError."""
    match = _POSITION.match(text.strip())
    if match is None:
        raise UsageError(f"Not a position: {text}", "Write it like A.mp4@12.5,-40±5 (metres east and north).")
    place = float(match[2]), float(match[3])
    return named(match["name"], names, text), {"position_m": place, "position_sd_m": float(match[4] or 0.0)}
