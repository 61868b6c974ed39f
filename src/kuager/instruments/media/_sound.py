"""Sound of a recording as samples that lie on its presentation time."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kuager.errors import UnreadableError
from kuager.instruments.media import _door
from kuager.instruments.media._delay import delay_sd_s
from kuager.instruments.media._formats import SEEKABLE
from kuager.instruments.media._probe import NoSound, decode, only, packets_of, sound_stream, zero_of
from kuager.instruments.media._timeline import Piece, Timeline

MAX_SAMPLES = 400_000_000
_PREROLL_S = 1.0


@dataclass(frozen=True)
class Sound:
    """Mono sound. ``samples`` float32 (n,), nominally −1…1, at ``rate`` Hz; ``start_s`` is the presentation time of
    ``samples[0]`` in the recording's own clock (zero at its first picture, at its first sound where it has none).

    ``delay_sd_s`` is 0 where the container declares the encoder's delay (then it is removed) or the codec has none;
    otherwise how far, in seconds, the sound may lie late. ``gaps`` are stretches (start_s, end_s) without packets that
    were filled with zeros.
    """

    samples: NDArray[np.float32]
    rate: int
    start_s: float
    delay_sd_s: float
    gaps: tuple[tuple[float, float], ...] = ()

    @property
    def end_s(self) -> float:
        return self.start_s + len(self.samples) / self.rate


def sound(
    path: str | os.PathLike[str], rate: int = 8000, start_s: float | None = None, end_s: float | None = None
) -> Sound:
    """Decode a recording's sound to mono at ``rate`` Hz, from ``start_s`` to ``end_s`` (presentation seconds).

    Samples stay on presentation time: gaps in the timestamps become zeros, overlaps are cut, a slow drift between
    timestamps and sample count is followed. Channels are averaged.

    Raises ``NoSound`` where there is no sound track, ``UnreadableError`` where nothing of it decodes or it is too long.
    """
    if rate <= 0:
        raise ValueError("rate must be positive")
    with _door.open(path) as container:
        stream = sound_stream(container)
        if stream is None:
            raise NoSound(f"{os.path.basename(path)} has no sound track.", "Give a recording with sound.")
        zero_s = zero_of(path)
        only(container, stream)
        packets, declared = _from(container, stream, zero_s + (start_s or 0.0) - _PREROLL_S)
        timeline = Timeline(rate, MAX_SAMPLES)
        for packet in packets:
            for frame in decode(packet):
                timeline.add(_mono(frame), frame.sample_rate, None if frame.time is None else float(frame.time))
            if end_s is not None and timeline.end_s > zero_s + end_s + _PREROLL_S:
                break
        timeline.close()
        context = stream.codec_context
        sd_s = delay_sd_s(context.codec.canonical_name, context.profile, context.sample_rate or 1, declared)
    if timeline.pieces:
        return _laid_out(timeline.pieces, rate, zero_s, sd_s, start_s, end_s)
    if start_s is not None:
        return Sound(np.zeros(0, dtype=np.float32), rate, start_s, sd_s)
    raise UnreadableError(f"{os.path.basename(path)}: its sound cannot be decoded.", "It may be damaged.")


def _from(container: Any, stream: Any, container_s: float) -> tuple[Iterable[Any], bool]:
    """Packets from at or before ``container_s``, and whether the container declares the encoder's delay.

    The declaration stands at the first packet, which a seek would pass by.
    """
    packets = packets_of(container, stream)
    first = next(packets, None)
    if first is None:
        return (), False
    declared: bool = first.has_sidedata("skip_samples")
    begins_s = 0.0 if first.pts is None else float(first.pts * first.time_base)
    if container_s > begins_s + _PREROLL_S and container.format.name.split(",")[0] in SEEKABLE:
        container.seek(int(container_s / stream.time_base), stream=stream)
        return packets_of(container, stream), declared
    return chain([first], packets), declared


def _mono(frame: Any) -> NDArray[np.float32]:
    """The mean of a frame's channels as float32, full scale 1."""
    array = frame.to_ndarray()
    if not frame.format.is_planar:
        array = array.reshape(-1, frame.layout.nb_channels).T
    if array.dtype.kind == "f":
        mono = array.mean(axis=0) if len(array) > 1 else array[0]
    elif array.dtype == np.uint8:
        mono = (array.mean(axis=0) - 128.0) / 128.0
    else:
        mono = array.mean(axis=0) / (np.iinfo(array.dtype).max + 1.0)
    return np.ascontiguousarray(mono, dtype=np.float32)


def _laid_out(
    pieces: list[Piece], rate: int, zero_s: float, sd_s: float, start_s: float | None, end_s: float | None
) -> Sound:
    """Put pieces, resampled, on one grid; what no piece covers stays zero."""
    begin = pieces[0].start_s - zero_s
    end = max(piece.end_s for piece in pieces) - zero_s
    first_s = begin
    if start_s is not None and start_s > begin:
        first_s += math.ceil((start_s - begin) * rate - 1e-6) / rate
    last_s = end if end_s is None else min(end, end_s)
    count = max(0, round((last_s - first_s) * rate))
    if count > MAX_SAMPLES:
        raise UnreadableError("The sound is too long to hold at once.", "Ask for a part of it.")
    grid = np.zeros(count, dtype=np.float32)
    gaps: list[tuple[float, float]] = []
    covered_s = begin
    for piece in pieces:
        at_s = piece.start_s - zero_s
        if at_s - covered_s > 1.5 / rate and covered_s > begin:
            gaps.append((covered_s, at_s))
        covered_s = max(covered_s, piece.end_s - zero_s)
        samples = piece.on_time()
        offset = round((at_s - first_s) * rate)
        low, high = max(0, offset), min(count, offset + len(samples))
        if low < high:
            grid[low:high] = samples[low - offset : high - offset]
    inside = tuple(gap for gap in gaps if gap[1] > first_s and gap[0] < last_s)
    return Sound(grid, rate, round(first_s, 9), sd_s, inside)
