"""Containers: made by hand, made by a library, real ones, and broken ones."""

import io
import struct
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuager.errors import UnreadableError
from kuager.instruments.container import inspect_container
from kuager.instruments.container.boxes import Box, walk
from kuager.instruments.container.metadata import exif_time, iso6709, mac_time
from kuager.instruments.container.tiff import read_tags
from kuager.instruments.container.tree import canonical_tree
from kuager.instruments.container.xmp import xmp_claims


def box(kind: str, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind.encode("latin-1")) + content


def movie(*, handler: bytes = b"Camera", extra: bytes = b"", media: bytes = b"x" * 100) -> bytes:
    header = b"\0\0\0\0" + struct.pack(">II", 3406861777, 3406861778) + bytes(88)
    hdlr = box("hdlr", bytes(8) + b"vide" + bytes(12) + handler + b"\0")
    trak = box("trak", box("tkhd", bytes(84)) + box("mdia", box("mdhd", bytes(24)) + hdlr))
    return box("ftyp", b"mp42\0\0\0\0isommp42") + box("moov", box("mvhd", header) + trak + extra) + box("mdat", media)


def write(folder: Path, data: bytes, name: str = "a.mp4") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def encoded(path: Path, options: dict[str, str] | None = None) -> Path:
    with av.open(str(path), "w", options=options or {}) as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for k in range(5):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 40 * k, np.uint8))
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def test_the_tree_is_the_writers_habit_not_the_recording(tmp_path: Path) -> None:
    one = inspect_container(write(tmp_path, movie()))
    longer = inspect_container(write(tmp_path, movie(media=b"y" * 5000)))
    other = inspect_container(write(tmp_path, movie(handler=b"Editor")))
    assert one.tree_sha256 == longer.tree_sha256 != other.tree_sha256
    assert one.brands == ("mp42", "isom")
    assert one.metadata.first("created") == "2011-12-16T06:29:37Z"
    assert one.writer is None


def test_every_truncation_ends_well() -> None:
    whole = movie()
    for end in range(len(whole)):
        file = io.BytesIO(whole[:end])
        canonical_tree(file, walk(file))


@given(st.binary(max_size=400), st.integers(0, 300))
def test_noise_never_raises(noise: bytes, at: int) -> None:
    data = bytearray(movie())
    data[at : at + len(noise)] = noise
    file = io.BytesIO(bytes(data))
    canonical_tree(file, walk(file))


def test_nesting_and_counts_are_bounded() -> None:
    deep = b""
    for _ in range(500):
        deep = box("moov", deep)
    assert len(canonical_tree(io.BytesIO(deep), walk(io.BytesIO(deep))).splitlines()) < 60
    many = io.BytesIO(box("free") * 200_000)
    assert len(walk(many).children) <= 20_000


@pytest.mark.parametrize("parent", [b"\x18S\x80g\xff", b"\x18S\x80g\x01\xff\xff\xff\xff\xff\xff\xff"])
def test_matroska_nested_ten_thousand_deep_ends_well(tmp_path: Path, parent: bytes) -> None:
    assert inspect_container(write(tmp_path, b"\x1aE\xdf\xa3\x80" + parent * 10_000)).format == "matroska"


@pytest.mark.parametrize("kind", ["moov", "meta", "udta", "ilst"])
def test_boxes_nested_ten_thousand_deep_end_well(tmp_path: Path, kind: str) -> None:
    name = kind.encode()
    deep = b"".join(struct.pack(">I4s", 8 * (10_000 - k), name) for k in range(10_000))
    found = inspect_container(write(tmp_path, box("ftyp", b"mp42\0\0\0\0") + deep))
    assert found.format == "mp4"
    assert len(found.tree.splitlines()) < 60


def test_every_box_border_and_every_size_that_lies_end_well(tmp_path: Path) -> None:
    whole = encoded(tmp_path / "whole.mp4").read_bytes()

    def offsets(parent: Box) -> Iterator[int]:
        for child in parent.children:
            yield child.offset
            yield from offsets(child)

    borders = list(offsets(walk(io.BytesIO(whole))))
    assert len(borders) > 20
    for at in borders:
        inspect_container(write(tmp_path, whole[:at]))
        for size in (0, 1, 7, 8, 0x7FFFFFFF, 0xFFFFFFFF):
            inspect_container(write(tmp_path, whole[:at] + struct.pack(">I", size) + whole[at + 4 :]))


def test_a_still_whose_text_exiftool_wrote_names_it(tmp_path: Path) -> None:
    said = b"<x:xmpmeta xmlns:x='adobe:ns:meta/' x:xmptk='Image::ExifTool 12.57'></x:xmpmeta>"
    packet = b"http://ns.adobe.com/xap/1.0/\0" + said
    path = write(tmp_path, b"\xff\xd8\xff\xe1" + struct.pack(">H", len(packet) + 2) + packet + b"\xff\xd9", "a.jpg")
    writer = inspect_container(path).writer
    assert writer is not None
    assert (writer.software, writer.grade) == ("exiftool", "recorded")


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv", "a.webm"])
def test_the_writer_names_itself(tmp_path: Path, name: str) -> None:
    if name.endswith("webm"):
        pytest.importorskip("av")
        name = "b.mkv"
    writer = inspect_container(encoded(tmp_path / name)).writer
    assert writer is not None
    assert writer.software == "FFmpeg"
    assert writer.grade == "recorded"


def test_a_silenced_writer_is_told_by_its_layout_as_screening(tmp_path: Path) -> None:
    writer = inspect_container(encoded(tmp_path / "a.mp4", {"fflags": "+bitexact"})).writer
    assert writer is not None
    assert (writer.software, writer.grade) == ("FFmpeg", "screening")


def test_a_tool_that_edits_in_place_is_named_before_the_writer_of_the_boxes(tmp_path: Path) -> None:
    uuid = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    packet = b"<x:xmpmeta xmlns:x='adobe:ns:meta/' x:xmptk='Image::ExifTool 12.57'></x:xmpmeta>"
    path = encoded(tmp_path / "a.mp4")
    path.write_bytes(path.read_bytes() + box("uuid", uuid + packet))
    writer = inspect_container(path).writer
    assert writer is not None
    assert writer.software == "exiftool"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+43.3400+052.8600/", (43.34, 52.86)),
        ("+43.3400+052.8600+010.5/", (43.34, 52.86)),
        ("-4320.40-05251.60/", (-43.34, -52.86)),
        ("+432024+0525136/", (43.34, 52.86)),
        ("+91+000/", None),
        ("here", None),
        ("", None),
    ],
)
def test_positions(text: str, expected: tuple[float, float] | None) -> None:
    found = iso6709(text)
    assert found == (pytest.approx(expected) if expected else None)


def test_times() -> None:
    assert mac_time(0) is None
    assert mac_time(2082844800 + 1) == "1970-01-01T00:00:01Z"
    assert mac_time(2**63) is None
    assert exif_time("2011:12:16 11:30:00") == "2011-12-16T11:30:00"
    assert exif_time("2011:12:16 11:30:00", "+05:00") == "2011-12-16T11:30:00+05:00"
    assert exif_time("0000:00:00 00:00:00") is None


@given(st.binary(max_size=300))
def test_exif_noise_never_raises(noise: bytes) -> None:
    read_tags(b"II*\0\x08\0\0\0" + noise)


def test_xmp_expands_nothing() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><x>&b;</x>'
    assert list(xmp_claims(bomb, "x")) == []
    packet = (
        b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        b"<r:Description xmlns:p='http://ns.adobe.com/xap/1.0/' p:CreatorTool='An editor'>"
        b"<p:CreateDate>2011-12-16</p:CreateDate></r:Description></r:RDF></x:xmpmeta>"
    )
    assert [(claim.field, claim.value) for claim in xmp_claims(packet, "x")] == [
        ("software", "An editor"),
        ("created", "2011-12-16"),
    ]


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        inspect_container(tmp_path / "none.mp4")
    assert inspect_container(write(tmp_path, b"", "empty")).format == "unknown"
    assert inspect_container(write(tmp_path, b"hello", "text")).format == "unknown"


@pytest.mark.inputs
def test_real_files(inputs: Path) -> None:
    def read(name: str) -> dict[str, object]:
        return inspect_container(inputs / name).as_json()

    phone = read("containers/C-recorded-as-mov.mov")
    assert phone["writer"] is None
    assert phone["metadata"]["make"] == "Apple"  # type: ignore[index]
    assert read("containers/karma.mp4")["writer"] is None
    assert read("containers/A.jpg")["metadata"]["model"] == "Canon EOS REBEL T3"  # type: ignore[index]
    assert read("tapes/testvideo.mp4")["writer"]["software"] == "MP4Box"  # type: ignore[index]
    assert read("tapes/rocket.mkv")["writer"]["software"] == "FFmpeg"  # type: ignore[index]
