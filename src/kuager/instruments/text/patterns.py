"""Patterns that hold alternatives of several languages, cut down to one script: half the work on each page."""

from __future__ import annotations

import re

_CYRILLIC = re.compile(r"[а-яёәғқңөұүһі]", re.I)


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern that stand outside any parentheses and brackets."""
    parts, depth, start, i = [], 0, 0, 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            i += 2
            continue
        if c == "[":
            i = pattern.index("]", i + 2)
        elif c in "()":
            depth += 1 if c == "(" else -1
        elif c == "|" and depth == 0:
            parts.append(pattern[start:i])
            start = i + 1
        i += 1
    return [*parts, pattern[start:]]


def in_script(pattern: str, language: str) -> str | None:
    """The alternatives of ``pattern`` for Latin (``en``) or Cyrillic script (``ru``, ``kk``), or ``None``."""
    kept = [p for p in alternatives(pattern) if bool(_CYRILLIC.search(p)) == (language != "en")]
    return "|".join(kept) or None
