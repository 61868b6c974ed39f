"""Which of the three languages a stretch of text is in, or that it is in none: script, letters, words."""

from __future__ import annotations

import re

_KAZAKH = frozenset("әғқңөұүһі")
_CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]", re.I)
_LATIN = re.compile(r"[a-z]", re.I)


def language(text: str, default: str = "en") -> str:
    """``en``, ``ru`` or ``kk`` (``default`` where there are no letters); other Latin script counts as ``en``."""
    sample = text[:4000]
    cyrillic = _CYRILLIC.findall(sample)
    latin = len(_LATIN.findall(sample))
    if not cyrillic and not latin:
        return default
    if latin > 2 * len(cyrillic):
        return "en"
    kazakh = sum(c.casefold() in _KAZAKH for c in cyrillic)
    return "kk" if kazakh > max(1, len(cyrillic) // 40) else "ru"


#: English words without which no page of English gets by, and which other languages of Latin script do not have.
_ENGLISH = frozenset(
    "the of and to that was for with it said from his have by at were not they are this has who".split()
)
#: Letters of Cyrillic alphabets that neither Russian nor Kazakh has.
_OTHER_CYRILLIC = frozenset("їєґўђјљњћџѓќѕ")
_ENOUGH = 25


def page_language(text: str) -> str | None:
    """The language of a page, or ``None`` where it is none of the three that are read.

    A page too short to tell is taken by its script.
    """
    sample = text[:8000]
    letters = sum(c.isalpha() for c in sample)
    cyrillic = _CYRILLIC.findall(sample)
    known = len(cyrillic) + len(_LATIN.findall(sample))
    if letters > 2 * known or sum(c.casefold() in _OTHER_CYRILLIC for c in sample) > max(1, len(cyrillic) // 100):
        return None
    found = language(sample)
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    if found == "en" and len(words) >= _ENOUGH and sum(w in _ENGLISH for w in words) < len(words) // 20:
        return None
    return found
