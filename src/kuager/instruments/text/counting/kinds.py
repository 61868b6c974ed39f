"""What a number counts: people, nothing named beside it, or other things; ages, scores and measures are set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kuager.instruments.text.counting.numbers import Number
from kuager.instruments.text.counting.people import PERSON
from kuager.instruments.text.counting.states import STATUS
from kuager.instruments.text.counting.words import NOT_PEOPLE

Range = tuple[int, int]

#: Words that may stand between a number and its noun: anything but a preposition, a conjunction or a verb.
MODIFIER = (
    r"(?:(?!(?:of|in|on|at|by|from|to|for|with|after|before|when|while|as|and|or|but|than|that|which|who|whom|whose"
    r"|were|was|are|is|be|been|had|have|has|will|would|could|can|may|might|said|says|say|told|died|fled|left|went|came"
    r"|и|или|а|но|в|во|на|из|с|со|от|до|по|за|при|под|о|об|у|к|для|что|как|где|когда|был[аио]?|не|же|ал|мен|және)\b)"
    r"[\w’'.-]+\s+)"
)
_OF = r"(?:of|out of|from among)\s+(?:(?:the|its|his|her|their|our|my|those|these|some|all)\s+)?|из\s+(?:числа\s+)?"
_HEAD = re.compile(rf"\s+(?:{_OF})?{MODIFIER}{{0,4}}?(?P<person>{PERSON.pattern})", re.I)
_BARE = re.compile(
    r"\s*(?:$|[.,;:!?()\[\]”’'\"»—–-]|(?:(?:(?:more|others?|further|still|also|later|now|already|so far"
    r"|\w{3,}ly)\b\s*)+"
    r"(?=$|[.,;:!?()—–-]|\w))?"
    r"(?:(?:were|was|had|have|has|are|is|be|been|remain\w*|died|of (?:them|those|whom|these|the \w+)"
    r"|in|on|at|by|from|after|as|when|since|during|and|or|to|who|that|which|with|without|following|amid|near|outside"
    r"|inside"
    r"|across|over|for|while|before|until|among|including|the (?:day|night|week|month|previous|same)|may|might|could"
    r"|can|did"
    r"|feared|presumed|believed|confirmed|reported|thought|known|found|declared|pronounced|listed|so|today|yesterday"
    r"|overnight|tonight|this|last|but|would"
    r"|people|more|others?|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|из|в|во|на|и|а|но|с|от|при|получил\w*|был[аио]?|оста\w+|находи\w+"
    r"|стал\w*|числ\w+|после|за|адамға|жетті|жеткен|деп|болып|құрады|болды|артты|өсті|екен\w*)(?!\w)))",
    re.I,
)
_AGE = re.compile(
    r"-(?:year|month|week|day|hour)s?-old|[\s-]*(?:years?|months?|weeks?|days?)[\s-]+(?:old|of age)|-летн\w+"
    r"|[\s-]*(?:лет|года?|месяц\w*)(?!\w)|\s*жас\w*|-жас\w*",
    re.I,
)
_NAMED = re.compile(
    r"(?:\b(?:No\.|article|chapter|section|unit|group|channel|page|room|square|flight|route|highway|age|ages"
    r"|aged(?: between)?(?: \w+(?:, | and | or | to |-))*|статья|статьи|ст\.|№|квартал|микрорайон|рейс|школы?"
    r"|(?:girls?|boys?|m[ae]n|wom[ae]n|child|children|sons?|daughters?|pupils?|students?) of(?: \w+ (?:and|to))?|сағат"
    r"|в возрасте(?: от)?(?: \w+ (?:до|и))?)\s*|[\w)][-–])$",
    re.I,
)
#: People who are told of and harmed by nobody: those of a town, aboard a ship, on a pay list.
_HELD = re.compile(
    r"\b(?:(?:town|city|village|crowd|population|country|region|community|district|audience|island|nation|province"
    r"|congregation|settlement|rally|march) of|carr(?:ied|ies|ying)|ferrying|transporting|boarded by|packed with"
    r"|employ\w*|hosts?|hosting|shelter\w*|hous(?:es|ed|ing)|home to|seat(?:s|ing)|with a capacity of|capacity of"
    r"|spo(?:ke|ken) (?:to|with)|interviewed|visited)\s+(?:about |around |some |nearly )?$"
    r"|(?<!\w)(?:населени\w+|жив[её]т|живут|проживает|проживают|перевози\w+|в[её]з|вместимость\w*)\s*$",
    re.I,
)
#: "Погибшему было 47", "ей двадцать три"
_OF_AGE = re.compile(
    r"(?<!\w)(?:ему|ей|мне|тебе|вам|\w+(?:ему|ому|шей)\s+(?:было|исполнил\w+|ш[её]л|едва)|(?:ему|ей|мне) (?:было|всего"
    r"|исполнил\w+))\s+$",
    re.I,
)
_PLACED = re.compile(
    r"\b(?:in|at|on|from|near|across|inside|outside|between|around|through|over|into|aboard|within|to|since|for|after"
    r"|before|about)\s+(?:the\s+|all\s+|just\s+)?$|(?<!\w)(?:в|во|на|из|с|по|от|у|через|около|при)\s+$",
    re.I,
)
_THINGS = re.compile(
    r"\s+(?:\w+\s+)?(?:dogs|cats|cows|cattle|sheep|goats|horses|camels|birds|chickens|pigs|whales|animals|livestock"
    r"|trees|ships|vessels|boats|tankers|planes|aircraft|helicopters|drones|tanks|missiles|rockets|bombs|mines|lives"
    r"|attacks|blasts|explosions|incidents|places|sites|areas|provinces|districts|homes|goals|votes|seats|complaints"
    r"|беспилотник\w*|дрон\w*|ракет\w*|танк\w*|самол[её]т\w*|вертол[её]т\w*|суд(?:ов|на)|корабл\w*|лод(?:ок|ки)"
    r"|голов|животн\w+|собак\w*|коров\w*|овец|овц\w+|баран\w*|лошад\w+|кон(?:ей|и)|коз\w*|свин\w+|поросят|кур|птиц\w*"
    r"|верблюд\w*|сайгак\w*|рыб\w*|дельфин\w*|тюлен\w*|деревь\w+|коек|койк\w+|мест|палат|аппарат\w*|дом(?:ов|а)"
    r"|здани\w+|квартир\w*|машин\w*|автомоб\w+|автобус\w*|вагон\w*|забор\w*|окон|жизн\w+|обращени\w+|вызов\w*|звонк\w+"
    r"|қой\w*|сиыр\w*|жылқы\w*|түйе\w*|ешкі\w*|мал|құс\w*|тауық\w*|киік\w*|балық|үй|көлік\w*|тәулік\w*|атак\w*"
    r"|взрыв\w*|обстрел\w*|населённ\w+|насел[её]нн\w+|район\w*|случа\w+)\b",
    re.I,
)
#: Verbs that take other things as well as people.
PEOPLE_ONLY = re.compile(
    r"\b(?:treat\w*|took in|taken in|receiv\w*|admitted|operated on|lost|los\w+|h[eo]ld\w*|shot|shooting|(?:search"
    r"|look|hunt)\w* for"
    r"|washed|buried)\s+(?:\w+\s+){0,2}$|(?<!\w)(?:ищут|поиск\w*|судьба)\s+(?:\w+\s+)?$",
    re.I,
)
#: "three Danes", "one Briton": a capitalised word alone, and no month or day.
_DEMONYM = re.compile(
    r"\s+(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday"
    r"|Wednesday|Thursday|Friday|Saturday|Sunday|In|At|On|As|After|By|For|And|Dead|Killed|Injured|Hurt|Wounded|Missing"
    r"|Arrested|Held|Die|Dies|Of)\b)(?P<who>[A-Z][a-z]{2,}(?:(?P<plural>s|ese|men|women)|[a-z]))(?=[.,;)]|\s+(?:[a-z]"
    r"|[—–]))"
)
#: "in twelve stations people were held": the plural is what the number counts.
_PLURAL_BEFORE = re.compile(r"(?-i:[a-z]{3,}[^s\W]s)\s+$")
#: Russian numerals that count people alone.
_COLLECTIVE = re.compile(
    r"(?:дво|тро)(?:е|их|им|ими)\b|(?:четв|пят|шест|сем|восьм|девят|десят)ер(?:о|ых|ым|ыми)\b", re.I
)
#: Kazakh numerals of a part: "27-сі", "үшеуі", "2 мыңнан астамы".
_OF_WHOM = re.compile(r"(?:(?:\d-?|екі|алты|жеті)(?:сі|сы|і|ы)|(?:еу|ау)і?н?|астамы)$", re.I)
_ONE_BEFORE = re.compile(
    r"\b(?:no|not|any|every|the|this|that|each|which|only the)\s+$|(?<!\w)(?:ни|ещё ни|как|тот)\s+$", re.I
)
#: "число погибших увеличилось на троих": by how many it rose
_BY_SO_MANY = re.compile(r"(?<!\w)(?:увелич|вырос|возрос|сократ|уменьш|сниз)\w*\s+(?:ещ[её]\s+)?на\s+$", re.I)
_BOTH = re.compile(r"\s+[\w-]{2,}(?:[ая]|ков|[её]в|ов|ей|ок|иц|ц)(?!\w)", re.I)
_ONE_WHO = re.compile(rf"\s+(?:(?:was|is|has|had)\b|{PERSON.pattern})", re.I)
_ONE_AFTER = re.compile(
    r"\s+(?:(?:more|other|another|person|was|is|has|had|died|of (?:them|whom|those|these)\b(?! who)|from)\b"
    r"|из (?:ранены|пострадавш|задержанн|госпитализ|больны|пациент|шахт|рабоч)\w* (?:\w+ )?(?:скончал|погиб|умер"
    r"|пропал)"
    r"|(?:из них|скончал|погиб|умер|ранен|пострада|задержан|пропал)|(?:адам|кісі))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a number counts: ``people`` with their noun, ``bare`` where no noun follows, ``other`` for the rest."""

    kind: Literal["people", "bare", "other"]
    word: str | None
    end: int


_NOUN_END = re.compile(
    rf"\s+[“\"«]?{MODIFIER}{{0,3}}?(?P<noun>[\w’-]+)(?![\w’-])[”\"»]?(?!\s+(?!(?:of|in|on|at|by|from|to|for|with"
    rf"|after|before|when|while|as|and"
    r"|or|but|than|that|which|who|whose|were|was|are|is|be|been|had|have|has|died|killed|dead|missing|wounded|injured"
    r"|arrested"
    r"|detained|drowned|и|или|в|во|на|из|с|от|по|за|при)\b)\w)",
    re.I,
)


_PASSIVE = re.compile(r"(?:were|was|been|being|be|got|are|is|has|have|had)\b", re.I)
_ONLY_MODIFIERS = re.compile(rf"\s+{MODIFIER}{{0,3}}", re.I)


def set_aside(view: str, n: Number, sentence: Range, end: int) -> bool:
    """Whether a number is an age, a measure, a score, a name's part or people nothing is said to have befallen."""
    after = view[n.right : min(end, n.right + 60)]
    before = view[max(sentence[0], n.left - 60) : n.left]
    noun = after.strip()
    people = PERSON.match(noun) or PERSON.match(noun.partition(" ")[2])  # "two floor managers"
    if _AGE.match(after) or (NOT_PEOPLE.match(after) and not people) or _NAMED.search(before):
        return True
    if re.match(r"-[^\W\d_]", after) and not re.match(r"-(?:strong|odd)\b", after):  # "a 40-tonne truck"
        return bool(re.match(r"-[a-z]", after, re.I))
    code = re.search(r"(?<![\w-])[A-Z]{2,4}\s$", before)
    if n.digits and code and not STATUS.match(code.group()) and not _HEAD.match(after):  # "plate DKR 418"
        return True
    if re.match(r"[-–:]\d", after):  # "a 4-1 win"
        return True
    if n.digits and n.value is not None:
        if re.match(r"[,.;)]|$", after) and n.value < 120 and _apposed(before, after):
            return True
        if 1900 <= n.value <= 2100 and not PERSON.match(noun):
            return True
    if re.fullmatch(r"бірі\w*", view[n.start : n.end], re.I):
        return not re.search(r"(?<!\w)(?:тағы|ал|және)\s+$", before, re.I)
    if re.match(r"бір", view[n.start : n.end], re.I) and n.value == 1:
        return not PERSON.match(noun)
    if re.search(r"\b(?:(?:all|none|everyone|everybody) but|one in)\s+$", before, re.I):
        return True
    if (
        re.match(r"об[аеои]", view[n.start : n.end], re.I)
        and n.value == 2
        and not (_HEAD.match(after) or _BOTH.match(after))
    ):
        return True  # "оба в больнице": two told of before
    if n.value is not None and n.value < 120 and re.match(r"\s*[.,;!]|$", after) and _OF_AGE.search(before):
        return True
    if _BY_SO_MANY.search(before):
        return True
    if n.value == 1 and _no_one(view, n, before, after):
        return True
    if re.search(
        r"\b(?:youngest|oldest|eldest)\b[^.;]{0,20}$|\b(?:were|was|are|is|those|children|aged) (?:under|over|below"
        r"|above)\s$",
        view[max(sentence[0], n.start - 40) : n.start],
        re.I,
    ):
        return True  # "nine of them were under five"
    if re.match(r"\s*(?:\w+\s+)?(?:an? |per |each |every )(?:year|month|week|day|hour)\b", after, re.I):
        return True  # "some 40 people a year": a rate
    return bool(_HELD.search(before)) and not STATUS.match(re.sub(r"^\s*(?:of (?:the|those|its|their)\s+)?", "", after))


def _apposed(before: str, after: str) -> bool:
    """ "Ana Rill, 62, …", "Ana Rill (62)": an age beside a name."""
    if before.endswith("("):  # "Tarn (49)" after "followed by" is a place and its count
        return after.startswith(")") and not re.search(
            r"\bfollowed by\s+(?:[^().;]*\(?\w*\)?[, ]*(?:and )?){1,4}$", before
        )
    return (
        bool(re.search(r"[^\W\d_]{2,}(?<!емес),\s*$", before))
        and after[:1] in ",.;"
        and not STATUS.search(before[-22:])
    )


def _no_one(view: str, n: Number, before: str, after: str) -> bool:
    """Whether "one" is a pronoun or an article rather than a count of one."""
    if _ONE_BEFORE.search(before) and not (before.endswith("that ") and _ONE_WHO.match(after)):
        return True
    return not (
        _ONE_AFTER.match(after)
        or _DEMONYM.match(after)
        or (_HEAD.match(after) and not re.match(r"\s+of\b|\s+из\s", after))
        or STATUS.match(after.lstrip(" —–"))
    )


def head(view: str, n: Number, limit: int) -> Head:
    """What follows the number within ``limit``."""
    if _OF_WHOM.search(view, n.start, n.right):
        return Head("bare", None, n.right)
    m = _HEAD.match(view, n.right, min(limit, n.right + 80))
    if m and not (
        _PLACED.search(view, max(0, n.left - 24), n.left) and _PLURAL_BEFORE.search(view, n.right, m.start("person"))
    ):
        return Head("people", m["person"], m.end())
    demonym = _DEMONYM.match(view, n.right, limit)
    if demonym and (n.value == 1 or demonym["plural"]):
        return Head("people", demonym["who"], demonym.end())
    near = STATUS.search(view, n.right, min(limit, n.right + 50))
    if near and not _PASSIVE.match(near.group()) and _ONLY_MODIFIERS.fullmatch(view, n.right, near.start()):
        return Head("bare", None, n.right)
    if STATUS.match(view[n.right : limit].lstrip(' ,“"')) or _BARE.match(view, n.right, limit):
        return Head("bare", None, n.right)
    word = _NOUN_END.match(view, n.right, limit)
    if _COLLECTIVE.match(view, n.start):
        return Head("bare", None, n.right)
    return Head("other", word["noun"] if word else None, word.end() if word else n.right)


def may_be_people(view: str, n: Number, what: Head, start: int, how: str) -> bool:
    """Whether a number of an unknown noun counts people: "three Gambians drowned", "killing nine snowboarders"."""
    if what.kind != "other" or how == "named":
        return True
    if (
        what.word is None
        or n.value == 1
        or _THINGS.match(view, n.right, n.right + 50)
        or how not in ("before", "after")
    ):
        return False
    if _PLACED.search(view, max(start, n.left - 24), n.left) and how == "after":
        return False
    if how == "before":
        return not PEOPLE_ONLY.search(view, max(start, n.left - 30), n.left)
    return bool(re.search(r"(?:s|men|women|people|staff|crew|[а-яәғқңөұүһі]+)$", what.word, re.I))
