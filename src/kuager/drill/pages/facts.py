"""What the pages are about: the fictional town's names, dates and figures, chosen from the seed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "- - twenty thirty forty fifty".split()
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
KK_ONES = ["", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]
KK_TENS = ["", "он", "жиырма", "отыз", "қырық", "елу"]
RU_COLLECTIVE = {4: "четверых", 5: "пятерых", 6: "шестерых", 7: "семерых", 8: "восьмерых"}
RU_PREPOSITIONAL = dict(
    enumerate("семи восьми девяти десяти одиннадцати двенадцати тринадцати четырнадцати".split(), 7)
)
MONTHS_RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
MONTHS_KK = "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан".split()

# English, Russian, Russian in the locative, Kazakh.
TOWNS = tuple(
    tuple(line.split("/"))
    for line in ("Altynsor/Алтынсор/Алтынсоре/Алтынсор Kokmunai/Кокмунай/Кокмунае/Көкмұнай "
                 "Sarydauyl/Сарыдауыл/Сарыдауыле/Сарыдауыл").split()
)  # fmt: skip
SQUARES = ("Bereke Square", "Independence Square", "Oilmen's Square")
# Latin, Cyrillic; the Russian genitive adds an а.
FIRST = tuple(
    tuple(pair.split("/"))
    for pair in "Yerlan/Ерлан Daulet/Даулет Marat/Марат Askar/Аскар Timur/Тимур Sanzhar/Санжар Bolat/Болат".split()
)
LAST = tuple(
    tuple(pair.split("/"))
    for pair in ("Zhanseitov/Жансеитов Karabaev/Карабаев Orynbekov/Орынбеков Tulegenov/Тулегенов Sadykov/Садыков "
                 "Baimuratov/Баймуратов Ermekov/Ермеков Dzhaksylykov/Джаксылыков").split()
)  # fmt: skip
REPORTERS = ("Clara Winslow", "Peter Okafor", "Anna Lindqvist", "Tomás Herrera", "Joan Ferris", "Samuel Price")
REPORTERS_RU = ("Ирина Власова", "Олег Терехов", "Мадина Сеитова", "Павел Громов")
REPORTERS_KK = ("Айгерім Нұрланқызы", "Бекзат Оразұлы", "Гүлнар Сәрсенова")
NGOS = (
    ("Steppe Rights Watch", "«Права в степи»"),
    ("Memory and Law", "«Память и закон»"),
    ("Open Square", "«Открытая площадь»"),
)
COMMENTERS = (
    "Margaret H.",
    "Oilman's daughter",
    "Daniel Reyes",
    "K. from the coast",
    "Anonymous",
    "A. Whitfield",
    "nobody_special",
)
PLACES = ("Leeds", "Toronto", "Washington DC", "Berlin", "the capital", "Perth")
COMMENTERS_RU = ("Сергей", "Гульмира", "Бывший нефтяник", "Аноним", "Тётя Валя")
PLACES_RU = ("Самара", "Омск", "столица", "Баку")
COMMENTERS_KK = ("Айбек", "Қарлығаш", "Мұнайшы", "Аноним")
PLACES_KK = ("Ақжар", "астана", "Жаңақала")


@dataclass(frozen=True)
class Facts:
    """Placeholders of the templates and the days behind them. ``days[n]`` is n days after the event."""

    words: dict[str, str]
    days: tuple[datetime.date, ...]


def facts_of(seed: int) -> Facts:
    """The figures and names of one drill; a later toll is never below an earlier official one."""
    rng = np.random.default_rng((seed, 71))
    first = datetime.date(2031, 2, 3) + datetime.timedelta(int(rng.integers(0, 900)))
    days = tuple(first + datetime.timedelta(number) for number in range(7))
    words = _figures(rng) | _names(rng) | _calendar(days)
    return Facts(words, days)


def number_word(value: int) -> str:
    """An English number word up to 59."""
    if value < 20:
        return ONES[value]
    return TENS[value // 10] + (f"-{ONES[value % 10]}" if value % 10 else "")


def kazakh_word(value: int) -> str:
    """A Kazakh number word up to 59."""
    return f"{KK_TENS[value // 10]} {KK_ONES[value % 10]}".strip()


def _figures(rng: np.random.Generator) -> dict[str, str]:
    killed = int(rng.integers(7, 13))
    later, last = killed + int(rng.integers(1, 3)), killed + int(rng.integers(3, 6))
    hospital = int(rng.choice([18, 19, 20, 23, 24, 26, 27, 28]))
    seen = int(rng.integers(4, 9))
    wounded = int(rng.choice([60, 70, 80, 90]))
    low = int(rng.integers(20, 31))
    plain = {
        "K": killed,
        "K2": later,
        "K3": last,
        "H": hospital,
        "E": seen,
        "W": wounded,
        # No number that ends in one but eleven: Russian would put the noun in another form.
        "W2": wounded + int(rng.choice([3, 4, 6, 7, 8, 12, 14, 15, 17])),
        "D": int(rng.choice([120, 130, 150, 200])),
        "D3": int(rng.integers(31, 68)),
        "L": int(rng.choice([22, 24, 25, 27, 28, 33, 35, 38])),
        "R1": low,
        "R2": low + int(rng.integers(10, 31)),
        "months": int(rng.integers(4, 9)),
        "dismissed": int(rng.choice([400, 900])),
        "founded": int(rng.integers(1958, 1972)),
        "age": int(rng.integers(41, 63)),
        "staff": int(rng.choice([2300, 4100])),
        "analogy_year": int(rng.integers(1986, 2012)),
        "analogy_dead": int(rng.choice([5, 11, 36, 45])),
        "inquiry": int(rng.integers(2, 5)),
        "cost": int(rng.integers(3, 40)),
        "hour": int(rng.integers(2, 6)),
        "brigades": int(rng.integers(5, 9)),
        "damage": int(rng.integers(200, 900)),
        "districts": int(rng.integers(2, 5)),
        "population_kk": int(rng.integers(60, 110)),
    }
    words = {key: str(value) for key, value in plain.items()}
    words |= {
        "Kw": number_word(killed), "Kw_cap": number_word(killed).capitalize(), "Kw_title": number_word(killed).title(),
        "K2w": number_word(later), "Hw": number_word(hospital), "Ew": number_word(seen), "Ww": str(wounded),
        "Hw_kk": kazakh_word(hospital), "Ew_ru": RU_COLLECTIVE[seen], "K_prep": RU_PREPOSITIONAL[killed],
        "K2_minus_K_words": "another patient died" if later - killed == 1 else "two more patients died",
        "pay": f"${int(rng.integers(5, 12)) * 100}", "population": f"{int(rng.integers(60, 110))},000",
    }  # fmt: skip
    return words


def _names(rng: np.random.Generator) -> dict[str, str]:
    town = TOWNS[int(rng.integers(len(TOWNS)))]
    first, last = rng.permutation(len(FIRST)), rng.permutation(len(LAST))
    words = {
        "Town": town[0], "town_ru": town[1], "town_ru_loc": town[2], "town_kk": town[3],
        "Square": SQUARES[int(rng.integers(len(SQUARES)))], "interior": "Interior Ministry", "operator": "Dala Mobile",
    }  # fmt: skip
    for number, role in enumerate(("spokes", "president", "prosecutor", "ambassador", "minister", "deputy", "health")):
        given, family = FIRST[int(first[number])], LAST[int(last[number])]
        words[role] = family[0] if role in ("president", "minister") else f"{given[0]} {family[0]}"
        words[f"{role}_last"] = family[0]
        words[f"{role}_ru"] = f"{given[1]} {family[1]}"
        words[f"{role}_ru_last"] = family[1]
        words[f"{role}_ru_gen"] = f"{given[1]}а {family[1]}а"
        words[f"{role}_kk"] = f"{given[1]} {family[1]}"
    ngo = NGOS[int(rng.integers(len(NGOS)))]
    reporters = rng.permutation(len(REPORTERS))
    words |= {
        "ngo": ngo[0], "ngo_ru": ngo[1],
        "reporter": REPORTERS[int(reporters[0])], "reporter2": REPORTERS[int(reporters[1])],
        "reporter_ru": str(rng.choice(REPORTERS_RU)), "reporter_kk": str(rng.choice(REPORTERS_KK)),
    }  # fmt: skip
    for suffix, people, places in (
        ("", COMMENTERS, PLACES),
        ("_ru", COMMENTERS_RU, PLACES_RU),
        ("_kk", COMMENTERS_KK, PLACES_KK),
    ):
        order = rng.permutation(len(people))
        for number in range(3):
            words[f"c_name{suffix}{number + 1}"] = people[int(order[number])]
            words[f"c_town{suffix}{number + 1}"] = places[int(rng.integers(len(places)))]
    return words


def _calendar(days: tuple[datetime.date, ...]) -> dict[str, str]:
    words = {}
    for number, day in enumerate(days):
        words[f"day{number}"] = f"{day:%B} {day.day}"
        words[f"day{number}_full"] = f"{day:%B} {day.day}, {day.year}"
        words[f"weekday{number}"] = f"{day:%A}"
        words[f"day{number}_ordinal"] = _ordinal(day.day)
        words[f"day{number}_ru"] = f"{day.day} {MONTHS_RU[day.month - 1]} {day.year} года"
        words[f"day{number}_ru_short"] = f"{day.day} {MONTHS_RU[day.month - 1]}"
        words[f"day{number}_kk"] = f"{day.year} жылғы {day.day} {MONTHS_KK[day.month - 1]}"
        words[f"day{number}_kk_short"] = f"{day.day} {MONTHS_KK[day.month - 1]}"
    curfew = days[0] + datetime.timedelta(20)
    words["curfew"] = f"{curfew:%B} {curfew.day}"
    return words


def _ordinal(day: int) -> str:
    if day <= 20:
        return ORDINALS[day - 1]
    return "thirtieth" if day == 30 else f"{'twenty' if day < 30 else 'thirty'}-{ORDINALS[day % 10 - 1]}"
