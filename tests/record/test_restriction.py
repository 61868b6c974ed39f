"""Restricting and erasing: what is left in the folder, and that the log still verifies."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from kuager.errors import KuagerError, UsageError
from kuager.record import intake, payload, seal
from kuager.record.case import Case
from kuager.record.erasure import erase
from kuager.record.home import Home
from kuager.record.payload import Draft
from kuager.record.restriction import restrict
from kuager.record.source import make_source
from kuager.record.verification import verify

CANARY = b"CANARY-\xd0\x90-49151"


def holding(folder: Path, canary: bytes, identities: list[str]) -> list[str]:
    """The files that hold the canary: in their bytes, their names, or in what the keys at hand open of them."""
    found = []
    secrets = list(identities)
    for key in folder.glob("keys/*.age"):
        secrets.append(seal.open(key.read_bytes(), identities).decode().strip())
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        data = path.read_bytes()
        parts = [data, path.name.encode()]
        if data.startswith(b"age-encryption.org"):
            parts += opened(data, secrets)
        if path.name == "payloads.jsonl":
            for line in data.splitlines():
                if payload.state_of(line) == "restricted":
                    parts += opened(payload.restricted_parts(line)[1], secrets)
        if any(canary in part for part in parts):
            found.append(str(path.relative_to(folder)))
    return found


def opened(data: bytes, identities: list[str]) -> list[bytes]:
    try:
        return [seal.open(data, identities)]
    except KuagerError:
        return []


def with_canary(case: Case, tmp_path: Path, restricted: bool) -> str:
    """An item whose bytes, name, findings and decisions hold the canary."""
    path = tmp_path / "in" / f"{CANARY.decode()}.txt"
    path.parent.mkdir()
    path.write_bytes(b"text " + CANARY)
    added = intake.add(case, [path], restricted=restricted)
    item = added.items[0].id
    text = CANARY.decode()
    first = case.commit([Draft("examined", {"item": item, "result": {"text": text}}, (item,))]).first
    second = case.commit([Draft("remark", {"text": text}, (f"#{first}",))]).first
    case.commit([Draft("remark", {"text": text}, (f"#{second}",))])
    (case.folder / "derived" / item).mkdir()
    (case.folder / "derived" / item / "text").write_bytes(CANARY)
    (case.folder / "lost+found" / "x").write_bytes(CANARY)
    case.items()
    assert len(list(case.index.rows("SELECT * FROM entries"))) == case.size
    return item


@pytest.mark.parametrize("restricted", [False, True])
@pytest.mark.parametrize("first_restrict", [False, True])
def test_erased_text_cannot_be_recovered(
    case: Case, home: Home, tmp_path: Path, restricted: bool, first_restrict: bool
) -> None:
    item = with_canary(case, tmp_path, restricted)
    if first_restrict:
        restrict(case, item, "at risk")
    assert holding(case.folder, CANARY, home.identities())
    erased = erase(case, item, "asked to")
    assert holding(case.folder, CANARY, home.identities()) == []
    assert item.encode() not in (case.folder / "index.db").read_bytes() if (case.folder / "index.db").exists() else True
    assert erased.objects == 1 or first_restrict
    assert erased.unopened == 0
    assert len(erased.lines) >= 7
    outcome = verify(case.folder, home=home)
    assert outcome.ok, outcome.problems
    assert case.item_ids() == []
    assert {entry.state for entry in case.entries() if entry.n in erased.lines} == {"erased"}
    with Case.open(case.folder, home.signer()) as again:
        assert again.commit([Draft("case_titled", {"title": "on"})]).first == case.size
    with pytest.raises(UsageError):
        erase(case, item, "again")


def test_restricting_an_item_leaves_nothing_readable(case: Case, home: Home, tmp_path: Path) -> None:
    item = with_canary(case, tmp_path, False)
    done = restrict(case, item, "a person is at risk")
    assert holding_clear(case.folder, CANARY) == []
    assert done.objects == 1
    outcome = verify(case.folder, home=home)
    assert outcome.ok, outcome.problems
    assert verify(case.folder).ok
    assert case.item(item).name is None
    assert not case.item(item).public
    handle = case.handles_of(item)[0]
    case.unlock(handle, "to look")
    found = case.item(item)
    assert found.stored is not None
    assert found.stored.handle == handle
    with case.open_object(found.stored.sha256, handle) as opened_file:
        assert opened_file.read() == b"text " + CANARY
    assert [entry.payload.type for entry in case.entries() if entry.payload][-1] == "opened"
    with pytest.raises(UsageError, match="restricted already"):
        restrict(case, item, "again")


def holding_clear(folder: Path, canary: bytes) -> list[str]:
    return [str(p) for p in folder.rglob("*") if p.is_file() and canary in p.read_bytes()]


def test_restricting_or_erasing_one_entry(case: Case, home: Home) -> None:
    n = case.commit([Draft("remark", {"text": CANARY.decode()})]).first
    restrict(case, f"#{n}", "names someone")
    assert holding_clear(case.folder, CANARY) == []
    assert case.entry(n).state == "restricted"
    assert verify(case.folder, home=home).ok
    erase(case, f"#{n}", "asked to")
    assert case.entry(n).state == "erased"
    assert holding(case.folder, CANARY, home.identities()) == []
    assert verify(case.folder, home=home).ok
    for fixed in (0, 1):
        with pytest.raises(UsageError):
            erase(case, f"#{fixed}", "x")
        with pytest.raises(UsageError):
            restrict(case, f"#{fixed}", "x")


def test_identity_is_restricted_from_the_first_byte(case: Case, home: Home, tmp_path: Path) -> None:
    source = make_source(case, CANARY.decode(), at_risk=True)
    assert holding_clear(case.folder, CANARY) == []
    handle = case.handles_of(source)[0]
    with pytest.raises(KuagerError):
        Case.open(case.folder).unlock(handle, "no key")
    case.unlock(handle, "to call them")
    bodies = [entry.payload.body for entry in case.citing(source) if entry.payload]
    shown = [body["identity"] for body in bodies if "identity" in body]
    assert shown == [CANARY.decode()]
    erase(case, source, "they asked")
    assert holding(case.folder, CANARY, home.identities()) == []
    assert verify(case.folder, home=home).ok


def test_restricted_case_encrypts_everything(home: Home, tmp_path: Path) -> None:
    with Case.create(
        tmp_path / "c", home.signer(), title=CANARY.decode(), restricted=True, identities=home.identities()
    ) as case:
        (tmp_path / "f.txt").write_bytes(CANARY)
        added = intake.add(case, [tmp_path / "f.txt"], intake.Acquisition(channel=CANARY.decode()))
        again = intake.add(case, [tmp_path / "f.txt"])
        assert (added.items[0].new, again.items[0].new) == (True, False)
        assert again.items[0].id == added.items[0].id
        assert again.items[0].acquisition == 2
    assert holding_clear(tmp_path / "c", CANARY) == []
    assert base64.b64encode(CANARY) not in (tmp_path / "c" / "payloads.jsonl").read_bytes()
    states = [payload.state_of(line) for line in (tmp_path / "c" / "payloads.jsonl").read_bytes().splitlines()]
    clear = [entry.payload.type for entry in Case.open(tmp_path / "c").entries() if entry.payload]
    assert set(clear) == {"key_admitted", "sealed", "settings"}
    assert states.count("restricted") > 8
    outcome = verify(tmp_path / "c", home=home)
    assert outcome.ok, outcome.problems
    assert verify(tmp_path / "c").ok
    blind = Case.open(tmp_path / "c", home.signer())
    (tmp_path / "g.txt").write_bytes(b"other")
    assert intake.add(blind, [tmp_path / "g.txt"]).items[0].new is None


def test_erasing_keeps_an_object_that_another_item_names(case: Case, home: Home, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(CANARY)
    item = intake.add(case, [tmp_path / "f"]).items[0]
    body = {"item": "0" * 10, "sha256": item.sha256, "bytes": item.bytes, "handle": None}
    case.commit([Draft("preserved", body, ("0" * 10,))])
    assert erase(case, item.id, "x").objects == 0
    assert verify(case.folder, home=home).ok


def test_exports_that_hold_a_copy_are_named(case: Case, home: Home, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(CANARY)
    size = case.size
    early = case.commit([Draft("exported", {"manifest": "0" * 64, "at_size": size, "as": "bag"})]).first
    item = intake.add(case, [tmp_path / "f"]).items[0].id
    late = case.commit([Draft("published", {"manifest": "0" * 64, "at_size": case.size, "as": "page"})]).first
    assert erase(case, item, "x").exports == (late,)
    assert early < late
