"""The verbs on a case, through the command line, on files made here."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kuager.faces.cli import main

Run = Callable[..., Any]
CANARY = "Zhibek Canary-Example"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a verb on the case with --json and gives the document; ``code`` is what it must exit with."""
    monkeypatch.setenv("KUAGER_HOME", str(tmp_path / "home"))

    def verb(*words: object, code: int = 0) -> Any:
        capsys.readouterr()
        given = [str(word) for word in words]
        prefix = [] if given[0] == "new" else ["-C", str(tmp_path / "case")]
        assert main([*prefix, *given, "--json"]) == code
        told = capsys.readouterr().out
        return json.loads(told) if told else None

    verb("new", tmp_path / "case", "--title", "A square")
    return verb


def files(folder: Path) -> Path:
    folder.mkdir()
    (folder / "page.txt").write_text("Officials said that 14 people were killed.\n", encoding="utf-8")
    (folder / "list.csv").write_text(f"name\n{CANARY}\n", encoding="utf-8")
    (folder / "empty").touch()
    return folder


def holds(folder: Path, text: str) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_add_says_what_came_and_the_same_bytes_again_are_a_second_acquisition(run: Run, tmp_path: Path) -> None:
    first = run("add", files(tmp_path / "in"))
    assert sorted(item["name"] for item in first["items"]) == ["empty", "list.csv", "page.txt"]
    assert all(item["new"] and item["acquisition"] == 1 for item in first["items"])
    assert first["failed"] == []
    again = run("add", tmp_path / "in" / "page.txt", "--channel", "e-mail")
    (item,) = again["items"]
    assert (item["new"], item["acquisition"]) == (False, 2)
    known = run("show", item["id"])
    assert [came["acquisition"] for came in known["acquisitions"]] == [1, 2]


def test_why_what_is_public_may_be_used_stays_with_how_it_came(run: Run, tmp_path: Path) -> None:
    because = "CANARY: the channel is theirs and they asked for it to be seen"
    (item,) = run("add", files(tmp_path / "in") / "page.txt", "--public", "--because", because)["items"]
    (came,) = run("show", item["id"])["acquisitions"]
    assert came["because"] == because
    run("publish", tmp_path / "page")
    assert not holds(tmp_path / "page", "CANARY")
    run("add", tmp_path / "in" / "list.csv", "--because", because, code=2)


def test_what_cannot_be_read_is_told_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = run("add", tmp_path / "pipe", files(tmp_path / "in"), tmp_path / "nowhere", code=3)
    assert len(done["items"]) == 3
    assert {Path(each["path"]).name for each in done["failed"]} == {"pipe", "nowhere"}
    assert run("verify")["ok"]


def test_an_identity_is_encrypted_before_it_is_stored(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "who.txt").write_text(CANARY, encoding="utf-8")
    source = run("source", "--name-from", tmp_path / "who.txt", "--at-risk")["source"]
    assert len(source) == 10
    monkeypatch.setattr("sys.stdin", io.StringIO(CANARY))
    run("source", "--name-from", "-")
    assert holds(tmp_path / "case", CANARY) == []
    item = run("add", files(tmp_path / "in") / "page.txt", "--source", source[:4])["items"][0]
    assert run("show", item["id"])["acquisitions"][0]["source"] == source


def test_what_is_too_long_to_be_read_whole_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(f"{'x' * 2_000_000}\n{CANARY}\n", encoding="utf-8")
    run("protect", "--from", tmp_path / "long.txt", code=3)
    run("source", "--name-from", tmp_path / "long.txt", code=3)
    run("clear", "--name-from", tmp_path / "long.txt", "--because", "a test", code=3)


def test_nobody_is_asked_where_nobody_can_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert run("source", code=2)["error"]["code"] == 2


def test_restricting_and_erasing_leave_the_log_whole_and_nothing_readable(run: Run, tmp_path: Path) -> None:
    added = run("add", files(tmp_path / "in"))
    listed = next(item for item in added["items"] if item["name"] == "list.csv")
    run("restrict", listed["id"], "--because", "names of living people")
    assert holds(tmp_path / "case", CANARY) == []
    assert run("verify")["ok"]
    run("erase", listed["id"], "--because", "asked to")
    assert holds(tmp_path / "case", "list.csv") == []
    verified = run("verify")
    assert verified["ok"], verified["problems"]
    run("reindex")
    assert listed["id"] not in [item["id"] for item in run("show")["items"] if item["bytes"]]


def test_restricted_from_the_first_byte(run: Run, tmp_path: Path) -> None:
    item = run("add", files(tmp_path / "in") / "list.csv", "--restricted")["items"][0]
    assert holds(tmp_path / "case", CANARY) == []
    assert holds(tmp_path / "case", "list.csv") == []
    assert holds(tmp_path / "case", item["sha256"]) == []
    assert run("show", item["id"])["name"] is None
    assert run("show", item["id"], "--open", "to read it")["name"] == "list.csv"


def test_examine_runs_once_and_show_tells(run: Run, tmp_path: Path) -> None:
    page = run("add", files(tmp_path / "in"))["items"]
    first = run("examine", "--engine", "serial")
    assert first["done"] >= 1
    assert (first["failed"], first["quarantined"]) == ([], [])
    again = run("examine", "--engine", "serial")
    assert (again["done"], again["skipped"]) == (0, first["done"])
    known = run("show", next(item["id"] for item in page if item["name"] == "page.txt"))
    assert known["results"]["page"]["facts"]["claims"]
    assert run("examine", "--only", "nonsense", code=2)["error"]["hint"]


def test_a_restricted_item_is_examined_under_its_seal(run: Run, tmp_path: Path) -> None:
    item = run("add", files(tmp_path / "in") / "page.txt", "--restricted")["items"][0]
    assert run("examine", "--engine", "serial")["done"] >= 1
    assert holds(tmp_path / "case", "14 people") == []
    assert run("examine", "--engine", "serial")["done"] == 0
    assert "page" in run("show", item["id"], "--open", "to read it")["results"]


def test_nothing_leaves_until_a_person_lets_it(run: Run, tmp_path: Path) -> None:
    added = run("add", files(tmp_path / "in"))
    run("publish", tmp_path / "page")
    assert holds(tmp_path / "page", "14 people") == []
    page = next(item["id"] for item in added["items"] if item["name"] == "page.txt")
    run("clear", page, "--because", "an official statement")
    run("publish", tmp_path / "page")
    assert holds(tmp_path / "page", "14 people") != []
    for name in (CANARY, "list.csv", "page.txt"):
        assert holds(tmp_path / "page", name) == []
    assert run("verify", tmp_path / "page")["ok"]
    run("export", tmp_path / "bag", "--as", "bag")
    assert run("verify", tmp_path / "bag")["ok"]


def test_verify_names_what_changed(run: Run, tmp_path: Path) -> None:
    run("add", files(tmp_path / "in"))
    (stored,) = [
        path for path in (tmp_path / "case" / "objects").rglob("*") if path.is_file() and path.stat().st_size > 40
    ]
    stored.chmod(0o644)
    stored.write_bytes(stored.read_bytes().replace(b"14", b"15"))
    verified = run("verify", code=1)
    assert [problem["kind"] for problem in verified["problems"]] == ["object_changed"]


def test_a_receipt_held_elsewhere_tells_a_rollback(run: Run, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in (tmp_path / "case").glob("*.*") if path.is_file()}
    added = run("add", files(tmp_path / "in"))
    (tmp_path / "receipt").write_text(added["checkpoint"]["note"], encoding="utf-8")
    for path, data in before.items():
        path.write_bytes(data)
    verified = run("verify", "--known", tmp_path / "receipt", code=1)
    assert "rolled_back" in [problem["kind"] for problem in verified["problems"]]


def test_times_keep_their_precision(run: Run, tmp_path: Path) -> None:
    item = run("add", files(tmp_path / "in") / "page.txt", "--received", "2011-12-16T11:30+05:00")["items"][0]
    assert run("show", item["id"])["acquisitions"][0]["received"] == "2011-12-16T06:30Z"
    assert run("add", tmp_path / "in", "--received", "soon", code=2)["error"]["hint"]


def test_a_name_that_would_steer_the_terminal_is_shown_and_not_obeyed(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = tmp_path / "a\n\x1b[31m\u202egpj.txt"
    hostile.write_text("text", encoding="utf-8")
    run("add", hostile)
    main(["-C", str(tmp_path / "case"), "show"])
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
