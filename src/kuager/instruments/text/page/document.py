"""Decoding a page's bytes: which encoding, which kind of file, and a clear refusal of what is not text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from kuager.errors import UnreadableError

#: Larger than any news page saved with its comments; a bound on time and memory, not on what may be preserved.
MAX_BYTES = 8_000_000
#: Characters of text that are read; what a page holds beyond it is refused rather than silently left out.
MAX_CHARACTERS = 2_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""", re.I)
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|article|div|p|meta|title|section|main)\b", re.I)
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"OggS",
    b"\x1aE\xdf\xa3",
    b"RIFF",
)
_BESIDE_LATIN = re.compile(r"[A-Za-z][^\W\d_A-Za-z]|[^\W\d_A-Za-z][A-Za-z]")
_CYRILLIC_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбчй ")


@dataclass(frozen=True, slots=True)
class Document:
    """A page's text as decoded, with the encoding it was decoded from and what kind of file it was.

    For HTML, ``text`` is the extracted text and ``layout`` says which parts of it are what.
    """

    text: str
    encoding: str
    media_type: str
    layout: object | None = field(default=None, compare=False)


def decode(data: bytes, hint: str | None = None) -> tuple[str, str]:
    """The text of ``data`` and the name of its encoding; a leading byte-order mark is removed, nothing else changed.

    UTF-8 first, as the interface asks; then what the file declares (``hint``); then the likeliest single-byte
    encoding of the languages that are read here. Raises UnreadableError for what is not text.
    """
    if not data.strip():
        raise UnreadableError("The page is empty.", "Save it again; a page must hold text.")
    if len(data) > MAX_BYTES:
        raise UnreadableError(
            f"The page has {len(data)} bytes, more than the {MAX_BYTES} that are read.",
            "Save the article alone, or split the file.",
        )
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return _checked(data[len(bom) :].decode(name)), name
            except UnicodeDecodeError as error:
                raise _not_text(f"it starts as {name} but does not go on as {name}") from error
    if data.startswith(_MAGIC):
        raise _not_text("its first bytes are those of another kind of file")
    try:
        return _checked(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError:
        pass
    sample = data[:100_000]
    if len(sample) >= 4 and (sample[1::2].count(0) > len(sample) // 5 or sample[::2].count(0) > len(sample) // 5):
        name = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        try:
            return _checked(data.decode(name)), name
        except UnicodeDecodeError as error:
            raise _not_text("it holds zero bytes") from error
    if sum(byte in _CONTROL for byte in sample) > len(sample) // 100:
        raise _not_text("it holds control bytes")
    if hint:
        try:
            return _checked(data.decode(hint)), codecs.lookup(hint).name
        except (UnicodeDecodeError, LookupError):
            pass
    return _single_byte(data)


def _single_byte(data: bytes) -> tuple[str, str]:
    """Windows-1251, KOI8-R, IBM866 or Windows-1252, by which letters the text would then be made of."""
    best: tuple[float, str, str] | None = None
    for name in ("cp1251", "koi8-r", "cp866", "cp1252"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        high = [c for c in text if ord(c) > 127]
        if name == "cp1252":
            share = sum(c in "éèêëàâäáãåçñöóôòøüúùûßíîïÉÈÀÖÜÄÅØ’‘“”–—…£€°©®\u00a0«»" for c in high) / max(1, len(high))
        else:
            apart = len(_BESIDE_LATIN.findall(text[:100_000]))
            share = sum(c in _CYRILLIC_COMMON for c in high) / max(1, len(high)) - apart / max(1, len(high))
        if best is None or share > best[0]:
            best = (share, text, name)
    if best is None or best[0] < 0.4:
        raise _not_text("no encoding gives readable letters")
    return _checked(best[1]), best[2]


def _checked(text: str) -> str:
    """``text`` without a leading byte-order mark, refused where it holds what text does not."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableError("The page is empty.", "Save it again; a page must hold text.")
    sample = text[:100_000]
    odd = sum(sample.count(chr(c)) for c in _CONTROL)
    if odd > max(2, len(sample) // 200):
        raise _not_text("it holds control characters")
    return text


def _not_text(why: str) -> UnreadableError:
    return UnreadableError(f"This is not a page of text: {why}.", "Pages are plain text or HTML; save the page again.")


def load(data: bytes, media_type: str | None = None) -> Document:
    """Decodes a page. ``media_type`` says whether it is HTML; without it, the bytes are looked at.

    Raises UnreadableError for empty, binary, oversized and undecodable input.
    """
    declared = (media_type or "").split(";")[0].strip().lower()
    head = data[:4096]
    is_html = declared in _HTML_TYPES or (declared != "text/plain" and bool(_HTML.search(head)))
    hint = _declared_charset(head) if is_html else None
    text, encoding = decode(data, hint)
    if not is_html:
        _bounded(text)
        return Document(text, encoding, declared or "text/plain")
    from kuager.instruments.text.page.html import extract

    extracted, layout = extract(text)
    _bounded(extracted)
    return Document(extracted, encoding, declared or "text/html", layout)


def _bounded(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(
            f"The page has {len(text)} characters of text, more than the {MAX_CHARACTERS} that are read.",
            "Save the article alone, or split the file.",
        )


def _declared_charset(head: bytes) -> str | None:
    match = _META_CHARSET.search(head) or _XML_CHARSET.search(head)
    return match.group(1).decode("ascii") if match else None
