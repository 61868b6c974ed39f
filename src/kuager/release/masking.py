"""Masking people's names in all text that leaves: nobody is named until somebody has cleared them.

Names are those that pages of the case know, and those that a text itself writes like a person's. They are told in any
spelling and script that folding joins, whole, last name first, or by the family name alone. Bodies, papers and places
keep their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from kuager.release import spelling
from kuager.release.article import Article
from kuager.release.people import named_in
from kuager.release.said import Mark, Said, Speaker, renamed

MASK = "[…]"
_FAMILY = 3
_BONES, _BONES_ALONE = 3, 5
"""Consonants by which a name is known in another spelling: of each of several words, or of one alone."""
_BETWEEN = re.compile(r"[\s.,\-–]{1,3}")
_APART = re.compile(r"[\s,]{1,2}")
_I = re.compile(r"\bI\b")
_KIN = re.compile(r"(?:ov|ev|enko|uli|kizi)$")
# Handles under which people comment that are words of the language: a page full of […] would tell nothing.
_COMMON = frozenset(
    "anonymous guest admin reader kazakh russian american citizen patriot anon аноним гость читатель казах қазақ "
    "оқырман".split()
)

#: Letters of a name in one word at least; a chunk is what stands between spaces.
_HANDLE = 8
_CHUNK = re.compile(r"[^\s\"'“”«»(),;!?]{8,400}")
_NO_LETTER = re.compile(r"[\W\d_]+")

Run = tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """What masking rests on, as plain data: names to hide, names that people cleared, names of bodies."""

    hidden: Sequence[str] = ()
    cleared: Sequence[str] = ()
    bodies: Sequence[str] = ()


class Mask:
    """Takes people's names out of a text."""

    def __init__(self, names: Names, salt: str = "") -> None:
        self._salt = salt
        self._cleared = [frozenset(spelling.name(name)) for name in names.cleared]
        self._bodies = [frozenset(spelling.name(name)) for name in names.bodies]
        # A town keeps its name whatever stands before it; one word of a longer name is nobody's alone.
        self._kept = _COMMON.union(*self._cleared, *(body for body in self._bodies if len(body) == 1))
        self._runs: dict[str, list[Run]] = {}
        self._bare: dict[str, list[Run]] = {}
        for name in names.hidden:
            self._add(name, self._runs, self._bare)
        self._joined = frozenset(each for name in names.hidden for each in self._handles(name))

    def __call__(self, text: str) -> str:
        """The text with each name replaced by MASK."""
        return self.moved(text, ())[0]

    def moved(self, text: str, places: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
        """The text with each name replaced by MASK, and where stretches of the text stand in it afterwards.

        A stretch that begins or ends within a name has the whole MASK: nothing is told of where the name was cut.
        """
        if not text:
            return text, list(places)
        runs, bare = self._runs, self._bare
        found = [name for name, _ in named_in(text)]
        if found:
            runs, bare = {key: list(value) for key, value in runs.items()}, dict(bare)
            for name in found:
                self._add(name, runs, bare)
        seen = spelling.plain(text)
        joined = self._joined.union(*(self._handles(name) for name in found))
        cuts = _together([*_cuts(seen, runs, bare), *_handle_cuts(seen, joined)])
        if not cuts:
            return text, list(places)
        edges = [tuple(n if seen == text else len(spelling.plain(text[:n])) for n in place) for place in places]
        return _without(seen, cuts), [(_start(first, cuts), _end(last, cuts)) for first, last in edges]

    def hides(self, name: str) -> bool:
        """Whether a person's name, as a whole, is taken out."""
        return bool(spelling.name(name)) and not self._is_cleared(spelling.name(name))

    def alias(self, id: str) -> str:
        """An id that tells nothing of the name it was made of: who does not hold the case cannot test a guess."""
        kind, _, _ = id.partition("-")
        return f"{kind}-{sha256(f'{self._salt}:{id}'.encode()).hexdigest()[:10]}"

    def _is_cleared(self, run: Run) -> bool:
        """Whether these words are of a name that was cleared; a whole name also in the cases of its language: what one
        ending hides, another must not bring out, and the other way round. Names that only sound alike stay masked."""
        if any(set(run) <= cleared for cleared in self._cleared):
            return True
        return len(run) > 1 and any(
            all(any(_is_inflected(word, other) for other in cleared) for word in run)
            for cleared in self._cleared
            if len(cleared) > 1
        )

    def _is_body(self, run: Run) -> bool:
        """Whether these words are a body's, or of the language: "Kazakh", "Human Rights". A family name is nobody's."""
        if run[0] in _COMMON and len(run) == 1:
            return True
        return not _KIN.search(run[-1]) and any(set(run) <= body for body in self._bodies)

    def _handles(self, name: str) -> tuple[str, ...]:
        """A whole name as hashtags, handles and addresses write it: its words in one, either way round."""
        written = [word for word in spelling.words(name) if len(word) > 1]
        run = tuple(spelling.folded(word) for word in written)
        if len(run) < 2 or self._is_cleared(run) or self._is_body(run):
            return ()
        first, last = written[0], written[-1]
        ways = (first + last, last + first)
        # As written, and in one spelling for both scripts, which changes with what a word ends in.
        keys = {key for way in ways for key in (way.casefold(), spelling.folded(way))}
        return tuple(sorted(key for key in keys if len(key) >= _HANDLE))

    def _add(self, name: str, runs: dict[str, list[Run]], bare: dict[str, list[Run]]) -> None:
        written = spelling.words(name)
        run = tuple(spelling.folded(word) for word in written)
        if not run or self._is_cleared(run) or self._is_body(run) or (len(run) == 1 and len(name) < 3):
            return
        wanted = {run, run[::-1], spelling.stems(name)}
        if len(run) > 2:
            wanted |= {(run[0], run[-1]), (run[-1], run[0]), run[:2]}
        # Which of the words is the family's is not told by where it stands: neither first nor last alone gives it.
        for word, one in zip(written[1:] if len(run) > 1 else (), spelling.stems(name)[1:], strict=False):
            if len(one) >= _FAMILY and word[:1].isupper() and one not in self._kept:
                wanted.add((one,))
        for each in wanted:
            runs.setdefault(each[0], []).append(each)
            bones = tuple(spelling.bones(word) for word in each)
            if all(len(bone) >= (_BONES if len(each) > 1 else _BONES_ALONE) for bone in bones):
                bare.setdefault(bones[0], []).append(bones)


def _is_inflected(word: str, other: str) -> bool:
    """Whether two words are one but for an ending of a letter or two."""
    short, long = sorted((word, other), key=len)
    return word == other or (len(short) >= 5 and long.startswith(short) and len(long) - len(short) <= 2)


def told(speaker: Speaker, mask: Mask) -> Speaker:
    """Who is quoted, with the role in place of a name that is masked."""
    name, role = mask(speaker.name), mask(speaker.role)
    return replace(speaker, name=name if name == speaker.name else role, role=role)


def masked(article: Article, mask: Mask) -> Article:
    """An article with every name taken out that nobody cleared, and ids that tell nothing of a name.

    Who is quoted keeps the role where the name goes.
    """
    paragraphs, said = masked_said(article.paragraphs, article.said, mask)
    said = renamed(said, mask.alias, lambda id: id, mask.alias)
    return replace(article, title=mask(article.title), paragraphs=paragraphs, said=said)


def masked_said(paragraphs: Sequence[str], said: Said, mask: Mask) -> tuple[tuple[str, ...], Said]:
    """Paragraphs and what is said in them without names; what is marked in them stays marked. Ids stay."""
    shown: list[str] = []
    marks: list[Mark] = []
    marked: dict[int, list[Mark]] = {}
    for one in said.marks:
        marked.setdefault(one.paragraph, []).append(one)
    for n, paragraph in enumerate(paragraphs):
        inside = marked.get(n, [])
        text, places = mask.moved(paragraph, [(one.start, one.end) for one in inside])
        shown.append(text)
        moved = (replace(one, start=start, end=end) for one, (start, end) in zip(inside, places, strict=True))
        marks += [one for one in moved if one.start < one.end]
    return tuple(shown), Said(
        tuple(told(one, mask) for one in said.speakers),
        tuple(replace(one, text=mask(one.text)) for one in said.quotes),
        tuple(replace(one, text=mask(one.text)) for one in said.numbers),
        tuple(marks),
    )


Cut = tuple[int, int]


def _cuts(text: str, runs: Mapping[str, list[Run]], bare: Mapping[str, list[Run]]) -> list[Cut]:
    """Where names stand, in order; those that only a space or a comma parts are one."""
    tokens = [(match.start(), match.end(), spelling.spellings(match[0])) for match in spelling.WORD.finditer(text)]
    cuts: list[Cut] = []
    done = at = 0
    small = _I.sub("", text).islower()  # speech written down without capitals: a name is known by its letters alone
    while at < len(tokens):
        length = _longest(text, tokens, at, (runs, bare), small)
        if length:
            start, end = tokens[at][0], tokens[at + length - 1][1]
            start = _with_initials(text, start, done)
            if cuts and _APART.fullmatch(text[done:start]):
                start = cuts.pop()[0]
            cuts.append((start, end))
            done = end
        at += length or 1
    return cuts


def _handle_cuts(text: str, joined: Collection[str]) -> list[Cut]:
    """Where #AliyaTestova, @testova.aliya or …/aliya_testova stand: the whole chunk goes, whatever else is in it."""
    if not joined:
        return []
    found = []
    for match in _CHUNK.finditer(text):
        letters = _NO_LETTER.sub("", match[0])
        if len(letters) >= _HANDLE:
            forms = (letters.casefold(), spelling.folded(letters))
            if any(key in form for key in joined for form in forms):
                found.append(match.span())
    return found


def _together(cuts: Sequence[Cut]) -> list[Cut]:
    """The same stretches in order, those that overlap as one."""
    whole: list[Cut] = []
    for start, end in sorted(cuts):
        if whole and start < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def _without(text: str, cuts: Sequence[Cut]) -> str:
    pieces, done = [], 0
    for start, end in cuts:
        pieces += [text[done:start], MASK]
        done = end
    return "".join([*pieces, text[done:]])


def _start(at: int, cuts: Sequence[Cut]) -> int:
    """Where an offset lies once names are cut; before the mask if it lies in one."""
    inside = next((start for start, end in cuts if start < at < end), at)
    return inside + sum(len(MASK) - (end - start) for start, end in cuts if end <= inside)


def _end(at: int, cuts: Sequence[Cut]) -> int:
    """The same, after the mask."""
    inside = next((end for start, end in cuts if start < at < end), at)
    return inside + sum(len(MASK) - (end - start) for start, end in cuts if end <= inside)


Token = tuple[int, int, tuple[str, ...]]


def _longest(
    text: str,
    tokens: Sequence[Token],
    at: int,
    names: tuple[Mapping[str, list[Run]], Mapping[str, list[Run]]],
    small: bool,
) -> int:
    """How many words from ``at`` on are a name; 0 where none begins. ``names``: whole, and by their consonants."""
    runs, bare = names
    best = 0
    for form in tokens[at][2]:
        for run in runs.get(form, ()):
            if len(run) > best and _matches(text, tokens, at, run, lambda one: one, small):
                best = len(run)
        for run in bare.get(spelling.bones(form), ()) if form else ():
            if len(run) > best and _matches(text, tokens, at, run, spelling.bones, small):
                best = len(run)
    return best


def _matches(text: str, tokens: Sequence[Token], at: int, run: Run, shape: Callable[[str], str], small: bool) -> bool:
    if at + len(run) > len(tokens):
        return False
    for offset, wanted in enumerate(run):
        start, _, forms = tokens[at + offset]
        if not any(form and shape(form) == wanted for form in forms) or (text[start].islower() and not small):
            return False
        if offset and not _BETWEEN.fullmatch(text[tokens[at + offset - 1][1] : start]):
            return False
    return True


def _with_initials(text: str, start: int, done: int) -> int:
    """Where a name begins whose initials stand before it."""
    match = re.search(r"(?:(?<!\w)\w\.\s?){1,2}$", text[done:start])
    return done + match.start() if match and text[done + match.start()].isupper() else start


def names_for(hidden: Iterable[str], cleared: Iterable[str], bodies: Iterable[str]) -> Names:
    """What a mask rests on, each name once, in one order."""
    return Names(*(tuple(sorted(set(each))) for each in (hidden, cleared, bodies)))
