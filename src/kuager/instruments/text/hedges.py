"""Words by which a speaker or the reporter steps back from what is said, with their kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kuager.instruments.text.folding import Folded
from kuager.instruments.text.model import Hedge
from kuager.instruments.text.patterns import in_script

if TYPE_CHECKING:
    from kuager.instruments.text.said import Said

_KINDS = (
    (
        "appearance",
        r"apparent(?:ly)?|appear(?:s|ed)?(?: to)?|seem(?:s|ed|ingly)?(?: to)?|looks? like|видимо"
        r"|по-видимому|похоже|судя по всему|кажется|шамасы|сияқты|көрінеді",
    ),
    (
        "possibility",
        r"perhaps|maybe|possibly|probably|likely|may(?= (?:have|be|not))|might|could(?= (?:have"
        r"|be))|some indication|potentially|возможно|вероятно|может быть|наверное|не исключено|мүмкін"
        r"|бәлкім|ықтимал",
    ),
    (
        "inference",
        r"impl(?:ies|ied|y)|suggest(?:s|ed|ing)?(?: that)?|indicat(?:es|ed|ing)|must have|судя по"
        r"|свидетельствует|следовательно|демек|байқалады",
    ),
    ("condition", r"if|unless|provided that|in case|turned out to be|если|в случае|при условии|егер|жағдайда"),
    (
        "distance",
        r"alleg(?:es?|ed|edly|ing)|claim(?:s|ed|ing)?|so-called|purported(?:ly)?|supposed(?:ly)?"
        r"|reportedly|intimated|якобы|будто|утвержда(?:ет|ют)|так называем\w+|мыс|деседі|-мыс|болжам",
    ),
    (
        "unverified",
        r"can ?not be (?:\w+ )?(?:verified|confirmed)|could not be (?:\w+ )?(?:verified|confirmed)"
        r"|unverified|unconfirmed|not (?:been )?(?:independently )?(?:verified|confirmed)|не (?:удалось"
        r"|подтвержден\w*|проверен\w*)|неподтвержд[её]нн\w+|независим\w+ подтвержден\w+|расталмаған"
        r"|расталған жоқ|тексеру мүмкін",
    ),
    (
        "approximation",
        r"about|around|some(?= \d)|approximately|roughly|nearly|almost|estimated|около|примерно"
        r"|почти|порядка|шамамен|жуық",
    ),
)
_ALL = {
    script: re.compile(
        "|".join(
            f"(?P<{kind}>(?<![\\w-])(?:{part})(?!\\w))"
            for kind, pattern in _KINDS
            if (part := in_script(pattern, script))
        ),
        re.I,
    )
    for script in ("en", "ru")
}
_DENIES = re.compile(
    r"^(?:that )?(?:there (?:was|were|is|are|has been|have been) no\b|no (?:one|shots|force"
    r"|protesters?|people|civilians?)\b|none of|it is not true|это неправда|никто не|не было)",
    re.I,
)
_NUMBER_NEAR = re.compile(
    r"\s+(?:\w+\s+)?(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|a hundred|dozen)",
    re.I,
)


#: "His account could not be confirmed.", the next sentence of the same paragraph.
_UNVERIFIED_NEXT = re.compile(
    r"[ \t]+(?:(?:His|Her|Their|The|This|That|These|Those|Neither|None of (?:these|those|the)) (?:[a-z]+ )?"
    r"(?:accounts?|claims?|figures?|tolls?|numbers?|reports?|allegations?|statements?|assertions?|information|version)"
    r"|It|This|That) (?P<words>(?:could|can|has|have)(?:not| ?n[o']t) be(?:en)? (?:[a-z]+ ){0,2}(?:verified|confirmed"
    r"|corroborated|checked))\b"
    r"|[ \t]+(?P<ru>(?:Независимо|Официально)? ?(?:подтвердить|проверить) (?:эту|эти|его|её|их) "
    r"(?:информацию|данные|сведения|слова) (?:не удалось|невозможно))"
)


def find(folded: Folded, said: Said) -> Iterator[Hedge]:
    """Hedges inside a statement, in its cue, and in the rest of its sentence where that says "unverified"."""
    view = folded.view
    words = _ALL["en" if said.language == "en" else "ru"]
    for m in words.finditer(view, said.start, said.end):
        kind = m.lastgroup or "possibility"
        if kind == "approximation" and not _NUMBER_NEAR.match(view, m.end()):
            continue
        yield Hedge(folded.span(m.start(), m.end()), kind)
    if said.cue and said.form != "continued":
        m2 = words.match(view, *said.cue)
        if m2 and m2.lastgroup in ("distance", "inference", "appearance"):
            yield Hedge(folded.span(m2.start(), m2.end()), m2.lastgroup)
        for m in words.finditer(view, min(said.end, said.sentence[1]), said.sentence[1]):
            if m.lastgroup == "unverified":
                yield Hedge(folded.span(m.start(), m.end()), "unverified")
    doubt = _UNVERIFIED_NEXT.match(view, said.sentence[1])
    if doubt is not None:
        yield Hedge(folded.span(*doubt.span("words" if doubt["words"] else "ru")), "unverified")


def denies(content: str) -> bool:
    """Whether what is said is itself a denial: "there were no dead"."""
    return bool(_DENIES.match(content))
