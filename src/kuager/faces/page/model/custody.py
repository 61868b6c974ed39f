"""What a page rests on, and what a reader can check it by."""

from __future__ import annotations

from dataclasses import dataclass

from kuager.faces.page.model.time import Picture, When


@dataclass(frozen=True)
class Document:
    """An item that leaves as a fact only: that it exists, what kind it is, when it came."""

    id: str
    kind: str
    media_type: str
    received: When | None = None
    still: Picture | None = None


@dataclass(frozen=True)
class Disclosed:
    """A payload that left whole: its line, the log line it opens, and the path to the checkpoint's root (hex)."""

    index: int
    payload: str
    line: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """A published file, for the reader who drops one on the page."""

    path: str
    sha256: str
    title: str


@dataclass(frozen=True)
class Custody:
    """What the page rests on. ``checkpoint`` is the whole signed note; ``held`` counts items that stay inside."""

    origin: str
    size: int
    root: str
    checkpoint: str
    items: int
    held: int
    began: When | None = None
    disclosed: tuple[Disclosed, ...] = ()
    files: tuple[File, ...] = ()
