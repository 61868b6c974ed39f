"""Which of the three languages a stretch of text is in: by script, by letters, by words."""

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
