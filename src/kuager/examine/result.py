"""What an examiner or comparer gives back: facts, findings, and small things made for showing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kuager.finding import Finding, Offset, Span


@dataclass(frozen=True)
class Made:
    """Something derived from an item: rebuildable, never evidence. ``covered``: not shown until a person lifts it."""

    name: str
    media_type: str
    content: bytes
    covered: bool = False


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
