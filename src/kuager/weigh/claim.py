"""A person's correction of a claim as it was read: it stands beside the reading and embeds what it replaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from kuager.errors import UsageError
from kuager.examine.ledger import results
from kuager.instruments.text import Claim
from kuager.instruments.text.model import to_json
from kuager.record.case import Case
from kuager.weigh.acts import Act, acts, needed, write
from kuager.weigh.reference import read_reference
from kuager.weigh.transcript import transcripts

KIND = "corrected_claim"
STATUSES = ("killed", "wounded", "shot", "detained", "missing", "displaced")
#: What a person may correct of a claim.
FIELDS = ("type", "status", "lower", "upper", "relation", "first_hand", "attribution_doubtful")


@dataclass(frozen=True)
class Correction:
    """``claim`` (``ITEM/cl-…``) as it was read, what a person changed in it, and why; ``withdrawn``: it is no claim."""

    id: str
    claim: str
    changes: Mapping[str, Any]
    withdrawn: bool
    because: str
    replaced: Mapping[str, Any]
    by: str


def correct(case: Case, claim: str, changes: Mapping[str, Any], because: str, *, withdrawn: bool = False) -> Correction:
    """Writes a correction of ``claim`` (``c:ITEM/cl-…`` or ``ITEM/cl-…``). Raises UsageError."""
    reference = read_reference(case, claim if claim.startswith("c:") else f"c:{claim}")
    read = _read(case, reference.id, reference.part or "")
    if not changes and not withdrawn:
        raise UsageError("Nothing is changed.", "Give --status, --lower, --upper or another, or --withdraw.")
    unknown = sorted(set(changes) - set(FIELDS))
    if unknown:
        raise UsageError(f"A claim's {unknown[0]} cannot be corrected.", f"One of: {', '.join(FIELDS)}")
    if changes.get("status") is not None and changes["status"] not in STATUSES:
        raise UsageError(f"'{changes['status']}' is no status.", f"One of: {', '.join(STATUSES)}")
    lower, upper = changes.get("lower", read.get("lower")), changes.get("upper", read.get("upper"))
    if lower is not None and upper is not None and lower > upper:
        raise UsageError(f"The bounds {lower} and {upper} hold no number.", "Give the lower bound first.")
    name = f"{reference.id}/{reference.part}"
    body = {
        "claim": name,
        "changes": dict(changes),
        "withdrawn": withdrawn,
        "because": needed(because, "A reason"),
        "replaced": {key: read.get(key) for key in ("span", *FIELDS)},
    }
    earlier = next((each.id for each in corrections(case) if each.claim == name), None)
    return _correction(write(case, KIND, body, (reference.id,), earlier))


def corrections(case: Case) -> list[Correction]:
    """The corrections that stand, the newest of each claim."""
    return [_correction(each) for each in acts(case, KIND)]


def corrected(case: Case, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Claims named ``ITEM/cl-…`` as people corrected them; those withdrawn are left out."""
    from dataclasses import replace

    known = {each.claim: each for each in corrections(case)}
    names = {field.name for field in fields(Claim)}
    found = []
    for claim in claims:
        each = known.get(claim.id)
        if each is None:
            found.append(claim)
        elif not each.withdrawn:
            found.append(replace(claim, **{k: v for k, v in each.changes.items() if k in names}))
    return tuple(found)


def _read(case: Case, item: str, claim: str) -> Mapping[str, Any]:
    for items, result in results(case, "page"):
        if items == (item,):
            read = next((dict(each) for each in result["facts"]["claims"] if each["id"] == claim), None)
            if read is not None:
                return read
    for each in transcripts(case):
        spoken = next((c for c in each.reading().claims if each.item == item and c.id == claim), None)
        if spoken is not None:
            return {**to_json(spoken)}
    raise UsageError(f"The page {item} was not examined.", "Run: kuager examine")


def _correction(each: Act) -> Correction:
    body = each.body
    return Correction(
        each.id, body["claim"], body["changes"], body["withdrawn"], body["because"], body["replaced"], each.actor
    )
