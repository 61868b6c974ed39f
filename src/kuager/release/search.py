"""The search that comes after the gate and on top of it: every decoded surface of a folder, for every protected string.

Each file is peeled (see ``surfaces``). What is left is split into words, folded across spellings and scripts, and
compared word by word, so that a protected name inside a longer word is no hit and a name written in another alphabet is
one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kuager.errors import RefusedError
from kuager.record.case import Case
from kuager.release.protection import Protected
from kuager.release.spelling import bones, folded, plain, spellings, stems, words
from kuager.release.surfaces import content, surfaces, text_of
from kuager.weigh.story import FILE as STORY

_DIGITS = re.compile(r"\d(?:[\s().+/–-]{0,2}\d){6,}")
_TELEPHONE = 7
_OF_A_NUMBER = 9
"""Last digits of a telephone number that are compared: what stands before them is the way to dial it."""
_SURE = 6
"""Letters from which on a name is looked for inside runs of binary characters."""
_TELLING_BONES = 3
_TELLING_STEM = 4
"""Letters that a single name has without its ending of case, to be looked for without it."""
_WORDS_OF_PEOPLE = frozenset(
    "observed concluded linked happened located asked promised corrected unknown method judged transcribed case_titled "
    "editor_named signed_off".split()
)


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
            data = content(path)
            look = finder.find if text_of(data) is not None else finder.find_in_binary
            for surface in surfaces(data, path.suffix.lower()):
                found |= look(surface)
        if found:
            shown = _told(name, finder)
            hits.update(dict.fromkeys(Hit(shown, handle) for handle in sorted(found)))
    return list(hits)


def found_in(text: str, wanted: Sequence[Protected]) -> list[str]:
    """The handles of what is protected and stands in a text."""
    finder = _Finder(wanted)
    return sorted({handle for surface in surfaces(text.encode(), ".txt") for handle in finder.find(surface)})


def _told(name: str, finder: _Finder) -> str:
    """The name of a file as a message may have it: what in it is protected is left out."""
    parts = ["[…]" if finder.find(part) else part for part in name.split("/")]
    told = "/".join(parts)
    return "[…]" if finder.find(told) else told


def sources_of(case: Case, hits: Sequence[Hit], wanted: Sequence[Protected]) -> list[str]:
    """Which of people's words the hits come from: entries as they are cited (``#45``), and the account by its name."""
    handles = {hit.handle for hit in hits}
    finder = _Finder([each for each in wanted if each.handle in handles])
    found = []
    for entry in case.entries():
        payload = entry.payload
        if payload and payload.type in _WORDS_OF_PEOPLE and finder.find("\n".join(_texts(payload.body))):
            found.append(f"#{entry.n}")
    try:
        if finder.find((case.folder / STORY).read_text("utf-8", "replace")):
            found.append(STORY)
    except OSError:
        pass
    return found


def refuse_hits(hits: Sequence[Hit], sources: Sequence[str] = ()) -> None:
    """Raises RefusedError (exit 4) naming files and handles, if there are any, and where to take them out."""
    if hits:
        places = "; ".join(f"{hit.file}: {hit.handle}" for hit in hits[:10])
        more = f" and {len(hits) - 10} more places" if len(hits) > 10 else ""
        from_ = f" They come from {', '.join(sources[:10])}." if sources else ""
        raise RefusedError(
            f"Protected strings stand in what would have left: {places}{more}. Nothing was written.{from_}",
            "Write it anew (--replaces), or keep it inside: kuager restrict '#ENTRY' --because TEXT",
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)


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
            stem = stems(each.text)
            if len(stem) == 1 and len(stem[0]) < _TELLING_STEM:
                stem = name
            for order in {name, name[::-1], stem, stem[::-1]}:
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
            run = [tuple(filter(None, spellings(word))) for word in words(seen)]
            found |= _runs(run, self._by_first)
            if self._by_bones:
                found |= _runs([tuple(map(bones, forms)) for forms in run], self._by_bones)
        return found

    def find_in_binary(self, text: str) -> set[str]:
        """The same among strings of a binary file, where other bytes may touch a name and hide where it begins."""
        low = text.casefold()
        return self.find(text) | {handle for needle, handle in self._names if needle in low}


def _runs(words: Sequence[Sequence[str]], by_first: dict[str, list[tuple[tuple[str, ...], str]]]) -> set[str]:
    """The handles of runs of words that stand in a text of which each word has several forms: with and without the
    endings of its cases."""
    return {
        handle
        for at, forms in enumerate(words)
        for form in forms
        for order, handle in by_first.get(form, ())
        if at + len(order) <= len(words) and all(one in words[at + n] for n, one in enumerate(order))
    }
