"""Stills: JPEG (ISO/IEC 10918-1), PNG (ISO/IEC 15948) and WebP (RFC 9649), by their segments and chunks."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kuager.instruments.container.metadata import Claim, exif_claims
from kuager.instruments.container.tiff import read_tags
from kuager.instruments.container.xmp import xmp_claims

MOST_PARTS = 10_000
LARGEST_PART = 16 << 20


@dataclass(frozen=True)
class Part:
    """A segment or chunk: its name, where its content begins and how long that is."""

    name: str
    offset: int
    size: int


def jpeg_parts(file: BinaryIO) -> list[Part]:
    """The segments before the picture data, then ``SOS``; APPn segments carry the name they begin with."""
    parts: list[Part] = []
    at, length = 2, file.seek(0, os.SEEK_END)
    while at + 4 <= length and len(parts) < MOST_PARTS:
        file.seek(at)
        marker, code, size = struct.unpack(">BBH", file.read(4))
        if marker != 0xFF:
            break
        if code == 0xFF:
            at += 1
            continue
        name = _jpeg_name(code, file.read(min(max(size - 2, 0), 32)))
        parts.append(Part(name, at + 4, min(max(size - 2, 0), length - at - 4)))
        if code == 0xDA:
            break
        at += 2 + size
    return parts


def _jpeg_name(code: int, start: bytes) -> str:
    if 0xE0 <= code <= 0xEF:
        label = start.split(b"\0")[0][:29].decode("latin-1")
        return f"APP{code - 0xE0} {label if label.isprintable() else ''}".strip()
    return {0xDB: "DQT", 0xC4: "DHT", 0xDA: "SOS", 0xDD: "DRI", 0xFE: "COM"}.get(code, f"{code:02X}")


def png_parts(file: BinaryIO) -> list[Part]:
    """The chunks; runs of IDAT count once."""
    return list(_chunks(file, 8, ">I4s", 12))


def webp_parts(file: BinaryIO) -> list[Part]:
    """The RIFF chunks."""
    return list(_chunks(file, 12, "<4sI", 8))


def _chunks(file: BinaryIO, at: int, layout: str, around: int) -> Iterator[Part]:
    length, before, count = file.seek(0, os.SEEK_END), "", 0
    while at + 8 <= length and count < MOST_PARTS:
        file.seek(at)
        first, second = struct.unpack(layout, file.read(8))
        size, kind = (first, second) if isinstance(first, int) else (second, first)
        name = kind.decode("latin-1")
        count += 1
        if name != before or name != "IDAT":
            yield Part(name, at + 8, min(size, max(length - at - 8, 0)))
        before = name
        at += size + around + (size % 2 if around == 8 else 0)
        if name == "IEND":
            return


def still_claims(file: BinaryIO, parts: list[Part]) -> Iterator[Claim]:
    """What EXIF, XMP and text chunks claim."""
    for part in parts:
        if part.size > LARGEST_PART:
            continue
        if part.name == "APP1 Exif":
            yield from exif_claims(read_tags(_read(file, part)[6:]), "APP1/exif")
        elif part.name.startswith("APP1 http://ns.adobe.com/xap"):
            yield from xmp_claims(_read(file, part).partition(b"\0")[2], "APP1")
        elif part.name in ("eXIf", "EXIF"):
            data = _read(file, part)
            yield from exif_claims(read_tags(data.removeprefix(b"Exif\0\0")), f"{part.name}/exif")
        elif part.name == "XMP ":
            yield from xmp_claims(_read(file, part), "XMP")
        elif part.name in ("tEXt", "iTXt", "zTXt"):
            yield from _png_text(_read(file, part), part.name)


def _png_text(data: bytes, kind: str) -> Iterator[Claim]:
    key, _, rest = data.partition(b"\0")
    if kind == "iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        rest = rest.split(b"\0", 2)[-1]
    else:
        packed, rest = kind == "zTXt", rest[1:] if kind == "zTXt" else rest
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, LARGEST_PART)
        except zlib.error:
            return
    if key == b"XML:com.adobe.xmp":
        yield from xmp_claims(rest, kind)
    elif key in (b"Software", b"Creation Time"):
        field = "software" if key == b"Software" else "created"
        yield Claim(field, rest.decode("utf-8", "replace")[:200], f"{kind}/{key.decode()}")


def _read(file: BinaryIO, part: Part) -> bytes:
    file.seek(part.offset)
    return file.read(part.size)
