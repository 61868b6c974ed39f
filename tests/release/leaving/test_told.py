"""What a program proposed and people decided, and what is said in recordings, as the page tells it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kuager.examine import Pool
from kuager.examine.casework import examine_case
from kuager.faces.page import publish
from kuager.release.redaction import Quiet, redact
from kuager.weigh import claim, proposal
from kuager.weigh.reading import readings
from kuager.weigh.transcript import transcribe

TRANSCRIPT = """start,end,text,speaker
0.2,0.8,Қашыңдар!,Айгүл Серікова
1.2,1.9,Біреу құлады.,Айгүл Серікова
"""
TRANSLATION = """start,end,text
0.2,0.8,Run!
1.2,1.9,Somebody fell.
"""


@pytest.fixture(scope="module")
def sample(make_sample: Any) -> Any:
    """The sample case, its page read."""
    made = make_sample("Told")
    with Pool(1) as pool:
        examine_case(made.case, pool, only={"page"})
    return made


def shown(case: Any, folder: Path) -> str:
    publish(case, folder / "page")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", (folder / "page/index.html").read_text()))


def test_counts_are_told_as_proposed_until_a_person_decides(sample: Any, tmp_path: Path) -> None:
    case = sample.case
    assert "nobody has decided on it yet" in shown(case, tmp_path)
    counts = {
        each.lower: each.id for _, read in readings(case) for each in read.claims if each.type == "casualty_count"
    }
    claim.correct(case, counts[2], {"lower": 3, "upper": 4}, "The paper said so the next day.")
    text = shown(case, tmp_path)
    assert "3 to 4" in text
    assert "Decided by people" in text
    claim.correct(case, counts[10], {}, "No count: a rumour.", withdrawn=True)
    assert "10 or more" not in shown(case, tmp_path)


def test_pairs_of_statements_carry_reason_condition_and_who_decided(make_sample: Any, tmp_path: Path) -> None:
    case = make_sample("Pairs").case
    with Pool(1) as pool:
        examine_case(case, pool, only={"page"})
    (pair,) = [each for each in proposal.proposals(case) if "/" in each.a]
    text = shown(case, tmp_path)
    assert str(pair.detail["reason"]) in text
    assert str(pair.detail["condition"]) in text
    assert "Pairs that a program found" in text
    proposal.judge(case, pair.id, "accept", "Both speak of the same square and hour.")
    text = shown(case, tmp_path)
    assert "Decided by people Both speak of the same square and hour." in text
    assert "Pairs that a program found" not in text
    proposal.judge(case, pair.id, "reject", "They speak of different days.")
    assert str(pair.detail["reason"]) not in shown(case, tmp_path)


def test_what_is_said_stands_beside_its_second_without_who_says_it(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Said")
    sample.let_out("film", "because", graphic=False)
    for name, text in (("said.csv", TRANSCRIPT), ("translated.csv", TRANSLATION)):
        (tmp_path / name).write_text(text)
    film = sample.items["film"]
    how = {"language": "kk", "transcriber": "A. Listener", "translator": "B. Translator"}
    transcribe(sample.case, film, tmp_path / "said.csv", translation=tmp_path / "translated.csv", **how)
    text = shown(sample.case, tmp_path)
    for said in ("0:01 Біреу құлады. Somebody fell.", "Written down in Kazakh by A. Listener.", "B. Translator"):
        assert said in text, said
    assert "Серікова" not in text


def test_words_of_muted_sound_stay(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Muted")
    (tmp_path / "said.csv").write_text(TRANSCRIPT)
    film = sample.items["film"]
    transcribe(sample.case, film, tmp_path / "said.csv", language="kk", transcriber="A. Listener")
    redact(sample.case, film, (), (Quiet(1.0, 2.0),), "A voice that can be known.", (320, 180))
    sample.let_out("film", "because", graphic=False)
    text = shown(sample.case, tmp_path)
    assert "Қашыңдар!" in text
    assert "құлады" not in text


def test_what_is_denied_is_nowhere_told_as_said(make_sample: Any, tmp_path: Path) -> None:
    from kuager.record.acquiring import Acquisition
    from kuager.record.intake import add
    from kuager.weigh import evidence

    case = make_sample("Denied").case
    words = "officers had fired at the crowd"
    (tmp_path / "p.txt").write_text(f"A day in town\n\nThe Interior Ministry denied that {words}.\n")
    page = add(case, [tmp_path / "p.txt"], Acquisition(public=True)).items[0].id
    with Pool(1) as pool:
        examine_case(case, pool, only={"page"})
    read = next(read for item, read in readings(case) if item == page)
    (said,) = [one for one in read.statements if words in one.span.text]
    count = next(each for item, other in readings(case) if item != page for each in other.claims if each.lower == 2)
    evidence.link(case, f"c:{count.id}", f"s:{page}/{said.id}", "inconclusive", "It speaks of something else.")
    text = shown(case, tmp_path)
    assert f"{words} — " not in text
    assert f"{words} Interior Ministry, who denies this" in text  # marked in place
    assert "Denied. Whoever is named here says that this is not so." in text
    column = re.search(r"Claim (.{0,200}?) (?:supports|does not settle|[○▲▼◆])", text)
    assert column
    assert "who denies this" in column[1]
