"""Who has said yes: whether an item may leave a case, and what it still waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kuager.record.case import Case
from kuager.record.item import Item
from kuager.release.clearing import is_cleared
from kuager.release.consent import allowing, forbidding
from kuager.release.redaction import KIND, redactions
from kuager.release.signing import SignOff, sign_offs

Waiting = Literal["restricted", "not_cleared", "no_consent", "voice", "not_signed"]


@dataclass(frozen=True)
class Held:
    """An item that stays, and the first thing it waits for. ``sources``: those whose consent it lacks."""

    item: str
    waits_for: Waiting
    sources: tuple[str, ...] = ()


class Permissions:
    """What people decided about leaving, read once for a whole case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._allowing = allowing(case)
        self._mute = forbidding(case, "voice")
        self._redactions = redactions(case)
        self._signed = sign_offs(case)
        self._several = len(case.tip.keyring.active) > 1

    @property
    def signed(self) -> Mapping[str, tuple[SignOff, ...]]:
        """The sign-offs of each item, in order."""
        return self._signed

    def held(self, item: Item) -> Held | None:
        """Why an item stays; None where it may leave.

        What was added as public leaves unless it is restricted. Anything else must have been cleared, its sources must
        have consented to publication, and a recording must have been signed off: by somebody other than the person who
        cleared it, where the case has more than one admitted key, and for what is hidden in it now. What a source gave
        who does not want their voice heard must have something muted in it, or spoken by somebody else.
        """
        if self.is_closed(item):
            return Held(item.id, "restricted")
        if any(body.get("public") for body in item.bodies("acquired")):
            return None
        if not is_cleared(item.bodies("cleared")):
            return Held(item.id, "not_cleared")
        silent = tuple(sorted(_sources(item) - self._allowing))
        if silent:
            return Held(item.id, "no_consent", silent)
        heard = tuple(sorted(_sources(item) & self._mute))
        if item.kind == "recording" and heard and not any(each.quiets for each in self._redactions.get(item.id, ())):
            return Held(item.id, "voice", heard)
        if item.kind == "recording" and not self.counting(item):
            return Held(item.id, "not_signed")
        return None

    def counting(self, item: Item) -> tuple[SignOff, ...]:
        """The sign-offs of an item that count: those that came after every change of what is hidden in it."""
        changed = max((e.n for e in item.entries if e.payload and e.payload.type == KIND), default=-1)
        found = tuple(each for each in self._signed.get(item.id, ()) if each.entry > changed)
        if not self._several:
            return found
        clearer = _clearer(item)
        return tuple(each for each in found if each.actor != clearer)

    def is_closed(self, item: Item) -> bool:
        """Whether an item is restricted."""
        stored = item.stored
        closed = stored is None or stored.handle is not None or item.handle is not None
        return closed or bool(self._case.handles_of(item.id)) or bool(item.bodies("restricted"))


def _sources(item: Item) -> set[str]:
    return {body["source"] for body in item.bodies("provenance") if body.get("source")}


def _clearer(item: Item) -> str | None:
    """Who cleared an item last."""
    found = [entry.payload.actor for entry in item.entries if entry.payload and entry.payload.type == "cleared"]
    return found[-1] if found else None
