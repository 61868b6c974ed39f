"""Traces of edits in a recording: timestamps, pictures that repeat or jump, sound that breaks, encoding twice."""

from __future__ import annotations

import os

from kuager.examine.result import Result
from kuager.examine.task import Limits, Settings


class EditsExaminer:
    """No settings. ``facts``: ``edits`` as ``kuager inspect`` gives them."""

    name = "edits"
    version = "4"
    limits = Limits(wall_s=7200.0, memory_bytes=6 << 30)

    def takes(self, media_type: str) -> bool:
        return media_type.startswith(("audio/", "video/"))

    def examine(self, path: str, settings: Settings) -> Result:
        # The workers share the processors already; threads for small transforms cost more than they save.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from kuager.instruments import edits

        found = edits.find_edits(path)
        return Result({"edits": [one.as_json() for one in found]}, tuple(one.as_finding() for one in found))
