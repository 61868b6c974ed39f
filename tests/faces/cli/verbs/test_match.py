from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.instruments.copies.scenes import recording
from tests.instruments.copies.test_fingerprint import write

from kuager.faces.cli import main

pytest.importorskip("cv2")
pytest.importorskip("faiss")
TAPES = Path(__file__).parents[5] / "shared" / "inputs" / "tapes"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("tapes")
    write(made / "one.mp4", recording(1, 1, 8))
    write(made / "two.mp4", recording(2, 2, 8))
    write(made / "part.mp4", recording(1, 1, 5, start_s=2))
    return made


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    code = main(["match", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_it_answers_as_the_interface_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, str(folder / "part.mp4"), "--in", str(folder))
    assert code == 0
    assert said["failed"] == []
    assert len(said["matches"]) == 1
    found = said["matches"][0]
    assert set(found) >= {
        "query", "reference", "kind", "verdict", "probability", "query_start_s", "query_end_s", "reference_start_s",
        "reference_end_s", "speed", "view",
    }  # fmt: skip
    assert (found["query"], found["reference"]) == (str(folder / "part.mp4"), str(folder / "one.mp4"))
    assert (found["kind"], found["verdict"], found["view"]) == ("picture", "copy", "as_is")
    assert found["reference_start_s"] == pytest.approx(2, abs=0.4)


def test_every_word_after_in_is_a_reference_and_nothing_found_is_1(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two, one = str(folder / "two.mp4"), str(folder / "one.mp4")
    code, said = run(capsys, two, "--in", one, str(folder / "part.mp4"), two)
    assert (code, said) == (1, {"matches": [], "failed": []})


def test_the_same_bytes_under_another_name_are_a_copy(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again.mp4"
    shutil.copy(folder / "two.mp4", again)
    code, said = run(capsys, str(folder / "two.mp4"), "--in", str(again), str(folder / "two.mp4"))
    assert code == 0
    assert [m["reference"] for m in said["matches"]] == [str(again)]


def test_what_cannot_be_read_is_named(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no recording at all")
    code, said = run(capsys, str(broken), str(folder / "part.mp4"), "--in", str(folder / "one.mp4"))
    assert code == 3
    assert [f["path"] for f in said["failed"]] == [str(broken)]
    assert len(said["matches"]) == 1


def test_without_references_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, "x.mp4")
    assert code == 2
    assert "--in" in said["error"]["message"]


@pytest.mark.inputs
def test_the_four_chair_tapes_are_copies_of_one_another_and_nothing_else_is(capsys: pytest.CaptureFixture[str]) -> None:
    if not TAPES.is_dir():
        pytest.skip("../shared/inputs/tapes is absent")
    tapes = sorted(str(p) for p in TAPES.iterdir())
    chairs = {t for t in tapes if "chair" in t}
    code, said = run(capsys, *tapes, "--in", str(TAPES))
    assert code == 0
    for kind in ("picture", "sound"):
        pairs = {(m["query"], m["reference"]) for m in said["matches"] if m["kind"] == kind and m["verdict"] == "copy"}
        assert pairs == {(a, b) for a in chairs for b in chairs if a != b}
    assert {m["query"] for m in said["matches"]} == chairs
    shorter = [m for m in said["matches"] if "chair-20" in m["query"]]
    assert all(m["reference_start_s"] - m["query_start_s"] == pytest.approx(2.0, abs=0.15) for m in shorter)
