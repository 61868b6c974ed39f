"""``kuager consult``: what is sent, what is kept, and when nothing is."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from kuager.faces.cli.main import main
from kuager.record.case import Case

PAGE = (
    "Market fire in Aksai\n\n"
    "For Sholpan Bekova, a seller of carpets, it was plain: nine people were killed behind the gates.\n\n"
    "The mayor said two people were killed.\n"
)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KUAGER_HOME", str(tmp_path / "home"))
    folder, page = tmp_path / "case", tmp_path / "page.txt"
    page.write_text(PAGE)
    assert main(["new", str(folder), "--title", "Test"]) == 0
    assert main(["-C", str(folder), "add", str(page)]) == 0
    assert main(["-C", str(folder), "examine"]) == 0
    return folder


@pytest.fixture
def model() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A model on this machine that knows one answer."""
    asked: list[dict[str, Any]] = []
    rows = [
        {"words": "nine people were killed behind the gates", "who": "Sholpan Bekova", "denies": False},
        {"words": "the mayor was drunk", "who": "Sholpan Bekova", "denies": False},
    ]
    reply = json.dumps({"choices": [{"message": {"content": json.dumps({"statements": rows})}}]}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def consult(case: Path, url: str) -> int:
    (item,) = Case.open(case).items()
    return main(["-C", str(case), "consult", item.id, "--endpoint", url, "--model", "small", "--json"])


def test_what_a_model_adds_meets_the_claims_of_the_case_under_its_name(
    case: Path, model: tuple[str, list[dict[str, Any]]], capsys: pytest.CaptureFixture[str]
) -> None:
    from kuager.weigh.reading import claims_together

    url, _ = model
    capsys.readouterr()
    assert consult(case, url) == 0
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert url.split("/")[2] in err
    assert [s["span"]["text"] for s in told["added"]] == ["nine people were killed behind the gates"]
    assert told["dropped"] == 1
    opened = Case.open(case)
    accounts, links = claims_together(opened)
    assert sorted(a.claim.lower for a in accounts if a.claim.type == "casualty_count") == [2, 9]
    assert any(link.relation == "appears_inconsistent" for link in links)
    (entry,) = opened.of_type("consulted")
    assert entry.payload is not None
    assert (entry.payload.body["model"], entry.payload.body["sent"]) == ("small", len(PAGE))
    assert main(["-C", str(case), "verify"]) == 0


def test_the_asking_is_logged_even_where_no_answer_comes(case: Path) -> None:
    assert consult(case, "http://127.0.0.1:9/v1") == 6
    assert len(list(Case.open(case).of_type("consulted"))) == 1


def test_a_restricted_page_is_sent_nowhere(case: Path, model: tuple[str, list[dict[str, Any]]]) -> None:
    (item,) = Case.open(case).items()
    assert main(["-C", str(case), "restrict", item.id, "--because", "its author asked"]) == 0
    url, asked = model
    assert main(["-C", str(case), "consult", item.id, "--endpoint", url, "--model", "small"]) == 4
    assert asked == []


@pytest.mark.parametrize("name", ["Sholpan Bekova", "Шолпан Бекова"])
def test_a_page_that_names_whom_nobody_may_learn_of_is_sent_nowhere(
    case: Path,
    model: tuple[str, list[dict[str, Any]]],
    tmp_path: Path,
    name: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "names"
    file.write_text(name + "\n")
    assert main(["-C", str(case), "protect", "--from", str(file)]) == 0
    url, asked = model
    capsys.readouterr()
    assert consult(case, url) == 4
    assert "Bekova" not in capsys.readouterr().err
    assert asked == []
    assert not list(Case.open(case).of_type("consulted"))


@pytest.mark.parametrize("words", [[], ["--parse", "--endpoint", "http://127.0.0.1:9"], ["--parse", "--model", "x"]])
def test_one_is_asked_at_a_time(case: Path, words: list[str]) -> None:
    (item,) = Case.open(case).items()
    assert main(["-C", str(case), "consult", item.id, *words]) == 2


def test_a_parser_that_is_not_installed_is_named(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    from kuager.instruments.text.layers import parse

    monkeypatch.setitem(sys.modules, "spacy", None)
    parse._english.cache_clear()
    (item,) = Case.open(case).items()
    capsys.readouterr()
    assert main(["-C", str(case), "consult", item.id, "--parse"]) == 5
    assert "kuager[parse]" in capsys.readouterr().err
