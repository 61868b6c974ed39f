"""The sources of one page as they stand while it is read, and who was spoken of last."""

from __future__ import annotations

from kuager.instruments.text.folding import Folded
from kuager.instruments.text.model import Source
from kuager.instruments.text.who import names
from kuager.instruments.text.who.bodies import same_body
from kuager.instruments.text.who.cast import Cast
from kuager.instruments.text.who.entry import MAX_RECENT, Entry
from kuager.instruments.text.who.roles import sex

Range = tuple[int, int]


class Register:
    """Keeps the sources, whom "he", "they" and "it" may mean next, and what part of the page is read."""

    def __init__(self, view: str) -> None:
        self.view = view
        self.entries: list[Entry] = []
        self._by_key: dict[str, Entry] = {}
        self._families: dict[str, list[Entry]] = {}
        self.focus: Entry | None = None
        self.group: Entry | None = None
        #: Where the article's text begins, and from where on a person named is near.
        self.start = 0
        self._near = 0
        self._paragraph = self._paragraph_before = 0
        self._sentence = self._sentence_before = 0
        #: Where a "he" or "she" was last left open, by gender: the next one may be the same unknown person.
        self._open: dict[str, int] = {}
        self.body: Entry | None = None
        self.recent: list[Entry] = []
        self._section = -1
        self.cast = Cast(view)
        self._at = 0
        #: By which way the last mention was resolved (``said.Said.by``).
        self.by = ""

    def reach(self, near: int, paragraph: int, sentence: int) -> None:
        """Says from where on "she" may find a person who was only mentioned, and where paragraph and sentence begin."""
        self._near = near
        if paragraph != self._paragraph:
            self._paragraph_before = self._paragraph
        self._paragraph = paragraph
        self._sentence_before, self._sentence = self._sentence, sentence
        self._at = sentence

    def enter(self, section: int) -> None:
        """Starts a section of its own (the article is −1, then each comment): pronouns do not reach across."""
        self._section = section
        self.focus = self.group = self.body = None
        self.recent = []
        self._open = {}

    def commenter(self, by: Range | None, origin: str | None, index: int) -> Entry:
        """The source of a comment: a claimed identity, never merged with a known person."""
        name = self.view[slice(*by)] if by else "unnamed commenter"
        unnamed = by is None or name.casefold() in (
            "anonymous",
            "anon",
            "guest",
            "аноним",
            "гость",
            "анонимно",
            "анонимный",
            "қонақ",
            "аты-жөнсіз",
            "белгісіз",
        )
        key = f"commenter|{name.casefold()}|{(origin or '').casefold()}|{index if unnamed else ''}"
        entry = self._by_key.get(key)
        if entry is None:
            entry = Entry(name, None, "commenter", "commenter", unnamed, True, key, section=index)
            self.entries.append(entry)
            self._by_key[key] = entry
        if by:
            entry.mentions.append(by)
        return entry

    def touch(self, entry: Entry | None) -> None:
        """Makes a source the one that "he", "she", "they" or "it" next refers to."""
        if entry is None:
            return
        entry.at = self._at
        if entry.kind == "person" and not entry.plural:
            self.focus = entry
        elif entry.kind in ("organisation", "media"):
            self.body = entry
            self.group = entry
        else:
            self.group = entry
        if entry in self.recent:
            self.recent.remove(entry)
        self.recent.append(entry)
        del self.recent[:-MAX_RECENT]

    def known(self, family: str) -> bool:
        """Whether a person of that family name is among the sources."""
        return names.fold(family) in self._families

    @property
    def _before(self) -> int:
        """Up to where the page has been read: all of it when the headline is, which comes last."""
        return self._at if self._at >= self.start else len(self.view)

    def _make(self, key: str, name: str, role: str | None, phrase: str, kind: str, anonymous: bool) -> Entry:
        entry = self._by_key.get(key)
        if entry is None and (kind == "organisation" or (name.isupper() and 2 <= len(name) <= 6)):
            entry = next(
                (e for e in self.entries if e.kind in ("organisation", "media") and same_body(e.name, name)), None
            )
        if entry is None:
            side = names.side(f"{name} {role or ''}" if kind != "person" or anonymous else phrase or "")
            risk = side in ("witness", "protesters", "medical", "commenter") or (
                anonymous and side in ("other",) and kind == "person"
            )
            entry = Entry(
                name, role, side, kind, anonymous, risk, key, plural=kind == "collective", section=self._section
            )
            if kind == "person" and anonymous:
                entry.gender = sex(names.head(name))
            self.entries.append(entry)
            self._by_key[key] = entry
        return entry

    @staticmethod
    def _fits(entry: Entry, gender: str) -> bool:
        return not (gender and entry.gender and gender != entry.gender)

    def results(self, folded: Folded, quoted: set[str]) -> tuple[Source, ...]:
        """The sources among ``quoted`` ids, with their mentions as spans of the original text; commenters always."""
        return tuple(
            Source(
                e.id,
                e.name,
                e.role,
                e.side,
                e.kind,
                e.anonymous,
                e.at_risk,
                tuple(folded.span(a, b) for a, b in sorted(set(e.mentions))),
            )
            for e in self.entries
            if e.id in quoted or e.kind == "commenter"
        )
