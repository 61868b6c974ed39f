"""Nobody is named in what leaves until somebody has cleared the name; what was cleared can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kuager.errors import RefusedError, UsageError
from kuager.examine import Pool
from kuager.examine.casework import examine_case
from kuager.faces.page import publish
from kuager.record.acquiring import Acquisition
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.intake import add
from kuager.record.source import make_source
from kuager.release import clear, derive, export_bag, release
from kuager.release.clearing import (
    clear_name,
    clear_place,
    cleared_names,
    known_people,
    take_back,
    take_back_name,
)
from kuager.release.consent import give_consent
from kuager.release.permission import Permissions
from kuager.weigh import event, remark

OWN = """Three Detained After March In Karatau

By Anna Writer

KARATAU -- Police detained three people on Saturday, Interior Minister Ruslan Temirov said.

"We counted nine bodies," Aigul Serikova, a nurse at the city hospital, told reporters.

Rakhat Ibraev, 28, was among the dead, his sister Dana Ibraeva said. I. K. Omarov was wounded.

Серикова рассказала об этом журналистам. Аты-жөні: Айгүл Серікова.

Human Rights Watch called for an investigation.
"""
PRIVATE = ("Serikova", "Aigul", "Ibraev", "Rakhat", "Dana", "Omarov", "Серикова", "Серікова")

BytesOf = Callable[[Path], bytes]


def make(folder: Path, *pages: tuple[str, bytes], examined: bool = True) -> Case:
    """A case that holds public pages, read by the page examiner."""
    home = Home(folder / "home")
    case = Case.create(folder / "case", home.signer(), title="Named", identities=home.identities())
    for name, data in pages:
        (folder / name).write_bytes(data)
        add(case, [folder / name], Acquisition(public=True))
    if examined:
        with Pool(1) as pool:
            examine_case(case, pool, only=["page"])
    return case


def shown(case: Case, folder: Path, everything_in: BytesOf) -> str:
    """Everything that a publication holds, as text."""
    publish(case, folder)
    return everything_in(folder).decode("utf-8", "replace")


def test_private_people_are_masked_wherever_they_are_named(tmp_path: Path, everything_in: BytesOf) -> None:
    case = make(tmp_path, ("page.txt", OWN.encode()))
    remark.note(case, remark.UNKNOWN, "Whether Aigul SERIKOVA or Marat Dzhaksybekov saw it.")
    remark.ask(case, "Ruslan Temirov", "We asked about Serikova.", "2026-05-04")
    (case.folder / "story.md").write_text("As nurse Serikova said, nobody came. Syerikova's sister agreed.\n")
    left = shown(case, tmp_path / "page", everything_in)
    for name in (*PRIVATE, "SERIKOVA", "Dzhaksybekov", "Temirov"):
        assert name not in left, name
    for kept in ("Human Rights Watch", "Interior Minister", "a nurse at the city hospital", "nine bodies"):
        assert kept in left, kept


def test_people_in_office_are_proposed_and_masked_until_cleared(tmp_path: Path, everything_in: BytesOf) -> None:
    case = make(tmp_path, ("page.txt", OWN.encode()))
    proposed = {known.person.name for known in known_people(case) if known.person.office}
    assert proposed == {"Ruslan Temirov", "Anna Writer"}
    assert cleared_names(case) == ()
    clear_name(case, "Ruslan Temirov", "He spoke as minister.")
    left = shown(case, tmp_path / "page", everything_in)
    assert "Temirov" in left
    assert "He spoke as minister" not in left
    assert not any(name in left for name in PRIVATE)
    states = {known.person.name: known.state for known in known_people(case)}
    assert (states["Ruslan Temirov"], states["Anna Writer"]) == ("cleared", "masked")


def test_what_was_cleared_is_taken_back(tmp_path: Path, everything_in: BytesOf) -> None:
    case = make(tmp_path, ("page.txt", OWN.encode()))
    clear_name(case, "Ruslan Temirov", "He spoke as minister.")
    assert "Temirov" in shown(case, tmp_path / "page", everything_in)
    take_back_name(case, "Руслан Темиров", "He left office.")
    # a bag that is made before anything is made anew does not hold the older text
    (item,) = release(case, "page").items
    assert item.made == ()
    export_bag(case, tmp_path / "bag")
    kept = {
        path for path in (tmp_path / "bag").rglob("*") if b"quotes" in (path.read_bytes() if path.is_file() else b"")
    }
    assert kept == set()
    assert "Temirov" not in shown(case, tmp_path / "page", everything_in)
    with pytest.raises(UsageError):
        take_back_name(case, "Ruslan Temirov", "Again.")


def test_a_cleared_item_is_taken_back(make_sample: Any) -> None:
    sample = make_sample("Taken back")
    case, film = sample.case, sample.items["film"]
    with pytest.raises(UsageError):
        take_back(case, film, "x")
    sample.let_out("film", "because")
    assert Permissions(case).held(case.item(film)) is None
    take_back(case, film, "They are in danger now.")
    held = Permissions(case).held(case.item(film))
    assert held is not None
    assert held.waits_for == "not_cleared"
    assert film not in {item.id for item in release(case, "page").items}
    clear(case, film, "It is over.")
    assert Permissions(case).held(case.item(film)) is None


def test_a_private_place_leaves_only_when_cleared(make_sample: Any) -> None:
    case = make_sample("Places").case
    place = event.record_place(case, "the bakery", "43.5", "53.2", 20, private=True)
    assert release(case, "page").written.places == ()
    clear_place(case, place.id[:6], "It is a ruin now, nobody lives there.")
    assert [each.id for each in release(case, "page").written.places] == [place.id]
    clear_place(case, place.id, "Somebody came back.", back=True)
    assert release(case, "page").written.places == ()


def test_the_name_of_a_source_needs_their_consent(tmp_path: Path, everything_in: BytesOf) -> None:
    case = make(tmp_path, ("page.txt", OWN.encode()))
    source = make_source(case, "Name: Aigul Serikova, nurse\n+7 701 123-45-67")
    with pytest.raises(RefusedError) as refused:
        clear_name(case, "Aigul Serikova", "She said so.")
    assert source in refused.value.message
    assert "Serikova" not in refused.value.message
    give_consent(case, source, {"name": True})
    clear_name(case, "Aigul Serikova", "She said so.")
    assert "Serikova" in shown(case, tmp_path / "page", everything_in)
    give_consent(case, source, {"name": False})
    with pytest.raises(RefusedError, match=f"identity of {source}"):
        publish(case, tmp_path / "page")


def test_a_telephone_number_is_found_however_it_is_grouped(tmp_path: Path) -> None:
    case = make(tmp_path, ("page.txt", b"A Notice\n\nThe committee said: call 8 (701) 1234567 at any time.\n"))
    make_source(case, "Somebody\n+7 701 123-45-67")
    with pytest.raises(RefusedError, match="line 2"):
        publish(case, tmp_path / "page")


def test_ids_tell_nothing_of_a_name(tmp_path: Path, everything_in: BytesOf) -> None:
    """What a reading calls people is made of their names; on the page these ids are others."""
    from kuager.instruments.text import read

    case = make(tmp_path, ("page.txt", OWN.encode()))
    reading = read(OWN.encode(), "text/plain")
    named = [source for source in reading.sources if source.kind == "person" and not source.anonymous]
    assert named
    left = shown(case, tmp_path / "page", everything_in)
    for source in reading.sources:
        assert source.id not in left
    for statement in reading.statements:
        assert statement.id not in left


def test_clearing_needs_a_name_and_a_reason(tmp_path: Path) -> None:
    case = make(tmp_path, ("page.txt", OWN.encode()), examined=False)
    for name, because in (("", "x"), ("Ruslan", " "), ("…", "x"), ("x" * 500, "x")):
        with pytest.raises(UsageError):
            clear_name(case, name, because)
    with pytest.raises(UsageError):
        clear_place(case, "zzzz", "x")


@pytest.mark.inputs
def test_the_real_page_names_nobody_until_cleared(inputs: Path, tmp_path: Path, everything_in: BytesOf) -> None:
    data = (inputs / "page" / "zhanaozen-2011.txt").read_bytes()
    case = make(tmp_path, ("zhanaozen.txt", data))
    people = {known.person.name: known for known in known_people(case)}
    assert {name for name, known in people.items() if known.person.standing == "comments"} >= {"William Courtney", "JM"}
    officials = {"Erlan Idrissov", "Nurdaulet Suindikov", "Nursultan Nazarbaev", "Kalmuhanbet Kasymov"}
    assert officials <= {name for name, known in people.items() if known.person.office}
    (case.folder / "story.md").write_text(
        "Courtney, Syundikov and Nazarbayev were quoted. William Courtney commented.\n"
    )
    left = shown(case, tmp_path / "page", everything_in)
    families = (
        "Courtney",
        "Idrissov",
        "Suindikov",
        "Syundikov",
        "Nazarba",
        "Kasymov",
        "Allnutt",
        "Solash",
        "Gorbachev",
    )
    for name in families:
        assert name not in left, name
    for kept in ("Human Rights Watch", "Emergency Situations Ministry", "Kazakh authorities", "Zhanaozen"):
        assert kept in left, kept
    clear_name(case, "Erlan Idrissov", "He spoke in public as ambassador.")
    clear_name(case, "Nursultan Nazarbaev", "He was president.")
    left = shown(case, tmp_path / "page", everything_in)
    assert "Idrissov" in left
    assert "Nazarbaev" in left
    assert "Nazarbayev" in left  # the same name in another spelling, in editors' words
    assert "Suindikov" not in left
    said = json.loads((tmp_path / "page" / "data" / "page.json").read_text())
    assert "Erlan Idrissov" in {source["name"] for source in said["sources"]}


def test_a_page_that_changes_nothing_is_not_made_again(tmp_path: Path) -> None:
    case = make(tmp_path, ("page.txt", OWN.encode()))
    assert derive(case).made == 1
    assert derive(case).made == 0
    clear_name(case, "Ruslan Temirov", "He spoke as minister.")
    assert derive(case).made == 1
