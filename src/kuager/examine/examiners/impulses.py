"""Impulses in a recording's sound, and what they could be."""

from __future__ import annotations

from kuager.examine.result import Result
from kuager.examine.task import Limits, Settings
from kuager.instruments import media

LEAST_SCORE = 0.1


class ImpulsesExaminer:
    """No settings. ``facts``: what ``kuager listen`` gives, but only impulses of score 0.1 and more."""

    name = "impulses"
    version = "3"
    limits = Limits(wall_s=1800.0, memory_bytes=4 << 30)

    def takes(self, media_type: str) -> bool:
        return media_type.startswith(("audio/", "video/"))

    def examine(self, path: str, settings: Settings) -> Result:
        if not media.probe(path).has_sound:
            return Result({"has_sound": False})
        from kuager.instruments import impulses

        sound = media.sound(path, impulses.RATE)
        heard = impulses.listen(sound.samples, sound.start_s, sound.delay_sd_s)
        return Result({"has_sound": True, **heard.as_json(LEAST_SCORE)}, impulses.findings(heard))
