"""What all layers proposed for a page, given to the reader sentence by sentence where its rules found nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kuager.instruments.text.english.bounds import Draft
from kuager.instruments.text.layers.layer import Layer, Proposal

Range = tuple[int, int]

#: Words of a statement at least: less is no statement.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Proposed:
    """Proposals in the order of the text, each with the name of its layer."""

    text: str = ""
    rows: tuple[tuple[Proposal, str], ...] = ()

    @classmethod
    def of(cls, layers: Sequence[Layer], text: str, paragraphs: Sequence[Range]) -> Proposed:
        """Asks each layer. Raises what a layer raises."""
        rows = [(p, layer.name) for layer in layers for p in layer.propose(text, paragraphs).found]
        return cls(text, tuple(sorted(rows, key=lambda row: (row[0].start, row[0].end))))

    def drafts(self, a: int, b: int, found: Sequence[Draft]) -> list[Draft]:
        """The proposals that begin in a sentence, cut at its end, and touch nothing that the rules found there."""
        taken = [(d.start, d.end) for d in found]
        drafts = []
        for p, name in self.rows[bisect_left(self.rows, a, key=lambda row: row[0].start) :]:
            if p.start >= b:
                break
            end = _trimmed(self.text, p.start, min(p.end, b))
            if len(re.findall(r"\w+", self.text[p.start : end])) < _SHORTEST:
                continue
            if any(p.start < e and s < end for s, e in taken):
                continue
            taken.append((p.start, end))
            drafts.append(Draft(p.start, end, p.who, p.cue, "", "say", p.deny, read_by=name))
        return drafts


def _trimmed(text: str, start: int, end: int) -> int:
    """The end without the space and the full stop that a sentence ends in."""
    while end > start and text[end - 1] in " \n.;,":
        end -= 1
    return end
