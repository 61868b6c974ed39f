"""Small things made to show a recording: a thumbnail, a waveform."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kuager.errors import UnreadableError
from kuager.instruments.media._pictures import pictures
from kuager.instruments.media._sound import sound


def thumbnail(path: str | os.PathLike[str], time_s: float = 0.0, width: int = 320, quality: int = 80) -> bytes:
    """JPEG bytes of the picture shown at ``time_s`` presentation seconds, ``width`` pixels wide, without metadata.

    Raises ``NoPicture``, ``UnreadableError`` (also where nothing is shown at that time).
    """
    from PIL import Image

    # One sample of a rate chosen so that its first step is time_s itself.
    rate = 1.0 / time_s if time_s > 0 else 1.0
    for picture in pictures(path, rate=rate, width=width, start_s=time_s):
        buffer = io.BytesIO()
        Image.fromarray(picture.image).save(buffer, "JPEG", quality=quality)
        return buffer.getvalue()
    raise UnreadableError(f"{os.path.basename(path)} shows nothing at {time_s:.1f} s.", "Choose an earlier time.")


@dataclass(frozen=True)
class Waveform:
    """Lowest and highest sample, −1…1, in each of n equal stretches of ``bucket_s`` seconds from ``start_s``."""

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    start_s: float
    bucket_s: float


def waveform(path: str | os.PathLike[str], buckets: int = 1000) -> Waveform:
    """Peaks of the sound for drawing, from sound at 8 kHz. Raises ``NoSound``, ``UnreadableError``."""
    if buckets <= 0:
        raise ValueError("buckets must be positive")
    heard = sound(path)
    count = min(buckets, max(1, len(heard.samples)))
    edges = np.linspace(0, len(heard.samples), count + 1).astype(np.int64)[:-1]
    if not len(heard.samples):
        empty = np.zeros(0, dtype=np.float32)
        return Waveform(empty, empty, heard.start_s, 0.0)
    low = np.minimum.reduceat(heard.samples, edges)
    high = np.maximum.reduceat(heard.samples, edges)
    return Waveform(low, high, heard.start_s, len(heard.samples) / heard.rate / count)
