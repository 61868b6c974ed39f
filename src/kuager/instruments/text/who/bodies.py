"""Whether two names are one body's: initials (NDMA, МВД), syllables (Минздрав), the same words turned."""

from __future__ import annotations

import re

_SMALL = frozenset("of the for and in on by to а и по при в на о об за мен және".split())
_SHORTEST = 3


def same_body(one: str, two: str) -> bool:
    """Whether two names of bodies on one page can be taken for one body's. Symmetric; the same name is one."""
    a, b = _words(one), _words(two)
    return a == b or _stands_for(one, a, b) or _stands_for(two, b, a) or (len(a) > 1 and sorted(a) == sorted(b))


def _words(name: str) -> list[str]:
    return [w for w in re.findall(r"[^\W\d_]+", name.casefold()) if w not in _SMALL]


def _stands_for(written: str, short: list[str], long: list[str]) -> bool:
    """Whether one word abbreviates several: by their initials, or by the beginnings of two of them."""
    if len(short) != 1 or len(long) < 2:
        return False
    (word,) = short
    if re.fullmatch(r"(?:the )?\W*[^\W\d_]{2,6}\W*", written, re.I) and re.sub(r"^the ", "", written).strip().isupper():
        return word == "".join(w[0] for w in long)
    return any(
        long[0].startswith(word[:cut]) and any(later.startswith(word[cut:]) for later in long[1:])
        for cut in range(_SHORTEST, len(word) - _SHORTEST + 1)
    )
