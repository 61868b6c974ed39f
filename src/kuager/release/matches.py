"""Which recordings that leave may be copies of one another: what the comparer ``copies`` proposed, nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kuager.examine.ledger import results
from kuager.record.case import Case

COMPARER = "copies"


@dataclass(frozen=True)
class Match:
    """A stretch of ``a`` that may stand in ``b`` too: items, seconds in each, by "picture" or "sound"."""

    a: str
    b: str
    kind: str
    a_start_s: float
    a_end_s: float
    b_start_s: float
    b_end_s: float


def read(case: Case, leaving: Collection[str]) -> tuple[Match, ...]:
    """The matches the newest comparison called copies, of which both sides leave."""
    found = [
        Match(one["a"]["item"], one["b"]["item"], one["kind"], *(float(one[key]) for key in _SECONDS))
        for _, result in results(case, COMPARER)[-1:]
        for one in result["facts"].get("matches", ())
        if one["verdict"] == "copy" and {one["a"]["item"], one["b"]["item"]} <= set(leaving)
    ]
    return tuple(sorted(found, key=lambda one: (one.a, one.b, one.kind, one.a_start_s)))


_SECONDS = ("a_start_s", "a_end_s", "b_start_s", "b_end_s")
