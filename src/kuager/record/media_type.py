"""Media types, told from the first bytes of a file and, only where these say nothing, from its name.

The table holds what investigators are sent. It decides nothing but how a file is shown first; examiners look closer.
Signatures: the formats' own specifications; for text, the WHATWG MIME Sniffing standard §7.1 and §3 (binary bytes).
"""

from __future__ import annotations

HEAD = 4096
"""How many first bytes are looked at."""

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"BM", "image/bmp"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"fLaC", "audio/flac"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x00\x00\x01\xb3", "video/mpeg"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "video/x-ms-asf"),
    (0, b"caff", "audio/x-caf"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"WARC/1.", "application/warc"),
)

_BRANDS = {
    b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"crx ": "image/x-canon-cr3",
    b"avif": "image/avif", b"avis": "image/avif", b"heic": "image/heic", b"heix": "image/heic",
    b"mif1": "image/heif", b"msf1": "image/heif",
}  # fmt: skip

_RIFF = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"WEBP": "image/webp"}

_TEXT_NAMES = {
    "csv": "text/csv", "tsv": "text/tab-separated-values", "json": "application/json", "md": "text/markdown",
    "srt": "application/x-subrip", "vtt": "text/vtt", "xml": "application/xml", "eml": "message/rfc822",
}  # fmt: skip

_OTHER_NAMES = {"ts": "video/mp2t", "mts": "video/mp2t", "m2ts": "video/mp2t", "aac": "audio/aac", "mp3": "audio/mpeg"}

_HTML = (
    b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<script", b"<table", b"<div", b"<h1", b"<p>", b"<!--",
)  # fmt: skip

_KINDS = {
    "text/csv": "list",
    "text/tab-separated-values": "list",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "list",
    "application/vnd.oasis.opendocument.spreadsheet": "list",
    "application/pdf": "document",
    "application/rtf": "document",
    "application/x-ole-storage": "document",
    "application/epub+zip": "document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "document",
    "application/vnd.oasis.opendocument.text": "document",
    "message/rfc822": "document",
    "application/xhtml+xml": "page",
    "application/x-subrip": "page",
}


_NOT_BINARY = bytes(byte for byte in range(256) if byte in (9, 10, 12, 13, 27) or byte >= 32)


def sniff(head: bytes, name: str) -> str:
    """The media type of a file called ``name`` that begins with ``head`` (its first 4,096 bytes, or all)."""
    if not head:
        return "application/x-empty"
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return _by_signature(head) or _by_structure(head) or _as_text(head, extension) or _last(head, extension)


def kind(media_type: str) -> str:
    """recording, page, list, image, document or other."""
    family = media_type.partition("/")[0]
    if media_type in _KINDS:
        return _KINDS[media_type]
    return {"video": "recording", "audio": "recording", "image": "image", "text": "page"}.get(family, "other")


def _by_signature(head: bytes) -> str | None:
    return next((found for at, magic, found in _SIGNATURES if head.startswith(magic, at)), None)


def _by_structure(head: bytes) -> str | None:
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "video/3gpp" if brand[:3] in (b"3gp", b"3g2") else _BRANDS.get(brand, "video/mp4")
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"):
        return "video/quicktime"
    if head[:4] in (b"RIFF", b"RF64"):
        return _RIFF.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "audio/aiff"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head[:4] == b"OggS":
        return "video/ogg" if b"theora" in head[:128] else "audio/ogg"
    if head[:2] == b"PK":
        return _archive(head)
    if len(head) > 376 and head[0] == head[188] == head[376] == 0x47:
        return "video/mp2t"
    if head[0] == 0xFF and len(head) > 3 and head[1] & 0xE6 in (0xE2, 0xE4, 0xE6) and head[2] & 0xF0 not in (0, 0xF0):
        return "audio/mpeg"
    if head[0] == 0xFF and len(head) > 1 and head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return None


def _archive(head: bytes) -> str:
    if head[30:38] == b"mimetype":
        length = int.from_bytes(head[18:22], "little")
        named = head[38 : 38 + min(length, 100)].decode("ascii", "replace")
        return named if named.isprintable() and named.startswith("application/") else "application/zip"
    office = "application/vnd.openxmlformats-officedocument."
    for part, what in ((b"word/", "wordprocessingml.document"), (b"xl/", "spreadsheetml.sheet"),
                       (b"ppt/", "presentationml.presentation")):  # fmt: skip
        if part in head:
            return office + what
    return "application/zip"


def _as_text(head: bytes, extension: str) -> str | None:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    body = head.removeprefix(b"\xef\xbb\xbf")
    if body.translate(None, _NOT_BINARY):
        return None
    start = body.lstrip()[:1024].lower()
    if start.startswith(_HTML) or (start.startswith(b"<?xml") and b"<html" in start):
        return "text/html"
    if start.startswith(b"<?xml"):
        return "image/svg+xml" if b"<svg" in start else "application/xml"
    if start.startswith(b"<svg"):
        return "image/svg+xml"
    if extension in ("html", "htm", "xhtml") and b"<" in body:
        return "text/html"
    return _TEXT_NAMES.get(extension, "text/plain")


def _last(head: bytes, extension: str) -> str:
    return _OTHER_NAMES.get(extension, "application/octet-stream")
