"""Masking names of private people in what editors write: those who comment, and those at risk who are quoted by name.

A name that somebody who is not at risk bears too is left alone. What no page of the case names, this cannot know: such
names are marked with ``kuager protect``, and the search stops at them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kuager.instruments.text import Reading

MASK = "[…]"
_SHORTEST = 3
_FAMILY = 4


class Mask:
    """Takes the names of private people out of a text."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        private: set[str] = set()
        others: set[str] = set()
        for reading in readings:
            private |= {comment.by.text for comment in reading.page.comments if comment.by}
            for source in reading.sources:
                hidden = source.kind == "commenter" or (source.kind == "person" and source.at_risk)
                (private if hidden and not source.anonymous else others).add(source.name)
        known = {word for name in others for word in name.split()} | others
        names = {part for name in private for part in _parts(name)} - known
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        self._pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
        self._any = bool(names)

    def __call__(self, text: str) -> str:
        """The text with each such name replaced by MASK."""
        return self._pattern.sub(MASK, text) if self._any else text


def _parts(name: str) -> Iterable[str]:
    """A name, and its last word where that is likely a family name."""
    words = name.split()
    if len(name) >= _SHORTEST and name[:1].isupper():
        yield name
    if len(words) > 1 and len(words[-1]) >= _FAMILY and words[-1][:1].isupper():
        yield words[-1]
