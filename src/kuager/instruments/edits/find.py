"""All traces of edits in one recording."""

from __future__ import annotations

import os
from collections.abc import Sequence

from kuager.instruments import media
from kuager.instruments.edits.coding import double_encoding
from kuager.instruments.edits.edit import Edit
from kuager.instruments.edits.frames import frame_breaks
from kuager.instruments.edits.jumps import picture_edits
from kuager.instruments.edits.sound import sound_edits
from kuager.instruments.edits.timing import timing_edits
from kuager.instruments.edits.trace import trace

_LEAST_HZ, _MOST_HZ = 22_000, 48_000
_BESIDE_S = 0.3
# Others (VP8, VP9, AV1) hide pictures and spend bytes at a rhythm of their own.
_PLAIN = ("h264", "hevc", "mpeg4", "mpeg2video")


def find_edits(path: str | os.PathLike[str]) -> tuple[Edit, ...]:
    """Traces of edits in the order in which they stand; none shows nothing. Decodes the recording once.

    Raises ``UnreadableError``.
    """
    picture, sound = media.packets(path)
    found = timing_edits(picture, sound)
    streams = media.probe(path).streams
    if picture is not None and _codec(streams, "picture") in _PLAIN:
        found += double_encoding(picture)
    if picture is not None:
        gaps = [one for one in found if one.kind == "timestamp_gap"]
        # A jump across a gap is the gap's own.
        found += [
            one
            for one in picture_edits(trace(path))
            if one.kind != "splice" or not any(gap.start_s <= one.start_s <= gap.end_s + 1e-3 for gap in gaps)
        ]
    if sound is not None:
        found += sound_edits(media.sound(path, rate=16000), _codec(streams, "sound"))
        found += _frame_breaks(path, streams, sound, found)
    return tuple(sorted(found, key=lambda one: (one.start_s, one.kind)))


def _frame_breaks(
    path: str | os.PathLike[str], streams: Sequence[media.Stream], packets: media.Packets, found: Sequence[Edit]
) -> list[Edit]:
    """Breaks of earlier frames, but for those beside a break that was told already."""
    stream = next((one for one in streams if one.kind == "sound"), None)
    if stream is None or not stream.rate or not _LEAST_HZ <= stream.rate <= _MOST_HZ:
        return []
    broken = [one for one in found if one.kind == "sound_break"]
    breaks = frame_breaks(media.sound(path, rate=round(stream.rate)), packets if stream.codec == "aac" else None)
    return [
        one
        for one in breaks
        if not any(old.start_s - _BESIDE_S < one.start_s < old.end_s + _BESIDE_S for old in broken)
    ]


def _codec(streams: Sequence[media.Stream], kind: str) -> str | None:
    return next((stream.codec for stream in streams if stream.kind == kind and not stream.cover), None)
