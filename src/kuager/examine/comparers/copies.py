"""Copies among all recordings of a case: same picture and same sound, each for itself."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from kuager.examine.examiners.fingerprint import MADE, FingerprintExaminer
from kuager.examine.result import Result
from kuager.examine.task import Limits, Settings
from kuager.finding import Finding


class CopiesComparer:
    """No settings. ``facts``: matches as ``kuager match`` gives them, recordings named by item, each pair once."""

    name = "copies"
    version = "4"
    limits = Limits(wall_s=3600.0, memory_bytes=6 << 30)
    of: Literal["pair", "set"] = "set"
    reads: tuple[str, str] | None = (FingerprintExaminer.name, MADE)

    def takes(self, media_type: str) -> bool:
        return FingerprintExaminer().takes(media_type)

    def compare(self, paths: Sequence[str], settings: Settings) -> Result:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from kuager.instruments.copies import Archive, Fingerprint, match

        prints = [Fingerprint.from_bytes(Path(path).read_bytes()) for path in paths]
        archive = Archive()
        for each in prints:
            archive.add(each)
        matches: list[dict[str, Any]] = []
        for number, each in enumerate(prints):
            for found in match(archive, each, number):
                if found.reference < number:
                    matches.append(
                        {
                            "a": {"input": found.reference},
                            "b": {"input": number},
                            "kind": found.kind,
                            "verdict": found.verdict,
                            "probability": found.probability,
                            "a_start_s": found.reference_start_s,
                            "a_end_s": found.reference_end_s,
                            "b_start_s": found.query_start_s,
                            "b_end_s": found.query_end_s,
                            "speed": found.speed,
                            "view": found.view,
                        }
                    )
        return Result({"matches": matches}, (_finding(len(matches)),))


def _finding(count: int) -> Finding:
    return Finding(
        what="same_picture_or_sound",
        value=count,
        grade="screening",
        meaning="So many stretches of one recording stand in another as well. A person decides which is a copy.",
        harmless=("the same broadcast, title or library picture can stand in recordings that are no copies",),
        measured_on="synthetic recordings and their re-uploads",
        limits="No match found does not show that there is no copy.",
    )
