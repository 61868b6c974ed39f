"""What a file holds, and where its zero lies: the presentation time of its first picture, else of its first sound."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kuager.errors import UnreadableError
from kuager.instruments.media import _door
from kuager.instruments.media._formats import STILLS, UNTIMED

if TYPE_CHECKING:
    from av.container import InputContainer

# A stream that gives no frame within this many packets has no first frame worth waiting for.
_PACKETS_TO_FIRST_FRAME = 2000


class NoSound(UnreadableError):
    """The file has no sound track that can be decoded."""


class NoPicture(UnreadableError):
    """The file has no picture track that can be decoded."""


@dataclass(frozen=True)
class Stream:
    """One stream as the container declares it.

    ``start_s`` and ``duration_s`` are container seconds; ``frames`` the declared count of packets (``None`` if not
    declared); ``rate`` frames per second of pictures or samples per second of sound; ``time_base`` seconds per tick.
    ``width`` and ``height`` are stored pixels. ``cover`` marks a cover image, which is not picture of the recording.
    """

    index: int
    kind: str
    codec: str | None
    time_base: Fraction | None
    start_s: float | None
    duration_s: float | None
    frames: int | None
    rate: float | None
    width: int | None = None
    height: int | None = None
    channels: int | None = None
    cover: bool = False


@dataclass(frozen=True)
class Probe:
    """A file's streams. ``zero_s`` is the container time of the recording's zero; ``duration_s`` counts from it."""

    format: str
    duration_s: float | None
    streams: tuple[Stream, ...]
    has_sound: bool
    has_picture: bool
    still: bool
    zero_s: float
    metadata: dict[str, str]


def probe(path: str | os.PathLike[str]) -> Probe:
    """Read the streams of a file and find its zero by decoding the first frame. Raises ``UnreadableError``."""
    with _door.open(path) as container:
        picture, sound = picture_stream(container), sound_stream(container)
        streams = tuple(_stream(stream) for stream in container.streams)
        still = is_still(container)
        declared = container.duration
        start = container.start_time or 0
        format_name = container.format.name
        metadata = {str(key): str(value) for key, value in container.metadata.items()}
        zero_s = _zero(container, picture, sound)
    ends = [end for end in map(_end_s, streams) if end is not None]
    if format_name in UNTIMED:
        ends = [_last_packet_end(path)]
    elif not ends and declared is not None:
        ends = [(start + declared) / 1e6]
    duration_s = max(0.0, max(ends) - zero_s) if ends and not still else None
    return Probe(format_name, duration_s, streams, sound is not None, picture is not None, still, zero_s, metadata)


def frame_count(path: str | os.PathLike[str]) -> int:
    """How many pictures the picture track holds, counted by its packets without decoding. Raises ``NoPicture``."""
    with _door.open(path) as container:
        stream = picture_stream(container)
        if stream is None:
            raise NoPicture(f"{os.path.basename(path)} has no picture track.", "Give a file with pictures.")
        only(container, stream)
        return sum(1 for packet in packets_of(container, stream) if packet.size and not packet.is_discard)


def zero_of(path: str | os.PathLike[str]) -> float:
    """Container time, in seconds, of the recording's zero. Raises ``UnreadableError`` where nothing decodes.

    Kept for files that were asked for lately: pictures and sound of one are mostly wanted one after the other.
    """
    try:
        seen = os.stat(path)
    except OSError:  # the door tells what is wrong with it
        return _zero_now(path)
    return _zero_kept(os.path.abspath(path), seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)


@lru_cache(maxsize=64)
def _zero_kept(path: str, *_which: int) -> float:
    return _zero_now(path)


def _zero_now(path: str | os.PathLike[str]) -> float:
    with _door.open(path) as container:
        return _zero(container, picture_stream(container), sound_stream(container))


def picture_stream(container: InputContainer) -> Any | None:
    """The stream a player shows: decodable, of known size, not a cover image, the default one or else the largest."""
    candidates = [
        s for s in container.streams.video if _door.decodable(s) and not _is_cover(s) and s.width and s.height
    ]
    return max(candidates, key=lambda s: (_is_default(s), s.width * s.height, -s.index), default=None)


def sound_stream(container: InputContainer) -> Any | None:
    """The stream a player plays: decodable, the default one or else that with most channels."""
    candidates = [s for s in container.streams.audio if _door.decodable(s) and s.rate]
    return max(candidates, key=lambda s: (_is_default(s), s.codec_context.channels, -s.index), default=None)


def only(container: InputContainer, stream: Any) -> None:
    """Have the demuxer skip every other stream."""
    import av

    for other in container.streams:
        if other.index != stream.index:
            other.discard = av.stream.Discard.all


def is_still(container: InputContainer) -> bool:
    """Whether the file is one image rather than a recording."""
    return container.format.name in STILLS


def packets_of(container: InputContainer, stream: Any) -> Iterator[Any]:
    """Packets of one stream, an empty one last that flushes the decoder."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except (StopIteration, IndexError):
            # IndexError: a stream turned up while reading, which PyAV cannot flush; ours came before it.
            return
        yield packet


def decode(packet: Any) -> list[Any]:
    """Frames of one packet, none where it is damaged."""
    import av

    try:
        return list(packet.decode())
    except (av.error.InvalidDataError, av.error.PatchWelcomeError):
        return []
    except av.error.EOFError:
        return []


def _zero(container: InputContainer, picture: Any | None, sound: Any | None) -> float:
    stream = picture if picture is not None else sound
    if stream is None:
        return (container.start_time or 0) / 1e6
    if is_still(container):
        return 0.0
    only(container, stream)
    stream.codec_context.thread_count = 1  # frame threads would have to be filled before the first frame comes
    for count, packet in enumerate(packets_of(container, stream)):
        for frame in decode(packet):
            if frame.time is not None:
                return float(frame.time)
        if count > _PACKETS_TO_FIRST_FRAME:
            break
    return float(stream.start_time * stream.time_base) if stream.start_time is not None else 0.0


def _stream(stream: Any) -> Stream:
    context = stream.codec_context
    base = stream.time_base
    picture, sound = stream.type == "video", stream.type == "audio"
    rate = stream.average_rate if picture else None
    if sound and context is not None:
        rate = context.sample_rate
    return Stream(
        index=stream.index,
        kind={"video": "picture", "audio": "sound"}.get(stream.type, stream.type),
        codec=context.codec.canonical_name if context is not None else None,
        time_base=base,
        start_s=float(stream.start_time * base) if stream.start_time is not None and base else None,
        duration_s=float(stream.duration * base) if stream.duration is not None and base else None,
        frames=stream.frames or None,
        rate=float(rate) if rate else None,
        width=context.width if picture and context is not None else None,
        height=context.height if picture and context is not None else None,
        channels=context.channels if sound and context is not None else None,
        cover=picture and _is_cover(stream),
    )


def _last_packet_end(path: str | os.PathLike[str]) -> float:
    """Container second at which the last packet ends, by reading all of them."""
    end_s = 0.0
    with _door.open(path) as container:
        stream = picture_stream(container) or sound_stream(container)
        for packet in packets_of(container, stream) if stream is not None else ():
            if packet.pts is not None and packet.time_base:
                end_s = max(end_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    return end_s


def _end_s(stream: Stream) -> float | None:
    if stream.kind not in ("picture", "sound") or stream.cover or stream.start_s is None or stream.duration_s is None:
        return None
    return stream.start_s + stream.duration_s


def _is_cover(stream: Any) -> bool:
    import av

    return bool(stream.disposition & av.stream.Disposition.attached_pic)


def _is_default(stream: Any) -> bool:
    import av

    return bool(stream.disposition & av.stream.Disposition.default)
