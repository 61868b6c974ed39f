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


class NothingShown(UnreadableError):
    """No picture is shown at the time that was asked for."""


def thumbnail(path: str | os.PathLike[str], time_s: float = 0.0, width: int = 320, quality: int = 80) -> bytes:
    """JPEG bytes of the picture shown at ``time_s`` presentation seconds, ``width`` pixels wide, without metadata.

    Raises ``NoPicture``, ``NothingShown``, ``UnreadableError``.
    """
    from PIL import Image

    # One sample of a rate chosen so that its first step is time_s itself.
    rate = 1.0 / time_s if time_s > 0 else 1.0
    for picture in pictures(path, rate=rate, width=width, start_s=time_s):
        buffer = io.BytesIO()
        Image.fromarray(picture.image).save(buffer, "JPEG", quality=quality)
        return buffer.getvalue()
    raise NothingShown(f"{os.path.basename(path)} shows nothing at {time_s:.1f} s.", "Choose an earlier time.")


@dataclass(frozen=True)
class Waveform:
    """Lowest and highest sample, −1…1, in each of n equal stretches of ``bucket_s`` seconds from ``start_s``.

    ``delay_sd_s`` and ``gaps`` are those of the sound it was drawn from.
    """

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    start_s: float
    bucket_s: float
    delay_sd_s: float
    gaps: tuple[tuple[float, float], ...]


def waveform(path: str | os.PathLike[str], buckets: int = 1000) -> Waveform:
    """Peaks of the sound for drawing, from sound at 8 kHz. Raises ``NoSound``, ``UnreadableError``."""
    if buckets <= 0:
        raise ValueError("buckets must be positive")
    heard = sound(path)
    samples = heard.samples if len(heard.samples) else np.zeros(1, dtype=np.float32)
    count = min(buckets, len(samples))
    edges = np.linspace(0, len(samples), count + 1).astype(np.int64)[:-1]
    low = np.minimum.reduceat(samples, edges)
    high = np.maximum.reduceat(samples, edges)
    bucket_s = len(samples) / heard.rate / count
    return Waveform(low, high, heard.start_s, bucket_s, heard.delay_sd_s, heard.gaps)
