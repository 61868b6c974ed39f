"""Publishing: the same bytes for an unchanged case, a proof beside them, whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kuager.errors import KuagerError, UsageError
from kuager.faces.page import publish
from kuager.record import proof
from kuager.record.payload import Draft
from kuager.release import export_bag, publication

BytesOf = Callable[[Path], bytes]


def check(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the checker that lies in the folder, as a reader would."""
    return subprocess.run([sys.executable, folder / "verify.py", folder], capture_output=True, text=True, check=False)


def test_an_unchanged_case_gives_the_same_bytes_and_no_entry(
    make_sample: Any, tmp_path: Path, everything_in: BytesOf
) -> None:
    case = make_sample("Same").case
    first = publish(case, tmp_path / "page")[0]
    before, size = everything_in(tmp_path / "page"), case.size
    again, elsewhere = publish(case, tmp_path / "page")[0], publish(case, tmp_path / "other")[0]
    assert (first.new, again.new, elsewhere.new) == (True, False, False)
    assert case.size == size
    assert everything_in(tmp_path / "page") == before == everything_in(tmp_path / "other")
    case.commit([Draft("case_titled", {"title": "Changed"})])
    assert publish(case, tmp_path / "page")[0].new
    assert everything_in(tmp_path / "page") != before


def test_a_bag_between_two_publications_changes_nothing(
    make_sample: Any, tmp_path: Path, everything_in: BytesOf
) -> None:
    case = make_sample("Between").case
    publish(case, tmp_path / "page")
    export_bag(case, tmp_path / "bag")
    before = everything_in(tmp_path / "page")
    assert not publish(case, tmp_path / "page")[0].new
    assert everything_in(tmp_path / "page") == before


def test_the_proof_holds_the_manifest_that_was_committed_to(make_sample: Any, tmp_path: Path) -> None:
    case = make_sample("Proof").case
    done = publish(case, tmp_path / "page")[0]
    proved = proof.decode((tmp_path / "page/proof.json").read_bytes())
    proved.check()
    payload = case.entry(done.entry).payload
    assert payload is not None
    assert proved.n == done.entry
    manifest = (tmp_path / "page/manifest-sha256.txt").read_bytes()
    said = {"manifest": sha256(manifest).hexdigest(), "at_size": done.entry, "as": "page"}
    assert payload.body == {**said, "searched_by": publication._searcher()}
    listed = dict(line.split("  ", 1)[::-1] for line in manifest.decode().splitlines())
    assert "proof.json" not in listed
    assert all(sha256((tmp_path / "page" / path).read_bytes()).hexdigest() == d for path, d in listed.items())


def test_the_checker_beside_page_and_bag_accepts_them_and_finds_a_change(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Check")
    sample.let_out("film", "because", graphic=False)
    publish(sample.case, tmp_path / "page")
    export_bag(sample.case, tmp_path / "bag")
    for folder in (tmp_path / "page", tmp_path / "bag"):
        done = check(folder)
        assert done.returncode == 0, done.stdout
    page = tmp_path / "page/index.html"
    page.write_bytes(page.read_bytes().replace(b"Check", b"Chack", 1))
    assert check(tmp_path / "page").returncode == 1
    (tmp_path / "bag/data/log.jsonl").open("ab").write(b"\n")
    assert check(tmp_path / "bag").returncode == 1


def test_with_nothing_cleared_the_page_says_so(make_sample: Any, tmp_path: Path) -> None:
    from kuager.record.case import Case
    from kuager.record.home import Home

    home = Home(tmp_path / "home")
    case = Case.create(tmp_path / "case", home.signer())
    done = publish(case, tmp_path / "page")[0]
    assert (done.items, done.held) == (0, ())
    assert "Nothing in this case has been cleared" in (tmp_path / "page/index.html").read_text()
    assert check(tmp_path / "page").returncode == 0


def test_what_is_not_a_page_is_never_replaced(make_sample: Any, tmp_path: Path) -> None:
    case = make_sample("Replace").case
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "index.html").write_text("my own")
    for target in (mine, mine / "index.html"):
        with pytest.raises(UsageError):
            publish(case, target)
    assert (mine / "index.html").read_text() == "my own"
    with pytest.raises(UsageError):
        export_bag(case, mine)


def test_a_failure_leaves_nothing_behind(
    make_sample: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, everything_in: BytesOf
) -> None:
    case = make_sample("Failure").case
    publish(case, tmp_path / "page")
    before, size = everything_in(tmp_path / "page"), case.size
    case.commit([Draft("case_titled", {"title": "Changed"})])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publication, "_settle", full)
    with pytest.raises(KuagerError, match="No space left"):
        publish(case, tmp_path / "page")
    assert everything_in(tmp_path / "page") == before
    assert [path.name for path in tmp_path.iterdir()] == ["page"]
    assert case.size == size + 2  # the title, and the entry that says what was about to leave


def test_only_made_objects_are_on_the_page(make_sample: Any, tmp_path: Path) -> None:
    sample = make_sample("Made")
    sample.let_out("film", "because")
    publish(sample.case, tmp_path / "page")
    made = {body["sha256"] for item in sample.case.items() for body in item.bodies("made")}
    assert {path.stem for path in (tmp_path / "page/media").iterdir()} == made
    assert {body["role"] for item in sample.case.items() for body in item.bodies("made")} == {
        "still",
        "waveform",
        "proxy",
        "text",
    }
