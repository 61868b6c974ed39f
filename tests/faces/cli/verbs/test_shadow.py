"""``kuager shadow``: the place and the time from which a shadow was computed are among the possible ones."""

import csv
import json
import math
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from kuager.errors import UsageError
from kuager.faces.cli.main import main
from kuager.instruments.sun import Shadow, sun_position, when, where, zone_of

PLACE = (43.34, 52.86)


def measured(moment, place=PLACE):
    sun = sun_position(*place, moment)
    return 1 / math.tan(math.radians(float(sun.elevation_deg))), (float(sun.azimuth_deg) + 180) % 360


@pytest.mark.parametrize("moment", ["2011-12-16T06:30:00Z", "2011-06-01T04:00:00Z", "2024-03-20T11:00:00Z"])
def test_the_true_place_is_possible_and_most_of_the_globe_is_not(moment):
    ratio, azimuth = measured(moment)
    at = datetime.fromisoformat(moment)
    places = where([(Shadow(ratio, 0.05, azimuth, 3.0), at)])
    row = int(np.abs(places.latitude - PLACE[0]).argmin())
    column = int(np.abs(places.longitude - PLACE[1]).argmin())
    assert places.answer.possible[row, column]
    assert places.answer.possible.mean() < 0.05


def test_a_second_shadow_narrows_the_first():
    moments = [datetime(2011, 12, 16, 6, 30, tzinfo=UTC), datetime(2011, 12, 16, 9, 0, tzinfo=UTC)]
    shadows = [(Shadow(measured(at)[0], 0.1), at) for at in moments]
    assert 0 < where(shadows, 1.0).area_km2 < 0.2 * where(shadows[:1], 1.0).area_km2


def test_the_whole_globe_has_the_earths_surface():
    shadow = Shadow(1.0, 900.0)
    at = datetime(2011, 12, 16, 6, 30, tzinfo=UTC)
    lit = where([(shadow, at)], 1.0, 0.999999).area_km2
    assert lit == pytest.approx(510e6 / 2, rel=0.02)


def test_local_clock_time_is_turned_into_utc(capsys):
    ratio, azimuth = measured("2011-12-16T06:30:00Z")
    measure = f"ratio={ratio:.3f}±0.05,azimuth={azimuth:.1f}±3"
    answers = []
    for time, zone in (("06:30", "UTC"), ("11:30", "+05:00"), ("11:30", "Asia/Aqtau")):
        words = ["shadow", "--shadow", f"2011-12-16T{time},{measure}", "--zone", zone, "--step", "1", "--json"]
        assert main(words) == 0
        answers.append(json.loads(capsys.readouterr().out)["where"])
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    ("place", "clock"), [((43.34, 52.86), "09:30"), ((-33.9, 18.4), "07:30"), ((52.0, -178.0), "18:30")]
)
def test_local_time_means_each_places_own(capsys, place, clock):
    """Clocks of 3, 1 and −12 hours at 06:30 UTC: whoever knows the place's zone and whoever does not agree there."""
    ratio, azimuth = 2.0, 340.0
    measure = f"{clock},ratio={ratio}±3,azimuth={azimuth}±60"
    at = datetime.fromisoformat(f"2011-12-16T{clock}")
    shadow = Shadow(ratio, 0.5, azimuth, 60.0)
    hours = round(place[1] / 15)
    known = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    own, given = (where([(shadow, moment)], 1.0) for moment in (at, known))
    columns = np.abs(own.longitude - hours * 15) < 7.4
    assert np.array_equal(own.answer.misfit[:, columns], given.answer.misfit[:, columns])
    assert not np.array_equal(own.answer.possible, given.answer.possible)
    assert main(["shadow", "--shadow", f"2011-12-16T{measure}", "--zone", "local", "--step", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["where"]["cells"] > 0


def test_when_by_the_places_own_time(capsys):
    ratio, azimuth = measured("2011-12-16T06:30:00Z")
    words = ["shadow", "--shadow", f"-,ratio={ratio},azimuth={azimuth}±2", "--zone", "local", "--lat", "43.34"]
    assert main([*words, "--lon", "52.86", "--days", "2011-12-16", "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)["when"]
    assert found["start"].endswith("+04:00")
    assert datetime.fromisoformat(found["start"]) <= datetime.fromisoformat("2011-12-16T06:30:00+00:00")


def test_when_finds_the_moment_on_each_day(capsys, tmp_path):
    ratio, azimuth = measured("2011-12-16T06:30:00Z")
    out = tmp_path / "times.csv"
    words = ["shadow", "--shadow", f"-,ratio={ratio},azimuth={azimuth}±2", "--zone", "+05:00", "--lat", "43.34"]
    words += ["--lon", "52.86", "--days", "2011-12-15..2011-12-17", "--csv", str(out), "--json"]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)["when"]
    assert len(found) == 3
    at = datetime.fromisoformat("2011-12-16T11:30:00+05:00")
    assert datetime.fromisoformat(found[1]["start"]) <= at <= datetime.fromisoformat(found[1]["end"])
    assert len(list(csv.reader(out.open()))) == 4


def test_shadows_of_one_moment_narrow_the_time(capsys):
    ratio, azimuth = measured("2011-12-16T06:30:00Z")
    place = ["--zone", "+05:00", "--lat", "43.34", "--lon", "52.86", "--days", "2011-12-16", "--json"]
    lengths = []
    for shadows in ([f"-,ratio={ratio:.4f}±0.3"], [f"-,ratio={ratio:.4f}±0.3", f"-,azimuth={azimuth:.2f}±3"]):
        assert main(["shadow", *(word for one in shadows for word in ("--shadow", one)), *place]) == 0
        found = json.loads(capsys.readouterr().out)["when"]
        ends = [[datetime.fromisoformat(one[end]) for end in ("start", "end")] for one in found]
        assert any(start <= datetime(2011, 12, 16, 6, 30, tzinfo=UTC) <= end for start, end in ends)
        lengths.append(sum((end - start).total_seconds() for start, end in ends))
    assert lengths[1] < lengths[0]
    mixed = ["--shadow", "-,ratio=2", "--shadow", "2011-12-16T06:30:00,ratio=2"]
    assert main(["shadow", *mixed, *place]) == 2


def test_geojson_holds_the_true_place(tmp_path):
    ratio, azimuth = measured("2011-12-16T06:30:00Z")
    out = tmp_path / "places.geojson"
    words = ["shadow", "--shadow", f"2011-12-16T06:30:00Z,ratio={ratio},azimuth={azimuth}", "--geojson", str(out)]
    assert main(words) == 0
    polygons = json.loads(out.read_text())["geometry"]["coordinates"]
    assert any(ring[0][0] <= PLACE[1] <= ring[1][0] and ring[0][1] <= PLACE[0] <= ring[2][1] for (ring,) in polygons)


@pytest.mark.parametrize(
    "words",
    [
        ["--shadow", "2011-12-16T06:30:00Z"],
        ["--shadow", "2011-12-16T06:30:00Z,length=3"],
        ["--shadow", "noon,ratio=1"],
        ["--shadow", "2011-12-16T06:30:00Z,ratio=1", "--zone", "Mars/Olympus"],
        ["--shadow", "2011-12-16T06:30:00Z,ratio=1", "--lat", "43"],
        ["--shadow", "-,ratio=1", "--lat", "43", "--lon", "52", "--days", "2012-01-02..2012-01-01"],
    ],
)
def test_what_makes_no_sense_is_a_usage_error(words):
    assert main(["shadow", *words]) == 2


def test_nothing_possible_is_the_answer_no():
    moments = ["2011-06-21T06:30:00Z", "2011-06-21T06:31:00Z"]
    words = ["shadow", "--shadow", f"{moments[0]},azimuth=10±1", "--shadow", f"{moments[1]},azimuth=200±1"]
    words += ["--shadow", f"{moments[1]},ratio=0.3±0.01", "--step", "2"]
    assert main(words) == 1


def test_days_of_a_zone_with_summer_time_have_their_own_length():
    zone = zone_of("Europe/Berlin")
    found = when([Shadow(1.0, 900.0)], 52.5, 13.4, [datetime(2011, 3, 27).date()], zone)
    assert found[0].start.astimezone(zone).date() == datetime(2011, 3, 27).date()
    with pytest.raises(UsageError):
        when([Shadow(1.0)], 52.5, 13.4, [], zone)
