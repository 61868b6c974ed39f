from pathlib import Path

import numpy as np
import pytest

from kuager.drill.formats import FORMATS, MORE, Format, frame_times, write_recording
from kuager.instruments import media

SECONDS = 2.5


def write(path: Path, form: Format) -> np.ndarray:
    times = frame_times(np.random.default_rng(4), form, SECONDS)
    samples = np.zeros(round(SECONDS * form.rate), dtype=np.float32)
    at = round(1.25 * form.rate)
    samples[at : at + 40] = 0.8 * np.hanning(40)

    def draw(number: int) -> np.ndarray:
        picture = np.full((48, 64, 3), 40, dtype=np.uint8)
        if times[number] >= 1.25:
            picture[:] = 220
        return picture

    write_recording(path, form, samples if form.sound else None, times, draw, "DRILL test")
    return times


@pytest.mark.parametrize("form", FORMATS + MORE, ids=lambda one: f"{one.suffix}-{one.picture}-{one.sound}")
def test_sound_and_picture_share_one_zero_and_bytes_repeat(form: Format, tmp_path: Path) -> None:
    path, again = tmp_path / f"a.{form.suffix}", tmp_path / f"b.{form.suffix}"
    times = write(path, form)
    write(again, form)
    assert path.read_bytes() == again.read_bytes()
    shown = list(media.pictures(path))
    assert [one.time_s for one in shown] == pytest.approx(list(times), abs=1.1e-3)
    lit = next(one.time_s for one in shown if one.image.mean() > 130)
    assert lit == pytest.approx(times[times >= 1.25][0], abs=1.1e-3)
    if form.sound:
        sound = media.sound(path, form.rate)
        click = sound.start_s + int(np.argmax(np.abs(sound.samples))) / form.rate
        assert click == pytest.approx(1.25 + 20 / form.rate, abs=1e-3 + sound.delay_sd_s)
    else:
        with pytest.raises(media.NoSound):
            media.sound(path)


def test_a_variable_rate_varies_and_a_constant_one_does_not() -> None:
    rng = np.random.default_rng(1)
    variable = np.diff(frame_times(rng, FORMATS[1], 20.0))
    constant = np.diff(frame_times(rng, FORMATS[0], 20.0))
    assert variable.std() > 0.003
    assert variable.min() > 0
    assert constant.std() < 1e-5
