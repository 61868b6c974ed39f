"""``kuager transcribe`` and ``kuager claim`` in a case, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kuager.faces.cli.main import main

VTT = """WEBVTT

00:00:01.000 --> 00:00:03.500
A nurse said that 23 people were killed.

00:00:08.000 --> 00:00:09.000
The square was empty.
"""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KUAGER_HOME", str(tmp_path / "home"))
    folder = tmp_path / "case"
    assert main(["new", str(folder), "--title", "Test"]) == 0
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    capsys.readouterr()
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_each_statement_keeps_its_second(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kuager.record.case import Case
    from kuager.weigh.transcript import transcripts

    film, words = tmp_path / "film.bin", tmp_path / "words.vtt"
    film.write_bytes(b"a recording")
    words.write_text(VTT)
    main(["-C", str(case), "add", str(film)])
    (item,) = Case.open(case).items()
    given = ["--from", str(words), "--language", "en", "--transcriber", "A. Writer"]
    document = run(capsys, "-C", str(case), "transcribe", item.id, *given)
    said = [s for s in document["statements"] if s["speaker"]]
    assert [(s["start_s"], s["span"]["text"]) for s in said] == [(1.0, "23 people were killed")]
    (kept,) = transcripts(Case.open(case))
    assert (kept.item, kept.transcriber, kept.lines[1].start_s) == (item.id, "A. Writer", 8.0)
    assert main(["-C", str(case), "verify"]) == 0
    assert main(["-C", str(case), "transcribe", item.id, *given, "--translation", str(words)]) == 2


def test_a_correction_embeds_what_it_replaces(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from kuager.record.case import Case
    from kuager.weigh.reading import claims_together

    page = tmp_path / "page.txt"
    page.write_text("Officials say 14 people were killed.\n\nA witness said she saw 23 dead on the square.\n")
    main(["-C", str(case), "add", str(page)])
    assert main(["-C", str(case), "examine", "--only", "page"]) == 0
    accounts, _ = claims_together(Case.open(case))
    first = next(a.claim for a in accounts if a.claim.lower == 14)
    wanted = ["--lower", "15", "--no-upper", "--because", "The page says more than fourteen."]
    document = run(capsys, "-C", str(case), "claim", first.id, *wanted)
    assert (document["replaced"]["lower"], document["replaced"]["upper"]) == (14, 14)
    accounts, _ = claims_together(Case.open(case))
    assert [(a.claim.lower, a.claim.upper) for a in accounts if a.claim.id == first.id] == [(15, None)]
    assert run(capsys, "-C", str(case), "claim", first.id, "--withdraw", "--because", "A quotation of a film.")
    accounts, _ = claims_together(Case.open(case))
    assert first.id not in [a.claim.id for a in accounts]
    assert main(["-C", str(case), "claim", first.id, "--lower", "9", "--upper", "3", "--because", "x"]) == 2


def test_what_a_recording_says_meets_what_pages_say(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from kuager.record.case import Case
    from kuager.weigh.reading import claims_together

    film, words, page = tmp_path / "film.bin", tmp_path / "words.vtt", tmp_path / "page.txt"
    film.write_bytes(b"a recording")
    words.write_text(VTT)
    page.write_text("Officials say 14 people were killed.\n")
    main(["-C", str(case), "add", str(film), str(page)])
    assert main(["-C", str(case), "examine", "--only", "page"]) == 0
    item = next(i.id for i in Case.open(case).items() if i.name == "film.bin")
    given = ["--from", str(words), "--language", "en", "--transcriber", "A. Writer"]
    for _ in range(2):  # two transcripts of one recording keep their claims apart
        run(capsys, "-C", str(case), "transcribe", item, *given)
    accounts, links = claims_together(Case.open(case))
    spoken = [a for a in accounts if a.claim.lower == 23]
    assert [a.second for a in spoken] == [1.0, 1.0]
    assert len({a.claim.id for a in spoken}) == 2
    assert all(a.second is None for a in accounts if a.claim.lower == 14)
    against = [k for k in links if k.relation == "appears_inconsistent" and spoken[0].claim.id in (k.a, k.b)]
    assert len(against) == 1
    link = next(k for k in run(capsys, "-C", str(case), "links")["links"] if spoken[0].claim.id in (k["a"], k["b"]))
    assert run(capsys, "-C", str(case), "judge", link["id"], "accept", "--because", "Heard.")["state"] == "accepted"
    run(capsys, "-C", str(case), "claim", spoken[0].claim.id, "--lower", "20", "--because", "Heard as twenty.")
    accounts, _ = claims_together(Case.open(case))
    assert next(a.claim.lower for a in accounts if a.claim.id == spoken[0].claim.id) == 20
    shown = run(capsys, "-C", str(case), "show", item)
    assert [t["statements"][0]["start_s"] for t in shown["transcripts"]] == [1.0, 1.0]
    assert shown["corrections"][0]["replaced"]["lower"] == 23
    assert main(["-C", str(case), "show", item]) == 0
    assert "1.0 s  nurse: 23 people were killed" in capsys.readouterr().out.casefold()
    assert main(["-C", str(case), "verify"]) == 0
