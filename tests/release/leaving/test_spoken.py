"""What recordings say leaves with its second, its claims and its contradictions, but not who says it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.examine import Pool
from kuager.examine.casework import examine_case
from kuager.faces.page import publish
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.restriction import restrict
from kuager.release.clearing import clear_name, known_people
from kuager.release.masking import MASK, Mask, names_for
from kuager.release.redaction import Quiet, redact
from kuager.weigh import claim, proposal
from kuager.weigh.reading import heard
from kuager.weigh.transcript import transcribe, transcripts

BytesOf = Callable[[Path], bytes]

SAID = """start,end,text,speaker
0.1,0.4,I counted five bodies near the theatre myself.,Togzhan
0.5,0.8,Aliya Canarova said that 64 people were killed.,Togzhan
0.9,1.1,They said that nine people were killed.,Man A
1.2,1.5,"Togzhan, Kanat is dead. Canarova wept.",Man A
"""
HIDDEN = (b"Togzhan", b"Canarova", b"Man A")


@pytest.fixture
def said(make_sample: Any, tmp_path: Path) -> Any:
    """The sample case, its page read and its recording's words written down; the recording is not yet cleared."""
    sample = make_sample("Spoken")
    with Pool(1) as pool:
        examine_case(sample.case, pool, only={"page"})
    (tmp_path / "said.csv").write_text(SAID)
    transcribe(sample.case, sample.items["film"], tmp_path / "said.csv", language="en", transcriber="A. Listener")
    return sample


def told(case: Any, folder: Path) -> dict[str, Any]:
    publish(case, folder / "page")
    data: dict[str, Any] = json.loads((folder / "page/data/page.json").read_text())
    return data


def test_claims_of_a_recording_stand_among_the_others_with_their_second(
    said: Any, tmp_path: Path, everything_in: BytesOf
) -> None:
    said.let_out("film", "because", graphic=False)
    page = told(said.case, tmp_path)
    counts = {it["lower"]: it for it in page["counts"]}
    assert {n: (it["whose"], it["hand"]) for n, it in counts.items() if it["heard"]} == {
        5: ("itself", "first"),
        64: ("speaker", "third"),
        9: ("not_told", "unknown"),
    }
    assert {n: it["heard"]["start_s"] for n, it in counts.items() if it["heard"]} == {5: 0.1, 64: 0.5, 9: 0.9}
    assert counts[9]["chain"] == []
    assert counts[2]["read_in"] == said.items["page"]
    pairs = [it for it in page["between"] if "64" in it["reason"]]
    assert any({it["a"]["to"]["start_s"], it["b"]["to"]["start_s"]} == {0.5, None} for it in pairs)
    (speech,) = page["recordings"][0]["speeches"]
    marked = {
        speech["lines"][it["paragraph"]]["text"][it["start"] : it["end"]] for it in speech["marks"] if it["count"]
    }
    assert marked == {"five", "64", "nine"}
    left = everything_in(tmp_path / "page")
    for name in HIDDEN:
        assert name not in left, name
    html = (tmp_path / "page/index.html").read_text()
    assert html.count('data-at="0.5"') >= 3  # beside the recording, under who says what, under how many


def test_nothing_is_told_of_what_a_kept_recording_says(said: Any, tmp_path: Path, everything_in: BytesOf) -> None:
    page = told(said.case, tmp_path)
    assert page["recordings"] == []
    assert all(it["heard"] is None for it in [*page["counts"], *page["statements"]])
    left = everything_in(tmp_path / "page")
    for words in (*HIDDEN, b"theatre", b"wept", b"a voice in the recording", b"64 people"):
        assert words not in left, words
    assert not any(it["lower"] in (5, 64, 9) for it in page["counts"])


def test_nothing_is_told_of_a_restricted_transcript(said: Any, tmp_path: Path, everything_in: BytesOf) -> None:
    said.let_out("film", "because", graphic=False)
    (entry,) = [entry.n for entry in said.case.of_type("transcribed")]
    restrict(said.case, f"#{entry}", "It names people.")
    page = told(said.case, tmp_path)
    assert page["recordings"][0]["speeches"] == []
    assert not any(it["lower"] in (5, 64, 9) for it in page["counts"])
    for words in (*HIDDEN, b"theatre", b"wept"):
        assert words not in everything_in(tmp_path / "page"), words


def test_what_is_muted_names_nobody_to_whom_later_words_are_given(
    make_sample: Any, tmp_path: Path, everything_in: BytesOf
) -> None:
    sample = make_sample("Muted")
    text = """start,end,text,speaker
0.1,0.4,The governor Arman Hushedov came to us.,
0.5,0.9,"He said that seven people were killed.",
1.2,1.5,I counted eight dead.,
"""
    (tmp_path / "said.csv").write_text(text)
    film = sample.items["film"]
    transcribe(sample.case, film, tmp_path / "said.csv", language="en", transcriber="A. Listener")
    clear_name(sample.case, "Arman Hushedov", "He speaks in office.")
    redact(sample.case, film, (), (Quiet(0.0, 0.45),), "Whoever says this can be known.", (320, 180))
    sample.let_out("film", "because", graphic=False)
    page = told(sample.case, tmp_path)
    assert {it["lower"]: (it["whose"], it["chain"]) for it in page["counts"] if it["heard"]} == {
        7: ("not_told", []),
        8: ("itself", []),
    }
    left = everything_in(tmp_path / "page")
    assert b"Hushedov" not in left
    assert b"governor" not in left


def test_people_decide_on_what_a_recording_says(said: Any, tmp_path: Path) -> None:
    said.let_out("film", "because", graphic=False)
    case = said.case
    (_, reading), *_ = heard(case)[0]
    counts = {each.lower: each.id for each in reading.claims if each.type == "casualty_count"}
    claim.correct(case, counts[64], {"lower": 60}, "The sound is not clear.")
    claim.correct(case, counts[9], {}, "A rumour.", withdrawn=True)
    claim.correct(case, counts[5], {"attribution_doubtful": True}, "Two people speak at once.")
    pair = next(it for it in proposal.proposals(case) if counts[64] in (it.a, it.b) and it.detail.get("reason"))
    proposal.judge(case, pair.id, "accept", "Both speak of the same night.")
    page = told(case, tmp_path)
    counted = {it["lower"]: it for it in page["counts"] if it["heard"]}
    assert set(counted) == {5, 60}
    assert counted[60]["standing"] == "judged"
    assert (counted[5]["whose"], counted[5]["hand"], counted[5]["chain"]) == ("doubtful", "unknown", [])
    assert [it["because"] for it in page["between"] if it["standing"] == "judged"] == ["Both speak of the same night."]


def test_a_person_may_find_whose_a_doubtful_count_is(
    make_sample: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kuager.faces.cli import main
    from kuager.record.acquiring import Acquisition
    from kuager.record.intake import add
    from kuager.weigh.reading import readings

    sample = make_sample("Doubt")
    (tmp_path / "p.txt").write_text(
        'Strike ends in clash\n\nThe interior ministry called the deaths of 14 people "regrettable".\n'
    )
    add(sample.case, [tmp_path / "p.txt"], Acquisition(public=True))
    with Pool(1) as pool:
        examine_case(sample.case, pool, only={"page"})
    before = next(it for it in told(sample.case, tmp_path)["counts"] if it["lower"] == 14)
    assert (before["whose"], before["chain"], before["hand"]) == ("doubtful", [], "unknown")
    id = next(each.id for _, read in readings(sample.case) for each in read.claims if each.lower == 14)
    monkeypatch.setenv("KUAGER_HOME", str(sample.case.folder.parent / "home"))
    assert main(["-C", str(sample.case.folder), "claim", id, "--theirs", "--because", "They gave it to us."]) == 0
    home = Home(sample.case.folder.parent / "home")
    page = told(Case.open(sample.case.folder, home.signer(), home.identities()), tmp_path)
    after = next(it for it in page["counts"] if it["lower"] == 14)
    assert (after["whose"], after["standing"], after["hand"]) == ("speaker", "judged", "reported")
    named = next(it["name"] for it in page["sources"] if it["id"] == after["chain"][0])
    assert "ministry" in named.casefold()


def test_a_name_that_only_a_recording_tells_is_masked_on_pages_made_before(
    make_sample: Any, tmp_path: Path, everything_in: BytesOf
) -> None:
    from kuager.record.acquiring import Acquisition
    from kuager.record.intake import add

    sample = make_sample("Names")
    (tmp_path / "p.txt").write_text("A day in town\n\nPeople remember Togzhan and the shop.\n")
    add(sample.case, [tmp_path / "p.txt"], Acquisition(public=True))
    with Pool(1) as pool:
        examine_case(sample.case, pool, only={"page"})
    told(sample.case, tmp_path)
    assert b"Togzhan" in everything_in(tmp_path / "page")
    (tmp_path / "said.csv").write_text(SAID)
    transcribe(sample.case, sample.items["film"], tmp_path / "said.csv", language="en", transcriber="A. Listener")
    told(sample.case, tmp_path)
    assert b"Togzhan" not in everything_in(tmp_path / "page")
    assert {each.person.name for each in known_people(sample.case) if each.person.standing == "speaks"} == {"Togzhan"}


def test_a_recording_may_have_several_transcripts(said: Any, tmp_path: Path) -> None:
    said.let_out("film", "because", graphic=False)
    (tmp_path / "other.csv").write_text("start,end,text\n0.2,0.6,Біреу құлады.\n")
    transcribe(said.case, said.items["film"], tmp_path / "other.csv", language="kk", transcriber="B. Listener")
    assert len(transcripts(said.case)) == 2
    speeches = told(said.case, tmp_path)["recordings"][0]["speeches"]
    assert [it["language"] for it in speeches] == ["en", "kk"]


PIECES = ("Aliya", "Canarova", "said,", "that", "e\u0301", "five", "\ufb01ne", "\u200bmen", ".")
WORDS = st.lists(st.sampled_from(PIECES), max_size=9)


@given(WORDS, st.data())
def test_what_is_marked_stays_marked_once_names_are_cut(words: list[str], data: st.DataObject) -> None:
    mask = Mask(names_for(["Aliya Canarova"], [], []))
    first = data.draw(st.integers(0, len(words)))
    last = data.draw(st.integers(first, len(words)))
    text = " ".join(words)
    start = len(" ".join(words[:first])) + bool(first and first < len(words))
    end = max(start, len(" ".join(words[:last])))
    masked, ((a, b),) = mask.moved(text, [(start, end)])
    assert masked == mask(text)
    assert 0 <= a <= b <= len(masked)
    kept = [word.strip(",") for word in words[first:last] if word not in ("Aliya", "Canarova", ".", "e\u0301")]
    inside = masked[a:b]
    assert all(word.replace("\u200b", "") in inside.replace("\u200b", "") for word in kept)
    assert "anarova" not in inside
    cut = inside.replace(MASK, "")
    assert "[" not in cut
    assert "]" not in cut


def test_a_family_is_known_by_the_name_of_one() -> None:
    assert Mask(names_for(["Нурлан Есимов"], [], []))("у Есимовых дома") == f"у {MASK} дома"


def test_a_name_is_known_in_speech_written_down_without_capitals() -> None:
    mask = Mask(names_for(["Togzhan", "Aliya Canarova"], [], []))
    assert mask("togzhan do not film aliya canarova") == f"{MASK} do not film {MASK}"
    assert mask("тогжан не снимай") == f"{MASK} не снимай"
    assert mask("and I told aliya canarova I'm here") == f"and I told {MASK} I'm here"
    assert mask("Тоғжаннан сұра") == f"{MASK} сұра"
    assert mask("Do not film a will") == "Do not film a will"
