"""What the engine's comparisons run: importable by workers that start clean."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from kuager.examine import Key, Limits, Result


class Trivial:
    """An examiner that does nothing, or sleeps as its settings say."""

    name = "trivial"
    version = "1"
    limits = Limits(wall_s=20.0)

    def takes(self, media_type: str) -> bool:
        return True

    def examine(self, path: str, settings: Mapping[str, Any]) -> Result:
        time.sleep(float(settings.get("sleep_s", 0)))
        return Result({"path": path})


class Memory:
    """A ledger in memory: what is measured is the engine, not a disk."""

    def __init__(self) -> None:
        self.kept: dict[Key, Result] = {}

    def has(self, key: Key) -> bool:
        return key in self.kept

    def put(self, results: list[tuple[Key, Result]]) -> None:
        self.kept.update(results)


def nothing(path: str, sleep_s: float) -> dict[str, str]:
    """The same for a plain pool."""
    time.sleep(sleep_s)
    return {"path": path}
