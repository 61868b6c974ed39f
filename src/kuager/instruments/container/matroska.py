"""Matroska and WebM (RFC 9559, EBML RFC 8794): segment information and tags, by their elements."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from kuager.instruments.container.metadata import Claim
from kuager.instruments.container.writer import Writer, named_writer

_SEGMENT, _INFO, _TAGS, _TAG, _SIMPLE = 0x18538067, 0x1549A966, 0x1254C367, 0x7373, 0x67C8
_MUXING, _WRITING, _DATE, _NAME, _TEXT = 0x4D80, 0x5741, 0x4461, 0x45A3, 0x4487
_PARENTS = {_SEGMENT, _INFO, _TAGS, _TAG, _SIMPLE}
_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)
_TAG_FIELDS = {"MAKE": "make", "MODEL": "model", "ENCODER": "software", "DATE": "created", "CREATION_TIME": "created"}
MOST_ELEMENTS = 5000
DEEPEST = 24
LONGEST_TEXT = 4096


def matroska_claims(file: BinaryIO) -> Iterator[Claim]:
    """What segment information and tags claim; clusters are skipped, never read."""
    name = ""
    for element, data in _elements(file, 0, file.seek(0, os.SEEK_END), [MOST_ELEMENTS]):
        text = data.decode("utf-8", "replace").strip("\0 ")
        if element == _WRITING:
            yield Claim("software", text, "Info/WritingApp")
        elif element == _MUXING:
            yield Claim("muxer", text, "Info/MuxingApp")
        elif element == _DATE and len(data) == 8:
            nanoseconds = struct.unpack(">q", data)[0]
            if abs(nanoseconds) < 4e18:
                when = _EPOCH + timedelta(microseconds=nanoseconds // 1000)
                yield Claim("created", when.strftime("%Y-%m-%dT%H:%M:%SZ"), "Info/DateUTC")
        elif element == _NAME:
            name = text.upper()
        elif element == _TEXT and name in _TAG_FIELDS:
            yield Claim(_TAG_FIELDS[name], text[:200], f"Tags/{name}")


def matroska_writer(claims: tuple[Claim, ...]) -> Writer | None:
    """The writing application where it is one of those known; a library's name alone decides nothing."""
    for claim in claims:
        if claim.place == "Info/WritingApp":
            return named_writer(str(claim.value), claim.place)
    return None


def _elements(file: BinaryIO, at: int, end: int, left: list[int], depth: int = 0) -> Iterator[tuple[int, bytes]]:
    while at < end and left[0] > 0 and depth <= DEEPEST:
        left[0] -= 1
        file.seek(at)
        head = file.read(12)
        element, used = _number(head, keep_marker=True)
        size, more = _number(head[used:], keep_marker=False)
        if not used or not more:
            return
        start = at + used + more
        # All bits set: size unknown, as live writers leave it; the parent's end bounds it.
        stop = end if size == (1 << 7 * more) - 1 else min(start + size, end)
        if element in _PARENTS:
            yield from _elements(file, start, stop, left, depth + 1)
        elif stop - start <= LONGEST_TEXT:
            file.seek(start)
            yield element, file.read(stop - start)
        at = stop


def _number(data: bytes, *, keep_marker: bool) -> tuple[int, int]:
    """A variable-length integer and its length; length 0 if it is torn."""
    if not data or not data[0]:
        return 0, 0
    length = 9 - data[0].bit_length()
    if len(data) < length or length > 8:
        return 0, 0
    value = int.from_bytes(data[:length], "big")
    return (value if keep_marker else value & ((1 << 7 * length) - 1)), length
