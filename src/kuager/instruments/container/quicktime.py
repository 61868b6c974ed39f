"""Metadata of ISO and QuickTime files: header times, user data, item lists, keys, encoder strings."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO

from kuager.instruments.container.boxes import Box, payload
from kuager.instruments.container.items import item_claims
from kuager.instruments.container.metadata import Claim, iso6709, mac_time
from kuager.instruments.container.xmp import xmp_claims

_USER_DATA = {
    "©mak": "make",
    "©mod": "model",
    "©swr": "software",
    "©too": "software",
    "©day": "created",
    "©xyz": "location",
    "manu": "make",
    "modl": "model",
    "auth": "author",
    "CNMN": "model",
    "FIRM": "firmware",
}
_ITEMS = {
    "©too": "software",
    "©day": "created",
    "©mak": "make",
    "©mod": "model",
    "©xyz": "location",
    "©swr": "software",
}
_KEYS = {
    "com.apple.quicktime.make": "make",
    "com.apple.quicktime.model": "model",
    "com.apple.quicktime.software": "software",
    "com.apple.quicktime.creationdate": "created",
    "com.apple.quicktime.location.ISO6709": "location",
    "com.android.manufacturer": "make",
    "com.android.model": "model",
    "com.android.version": "software_version",
}
_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_ENCODERS = re.compile(rb"Lav[fc]\d[\d.]*|x26[45] - core \d+|GPAC[ -][\w.-]+|HandBrake[ \d.]+|mp4v2[ \d.]+")


def quicktime_claims(file: BinaryIO, root: Box) -> Iterator[Claim]:
    """Every claim that the boxes hold; those a camera writes itself come before those any writer adds."""
    yield from _keys(file, root)
    yield from _user_data(file, root)
    yield from _items(file, root)
    yield from _xmp(file, root)
    yield from item_claims(file, root)
    yield from _header_times(file, root)


def encoder_strings(file: BinaryIO, root: Box) -> list[str]:
    """Names of encoders in sample entries (the compressor field) and user data, as they stand."""
    found: list[str] = []
    for stsd in root.find_all("moov/trak/mdia/minf/stbl/stsd"):
        for entry in stsd.children:
            data = payload(file, entry, 100)
            if len(data) >= 78 and data[42] < 32:
                name = data[43 : 43 + data[42]].decode("latin-1").strip("\0 ")
                if name:
                    found.append(name)
    return found


def marks_in_media(head: bytes) -> list[str]:
    """Encoder marks that codecs leave inside the stream's first bytes (x264's user-data SEI, libavcodec's comment)."""
    return sorted({match.decode("latin-1") for match in _ENCODERS.findall(head)})


def _header_times(file: BinaryIO, root: Box) -> Iterator[Claim]:
    for path in ("moov/mvhd", "moov/trak/tkhd", "moov/trak/mdia/mdhd"):
        for box in root.find_all(path):
            data = payload(file, box, 20)
            if len(data) < 20:
                continue
            created, modified = struct.unpack(">QQ", data[4:20]) if data[0] == 1 else struct.unpack(">II", data[4:12])
            for field, seconds in (("created", created), ("modified", modified)):
                if when := mac_time(seconds):
                    yield Claim(field, when, path)


def _user_data(file: BinaryIO, root: Box) -> Iterator[Claim]:
    for path in ("moov/udta", "moov/trak/udta"):
        for udta in root.find_all(path):
            for box in udta.children:
                field = _USER_DATA.get(box.type)
                if field:
                    text = _user_text(payload(file, box, 512), box.type)
                    yield from _claims(field, text, f"{path}/{box.type}")


def _user_text(data: bytes, kind: str) -> str:
    """User data text: length and language before it for ©-types, plain or 3GPP strings otherwise."""
    if kind.startswith("©") and len(data) >= 4:
        length = int.from_bytes(data[:2], "big")
        data = data[4 : 4 + length]
    elif kind in ("manu", "modl", "auth") and data[:4] == b"\0\0\0\0":
        data = data[6:]  # full box header and packed language
    return data.decode("utf-8", "replace").strip("\0 ")


def _items(file: BinaryIO, root: Box) -> Iterator[Claim]:
    for ilst in root.find_all("moov/udta/meta/ilst"):
        for item in ilst.children:
            field = _ITEMS.get(item.type)
            if field:
                for text in _data_values(file, item):
                    yield from _claims(field, text, f"moov/udta/meta/ilst/{item.type}")


def _keys(file: BinaryIO, root: Box) -> Iterator[Claim]:
    for meta in (*root.find_all("moov/meta"), *root.find_all("moov/udta/meta")):
        keys, ilst = meta.find("keys"), meta.find("ilst")
        if keys is None or ilst is None:
            continue
        names = _key_names(payload(file, keys, 65536))
        for item in ilst.children:
            number = int.from_bytes(item.type.encode("latin-1"), "big")
            name = names[number - 1] if 0 < number <= len(names) else ""
            for text in _data_values(file, item):
                yield from _claims(_KEYS.get(name, ""), text, f"moov/meta/{name}")


def _key_names(data: bytes) -> list[str]:
    names, at = [], 8
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size < 8:
            break
        names.append(data[at + 8 : at + size].decode("utf-8", "replace"))
        at += size
    return names


def _data_values(file: BinaryIO, item: Box) -> Iterator[str]:
    for box in item.find_all("data"):
        data = payload(file, box, 1024)
        if len(data) > 8 and data[3] == 1:  # well-known type 1: UTF-8
            yield data[8:].decode("utf-8", "replace").strip("\0 ")


def _claims(field: str, text: str, place: str) -> Iterator[Claim]:
    if not field or not text:
        return
    if field == "location":
        if position := iso6709(text):
            yield Claim("latitude", position[0], place)
            yield Claim("longitude", position[1], place)
        return
    yield Claim(field, text[:200], place)


def _xmp(file: BinaryIO, root: Box) -> Iterator[Claim]:
    for path in ("uuid", "moov/uuid", "moov/udta/XMP_"):
        for box in root.find_all(path):
            data = payload(file, box)
            if path.endswith("uuid"):
                if data[:16] != _XMP_UUID:
                    continue
                data = data[16:]
            yield from xmp_claims(data, path)
