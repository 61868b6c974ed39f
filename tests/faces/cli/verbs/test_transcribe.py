"""``kuager transcribe`` in a case, through the command line."""

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
