"""The canonical tree of an ISO media file and its digest: the shape that its writer gave it.

Writers differ in which boxes they write, in which order, with which brands, versions and handler names; the lengths
and times of the recording itself do not belong to that shape and are left out. Runs of equal neighbours (fragments,
chunks of media) count once, so that a long and a short recording of one camera have one tree.

After Iuliani et al., *A Video Forensic Framework for the Unsupervised Analysis of MP4-Like File Container*, IEEE
TIFS 14(3), 2019, and Yang et al., *Efficient Video Integrity Analysis Through Container Characterization* (EVA), IEEE
JSTSP 14(5), 2020.
"""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from kuager.instruments.container.boxes import Box, payload

_VERSIONED = frozenset(
    "mvhd tkhd mdhd hdlr vmhd smhd nmhd gmhd dref stsd stts ctts stss stsc stsz stco co64 elst".split()
)


def canonical_tree(file: BinaryIO, root: Box) -> str:
    """The tree as indented text, one box a line: type, and what of its content is the writer's habit."""
    lines: list[str] = []
    _lines(file, root.children, 0, lines)
    return "\n".join(lines) + "\n"


def tree_digest(tree: str) -> str:
    """SHA-256 of the canonical tree, hex."""
    return hashlib.sha256(tree.encode("utf-8")).hexdigest()


def _lines(file: BinaryIO, boxes: tuple[Box, ...], depth: int, lines: list[str]) -> None:
    before: list[str] = []
    fragments: set[str] | None = None
    for box in boxes:
        if depth == 0 and box.type == "moof" and fragments is None:
            fragments = set()
        own = [f"{'  ' * depth}{_name(box.type)}{_habit(file, box)}"]
        _lines(file, box.children, depth + 1, own)
        # Fragments alternate with their media: past the first, each shape counts once.
        seen = fragments is not None and "\n".join(own) in fragments
        if own != before and not seen:
            lines.extend(own)
        if fragments is not None:
            fragments.add("\n".join(own))
        before = own


def _name(kind: str) -> str:
    """A type that can be printed; other bytes as hex, so that hostile types stay on their line."""
    return "".join(mark if mark.isalnum() or mark in "-_ ©." else f"\\x{ord(mark):02x}" for mark in kind)


def _habit(file: BinaryIO, box: Box) -> str:
    if box.type in ("ftyp", "styp"):
        data = payload(file, box, 256)
        brands = [data[k : k + 4].decode("latin-1") for k in range(0, len(data) - 3, 4)]
        if len(brands) > 1:
            brands[1] = str(int.from_bytes(data[4:8], "big"))
        return " " + ",".join(_name(brand) for brand in brands)
    if box.type == "hdlr":
        data = payload(file, box, 128)
        return f" {_name(data[8:12].decode('latin-1'))} {_handler_name(data[24:])}"
    if box.type in _VERSIONED:
        return f" v{payload(file, box, 1).hex()}"
    return ""


def _handler_name(data: bytes) -> str:
    """The handler's name: a C string, or a Pascal string as QuickTime writes it."""
    if data[:1] and data[0] == len(data) - 1:
        data = data[1:]
    return "'" + _name(data.split(b"\0")[0].decode("utf-8", "replace")[:64]) + "'"
