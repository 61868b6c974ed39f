"""Patterns taken apart: the quick first look never hides a match."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuager.instruments.text.claim_types import RULES
from kuager.instruments.text.patterns import alternatives, in_script, openings

PAGES = sorted((Path(__file__).parent / "fresh").glob("*.md"))


def test_alternatives_outside_parentheses() -> None:
    assert alternatives(r"a(?:b|c)|d[|]e|f\|g") == [r"a(?:b|c)", r"d[|]e", r"f\|g"]


def test_a_pattern_cut_to_a_script() -> None:
    assert in_script(r"fire|огонь|shots?", "en") == r"fire|shots?"
    assert in_script(r"fire|огонь|shots?", "ru") == "огонь"
    assert in_script("fire", "ru") is None


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        (r"opened? fire|shot", {"opene", "shot"}),
        (r"(?:deaths?|died)\b.{0,60}due", {"death", "died"}),
        (r"rall(?:y|ies)", {"rall"}),
        (r"не стрелял\w*|abb?c", {"не", "ab"}),
        (r"(?:a|the)? x", None),
        (r"\w+ing", None),
        (r"(?<!x)abc", None),
        (r"[ab]cd", None),
    ],
)
def test_what_every_match_begins_with(pattern: str, letters: set[str] | None) -> None:
    assert openings(pattern) == letters


def test_no_match_is_hidden_on_any_page() -> None:
    for page in PAGES:
        words = page.read_text(encoding="utf-8")
        low = words.lower()
        for rules in RULES.values():
            for _, rule, begins in rules:
                assert begins is None or not rule.search(words) or any(letters in low for letters in begins)
