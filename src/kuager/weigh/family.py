"""Copy families: the items that links join as copies of one another, and which of them reached the case first.

First to arrive is not first to exist: a re-upload can be preserved before the recording it was made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kuager.record.case import Case

RELATIONS = ("same_picture", "same_copy_of_sound")


@dataclass(frozen=True)
class Family:
    """``members``: item ids, sorted. ``links``: ids of the links that join them, proposed or accepted. ``earliest``:
    the member acquired first of those that can be read, at ``received`` (UTC, as logged) by ``channel``; all three
    None where none can be read. ``proposed``: whether any of the links still waits for a person."""

    members: tuple[str, ...]
    links: tuple[str, ...]
    proposed: bool
    earliest: str | None
    received: str | None
    channel: str | None


def families(case: Case) -> list[Family]:
    """Every family of two or more items that links not rejected join, in the order of their first member.

    A link that the comparer itself calls *unsure* joins nothing until a person accepts it.
    """
    from kuager.weigh.proposal import proposals

    links = [
        each
        for each in proposals(case)
        if each.relation in RELATIONS
        and (each.state == "accepted" or (each.state == "proposed" and each.detail.get("verdict") == "copy"))
    ]
    family: dict[str, set[str]] = {}
    for each in links:
        joined = family.get(each.a, {each.a}) | family.get(each.b, {each.b})
        family |= dict.fromkeys(joined, joined)
    found = []
    for members in sorted({tuple(sorted(group)) for group in family.values()}):
        inside = [each for each in links if each.a in members]
        came = sorted(
            (str(acquisition["received"]), member, acquisition.get("channel"))
            for member in members
            for acquisition in case.item(member).acquisitions
            if acquisition.get("received")
        )
        received, earliest, channel = came[0] if came else (None, None, None)
        proposed = any(each.state == "proposed" for each in inside)
        found.append(Family(members, tuple(sorted(each.id for each in inside)), proposed, earliest, received, channel))
    return found


def family_of(case: Case, item: str) -> Family | None:
    """The family that an item belongs to, if any."""
    return next((each for each in families(case) if item in each.members), None)


def family_json(family: Family) -> dict[str, Any]:
    """As ``kuager show ITEM`` gives it."""
    return {
        "members": list(family.members),
        "links": list(family.links),
        "proposed": family.proposed,
        "earliest": family.earliest,
        "received": family.received,
        "channel": family.channel,
    }
