"""One trace of an edit: what kind, where, how sure, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from kuager.finding import Finding, Grade, Span

Kind = Literal[
    "timestamp_gap", "duplicate_frames", "frozen", "splice", "insertion", "speed", "sound_break", "double_encoded"
]


@dataclass(frozen=True)
class Edit:
    """A trace from ``start_s`` to ``end_s`` (presentation seconds; equal where it is one moment)."""

    kind: Kind
    start_s: float
    end_s: float
    grade: Grade
    detail: str

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "start_s": round(self.start_s, 4),
            "end_s": round(self.end_s, 4),
            "grade": self.grade,
            "detail": self.detail,
        }

    def as_finding(self) -> Finding:
        meaning, harmless = _TOLD[self.kind]
        return Finding(
            what=f"edit_{self.kind}",
            value=self.detail,
            where=Span(round(self.start_s, 4), round(self.end_s, 4)),
            grade=self.grade,
            meaning=meaning,
            harmless=harmless,
            measured_on=None
            if self.grade == "recorded"
            else "clips cut by program from synthetic and a few real recordings",
            limits="A trace is no intent. That no trace was found shows nothing: careful edits leave none.",
        )


_TOLD: dict[Kind, tuple[str, tuple[str, ...]]] = {
    "timestamp_gap": (
        "For this time the file holds no picture, although pictures come evenly around it.",
        ("a phone that was short of memory or too warm", "a recording that was paused", "packets lost in a stream"),
    ),
    "duplicate_frames": (
        "A stretch of pictures is shown again.",
        ("a loop that belongs to what was filmed", "a stream that was repaired"),
    ),
    "frozen": (
        "The picture stands still for some frames, while before and after everything moves.",
        (
            "a phone that dropped pictures and repeated the last",
            "a player or a call that stalled while it was recorded",
        ),
    ),
    "splice": (
        "The picture jumps from one frame to the next, although the timestamps run on.",
        ("a phone that dropped pictures", "a sudden move or blow to the camera", "a cut made by an editor for length"),
    ),
    "insertion": (
        "A stretch of pictures stands between two frames that would follow on each other without it.",
        ("an inserted title or photograph", "a flash or an obstacle that covered the view"),
    ),
    "speed": (
        "Pictures do not come at the pace at which cameras record.",
        ("a conversion between frame rates for television or for a platform", "a screen recording"),
    ),
    "sound_break": (
        "The sound breaks off, jumps or no longer runs with the picture.",
        (
            "a recorder that started or stopped sound apart from picture",
            "automatic gain, or a microphone that was covered",
        ),
    ),
    "double_encoded": (
        "Sizes of pictures rise at a beat that the present encoding does not have: it was encoded before.",
        ("every platform and messenger encodes again", "a conversion so that the file would play"),
    ),
}
