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


def openings(pattern: str) -> frozenset[str] | None:
    """Letters, in lower case, one run of which begins every match of ``pattern``; ``None`` where that cannot be told.

    A text that holds none of them holds no match: a quick first look before a slow search.
    """
    found: set[str] = set()
    for part in alternatives(pattern):
        inner = _GROUP.match(part)
        if inner is None:
            run = _LETTERS.match(part)
            letters = (run[1] if run[2] else run[0]) if run else ""
            if len(letters) < 2:
                return None
            found.add(letters.lower())
            continue
        end = _closing(part, inner.end())
        within = openings(part[inner.end() : end])
        if within is None or part[end + 1 : end + 2] in ("?", "*", "{"):
            return None
        found |= within
    return frozenset(found)


#: Letters, and what makes the last of them optional.
_LETTERS = re.compile(r"([^\W\d_]*?)[^\W\d_](?=([?*{])|(?![^\W\d_]))")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>)?(?!\?)")


def _closing(pattern: str, start: int) -> int:
    """Where the parenthesis that was opened before ``start`` closes."""
    depth, i = 1, start
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            i += 1
        elif c == "[":
            i = pattern.index("]", i + 2)
        elif c in "()":
            depth += 1 if c == "(" else -1
            if not depth:
                break
        i += 1
    return i
