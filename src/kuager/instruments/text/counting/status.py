"""What befell the people a number counts: by the words before it, its own predicate, or the number beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kuager.instruments.text.counting.forms import status_name
from kuager.instruments.text.counting.kinds import MODIFIER, PEOPLE_ONLY, Head
from kuager.instruments.text.counting.numbers import Number
from kuager.instruments.text.counting.people import PERSON
from kuager.instruments.text.counting.states import STATUS
from kuager.instruments.text.cyrillic.places import at_place

#: What may stand between a word for what befell people and the number it is said of.
_TO_NUMBER = re.compile(
    r"[\s\"“”«»„]*(?:(?:of|at|to|by|as|was|is|were|are|were also|including|another|an? (?:additional|further|total of)"
    r"|additional|further|all|also|some|(?:him|her|it)self and|themselves and|least|people|(?:now )?number(?:ed)?|now"
    r"|totall?ed|(?:came"
    r"|ran|amounted) to|somewhere|anywhere|perhaps|maybe|probably|him and|her and"
    r"|(?:rose|risen|stood|stands|climbed|grew|reached|jumped) (?:to|at)|in (?:\w+ ){1,3}"
    r"|(?:an?|one|his|her|their|the) (?:\w+ ){1,2}and(?: his| her| their)?|include[sd]?|had included|comprise[sd]?"
    r"|был[аио]?|числ\w+|счита\w+|оста\w+|наход\w+|назван\w*|явля\w+|признан\w*|(?:\w+ ){0,8}стал[ио]"
    r"|(?:себе )?нан[её]с\w+|не|на \d+ \w+|как минимум|ещ[её]|составил[оаи]?|достигл[оаи]|возросло до|—|–|-|:|уже"
    r"|получил\w*(?: и)?|у|их|мы|взят\w*|заключ\w+|доставл\w+|насчита\w+|обнаруж\w+|найден\w*|опозна\w+|подня\w+"
    r"|извле[кч]\w+|вынес\w*|привез\w*"
    r"|зафиксиров\w+|зарегистриров\w+|насчитыва\w+|теперь|сейчас|всего"
    r"|(?:вся |целая )?семь[яюи] из|әлі"
    r"|оказались|подверглись|из-за|об?|в результате(?: \w+){1,3}|саны|тағы|барлығы|арасында|ішінде)"
    r"(?!\w)[\s\"“”«»„]*|,? including\s+|:\s*){0,4}",
    re.I,
)
_PASSIVE = re.compile(r"\b(?:were|was|been|be|being|are|is)\s+$", re.I)
#: A toll is spoken of, and the number is what it came to.
_TOLL = re.compile(
    r"\b(?:(?P<kind>injury|casualty|wounded|injured|arrest)\s+)?(?:(?:death|body) (?:toll|count)s?|tolls?)\b"
    r"|\b(?P<many>numbers?|totals?|tally|count|figures?|lists?)\b(?: (?:of|for))?\s+"
    r"|(?<!\w)(?:число|количество|численность)\s+(?:\w+\s+){0,2}?(?P<ru>погибш|жертв|убит|умерш|скончавш|пострадавш"
    r"|ранен"
    r"|задержан|арестован|пропавш|эвакуирован)\w*"
    r"|(?<!\w)(?P<kk>қаза тапқан|қаза болған|өлген|қайтыс болған|құрбан|марқұм|мерт болған|жараланған|зардап шеккен"
    r"|ұсталған"
    r"|тұтқындалған)\w*\s+сан\w*",
    re.I,
)
_TOLL_STATUS = (
    (re.compile(r"injur|wound|пострад|ранен|жарал|зардап", re.I), "wounded"),
    (re.compile(r"arrest|detain|detention|задерж|арест|ұстал|тұтқын", re.I), "detained"),
    (re.compile(r"missing|пропавш", re.I), "missing"),
    (re.compile(r"displac|evacu|эвакуир", re.I), "displaced"),
)
#: What may stand between a toll and its number.
_COMES_TO = re.compile(
    r"\s*(?:of|:|,|was|is|now|to|at|from|—|–|-)?\s*"
    r"|(?:[^.;]|\.(?=\d))*\b(?:to|at|from|reach\w*|hit\w*|stand\w*|stood|was|is|were|now|climb\w*|r[io]s\w+|ha[sd]"
    r"|have|jump\w*"
    r"|gr[eo]w\w*"
    r"|soar\w*|surg\w*|[cw]ould|may|might|will|that|as)(?: an? (?:\w+ ){1,3})?\s*"
    r"|[^.;:()]*\s[—–-]{1,2}\s*|[^.;:()]*[а-яәғқңөұүһі]\s*(?:[—–-]\s*)?",
    re.I,
)
#: A clause of its own between a number and a word: what is said there is not said of the number.
CLAUSE = re.compile(
    r"[;:]|\b(?:but|after|before|when|while|because|until|unless|although|though|if|where|whether|whose|says?|told"
    r"|saying"
    r"|we|I|he|she|they|you)\b|\bsaid(?! to)\b|\bthat(?! (?:were|was|have|had|are|died|seem|appear|may|might))\b"
    r"|\bto (?!(?:have|be|the|a|death|hospital)\b)(?-i:[a-z]+)"
    r"|,\s*(?:а|но|когда|где|что|чтобы|пока|потому|если|хотя|поэтому|сообщ\w+|заяв\w+|сказал\w*)(?!\w)|после того"
    r"|(?<!\w)ал(?!\w)",
    re.I,
)
_NOUN = re.compile(
    r"(?:deaths?|fatalit|bodies|body|corpses|victims?|injuries|toll|lives)\b|arrests\b|detentions\b|wounds?\b", re.I
)
_RU_NOUN = re.compile(
    r"(?:погибш|убитых|умерш|ранены[хм]|раненн|пострадавш|задержанн|арестованны[хм]|пропавш|жертв|тел|труп|смерт"
    r"|ранени|травм"
    r"|ожог|перелом|мертв|повешенн)\w*(?<!ими)(?<!ыми)(?<!м[её]ртвы)(?<!ованы)$",
    re.I,
)
_DETERMINED = re.compile(
    r"\b(?:the|these|those|their|its|his|her|our|any|this|no|an?)\s+(?:(?:more|most|less|least|\w+ly)\s+)*$", re.I
)
#: Words said of people alone: with an unknown noun they tell that it is one for people.
_HUMAN = re.compile(
    r"(?:\w+ )?(?:kill|d[iy]|dead|drown|perish|slain|murder|massacr|execut|behead|hang|lynch|assassinat|succumb|fatal"
    r"|wounded"
    r"|injured|hospitali|arrest|detain|jail|imprison|shot|missing|neutrali)|погиб|убит|ранен|задерж|арест|скончал"
    r"|умер|госпитал"
    r"|пострада|қаза|жарала|ұста|көз жұм|өл|қайтыс|зардап",
    re.I,
)
_AGENT = re.compile(
    r"\s+(?:an?|the (?!day|night|week|month|year|morning|same|previous|weekend|following)|his|her|their|its|him|them"
    r"|(?!Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?!(?:As|In|At|On|By|After|When"
    r"|While|During|Near|Outside|Over|Amid|For|From|With|And|Or)\b)[A-Z][a-z]+)\b"
)
_DOES = re.compile(
    r"(?:kill|wound|injur|arrest|detain|shot|execut|murder|behead|massacr|hurt)\w*(?: and killed)?$", re.I
)
_AUX = re.compile(r"\b(?:were|was|been|be|being|are)\b", re.I)
_NO_JOINT = re.compile(r"\s*(?:(?!(?:and|or|in|at|on|by|with|after|as|over|of|и|а|или|в|на|из)\b)\w+\s+)?", re.I)
#: Where people are brought: what happens to them there is said after it.
_PLACE = re.compile(r"hospital|больниц|госпитал|реанимац|бөлім|аурухана", re.I)
_KAZAKH = re.compile(r"[әғқңөұүһі]", re.I)
#: Adjectives that a Russian noun for people may have before it.
_RU_MODIFIERS = re.compile(r"\s*(?:(?:ещ[её]|тяжело|легко|уже|его|её|их|\w+(?:ых|их|ое|ие|ые))\s+){0,3}", re.I)
_HARMED = re.compile(r"травм|ранени|ожог|перелом|отравл", re.I)
_GOT = re.compile(r"(?:получил\w*|с|нан\w+)\s+(?:\w+\s+)?$", re.I)
_NOUN_PHRASE = re.compile(rf"\s*(?:of (?:the|those|its|their|all)\s+)?{MODIFIER}{{0,3}}", re.I)
_OF_THOSE = re.compile(r"\bof (?:the|those|them)\s+(?:who\s+(?:had\s+|have\s+)?)?$", re.I)
_HOLDERS = re.compile(
    r"(?:\b(?:polic\w*|authorit\w+|army|troops|soldiers|military|security|officers|agents|guards|forces|government"
    r"|state)"
    r"|(?-i:(?!The|A|An|It|He|She|This|That)[A-Z])\w+)\s+(?:\w+\s+)?$",
    re.I,
)
_LAST_WORD = re.compile(r"(?<![\w-])(?:of|in|for|by|with|from|on|against|over|about|at|into)\s+$", re.I)
_BESIDE = re.compile(r"[”\"»]?\s*(?:[—–]\s*)?(?:\w+\s+){0,3}")
FREED = re.compile(
    r"\b(?:freed|releas\w+|rescued|let go|set free|liberat\w+|acquitted)\b|(?<!\w)(?:освобо\w+|отпу[сщ]\w+|защища\w+"
    r"|интерес\w+|босат\w+)",
    re.I,
)
_BROUGHT_TO = re.compile(r"\b(?:bring|brought|rais|push|tak|took|driv|drov)\w*\s+(?:\w+\s+)?to\s+$", re.I)
_NAME = re.compile(r"names|фамили|им[её]н|есім", re.I)
_THEIR_LIVES = re.compile(r"\s+(?:\w+\s+){1,4}(?:their|his|her) li(?:ves|fe)\b", re.I)
_TWOFOLD = re.compile(r"\b(?:kill|wound|injur|arrest|detain)\w*\s+(?:and|or)\s+$", re.I)
#: "погибли мужчина и две женщины"
_AND_ONE = re.compile(r"\s*(?:[а-яё]+\s+){1,3}и\s+", re.I)
_BODY = re.compile(r"(?:bod(?:y|ies)|corpses?|тел(?:о|а)?|өлі[кг]\w*|мәйіт\w*|дене\w*)$", re.I)
_OF_COUNTED = re.compile(r"\s+(?:погибш|убит|умерш|ранен|пострадавш|задержанн|пропавш)\w*\s+", re.I)
_AS_WELL_AS = re.compile(r"\b(?:and|as well as|along with|plus|together with|in addition to)\s+(?:at least\s+)?$", re.I)
_LIVES = re.compile(r"\s+(?:\w+\s+)?(?:lives|жизн(?:ей|и|ь))\b", re.I)
_CLAIMED = re.compile(
    r"\b(?:claim|cost|t[ao]k|took|lost|los|ун[её]с|забрал|оборвал|прервал|отнял|стоил)\w*\s+(?:\w+\s+){0,2}$", re.I
)


@dataclass(frozen=True, slots=True)
class Found:
    """A status, how it was found, and where.

    ``before``, ``after``, ``toll``, ``named``, ``listed``, ``changed`` ("from 41 to 58") or ``part``.
    """

    status: str
    how: str
    at: int = 0


def own(view: str, n: Number, what: Head, left: int, right: int, start: int, end: int) -> Found | None:
    """The status that a number's own words give; other numbers end at ``left`` and begin at ``right``."""
    if _LIVES.match(view, n.right) and _CLAIMED.search(
        view, max(left, n.left - 40) if left > start else max(0, n.left - 40), n.left
    ):
        return Found("killed", "named")
    if _THEIR_LIVES.match(view, n.right) and re.search(
        r"\bcost\w*\s+(?:\w+\s+)?$", view[max(0, n.left - 20) : n.left], re.I
    ):
        return Found("killed", "named")
    if _BROUGHT_TO.search(view, max(left, n.left - 30), n.left):
        named = _toll(view, n.right, min(end, n.right + 70))
        if named and re.match(r"\s+the\b", view[n.right : n.right + 8]):
            return Found(named[0], "named")
    if _AS_WELL_AS.search(view, max(left, n.left - 90), n.left) and (harmed := _harmed_too(view, n, left)):
        return Found(harmed, "named")
    if what.word and _BODY.match(what.word):
        return Found("killed", "named")
    before = _before(view, n, what, left)
    if what.word and _NAME.match(what.word) and not before:
        return None  # "the list holds 140 names": whose, the page says elsewhere
    if before and PEOPLE_ONLY.search(view, max(left, n.left - 40), n.left):
        after = _after(view, n, what, right, end)  # "received nine dead"
        if after and not view[n.right : after.at].strip():
            return after
    # "из пяти пострадавших двое умерли": the word before is that of the number before it
    of_them = before and _OF_COUNTED.fullmatch(view, left, n.left)
    attributive = of_them or (
        before and _KAZAKH.search(view, n.left, what.end)
    )  # "the injured two died": the verb is at the end
    if before and not attributive:
        return Found(before, "before")
    toll = _of_toll(view, n, what, start)
    if toll:
        return Found(toll, "toll")
    if before == "detained" and FREED.match(view[n.right : right].lstrip()):
        return None
    after = _after(view, n, what, right, end)
    if after is None and what.kind != "other" and (there := at_place(view, n.left, what.end, left, right)):
        return Found(there, "named")
    return after or (Found(before, "before") if before else None)


def _harmed_too(view: str, n: Number, left: int) -> str | None:
    """ "The blast killed the leader of the group as well as eleven gunmen"."""
    verbs = [m for m in STATUS.finditer(view, max(left, n.left - 90), n.left) if _DOES.match(m.group())]
    if (
        not verbs
        or CLAUSE.search(view, verbs[-1].end(), n.left)
        or not re.match(r" (?:an?|the|its|his|her|their|one)\b", view[verbs[-1].end() :][:8])
    ):
        return None
    if _AUX.search(view, max(left, verbs[-1].start() - 12), verbs[-1].start()):
        return None
    return status_name(view, verbs[-1])


def _before(view: str, n: Number, what: Head, left: int) -> str | None:
    """The word just before: "killing 14", "a list of the dead: 14"."""
    adjacent = list(STATUS.finditer(view, max(left, n.left - 70), n.left))
    if not adjacent:
        return None
    last = adjacent[-1]
    beside = (
        what.kind == "people"
        and _AND_ONE.fullmatch(view, last.end(), n.left)
        and PERSON.search(view, last.end(), n.left)
    )
    if not (beside or _TO_NUMBER.fullmatch(view, last.end(), n.left)) or _PASSIVE.match(last.group()):
        return None
    gap = view[last.end() : n.left]
    if _DOES.match(last.group()) and _TWOFOLD.search(view, max(left, last.start() - 24), last.start()):
        return None  # "killed and wounded 90": how many of each is not said
    held = last["detained"] and re.match(r"h[eo]ld", last.group(), re.I)
    if held and (what.kind == "other" or not _HOLDERS.search(view, max(0, last.start() - 40), last.start())):
        return None
    if re.match(r"(?:shot|shooting)\b", last.group(), re.I) and what.kind == "other":
        return None
    if gap.strip() == "у" and what.kind == "other":
        return None
    if gap.strip(" ,") == "in" or (re.match(r"\s*(?:at|in|by)\b", gap) and what.kind == "other"):
        return None
    return status_name(view, last)


def _of_toll(view: str, n: Number, what: Head, start: int) -> str | None:
    """A toll, or a number of the wounded, that came to this number."""
    if what.kind == "other":
        return None
    spoken_of = _toll(view, max(start, n.left - 200), n.left)
    if spoken_of is None:
        return None
    name, at = spoken_of
    gap = view[at : n.left]
    if not _COMES_TO.fullmatch(gap) or STATUS.search(gap) or re.search(r"\bin an?\b[^,]*\bof\s*$", gap):
        return None
    return name


def _toll(view: str, start: int, end: int) -> tuple[str, int] | None:
    """The last toll or number of people spoken of, and where its name ends."""
    for m in reversed(list(_TOLL.finditer(view, start, end))):
        if not m["many"]:
            word = m["kind"] or m["ru"] or m["kk"] or ""
            return next((name for words, name in _TOLL_STATUS if words.match(word)), "killed"), m.end()
        counted = STATUS.search(view, m.end(), min(end, m.end() + 50))
        name = status_name(view, counted) if counted else None
        if counted and name and not re.search(r"[.,;:]", view[m.end() : counted.start()]):
            return name, counted.end()
    return None


def _after(view: str, n: Number, what: Head, right: int, end: int) -> Found | None:
    """The number's own predicate: "fourteen people from the village were killed"."""
    for m in STATUS.finditer(view, n.right, min(right, n.right + 120)):
        gap = view[n.right : m.start()]
        clause = CLAUSE.search(gap + m.group())
        if (clause and clause.start() < len(gap)) or _another_subject(gap):
            return None
        if _OF_THOSE.search(gap) and STATUS.search(view, m.end(), right):
            continue  # "two of the wounded died"
        word = m.group()
        if _NOUN.match(word) and not _NOUN_PHRASE.fullmatch(gap):
            continue
        stands_by = _RU_MODIFIERS.fullmatch(gap) or (_HARMED.match(word) and _GOT.search(gap))
        if _RU_NOUN.match(word) and not stands_by:
            continue
        if "," in gap and _KAZAKH.search(word) and "оның ішінде" not in gap:
            return None
        if _LAST_WORD.search(gap) and not re.match(r"(?:in|with|out|from|under)\b", word, re.I):
            continue
        if _DETERMINED.search(gap) and not re.search(r"(?:\bamong\s+|^\s*of\s+)(?:the|those)\s+$", gap):
            continue
        if right < end and not view[m.end() : right].strip() and PEOPLE_ONLY.search(view, m.start(), right):
            return None
        if _takes_another(view, m, gap, right, end):
            return None
        if what.kind == "other" and not (_HUMAN.match(word) and _BESIDE.fullmatch(view, what.end, m.start())):
            return None
        if re.match(r"buried|washed", word, re.I) and not _AUX.search(gap):
            return None
        if _DOES.match(word) and _AGENT.match(view, m.end()) and not _AUX.search(gap):
            return None
        name = status_name(view, m)
        if name == "wounded" and _PLACE.search(word):
            there = STATUS.search(view, m.end(), min(right, m.end() + 30))
            if there and there["killed"] and "," not in view[m.end() : there.start()]:
                name = "killed"
        if name == "wounded" and _RU_NOUN.match(word):
            there = STATUS.search(view, m.end(), min(right, m.end() + 40))
            if there and there["killed"] and not _RU_NOUN.match(there.group()):
                name = "killed" if re.fullmatch(r"[\w\s]*", view[m.end() : there.start()]) else name
        if name == "detained" and _freed(view, n, m, gap):
            return None
        return Found(name, "after", m.start()) if name else None
    return None


def _another_subject(gap: str) -> bool:
    """Whether somebody else is the subject of what follows: "40 people left, and soldiers were …"."""
    before, comma, last = gap.rpartition(",")
    return bool(comma) and "," not in before and bool(re.match(r"\s*(?:and|then|и|а)\s", last) or PERSON.search(last))


def _freed(view: str, n: Number, m: re.Match[str], gap: str) -> bool:
    return bool(
        FREED.search(gap)
        or FREED.search(re.split(r"[,.;]", view[m.end() : m.end() + 30])[0])
        or (_RU_NOUN.match(m.group()) and FREED.search(view, max(0, n.left - 40), n.left))
    )


def _takes_another(view: str, m: re.Match[str], gap: str, right: int, end: int) -> bool:
    """Whether the word is said of the next number: "… 40 people, killing nine", "… and injuring twelve"."""
    if right >= end or not _NO_JOINT.fullmatch(view, m.end(), right):
        return False
    if re.search(r"[а-яё]$", m.group(), re.I):
        return True
    return bool(_DOES.match(m.group()) and not _AUX.search(gap))
