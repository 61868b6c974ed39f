"""The search on top sees every byte that leaves; bytes that it has seen are not searched twice by the same program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kuager.errors import RefusedError
from kuager.faces.page import publish
from kuager.release import publication
from kuager.release.protection import Protected, protect
from kuager.release.search import Hit


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were searched."""
    folders: list[Path] = []
    search = publication.search

    def seen(folder: Path, wanted: Sequence[Protected]) -> list[Hit]:
        folders.append(folder)
        return search(folder, wanted)

    monkeypatch.setattr(publication, "search", seen)
    return folders


def test_the_same_bytes_are_searched_once(
    make_sample: Any, tmp_path: Path, searched: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_sample("Once").case
    publish(case, tmp_path / "page")
    assert len(searched) == 1
    publish(case, tmp_path / "page")
    publish(case, tmp_path / "other")
    assert len(searched) == 1
    monkeypatch.setattr(publication, "_searcher", lambda: "another program")
    assert publish(case, tmp_path / "page")[0].new
    assert len(searched) == 2


def test_what_is_protected_later_is_searched_for(make_sample: Any, tmp_path: Path, searched: list[Path]) -> None:
    case = make_sample("Later").case
    publish(case, tmp_path / "page")
    protect(case, ["Karatau Square"])
    with pytest.raises(RefusedError):
        publish(case, tmp_path / "page")
    assert len(searched) == 2


def test_other_words_in_the_account_are_searched(make_sample: Any, tmp_path: Path, searched: list[Path]) -> None:
    case = make_sample("Account").case
    protect(case, ["Baqlazhan"])
    publish(case, tmp_path / "page")
    (case.folder / "story.md").write_text("Something was said about Баклажан.\n")  # no entry of the log says so
    with pytest.raises(RefusedError):
        publish(case, tmp_path / "page")
    assert len(searched) == 2


def test_what_cannot_be_opened_is_searched_for_again(
    make_sample: Any, tmp_path: Path, searched: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_sample("Closed").case
    monkeypatch.setattr(publication, "protected", lambda case, leaving: ([], 1))
    publish(case, tmp_path / "page")
    publish(case, tmp_path / "page")
    assert len(searched) == 2


def test_the_very_page_that_stands_there_is_left_alone(make_sample: Any, tmp_path: Path) -> None:
    case = make_sample("Stands").case
    publish(case, tmp_path / "page")
    before = (tmp_path / "page").stat().st_ino
    publish(case, tmp_path / "page")
    assert (tmp_path / "page").stat().st_ino == before
    (tmp_path / "page/index.html").write_text("changed by somebody")
    publish(case, tmp_path / "page")
    assert "changed by somebody" not in (tmp_path / "page/index.html").read_text()
