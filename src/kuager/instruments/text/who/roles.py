"""What words tell of a person: nouns for people, roles before and behind a name, gender."""

from __future__ import annotations

import re

from kuager.instruments.text.english.lexicon import AUXILIARIES, BOUNDARIES, CUES, DETERMINERS, PREPOSITIONS, PRONOUNS

#: Nouns for one person.
PEOPLE = re.compile(
    r"(?:adviser|advisor|aide|analyst|attorney|author|chairman|chairwoman|chair|chief|co-founder|coach|colleague"
    r"|commissioner|correspondent|counterpart|cousin|daughter|deputy|director|doctor|driver|economist|editor|engineer"
    r"|executive|expert|farmer|father|founder|friend|governor|head|historian|husband|journalist|lawyer|leader|manager"
    r"|mayor|member|minister|mother|neighbor|neighbour|nephew|niece|nurse|officer|official|organizer|owner|partner|pastor"
    r"|physician|president|principal|professor|prosecutor|protester|publisher|reporter|representative|resident"
    r"|researcher|rival|scientist|secretary|sister|brother|son|spokesman|spokesperson|spokeswoman|strategist"
    r"|student|teacher|veteran|victim|widow|widower|wife|witness|worker|writer|activist|candidate|senator"
    r"|uncle|aunt|grandmother|grandfather|survivor|volunteer|fisherman|captain|ambassador|judge|justice|boss|secretary"
    r"|harbourmaster|shopkeeper|priest|bishop|pilot|trader|investor|owner|opponent|challenger|successor|predecessor"
    r"|(?:secretary|attorney|inspector|director|governor|surgeon|solicitor|prosecutor)[ -]general)"
)
#: Somebody who is not named: "A bus driver", "his lawyer".
SOMEONE = re.compile(
    r"\b(?:[Aa]n?|[Aa]nother|[Oo]ne|[Tt]he|[Hh]is|[Hh]er) (?:[\w-]+ ){0,2}?"
    rf"(?:{PEOPLE.pattern}|man|woman|boy|girl)\b"
    r"|(?<!\w)(?:один|одна|его|её|ее|некий)\s(?:[а-яё]+\s)?"
    r"(?:[а-яё]+(?:тель|тельница|щик|ник|ница|ист|истка)|брат|сестра|муж|жена|мать|отец|друг|адвокат|мужчина|женщина)(?!\w)"
)
_ROLE_BEFORE = re.compile(r"(?P<role>(?:[\w’'\-.]+ ){0,4}?(?:[\w-]+-)?" + PEOPLE.pattern + r"),? $")
#: "Chief justice of the provincial court | Iftikhar Wazir".
_OFFICE_OF = re.compile(r"(?P<role>(?:[\w-]+ )?[\w-]+) (?:of|for|at) (?:the |its )?(?:[a-z-]+ ){1,3}$")
#: "Chief justice of | the provincial court | Iftikhar Wazir": what stands between office and name.
_OF_A_BODY = re.compile(r"(?:the |its )?(?:[a-z-]+ ){1,3}$")
#: "His brother, | Declan, a retired bus inspector".
KIN_NAMED = re.compile(
    r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y)|\w['’]s?) (?P<role>(?:[\w-]+ )?" + PEOPLE.pattern + r"), $"
)
APPOSED = re.compile(
    r", (?:(?P<age>\d{2}),? )?(?P<role>(?:(?:an?|the|his|her|their|its|our|one of the|one of|now an?|then an?) )?"
    r"[^,.;:()“”\"]{3,90}?)(?=[,.;:()“”\"]|$| said\b| says\b| told\b)"
)
_WOMAN = re.compile(
    r"\b(?:mother|sister|daughter|wife|widow|niece|aunt|grandmother|actress|woman|girl|girlfriend|queen|princess"
    r"|waitress|businesswoman|baroness|dame|lady|mrs|ms|miss|nun|\w+woman)\b",
    re.I,
)
_MAN = re.compile(
    r"\b(?:father|brother|son|husband|widower|nephew|uncle|grandfather|boyfriend|man|boy|king|prince|fisherman"
    r"|businessman|lord|sir|mr|priest|pope|\w{3,}(?<!wo)man)\b",
    re.I,
)
_NOT_HUMAN = frozenset(
    "number letter paper matter order water river power center computer answer offer summer winter october november "
    "september december government department statement document agreement movement parliament moment event percent "
    "accident incident plant restaurant grant error terror mirror floor door factor sector motor tower quarter chapter "
    "newspaper server filter corner border disorder weather anger danger hunger fever laser poster banner counter "
    "shower cover dollar color colour favor favour labor labour honor honour list twist assist resist exist mist fist "
    "millennium continent comment payment treatment investment management element segment apartment equipment "
    "talent content patent intent extent client server container sticker trailer".split()
)
_HUMAN = re.compile(rf"\b(?:[\w-]+-)?(?:{PEOPLE.pattern}|man|woman|boy|girl|person|\w+(?:man|woman|person))$", re.I)


def tidy(role: str) -> str:
    """The words of a role without what stands before it: "clashed with White House adviser"."""
    words = role.split()
    k = len(words)
    while k > 0 and not (
        words[k - 1].lower() in PREPOSITIONS | DETERMINERS | BOUNDARIES | PRONOUNS | AUXILIARIES | {"and", "or", "to"}
        or words[k - 1] in CUES
        or (words[k - 1].islower() and words[k - 1].endswith("ed") and k < len(words))
    ):
        k -= 1
    return " ".join(words[k:])


def role_before(before: str) -> re.Match[str] | None:
    """The role right before a name: "treasury secretary | Paul Harlan"."""
    for of in (" of ", " for ", " at "):
        office, found, body = before.rpartition(of)
        if found and PEOPLE.fullmatch(office.rpartition(" ")[2].lower()) and _OF_A_BODY.match(body):
            return _ROLE_BEFORE.search(office.lower() + " ")
    word = before.rstrip(" ,").rpartition(" ")[2].rpartition("-")[2]
    return _ROLE_BEFORE.search(before) if PEOPLE.fullmatch(word) else None


def is_human(head: str) -> bool:
    """Whether a description's head noun is one person: "a retired pipe fitter" is not told, "a nurse" is."""
    noun = head.strip()
    last = noun.split()[-1] if noun else ""
    agent = re.search(
        r"^(?:[a-z-]{3,}(?:er|or|ist|ian|eer|ant|ent|ee)|chancellor|chief|dean|nun|monk|cook|coach)$", last
    )
    return bool(_HUMAN.search(noun)) or (agent is not None and last not in _NOT_HUMAN)


def sex(role: str) -> str:
    """``f``, ``m`` or nothing, by the words of a role: "spokeswoman", "his brother"."""
    return "f" if _WOMAN.search(role) else "m" if _MAN.search(role.replace("human", "")) else ""


def ending(given: str, family: str) -> str:
    """Gender where the family name shows it (Ivanov, Ivanova) or a Russian given name does (Тамара)."""
    low = family.casefold()
    if (
        re.search(r"(?:[oe]v|[iy]n|sk[iy]y?|ов|ев|ёв|ин|ын|ский)$", low)
        and len(low) > 4
        and re.search(r"ov|ev|sk|[а-я]", low)
    ):
        return "m"
    if re.search(r"(?:[oe]va|skaya|ова|ева|ёва|ина|ская|қызы)$", low) and len(low) > 4:
        return "f"
    first = (given or family).casefold()
    if re.search(r"[а-я](?:а|я)$", first) and first not in _MALE_IN_A and not re.search(r"(?:енко|ұлы)$", low):
        return "f"
    return ""


_MALE_IN_A = frozenset(
    "илья никита данила кузьма фома лука саша женя миша коля паша дима вова муса иса мұса мустафа абдулла".split()
)
