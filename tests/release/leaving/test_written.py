"""What people wrote leaves with what it points at, and nothing protected leaves with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kuager.errors import RefusedError
from kuager.examine import Pool
from kuager.examine.casework import examine_case
from kuager.faces.page import publish
from kuager.release import export_bag, release
from kuager.release.protection import protect
from kuager.weigh import conclusion, event, evidence, observation, remark
from kuager.weigh.story import DanglingError

BytesOf = Callable[[Path], bytes]


@pytest.fixture(scope="module")
def told(make_sample: Any) -> Any:
    """A case with one cleared recording, one that stays, and words about both."""
    sample = make_sample("Told")
    case, film, kept = sample.case, sample.items["film"], sample.items["kept"]
    with Pool(1) as pool:
        examine_case(case, pool, only=["page"])
    sample.let_out("film", "because", graphic=False)
    seen = observation.observe(case, film, "0.5-1.2", "A white flash and a click.")
    hidden = observation.observe(case, kept, "0-1", "canary-kept-observation")
    observation.observe(case, film, "0-0.9", "Anybody else", found=False, obscured="a wall")
    rests = [f"o:{seen.id}", f"i:{film}@0.9-1.1", f"i:{kept}@0.1"]
    conclusion.conclude(
        case, "There was one flash.", "reasonable grounds to believe", rests, [f"o:{hidden.id}"], [], "A."
    )
    gone = conclusion.conclude(case, "There were two.", "reasonable grounds to believe", [], [], [], "A.")
    conclusion.conclude(
        case, "There were two.", "x", [], [], [], "A.", replaces=gone.id, withdrawn="The second was a reflection."
    )
    event.record_place(case, "canary-window", "43.5", "53.2", 20, private=True)
    event.record_place(case, "Karatau", "43.5", "53.2", 5000)
    event.record_event(case, "The networks are down", "2026-05-01", "2026-05-03", "outage", [f"i:{kept}", "a monitor"])
    remark.ask(case, "The Ministry", "We asked.", "2026-05-04")
    remark.note(case, remark.CORRECTION, "There was one flash, not two, as Canarysova knew.")
    (case.folder / "story.md").write_text(f"It was quiet. Then it flashed [[o:{seen.id[:6]}]].\n")
    sample.seen = seen
    return sample


def test_words_stand_on_the_page(told: Any, tmp_path: Path, everything_in: BytesOf) -> None:
    publish(told.case, tmp_path / "page")
    said = json.loads((tmp_path / "page/data/page.json").read_text())
    (recording,) = said["recordings"]
    assert [o["text"] for o in recording["observations"]] == ["Anybody else", "A white flash and a click."]
    (conclusion_,) = said["conclusions"]
    assert [run["to"]["anchor"] for run in conclusion_["for_"]] == [f"r-{recording['id']}"] * 2
    assert (conclusion_["held_for"], conclusion_["held_against"], conclusion_["against"]) == (1, 1, [])
    assert said["not_shown"] == ["Anybody else (a wall)"]
    assert [run["text"] for run in said["account"][0]] == ["It was quiet. ", "Then it flashed", ". "]
    assert said["account"][0][1]["to"] == {"anchor": f"r-{recording['id']}", "start_s": 0.5, "end_s": 1.2}
    assert [place["name"] for place in said["places"]] == ["Karatau"]
    assert (said["events"][0]["kind"], said["events"][0]["sources"]) == ("outage", ["a monitor"])
    assert [each["withdrawn"] for each in said["corrections"]] == [False, True]
    assert "as […] knew" in said["corrections"][0]["text"]
    assert said["signed"] == [{"by": ["A. Editor"], "count": 1}]
    text = (tmp_path / "page/index.html").read_text()
    assert "1 piece of evidence is kept in the case" in text
    assert "signed off by A. Editor" in text
    left = everything_in(tmp_path / "page")
    for canary in (b"canary-", b"Canarysova", told.items["kept"].encode()):
        assert canary not in left, canary


def test_entries_leave_only_whole_and_only_about_what_leaves(told: Any) -> None:
    left: dict[str, list[Any]] = {}
    for _, payload in release(told.case, "page").disclosed:
        left.setdefault(payload.type, []).append(payload.body)
    assert [body["text"] for body in left["observed"]] == ["A white flash and a click.", "Anybody else"]
    assert [body["name"] for body in left["located"]] == ["Karatau"]
    assert "happened" not in left  # it names an item that stays
    assert "corrected" not in left  # a name in it was masked
    assert [body["withdrawn"] for body in left["concluded"]] == ["The second was a reflection."]


def test_an_account_may_not_point_at_nothing_or_at_what_stays(told: Any, tmp_path: Path) -> None:
    path = told.case.folder / "story.md"
    before = path.read_text()
    path.write_text(f"Nobody knows [[i:{told.items['kept']}@1]].")
    with pytest.raises(RefusedError, match=told.items["kept"]) as refused:
        publish(told.case, tmp_path / "page")
    assert refused.value.code == 4
    path.write_text("Nobody knows [[o:zzzzzz]].")
    with pytest.raises(DanglingError, match="o:zzzzzz"):
        publish(told.case, tmp_path / "page")
    path.write_text(before)
    assert list(tmp_path.iterdir()) == []


def test_a_protected_string_stops_page_and_bag(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Stopped by Zhibek Iskakova")
    (handle,) = protect(sample.case, ["Жибек Искакова"])
    size = sample.case.size
    for leave in (lambda: publish(sample.case, tmp_path / "page"), lambda: export_bag(sample.case, tmp_path / "bag")):
        with pytest.raises(RefusedError, match=handle) as refused:
            leave()
        assert "Iskakova" not in refused.value.message
        assert "Искакова" not in refused.value.message
    assert list(tmp_path.iterdir()) == []
    assert "published" not in {e.type for n in range(size, sample.case.size) if (e := sample.case.entry(n).payload)}


def test_links_of_which_one_end_stays_are_left_out(told: Any) -> None:
    case = told.case
    from kuager.weigh.reading import readings

    item, reading = next(each for each in readings(case) if each[0] == told.items["page"])
    claim = f"c:{item}/{next(c.id for c in reading.claims if c.lower == 2).partition('/')[2]}"
    evidence.link(case, claim, f"o:{told.seen.id}", "compatible", "It is too dark to count.")
    evidence.link(case, claim, f"i:{told.items['kept']}", "supports", "canary")
    (bearing,) = release(case, "page").written.links
    assert "two people were killed" in bearing.claim.text
    assert bearing.link.bearing == "compatible"
