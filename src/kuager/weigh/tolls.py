"""The answer to "how many": a table of who says what, how they know, as of when, and what each implies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kuager.weigh.accounts import Account
from kuager.weigh.tallies import further, is_group


@dataclass(frozen=True, slots=True)
class Row:
    """One account of a toll: bounds as given, first-hand or through how many mouths, as of which day."""

    claim: str
    who: str
    side: str
    relation: str
    lower: int | None
    upper: int | None
    first_hand: bool
    steps: int
    as_of: str | None
    counted_by: str | None
    further: bool
    """Whether these are people besides those whom the same mouth counted before."""
    of: str
    """The group that alone is counted ("police officers"), in the page's words; empty where it is everybody."""


@dataclass(frozen=True, slots=True)
class Toll:
    """All accounts of one status; ``lower`` is the highest lower bound by a single account, never a sum.

    ``upper_claimed`` is the lowest bound above that anyone gives; it is a claim: ``upper_evidenced`` is always
    ``None`` here, since no account of a page is evidence that nobody else was harmed.
    """

    status: str
    rows: tuple[Row, ...]
    lower: int | None
    lower_by: str | None
    lower_first_hand: int | None
    upper_claimed: int | None
    upper_evidenced: None = None


def toll(found: Sequence[Account], status: str) -> Toll:
    """The table for one status (killed, wounded, …): one row for each mouth and bound."""
    rows: list[Row] = []
    more = further([x for x in found if x.claim.type == "casualty_count"])
    seen: set[tuple[str, int | None, int | None]] = set()
    for x in found:
        c = x.claim
        if c.type != "casualty_count" or c.status != status or c.part_of:
            continue
        key = (x.root, c.lower, c.upper)
        if key in seen:
            continue
        seen.add(key)
        side = x.origin.side if x.origin else "other" if x.left_open else "media"
        when = c.as_of.date if c.as_of else x.said
        relation, beside = c.relation or "", c.id in more
        group = c.victims or "" if is_group(x) else ""
        rows.append(
            Row(c.id, x.who, side, relation, c.lower, c.upper, c.first_hand, c.steps, when, c.counted_by, beside, group)
        )
    lowest = [r for r in rows if r.lower is not None]
    best = max(lowest, key=lambda r: r.lower or 0, default=None)
    seen_first = [r.lower for r in rows if r.first_hand and r.lower is not None]
    uppers = [r.upper for r in rows if r.upper is not None and not r.further and not r.of]
    return Toll(
        status,
        tuple(rows),
        best.lower if best else None,
        best.who if best else None,
        max(seen_first, default=None),
        min(uppers, default=None),
    )
