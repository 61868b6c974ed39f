"""Protected strings on every kind of surface stop ``publish`` itself; what people write in a case is searched too."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench.gate_work import PLANTS, names
from bench.harness import Work

from bench import gate
from kuager.faces.cli import main


def run(folder: Path, seed: int, count: int, clean: int) -> dict[str, float]:
    """One round of the comparison ``gate.protected`` with this many planted strings and clean cases."""
    made = gate.make(seed, folder, count, clean)
    (folder / "scratch").mkdir()
    return dict(gate.through_publish(Work(made, folder / "scratch", seed, True, Path("python3"))))


def test_a_string_on_each_kind_of_surface_stops_publication(tmp_path: Path) -> None:
    found = run(tmp_path, 1003, len(PLANTS), 3)
    assert found["stopped"] == found["planted"] == len(PLANTS)
    assert (found["in an output"], found["named in the message"], found["false stops"]) == (0, 0, 0)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_thousand_planted_strings_and_a_hundred_clean_cases(tmp_path: Path) -> None:
    found = run(tmp_path, 1004, 1000, 100)
    assert found["stopped"] == found["planted"] == 1000
    assert (found["in an output"], found["named in the message"]) == (0, 0)
    assert found["false stops"] <= 1


SECRET = "the house behind the bakery"
"""No name of a person, which would be masked: somewhere that tells who filmed."""

WRITTEN: dict[str, tuple[str, ...]] = {
    "note": ("note", "unknown", f"Whether it was {SECRET}."),
    "method": ("note", "method", f"We called {SECRET}."),
    "correction": ("note", "correction", f"It was not {SECRET}."),
    "observation": ("observe", "FILM", "0.1-0.5", f"Smoke over {SECRET}."),
    "not found": ("observe", "FILM", "0.2", f"{SECRET}, looked for", "--not-found"),
    "obscured": ("observe", "FILM", "0.3", "A man", "--obscured", SECRET),
    "event": ("event", f"A fire at {SECRET}", "--at", "2026-05-02"),
    "source of an event": ("event", "A fire", "--at", "2026-05-02", "--source", SECRET),
    "place": ("place", SECRET, "--lat", "43.3", "--lon", "52.8", "--radius", "100"),
    "about a place": ("place", "Square", "--lat", "43.3", "--lon", "52.8", "--radius", "100", "--about", SECRET),
    "conclusion": ("conclude", f"It began at {SECRET}.", "--standard", "x", "--author", "A."),
    "alternative": ("conclude", "It burned.", "--standard", "x", "--author", "A.", "--alternative", SECRET),
    "author": ("conclude", "It burned.", "--standard", "x", "--author", SECRET),
    "question": ("ask", "The Ministry", f"Why {SECRET}?", "--on", "2026-05-03"),
    "promise": ("promise", "The Mayor", f"Will repair {SECRET}.", "--on", "2026-05-03", "--outcome", "Nothing."),
    "outcome": ("promise", "The Mayor", "Will repair it.", "--on", "2026-05-03", "--outcome", SECRET),
    "answer": ("ask", "The Ministry", "Why?", "--on", "2026-05-03", "--answer", SECRET, "--answered", "2026-05-04"),
    "editor": ("editor", "--name", SECRET),
    "sign-off": ("sign", "FILM", "--checked", "window,reflections,voices,faces,documents,details", "--by", SECRET),
}


@pytest.fixture
def kuager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    monkeypatch.setenv("KUAGER_HOME", str(tmp_path / "home"))

    def run(*words: str, code: int = 0) -> Any:
        got = main([*words, "--json"])
        said = capsys.readouterr().out
        assert got == code, said
        return json.loads(said)

    return run


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of quiet."""
    import wave

    path = tmp_path_factory.mktemp("sound") / "a.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 8000, 0, "NONE", ""))
        out.writeframes(b"\0\1" * 8000)
    return path


def test_what_people_write_stops_the_verb(kuager: Any, tmp_path: Path, sound: Path) -> None:
    """Each of a case's texts in turn: exit 4, the handle named, the string not, and nothing is written."""
    first = tmp_path / "case"
    kuager("new", str(first))
    film = kuager("-C", str(first), "add", str(sound))["items"][0]["id"]
    kuager("-C", str(first), "clear", film, "--because", "x")
    checks = "window,reflections,voices,faces,documents,details"
    kuager("-C", str(first), "sign", film, "--checked", checks, "--by", "B.")
    (tmp_path / "secret.txt").write_text(SECRET + "\n")
    (handle,) = kuager("-C", str(first), "protect", "--from", str(tmp_path / "secret.txt"))["protected"]
    kuager("-C", str(first), "publish", str(tmp_path / "before"))
    for number, (what, words) in enumerate(WRITTEN.items()):
        case, out = tmp_path / f"case-{number}", tmp_path / f"page-{number}"
        shutil.copytree(first, case)
        kuager("-C", str(case), *(film if word == "FILM" else word for word in words))
        refused = kuager("-C", str(case), "publish", str(out), code=4)["error"]
        assert handle in refused["message"], what
        assert "bakery" not in refused["message"], what
        assert not out.exists(), what


def test_story_title_and_headline_are_searched(kuager: Any, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(SECRET + "\n")
    for number, (title, story) in enumerate(
        ((SECRET, ""), ("x", f"It was {SECRET}.\n"), ("x", f"# By {SECRET}\n\nA.\n"))
    ):
        case, out = tmp_path / f"case-{number}", tmp_path / f"page-{number}"
        kuager("new", str(case), "--title", title)
        kuager("-C", str(case), "protect", "--from", str(tmp_path / "secret.txt"))
        (case / "story.md").write_text(story)
        refused = kuager("-C", str(case), "publish", str(out), code=4)["error"]
        assert "bakery" not in refused["message"] + refused["hint"]
        assert not out.exists()


def test_a_name_that_is_masked_is_in_no_output(kuager: Any, tmp_path: Path) -> None:
    """A protected name in editors' words is masked before it is searched for: publication goes on without it."""
    case, out = str(tmp_path / "case"), tmp_path / "page"
    kuager("new", case)
    for name in names(20, 1005):
        (tmp_path / "name.txt").write_text(name + "\n")
        kuager("-C", case, "protect", "--from", str(tmp_path / "name.txt"))
        kuager("-C", case, "note", "unknown", f"Whether {name} saw it.")
    code = main(["-C", case, "publish", str(out), "--json"])
    if code:
        assert (code, out.exists()) == (4, False)
        return
    left = "".join(path.read_text("utf-8", "replace") for path in out.rglob("*") if path.is_file())
    for name in names(20, 1005):
        assert name.split()[1] not in left
