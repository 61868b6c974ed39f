"""The day a count is about: what the sentence says, and no day that only bounds it."""

from __future__ import annotations

import pytest

from kuager.instruments import text

#: Published on a Thursday, 3 September 2015.
PAGE = "A headline\n\nPublished: September 3, 2015\n\n{}\n"


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Nine people were killed on Wednesday.", "2015-09-02"),
        ("Nine people were killed on Thursday last week.", "2015-08-27"),
        ("Nine people were killed on August 30.", "2015-08-30"),
        ("Nine people have been killed since Friday.", None),
        ("Nine people were killed between Friday and Sunday.", None),
        ("Nine people have been killed since August 30.", None),
        ("The first nine bodies were brought up on Monday.", "2015-08-31"),
        ("The third nine-storey block fell, and nine people were killed.", None),
        ("Nine people were killed on the second, he said.", "2015-09-02"),
    ],
)
def test_event_day(sentence: str, day: str | None) -> None:
    claims = text.read(PAGE.format(sentence).encode(), "text/plain").claims
    found = [c.event_date.date if c.event_date else None for c in claims if c.type == "casualty_count"]
    assert found == [day]


def test_a_month_is_no_day_of_saying() -> None:
    page = PAGE.format("The group said the state had hidden the deaths of nine people, and spoke of October 2014.")
    assert all(s.said_on is None for s in text.read(page.encode(), "text/plain").statements)
