"""The sound of a recording at a low rate, kept for the clock so that it is decoded once."""

from __future__ import annotations

import io

from kuager.examine.result import Made, Result
from kuager.examine.task import Limits, Settings
from kuager.instruments import media

MADE = "sound.npz"


class SoundExaminer:
    """No settings. Makes ``sound.npz``: samples (int16, mono, 8 kHz), start_s, duration_s, delay_sd_s."""

    name = "sound"
    version = "1"
    limits = Limits(wall_s=1800.0, memory_bytes=4 << 30)

    def takes(self, media_type: str) -> bool:
        return media_type.startswith(("audio/", "video/"))

    def examine(self, path: str, settings: Settings) -> Result:
        import numpy as np

        from kuager.instruments.clock import RATE

        probe = media.probe(path)
        samples, start_s, delay_sd_s, end_s = np.zeros(0, np.int16), 0.0, 0.0, 0.0
        if probe.has_sound:
            sound = media.sound(path, RATE)
            samples = np.rint(np.clip(sound.samples, -1, 1) * 32767).astype(np.int16)
            start_s, delay_sd_s, end_s = sound.start_s, sound.delay_sd_s, sound.end_s
        duration_s = max(probe.duration_s or 0.0, end_s)
        kept = io.BytesIO()
        np.savez_compressed(
            kept, samples=samples, start_s=start_s, duration_s=duration_s, delay_sd_s=delay_sd_s, there=probe.has_sound
        )
        facts = {"start_s": start_s, "duration_s": duration_s, "delay_sd_s": delay_sd_s, "has_sound": probe.has_sound}
        return Result(facts, made=(Made(MADE, "application/octet-stream", kept.getvalue()),))
