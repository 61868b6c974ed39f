"""A shadow cast by a known sun is possible there and then, and not where or when it could not fall."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kuager.errors import UsageError
from kuager.instruments.sun import Shadow, possible, sun_position

NOON = "2011-12-16T08:30:00Z"
LAT, LON = 43.34, 52.86


def cast(lat: float, lon: float, when: str) -> tuple[float, float]:
    sun = sun_position(lat, lon, when)
    return 1 / float(np.tan(np.radians(sun.elevation_deg))), float(sun.azimuth_deg + 180) % 360


@given(st.floats(-60, 60), st.floats(-170, 170), st.integers(0, 365), st.floats(0, 23.9))
def test_what_the_sun_casts_is_possible(lat: float, lon: float, day: int, hour: float) -> None:
    when = np.datetime64("2011-01-01T00:00:00") + np.timedelta64(round(day * 86400 + hour * 3600), "s")
    assume(float(sun_position(lat, lon, when).elevation_deg) > 2)
    ratio, azimuth = cast(lat, lon, str(when))
    assert bool(possible([(Shadow(ratio=ratio, azimuth_deg=azimuth), when)], lat, lon).possible)


def test_where_both_measures_narrow_one() -> None:
    ratio, azimuth = cast(LAT, LON, NOON)
    lat, lon = np.meshgrid(np.arange(-60, 75, 0.5), np.arange(-180, 180, 0.5), indexing="ij")
    one = possible([(Shadow(ratio=ratio, ratio_sd=0.1), NOON)], lat, lon).possible
    both = possible([(Shadow(ratio=ratio, ratio_sd=0.1, azimuth_deg=azimuth), NOON)], lat, lon).possible
    here = (np.abs(lat - 43.5) < 0.3) & (np.abs(lon - 53) < 0.3)
    assert one[here].all()
    assert both[here].all()
    assert 0 < both.sum() < one.sum() / 4
    assert not (both & ~one & (lat < 0)).any()


def test_two_shadows_narrow_further() -> None:
    later = "2011-12-16T10:30:00Z"
    lat, lon = np.meshgrid(np.arange(20, 70, 0.5), np.arange(20, 90, 0.5), indexing="ij")
    first = (Shadow(ratio=cast(LAT, LON, NOON)[0], ratio_sd=0.1), NOON)
    second = (Shadow(ratio=cast(LAT, LON, later)[0], ratio_sd=0.1), later)
    assert possible([first, second], lat, lon).possible.sum() < possible([first], lat, lon).possible.sum() / 2


def test_when_scans_dates() -> None:
    ratio, azimuth = cast(LAT, LON, NOON)
    days = np.arange("2011-01-01T08:30", "2012-01-01T08:30", np.timedelta64(1, "D"), dtype="datetime64[m]")
    found = possible([(Shadow(ratio=ratio, ratio_sd=0.05, azimuth_deg=azimuth, azimuth_sd_deg=2), days)], LAT, LON)
    assert found.possible[np.flatnonzero(days == np.datetime64(NOON[:16]))[0]]
    assert found.possible.sum() < 60
    assert not found.possible[150:220].any()


def test_the_error_rate_is_what_it_says() -> None:
    random = np.random.default_rng(7)
    ratio, azimuth = cast(LAT, LON, NOON)
    kept = 0
    for _ in range(2000):
        # Noise as the model has it: on the angle for the ratio (with the sun's width), on the direction.
        angle = np.degrees(np.arctan2(1, ratio)) + random.normal(0, np.hypot(np.degrees(0.1 / (1 + ratio**2)), 0.27))
        shadow = Shadow(1 / np.tan(np.radians(angle)), 0.1, azimuth + random.normal(0, 3), 3.0)
        kept += bool(possible([(shadow, NOON)], LAT, LON).possible)
    assert 0.93 <= kept / 2000 <= 0.97


def test_at_night_nothing_is_possible() -> None:
    assert not possible([(Shadow(azimuth_deg=10, azimuth_sd_deg=90), "2011-12-16T20:00Z")], LAT, LON).possible.any()


def test_a_vague_clock_allows_more() -> None:
    ratio, _ = cast(LAT, LON, NOON)
    times = np.arange("2011-12-16T04:00", "2011-12-16T12:00", np.timedelta64(10, "m"), dtype="datetime64[m]")
    sharp = possible([(Shadow(ratio=ratio, ratio_sd=0.02), times)], LAT, LON).possible.sum()
    vague = possible([(Shadow(ratio=ratio, ratio_sd=0.02, time_sd_s=1800), times)], LAT, LON).possible.sum()
    assert vague > sharp


@pytest.mark.parametrize("fields", [{}, {"ratio": 0.0}, {"ratio": -1.0}, {"ratio": 1.0, "ratio_sd": 0.0}])
def test_what_is_no_shadow_is_refused(fields: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        Shadow(**fields)
