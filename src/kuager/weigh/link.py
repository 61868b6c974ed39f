"""A proposed link between two claims."""

from __future__ import annotations

from dataclasses import dataclass

RELATIONS = (
    "same_claim",
    "agrees",
    "compatible",
    "appears_inconsistent",
    "cannot_both_be_true",
    "revises",
    "part_of",
    "caveat",
    "disputes",
)


@dataclass(frozen=True, slots=True)
class Link:
    """How claim ``a`` bears on claim ``b``, why, and on what condition; *proposed* until a person decides."""

    a: str
    b: str
    relation: str
    reason: str
    condition: str | None = None
    state: str = "proposed"
