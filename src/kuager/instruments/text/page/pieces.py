"""What a walk through HTML yields: pieces of text with their part in the page, and comments with their fields."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Piece:
    """One block of text with its role, in the article or (by, from, when, text) in a comment."""

    role: str
    text: str
    comment: int = -1
    stamp: str | None = None
    inside_article: bool = False


@dataclass(slots=True)
class Item:
    """One comment while the tree is walked."""

    parent: int
    key: str
    parent_key: str
    depth: int
    number: int
    pieces: list[Piece] = field(default_factory=list)

    def has(self, role: str) -> bool:
        return any(p.role == role for p in self.pieces)
