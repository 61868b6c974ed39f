"""The checker that travels and the one that stays say the same of the same case, whatever was done to it."""

import random

import pytest

import kuager.release.checker.verify as verify
from kuager.record import checkpoint
from kuager.record.case import Case
from kuager.record.erasure import erase
from kuager.record.home import Home
from kuager.record.membership import admit, revoke
from kuager.record.payload import Draft
from kuager.record.restriction import restrict
from kuager.record.verification import verify as verify_in_house
from kuager.release import export_bag


def _answers(folder):
    """Good or not, and the kinds of problems, of both; the one in the house without any key."""
    apart = verify.check(str(folder))
    inside = verify_in_house(folder, identities=())
    if inside.ok and not any(remark.kind == "tail_uncovered" for remark in inside.notes):
        assert (apart.size, apart.root, apart.unopened) == (inside.size, inside.root, inside.unopened)
    return {one["kind"] for one in apart.problems}, {one.kind for one in inside.problems}


def _cut(path, count):
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-count]))


def _swap(path, first, second):
    lines = path.read_bytes().splitlines(keepends=True)
    lines[first], lines[second] = lines[second], lines[first]
    path.write_bytes(b"".join(lines))


def _replace(path, n, line):
    lines = path.read_bytes().splitlines(keepends=True)
    lines[n] = line + b"\n"
    path.write_bytes(b"".join(lines))


def _object(case):
    path = next(path for path in (case / "objects").rglob("*") if path.is_file())
    path.chmod(0o644)
    return path


_DEEDS = {
    "nothing": lambda case: None,
    "a payload cut off": lambda case: _cut(case / "payloads.jsonl", 1),
    "log lines cut off": lambda case: _cut(case / "log.jsonl", 2),
    "log lines swapped": lambda case: _swap(case / "log.jsonl", 3, 4),
    "payloads swapped": lambda case: _swap(case / "payloads.jsonl", 3, 4),
    "the newest checkpoint removed": lambda case: _cut(case / "checkpoints.log", 5),
    "a checkpoint torn": lambda case: _cut(case / "checkpoints.log", 1),
    "checkpoints swapped": lambda case: _reverse(case / "checkpoints.log"),
    "a payload erased that nobody erased": lambda case: _replace(case / "payloads.jsonl", 5, b'{"state":"erased"}'),
    "a payload withheld": lambda case: _replace(case / "payloads.jsonl", 5, b'{"state":"withheld"}'),
    "the first payload erased": lambda case: _replace(case / "payloads.jsonl", 0, b'{"state":"erased"}'),
    "an object removed": lambda case: _object(case).unlink(),
    "an object longer": lambda case: _object(case).write_bytes(b"x"),
    "an object misnamed": lambda case: _object(case).rename(case / "objects" / "stray"),
    "the settings edited": lambda case: (case / "case.toml").write_text("title = 'x'\n"),
    "nothing left of the log": lambda case: (case / "log.jsonl").write_bytes(b""),
}


def _reverse(path):
    notes = list(checkpoint.split(path.read_bytes()))
    path.write_bytes(b"".join(reversed(notes)))


@pytest.mark.parametrize("deed", _DEEDS)
def test_both_agree_on(square, deed):
    _DEEDS[deed](square.case)
    apart, inside = _answers(square.case)
    assert bool(apart) == bool(inside), (apart, inside)
    if apart and deed not in ("checkpoints swapped", "nothing left of the log"):  # what to call these is open
        assert apart & inside, (apart, inside)


def test_both_agree_on_random_bytes(square):
    picks, agreed = random.Random(5), 0
    for name in ("log.jsonl", "payloads.jsonl", "checkpoints.log"):
        path = square.case / name
        data = path.read_bytes()
        for at in sorted(picks.sample(range(len(data)), 20)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1 << picks.randrange(8)]) + data[at + 1 :])
            apart, inside = _answers(square.case)
            assert bool(apart) == bool(inside), (name, at, apart, inside)
            agreed += bool(apart)
        path.write_bytes(data)
    assert agreed > 40


def test_both_agree_after_restricting_erasing_and_members_who_come_and_go(square):
    case = Case.open(square.case, square.home.signer(), square.home.identities())
    first, second, third = (item.id for item in list(case.items())[:3])
    erase(case, first, "asked to")
    restrict(case, second, "at risk")
    assert _answers(square.case) == (set(), set())
    other = Home(square.folder / "other").signer()
    admit(case, other.public_key, other.recipient, "reviewer")
    Case.open(square.case, other).commit([Draft("cleared", {"item": third, "because": "seen"}, [third])])
    revoke(Case.open(square.case, square.home.signer(), square.home.identities()), other.key_id, "left the desk")
    assert _answers(square.case) == (set(), set())
    text = (square.case / "payloads.jsonl").read_text("utf-8")
    assert text.count('{"state":"erased"}') > 2
    assert text.count('"state":"restricted"}') > 2
    export_bag(Case.open(square.case, square.home.signer()), square.folder / "later")
    assert verify.check(str(square.folder / "later")).problems == []
