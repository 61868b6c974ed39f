"""The example of Zhanaozen: built by its own script, checked as a reader would check it."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kuager.release.verification import verify

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples/zhanaozen-2011"
ARTICLE = ROOT.parent / "shared/inputs/page/zhanaozen-2011.txt"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's page."""
    folder: Path = runpy.run_path(str(EXAMPLE / "build.py"))["build"](tmp_path_factory.mktemp("example") / "built")
    return folder


def test_it_holds_together(page: Path) -> None:
    report = verify(page)
    assert (report.ok, report.problems) == (True, ())


def test_it_says_who_said_what_in_which_capacity_and_through_whom(page: Path) -> None:
    text = re.sub(r"<[^>]+>", " ", (page / "index.html").read_text(encoding="utf-8"))
    text = re.sub(r"\s+", " ", text)
    for said in (
        "Nurdaulet Suindikov, a spokesperson for the Prosecutor-General&#39;s Office, 17 December 2011",
        "Erlan Idrissov, Kazakhstan&#39;s ambassador to the United States, 21 December 2011",
        "Counted by the person who says it Hospital worker through reader",
        "16 December 2011 – 20 December 2011 Telephones and the internet do not work",
        "17 December 2011 – 5 January 2012 State of emergency and curfew",
        "Disputed by Officials; Nurdaulet Suindikov",
        "decided on by people",
    ):
        assert said in text, said


@pytest.mark.browser
@pytest.mark.parametrize("language", ["index.html", "index.ru.html", "index.kk.html"])
def test_no_barriers(open_page: Callable[..., Any], axe: Callable[[Any], list[Any]], page: Path, language: str) -> None:
    shown = open_page(page / language, width=768)
    assert axe(shown) == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= 768


@pytest.mark.inputs
@pytest.mark.skipif(not ARTICLE.is_file(), reason="needs ../shared/inputs/page/zhanaozen-2011.txt")
def test_nothing_is_copied_and_no_private_person_is_named(page: Path) -> None:
    article = ARTICLE.read_text(encoding="utf-8")
    known = _runs(article, 9)
    written = [
        path.read_text(encoding="utf-8") for path in EXAMPLE.rglob("*") if path.suffix in (".txt", ".md", ".toml")
    ]
    for text in written:
        unquoted = re.sub(r"[\"“][^\"”]+[\"”]", "", text)
        assert known.isdisjoint(_runs(unquoted, 9)), known & _runs(unquoted, 9)
    everything = "\n".join(path.read_text(encoding="utf-8") for path in page.glob("*.html"))
    commenters = {name for name in re.findall(r"^by: (.+?)(?: from:|$)", article, re.MULTILINE) if " " in name}
    assert commenters
    assert [name for name in (*commenters, "Allnutt", "Solash") if name.split()[-1] in everything] == []


def _runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}
