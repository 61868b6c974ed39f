"""What `bench.impulses` makes of the demo: its recordings show their shots, and its shooter is inside the region."""

from __future__ import annotations

import json

import pytest
from bench.impulses_work import drill_sound

from kuager.faces.cli import main
from kuager.instruments import impulses, media

DEMO_SEED = 1


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The sound of the recordings that `kuager demo` makes."""
    return drill_sound(DEMO_SEED, tmp_path_factory.mktemp("demo"))


def test_the_demos_recordings_show_their_shots_within_two_milliseconds(demo):
    found = there = 0
    for path, blasts in demo.blasts_s.items():
        sound = media.sound(path, impulses.RATE)
        heard = impulses.listen(sound.samples, sound.start_s, sound.delay_sd_s)
        shots = [one.time_s for one in heard.impulses if one.score_gunshot >= 0.5]
        here = sum(any(abs(shot - blast) <= 0.002 for shot in shots) for blast in blasts)
        assert here >= 0.8 * len(blasts), path
        assert heard.count[0] <= len(blasts) <= heard.count[1]
        found, there = found + here, there + len(blasts)
    assert found >= 0.94 * there


def test_the_demos_shooter_is_inside_the_region(demo, capsys):
    placed = [f"--position={path}@{east},{north}" for path, (east, north) in demo.places_m.items()]
    assert main(["locate-shots", *demo.places_m, *placed, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    region, half = answer["region"], [size / 2 for size in answer["region"]["cell_m"]]
    off = [[abs(at - true) for at, true in zip(cell, demo.muzzle_m, strict=True)] for cell in region["cells_m"]]
    assert any(east <= half[0] and north <= half[1] for east, north in off)
    assert region["area_m2"] < 5000
    assert not region["at_edge"]
    assert {one["path"] for one in answer["marks"]} == set(demo.places_m)
    assert answer["restricted"] is True
    (finding,) = answer["findings"]
    assert finding["grade"] == "screening"
    assert "one shooter" in finding["limits"]
