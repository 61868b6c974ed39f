"""What verifying finds: problems, notes and anchors, and the report they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

ProblemKind = Literal[
    "object_changed", "object_missing", "object_extra", "payload_changed", "payload_missing", "entry_changed",
    "entry_missing", "entry_extra", "bad_signature", "unknown_key", "wrong_actor", "rolled_back", "forked",
    "stamp_mismatch", "page_changed",
]  # fmt: skip
NoteKind = Literal["settings_changed", "tail_uncovered", "unopened", "withheld", "stamp"]


@dataclass(frozen=True)
class Problem:
    """Something that is not as the log says: of what kind, where, and what was seen there."""

    kind: ProblemKind
    where: str
    detail: str


@dataclass(frozen=True)
class Remark:
    """Something a reader should know that is no problem."""

    kind: NoteKind
    where: str
    detail: str


@dataclass(frozen=True)
class Anchor:
    """What shows that the first ``size`` lines are unchanged: a key, a known checkpoint, or a stamp."""

    by: Literal["key", "known", "stamp"]
    size: int


@dataclass(frozen=True)
class Verification:
    """The outcome. ``size`` and ``root`` (hex) are the last checkpoint's; without anchors: self-consistent only."""

    ok: bool
    size: int
    root: str
    anchored: tuple[Anchor, ...]
    unopened: int
    problems: tuple[Problem, ...]
    notes: tuple[Remark, ...]


@dataclass
class Report:
    """Collects problems and notes."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)

    def problem(self, kind: ProblemKind, where: str, detail: str) -> None:
        """Adds a problem."""
        self.problems.append(Problem(kind, where, detail))

    def note(self, kind: NoteKind, where: str, detail: str) -> None:
        """Adds a note."""
        self.notes.append(Remark(kind, where, detail))
