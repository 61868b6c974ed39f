"""Proxies keep time, stay small and carry nothing over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from kuager.instruments import media
from kuager.release import proxy


def test_a_position_in_the_proxy_is_that_position_in_the_recording(tmp_path: Path, film: Callable[..., None]) -> None:
    film(tmp_path / "a.mp4", seconds=3.0, flash_s=1.6)
    assert proxy.make(tmp_path / "a.mp4", tmp_path / "p") == (320, 180)
    bright = [p.time_s for p in media.pictures(tmp_path / "p", grey=True) if p.image.mean() > 150]
    assert len(bright) == 1
    assert abs(bright[0] - 1.6) <= 0.021
    sound = media.sound(tmp_path / "p", rate=48000)
    click = sound.start_s + np.argmax(np.abs(sound.samples) > 0.3) / 48000
    assert abs(click - 1.6) <= 0.004
    original = media.probe(tmp_path / "a.mp4").duration_s or 0
    assert abs((media.probe(tmp_path / "p").duration_s or 0) - original) < 0.1


def test_nothing_of_the_originals_metadata_is_carried_over(tmp_path: Path, film: Callable[..., None]) -> None:
    film(tmp_path / "a.mp4", seconds=0.6, flash_s=0.3)
    proxy.make(tmp_path / "a.mp4", tmp_path / "p")
    data = (tmp_path / "p").read_bytes()
    assert b"canary-metadata" in (tmp_path / "a.mp4").read_bytes()
    assert b"canary" not in data
    assert b"+43.3412" not in data


def test_the_same_recording_gives_the_same_proxy(tmp_path: Path, film: Callable[..., None]) -> None:
    film(tmp_path / "a.mp4", seconds=0.6, flash_s=0.3)
    proxy.make(tmp_path / "a.mp4", tmp_path / "p")
    proxy.make(tmp_path / "a.mp4", tmp_path / "q")
    assert (tmp_path / "p").read_bytes() == (tmp_path / "q").read_bytes()
