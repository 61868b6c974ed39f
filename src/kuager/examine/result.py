"""What an examiner or comparer gives back: facts, findings, and small things made for showing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

from kuager.finding import Finding, Offset, Span

_LARGEST_INTEGER = 2**53 - 1  # RFC 8785 and RFC 7493
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
            facts=dict(_plain(plain["facts"])),
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
        what=_text(plain["what"]),
        value=_plain(plain["value"]),
        grade=plain["grade"],
        meaning=_text(plain["meaning"]),
        where=place,
        harmless=tuple(_text(one) for one in plain["harmless"]),
        measured_on=None if plain["measured_on"] is None else _text(plain["measured_on"]),
        limits=None if plain["limits"] is None else _text(plain["limits"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value


def _plain(value: Any) -> Any:
    """The value, if every JSON reader understands it the same; else ``ValueError``, so that no ledger meets it."""
    if isinstance(value, dict):
        return {_text(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int) and abs(value) <= _LARGEST_INTEGER:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise ValueError("not plain data")
