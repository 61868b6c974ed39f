"""An own grammar of numbers in English, Russian and Kazakh: digits, words, vague words, and what stands around them.

Bounds follow the interface's policy table and nothing else; every bound can be traced to the number's span or to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kuager.instruments.text.cyrillic import numbers as cyrillic

_EN_UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_EN_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_EN_WORD = "|".join(sorted([*_EN_UNITS, *_EN_TENS], key=len, reverse=True))
_EN = (
    rf"(?:half a dozen|(?:an?|{_EN_WORD})\s+(?:hundred|thousand|million"
    rf"|dozen)(?:(?:\s+and)?[\s-]+(?:{_EN_WORD})(?:[\s-]+(?:{_EN_WORD}"
    rf"))?)?|(?:{_EN_WORD})(?:[\s-]+(?:one|two|three|four|five|six|seven|eight|nine)(?![\w-]))?)"
)

_MANY = r"(?:тысяч[аи]?|тыс\.?|мың(?:ға|нан|дан)?|thousand|million|млн\.?|миллион\w*)"
_DIGITS = rf"\d+[.,]\d+(?=\s+{_MANY})|\d{{1,3}}(?:[,\u00a0 ]\d{{3}})+(?![\d])|\d+"
_SUFFIX = rf"(?P<suffix>-?(?:ти|ми|х|ю|ка|{cyrillic.KAZAKH_ENDING}))?"
_VAGUE_EN = (
    r"(?:tens|hundreds|scores|dozens) of thousands|(?:(?:several|many|a few|some|a couple of) )?(?:dozens?|hundreds?"
    r"|thousands?)(?=[\s.,;]|$)|several|(?<!as )many(?! as\b)|a few|a couple of|a handful(?: of)?|scores"
    r"|tens(?=[\s.,;]|$)|both(?= (?:of (?:them|the)|\w+s|\w*(?:men|children))\b)|an? (?:unknown|unspecified|undisclosed"
    r"|unconfirmed) number of|countless|numerous"
)
_START = r"(?<![\w$€£₸№#.,:/])(?:"
_FIGURES = rf"(?P<digits>(?:{_DIGITS})(?:\s+{_MANY}(?!\w))?){_SUFFIX}(?![\w%])(?!\.\d)|(?P<en>{_EN})(?!\w)"
_LATIN = re.compile(rf"{_START}{_FIGURES}|(?P<vague>{_VAGUE_EN})(?!\w))", re.I)
_NUMBER = re.compile(
    rf"{_START}{_FIGURES}"
    rf"|(?P<ru>{cyrillic.RUSSIAN})(?!\w)|(?P<kk>{cyrillic.KAZAKH})(?!\w)"
    rf"|(?P<vague>{_VAGUE_EN}|{cyrillic.VAGUE})(?!\w))",
    re.I,
)
_CYRILLIC = re.compile(r"[а-яё]", re.I)
_BEFORE: tuple[tuple[str, str], ...] = (
    (
        "more_than",
        r"more than|over|above|past|beyond|upwards? of|in excess of|exceed(?:s|ed|ing)?|surpass(?:ed|es|ing)"
        r"|topp(?:ed|ing)|tops|pass(?:ed|es|ing)|свыше"
        r"|более|больше(?: чем)?|превы\w+|пере(?:валил|шагнул|вал)\w* за",
    ),
    (
        "at_least",
        r"at (?:the )?(?:very )?least|no (?:fewer|less) than|not (?:fewer|less) than|(?:a )?minimum(?: of)?"
        r"|по (?:меньшей"
        r"|крайней) мере|(?:никак )?не менее(?: чем)?|как минимум|минимум|(?:никак )?не меньше(?: чем)?"
        r"|самое (?:меньшее|малое)|кем[іе]нде|(?:ең )?(?:кем|аз) дегенде|ең кемі",
    ),
    (
        "at_most",
        r"at most|up to|no more than|not more than|as many as|as high as|a maximum of|maximum|не более(?: чем)?"
        r"|не больше(?: чем)?|не превы\w+|не свыше|до|максимум|от силы|самое большее|ең көбі|(?:ең )?көп дегенде"
        r"|әрі кетсе|асып кетпе\w*",
    ),
    ("fewer_than", r"(?:fewer|less) than|under|below|менее(?: чем)?|меньше(?: чем)?"),
    (
        "about",
        r"about|around|something like|in the (?:region|order) of|getting on for|approximately|roughly|some|nearly"
        r"|almost|close to|closer to|an? estimated|approx\.?"
        r"|порядка|около|примерно|приблизительно|почти|едва ли не|чуть ли не|без малого|ориентировочно|где-то"
        r"|(?:прибли\w+|близ[кок]\w+) к|шамамен|жуықтап",
    ),
    (
        "exactly",
        r"only|just|exactly|a total of|a|the|all|всего|только|лишь|ровно|бар болғаны|бар-жоғы|небәрі|тек(?: қана)?"
        r"|барлығы",
    ),
)
_PREFIX = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>(?<![\\w-])(?:{words}))" for name, words in _BEFORE)
    + r")\s+(?:the\s+|a\s+|чем\s+|об?\s+)?$",
    re.I,
)
#: "пять или шесть", "пять, а может, и шесть".
_OR = r"(?:или|не то|то ли|немесе|әлде|,\s*(?:а\s+)?может(?:\s+быть)?,?|,\s*(?:не то|то ли))"
_AFTER = re.compile(
    r"\s*(?:(?P<at_least>or more|(?:\w+,? )?at (?:the )?(?:very )?least|and counting|(?:или|и) (?:более|больше)"
    r"|не менее|(?:адамнан )?(?:кем|аз) (?:емес|болма\w*))"
    r"|(?P<about>or so|or thereabouts|-odd|, give or take|-?(?:га|ге|ға|қа|ке)?\s*(?:жуық|таяу|таяп)\w*|шамасында"
    r"|маңайында|төңірегінде|шақты|\bчеловек около)"
    r"|(?P<at_most>(?:адамнан\s+)?(?:асқан жоқ|асып кетпе\w*|аспа\w+))"
    r"|(?P<more_than>\s*(?:адамнан\s+)?(?:астам\w*|артық\w*|ас(?:а\w*|ты|қан\w*|ып)|көп(?= адам))|\+"
    r"|с (?:лишним|небольшим|хвостиком))"
    r"|(?P<fewer_than>(?<=[нтд][ае]н )(?:аз|кем)(?! емес| болма)|адамнан (?:аз|кем))"
    rf"|(?:(?:or|to|–|-|—|или|до)\s*|{_OR}\s*)(?P<range>\d{{1,6}}|{_EN})(?![\w%])"
    rf"|(?:[-–]|\s*{_OR}\s+)(?P<worded>{cyrillic.RUSSIAN}|{cyrillic.KAZAKH}))(?!\w)",
    re.I,
)
#: "rose from 41 to 58": two numbers, one after the other, and no range.
_CHANGE = re.compile(
    r"\b(?:rise[ns]?|rose|rising|climb\w*|jump\w*|gr(?:ew|own?|ows|owing)|increas\w+|rais\w+|lower\w*|cut(?:s|ting)?"
    r"|reduc\w+|revis\w+|f[ae]ll(?:s|en|ing)?|dropp?\w*|declin\w+|chang\w+|adjust\w+|correct\w+|updat\w+|up|down"
    r"|downgrad\w+|went|gone)\b"
    r"|(?<!\w)(?:вырос|выраст|увелич|возрос|возраст|сниз|сократ|уменьш|поднял|измен|уточн|повы[сш])\w*",
    re.I,
)
_RISEN = re.compile(
    r"\b(?:gone|went|go|goes|going|climb\w*|rose|risen|rising|jump\w*|mov\w+|shot|push\w*|taken|tak\w+)\s+$", re.I
)
_FROM = re.compile(r"(?<!\w)(?:from|с|со)\s+(?:\w+\s+){0,2}$", re.I)
#: "15-тен 20-ға дейін" is a range, "15-тен 20-ға дейін өсті" is not.
_KAZAKH_TO = re.compile(
    rf"\s+(?P<m>{_DIGITS}|{cyrillic.KAZAKH})-?(?:[ғқ]а|[гк]е)?\s+дейін(?!\w|\s+(?:өс|арт|көбей|ұлғай|төменде|азай))",
    re.I,
)
_UP_TO = re.compile(r"\s+дейін(?!\w|\s+(?:өс|арт|көбей|ұлғай|төменде|азай|жет))", re.I)
#: The noun first makes a number a rough one: "человек сорок".
_ROUND = re.compile(r"(?<!\w)(?P<noun>человек)\s+(?:на\s+|эдак\s+|этак\s+|около\s+)?$", re.I)
_COUNTED_BEFORE = re.compile(
    rf"(?:\d|(?<!\w)(?:{cyrillic.RUSSIAN}|{cyrillic.VAGUE}|тыс\.?|много|сколько|столько|больше|меньше|из|этот|один))"
    r"\s+(?:\w+\s+)?$",
    re.I,
)
_BETWEEN = re.compile(r"(?:between|from|(?<!\w)от)\s+$", re.I)
_BETWEEN_REST = re.compile(rf"\s*(?:and|to|до|и|–|-|—)\s*(?P<m>{_DIGITS}|{_EN}|{cyrillic.RUSSIAN})(?!\w)", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text with its modifiers: ``start``/``end`` of the number itself, ``left``/``right`` with them."""

    start: int
    end: int
    left: int
    right: int
    relation: str
    lower: int | None
    upper: int | None
    value: int | None
    digits: bool


def bounds(relation: str, n: int, m: int | None = None) -> tuple[int | None, int | None]:
    """The policy table: lower and upper bound that a relation gives for ``n`` (``m`` for *between*)."""
    table: dict[str, Callable[[], tuple[int | None, int | None]]] = {
        "exactly": lambda: (n, n),
        "at_least": lambda: (n, None),
        "more_than": lambda: (n + 1, None),
        "fewer_than": lambda: (0, max(0, n - 1)),
        "at_most": lambda: (0, n),
        "about": lambda: (9 * n // 10, -(-11 * n // 10)),
        "between": lambda: (min(n, m if m is not None else n), max(n, m if m is not None else n)),
        "higher_than": lambda: (n + 1, None),
        "much_higher_than": lambda: (n + 1, None),
        "at_least_personally_seen": lambda: (n, None),
        "at_least_enumerated": lambda: (n, None),
    }
    return table[relation]()


VAGUE: dict[str, tuple[int | None, int | None]] = {
    "dozens": (24, 99),
    "tens": (20, 99),
    "hundreds": (200, 999),
    "several": (3, None),
    "unquantified": (None, None),
}


def find(text: str, start: int, end: int, floor: int | None = None) -> Iterator[Number]:
    """Numbers in ``text[start:end]`` with modifiers before and after them; what they count is not decided here.

    ``floor`` is where the sentence begins, whose verb tells whether "from 41 to 58" is a range or a change.
    """
    at = start
    for m in (_NUMBER if _CYRILLIC.search(text, start, end) else _LATIN).finditer(text, start, end):
        if m.start() < at:
            continue
        number = (
            _vague(text, m, start) if m["vague"] else _plain(text, m, start, end, start if floor is None else floor)
        )
        if number is not None:
            at = number.right
            yield number


def _plain(text: str, m: re.Match[str], start: int, end: int, floor: int) -> Number | None:
    value = _value(m)
    if value is None:
        return None
    s, e = m.start(), m.end()
    left, right, relation, other = s, e, "exactly", None
    # "said nearly 40 people …": the word before the number may have been cut off with those after the verb.
    opens = not re.search(r"\w", text[start:s])
    before = _PREFIX.search(text, max(floor if opens else start, s - 40), s)
    if before:
        relation, left = before.lastgroup or "exactly", before.start()
        if relation == "at_most" and _RISEN.search(text, max(floor, s - 30), before.start()):
            relation, left = "exactly", s  # "has gone up to 318"
        if relation in ("more_than", "fewer_than") and re.search(r"\bthe\s+$", before.group(), re.I):
            relation, left = "exactly", s  # "well above the 48 that officials gave"
        if (
            relation == "at_most"
            and before.group().lower().startswith("до")
            and _CHANGE.search(text, max(floor, s - 90), s)
        ):
            relation = "exactly"
    changed = bool(_FROM.search(text, max(start, s - 40), s) and _CHANGE.search(text, max(floor, s - 170), s))
    if cyrillic.says_about(m.group()) and relation == "exactly":
        relation = "about"
    rough = _ROUND.search(text, max(start, s - 24), s)
    if rough and relation in ("exactly", "about") and not _COUNTED_BEFORE.search(text, start, rough.start()):
        relation, left = "about", rough.start()
    span = None if changed else _BETWEEN.search(text, max(start, s - 12), s)
    rest = _BETWEEN_REST.match(text, e, end) if span else None
    if span and rest:
        other = _word_value(rest["m"])
        if other is not None:
            relation, left, right = "between", span.start(), rest.end()
    elif (rest := _KAZAKH_TO.match(text, e, end)) and cyrillic.ablative(m.group()):
        other = _word_value(rest["m"])
        relation, right = "between", rest.end()
    elif not m["en"] and (rest := _UP_TO.match(text, e, end)):
        relation, right = "at_most", rest.end()
    else:
        after = _AFTER.match(text, e, end)
        ranged = after and (after["range"] or after["worded"])
        if after and not (changed and ranged):
            if ranged:
                other = _word_value(ranged)
                if other is not None and other > value:
                    relation, right = "between", after.end()
            elif after.lastgroup and relation in ("exactly", "about"):
                relation, right = after.lastgroup, after.end()
    lower, upper = bounds(relation, value, other)
    return Number(
        s, right if relation == "between" else e, left, right, relation, lower, upper, value, bool(m["digits"])
    )


#: A ten, a hundred or a thousand in the singular: a number where something is said of it.
_ONE = re.compile(r"(десят|сотн|тысяч|дюжин)(?:(?P<named>ок|[яую]|(?<=[чн])а)|ка|и|ы)", re.I)


def _vague(text: str, m: re.Match[str], start: int) -> Number:
    word = m.group().lower()
    before = _PREFIX.search(text, max(start, m.start() - 30), m.start())
    left = before.start() if before and before.lastgroup in ("at_least", "more_than") else m.start()
    one = _ONE.fullmatch(word)
    if one and (before or one["named"]):  # "более сотни"
        n = {"десят": 10, "сотн": 100, "тысяч": 1000, "дюжин": 12}[one[1]]
        how = (before.lastgroup or "exactly") if before else "exactly"
        return Number(
            m.start(), m.end(), before.start() if before else m.start(), m.end(), how, *bounds(how, n), n, False
        )
    relation = "unquantified"
    if re.search(r"thousand|тысяч|мыңдаған", word):
        pass  # the policy table has no row for thousands, "tens of thousands" neither, and no bound is made up
    elif "dozen" in word:
        relation = "dozens"
    elif re.search(r"tens|scores|десятк|ондаған", word):
        relation = "tens"
    elif re.search(r"hundred|сот|жүздеген", word):
        relation = "hundreds"
    elif re.search(r"several|few|handful|нескольк|бірнеше", word):
        relation = "several"
    elif "couple" in word or word == "both":
        return Number(m.start(), m.end(), left, m.end(), "exactly", 2, 2, 2, False)
    lower, upper = VAGUE[relation]
    return Number(m.start(), m.end(), left, m.end(), relation, lower, upper, None, False)


def _value(m: re.Match[str]) -> int | None:
    if m["digits"]:
        return _word_value(m["digits"])
    return _word_value(m["en"] or m.group().strip())


def _word_value(words: str) -> int | None:
    """The value of a number in digits or words: "a hundred and twenty" is 120, "он төрт" 14, "двадцать три" 23."""
    low = words.lower().strip()
    if low[:1].isdigit():
        times = 1_000_000 if re.search(r"mill|млн|милл", low) else 1000 if re.search(r"тыс|мың|thous", low) else 1
        part = re.match(r"(\d+)[.,](\d{1,2})\s", low)
        if part:
            return int(part[1]) * times + int(part[2]) * times // int("1" + "0" * len(part[2]))
        digits = re.sub(r"\D", "", low)
        return int(digits) * times if len(digits) <= 9 else None
    if re.match(r"[a-z]", low):
        total = current = 0
        if low == "half a dozen":
            return 6
        for w in re.split(r"[\s-]+", low):
            if w in _EN_UNITS or w in _EN_TENS:
                current += _EN_UNITS.get(w, 0) + _EN_TENS.get(w, 0)
            elif w in ("a", "an"):
                current += 1
            elif w in ("hundred", "dozen"):
                current = max(1, current) * (100 if w == "hundred" else 12)
            elif w in ("thousand", "million"):
                total, current = total + max(1, current) * (1000 if w == "thousand" else 1_000_000), 0
        return total + current
    return cyrillic.value(low)
