"""A Russian or Kazakh mention taken apart: who is named, in which role, or which body or description it is."""

from __future__ import annotations

import re

from kuager.instruments.text.cyrillic.given import is_given
from kuager.instruments.text.kazakh import people as kazakh_people
from kuager.instruments.text.russian import people as russian_people
from kuager.instruments.text.who import names
from kuager.instruments.text.who.cast import surname
from kuager.instruments.text.who.titles import TITLE

_UPPER = "А-ЯЁӘҒҚҢӨҰҮҺІA-Z"
_NAME = re.compile(
    rf"(?:[{_UPPER}]\.-?){{1,2}}[{_UPPER}]?[\w’'\-]*$"
    rf"|[{_UPPER}][\w’']*[a-zа-яёәғқңөұүһі][\w’']*(?:-[{_UPPER}а-яё][\w’']*)*$"
)
_TOKEN = re.compile(rf"{TITLE.pattern}|«[^»]*»|\S+")
_PATRONYMIC = re.compile(r"(?:вич|мич|ьич|вна|чна|улы|ұлы|кызы|қызы|оглы|кызы)$")
_ADJECTIVE = re.compile(r"[А-ЯЁ][а-яё\-]+(?:ый|ий|ая|яя|ое|ее|ые|ие|ого|ой|ых)$")
_PREPOSITION = frozenset("в во на из с со от у к по для о об при под над за до без через между".split())
_HONORIFIC = frozenset("апа әже ата ағай апай мырза ханым көке тәте".split())

#: Parts of the names of bodies and services: "Водоканал", "Энергосбыт", "Профсоюз".
_BODILY = re.compile(
    r"союз|центр|банк|газ(?:$|пром|эта)|нефт|пром|строй|транс|связ|надзор|авиа|телеком|канал|метро|кремл|дум[аыу]"
    r"|рада|энерго"
    r"|сбыт|завод|комбинат|холдинг|фонд|школ|колони|тюрьм|больниц|защит|следстви|обвинени|экспертиз|гвардия|перевозчик"
)

Name = tuple[str, str | None, str, str]


def cyrillic(phrase: str) -> bool:
    """Whether a mention is in Russian or Kazakh."""
    return re.search(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]{2}", phrase) is not None


def name_in(phrase: str) -> Name | None:
    """Name, role, family and given name of the person whom a mention names; ``None`` where it names none.

    "аким Алматы Ерболат Досаев", "Иван Карпов, глава села", "житель посёлка Сергей"; but not "компания Dala Mobile",
    "житель Алматы", "Красный Крест".
    """
    head, _, tail = phrase.partition(",")
    tokens = _TOKEN.findall(head)
    while len(tokens) > 2 and tokens[-1].casefold() in _HONORIFIC:
        tokens.pop()
    first = _first_name(tokens)
    if first is not None:
        tokens = tokens[:first]
    k = len(tokens)
    while k > 0 and _NAME.match(tokens[k - 1].strip(".,")) and not tokens[k - 1].isupper():
        k -= 1
    before, run = tokens[:k], [t.strip(",") for t in tokens[k:]]
    while (
        run
        and len(run) > 1
        and (russian_people.is_person(run[0]) or kazakh_people.is_person(run[0]))
        and not is_given(run[0])
    ):
        before.append(run.pop(0))  # "Аким Ерболат Досаев"
    if len(run) > 2:
        keep = 3 if _PATRONYMIC.search(run[-1]) or (len(run) == 3 and _PATRONYMIC.search(run[1])) else 2
        before, run = before + run[:-keep], run[-keep:]
    owned = len(run) == 1 and before and re.match(rf"\s*[{_UPPER}][\w\-]+(?:\s[{_UPPER}][\w\-]+)?\s*(?:,|$)", tail)
    if not run or owned or not _names_person(before, run, tail):
        return _apposed(head, tail)
    role = tail.strip() or " ".join(before).strip() or None
    if before and tail.strip():
        role = f"{' '.join(before)}, {tail.strip()}"
    family = run[-1]
    if _PATRONYMIC.search(family) and len(run) > 1:
        family = run[-2] if len(run) == 3 else run[-1]
    if len(run) == 3 and _PATRONYMIC.search(run[1]):
        family = run[2]
    given_name = next((w for w in run if w is not family), "") if len(run) > 1 else ""
    return " ".join(run), role, family, given_name


def _first_name(tokens: list[str]) -> int | None:
    """Where a name that opens the mention ends, if words of place stand behind it: "Серик Ахметов из Алматы"."""
    k = 0
    while k < len(tokens) and _NAME.match(tokens[k]) and not tokens[k].isupper() and tokens[k] not in ("Один", "Одна"):
        k += 1
    return (
        k if k and k < len(tokens) and tokens[k].casefold() in _PREPOSITION and (k > 1 or surname(tokens[0])) else None
    )


def _names_person(before: list[str], run: list[str], tail: str) -> bool:
    last = run[-1].strip(".")
    if not re.search(r"[А-Яа-яЁёӘ-ӿ]", "".join(run)):
        office = bool(before) and (russian_people.is_person_declined(before[-1]) or kazakh_people.is_person(before[-1]))
        return is_given(run[0]) or (office and len(run) == 2)  # "отчёт Human Rights Watch"
    if len(run) == 1 and (names.side(last) == "media" or russian_people.is_body(last) or kazakh_people.is_body(last)):
        return False
    if len(run) == 1 and not before and (kazakh_people.KIN.match(last) or is_common(last)):
        return False
    if len(run) > 1 and not before and _ADJECTIVE.match(run[0]) and not is_given(run[0]) and not surname(last):
        return False  # "Красный Крест"
    if not before:
        return True
    link = before[-1].strip(",").casefold()
    if len(run) == 1 and russian_people.PLACE.match(link) and not is_given(last):
        return False  # "жительница села Степное"
    if link in _PREPOSITION or link in ("и", "мен", "және", "немесе", "или"):
        return False
    if russian_people.is_person_declined(link) or kazakh_people.is_person(link) or before[-1][:1].isupper():
        return len(run) > 1 or _is_name(run[0], kazakh_people.is_person(link) and link[-1:] in "іыі")
    if russian_people.is_body(link) or kazakh_people.is_body(link):
        return len(run) > 1 and re.search(r"[А-Яа-я]", run[-1]) is not None and _role(before)
    return len(run) > 1 or _is_name(run[0], False) or bool(tail)


def _role(before: list[str]) -> bool:
    """Whether words before a name hold somebody's office: "начальник управления"."""
    return any(russian_people.is_person(w.casefold()) or kazakh_people.is_person(w) for w in before)


def _is_name(word: str, possessed: bool) -> bool:
    """Whether one capitalised word behind an office is a name, and not the place of the office: "аким Шымкента"."""
    if possessed or surname(word) or is_given(word):
        return True
    return not re.search(r"(?:[аыияеу]|ого|ой)$", word)


def is_common(word: str) -> bool:
    """Whether a single capitalised word is a common noun of people or bodies: "Очевидцы", "Перевозчик", "Ағам"."""
    low = word.casefold()
    return (
        russian_people.is_person(low)
        or russian_people.is_several(low)
        or russian_people.is_body(low)
        or _BODILY.search(low) is not None
        or names.side(word) != "other"
        or kazakh_people.kind(low) != ""
    ) and not is_given(word)


def _apposed(head: str, tail: str) -> Name | None:
    """ "Один из свидетелей, Иван Карпов,": a description and then the name."""
    if not tail or names.kind(head, False) in ("organisation", "collective"):
        return None
    m = re.match(
        rf"\s*((?:[а-яёәғқңөұүһі\-]+ ){{0,3}})([{_UPPER}][\w\-]+(?: [{_UPPER}][\w\-]+){{0,2}})\s*(?:,|$)", tail
    )
    if m is None or (" " not in m[2] and names.kind(head, False) != "person"):
        return None
    run = m[2].split()
    if not m[1] and len(run) == 1 and not surname(run[0]) and " " not in head.strip():
        return None
    return m[2], m[1].strip() or head, run[-1], run[0] if len(run) > 1 else ""
