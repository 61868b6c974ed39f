"""Events and places come in from tables and go out through the gate."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.faces.cli import main
from kuager.weigh.event import Event, Place
from kuager.weigh.gazetteer import _rows, events_table, places_table

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(
    lambda t: bool(t.strip())
)


EVENTS = st.builds(Event, st.just("x"), WORDS, st.just("2011-12-16"), st.none(), st.just("outage"), st.tuples(WORDS))
PLACES = st.builds(
    Place, st.just("x"), WORDS, st.floats(-90, 90), st.floats(-180, 180), st.just(5), WORDS, st.booleans()
)


@given(st.lists(EVENTS))
def test_events_come_back(tmp_path_factory: pytest.TempPathFactory, happened: list[Event]) -> None:
    import csv
    import io

    path = tmp_path_factory.getbasetemp() / "events.csv"
    path.write_bytes(events_table(happened))
    found = [row for _, row in _rows(path, ("title", "start"))]
    assert [(row["title"], row["start"], row["kind"]) for row in found] == [
        (e.title, e.start, e.kind) for e in happened
    ]
    assert [next(csv.reader(io.StringIO(row["sources"]), delimiter=";")) for row in found] == [
        list(e.sources) for e in happened
    ]


@given(st.lists(PLACES))
def test_places_come_back(tmp_path_factory: pytest.TempPathFactory, located: list[Place]) -> None:
    path = tmp_path_factory.getbasetemp() / "places.csv"
    path.write_bytes(places_table(located))
    found = [row for _, row in _rows(path, ("name", "latitude"))]
    assert [(r["name"], float(r["latitude"]), float(r["longitude"]), r["about"], r["private"]) for r in found] == [
        (p.name, p.latitude, p.longitude, p.about, "yes" if p.private else "no") for p in located
    ]


@pytest.fixture
def kuager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    monkeypatch.setenv("KUAGER_HOME", str(tmp_path / "home"))

    def run(*words: str, code: int = 0) -> Any:
        got = main([*words, "--json"])
        said = capsys.readouterr().out
        assert got == code, said
        return json.loads(said)

    return run


def test_tables_into_a_case_and_out_through_the_gate(kuager: Any, tmp_path: Path) -> None:
    case = str(tmp_path / "case")
    kuager("new", case)
    (tmp_path / "events.csv").write_text(
        "title,start,end,kind,sources\n"
        "A fire,2011-12-16,,,a monitor;another\nNo telephone,2011-12-16,2011-12-20,outage,\n"
    )
    (tmp_path / "places.csv").write_text(
        "name,latitude,longitude,radius_m,private\nThe square,43.34,52.86,200,no\nA flat,43.35,52.87,20,\n"
    )
    assert kuager("-C", case, "event", "--from", str(tmp_path / "events.csv")) == {"written": 2, "same": 0}
    assert kuager("-C", case, "event", "--from", str(tmp_path / "events.csv")) == {"written": 0, "same": 2}
    assert kuager("-C", case, "place", "--from", str(tmp_path / "places.csv")) == {"written": 2, "same": 0}
    assert kuager("-C", case, "export", str(tmp_path / "e.csv"), "--as", "events")["events"] == 2
    assert kuager("-C", case, "export", str(tmp_path / "p.csv"), "--as", "places")["places"] == 1
    assert "A flat" not in (tmp_path / "p.csv").read_text()  # private unless said otherwise
    assert kuager("-C", case, "event", "--from", str(tmp_path / "e.csv")) == {"written": 0, "same": 2}
    assert kuager("-C", case, "place", "--from", str(tmp_path / "p.csv")) == {"written": 0, "same": 1}


@pytest.mark.parametrize(
    ("verb", "text"),
    [
        ("event", "title,start\nA fire,2011-12-16\nAnother,soon\n"),
        ("event", "title\nA fire\n"),
        ("event", "title,start,kind\nA fire,2011,war\n"),
        ("event", "title,start,sources\nA fire,2011,i:zzzz\n"),
        ("place", "name,latitude,longitude,radius_m\nx,91,0,5\n"),
        ("place", "name,latitude,longitude,radius_m\nx,nan,0,5\n"),
        ("place", "name,latitude,longitude,radius_m\nx,1,1,-5\n"),
        ("place", f"name,latitude,longitude,radius_m\nx,1,1,{'1' * 5000}\n"),
        ("place", "name,latitude,longitude,radius_m\n,1,1,5\n"),
        ("place", 'name,latitude,longitude,radius_m\n"x,1,1,5\n'),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_written(kuager: Any, tmp_path: Path, verb: str, text: str) -> None:
    case = str(tmp_path / "case")
    kuager("new", case)
    (tmp_path / "in.csv").write_text(text)
    size = kuager("-C", case, "show")["checkpoint"]["size"]
    assert kuager("-C", case, verb, "--from", str(tmp_path / "in.csv"), code=3)["error"]["message"].startswith("in.csv")
    assert kuager("-C", case, "show")["checkpoint"]["size"] == size
