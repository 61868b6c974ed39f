"""Saying what an item still waits for before it may leave."""

from __future__ import annotations

from collections.abc import Iterable

from kuager.faces.cli.output import say
from kuager.record.case import Case
from kuager.record.item import Item
from kuager.release.permission import Held, Permissions


def say_waiting(case: Case, item: Item) -> bool:
    """Says what one item waits for, or that it may leave; True if it may."""
    held = Permissions(case).held(item)
    back = f"Take it back with: kuager clear {item.id} --take-back --because TEXT"
    say(_sentence(held) if held else f"{item.id} may leave. {back}")
    return held is None


def say_held(held: Iterable[Held]) -> None:
    """Says of the items that somebody has cleared what they wait for; the others are only counted elsewhere."""
    for each in held:
        if each.waits_for in ("no_consent", "voice", "not_signed"):
            say(_sentence(each))


def _sentence(held: Held) -> str:
    if held.waits_for == "restricted":
        return f"{held.item} stays: it is restricted."
    if held.waits_for == "not_cleared":
        return f"{held.item} stays: nobody has cleared it. Do: kuager clear {held.item} --because TEXT"
    if held.waits_for == "no_consent":
        asks = " and ".join(f"kuager consent {source} --publish yes" for source in held.sources)
        return f"{held.item} stays: its source has not consented to publication. When they do: {asks}"
    if held.waits_for == "voice":
        return (
            f"{held.item} stays: its source does not want their voice heard, and nothing in it is muted. "
            f"Do: kuager mask {held.item} --mute SECONDS --because TEXT"
        )
    return f"{held.item} stays: nobody who counts has signed it off. See what would be shown: kuager sign {held.item}"
