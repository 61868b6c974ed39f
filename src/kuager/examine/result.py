"""What an examiner or comparer gives back: facts, findings, and small things made for showing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from kuager.finding import Finding, Offset, Span

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True)
class Made:
    """Something derived from an item: rebuildable, never evidence. ``covered``: not shown until a person lifts it.

    ``name`` becomes a file name, so it is held to letters, digits, ``.``, ``_`` and ``-``. Raises ``ValueError``.
    """

    name: str
    media_type: str
    content: bytes
    covered: bool = False

    def __post_init__(self) -> None:
        # It may come from a worker taken over by the file it read.
        if not _PLAIN_NAME.fullmatch(self.name):
            raise ValueError("not a plain file name")


@dataclass(frozen=True)
class Result:
    """The outcome of one task. ``facts`` is plain data that JSON can hold."""

    facts: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    made: tuple[Made, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """Plain data (with bytes) for the way out of a worker."""
        return {
            "facts": self.facts,
            "findings": [finding.as_json() for finding in self.findings],
            "made": [[one.name, one.media_type, one.content, one.covered] for one in self.made],
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Result:
        """The inverse of ``as_plain``. Raises ``ValueError``, ``TypeError`` or ``KeyError`` where it is not one."""
        return cls(
            facts=dict(plain["facts"]),
            findings=tuple(_finding(one) for one in plain["findings"]),
            made=tuple(
                Made(str(name), str(media_type), bytes(content), bool(covered))
                for name, media_type, content, covered in plain["made"]
            ),
        )


def _finding(plain: dict[str, Any]) -> Finding:
    where = plain["where"]
    place: Span | Offset | None = None
    if where is not None:
        place = Offset(where["offset"]) if "offset" in where else Span(where["start_s"], where["end_s"])
    return Finding(
        what=plain["what"],
        value=plain["value"],
        grade=plain["grade"],
        meaning=plain["meaning"],
        where=place,
        harmless=tuple(plain["harmless"]),
        measured_on=plain["measured_on"],
        limits=plain["limits"],
    )
