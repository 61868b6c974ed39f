"""Names folded across spellings and scripts, and what kind of body speaks behind a phrase."""

from __future__ import annotations

import re

from kuager.instruments.text.kazakh import people as kazakh_people
from kuager.instruments.text.russian import people as russian_people
from kuager.instruments.text.who.titles import TITLE

_CYRILLIC = {
    "а": "a",
    "ә": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "ғ": "g",
    "д": "d",
    "е": "e",
    "ё": "e",
    "ж": "j",
    "з": "z",
    "и": "i",
    "й": "i",
    "к": "k",
    "қ": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "ң": "n",
    "о": "o",
    "ө": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ұ": "u",
    "ү": "u",
    "ф": "f",
    "х": "h",
    "һ": "h",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sh",
    "ъ": "",
    "ы": "i",
    "і": "i",
    "ь": "",
    "э": "e",
    "ю": "iu",
    "я": "ia",
}
_FOLDS = (
    ("shch", "sh"),
    ("kh", "h"),
    ("zh", "j"),
    ("dj", "j"),
    ("gh", "g"),
    ("q", "k"),
    ("w", "v"),
    ("x", "ks"),
    ("ph", "f"),
    ("ck", "k"),
)
_SOFT = re.compile(r"y(?=[aeou])")
_CASES = re.compile(r"(ов|ев|ёв|ин|ын)(?:а|у|ым|ом|е|ой|ых|ым[иы]?)$")
_ADJECTIVAL = re.compile(r"(ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)$")


def fold(word: str) -> str:
    """One name in one spelling: Nazarbaev, Nazarbayev and Назарбаев fold to the same string.

    Spellings that differ in a sounded vowel (Suindikov, Syundikov) stay apart: near names are proposed, not merged.
    """
    low = word.casefold().replace("’", "'").removesuffix("'s").removesuffix("'").replace("ё", "е")
    if re.search(r"[а-яәғқңөұүһі]", low):
        low = _CASES.sub(r"\1", low)
        low = _ADJECTIVAL.sub(r"\1ий", low)
        return _finish("".join(_CYRILLIC.get(c, c) for c in low))
    return _finish(low)


def _finish(low: str) -> str:
    for a, b in _FOLDS:
        low = low.replace(a, b)
    low = _SOFT.sub("", low)
    low = low.replace("y", "i").replace("ii", "i")
    low = re.sub(r"(?<=[aeou])i(?=e)", "", low)
    low = re.sub(r"i(?=a(?:$|\b))", "", low)
    return re.sub(r"[^a-z0-9]", "", low)


def near(a: str, b: str) -> bool:
    """Whether two names could be one person's in two spellings: same consonants, same first letter."""
    x, y = fold(a), fold(b)
    if not x or not y or x == y:
        return False
    return x[0] == y[0] and len(x) > 4 and re.sub("[aeiou]", "", x) == re.sub("[aeiou]", "", y)


_SIDES = (
    (
        "medical",
        r"hospital|doctors?|nurses?|medics?|physicians?|surgeons?|paramedics?|morgue|ambulance|clinic"
        r"|больниц|врач|медик|медсест|морг|фельдшер|санитар|скор(?:ой|ая) помощ|аурухана|дәрігер"
        r"|медбике|жедел жәрдем|мәйітхана",
    ),
    (
        "witness",
        r"(?:eye)?witness|resident|bystander|onlooker|passer-?by|passersby|local (?:man|woman|people)"
        r"|neighbou?r|shopkeeper|people in|очевид|свидетел|жител|прохож|сосед|тұрғын|куәгер|көзімен көрген",
    ),
    (
        "ngo",
        r"human rights|rights group|amnesty|watch\b|ngo|activist group|foundation|monitor|memorial"
        r"|freedom house|open dialog|правозащит|құқық қорғау|ұйым(?!дастыр)|фонд|helsinki|хельсинк"
        r"|nongovernmental|advocacy|bureau for human",
    ),
    (
        "protesters",
        r"protest|demonstrat|striker|striking|oil ?workers?|workers?\b|picket|rioter|opposition"
        r"|activist|rally|strike committee|протест|демонстрант|забастов|бастующ|нефтяник|рабоч|митинг"
        r"|активист|оппозици|наразылық|ереуіл|мұнайшы|жұмысшы|шеруші|белсенді|наразы",
    ),
    (
        "international",
        r"united nations|\bun\b|u\.n\.|osce|european|\beu\b|state department|council of europe|red cross"
        r"|foreign (?:diplomat|embassy)|\boon\b|оон|обсе|евросоюз|ЕС\b|красн\w+ крест|бұұ|еқыұ",
    ),
    (
        "authorities",
        r"authorit|official|police|coast guard|minist|government|prosecut|attorney|president\b|governor|mayor"
        r"|akim|ambassador|spokes\w+ for the (?:attorney|minist|police|government|president|interior)"
        r"|interior|security|commission|court|judge|army|military|state\b|deputy|senator|parliament"
        r"|investigator|emergency|department|власт|полици|министр|министерств|мин(?:транс|юст|обороны|фин|энерго|труд|культ|сельхоз|природ|эконом|образ)|прокур|правительств"
        r"|президент|аким|следств|силовик|официальн|чиновник|мвд|кнб|минздрав|здравоохран|генпрокурат"
        r"|пресс-служб|ведомств"
        r"|билік|полиция|министрлік|үкімет|прокурат|президент|әкім|тергеу|ресми|елші|департамент",
    ),
    (
        "media",
        r"reuters|afp|associated press|\bap\b|rfe|radio|newspaper|tv\b|television|channel"
        r"|(?:\w+ )?(?:news|press|wire|photo) agency|agence|the agency$"
        r"|journalist|reporter|correspondent|magazine|times|post\b|news|bbc|cnn|interfax|tass|tengri"
        r"|media|газет|агентств(?!\w* по )|телеканал|журналист|корреспондент|издани|интерфакс|сми\b|азаттық"
        r"|радио|тілші|журналист|агенттік",
    ),
)
_SIDE_RULES = tuple((side, re.compile(r"(?<!\w)(?:" + pattern + ")", re.I)) for side, pattern in _SIDES)
_ORGANISATION = re.compile(
    r"\b(?:ministry|department|commission|committee|agency|office|court|watch|amnesty|council"
    r"|party|company|corp|inc|group|union|association|institute|university|bank|campaign|administration"
    r"|congress|senate|house|"
    r"service|bureau|government|embassy|nations|foundation|organi[sz]ation|center|centre|fund"
    r"|federation|league|police department|army|front|brigades?|movement|militia|alliance|coalition|board"
    r"|(?:coast|national|border|republican|revolutionary|presidential|civil) guard"
    r"|utility|navy|military|lines|airlines|airways|energy|holdings|systems"
    r"|authority|parliament|prosecutor'?s office)\b|министерств"
    r"|прокуратур|правительств|комитет|комисси|агентств|служб|полици|департамент|организаци"
    r"|партия|компани|следстви(?!\w*тель)|обвинени[ея]|суд\b|мвд|кнб|минздрав|посольств|фонд|министрліг?к?|прокуратура|үкімет|комитет"
    r"|комиссия|агенттік|департамент|ұйым",
    re.I,
)
_COLLECTIVE = re.compile(
    r"\b(?:authorities|officials|police|protesters|protestors|demonstrators|witnesses|eyewitnesses"
    r"|residents|workers|strikers|activists|people|critics|supporters|doctors|nurses|relatives"
    r"|families|journalists|investigators|prosecutors|others|"
    r"many|some|they|men|women|leaders|experts|analysts|republicans|democrats|lawmakers|lawyers"
    r"|voters|aides|both|\w{3,}(?<!s)s)$|власти|очевидцы|свидетели|жители|рабочие|нефтяники"
    r"|врачи|медики|полицейские|официальные лица|протестующие|родственники|правозащитники|(?:лар"
    r"|лер|дар|дер|тар|тер)\w{0,4}$|билік",
    re.I,
)


_SEVERAL = re.compile(
    r"\b(?:percent|per cent)$|^(?:\d|two|three|four|five|six|seven|eight|nine|ten|several|some"
    r"|many|most)\b",
    re.I,
)
#: What speaks without being anybody: a poll, a memo. It is no one whom "he" refers to.
_DOCUMENT = re.compile(
    r"\b(?:memo|report|poll|polls|survey|study|document|documents|letter|lawsuit|complaint|article"
    r"|statement|law|bill|email|emails|records?|affidavit|indictment|filing|transcript|book"
    r"|website|site|ad|sign|signs|rules?|analysis|editorial|dossier|platform)$",
    re.I,
)


def side(phrase: str) -> str:
    """Which side a phrase speaks for, by its words; ``other`` where they do not say."""
    return next((name for name, pattern in _SIDE_RULES if pattern.search(phrase)), "other")


_AFTER_HEAD = re.compile(
    r"\b(?:of|in|to|from|at|for|who|near|with|familiar|close|briefed|on|by|that|speaking|living|working)\b|,"
)


def head(phrase: str) -> str:
    """A description without what follows its noun: "person familiar with the matter" → "person"."""
    return _AFTER_HEAD.split(phrase)[0].strip()


#: A person who speaks for a body: "a spokeswoman for the housing agency".
_SPEAKS_FOR = re.compile(
    r"(?:an?|the|one|its|their)? ?(?:[\w-]+ ){0,3}?(?:spokes(?:man|woman|person)|director|head|official|chief|lawyer"
    r"|manager|editor|employee|officer|executive|aide|worker) (?:for|of|at|from|with)\b",
    re.I,
)


def kind(phrase: str, named: bool) -> str:
    """``person``, ``collective``, ``organisation`` or ``media``."""
    told = "" if named else cyrillic_kind(phrase)
    if told:
        return "media" if told == "organisation" and side(phrase) == "media" else told
    if (
        side(phrase) == "media"
        and not _SPEAKS_FOR.match(phrase)
        and not re.search(r"\b(?:journalists?|reporters?|correspondent)\b|журналист|корреспондент|тілші", phrase, re.I)
    ):
        return "media"
    if named:
        return "person"
    noun = head(phrase)
    if _DOCUMENT.search(noun) or re.fullmatch(r"[А-ЯЁ]{3,6}|[A-Z]{2,6}", noun.strip()):
        return "organisation"
    if _SEVERAL.search(noun):
        return "collective"
    if _ORGANISATION.search(noun):
        return "organisation"
    if _COLLECTIVE.search(noun):
        return "collective"
    return "person"


_CYRILLIC_LETTER = re.compile(r"[а-яёәғқңөұүһі]", re.I)
_KAZAKH_LETTER = re.compile(r"[әғқңөұүһі]", re.I)
#: "Dala.kz": a paper by its address.
SITE = re.compile(r"[\w\-]{2,}\.[a-zа-я]{2,4}$", re.I)


def cyrillic_kind(phrase: str) -> str:
    """What a Russian or Kazakh phrase is, by its head noun: first in Russian, last in Kazakh."""
    if phrase.isascii() and "." not in phrase and '"' not in phrase:
        return ""
    if TITLE.fullmatch(phrase.strip()) or SITE.match(phrase.strip()):
        return "organisation"
    if not _CYRILLIC_LETTER.search(phrase):
        return ""
    if _KAZAKH_LETTER.search(phrase):
        return kazakh_people.kind(phrase)
    return russian_people.kind(phrase) or kazakh_people.kind(phrase)
