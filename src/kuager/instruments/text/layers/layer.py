"""What a layer is: something that proposes, for a text, who said which of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words of the text (code points, end exclusive), the words that name their speaker, and the verb between them."""

    start: int
    end: int
    who: Range
    cue: Range | None = None
    deny: bool = False


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a layer found, and how many of its answers were dropped since their words do not stand in the text."""

    found: tuple[Proposal, ...]
    dropped: int = 0


class Layer(Protocol):
    """``name`` says what it is, with versions, and stands in every statement it adds."""

    @property
    def name(self) -> str: ...

    def propose(self, text: str, paragraphs: Sequence[Range]) -> Proposals:
        """Who said what in these paragraphs of the text. Raises KuagerError where it cannot answer."""
        ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a layer answered once, kept with its words: the text it was read from is the test of every span."""

    name: str
    said: tuple[tuple[Proposal, str, str], ...]
    """Each proposal with the words of the statement and of its speaker."""

    def propose(self, text: str, paragraphs: Sequence[Range]) -> Proposals:
        """Those whose words still stand where they stood."""
        found = tuple(p for p, words, who in self.said if text[p.start : p.end] == words and text[slice(*p.who)] == who)
        return Proposals(found, len(self.said) - len(found))
