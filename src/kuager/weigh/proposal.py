"""Links that the machine proposes, and what people decided of them.

A proposal's id comes from what it is about, so that a newer run that finds the same proposes the same; a decision
embeds what was decided on and never moves to something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from kuager.errors import UsageError
from kuager.examine.ledger import payload_numbers, plain_numbers, results
from kuager.record.case import Case
from kuager.weigh.acts import acts, needed, write

KIND = "judged"
State = Literal["proposed", "accepted", "rejected"]
_VERDICTS: dict[str, State] = {"accept": "accepted", "reject": "rejected"}


@dataclass(frozen=True)
class Proposal:
    """A proposed link between ``a`` and ``b``, which are items or claims of items (``ITEM/cl-…``).

    ``relation`` is same_sound, same_picture, or one between claims. ``detail`` is what was measured or read, and is
    what a decision embeds. ``because`` is the person's reason once there is one.
    """

    id: str
    relation: str
    a: str
    b: str
    detail: Mapping[str, Any]
    state: State = "proposed"
    because: str | None = None


def proposals(case: Case) -> list[Proposal]:
    """Every link that stands proposed or decided, surest first; decided ones stay even if no longer found."""
    decided = {act.body["link"]: act.body for act in acts(case, KIND)}
    found = {each.id: each for each in (*_sounds(case), *_copies(case), *_claims(case))}
    for body in decided.values():
        on = body["decided_on"]
        detail = plain_numbers(on["detail"])
        found[body["link"]] = Proposal(
            body["link"], on["relation"], on["a"], on["b"], detail, body["verdict"], body["because"]
        )
    return list(found.values())


def decisions(case: Case, relation: str) -> dict[tuple[str, str], bool]:
    """Whether a person accepted or rejected links of this relation, by the pair they are between, in order."""
    found: dict[tuple[str, str], bool] = {}
    for each in acts(case, KIND):
        on = each.body["decided_on"]
        if on["relation"] == relation:
            first, second = sorted((on["a"], on["b"]))
            found[first, second] = each.body["verdict"] == "accepted"
    return found


def judge(case: Case, link: str, verdict: str, because: str) -> Proposal:
    """Accepts or rejects a proposed link. Raises UsageError for an unknown link or verdict, or without a reason."""
    if verdict not in _VERDICTS:
        raise UsageError(f"'{verdict}' is no decision.", "Say accept or reject.")
    known = [each for each in proposals(case) if each.id.startswith(link.strip().lower())]
    if len(known) != 1 or len(link.strip()) < 4:
        raise UsageError(f"'{link}' fits {len(known)} links.", "See: kuager links")
    (proposal,) = known
    body = {
        "link": proposal.id,
        "verdict": _VERDICTS[verdict],
        "because": needed(because, "A reason"),
        "decided_on": {
            "relation": proposal.relation,
            "a": proposal.a,
            "b": proposal.b,
            "detail": payload_numbers(dict(proposal.detail)),
        },
    }
    earlier = next((act.id for act in acts(case, KIND) if act.body["link"] == proposal.id), None)
    write(case, KIND, body, sorted({proposal.a.partition("/")[0], proposal.b.partition("/")[0]}), earlier)
    return next(each for each in proposals(case) if each.id == proposal.id)


def _sounds(case: Case) -> Iterator[Proposal]:
    for _, result in results(case, "clock"):
        for pair in sorted(result["facts"].get("pairs", ()), key=lambda each: -each["probability"]):
            if pair["verdict"] != "none" and pair.get("heard", True):
                yield _between(pair, "same_sound", {k: pair[k] for k in ("offset_s", "probability", "verdict")})


def _copies(case: Case) -> Iterator[Proposal]:
    for _, result in results(case, "copies"):
        for each in sorted(result["facts"].get("matches", ()), key=lambda each: -each["probability"]):
            detail = {key: value for key, value in each.items() if key not in ("a", "b", "kind")}
            yield _between(each, "same_picture" if each["kind"] == "picture" else "same_copy_of_sound", detail)


def _claims(case: Case) -> Iterator[Proposal]:
    from kuager.weigh.reading import claims_together

    _, links = claims_together(case)
    for link in links:
        yield _proposal(link.relation, link.a, link.b, {"reason": link.reason, "condition": link.condition})


def _between(found: Mapping[str, Any], relation: str, detail: dict[str, Any]) -> Proposal:
    return _proposal(relation, found["a"]["item"], found["b"]["item"], detail)


def _proposal(relation: str, a: str, b: str, detail: dict[str, Any]) -> Proposal:
    first, second = sorted((a, b))
    about = msgspec.json.encode([relation, first, second, detail.get("a_start_s"), detail.get("b_start_s")])
    return Proposal(f"lk-{hashlib.sha256(about).hexdigest()[:12]}", relation, a, b, detail)
