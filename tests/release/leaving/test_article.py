"""What of a page is shown."""

from __future__ import annotations

from kuager.instruments.text import Source
from kuager.release import article


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
    assert read.quotes
    assert read.speakers


def test_a_person_at_risk_keeps_the_role_and_loses_the_name() -> None:
    person = Source("s1", "Aliya Testova", "a resident", "witness", "person", False, True, ())
    assert article.speaker(person) == article.Speaker("s1", "a resident", "a resident", "witness")
    official = Source("s2", "Erlan Testov", "minister", "authorities", "person", False, False, ())
    assert article.speaker(official).name == "Erlan Testov"


def test_a_count_that_may_be_the_reporters_is_put_beside_no_name() -> None:
    page = (
        'Strike ends in clash\n\nThe interior minister, Timur Bekov, called the deaths of 14 people "regrettable".\n\n'
        "Officials said nine people were killed on Friday.\n"
    )
    read = article.read(page.encode())
    assert [number.lower for number in read.numbers] == [9]
    assert any("14 people" in quote.text for quote in read.quotes)
