import csv
import json
from pathlib import Path

import pytest

from kuager.drill.pages import write_pages
from kuager.drill.pages.facts import facts_of, kazakh_word, number_word
from kuager.drill.pages.markup import MARK, parse, strip, templates
from kuager.drill.pages.writer import bounds


def spans_of(thing: object) -> list[dict]:
    if isinstance(thing, dict):
        own = [thing] if {"text", "start", "end"} <= thing.keys() else []
        return own + [span for value in thing.values() for span in spans_of(value)]
    return [span for one in thing for span in spans_of(one)] if isinstance(thing, list) else []


@pytest.fixture(scope="module", params=[1, 2, 5])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("pages")
    return folder, write_pages(folder, request.param)


def test_every_span_is_its_text(made: tuple[Path, dict]) -> None:
    folder, truth = made
    assert {page["language"] for page in truth["pages"]} == {"en", "ru", "kk"}
    for page in truth["pages"]:
        text = (folder / page["path"]).read_text(encoding="utf-8")
        found = spans_of(page)
        assert len(found) > 25
        for span in found:
            assert text[span["start"] : span["end"]] == span["text"] != ""
        assert "DRILL" in page["headline"]["text"]
        assert "{" not in text
        assert not MARK.search(text)


def test_statements_and_claims_hold_together(made: tuple[Path, dict]) -> None:
    for page in made[1]["pages"]:
        sources = {one["id"] for one in page["sources"]}
        statements = {one["id"]: one for one in page["statements"]}
        for one in statements.values():
            assert one["speaker"] in sources
            assert set(one["chain"]) <= sources
            assert one["chain"][0] == one["speaker"] or len(one["chain"]) > 1
        for claim in page["claims"]:
            holder = statements[claim["statement"]]
            assert holder["span"]["start"] <= claim["span"]["start"] < claim["span"]["end"] <= holder["span"]["end"]
            if claim["type"] == "casualty_count":
                assert claim["status"] in {"killed", "wounded", "shot", "detained", "missing", "displaced"}
                assert claim["lower"] is not None


def test_the_html_says_what_the_text_says(made: tuple[Path, dict]) -> None:
    from selectolax.lexbor import LexborHTMLParser

    folder, truth = made
    for page in truth["pages"]:
        tree = LexborHTMLParser((folder / page["html_path"]).read_text(encoding="utf-8"))
        shown = tree.body.text() if tree.body else ""
        for one in page["statements"]:
            assert one["span"]["text"] in shown
        assert len(tree.css("li.comment")) == len(page["comments"])
        answers = {one["id"]: one["reply_to"] for one in page["comments"] if one["reply_to"]}
        assert {
            node.attributes["id"]: node.attributes["data-reply-to"] for node in tree.css("[data-reply-to]")
        } == answers
        assert "DRILL" in tree.css_first("title").text()


def test_accounts_conflict_and_tolls_are_revised() -> None:
    words = facts_of(9).words
    assert int(words["K"]) < int(words["K2"]) < int(words["K3"]) < int(words["H"])
    assert len({json.dumps(facts_of(seed).words, sort_keys=True) for seed in range(20)}) == 20


def test_every_text_of_every_page_can_be_filled() -> None:
    words = facts_of(3).words
    for page in templates():
        for block in page.blocks:
            assert block.texts
            for text in block.texts:
                plain, marks = strip(text.format(**words))
                assert plain.strip()
                named = {f"{mark.kind}{mark.number}" for mark in marks}
                meant = {meaning.split()[0] for meaning in block.meanings}
                assert {one for one in named if one[0] in "sc"} <= meant


def test_marks_that_do_not_nest_are_refused() -> None:
    for text in ("<s1>a<c1>b</s1></c1>", "<s1>a", "a</s1>"):
        with pytest.raises(ValueError, match="mark"):
            strip(text)
    with pytest.raises(ValueError, match="line 1"):
        parse("@nothing at all")


def test_bounds_are_those_of_the_interface() -> None:
    assert bounds("exactly", [14]) == (14, 14)
    assert bounds("more_than", [80]) == (81, None)
    assert bounds("fewer_than", [20]) == (0, 19)
    assert bounds("about", [15]) == (13, 17)
    assert bounds("between", [20, 31]) == (20, 31)
    assert bounds("dozens", []) == (24, 99)
    assert bounds("unquantified", []) == (None, None)


def test_number_words() -> None:
    assert [number_word(n) for n in (7, 13, 20, 28)] == ["seven", "thirteen", "twenty", "twenty-eight"]
    assert [kazakh_word(n) for n in (9, 20, 28)] == ["тоғыз", "жиырма", "жиырма сегіз"]


def test_lists_overlap_and_the_outage_is_in_its_series(made: tuple[Path, dict]) -> None:
    folder, truth = made
    lists = {one["source"]: one["persons"] for one in truth["lists"]}
    assert set(lists["official"]) <= set(lists["rights-group"])
    assert 0 < len(set(lists["volunteers"]) & set(lists["official"])) < len(lists["volunteers"])
    for one in truth["lists"]:
        with (folder / one["path"]).open(encoding="utf-8") as file:
            assert len(list(csv.DictReader(file))) == len(one["persons"])
    outage = truth["outage"]
    with (folder / outage["path"]).open(encoding="utf-8") as file:
        low = [row["time_utc"] for row in csv.DictReader(file) if float(row["reachable_share"]) < 0.5]
    assert low[0] == outage["start"]
    assert low[-1] < outage["end"]
