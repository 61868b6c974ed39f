"""Everything the container of one file says: format, tree, metadata, writer."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from kuager.errors import UnreadableError
from kuager.instruments.container.boxes import Box, payload, walk
from kuager.instruments.container.matroska import matroska_claims, matroska_writer
from kuager.instruments.container.metadata import Claim, Metadata
from kuager.instruments.container.quicktime import quicktime_claims
from kuager.instruments.container.stills import Part, jpeg_parts, png_parts, still_claims, webp_parts
from kuager.instruments.container.tree import canonical_tree, tree_digest
from kuager.instruments.container.writer import Writer, iso_writer, named_writer

ISO_BRANDED = b"ftyp"
_ISO_STARTS = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp", b"moof", b"uuid")


@dataclass(frozen=True)
class Container:
    """What the container says. ``tree`` is the canonical tree as text; ``problems`` what could not be followed."""

    format: str
    brands: tuple[str, ...]
    tree: str
    metadata: Metadata
    writer: Writer | None
    problems: tuple[str, ...] = field(default=())

    @property
    def tree_sha256(self) -> str:
        return tree_digest(self.tree)

    def as_json(self) -> dict[str, Any]:
        return {
            "format": self.format,
            "brands": list(self.brands),
            "tree_sha256": self.tree_sha256,
            "writer": self.writer.as_json() if self.writer else None,
            "metadata": self.metadata.as_json(),
        }


def inspect_container(path: str | os.PathLike[str]) -> Container:
    """Reads the container of a file: ISO media, Matroska, JPEG, PNG or WebP; others give ``format`` ``unknown``.

    Never runs a decoder and follows no reference. Raises UnreadableError where the file cannot be read at all.
    """
    try:
        with open(path, "rb") as file:
            return _read(file)
    except OSError as error:
        raise UnreadableError(f"{Path(path).name} cannot be read: {error.strerror}.", "Check the path.") from None


def file_digest(path: str | os.PathLike[str]) -> tuple[str, int]:
    """SHA-256 (hex) and size in bytes, in one read. Raises UnreadableError."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except OSError as error:
        raise UnreadableError(f"{Path(path).name} cannot be read: {error.strerror}.", "Check the path.") from None


def _read(file: BinaryIO) -> Container:
    head = file.read(64)
    if head[4:8] in _ISO_STARTS:
        return _iso(file, head)
    if head[:4] == b"\x1aE\xdf\xa3":
        claims = tuple(matroska_claims(file))
        return Container("webm" if b"webm" in head else "matroska", (), "", Metadata(claims), matroska_writer(claims))
    if head[:2] == b"\xff\xd8":
        return _still(file, "jpeg", jpeg_parts(file))
    if head[:8] == b"\x89PNG\r\n\x1a\n":
        return _still(file, "png", png_parts(file))
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _still(file, "webp", webp_parts(file))
    return Container("unknown", (), "", Metadata(()), None)


def _iso(file: BinaryIO, head: bytes) -> Container:
    root = walk(file)
    brands = _brands(file, root)
    claims = tuple(quicktime_claims(file, root))
    problems = ("the file ends before its boxes do",) if _torn(root) else ()
    return Container(
        _iso_format(brands, root),
        brands,
        canonical_tree(file, root),
        Metadata(claims),
        iso_writer(file, root),
        problems,
    )


def _brands(file: BinaryIO, root: Box) -> tuple[str, ...]:
    ftyp = root.find("ftyp") or root.find("styp")
    data = payload(file, ftyp, 256) if ftyp else b""
    names = [data[:4], *(data[k : k + 4] for k in range(8, len(data) - 3, 4))] if len(data) >= 4 else []
    return tuple(dict.fromkeys(name.decode("latin-1").strip() for name in names))


def _iso_format(brands: tuple[str, ...], root: Box) -> str:
    major = brands[0] if brands else ""
    if major in ("heic", "heix", "mif1", "msf1", "hevc"):
        return "heif"
    if major == "avif":
        return "avif"
    if major.startswith("3g"):
        return "3gp"
    return "mov" if major in ("qt", "") else "mp4"


def _torn(box: Box) -> bool:
    return box.truncated or any(_torn(child) for child in box.children)


def _still(file: BinaryIO, name: str, parts: list[Part]) -> Container:
    claims = tuple(still_claims(file, parts))
    tree = "".join(f"{part.name}\n" for part in parts)
    return Container(name, (), tree, Metadata(claims), _still_writer(claims))


def _still_writer(claims: tuple[Claim, ...]) -> Writer | None:
    for claim in claims:
        if claim.field in ("software", "toolkit") and (writer := named_writer(str(claim.value), claim.place)):
            return writer
    return None
