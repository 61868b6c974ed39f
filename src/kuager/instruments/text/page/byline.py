"""Bylines: who signs an article, and the service credited beside them."""

from __future__ import annotations

import re

_BYLINE = re.compile(
    r"^(?:(?:written|reported|reporting|story|compiled|prepared|analysis|opinion|posted|submitted|words) by\s*:?\s+"
    r"|by\s*:?\s+(?=[A-ZА-ЯӘҒҚҢӨҰҮҺІ])"
    r"|авторы?\s*:?\s+(?=[A-ZА-ЯӘҒҚҢӨҰҮҺІ])|подготовил[аи]?\s*:?\s+|(?:мақала )?авторы?\s*:\s+"
    r"|дайындаған\s*:?\s+|жазған\s*:?\s+)(?P<who>.{3,160}?)\.?$",
    re.I,
)
#: "Imogen Clarke, Education editor": a byline without "By".
ROLE_LINE = re.compile(
    r"[A-Z][\w.'’\-]+(?: [A-Z][\w.'’\-]+){1,3}(?: (?:and|&) [A-Z][\w.'’\-]+ [A-Z][\w.'’\-]+)?,? (?:[\w-]+ ){0,3}"
    r"(?:editor|correspondent|reporter|writer|columnist)s?$",
    re.I,
)
_CREDIT = re.compile(
    r"\s*,?\s+(?:with (?:additional )?(?:reporting|contributions?|material) (?:by|from)|for"
    r"|based on (?:reporting|reports) by|при участии|по материалам|материалы:|көмектескен)\s+(?P<credit>.+)"
    r"$",
    re.I,
)
#: Where a byline's names end: the day, "updated …", another column.
_AFTER_NAMES = re.compile(
    r"\s*(?:[|·•]|,?\s*(?:(?:last )?updated|published|posted)\b"
    r"|,?\s*(?:on\s+)?(?:(?:Mon|Tues?|Wednes|Wed|Thurs?|Fri|Satur|Sat|Sun)(?:day)?,?\s+)?(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?\s+\d{1,2}\b"
    r"|\d{1,2}\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4})).*$",
    re.I | re.S,
)
_ROLE = re.compile(
    r"\b(?:analyst|editor|correspondent|reporter|writer|columnist|producer|fellow|professor|desk)s?\b", re.I
)


def names_in(line: str) -> str | None:
    """The names in "By X and Y", or ``None``."""
    m = _BYLINE.match(line)
    return m["who"] if m and len(line) < 200 and _looks_like_names(m["who"]) else None


def after_by(text: str) -> str:
    """A byline's words without "By"."""
    m = _BYLINE.match(text)
    return re.split(r"\bBy\s+", m["who"] if m else text)[-1]


def authors(who: str) -> tuple[tuple[str, ...], str | None]:
    """Author names and the credited service in the words after "by"."""
    credit = None
    who = _AFTER_NAMES.sub("", who)
    m = _CREDIT.search(who)
    if m:
        credit, who = m["credit"].strip(" ."), who[: m.start()]
    names = re.split(r"\s*,\s*(?:(?:and|и|және)\s+)?|\s+(?:and|и|және|мен)\s+|\s*&\s*", who)
    kept = [n.strip(" .") for n in names if n.strip(" .")]
    kept = [kept[0], *(n for n in kept[1:] if not n[:1].islower() and not _ROLE.search(n))] if kept else []
    listed = len(kept) == 2 and not re.search(r"\s(?:and|и|және|мен)\s|&", who)
    if (
        credit is None
        and len(kept) > 1
        and (
            listed
            or kept[-1][:1] in '«“"'
            or re.fullmatch(r"[A-Z]{2,5}", kept[-1])
            or re.search(
                r"\b(?:Reuters|AFP|Associated Press|AP|Service|News|Times|Post|Азаттық|Радио|Агентство|TASS|ТАСС)\b",
                kept[-1],
            )
        )
    ):
        credit = kept.pop()
    return tuple(kept), credit


def _looks_like_names(who: str) -> bool:
    who = _CREDIT.sub("", who)
    words = re.findall(r"[^\W\d_][\w'’.\-]*", who)
    small = [
        w
        for w in words
        if w[0].islower() and w not in ("and", "with", "for", "и", "де", "von", "de", "van", "al", "bin", "және", "мен")
    ]
    return 1 <= len(words) <= 14 and not small
