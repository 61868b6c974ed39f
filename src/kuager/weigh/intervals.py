"""The algebra of bounds: whole numbers from ``lower`` to ``upper``, where ``None`` above means no bound.

Intervals are compared, intersected and never added up or averaged (Allen's relations are for time; here only
disjoint, equal, within and overlapping are needed).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole numbers from ``lower`` to ``upper`` inclusive; ``upper`` ``None`` is unbounded."""

    lower: int
    upper: int | None

    def __post_init__(self) -> None:
        if self.lower < 0 or (self.upper is not None and self.upper < self.lower):
            raise ValueError(f"no whole number lies in [{self.lower}, {self.upper}]")

    @property
    def exact(self) -> bool:
        """Whether it holds one number."""
        return self.lower == self.upper

    def below(self, other: Interval) -> bool:
        """Whether every number here is smaller than every number there."""
        return self.upper is not None and self.upper < other.lower

    def disjoint(self, other: Interval) -> bool:
        """Whether no number lies in both."""
        return self.below(other) or other.below(self)

    def within(self, other: Interval) -> bool:
        """Whether every number here also lies there."""
        return other.lower <= self.lower and (
            other.upper is None or (self.upper is not None and self.upper <= other.upper)
        )

    def meet(self, other: Interval) -> Interval | None:
        """The numbers in both, or ``None``."""
        if self.disjoint(other):
            return None
        uppers = [u for u in (self.upper, other.upper) if u is not None]
        return Interval(max(self.lower, other.lower), min(uppers) if uppers else None)

    def __str__(self) -> str:
        if self.upper is None:
            return f"{self.lower} or more"
        return str(self.lower) if self.exact else f"{self.lower} to {self.upper}"
