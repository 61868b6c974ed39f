"""Who is quoted on a page: mentions gathered into sources, pronouns resolved, commenters kept apart."""

from __future__ import annotations

import re

from kuager.instruments.text import given as given_names
from kuager.instruments.text import names
from kuager.instruments.text.again import (
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
from kuager.instruments.text.cast import SOMEONE, Cast, Named, ending, is_human, sex
from kuager.instruments.text.entry import MAX_RECENT, Entry
from kuager.instruments.text.folding import Folded
from kuager.instruments.text.mention import Parsed, is_body, is_named_body, names_key, parse
from kuager.instruments.text.model import Source

Range = tuple[int, int]


#: How far back "he" may reach past the paragraph before, in characters: over the lines of a dialogue.
_NEAR = 250


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
        self._paragraph = self._paragraph_before = 0
        self._sentence = self._sentence_before = 0
        #: Where a "he" or "she" was last left open, by gender: the next one may be the same unknown person.
        self._open: dict[str, int] = {}
        self.body: Entry | None = None
        self.recent: list[Entry] = []
        self._section = -1
        self.cast = Cast(view)
        self._at = 0
        #: By which way the last mention was resolved (``said.Said.by``).
        self.by = ""

    def reach(self, near: int, paragraph: int, sentence: int) -> None:
        """Says from where on "she" may find a person who was only mentioned, and where paragraph and sentence begin."""
        self._near = near
        if paragraph != self._paragraph:
            self._paragraph_before = self._paragraph
        self._paragraph = paragraph
        self._sentence_before, self._sentence = self._sentence, sentence
        self._at = sentence

    def enter(self, section: int) -> None:
        """Starts a section of its own (the article is −1, then each comment): pronouns do not reach across."""
        self._section = section
        self.focus = self.group = self.body = None
        self.recent = []
        self._open = {}

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

    def touch(self, entry: Entry | None) -> None:
        """Makes a source the one that "he", "she", "they" or "it" next refers to."""
        if entry is None:
            return
        entry.at = self._at
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

    def follow(self, pronoun: str) -> None:
        """A sentence's subject "he" or "she" that does not speak here: touches whom it means."""
        entry = self._pronoun(pronoun)
        if entry is not None:
            self.touch(entry)

    def notice(self, mention: Range, acts: bool) -> None:
        """A subject that does not speak here: a body ("it"), or somebody not named ("A fisherman …", then "he").

        "His deputy walked us out" is who "he" is next; "His father was a smith" is so only where gender tells.
        """
        phrase = self.view[slice(*mention)]
        self._at = mention[0]
        head = names.head(phrase.split(",")[0])
        if EPITHET.match(head) and self.focus is not None and self.focus.family:
            self.touch(self.focus)
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
            found = self._antecedent(gender, low in ("he", "she", "он", "она", "ол"))
            if found is None:
                self._open[gender] = self._at
            return found
        if low in ("they", "them", "their", "они", "олар"):
            self.by = "they"
            return self.group or next((e for e in reversed(self.recent) if e.plural), None)
        if low in ("it", "its", "оно"):
            self.by = "it"
            return self.body or (self.group if self.group is not None and self.group.kind != "collective" else None)
        return None

    def _antecedent(self, gender: str, subject: bool) -> Entry | None:
        """Whom "he" means: who spoke last or stood last as a subject; ``None`` where it may be somebody else."""
        found = self.focus if self.focus is not None and self._fits(self.focus, gender) else None
        fresh = found is not None and found.at >= self._sentence_before
        if fresh and found is not None and gender and not found.gender and self._rival(found, gender):
            return None
        left_open = self._open.get(gender, -1)
        if left_open >= self._sentence_before and (found is None or found.at < left_open):
            return None
        near = None
        if subject and (found is None or (gender and found.gender != gender and not fresh)):
            near = self.cast.near(gender, self._since(found), self._at, found is None)
        elif subject and not fresh and found is not None and found.at < self._paragraph:
            # Who was named in the sentence before outweighs who spoke in a paragraph before.
            near = self.cast.near(gender, max(self._sentence_before, found.at + 1), self._sentence)
        if near is not None:
            found = self.enlist(near[1])
            found.at = max(found.at, near[0])
            if not self._alone(found, gender, self._near):
                return None
        if found is None:
            persons = (e for e in reversed(self.recent) if e.kind == "person" and not e.plural)
            found = next((e for e in persons if self._fits(e, gender)), None)
        if found is None or (found.at < self._paragraph_before and self._sentence - found.at > _NEAR):
            return None  # nobody, or nobody near
        if found.at < self._sentence_before and not self._alone(found, gender, found.at):
            return None
        if gender and not found.gender and found.family:
            found.gender = gender
        return found

    def _rival(self, found: Entry, gender: str) -> bool:
        """Whether, after somebody of unknown gender, a person known to be "he" was named, or stood as "him"."""
        if found.given in given_names.EITHER:
            return False
        # "One of the convicts, Alibek Dosov": a name right behind a description is theirs.
        after = found.mentions[-1][1] + 3 if found.mentions and found.mentions[-1][0] == found.at else found.at
        there = self.cast.mentioned(after, self._sentence)
        if re.search(
            r"\bhim\b" if gender == "m" else r"\bher\b(?=[.,;]| (?:of|to|for|in|on|about|with|that)\b)",
            self.view[after : self._sentence],
        ):
            return True
        return any(p.gender == gender and p.family != found.family for p in there)

    def _alone(self, found: Entry, gender: str, after: int) -> bool:
        """Whether nobody else whom "he" could mean stands between ``after`` and the sentence that is read."""
        for person in self.cast.mentioned(after, self._sentence):
            other = (person.family, person.given) != (found.family, found.given)
            if other and not (gender and person.gender and person.gender != gender):
                return False
        if self.cast.strangers(after, self._sentence):
            return False
        # Somebody unnamed in a later sentence: "A bus driver stopped."
        rest = re.search(r"[.!?][”\"»]?\s", self.view[after : self._sentence])
        someone = SOMEONE.finditer(self.view, after + rest.end(), self._sentence) if rest else ()
        return not any(sex(m.group()) in ("", gender) and not self._known(m.group()) for m in someone)

    def _known(self, phrase: str) -> bool:
        """Whether "the sheriff" is a person of the page who is named."""
        words = phrase.split()
        return words[0].casefold() == "the" and self.cast.in_role([w.casefold() for w in words], self._at) is not None

    def _since(self, found: Entry | None) -> int:
        """From where on somebody only mentioned outweighs ``found``, who spoke: after they last did."""
        return max(self._near, found.at + 1 if found is not None else 0)

    @staticmethod
    def _fits(entry: Entry, gender: str) -> bool:
        return not (gender and entry.gender and gender != entry.gender)

    def _named(self, phrase: str) -> Entry | None:
        if EPITHET.match(names.head(phrase.split(",")[0])) and self.focus is not None and self.focus.family:
            return self.focus
        if self.body is not None and BODY_AGAIN.fullmatch(phrase.strip()):
            stem = re.sub(r"^в ", "", phrase.strip().casefold())[:7]
            bodies = [e for e in reversed(self.recent) if e.kind == "organisation" and e.side == "authorities"]
            called = next((e for e in bodies if stem in e.name.casefold()), None)
            again = called or next(iter(bodies), None) or (self.body if self.body.side != "media" else None)
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

    def _common(self, phrase: str) -> bool:
        """Whether a capitalised plural that opens a sentence is a common noun: "Survivors said"."""
        word = phrase.strip()
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

    def _namesake(self, whole: list[Named], spoke: list[Entry]) -> Entry | None:
        """Which of several persons a bare family name means: the only one who was heard of just now."""
        heard = {e.given for e in spoke if e.at >= self._near}
        heard |= {p.given for p in whole if any(self._near <= at < self._at for at in p.at)}
        person = next((p for p in whole if {p.given} == heard), None)
        return self.enlist(person) if person is not None else None

    def person(self, parsed: Parsed) -> Entry | None:
        """The person a name stands for: by folded family name, and given name where both are known.

        ``None`` where a bare family name may be two persons'.
        """
        family, given = names.fold(parsed.family), names.fold(parsed.given)
        role = None if parsed.role and re.fullmatch(r"(?:mr|mrs|ms|miss|dr|sir)\.?", parsed.role, re.I) else parsed.role
        gender = given_names.gender(parsed.given) or ending(parsed.given, parsed.family)
        if not gender and parsed.role and not parsed.role.startswith("whose"):
            # "Mr. Mathieson's wife" is told by "wife".
            gender = sex(names.head(re.sub(r"^.*['’]s? ", "", parsed.role)))
        gender = gender or self.cast.gender_of(family)
        same = [e for e in self._families.get(family, ()) if self._fits(e, gender) and _same_given(given, e.given)]
        whole = self.cast.namesakes(family, self._before, gender) if not given else []
        if len(whole) > 1:
            return self._namesake(whole, same)
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
        office = OFFICES.get(low)
        for entry in reversed(self.entries):
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
            if kind == "person" and anonymous:
                entry.gender = sex(names.head(name))
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
