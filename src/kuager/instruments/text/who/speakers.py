"""Whom a mention means: pronouns and descriptions against who was last spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuager.instruments.text.cyrillic import notice as cyrillic_notice
from kuager.instruments.text.english import phrases
from kuager.instruments.text.english.bounds import Draft
from kuager.instruments.text.english.items import Item, is_capital, is_verb
from kuager.instruments.text.english.lexicon import CUES
from kuager.instruments.text.said import Said
from kuager.instruments.text.who import given, names
from kuager.instruments.text.who.again import FIRM
from kuager.instruments.text.who.entry import Entry
from kuager.instruments.text.who.mention import parse
from kuager.instruments.text.who.roles import is_human
from kuager.instruments.text.who.sources import Registry

Range = tuple[int, int]

_MADE_REMARKS = re.compile(
    r"^(?P<who>.{3,60}?) (?:made|gave|delivered|issued) (?:the|his|her|those|these) (?:comments?"
    r"|remarks?|statements?|announcement|speech)\b"
)


#: "It was Dean Hollis who …", "There is the captain, Dean Hollis": whom such a sentence is about.
_IT_WAS = re.compile(
    r"(?:It|There|This|That) (?:is|was|were) (?:[a-z-]+,? ){0,4}?"
    r"(?P<who>(?:[A-Z][a-z]+\.? )?\b(?:" + "|".join(sorted(n.capitalize() for n in given.GIVEN)) + r") [A-Z][\w'’\-]+)"
)


_KIN = re.compile(
    r"\b(?:wife|husband|brother|sister|cousin|friend|aunt|uncle|mother|father|son|daughter|neighbou?r"
    r"|colleague|grandmother|grandfather|nephew|niece|nurse|doctor|driver|soldier|officer|worker"
    r"|man|woman|teacher|student|witness|resident|lawyer|(?:mother|father|sister|brother|son|daughter)-in-law"
    r"|dad|mum|mom|mate|gran|nan|granddad|boyfriend|girlfriend|partner)$",
    re.I,
)


#: What may stand before the name that opens a sentence, and a name that only owns what does.
_LEADS = re.compile(r"(?:(?:But|And|Yet|So|Then|Still|Meanwhile|Later|Instead|However),? |For )?")


_HIS_NAME = re.compile(
    r"\b(?:(?:[Hh]is|[Hh]er) name (?:is|was)|[Tt]he [a-z ]{3,30} (?:is|was) (?:[a-z]+ ){0,6}(?:called|named))"
    r" (?P<who>[A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+){1,2})"
)


_AS_FOR = re.compile(r"As for ")


_POSSESSED = re.compile(r"(?:[A-Z][\w.\-]*[ ]?)+['’]")


#: "Её слова подтвердил сотрудник колонии": whom "он" then refers to.
_BACKED = re.compile(
    r"(?:слова|информацию|сообщени[ея]|сведения|данные)\s+(?:также\s+)?(?:подтвердил"
    r"|опроверг)\w*\s+(?P<who>[^,.;:«»]{4,60})"
)


#: A sentence about "сорокалетний водитель Марат" or "Светлана Юн": whom "он" and "она" then refer to.
_CYRILLIC_PERSON = re.compile(
    r"(?:[А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі\-]+ ){0,3}?(?P<who>[А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі\-]{4,}(?:тель|тельница|щик"
    r"|ник|ница|ист|истка|ент|ентка|ач"
    r"|кат|ер|ор|ель|вец|тұрғыны?|дәрігері?"
    r"|мұғалімі?) [А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+(?: [А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+)?)(?!\w)"
)


#: Verbs by which the last speaker goes on.
_GOING_ON = frozenset("add continue conclude".split())


#: Marks a first-person reporting verb: the writer's own voice, no statement of another.
OWN = Entry("", None, "other", "person", True, False, "own voice")


#: What a phrase holds that was cut out wrongly: times, "a few minutes ago".
_NOBODY = re.compile(r".*\d:\d\d\b|.*\bago$", re.I)
_ALONE = frozenset(
    "he she they it we i you who another one others some many all both few several most none two three".split()
)


def _could_speak(phrase: str) -> bool:
    """Whether a phrase may name somebody; where it cannot, the speaker is left open."""
    word = phrase.strip().casefold()
    if _NOBODY.match(word):
        return False
    if not re.fullmatch(r"[a-z]+", phrase.strip()) or word in _ALONE:
        return True
    return is_human(word) or names.side(word) != "other" or names.kind(word, False) != "person"


class Speakers:
    """The sources of one page as its sentences name them; keeps who was last spoken of."""

    def __init__(self, view: str, registry: Registry, default_language: str) -> None:
        self.view = view
        self.registry = registry
        self.default = default_language
        self.said: list[Said] = []
        self._section = -1
        self._commenter: Entry | None = None
        self._last: Said | None = None
        self._footage = False
        self._previous: Range | None = None
        self._turns: set[str] = set()
        self._asked: Entry | None = None

    def _lead(self, drafts: list[Draft], row: Sequence[Item], spoken: str) -> None:
        """The sentence's own subject before "he says": "My brother's wife works there and she says …"."""
        mention = drafts[0].mention if drafts else None
        if spoken != "en" or mention is None or not row or mention[0] < row[0].start or drafts[0].start < mention[0]:
            return
        if self.view[slice(*mention)].casefold() not in ("he", "she", "they"):
            return
        opens = self.registry.cast.opens(row[0].start, row[0].start + 1)
        if opens is not None and not _POSSESSED.match(self.view, row[0].start):
            self.registry.touch(self.registry.enlist(opens))
            return
        at = next((k for k, item in enumerate(row) if item.start >= mention[0]), len(row))
        who = phrases.main_subject(row, at)
        if who is None or row[who[0]].start >= mention[0]:
            return
        where = (row[who[0]].start, row[who[1] - 1].end)
        phrase = self.view[slice(*where)]
        parsed = parse(phrase)
        if parsed.named and (parsed.given or self.registry.known(parsed.family)):
            self.registry.touch(self.registry.person(parsed))
        elif _KIN.search(phrase) or (self.registry.focus is None and is_human(names.head(phrase))):
            self.registry.resolve(where)

    def _chain(self, said: Said) -> list[Entry]:
        chain: list[Entry] = []
        step: Said | None = said
        while step is not None:
            if step.speaker is not None and step.speaker not in chain:
                chain.append(step.speaker)
            step = step.inside
        if self._commenter is not None and self._commenter not in chain:
            chain.append(self._commenter)
        return chain

    def _speaker(self, d: Draft, spoken: str) -> Entry | None:
        if d.mention is None:
            return None
        phrase = self.view[slice(*d.mention)]
        low = phrase.casefold().split("'")[0].split("’")[0]
        if low in ("i", "we", "я", "мы", "мен", "біз", "you", "вы"):
            return OWN
        if spoken == "en" and not _could_speak(phrase):
            return None
        if d.lemma in _GOING_ON and low in ("he", "she"):
            last = self._last
            near = last is not None and self._previous is not None and last.sentence[0] >= self._previous[0]
            if (
                near
                and last is not None
                and last.speaker is not None
                and self.registry.goes_on(last.speaker, low, last.end)
            ):
                return self.registry.again_as(last.speaker, d.mention)
        if low in ("he", "she") and d.start >= d.mention[0]:
            self.registry.named_here("m" if low == "he" else "f", d.mention[0])
        base = d.base
        firm = FIRM.match(self.view, d.start, d.end) if low == "it" and d.start < d.mention[0] else None
        if firm is not None:  # "The company expects …, it said"
            base = firm.group()
        return self.registry.resolve(d.mention, base)

    def _notice(self, sentence: Range, row: Sequence[Item], spoken: str, drafts: Sequence[Draft]) -> None:
        """Keeps track of persons named outside quotations, so that "he" finds them."""
        a, b = sentence
        speaks = bool(drafts)
        if spoken != "en":
            backed = _BACKED.search(self.view, a, b)
            if backed is not None and not speaks:
                self.registry.resolve(backed.span("who"))
                return
            if speaks or (row and row[0].quote is not None):
                return
            there = self.registry.cast.subjects(a, min(b, a + 110))
            named = next(
                (p for at, p in there if cyrillic_notice.stands_as_subject(self.view, at, p.name, spoken)), None
            )
            stands = cyrillic_notice.subject(self.view, a, b, spoken)
            several = stands is not None and names.kind(self.view[slice(*stands)], False) == "collective"
            if named is not None and not several:
                self.registry.touch(self.registry.enlist(named))
                return
            if stands is not None and (
                names.kind(self.view[slice(*stands)], False) != "person" or "," in self.view[slice(*stands)]
            ):
                self.registry.resolve(stands)
                return
            m = _CYRILLIC_PERSON.match(self.view, a, min(b, a + 120))
            if m is not None and names.kind(m["who"], False) == "person":
                parsed = parse(m["who"])
                if parsed.named:
                    self.registry.touch(self.registry.person(parsed))
            return
        if spoken == "en":
            made = _MADE_REMARKS.match(self.view[a:b])
            if made and self._last is not None and self._last.speaker is not None and not self._last.speaker.family:
                self.registry.alias((a, a + made.end("who")), self._last.speaker)
                return
            called = _HIS_NAME.search(self.view, a, b)
            if called is not None and self.registry.focus is not None and not self.registry.focus.family:
                self.registry.alias(called.span("who"), self.registry.focus)
                return
            if called is not None:
                self.registry.touch(self.registry.person(parse(called["who"])))
                return
            about = _AS_FOR.match(self.view, a, b)
            spoken_of = self.registry.cast.opens(about.end(), about.end() + 1) if about else None
            if spoken_of is not None:
                self.registry.touch(self.registry.enlist(spoken_of))
                return
            if not row or any(d.mention and d.mention[0] <= row[0].start + 4 for d in drafts):
                return  # who opens the sentence speaks
            lead = _LEADS.match(self.view, a, b)
            opens = self.registry.cast.opens(lead.end(), lead.end() + 1) if lead else None
            if opens is not None and not _POSSESSED.match(self.view, lead.end() if lead else a, b):
                self.registry.touch(self.registry.enlist(opens))
                return
            if speaks:
                return
            who = phrases.main_subject(row, len(row))
            if who is None:
                verb = next((k for k in range(2, len(row)) if is_verb(row, k)), None)
                who = phrases.left_of(row, verb - 1) if verb is not None else None
                if who is None and verb is not None and is_capital(row[verb - 1]):
                    first = verb - 1
                    while first > 1 and is_capital(row[first - 1]):
                        first -= 1
                    who = (first, verb)
            if who is not None and row[who[0]].low in ("he", "she"):
                self.registry.follow(row[who[0]].low)
                return
            if who is not None and row[who[0]].low in ("it", "there", "this", "that"):
                it_was = _IT_WAS.match(self.view, a, b)
                if it_was is not None:
                    self.registry.touch(self.registry.person(parse(it_was["who"])))
                return
            if who is not None:
                phrase = self.view[row[who[0]].start : row[who[1] - 1].end]
                parsed = parse(phrase)
                told = parsed.role is not None and is_human(names.head(parsed.role.split(",")[0]))
                if parsed.named and (parsed.given or told or self.registry.known(parsed.family)):
                    self.registry.touch(self.registry.person(parsed))
                elif not parsed.named:
                    copula = who[1] < len(row) and row[who[1]].low in ("is", "was", "are", "were", "has", "had")
                    self.registry.notice((row[who[0]].start, row[who[1] - 1].end), not copula)
                    heard = self.registry.focus
                    if who[1] < len(row) and row[who[1]].low in CUES and heard is not None and heard.at >= a:
                        heard.spoke = a  # "The captain warned me."
