"""``clear``, ``publish`` and ``export`` as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kuager.faces.cli import main


@pytest.fixture
def kuager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.setenv("KUAGER_HOME", str(tmp_path / "home"))

    def run(*words: str, code: int = 0) -> Any:
        assert main([*words, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return run


def test_from_nothing_to_a_page_that_verifies(kuager: Any, tmp_path: Path) -> None:
    case, page, bag = (str(tmp_path / name) for name in ("case", "page", "bag"))
    (tmp_path / "notice.txt").write_text("A Notice\n\nThe mayor said that two people were hurt.\n")
    kuager("new", case, "--title", "Typed")
    item = kuager("-C", case, "add", str(tmp_path / "notice.txt"))["items"][0]["id"]
    shown = kuager("-C", case, "publish", page)
    assert shown["path"] == page
    assert {"size", "root", "note"} <= set(shown["checkpoint"])
    assert "two people were hurt" not in (tmp_path / "page/index.html").read_text()
    assert isinstance(kuager("-C", case, "clear", item[:6], "--because", "The editor read it.")["entry"], int)
    kuager("-C", case, "publish", page)
    assert "two people were hurt" in (tmp_path / "page/index.html").read_text()
    assert kuager("-C", case, "export", bag, "--as", "bag")["path"] == bag
    for folder in (page, bag, case):
        assert kuager("verify", folder)["ok"] is True


def test_refusals(kuager: Any, tmp_path: Path) -> None:
    case = str(tmp_path / "case")
    (tmp_path / "a.txt").write_text("A witness lives here.\n")
    kuager("new", case)
    item = kuager("-C", case, "add", str(tmp_path / "a.txt"), "--restricted")["items"][0]["id"]
    refused = kuager("-C", case, "clear", item, "--because", "x", code=4)["error"]
    assert refused["code"] == 4
    assert item in refused["message"]
    assert kuager("-C", case, "clear", item, "--because", " ", code=2)["error"]["code"] == 2
    assert kuager("-C", case, "export", str(tmp_path / "a.txt"), "--as", "bag", code=2)["error"]["code"] == 2
