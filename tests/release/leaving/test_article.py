"""What of a page is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kuager.instruments.text import Source, Span
from kuager.release import article, said


def test_comments_and_commenters_stay(article_text: str) -> None:
    read = article.read(article_text.encode())
    assert read.held_back == 2
    shown = article.encode(read).decode()
    assert "Karatau Square" in shown
    for kept in ("Canarysova", "Serik", "my window", "do not believe"):
        assert kept not in shown


def test_an_article_comes_back_as_it_was(article_text: str) -> None:
    read = article.read(article_text.encode())
    assert article.decode(article.encode(read)) == read
    assert read.title == "Shots Heard On Karatau Square"
    assert read.said.quotes
    assert read.said.speakers
    assert read.said.marks


def test_a_person_at_risk_keeps_the_role_and_loses_the_name() -> None:
    person = Source("s1", "Aliya Testova", "a resident", "witness", "person", False, True, ())
    assert said.speaker(person) == said.Speaker("s1", "a resident", "a resident", "witness")
    official = Source("s2", "Erlan Testov", "minister", "authorities", "person", False, False, ())
    assert said.speaker(official).name == "Erlan Testov"


DOUBTFUL = (
    'Strike ends in clash\n\nThe interior minister, Timur Bekov, called the deaths of 14 people "regrettable".\n\n'
    "Officials said nine people were killed on Friday.\n"
)
OPEN = """Clashes in the town

They said that eleven men were killed in the yard.

Officials said nine people were killed on Friday.

Twelve people were killed, and the square was closed.
"""


def test_a_count_that_may_be_the_reporters_is_put_beside_no_name() -> None:
    read = article.read(DOUBTFUL.encode()).said
    doubtful, told = read.numbers
    assert (doubtful.lower, doubtful.upper, doubtful.whose, doubtful.chain) == (14, 14, "doubtful", ())
    assert "14 people" in doubtful.text
    assert "Bekov" not in doubtful.text
    assert (told.lower, told.whose) == (9, "speaker")
    (quote,) = [quote for quote in read.quotes if "14 people" in quote.text]
    assert quote.in_doubt


def test_somebodys_words_and_the_texts_own_count_stand_beside_nobody() -> None:
    read = article.read(OPEN.encode()).said
    whose = {number.lower: (number.whose, number.chain) for number in read.numbers}
    assert whose[11] == ("not_told", ())
    assert whose[12] == ("report", ())
    assert whose[9][0] == "speaker"
    (untold,) = [quote for quote in read.quotes if not quote.chain]
    assert "eleven men" in untold.text


def test_marks_point_at_the_words_they_are_of() -> None:
    read = article.read(OPEN.encode())
    quotes = {one.id: one for one in read.said.quotes}
    assert len(read.said.marks) >= len(quotes) + len(read.said.numbers)
    for mark in read.said.marks:
        words = read.paragraphs[mark.paragraph][mark.start : mark.end]
        if mark.quote:
            assert words == quotes[mark.quote].text
        else:
            assert words.casefold() in ("nine", "eleven", "twelve")


@given(st.text(alphabet="ab \t\u00a0é́e.", max_size=40), st.data())
def test_a_place_keeps_its_words_on_one_line(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    shown = said.Shown(text, ((0, len(text)),))
    places = list(shown.places(Span(text[first:last], first, last)))
    assert [shown.paragraphs[n][a:b].strip() for n, a, b in places if shown.paragraphs[n][a:b].strip()] == (
        [said.one_line(text[first:last])] if text[first:last].strip() else []
    )


def test_what_somebody_denies_is_told_as_denied() -> None:
    page = (
        "Shots in the square\n\nThe minister, Timur Bekov, denied that troops had fired on unarmed people. "
        "He said there were no dead.\n"
    )
    quotes = {one.text: one.denies for one in article.read(page.encode()).said.quotes}
    assert quotes["troops had fired on unarmed people"]
    assert not quotes["there were no dead"]


def test_a_count_of_some_is_told_as_one_of_some() -> None:
    page = (
        "Shots in the square\n\nOfficials said 75 people were wounded. The union said eleven policemen were wounded. "
        "Officials said another three people were wounded at home.\n"
    )
    parts = {one.lower: one.part for one in article.read(page.encode()).said.numbers}
    assert parts == {75: False, 11: True, 3: True}
