"""Which software wrote a file last, as far as its tree and its own words tell.

Three kinds of basis, strongest first: a name that the writer put there itself; a layout that, among the writers known
here, only one produces; nothing. Messengers and platforms rewrite nearly everything that investigators receive, and
no real pairs of theirs were available to learn from: whatever fits no rule has an *unknown writer*, never a guess.

Each rule was written from remuxes made with the software itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, BinaryIO

from kuager.finding import Grade
from kuager.instruments.container.boxes import Box, payload

REWRITTEN = "Rewriting in transit is normal and says nothing about tampering."


@dataclass(frozen=True)
class Writer:
    """The software, what that rests on, and the grade: *recorded* for its own words, *screening* for a layout."""

    software: str
    basis: str
    grade: Grade

    def as_json(self) -> dict[str, Any]:
        return {"software": self.software, "basis": self.basis, "grade": self.grade}


_NAMED = (
    ("HandBrake", re.compile(r"HandBrake[ \d.]*")),
    ("FFmpeg", re.compile(r"Lav[fc][\d.]+")),
    ("MP4Box", re.compile(r"(?:IsoMedia File Produced with )?GPAC[ \w.-]*|MP4Box[ \w.-]*")),
    ("exiftool", re.compile(r"Image::ExifTool [\d.]+|ExifTool[ \d.]*")),
    ("mkvmerge", re.compile(r"mkvmerge v[\d.]+[^\0]*|no_variable_data")),
    ("mp4v2", re.compile(r"mp4v2[ \d.]*")),
)
_QUICKTIME_BRAND_OF_FFMPEG = 512


def named_writer(text: str, place: str) -> Writer | None:
    """The writer that this text names, ``place`` being where it stands."""
    for software, pattern in _NAMED:
        if match := pattern.search(text):
            return Writer(software, f"names itself at {place}: {match[0].strip()[:80]}", "recorded")
    return None


def iso_writer(file: BinaryIO, root: Box) -> Writer | None:
    """The last writer of an ISO media file; None where no rule fits.

    Whoever edits metadata in place (exiftool) comes after whoever wrote the boxes, so its marks are asked for first.
    """
    return _exiftool(file, root) or _gpac(file, root) or _ffmpeg(file, root) or _others(file, root)


def _texts(file: BinaryIO, root: Box, *paths: str) -> list[tuple[str, str]]:
    return [(payload(file, box, 8192).decode("latin-1"), path) for path in paths for box in root.find_all(path)]


def _exiftool(file: BinaryIO, root: Box) -> Writer | None:
    for text, path in _texts(file, root, "uuid", "moov/udta/XMP_"):
        if "Image::ExifTool" in text and (writer := named_writer(text, f"{path} (XMP toolkit)")):
            return writer
    for path in ("moov/udta/meta/hdlr", "moov/meta/hdlr"):
        for box in root.find_all(path):
            data = payload(file, box, 64)
            # Its handler boxes name no vendor and end without a name, not even an empty one.
            if len(data) == 24 and data[8:12] in (b"mdir", b"mdta") and data[4:8] + data[12:24] == bytes(16):
                return Writer("exiftool", f"the handler in {path} is laid out as exiftool writes it", "screening")
    return None


def _gpac(file: BinaryIO, root: Box) -> Writer | None:
    for text, path in _texts(file, root, "free", "moov/free", "moov/udta/meta/ilst/©too/data"):
        if "GPAC" in text and (writer := named_writer(text, path)):
            return writer
    return None


def _ffmpeg(file: BinaryIO, root: Box) -> Writer | None:
    for text, path in _texts(file, root, "moov/udta/meta/ilst/©too/data", "moov/udta/©swr"):
        if (writer := named_writer(text, path)) is not None:
            return writer
    ftyp = root.find("ftyp")
    data = payload(file, ftyp, 64) if ftyp else b""
    minor = int.from_bytes(data[4:8], "big") if len(data) >= 8 else -1
    order = [box.type for box in root.children]
    if (data[:4], minor) in (
        (b"isom", 512),
        (b"qt  ", 512),
        (b"3gp6", 256),
        (b"3gp4", 512),
        (b"mp42", 512),
        (b"M4V ", 512),
    ):
        gap = {b"qt  ": "wide"}.get(data[:4], "free")
        before_media = order[order.index("mdat") - 1] if "mdat" in order[1:] else ""
        filler = next((box for box in root.children if box.type == gap), None)
        whole = before_media == gap and filler is not None and filler.size == 8
        fragmented = "moof" in order and root.find("moov/mvex") is not None
        if (whole or fragmented) and _plain_handlers(file, root):
            return Writer(
                "FFmpeg", "brands, filler before the media and handlers are laid out as FFmpeg writes them", "screening"
            )
    return None


def _plain_handlers(file: BinaryIO, root: Box) -> bool:
    """FFmpeg's track handlers have no component type outside QuickTime files, and end in a zero byte."""
    handlers = [payload(file, box, 256) for box in root.find_all("moov/trak/mdia/hdlr")]
    return bool(handlers) and all(
        data[12:24] == bytes(12) and (data[-1:] == b"\0" or data[4:8] == b"mhlr") for data in handlers
    )


def _others(file: BinaryIO, root: Box) -> Writer | None:
    paths = ("moov/udta/©swr", "moov/udta/©enc", "moov/udta/meta/ilst/©enc/data", "free")
    for text, path in _texts(file, root, *paths):
        if writer := named_writer(text, path):
            return writer
    return None
