"""Who is quoted on a page: mentions gathered into sources, by name, by pronoun or by description."""

from __future__ import annotations

import re

from kuager.instruments.text.cyrillic import mention as cyrillic_mention
from kuager.instruments.text.who import names
from kuager.instruments.text.who.again import (
    AGENCY_AGAIN,
    BODY_AGAIN,
    COMPANY,
    DESCRIPTION_AGAIN,
    EPITHET,
    FIRM,
    GROUP_AGAIN,
    INDEFINITE,
    OFFICES,
    PRONOUN,
    PRONOUN_LIKE,
    PUBLIC,
)
from kuager.instruments.text.who.cast import surname
from kuager.instruments.text.who.entry import Entry
from kuager.instruments.text.who.mention import is_body, is_named_body, names_key, parse
from kuager.instruments.text.who.pronouns import Pronouns
from kuager.instruments.text.who.roles import is_human, sex

Range = tuple[int, int]


def _ministry(name: str) -> str:
    """What a ministry is for, by its first letters: "Минздрав" and "министерство здравоохранения"."""
    m = re.match(r"мин(?:истерств[оа]\s+)?(?:внутренних\s+|иностранных\s+)?(?P<what>[а-яё]{3,})$", name) or re.match(
        r"министерств[оа]\s+(?P<what>[а-яё]{3,})", name
    )
    return m["what"][:4] if m and not m["what"].startswith(("ист", "инг")) else ""


class Registry(Pronouns):
    """The page's sources, and the way from a mention to one of them."""

    def resolve(self, mention: Range, base: str | None = None) -> Entry | None:
        """The source that a mention names; ``base`` is its nominative where the text has another case."""
        phrase = base or self.view[slice(*mention)]
        self._at = mention[0]
        low = phrase.casefold().strip().replace("’", "'")
        if PRONOUN_LIKE.match(low):
            low = low.split("'")[0]
        self.by = "pronoun" if low in PRONOUN else "description"
        entry = self._pronoun(low) if low in PRONOUN else self._named(phrase)
        if entry is None:
            return None
        if low not in PRONOUN and self.by == "description" and entry.mentions:
            self.by = "description again"
        if mention not in entry.mentions:
            entry.mentions.append(mention)
        self.touch(entry)
        return entry

    def notice(self, mention: Range, acts: bool) -> None:
        """A subject that does not speak here: a body ("it"), or somebody not named ("A fisherman …", then "he").

        "His deputy walked us out" is who "he" is next; "His father was a smith" is so only where gender tells.
        """
        phrase = self.view[slice(*mention)]
        self._at = mention[0]
        head = names.head(phrase.split(",")[0])
        known = self._epithet(head)
        if known is not None:
            self.touch(known)
            return
        kind = names.kind(phrase, False)
        named = self.cast.in_role(re.findall(r"[\w’'\-]+", head.casefold()), self._before)
        if kind == "person" and named is not None and re.match(r"the\b", head, re.I):
            self.touch(self.enlist(named))
            return
        body = kind == "organisation" and not parse(phrase).named
        someone = kind == "person" and re.match(r"(?:an?|another|one|the)\b", head, re.I) and is_human(head)
        if kind == "person" and re.match(r"(?:his|her|their|its)\b", head, re.I) and is_human(head):
            mine = self.focus.gender if self.focus is not None else ""
            someone = acts or bool(mine and sex(head) and mine != sex(head))
        if body or someone:
            self.resolve(mention)
        else:
            self.again(phrase)

    def _epithet(self, head: str) -> Entry | None:
        """ "The fuming frontman", "the congressman": whom the page names in that office, or else who spoke last."""
        if not EPITHET.match(head) or self.focus is None or not self.focus.family:
            return None
        named = self.cast.in_role(re.findall(r"[\w’'\-]+", head.casefold()), self._before)
        return self.enlist(named) if named is not None else self.focus

    def again(self, phrase: str) -> None:
        """ "The colonel himself seems …": touches the named person whom a description stands for, if one is known."""
        words = re.sub(r"\s+(?:him|her)self$", "", phrase.strip())
        if not re.match(r"the\b", words, re.I):
            return
        known = self._described(words, names_key(words), "person")
        if known is not None and known.family:
            self.touch(known)

    def _named(self, phrase: str) -> Entry | None:
        known = self._epithet(names.head(phrase.split(",")[0]))
        if known is not None:
            return known
        aged = re.fullmatch(r"the [^,]{3,40}, \d\d,?", phrase.strip(), re.I)
        if aged and self.focus is not None and self.focus.family and self.focus.at >= self._paragraph:
            return self.focus  # "The Labour stalwart, 66,"
        if self.body is not None and BODY_AGAIN.fullmatch(phrase.strip()):
            stem = re.sub(r"^в ", "", phrase.strip().casefold())[:7]
            bodies = [e for e in reversed(self.recent) if e.kind == "organisation"]
            free = re.match(r"организаци|ұйым", phrase.strip(), re.I) is not None
            bodies = [e for e in bodies if (e.side != "authorities") == free]
            called = next((e for e in bodies if stem in e.name.casefold()), None)
            again = called or next(iter(bodies), None)
            if again is not None:
                return again
        if re.fullmatch(r"the (?:statement|post|tweet)", phrase.strip(), re.I) and self.recent:
            return self.recent[-1]
        if GROUP_AGAIN.fullmatch(phrase.strip()):
            groups = (e for e in reversed(self.recent) if e.kind == "organisation" and e.side in ("ngo", "other"))
            group = next((e for e in groups if e.name[:1].isupper()), None)
            if group is not None:
                return group
        if FIRM.fullmatch(phrase.strip()):
            firm = self._firm()
            if firm is not None:
                return firm
        if re.fullmatch(r"the (?:source|insider|pal|onlooker)", phrase.strip(), re.I):
            unnamed = (e for e in reversed(self.recent) if e.anonymous and e.kind == "person")
            again = next((e for e in unnamed if e.spoke >= self._paragraph), None)
            if again is not None:
                return again
        parsed = parse(phrase)
        if parsed.named and not parsed.given and self._common(phrase):
            parsed.named = False
        if parsed.named:
            self.by = "name" if parsed.given else "family name"
            return self.person(parsed)
        name = parsed.name.strip()
        if not name:
            return None
        low = names_key(name)
        body = is_body(phrase.split(",")[0]) and not is_human(names.head(phrase.split(",")[0]))
        collective = names.kind(name, False)
        body = body and names.cyrillic_kind(phrase) not in ("person", "collective")
        of_body = parsed.role is not None and names.kind(parsed.role, False) == "organisation"
        the_named = is_named_body(phrase)
        collective = "organisation" if (body or of_body or the_named) and collective == "person" else collective
        if not body and not INDEFINITE.match(phrase):
            known = self._described(phrase, low, collective)
            if known is not None:
                return known
            if collective == "person" and re.match(r"the\b", phrase, re.I):
                named = self.cast.in_role(re.findall(r"[\w’'\-]+", names.head(low.split(",")[0])), self._before)
                if named is not None:
                    return self.enlist(named)
            held = self._holder(phrase) if collective == "person" else None
            if held is not None:
                return held
            if AGENCY_AGAIN.fullmatch(phrase.strip()):
                spoke = (e for e in reversed(self.recent) if e.kind == "organisation" and e.side == "authorities")
                agency = next(spoke, None) or next((e for e in reversed(self.recent) if is_body(e.name)), None)
                if agency is not None:
                    return agency
            if (
                self.focus is not None
                and DESCRIPTION_AGAIN.fullmatch(phrase.strip())
                and self.focus.family
                and self.focus.at >= self._paragraph
            ):
                return self.focus
        anonymous = not body and collective in ("person", "collective")
        local = bool(INDEFINITE.match(phrase)) or (
            anonymous and names.side(name) in ("witness", "protesters", "medical", "other")
        )
        key = f"{collective}|{low}" + (f"|{self._section}" if local else "")
        return self._make(key, name, parsed.role, phrase, collective, anonymous)

    def _holder(self, phrase: str) -> Entry | None:
        """ "министр", "аким области": the one person of the page who is called so."""
        if not re.search(r"[а-яёәғқңөұүһі]", phrase) or len(phrase.split()) > 4:
            return None
        held = self.cast.holders(set(re.findall(r"[\w\-]+", phrase.casefold())), self._before)
        if len(held) == 1 or (held and any(self._paragraph_before <= at < self._at for at in held[0].at)):
            return self.enlist(held[0])
        return None

    def _common(self, phrase: str) -> bool:
        """Whether a capitalised word that opens a sentence is a common noun: "Survivors said"."""
        word = phrase.split(",")[0].strip()
        if re.fullmatch(r"[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{2,}", word):  # "Перевозчик", "Пожарный", "Ағам"
            opens = re.search(r"(?:^|[\n.!?”»]\s*)$", self.view[max(0, self._at - 3) : self._at]) is not None
            return opens and not surname(word) and not self.known(word) and cyrillic_mention.is_common(word)
        return (
            re.fullmatch(r"[A-Z][a-z]{3,}s", word) is not None
            and re.search(r"(?:^|[\n.!?”\"]\s*)$", self.view[max(0, self._at - 3) : self._at]) is not None
            and re.search(rf"\b{word.lower()}\b", self.view) is not None
        )

    def _firm(self) -> Entry | None:
        """ "the company": the company named last that spoke, or else the page's first company."""
        spoke = next((e for e in reversed(self.recent) if COMPANY.search(e.name)), None)
        if spoke is not None:
            return spoke
        m = COMPANY.search(self.view)
        if m is None:
            bodies = (e for e in reversed(self.recent) if e.kind == "organisation" and e.side == "other")
            return next((e for e in bodies if e.name[:1].isupper() and not PUBLIC.search(e.name)), None)
        name = m.group()
        return self._make(f"organisation|{name.casefold()}", name, None, name, "organisation", False)

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
        office = OFFICES.get(low)
        ministry = _ministry(low) if kind == "organisation" else ""
        for entry in reversed(self.entries):
            if ministry and entry.kind == "organisation" and _ministry(names_key(entry.name)) == ministry:
                return entry
            if office is not None and entry.family and office.search(entry.role or ""):
                return entry
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
                        or (words[0] == role.split()[0] and not re.search(r"[а-яё]", low))
                        or (re.search(r"[а-яё]", low) and set(head) <= set(re.findall(r"\w+", role)))
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
