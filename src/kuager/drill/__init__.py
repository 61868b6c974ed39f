"""A synthetic case with known truth, clearly marked as a drill."""

from kuager.drill.making import Drill, generate

__all__ = ["Drill", "generate"]
