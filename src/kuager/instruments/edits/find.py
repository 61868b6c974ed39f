"""All traces of edits in one recording."""

from __future__ import annotations

import os

from kuager.instruments import media
from kuager.instruments.edits.coding import double_encoding
from kuager.instruments.edits.edit import Edit
from kuager.instruments.edits.jumps import picture_edits
from kuager.instruments.edits.sound import sound_edits
from kuager.instruments.edits.timing import timing_edits
from kuager.instruments.edits.trace import trace


def find_edits(path: str | os.PathLike[str]) -> tuple[Edit, ...]:
    """Traces of edits in the order in which they stand; none shows nothing. Decodes the recording once.

    Raises ``UnreadableError``.
    """
    picture, sound = media.packets(path)
    found = timing_edits(picture, sound)
    if picture is not None:
        found += double_encoding(picture)
        found += picture_edits(trace(path))
    if sound is not None:
        codecs = [stream.codec for stream in media.probe(path).streams if stream.kind == "sound"]
        found += sound_edits(media.sound(path, rate=16000), codecs[0] if codecs else None)
    return tuple(sorted(found, key=lambda one: (one.start_s, one.kind)))
