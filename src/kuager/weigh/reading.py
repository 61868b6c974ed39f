"""The claims of all pages and transcripts of a case, brought together: ids are ``ITEM/cl-…`` there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec

from kuager.examine.ledger import results
from kuager.instruments.text import Claim, Reading
from kuager.record.case import Case
from kuager.weigh.accounts import Account, accounts
from kuager.weigh.claim import corrected
from kuager.weigh.link import Link
from kuager.weigh.links import propose
from kuager.weigh.transcript import transcripts


def pages_read(case: Case) -> list[tuple[str, Reading]]:
    """Each page that was examined, by item, as it was read.

    What is kept in a shape that this version does not know is left out.
    """
    found = []
    for (item, *_), result in results(case, "page"):
        try:
            found.append((item, reading_of(result["facts"])))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def readings(case: Case) -> list[tuple[str, Reading]]:
    """Each page that was examined, by item, with claims named across pages and as people corrected them."""
    return [
        (item, replace(reading, claims=corrected(case, tuple(_across(claim, item) for claim in reading.claims))))
        for item, reading in pages_read(case)
    ]


def heard(case: Case) -> tuple[list[tuple[str, Reading]], dict[tuple[str, str], float]]:
    """What transcripts say, by recording, as people corrected it; and the second of each statement of a recording."""
    found, seconds = [], {}
    for each in transcripts(case):
        reading = each.reading()
        claims = corrected(case, tuple(_across(claim, each.item) for claim in reading.claims))
        found.append((each.item, replace(reading, claims=claims)))
        seconds.update({(each.item, said.id): second for second, said in each.statements()})
    return found, seconds


def claims_together(case: Case) -> tuple[tuple[Account, ...], tuple[Link, ...]]:
    """The accounts of all pages and of what recordings say, and the links that they suggest."""
    spoken, seconds = heard(case)
    found = accounts([*readings(case), *spoken], seconds)
    return found, propose(found)


def reading_of(facts: Mapping[str, Any]) -> Reading:
    """The reading that a page's examination holds."""
    page = dict(facts["page"])
    page["comments"] = [{("from_" if k == "from" else k): v for k, v in one.items()} for one in page["comments"]]
    return msgspec.convert({**facts, "page": page}, Reading)


def _across(claim: Claim, item: str) -> Claim:
    def named(id: str | None) -> str | None:
        return f"{item}/{id}" if id else None

    return replace(claim, id=f"{item}/{claim.id}", reference=named(claim.reference), part_of=named(claim.part_of))
