"""The search that comes after the gate and on top of it: every decoded surface of a folder, for every protected string.

Each file is peeled: text of markup and its attributes, JSON and percent escapes, inline data, strings inside binary
files. What is left is split into words, folded across spellings and scripts, and compared word by word, so that a
protected name inside a longer word is no hit and a name written in another alphabet is one.
"""

from __future__ import annotations

import base64
import binascii
import html
import json
import re
import urllib.parse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuager.errors import RefusedError
from kuager.release.protection import Protected
from kuager.release.spelling import bones, folded, plain, words

_INLINE = re.compile(r"(?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_ESCAPED = re.compile(r"\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\"\\/bfnrt])")
_DIGITS = re.compile(r"\d(?:[\s().+/–-]{0,2}\d){6,}")
_TELEPHONE = 7
_OF_A_NUMBER = 9
"""Last digits of a telephone number that are compared: what stands before them is the way to dial it."""
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
_JPEG, _JPEG_SCAN, _JPEG_END = b"\xff\xd8\xff", b"\xff\xda", b"\xff\xd9"
_MATROSKA = b"\x1a\x45\xdf\xa3"
_MEDIA = (".webm", ".weba", ".mp4", ".mkv", ".mov", ".m4a", ".ogg", ".opus", ".mp3", ".wav", ".flac")
_SURE = 6
"""Letters from which on a name is looked for inside runs of binary characters."""
_TELLING_BONES = 3
_ENDS = 512 << 10
"""Bytes at either end of a recording in which its metadata stand; between them is compressed sound and picture."""
_ENDS_OF_OURS = 64 << 10
"""The same for Matroska and WebM, whose metadata are small."""


@dataclass(frozen=True)
class Hit:
    """A protected string in a file: where, and by which handle; never the string."""

    file: str
    handle: str


def search(folder: Path, wanted: Sequence[Protected]) -> list[Hit]:
    """Every hit in the files below ``folder`` and in their names."""
    finder = _Finder(wanted)
    hits: dict[Hit, None] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        found = set(finder.find(name))
        if path.is_file() and not path.is_symlink():
            data = _bytes(path)
            look = finder.find if _text(data) is not None else finder.find_in_binary
            for surface in surfaces(data, path.suffix.lower()):
                found |= look(surface)
        hits.update(dict.fromkeys(Hit(name, handle) for handle in sorted(found)))
    return list(hits)


def refuse_hits(hits: Sequence[Hit]) -> None:
    """Raises RefusedError (exit 4) naming files and handles, if there are any."""
    if hits:
        places = "; ".join(f"{hit.file}: {hit.handle}" for hit in hits[:10])
        more = f" and {len(hits) - 10} more places" if len(hits) > 10 else ""
        raise RefusedError(
            f"Protected strings stand in what would have left: {places}{more}. Nothing was written.",
            "Take them out of what is shown, or decide otherwise about what is protected.",
        )


def surfaces(data: bytes, suffix: str = "", depth: int = 0) -> Iterator[str]:
    """Every text that can be read in some bytes, peeled layer by layer."""
    text = _text(data)
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


def _bytes(path: Path) -> bytes:
    """A file without its compressed pictures and sound, which no text stands in."""
    data = path.read_bytes()
    if data.startswith(_JPEG):
        scan, end = data.find(_JPEG_SCAN), data.rfind(_JPEG_END)
        return data[:scan] + data[end:] if 0 <= scan < end else data
    ends = _ENDS_OF_OURS if data.startswith(_MATROSKA) else _ENDS
    if path.suffix.lower() in _MEDIA and len(data) > 2 * ends:
        return data[:ends] + data[-ends:]
    return data


def _text(data: bytes) -> str | None:
    if b"\0" in data[:4096]:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


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


class _Finder:
    """Looks for many strings at once: by their words for names, by the very characters for digests and file names.

    A name of several words is also looked for by their consonants, and last name first, as lists write it; a telephone
    number by its last digits, however they are grouped.
    """

    def __init__(self, wanted: Iterable[Protected]) -> None:
        self._numbers: list[tuple[str, str]] = []
        self._exact: list[tuple[str, str]] = []
        self._names: list[tuple[str, str]] = []
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._by_bones: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for each in wanted:
            name = tuple(folded(word) for word in words(each.text))
            low = each.text.casefold()
            if each.exact or not name:
                self._exact.append((low, each.handle))
                continue
            digits = "".join(mark for mark in low if mark.isdigit())
            if len(digits) >= _TELEPHONE and not any(mark.isalpha() for mark in low):
                self._numbers.append((digits[-_OF_A_NUMBER:], each.handle))
            if len(low) >= _SURE:
                self._names.append((low, each.handle))
            for order in {name, name[::-1]}:
                self._by_first.setdefault(order[0], []).append((order, each.handle))
                bare = tuple(bones(word) for word in order)
                if len(order) > 1 and all(len(bone) >= _TELLING_BONES for bone in bare):
                    self._by_bones.setdefault(bare[0], []).append((bare, each.handle))

    def find(self, text: str) -> set[str]:
        """The handles of what stands in a text."""
        seen = plain(text)
        low = seen.casefold()
        found = {handle for needle, handle in self._exact if needle in low}
        if self._numbers:
            joined = " ".join("".join(filter(str.isdigit, match[0])) for match in _DIGITS.finditer(seen))
            found |= {handle for needle, handle in self._numbers if needle in joined}
        if self._by_first:
            run = tuple(folded(word) for word in words(seen))
            found |= _runs(run, self._by_first)
            if self._by_bones:
                found |= _runs(tuple(bones(word) for word in run), self._by_bones)
        return found

    def find_in_binary(self, text: str) -> set[str]:
        """The same among strings of a binary file, where other bytes may touch a name and hide where it begins."""
        low = text.casefold()
        return self.find(text) | {handle for needle, handle in self._names if needle in low}


def _runs(words: tuple[str, ...], by_first: dict[str, list[tuple[tuple[str, ...], str]]]) -> set[str]:
    return {
        handle
        for at, word in enumerate(words)
        for order, handle in by_first.get(word, ())
        if words[at : at + len(order)] == order
    }
