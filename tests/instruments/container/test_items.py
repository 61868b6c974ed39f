"""HEIF items and fragments: EXIF through iinf and iloc, torn tables, and one tree for long and short recordings."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.instruments.container import inspect_container
from kuager.instruments.container.boxes import walk
from kuager.instruments.container.items import item_claims


def box(kind: str, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind.encode("latin-1")) + content


def exif() -> bytes:
    make, when = b"Acme\0", b"2011:12:16 11:30:00\0"
    head = b"MM\0*\0\0\0\x08" + struct.pack(">H", 2)
    start = 8 + 2 + 2 * 12 + 4
    below = start + len(make)
    entries = struct.pack(">HHII", 0x010F, 2, len(make), start) + struct.pack(">HHII", 0x8769, 4, 1, below)
    inner = struct.pack(">H", 1) + struct.pack(">HHII", 0x9003, 2, len(when), below + 18) + bytes(4)
    return head + entries + bytes(4) + make + inner + when


def heic(method: int = 0, version: int = 1) -> bytes:
    item = bytes(4) + exif()
    ftyp = box("ftyp", b"heic\0\0\0\0mif1heic")
    hdlr = box("hdlr", bytes(8) + b"pict" + bytes(13))
    infe = box("infe", b"\2\0\0\0" + struct.pack(">HH4s", 1, 0, b"Exif") + b"\0")
    iinf = box("iinf", bytes(4) + struct.pack(">H", 1) + infe)

    def meta(offset: int) -> bytes:
        how = struct.pack(">H", method) if version else b""
        entry = struct.pack(">H", 1) + how + struct.pack(">HHII", 0, 1, offset, len(item))
        iloc = box("iloc", bytes([version, 0, 0, 0, 0x44, 0]) + struct.pack(">H", 1) + entry)
        return box("meta", bytes(4) + hdlr + iinf + iloc + (box("idat", item) if method else b""))

    if method:
        return ftyp + meta(0)
    before = len(ftyp) + len(meta(0)) + 8
    return ftyp + meta(before) + box("mdat", item)


@pytest.mark.parametrize(("method", "version"), [(0, 1), (1, 1), (0, 0)])
def test_exif_of_a_heic(tmp_path: Path, method: int, version: int) -> None:
    path = tmp_path / "a.heic"
    path.write_bytes(heic(method, version))
    found = inspect_container(path)
    assert found.format == "heif"
    assert found.metadata.first("make") == "Acme"
    assert found.metadata.first("created") == "2011-12-16T11:30:00"


def test_every_truncation_ends_well() -> None:
    whole = heic()
    for end in range(len(whole)):
        file = io.BytesIO(whole[:end])
        list(item_claims(file, walk(file)))


@given(st.binary(min_size=1, max_size=60), st.integers(20, 160))
def test_noise_never_raises(noise: bytes, at: int) -> None:
    data = bytearray(heic())
    data[at : at + len(noise)] = noise
    file = io.BytesIO(bytes(data))
    list(item_claims(file, walk(file)))


def test_fragments_count_once(tmp_path: Path) -> None:
    start = box("ftyp", b"iso5\0\0\2\0iso5") + box(
        "moov", box("mvhd", bytes(100)) + box("mvex", box("trex", bytes(24)))
    )
    part = box("moof", box("mfhd", bytes(8)) + box("traf", box("tfhd", bytes(8)))) + box("mdat", b"x" * 50)
    trees = set()
    for count in (2, 20):
        path = tmp_path / f"{count}.mp4"
        path.write_bytes(start + part * count)
        trees.add(inspect_container(path).tree_sha256)
    assert len(trees) == 1
