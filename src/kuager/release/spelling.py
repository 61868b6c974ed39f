"""Words of names, and one spelling for each: what masking, clearing and the search after the gate compare by."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import combining, normalize

from kuager.instruments.text.who.names import fold as fold_name

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
# Kazakh case endings, which follow the whole name: Назарбаевтың, Сериковпен.
_KAZAKH_CASE = re.compile(r"(?<=\w{5})(?:[нтд][ыі]ң|[дтн][ыі]|[дт]а[нр]?|[дт]е[нр]?|нан|нен|[мбп]ен|[ғқ]а|[гк]е)$")

# Russian case endings of names that names.fold leaves: Киму, Нины, Айбеком.
_RUSSIAN_CASE = re.compile(r"(?<=\w{3})(?:ого|ому|ыми|ых|ым|ом|ем|ой|ей|ою|ую|ий|ый|ая|[ауеыияюйь])$")


def plain(text: str) -> str:
    """A text composed, without marks that nobody sees."""
    return INVISIBLE.sub("", normalize("NFC", text))


def words(text: str) -> list[str]:
    """The words of a text, without the marks that nobody sees."""
    return WORD.findall(INVISIBLE.sub("", text))


@lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """One word in one spelling; marks on Latin letters are dropped first, and a family name loses its feminine end."""
    if not _CYRILLIC.search(word):
        word = "".join(c for c in normalize("NFKD", word) if not combining(c))
    one = fold_name(word) or word.casefold()
    return one[:-1] if one.endswith(("ova", "eva", "ina")) and len(one) > 5 else one


@lru_cache(maxsize=200_000)
def bones(folded_word: str) -> str:
    """A folded word without its vowels: Suindikov and Syundikov, as two clerks heard one name."""
    return folded_word[0] + re.sub("[aeiou]", "", folded_word[1:])


@lru_cache(maxsize=200_000)
def spellings(word: str) -> tuple[str, ...]:
    """A word folded, and folded again without the endings of case, Kazakh and Russian, that it may have."""
    one = folded(word)
    if not _CYRILLIC.search(word):
        return (one,)
    low = word.casefold()
    kazakh = _KAZAKH_CASE.sub("", low)
    forms = (one, folded(kazakh), folded(_RUSSIAN_CASE.sub("", low)), folded(_RUSSIAN_CASE.sub("", kazakh)))
    return (*dict.fromkeys(forms[:-1]), forms[-1])


def stems(text: str) -> tuple[str, ...]:
    """The words of a name in one spelling each, without endings of case."""
    return tuple(spellings(word)[-1] for word in words(text))


def name(text: str) -> tuple[str, ...]:
    """A name as it is compared: its words in one spelling each."""
    return tuple(folded(word) for word in words(text))
