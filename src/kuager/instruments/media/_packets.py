"""Packets of the picture and the sound a player would give, as arrays, read without decoding."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.instruments.media import _door
from kuager.instruments.media._probe import only, packets_of, picture_stream, sound_stream, zero_of

MAX_PACKETS = 20_000_000


@dataclass(frozen=True)
class Packets:
    """The packets of one stream in order of decoding.

    ``time_s`` and ``duration_s``: presentation seconds (zero as everywhere in this package) and declared length,
    float64 (n,), NaN where the container gives none; ``size`` bytes, int64 (n,); ``keyframe`` bool (n,).
    ``tick_s``: how
    fine the container's timestamps are.
    """

    kind: str
    time_s: NDArray[np.float64]
    duration_s: NDArray[np.float64]
    size: NDArray[np.int64]
    keyframe: NDArray[np.bool_]
    tick_s: float


def packets(path: str | os.PathLike[str]) -> tuple[Packets | None, Packets | None]:
    """The packets of the picture and of the sound, None where there is none. Raises ``UnreadableError``."""
    with _door.open(path) as container:
        chosen = (picture_stream(container), sound_stream(container))
        if chosen == (None, None):
            return None, None
    zero_s = zero_of(path)
    return _read(path, picture_stream, "picture", zero_s), _read(path, sound_stream, "sound", zero_s)


def _read(path: str | os.PathLike[str], choose: Any, kind: str, zero_s: float) -> Packets | None:
    rows: list[tuple[float, float, int, bool]] = []
    with _door.open(path) as container:
        stream = choose(container)
        if stream is None:
            return None
        only(container, stream)
        tick_s = float(stream.time_base)
        for packet in packets_of(container, stream):
            if not packet.size or packet.is_discard:
                continue
            time_s = float("nan") if packet.pts is None else packet.pts * tick_s - zero_s
            duration_s = packet.duration * tick_s if packet.duration else float("nan")
            rows.append((time_s, duration_s, packet.size, packet.is_keyframe))
            if len(rows) >= MAX_PACKETS:
                break
    time_s, duration_s, size, keyframe = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Packets(
        kind,
        np.array(time_s, np.float64),
        np.array(duration_s, np.float64),
        np.array(size, np.int64),
        np.array(keyframe, np.bool_),
        tick_s,
    )
