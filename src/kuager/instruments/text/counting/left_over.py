"""What no statement took up and still counts somebody: the reporter's clause around an attributed one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kuager.instruments.text.counting import numbers
from kuager.instruments.text.counting.counts import FIGURE
from kuager.instruments.text.counting.states import STATUS
from kuager.instruments.text.said import Said
from kuager.instruments.text.sentences import quotes, sentences

Range = tuple[int, int]

#: What a piece may begin or end with and need not.
_EDGE = re.compile(r"[\s,;:—–\-.)(\]\[\"“”«»'’]+|(?:but|and|while|though|although|whereas|но|а|и|хотя|однако)\s", re.I)
_WORDS = re.compile(r"\w+")


def left_over(view: str, body: Iterable[Range], said: Sequence[Said], language: str) -> list[Said]:
    """Narration for each piece of a sentence that lies in no statement and has a number and what befell people.

    "Rescuers found nine more bodies, but say there is no hope": the first clause is the reporter's.
    """
    found: list[Said] = []
    taken = sorted((s.start, s.end) for s in said)
    k = 0
    for a, b in body:
        if next(iter(numbers.find(view, a, b)), None) is None:
            continue
        marks = [q for q in quotes(view, a, b) if len(_WORDS.findall(view, q.start, q.end)) > 3]
        for sentence in sentences(view, a, b):
            while k < len(taken) and taken[k][1] <= sentence[0]:
                k += 1
            for s, e in _pieces(view, sentence, taken[k:]):
                if not any(q.start < e and s < q.end for q in marks) and _counts_somebody(view, s, e):
                    found.append(
                        Said(s, e, "narration", None, None, None, "", [], False, sentence, -1, language, False)
                    )
    return found


def _pieces(view: str, sentence: Range, taken: Sequence[Range]) -> list[Range]:
    """The stretches of a sentence between statements, without the marks and conjunctions at their edges."""
    pieces = []
    at = sentence[0]
    for s, e in taken:
        if s >= sentence[1]:
            break
        if s > at:
            pieces.append((at, s))
        at = max(at, e)
    if at < sentence[1]:
        pieces.append((at, sentence[1]))
    return [trimmed for s, e in pieces if (trimmed := _trimmed(view, s, e))]


def _trimmed(view: str, s: int, e: int) -> Range | None:
    m = _EDGE.match(view, s, e)
    while m and m.end() > s:
        s = m.end()
        m = _EDGE.match(view, s, e)
    while e > s and view[e - 1] in " ,;:—–-.\t\n":
        e -= 1
    return (s, e) if e > s and len(_WORDS.findall(view, s, e)) >= 3 else None


def _counts_somebody(view: str, s: int, e: int) -> bool:
    """Whether there are a number and, for all or before it, a word for what befell people."""
    befell = bool(STATUS.search(view, s, e))
    return any(
        befell or STATUS.search(view, s, n.left) or FIGURE.search(view, s, n.left) for n in numbers.find(view, s, e)
    )
