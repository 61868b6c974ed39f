"""Given names in Russian and Kazakh spelling, told by the list of Latin ones: "Ержан" is "Yerzhan"."""

from __future__ import annotations

from functools import cache

from kuager.instruments.text import given, names


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
