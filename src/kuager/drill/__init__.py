"""A synthetic case with known truth, clearly marked as a drill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kuager.drill.generate import Drill, generate

__all__ = ["Drill", "generate"]


def __getattr__(name: str) -> Any:
    # Importing numpy and scipy waits until a drill is made.
    if name in __all__:
        from kuager.drill import generate as door

        return getattr(door, name)
    raise AttributeError(name)
