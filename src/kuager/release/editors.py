"""Editors by name: which key is whose, where the person behind it wants that told.

Nobody is named unless they say so themselves, with their own key, and they can take it back.
"""

from __future__ import annotations

from kuager.errors import UsageError
from kuager.record.case import Case
from kuager.record.payload import Draft
from kuager.weigh.acts import needed

KIND = "editor_named"
LONGEST = 200


def name_me(case: Case, name: str | None) -> int:
    """Ties the caller's key to a name, or (None) takes that back; returns the entry. Raises UsageError."""
    if case.signer is None:
        raise UsageError("There is no key here to tie a name to.")
    given = None if name is None else needed(name, "The name")
    if given is not None and (len(given) > LONGEST or not given.isprintable()):
        raise UsageError("This is no name that could be printed.", "Give one line.")
    if given is None and case.signer.key_id not in editors(case):
        raise UsageError("Your key is tied to no name.")
    return case.commit([Draft(KIND, {"key": case.signer.key_id, "name": given})]).first


def editors(case: Case) -> dict[str, str]:
    """The names that editors gave to their own keys, by key id; only the newest word of each counts."""
    found: dict[str, str | None] = {}
    for entry in case.of_type(KIND):
        payload = entry.payload
        if payload and payload.body["key"] == payload.actor:
            found[payload.actor] = payload.body["name"]
    return {key: name for key, name in found.items() if name}
