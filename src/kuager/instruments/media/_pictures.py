"""Pictures of a recording with the time at which a player shows them."""

from __future__ import annotations

import math
import os
from bisect import bisect_left, bisect_right, insort
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kuager.errors import UnreadableError
from kuager.instruments.media import _door
from kuager.instruments.media._formats import SEEKABLE
from kuager.instruments.media._probe import NoPicture, decode, is_still, only, packets_of, picture_stream, zero_of

if TYPE_CHECKING:
    from av.video.reformatter import VideoReformatter

# H.264 and HEVC let a picture be decoded at most 16 places from its turn (H.264 annex A, max_dec_frame_buffering).
_REORDER = 32
_SEEK_FROM_S = 5.0
_SMALL_PIXELS = 640 * 360
_TICK_S = 1e-4


@dataclass(frozen=True)
class Picture:
    """One picture. ``time_s``: presentation seconds (zero at the recording's first picture), of the frame itself, or
    the sampled time k/rate where a rate was asked for; ``shown_s``: when the frame came on. ``image``: uint8 (h, w)
    grey or (h, w, 3) RGB, turned as the file's rotation says. ``keyframe``: the codec marked it as one.
    """

    time_s: float
    shown_s: float
    image: NDArray[np.uint8]
    keyframe: bool


def pictures(
    path: str | os.PathLike[str],
    rate: float | None = None,
    width: int | None = None,
    height: int | None = None,
    grey: bool = False,
    start_s: float | None = None,
    end_s: float | None = None,
) -> Iterator[Picture]:
    """Yield the pictures shown from ``start_s`` up to, not including, ``end_s``, in order of time.

    Without ``rate`` every frame; with it, for each k/rate, the frame that a player shows at that time (the same frame
    again where it stands that long). ``width`` and ``height`` scale in pixels of the upright picture; one alone keeps
    the shape. A still image is one picture at 0.

    Raises ``NoPicture`` where there is no picture track, ``UnreadableError`` where the file cannot be read.
    """
    if rate is not None and not rate > 0:
        raise ValueError("rate must be positive")
    from av.video.reformatter import VideoReformatter

    with _door.open(path) as container:
        stream = picture_stream(container)
        if stream is None:
            raise NoPicture(f"{os.path.basename(path)} has no picture track.", "Give a file with pictures.")
        still = is_still(container)
        zero_s = 0.0 if still else zero_of(path)
        only(container, stream)
        stream.codec_context.thread_type = "AUTO"
        # On small pictures handing frames from thread to thread costs more than it saves.
        small = stream.width * stream.height <= _SMALL_PIXELS
        stream.codec_context.thread_count = 1 if small else min(4, os.cpu_count() or 1)
        shape = _Shape(width, height, grey, VideoReformatter())
        spacing_s = float(1 / stream.average_rate) if stream.average_rate else 0.04
        frames = _shown_frames(container, stream, zero_s, rate, start_s, spacing_s)
        if still:
            frames = ((0.0, frame) for _, frame in frames)
        if rate is None or still:
            chosen = _every(frames, start_s, end_s)
        else:
            chosen = _sampled(frames, rate, start_s, end_s, spacing_s)
        before: Any = None
        for time_s, shown_s, frame in chosen:
            if frame is not before:
                image, before = shape.of(frame), frame
            yield Picture(time_s, shown_s, image, bool(frame.key_frame))
            if still:
                return
        if before is None and start_s is None:
            raise UnreadableError(f"{os.path.basename(path)}: no picture of it can be decoded.", "It may be damaged.")


Timed = tuple[float, Any]


def _shown_frames(
    container: Any, stream: Any, zero_s: float, rate: float | None, start_s: float | None, spacing_s: float
) -> Iterator[Timed]:
    """(presentation second, frame) in order, beginning at or before ``start_s``."""
    name = container.format.name.split(",")[0]
    if start_s is not None and start_s > _SEEK_FROM_S and name in SEEKABLE:
        container.seek(int((start_s + zero_s) / stream.time_base), stream=stream)
    latest_s = float("-inf")
    for packet in _wanted(packets_of(container, stream), stream, zero_s, rate):
        for frame in decode(packet):
            stamp = frame.time
            time_s = float(stamp) - zero_s if stamp is not None else (latest_s + spacing_s if latest_s > -1e9 else 0.0)
            if time_s <= latest_s:  # a player cannot go back
                continue
            if time_s > _door.MAX_DURATION_S:
                return
            latest_s = time_s
            yield time_s, frame


def _wanted(packets: Iterator[Any], stream: Any, zero_s: float, rate: float | None) -> Iterator[Any]:
    """Pass packets on, telling the decoder to skip frames that nothing refers to and no sampled time falls on."""
    context = stream.codec_context
    if rate is None or context.codec.name not in ("h264", "hevc"):
        yield from packets
        return
    ahead: deque[Any] = deque()
    stamps = _Stamps(float(stream.time_base), zero_s, rate)
    skipping = False

    def told() -> Any:
        nonlocal skipping
        packet = ahead.popleft()
        skip = not stamps.needed(packet.pts)
        if skip != skipping:
            context.skip_frame, skipping = "NONREF" if skip else "DEFAULT", skip
        return packet

    for packet in packets:
        ahead.append(packet)
        stamps.came(packet.pts)
        if len(ahead) > _REORDER:
            yield told()
    while ahead:
        yield told()


class _Stamps:
    """Timestamps of the packets around the one to be decoded, in order of time."""

    def __init__(self, base_s: float, zero_s: float, rate: float) -> None:
        self.base_s, self.zero_s, self.rate = base_s, zero_s, rate
        self.known: list[int] = []
        self.behind: deque[int] = deque()
        self.ahead = self.untimed = 0

    def came(self, pts: int | None) -> None:
        self.ahead += 1
        if pts is None:
            self.untimed += 1
        else:
            insort(self.known, pts)

    def needed(self, pts: int | None) -> bool:
        """Whether a sampled time falls between this one, the next to be decoded, and the one shown after it."""
        self.ahead -= 1
        if pts is None:
            self.untimed -= 1
            return True
        self.behind.append(pts)
        if len(self.behind) > _REORDER + 1:
            del self.known[bisect_left(self.known, self.behind.popleft())]
        after = bisect_right(self.known, pts)
        if self.ahead < _REORDER // 2 or self.untimed or after == len(self.known):
            return True
        from_s, until_s = pts * self.base_s - self.zero_s, self.known[after] * self.base_s - self.zero_s
        return math.ceil((from_s - _TICK_S) * self.rate) < (until_s + _TICK_S) * self.rate


def _every(frames: Iterator[Timed], start_s: float | None, end_s: float | None) -> Iterator[tuple[float, float, Any]]:
    for time_s, frame in frames:
        if end_s is not None and time_s >= end_s:
            return
        if start_s is None or time_s >= start_s - _TICK_S:
            yield time_s, time_s, frame


def _sampled(
    frames: Iterator[Timed], rate: float, start_s: float | None, end_s: float | None, spacing_s: float
) -> Iterator[tuple[float, float, Any]]:
    """For each k/rate the last frame that came on at or before it."""
    k = max(0, math.ceil(((start_s or 0.0) - _TICK_S) * rate))
    shown: Timed | None = None
    for time_s, frame in frames:
        while shown is not None and k / rate < time_s - _TICK_S:
            if end_s is not None and k / rate >= end_s:
                return
            if k / rate >= shown[0] - _TICK_S:
                yield k / rate, *shown
            k += 1
        shown = (time_s, frame)
    if shown is None:
        return
    last = shown[1]
    gone_s = shown[0] + (float(last.duration * last.time_base) if last.duration and last.time_base else spacing_s)
    while k / rate < (gone_s if end_s is None else min(gone_s, end_s)) - _TICK_S:
        if k / rate >= shown[0] - _TICK_S:
            yield k / rate, *shown
        k += 1


@dataclass(frozen=True)
class _Shape:
    """The size and colour to give, in pixels of the upright picture; ``reformatter`` keeps its scaler from frame to
    frame, and one thread: starting threads for a picture costs more than scaling it."""

    width: int | None
    height: int | None
    grey: bool
    reformatter: VideoReformatter

    def of(self, frame: Any) -> NDArray[np.uint8]:
        turns = round(frame.rotation / 90) % 4
        stored = (frame.width, frame.height)
        upright = stored if turns % 2 == 0 else stored[::-1]
        wide, high = self._size(*upright)
        if turns % 2:
            wide, high = high, wide
        smaller = wide * high < frame.width * frame.height
        made: Any = self.reformatter.reformat(
            frame,
            width=wide,
            height=high,
            format="gray" if self.grey else "rgb24",
            interpolation="AREA" if smaller else "BILINEAR",
            threads=1,
        )
        image: NDArray[np.uint8] = made.to_ndarray()
        return np.ascontiguousarray(np.rot90(image, turns)) if turns else image

    def _size(self, width: int, height: int) -> tuple[int, int]:
        if self.width and self.height:
            return self.width, self.height
        if self.width:
            return self.width, max(1, round(height * self.width / width))
        if self.height:
            return max(1, round(width * self.height / height)), self.height
        return width, height
