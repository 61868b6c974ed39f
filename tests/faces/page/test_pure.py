"""The page without a browser: words, scales, map, downloads, and what the HTML must never do."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.faces.page import downloads, map, scales
from kuager.faces.page import model as m
from kuager.faces.page.reading import merkle_paths
from kuager.faces.page.render import render
from kuager.faces.page.words import LANGUAGES, clock, words
from kuager.record import merkle

PACKAGE = files("kuager.faces.page")


def _messages(language: str) -> dict[str, set[str]]:
    text = PACKAGE.joinpath(f"locale/{language}.ftl").read_text()
    parts = re.split(r"(?m)^([a-z][\w-]*) =", text)[1:]
    return {name: set(re.findall(r"\$(\w+)", body)) for name, body in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_message_with_the_same_arguments(language: str) -> None:
    assert _messages(language) == _messages("en")


def test_every_message_is_used() -> None:
    source = ""
    for folder, ending in (("", ".py"), ("templates", ".html"), ("assets", ".js")):
        for entry in (PACKAGE.joinpath(folder) if folder else PACKAGE).iterdir():
            source += entry.read_text() if entry.name.endswith(ending) else ""
    families = (
        "section-",
        "side-",
        "legend-",
        "apart-",
        "hand-",
        "relation-",
        "count-what-",
        "kind-",
        "holds-",
        "copy-",
        "between-",
    )
    assert [key for key in _messages("en") if key not in source and not key.startswith(families)] == []


def test_a_day_stays_a_day_and_an_error_takes_the_digits() -> None:
    en, ru, kk = (words(language) for language in LANGUAGES)
    assert en.when(m.When("2011-12-16", "day")) == "16 December 2011"
    assert en.when(m.When("2011-12", "month")) == "December 2011"
    assert en.when(m.When("2011-12-16", "day", "2011-12-20")) == "16 December 2011 – 20 December 2011"
    assert ru.when(m.When("2011-12-16", "day")) == "16 декабря 2011\u202fг."
    assert "желтоқсан" in kk.when(m.When("2011-12-16", "day"))
    assert (en.seconds(12.3456, 0.2), en.seconds(12.3456, 0.02), ru.seconds(12.3456, 0.002)) == (
        "12.3",
        "12.35",
        "12,346",
    )
    assert (clock(7.9), clock(760), clock(3723)) == ("0:07", "12:40", "1:02:03")


def test_plurals() -> None:
    assert [words("ru")("holds-recordings", n=n) for n in (1, 3, 5, 21)] == [
        "1 запись",
        "3 записи",
        "5 записей",
        "21 запись",
    ]


def test_a_day_is_a_bar_as_long_as_a_day() -> None:
    events = (m.Event("a", "A", m.When("2026-05-01", "day")), m.Event("b", "B", m.When("2026-05-04T12:00", "minute")))
    drawn = scales.timeline(events, words("en"))
    assert drawn is not None
    length = 3.5 * 24 * 60 + 1
    assert drawn.rows[0].width == pytest.approx(100 * 24 * 60 / length, abs=0.01)
    assert all(row.left + row.width <= 100.001 for row in drawn.rows)


counts = st.builds(
    lambda low, more, has_low, has_high: m.Count(
        "c", "killed", "between", low if has_low else None, low + more if has_high else None, ()
    ),
    st.integers(0, 5000),
    st.integers(0, 500),
    st.booleans(),
    st.booleans(),
)


@given(st.lists(counts, min_size=1, max_size=6))
def test_bars_keep_the_order_of_their_numbers(members: list[m.Count]) -> None:
    (group,) = scales.count_groups(tuple(members))
    for row in group.rows:
        if row.width is None:
            assert row.count.lower is None
            assert row.count.upper is None
        else:
            assert 0 <= row.left <= 100
            assert row.open == (row.count.upper is None)
            assert row.left == pytest.approx(100 * (row.count.lower or 0) / group.top, abs=0.01)


@given(st.lists(counts, min_size=1, max_size=6), st.sampled_from(["not_told", "doubtful"]))
def test_counts_of_nobody_change_no_bound(members: list[m.Count], whose: m.Whose) -> None:
    from dataclasses import replace

    (alone,) = scales.count_groups(tuple(members))
    strange = (replace(members[0], lower=0, upper=0, whose=whose), replace(members[0], lower=9999, whose=whose))
    (beside,) = scales.count_groups((*members, *strange))
    assert (beside.most, beside.seen, beside.least) == (alone.most, alone.seen, alone.least)
    assert [row.count for row in beside.rows] == [row.count for row in alone.rows]
    assert len(beside.untold) == 2


def test_a_count_leads_to_those_that_do_not_fit_with_it_where_it_is_told_whose_both_are() -> None:
    def count(id: str, whose: m.Whose = "speaker") -> m.Count:
        return m.Count(id, "killed", "exactly", 1, 1, ("s",), whose=whose)

    def pair(a: str, b: str, relation: str = "appears_inconsistent", standing: m.Standing = "proposed") -> m.Between:
        words = m.Fragment("x")
        return m.Between(relation, words, words, "r", None, None, standing, (a, b))

    a, b, c, d = count("a"), count("b"), count("c"), count("d", "doubtful")
    pairs = (pair("a", "b"), pair("a", "c", standing="judged"), pair("a", "d"), pair("b", "c", "agrees"))
    assert scales.against((a, b, c, d), pairs) == {
        "a": [(c, "judged"), (b, "proposed")],
        "b": [(a, "proposed")],
        "c": [(a, "judged")],
    }


def test_a_part_of_the_people_is_no_bound_of_all() -> None:
    whole = m.Count("a", "killed", "exactly", 14, 14, ("s",))
    part = m.Count("b", "killed", "exactly", 2, 2, ("s",), part=True)
    (group,) = scales.count_groups((whole, part))
    assert (group.most, group.least) == (whole, whole)


def test_runs_hold_all_the_words_once(full_page: tuple[Path, m.Page]) -> None:
    from kuager.faces.page.marking import Marking

    marking = Marking(full_page[1])
    for text in full_page[1].texts:
        for n, paragraph in enumerate(text.paragraphs):
            runs = marking.runs(paragraph, text.marks, n)
            assert "".join(run.text for run in runs) == paragraph
            told = [run.statement.id for run in runs if run.statement and run.ends]
            assert len(told) == len(set(told))


def test_the_table_of_counts_names_nobody_who_cannot_be_told(full_page: tuple[Path, m.Page]) -> None:
    import csv

    rows = list(csv.DictReader(downloads.files(full_page[1])["data/counts.csv"][0].splitlines()))
    assert {row["whose"]: row["chain"] for row in rows if row["whose"] in ("not_told", "doubtful")} == {
        "not_told": "",
        "doubtful": "",
    }
    (heard,) = [row for row in rows if row["whose"] == "not_told"]
    assert (heard["item"], heard["second"]) == ("rec1aaaaaa", "4.0")


def test_places_are_circles_to_scale_where_the_map_is() -> None:
    drawn = map.draw((m.Place("a", "A", 43.34, 52.86, 50_000), m.Place("b", "B", 43.65, 51.17, 10)))
    assert drawn is not None
    wide, narrow = drawn.circles
    assert wide.radius == pytest.approx(50 * drawn.bar / drawn.bar_km, abs=0.1)
    assert narrow.least
    assert ("398", "Kazakhstan") in [name[:2] for name in drawn.names]
    assert words("kk").country("398", "Kazakhstan") == "Қазақстан"
    assert map.draw(()) is None


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40))
def test_paths_lead_to_the_root(leaves: list[bytes]) -> None:
    root = merkle.root(leaves)
    for n, path in merkle_paths(leaves, list(range(len(leaves)))).items():
        assert merkle.verify_inclusion(leaves[n], n, len(leaves), [bytes.fromhex(step) for step in path], root)


def test_spreadsheets_get_no_formula() -> None:
    table = downloads.table(("a",), [("=1+1",), ("@x",), ("fine",), (None,)])
    assert table.splitlines() == ["a", "'=1+1", "'@x", "fine", '""']


HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u2028\"'&{{ 7*7 }}"


def test_hostile_words_stay_words(tmp_path: Path, full_page: tuple[Path, m.Page]) -> None:
    from dataclasses import replace

    page = replace(
        full_page[1],
        title=HOSTILE,
        recordings=tuple(replace(it, title=HOSTILE, media=None) for it in full_page[1].recordings),
        texts=(m.Text("t", HOSTILE, (HOSTILE,), "en"),),
        sources=tuple(replace(it, name=HOSTILE) for it in full_page[1].sources),
    )
    render(page, tmp_path)
    for path in tmp_path.glob("*.html"):
        text = path.read_text()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "49" not in re.findall(r"<h1[^>]*>(.*?)</h1>", text)[0]
    assert "</script>" not in (tmp_path / "data/record.js").read_text()
    assert json.loads((tmp_path / "data/page.json").read_text())["title"] == HOSTILE


def test_the_same_model_gives_the_same_bytes(tmp_path: Path, full_page: tuple[Path, m.Page]) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        render(full_page[1], tmp_path / name)
    first, second = (
        {p.relative_to(tmp_path / name).as_posix(): p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()}
        for name in ("a", "b")
    )
    assert first == second


def test_it_never_says_what_only_a_judge_may(full_page: tuple[Path, m.Page]) -> None:
    for language in LANGUAGES:
        text = PACKAGE.joinpath(f"locale/{language}.ftl").read_text().lower()
        for word in (
            r"\btrue\b",
            r"\bfalse\b",
            r"\bfake\b",
            r"\bsafe\b",
            "authentic",
            "verified",
            "безопасн",
            "фейк",
            "қауіпсіз",
        ):
            assert not re.search(word, text), word


def test_measurements_of_a_kind_are_explained_once() -> None:
    from kuager.faces.page.render import _marks

    def mark(at: float, text: str) -> m.Mark:
        return m.Mark(at, at + 0.1, text, "screening")

    crack = "A crack {} ms before a blast. If they belong to one bullet, the muzzle was 8 to {} m away."
    marks = (mark(1, crack.format(18, 624)), mark(2, crack.format("9.5", 473)), mark(3, "The sound breaks off."))
    recording = m.Recording("r", "", 9.0, marks=marks)
    assert [(text, first) for _, text, first in _marks(recording)] == [
        (marks[0].text, True),
        ("A crack 9.5 ms before a blast.", False),
        ("The sound breaks off.", True),
    ]


def test_words_are_quoted_once_without_the_comma_that_leads_on() -> None:
    from kuager.faces.page.render import _quoted

    assert _quoted("two people died") == "“two people died”"
    assert _quoted('"We had to fire,"') == '"We had to fire"'
    assert _quoted("«Стреляли в воздух»") == "«Стреляли в воздух»"
