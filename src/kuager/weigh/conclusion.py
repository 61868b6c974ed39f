"""Conclusions: what people hold to be shown, by which standard, with the evidence on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kuager.record.case import Case
from kuager.weigh.acts import Act, act, acts, needed, write
from kuager.weigh.reference import Reference, read_reference

KIND = "concluded"


@dataclass(frozen=True)
class Conclusion:
    """``standard`` in the words used ("reasonable grounds to believe"); ``withdrawn`` says why it no longer stands."""

    id: str
    text: str
    standard: str
    supporting: tuple[Reference, ...]
    opposing: tuple[Reference, ...]
    alternatives: tuple[str, ...]
    author: str
    reviewer: str | None
    withdrawn: str | None
    at: str
    entry: int


def conclude(
    case: Case,
    text: str,
    standard: str,
    supporting: Sequence[str],
    opposing: Sequence[str],
    alternatives: Sequence[str],
    author: str,
    reviewer: str | None = None,
    replaces: str | None = None,
    withdrawn: str | None = None,
) -> Conclusion:
    """Writes a conclusion, or a new version of one. Raises UsageError where something that it needs is missing.

    Evidence against and alternatives may be none, but then that is said: the page shows that none was recorded.
    """
    rests, against = ([read_reference(case, each) for each in side] for side in (supporting, opposing))
    body = {
        "text": needed(text, "The conclusion"),
        "standard": needed(standard, "The standard"),
        "for": [str(each) for each in rests],
        "against": [str(each) for each in against],
        "alternatives": [needed(each, "An alternative") for each in alternatives],
        "author": needed(author, "The author"),
        "reviewer": reviewer,
        "withdrawn": withdrawn,
    }
    about = sorted({thing for each in (*rests, *against) for thing in each.things})
    earlier = act(case, KIND, replaces).id if replaces else None
    return _conclusion(case, write(case, KIND, body, about, earlier))


def conclusions(case: Case) -> list[Conclusion]:
    """The newest version of every conclusion, withdrawn ones too."""
    return [_conclusion(case, each) for each in acts(case, KIND)]


def _conclusion(case: Case, each: Act) -> Conclusion:
    body = each.body
    return Conclusion(
        each.id,
        body["text"],
        body["standard"],
        tuple(read_reference(case, one) for one in body["for"]),
        tuple(read_reference(case, one) for one in body["against"]),
        tuple(body["alternatives"]),
        body["author"],
        body["reviewer"],
        body["withdrawn"],
        each.at,
        each.entry,
    )
