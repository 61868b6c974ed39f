"""A finding: what an instrument measured, with its grade, its limits and the harmless explanations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

Grade = Literal["recorded", "validated", "screening", "inconclusive"]
GRADES: tuple[Grade, ...] = get_args(Grade)


@dataclass(frozen=True)
class Span:
    """A stretch of a recording: presentation seconds, ``start_s <= end_s``."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not self.start_s <= self.end_s:
            raise ValueError(f"a span ends before it starts: {self.start_s} > {self.end_s}")

    def as_json(self) -> dict[str, Any]:
        return {"start_s": self.start_s, "end_s": self.end_s}


@dataclass(frozen=True)
class Offset:
    """A position in the bytes of a file (counted from 0) or in the code points of a text."""

    offset: int

    def __post_init__(self) -> None:
        if self.offset < 0:
            raise ValueError(f"an offset cannot be negative: {self.offset}")

    def as_json(self) -> dict[str, Any]:
        return {"offset": self.offset}


@dataclass(frozen=True)
class Finding:
    """One measured fact about an item. It never says *true*, *false*, *real*, *fake* or *safe*.

    ``what`` names the measurement in snake_case; ``value`` is plain data that JSON can hold. ``grade`` is *recorded*
    (stands in the bytes), *validated* (error rate measured on real data of this kind, named in ``measured_on``),
    *screening* (a heuristic, or validated on synthetic data alone) or *inconclusive*. ``meaning`` is one sentence for
    a reader, ``harmless`` lists innocent explanations, ``limits`` says where the measurement stops being good.
    """

    what: str
    value: Any
    grade: Grade
    meaning: str
    where: Span | Offset | None = None
    harmless: tuple[str, ...] = ()
    measured_on: str | None = None
    limits: str | None = None

    def __post_init__(self) -> None:
        if self.grade not in GRADES:
            raise ValueError(f"unknown grade {self.grade!r}")
        if self.grade == "validated" and not self.measured_on:
            raise ValueError("a validated finding names the data its error was measured on")

    def as_json(self) -> dict[str, Any]:
        """The finding as the public interface gives it; every key is always present."""
        return {
            "what": self.what,
            "value": self.value,
            "where": self.where.as_json() if self.where else None,
            "grade": self.grade,
            "meaning": self.meaning,
            "harmless": list(self.harmless),
            "measured_on": self.measured_on,
            "limits": self.limits,
        }
