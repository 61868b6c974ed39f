"""A paragraph or a line of speech as runs of words: what in it is a statement, whose, and where a count stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kuager.faces.page.model import Count, Marked, Page, Statement


@dataclass(frozen=True)
class Run:
    """Words of one kind. ``begins``: the first words of a statement; ``ends``: who says it is told after them;
    ``counts``: the first words of a count."""

    text: str
    statement: Statement | None = None
    count: Count | None = None
    begins: bool = False
    ends: bool = False
    counts: bool = False


class Marking:
    """Cuts the paragraphs of a page's texts and transcripts into runs."""

    def __init__(self, page: Page) -> None:
        self._statements: Mapping[str, Statement] = {it.id: it for it in page.statements}
        self._counts: Mapping[str, Count] = {it.id: it for it in page.counts}
        self._begun: set[str] = set()
        self._inside: dict[int, dict[int, list[Marked]]] = {}

    def runs(self, text: str, marks: Sequence[Marked], paragraph: int) -> list[Run]:
        """The runs of one paragraph; within a statement that holds another, the words are the inner one's."""
        here = [it for it in self._of(marks).get(paragraph, ()) if 0 <= it.start < it.end <= len(text)]
        edges = sorted({0, len(text), *(it.start for it in here), *(it.end for it in here)})
        cut = [(text[a:b], self._statement(here, a, b), self._count(here, a, b)) for a, b in pairwise(edges)]
        found: list[Run] = []
        for n, (words, said, count) in enumerate(cut):
            begins = said is not None and said.id not in self._begun
            if said is not None:
                self._begun.add(said.id)
            after = next((it for piece, it, _ in cut[n + 1 :] if it or piece.strip()), None)
            ends = said is not None and (after is None or not _together(said, after))
            counts = count is not None and count.id not in self._begun
            if count is not None:
                self._begun.add(count.id)
            found.append(Run(words, said, count, begins, ends, counts))
        return found

    def _of(self, marks: Sequence[Marked]) -> dict[int, list[Marked]]:
        """The marks of a text by paragraph, sorted out once: a transcript may have thousands of both."""
        if id(marks) not in self._inside:
            inside = self._inside.setdefault(id(marks), {})
            for it in marks:
                inside.setdefault(it.paragraph, []).append(it)
        return self._inside[id(marks)]

    def _statement(self, marks: Sequence[Marked], start: int, end: int) -> Statement | None:
        around = [it for it in marks if it.statement in self._statements and it.start <= start and end <= it.end]
        inner = min(around, key=lambda it: it.end - it.start, default=None)
        return self._statements[inner.statement] if inner and inner.statement else None

    def _count(self, marks: Sequence[Marked], start: int, end: int) -> Count | None:
        around = [it.count for it in marks if it.count and it.start <= start and end <= it.end]
        return next((self._counts[id] for id in around if id in self._counts), None)


def _together(one: Statement, other: Statement) -> bool:
    """Whether a reader needs to be told only once who says both."""
    kinds = [(it.chain, it.in_doubt, it.denies, it.standing) for it in (one, other)]
    return kinds[0] == kinds[1]
