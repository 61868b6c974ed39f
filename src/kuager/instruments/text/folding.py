"""A view of a text that rules can read, with the way back to the original's code points.

Rules match composed letters, plain spaces and no invisible characters; pages come decomposed (NFD), with
no-break spaces, soft hyphens and zero-width joiners. :class:`Folded` keeps, for each character of the view, where it
stands in the original, so that spans come out exact in any normalisation form (Unicode UAX #15).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kuager.instruments.text.model import Span

_SPACES = {
    ord(c): " "
    for c in "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
}
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


class Folded:
    """``view`` is the text to match on; :meth:`span` turns a range of it into a span of ``original``."""

    __slots__ = ("_map", "original", "view")

    def __init__(self, original: str) -> None:
        self.original = original
        self._map: Sequence[int] | None = None
        simple = original.translate(_SPACES)
        if unicodedata.is_normalized("NFC", simple) and not any(c in simple for c in _INVISIBLE):
            self.view = simple
            return
        pieces: list[str] = []
        where: list[int] = []
        i, n = 0, len(simple)
        while i < n:
            j = i + 1
            while j < n and (unicodedata.combining(simple[j]) or simple[j] in _INVISIBLE):
                j += 1
            cluster = "".join(c for c in simple[i:j] if c not in _INVISIBLE)
            folded = unicodedata.normalize("NFC", cluster)
            pieces.append(folded)
            where.extend([i] * len(folded))
            i = j
        where.append(n)
        self.view = "".join(pieces)
        self._map = where

    def span(self, start: int, end: int) -> Span:
        """The span of the original that the view's ``[start, end)`` stands for."""
        if self._map is not None:
            start, end = self._map[start], self._end(end)
        return Span(self.original[start:end], start, end)

    def _end(self, end: int) -> int:
        """The original's end of a range whose last view character is ``end - 1``."""
        assert self._map is not None
        return self._map[end]
