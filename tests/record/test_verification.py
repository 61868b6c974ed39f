"""Verifying: every changed byte of a small case is found, and named where it is."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from kuager.record import checkpoint, entry
from kuager.record.case import Case
from kuager.record.home import Home
from kuager.record.key import VerifierKey
from kuager.record.membership import admit, revoke
from kuager.record.payload import Draft
from kuager.record.verification import Verification, verify


def kinds(outcome: Verification) -> list[str]:
    return [problem.kind for problem in outcome.problems]


def lines_named(outcome: Verification) -> set[int]:
    return {int(found[1]) for one in outcome.problems if (found := re.search(r"line (\d+)", one.where))}


def changed(data: bytes, at: int, by: int) -> bytes:
    return data[:at] + bytes([data[at] ^ by]) + data[at + 1 :]


def positions(length: int, step: int) -> list[tuple[int, int]]:
    """Every ``step``-th byte, each changed in a way that depends on where it is."""
    return [(at, (1, 0x20, 0x80, 0x0A)[at % 4]) for at in range(length % step, length, step)]


@pytest.fixture(params=[pytest.param(1, marks=pytest.mark.slow), 7])
def step(request: pytest.FixtureRequest) -> int:
    """Every byte in the long run, every seventh in the short one."""
    return int(request.param)


def test_untouched_case_is_well(small: Path, home: Home) -> None:
    outcome = verify(small, home=home)
    assert outcome.ok, outcome.problems
    assert not outcome.notes
    assert outcome.unopened == 0
    assert [anchor.by for anchor in outcome.anchored] == ["key"]


def test_without_a_key_restricted_payloads_are_counted(small: Path) -> None:
    outcome = verify(small)
    assert outcome.ok
    assert outcome.unopened == 3
    assert [note.kind for note in outcome.notes] == ["unopened"]
    assert outcome.anchored == ()


def test_verifying_changes_nothing_and_ignores_times(small: Path, home: Home) -> None:
    for path in small.rglob("*"):
        os.utime(path, (1, 1))
    before = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in small.rglob("*")}
    assert verify(small, home=home).ok
    assert before == {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in small.rglob("*")}


def test_every_byte_of_the_log(small: Path, home: Home, step: int) -> None:
    path = small / "log.jsonl"
    data = path.read_bytes()
    for at, by in positions(len(data), step):
        path.write_bytes(changed(data, at, by))
        outcome = verify(small, home=home)
        line = data[:at].count(b"\n")
        assert not outcome.ok, at
        assert lines_named(outcome) == {line}, (at, line, outcome.problems)
        assert kinds(outcome) == ["entry_changed"] or line == 0, (at, outcome.problems)


def test_every_byte_of_the_payloads(small: Path, home: Home, step: int) -> None:
    path = small / "payloads.jsonl"
    data = path.read_bytes()
    for at, by in positions(len(data), step):
        path.write_bytes(changed(data, at, by))
        outcome = verify(small, home=home)
        line = data[:at].count(b"\n")
        assert not outcome.ok, at
        assert line in lines_named(outcome), (at, line, outcome.problems)
        assert lines_named(outcome) <= {line, line + 1} or line == 0, (at, line, outcome.problems)


def test_every_byte_of_the_checkpoints(small: Path, home: Home, step: int) -> None:
    path = small / "checkpoints.log"
    data = path.read_bytes()
    count = data.count(b"\n") // 5
    for at, by in positions(len(data), step):
        path.write_bytes(changed(data, at, by))
        outcome = verify(small, home=home)
        assert not outcome.ok, (at, outcome)
        # Where the last checkpoint goes with it, so does what it covers: an object may be left that no line names.
        where = [problem.where for problem in outcome.problems if problem.kind != "object_extra"]
        assert where, (at, outcome.problems)
        assert all(place.startswith("checkpoints.log") for place in where), (at, outcome.problems)
        assert len(outcome.problems) <= 2 < count


def test_a_checkpoint_that_was_not_finished_covers_nothing(small: Path) -> None:
    path, size = small / "checkpoints.log", verify(small).size
    data = path.read_bytes()
    for cut in (1, 50, 150):
        path.write_bytes(data[:-cut])
        outcome = verify(small)
        assert outcome.ok, outcome.problems
        assert outcome.size < size
        assert {note.where for note in outcome.notes} >= {"checkpoints.log", "log.jsonl", "payloads.jsonl"}


def test_every_byte_of_the_objects(small: Path, home: Home) -> None:
    for path in sorted(small.glob("objects/*/*")):
        data = path.read_bytes()
        path.chmod(0o644)
        for at, by in positions(len(data), 1)[:60]:
            path.write_bytes(changed(data, at, by))
            outcome = verify(small, home=home)
            assert kinds(outcome) == ["object_changed"]
            assert path.name in outcome.problems[0].where
            assert outcome.problems[0].where.startswith("item ")
        path.write_bytes(data)


def test_objects_missing_extra_and_replaced(small: Path, home: Home) -> None:
    first, second, _ = sorted(small.glob("objects/*/*"))
    first.unlink()
    second.unlink()
    second.symlink_to("/etc/hostname")
    extra = small / "objects" / "00" / ("0" * 64)
    extra.parent.mkdir(exist_ok=True)
    extra.write_bytes(b"x")
    (small / "objects" / "stray").write_bytes(b"")
    outcome = verify(small, home=home)
    assert sorted(kinds(outcome)) == ["object_changed", "object_changed", "object_extra", "object_missing"]


def test_lines_taken_out_and_put_in(small: Path, home: Home) -> None:
    path = small / "log.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4] + lines[5:]))
    outcome = verify(small, home=home)
    assert ("entry_missing", "log line 4") in [(one.kind, one.where) for one in outcome.problems]
    path.write_bytes(b"".join([*lines[:4], lines[2], *lines[4:]]))
    outcome = verify(small, home=home)
    assert ("entry_extra", "log line 4") in [(one.kind, one.where) for one in outcome.problems]
    path.write_bytes(b"".join(lines[:-2]))
    outcome = verify(small, home=home)
    assert ("entry_missing", f"log line {len(lines) - 2}") in [(one.kind, one.where) for one in outcome.problems]


def test_payloads_taken_out_and_put_in(small: Path, home: Home) -> None:
    path = small / "payloads.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:4] + lines[5:]))
    outcome = verify(small, home=home)
    assert [(one.kind, one.where) for one in outcome.problems] == [("payload_missing", "payload line 4")]
    path.write_bytes(b"".join([*lines[:4], lines[2], *lines[4:]]))
    outcome = verify(small, home=home)
    assert [(one.kind, one.where) for one in outcome.problems] == [("payload_changed", "payload line 4")]
    for mark in (b'{"state":"erased"}\n', b'{"state":"withheld"}\n'):
        path.write_bytes(b"".join([*lines[:2], mark, *lines[3:]]))
        outcome = verify(small, home=home)
        assert [(one.kind, one.where) for one in outcome.problems] == [("payload_missing", "payload line 2")]


def test_several_harms_are_all_reported(small: Path, home: Home) -> None:
    payloads = (small / "payloads.jsonl").read_bytes().splitlines(keepends=True)
    payloads[3] = payloads[3].replace(b'"at":"20', b'"at":"19')
    payloads[9] = payloads[9].replace(b'"at":"20', b'"at":"19')
    (small / "payloads.jsonl").write_bytes(b"".join(payloads))
    log = (small / "log.jsonl").read_bytes()
    (small / "log.jsonl").write_bytes(changed(log, entry.log_offset(6) + 20, 1))
    next(iter(sorted(small.glob("objects/*/*")))).unlink()
    outcome = verify(small, home=home)
    assert sorted(kinds(outcome)) == ["entry_changed", "object_missing", "payload_changed", "payload_changed"]
    assert lines_named(outcome) == {3, 6, 9}


def test_a_secret_that_is_gone_or_another(small: Path, home: Home) -> None:
    first, second = sorted(small.glob("keys/*.age"))
    data = first.read_bytes()
    first.write_bytes(second.read_bytes())
    assert ("object_changed", f"keys/{first.name}") in [(p.kind, p.where) for p in verify(small, home=home).problems]
    first.unlink()
    assert ("object_missing", f"keys/{first.name}") in [(p.kind, p.where) for p in verify(small).problems]
    first.write_bytes(data)
    assert verify(small, home=home).ok


def test_changed_settings_are_a_note(small: Path, home: Home) -> None:
    (small / "case.toml").write_text("title = 'x'\n")
    outcome = verify(small, home=home)
    assert outcome.ok
    assert [note.kind for note in outcome.notes] == ["settings_changed"]


def test_torn_ends_are_a_note(small: Path, home: Home) -> None:
    whole = (small / "checkpoints.log").read_bytes()
    for name, data in (("checkpoints.log", whole[:150]), ("log.jsonl", b'{"c":"'), ("payloads.jsonl", b'{"ab')):
        with open(small / name, "ab") as file:
            file.write(data)
    outcome = verify(small, home=home)
    assert outcome.ok, outcome.problems
    assert [note.kind for note in outcome.notes] == ["tail_uncovered"] * 3


def test_another_actors_checkpoint_removed_and_covered(case: Case, home: Home, other: Home) -> None:
    admit(case, other.signer().public_key, other.signer().recipient, "investigator")
    theirs = Case.open(case.folder, other.signer())
    theirs.commit([Draft("cleared", {"because": "theirs"})])
    notes = list(checkpoint.split((case.folder / "checkpoints.log").read_bytes()))
    last = checkpoint.parse(notes[-1]).checkpoint
    forged = b"".join(notes[:-1]) + last.sign(home.signer())
    (case.folder / "checkpoints.log").write_bytes(forged)
    outcome = verify(case.folder)
    assert [(one.kind, one.where) for one in outcome.problems] == [("wrong_actor", f"payload line {last.size - 1}")]


def test_keys_count_from_the_next_commit_and_until_revoked(case: Case, other: Home, home: Home) -> None:
    stranger = other.signer()
    with pytest.raises(Exception, match="not admitted"):
        Case.open(case.folder, stranger).commit([Draft("cleared", {"because": "x"})])
    admit(case, stranger.public_key, stranger.recipient, "investigator")
    Case.open(case.folder, stranger).commit([Draft("cleared", {"because": "x"})])
    assert verify(case.folder).ok
    revoke(case, stranger.key_id, "left")
    with pytest.raises(Exception, match="not admitted"):
        Case.open(case.folder, stranger).commit([Draft("cleared", {"because": "x"})])
    notes = (case.folder / "checkpoints.log").read_bytes()
    last = checkpoint.parse(list(checkpoint.split(notes))[-1]).checkpoint
    resigned = b"".join(list(checkpoint.split(notes))[:-1]) + last.sign(stranger)
    case.commit([Draft("case_titled", {"title": "t"})])
    grown = (case.folder / "checkpoints.log").read_bytes()
    replaced = grown.replace(list(checkpoint.split(notes))[-1], resigned[-len(notes) :])
    (case.folder / "checkpoints.log").write_bytes(replaced)
    assert not verify(case.folder).ok


def test_a_case_signed_anew_is_told_apart(small: Path, home: Home, other: Home, tmp_path: Path) -> None:
    genuine = Case.open(small)
    receipt = tmp_path / "receipt"
    receipt.write_bytes(genuine.checkpoint)
    key = tmp_path / "key"
    key.write_text(str(VerifierKey(genuine.origin, home.signer().public_key)) + "\n")
    anchored = verify(small, known=[receipt, key, f"{genuine.size}:{verify(small).root}"])
    assert anchored.ok
    assert [(anchor.by, anchor.size) for anchor in anchored.anchored] == [
        ("known", genuine.size), ("key", genuine.size), ("known", genuine.size),
    ]  # fmt: skip
    forged = Case.create(tmp_path / "forged", other.signer())
    for _ in range(30):
        forged.commit([Draft("case_titled", {"title": "forged"})])
    assert verify(forged.folder).ok
    assert kinds(verify(forged.folder, known=[receipt])) == ["forked"]
    assert kinds(verify(forged.folder, known=[key])) == ["unknown_key"]
    assert kinds(verify(forged.folder, known=[f"{genuine.size}:{'0' * 64}"])) == ["forked"]


def test_checkpoints_signed_by_a_stranger(small: Path, other: Home) -> None:
    path = small / "checkpoints.log"
    notes = [checkpoint.parse(note).checkpoint for note in checkpoint.split(path.read_bytes())]
    path.write_bytes(b"".join(note.sign(other.signer()) for note in notes))
    outcome = verify(small)
    assert kinds(outcome) == ["unknown_key"] * len(notes)
    assert outcome.size == notes[-1].size


def test_rolled_back_is_told_by_a_receipt(case: Case, home: Home, tmp_path: Path) -> None:
    earlier = shutil.copytree(case.folder, tmp_path / "earlier")
    case.commit([Draft("case_titled", {"title": "later"})])
    assert home.keep(case.origin, case.checkpoint)
    assert kinds(verify(earlier, home=home)) == ["rolled_back"]
    outcome = verify(case.folder, home=home)
    assert outcome.ok
    assert {anchor.by for anchor in outcome.anchored} == {"key", "known"}


def test_no_name_or_identity_in_log_and_checkpoints(small: Path) -> None:
    for name in ("log.jsonl", "checkpoints.log"):
        data = (small / name).read_bytes()
        for canary in (b"CANARY", b"a.txt", b"secret"):
            assert canary not in data
    for path in small.rglob("*"):
        if path.is_file():
            assert b"CANARY-IDENTITY" not in path.read_bytes(), path
            assert b"restricted page" not in path.read_bytes(), path
            assert b"secret.txt" not in path.read_bytes(), path


def test_size_and_root_of_known_must_be_readable(small: Path, tmp_path: Path) -> None:
    (tmp_path / "nonsense").write_text("nonsense")
    for known in (tmp_path / "nonsense", tmp_path / "absent"):
        with pytest.raises(Exception, match=r"neither|read"):
            verify(small, known=[known])
