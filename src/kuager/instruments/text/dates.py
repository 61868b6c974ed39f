"""Dates as pages write them, in English, Russian and Kazakh, with the precision they have.

A day without a year takes its year from the page (``year``), and the basis says so. Nothing finer than what is
written is ever given: "December 16" is a day, not midnight (ISO 8601-1 reduced precision).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kuager.instruments.text.model import Date

_EN = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_RU = (
    "январ[яьеи]",
    "феврал[яьеи]",
    "март[ае]?",
    "апрел[яьеи]",
    "ма[яйе]",
    "июн[яьеи]",
    "июл[яьеи]",
    "август[ае]?",
    "сентябр[яьеи]",
    "октябр[яьеи]",
    "ноябр[яьеи]",
    "декабр[яьеи]",
)
_KK = (
    "қаңтар",
    "ақпан",
    "наурыз",
    "сәуір",
    "мамыр",
    "маусым",
    "шілде",
    "тамыз",
    "қыркүйек",
    "қазан",
    "қараша",
    "желтоқсан",
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS_RU = ("понедельник", "вторник", "сред[уыа]", "четверг", "пятниц[уыа]", "суббот[уыа]", "воскресень[еяю]")
_WEEKDAYS_KK = ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі")
_ORDINALS = {
    w: n
    for n, w in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
        "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth "
        "thirty-first".split(),
        1,
    )
}
_MONTH_NUMBER: dict[str, int] = {}
for _n, _name in enumerate(_EN, 1):
    _MONTH_NUMBER[_name] = _MONTH_NUMBER[_name[:3]] = _n
_MONTH_NUMBER["sept"] = 9

_M_EN = (
    r"(?P<%s>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_M_RU = r"(?P<%s>" + "|".join(_RU) + r")"
_M_KK = r"(?P<%s>" + "|".join(_KK) + r")\w*"
_DATE = re.compile(
    r"(?<![\w.])(?:"
    r"(?P<iso>(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d))"
    r"|(?P<num>(?P<nd>\d{1,2})[./](?P<nm>\d{1,2})[./](?P<ny>(?:19|20)\d\d))"
    r"|" + _M_EN % "em1" + r"\s+(?P<ed1>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|:\d)(?:,?\s+(?P<ey1>(?:19|20)\d\d)(?!\d))?"
    r"|(?P<ed2>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?" + _M_EN % "em2" + r"(?:,?\s+(?P<ey2>(?:19|20)\d\d)(?!\d))?"
    r"|(?P<kd1>[0-3]?\d)\s+" + _M_KK % "km1" + r"(?:,?\s+(?P<ky1>(?:19|20)\d\d))?"
    r"|(?P<ky2>(?:19|20)\d\d)\s*-?\s*жыл\w*\s+(?P<kd2>[0-3]?\d)(?:-?\w{1,4})?\s+" + _M_KK % "km2" + r""
    r"|(?P<rd>[0-3]?\d)(?:-?го)?\s+" + _M_RU % "rm" + r"(?!\w)(?:\s+(?P<ry>(?:19|20)\d\d)(?:\s*(?:г\.|года?)(?!\w))?)?"
    r"|" + _M_EN % "em3" + r",?\s+(?P<ey3>(?:19|20)\d\d)(?!\d)"
    r"|the\s+(?P<ord>"
    + "|".join(sorted(_ORDINALS, key=len, reverse=True))
    + r")\b(?:\]?\s*\[?of\s+"
    + _M_EN % "em4"
    + r")?(?=[\s\].,;:?!]|$)(?!\s+(?:time|floor|day|person|man|woman|one|year|century|place|round|half|week|attempt))"
    r")"
    r"(?:[\s,]+(?:at\s+|в\s+)?(?P<hh>[01]?\d|2[0-3]):(?P<mi>[0-5]\d)(?:\s*(?P<ap>[ap])\.?m\.?)?)?",
    re.I,
)
#: What the name of every day of the week holds one of, in lower case: a quick first look.
_DAYS = ("day", "понед", "вторн", "сред", "четв", "пятн", "субб", "воскр", "сенбі", "жұма")
_WEEKDAY = re.compile(
    r"\b(?:(?:on|last|в|во)\s+)?(?:(?P<en>"
    + "|".join(_WEEKDAYS)
    + r")|(?P<ru>"
    + "|".join(_WEEKDAYS_RU)
    + r")|(?P<kk>"
    + "|".join(_WEEKDAYS_KK)
    + r")(?:\s+күні)?)\b(?!\s*,?\s+(?:January|February|March|April|May|June|July|August|Septem|Octo|Novem|Decem))",
    re.I,
)
_MONTHS_RU = [re.compile(m + "$", re.I) for m in _RU]


@dataclass(frozen=True, slots=True)
class Found:
    """A date found in a text: its range, ISO 8601 value (``--12-16`` where no year is known), and the time if any."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    time: str | None
    written_year: bool

    @property
    def iso(self) -> str | None:
        """ISO 8601, or ``None`` where the year is not known."""
        if self.year is None:
            return None
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")

    @property
    def precision(self) -> str:
        """``minute``, ``day`` or ``month``."""
        return "minute" if self.time else "day" if self.day else "month"

    def as_date(self, basis: str) -> Date | None:
        """As a result, where the year is known."""
        iso = self.iso
        if iso is None:
            return None
        how = "as written" if self.written_year else "year inferred from the page"
        return Date(iso, "day" if self.day else "month", f"{basis}; {how}" if basis else how)


def find(
    text: str, start: int = 0, end: int | None = None, year: int | None = None, month: int | None = None
) -> Iterator[Found]:
    """Dates written in ``text[start:end]``; a missing year is ``year``, a missing month ``month``."""
    for m in _DATE.finditer(text, start, len(text) if end is None else end):
        found = _found(m, year, month)
        if found:
            yield found


def whole(text: str, start: int, end: int) -> Found | None:
    """The date that ``text[start:end]`` consists of, weekday and time beside it allowed; ``None`` if it is more."""
    for found in find(text, start, end):
        rest = text[start : found.start] + text[found.end : end]
        rest = _WEEKDAY.sub(" ", rest)
        rest = re.sub(
            r"\b(?:last\s+)?(?:published|posted|updated|опубликовано|жарияланған|жарияланды|at|on|в"
            r"|gmt|utc|[ap]m|[a-z]{3,4}t)\b|\d{1,2}:\d\d(?::\d\d)?",
            " ",
            rest,
            flags=re.I,
        )
        return found if not re.search(r"\w", rest) else None
    return None


_BOUND = re.compile(r"(?:\b(?:since|between|until|till|from|before|after)|(?<!\w)(?:со?|до|после|между))\s+$", re.I)
_WEEK_BEFORE = re.compile(r",? last week\b|,? (?:на прошлой неделе|өткен аптада)", re.I)
#: "on the sixteenth", and no "the first eleven bodies": an ordinal alone is a day after a preposition, before no noun.
_ORDINAL_DAY = re.compile(r"\b(?:on|by|since|until|till|from|before|after|of|to)\s+$", re.I)
_NO_NOUN = re.compile(
    r"\s*(?:$|[^\w\s]|(?:and|when|as|in|at|after|before|with|for|by|but|he|she|they|it|the|there|was|were|had|to|that)\b)",
    re.I,
)


def since(text: str, found: Found) -> bool:
    """Whether a date only bounds what is told of: "since March 2011"."""
    return _BOUND.search(text, max(0, found.start - 12), found.start) is not None


def weekday(text: str, start: int, end: int, reference: dt.date | None) -> Date | None:
    """ "on Friday" as the last such day on or before ``reference`` (the day of publication)."""
    if reference is None:
        return None
    words = text[start:end].lower()
    m = _WEEKDAY.search(text, start, end) if any(part in words for part in _DAYS) else None
    if not m:
        return None
    patterns = {"en": _WEEKDAYS, "ru": _WEEKDAYS_RU, "kk": _WEEKDAYS_KK}
    language = m.lastgroup or "en"
    said = m.group(language).lower()
    number = next(i for i, p in enumerate(patterns[language]) if re.fullmatch(p, said))
    if _BOUND.search(text, max(start, m.start() - 12), m.start()):
        return None  # "since Friday", "between Friday and Sunday": no day of its own
    day = reference - dt.timedelta(days=(reference.weekday() - number) % 7)
    if _WEEK_BEFORE.match(text, m.end()):
        day = reference - dt.timedelta(days=reference.weekday() + 7 - number)
        return Date(day.isoformat(), "day", f"“{m.group(0)}” of the week before publication {reference.isoformat()}")
    return Date(
        day.isoformat(), "day", f"“{m.group(0)}”, the last one on or before publication {reference.isoformat()}"
    )


def _found(m: re.Match[str], year: int | None, month: int | None) -> Found | None:
    g = m.groupdict()
    y: str | None = None
    mo: int | None = None
    d: str | int | None = None
    if g["iso"]:
        y, mo, d = g["iy"], int(g["im"]), g["id"]
    elif g["num"]:
        y, mo, d = g["ny"], int(g["nm"]), g["nd"]
        if mo > 12 >= int(g["nd"]):
            mo, d = int(g["nd"]), g["nm"]
    elif g["ord"]:
        if not g["em4"] and not (
            _ORDINAL_DAY.search(m.string, max(0, m.start() - 8), m.start()) and _NO_NOUN.match(m.string, m.end("ord"))
        ):
            return None
        mo = _english_month(g["em4"]) if g["em4"] else month
        d = _ORDINALS[g["ord"].lower()]
    elif g["rm"]:
        y, d = g["ry"], g["rd"]
        mo = next(i for i, p in enumerate(_MONTHS_RU, 1) if p.match(g["rm"]))
    elif g["km1"] or g["km2"]:
        y, d = g["ky1"] or g["ky2"], g["kd1"] or g["kd2"]
        mo = _KK.index((g["km1"] or g["km2"]).lower()) + 1
    else:
        y = g["ey1"] or g["ey2"] or g["ey3"]
        mo = _english_month(g["em1"] or g["em2"] or g["em3"])
        d = g["ed1"] or g["ed2"]
    if mo is None or not 1 <= mo <= 12:
        return None
    day = int(d) if d else None
    known = int(y) if y else year
    try:
        dt.date(known or 2000, mo, day or 1)
    except ValueError:
        return None
    return Found(m.start(), m.end(), known, mo, day, _time(g), bool(y))


def _english_month(word: str) -> int:
    return _MONTH_NUMBER[word.lower().rstrip(".")]


def _time(g: dict[str, str | None]) -> str | None:
    if not g["hh"] or not g["mi"]:
        return None
    hour = int(g["hh"])
    if g["ap"]:
        hour = hour % 12 + (12 if g["ap"].lower() == "p" else 0)
    return f"{hour:02d}:{g['mi']}"


#: English month names as they stand in a text, which are no places.
MONTH_NAMES = frozenset(name.capitalize() for name in _EN)
