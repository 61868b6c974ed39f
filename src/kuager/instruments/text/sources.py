"""Who is quoted on a page: mentions gathered into sources, pronouns resolved, commenters kept apart."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from kuager.instruments.text import given as given_names
from kuager.instruments.text import names
from kuager.instruments.text.cast import TITLES, Cast, Named, ending, is_human
from kuager.instruments.text.folding import Folded
from kuager.instruments.text.model import Source

Range = tuple[int, int]

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
_INDEFINITE = re.compile(
    r"^(?:an?|one(?: of)?|another|some|many|several|two|three|one|other|others|most|few|число"
    r"|один|одна|один из|одна из|некотор\w+|нескольк\w+|бір|бірнеше|кейбір)\b",
    re.I,
)
_ARTICLE = re.compile(r"^(?:the|an?|his|her|their|its|our|this|these|those|that)\s+", re.I)
_PRONOUN = frozenset("he she they we i you it him her them who his their its он она они я мы ол олар мен біз".split())
_PLACES = frozenset(
    "kazakhstan russia ukraine uzbekistan kyrgyzstan america russian york washington almaty "
    "astana zhanaozen aqtau aktau london moscow states kingdom".split()
)
#: "the 19-year-old", "the Ohio Republican": another name for the person just spoken of.
_EPITHET = re.compile(
    r"[Tt]he (?:former|ex-|retired|one-time|onetime|longtime|veteran|first-term|two-term|three-term|embattled|outgoing"
    r"|self-described|self-styled)[ -]?(?:[\w-]+ ){0,3}[\w-]*[^s\W]$"
    r"|the (?:\w+ )?(?:\d+|\w+)-year-old(?: \w+)?$|the (?:\w+ ){0,2}(?:Republican|Democrat|billionaire|businessman"
    r"|businesswoman|veteran|lawmaker|congressman|congresswoman|playmaker|striker|midfielder|defender|goalkeeper"
    r"|singer|actor|actress|rapper|frontman|champion|Briton|Frenchman|Spaniard|German|American)$",
)
#: "ведомство", "министрлік" and the like, alone: the body that spoke before.
_BODY_AGAIN = re.compile(
    r"(?:ведомств[оае]|министерств[оае]|в ведомстве|организация|учреждение|ведомство|министрлік|мекеме|ұйым)",
    re.I,
)
#: "the group", alone: the body named last that is no authority.
_GROUP_AGAIN = re.compile(
    r"[Tt]he (?:group|organi[sz]ation|charity|nonprofit|watchdog|federation|foundation|coalition)"
)
_FIRM = re.compile(r"(?:the|The) (?:company|firm|chipmaker|automaker|carmaker|bank|drugmaker|retailer|airline|group)")
_COMPANY = re.compile(
    r"\b[A-Z][\w&'’\-]+(?: [A-Z][\w&'’\-]+){0,3} (?:Plc|PLC|Inc|Corp|Ltd|LLC|AG|SA|Co|Holdings|Metals|Motors"
    r"|Airlines)\b"
)
#: What in a body's name says that it is no company.
_PUBLIC = re.compile(
    r"\b(?:Office|Agency|Commission|Authority|Bureau|Council|Committee|Court|Board|Department|Ministry|University|Union"
    r"|Association|Institute|Watch|Party|Police|Campaign)\b"
)
_PRONOUN_LIKE = re.compile(r"^(?:he|she|it|they|we|i|you)'(?:s|d|ll|re|ve|m)$")


#: "a doctor who identified himself only as Abu Moussa".
_CALLED = re.compile(
    r"(?P<role>[\w -]{3,40}?),? who (?:identified (?:him|her|them)sel(?:f|ves)|(?:gave"
    r"|provided) (?:only )?(?:his|her|their|a)"
    r" (?:first )?name|(?:wanted|asked|wished|preferred|agreed|wants|asks) to be (?:identified|named|called|known)"
    r"|(?:is|was) (?:identified|named|known))(?: only| simply)?(?: by (?:his|her|their) first name)?,?(?: only)? as"
    r" (?P<name>[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+){0,2})"
)


#: How many sources back "they" or "the group" may reach; a bound on hostile pages.
MAX_RECENT = 60


@dataclass(slots=True, eq=False)
class Entry:
    """One source while the page is read."""

    name: str
    role: str | None
    side: str
    kind: str
    anonymous: bool
    at_risk: bool
    key: str
    family: str = ""
    given: str = ""
    gender: str = ""
    plural: bool = False
    section: int = -1
    mentions: list[Range] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Stable across readings of a page: made from name, kind and (for unnamed people) section."""
        return "src-" + hashlib.sha256(self.key.encode()).hexdigest()[:10]


#: The name that an apposition opens with: "Alan Whitmore, now a partner at a law firm".
_NAME_FIRST = re.compile(r"\s*(?P<name>(?:[A-Z][\w.'’\-]+\s+){0,4}[A-Z][\w'’\-]+)\s*(?=,|$)")


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
    phrase = re.sub(r"\s+", " ", phrase).strip(' ,;:—–-"“”«»')
    phrase = re.sub(r"\s*\([^)]{0,60}\)", "", phrase)
    called = _CALLED.match(phrase)
    if called:
        words = called["name"].split()
        return Parsed(
            called["name"], _ARTICLE.sub("", called["role"]), words[-1], words[0] if len(words) > 1 else "", True
        )
    head, _, tail = phrase.partition(",")
    head = re.split(r"(?<=\w) (?:who|that|whose)\b", head)[0]
    home = re.match(
        r"((?:[A-Z][\w.'’\-]*\s+){1,4}[A-Z][\w'’\-]+) (?:of|from) (?:the )?[A-Z][\w.]+(?: [A-Z][\w.]+)?$", head
    )
    if home and not _is_body(head):
        head = home.group(1)
    if (
        tail
        and head[:1]
        and (
            head.split()[-1][:1].islower() or re.match(r"(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne) ", head)
        )
        and (apposed := _NAME_FIRST.match(tail))
        and (" " in apposed["name"] or is_human(head))
        and (not _is_body(head) or is_human(head))
    ):
        head, tail = apposed["name"], head + tail[apposed.end() :]
    inner = re.fullmatch(r"\s*((?:[\wёЁ-]+ ){0,3})([А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+ [А-ЯЁӘҒҚҢӨҰҮҺІ][\w-]+)\s*,?", tail)
    if inner and (re.match(r"(?:один|одна) из ", head, re.I) or (not inner[1] and head.split()[-1][:1].islower())):
        head, tail = inner[2], inner[1].strip() or head
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
    while run and run[0].lower().strip(".").replace("’", "'") in _TITLE_WORDS and len(run) > 1:
        before.append(run.pop(0))
    if (
        before
        and before[-1] in ("and", "&", "и", "және", "мен")
        and len(before) > 1
        and before[-2][:1].isupper()
        and run
    ):
        return Parsed(_ARTICLE.sub("", head), role, "", "", False)
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
    if _is_body(head):
        return Parsed(_ARTICLE.sub("", head), role, "", "", False)
    if (
        len(run) == 1
        and before
        and not any(w.lower().strip(".,'s’") in _TITLE_WORDS for w in before)
        and before[0].lower() in ("the", "a", "an")
    ):
        return Parsed(_ARTICLE.sub("", head), role, "", "", False)
    title = _ARTICLE.sub("", " ".join(before)).strip() or None
    family = run[-1] if run[-1].lower().strip(".") not in ("jr", "sr", "ii", "iii") or len(run) < 2 else run[-2]
    given = run[0] if len(run) > 1 else ""
    return Parsed(" ".join(run), role or title, family, given, True)


_LINKS = frozenset("of in for from to at near on with by".split())


def _common(head: str) -> bool:
    """Whether a single capitalised word is a common noun at the start of a sentence: "Eyewitnesses", "Officials"."""
    return len(head.split()) == 1 and (
        names.side(head) not in ("other", "media")
        or (names.kind(head, False) == "collective" and head.endswith("s") and head.lower() in _PLURALS)
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


def _is_body(head: str) -> bool:
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
            r"|Министрліг?к?\w*)\b|[A-Z]{3,}|\b[А-ЯЁ]{3,}\b|^[A-Z]{2,}$|\b\w+TV\b",
            head,
        )
    ) and not re.match(
        r"(?:President|Minister|Sen|Rep|Gov|Mr|Mrs|Ms|Judge|House (?:Speaker|Minority|Majority)|Speaker)\b"
        r"|.*\b(?:spokes(?:man|woman|person)|minister|director|chief|commissioner|secretary|official|correspondent)"
        r" (?:[A-Z][\w.]+ )?[A-Z][\w'’\-]+ [A-Z][\w'’\-]+$",
        head,
    )


class Registry:
    """The page's sources, and the way from a mention to one of them."""

    def __init__(self, view: str) -> None:
        self.view = view
        self.entries: list[Entry] = []
        self._by_key: dict[str, Entry] = {}
        self._families: dict[str, list[Entry]] = {}
        self.focus: Entry | None = None
        self.group: Entry | None = None
        #: Where the article's text begins, and from where on a person named is near.
        self.start = 0
        self._near = 0
        self.body: Entry | None = None
        self.recent: list[Entry] = []
        self._section = -1
        self.cast = Cast(view)
        self._at = 0

    def reach(self, near: int) -> None:
        """Says from where on "she" may find a person who was only mentioned."""
        self._near = near

    def enter(self, section: int) -> None:
        """Starts a section of its own (the article is −1, then each comment): pronouns do not reach across."""
        self._section = section
        self.focus = self.group = self.body = None
        self.recent = []

    def commenter(self, by: Range | None, origin: str | None, index: int) -> Entry:
        """The source of a comment: a claimed identity, never merged with a known person."""
        name = self.view[slice(*by)] if by else "unnamed commenter"
        unnamed = by is None or name.casefold() in (
            "anonymous",
            "anon",
            "guest",
            "аноним",
            "гость",
            "анонимно",
            "анонимный",
            "қонақ",
            "аты-жөнсіз",
            "белгісіз",
        )
        key = f"commenter|{name.casefold()}|{(origin or '').casefold()}|{index if unnamed else ''}"
        entry = self._by_key.get(key)
        if entry is None:
            entry = Entry(name, None, "commenter", "commenter", unnamed, True, key, section=index)
            self.entries.append(entry)
            self._by_key[key] = entry
        if by:
            entry.mentions.append(by)
        return entry

    def resolve(self, mention: Range, base: str | None = None) -> Entry | None:
        """The source that a mention names; ``base`` is its nominative where the text has another case."""
        phrase = base or self.view[slice(*mention)]
        self._at = mention[0]
        low = phrase.casefold().strip().replace("’", "'")
        if _PRONOUN_LIKE.match(low):
            low = low.split("'")[0]
        entry = self._pronoun(low) if low in _PRONOUN else self._named(phrase)
        if entry is None:
            return None
        if mention not in entry.mentions:
            entry.mentions.append(mention)
        self.touch(entry)
        return entry

    def touch(self, entry: Entry) -> None:
        """Makes a source the one that "he", "she", "they" or "it" next refers to."""
        if entry.kind == "person" and not entry.plural:
            self.focus = entry
        elif entry.kind in ("organisation", "media"):
            self.body = entry
            self.group = entry
        else:
            self.group = entry
        if entry in self.recent:
            self.recent.remove(entry)
        self.recent.append(entry)
        del self.recent[:-MAX_RECENT]

    def known(self, family: str) -> bool:
        """Whether a person of that family name is among the sources."""
        return names.fold(family) in self._families

    def again(self, phrase: str) -> None:
        """ "The colonel himself seems …": touches the named person whom a description stands for, if one is known."""
        words = re.sub(r"\s+(?:him|her)self$", "", phrase.strip())
        if not re.match(r"the\b", words, re.I):
            return
        known = self._described(words, names_key(words), "person")
        if known is not None and known.family:
            self.touch(known)

    def notice(self, mention: Range) -> None:
        """A subject that does not speak here: a body ("it"), or somebody not named ("A fisherman …", then "he")."""
        phrase = self.view[slice(*mention)]
        self._at = mention[0]
        head = names.head(phrase.split(",")[0])
        if _EPITHET.match(head) and self.focus is not None and self.focus.family:
            return
        kind = names.kind(phrase, False)
        named = self.cast.in_role(re.findall(r"[\w’'\-]+", head.casefold()), self._before)
        if kind == "person" and named is not None and re.match(r"the\b", head, re.I):
            self.touch(self.enlist(named))
            return
        body = kind == "organisation" and not parse(phrase).named
        someone = kind == "person" and re.match(r"(?:an?|another|one|the)\b", head, re.I) and is_human(head)
        if body or someone:
            self.resolve(mention)
        else:
            self.again(phrase)

    def alias(self, name: Range, entry: Entry) -> None:
        """ "Erlan Idrissov made the comments": gives the description spoken of before its name."""
        parsed = parse(self.view[slice(*name)])
        if not parsed.named or entry.family or entry.kind == "commenter":
            return
        entry.role = entry.role or entry.name
        entry.name = parsed.name
        self._name(entry, names.fold(parsed.family), names.fold(parsed.given))
        entry.gender = given_names.gender(parsed.given)
        entry.anonymous = False
        entry.at_risk = entry.side in ("witness", "protesters", "medical")
        entry.mentions.append(name)
        self.touch(entry)

    def _pronoun(self, low: str) -> Entry | None:
        if low in ("he", "she", "him", "her", "his", "он", "она", "ол", "who"):
            gender = {"he": "m", "him": "m", "his": "m", "он": "m", "she": "f", "her": "f", "она": "f"}.get(low, "")
            found = self.focus if self.focus is not None and self._fits(self.focus, gender) else None
            if found is None or (gender and found.gender != gender):
                subject = low in ("he", "she", "он", "она", "ол")
                near = self.cast.near(gender, self._near, self._at, found is None) if subject else None
                found = self.enlist(near) if near is not None else found
            found = found or next(
                (e for e in reversed(self.recent) if e.kind == "person" and not e.plural and self._fits(e, gender)),
                None,
            )
            if found is not None and gender and not found.gender and found.family:
                found.gender = gender
            return found
        if low in ("they", "them", "their", "они", "олар"):
            return self.group or next((e for e in reversed(self.recent) if e.plural), None)
        if low in ("it", "its", "оно"):
            return self.body or (self.group if self.group is not None and self.group.kind != "collective" else None)
        return None

    @staticmethod
    def _fits(entry: Entry, gender: str) -> bool:
        return not (gender and entry.gender and gender != entry.gender)

    def _named(self, phrase: str) -> Entry | None:
        if _EPITHET.match(phrase) and self.focus is not None and self.focus.family:
            return self.focus
        if self.body is not None and _BODY_AGAIN.fullmatch(phrase.strip()):
            stem = re.sub(r"^в ", "", phrase.strip().casefold())[:7]
            bodies = [e for e in reversed(self.recent) if e.kind == "organisation" and e.side == "authorities"]
            called = next((e for e in bodies if stem in e.name.casefold()), None)
            again = called or next(iter(bodies), None) or (self.body if self.body.side != "media" else None)
            if again is not None:
                return again
        if re.fullmatch(r"the (?:statement|post|tweet)", phrase.strip(), re.I) and self.recent:
            return self.recent[-1]
        if _GROUP_AGAIN.fullmatch(phrase.strip()):
            groups = (e for e in reversed(self.recent) if e.kind == "organisation" and e.side in ("ngo", "other"))
            group = next((e for e in groups if e.name[:1].isupper()), None)
            if group is not None:
                return group
        if _FIRM.fullmatch(phrase.strip()):
            firm = self._firm()
            if firm is not None:
                return firm
        parsed = parse(phrase)
        if parsed.named:
            return self.person(parsed)
        name = parsed.name.strip()
        if not name:
            return None
        low = names_key(name)
        body = _is_body(phrase.split(",")[0]) and not is_human(names.head(phrase.split(",")[0]))
        collective = names.kind(name, False)
        collective = "organisation" if body and collective == "person" else collective
        if not body and not _INDEFINITE.match(phrase):
            known = self._described(phrase, low, collective)
            if known is not None:
                return known
            if collective == "person" and re.match(r"the\b", phrase, re.I):
                named = self.cast.in_role(re.findall(r"[\w’'\-]+", names.head(low.split(",")[0])), self._before)
                if named is not None:
                    return self.enlist(named)
        anonymous = not body and collective in ("person", "collective")
        local = bool(_INDEFINITE.match(phrase)) or (
            anonymous and names.side(name) in ("witness", "protesters", "medical", "other")
        )
        key = f"{collective}|{low}" + (f"|{self._section}" if local else "")
        return self._make(key, name, parsed.role, phrase, collective, anonymous)

    def _firm(self) -> Entry | None:
        """ "the company": the company named last that spoke, or else the page's first company."""
        spoke = next((e for e in reversed(self.recent) if _COMPANY.search(e.name)), None)
        if spoke is not None:
            return spoke
        m = _COMPANY.search(self.view)
        if m is None:
            bodies = (e for e in reversed(self.recent) if e.kind == "organisation" and e.side == "other")
            return next((e for e in bodies if e.name[:1].isupper() and not _PUBLIC.search(e.name)), None)
        name = m.group()
        return self._make(f"organisation|{name.casefold()}", name, None, name, "organisation", False)

    def person(self, parsed: Parsed) -> Entry:
        """The person a name stands for: by folded family name, and given name where both are known."""
        family, given = names.fold(parsed.family), names.fold(parsed.given)
        role = None if parsed.role and re.fullmatch(r"(?:mr|mrs|ms|miss|dr|sir)\.?", parsed.role, re.I) else parsed.role
        gender = given_names.gender(parsed.given) or ending(parsed.given, parsed.family)
        if not gender and parsed.role:
            gender = (
                "f"
                if re.search(r"\b(?:mrs|ms|miss|spokeswoman|congresswoman|chairwoman|actress)\b", parsed.role, re.I)
                else "m"
                if re.search(r"\b(?:mr|spokesman|congressman|chairman)\b", parsed.role, re.I)
                else ""
            )
        same = [e for e in self._families.get(family, ()) if self._fits(e, gender) and _same_given(given, e.given)]
        # A bare family name is the person most spoken of; a full name after a bare one may be a relative's.
        entry = max(same, key=lambda e: (e.given == given, len(e.mentions)), default=None)
        if entry is not None and given and not entry.given:
            entry = None
        if entry is None and not given:
            named = self.cast.whole(family, self._before) or self.cast.first_name(family, self._before)
            if named is not None and self._fits_named(named, gender):
                return self.enlist(named)
        if entry is None:
            entry = self._make(f"person|{family}|{given}", parsed.name, role, f"{role or ''}", "person", False)
            self._name(entry, family, given)
            entry.gender = gender
            return entry
        entry.gender = entry.gender or gender
        if role and not entry.role:
            entry.role = role
            entry.side = names.side(role) if entry.side == "other" else entry.side
        return entry

    @property
    def _before(self) -> int:
        """Up to where the page has been read: all of it when the headline is, which comes last."""
        return self._at if self._at >= self.start else len(self.view)

    def _name(self, entry: Entry, family: str, given: str) -> None:
        entry.family, entry.given = family, given
        self._families.setdefault(family, []).append(entry)

    @staticmethod
    def _fits_named(named: Named, gender: str) -> bool:
        return not (gender and named.gender and gender != named.gender)

    def enlist(self, named: Named) -> Entry:
        """The source for a person of the cast."""
        entry = next((e for e in self._families.get(named.family, ()) if e.given == named.given), None)
        if entry is None:
            role = named.role or None
            entry = self._make(f"person|{named.family}|{named.given}", named.name, role, role or "", "person", False)
            self._name(entry, named.family, named.given)
        entry.gender = entry.gender or named.gender
        return entry

    def _described(self, phrase: str, low: str, kind: str) -> Entry | None:
        """ "the ministry", "the ambassador", "authorities" → the source that was so called before."""
        words = low.split()
        if not words:
            return None
        head = re.split(r"\b(?:of|in|to|from|at|for|who|near|at)\b", low)[0].split()
        noun = head[-1] if head else words[-1]
        definite = bool(re.match(r"(?:the|this|that|his|her|their)\b", phrase, re.I)) or phrase[:1].isupper()
        if not definite:
            return None
        bare = len(words) == 1
        for entry in reversed(self.entries):
            if entry.kind == "commenter" or (
                entry.section != self._section and entry.side in ("witness", "medical", "other")
            ):
                continue
            theirs = names_key(entry.name)
            if theirs == low:
                return entry
            if entry.family:
                role = (entry.role or "").casefold()
                if (
                    kind == "person"
                    and noun
                    and re.search(rf"\b{re.escape(noun)}\b", role)
                    and (
                        (re.match(r"the\b", phrase, re.I) and set(head) <= set(re.findall(r"\w+", role)))
                        or words[0] == role.split()[0]
                    )
                ):
                    return entry
                continue
            if (
                bare
                and entry.kind in ("organisation", "media")
                and entry.role
                and re.search(rf"\b{re.escape(noun)}\b", entry.role.casefold().split(" that ")[0])
                and re.match(r"the\b", phrase, re.I)
            ):
                return entry
            if (
                kind == entry.kind
                and (bare or theirs == noun)
                and theirs.split()[-1:] == [noun]
                and noun
                in (
                    "authorities",
                    "ministry",
                    "government",
                    "police",
                    "commission",
                    "committee",
                    "company",
                    "department",
                    "party",
                    "court",
                    "campaign",
                    "group",
                    "union",
                    "agency",
                    "ambassador",
                    "minister",
                    "president",
                    "officials",
                )
                and noun != "officials"
            ):
                return entry
            if (
                bare
                and kind == entry.kind
                and re.match(r"the\b", phrase, re.I)
                and names.head(theirs).split()[-1:] == [noun]
                and entry.section == self._section
            ):
                return entry
        return None

    def _make(self, key: str, name: str, role: str | None, phrase: str, kind: str, anonymous: bool) -> Entry:
        entry = self._by_key.get(key)
        if entry is None:
            side = names.side(f"{name} {role or ''}" if kind != "person" or anonymous else phrase or "")
            risk = side in ("witness", "protesters", "medical", "commenter") or (
                anonymous and side in ("other",) and kind == "person"
            )
            entry = Entry(
                name, role, side, kind, anonymous, risk, key, plural=kind == "collective", section=self._section
            )
            self.entries.append(entry)
            self._by_key[key] = entry
        return entry

    def results(self, folded: Folded, quoted: set[str]) -> tuple[Source, ...]:
        """The sources among ``quoted`` ids, with their mentions as spans of the original text; commenters always."""
        return tuple(
            Source(
                e.id,
                e.name,
                e.role,
                e.side,
                e.kind,
                e.anonymous,
                e.at_risk,
                tuple(folded.span(a, b) for a, b in sorted(set(e.mentions))),
            )
            for e in self.entries
            if e.id in quoted or e.kind == "commenter"
        )


def _same_given(a: str, b: str) -> bool:
    """Whether two given names may be one: equal, one missing, or one an initial of the other."""
    return not a or not b or a == b or (a[0] == b[0] and min(len(a), len(b)) <= 2)


def names_key(name: str) -> str:
    """A description as it is compared: lower case, without article."""
    return _ARTICLE.sub("", re.sub(r"\s+", " ", name.casefold().replace("’", "'"))).strip()
