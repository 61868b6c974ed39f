"""Counts of another event: of another year, an earlier attack, a whole war, a rate."""

from __future__ import annotations

import re
from collections.abc import Collection

from kuager.instruments.text.counting.numbers import Number
from kuager.instruments.text.counting.words import ELSEWHERE, THEN

Range = tuple[int, int]

_YEAR = re.compile(r"(?<![\w:.,-])(?:18|19|20)\d\d(?![\w-]*\s*(?:people|человек|адам))(?!\w)")
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|янв\w+|феврал\w+|март\w+|апрел\w+|ма[ея]|июн\w+|июл\w+|август\w+|сентябр\w+|октябр\w+|ноябр\w+|декабр\w+)"
)
_TIME = r"(?:days?|weeks?|months?|years?|decades?)"
#: A sentence that opens with another time, where it brings in an event not yet spoken of.
_OPENS = re.compile(
    rf"\W*(?:(?:Last (?:month|year|summer|winter|spring|autumn)|Earlier this (?:month|year)|Previously"
    rf"|(?:Some|Several|A few|A|One|Two|Three|Four|Five|Six|\d+) {_TIME} (?:earlier|before|ago)"
    rf"|(?:At|In|During|After) an? (?!report|statement|letter|study|interview|speech|post"
    rf"|filing)[^,.]{{0,50}}\b(?:last (?:month|year)|in {_MONTHS}|{_TIME} ago))\b"
    r"|В прошлом месяце|(?:Месяц|Несколько \w+|\w+ месяц\w*|\w+ недел\w+) назад|Ранее в этом (?:году|месяце))",
    re.I,
)
_OPENS_MONTH = re.compile(rf"\W*(?:In|В) {_MONTHS}(?!\s*\d)\b", re.I)
_NEW = re.compile(
    r"\b(?:when|in|at|after|as|by) an?\b|\banother\b|\bin (?:two|three|four|several|twin|a series of) \w+s\b"
    r"|\bsimilar\b|(?<!\w)(?:уже|подобн\w+|похож\w+|аналогичн\w+)",
    re.I,
)
#: A whole war or year: not what the page tells of.
_WHOLE = re.compile(
    r"\b(?:war|conflict|insurgency|uprising|rebellion|epidemic|pandemic)\b[^.;]{0,60}\b(?:has|have)\b[^.;]{0,30}"
    r"|\b(?:has|have) (?:\w+ ){0,3}?(?:killed|died|drowned|perished|claimed|displaced|detained|arrested)\b[^.;]{0,60}\b"
    r"(?:this year|in the (?:war|conflict)|since the (?:start|beginning) of the (?:year|war)|since (?:19|20)\d\d"
    r"|(?:in|over) the (?:past|last) (?:\w+ )?(?:months|years?|decades?))"
    r"|(?<!\w)(?:за|в течение) (?:\w+ ){1,2}(?:войны|конфликта|боевых действий|оккупации|блокады)(?!\w)[^.;]*"
    r"|(?<!\w)с начала (?:\w+ )?(?:войны|конфликта|вторжения)(?!\w)[^.;]*"
    r"|(?<!\w)(?:соғыс басталғалы|жыл басынан бері|жыл сайын)(?!\w)[^.;]*",
    re.I,
)
_ALIKE = re.compile(
    r"\b(?:a|the|in) similar (?!account|figure|number|toll|count|story|version|statement|claim|description)\w+"
    r"|\bin similar \w+s\b",
    re.I,
)
#: What stands before a count of an event that is only compared or dated from.
_DATED_FROM = re.compile(
    rf"(?:\b(?:comes?|came|coming|occurred|happened|took place)\b[^,.;]{{0,30}}\b{_TIME} after\b[^,.;]*"
    r"|\b(?:deadliest|worst|biggest|largest|bloodiest)\b[^.;]*\bsince\b[^.;]*"
    r"|\bsince (?:\w+ )?(?:18|19|20)\d\d, when\b[^.;]*"
    rf"|\b(?:an?|another|one) [^,.;]{{0,60}}\b(?:last (?:week|month|year)|in {_MONTHS}|{_TIME} ago|in (?:18|19"
    rf"|20)\d\d)\s+"
    r"(?:in which|that|which|when|where)\b[^.;]*)$",
    re.I,
)


def elsewhere(view: str, sentence: Range, years: Collection[int], published: bool) -> bool:
    """Whether a sentence speaks of another time or place. ``years`` are those in which the page's events lie."""
    if ELSEWHERE.search(view, *sentence) or _ALIKE.search(view, *sentence) or _OPENS.match(view, *sentence):
        return True
    if _OPENS_MONTH.match(view, *sentence) and _NEW.search(view, sentence[0] + 8, sentence[1]):
        return True
    named = {int(m.group()) for m in _YEAR.finditer(view, *sentence)}
    if THEN.match(view, *sentence):
        return not published or not named & set(years)
    return bool(named) and not named & set(years)


def of_another(view: str, n: Number, sentence: Range) -> bool:
    """Whether the number counts those of an event that is only referred to: "a week after 40 people died in …"."""
    return bool(
        _DATED_FROM.search(view, max(sentence[0], n.left - 160), n.left)
        or any(
            m.start() <= n.left <= m.end() + 12
            or (n.right <= m.start() <= n.right + 40 and not re.search(r"[,;:.]", view[n.right : m.start()]))
            for m in _WHOLE.finditer(view, *sentence)
        )
    )
