"""Numbers in Russian and Kazakh words: cases, collectives, tens and hundreds by the piece, halves, and endings."""

from __future__ import annotations

import re

_TEEN = {"один": 11, "две": 12, "три": 13, "четыр": 14, "пят": 15, "шест": 16, "сем": 17, "восем": 18, "девят": 19}
_TEENS = tuple((f"{stem}надцат(?:ь|и|ью)", n) for stem, n in _TEEN.items())
_HUNDREDS = r"(?:сот|стам|стами|стах)"
_RU_STEMS: tuple[tuple[str, int], ...] = (
    *_TEENS,
    ("двадцат(?:ь|и|ью)", 20),
    ("тридцат(?:ь|и|ью)", 30),
    ("сорока?", 40),
    ("пят(?:ь|и|ью)десят(?:и|ью)?", 50),
    ("шест(?:ь|и|ью)десят(?:и|ью)?", 60),
    ("сем(?:ь|и|ью)десят(?:и|ью)?", 70),
    ("вос(?:емь|ьми|емью)десят(?:и|ью)?", 80),
    ("девяност[оа]", 90),
    (rf"двести|двеста|двух{_HUNDREDS}|двум{_HUNDREDS}|двумя{_HUNDREDS}", 200),
    (rf"триста|тр[её][хм]{_HUNDREDS}|тремя{_HUNDREDS}", 300),
    (rf"четыреста|четыр[её][хм]{_HUNDREDS}|четырьмя{_HUNDREDS}", 400),
    (rf"пять?(?:и|ю)?{_HUNDREDS}", 500),
    (rf"шесть?(?:и|ю)?{_HUNDREDS}", 600),
    (rf"семь?(?:и|ю)?{_HUNDREDS}", 700),
    (rf"вос(?:емь|ьми|емью){_HUNDREDS}", 800),
    (rf"девять?(?:и|ю)?{_HUNDREDS}", 900),
    ("сто|ста", 100),
    ("десят(?:ь|и|ью)|десятер(?:о|ых|ым|ыми)", 10),
    ("девят(?:ь|и|ью)|девятер(?:о|ых|ым|ыми)", 9),
    ("вос(?:емь|ьми|емью)|восьмер(?:о|ых|ым|ыми)", 8),
    ("сем(?:ь|и|ью)|семер(?:о|ых|ым|ыми)", 7),
    ("шест(?:ь|и|ью)|шестер(?:о|ых|ым|ыми)", 6),
    ("пят(?:ь|и|ью)|пятер(?:о|ых|ым|ыми)", 5),
    ("четыре|четыр[её][хм]|четырьмя|четвер(?:о|ых|ым|ыми)", 4),
    ("три|тр[её][хм]|тремя|трое|трои[хм]|троими", 3),
    ("два|две|двух|двум|двумя|двое|двои[хм]|двоими|об[ае]|обо?[еи]х|обо?[еи]м|обо?[еи]ми", 2),
    ("один|одного|одному|одним|одном|одна|одной|одну", 1),
)
_RU_WORD = "(?:" + "|".join(p for p, _ in _RU_STEMS) + ")"
#: What is counted by the piece: "три десятка", "две сотни", "тысяча двести".
_PIECES = (
    (r"десят(?:ок|к[аеиу]|ком|кам|ками|ках|ков)", 10),
    (r"дюжин(?:а|ы|е|у|ой|ам|ами)?", 12),
    (r"сот(?:ня|н[иеюя]|ней|ням|нями|нях|ен)", 100),
    (r"тысяч(?:ами|ах|ам|а|и|у|ей|е)?", 1000),
)
_PIECE = "(?:" + "|".join(p for p, _ in _PIECES) + ")"
_THOUSAND = _PIECES[-1][0]
_RU_SIMPLE = rf"{_RU_WORD}(?:\s+{_RU_WORD}){{0,2}}"
_HALVES = (
    (r"пол(?:утора|тора|торы)\s+", 1.5),
    (r"пол(?:у)?(?=сот|дюж|тысяч|десят)", 0.5),
)
RUSSIAN = (
    rf"(?:{_HALVES[0][0]}{_PIECE}|{_HALVES[1][0]}{_PIECE}|полтораста|{_THOUSAND}\s+{_RU_SIMPLE}"
    rf"|{_RU_SIMPLE}(?:\s+{_PIECE}(?:\s+{_RU_SIMPLE})?)?)"
)
_KK_UNITS = {"бір": 1, "екі": 2, "үш": 3, "төрт": 4, "бес": 5, "алты": 6, "жеті": 7, "сегіз": 8, "тоғыз": 9}
_KK_UNITS |= {"біреу": 1, "екеу": 2, "үшеу": 3, "төртеу": 4, "бесеу": 5, "алтау": 6, "жетеу": 7}
_KK_TENS = {
    "он": 10,
    "жиырма": 20,
    "отыз": 30,
    "қырық": 40,
    "елу": 50,
    "алпыс": 60,
    "жетпіс": 70,
    "сексен": 80,
    "тоқсан": 90,
    "жүз": 100,
    "мың": 1000,
}
_KK_ALL = {**_KK_TENS, **_KK_UNITS}
_KK_WORD = "(?:" + "|".join(sorted(_KK_ALL, key=len, reverse=True)) + ")"
_KK_CASE = r"[нтд][ае]н|[ғқ]а|[гк]е|[нтд][ыі]ң|[нтд][ыі]"
_KK_POSSESSED = r"(?:[ае]у)?с?[ыі](?:н(?:ың|ің|а|е|ан|ен)?)?|[ае]у"
_KK_ABOUT = r"[дт][ае]й|шақты(?:с[ыі](?:н\w*)?)?"
#: What a Kazakh numeral may end in: a case, "so many of them", "some".
KAZAKH_ENDING = rf"(?:{_KK_CASE}|{_KK_POSSESSED}|{_KK_ABOUT})"
#: "оны" is "him", "бірге" is "together", "жүзі" is "its face"; a thousand alone counts only as a bound.
KAZAKH = (
    r"(?!(?:оны|оның|онда\w*|бірге|бірде|үшін|алтын\w*|жүз[іе]н?)(?!\w)|мың(?!(?:нан|ға)\s|\s+\w))(?:жарты\s+)?"
    rf"{_KK_WORD}(?:\s+{_KK_WORD}){{0,7}}{KAZAKH_ENDING}?"
)
VAGUE = (
    rf"(?:нескольк(?:о|их|ими) )?{_PIECE}"
    r"|нескольк(?:о|их|ими)|множество|много|(?:бірнеше )?(?:ондаған|жүздеген|мыңдаған)|бірнеше|көптеген"
    r"|неизвестное (?:число|количество)|саны белгісіз"
)
_ENDED = re.compile(rf"({_KK_WORD})({KAZAKH_ENDING})?")
_ABOUT = re.compile(rf"(?:{_KK_ABOUT})$")
_ABLATIVE = re.compile(r"[нтд][ае]н$")


def value(words: str) -> int | None:
    """The value of "двадцать три" (23), "полторы сотни" (150), "оба" (2), "он төрт" (14), "он екісі" (12)."""
    low = words.lower().strip()
    if low == "полтораста":
        return 150
    if low.startswith("жарты"):
        return 50 if low.startswith("жарты жүз") else None
    half = 0.0
    for stem, share in _HALVES:
        m = re.match(stem, low)
        if m:
            half, low = share, low[m.end() :]
    total = current = 0
    for w in low.split():
        n = _one(w)
        if n is None:
            return None
        if n >= 1000:
            total, current = total + max(1, current) * n, 0
        elif n == 100 and 0 < current < 10:
            current *= 100
        elif n in (10, 12, 100) and _piece(w):
            current = max(1, current) * n
        else:
            current += n
    return int(half * (total + current)) if half else total + current


def _piece(word: str) -> int | None:
    return next((n for stem, n in _PIECES if re.fullmatch(stem, word)), None)


def _one(word: str) -> int | None:
    kazakh = _ENDED.fullmatch(word)
    if kazakh:
        return _KK_ALL[kazakh[1]]
    return _piece(word) or next((n for stem, n in _RU_STEMS if re.fullmatch(stem, word)), None)


def says_about(words: str) -> bool:
    """Whether a Kazakh numeral's ending makes it a rough one: "жиырмадай", "20-дай"."""
    return _ABOUT.search(words.lower()) is not None


def ablative(words: str) -> bool:
    """Whether a Kazakh numeral stands in the case of "from": "15-тен", "тоғыздан"."""
    return _ABLATIVE.search(words.lower()) is not None
