"""Annotations as ELAN's EAF 3.0 (Max Planck Institute for Psycholinguistics, "EAF 3.0 Annotation Format").

What was seen stands on tiers "seen", what was looked for and not found on tiers "not found"; no two annotations of a
tier overlap, as ELAN wants it, so there may be "seen 2". Tags, subjects and what hid the view stand on tiers that
depend on them. No file name, author or date is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from kuager.weigh.annotation import MOMENT_S, MOST, Annotation, annotation, unreadable

SEEN, NOT_FOUND = "seen", "not found"
_ABOUT = ("obscured", "tags", "subjects")
_TIER = re.compile(rf"({SEEN}|{NOT_FOUND})(?: \d+)?(?:: ({'|'.join(_ABOUT)}))?")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BETWEEN = " | "
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<ANNOTATION_DOCUMENT AUTHOR="" DATE="2000-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0">\n'
    '<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>\n'
)
_TAIL = (
    '<LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="observation" TIME_ALIGNABLE="true"/>\n'
    '<LINGUISTIC_TYPE CONSTRAINTS="Symbolic_Association" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="about"'
    ' TIME_ALIGNABLE="false"/>\n'
    '<CONSTRAINT DESCRIPTION="1-1 association with a parent annotation" STEREOTYPE="Symbolic_Association"/>\n'
    "</ANNOTATION_DOCUMENT>\n"
)


def encode(annotations: Sequence[Annotation]) -> bytes:
    """The bytes of an EAF file. What no XML can hold is replaced by U+FFFD."""
    slots: list[str] = []
    tiers: list[str] = []
    for name, members in _tiers(annotations):
        mine, about = [], {key: [] for key in _ABOUT}  # type: tuple[list[str], dict[str, list[str]]]
        for number, each in members:
            first, last = f"ts{2 * number + 1}", f"ts{2 * number + 2}"
            for slot, time_s in ((first, each.start_s), (last, max(each.end_s, each.start_s + MOMENT_S))):
                slots.append(f'<TIME_SLOT TIME_SLOT_ID="{slot}" TIME_VALUE="{round(time_s * 1000)}"/>\n')
            id = f"a{number}"
            mine.append(
                f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="{id}" TIME_SLOT_REF1="{first}"'
                f' TIME_SLOT_REF2="{last}">{_value(each.text)}</ALIGNABLE_ANNOTATION></ANNOTATION>\n'
            )
            for key, text in zip(_ABOUT, (each.obscured, _joined(each.tags), _joined(each.subjects)), strict=True):
                if text:
                    about[key].append(
                        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{id}-{key}" ANNOTATION_REF="{id}">'
                        f"{_value(text)}</REF_ANNOTATION></ANNOTATION>\n"
                    )
        tiers.append(_tier(name, 'LINGUISTIC_TYPE_REF="observation"', mine))
        parent = f'LINGUISTIC_TYPE_REF="about" PARENT_REF={quoteattr(name)}'
        tiers += [_tier(f"{name}: {key}", parent, found) for key, found in about.items() if found]
    order = "<TIME_ORDER>\n" + "".join(slots) + "</TIME_ORDER>\n"
    return (_HEAD + order + "".join(tiers) + _TAIL).encode()


def decode(data: bytes, name: str) -> list[Annotation]:
    """The annotations in an EAF file. A document that declares entities is refused. Raises UnreadableError."""
    document = _Document()
    parser = expat.ParserCreate()
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.words
    parser.StartDoctypeDeclHandler = document.refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise unreadable(f"{name} is no EAF: {error}.") from None
    return list(document.annotations(name))


def _tiers(annotations: Sequence[Annotation]) -> Iterator[tuple[str, list[tuple[int, Annotation]]]]:
    """Tiers on which nothing overlaps, each with its annotations and their numbers in the file."""
    rows: dict[bool, list[list[tuple[int, Annotation]]]] = {True: [], False: []}
    for number, each in enumerate(annotations):
        for row in rows[each.found]:
            before = row[-1][1]
            if max(before.end_s, before.start_s + MOMENT_S) <= each.start_s:
                row.append((number, each))
                break
        else:
            rows[each.found].append([(number, each)])
    for found, name in ((True, SEEN), (False, NOT_FOUND)):
        for count, row in enumerate(rows[found], 1):
            yield name if count == 1 else f"{name} {count}", row


def _tier(name: str, more: str, annotations: Sequence[str]) -> str:
    return f"<TIER {more} TIER_ID={quoteattr(name)}>\n" + "".join(annotations) + "</TIER>\n"


def _value(text: str) -> str:
    clean = escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})
    return f"<ANNOTATION_VALUE>{clean}</ANNOTATION_VALUE>"


def _joined(words: Sequence[str]) -> str:
    return _BETWEEN.join(word.replace("\\", "\\\\").replace("|", "\\p") for word in words)


def _split(text: str) -> list[str]:
    return [re.sub(r"\\([p\\])", lambda match: "|" if match[1] == "p" else "\\", word) for word in text.split(_BETWEEN)]


class _Document:
    """What an EAF document holds, as it is read."""

    def __init__(self) -> None:
        self._slots: dict[str, float] = {}
        self._tier = self._who = self._id = ""
        self._times: dict[str, tuple[str, str]] = {}
        self._parent: dict[str, str] = {}
        self._found: list[tuple[str, str, str, str]] = []
        self._words: list[str] | None = None

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "TIME_SLOT" and re.fullmatch(r"\d{1,11}", given.get("TIME_VALUE", "")):
            self._slots[given.get("TIME_SLOT_ID", "")] = int(given["TIME_VALUE"]) / 1000
        elif tag == "TIER":
            self._tier, self._who = given.get("TIER_ID", ""), given.get("PARTICIPANT", "").strip()[:80]
        elif tag in ("ALIGNABLE_ANNOTATION", "REF_ANNOTATION"):
            self._id = given.get("ANNOTATION_ID", "")
            if tag == "REF_ANNOTATION":
                self._parent[self._id] = given.get("ANNOTATION_REF", "")
            else:
                self._times[self._id] = (given.get("TIME_SLOT_REF1", ""), given.get("TIME_SLOT_REF2", ""))
        elif tag == "ANNOTATION_VALUE":
            self._words = []

    def end(self, tag: str) -> None:
        if tag == "ANNOTATION_VALUE" and self._words is not None:
            self._found.append((self._id, self._tier, self._who, "".join(self._words)))
            self._words = None
            if len(self._found) > MOST * 4:
                raise unreadable(f"There are more than {MOST} annotations.")

    def words(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def refuse(self, *_: Any) -> None:
        raise unreadable("It has a document type, which could stand for more than it says.")

    def annotations(self, name: str) -> Iterator[Annotation]:
        """Ours with all that is about them; those of other tiers with the tier as a tag, who speaks as a subject."""
        about: dict[str, dict[str, str]] = {}
        for id, tier, _, text in self._found:
            ours = _TIER.fullmatch(tier)
            if ours and ours[2] and id in self._parent:
                about.setdefault(self._parent[id], {})[ours[2]] = text
        for id, tier, who, text in self._found:
            ours = _TIER.fullmatch(tier)
            if (ours and ours[2] and id in self._parent) or not text.strip():
                continue
            start, end = self._span(id, name)
            said = about.get(id, {})
            if ours:
                tags, subjects = (_split(said.get(key, "")) for key in ("tags", "subjects"))
                yield annotation(start, end, text, ours[1] == SEEN, said.get("obscured"), tags, subjects)
            else:
                yield annotation(start, end, text, tags=[tier], subjects=[who])

    def _span(self, id: str, name: str) -> tuple[float, float]:
        seen = set()
        while id in self._parent and id not in seen:
            seen.add(id)
            id = self._parent[id]
        first, last = self._times.get(id, ("", ""))
        if first not in self._slots or last not in self._slots:
            raise unreadable(f"{name}: the annotation {id[:40]!r} has no times.")
        start, end = self._slots[first], self._slots[last]
        return start, start if 0 <= end - start <= MOMENT_S * 1.5 else end
