"""Signing off: a person's word that they watched a recording and looked for what a program cannot judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kuager.errors import RefusedError, UsageError
from kuager.record.case import Case
from kuager.record.payload import Draft
from kuager.release.redaction import redactions, refs

KIND = "signed_off"
CHECKS = ("window", "reflections", "voices", "faces", "documents", "details")
"""The checklist: a view from a window or door that tells whose it is; reflections of the person who films; voices;
faces; documents, screens and number plates; small details that only one person could know."""


@dataclass(frozen=True)
class SignOff:
    """Who signed off an item, as it is to be printed, on which day (ISO 8601), with which key, in which entry."""

    item: str
    by: str
    on: str
    actor: str
    entry: int


def sign_off(case: Case, item: str, checked: Sequence[str], by: str) -> int:
    """Logs that ``by`` watched ``item`` and checked all of CHECKS; returns the entry.

    Raises UsageError where something of the checklist is missing or the item is no recording, and RefusedError where
    the case has other people and the one who cleared the item would sign off their own decision.
    """
    found = case.item(item)
    if found.kind != "recording":
        raise UsageError(f"The item {found.id} is no recording.", "Only recordings are signed off.")
    missing = [each for each in CHECKS if each not in checked]
    unknown = [each for each in checked if each not in CHECKS]
    if missing or unknown:
        said = f"Not on the list: {', '.join(unknown)}." if unknown else f"Not looked at yet: {', '.join(missing)}."
        raise UsageError(said, f"Watch it for each of these, then give: --checked {','.join(CHECKS)}")
    if not by.strip():
        raise UsageError("Nobody has signed off.", "Give the name to be printed: --by NAME")
    clearers = [e.payload.actor for e in found.entries if e.payload and e.payload.type == "cleared"]
    mine = case.signer.key_id if case.signer else ""
    if clearers[-1:] == [mine] and len(case.tip.keyring.active) > 1:
        raise RefusedError(
            f"You cleared {found.id} yourself, and this case has other people.", "Ask one of them to sign it off."
        )
    stored = found.stored
    body = {
        "item": found.id,
        "checked": list(CHECKS),
        "by": by.strip(),
        "of": f"#{stored.n}" if stored else None,
        "masks": refs(redactions(case).get(found.id, ())),
    }
    return case.commit([Draft(KIND, body, (found.id,))]).first


def sign_offs(case: Case) -> dict[str, tuple[SignOff, ...]]:
    """Every sign-off of the bytes that each item holds now, by item."""
    found: dict[str, tuple[SignOff, ...]] = {}
    for entry in case.of_type(KIND):
        payload = entry.payload
        if payload and set(CHECKS) <= set(payload.body["checked"]):
            item = str(payload.body["item"])
            body = payload.body
            signed = SignOff(item, body["by"], payload.at[:10], payload.actor, entry.n)
            found[item] = (*found.get(item, ()), signed)
    return found
