"""Copy families: what links join, and which member came first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kuager.examine.ledger import CaseLedger
from kuager.examine.result import Result
from kuager.examine.task import Key
from kuager.record.acquiring import Acquisition
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.intake import add
from kuager.weigh.family import families, family_of
from kuager.weigh.proposal import judge, proposals

CAME = ("2026-05-03T10:00:00Z", "2026-05-02T18:30:00Z", "2026-05-04T08:00:00Z", "2026-05-01T08:00:00Z")


@pytest.fixture
def case(tmp_path: Path) -> Case:
    home = Home(tmp_path / "home")
    return Case.create(tmp_path / "case", home.signer())


def _items(case: Case, folder: Path) -> list[str]:
    found = []
    for number, received in enumerate(CAME):
        path = folder / f"{number}.mp4"
        path.write_bytes(b"recording %d" % number)
        found.append(add(case, [path], Acquisition(received=received, channel=f"channel {number}")).items[0].id)
    return found


def _match(a: int, b: int, kind: str, verdict: str) -> dict[str, Any]:
    return {
        "a": {"input": a}, "b": {"input": b}, "kind": kind, "verdict": verdict, "probability": 0.9,
        "a_start_s": 0.0, "b_start_s": 1.0,
    }  # fmt: skip


def _compare(case: Case, items: list[str], *matches: dict[str, Any]) -> None:
    digests = {item: f"{number:064x}" for number, item in enumerate(items)}
    ledger = CaseLedger(case, {digest: item for item, digest in digests.items()})
    key = Key("copies", "1", "{}", tuple(digests[item] for item in items))
    ledger.put([(key, Result({"matches": list(matches)}, ()))])


def test_links_join_a_family_and_its_earliest_member_is_told(case: Case, tmp_path: Path) -> None:
    items = _items(case, tmp_path)
    _compare(
        case, items, _match(0, 1, "picture", "copy"), _match(1, 2, "sound", "copy"), _match(2, 3, "sound", "unsure")
    )
    (family,) = families(case)
    assert family.members == tuple(sorted(items[:3]))
    assert (family.earliest, family.received, family.channel) == (items[1], CAME[1], "channel 1")
    assert family.proposed
    assert len(family.links) == 2
    assert family_of(case, items[3]) is None


def test_people_join_and_part_families(case: Case, tmp_path: Path) -> None:
    items = _items(case, tmp_path)
    _compare(case, items, _match(0, 1, "picture", "copy"), _match(2, 3, "picture", "unsure"))
    by_pair = {frozenset((each.a, each.b)): each.id for each in proposals(case)}
    judge(case, by_pair[frozenset(items[:2])], "reject", "other windows in the house")
    judge(case, by_pair[frozenset(items[2:])], "accept", "the same crack in the glass")
    (family,) = families(case)
    assert family.members == tuple(sorted(items[2:]))
    assert family.earliest == items[3]
    assert not family.proposed
