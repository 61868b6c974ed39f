"""Clearing: a person's decision that an item may leave."""

from __future__ import annotations

from kuager.errors import RefusedError, UsageError
from kuager.record.case import Case
from kuager.record.payload import Draft


def clear(case: Case, item: str, because: str, graphic: bool | None = None) -> int:
    """Decides that an item may leave and returns the entry. ``graphic``: whether it is hard to look at, if said.

    What else it waits for (its source's consent, a sign-off) is told by ``Permissions.held``. Raises UsageError without
    a reason or for an item that is not there, RefusedError for one that is restricted.
    """
    if not because.strip():
        raise UsageError("Clearing needs a reason.", "Give it with --because TEXT")
    found = case.item(item)
    stored = found.stored
    if stored is None or stored.handle is not None or case.handles_of(found.id):
        raise RefusedError(
            f"The item {found.id} is restricted, and nothing restricted leaves a case.",
            "Add a copy that may be shown as an item of its own, and clear that one.",
        )
    body = {"item": found.id, "because": because, **({} if graphic is None else {"graphic": graphic})}
    return case.commit([Draft("cleared", body, (found.id,))]).first
