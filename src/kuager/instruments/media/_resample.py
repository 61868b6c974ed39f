"""Streaming conversion of mono samples from one rate to another, in blocks large enough to be fast."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_BLOCK = 1 << 16


class Resampler:
    """Takes float32 mono blocks at ``rate_in``, gives float32 samples at ``rate_out`` from :meth:`finish`.

    libswresample's polyphase filter, whose first output sample lies on the first input sample.
    """

    def __init__(self, rate_in: int, rate_out: int) -> None:
        self.rate_in, self.rate_out = rate_in, rate_out
        self._waiting: list[NDArray[np.float32]] = []
        self._waiting_length = 0
        self._taken = 0
        self._done: list[NDArray[np.float32]] = []
        self._inner: Any = None

    def push(self, block: NDArray[np.float32]) -> None:
        self._taken += len(block)
        if self.rate_in == self.rate_out:
            self._done.append(block)
            return
        self._waiting.append(block)
        self._waiting_length += len(block)
        if self._waiting_length >= _BLOCK:
            self._flush()

    def finish(self) -> NDArray[np.float32]:
        if self._waiting:
            self._flush()
        if self._inner is not None:
            self._done.extend(made.to_ndarray()[0] for made in self._inner.resample(None))
        # Flushing gives the filter's tail as well, which lies past the end of the sound.
        length = round(self._taken * self.rate_out / self.rate_in)
        return np.concatenate(self._done)[:length] if self._done else np.zeros(0, dtype=np.float32)

    def _flush(self) -> None:
        import av

        if self._inner is None:
            self._inner = av.AudioResampler(format="fltp", layout="mono", rate=self.rate_out)
        frame = av.AudioFrame.from_ndarray(np.concatenate(self._waiting)[None], format="fltp", layout="mono")
        frame.sample_rate = self.rate_in
        self._done.extend(made.to_ndarray()[0] for made in self._inner.resample(frame))
        self._waiting, self._waiting_length = [], 0
