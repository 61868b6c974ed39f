"""How a piece of evidence bears on a claim, as a person holds it, always with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from kuager.errors import UsageError
from kuager.record.case import Case
from kuager.weigh.acts import Act, acts, needed, write
from kuager.weigh.reference import Reference, read_reference

KIND = "linked"
Bearing = Literal["supports", "contradicts", "compatible", "inconclusive"]
BEARINGS: tuple[Bearing, ...] = get_args(Bearing)


@dataclass(frozen=True)
class EvidenceLink:
    """``evidence`` bears on ``claim`` so, because. A later link between the two replaces an earlier one."""

    id: str
    claim: Reference
    evidence: Reference
    bearing: Bearing
    because: str
    by: str


def link(case: Case, claim: str, evidence: str, bearing: str, because: str) -> EvidenceLink:
    """Links evidence to a claim. Raises UsageError without a reason or for what is not in the case."""
    if bearing not in BEARINGS:
        raise UsageError(f"'{bearing}' is no way for evidence to bear.", f"One of: {', '.join(BEARINGS)}")
    about, by_what = read_reference(case, claim), read_reference(case, evidence)
    body = {
        "claim": str(about),
        "evidence": str(by_what),
        "as": bearing,
        "because": needed(because, "A reason"),
    }
    earlier = next((each.id for each in links(case) if (each.claim, each.evidence) == (about, by_what)), None)
    return _link(case, write(case, KIND, body, sorted({*about.things, *by_what.things}), earlier))


def links(case: Case) -> list[EvidenceLink]:
    """The links that stand."""
    return [_link(case, act) for act in acts(case, KIND)]


def _link(case: Case, act: Act) -> EvidenceLink:
    body = act.body
    return EvidenceLink(
        act.id,
        read_reference(case, body["claim"]),
        read_reference(case, body["evidence"]),
        body["as"],
        body["because"],
        act.actor,
    )
