from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from kuager.instruments.copies import Archive, Fingerprint, match
from kuager.instruments.copies.sound import from_samples

RATE = 8000
Wave = NDArray[np.float64]


def event(seed: int, seconds: float) -> tuple[Wave, Wave]:
    """Voices in syllables, and a murmur from elsewhere."""
    rng = np.random.default_rng(seed)
    count = int(seconds * RATE)
    voices, murmur = (
        np.zeros(count),
        sosfilt(butter(2, [120, 2500], "bandpass", fs=RATE, output="sos"), rng.normal(0, 0.3, count)),
    )
    for _ in range(int(seconds * 3)):
        at, length = int(rng.integers(0, count - 4000)), int(rng.integers(1200, 4000))
        t = np.arange(length) / RATE
        pitch = rng.uniform(100, 300)
        voice = sum(np.sin(2 * np.pi * h * pitch * t + rng.uniform(0, 6)) / h for h in range(1, 9))
        voices[at : at + length] += rng.uniform(0.3, 1) * voice * np.hanning(length)
    return voices, murmur


def phone(heard: tuple[Wave, Wave], seed: int, delay: float, drift_ppm: float, seconds: float) -> Wave:
    """What one phone makes of an event: its distance to each source, its clock, the walls around it, its own noise."""
    rng = np.random.default_rng([seed, 7])
    count = int(seconds * RATE)
    at = delay * RATE + np.arange(count) * (1 + drift_ppm * 1e-6)
    own = sum(np.interp(at + rng.uniform(-0.02, 0.02) * RATE, np.arange(len(s)), s) for s in heard)
    echo = np.r_[1.0, rng.normal(0, 0.08, 400) * np.exp(-np.arange(400) / 90)]
    return np.convolve(own, echo)[:count] + rng.normal(0, 0.01, count)


def heard_as(wave: Wave, name: str = "made") -> Fingerprint:
    return Fingerprint(name, None, from_samples(wave.astype(np.float32)))


def archive_of(*waves: Wave) -> Archive:
    kept = Archive()
    for wave in waves:
        kept.add(heard_as(wave))
    return kept


@pytest.fixture(scope="module")
def first() -> Wave:
    return phone(event(1, 14), 1, 0.1, 3.0, 12)


@pytest.mark.parametrize(
    "change",
    [
        lambda x, _: 0.2 * x,
        lambda x, rng: x + rng.normal(0, 0.02 * x.std(), len(x)),
        lambda x, _: np.clip(3 * x, -0.5, 0.5),
        lambda x, _: sosfilt(butter(1, 400, "highpass", fs=RATE, output="sos"), x),
    ],
    ids=["quieter", "noisier", "clipped", "thinner"],
)
def test_the_same_signal_is_a_copy_wherever_it_was_cut(first: Wave, change: object) -> None:
    rng = np.random.default_rng(0)
    excerpt = change(first, rng)[int(3.3 * RATE) : int(9.3 * RATE)]  # type: ignore[operator]
    found = match(archive_of(phone(event(5, 14), 5, 0, 0, 12), first), heard_as(excerpt))
    assert [(m.reference, m.kind, m.verdict) for m in found] == [(1, "sound", "copy")]
    assert found[0].query_start_s == pytest.approx(0, abs=0.3)
    assert found[0].query_end_s == pytest.approx(6, abs=0.3)
    assert found[0].reference_start_s == pytest.approx(3.3, abs=0.3)


@pytest.mark.parametrize("drift_ppm", [0.0, 18.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_two_phones_that_heard_one_event_are_no_copies(seed: int, drift_ppm: float) -> None:
    both = event(seed, 14)
    one, other = phone(both, 10, 0.1, 0.0, 12), phone(both, 11, 0.62, drift_ppm, 12)
    assert [m for m in match(archive_of(one), heard_as(other)) if m.verdict == "copy"] == []


def test_another_event_gives_nothing(first: Wave) -> None:
    assert match(archive_of(first), heard_as(phone(event(9, 14), 9, 0, 0, 12))) == []


def test_a_faster_sound_is_found_at_the_speed_the_pictures_tell(first: Wave) -> None:
    from kuager.instruments.copies.match import Match, match_sound

    fast = np.interp(np.arange(0, len(first) - 1, 1.25), np.arange(len(first)), first)
    told = Match(0, "picture", "copy", 0.99, 0.0, 9.5, 0.1, 12.0, 1.253, "as_is")
    found = match_sound(archive_of(first), heard_as(fast), None, [told])
    assert [(m.verdict, m.speed) for m in found] == [("copy", 1.25)]


def test_silence_has_no_print() -> None:
    assert from_samples(np.zeros(80_000, np.float32)) is None
    assert from_samples(np.zeros(10, np.float32)) is None
