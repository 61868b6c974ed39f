"""Pins and places as people type them."""

from __future__ import annotations

import numpy as np
import pytest

from kuager.errors import UsageError
from kuager.instruments.clock import RATE, Pin, Recording, read_pin, read_place, read_position, synchronise

NAMES = ("dir/A.mp4", "dir/B@home.mp4", "other/C.mp4", "dir/C.mp4")


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("dir/A.mp4@12.40=dir/B@home.mp4@3.10±0.05", Pin("dir/A.mp4", "dir/B@home.mp4", 12.4, 3.1, 0.05)),
        ("A.mp4@12=other/C.mp4@-3.5", Pin("dir/A.mp4", "other/C.mp4", 12.0, -3.5, 0.05)),
        ("A.mp4@0=dir/C.mp4@1+-0.2", Pin("dir/A.mp4", "dir/C.mp4", 0.0, 1.0, 0.2)),
    ],
)
def test_pins(text: str, pin: Pin) -> None:
    assert read_pin(text, NAMES) == pin


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A.mp4@1",
        "A.mp4@1=A.mp4@2",
        "A.mp4@1=C.mp4@2",
        "A.mp4@x=dir/C.mp4@2",
        "A.mp4@1=dir/C.mp4@2±0",
        "Z@1=A.mp4@2",
    ],
)
def test_bad_pins_say_what_to_do(text: str) -> None:
    with pytest.raises(UsageError):
        read_pin(text, NAMES)


def test_positions() -> None:
    assert read_place("12.5,-40") == (12.5, -40.0)
    name, fields = read_position("A.mp4@12.5,-40±5", NAMES)
    assert (name, fields) == ("dir/A.mp4", {"position_m": (12.5, -40.0), "position_sd_m": 5.0})
    for bad in ("A.mp4", "A.mp4@1", "A.mp4@north,2"):
        with pytest.raises(UsageError):
            read_position(bad, NAMES)
    with pytest.raises(UsageError):
        read_place("here")


@pytest.mark.parametrize("sound", ["another", "none"])
def test_a_pinned_recording_with_sound_of_its_own_parts_no_others(sound: str) -> None:
    rng = np.random.default_rng(3)
    noise = (0.2 * rng.standard_normal(20 * RATE)).astype(np.float32)
    other = (0.2 * rng.standard_normal(8 * RATE)).astype(np.float32)
    answer = synchronise(
        [
            Recording("a", noise[: 15 * RATE]),
            Recording("b", noise[int(4.25 * RATE) :]),
            Recording("c", other if sound == "another" else None, duration_s=8.0),
        ],
        [Pin("b", "c", 9.0, 2.5, 0.1)],
    )
    (group,) = answer.groups
    assert [(one.name, round(one.offset_s, 2)) for one in group.recordings] == [("a", 0.0), ("b", 4.25), ("c", 10.75)]
