"""The account in people's words: ``story.md`` beside the case's settings, with short references in double brackets.

    Police advance behind riot shields [[i:k7f3@12.4-15]]. The ministry says nine died [[c:2m9x/cl-6f08]].

Paragraphs are separated by empty lines. References become links; one that points nowhere stops publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kuager.errors import KuagerError, UsageError
from kuager.record.case import Case
from kuager.weigh.reference import Reference, read_reference

FILE = "story.md"
LARGEST = 1 << 20
_BRACKETS = re.compile(r"\[\[([^\]\n]{1,200})\]\]")


class DanglingError(KuagerError):
    """The account points at things that are not in the case; the message names them."""


@dataclass(frozen=True)
class Piece:
    """A run of words, and what the sentence rests on where a reference follows it."""

    text: str
    reference: Reference | None = None


def read_story(case: Case) -> tuple[tuple[Piece, ...], ...]:
    """The paragraphs of the account; none where there is no ``story.md``. Raises DanglingError, UsageError."""
    path = case.folder / FILE
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST + 1).decode("utf-8-sig")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{FILE} cannot be read as UTF-8 text.", "Save it as UTF-8.") from None
    if len(text) > LARGEST:
        raise UsageError(f"{FILE} is longer than a story should be.", "Shorten it below one megabyte.")
    dangling: list[str] = []
    paragraphs = [_pieces(case, part, dangling) for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))]
    if dangling:
        raise DanglingError(
            f"{FILE} points at what is not in the case: {', '.join(f'[[{each}]]' for each in dangling)}",
            "Correct these references, or take them out.",
        )
    return tuple(pieces for pieces in paragraphs if pieces)


def _pieces(case: Case, paragraph: str, dangling: list[str]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for match in _BRACKETS.finditer(paragraph):
        reference = None
        try:
            reference = read_reference(case, match[1])
        except UsageError:
            dangling.append(match[1])
        pieces.append(Piece(_plain(paragraph[at : match.start()]), reference))
        at = match.end()
    rest = _plain(paragraph[at:])
    if rest.strip():
        pieces.append(Piece(rest))
    return tuple(pieces)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
