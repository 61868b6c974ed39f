"""Whom "he", "she", "they" and "it" mean, and when that cannot be told."""

from __future__ import annotations

import re

from kuager.instruments.text.english.lexicon import AUXILIARIES, VERBS
from kuager.instruments.text.russian import people as russian_people
from kuager.instruments.text.who import given as given_names
from kuager.instruments.text.who.again import INDEFINITE
from kuager.instruments.text.who.entry import Entry
from kuager.instruments.text.who.persons import Persons
from kuager.instruments.text.who.roles import SOMEONE, sex

Range = tuple[int, int]

#: How far back "he" may reach past the paragraph before, in characters: over the lines of a dialogue.
_NEAR = 250
#: The first of a pair that is one subject, and what stands before the second: "Marat Aliev, a welder, and".
_PAIR = re.compile(r"[\w.’'-]+(?:\s+[\w.’'-]+){0,3}?(?:,[^,.;!?]{1,80},)?\s+(?:and|и|мен|және)\s+")


_WRITTEN = re.compile(
    r"\b(?:an?|the|its|their|his|her) (?:[\w-]+ ){0,2}?(?:summary|statement|report|letter|memo|study|survey|review"
    r"|article|editorial|paper|document|leaflet|notice|complaint|lawsuit|suit|filing|ruling|verdict|post|email)\b"
)


_DONE_TO = re.compile(
    r"\b(?:accus|blam|criticis|criticiz|attack|challeng|charg|fault|mock)(?:e?d|es|s|ed)"
    r" (?P<whom>him|her)\b"
)
_NAME_AND_VERB = re.compile(r"(?:[A-Z][\w.'’-]* )+(?:[a-z]+ly )?(?P<verb>[a-z]+)\b")


class Pronouns(Persons):
    """Follows pronouns to those who spoke or stood as subjects, and leaves open what may mean two."""

    def follow(self, pronoun: str) -> None:
        """A sentence's subject "he" or "she" that does not speak here: touches whom it means."""
        entry = self._pronoun(pronoun)
        if entry is not None:
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
            if low in ("они", "олар"):
                return next((e for e in reversed(self.recent) if e.plural), None)
            return self.group or next((e for e in reversed(self.recent) if e.plural), None)
        if low in ("it", "its", "оно"):
            self.by = "it"
            if self.body is not None and self.body.at < self._sentence_before and self._paper():
                return None  # "The MPs put out a summary of the findings. It said": the summary
            return self.body or (self.group if self.group is not None and self.group.kind != "collective" else None)
        return None

    def goes_on(self, entry: Entry, pronoun: str, after: int) -> bool:
        """Whether "he added" is the person who spoke last, up to ``after``: gender fits, nobody was named since."""
        gender = "m" if pronoun == "he" else "f"
        if entry.kind != "person" or entry.plural or not self._fits(entry, gender):
            return False
        since = self.cast.mentioned(after, self._sentence)
        return not any(p.family != entry.family and p.gender in ("", gender) for p in since)

    def named_here(self, gender: str, at: int) -> None:
        """ "… implies that Lewis misled the House when he stated": who the sentence names before "he", if one alone."""
        if self.focus is not None and self.focus.at >= self._sentence:
            return
        there = [p for p in self.cast.mentioned(self._sentence - 1, at) if p.gender in ("", gender)]
        if not there or any(p is not there[0] for p in there) or there[0].gender != gender:
            return
        where = next((x for x in there[0].at if x >= self._sentence), at)
        does = _NAME_AND_VERB.match(self.view, where, at)
        if does is not None and (does["verb"] in VERBS | AUXILIARIES or does["verb"].endswith("ed")):
            self._at = at
            self.touch(self.enlist(there[0]))

    def again_as(self, entry: Entry, mention: Range) -> Entry:
        """A source that a pronoun means without doubt."""
        self.by, self._at = "pronoun", mention[0]
        if mention not in entry.mentions:
            entry.mentions.append(mention)
        self.touch(entry)
        return entry

    def _paper(self) -> bool:
        """Whether the sentence before brings in something written, which "it" may be."""
        return _WRITTEN.search(self.view, self._sentence_before, self._sentence) is not None

    def _antecedent(self, gender: str, subject: bool) -> Entry | None:
        """Whom "he" means: who spoke last or stood last as a subject; ``None`` where it may be somebody else."""
        found = self.focus if self.focus is not None and self._fits(self.focus, gender) else None
        fresh = found is not None and found.at >= self._sentence_before
        if fresh and found is not None and gender and not found.gender and self._rival(found, gender):
            return None
        if fresh and found is not None and (self._paired(found, gender) or self._told_off(found, gender)):
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
        if found.anonymous and found.spoke < self._paragraph and not self._brought_in(found):
            return None  # "the engineer", "his wife": one of many, unless they speak here
        if gender and not found.gender and found.family:
            found.gender = gender
        return found

    def _brought_in(self, found: Entry) -> bool:
        """Whether somebody not named is this sentence's subject, or was new as the one before's: "A bartender …"."""
        last = self.view[slice(*found.mentions[-1])] if found.mentions else ""
        return found.at >= (self._sentence_before if INDEFINITE.match(last) else self._sentence)

    def _paired(self, found: Entry, gender: str) -> bool:
        """Whether the subject is a pair of whom either could be meant: "Marat Aliev, a welder, and Daniyar Omarov"."""
        beside = _PAIR.match(self.view, found.at, self._sentence)
        if beside is None:
            return False
        second = self.cast.mentioned(beside.end() - 1, beside.end() + 1)
        return any(p.family != found.family and gender in (p.gender or gender, "") for p in second)

    def _told_off(self, found: Entry, gender: str) -> bool:
        """Whether the subject did something to a "him" who may answer: "Grant accused him of theft. He said …"."""
        done = _DONE_TO.search(self.view, found.at, self._sentence)
        return done is not None and done["whom"] == {"m": "him", "f": "her"}.get(gender)

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
        if self._somebody_in_russian(found, gender, after):
            return False
        # Somebody unnamed in a later sentence: "A bus driver stopped."
        rest = re.search(r"[.!?][”\"»]?\s", self.view[after : self._sentence])
        someone = SOMEONE.finditer(self.view, after + rest.end(), self._sentence) if rest else ()
        return not any(sex(m.group()) in ("", gender) and not self._known(m.group()) for m in someone)

    def _somebody_in_russian(self, found: Entry, gender: str, after: int) -> bool:
        """Whether a later sentence has somebody else whom "он" fits: "мужчина уехал", "отец был на смене"."""
        rest = re.search(r"[.!?][”\"»]?\s", self.view[after : self._sentence])
        if rest is None or not gender:
            return False
        own = set(re.findall(r"\w+", (found.role or "").casefold()))
        for word in re.findall(r"(?<!\w)[а-яё\-]{4,}(?!\w)", self.view[after + rest.end() : self._sentence].casefold()):
            if word in own or not russian_people.is_person(word) or russian_people.is_several(word):
                continue
            if russian_people.gender(word) not in ("", gender):
                continue
            if not self.cast.holders({word}, self._at):
                return True
        return False

    def _known(self, phrase: str) -> bool:
        """Whether "the sheriff" is a person of the page who is named."""
        words = phrase.split()
        return words[0].casefold() == "the" and self.cast.in_role([w.casefold() for w in words], self._at) is not None

    def _since(self, found: Entry | None) -> int:
        """From where on somebody only mentioned outweighs ``found``, who spoke: after they last did."""
        return max(self._near, found.at + 1 if found is not None else 0)
