"""The fingerprint of a recording, kept so that it is made once however often copies are looked for."""

from __future__ import annotations

import os

from kuager.examine.result import Made, Result
from kuager.examine.task import Limits, Settings

MADE = "fingerprint.npz"


class FingerprintExaminer:
    """No settings. Makes ``fingerprint.npz``."""

    name = "fingerprint"
    version = "3"
    limits = Limits(wall_s=3600.0, memory_bytes=6 << 30)

    def takes(self, media_type: str) -> bool:
        return media_type.startswith(("audio/", "video/"))

    def examine(self, path: str, settings: Settings) -> Result:
        # The workers share the processors already; threads for small matrices cost more than they save.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from kuager.instruments.copies import fingerprint

        found = fingerprint(path)
        facts = {"has_picture": found.picture is not None, "has_sound": found.sound is not None}
        return Result(facts, made=(Made(MADE, "application/octet-stream", found.to_bytes()),))
