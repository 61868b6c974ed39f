"""Decoded blocks of samples and their timestamps, joined into pieces between which time jumps."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kuager.errors import UnreadableError
from kuager.instruments.media._resample import Resampler

# A step between a block's timestamp and the end of the block before it. Containers round to a millisecond and phones
# jitter by a few; a lost AAC frame is 21 ms or more.
STEP_S = 0.015
# Slower departures than a step are followed once they exceed this.
DRIFT_S = 0.002
_ANCHOR_S = 10.0


@dataclass(frozen=True)
class Piece:
    """Samples at ``rate`` Hz without a jump.

    ``anchors``: pairs (seconds of samples into the piece, container second), at least one, in order.
    """

    samples: NDArray[np.float32]
    rate: int
    anchors: tuple[tuple[float, float], ...]

    @property
    def start_s(self) -> float:
        into_s, time_s = self.anchors[0]
        return time_s - into_s

    @property
    def end_s(self) -> float:
        into_s, time_s = self.anchors[-1]
        return time_s + len(self.samples) / self.rate - into_s

    def on_time(self) -> NDArray[np.float32]:
        """The samples on an even grid of presentation time from ``start_s``; drift is taken out by interpolation."""
        if len(self.anchors) == 1:
            return self.samples
        length_s = len(self.samples) / self.rate
        into_s = [0.0, *(anchor[0] for anchor in self.anchors), length_s]
        time_s = [self.start_s, *(anchor[1] for anchor in self.anchors), self.end_s]
        grid = self.start_s + np.arange(round((self.end_s - self.start_s) * self.rate)) / self.rate
        where = np.interp(grid, time_s, into_s) * self.rate
        return np.interp(where, np.arange(len(self.samples)), self.samples).astype(np.float32)


@dataclass
class Timeline:
    """Takes blocks in order of decoding, resamples them to ``rate`` Hz and cuts them into pieces where time jumps."""

    rate: int
    max_samples: int
    pieces: list[Piece] = field(default_factory=list)
    _resampler: Resampler | None = None
    _stamps: list[tuple[float, float]] = field(default_factory=list)
    _into_s: float = 0.0
    _total_s: float = 0.0
    _expected_s: float = float("-inf")

    @property
    def end_s(self) -> float:
        """Container second at which the newest block ends; minus infinity before the first."""
        return self._expected_s

    def add(self, block: NDArray[np.float32], rate: int, time_s: float | None) -> None:
        """Append a block at ``rate`` Hz that starts at container second ``time_s`` (``None``: follows on)."""
        if not len(block) or rate <= 0:
            return
        first = self._expected_s == float("-inf")
        at_s = time_s if time_s is not None else (0.0 if first else self._expected_s)
        late_s = 0.0 if first else at_s - self._expected_s
        if self._resampler is not None and (rate != self._resampler.rate_in or abs(late_s) > STEP_S):
            self.close()
        if self._resampler is None:
            if self.pieces and late_s < 0:
                # Time that was already given is not given twice.
                skip = round(-late_s * rate)
                if skip >= len(block):
                    return
                block, at_s = block[skip:], at_s + skip / rate
            self._resampler = Resampler(rate, self.rate)
        self._stamps.append((self._into_s, at_s))
        self._resampler.push(block)
        self._into_s += len(block) / rate
        self._total_s += len(block) / rate
        self._expected_s = at_s + len(block) / rate
        if self._total_s * self.rate > self.max_samples:
            raise UnreadableError("The sound is too long to hold at once.", "Ask for a part of it.")

    def close(self) -> None:
        """End the current piece."""
        if self._resampler is not None:
            self.pieces.append(Piece(self._resampler.finish(), self.rate, _anchors(self._stamps)))
        self._resampler, self._stamps, self._into_s = None, [], 0.0


def _anchors(stamps: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """One anchor where stamps keep pace with the samples, else one for each ``_ANCHOR_S`` of them.

    An anchor is the mean of its stamps, so that rounding in the container averages out.
    """
    into_s, time_s = np.array(stamps).T
    late_s = time_s - into_s
    bins = (into_s // _ANCHOR_S).astype(int)
    counts = np.bincount(bins)
    used = counts > 0
    centre = np.bincount(bins, into_s)[used] / counts[used]
    offset = np.bincount(bins, late_s)[used] / counts[used]
    if np.ptp(offset) <= DRIFT_S:
        return ((0.0, float(late_s.mean())),)
    return tuple((float(c), float(c + o)) for c, o in zip(centre, offset, strict=True))
