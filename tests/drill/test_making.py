import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from kuager.drill import Drill, generate
from kuager.drill.reuploads import KINDS
from kuager.errors import UsageError
from kuager.faces.cli.main import main
from kuager.instruments import media


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    return generate(tmp_path_factory.mktemp("drill") / "six", 1603, 2, 6.0, copies=11, unrelated=1, processes=1)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_truth_names_every_file(drill: Drill) -> None:
    truth = json.loads((drill.folder / "truth.json").read_text(encoding="utf-8"))
    assert truth == json.loads(json.dumps(drill.truth))
    named = [one["path"] for key in ("recordings", "copies", "pages", "lists") for one in truth[key]]
    named += [one["html_path"] for one in truth["pages"]] + [truth["outage"]["path"], "truth.json"]
    assert sorted(named) == sorted(digests(drill.folder))


def test_recordings_are_as_long_as_truth_says(drill: Drill) -> None:
    for one in drill.truth["recordings"]:
        found = media.probe(drill.folder / one["path"])
        assert found.has_sound == (one["sound_codec"] is not None)
        assert found.duration_s == pytest.approx(one["duration_s"], abs=0.15)


def test_every_copy_shows_its_source(drill: Drill) -> None:
    """The pictures of a plain copy are those of its source at the times that truth gives."""
    assert [one["kind"] for one in drill.truth["copies"]] == list(KINDS)
    for one in drill.truth["copies"]:
        if one["view"] not in ("as_is", "mirrored") or one["kind"] == "logo":
            continue
        for part in one["segments"]:
            middle = 0.5 * (part["query_start_s"] + part["query_end_s"])
            source_s = part["source_start_s"] + (middle - part["query_start_s"]) * part["speed"]
            mine = _at(drill.folder / one["path"], middle)
            mine = mine[:, ::-1] if one["view"] == "mirrored" else mine
            assert abs(mine - _at(drill.folder / part["source"], source_s))[15:, :].mean() < 12


def _at(path: Path, time_s: float) -> np.ndarray:
    shown = media.pictures(path, rate=15.0, width=106, height=60, start_s=time_s, end_s=time_s + 0.2, grey=True)
    return next(iter(shown)).image.astype(int)


def test_the_same_seed_gives_the_same_bytes_in_processes_too(tmp_path: Path) -> None:
    for name, processes in (("a", 1), ("b", 2)):
        generate(tmp_path / name, 1604, 1, 5.0, copies=1, unrelated=0, processes=processes)
    generate(tmp_path / "c", 1605, 1, 5.0, copies=0, unrelated=0, processes=1)
    first, second, other = (digests(tmp_path / name) for name in "abc")
    assert first == second
    assert first["recordings/001.mp4"] != other["recordings/001.mp4"]


def test_the_verb_makes_a_drill_and_refuses_a_full_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "drill"
    words = [
        "drill",
        str(folder),
        "--seed",
        "7",
        "--recordings",
        "1",
        "--seconds",
        "5",
        "--copies",
        "0",
        "--unrelated",
        "0",
    ]
    assert main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["recordings"] == ["recordings/001.mp4"]
    assert answer["failed"] == []
    assert (folder / "truth.json").is_file()
    assert main([*words, "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == 2


@pytest.mark.parametrize(("recordings", "seconds", "seed"), [(0, 60, 1), (3, 1, 1), (3, float("nan"), 1), (3, 60, -1)])
def test_numbers_that_make_no_drill_are_refused(tmp_path: Path, recordings: int, seconds: float, seed: int) -> None:
    with pytest.raises(UsageError):
        generate(tmp_path / "x", seed, recordings, seconds)
