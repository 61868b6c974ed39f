"""The clock as it leaves: rounded, and told only of recordings that leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kuager.examine.ledger import CaseLedger
from kuager.examine.result import Result
from kuager.examine.task import Key
from kuager.faces.page import publish
from kuager.finding import Finding, Span
from kuager.record.acquiring import Acquisition
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.intake import add
from kuager.release import export_bag, release
from kuager.release.clock import Begin
from kuager.weigh import anchor, pin, standpoint


@pytest.fixture
def placed(tmp_path: Path, film: Callable[..., None]) -> tuple[Case, list[str]]:
    """A case with three recordings on one clock, of which the earliest stays inside."""
    case = Case.create(tmp_path / "case", Home(tmp_path / "home").signer(), title="Clock")
    ids = []
    for n, public in enumerate((False, True, True)):
        film(tmp_path / f"{n}.mp4", seconds=1.0, flash_s=0.2 + 0.2 * n)
        ids.append(add(case, [tmp_path / f"{n}.mp4"], Acquisition(public=public)).items[0].id)
    group = {
        "recordings": [
            {"item": item, "offset_s": 1.23456 * n, "offset_sd_s": 0.0034, "drift_ppm": 12.0}
            for n, item in enumerate(ids)
        ],
        "picture_bound_s": 0.26,
    }
    stretch = {"a_start_s": 0.0, "a_end_s": 1.0, "b_start_s": 0.25, "b_end_s": 1.0, "probability": 0.99}
    matches = [
        {"a": {"item": ids[a]}, "b": {"item": ids[b]}, "kind": "sound", "verdict": verdict, **stretch}
        for a, b, verdict in ((0, 1, "copy"), (1, 2, "copy"), (1, 2, "unsure"))
    ]
    finding = Finding("impulses", 7, "screening", "Seven impulses", Span(0.2, 0.4))
    ledger = CaseLedger(case, {item: item for item in ids})
    ledger.put([(Key("clock", "1", "{}", tuple(ids)), Result({"groups": [group]}))])
    ledger.put([(Key("copies", "1", "{}", tuple(ids)), Result({"matches": matches}))])
    ledger.put([(Key("impulses", "1", "{}", (ids[1],)), Result({}, (finding,)))])
    return case, ids


def test_offsets_are_rounded_and_counted_from_the_first_that_leaves(placed: tuple[Case, list[str]]) -> None:
    case, ids = placed
    clock = release(case, "page").clock
    assert {item: (one.offset_s, one.offset_sd_s) for item, one in clock.placed.items()} == {
        ids[1]: (0.0, 0.01),
        ids[2]: (1.23, 0.01),
    }
    assert clock.picture_bound_s == 0.26
    assert ids[0].encode() not in b"".join(release(case, "page").payload_lines)


def test_findings_of_a_stretch_stand_on_the_recording(placed: tuple[Case, list[str]], tmp_path: Path) -> None:

    case, ids = placed
    publish(case, tmp_path / "page")
    text = (tmp_path / "page/index.html").read_text()
    assert "Seven impulses" in text
    assert "a pointer for people, not a result" in text
    assert "2 recordings on one clock" in text
    assert f'id="r-{ids[1]}"' in text
    assert ids[0] not in text


def test_a_recording_alone_has_no_clock(placed: tuple[Case, list[str]]) -> None:
    from kuager.release import clock

    case, ids = placed
    assert clock.read(case, {ids[0]}).placed == {}


def test_copies_are_told_where_both_sides_leave(placed: tuple[Case, list[str]]) -> None:
    case, ids = placed
    (match,) = release(case, "page").matches
    assert (match.a, match.b, match.kind, match.b_start_s) == (ids[1], ids[2], "sound", 0.25)


def test_the_time_of_day_leaves_rounded_and_without_how_it_is_known(
    placed: tuple[Case, list[str]], tmp_path: Path
) -> None:
    case, ids = placed
    anchor.anchor(case, f"{ids[0]}@0=2011-12-16T11:42:07.4+06:00±5", "CANARY: the clock on my own wall")
    begins = release(case, "page").clock.begins
    assert set(begins) == set(ids[1:])
    assert begins[ids[2]] == Begin(datetime(2011, 12, 16, 5, 42, 10, tzinfo=UTC), 6, True)
    anchor.anchor(case, f"{ids[1]}@0=2011-12-16T05:43:01Z±5", "another clock")
    begins = release(case, "page").clock.begins
    assert not begins[ids[1]].agree
    publish(case, tmp_path / "page")
    html = (tmp_path / "page" / "index.html").read_text("utf-8")
    assert "what the time was read from does not agree" in html
    assert "December 16, 2011, 05:42" in html or "16 December 2011, 05:42" in html
    for path in (tmp_path / "page").rglob("*"):
        assert not path.is_file() or b"CANARY" not in path.read_bytes()


def test_where_recordings_were_made_and_what_ties_them_stays(placed: tuple[Case, list[str]], tmp_path: Path) -> None:
    case, ids = placed
    standpoint.stand(case, ids[1], "43.340127", "52.860431", 7, "CANARY: my kitchen window")
    pin.pin(case, f"{ids[1]}@0.25={ids[2]}@0.5±0.1", "CANARY: the neighbour's lamp")
    publish(case, tmp_path / "page")
    export_bag(case, tmp_path / "bag")
    for path in [*(tmp_path / "page").rglob("*"), *(tmp_path / "bag").rglob("*")]:
        data = path.read_bytes() if path.is_file() else b""
        assert b"CANARY" not in data
        assert b"43.340127" not in data
        assert b"52.860431" not in data
