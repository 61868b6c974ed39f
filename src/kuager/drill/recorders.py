"""What a phone makes of the pressure at its microphone: band limits, its own noise, gain control, clipping."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.signal import butter, sosfilt

from kuager.drill.acoustics import Heard
from kuager.drill.waves import Samples, wave


@dataclass(frozen=True)
class Recorder:
    """One phone. ``snr_db``: shared ambient sound over what only this phone hears (wind, hiss, the person filming)."""

    snr_db: float = 10.0
    low_hz: float = 110.0
    high_hz: float = 14_000.0
    level_dbfs: float = -26.0
    agc: float = 0.0
    clipped: bool = False
    seed: int = 0


def record(heard: Heard, recorder: Recorder) -> Samples:
    """Samples in −1…1 (float32 mono) as the phone stores them before any codec."""
    rng = np.random.default_rng((recorder.seed, 77))
    own = _own_noise(rng, len(heard.samples), heard.rate, recorder)
    floor = heard.ambient_rms or 1e-4
    pressure = heard.samples + own * np.float32(floor * 10 ** (-recorder.snr_db / 20))
    edges = [recorder.low_hz / (heard.rate / 2), min(recorder.high_hz / (heard.rate / 2), 0.95)]
    passed = np.asarray(sosfilt(butter(2, edges, "bandpass", output="sos"), pressure), dtype=np.float32)
    rms = float(np.sqrt(np.mean(np.square(passed), dtype=np.float64))) or 1.0
    steady = min(rms, floor * float(np.sqrt(1 + 10 ** (-recorder.snr_db / 10))) * 1.5)
    gained = passed * np.float32(10 ** (recorder.level_dbfs / 20) / steady)
    if recorder.agc > 0:
        gained = _gain_control(gained, heard.rate, recorder.agc, 10 ** (recorder.level_dbfs / 20))
    if recorder.clipped:
        return np.asarray(np.clip(gained * np.float32(6.0), -1.0, 1.0), dtype=np.float32)
    return _overload(gained)


def silence(length: int) -> Samples:
    """A sound track with nothing on it."""
    return np.zeros(length, dtype=np.float32)


def _own_noise(rng: np.random.Generator, length: int, rate: int, recorder: Recorder) -> Samples:
    """Unit-RMS noise of this phone alone: hiss, wind on the microphone, someone speaking close by."""
    duration_s = length / rate
    mix = rng.dirichlet((1.5, 1.0, 1.5))
    own = rng.standard_normal(length, dtype=np.float32) * np.float32(np.sqrt(mix[0]))
    for kind, share in (("wind", mix[1]), ("babble", mix[2])):
        made = wave(kind, recorder.seed * 31 + 5, round(duration_s + 0.5, 1), rate)[:length]
        own[: len(made)] += made * np.float32(np.sqrt(share))
    return own / np.float32(np.sqrt(np.mean(np.square(own), dtype=np.float64)) or 1.0)


def _gain_control(samples: Samples, rate: int, strength: float, target: float) -> Samples:
    """Turns loud parts down within 20 ms and comes back over a second."""
    hop = rate // 100
    blocks = len(samples) // hop + 1
    padded = np.pad(samples, (0, blocks * hop - len(samples)))
    level = np.sqrt(np.mean(padded.reshape(blocks, hop) ** 2, axis=1)) + 1e-5
    held = np.empty(blocks)
    state = float(level[0])
    for number, now in enumerate(level):
        state += (float(now) - state) * (0.6 if now > state else 0.012)
        held[number] = state
    gain = (target / held) ** strength
    return samples * np.interp(np.arange(len(samples)) / hop, np.arange(blocks) + 1, gain).astype(np.float32)


def _overload(samples: Samples) -> Samples:
    """A microphone's soft ceiling: straight up to half scale, then bending towards ±0.98."""
    size = np.abs(samples)
    bent = 0.5 + 0.48 * (1 - np.exp(-(size - 0.5) / 0.48))
    return np.where(size <= 0.5, samples, np.sign(samples) * bent).astype(np.float32)
