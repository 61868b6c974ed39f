"""`kuager listen` and `kuager locate-shots`: the interface's fields, exit codes, and what they do with bad files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kuager.drill.acoustics import Scene, Sound, arrivals, hear
from kuager.drill.clocks import Clock
from kuager.drill.formats import Format, write_recording
from kuager.drill.gunfire import Shot
from kuager.drill.recorders import Recorder, record
from kuager.examine.examiners.impulses import ImpulsesExaminer
from kuager.faces.cli import main

STILL = Clock(0.0, ((0.0, 0.0),))
EAR = (20.0, -12.0, 1.6)
SCENE = Scene(
    (Sound("crowd", -2.0, 12.0, (5.0, 9.0, 1.6), 84.0, 7),),
    (Shot(1.5, (-20.0, 22.0, 1.6), 60.0, 55.0), Shot(3.2, (-20.0, 22.0, 1.6), 60.0, 55.0)),
)


def write(path: Path, samples: np.ndarray[Any, np.dtype[np.float32]] | None) -> Path:
    form = Format("mp4", "h264", "aac" if samples is not None else None, 48_000, 25.0)
    write_recording(path, form, samples, np.arange(2) / 25, lambda k: np.zeros((48, 64, 3), np.uint8), "test")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording with two shots as AAC, one with silence, and a file that is none."""
    folder = tmp_path_factory.mktemp("listen")
    samples = record(hear(SCENE, EAR, STILL, 5.0, 48_000), Recorder(20.0, seed=3))
    write(folder / "shots.mp4", samples)
    write(folder / "silent.mp4", np.zeros(96_000, np.float32))
    (folder / "broken.mp4").write_bytes(b"\0\0\0\x18ftypmp42 and nothing else")
    return folder


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any]]:
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_listen_times_shots_after_aac(folder, capsys):
    code, answer = run(capsys, "listen", folder / "shots.mp4")
    assert code == 0
    assert {"impulses", "bursts", "count", "findings"} <= set(answer)
    fields = {"time_s", "time_sd_s", "level_db", "clipped", "score_gunshot", "burst"}
    assert all(fields <= set(one) for one in answer["impulses"])
    shots = [one["time_s"] for one in answer["impulses"] if one["score_gunshot"] >= 0.5]
    assert shots == pytest.approx([one.muzzle_s for one in arrivals(SCENE, EAR, STILL)], abs=0.002)
    assert answer["count"]["low"] <= 2 <= answer["count"]["high"]
    assert {one["grade"] for one in answer["findings"]} == {"screening"}


def test_listen_says_why_silence_tells_nothing(folder, capsys):
    code, answer = run(capsys, "listen", folder / "silent.mp4")
    assert (code, answer["impulses"]) == (0, [])
    assert answer["unusable"] == "it is silent"
    assert [one["grade"] for one in answer["findings"]] == ["inconclusive"]
    assert main(["listen", str(folder / "silent.mp4")]) == 0
    assert "shows nothing" in capsys.readouterr().out


def test_listen_refuses_what_is_no_recording(folder, capsys):
    code, answer = run(capsys, "listen", folder / "broken.mp4")
    assert code == 3
    assert answer["error"]["code"] == 3


def test_the_examiner_keeps_findings_and_facts(folder):
    result = ImpulsesExaminer().examine(str(folder / "shots.mp4"), {})
    assert result.from_plain(result.as_plain()) == result
    assert [one["time_s"] for one in result.facts["impulses"] if one["score_gunshot"] >= 0.5]
    assert {"gunshot_like_impulses", "shots_counted"} <= {one.what for one in result.findings}


def test_locate_shots_reads_a_table(tmp_path, capsys):
    places = {"a.mp4": (-40, -30), "b.mp4": (45, -20), "c.mp4": (10, 50), "d.mp4": (-20, 35)}
    rows = ["recording,east_m,north_m,shot,blast_s"]
    for name, (east, north) in places.items():
        rows += [f"{name},{east},{north},{shot},{shot * 3 + np.hypot(east - 18, north - 12) / 343}" for shot in (1, 2)]
    table = tmp_path / "marks.csv"
    table.write_text("\n".join(rows))
    code, answer = run(capsys, "locate-shots", "--times", table)
    assert code == 0
    assert answer["mean_m"] == pytest.approx([18, 12], abs=5)
    assert answer["restricted"] is True
    assert len(answer["bearings"]) == 4
    assert {tuple(one) for one in answer["region"]["cells_m"]}
    assert answer["findings"][0]["grade"] == "screening"
    assert main(["locate-shots", "--times", str(table)]) == 0
    assert "Supposed: one shooter" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "code"), [("recording,east_m\na,1\n", 3), ("recording,east_m,north_m,shot,blast_s\na,1,nan,1,2\n", 3)]
)
def test_locate_shots_refuses_bad_tables(tmp_path, capsys, text, code):
    table = tmp_path / "bad.csv"
    table.write_text(text)
    assert run(capsys, "locate-shots", "--times", table)[0] == code


def test_locate_shots_needs_positions(folder, capsys):
    assert run(capsys, "locate-shots", folder / "shots.mp4")[0] == 2
    assert run(capsys, "locate-shots")[0] == 2
