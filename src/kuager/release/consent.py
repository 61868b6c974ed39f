"""Consent: what a source allows with what they gave, dated, and withdrawable at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kuager.errors import UsageError
from kuager.record.case import Case
from kuager.record.payload import Draft
from kuager.record.source import find_source

KIND = "consented"
USES = ("publish", "court", "name", "voice", "recontact")


@dataclass(frozen=True)
class Consent:
    """What a source allows now. A use that was never spoken of is not allowed (None)."""

    source: str
    uses: Mapping[str, bool | None]

    def allows(self, use: str) -> bool:
        """Whether they said yes, and have not taken it back."""
        return self.uses.get(use) is True


def give_consent(case: Case, source: str, uses: Mapping[str, bool], on: str | None = None) -> Consent:
    """Logs what a source said of each use, yes or no; a later no withdraws an earlier yes. Raises UsageError.

    ``on``: the day it was said, ISO 8601, where that is not the day of the entry.
    """
    if not uses:
        raise UsageError("Nothing was said of any use.", f"Give at least one of: {', '.join('--' + u for u in USES)}")
    given = find_source(case, source)
    body = {"source": given, "uses": dict(uses), "on": on}
    handles = case.handles_of(given)[-1:]
    case.commit([Draft(KIND, body, (given,), handles[0] if handles and case.restricted else None)])
    return consent_of(case, given)


def consent_of(case: Case, source: str) -> Consent:
    """What the source allows now: the newest word on each use."""
    uses: dict[str, bool | None] = dict.fromkeys(USES)
    for entry in case.of_type(KIND):
        if entry.payload and entry.payload.body["source"] == source:
            uses |= entry.payload.body["uses"]
    return Consent(source, uses)


def allowing(case: Case, use: str = "publish") -> frozenset[str]:
    """The sources that allow a use now."""
    return frozenset(source for source, said in _newest(case, use).items() if said)


def forbidding(case: Case, use: str) -> frozenset[str]:
    """The sources that said no to a use, by their newest word."""
    return frozenset(source for source, said in _newest(case, use).items() if not said)


def _newest(case: Case, use: str) -> dict[str, bool]:
    newest: dict[str, bool] = {}
    for entry in case.of_type(KIND):
        if entry.payload and use in entry.payload.body["uses"]:
            newest[entry.payload.body["source"]] = entry.payload.body["uses"][use]
    return newest
