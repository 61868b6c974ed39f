"""A mention taken apart: name, role, family and given name, and whether it names a person or a body."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kuager.instruments.text.cyrillic import mention as cyrillic_mention
from kuager.instruments.text.who import given, names
from kuager.instruments.text.who.name_words import TITLES
from kuager.instruments.text.who.roles import is_human
from kuager.instruments.text.who.titles import TITLE

_TITLES = (
    "president|prime minister|vice president|minister|foreign minister|interior minister|attorney general"
    "|prosecutor general|senator|sen|rep|representative|congressman|congresswoman|gov|governor"
    "|mayor|"
    "ambassador|secretary|secretary of state|general|gen|colonel|col|lieutenant|lt|captain"
    "|capt|sergeant|sgt|major|police chief|chief|mr|mrs|ms|miss|dr|prof|professor|judge|justice"
    "|king|queen|prince|pope|rev|sir|"
    "speaker|chairman|chairwoman|director|spokesman|spokeswoman|spokesperson|deputy|first|former"
    "|then|u\\.s|us|republican|democratic|democrat|gop|house|senate|majority|minority|leader"
    "|candidate|nominee|presidential|"
    "activist|lawyer|doctor|nurse|resident|protester|analyst|journalist|reporter|author|actor"
    "|actress|host|anchor|coach|businessman|billionaire|strategist|adviser|advisor|manager"
    "|campaign|press|white|communications|"
    "kazakh|kazakhstan's|russian|american|british|german|french|ukrainian|uzbek|kyrgyz|turkish"
    "|chinese|local|regional|eyewitness|witness|oil|worker"
)


_TITLE_WORDS = (
    frozenset(w for t in _TITLES.split("|") for w in re.sub(r"\\", "", t).split())
    | TITLES
    | frozenset(
        "президент премьер-министр министр генерал полковник майор аким прокурор генпрокурор депутат "
        "посол пресс-секретарь представитель глава директор журналист адвокат активист врач президенті "
        "министрі әкімі прокуроры елшісі өкілі".split()
    )
)


_ARTICLE = re.compile(r"^(?:the|an?|his|her|their|its|our|this|these|those|that)\s+", re.I)


_PLACES = frozenset(
    "kazakhstan russia ukraine uzbekistan kyrgyzstan america russian york washington almaty "
    "astana zhanaozen aqtau aktau london moscow states kingdom".split()
)


#: "a doctor who identified himself only as Abu Moussa".
_CALLED = re.compile(
    r"(?P<role>[\w -]{3,40}?),? who (?:identified (?:him|her|them)sel(?:f|ves)|(?:gave"
    r"|provided) (?:only )?(?:his|her|their|a)"
    r" (?:first )?name|(?:wanted|asked|wished|preferred|agreed|wants|asks) to be (?:identified|named|called|known)"
    r"|(?:is|was) (?:identified|named|known))(?: only| simply)?(?: by (?:his|her|their) first name)?,?(?: only)? as"
    r" (?P<name>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+){0,2})"
)


#: "A commander who uses the name Abu Nader".
_USES = re.compile(
    r"(?P<role>[\w -]{3,40}?),? who (?:uses|used|goes by|went by|gave|gives) (?:only )?"
    r"(?:the|his|her|a) (?:first |false )?"
    r"(?:name|nickname|nom de guerre|call sign|alias),? (?:of )?(?P<name>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?)"
)


#: "the National Grid": a body, since nobody is called so with an article before a name.
THE_NAMED = re.compile(r"[Tt]he (?P<name>(?:[A-Z][\w’'\-]+ ){1,3}[A-Z][\w’'\-]+)(?=,|$)")


#: "Witness B., a taxi driver": a letter in place of a name.
_LETTERED = re.compile(
    r"(?:The )?(?P<name>(?:Witness|Detainee|Prisoner|Patient|Officer|Soldier|Survivor|Inmate|Interviewee|Mr|Mrs|Ms)\.?"
    r" [A-Z])"
    r"(?=[.,]|$)"
)


#: The name that an apposition opens with: "Alan Whitmore, now a partner at a law firm".
_NAME_FIRST = re.compile(r"\s*(?P<name>(?:[A-Z][\w.'’\-]+\s+){0,4}[A-Z][\w'’\-]+)\s*(?=,|$)")


#: "a man from Medford": what follows a comma there is where the place lies.
_AT_A_PLACE = re.compile(r"\b(?:from|in|near|at) (?:[A-Z][\w’'\-]+ ?){1,3}$")


#: "Simon Garth KC", "Fergal Tierney TD": letters behind a name.
_AFTER_NAME = re.compile(
    r"([A-Z][\w’'\-]+ [A-Z][\w’'\-]+),? (?:[KQ]C|SC|TD|MS?P|MEP|[MCO]BE|MD|PhD|Esq)\b\.?(?! [A-Z])"
)


#: What belongs to the person whose name follows in the genitive.
_BODY_OF = re.compile(r"(?:ведомств|министерств|управлени|агентств)[оеа]|пресс-служба|офис|аппарат|штаб|команда", re.I)


@dataclass(slots=True)
class Parsed:
    """A mention taken apart."""

    name: str
    role: str | None
    family: str
    given: str
    named: bool


def parse(phrase: str) -> Parsed:
    """Name and role in a mention: "Nurdaulet Suindikov, a spokesperson for the attorney-general"."""
    if "." in phrase and names.SITE.fullmatch(phrase.strip()):
        return Parsed(phrase.strip(), None, "", "", False)
    if not phrase.isascii() and cyrillic_mention.cyrillic(phrase):
        return _cyrillic(phrase)
    phrase = re.sub(r"\s+", " ", phrase).strip(' ,;:—–-"“”«»').replace(",”", ",").replace(',"', ",")
    phrase = re.sub(r"\s*\([^)]{0,60}\)", "", phrase)
    phrase = re.sub(r"^(?:19|20)\d\d (?=the\b)", "", phrase)  # "On December 18, 2011 the prosecutor general, …"
    called = _CALLED.match(phrase) or _USES.match(phrase)
    if called:
        words = called["name"].split()
        return Parsed(
            called["name"], _ARTICLE.sub("", called["role"]), words[-1], words[0] if len(words) > 1 else "", True
        )
    lettered = _LETTERED.match(phrase)
    if lettered:
        return Parsed(lettered["name"], phrase[lettered.end() :].strip(" .,") or None, lettered["name"], "", True)
    phrase = _AFTER_NAME.sub(r"\1", phrase)
    head, _, tail = phrase.partition(",")
    head = re.split(r"(?<=\w) (?:who|that|whose)\b", head)[0]
    home = re.match(
        r"((?:[A-Z][\w.'’\-]*\s+){1,4}[A-Z][\w'’\-]+) (?:of|from) (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)?$", head
    )
    if home and (not is_body(head) or (_person_first(home.group(1)) and not is_body(home.group(1)))):
        head = home.group(1)
    of = re.match(r"((?:[A-Z][\w.'’\-]*\s+){1,3}[A-Z][\w’'\-]+) (?:of|at|from|with|for) (?P<where>.+)$", head)
    if of and _person_first(of[1]) and not is_body(of[1]):
        head, tail = of[1], tail or of["where"]
    office = _office_before_name(head)
    if office:
        return Parsed(
            head[office:], _ARTICLE.sub("", head[:office].strip()), head.split()[-1], head[office:].split()[0], True
        )
    owned = re.match(r"(?P<owner>.{3,40}?['’]s?) (?P<who>[A-Z][\w.’'\-]+(?: [A-Z][\w.’'\-]+){1,2})$", head)
    if owned and _person_first(owned["who"]):
        head, tail = owned["who"], tail or owned["owner"]
    if (
        tail
        and head[:1]
        and (
            head.split()[-1][:1].islower()
            or re.match(r"(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne) |(?:[Cc]ounsel|[Ll]awyer) for ", head)
        )
        and (apposed := _NAME_FIRST.match(tail))
        and not _AT_A_PLACE.search(head)
        and (" " in apposed["name"] or is_human(names.head(head)))
        and (not is_body(head) or is_human(names.head(head)))
    ):
        if not is_human(names.head(head)) and names.kind(head, False) == "organisation":
            return Parsed(apposed["name"], _ARTICLE.sub("", head), "", "", False)
        head, tail = apposed["name"], head + tail[apposed.end() :]
    inner = re.fullmatch(r"\s*((?:[\wёЁ-]+ ){0,3})([А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+ [А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+)\s*,?", tail)
    if inner and (re.match(r"(?:один|одна) из ", head, re.I) or (not inner[1] and head.split()[-1][:1].islower())):
        head, tail = inner[2], inner[1].strip() or head
    the = THE_NAMED.match(head)
    if the is not None and is_named_body(head):
        return Parsed(the["name"], re.sub(r"^(?:which|who) .*", "", tail.strip(" ,")) or None, "", "", False)
    role = re.sub(r"^(?:who (?:is|was|serves as|heads)\s+)", "", tail.strip(" ,")) or None
    head = re.sub(r"['’]s?$", "", head)
    words = head.split()
    run: list[str] = []
    k = len(words)
    while k > 0 and _name_word(words[k - 1], k - 1, words):
        run.insert(0, words[k - 1])
        k -= 1
    before = words[:k]
    while len(run) > 2 and run[0].lower().strip(".,") in _PLACES and before and before[-1].lower() in ("of", "for"):
        before.append(run.pop(0))
    for at in (2, 1):
        if len(run) > at + 1 and run[at].lower().strip(".") in (
            "gov",
            "sen",
            "rep",
            "mayor",
            "attorney",
            "governor",
            "senator",
            "president",
            "secretary",
        ):
            before.extend(run[: at + 1])
            run = run[at + 1 :]
            break
    while len(run) > 1 and (
        run[0].lower().strip(".").replace("’", "'") in _TITLE_WORDS
        or (len(run) > 2 and not _person_first(run[0]) and _person_first(run[1]) and is_human(run[0].casefold()))
    ):
        before.append(run.pop(0))
    if (
        before
        and before[-1] in ("and", "&", "и", "және", "мен")
        and len(before) > 1
        and before[-2][:1].isupper()
        and run
    ):
        return Parsed(_ARTICLE.sub("", head), role, "", "", False)
    while len(before) > 1 and before[-1].lower().strip(".") in TITLES:
        if before[-2].lower() not in _LINKS:
            break
        before.pop()  # "a spokesman for Mr. X"
    link = (
        next((w.lower() for w in reversed(before) if w.lower() not in ("the", "a", "an")), "")
        if before and before[-1].lower() in ("the", "a", "an")
        else (before[-1].lower() if before else "")
    )
    if (
        not run
        or link in _LINKS
        or _common(head)
        or (len(run) == 1 and (run[0].lower() in _TITLE_WORDS or run[0].lower() in _PLACES))
    ):
        return Parsed(_ARTICLE.sub("", head), role, "", "", False)
    if is_body(head):
        return Parsed(_ARTICLE.sub("", head), role, "", "", False)
    if (
        len(run) == 1
        and before
        and not any(w.lower().strip(".,'s’") in _TITLE_WORDS for w in before)
        and before[0].lower() in ("the", "a", "an")
    ):
        return Parsed(_ARTICLE.sub("", head), role, "", "", False)
    if len(run) == 1 and before and _BODY_OF.fullmatch(before[-1]) and re.search(r"(?:а|ой|ого|ы|и)$", run[0]):
        return Parsed(head, role, "", "", False)  # "ведомство Ремнёвой"
    title = _ARTICLE.sub("", " ".join(before)).strip() or None
    family = run[-1] if run[-1].lower().strip(".") not in ("jr", "sr", "ii", "iii") or len(run) < 2 else run[-2]
    return Parsed(" ".join(run), role or title, family, run[0] if len(run) > 1 else "", True)


def _cyrillic(phrase: str) -> Parsed:
    phrase = re.sub(r"\s+", " ", re.sub(r"\s*\([^)]{0,60}\)", "", phrase)).strip(" ,;:—–-")
    title = TITLE.fullmatch(phrase) is not None
    if phrase.count("«") != phrase.count("»") or phrase.count('"') % 2:
        phrase = phrase.strip('«»"“”')
    found = None if title else cyrillic_mention.name_in(phrase)
    if found is not None:
        return Parsed(*found, True)
    head, _, tail = phrase.partition(",")
    return Parsed(head.strip(), tail.strip() or None, "", "", False)


def _office_before_name(head: str) -> int:
    """Where the name begins in "Dallas Police Chief David O. Brown", capitals all through; 0 where there is none."""
    words = list(re.finditer(r"\S+", head))
    first = next((k for k in range(len(words), 0, -1) if not words[k - 1].group()[0].isupper()), 0)
    run = [m.group().strip(".,").casefold() for m in words]
    for k in range(len(run) - 2, first, -1):
        named = run[k] in given.GIVEN and (is_human(run[k - 1]) or run[k - 1] in TITLES)
        if (named or (run[k - 1] in TITLES and k - 1 > first)) and run[first] not in given.GIVEN:
            rest = head[words[k].start() :]
            if run[k] not in TITLES and not is_body(rest) and not is_human(run[-1]) and k + 4 > len(run):
                return words[k].start()
    return 0


def is_named_body(phrase: str) -> bool:
    """Whether "the National Grid" names a body: an article, capitals, no title and no given name."""
    the = THE_NAMED.match(phrase)
    return the is not None and not _person_first(the["name"]) and not is_human(the["name"].casefold())


def _person_first(phrase: str) -> bool:
    """Whether a phrase opens with a title or a given name."""
    first = phrase.split()[0].strip(".").casefold()
    return first in TITLES or first in given.GIVEN


_LINKS = frozenset("of in for from to at near on with by".split())


def _common(head: str) -> bool:
    """Whether a single capitalised word is a common noun at the start of a sentence: "Eyewitnesses", "Officials"."""
    return len(head.split()) == 1 and (
        names.side(head) not in ("other", "media")
        or (
            names.kind(head, False) == "collective"
            and head.endswith("s")
            and (head.lower() in _PLURALS or _TRADES.search(head) is not None)
        )
    )


_TRADES = re.compile(
    r"(?:ists|icians|graphers|keepers|workers|makers|fighters|owners|holders|goers|teachers|farmers|drivers|engineers"
    r"|neighbou?rs|survivors|investigators|commuters|voters|doctors|pensioners|tenants|students|parents|mourners"
    r"|villagers|organi[sz]ers|fans|traders|passengers|officers|rescuers|miners|historians|women|men)$"
)
_PLURALS = frozenset(
    "critics supporters relatives families others opponents analysts experts lawyers leaders "
    "republicans democrats conservatives liberals voters aides lawmakers americans researchers "
    "scientists organizers sources friends".split()
)


def _name_word(word: str, at: int, words: list[str]) -> bool:
    bare = word.strip(".,'’\"“”")
    if not bare or not bare[0].isalpha():
        return False
    if bare[0].isupper():
        return not (
            at == 0
            and bare.lower()
            in (
                "the",
                "a",
                "an",
                "one",
                "some",
                "many",
                "several",
                "police",
                "officials",
                "witnesses",
                "protesters",
                "residents",
                "authorities",
                "others",
                "people",
                "critics",
                "he",
                "she",
                "they",
                "government",
                "most",
                "few",
                "власти",
                "очевидцы",
                "свидетели",
                "полиция",
                "жители",
                "официальные",
                "билік",
                "полиция",
                "тұрғындар",
            )
        )
    return bare.lower() in ("de", "von", "van", "al", "bin", "ben", "la", "der", "di") and 0 < at < len(words) - 1


def is_body(head: str) -> bool:
    """Whether a phrase names a body: a ministry, a company, a newspaper."""
    return bool(
        re.search(
            r"\b(?:Ministry|Department|Commission|Committee|Agency|Office|Court|Watch|Amnesty|International"
            r"|Council|Party|Company|Corp|Inc|Group|Union|Association|Institute|University|Bank|Campaign"
            r"|Administration|Congress|Senate|Service|Bureau|Government|Embassy|Nations|Foundation|Organization"
            r"|Center|Centre|Front|Brigades?|Movement|Militia|Alliance|Coalition|Board|Authority|Forces?|Monitor|Initiative|Network|Project|Trust|Observatory|Federation|Syndicate|League|Society"
            r"|Fund|Rights|Relief|House"
            r"|Times|Post|News|Press|Reuters|AFP|CNN|BBC|RFE|RFERL|Journal|Police"
            r"|Radio|Lines|Airlines|Airways|Energy|Systems|Holdings|Republicans|Democrats|Americans|Kremlin|Pentagon|Azattyq|Authorities|Officials"
            r"|Министерств\w*|Прокуратур\w*|Комитет\w*|Полиц\w*|Департамент\w*|Агентств\w*|Азаттық\w*"
            r"|Министрліг?к?\w*)\b|\w & \w|[A-Z]{3,}|\b[А-ЯЁ]{3,}\b|^[A-Z]{2,}$|\b\w+TV\b"
            r"|^[A-Z]\w+ (?:the|[Ww]ithout) [A-Z]\w+$",
            head,
        )
    ) and not re.match(
        r"(?:President|Minister|Sen|Rep|Gov|Mr|Mrs|Ms|Judge|House (?:Speaker|Minority|Majority)|Speaker)\b"
        r"|.*\b(?:spokes(?:man|woman|person)|minister|director|chief|commissioner|secretary|official|correspondent)"
        r" (?:[A-Z][\w.]+ )?[A-Z][\w'’\-]+ [A-Z][\w'’\-]+$",
        head,
    )


def names_key(name: str) -> str:
    """A description as it is compared: lower case, without article."""
    return _ARTICLE.sub("", re.sub(r"\s+", " ", name.casefold().replace("’", "'"))).strip()
