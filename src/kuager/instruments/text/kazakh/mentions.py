"""Mentions in Kazakh: the noun phrase that speaks, found by its head, which stands last, and by the name behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kuager.instruments.text.cyrillic.given import is_given
from kuager.instruments.text.kazakh import people as kazakh_people
from kuager.instruments.text.who.cast import surname
from kuager.instruments.text.who.titles import TITLE

Range = tuple[int, int]

_TOKEN = re.compile(rf"{TITLE.pattern}|[^\W_][\w’'\-]*(?:\.[\w\-]+)*")
_UPPER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ"
#: Time, order and contrast before a subject.
TIME = re.compile(
    r"(?:(?:кеше|бүгін|кейін|кейінірек|бұған дейін|бұдан бұрын|сонымен қатар|сонымен бірге|алайда|бірақ|дегенмен|ал"
    r"|сондай-ақ"
    r"|ертеректе|осыған дейін|тағы да|енді|қазір|сол күні|бүгінде|өз кезегінде|сөйтіп|сонда|мұнда|онда|бұл жолы"
    r"|еске салсақ"
    r"|жексенбі күні|дүйсенбі күні|сейсенбі күні|сәрсенбі күні|бейсенбі күні|жұма күні|сенбі күні|бастапқыда"
    r"|іле-шала)(?!\w)"
    r"|\d{1,2}[-\s]?(?:ші)?\s*(?:қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек"
    r"|қазан|қараша|желтоқсан)\w*(?:\s+күні)?)[\s,]*",
    re.I,
)
#: A case that no subject stands in; of names only those endings that names hardly have themselves.
_OBLIQUE = re.compile(
    r"(?<=\w{3})(?:[тдн][ыі]ң|(?:ға|қа|ге|ке)|[сй]?[ыі]?на|[сй][іы]не|[дт]а|[дт]е|[дт]ағы|[дт]егі|нан|нен)$"
)
_OBLIQUE_NAME = re.compile(
    r"(?<=\w{4})(?:-?[тдн][ыі]ң|(?:ққа|кке|тыққа|вқа|вке|нға|нге|тке|тқа|рға|рге|лға|лге)|[дт]ағы|[дт]егі)$"
)


_POSSESSED_CASE = re.compile(
    r"(?<!ған)(?<!ген)(?<!қан)(?<!кен)(?<!тын)(?<!тін)(?:с?[ыі]нда|с?[ыі]нде|с?[ыі]нан|с?[ыі]нен|с?[ыі]н[ыі]ң"
    r"|с[ыі]на|с[ыі]не)$"
)
#: Words for anybody, which open a sentence as often counted or acted on as speaking.
_ANYBODY = re.compile(r"(?:адам|бала|кісі|әйел|жігіт|қыз|ұл|азамат|жүргізуші)(?:[ыі]|сы|сі)?")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.casefold()


def strip(view: str, s: int, e: int) -> Range:
    """A stretch without the marks and spaces around it."""
    while s < e and view[s] in " ,;:—–-.\t\n":
        s += 1
    while e > s and view[e - 1] in " ,;:—–-.\t\n":
        e -= 1
    return s, e


def after_time(view: str, s: int, e: int) -> int:
    """Where a stretch begins after words of time and contrast."""
    m = TIME.match(view, s, e)
    while m and m.end() > s:
        s = m.end()
        m = TIME.match(view, s, e)
    return s


def subject(view: str, s: int, limit: int, opens: bool = True) -> Range | None:
    """The first phrase of ``view[s:limit]`` that can speak; ``opens`` where it opens a sentence.

    "Облыс әкімі Ерлан Қуанышев жұмыстардың …" gives the first four words; "жүргізуші бала" nobody but "жүргізуші".
    """
    s = after_time(view, *strip(view, s, limit))
    words = [_Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(view, s, min(limit, s + 260))]
    k = 0
    while k < min(len(words), 14):
        if k and re.search(r"[,;:]", view[words[k - 1].end : words[k].start]):
            return None
        if not _can_speak(words, k, opens) or (opens and _ANYBODY.fullmatch(words[k].low)):
            k += 1
            continue
        last = k
        while last + 1 < len(words) and _goes_on(words, last, view):
            last += 1
        ahead = _office_ahead(words, last, view)
        if ahead is not None:
            k = ahead  # "БҰҰ миссиясының жетекшісі Даниела Белл"
            continue
        following = words[last + 1] if last + 1 < len(words) else None
        if following is not None and not _named(words[last]) and _owner(following, view, words[last]):
            k = last + 2  # "полиция департаментінің өкілі": what is owned comes behind
            if k < len(words) and words[k - 1].low.startswith("өзі"):
                return words[0].start, words[k - 1].end
            continue
        first = _first(words, k)
        return words[first].start, words[last].end
    return None


def _office_ahead(words: list[_Word], last: int, view: str) -> int | None:
    """Where somebody's office before their name stands, up to five words behind a body that only tells whose."""
    here = words[last]
    if _named(here) and not here.text.isupper():
        return None
    for n in range(last + 1, min(last + 6, len(words) - 1)):
        if re.search(r"[,;:.!?]", view[words[n - 1].end : words[n].start]):
            return None
        if kazakh_people.is_person(words[n].low) and words[n].low[-1] in "ыі" and words[n + 1].text[0].isupper():
            return n if not _OBLIQUE_NAME.search(words[n + 1].text) else None
    return None


def _named(word: _Word) -> bool:
    calls = (kazakh_people.is_body, kazakh_people.is_person, kazakh_people.is_several)
    return word.text[0].isupper() and not any(call(word.low) for call in calls)


def _first(words: list[_Word], k: int, most: int = 6) -> int:
    """Where the phrase of a head begins: its modifiers in front, a time or a hearer left out."""
    first = k
    while first > 0 and k - first < most:
        before = words[first - 1]
        if (
            re.search(r"(?:ға|қа|ге|ке|сіне|сына|да|де|та|те|дан|ден|тан|тен|нда|нде|ып|іп|п)$", before.low)
            and before.text.islower()
        ):
            break
        first -= 1
    return first


def _can_speak(words: list[_Word], k: int, opens: bool) -> bool:
    word = words[k]
    if word.text[0] in '«"“':
        return False
    if word.low in ("ол", "олар", "өзі", "біреуі", "бірі", "жұрт", "халық", "көпшілік"):
        return True
    if word.low == "көрші":
        return False  # "көрші облыс"
    if kazakh_people.is_person(word.low) or kazakh_people.is_body(word.low) or word.low in _BODIES:
        return True
    if kazakh_people.is_several(word.low):
        return True
    if re.match(rf"[{_UPPER}]", word.text) and not _OBLIQUE_NAME.search(word.text):
        if word.text.isupper() and len(word.text) > 1:
            return True
        if k == 0 and opens:
            known = surname(word.text) or is_given(word.text)
            paired = len(words) > 1 and re.match(rf"[{_UPPER}]", words[1].text) is not None
            return known or (paired and not _OBLIQUE_NAME.search(words[1].text))
        return True
    return False


_BODIES = frozenset(
    "билік полиция прокуратура үкімет сот министрлік әкімдік ведомство компания басқарма департамент".split()
)


def _goes_on(words: list[_Word], last: int, view: str) -> bool:
    """Whether the next word belongs to the phrase: a name behind an office, a head behind a body."""
    here, following = words[last], words[last + 1]
    if re.search(r"[,;:.!?]", view[here.end : following.start]):
        return False
    if following.text[0] in '«"“':
        return False
    if here.low in ("ол", "олар"):
        return False
    capital = re.match(rf"[{_UPPER}]", following.text) is not None
    if capital:
        if _named(here) and re.match(r"[A-Z]", following.text) and not re.match(r"[A-Z]", here.text):
            return False  # "Серік Оспанов Facebook парақшасында"
        return not _OBLIQUE_NAME.search(following.text)
    if following.low in ("те", "де", "да", "та", "ғана"):
        return False
    return (
        kazakh_people.is_person(following.low)
        or kazakh_people.is_body(following.low)
        or kazakh_people.is_several(following.low)
        or following.low in ("апа", "әже", "ата", "ағай", "апай", "мырза", "ханым", "баспасөз", "ресми", "бірі")
    ) and following.low not in ("ол", "адам", "бала", "қыз", "ұл", "ана")


def _owner(word: _Word, view: str, before: _Word) -> bool:
    """Whether a word is the genitive of what could speak: "департаментінің"."""
    if re.search(r"[,;:.!?]", view[before.end : word.start]):
        return False
    # "үкімет отырысында", "полиция департаментінің": the first noun only tells whose.
    return _POSSESSED_CASE.search(word.low) is not None


def after(view: str, s: int, b: int) -> Range | None:
    """The speaker behind a cue: "деді журналистерге облыс әкімі Ерлан Қуанышев"."""
    pronoun = re.match(r"\s*(?:кейін\s+)?(?P<who>ол|олар)(?!\w)", view[s:b], re.I)
    if pronoun:
        return s + pronoun.start("who"), s + pronoun.end("who")
    e = b
    at = s
    while at < b:
        m = re.compile(r"[,;:!?\"“«]|\.(?=\s|$|[»\"”])|\s[–—-]\s").search(view, at, b)
        if m is None:
            break
        if m.group() in '«"“' and (title := TITLE.match(view, m.start(), b)):
            at = title.end()
            continue
        e = m.start()
        break
    s, e = strip(view, s, e)
    s = after_time(view, s, e)
    if e <= s:
        return None
    dated = re.search(r"\s\d", view[s:e])
    e = s + dated.start() if dated else e
    citing = re.search(r"\s[^\s]+\s(?:\w+\s)?сілтеме жаса", view[s:e])
    e = s + citing.start() if citing else e
    words = [_Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(view, s, e)]
    if words and len(words) <= 12 and _can_speak(words, len(words) - 1, False):
        return words[_first(words, len(words) - 1, 10)].start, words[-1].end
    found = subject(view, s, e, opens=False)
    if found is not None:
        return found
    stretch = view[s:e]
    return (s, e) if len(stretch.split()) <= 5 and not _OBLIQUE.search(stretch.casefold()) else None


def nominative(phrase: str) -> str:
    """A genitive mention as one would look it up: "тұрғындардың" → "тұрғындар"."""
    words = phrase.split()
    if words:
        if words[-1].casefold() in ("өзі", "өзінің") and len(words) > 1:
            words.pop()
        words[-1] = re.sub(r"(?:-)?(?:[тдн]ың|[тдн]ің)$", "", words[-1])
        if words[-1].casefold() in ("оның", "он", "о"):
            words[-1] = "ол"
    return " ".join(words)
