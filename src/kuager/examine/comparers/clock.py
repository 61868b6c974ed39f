"""All recordings of a case on one clock by their sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from kuager.examine.examiners.sound import MADE, SoundExaminer
from kuager.examine.result import Result
from kuager.examine.task import Limits, Settings
from kuager.finding import Finding

if TYPE_CHECKING:
    from kuager.instruments.clock import PairAnswer, Recording


class ClockComparer:
    """Settings: ``pins``, ``decisions`` and ``positions`` of people. ``facts``: groups and pairs as ``kuager sync``
    gives them, recordings named by item."""

    name = "clock"
    version = "5"
    limits = Limits(wall_s=3600.0, memory_bytes=6 << 30)
    of: Literal["pair", "set"] = "set"
    reads: tuple[str, str] | None = (SoundExaminer.name, MADE)

    def takes(self, media_type: str) -> bool:
        return SoundExaminer().takes(media_type)

    def compare(self, paths: Sequence[str], settings: Settings) -> Result:
        from kuager.instruments import clock

        positions = {one["of"]["input"]: one for one in settings.get("positions", ())}
        answer = clock.synchronise(
            [_recording(number, path, positions.get(number)) for number, path in enumerate(paths)],
            [
                clock.Pin(str(one["a"]["input"]), str(one["b"]["input"]), one["a_s"], one["b_s"], one["sd_s"])
                for one in settings.get("pins", ())
            ],
            {
                (str(one["a"]["input"]), str(one["b"]["input"])): bool(one["accepted"])
                for one in settings.get("decisions", ())
            },
        )
        groups = [
            {
                "recordings": [
                    {
                        "input": int(one.name),
                        "offset_s": round(one.offset_s, 6),
                        "offset_sd_s": round(one.offset_sd_s, 6),
                        "drift_ppm": one.drift_ppm,
                    }
                    for one in group.recordings
                ],
                "picture_bound_s": group.picture_bound_s,
            }
            for group in answer.groups
        ]
        facts: dict[str, Any] = {"groups": groups, "pairs": [_pair(pair) for pair in answer.pairs]}
        together = sum(len(group.recordings) for group in answer.groups if len(group.recordings) > 1)
        return Result(facts, (_finding(together, len(paths)),))


def _recording(number: int, path: str, position: Settings | None) -> Recording:
    import numpy as np

    from kuager.instruments.clock import Recording

    with np.load(path, allow_pickle=False) as kept:
        return Recording(
            str(number),
            kept["samples"] if bool(kept["there"]) else None,
            float(kept["start_s"]),
            duration_s=float(kept["duration_s"]),
            delay_sd_s=float(kept["delay_sd_s"]),
            position_m=(position["east_m"], position["north_m"]) if position else None,
            position_sd_m=position["sd_m"] if position else 0.0,
        )


def _pair(pair: PairAnswer) -> dict[str, Any]:
    return {
        "a": {"input": int(pair.a)},
        "b": {"input": int(pair.b)},
        "offset_s": pair.offset_s,
        "offset_sd_s": pair.offset_sd_s,
        "drift_ppm": pair.drift_ppm,
        "probability": pair.probability,
        "verdict": pair.verdict,
        "overlap_s": pair.overlap_s,
        "heard": pair.heard,
        "pinned": pair.pinned,
    }


def _finding(together: int, among: int) -> Finding:
    return Finding(
        what="same_sound_heard",
        value={"on_a_clock": together, "recordings": among},
        grade="screening",
        meaning="So many recordings hear the same sound at once, and share a clock. A person decides on each link.",
        harmless=("the same loudspeaker, song or chant can be heard in recordings of different moments",),
        measured_on="synthetic scenes of the drill",
        limits="Sound is late by distance / 343 m/s: no order of pictures can be told within that.",
    )
