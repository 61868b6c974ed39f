"""EXIF and other TIFF structures (TIFF 6.0; CIPA DC-008 EXIF 3.0): a bounded reader of tags."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_CODES = {3: "H", 4: "I", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I", 1: "B", 6: "b"}
MOST_TAGS = 2000
LONGEST_VALUE = 65536

Value = str | bytes | tuple[float, ...]

# The tags that are asked for: (directory, tag) to name. Directories: 0 main, "exif", "gps".
NAMES = {
    ("main", 0x010E): "description",
    ("main", 0x010F): "make",
    ("main", 0x0110): "model",
    ("main", 0x0112): "orientation",
    ("main", 0x0131): "software",
    ("main", 0x0132): "modified",
    ("main", 0x013B): "artist",
    ("exif", 0x9003): "created",
    ("exif", 0x9004): "digitised",
    ("exif", 0x9010): "offset_modified",
    ("exif", 0x9011): "offset_created",
    ("exif", 0xA431): "body_serial",
    ("exif", 0xA434): "lens_model",
    ("gps", 1): "latitude_ref",
    ("gps", 2): "latitude",
    ("gps", 3): "longitude_ref",
    ("gps", 4): "longitude",
    ("gps", 5): "altitude_ref",
    ("gps", 6): "altitude",
    ("gps", 7): "gps_time",
    ("gps", 29): "gps_date",
}


@dataclass
class _Reader:
    data: bytes
    order: str
    left: int = MOST_TAGS

    def number(self, at: int, code: str) -> int:
        return int(struct.unpack_from(self.order + code, self.data, at)[0])


def read_tags(data: bytes) -> dict[str, Value]:
    """The tags of a TIFF structure by name; empty if it is none. Never raises on content."""
    if len(data) < 8 or data[:4] not in (b"II*\0", b"MM\0*"):
        return {}
    reader = _Reader(data, "<" if data[:2] == b"II" else ">")
    found: dict[str, Value] = {}
    with contextlib.suppress(struct.error):  # torn: what was read stands
        _directory(reader, reader.number(4, "I"), "main", found)
    return found


def _directory(reader: _Reader, at: int, name: str, found: dict[str, Value]) -> None:
    for k in range(reader.number(at, "H")):
        entry = at + 2 + 12 * k
        tag, kind, count = reader.number(entry, "H"), reader.number(entry + 2, "H"), reader.number(entry + 4, "I")
        reader.left -= 1
        if reader.left < 0:
            return
        below = {0x8769: "exif", 0x8825: "gps"}.get(tag) if name == "main" else None
        if below:
            _directory(reader, reader.number(entry + 8, "I"), below, found)
        elif (name, tag) in NAMES and kind in _SIZES:
            value = _value(reader, entry, kind, count)
            if value is not None:
                found[NAMES[name, tag]] = value


def _value(reader: _Reader, entry: int, kind: int, count: int) -> Value | None:
    size = _SIZES[kind] * count
    if size > LONGEST_VALUE:
        return None
    at = entry + 8 if size <= 4 else reader.number(entry + 8, "I")
    raw = reader.data[at : at + size]
    if len(raw) < size:
        return None
    if kind == 2:
        return raw.split(b"\0")[0].decode("utf-8", "replace").strip()
    if kind == 7:
        return raw
    if kind in (5, 10):
        pairs = struct.unpack(reader.order + ("II" if kind == 5 else "ii") * count, raw)
        return tuple(n / d if d else float("nan") for n, d in zip(pairs[::2], pairs[1::2], strict=True))
    return tuple(float(number) for number in struct.unpack(f"{reader.order}{count}{_CODES[kind]}", raw))
