"""Two names of one body."""

from __future__ import annotations

import pytest

from kuager.instruments import text
from kuager.instruments.text.who.bodies import same_body


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("NDMA", "National Disaster Management Agency"),
        ("UN", "United Nations"),
        ("FBI", "Federal Bureau of Investigation"),
        ("Interior Ministry", "Ministry of the Interior"),
        ("МВД", "Министерство внутренних дел"),
        ("МЧС", "Министерство по чрезвычайным ситуациям"),
        ("Минздрав", "Министерство здравоохранения"),
        ("Генпрокуратура", "Генеральная прокуратура"),
        ("ІІМ", "Ішкі істер министрлігі"),
    ],
)
def test_one_body_under_two_names(one: str, two: str) -> None:
    assert same_body(one, two)
    assert same_body(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("UN", "Union of Nurses and Drivers"),
        ("Interior Ministry", "Defence Ministry"),
        ("МВД", "Министерство обороны"),
        ("Минздрав", "Министерство обороны"),
        ("Генпрокуратура", "Городская прокуратура"),
        ("AFP", "Associated Press"),
    ],
)
def test_two_bodies(one: str, two: str) -> None:
    assert not same_body(one, two)
    assert not same_body(two, one)


def test_a_page_has_such_a_body_once() -> None:
    page = (
        "Storm kills nine\n\nThe National Disaster Management Agency (NDMA) said nine people were killed. "
        "The NDMA said 14 were missing.\n"
    )
    reading = text.read(page.encode())
    assert len({s.speaker for s in reading.statements if s.speaker}) == 1
