"""Cases: making, finding, opening; keys of people; what a reader gets."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kuager.errors import KuagerError, RefusedError, UsageError
from kuager.record import intake
from kuager.record.case import SETTINGS, Case, find
from kuager.record.home import Home
from kuager.record.membership import admit, revoke
from kuager.record.payload import Draft
from kuager.record.source import make_source
from kuager.record.verification import verify


def test_a_case_is_made_whole_or_not_at_all(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(UsageError):
        Case.create(tmp_path / "full", home.signer())
    (tmp_path / "file").touch()
    with pytest.raises(UsageError):
        Case.create(tmp_path / "file", home.signer())
    monkeypatch.setattr("kuager.record.log.os.fdatasync", lambda file: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Case.create(tmp_path / "new", home.signer())
    monkeypatch.undo()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "full"]
    (tmp_path / "empty").mkdir()
    assert Case.create(tmp_path / "empty", home.signer()).size == 3


@pytest.mark.parametrize("title", ['He said "no" \\ yes', "line\nbreak", "Жаңаөзен", "\x7f", "# not a comment"])
def test_any_title_stands_in_the_settings(tmp_path: Path, home: Home, title: str) -> None:
    case = Case.create(tmp_path / "case", home.signer(), title=title)
    assert tomllib.loads((case.folder / SETTINGS).read_text("utf-8"))["title"] == title
    assert [entry.payload.body for entry in case.of_type("case_titled") if entry.payload] == [{"title": title}]


def test_a_case_is_found_upward(case: Case, tmp_path: Path) -> None:
    assert find(case.folder / "objects" / "ab") == case.folder
    with pytest.raises(UsageError):
        find(tmp_path / "elsewhere")
    with pytest.raises(KuagerError, match="no log"):
        Case.open(tmp_path / "elsewhere")


def test_reading_only_cannot_write(case: Case) -> None:
    reading = Case.open(case.folder)
    with pytest.raises(KuagerError, match="reading only"):
        reading.commit([Draft("remark", {})])
    with pytest.raises(UsageError):
        reading.entry(99)
    with pytest.raises(UsageError):
        reading.entry(-1)


def test_a_draft_that_has_no_form_harms_no_other(case: Case) -> None:
    size = case.size
    with pytest.raises(KuagerError):
        case.commit([Draft("remark", {"share": 0.5})])
    with pytest.raises(KuagerError):
        case.commit([Draft("remark", {"name": "\udcff"})])
    with pytest.raises(UsageError):
        case.commit([Draft("remark", {}, seal="nosuchseal")])
    assert case.commit([Draft("remark", {"share": "0.5"})]).first == size


def test_edited_settings_are_logged_by_the_next_writer(case: Case, home: Home) -> None:
    with open(case.folder / SETTINGS, "a") as file:
        file.write("shown = true\n")
    assert [note.kind for note in verify(case.folder).notes] == ["settings_changed"]
    case.commit([Draft("remark", {})])
    case.commit([Draft("remark", {})])
    assert len(case.of_type("settings")) == 2
    assert not verify(case.folder, home=home).notes


def test_an_admitted_key_opens_what_was_there_and_a_revoked_one_does_not(
    case: Case, home: Home, other: Home, tmp_path: Path
) -> None:
    source = make_source(case, "the name")
    handle = case.handles_of(source)[0]
    before = Case.open(case.folder, other.signer(), other.identities())
    assert not before.can_open(handle)
    admit(case, other.signer().public_key, other.signer().recipient, "investigator")
    theirs = Case.open(case.folder, other.signer(), other.identities())
    theirs.unlock(handle, "to call them")
    assert "the name" in [e.payload.body.get("identity") for e in theirs.citing(source) if e.payload]
    (tmp_path / "f").write_bytes(b"secret")
    item = intake.add(case, [tmp_path / "f"], restricted=True).items[0]
    theirs.refresh()
    assert theirs.can_open(theirs.handles_of(item.id)[0])
    revoke(case, other.signer().key_id, "left")
    after = Case.open(case.folder, other.signer(), other.identities())
    assert not after.can_open(handle)
    with pytest.raises(RefusedError):
        after.commit([Draft("remark", {})])
    with pytest.raises(UsageError):
        revoke(case, home.signer().key_id, "nobody would be left")
    assert verify(case.folder, home=home).ok


def test_restricted_bytes_need_an_entry_first(case: Case, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"secret")
    item = intake.add(case, [tmp_path / "f"], restricted=True).items[0].id
    stored = case.item(item).stored
    assert stored is not None
    with pytest.raises(RefusedError):
        case.open_object(stored.sha256, stored.handle)
    case.unlock(stored.handle or "", "to see it")
    with case.open_object(stored.sha256, stored.handle) as file:
        assert file.read() == b"secret"
    assert case.item(item).name == "f"
    with pytest.raises(KuagerError):
        case.open_object("0" * 64)


def test_damage_in_the_middle_is_shown_as_such(case: Case) -> None:
    n = case.commit([Draft("remark", {"text": "one"})]).first
    case.commit([Draft("remark", {"text": "two"})])
    path = case.folder / "payloads.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"text":"one"', b'"text":\x00one"'))
    states = [entry.state for entry in Case.open(case.folder).entries(n)]
    assert states == ["unreadable", "clear"]
