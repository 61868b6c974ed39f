"""Persons as Russian and Kazakh text names them: the role beside a name, and one person's name in several cases."""

from __future__ import annotations

import re

from kuager.instruments.text.kazakh import people as kazakh_people
from kuager.instruments.text.russian import people as russian_people
from kuager.instruments.text.russian.cases import person_name
from kuager.instruments.text.who.titles import TITLE

_TOKEN = re.compile(rf"{TITLE.pattern}|[\w.\-]+|[^\w\s]")
_STOP = frozenset(
    "в во на из с со от у к ко по для о об при под над за до без через между и а но или что как не ли же бы то также "
    "мен және бірақ ал деп дейді үшін туралы бойынша".split()
)
_VERB = re.compile(r"[а-яё]{3,}(?:л|ла|ло|ли|лся|лась|лись|ет|ют|ит|ят|ут|ат|ется|ются|ится|ятся|вший|вшая|ющий|ющая)$")
_OBLIQUE_AFTER = re.compile(
    r"(?<!\w)(?:словам|мнению|данным|информации|версии|оценке|утверждению|свидетельству|подсч[её]там|убеждению|у|от|для"
    r"|с|к|о|об|за|против|без|из|интересы|слова|мнение|письмо|семья|дом|дело|смерть|гибель|задержание|арест)\s$",
    re.I,
)
_ENDING = re.compile(
    r"(?:ого|ому|его|ему|ыми|ими|ым|им|ой|ей|ом|ем|ую|юю|ий|ый|ая|яя|ою|ею|[аяуюеыиьй]"
    r"|[тнд][ыі]ң|[дтн][ыі]|[дт]а[нр]?|[дт]е[нр]?|[мбп]ен|[ғқ]а|[гк]е)$"
)
_APPOSED = re.compile(
    r",\s(?P<role>(?:[а-яё\-]+(?:ый|ий|ой|ая|яя)\s){0,3}(?P<noun>[а-яё\-]{3,})"
    r"(?:\s[^,.;:!?«»\"]{1,60}|\s«[^»]{1,40}»){0,2})"
    r"(?=[,.;:—–]|$)"
)


def stem(word: str) -> str:
    """A name without the ending of its case: "Громова", "Громову" → "громов"; "Кима" → "ким"."""
    low = word.casefold().replace("ё", "е")
    cut = _ENDING.sub("", low)
    return cut if len(cut) >= 3 else low


def same_word(a: str, b: str) -> bool:
    """Whether two words may be one name in two cases, a fleeting vowel allowed: "Павел", "Павла"."""
    x, y = stem(a), stem(b)
    return x == y or (x[0] == y[0] and len(x) > 3 and re.sub("[аеио]", "", x) == re.sub("[аеио]", "", y))


def rank(given: str) -> int:
    """How far a given name is from the nominative, among forms of one name: "Иван" before "Ивана" before "Ивану"."""
    return 0 if re.search(r"[^аеёиоуыэюя]$", given) else 1 if given[-1] in "ая" else 2


def role(before: str, after: str) -> str:
    """The role that stands before a name, or behind it as an apposition; nothing where none is told."""
    words = [m.group() for m in _TOKEN.finditer(before[-160:])]
    k = len(words)
    while k > 0 and len(words) - k < 9:
        word = words[k - 1]
        if not re.search(r"\w", word) or word.casefold() in _STOP or word.endswith("."):
            break
        if word.islower() and _VERB.match(word) and not russian_people.is_person(word):
            break
        k -= 1
    stretch = words[k:]
    first = next((n for n, w in enumerate(stretch) if _calls(w)), None)
    if first is not None:
        while first > 0 and re.fullmatch(r"[а-яё\-]+(?:ый|ий|ой|ая|яя|ого|его)", stretch[first - 1]):
            first -= 1
        return " ".join(stretch[first:])
    if stretch and kazakh_people.is_person(stretch[-1]):
        return " ".join(stretch[-5:])
    apposed = _APPOSED.match(after)
    if apposed is not None and russian_people.is_person(apposed["noun"]):
        return apposed["role"]
    return ""


def _calls(word: str) -> bool:
    return word[0].isalpha() and not word.isupper() and russian_people.is_person_declined(word.casefold())


def named(before: str, given: str, family: str) -> tuple[str, str]:
    """Given and family name in the nominative, where what stands before shows that they are in another case."""
    if re.search(r"[әғқңөұүһі]", before + given + family, re.I):
        # Kazakh: "мектеп директоры Роза Омарова", "Бауыржан Сейдахметтің адвокаты".
        return given, re.sub(r"(?<=\w{3})[тдн][ыі]ң$", "", family)
    last = before.rstrip().rpartition(" ")[2].strip(",").casefold()
    if kazakh_people.is_person(last) and last[-1] in "ыі":
        return given, family
    declined = russian_people.is_person_declined(last) and not russian_people.is_person(last)
    if declined or _OBLIQUE_AFTER.search(before[-30:]):
        run = person_name([given, family])
        return run[0], run[1]
    return given, family
