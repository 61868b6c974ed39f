"""The account in people's words: ``story.md`` beside the case's settings, with short references in double brackets.

    # What recordings from the square show
    > One or two sentences that say it in short.
    ![The line of police reaches the square. | Still from a witness's recording](i:k7f3@12.4)

    Police advance behind riot shields [[i:k7f3@12.4-15]]. The ministry says nine died [[c:2m9x/cl-6f08]].

Headline, standfirst and picture are optional and stand before the first paragraph; what follows ``|`` is the picture's
credit. Paragraphs are separated by empty lines. References become links; one that points nowhere stops publication.
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
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]{1,200})\)")


class DanglingError(KuagerError):
    """The account points at things that are not in the case; the message names them."""


@dataclass(frozen=True)
class Piece:
    """A run of words, and what the sentence rests on where a reference follows it."""

    text: str
    reference: Reference | None = None


@dataclass(frozen=True)
class Still:
    """The picture that editors put first: a second of a recording, with what is said below it."""

    at: Reference
    caption: str
    credit: str


@dataclass(frozen=True)
class Story:
    """The account with what stands above it; empty where nobody wrote it."""

    headline: str = ""
    standfirst: str = ""
    still: Still | None = None
    paragraphs: tuple[tuple[Piece, ...], ...] = ()


def read_story(case: Case) -> Story:
    """The account; an empty one where there is no ``story.md``. Raises DanglingError, UsageError."""
    text = _text(case)
    dangling: list[str] = []
    head: dict[str, list[str]] = {"#": [], ">": [], "!": []}
    lines = text.replace("\r\n", "\n").split("\n")
    while lines and (not lines[0].strip() or lines[0].startswith(("# ", "> ", "!["))):
        line = lines.pop(0).strip()
        if line:
            head[line[0]].append(line)
    still = _still(case, head["!"][0], dangling) if head["!"] else None
    paragraphs = [_pieces(case, part, dangling) for part in re.split(r"\n\s*\n", "\n".join(lines))]
    if dangling:
        raise DanglingError(
            f"{FILE} points at what is not in the case: {'; '.join(dangling)}. Nothing was written.",
            "Correct them or take them out. Ids stand in: kuager show, and for claims: kuager show ITEM --json",
        )
    return Story(
        " ".join(_plain(line[1:]).strip() for line in head["#"]),
        " ".join(_plain(line[1:]).strip() for line in head[">"]),
        still,
        tuple(pieces for pieces in paragraphs if pieces),
    )


def _text(case: Case) -> str:
    try:
        with (case.folder / FILE).open("rb") as file:
            text = file.read(LARGEST + 1).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{FILE} cannot be read as UTF-8 text.", "Save it as UTF-8.") from None
    if len(text) > LARGEST:
        raise UsageError(f"{FILE} is longer than a story should be.", "Shorten it below one megabyte.")
    return text


def _still(case: Case, line: str, dangling: list[str]) -> Still | None:
    match = _PICTURE.fullmatch(line)
    if not match:
        raise UsageError(f"{FILE}: '{line[:60]}' is no picture.", "Write ![Caption | Credit](i:k7f3@12.4)")
    caption, _, credit = match[1].partition("|")
    try:
        at = read_reference(case, match[2])
    except UsageError as error:
        dangling.append(f"({match[2]}) ({error.message.rstrip('.')})")
        return None
    if at.letter != "i":
        raise UsageError(f"{FILE}: the picture ({match[2]}) is no recording.", "Write ![Caption](i:k7f3@12.4)")
    return Still(at, _plain(caption).strip(), _plain(credit).strip())


def _pieces(case: Case, paragraph: str, dangling: list[str]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for match in _BRACKETS.finditer(paragraph):
        reference = None
        try:
            reference = read_reference(case, match[1])
        except UsageError as error:
            dangling.append(f"{match[0]} ({error.message.rstrip('.')})")
        pieces.append(Piece(_plain(paragraph[at : match.start()]), reference))
        at = match.end()
    rest = _plain(paragraph[at:])
    if rest.strip():
        pieces.append(Piece(rest))
    return tuple(pieces)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
