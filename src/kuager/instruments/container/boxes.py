"""Boxes of ISO base media files (ISO/IEC 14496-12): MP4, MOV, 3GP, HEIC, whole or in fragments.

The walker reads headers and seeks over contents, so its cost is that of the structure, not of the media. It follows
no reference out of the file, and bounds depth, count and the bytes it reads, because files lie about all three.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

MOST_BOXES = 20_000
DEEPEST = 24
LARGEST_LEAF = 4 << 20
"""Bytes of a leaf that may be read at once; metadata is far smaller, media is never read."""

# Boxes that hold boxes, with the bytes of their own that come first.
_PARENTS = {
    **dict.fromkeys(
        "moov trak mdia minf stbl dinf edts udta mvex moof traf mfra tref gmhd clip matt tapt schi sinf rinf strk "
        "strd iprp ipco meco wave ilst cmov hnti hinf clef skip jumb".split(),
        0,
    ),
    **dict.fromkeys("stsd dref".split(), 8),
    **dict.fromkeys("meta iinf iref".split(), 4),
}
_VIDEO_ENTRY = 78
_SOUND_ENTRY = 28
_VIDEO_CODES = frozenset("avc1 avc3 hvc1 hev1 mp4v s263 vp08 vp09 av01 encv jpeg mjp2 apcn apch ap4h dvh1 dvhe".split())
_SOUND_CODES = frozenset("mp4a samr sawb ac-3 ec-3 Opus fLaC alac sowt twos lpcm in24 enca raw  ulaw alaw".split())


@dataclass(frozen=True)
class Box:
    """One box: four-character type (Latin-1), where it begins, its size with header, and what it holds.

    ``truncated`` says that the file ends before the box does.
    """

    type: str
    offset: int
    size: int
    header: int
    children: tuple[Box, ...] = ()
    truncated: bool = False

    @property
    def end(self) -> int:
        return self.offset + self.size

    def find(self, path: str) -> Box | None:
        """The first box at a path of types below this one, such as ``moov/mvhd``."""
        return next(self.find_all(path), None)

    def find_all(self, path: str) -> Iterator[Box]:
        """All boxes at a path of types below this one, in file order."""
        head, _, rest = path.partition("/")
        for child in self.children:
            if child.type == head:
                if rest:
                    yield from child.find_all(rest)
                else:
                    yield child


@dataclass
class _Walk:
    file: BinaryIO
    length: int
    count: int = 0
    handler: str = ""
    """The handler of the track that is being read: it decides how a sample entry is laid out."""
    problems: list[str] = field(default_factory=list)


def walk(file: BinaryIO) -> Box:
    """The whole file as one box of type ``file`` that holds its top-level boxes.

    What cannot be followed (a size that reaches past its parent, too many boxes) ends that level and is marked
    ``truncated``; the walk itself never fails on content. Raises OSError if the file cannot be read.
    """
    length = file.seek(0, os.SEEK_END)
    state = _Walk(file, length)
    children, torn = _level(state, 0, length, 0, "file")
    return Box("file", 0, length, 0, children, torn)


def payload(file: BinaryIO, box: Box, most: int = LARGEST_LEAF) -> bytes:
    """The bytes of a box after its header, at most ``most`` of them."""
    file.seek(box.offset + box.header)
    return file.read(min(max(box.size - box.header, 0), most))


def _level(state: _Walk, start: int, end: int, depth: int, parent: str) -> tuple[tuple[Box, ...], bool]:
    found: list[Box] = []
    at = start
    while at + 8 <= end:
        if state.count >= MOST_BOXES or depth > DEEPEST:
            return tuple(found), True
        state.file.seek(at)
        head = state.file.read(16)
        if len(head) < 8:
            return tuple(found), True
        size, kind = struct.unpack(">I4s", head[:8])
        header = 8
        if size == 1 and len(head) == 16:
            size, header = struct.unpack(">Q", head[8:])[0], 16
        elif size == 0:
            if parent not in ("file", "udta", "meta"):
                return tuple(found), False
            if parent != "file":
                # QuickTime ends user data with four zero bytes.
                return tuple(found), False
            size = end - at
        if size < header:
            return tuple(found), True
        torn = at + size > end
        state.count += 1
        found.append(_box(state, kind.decode("latin-1"), at, min(size, end - at), header, depth, parent, torn))
        if torn:
            return tuple(found), True
        at += size
    return tuple(found), False


def _box(state: _Walk, kind: str, at: int, size: int, header: int, depth: int, parent: str, torn: bool) -> Box:
    if kind == "hdlr" and parent == "mdia":
        state.file.seek(at + header + 8)
        state.handler = state.file.read(4).decode("latin-1")
    skip = _own_bytes(state, kind, at + header, size - header, parent)
    if skip is None:
        return Box(kind, at, size, header, (), torn)
    children, _ = _level(state, at + header + skip, at + size, depth + 1, kind)
    return Box(kind, at, size, header, children, torn)


def _own_bytes(state: _Walk, kind: str, at: int, size: int, parent: str) -> int | None:
    """How many bytes of a box come before the boxes in it; None for a leaf."""
    if parent == "stsd":
        if kind in _VIDEO_CODES or state.handler == "vide":
            return _VIDEO_ENTRY if size > _VIDEO_ENTRY + 8 else None
        if kind in _SOUND_CODES or state.handler == "soun":
            return _sound_entry(state, at, size)
        return None
    if parent == "ilst":
        return 0
    if kind == "meta":
        # QuickTime's meta has no version field; ISO's has. A handler box follows at once in both.
        state.file.seek(at)
        return 0 if state.file.read(8)[4:8] == b"hdlr" else 4
    if kind == "iinf":
        state.file.seek(at)
        return 6 if state.file.read(1) == b"\0" else 8
    return _PARENTS.get(kind)


def _sound_entry(state: _Walk, at: int, size: int) -> int | None:
    """Sound sample entries of QuickTime grew with their version."""
    state.file.seek(at + 8)
    version = int.from_bytes(state.file.read(2), "big")
    own = _SOUND_ENTRY + {1: 16, 2: 36}.get(version, 0)
    return own if size > own + 8 else None
