"""What the clock works on: one recording's sound as an array, on its own presentation time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 8000
"""Sampling rate the instrument works at, in Hz: what every codec in the field keeps."""

Samples = NDArray[np.float32] | NDArray[np.int16]
Float = NDArray[np.float32]
Array = NDArray[Any]


@dataclass(frozen=True)
class Recording:
    """One recording, known by ``name``, which must be unique among those given together.

    ``samples`` is mono sound, shape ``(n,)``, at ``rate`` Hz (8000), float32 within ±1 or int16 (a memory map will
    do); ``None`` where there is no sound. ``start_s`` is the presentation time of ``samples[0]`` in seconds, and
    ``duration_s`` the length of the recording (by default where its sound ends). ``delay_sd_s`` says how uncertain
    the decoder's delay is. ``position_m`` is where it stood, east and north in metres on any common plane, and
    ``position_sd_m`` how well that is known.
    """

    name: str
    samples: Samples | None
    start_s: float = 0.0
    rate: int = RATE
    duration_s: float | None = None
    delay_sd_s: float = 0.0
    position_m: tuple[float, float] | None = None
    position_sd_m: float = 0.0

    def __post_init__(self) -> None:
        if self.samples is not None and (self.samples.ndim != 1 or self.rate != RATE):
            raise ValueError(f"{self.name}: mono sound at {RATE} Hz is needed, shape (n,)")

    @property
    def end_s(self) -> float:
        """Where the recording ends on its own presentation time."""
        if self.duration_s is not None:
            return self.duration_s
        return self.start_s + (0 if self.samples is None else len(self.samples)) / self.rate

    def excerpt(self, first: int, count: int) -> Float:
        """``count`` samples from ``first`` on as float32 within ±1; zeros where the recording has none."""
        out = np.zeros(count, np.float32)
        if self.samples is None:
            return out
        low, high = max(first, 0), min(first + count, len(self.samples))
        if high > low:
            part = self.samples[low:high]
            scale = 1 / 32768 if part.dtype == np.int16 else 1.0
            out[low - first : high - first] = np.asarray(part, np.float32) * np.float32(scale)
        return out

    def excerpts(self, firsts: Array, count: int) -> Float:
        """``count`` samples from each of ``firsts`` on, shape ``(len(firsts), count)``; zeros where there are none."""
        firsts = np.asarray(firsts).astype(np.int64)
        if self.samples is None or len(firsts) == 0 or firsts.min() < 0 or firsts.max() + count > len(self.samples):
            return np.array([self.excerpt(int(first), count) for first in firsts], np.float32).reshape(-1, count)
        parts = np.lib.stride_tricks.sliding_window_view(self.samples, count)[firsts]
        if parts.dtype == np.int16:
            scaled: Float = np.multiply(parts, np.float32(1 / 32768), dtype=np.float32)
            return scaled
        return np.asarray(parts, np.float32)
