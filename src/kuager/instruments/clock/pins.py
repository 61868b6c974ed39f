"""Pins: moments that a person recognised in two recordings (a flash, a fall, a door), with how well."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kuager.errors import UsageError

DEFAULT_SD_S = 0.05
_SIDE = r"(?P<{0}>.+)@(?P<{0}_s>-?\d+(?:\.\d+)?)"
_SHAPE = re.compile(
    _SIDE.format("a") + "=" + _SIDE.format("b") + r"(?:\s*(?:±|\+-|\+/-)\s*(?P<sd>\d+(?:\.\d+)?))?\s*s?$"
)


@dataclass(frozen=True)
class Pin:
    """``a`` at ``a_s`` and ``b`` at ``b_s`` (presentation seconds) show one moment, to within ``sd_s`` (one sd)."""

    a: str
    b: str
    a_s: float
    b_s: float
    sd_s: float = DEFAULT_SD_S


def read_pin(text: str, names: Collection[str]) -> Pin:
    """Reads ``A@12.40=B@3.10±0.05``; A and B are among ``names``, or end one of them. Raises UsageError."""
    match = _SHAPE.match(text.strip())
    if match is None:
        raise UsageError(f"Not a pin: {text}", "Write it like A.mp4@12.40=B.mp4@3.10±0.05 (seconds of each file).")
    a, b = (named(match[side], names, text) for side in ("a", "b"))
    if a == b:
        raise UsageError(f"A pin ties two recordings, this one ties one to itself: {text}")
    sd = float(match["sd"]) if match["sd"] else DEFAULT_SD_S
    if sd <= 0:
        raise UsageError(f"A pin without uncertainty: {text}", "Say how well the moment is known, e.g. ±0.02.")
    return Pin(a, b, float(match["a_s"]), float(match["b_s"]), sd)


def named(word: str, names: Collection[str], text: str) -> str:
    """The one of ``names`` that ``word`` is, or is the file name of. Raises UsageError."""
    if word in names:
        return word
    ending = sorted(name for name in names if name.replace("\\", "/").split("/")[-1] == word.split("/")[-1])
    if len(ending) == 1:
        return ending[0]
    problem = "fits several recordings" if ending else "is not among the recordings"
    raise UsageError(f"{word} {problem} (in {text})", "Use the path as it was given.")
