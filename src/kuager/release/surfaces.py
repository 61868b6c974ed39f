"""Every text that can be read in a file: what a reader, a viewer or a program finds in it, layer by layer.

Text of markup and its attributes, JSON and percent escapes, inline data, strings inside binary files in several
encodings, members of archives and office documents, compressed streams of PDFs and pictures. What unpacks to far more
than it is, is read up to a bound.
"""

from __future__ import annotations

import base64
import binascii
import html
import io
import json
import re
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_INLINE = re.compile(r"(?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_ESCAPED = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\"\\/bfnrt])")
_HEX = re.compile("[0-9a-f]+")
# Runs of text in binary files, in UTF-8 and in UTF-16 (Latin and Cyrillic): compressed sound and picture has few.
_IN_UTF_8 = re.compile(rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){5,}")
_IN_UTF_16 = {
    "utf-16-le": re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00|[\x00-\xff][\x01\x04]){4,}"),
    "utf-16-be": re.compile(rb"(?:\x00[\x20-\x7e\xa0-\xff]|[\x01\x04][\x00-\xff]){4,}"),
}
_IN_ONE_BYTE = re.compile(rb"[A-Za-z \x80-\xff]{10,}")
_TEXT_SHARE = 0.6
_MARKUP = (".html", ".htm", ".svg", ".xml", ".xhtml")
DEEPEST = 3
LARGEST_INLINE = 4 << 20
LARGEST_UNPACKED = 16 << 20
"""Bytes that are unpacked of one file at the most: a bound on archives that hold far more than they weigh."""

MOST_MEMBERS = 5_000
_NO_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip
_JPEG = b"\xff\xd8\xff"
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xDA)})
_JPEG_SCAN, _JPEG_END = 0xDA, 0xD9
_JPEG_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_PNG = b"\x89PNG\r\n\x1a\n"
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_PDF_SHOWN = re.compile(rb"\[((?:[^\[\]\\]|\\.){0,20000})\]\s*TJ|(\((?:[^()\\]|\\.){0,20000}\))\s*(?:Tj|'|\")")
_PDF_STRING = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>")
_MATROSKA = b"\x1a\x45\xdf\xa3"
_MEDIA = (".webm", ".weba", ".mp4", ".mkv", ".mov", ".m4a", ".ogg", ".opus", ".mp3", ".wav", ".flac")
_ENDS = 512 << 10
"""Bytes at either end of a recording in which its metadata stand; between them is compressed sound and picture."""
_ENDS_OF_OURS = 64 << 10
"""The same for Matroska and WebM, whose metadata are small."""


def surfaces(data: bytes, suffix: str = "", depth: int = 0) -> Iterator[str]:
    """Every text that can be read in some bytes, peeled layer by layer."""
    if depth < DEEPEST:
        for member in _unpacked(data):
            yield from surfaces(member, "", depth + 1)
    text = text_of(data)
    if text is None:
        yield from _strings(data)
        return
    if suffix in _MARKUP or "<" in text[:2000]:
        yield from _markup(text)
    seen = {text}
    layer = [text]
    for _ in range(DEEPEST):
        yield from layer
        layer = [peeled for each in layer for peeled in _peel(each) if peeled not in seen]
        seen.update(layer)
        if not layer:
            break
    if depth < DEEPEST:
        for match in _INLINE.finditer(text):
            inner = None if _HEX.fullmatch(match[0]) else _inline(match[0])
            if inner is not None:
                yield from surfaces(inner, "", depth + 1)


def content(path: Path) -> bytes:
    """A file without its compressed pictures and sound, which no text stands in."""
    data = path.read_bytes()
    if data.startswith(_JPEG):
        return _jpeg(data)
    ends = _ENDS_OF_OURS if data.startswith(_MATROSKA) else _ENDS
    if path.suffix.lower() in _MEDIA and len(data) > 2 * ends:
        return data[:ends] + data[-ends:]
    return data


def text_of(data: bytes) -> str | None:
    """The bytes as UTF-8 text; None where they are none."""
    if b"\0" in data[:4096]:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _jpeg(data: bytes) -> bytes:
    """A JPEG file without its scans (ITU-T T.81, B.1.1): a preview inside its metadata has scans of its own."""
    kept, at = [data[:2]], 2
    while at + 4 <= len(data):
        marker = _JPEG_MARKER.match(data, at)
        if marker is None:
            break
        kind, at = marker[1][0], marker.end()
        if kind == _JPEG_END:
            break
        if kind in _JPEG_ALONE:
            continue
        length = int.from_bytes(data[at : at + 2], "big")
        kept.append(data[at : at + length])
        at += max(2, length)
        if kind == _JPEG_SCAN:
            after = _JPEG_MARKER.search(data, at)
            at = after.start() if after else len(data)
    return b"\n".join([*kept, data[at:]])


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What binary data holds in a packed form."""
    if data.startswith(_ZIP):
        yield from _members(data)
    elif data.startswith(_PDF):
        yield from _pdf(data)
    elif data.startswith(_PNG):
        yield from _png(data)
    elif data.startswith(b"\x1f\x8b"):
        yield _inflated(data, 31)


def _members(data: bytes) -> Iterator[bytes]:
    """Names and contents of an archive or an office document."""
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist()[:MOST_MEMBERS]:
                yield f"{member.filename}\n".encode() + member.comment + member.extra
                inner = _member(archive, member, max(0, left))
                left -= len(inner)
                yield inner
            yield archive.comment
    except _NO_ARCHIVE:
        return  # its bytes are searched for strings all the same


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """Up to ``most`` bytes of a member; none of one that is damaged or locked, which must not hide those after it."""
    try:
        with archive.open(member) as file:
            return file.read(most)
    except _NO_ARCHIVE:
        return b""


def _pdf(data: bytes) -> Iterator[bytes]:
    """The streams of a PDF, and the words that they show, as far as they stand as characters (ISO 32000-1, 9.4.3)."""
    left = LARGEST_UNPACKED
    for packed in _streams(data):
        inner = _inflated(packed, 15, left) or packed
        left -= len(inner)
        yield inner
        shown = (_shown(show[1] or show[2]) for show in _PDF_SHOWN.finditer(inner))
        yield " ".join(shown).encode()
        if left <= 0:
            return
    yield "\n".join(_shown(match[0]) for match in _PDF_STRING.finditer(data[:LARGEST_UNPACKED])).encode()


def _streams(data: bytes) -> Iterator[bytes]:
    end = 0
    while (start := data.find(b"stream", end)) >= 0:
        end = data.find(b"endstream", start + 6)
        if end < 0:
            return
        yield data[start + 6 : end].lstrip(b"\r\n")
        end += 9


def _shown(strings: bytes) -> str:
    """The characters of a PDF's strings, joined: what stands between them moves the pen."""
    whole = b""
    for literal, digits in _PDF_STRING.findall(strings):
        if digits:
            even = re.sub(rb"\s", b"", digits)
            whole += bytes.fromhex((even + b"0" * (len(even) % 2)).decode())
        else:
            whole += re.sub(rb"\\([nrtbf()\\]|[0-7]{1,3})", _pdf_escape, literal)
    if whole.startswith(b"\xfe\xff"):
        return whole[2:].decode("utf-16-be", "ignore")
    return whole.decode("utf-8") if _is_utf_8(whole) else whole.decode("latin-1")


def _pdf_escape(match: re.Match[bytes]) -> bytes:
    mark = match[1]
    if mark.isdigit():
        return bytes([int(mark, 8) & 0xFF])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(mark, mark)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _png(data: bytes) -> Iterator[bytes]:
    """The compressed texts of a PNG (W3C PNG, 11.3.3)."""
    at = len(_PNG)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if kind in (b"zTXt", b"iTXt", b"iCCP"):
            start = body.find(b"\x78")
            while 0 <= start < len(body):
                inner = _inflated(body[start:], 15)
                if inner:
                    yield inner
                    break
                start = body.find(b"\x78", start + 1)
        at += 12 + length


def _inflated(data: bytes, window: int, most: int | None = None) -> bytes:
    """Unpacked data, up to a bound; empty where it is not packed so."""
    try:
        return zlib.decompressobj(window).decompress(data, max(1, LARGEST_UNPACKED if most is None else most))
    except zlib.error:
        return b""


def _strings(data: bytes) -> Iterator[str]:
    """The runs of text in binary data, one surface for each encoding."""
    yield "\n".join(_likely(match[0].decode("utf-8", "ignore") for match in _IN_UTF_8.finditer(data)))
    for encoding, pattern in _IN_UTF_16.items():
        yield "\n".join(_likely(match[0].decode(encoding, "ignore") for match in pattern.finditer(data)))
    for code_page in ("latin-1", "cp1251"):
        runs = (match[0].decode(code_page, "ignore") for match in _IN_ONE_BYTE.finditer(data))
        yield "\n".join(run for run in runs if " " in run.strip())


def _likely(runs: Iterable[str]) -> Iterator[str]:
    """The runs that are mostly letters and spaces, as text is and compressed data is not."""
    return (run for run in runs if sum(c.isalpha() or c == " " for c in run) >= _TEXT_SHARE * len(run))


def _markup(text: str) -> Iterator[str]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    if tree.root is None:
        return
    # Once with a space between elements and once without: a name may be split by markup, or joined by it.
    yield tree.root.text(separator=" ")
    yield tree.root.text(separator="")
    for node in tree.root.traverse(include_text=False):
        for name, value in node.attributes.items():
            if value:
                yield value
            if name.startswith("data-"):
                yield name


def _peel(text: str) -> Iterator[str]:
    if "&" in text:
        yield html.unescape(text)
    if "%" in text:
        yield urllib.parse.unquote(text)
    if "\\" in text:
        yield _ESCAPED.sub(_unescape, text)


def _unescape(match: re.Match[str]) -> str:
    mark = match[0]
    if mark[1] in "ux":
        return chr(int(mark[2:], 16))
    value: str = json.loads(f'"{mark}"')
    return value


def _inline(text: str) -> bytes | None:
    if len(text) > LARGEST_INLINE:
        text = text[:LARGEST_INLINE]
    try:
        return base64.b64decode(text[: len(text) // 4 * 4])
    except (binascii.Error, ValueError):
        return None
