"""Given names in Russian and Kazakh spelling, told by the list of Latin ones: "Ержан" is "Yerzhan"."""

from __future__ import annotations

import re
from functools import cache

from kuager.instruments.text.russian.cases import given_name
from kuager.instruments.text.who import given, names


@cache
def _folded() -> dict[str, str]:
    """Every listed name in one spelling, with the gender it is mostly given to, or nothing for either."""
    found = {names.fold(name): "" for name in given.EITHER}
    found |= {names.fold(name): "f" for name in given.FEMALE}
    for name in given.MALE:
        key = names.fold(name)
        found[key] = "m" if found.get(key, "m") == "m" else ""
    return found


def is_given(word: str) -> bool:
    """Whether a word is a given name that the lists know, in whatever script."""
    return names.fold(word) in _folded()


def gender(word: str) -> str:
    """``m``, ``f``, or nothing where a name does not tell."""
    return _folded().get(names.fold(word), "")


#: Given names that are words besides, or lands and rivers.
_WORDS = frozenset(
    "вера надежда любовь слава роман мир лев марс май чад дон мали рядом"
    " адам ана дана алма ерік арман бақыт сабыр жан нұр ай"
    " айна бота гүл шолпан виктория европа азия алтай дамир кавказ".split()
)
_KAZAKH_CASE = re.compile(r"(?<=\w{3})(?:[тдн][ыі]ң|[ғқ]а|[гк]е|[дтн][ыі]|[дт]ан|[дт]ен|нан|нен|[дт]а|[дт]е|[мбп]ен)$")


def is_given_in_case(word: str) -> bool:
    """Whether a capitalised word is a listed given name in some case, "Рустамом", and no word of the language."""
    forms = {word, _KAZAKH_CASE.sub("", word), given_name(word, "m"), given_name(word, "f")}
    return not any(form.casefold() in _WORDS for form in forms) and any(is_given(form) for form in forms)
