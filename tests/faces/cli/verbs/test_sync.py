"""`kuager sync` on files: the interface's fields, exit codes, and what it does with bad ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kuager.drill.formats import Format, write_recording
from kuager.faces.cli import main

INPUTS = Path(__file__).parents[5] / "shared" / "inputs" / "tapes"


def write(path: Path, samples: np.ndarray) -> Path:
    form = Format(path.suffix[1:], "h264", "pcm" if path.suffix == ".mov" else "aac", 48_000, 25.0)
    write_recording(path, form, samples, np.zeros(0), None, path.stem)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two overlapping recordings of one noise, 4.25 s apart, and a file that is none."""
    folder = tmp_path_factory.mktemp("sync")
    rng = np.random.default_rng(3)
    noise = (0.2 * np.repeat(rng.standard_normal(20 * 8000), 6)).clip(-1, 1).astype(np.float32)
    write(folder / "a.mov", noise[: 15 * 48_000])
    write(folder / "b.mp4", noise[int(4.25 * 48_000) :])
    (folder / "broken.mp4").write_bytes(b"\0\0\0\x18ftypmp42 and nothing else")
    return folder


def sync(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    code = main(["sync", *map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_two_files_and_a_broken_one(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(folder / name) for name in ("b.mp4", "broken.mp4", "a.mov")]
    code, out = sync(capsys, *files, "--csv", tmp_path / "t.csv", "--eaf", tmp_path / "t.eaf")
    assert code == 3
    assert [one["path"] for one in out["failed"]] == [files[1]]
    (group,) = out["groups"]
    assert [one["path"] for one in group["recordings"]] == [files[2], files[0]]
    assert [one["offset_s"] for one in group["recordings"]] == pytest.approx([0.0, 4.25], abs=1e-3)
    assert set(group["recordings"][1]) == {"path", "offset_s", "offset_sd_s", "drift_ppm"}
    assert group["picture_bound_s"] is None
    (pair,) = out["pairs"]
    assert (pair["a"], pair["b"], pair["verdict"]) == (files[2], files[0], "overlap")
    assert pair["overlap_s"] == pytest.approx(10.75, abs=0.1)
    assert (tmp_path / "t.csv").read_text().count("\n") == 3
    assert "TIME_ORIGIN" in (tmp_path / "t.eaf").read_text()


def test_words_say_that_pictures_are_not_ordered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", str(folder / "a.mov"), str(folder / "b.mp4")]) == 0
    said = capsys.readouterr().out
    assert "Clock 1: 2 recordings" in said
    assert "Sound is aligned, not pictures" in said
    assert "not bounded" in said


def test_a_pin_that_names_nothing_is_a_usage_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = sync(capsys, folder / "a.mov", folder / "b.mp4", "--pin", "a.mov@1=z.mov@2")
    assert code == 2
    assert "z.mov" in out["error"]["message"]


def test_a_pin_on_an_unreadable_file_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = sync(capsys, folder / "a.mov", folder / "broken.mp4", "--pin", "a.mov@1=broken.mp4@2")
    assert code == 3
    assert "cannot be read" in out["error"]["message"]


@pytest.mark.inputs
@pytest.mark.skipif(not INPUTS.is_dir(), reason="../shared/inputs/tapes is absent")
def test_real_tapes_and_their_derivatives(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = sync(capsys, *sorted(INPUTS.glob("*")))
    assert code == 3
    assert {Path(one["path"]).name for one in out["failed"]} == {"rocket.mkv", "testvideo.mp4"}
    (group,) = out["groups"]
    assert {Path(one["path"]).name for one in group["recordings"]} == {path.name for path in INPUTS.glob("chair-*")}
