"""Pins, decisions, standpoints and anchors of a case, and what the clock makes of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kuager.drill.formats import Format, write_recording
from kuager.errors import UsageError
from kuager.examine import Serial
from kuager.examine.casework import examine_case
from kuager.examine.ledger import results
from kuager.faces.cli import main
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.intake import add
from kuager.weigh import anchor, pin, standpoint
from kuager.weigh.clocking import told
from kuager.weigh.proposal import judge, proposals

FORM = Format("mp4", "h264", "aac", 48_000, 25.0)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two overlapping recordings, 4.25 s apart, and one that heard nothing."""
    folder = tmp_path_factory.mktemp("clocking")
    rng = np.random.default_rng(3)
    noise = (0.2 * np.repeat(rng.standard_normal(20 * 8000), 6)).clip(-1, 1).astype(np.float32)
    other = np.zeros(8 * 48_000, np.float32)
    for name, samples in (("a", noise[: 15 * 48_000]), ("b", noise[int(4.25 * 48_000) :]), ("c", other)):
        write_recording(folder / f"{name}.mp4", FORM, samples, np.zeros(0), None, name)
    return folder


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setenv("KUAGER_HOME", str(tmp_path / "home"))
    return Case.create(tmp_path / "case", Home(tmp_path / "home").signer())


def clock(case: Case) -> dict[str, Any]:
    with Serial() as serial:
        done = examine_case(case, serial, only=["sound", "clock"], told=told(case))
    assert not done.outcome.failed
    (found,) = results(case, "clock")
    return found[1]["facts"]


def offsets(facts: dict[str, Any]) -> list[dict[str, float]]:
    return [
        {one["item"]: one["offset_s"] for one in group["recordings"]}
        for group in facts["groups"]
        if len(group["recordings"]) > 1
    ]


def test_people_help_the_clock(case: Case, folder: Path) -> None:
    a, b, c = (one.id for one in add(case, [folder]).items)
    assert told(case) == {}
    assert offsets(clock(case)) == [{a: 0.0, b: pytest.approx(4.25, abs=2e-3)}]
    tie = pin.pin(case, f"{b[:6]}@14.00={c}@0.5±0.1", "a flash in the doorway")
    facts = clock(case)
    assert offsets(facts) == [{a: 0.0, b: pytest.approx(4.25, abs=2e-3), c: pytest.approx(17.75, abs=0.02)}]
    assert [pair["pinned"] for pair in facts["pairs"]].count(True) == 1
    pin.take_back(case, tie.id, "another door")
    assert pin.pins(case) == []
    (sound,) = [one for one in proposals(case) if one.relation == "same_sound"]
    judge(case, sound.id, "reject", "a loudspeaker van, heard twice")
    assert offsets(clock(case)) == []
    judge(case, sound.id, "accept", "the same dog, and the same shutter")
    assert len(offsets(clock(case))) == 1


def test_where_recordings_were_made_bounds_their_pictures(case: Case, folder: Path) -> None:
    a, b, _ = (one.id for one in add(case, [folder]).items)
    standpoint.stand(case, a, "43.3400", "52.8600", 10, "the corner of the bank is in view")
    standpoint.stand(case, b, "43.3409", "52.8600", 10, "filmed from the bridge")
    east, north, sd = standpoint.on_a_plane(standpoint.standpoints(case))[b]
    assert (round(east), round(north), sd) == (0, 50, 5)
    (group,) = [one for one in clock(case)["groups"] if len(one["recordings"]) > 1]
    assert group["picture_bound_s"] == pytest.approx((100 + 2 * 50**0.5) / 343, abs=0.01)
    standpoint.stand(case, a, "43.3409", "52.8600", 10, "seen again: from the bridge too")
    assert len(standpoint.standpoints(case)) == 2


def test_an_anchor_reaches_all_on_one_clock(case: Case, folder: Path) -> None:
    a, b, c = (one.id for one in add(case, [folder]).items)
    clock(case)
    first = anchor.anchor(case, f"{b}@1.25=2011-12-16T11:42:07+06:00±30", "the clock of the town hall")
    times = anchor.times_of_day(case)
    assert set(times) == {a, b}
    assert times[b].start == datetime(2011, 12, 16, 5, 42, 5, 750_000, UTC)
    assert (times[b].start - times[a].start).total_seconds() == pytest.approx(4.25, abs=2e-3)
    assert times[a].sd_s == pytest.approx(30, abs=0.01)
    second = anchor.anchor(case, f"{a}@0=2011-12-16T05:42:03Z±1", "the pips of the radio")
    times = anchor.times_of_day(case)
    assert times[a].sd_s == pytest.approx(1, abs=0.01)
    assert times[a].agree
    anchor.anchor(case, f"{a}@0=2011-12-16T05:52:03Z±1", "a wrist watch")
    times = anchor.times_of_day(case)
    assert not times[a].agree
    assert times[a].sd_s >= 300
    anchor.take_back(case, second.id, "it was a recording of the radio")
    assert [one.id for one in anchor.anchors(case)][:1] == [first.id]
    assert len(anchor.anchors(case)) == 2
    assert c not in times


@pytest.mark.parametrize(
    "tie",
    [
        "nonsense",
        "{a}@1=2011-12-16T11:42±5",
        "{a}@1=2011-12-16T11:42Z",
        "{a}@1=2011-12-16T11:42Z±0",
        "{a}@1=x±5",
        "{a}@1=0001-01-01T00:00+06:00±5",
        "{a}@1=9999-12-31T23:59Z±5",
        "{a}@" + "9" * 400 + "=2011-12-16T11:42Z±5",
    ],
)
def test_anchors_that_are_none(case: Case, folder: Path, tie: str) -> None:
    a = add(case, [folder / "a.mp4"]).items[0].id
    with pytest.raises(UsageError):
        anchor.anchor(case, tie.format(a=a), "because")
    assert not anchor.anchors(case)


@pytest.mark.parametrize("tie", ["nonsense", "{a}@1={a}@2", "{a}@1={b}@2±0", "zzzzzz@1={b}@2"])
def test_pins_that_are_none(case: Case, folder: Path, tie: str) -> None:
    a, b = (one.id for one in add(case, [folder / "a.mp4", folder / "b.mp4"]).items)
    with pytest.raises(UsageError):
        pin.pin(case, tie.format(a=a, b=b), "a flash")
    assert not pin.pins(case)


def test_verbs(case: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a, b = (one.id for one in add(case, [folder / "a.mp4", folder / "b.mp4"]).items)
    case.close()

    def run(*words: str) -> tuple[int, Any]:
        code = main(["-C", str(case.folder), *words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    code, made = run("pin", f"{a}@5={b}@1", "a door slams")
    assert code == 0
    assert (made["a_s"], made["b_s"], made["sd_s"]) == (5.0, 1.0, 0.05)
    assert run("stand", a, "--lat", "43.34", "--lon", "52.86", "--radius", "10", "--because", "seen")[0] == 0
    code, made = run("anchor", f"{a}@0=2011-12-16T05:42:03Z±90", "--because", "a clock in view")
    assert code == 0
    assert made["times"] == [
        {"item": a, "start": "2011-12-16T05:42:03Z", "sd_s": 90.0, "anchors": [made["anchor"]["id"]], "agree": True}
    ]
    assert main(["-C", str(case.folder), "anchor"]) == 0
    assert "2011-12-16 05:42 UTC ± 90 s" in capsys.readouterr().out
    code, made = run("anchor", "--take-back", made["anchor"]["id"], "--because", "the clock had stopped")
    assert (code, made["times"]) == (0, [])
    assert main(["-C", str(case.folder), "anchor", f"{a}@0=2011-12-16T05:42:03Z±90"]) == 2
    capsys.readouterr()
    code, examined = run("examine", "--only", "sound,clock")
    assert (code, examined["failed"]) == (0, [])
