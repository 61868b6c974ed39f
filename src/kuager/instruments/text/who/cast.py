"""Whom a page names: persons with their full names, roles and gender, and where each is mentioned.

A newspaper names a person whole once ("Mayor Denise Albright", "Lena Okafor, the center's director") and bare or by
the role afterwards ("Albright", "the mayor", "she"). This is read off the text before anything is attributed, so
that a bare name or a role finds the person whatever part of a sentence introduced them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kuager.instruments.text.cyrillic import cast as cyrillic_cast
from kuager.instruments.text.cyrillic import given as cyrillic_given
from kuager.instruments.text.sentences import quotes
from kuager.instruments.text.who import given as given_names
from kuager.instruments.text.who import names
from kuager.instruments.text.who.name_words import (
    ASIDE,
    LETTERS,
    MODIFIERS,
    NOT_A_NAME,
    PARTICLES,
    STARTERS,
    TITLES,
    WHOLE,
)
from kuager.instruments.text.who.place_words import PLACE_FIRST, PLACE_WORD, THINGS
from kuager.instruments.text.who.roles import APPOSED, KIN_NAMED, PEOPLE, ending, is_human, role_before, sex, tidy

Range = tuple[int, int]

_CAPITAL = (
    r"(?:(?:[A-Z]\.)+|(?:Mrs?|Ms|Dr|Prof|Sens?|Reps?|Gov|Brig|Gen|Col|Lt|Capt|Sgt|Maj|Cpl|Pfc|Det|Insp|Asst|Rev|Fr"
    r"|St|Hon|Supt|Cmdr|Adm|Atty"
    r"|Jr|Sr|Pvt|Spc|Msgr)\.|[A-ZÀ-Þ][\w’'\-]*)"
)
_RUN = re.compile(rf"{_CAPITAL}(?:[ ](?:{_CAPITAL}|(?:de|von|van|al|bin|ben|la|der|di|el|da|dos|del|du|le)(?= )))*")
_CYRILLIC = re.compile(
    r"(?<![А-ЯЁӘҒҚҢӨҰҮҺІа-яёәғқңөұүһі«])(?P<given>[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+) "
    r"(?P<family>[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]+(?:-[А-ЯЁ][а-яё]+)?)(?!\w)(?! [А-ЯЁӘҒҚҢӨҰҮҺІ][а-яё])"
)
_PATRONYMIC = re.compile(r"(?:[вьмк]ич|вн|ичн)(?:а|у|ем|е|ы|ой)?$")
_CYRILLIC_WORD = re.compile(r"(?<![\w-])[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{2,}(?:-[А-ЯЁ][а-яё]+)?(?!\w)")
_CYRILLIC_FAMILY = re.compile(
    r"(?:[оеё]в|[иы]н|ский|цкий|енко|юк|ук|ян|дзе|швили|ұлы|қызы|бай|бек|хан)(?:а|ой|у|ым|ом|е|ого|ому|ая|ның|нің|ың"
    r"|ің)?$"
)


_NO_PERSON = re.compile(
    r" (?:облыс|аудан|көше|қала|ауыл|област|район|улиц|город|край|проспект|университет|компани|банк|партия)", re.I
)


_BYLINE = re.compile(r"\s*(?:(?:By|BY)\s+[A-Z]|(?:by|from|in (?:response|reply) to|replying to)\b\s*:?)", re.I)


def surname(word: str) -> bool:
    """Whether a Cyrillic word ends as family names do."""
    return _CYRILLIC_FAMILY.search(word) is not None


def _trade(run: Sequence[str]) -> bool:
    """Whether the first of several capitalised words is what somebody does: "Plumber Gary Tonks"."""
    first, second = (w.lower().strip(".") for w in run[:2])
    return first not in given_names.GIVEN and second in given_names.GIVEN and is_human(first)


@dataclass(slots=True, eq=False)
class Named:
    """A person as the page names them: folded names, the name and role as written, gender, and mentions."""

    family: str
    given: str
    name: str
    role: str
    gender: str
    at: list[int] = field(default_factory=list)
    #: The name in the cases it is written in, where its language has them.
    forms: list[str] = field(default_factory=list)

    def roles(self, words: set[str]) -> bool:
        """Whether the role holds all of these words."""
        mine = {w for each in re.findall(r"[\w’'\-]+", self.role.casefold()) for w in (each, *WHOLE.get(each, ()))}
        return words <= mine


class Cast:
    """The persons of a page."""

    def __init__(self, view: str) -> None:
        self._families: dict[str, list[Named]] = {}
        self._givens: dict[str, list[Named]] = {}
        self._mentions: list[tuple[int, Named]] = []
        self._starts: list[int] = []
        self._strange: list[int] = []
        self._unknown: set[str] = set()
        self._stems: dict[str, list[Named]] = {}
        bare: list[tuple[int, str, str]] = []
        cyrillic: list[tuple[int, str]] = []
        at = 0
        for line in view.splitlines(keepends=True):
            marks = quotes(view, at, at + len(line)) if any(c in line for c in "\"“«„'‘") else []
            quoted = [(q.start, q.end) for q in marks]
            if _BYLINE.match(line):
                quoted = [(at, at + len(line))]  # who signs is nobody whom "she" means
            for m in _RUN.finditer(line):
                self._latin(view, at, m, line, quoted, bare)
            if line.isascii():
                at += len(line)
                continue
            for m in _CYRILLIC.finditer(line):
                self._cyrillic(at, m, line, quoted)
            cyrillic.extend(
                (at + m.start(), m.group())
                for m in _CYRILLIC_WORD.finditer(line)
                if not any(a <= at + m.start() < b for a, b in quoted)
            )
            at += len(line)
        self._bare(bare)
        whole = {(where, person.family) for where, person in self._mentions}
        for where, word in cyrillic:
            called = self._families.get(names.fold(word), ())
            # A family name alone, in the nominative; one beside a given name stands among the mentions already.
            if (
                len(called) == 1
                and called[0].name.endswith(word)
                and not any((where - back, called[0].family) in whole for back in range(2, 20))
            ):
                self._mentions.append((where, called[0]))
        self._mentions.sort(key=lambda x: x[0])
        self._strange.sort()
        self._starts = [x[0] for x in self._mentions]

    @property
    def persons(self) -> list[Named]:
        """Everybody who is named whole, by family and in each case as written: what masking rests on."""
        whole = [person for several in self._families.values() for person in several]
        return [each for p in whole for each in (p, *(replace(p, name=form) for form in p.forms if form != p.name))]

    def whole(self, family: str, before: int) -> Named | None:
        """The one person of that (folded) family name whom the page named whole before ``before``."""
        found = [p for p in self._families.get(family, ()) if p.given and p.at and p.at[0] < before]
        if len(found) > 1:
            return None
        return found[0] if found else None

    def align(self, given: str, family: str) -> tuple[str, str]:
        """The folded given and family name under which the page knows a Cyrillic name, whatever its case."""
        known = self._stems.get(cyrillic_cast.stem(family), [])
        if given:
            known = [p for p in known if cyrillic_cast.same_word(p.name.split()[0], given)]
        families = {p.family for p in known}
        if len(families) != 1:
            return names.fold(given), names.fold(family)
        return (known[0].given if given else ""), families.pop()

    def holders(self, words: set[str], before: int) -> list[Named]:
        """The persons whose role holds all ``words``, the last mentioned before ``before`` first."""
        there = (p for _, p in reversed(self._mentions[: bisect_left(self._starts, before)]) if p.roles(words))
        return list(dict.fromkeys(there))

    def role_of(self, given: str, family: str) -> str:
        """The role that the page tells of a person elsewhere, by folded names in Cyrillic; nothing for others."""
        called = (p for p in self._families.get(family, ()) if p.given == given and p.forms)
        return next((p.role for p in called if p.role), "")

    def gender_of(self, family: str) -> str:
        """The gender of the one person of that (folded) family name, where the page tells it."""
        called = self._families.get(family, ())
        return called[0].gender if len(called) == 1 else ""

    def namesakes(self, family: str, before: int, gender: str) -> list[Named]:
        """The persons of that (folded) family name whom the page named whole before ``before``."""
        return [
            p
            for p in self._families.get(family, ())
            if p.given and p.at and p.at[0] < before and not (gender and p.gender and p.gender != gender)
        ]

    def first_name(self, given: str, before: int) -> Named | None:
        """The one person of that (folded) given name whom the page named before ``before``."""
        found = [p for p in self._givens.get(given, ()) if p.family != given and p.at and p.at[0] < before]
        return found[0] if len(found) == 1 else None

    def in_role(self, words: Sequence[str], before: int) -> Named | None:
        """The person last mentioned before ``before`` whose role holds all ``words``: "the mayor"."""
        wanted = {w for w in words if w not in ASIDE}
        if not wanted:
            return None
        phrase = " ".join(words)
        gender = sex(phrase)
        for _, person in reversed(self._mentions[: bisect_left(self._starts, before)]):
            if person.given and person.roles(wanted) and not (gender and person.gender and gender != person.gender):
                return person
        return None

    def near(self, gender: str, after: int, before: int, perhaps: bool = False) -> tuple[int, Named] | None:
        """The person last mentioned outside quotations in ``after`` … ``before`` whose gender is known to be so.

        With ``perhaps``, where there is none, one whose gender is not known. With where they were mentioned.
        """
        first, last = bisect_left(self._starts, after), bisect_left(self._starts, before)
        there = self._mentions[first:last][::-1]
        known = next((m for m in there if m[1].gender == gender or (not gender and m[1].given)), None)
        return known or next((m for m in there if perhaps and not m[1].gender), None)

    def mentioned(self, after: int, before: int) -> list[Named]:
        """The persons mentioned outside quotations in ``after`` … ``before``."""
        first, last = bisect_left(self._starts, after + 1), bisect_left(self._starts, before)
        return [person for _, person in self._mentions[first:last]]

    def strangers(self, after: int, before: int) -> int:
        """How many words between may name a person whom nothing tells to be one: "Yassin Trabelsi"."""
        return bisect_left(self._strange, before) - bisect_left(self._strange, after + 1)

    def opens(self, start: int, limit: int) -> Named | None:
        """The person whose name opens a sentence: "Mr. Harlan, speaking to reporters, …"."""
        k = bisect_left(self._starts, start)
        if k == len(self._starts) or self._starts[k] >= limit:
            return None
        return self._mentions[k][1]

    def subjects(self, start: int, limit: int) -> list[tuple[int, Named]]:
        """The persons mentioned in ``start`` … ``limit``, with where."""
        return self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, limit)]

    # --- reading --------------------------------------------------------------------------------------------------

    def _latin(
        self,
        view: str,
        base: int,
        m: re.Match[str],
        line: str,
        quoted: list[Range],
        bare: list[tuple[int, str, str]],
    ) -> None:
        words = m.group().rstrip(".").split()
        start = m.start()
        while (
            words
            and words[0].lower().strip(".,") in STARTERS
            and not (len(words) > 1 and words[0].lower().strip(".") in given_names.GIVEN)
        ):
            start += len(words[0]) + 1
            words.pop(0)
        while len(words) > 2 and re.search(r"(?:['’]s|s['’])$", words[0]):
            start += len(words[0]) + 1  # "Labour's Giles Hanbury"
            words.pop(0)
        if len(words) > 2 and words[-1] in LETTERS:
            words.pop()
        if not words or len(words) > 8:
            return
        title = 0
        for k, word in enumerate(words[:-1] if len(words) > 1 else []):
            low = word.lower().strip(".")
            if low in TITLES and not (low in given_names.GIVEN and k == 0 and len(words) == 2):
                title = k + 1
        heads, run = words[:title], words[title:]
        while len(run) > 2 and (run[0].lower().strip(".") in MODIFIERS or _trade(run)):
            heads.append(run.pop(0))
        whole = " ".join(run)
        run = [w for w in run if w.lower().strip(".") not in ("jr", "sr", "ii", "iii")]
        if not run or len(run) > 4 or any(w.lower() in NOT_A_NAME for w in run) or run[-1].lower() in PARTICLES:
            return
        where = base + start
        role = " ".join(heads).strip()
        before = line[max(0, start - 60) : start]
        after = line[m.end() : m.end() + 140]
        if len(run) == 1:
            word = re.sub(r"['’]s?$", "", run[0])
            lead = role_before(before)
            if heads:
                bare.append((where, word, role))
            elif lead and (kin := KIN_NAMED.search(before)) and after[:1] == "," and word.lower() not in NOT_A_NAME:
                self._add(where, word, "", word, kin["role"], quoted)
            elif lead and not before.rstrip().endswith(",") and sex(lead["role"]):
                self._add(where, word, "", word, lead["role"], quoted)
            else:
                bare.append((where, word, ""))
            return
        if PLACE_WORD.search(whole) or (run[-1].isupper() and len(run[-1]) > 1):
            return
        run[-1] = re.sub(r"['’]s?$", "", run[-1])
        first = run[0].strip(".").lower()
        if not role and first not in given_names.GIVEN and (first in PLACE_FIRST or run[-1] in THINGS):
            return
        called = before.endswith(
            (" is called ", " was called ", " is named ", " was named ", " name is ", " name was ")
        )
        lead = None if role else role_before(before)
        apposed = APPOSED.match(after)
        fits = apposed is not None and (
            apposed["age"] is not None
            or re.match(r"(?:an?|the|his|her|their|its|who|whose|one of)\b", apposed["role"])
            or bool(re.search(rf"\b{PEOPLE.pattern}\b", apposed["role"]))
        )
        if not (role or called or first in given_names.GIVEN or lead or fits or re.match(r" \([RD]-", after)):
            if not any(a <= where < b for a, b in quoted):
                self._strange.append(where)
                self._unknown.add(names.fold(run[-1]))
            return
        told = role or (tidy(lead["role"]) if lead else "")
        if fits and apposed is not None:
            named = bool(re.search(rf"\b{PEOPLE.pattern}\b", apposed["role"]))
            described = named or re.match(r"(?:an?|the|his|her|their|its|who|whose|one of)\b", apposed["role"])
            if described:
                told = f"{told}, {apposed['role']}" if told else apposed["role"]
        self._add(where, run[-1], run[0].strip("."), " ".join(run), told.strip(" ,"), quoted)

    def _cyrillic(self, base: int, m: re.Match[str], line: str, quoted: list[Range]) -> None:
        within = re.search(r"[а-яёәғқңөұүһі] $|(?:^|[.!?…»] )(?:С|У|К|О|Об|От|Для|За) $", line[: m.start()])
        if (
            not _CYRILLIC_FAMILY.search(m["family"])
            and not (
                re.search(r"[а-яёәғқңөұүһі], $", line[: m.start()])
                and line[m.end() : m.end() + 1] == ","
                and not _NO_PERSON.match(line, m.end())
            )
            and not (
                within and re.match(r"\W|\s[а-яё]", line[m.end() :] or ".") and not _NO_PERSON.match(line, m.end())
            )
            and not (cyrillic_given.is_given(m["given"]) and not _NO_PERSON.match(line, m.end()))
        ):
            return
        start, given, form = m.start(), m["given"], m.group()
        patronymic = _PATRONYMIC.search(given) and re.search(r"(?<!\w)([А-ЯЁ][а-яё]+) $", line[:start])
        if patronymic:
            start, given = patronymic.start(1), patronymic[1]
            form = f"{given} {form}"
        given, family = cyrillic_cast.named(line[:start], given, m["family"])
        role = cyrillic_cast.role(line[:start], line[m.end() : m.end() + 140])
        person = self._declined(base + start, given, family, role, quoted)
        if form not in person.forms:
            person.forms.append(form)

    def _declined(self, at: int, given: str, family: str, role: str, quoted: list[Range]) -> Named:
        """Adds a person under the name already known, if it is the same in another case."""
        known = self._stems.setdefault(cyrillic_cast.stem(family), [])
        person = next((p for p in known if cyrillic_cast.same_word(p.name.split()[0], given)), None)
        if person is None:
            self._add(
                at,
                family,
                given,
                f"{given} {family}",
                role,
                quoted,
                ending(given, family) or cyrillic_given.gender(given),
            )
            known.append(self._families[names.fold(family)][-1])
            return known[-1]
        if cyrillic_cast.rank(given) < cyrillic_cast.rank(person.name.split()[0]):
            person.name, person.gender = f"{given} {family}", ending(given, family) or person.gender
        person.role = person.role or role
        person.at.append(at)
        if not any(a <= at < b for a, b in quoted):
            self._mentions.append((at, person))
        return person

    def _add(
        self, at: int, family: str, given: str, name: str, role: str, quoted: list[Range], gender: str = ""
    ) -> None:
        folded, first = names.fold(family), names.fold(given)
        person = next((p for p in self._families.get(folded, ()) if p.given == first or not first), None)
        if person is None:
            person = Named(folded, first, name, role, "")
            self._families.setdefault(folded, []).append(person)
            self._givens.setdefault(first, []).append(person)
        elif role and not person.role:
            person.role = role
        # "whose son is missing" and "a friend of his mother" do not tell who they are themselves.
        own = "" if role.startswith("whose") else names.head(role)
        person.gender = person.gender or gender or sex(own) or given_names.gender(given)
        person.at.append(at)
        if not any(a <= at < b for a, b in quoted):
            self._mentions.append((at, person))

    def _bare(self, bare: list[tuple[int, str, str]]) -> None:
        """Family names alone, "Ms. Bader": mentions of persons named whole elsewhere, whose gender a title tells."""
        for at, word, title in bare:
            found = self._families.get(names.fold(word), [])
            if not found:
                found = [p for p in self._givens.get(names.fold(word), ()) if p.family != p.given]
            if not found and title and word.lower() not in NOT_A_NAME:
                self._add(at, word, "", f"{title} {word}", title, [])  # "Sergeant Novak", never named whole
                continue
            if len(found) != 1:
                if names.fold(word) in self._unknown:
                    self._strange.append(at)
                continue
            person = found[0]
            if not person.gender and title:
                person.gender = sex(title)
            person.at.append(at)
            self._mentions.append((at, person))
        for family in self._families.values():
            for p in family:
                p.at.sort()
