"""Templates of pages: text with marks for statements and counts, from which page and truth are made together.

A template file holds pages (``@page``), their sources (``@speaker``), blocks (``@block``, ``@comment``),
for each block what its marks mean (lines with ``:``) and one text a line, later ones after ``| ``. Marks
are ``<s1>`` what was said, ``<m1>`` who said it, ``<q1>`` the reporting words, ``<d1>`` quoted words,
``<c1>`` a claim and ``<n1>`` its number; the digits join them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import resources

MARK = re.compile(r"<(/?)([smqdcn])(\d)>")


@dataclass
class Block:
    """One block: what it is, the meanings of its marks, its texts to choose from, and a comment's attributes."""

    kind: str
    meanings: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Template:
    """One page before its names and figures are filled in."""

    name: str
    language: str
    attributes: dict[str, str]
    speakers: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True)
class Mark:
    """A marked stretch of a block's plain text, in code points, end exclusive."""

    kind: str
    number: int
    start: int
    end: int


def templates() -> list[Template]:
    """All pages of the package, in order of name."""
    found: list[Template] = []
    for name in ("english.txt", "russian.txt", "kazakh.txt"):
        found += parse(resources.files("kuager.drill.pages").joinpath(name).read_text(encoding="utf-8"))
    return sorted(found, key=lambda page: page.name)


def parse(text: str) -> list[Template]:
    """Reads a template file. Raises `ValueError` naming the line that cannot be understood."""
    pages: list[Template] = []
    for number, line in enumerate(text.splitlines(), 1):
        word, _, rest = line.partition(" ")
        if word == "@page":
            name, language, *pairs = rest.split(" ", 2)
            pages.append(Template(name, language, _attributes(" ".join(pairs))))
        elif word == "@speaker":
            pages[-1].speakers.append(rest)
        elif word == "@block":
            pages[-1].blocks.append(Block(rest))
        elif word == "@comment":
            pages[-1].blocks.append(Block("comment", attributes=_attributes(rest)))
        elif word == ":":
            pages[-1].blocks[-1].meanings.append(rest)
        elif word.startswith("@"):
            raise ValueError(f"line {number}: unknown word {word}")
        elif line.strip():
            pages[-1].blocks[-1].texts.append(rest if word == "|" else line)
    return pages


def strip(marked: str) -> tuple[str, list[Mark]]:
    """Plain text and its marks. Raises `ValueError` where marks do not nest."""
    plain, marks, opened, at = "", [], [], 0
    for found in MARK.finditer(marked):
        plain += marked[at : found.start()]
        at = found.end()
        key = (found[2], int(found[3]))
        if not found[1]:
            opened.append((key, len(plain)))
        elif opened and opened[-1][0] == key:
            marks.append(Mark(*key, opened.pop()[1], len(plain)))
        else:
            raise ValueError(f"marks do not nest at {found[0]} in: {marked[:80]}")
    if opened:
        raise ValueError(f"mark never closed in: {marked[:80]}")
    return plain + marked[at:], marks


def _attributes(text: str) -> dict[str, str]:
    """``key=value`` pairs; a value runs until the next key."""
    return {found[1]: found[2].strip() for found in re.finditer(r"(\w+)=(.*?)(?=\s+\w+=|$)", text)}
