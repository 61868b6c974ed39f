"""Metadata items of HEIF files (ISO/IEC 23008-12; ISO/IEC 14496-12 §8.11): EXIF and XMP, by iinf and iloc."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from kuager.instruments.container.boxes import Box, payload
from kuager.instruments.container.metadata import Claim, exif_claims
from kuager.instruments.container.tiff import read_tags
from kuager.instruments.container.xmp import xmp_claims

LARGEST_ITEM = 4 << 20
MOST_ITEMS = 4096


def item_claims(file: BinaryIO, root: Box) -> Iterator[Claim]:
    """The claims of EXIF and XMP items. Torn or hostile tables give what came first; never raises on content."""
    meta = root.find("meta")
    if meta is None or (iloc := meta.find("iloc")) is None:
        return
    idat = meta.find("idat")
    kinds = dict(_kinds(file, meta))
    for item, method, extents in _locations(payload(file, iloc)):
        kind = kinds.get(item)
        if kind is None:
            continue
        base = idat.offset + idat.header if method == 1 and idat is not None else 0
        data = b"".join(_extent(file, base + offset, length) for offset, length in extents)[:LARGEST_ITEM]
        if kind == "Exif":
            # Four bytes say how far on the TIFF header begins.
            skip = int.from_bytes(data[:4], "big")
            yield from exif_claims(read_tags(data[4 + skip :] if skip < 64 else data[4:]), "meta/Exif")
        else:
            yield from xmp_claims(data, "meta/mime")


def _kinds(file: BinaryIO, meta: Box) -> Iterator[tuple[int, str]]:
    """(item, ``Exif`` or ``mime``) of the item information entries."""
    for entry in meta.find_all("iinf/infe"):
        data = payload(file, entry, 64)
        wide = data[:1] == b"\3"
        if data[:1] not in (b"\2", b"\3") or len(data) < (14 if wide else 12):
            continue
        number = int.from_bytes(data[4 : 8 if wide else 6], "big")
        kind = data[10:14] if wide else data[8:12]
        if kind in (b"Exif", b"mime"):
            yield number, kind.decode("latin-1")


def _locations(data: bytes) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """(item, construction method, extents as (offset, length)) of an item location box of version 0, 1 or 2."""
    if len(data) < 8 or data[0] > 2:
        return
    version, sizes, more = data[0], data[4], data[5]
    offset_size, length_size, base_size, index_size = sizes >> 4, sizes & 15, more >> 4, more & 15 if version else 0
    at = 6

    def number(size: int) -> int:
        nonlocal at
        if at + size > len(data):
            raise struct.error
        at += size
        return int.from_bytes(data[at - size : at], "big")

    try:
        for _ in range(min(number(4 if version == 2 else 2), MOST_ITEMS)):
            item = number(4 if version == 2 else 2)
            method = number(2) & 15 if version else 0
            number(2)
            base = number(base_size)
            extents = []
            for _ in range(min(number(2), MOST_ITEMS)):
                number(index_size)
                extents.append((base + number(offset_size), number(length_size)))
            yield item, method, extents
    except struct.error:
        return


def _extent(file: BinaryIO, offset: int, length: int) -> bytes:
    if offset > 1 << 60:
        return b""
    file.seek(offset)
    return file.read(min(length, LARGEST_ITEM))
